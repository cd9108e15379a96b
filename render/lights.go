package render

import (
	"cmp"
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
	var titles []string
	for _, kind := range kinds {
		counts := b.counts(kind, "")
		if sum(counts) == 0 {
			continue
		}
		v := b.about(kind)
		v.N, v.Total = countOf(counts, b.best(kind)), sum(counts)
		v.Light = b.mark(b.best(kind)).Word
		bars = append(bars, lightBar{label: b.say(b.def.Lights.Bar, v), kind: kind, counts: counts})
		titles = append(titles, b.say(b.def.Lights.ChartTitle, v))
	}
	if len(bars) == 0 {
		return nil
	}
	chart := b.chart(bars)
	chart.Title = upperFirst(strings.Join(titles, b.def.Words.Semicolon))
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
	label, kind, plan string
	counts            []transform.Count
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
	var said []string
	for _, bar := range bars {
		row := Bar{Label: bar.label}
		var parts []string
		for j, l := range lights {
			n := countOf(bar.counts, l)
			row.Cuts, row.Tallies = append(row.Cuts, n), append(row.Tallies, b.tally(bar.kind, bar.plan, "", l))
			parts = append(parts, b.say(b.def.Lights.AltPart, Values{N: n, Light: c.Key[j].Word}))
		}
		c.Rows = append(c.Rows, row)
		said = append(said, b.say(b.def.Lights.AltBar, Values{Title: bar.label, Parts: b.join(parts)}))
	}
	c.Alt = strings.Join(said, " ")
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

// countTable is the printed table of one kind: light, number, per cent of the scheme's denominator, total.
func (b *builder) countTable(kind string, counts []transform.Count) Table {
	w, set := b.def.Lights.Counts, b.countSetOf(kind, counts, nil)
	t := b.tableByLight(w, set.values, "table-lights-"+kind, []countSet{set})
	t.Note = strings.TrimSpace(set.rounding + " " + set.outside)
	return t
}

// lightsTable is one table of both kinds by light; of one kind where the report has no other.
func (b *builder) lightsTable() []Block {
	var sets []countSet
	var occurring []transform.Light
	for _, kind := range kinds {
		for _, c := range b.counts(kind, "") {
			if c.Count > 0 {
				occurring = append(occurring, c.Light)
			}
		}
	}
	for _, kind := range kinds {
		if counts := b.counts(kind, ""); sum(counts) > 0 {
			sets = append(sets, b.countSetOf(kind, counts, occurring))
		}
	}
	switch len(sets) {
	case 0:
		return nil
	case 1:
		return b.byLight(sets[0].kind)
	}
	t := b.tableByLight(b.def.Lights.Both, Values{}, "table-lights", sets)
	t.Note = cmp.Or(sets[0].rounding, sets[1].rounding)
	for _, s := range sets {
		if s.outside != "" {
			t.Note = strings.TrimSpace(t.Note + " " + s.values.Kind + ": " + lowerFirst(s.outside))
		}
	}
	return []Block{t}
}

// countSet is what a table says of one kind: for each light its number and share, and the total.
type countSet struct {
	kind              string
	values            Values
	lights            []transform.Light
	cells             [][]Cell
	total             []Cell
	rounding, outside string // notes
}

// countSetOf works a kind's counts out for a table, with a row also for the lights given.
func (b *builder) countSetOf(kind string, counts []transform.Count, also []transform.Light) countSet {
	set := countSet{kind: kind, values: b.about(kind)}
	set.values.Total = counts[0].Total
	set.values.Denominator = b.denominator(counts[0].Denominator, set.values)
	printed, outside := b.splitCounts(counts, also)
	sum := decimal.Zero
	shares := b.shared(b.shareCells(printed), printed)
	for n, c := range printed {
		sum = sum.Add(c.Percent)
		set.lights = append(set.lights, c.Light)
		set.cells = append(set.cells, []Cell{b.counted(c), shares[n]})
	}
	set.total = []Cell{b.total(counts[0]), {}}
	if set.values.Total > 0 && slices.ContainsFunc(shares, func(c Cell) bool { return c.Text != "" }) {
		all := decimal.NewFromInt(100)
		set.total[1] = percentCell(all)
		if !b.settings.Percentages.LargestRemainder && !sum.Equal(all) {
			set.rounding = b.word(b.def.Lights.Rounding)
		}
	}
	set.outside = b.outsideNote(set.values, outside)
	return set
}

// tableByLight has a row for each light and two columns for each kind. All sets have the same lights.
func (b *builder) tableByLight(w CountTable, v Values, id string, sets []countSet) Table {
	t := Table{ID: b.anchor(id), Name: b.sheetName(b.say(w.Name, v)), Caption: b.say(w.Caption, v), Total: true,
		Columns: []Column{{Head: b.say(w.Light, v), Width: 3, RowHead: true}}}
	last := Row{Cells: []Cell{{Text: b.say(w.Total, v)}}}
	var rows []Row
	for _, l := range sets[0].lights {
		rows = append(rows, Row{Cells: []Cell{b.lightCell(l)}})
	}
	for _, s := range sets {
		t.Columns = append(t.Columns, Column{Head: b.say(w.Number, s.values), Width: 2, Align: Right},
			Column{Head: b.say(w.Percent, s.values), Width: 4, Align: Right})
		for n := range rows {
			rows[n].Cells = append(rows[n].Cells, s.cells[n]...)
		}
		last.Cells = append(last.Cells, s.total...)
	}
	t.Groups = []Group{{Rows: append(rows, last)}}
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

// outsideNote says what percentages leave out; "" where that is nothing.
func (b *builder) outsideNote(v Values, outside []transform.Count) string {
	if len(outside) == 0 {
		return ""
	}
	var parts []string
	for _, c := range outside {
		parts = append(parts, b.say(b.def.Lights.OutsidePart, Values{N: c.Count, Light: b.mark(c.Light).Word}))
	}
	v.Parts = b.join(parts)
	return b.say(b.def.Lights.Outside, v)
}

// splitCounts parts the rows of a table from what stands outside the denominator.
// Every colour is printed, even at 0; a state only where it occurs, or is among those given.
func (b *builder) splitCounts(counts []transform.Count, also []transform.Light) (printed, outside []transform.Count) {
	for _, c := range counts {
		switch outsider := b.isOutside(c); {
		case outsider && c.Count > 0:
			outside = append(outside, c)
		case !outsider && (c.Light.IsColour() || c.Count > 0 || slices.Contains(also, c.Light)):
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
	t := b.newTable(w.Name, w.Caption, v)
	t.Note = b.say(w.Note, v)
	t.Columns = []Column{{Head: b.say(w.First, v), Width: 6, RowHead: true}}
	for _, m := range lights {
		v.Light = m.Word
		t.Columns = append(t.Columns, Column{Head: b.say(w.Light, v), Width: 2, Align: Right})
	}
	return t
}
