package render

import "boardpack/transform"

// FiguresText is the wording of a table of figures by year.
type FiguresText struct {
	Name    Text `yaml:"name"`
	Caption Text `yaml:"caption"`
	Ref     Text `yaml:"ref"`
	Measure Text `yaml:"measure"`
	Year    Text `yaml:"year"`
	Quarter Text `yaml:"quarter"` // the head of a quarter's column
}

// figuresByYear is a table of every figure of the indicators given, a row for
// each of their years, since no page has a column for each of many quarters.
func (b *builder) figuresByYear(lines []*line) Table {
	w := b.def.Charts.Figures
	t := b.newTable(w.Name, w.Caption, Values{})
	t.Columns = []Column{
		{Head: b.word(w.Ref), Width: 2, NoWrap: true}, {Head: b.word(w.Measure), Width: 6}, {Head: b.word(w.Year), Width: 2, NoWrap: true, RowHead: true}}
	for q := 1; q <= 4; q++ {
		t.Columns = append(t.Columns, Column{Head: b.period(b.pack.Period.Year, q, w.Quarter), Width: 2, Align: Right})
	}
	var rows []Row
	for _, l := range lines {
		rows = append(rows, b.yearRows(l)...)
	}
	t.Groups = []Group{{Rows: rows}}
	return t
}

// yearRows are an indicator's years, the oldest first. Figures that may not be
// compared with this quarter's are left out, as in its chart.
func (b *builder) yearRows(l *line) []Row {
	var rows []Row
	year := 0
	for _, p := range l.indicator.Series {
		if p.Apart {
			continue
		}
		if len(rows) == 0 || p.Period.Year != year {
			year = p.Period.Year
			rows = append(rows, Row{Cells: []Cell{refLinkCell(b, l), measureCell(b, l), text(yearText(year)), {}, {}, {}, {}}})
		}
		rows[len(rows)-1].Cells[2+p.Period.Quarter] = b.figureCell(*l.indicator, &p.Figure)
	}
	return rows
}

// controlLimits is the table of the indicators with points enough for limits, and that of their figures.
func (b *builder) controlLimits() []Block {
	lines := keep(b.countedLines("indicator"), func(l *line) bool { return l.indicator.Limits != nil })
	if len(lines) == 0 {
		return nil
	}
	return []Block{tableOf(b, b.def.Tables.Limits, Values{N: transform.LimitPoints}, lineFields, plain(lines), noID), b.figuresByYear(lines)}
}
