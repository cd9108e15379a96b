package pdf

import (
	"strings"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// grid sets rows of cells in columns: tables, the key and the cover's facts.
type grid struct {
	*builder
	node        *tagged.Element
	cols        []column
	left, width float64
	set         setting
	wide        bool
	again       *again
	before      float64           // space above the first piece
	anchor      string            // of the first piece
	heads       []*tagged.Element // of the columns
	body        *tagged.Element
	under       *tagged.Element // the band above the row
}

// cell is what a row has in one column, or across several.
type cell struct {
	text      string
	strong    bool
	mark      *render.Mark
	link      string
	col, span int // first column, and how many; 0 is one
	role      string
	scope     string
	way       render.Way
	label     string // semibold words before a lower text: its column's head
}

// rowStyle says how a row is drawn.
type rowStyle struct {
	anchor    string
	keep      bool
	prefer    bool
	tint      bool
	ruleAbove bool // over a total
	ruleBelow rule
}

// rule is a line under a row; the zero rule is none.
type rule struct {
	thick float64
	color rgb
}

// rowPad is the space above and below a row's text; a band's tint stands out
// from the margins by bandPad, so that its words keep in line with the others.
const (
	rowPad  = 3.5
	bandPad = 4.0
)

func (b *builder) newGrid(n *tagged.Element, wide bool, demands []demand, wanted [][]float64) *grid {
	return &grid{
		builder: b, node: n, left: margin, width: room(wide), set: small, wide: wide,
		cols: columnsOf(demands, margin, room(wide), wanted),
	}
}

// caption stands above the table and stays with it.
func (g *grid) caption(text string) {
	if text == "" {
		return
	}
	lines := wrap(small.size, min(room(g.wide), 1.3*measure), span{text, g.look.semibold, g.look.ink})
	g.passage(passage{
		node: g.node.Add("Caption"), x: margin, set: small, lines: lines,
		before: g.before, anchor: g.anchor, keep: true,
	})
	for i := len(g.pieces) - len(lines); i < len(g.pieces); i++ {
		g.pieces[i].wide, g.pieces[i].keep = g.wide, true
	}
	g.before, g.anchor = 1, ""
	g.repeatCaption(text)
}

// repeatCaption puts "… (continued)" above each further page of the table.
func (g *grid) repeatCaption(text string) {
	words := g.report.Words.Continued
	if !strings.Contains(words, "%s") {
		words = "%s"
	}
	p := pen{g.look.semibold, small.size, g.look.ink}
	text = shorten(g.repeat.line(strings.Replace(words, "%s", text, 1)), p, room(g.wide))
	g.again = &again{h: small.lead + 1, draw: func(c *canvas, y float64) {
		c.text(margin, small.baseline(y), text, p)
	}}
}

// header draws the head row, and repeats it on each further page as furniture,
// or a screen reader would read it again.
func (g *grid) header(cells []cell) {
	for i := range cells {
		cells[i].strong = true
	}
	row := g.layRow(g.node.Add("THead").Add("TR"), cells)
	row.style = rowStyle{keep: true, ruleBelow: rule{1, g.look.accent}}
	row.foot = true
	for _, b := range row.boxes {
		g.heads = append(g.heads, b.cell)
	}
	g.emit(row)
	caption := g.again
	if caption == nil {
		caption = &again{draw: func(*canvas, float64) {}}
	}
	g.again = &again{h: caption.h + row.height(), draw: func(c *canvas, y float64) {
		caption.draw(c, y)
		row.drawAgain(c, y+caption.h)
	}}
}

// newRow is a row's element, in the body that follows the head.
func (g *grid) newRow() *tagged.Element {
	if g.body == nil {
		g.body = g.node.Add("TBody")
	}
	return g.body.Add("TR")
}

// band is a quiet row across the table, kept with the row below it.
func (g *grid) band(text string) {
	if text == "" {
		return
	}
	row := g.layRow(g.newRow(), []cell{{
		text: text, strong: true, span: len(g.cols), role: "TH", scope: "Column",
	}})
	g.under = row.boxes[0].cell
	row.style = rowStyle{keep: true, tint: true, ruleBelow: rule{0.5, g.look.hairline}}
	g.emit(row)
}

// tableRow draws a row, which is a total where a rule stands above it, and below it the texts that its table takes out of the grid.
func (g *grid) tableRow(t *sheetTable, r render.Row, style rowStyle) {
	lower := g.lowerCells(t, r)
	row := g.layRow(g.newRow(), g.gridCells(t, r, style.ruleAbove))
	g.underBand(row)
	row.style = style
	row.style.anchor, row.style.keep = r.ID, style.keep || len(lower) > 0
	if len(lower) == 0 {
		row.style.ruleBelow = g.hairline()
	}
	g.emit(row)
	for i, c := range lower {
		under := g.layRow(g.newRow(), []cell{c})
		under.tight = true
		under.boxes[0].cell.Columns = len(g.cols) // also those that it leaves free
		g.lowerHeads(row, under)
		last := i == len(lower)-1
		under.style.keep, under.style.prefer = style.keep || !last, style.prefer
		if last {
			under.style.ruleBelow = g.hairline()
		}
		g.emit(under)
	}
}

// underBand names the heads of each cell where a band stands between it and its
// column's head, which a scope alone cannot say.
func (g *grid) underBand(row *gridRow) {
	if g.under == nil {
		return
	}
	head := row.head()
	for i, b := range row.boxes {
		b.cell.Heads = []*tagged.Element{g.heads[i], g.under}
		if head != nil && head != b.cell {
			b.cell.Heads = append(b.cell.Heads, head)
		}
	}
}

// lowerHeads names the heads of a text below its row: its column has none, and
// its words begin with what would stand there.
func (g *grid) lowerHeads(row, lower *gridRow) {
	cell := lower.boxes[0].cell
	if g.under != nil {
		cell.Heads = append(cell.Heads, g.under)
	}
	if head := row.head(); head != nil {
		cell.Heads = append(cell.Heads, head)
	}
}

func (g *grid) hairline() rule { return rule{0.5, g.look.hairline} }

func (g *grid) gridCells(t *sheetTable, r render.Row, total bool) []cell {
	cells := make([]cell, 0, len(t.inGrid))
	for i, col := range t.inGrid {
		c := cell{col: i, role: "TD", strong: total}
		if t.Columns[col].RowHead {
			c.role, c.scope = "TH", "Row"
		}
		if col < len(r.Cells) {
			from := r.Cells[col]
			c.text, c.mark, c.link, c.way = from.Text, from.Light, from.Link, from.Way
			c.strong = c.strong || isStrong(from.Way)
		}
		cells = append(cells, c)
	}
	return cells
}

// lowerCells are a row's long texts, each under the title with its head before it.
func (g *grid) lowerCells(t *sheetTable, r render.Row) []cell {
	var cells []cell
	for _, col := range t.below {
		if col < len(r.Cells) && r.Cells[col].Text != "" {
			cells = append(cells, cell{
				text: r.Cells[col].Text, link: r.Cells[col].Link, label: t.Columns[col].Head,
				col: t.hang, span: len(g.cols) - t.hang, role: "TD",
			})
		}
	}
	return cells
}
