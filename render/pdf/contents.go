package pdf

import (
	"fmt"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// entry is one heading in the contents and the outline. depth is 0 or 1:
// gofpdf writes a circle of links where a level is left out.
type entry struct {
	text   string
	anchor string
	depth  int
}

// headings collects the headings of level 2 and 3. One without an ID gets an
// anchor with a space in front, which no report can have.
func headings(blocks []render.Block) []entry {
	var all []entry
	for _, block := range blocks {
		h, ok := block.(render.Heading)
		if !ok || h.Level != 2 && h.Level != 3 {
			continue
		}
		e := entry{text: h.Text, anchor: h.ID, depth: h.Level - 2}
		if len(all) == 0 {
			e.depth = 0
		}
		if e.anchor == "" {
			e.anchor = fmt.Sprintf(" heading %d", len(all)+1)
		}
		all = append(all, e)
	}
	return all
}

// contentsLine is a line of the contents that waits for its page number.
type contentsLine struct {
	node   *tagged.Element
	entry  entry
	at     place
	set    setting
	number pen
}

// contentsLines is how many lines the contents may have before it lists
// sections alone, so that it stays with the page it stands on.
const contentsLines = 12

// contentsList draws the list of headings; the page numbers come at the end.
func (b *builder) contentsList() {
	title := b.repeat.line(b.report.Words.Contents)
	s := headFor[2]
	if title != "" {
		b.passage(passage{
			node: b.parent.Add(b.headRole(2)), x: margin, set: s, before: 24, keep: true,
			lines: wrap(s.size, measure, span{title, semibold, b.look.accent}),
		})
		b.push(piece{h: 6, keep: true})
	}
	toc := b.parent.Add("TOC")
	for i, e := range b.entries {
		if e.depth > 0 && len(b.entries) > contentsLines {
			continue
		}
		b.contentsEntry(toc.Add("TOCI").Add("Reference").Add("Link"), e, i)
	}
}

// contentsEntry is one line, with a hairline above each section.
func (b *builder) contentsEntry(n *tagged.Element, e entry, i int) {
	n.Target = e.anchor
	s, indent, before, col := setting{11, 15}, 0.0, 3.0, b.look.ink
	if e.depth > 0 {
		s, indent, before, col = setting{10, 14}, 14, 0, b.look.secondary
	}
	lines := wrap(s.size, measure-indent-40, span{b.repeat.line(e.text), regular, col})
	lines[len(lines)-1].goesOn = true // with the page number
	from := len(b.pieces)
	b.passage(passage{node: n, x: margin + indent, lines: lines, set: s, before: before})
	last := &b.pieces[len(b.pieces)-1]
	write := last.draw
	last.draw = func(c *canvas, y float64) {
		write(c, y)
		c.link(n, margin+measure-30, y, 30, s.lead)
		b.contents = append(b.contents, contentsLine{n, e, place{c.page, y}, s, pen{regular, s.size, col}})
	}
	if e.depth == 0 && i > 0 {
		b.ruleAbove(&b.pieces[from])
	}
}

func (b *builder) ruleAbove(p *piece) {
	write := p.draw
	p.draw = func(c *canvas, y float64) {
		c.afterwards(func() { c.line(margin, y-2, margin+measure, y-2, 0.5, b.look.hairline) })
		write(c, y)
	}
}

// pageNumbers writes the numbers into the contents, when every heading has its page.
func (d *document) pageNumbers(lines []contentsLine) {
	for _, l := range lines {
		c := d.canvas
		c.turnTo(l.at.page)
		number := fmt.Sprint(c.places[l.entry.anchor].page)
		x := margin + measure - width(number, l.number.face, l.number.size)
		c.mark(l.node, func() { c.text(x, l.set.baseline(l.at.y), number, l.number) })
	}
}
