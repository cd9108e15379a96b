package workbook

import (
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// stats counts what stands in a column's data rows.
type stats struct {
	rows     int // data rows looked at
	filled   int
	refs     int
	listRefs int // cells that hold references among other things
	dates    int
	numbers  int // one number, or words that stand in place of one
	real     int // numbers proper
	lights   int // words, letters or symbols of lights
	tinted   int // empty cells in a light's colour
	percents int // figures that say per cent themselves
	big      int // plain numbers over 1
	small    int // plain numbers between 0 and 1
	statuses int
	classes  int
	polarity int
	nothing  int // words that stand for nothing: n/a, -, no change
	length   int // characters in all
}

func (s stats) share(n int) float64 {
	if s.filled == 0 {
		return 0
	}
	return float64(n) / float64(s.filled)
}

func (s stats) average() int {
	if s.filled == 0 {
		return 0
	}
	return s.length / s.filled
}

// sampleRows is how many data rows are enough to know a column.
const sampleRows = 200

func (r *reader) columnStats(t *table, col int) stats {
	var s stats
	for _, row := range t.dataRows[:min(len(t.dataRows), sampleRows)] {
		s.rows++
		c := r.cell(row, col)
		if c.kind == empty {
			if r.book.style(c.style).hue != "" {
				s.tinted++
			}
			continue
		}
		r.countCell(&s, c)
	}
	return s
}

func (r *reader) countCell(s *stats, c cell) {
	st := r.book.style(c.style)
	if c.kind == number {
		r.countNumber(s, c, st)
		return
	}
	said := r.facts(c.raw)
	s.filled++
	s.length += len(said.Line)
	says := r.saysOf(c.raw)
	s.add(says)
	if len(said.Line) < 20 && !says.light && r.ruleHue(c) != "" {
		s.lights++
	}
}

func (r *reader) countNumber(s *stats, c cell, st style) {
	s.filled++
	s.length += len(c.raw)
	if st.percent {
		s.percents++
	}
	if st.date {
		s.dates++
	} else {
		s.numbers++
		s.real++
		s.countSize(c.raw)
	}
	if r.keyed[c.raw] != "" || r.ruleHue(c) != "" {
		s.lights++
	}
}

// textSays is what a text could be, found once for each text of a workbook.
type textSays struct {
	ref, listsRefs, number, real, nothing, percent, date, light, status, class, polarity bool
}

func (s *stats) add(x textSays) {
	for _, n := range []struct {
		count *int
		is    bool
	}{{&s.refs, x.ref}, {&s.listRefs, x.listsRefs}, {&s.numbers, x.number}, {&s.real, x.real}, {&s.nothing, x.nothing}, {&s.percents, x.percent},
		{&s.dates, x.date}, {&s.lights, x.light}, {&s.statuses, x.status}, {&s.classes, x.class}, {&s.polarity, x.polarity}} {
		if n.is {
			*n.count++
		}
	}
}

// readSays tells what a text could be. Long texts are prose: they are looked
// through for references alone.
func (r *reader) readSays(t *textFacts) textSays {
	const short, prose = 60, 120
	says := textSays{ref: t.isRef, percent: strings.HasSuffix(t.Line, "%")}
	says.listsRefs = says.ref || len(t.Line) < longestKept && ingest.ListsRefs(t.Line)
	if len(t.Line) < prose {
		f := t.Figure("")
		says.number = f.Says != ingest.SaysText || !says.ref && len(ingest.PartsOf(t.Line, "")) > 0
		says.real = f.Number != nil && len(t.Line) < 40
		says.nothing = f.Says == ingest.SaysNothing || has(t.Folded, "no change", "unchanged", "as original")
	}
	if len(t.Line) < short {
		r.saysShort(&says, t)
	}
	return says
}

func (r *reader) saysShort(says *textSays, t *textFacts) {
	if d := t.Due(""); d.Doubt == "" && (!d.Date.IsZero() || d.Ongoing) || len(t.Line) < 25 && !d.Date.IsZero() {
		says.date = true
	}
	says.light = r.words.looks(t.Folded)
	says.status = r.words.statuses[t.Folded] != ""
	says.class = r.words.classes[t.Folded] != ""
	says.polarity = r.words.polarities[t.Folded] != ""
}

// countSize counts plain numbers on either side of 1.
func (s *stats) countSize(raw string) {
	d, err := ingest.NumberFromCell(raw)
	one := decimal.NewFromInt(1)
	switch {
	case err != nil || d.IsZero():
	case d.Abs().GreaterThan(one):
		s.big++
	case d.Abs().LessThan(one):
		s.small++
	}
}
