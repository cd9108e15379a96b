package pdf

import (
	"strings"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// gridRow is a row with its cells' lines broken.
type gridRow struct {
	grid  *grid
	boxes []box
	style rowStyle
	foot  bool // cells stand at the row's foot: a head
	tight bool // no space above: a text that belongs to the row above it
}

// box is one cell, ready to be drawn.
type box struct {
	cell  *tagged.Element
	node  *tagged.Element // the cell, or the link within it
	x, w  float64
	lines []line
	align render.Align
	point float64 // room right of the decimal point, or -1 for a cell that is no figure
	whole float64 // width of its part left of the point
	mark  *render.Mark
	way   render.Way
}

// arrowSize is the width of the arrow before a number of rows that moved, and
// arrowRoom that with the gap behind it.
const (
	arrowSize = 6.5
	arrowRoom = arrowSize + 4
)

func (g *grid) layRow(tr *tagged.Element, cells []cell) *gridRow {
	row := &gridRow{grid: g, boxes: make([]box, 0, len(cells))}
	for _, c := range cells {
		row.boxes = append(row.boxes, g.layCell(tr, c))
	}
	return row
}

func (g *grid) layCell(tr *tagged.Element, c cell) box {
	n := tr.Add(c.role)
	n.Scope = c.scope
	col := g.cols[c.col]
	b := box{cell: n, node: g.linked(n, c.link), x: col.x, w: col.w, align: col.align, point: -1, mark: c.mark, way: c.way}
	if c.span > 1 {
		end := g.cols[c.col+c.span-1]
		n.Columns, b.w, b.align = c.span, end.x+end.w-col.x, render.Left
	}
	indent := 0.0
	if c.mark != nil {
		indent = shapeRoom(g.set)
	}
	limit := b.w - indent
	if c.label != "" {
		limit = min(limit, measure)
	}
	b.lines = wrapNarrow(g.report.Lang, g.set.size, limit, g.spans(c)...)
	g.alignNumber(&b, c, col)
	return b
}

func (g *grid) spans(c cell) []span {
	s := span{c.text, g.look.regular, g.look.ink}
	if c.strong {
		s.face = g.look.semibold
	}
	switch {
	case g.leads(c.link):
		s.color = g.look.accent
	case c.way == render.NoneDid:
		s.color = g.look.secondary
	}
	if c.label == "" {
		return []span{s}
	}
	return []span{{c.label + ":", g.look.semibold, g.look.secondary}, s}
}

// alignNumber sets a figure on its column's decimal point.
func (g *grid) alignNumber(b *box, c cell, col column) {
	figure, remark, _ := strings.Cut(c.text, "\n")
	if b.align != render.Right || c.mark != nil || c.role == "TH" && c.scope == "Column" || len(b.lines) != 1 && remark == "" {
		return
	}
	if n := wholePart(figure); n > 0 && len(b.lines[0].runs) == 1 && b.lines[0].runs[0].text == figure {
		b.whole = width(figure[:n], b.lines[0].runs[0].pen.face, g.set.size)
		b.point = col.point
	}
}

// at is where a line begins. Of a figure, only the first is on the point.
func (b *box) at(k int) float64 {
	l := b.lines[k]
	indent := 0.0
	if b.mark != nil {
		indent = shapeRoom(small)
	}
	switch {
	case b.point >= 0 && k == 0:
		return b.x + b.w - b.point - b.whole
	case b.align == render.Right:
		return b.x + b.w - l.w
	case b.align == render.Centre:
		return b.x + indent + max(0, (b.w-indent-l.w)/2)
	}
	return b.x + indent
}

// head is the cell that heads the row; nil where none does.
func (r *gridRow) head() *tagged.Element {
	for _, b := range r.boxes {
		if b.cell.Role == "TH" && b.cell.Scope == "Row" {
			return b.cell
		}
	}
	return nil
}

func (r *gridRow) count() int {
	most := 1
	for _, b := range r.boxes {
		most = max(most, len(b.lines))
	}
	return most
}

func (r *gridRow) padTop() float64 {
	if r.tight {
		return 0
	}
	return rowPad
}

func (r *gridRow) height() float64 {
	return r.padTop() + float64(r.count())*r.grid.set.lead + rowPad
}

// emit pushes a row as one piece, or by its lines where it is taller than a page.
func (g *grid) emit(r *gridRow) {
	head := 0.0
	if g.again != nil {
		head = g.again.h
	}
	// The 40 points are for a band that is kept with the row.
	if r.height() <= depth(g.wide)-head-40 {
		g.pushRow(r, 0, r.count())
		return
	}
	for i := range r.count() {
		g.pushRow(r, i, i+1)
	}
}

// pushRow pushes the lines from one to another of a row.
func (g *grid) pushRow(r *gridRow, from, to int) {
	first, last := from == 0, to == r.count()
	p := piece{h: float64(to-from) * g.set.lead, wide: g.wide, again: g.again}
	p.keep, p.prefer = last && r.style.keep || first && !last || to == r.count()-1, last && r.style.prefer
	top := 0.0
	if first {
		top = r.padTop()
		p.before, p.anchor = g.before, r.style.anchor
		if p.anchor == "" {
			p.anchor = g.anchor
		}
		g.before, g.anchor = 0, ""
	}
	p.h += top
	if last {
		p.h += rowPad
	}
	p.draw = func(c *canvas, y float64) {
		r.ground(c, y, p.h, first, last)
		r.drawLines(c, y+top, from, to)
	}
	g.push(p)
}

// ground draws a row's tint and rules.
func (r *gridRow) ground(c *canvas, y, h float64, first, last bool) {
	g := r.grid
	if r.style.tint {
		const under = 0.6 // leaves the rule of the row above whole
		c.decorate(func() { c.fill(g.left-bandPad, y+under, g.width+2*bandPad, h-under, g.look.band) })
	}
	for i := range r.boxes {
		if b := &r.boxes[i]; b.way == render.Same {
			c.decorate(func() { c.fill(b.x-bandPad, y+1, b.w+2*bandPad, h-1.5, g.look.band) })
		}
	}
	if first && r.style.ruleAbove || last && r.style.ruleBelow.thick > 0 {
		c.afterwards(func() { r.rules(c, y, h, first, last) })
	}
}

func (r *gridRow) rules(c *canvas, y, h float64, first, last bool) {
	g := r.grid
	if first && r.style.ruleAbove {
		c.line(g.left, y, g.left+g.width, y, 0.9, g.look.ink)
	}
	if last && r.style.ruleBelow.thick > 0 {
		c.line(g.left, y+h, g.left+g.width, y+h, r.style.ruleBelow.thick, r.style.ruleBelow.color)
	}
}

// drawLines writes lines of each cell, cell by cell, which is the reading order.
func (r *gridRow) drawLines(c *canvas, y float64, from, to int) {
	for i := range r.boxes {
		b := &r.boxes[i]
		if b.mark != nil && from == 0 {
			r.drawShape(c, b, y)
		}
		if from == 0 && isStrong(b.way) {
			r.drawArrow(c, b, y)
		}
		for k := from; k < min(to, len(b.lines)); k++ {
			top := y + float64(k-from)*r.grid.set.lead
			if r.foot {
				top += float64(r.count()-len(b.lines)) * r.grid.set.lead
			}
			c.words(b.node, b.at(k), top, r.grid.set, b.lines[k])
		}
	}
}

func (r *gridRow) drawShape(c *canvas, b *box, y float64) {
	s := r.grid.set
	size := s.size * shapeShare
	x := b.at(0) - shapeRoom(s) + size*0.55
	c.afterwards(func() { c.shape(r.grid.look, *b.mark, x, s.middle(y), size) })
}

// drawArrow draws which way rows moved before their number: up is better, down is worse.
func (r *gridRow) drawArrow(c *canvas, b *box, y float64) {
	s := r.grid.set
	x, up := b.at(0)-arrowRoom+arrowSize/2, shapeSize*0.45
	if b.way == render.Worse {
		up = -up
	}
	c.afterwards(func() {
		c.laySmall(b.way, x, s.middle(y), arrowSize, func(middle float64) {
			c.mayDraw()
			c.ground(r.grid.look.ink)
			c.polygon("F", middle-shapeSize/2, middle+up, middle, middle-up, middle+shapeSize/2, middle+up)
		})
	})
}

// drawAgain draws a head row as furniture.
func (r *gridRow) drawAgain(c *canvas, y float64) {
	r.rules(c, y, r.height(), true, true)
	for i := range r.boxes {
		b := &r.boxes[i]
		top := y + r.padTop() + float64(r.count()-len(b.lines))*r.grid.set.lead
		for k, l := range b.lines {
			c.runs(b.at(k), top+float64(k)*r.grid.set.lead, r.grid.set, l)
		}
	}
}
