package render

import (
	"fmt"
	"slices"

	"boardpack/transform"
)

// Listing tells rows of a pack that were chosen, and the counts by light of the
// groups that they stand in, as two tables. Counts are made over whole, the rows
// that were chosen but for their light, so that a share of them means something.
// The rows are grouped by a dimension, or not where by is empty; each group
// prints an indicator once. chosen says in words what was chosen. It is for
// officers: it names them as they are written.
func Listing(p, whole transform.Pack, by, chosen string, s Settings) (Report, error) {
	if len(s.Definition.Sections) == 0 {
		return Report{}, fmt.Errorf("build list: the report definition has no sections")
	}
	s.Edition, s.Draft = Working, false
	b := newBuilder(p, s)
	r := b.document()
	r.Title = b.say(b.def.List.Title, Values{Text: chosen})
	r.Short = r.Title
	groups := p.GroupBy(by)
	counted := keep(whole.GroupBy(by), func(g transform.Group) bool {
		return slices.ContainsFunc(groups, func(x transform.Group) bool { return x.Value == g.Value })
	})
	r.Blocks = []Block{Heading{Level: 1, Text: r.Title, ID: b.anchor("list")}, b.listCounts(counted, by), b.listRows(groups, by)}
	if b.err != nil {
		return Report{}, fmt.Errorf("build list: %w", b.err)
	}
	return r, nil
}

// listCounts are the counts of each group and kind, with what each share is of.
func (b *builder) listCounts(groups []transform.Group, by string) Table {
	w := b.def.List.Counts
	t := b.newTable(w.Name, w.Caption, Values{})
	t.Empty, t.Bands = b.word(w.Empty), "group"
	t.Columns = []Column{
		{Head: b.word(w.Kind), Width: 3, RowHead: true}, {Head: b.word(w.Light), Width: 3}, {Head: b.word(w.Number), Width: 2, Align: Right},
		{Head: b.word(w.Percent), Width: 2, Align: Right}, {Head: b.word(w.Of), Width: 5}}
	for _, g := range groups {
		var rows []Row
		for _, kind := range kinds {
			rows = append(rows, b.kindRows(kind, g)...)
		}
		if len(rows) > 0 {
			t.Groups = append(t.Groups, Group{Band: b.groupName(g, by), Rows: rows})
		}
	}
	return t
}

func (b *builder) kindRows(kind string, g transform.Group) []Row {
	counts := keep(g.Counts, func(c transform.Count) bool { return c.Kind == kind })
	if len(counts) == 0 {
		return nil
	}
	v := b.about(kind)
	v.Total = counts[0].Total
	of := text(b.denominator(counts[0].Denominator, v))
	printed, outside := b.splitCounts(counts, nil)
	shares := b.shareCells(printed)
	var rows []Row
	for n, c := range printed {
		rows = append(rows, Row{Cells: []Cell{text(v.Kind), b.lightCell(c.Light), countCell(c.Count), shares[n], of}})
	}
	for _, c := range outside {
		rows = append(rows, Row{Cells: []Cell{text(v.Kind), b.lightCell(c.Light), countCell(c.Count), {}, {}}})
	}
	return rows
}

// groupName is the value of a group, or the words for none; nothing where rows are not grouped.
func (b *builder) groupName(g transform.Group, by string) string {
	switch {
	case by == "":
		return ""
	case g.Value == "":
		return b.word(b.def.List.Without)
	}
	return g.Value
}

// listRows are the rows of each group: its actions, then its indicators.
func (b *builder) listRows(groups []transform.Group, by string) Table {
	var bands []band[*line]
	for _, g := range groups {
		var lines []*line
		for n := range g.Actions {
			lines = append(lines, &line{Row: g.Actions[n].Row, action: &g.Actions[n]})
		}
		once := g.Once()
		for n := range once {
			lines = append(lines, &line{Row: once[n].Row, indicator: &once[n]})
		}
		if len(lines) > 0 {
			bands = append(bands, band[*line]{name: b.groupName(g, by), rows: lines})
		}
	}
	t := tableOf(b, b.def.Tables.List, Values{}, lineFields, bands, noID)
	t.Bands = "group"
	return t
}

// Band is the head of a list's groups where they are a column of their own.
func (d Definition) Band() string { return d.List.Band.source }
