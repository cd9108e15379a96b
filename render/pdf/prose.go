package pdf

import (
	"fmt"
	"strings"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// head draws a heading, which stays with what follows.
func (b *builder) head(h render.Heading) {
	level := min(max(h.Level, 1), 4)
	s := headFor[level]
	p := passage{
		node:   b.parent.Add(b.headRole(level)),
		x:      margin,
		lines:  wrap(s.size, room(false), span{b.clean.line(h.Text), semibold, b.look.accent}),
		set:    s,
		before: map[int]float64{1: 0, 2: 24, 3: 16, 4: 12}[level],
		keep:   true,
		anchor: h.ID,
	}
	if level == 2 || level == 3 {
		p.anchor = b.nextEntry()
	}
	b.level = level
	start := len(b.pieces)
	b.passage(p)
	b.keepAll(start)
	if level == 1 {
		b.push(piece{h: 8, before: 6, keep: true, draw: b.titleRule})
		return
	}
	b.push(piece{h: float64(max(0, 4-level)), keep: true})
}

func (b *builder) titleRule(c *canvas, y float64) {
	c.decorate(func() { c.fill(margin, y, room(false), 2, b.look.accent) })
}

// keepAll keeps every piece from start with the one after it.
func (b *builder) keepAll(start int) {
	for i := start; i < len(b.pieces); i++ {
		b.pieces[i].keep = true
	}
}

// nextEntry is the anchor of the heading that comes next in the contents.
func (b *builder) nextEntry() string {
	e := b.entries[b.heading]
	b.heading++
	return e.anchor
}

// paragraph draws running text. One that leads into a landscape table goes there with it.
func (b *builder) paragraph(p render.Paragraph) {
	if strings.TrimSpace(p.Text) == "" {
		return
	}
	s, f, col, before := body, regular, b.look.ink, 8.0
	indent := 0.0
	switch p.Style {
	case render.Lead:
		s, f = lead, semibold
	case render.Quiet:
		s, col, before = small, b.look.secondary, 5
	case render.Warn:
		indent = 12
	}
	set := passage{
		node: b.parent.Add("P"), x: margin + indent, set: s, before: before,
		lines: wrap(s.size, measure-indent, span{b.clean.text(p.Text), f, col}),
	}
	if p.Style == render.Warn {
		set.beside = func(c *canvas, y float64) { c.fill(margin, y, 2.5, s.lead, b.look.accent) }
	}
	start := len(b.pieces)
	b.passage(set)
	if _, table := b.next.(render.Table); table && len(set.lines) <= 6 {
		for i := start; i < len(b.pieces); i++ {
			b.pieces[i].leads = true
		}
	}
}

// list draws items, each with a bullet, a number or its light.
func (b *builder) list(l render.List) {
	n := b.parent.Add("L")
	n.Numbering = "Disc"
	if l.Numbered {
		n.Numbering = "Decimal"
	}
	indent := b.listIndent(l)
	for i, item := range l.Items {
		before := 3.0
		if i == 0 {
			before = 6
		}
		b.item(n.Add("LI"), item, b.label(l, i), indent, before)
		if i == 0 && len(l.Items) > 1 {
			b.pieces[len(b.pieces)-1].keep = true // one item alone looks like a remark
		}
	}
}

// listIndent leaves room for the widest label, so that all items begin on one line.
func (b *builder) listIndent(l render.List) float64 {
	indent := 14.0
	for i, item := range l.Items {
		w := width(b.label(l, i), regular, body.size) + 8
		if item.Light != nil {
			w += shapeRoom(body)
		}
		indent = max(indent, w)
	}
	return indent
}

func (b *builder) label(l render.List, i int) string {
	switch {
	case l.Items[i].Light != nil:
		return b.repeat.line(l.Items[i].Light.Word)
	case l.Numbered:
		return fmt.Sprintf("%d.", i+1)
	}
	return "•"
}

// shapeRoom is the width of a shape with the gap before its word.
func shapeRoom(s setting) float64 { return s.size * 1.25 }

func (b *builder) item(n *tagged.Element, item render.Item, label string, indent, before float64) {
	lbl, text := n.Add("Lbl"), n.Add("LBody")
	strong := b.look.ink
	if b.leads(item.Link) {
		strong = b.look.accent
	}
	var spans []span
	if item.Strong != "" {
		spans = append(spans, span{b.clean.line(item.Strong), semibold, strong})
	}
	if item.Text != "" || item.Strong == "" {
		spans = append(spans, span{b.clean.text(item.Text), regular, b.look.ink})
	}
	b.passage(passage{
		node: b.linked(text, item.Link), x: margin + indent, set: body, before: before,
		lines: wrap(body.size, measure-indent, spans...),
		first: func(c *canvas, y float64) { b.labelAt(c, lbl, item.Light, label, y) },
	})
}

// labelAt draws an item's bullet, number, or light.
func (b *builder) labelAt(c *canvas, n *tagged.Element, m *render.Mark, label string, y float64) {
	if m == nil {
		c.mark(n, func() { c.text(margin, body.baseline(y), label, pen{regular, body.size, b.look.secondary}) })
		return
	}
	c.markWord(b.look, n, *m, label, margin, y, body, pen{regular, body.size, b.look.wordColour(*m)})
}

// markWord draws a mark's shape and its word beside it.
func (c *canvas) markWord(look palette, n *tagged.Element, m render.Mark, word string, x, y float64, s setting, p pen) {
	size := s.size * shapeShare
	c.afterwards(func() { c.shape(look, m, x+size*0.55, s.middle(y), size) })
	c.mark(n, func() { c.text(x+shapeRoom(s), s.baseline(y), word, p) })
}
