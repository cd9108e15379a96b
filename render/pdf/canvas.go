package pdf

import (
	"bytes"
	"io"

	"github.com/jung-kurt/gofpdf"

	"boardpack/render/pdf/tagged"
)

// canvas is the only holder of gofpdf. It refuses text outside an open mark, so
// that no word can be left out of the structure tree, and shading outside an
// artifact or a figure. Heights run down the page from its top edge.
//
// gofpdf keeps the pages and draws lines, shapes and turns. Text is written into
// its page streams here (stream.go), since its own fonts are read again for every
// document; links, bookmarks and properties are left to the finishing pass (package tagged).
type canvas struct {
	pdf   *gofpdf.Fpdf
	tree  *tagged.Element
	pages []sheet
	page  int // current, from 1

	open     *tagged.Element // the mark in which is being drawn
	artifact bool
	stream   stream
	fonts    *family
	letters  [2]tagged.Alphabet

	stamps    []stamp
	stamped   map[any]int // by what a stamp is of
	pictures  []tagged.Picture
	places    map[string]place
	bookmarks []tagged.Bookmark
}

// sheet is one page: its size, the next free MCID, and what is drawn when it is left.
type sheet struct {
	w, h  float64
	mcid  int
	later []func()
}

// place is where an anchor landed.
type place struct {
	page int
	y    float64
}

func newCanvas(fonts *family) *canvas {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{
		OrientationStr: "P", UnitStr: "pt", Size: gofpdf.SizeType{Wd: shortSide, Ht: longSide},
	})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCompression(false) // the finishing pass compresses
	return &canvas{pdf: pdf, fonts: fonts, tree: &tagged.Element{Role: "Document"}, stamped: map[any]int{}, places: map[string]place{}}
}

// addPage begins a new page after the last.
func (c *canvas) addPage(wide bool) {
	c.leave("a new page")
	s, turn := sheet{w: shortSide, h: longSide}, "P"
	if wide {
		s, turn = sheet{w: longSide, h: shortSide}, "L"
	}
	c.pdf.AddPageFormat(turn, gofpdf.SizeType{Wd: shortSide, Ht: longSide})
	c.pages = append(c.pages, s)
	c.page = len(c.pages)
}

// turnTo goes back to a page, for what can only be drawn after layout.
func (c *canvas) turnTo(page int) {
	c.leave("a turn of the page")
	c.pdf.SetPage(page)
	c.page = page
}

// leave ends what is open in the current page's stream.
func (c *canvas) leave(what string) {
	c.mustBeClosed(what)
	if c.page == 0 {
		return
	}
	if s := c.sheet(); len(s.later) > 0 {
		c.decorate(func() {
			for _, draw := range s.later {
				draw()
			}
		})
		s.later = nil
	}
	c.end()
	c.endText()
	c.flush()
	c.stream = stream{}
}

func (c *canvas) sheet() *sheet { return &c.pages[c.page-1] }

// down turns a height on the current page into gofpdf's, which measures every
// page, also one that it has gone back to, from the last page's height.
func (c *canvas) down(y float64) float64 {
	return y + c.pages[len(c.pages)-1].h - c.sheet().h
}

// box is a rectangle of the current page as the finishing pass counts: up from its foot.
func (c *canvas) box(x, y, w, h float64) tagged.Box {
	foot := c.sheet().h
	return tagged.Box{Left: x, Bottom: foot - y - h, Right: x + w, Top: foot - y}
}

// mark draws the content of a structure element: text, and lines only in a Figure.
func (c *canvas) mark(n *tagged.Element, draw func()) {
	c.mustBeClosed("a mark")
	c.begin(n)
	c.open = n
	draw()
	c.open = nil
}

// decorate draws what is no content: rules, shading, shapes that stand beside their word.
func (c *canvas) decorate(draw func()) { c.drawArtifact("/Artifact BMC", draw) }

// furnish draws what repeats by page: running heads, feet, a table's head again.
func (c *canvas) furnish(draw func()) {
	c.drawArtifact("/Artifact<</Type/Pagination>>BDC", draw)
}

// afterwards decorates the current page when it is left, so that what lies over
// nothing, its rules and shapes, does not part its text into many pieces.
func (c *canvas) afterwards(draw func()) { c.sheet().later = append(c.sheet().later, draw) }

func (c *canvas) drawArtifact(begin string, draw func()) {
	c.mustBeClosed("an artifact")
	c.beginArtifact(begin)
	c.artifact = true
	draw()
	c.artifact = false
}

