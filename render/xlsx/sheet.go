package xlsx

import (
	"fmt"
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
// no cell is merged and each row can be read, sorted and filtered alone.
func newGrid(t render.Table, words wording) *grid {
	g := &grid{columns: t.Columns, total: t.Total, wide: t.Wide}
	banded := hasBands(t)
	if banded {
		g.columns = append([]render.Column{{Head: words.Heads.Band}}, t.Columns...)
	}
	for _, group := range t.Groups {
		for _, r := range group.Rows {
			if banded {
				r.Cells = append([]render.Cell{{Text: group.Band}}, r.Cells...)
			}
			g.rows = append(g.rows, r)
		}
	}
	g.heads = uniqueHeads(g.columns, words.Heads.Column)
	return g
}

func hasBands(t render.Table) bool {
	for _, g := range t.Groups {
		if g.Band != "" {
			return true
		}
	}
	return false
}

func hasRows(t render.Table) bool {
	for _, g := range t.Groups {
		if len(g.Rows) > 0 {
			return true
		}
	}
	return false
}

// hasBlanks tells whether the table has a cell without content.
func (g *grid) hasBlanks() bool {
	for _, r := range g.rows {
		if len(r.Cells) < len(g.columns) {
			return true
		}
		for _, c := range r.Cells {
			if c.Text == "" && c.Number == "" && c.Date == "" && c.Light == nil {
				return true
			}
		}
	}
	return false
}

// tableSheet makes the worksheet of one table; what there is to know about the
// table stands above it.
func tableSheet(name string, t render.Table, r render.Report, words wording) *sheet {
	s := &sheet{name: name, title: t.Caption, id: t.ID, table: newGrid(t, words)}
	if s.title == "" {
		s.title = name
	}
	if r.Draft != "" {
		s.lines = append(s.lines, line{text: joined(": ", r.Draft, joined(". ", r.Version, r.DataDate)), kind: warn})
	}
	s.lines = append(s.lines, line{text: words.OneTable})
	for _, sentence := range sentences(t.Note) {
		s.lines = append(s.lines, line{text: sentence})
	}
	if s.table.hasBlanks() {
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

// uniqueHeads gives every column a head of its own that is not empty, with the
// unit where all figures have it: a table's head cells must differ.
func uniqueHeads(columns []render.Column, unnamed string) []string {
	heads := make([]string, len(columns))
	taken := map[string]bool{}
	for i, c := range columns {
		head := strings.Join(strings.Fields(c.Head), " ")
		if head == "" {
			head = fmt.Sprintf(unnamed, i+1)
		}
		if c.Unit != "" {
			head += " (" + c.Unit + ")"
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
