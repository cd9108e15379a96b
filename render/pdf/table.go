package pdf

import (
	"strings"

	"boardpack/render"
)

// sheetTable is a table with its words cleaned; Wide then says whether it is
// landscape. Columns of long comments are taken out of an upright grid: their text goes below the row, so that the
// other columns keep their width.
type sheetTable struct {
	render.Table
	look   *palette
	inGrid []int // columns that stand side by side
	below  []int
	hang   int // grid column under which the lower texts begin
}

// table draws a real table: caption, head, groups under bands, total and note.
func (b *builder) table(raw render.Table) {
	t := b.prepare(raw)
	if !t.hasRows() {
		b.emptyTable(t)
		return
	}
	g := b.newGrid(b.parent.Add("Table"), t.Wide, t.ask(), t.wanted())
	g.before, g.anchor = 12, t.ID
	g.caption(t.Caption)
	g.header(t.heads())
	short := t.rows() <= shortTable
	for i, group := range t.Groups {
		g.band(group.Band)
		for j, row := range group.Rows {
			g.tableRow(t, row, rowStyle{ruleAbove: t.isTotal(i, j), keep: t.keepsNext(i, j), prefer: short})
		}
	}
	b.note(t)
}

// How many rows a table may have that stays whole on a page, and how many if
// that does not leave much of a page empty.
const (
	tinyTable  = 4
	shortTable = 9
)

func (t *sheetTable) rows() int {
	rows := 0
	for _, g := range t.Groups {
		rows += len(g.Rows)
	}
	return rows
}

// keepsNext reports a row that the next may not part from: any of a tiny table,
// and the first and the last but one of others, so that none stands alone.
func (t *sheetTable) keepsNext(group, row int) bool {
	last := len(t.Groups) - 1
	if group == last && row == len(t.Groups[group].Rows)-1 {
		return false
	}
	return t.rows() <= tinyTable || group == 0 && row == 0 || group == last && row == len(t.Groups[group].Rows)-2
}

// prepare cleans the table's words into a copy of it.
func (b *builder) prepare(raw render.Table) *sheetTable {
	t := &sheetTable{Table: raw, look: &b.look}
	t.Caption, t.Note, t.Empty = b.clean.line(raw.Caption), b.clean.text(raw.Note), b.clean.text(raw.Empty)
	t.Columns = make([]render.Column, len(raw.Columns))
	for i, c := range raw.Columns {
		c.Head = together(b.clean.line(c.Head))
		t.Columns[i] = c
	}
	t.Groups = make([]render.Group, len(raw.Groups))
	for i, g := range raw.Groups {
		t.Groups[i] = render.Group{Band: b.clean.line(g.Band), Rows: b.prepareRows(g.Rows, raw.Columns)}
	}
	t.turn()
	return t
}

// halfPage is how many rows a table has at most that stands upright, though it
// may be landscape, if it is legible so: its page would be nearly empty.
const halfPage = 6

// turn decides whether a table is landscape: where it cannot be read upright, or
// where it may be and fills half a page, or where the report says so.
func (t *sheetTable) turn() {
	may := t.Wide
	t.Wide = false
	t.split()
	upright := !t.Turned && legible(t.ask(), false)
	if upright && (!may || t.rows() <= halfPage) || !t.hasRows() {
		return
	}
	t.Wide = true
	t.split()
}

func (b *builder) prepareRows(raw []render.Row, columns []render.Column) []render.Row {
	rows := make([]render.Row, len(raw))
	for i, r := range raw {
		rows[i] = render.Row{ID: r.ID, Cells: make([]render.Cell, len(r.Cells))}
		for j, c := range r.Cells {
			if c.Text == "" && c.Light != nil {
				c.Text = c.Light.Word
			}
			c.Text = b.clean.text(c.Text)
			if c.Date != "" {
				c.Text = strings.Replace(c.Text, " ", "\u00a0", 1) // the day stays with its month
			} else {
				c.Text = together(c.Text)
			}
			if j < len(columns) && columns[j].Align == render.Right {
				c.Text = remarkBelow(c.Text)
			}
			rows[i].Cells[j] = c
		}
	}
	return rows
}

// split decides which columns stand in the grid, and where lower texts begin:
// under the first column that may wrap, which is the title.
func (t *sheetTable) split() {
	t.inGrid, t.below, t.hang = nil, nil, 0
	for i := range t.Columns {
		if !t.Wide && t.Columns[i].Below && (t.longest(i) > tallText || len(t.Columns) > manyColumns) && len(t.Columns) > 1 {
			t.below = append(t.below, i)
		} else {
			t.inGrid = append(t.inGrid, i)
		}
	}
	for i, col := range t.inGrid {
		if !t.Columns[col].NoWrap && t.Columns[col].Align == render.Left {
			t.hang = i
			return
		}
	}
}

// manyColumns is how many columns leave an upright table's title too narrow
// for a further column of texts, however short.
const manyColumns = 5

func (t *sheetTable) hasRows() bool {
	for _, g := range t.Groups {
		if len(g.Rows) > 0 {
			return len(t.Columns) > 0
		}
	}
	return false
}

func (t *sheetTable) isTotal(group, row int) bool {
	return t.Total && group == len(t.Groups)-1 && row == len(t.Groups[group].Rows)-1
}

// heads are the cells of the head row.
func (t *sheetTable) heads() []cell {
	var cells []cell
	for i, col := range t.inGrid {
		cells = append(cells, cell{text: t.Columns[col].Head, col: i, role: "TH", scope: "Column"})
	}
	return cells
}

// emptyTable says in a sentence that there are no rows.
func (b *builder) emptyTable(t *sheetTable) {
	anchor, before := t.ID, 12.0
	if t.Caption != "" {
		b.passage(passage{
			node: b.parent.Add("P"), x: margin, set: small, before: before, keep: true, anchor: anchor,
			lines: wrap(small.size, measure, span{t.Caption, b.look.semibold, b.look.ink}),
		})
		anchor, before = "", 2
	}
	b.passage(passage{
		node: b.parent.Add("P"), x: margin, set: body, before: before, anchor: anchor,
		lines: wrap(body.size, measure, span{t.Empty, b.look.regular, b.look.ink}),
	})
	b.note(t)
}

// note stands quietly below its table, on the same page as the last row.
func (b *builder) note(t *sheetTable) {
	if t.Note == "" {
		return
	}
	b.pieces[len(b.pieces)-1].keep = true
	from := len(b.pieces)
	b.passage(passage{
		node: b.parent.Add("P"), x: margin, set: small, before: 5,
		lines: wrap(small.size, measure, span{t.Note, b.look.regular, b.look.secondary}),
	})
	for i := from; i < len(b.pieces); i++ {
		b.pieces[i].wide = t.Wide && t.hasRows()
	}
}
