package render

import (
	"maps"
	"slices"

	"boardpack/transform"
)

// The columns of the tables of all rows, in their order. One that the edition may not show is left out, and
// so is one without content.
var (
	wholeActions = []string{"ref", "action", "plan", "directorate", "objective", "priority", "due", "first due", "redated", "status",
		"light", "forecast", "previous", "officer", "reason", "comment", "by when",
		"rule", "computed", "declared", "override", "officer as written", "workbook", "sheet", "cell", "evidence"}
	wholeIndicators = []string{"ref", "measure", "plan", "directorate", "objective", "priority", "class", "counted", "counted in plan",
		"target", "year target", "outturn", "year to date", "before", "direction", "last year", "year before", "year direction", "benchmark",
		"light", "forecast", "previous", "officer", "reason", "comment", "by when",
		"rule", "computed", "declared", "override", "officer as written", "workbook", "sheet", "cell", "evidence"}
	wholeCounts = []string{"kind", "plan", "class", "light", "number", "percent", "denominator", "total"}
)

// tables are the report's rows and counts as whole tables, for editions that are sorted, filtered and
// counted again: they stand whatever sections the definition shows. Their names and heads are the edition's.
func (b *builder) tables() []Table {
	if len(b.lines) == 0 {
		return b.otherFindings()
	}
	tables := []Table{
		wholeTable(b, "action", b.wholeShows(wholeActions), wholeFields, keep(b.lines, func(l *line) bool { return l.action != nil })),
		wholeTable(b, "indicator", b.wholeShows(wholeIndicators), wholeFields, keep(b.lines, func(l *line) bool { return l.indicator != nil })),
		wholeTable(b, "count", wholeCounts, countFields, b.pack.Summary),
	}
	tables = slices.DeleteFunc(tables, func(t Table) bool { return len(t.Groups) == 0 })
	return append(tables, b.otherFindings()...)
}

// wholeShows leaves out what makes rows many lines high where a table of its own says it.
func (b *builder) wholeShows(shows []string) []string {
	return keep(shows, func(show string) bool { return show != "evidence" || !b.hasSection("reasons") })
}

// otherFindings is the table of findings for officers where no section shows it.
func (b *builder) otherFindings() []Table {
	if !b.working() || b.hasSection("findings") || len(b.pack.Findings) == 0 {
		return nil
	}
	var tables []Table
	for _, block := range b.findings() {
		if t, ok := block.(Table); ok {
			tables = append(tables, t)
		}
	}
	return tables
}

// wholeTable lays rows out as one table without bands.
func wholeTable[T any](b *builder, of string, shows []string, fields map[string]field[T], rows []T) Table {
	t := Table{Of: of, Wide: true}
	if len(rows) == 0 {
		return t
	}
	var columns []ColumnText
	for _, show := range shows {
		columns = append(columns, ColumnText{Show: show, Optional: true})
	}
	bands := plain(rows)
	columns = visibleColumns(b, columns, fields, bands)
	t.Columns = headsOf(b, columns, Values{}, fields)
	if i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Field == "forecast" }); i >= 0 && of == "action" {
		t.Columns[i].Head = b.pack.Scheme.Second
	}
	group := Group{Rows: make([]Row, len(rows))}
	for n, r := range rows {
		cells := make([]Cell, len(columns))
		for i, c := range columns {
			cells[i] = fields[c.Show].cell(b, r)
		}
		group.Rows[n].Cells = cells
	}
	t.Groups = []Group{group}
	return t
}

// wholeFields are the columns that only tables of all rows have, beside those that every table may show.
var wholeFields = withLineFields(map[string]field[*line]{
	"directorate": {cell: rowText(func(l *line) string { return l.Directorate })},
	"objective":   {cell: rowText(func(l *line) string { return l.Objective })},
	"class":       {cell: ofIndicator(func(_ *builder, i transform.Indicator) Cell { return coded(i.Class) })},
	"counted":     {cell: ofIndicator(func(_ *builder, i transform.Indicator) Cell { return yes(i.Counted) })},
	"counted in plan": {cell: ofIndicator(func(_ *builder, i transform.Indicator) Cell {
		return yes(!i.Umbrella)
	})},
	"by when": {cell: func(b *builder, l *line) Cell {
		if l.ByWhen.IsZero() {
			return Cell{}
		}
		return Cell{Text: b.date(l.ByWhen.Time()), Date: l.ByWhen.String()}
	}},
	"workbook": {working: true, cell: rowText(func(l *line) string { return l.Source.Workbook })},
	"sheet":    {working: true, cell: rowText(func(l *line) string { return l.Source.Sheet })},
	"cell":     {working: true, cell: rowText(func(l *line) string { return l.Source.Cell })},
})

func withLineFields(more map[string]field[*line]) map[string]field[*line] {
	maps.Copy(more, lineFields)
	return more
}

// countFields are the columns of the table of all counts: those of summary.csv.
var countFields = map[string]field[transform.Count]{
	"kind": {rowHead: true, cell: func(b *builder, c transform.Count) Cell { return text(b.noun(c.Kind).Label) }},
	"plan": {cell: func(_ *builder, c transform.Count) Cell {
		if c.Plan == "" {
			return coded("whole board")
		}
		return text(c.Plan)
	}},
	"class": {cell: func(b *builder, c transform.Count) Cell {
		if c.Class == "" && c.Kind == "indicator" && b.hasClasses() {
			return coded("every class")
		}
		return coded(c.Class)
	}},
	"light":  {cell: func(b *builder, c transform.Count) Cell { return b.lightCell(c.Light) }},
	"number": {align: Right, cell: func(b *builder, c transform.Count) Cell { return b.counted(c) }},
	"percent": {align: Right, cell: func(b *builder, c transform.Count) Cell {
		if b.isOutside(c) {
			return Cell{}
		}
		cell := percentCell(c.Percent)
		cell.Tally = b.tally(c.Kind, c.Plan, c.Class, c.Light)
		cell.Tally.Share = &Share{Of: b.within(c)}
		return cell
	}},
	"denominator": {cell: func(_ *builder, c transform.Count) Cell { return coded(c.Denominator) }},
	"total":       {align: Right, cell: func(b *builder, c transform.Count) Cell { return b.total(c) }},
}

// hasClasses reports whether counts tell classes of indicators apart.
func (b *builder) hasClasses() bool {
	return slices.ContainsFunc(b.pack.Summary, func(c transform.Count) bool { return c.Class != "" })
}
