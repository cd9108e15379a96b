package pdf

import (
	"fmt"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// builder turns blocks into pieces and elements of the structure tree.
type builder struct {
	*document
	parent   *tagged.Element
	pieces   []piece
	known    map[string]bool // IDs that a link may lead to
	level    int             // of the last heading
	rank     int             // of the last heading in the structure tree
	heading  int             // how many headings of level 2 and 3 came before
	contents []contentsLine
	pending  bool         // a page break waits for the next piece
	next     render.Block // after the one that is being drawn
}

func newBuilder(d *document) *builder {
	b := &builder{document: d, parent: d.canvas.tree, known: map[string]bool{}, level: 1}
	for _, block := range d.report.Blocks {
		for _, id := range anchors(block) {
			b.known[id] = true
		}
	}
	return b
}

// anchors are the IDs that a block brings.
func anchors(block render.Block) []string {
	switch v := block.(type) {
	case render.Heading:
		return []string{v.ID}
	case render.Bars:
		return []string{v.ID}
	case render.Exception:
		return []string{v.ID}
	case render.Table:
		ids := []string{v.ID}
		if len(v.Columns) == 0 {
			return ids // its rows cannot be drawn
		}
		for _, g := range v.Groups {
			for _, r := range g.Rows {
				ids = append(ids, r.ID)
			}
		}
		return ids
	}
	return nil
}

// leads reports whether a link has a target: a link into nothing is drawn as words.
func (b *builder) leads(id string) bool { return id != "" && b.known[id] }

func (b *builder) blocks(blocks []render.Block) {
	for i, block := range blocks {
		b.next = nil
		if i+1 < len(blocks) {
			b.next = blocks[i+1]
		}
		b.block(block)
	}
}

func (b *builder) block(block render.Block) {
	switch v := block.(type) {
	case render.Heading:
		b.head(v)
	case render.Paragraph:
		b.paragraph(v)
	case render.List:
		b.list(v)
	case render.Facts:
		b.facts(v)
	case render.Table:
		b.table(v)
	case render.Bars:
		b.bars(v)
	case render.Key:
		b.key(v)
	case render.Exception:
		b.exception(v)
	case render.Picture:
		b.picture(v)
	case render.Contents:
		b.contentsList()
	case render.PageBreak:
		b.pending = true
	default:
		panic(fmt.Sprintf("pdf: a block of type %T cannot be drawn", block))
	}
}

// push adds a piece, with the page break that waits for it.
func (b *builder) push(p piece) {
	p.newPage = p.newPage || b.pending
	b.pending = false
	b.pieces = append(b.pieces, p)
}

// passage is lines that make one element, such as a paragraph.
type passage struct {
	node   *tagged.Element
	x      float64
	lines  []line
	set    setting
	before float64
	keep   bool                       // with what follows
	anchor string                     // of its first line
	beside func(c *canvas, y float64) // drawn with each line, before it: a rule
	first  func(c *canvas, y float64) // drawn with the first line, before it: a bullet
}

// passage pushes a piece for each line; two lines at least stay together at
// the foot of a page, and at the head of the next.
func (b *builder) passage(p passage) {
	last := len(p.lines) - 1
	for i, l := range p.lines {
		line := piece{h: p.set.lead, keep: i == 0 && last > 0 || i == last-1 || i == last && p.keep}
		if i == 0 {
			line.before, line.anchor = p.before, p.anchor
		}
		line.draw = func(c *canvas, y float64) {
			if p.beside != nil {
				c.decorate(func() { p.beside(c, y) })
			}
			if i == 0 && p.first != nil {
				p.first(c, y)
			}
			c.words(p.node, p.x, y, p.set, l)
		}
		b.push(line)
	}
}

// words writes one line into its element, which can be followed where it is a link.
func (c *canvas) words(n *tagged.Element, x, y float64, s setting, l line) {
	if len(l.runs) == 0 {
		return
	}
	if n.Role == "Link" {
		c.link(n, x, y, l.w, s.lead)
	}
	c.mark(n, func() {
		for i, r := range l.runs {
			if i == len(l.runs)-1 && l.goesOn {
				r.text += " "
			}
			c.text(x+r.x, s.baseline(y), r.text, r.pen)
		}
	})
}

// runs writes one line into what is open.
func (c *canvas) runs(x, y float64, s setting, l line) {
	for _, r := range l.runs {
		c.text(x+r.x, s.baseline(y), r.text, r.pen)
	}
}

// headRole is a heading's role: of its level, but never more than one below the
// heading before it, so that readers who go from heading to heading miss none.
func (b *builder) headRole(level int) string {
	b.rank = min(level, b.rank+1, 6)
	return fmt.Sprintf("H%d", b.rank)
}

// linked is the element for words that may be a link.
func (b *builder) linked(n *tagged.Element, id string) *tagged.Element {
	if !b.leads(id) {
		return n
	}
	n = n.Add("Link")
	n.Target = id
	return n
}
