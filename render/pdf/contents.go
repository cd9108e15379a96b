package pdf

import (
	"fmt"
	"slices"

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
	end    float64 // where the number ends
	set    setting
	number pen
}

// contentsLines is how many lines the contents may have before it lists
// sections alone, and how many of them before they stand in two columns, so that
// it stays with the page it stands on.
const contentsLines = 12

// contentsList draws the list of the headings that follow; the page numbers come at the end.
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
	var entries []contentsEntry
	for _, e := range b.listed() {
		entries = append(entries, contentsEntry{entry: e, node: toc.Add("TOCI").Add("Reference").Add("Link")})
	}
	columns := 1
	if len(entries) > contentsLines {
		columns = 2
	}
	down := (len(entries) + columns - 1) / columns
	for i := range down {
		var side []contentsEntry
		for at := i; at < len(entries); at += down {
			side = append(side, entries[at])
		}
		b.contentsRow(side, columns, i > 0)
	}
}

// listed are the headings of the contents: those that follow the list, for what
// stands before it has been read, and of many the sections alone. A list at the
// end has them all.
func (d *document) listed() []entry {
	at := slices.IndexFunc(d.report.Blocks, func(b render.Block) bool { _, is := b.(render.Contents); return is })
	all := d.entries[len(headings(d.report.Blocks[:max(at, 0)])):]
	if len(all) == 0 {
		all = d.entries
	}
	if len(all) <= contentsLines {
		return all
	}
	var sections []entry
	for _, e := range all {
		if e.depth == 0 {
			sections = append(sections, e)
		}
	}
	return sections
}

// contentsEntry is an entry that waits for its page number.
type contentsEntry struct {
	entry
	node *tagged.Element
}

// contentsRow is an entry, or one of each column, with a hairline above each section.
func (b *builder) contentsRow(side []contentsEntry, columns int, ruled bool) {
	const between = 20.0
	w := (measure + between) / float64(columns)
	s, indent, before, col := setting{11, 14}, 0.0, 2.5, b.look.ink
	if side[0].depth > 0 {
		s, indent, before, col = setting{10, 14}, 14, 0, b.look.secondary
	}
	row := piece{h: s.lead, before: before}
	var draws []func(c *canvas, y float64)
	for i, e := range side {
		x := margin + float64(i)*w
		lines := wrap(s.size, w-between-indent-40, span{b.repeat.line(e.text), regular, col})
		lines[len(lines)-1].goesOn = true // with the page number
		row.h = max(row.h, float64(len(lines))*s.lead)
		e.node.Target = e.anchor
		end := x + w - between
		draws = append(draws, func(c *canvas, y float64) {
			if ruled && e.depth == 0 {
				c.afterwards(func() { c.line(x, y-2, end, y-2, 0.5, b.look.hairline) })
			}
			for k, l := range lines {
				c.words(e.node, x+indent, y+float64(k)*s.lead, s, l)
			}
			last := y + float64(len(lines)-1)*s.lead
			c.link(e.node, end-30, last, 30, s.lead)
			b.contents = append(b.contents, contentsLine{e.node, e.entry, place{c.page, last}, end, s, pen{regular, s.size, col}})
		})
	}
	row.draw = func(c *canvas, y float64) {
		for _, draw := range draws {
			draw(c, y)
		}
	}
	b.push(row)
}

// pageNumbers writes the numbers into the contents, when every heading has its page.
func (d *document) pageNumbers(lines []contentsLine) {
	for _, l := range lines {
		c := d.canvas
		c.turnTo(l.at.page)
		number := fmt.Sprint(c.places[l.entry.anchor].page)
		x := l.end - width(number, l.number.face, l.number.size)
		c.mark(l.node, func() { c.text(x, l.set.baseline(l.at.y), number, l.number) })
	}
}