func (c *canvas) mustBeClosed(what string) {
	if c.open != nil || c.artifact {
		panic("pdf: " + what + " inside an open mark")
	}
}

// mayDraw guards lines and shading, and makes room for them in the stream.
func (c *canvas) mayDraw() {
	if !c.artifact && (c.open == nil || c.open.Role != "Figure") {
		panic("pdf: drawing outside an artifact or a figure")
	}
	c.endText()
	c.flush()
}

func (c *canvas) fill(x, y, w, h float64, col rgb) {
	c.mayDraw()
	c.ground(col)
	c.pdf.Rect(x, c.down(y), w, h, "F")
}

// ground sets the colour that shapes are filled with, which is text's too.
func (c *canvas) ground(col rgb) {
	c.pdf.SetFillColor(int(col.R), int(col.G), int(col.B))
	c.stream.pen = pen{}
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

// dashed is a line of strokes and gaps of the lengths given.
func (c *canvas) dashed(x1, y1, x2, y2, thick float64, col rgb, lengths ...float64) {
	c.mayDraw()
	c.pdf.SetDashPattern(lengths, 0)
	c.line(x1, y1, x2, y2, thick, col)
	c.pdf.SetDashPattern([]float64{}, 0)
}

// cover tells where a figure stands on its first page.
func (c *canvas) cover(n *tagged.Element, x, y, w, h float64) {
	if len(n.Parts) == 0 || n.Parts[0].Page == c.page {
		n.Box.Cover(c.box(x, y, w, h))
	}
}

// stroke sets how lines are drawn, where the page has it otherwise.
func (c *canvas) stroke(thick float64, col rgb) {
	s := stroke{thick, col}
	if c.stream.stroke == s {
		return
	}
	c.pdf.SetDrawColor(int(col.R), int(col.G), int(col.B))
	c.pdf.SetLineWidth(thick)
	c.stream.stroke = s
}

// slant writes one word turned about its middle, for a pale draft mark.
func (c *canvas) slant(x, y, angle float64, s string, p pen) {
	c.mayDraw()
	c.pdf.TransformBegin()
	c.pdf.TransformRotate(angle, x, c.down(y))
	c.text(x-width(s, p.face, p.size)/2, y+p.size*0.33, s, p)
	c.mayDraw()
	c.pdf.TransformEnd()
	c.stream.pen = pen{} // the turn's end also takes the font back
}

// anchor remembers where an ID stands; the first one wins.
func (c *canvas) anchor(id string, y float64) {
	if _, taken := c.places[id]; !taken && id != "" {
		c.places[id] = place{c.page, y}
	}
}

// link makes an area of the page part of a Link; where it leads may be settled
// later. Two areas of one line become one, so that a keyboard stops there once.
func (c *canvas) link(n *tagged.Element, x, y, w, h float64) {
	box := c.box(x, y, w, h)
	if i := len(n.Areas) - 1; i >= 0 && n.Areas[i].Page == c.page && n.Areas[i].Box.Top == box.Top {
		n.Areas[i].Box.Cover(box)
		return
	}
	n.Areas = append(n.Areas, tagged.Area{Page: c.page, Box: box})
}

// landing is where a reader who follows a link to a place comes out: a little
// above, to see the row and not its upper edge.
func (c *canvas) landing(at place) tagged.Place {
	return tagged.Place{Page: at.page, Up: c.pages[at.page-1].h - max(0, at.y-8)}
}

// bookmark adds a line to the outline; depth 0 is the top.
func (c *canvas) bookmark(text string, depth int, at place) {
	c.bookmarks = append(c.bookmarks, tagged.Bookmark{Text: text, Depth: depth, At: c.landing(at)})
}

// output writes the file with what the document is called.
func (c *canvas) output(w io.Writer, d tagged.Document) error {
	for _, s := range c.pages {
		d.Pages = append(d.Pages, tagged.Page{Width: s.w, Height: s.h})
	}
	d.Tree, d.Outline, d.Places, d.Pictures = c.tree, c.bookmarks, map[string]tagged.Place{}, c.pictures
	for id, at := range c.places {
		d.Places[id] = c.landing(at)
	}
	d.Stamps = c.drawStamps()
	for f := range c.letters {
		d.Faces = append(d.Faces, tagged.Face{Font: c.fonts.faces[f], Alphabet: &c.letters[f]})
	}
	var drawn bytes.Buffer
	if err := c.pdf.Output(&drawn); err != nil {
		return err
	}
	return tagged.Write(w, drawn.Bytes(), d)
}
