package render

import (
	"slices"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// disagreements are the indicators whose light and trend point apart: green and
// getting worse, red and getting better. Nothing where there is none.
func (b *builder) disagreements() []Block {
	lines := keep(b.countedLines("indicator"), func(l *line) bool { return l.indicator.TrendDisagrees() })
	if len(lines) == 0 {
		return nil
	}
	v := Values{N: len(lines)}
	return []Block{tableOf(b, b.def.Tables.Disagreements, v, lineFields, plain(lines), noID)}
}

// A table of earlier figures begins with trendLeast quarters, for fewer stand
// in the tables of the plans; it shows the last trendMost.
const (
	trendLeast = 3
	trendMost  = 8
)

// series is a table of each indicator's outturns of the last quarters, this one's last.
func (b *builder) series() []Block {
	lines := keep(b.countedLines("indicator"), func(l *line) bool { return len(l.indicator.Series) >= trendLeast })
	if len(lines) == 0 {
		return nil
	}
	quarters := b.quartersOf(lines)
	w := b.def.Trends.Series
	t := b.newTable(w.Name, w.Caption, Values{})
	t.Note, t.Wide = b.word(w.Note), true
	t.Columns = []Column{{Head: b.word(w.Ref), Width: 2, NoWrap: true, RowHead: true}, {Head: b.word(w.Measure), Width: 6}}
	for _, q := range quarters {
		t.Columns = append(t.Columns, Column{Head: b.period(q.year, q.quarter, w.Quarter), Width: 2, Align: Right})
	}
	var rows []Row
	for _, l := range lines {
		rows = append(rows, b.seriesRow(l, quarters))
	}
	t.Groups = []Group{{Rows: rows}}
	return []Block{t}
}

// when is a quarter of a financial year.
type when struct{ year, quarter int }

// quartersOf are the last quarters, up to this one, that some series has.
func (b *builder) quartersOf(lines []*line) []when {
	has := map[when]bool{}
	for _, l := range lines {
		for _, p := range l.indicator.Series {
			has[when{p.Period.Year, p.Period.Quarter}] = true
		}
	}
	var out []when
	for p := b.pack.Period; len(has) > 0 && len(out) < trendMost; p = p.Before() {
		w := when{p.Year, p.Quarter}
		if has[w] {
			out = append(out, w)
			delete(has, w)
		}
	}
	slices.Reverse(out)
	return out
}

func (b *builder) seriesRow(l *line, quarters []when) Row {
	i := *l.indicator
	row := Row{Cells: []Cell{refLinkCell(b, l), measureCell(b, l)}}
	for _, q := range quarters {
		cell := Cell{}
		for _, p := range i.Series {
			if p.Period.Year == q.year && p.Period.Quarter == q.quarter {
				cell = b.figureCell(i, &p.Figure)
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// limitsOf is a cell of an indicator that has control limits; empty for others.
func limitsOf(get func(*builder, transform.Indicator) Cell) func(*builder, *line) Cell {
	return ofIndicator(func(b *builder, i transform.Indicator) Cell {
		if i.Limits == nil {
			return Cell{}
		}
		return get(b, i)
	})
}

// limitCell shows a mean or limit with one decimal more than the indicator's own figures.
func (b *builder) limitCell(i transform.Indicator, d decimal.Decimal) Cell {
	places := max(int(-i.Outturn.Number.Exponent()), 0)
	if i.Decimals != nil {
		places = *i.Decimals
	}
	return b.figureCell(transform.Indicator{Unit: i.Unit}, &transform.Figure{Number: d.Round(int32(places) + 1), Decimals: places + 1})
}

// Trends is the wording about figures over several quarters.
type Trends struct {
	Variations map[string]string `yaml:"variations"`
	Signals    map[string]string `yaml:"signals"`
	Assurances map[string]string `yaml:"assurances"`
	Series     SeriesText        `yaml:"series"`
}

// SeriesText is the table of earlier figures.
type SeriesText struct {
	Name    Text `yaml:"name"`
	Caption Text `yaml:"caption"`
	Note    Text `yaml:"note" need:"no"`
	Ref     Text `yaml:"ref"`
	Measure Text `yaml:"measure"`
	Quarter Text `yaml:"quarter"` // the head of a quarter's column
}
