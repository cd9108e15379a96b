package xlsx

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"boardpack/render"
)

// sheet is one worksheet: its title in A1, lines of text below it in column A,
// then at most one table.
type sheet struct {
	name, title string
	id          string // anchor of what it holds
	lines       []line
	table       *grid
	charts      []chart // beside the table
}

// line is one row of text in column A.
type line struct {
	text string
	kind lineKind
	id   string // anchor, for links
	link string // where it leads
}

type lineKind int

const (
	plain lineKind = iota
	lead
	quiet
	warn
	heading2
	heading3
	heading4
)

// grid is a table as a worksheet wants it: one header row and rows, no bands.
type grid struct {
	name    string
	of      string // what its rows are, where it is a table of all rows
	columns []render.Column
	heads   []string
	rows    []render.Row
	total   bool
	wide    bool
}

// headRow is the row of the table's heads, counted from 1.
func (s *sheet) headRow() int { return len(s.lines) + 2 }

// sheetLink is the anchor of a worksheet as such.
func sheetLink(name string) string { return "\x00worksheet " + name }

// newGrid lays a table out for a worksheet. Bands become a first column, so that
// no cell is merged and each row can be read, sorted and filtered alone; notes
// become a last one.
func newGrid(t render.Table, n *notes) *grid {
	g := &grid{of: t.Of, total: t.Total, wide: t.Wide}
	t, g.columns = withoutBlank(t)
	banded := hasBands(t)
	if banded {
		g.columns = slices.Insert(g.columns, 0, render.Column{Head: cmp.Or(n.words.Bands[t.Bands], n.words.Heads.Band)})
	}
	remarks := hasRemarks(t)
	if remarks {
		g.columns = append(g.columns, render.Column{Head: n.words.Heads.Notes})
	}
	g.heads = uniqueHeads(g.columns, n.words)
	for _, group := range t.Groups {
		g.rows = slices.Grow(g.rows, len(group.Rows))
		for _, r := range group.Rows {
			if banded {
				r.Cells = append([]render.Cell{{Text: group.Band}}, r.Cells...)
			}
			if remarks {
				r.Cells = append(slices.Clip(r.Cells), render.Cell{Text: n.markers(g.heads, r.Cells)})
			}
			g.rows = append(g.rows, r)
		}
	}
	return g
}

// withoutBlank leaves out columns that hold nothing: on a worksheet they would
// only part others. It gives the columns too, in room of their own.
func withoutBlank(t render.Table) (render.Table, []render.Column) {
	var kept []int
	var columns []render.Column
	for i, c := range t.Columns {
		if anyRow(t, func(r *render.Row) bool { return i < len(r.Cells) && !isBlank(&r.Cells[i]) }) {
			kept, columns = append(kept, i), append(columns, c)
		}
	}
	if len(kept) == len(t.Columns) || len(kept) == 0 {
		return t, slices.Clone(t.Columns)
	}
	groups := make([]render.Group, len(t.Groups))
	for n, g := range t.Groups {
		groups[n] = render.Group{Band: g.Band, Rows: make([]render.Row, len(g.Rows))}
		for m, r := range g.Rows {
			row := render.Row{ID: r.ID}
			for _, i := range kept {
				if i < len(r.Cells) {
					row.Cells = append(row.Cells, r.Cells[i])
				}
			}
			groups[n].Rows[m] = row
		}
	}
	t.Groups = groups
	return t, columns
}

func isBlank(c *render.Cell) bool {
	return c.Text == "" && c.Number == "" && c.Date == "" && c.Light == nil
}

func hasBands(t render.Table) bool {
	return slices.ContainsFunc(t.Groups, func(g render.Group) bool { return g.Band != "" })
}

func hasRows(t render.Table) bool {
	return slices.ContainsFunc(t.Groups, func(g render.Group) bool { return len(g.Rows) > 0 })
}

func hasRemarks(t render.Table) bool {
	return anyCell(t, func(c *render.Cell) bool { return len(c.Remarks) > 0 })
}

func hasTallies(t render.Table) bool {
	return anyCell(t, func(c *render.Cell) bool { return c.Tally != nil })
}

func anyCell(t render.Table, is func(*render.Cell) bool) bool {
	return anyRow(t, func(r *render.Row) bool {
		for i := range r.Cells {
			if is(&r.Cells[i]) {
				return true
			}
		}
		return false
	})
}

func anyRow(t render.Table, is func(*render.Row) bool) bool {
	for _, g := range t.Groups {
		for i := range g.Rows {
			if is(&g.Rows[i]) {
				return true
			}
		}
	}
	return false
}

// blanks tells whether the table has a cell without content, and whether it has
// one in a column of figures beside a light.
func (g *grid) blanks() (some, figures bool) {
	light := slices.ContainsFunc(g.columns, func(c render.Column) bool { return c.Field == "light" })
	for _, r := range g.rows {
		some = some || len(r.Cells) < len(g.columns)
		for i := range r.Cells {
			c := &r.Cells[i]
			if isBlank(c) {
				some = true
				figures = figures || light && (g.columns[i].Field == "outturn" || g.columns[i].Field == "target")
			}
		}
		if figures {
			break
		}
	}
	return some, figures
}

// tableSheet makes the worksheet of one table; what there is to know about the
// table stands above it.
func tableSheet(name string, t render.Table, r render.Report, n *notes) *sheet {
	s := &sheet{name: name, title: cmp.Or(t.Caption, name), id: t.ID, table: newGrid(t, n)}
	words := n.words
	if r.Draft != "" {
		s.lines = append(s.lines, line{text: joined(": ", r.Draft, joined(". ", r.Version, r.DataDate)), kind: warn})
	}
	s.lines = append(s.lines, line{text: words.OneTable})
	for _, sentence := range sentences(t.Note) {
		s.lines = append(s.lines, line{text: sentence})
	}
	if hasTallies(t) && len(r.Tables) > 0 {
		s.lines = append(s.lines, line{text: words.Live})
	}
	switch some, figures := s.table.blanks(); {
	case figures:
		s.lines = append(s.lines, line{text: words.BlankFigures})
	case some:
		s.lines = append(s.lines, line{text: words.Blanks})
	}
	if r.Words.Back != "" {
		s.lines = append(s.lines, line{text: r.Words.Back, link: sheetLink(words.Sheets.Contents)})
	}
	return s
}

// sentences cuts a note, so that none of its lines runs far over the table's edge.
func sentences(note string) []string {
	var out []string
	for _, paragraph := range strings.Split(note, "\n") {
		for paragraph != "" {
			i := strings.Index(paragraph, ". ")
			if i < 0 {
				out = append(out, paragraph)
				break
			}
			out = append(out, paragraph[:i+1])
			paragraph = strings.TrimSpace(paragraph[i+2:])
		}
	}
	return out
}

// joined joins what is not empty.
func joined(by string, parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, by)
}

// uniqueHeads gives every column a head of its own that is not empty: a table's head cells must differ.
func uniqueHeads(columns []render.Column, words *wording) []string {
	heads := make([]string, len(columns))
	taken := map[string]bool{}
	for i, c := range columns {
		head := strings.Join(strings.Fields(words.head(c)), " ")
		if head == "" {
			head = fmt.Sprintf(words.Heads.Column, i+1)
		}
		base := head
		for n := 2; taken[strings.ToLower(head)]; n++ {
			head = fmt.Sprintf("%s %d", base, n)
		}
		taken[strings.ToLower(head)] = true
		heads[i] = head
	}
	return heads
}
