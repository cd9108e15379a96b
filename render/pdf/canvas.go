package pdf

import (
	"fmt"
	"io"
	"slices"

	"github.com/jung-kurt/gofpdf"

	"boardpack/templates"
)

// canvas is the only holder of gofpdf. It refuses text outside an open mark, so
// that no word can be left out of the structure tree, and shading outside an
// artifact or a figure. Heights run down the page from its top edge.
type canvas struct {
	pdf   *gofpdf.Fpdf
	tree  *node
	pages []sheet
	page  int // current, from 1

	open     *node // the mark that is open
	artifact bool
	pen      pen // what the page's stream last selected

	places map[string]place
	links  map[string]int
}

// sheet is one page: its size and the next free MCID.
type sheet struct {
	w, h float64
	mcid int
}

// place is where an anchor landed.
type place struct {
	page int
	y    float64
}

func newCanvas() *canvas {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{
		OrientationStr: "P", UnitStr: "pt", Size: gofpdf.SizeType{Wd: shortSide, Ht: longSide},
	})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCompression(true)
	for f, file := range faceFiles {
		// gofpdf changes the bytes that it is given.
		pdf.AddUTF8FontFromBytes("text", faceStyle(face(f)), slices.Clone(templates.Must(file)))
	}
	return &canvas{pdf: pdf, tree: &node{role: "Document"}, places: map[string]place{}, links: map[string]int{}}
}

func faceStyle(f face) string {
	if f == semibold {
		return "B"
	}
	return ""
}

// addPage begins a new page after the last.
func (c *canvas) addPage(wide bool) {
	c.mustBeClosed("a new page")
	s, turn := sheet{w: shortSide, h: longSide}, "P"
	if wide {
		s, turn = sheet{w: longSide, h: shortSide}, "L"
	}
	c.pdf.AddPageFormat(turn, gofpdf.SizeType{Wd: shortSide, Ht: longSide})
	c.pages = append(c.pages, s)
	c.page, c.pen = len(c.pages), pen{}
}

// turnTo goes back to a page, for what can only be drawn after layout.
func (c *canvas) turnTo(page int) {
	c.mustBeClosed("a turn of the page")
	c.pdf.SetPage(page)
	c.page, c.pen = page, pen{}
	// gofpdf's idea of the fill colour is the last page's; text takes its colour from it.
	c.pdf.SetFillColor(0, 0, 0)
}

func (c *canvas) sheet() *sheet { return &c.pages[c.page-1] }

// down turns a height on the current page into gofpdf's, which measures every
// page, also one that it has gone back to, from the last page's height.
func (c *canvas) down(y float64) float64 {
	return y + c.pages[len(c.pages)-1].h - c.sheet().h
}

// mark draws the content of a structure element: text, and lines only in a Figure.
func (c *canvas) mark(n *node, draw func()) {
	c.mustBeClosed("a mark")
	s := c.sheet()
	c.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", n.role, s.mcid))
	n.parts = append(n.parts, part{c.page, s.mcid})
	s.mcid++
	c.open = n
	draw()
	c.open = nil
	c.pdf.RawWriteStr("EMC")
}

// decorate draws what is no content: rules, shading, shapes that stand beside their word.
func (c *canvas) decorate(draw func()) { c.drawArtifact("/Artifact BMC", draw) }

// furnish draws what repeats by page: running heads, feet, a table's head again.
func (c *canvas) furnish(draw func()) {
	c.drawArtifact("/Artifact <</Type /Pagination>> BDC", draw)
}

func (c *canvas) drawArtifact(begin string, draw func()) {
	c.mustBeClosed("an artifact")
	c.pdf.RawWriteStr(begin)
	c.artifact = true
	draw()
	c.artifact = false
	c.pdf.RawWriteStr("EMC")
}

func (c *canvas) mustBeClosed(what string) {
	if c.open != nil || c.artifact {
		panic("pdf: " + what + " inside an open mark")
	}
}

// text writes cleaned text with its baseline at y. Without a mark it panics: an
// untagged word is a fault of this package.
func (c *canvas) text(x, y float64, s string, p pen) {
	if c.open == nil && !c.artifact {
		panic(fmt.Sprintf("pdf: text %q outside a mark", s))
	}
	if c.open != nil {
		c.open.write(s)
	}
	if p.face != c.pen.face || p.size != c.pen.size {
		c.pdf.SetFont("text", faceStyle(p.face), p.size)
	}
	c.pdf.SetTextColor(int(p.color.r), int(p.color.g), int(p.color.b))
	c.pdf.Text(x, c.down(y), s)
	c.pen = p
}

// mayDraw guards lines and shading.
func (c *canvas) mayDraw() {
	if !c.artifact && (c.open == nil || c.open.role != "Figure") {
		panic("pdf: drawing outside an artifact or a figure")
	}
}

func (c *canvas) fill(x, y, w, h float64, col rgb) {
	c.mayDraw()
	c.pdf.SetFillColor(int(col.r), int(col.g), int(col.b))
	c.pdf.Rect(x, c.down(y), w, h, "F")
}

func (c *canvas) frame(x, y, w, h, thick float64, col rgb) {
	c.mayDraw()
	c.stroke(thick, col)
	c.pdf.Rect(x, c.down(y), w, h, "D")
}

func (c *canvas) line(x1, y1, x2, y2, thick float64, col rgb) {
	c.mayDraw()
	c.stroke(thick, col)
	c.pdf.Line(x1, c.down(y1), x2, c.down(y2))
}

func (c *canvas) stroke(thick float64, col rgb) {
	c.pdf.SetDrawColor(int(col.r), int(col.g), int(col.b))
	c.pdf.SetLineWidth(thick)
}

// slant writes one word turned about its middle, for a pale draft mark.
func (c *canvas) slant(x, y, angle float64, s string, p pen) {
	c.pdf.TransformBegin()
	c.pdf.TransformRotate(angle, x, c.down(y))
	c.text(x-width(s, p.face, p.size)/2, y+p.size*0.33, s, p)
	c.pdf.TransformEnd()
	c.pen = pen{} // the turn's end also takes the font back
}

// anchor remembers where an ID stands; the first one wins.
func (c *canvas) anchor(id string, y float64) {
	if _, taken := c.places[id]; !taken && id != "" {
		c.places[id] = place{c.page, y}
	}
}

// link makes an area lead to an anchor, which may come later.
func (c *canvas) link(x, y, w, h float64, id string) {
	if _, ok := c.links[id]; !ok {
		c.links[id] = c.pdf.AddLink()
	}
	c.pdf.Link(x, c.down(y), w, h, c.links[id])
}

// settleLinks tells gofpdf where each link leads, once everything has its place.
func (c *canvas) settleLinks() {
	for id, link := range c.links {
		at := c.places[id]
		// A little above, so that the reader sees the row and not its upper edge.
		c.pdf.SetLink(link, max(0, at.y-8), max(1, at.page))
	}
}

// bookmark adds a line to the outline; depth 0 is the top.
func (c *canvas) bookmark(text string, depth int, at place) {
	c.turnTo(at.page)
	c.pdf.Bookmark(text, depth, c.down(max(0, at.y-8)))
}

func (c *canvas) output(w io.Writer) error {
	c.mustBeClosed("the end")
	return c.pdf.Output(w)
}
