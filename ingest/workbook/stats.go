package workbook

import (
	"strings"

	"boardpack/ingest"
)

// stats are what stands in a column's data rows. What the texts could be is
// counted when somebody asks, for most columns are never asked most of it.
type stats struct {
	rows   int // data rows looked at
	filled int
	tinted int // empty cells in a light's colour
	big    int // plain numbers over 1
	small  int // plain numbers between 0 and 1
	length int // characters in all

	cells   [manyTraits]int  // of cells that are no text, and of colours
	texts   []*textFacts     // of the cells that are
	counted *[manyTraits]int // of both, less one, once they were asked for
	reader  *reader
}

// count gives how many cells have a trait.
func (s stats) count(t trait) int {
	if len(s.texts) == 0 {
		return s.cells[t]
	}
	if s.counted[t] == 0 {
		n := s.cells[t]
		for _, f := range s.texts {
			if s.reader.has(f, t) {
				n++
			}
		}
		s.counted[t] = n + 1
	}
	return s.counted[t] - 1
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
	s := stats{reader: r, counted: &[manyTraits]int{}}
	rows := t.dataRows[:min(len(t.dataRows), sampleRows)]
	for _, row := range rows {
		s.rows++
		c := r.cell(row, col)
		switch {
		case c.kind != empty:
			r.countCell(&s, c, len(rows))
		case r.book.style(c.style).hue != "":
			s.tinted++
		}
	}
	return s
}

func (r *reader) countCell(s *stats, c cell, rows int) {
	s.filled++
	if c.kind == number {
		r.countNumber(s, c, r.book.style(c.style))
		return
	}
	if s.texts == nil {
		s.texts = make([]*textFacts, 0, rows)
	}
	said := r.factsOf(r.sheet, c)
	s.length += len(said.Line)
	s.texts = append(s.texts, said)
	if len(said.Line) < 20 && len(r.sheet.rules) > 0 && !r.has(said, traitLight) && r.ruleHue(c) != "" {
		s.cells[traitLight]++
	}
}

func (r *reader) countNumber(s *stats, c cell, st style) {
	s.length += len(c.raw)
	if st.percent {
		s.cells[traitPercent]++
	}
	if st.date {
		s.cells[traitDate]++
	} else {
		s.cells[traitFigure]++
		s.cells[traitNumber]++
		s.countSize(c.raw)
	}
	if r.keyed[c.raw] != "" || r.ruleHue(c) != "" {
		s.cells[traitLight]++
	}
}

// countSize counts plain numbers on either side of 1.
func (s *stats) countSize(raw string) {
	whole, part, _ := strings.Cut(strings.TrimPrefix(raw, "-"), ".")
	if len(raw) > 15 || !isDigits(whole) || !isDigits(part) {
		d, err := ingest.NumberFromCell(raw)
		if err != nil {
			return
		}
		whole, part, _ = strings.Cut(d.Abs().String(), ".")
	}
	whole, part = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0")
	switch {
	case whole == "" && part != "":
		s.small++
	case whole != "" && (whole != "1" || part != ""):
		s.big++
	}
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
