package render

import (
	"fmt"
	"slices"
	"strings"
)

// field is one column that a definition may show of a T.
type field[T any] struct {
	align   Align
	noWrap  bool
	rowHead bool
	below   bool
	figure  bool // an empty cell means that no figure was given, and the table says so
	working bool // only officers may see it
	cell    func(*builder, T) Cell
}

// band is rows of a table under one band.
type band[T any] struct {
	name string
	rows []T
}

// tableOf fills a definition's table. It leaves out columns that the edition may not show, and
// optional ones whose cells are all empty.
func tableOf[T any](b *builder, w TableText, v Values, fields map[string]field[T], bands []band[T], id func(T) string) Table {
	t := b.newTable(w.Name, w.Caption, v)
	t.Note, t.Wide, t.Empty = b.say(w.Note, v), w.Wide, b.say(w.Empty, v)
	columns := visibleColumns(b, w.Columns, fields, bands)
	t.Columns = headsOf(b, columns, v, fields)
	blank := false
	for _, g := range bands {
		group := Group{Band: g.name}
		for _, r := range g.rows {
			row := Row{ID: id(r)}
			for _, c := range columns {
				cell := fields[c.Show].cell(b, r)
				blank = blank || fields[c.Show].figure && cell.Text == ""
				row.Cells = append(row.Cells, cell)
			}
			group.Rows = append(group.Rows, row)
		}
		t.Groups = append(t.Groups, group)
	}
	if blank {
		t.Note = strings.TrimSpace(t.Note + " " + b.word(b.def.Words.Blank))
	}
	return t
}

// newTable is a table without columns and rows, with its name and anchor.
func (b *builder) newTable(name, caption Text, v Values) Table {
	unique := b.sheetName(b.say(name, v))
	return Table{ID: b.anchor("table-" + unique), Name: unique, Caption: b.say(caption, v)}
}

// headsOf makes the columns. Where none heads its rows by its nature, the first does.
func headsOf[T any](b *builder, columns []ColumnText, v Values, fields map[string]field[T]) []Column {
	var heads []Column
	headed := false
	for _, c := range columns {
		f := fields[c.Show]
		headed = headed || f.rowHead
		heads = append(heads, Column{
			Head: b.say(c.Head, v), Field: c.Show, Width: c.Width, Align: f.align, NoWrap: f.noWrap, RowHead: f.rowHead, Below: f.below,
		})
	}
	if !headed && len(heads) > 0 {
		heads[0].RowHead = true
	}
	return heads
}

func visibleColumns[T any](b *builder, columns []ColumnText, fields map[string]field[T], bands []band[T]) []ColumnText {
	return slices.DeleteFunc(slices.Clone(columns), func(c ColumnText) bool {
		f := fields[c.Show]
		if f.working && !b.working() {
			return true
		}
		return c.Optional && !slices.ContainsFunc(bands, func(g band[T]) bool {
			return slices.ContainsFunc(g.rows, func(r T) bool { return f.cell(b, r).Text != "" })
		})
	})
}

// plain is one band without a name.
func plain[T any](rows []T) []band[T] {
	if len(rows) == 0 {
		return nil
	}
	return []band[T]{{rows: rows}}
}

// banded groups rows by a name, in the order in which the names first occur. Rows without one get a band of
// their own words, unless no row has a name.
func banded[T any](rows []T, name func(T) string, without string) []band[T] {
	names := distinct(rows, name)
	if len(names) == 1 && names[0] == "" {
		return plain(rows)
	}
	var bands []band[T]
	for _, n := range names {
		g := band[T]{name: n, rows: keep(rows, func(r T) bool { return name(r) == n })}
		if n == "" {
			g.name = without
		}
		bands = append(bands, g)
	}
	return bands
}

func noID[T any](T) string { return "" }

// sheetName makes a table's name fit for a worksheet: at most 31 characters, none of []:*?/\ and
// unlike every other whatever its capitals.
func (b *builder) sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, s)
	base := strings.Trim(strings.Join(strings.Fields(s), " "), "' ")
	name := cut(base, 31)
	for n := 2; b.names[strings.ToLower(name)]; n++ {
		end := fmt.Sprintf(" %d", n)
		name = cut(base, 31-len(end)) + end
	}
	b.names[strings.ToLower(name)] = true
	return name
}

// cut keeps at most n characters.
func cut(s string, n int) string {
	r := []rune(s)
	return strings.TrimRight(string(r[:min(n, len(r))]), "' ")
}

func text(s string) Cell { return Cell{Text: s} }
