package render

import (
	"slices"
	"strings"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// lights is the chart of both kinds by light with its two tables.
func (b *builder) lights() []Block {
	return slices.Concat(b.lightsChart(), b.actionsByLight(), b.indicatorsByLight())
}

// lightsChart has a bar for each kind of row that the report has.
func (b *builder) lightsChart() []Block {
	var bars []lightBar
	for _, kind := range kinds {
		counts := b.counts(kind, "")
		if sum(counts) == 0 {
			continue
		}
		v := b.about(kind)
		v.N, v.Total = countOf(counts, b.best(kind)), sum(counts)
		v.Light = b.mark(b.best(kind)).Word
		bars = append(bars, lightBar{label: b.say(b.def.Lights.Bar, v), title: b.say(b.def.Lights.ChartTitle, v), kind: kind, counts: counts})
	}
	if len(bars) == 0 {
		return nil
	}
	chart := b.chart(bars)
	chart.Title = upperFirst(joinTitles(bars, b.def.Words.Semicolon))
	chart.Subtitle = b.word(b.def.Lights.ChartSubtitle)
	return []Block{chart}
}

func (b *builder) actionsByLight() []Block { return b.byLight("action") }

func (b *builder) indicatorsByLight() []Block { return b.byLight("indicator") }

// byLight is the table of one kind; nothing where the report has none of it.
func (b *builder) byLight(kind string) []Block {
	counts := b.counts(kind, "")
	if sum(counts) == 0 {
		return nil
	}
	return []Block{b.countTable(kind, counts)}
}

// lightBar is one bar before it is cut.
type lightBar struct {
	label, title string
	kind, plan   string
	counts       []transform.Count
}

func joinTitles(bars []lightBar, semicolon string) string {
	s := bars[0].title
	for _, bar := range bars[1:] {
		s += semicolon + bar.title
	}
	return s
}

// chart cuts each bar by the lights that occur in any of them, and says the same in words.
func (b *builder) chart(bars []lightBar) Bars {
	c := Bars{ID: b.anchor("chart")}
	lights := b.occurring(func(l transform.Light) bool {
		return slices.ContainsFunc(bars, func(bar lightBar) bool { return countOf(bar.counts, l) > 0 })
	})
	for _, l := range lights {
		c.Key = append(c.Key, b.mark(l))
	}
	for i, bar := range bars {
		row := Bar{Label: bar.label}
		var parts []string
		for j, l := range lights {
			n := countOf(bar.counts, l)
			row.Cuts, row.Tallies = append(row.Cuts, n), append(row.Tallies, b.tally(bar.kind, bar.plan, "", l))
			parts = append(parts, b.say(b.def.Lights.AltPart, Values{N: n, Light: c.Key[j].Word}))
		}
		c.Rows = append(c.Rows, row)
		if i > 0 {
			c.Alt += " "
		}
		c.Alt += b.say(b.def.Lights.AltBar, Values{Title: bar.label, Parts: b.join(parts)})
	}
	return c
}

func countOf(counts []transform.Count, l transform.Light) int {
	n := 0
	for _, c := range counts {
		if c.Light == l {
			n += c.Count
		}
	}
	return n
}

func sum(counts []transform.Count) int {
	n := 0
	for _, c := range counts {
		n += c.Count
	}
	return n
}

// countTable is the printed table: light, number, per cent of the scheme's denominator, total.
func (b *builder) countTable(kind string, counts []transform.Count) Table {
	w, v := b.def.Lights.Counts, b.about(kind)
	v.Total = counts[0].Total
	v.Denominator = b.denominator(counts[0].Denominator, v)
	t := Table{
		ID: b.anchor("table-lights-" + kind), Name: b.sheetName(b.say(w.Name, v)), Caption: b.say(w.Caption, v), Total: true,
		Columns: []Column{
			{Head: b.say(w.Light, v), Width: 3, RowHead: true},
			{Head: b.say(w.Number, v), Width: 2, Align: Right},
			{Head: b.say(w.Percent, v), Width: 4, Align: Right},
		},
	}
	printed, outside := b.splitCounts(counts)
	var rows []Row
	total := decimal.Zero
	shares := b.shared(b.shareCells(printed), printed)
	alone := !slices.ContainsFunc(shares, func(c Cell) bool { return c.Text != "" })
	for n, c := range printed {
		total = total.Add(c.Percent)
		rows = append(rows, Row{Cells: []Cell{b.lightCell(c.Light), b.counted(c), shares[n]}})
	}
	last := Row{Cells: []Cell{{Text: b.say(w.Total, v)}, b.total(counts[0]), {}}}
	if v.Total > 0 && !alone {
		last.Cells[2] = percentCell(decimal.NewFromInt(100))
	}
	if alone || b.settings.Percentages.LargestRemainder {
		total = decimal.NewFromInt(100) // nothing is left to explain
	}
	t.Groups = []Group{{Rows: append(rows, last)}}
	t.Note = b.countNote(v, total, outside)
	return t
}

// shareCells are the shares of counts of one denominator as the settings print them.
func (b *builder) shareCells(counts []transform.Count) []Cell {
	cells := make([]Cell, len(counts))
	for n, text := range b.settings.Percentages.Shares(counts) {
		switch number := strings.TrimSuffix(text, "%"); {
		case text == "":
		case strings.ContainsAny(text, "<>"):
			cells[n] = Cell{Text: text}
		default:
			cells[n] = percentCell(decimal.RequireFromString(number))
		}
	}
	return cells
}

// countNote says what percentages leave out and, only where it is so, that they do not sum to 100.
func (b *builder) countNote(v Values, total decimal.Decimal, outside []transform.Count) string {
	note := ""
	if v.Total > 0 && !total.Equal(decimal.NewFromInt(100)) {
		note = b.word(b.def.Lights.Rounding)
	}
	if len(outside) == 0 {
		return note
	}
	var parts []string
	for _, c := range outside {
		parts = append(parts, b.say(b.def.Lights.OutsidePart, Values{N: c.Count, Light: b.mark(c.Light).Word}))
	}
	if note != "" {
		note += " "
	}
	v.Parts = b.join(parts)
	return note + b.say(b.def.Lights.Outside, v)
}

// splitCounts parts the rows of a table from what stands outside the denominator.
// Every colour is printed, even at 0; a state only where it occurs.
func (b *builder) splitCounts(counts []transform.Count) (printed, outside []transform.Count) {
	for _, c := range counts {
		switch outsider := b.isOutside(c); {
		case outsider && c.Count > 0:
			outside = append(outside, c)
		case !outsider && (c.Light.IsColour() || c.Count > 0):
			printed = append(printed, c)
		}
	}
	return printed, outside
}

// isOutside reports whether a state stands outside the denominator that the count names.
func (b *builder) isOutside(c transform.Count) bool {
	switch c.Denominator {
	case "rated":
		return !c.Light.IsColour()
	case "due":
		return c.Light == transform.NotDue || c.Light == transform.Withdrawn || c.Light == transform.Context
	}
	return false
}

func (b *builder) denominator(name string, v Values) string {
	switch name {
	case "rated":
		return b.say(b.def.Lights.Denominators.Rated, v)
	case "due":
		return b.say(b.def.Lights.Denominators.Due, v)
	}
	return b.say(b.def.Lights.Denominators.All, v)
}

// lightsByPlan is, for each kind, a chart with one bar for each plan and its table; nothing for a single plan.
func (b *builder) lightsByPlan() []Block {
	if len(b.plans) < 2 {
		return nil
	}
	var blocks []Block
	for _, kind := range kinds {
		bars := b.planBars(kind)
		if len(bars) < 2 {
			continue
		}
		v := b.about(kind)
		v.Light = b.mark(b.best(kind)).Word
		for _, bar := range bars {
			v.Total++
			if countOf(bar.counts, transform.Red) > 0 {
				v.N++
			}
		}
		chart := b.chart(bars)
		chart.Title, chart.Subtitle = b.say(b.def.Lights.PlansTitle, v), b.say(b.def.Lights.PlansSubtitle, v)
		blocks = append(blocks, chart, b.planTable(bars, chart.Key, v))
	}
	return blocks
}

func (b *builder) planBars(kind string) []lightBar {
	var bars []lightBar
	for _, pl := range b.plans {
		if counts := b.counts(kind, pl.name); pl.name != "" && sum(counts) > 0 {
			bars = append(bars, lightBar{label: pl.name, kind: kind, plan: pl.name, counts: counts})
		}
	}
	return bars
}

// planTable holds the numbers of a chart of lights by plan.
func (b *builder) planTable(bars []lightBar, key []Mark, v Values) Table {
	w := b.def.Lights.Plans
	t := b.lightTable(w, v, key)
	t.Columns = append(t.Columns, Column{Head: b.say(w.Total, v), Width: 2, Align: Right})
	var rows []Row
	for _, bar := range bars {
		row := Row{Cells: []Cell{{Text: bar.label}}}
		for _, m := range key {
			row.Cells = append(row.Cells, b.cut(bar, transform.Light(m.Light), countOf(bar.counts, transform.Light(m.Light))))
		}
		row.Cells = append(row.Cells, b.cut(bar, "", sum(bar.counts)))
		rows = append(rows, row)
	}
	t.Groups = []Group{{Rows: rows}}
	return t
}

// cut is how many rows of a bar have a light; an empty light is every light.
func (b *builder) cut(bar lightBar, l transform.Light, n int) Cell {
	cell := countCell(n)
	cell.Tally = b.tally(bar.kind, bar.plan, "", l)
	return cell
}

// lightTable starts a table with a column for each light.
func (b *builder) lightTable(w LightTable, v Values, lights []Mark) Table {
	name := b.sheetName(b.say(w.Name, v))
	t := Table{ID: b.anchor("table-" + name), Name: name, Caption: b.say(w.Caption, v), Note: b.say(w.Note, v)}
	t.Columns = []Column{{Head: b.say(w.First, v), Width: 6, RowHead: true}}
	for _, m := range lights {
		v.Light = m.Word
		t.Columns = append(t.Columns, Column{Head: b.say(w.Light, v), Width: 2, Align: Right})
	}
	return t
}
