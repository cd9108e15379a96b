package pdf

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"boardpack/render/pdf/tagged"
)

// stream is what is known of the current page's stream: what stands open in it
// and what it last selected. The zero stream knows nothing.
//
// Marks and text are closed only when something else begins, so that the lines
// of a paragraph are one mark and the cells of a row one piece of text. That
// halves the page's size.
type stream struct {
	out      []byte          // not yet given to gofpdf
	node     *tagged.Element // whose mark is begun, or
	artifact string          // how the artifact that is begun was begun
	within   bool            // what is begun was begun within a text object
	words    bool            // a text object is open
	x, y     int             // where its last text began, in hundredths of a point from the page's foot
	pen      pen
	stroke   stroke
}

// stroke is how lines are drawn.
type stroke struct {
	thick float64
	color rgb
}

// begin opens the mark of an element, unless it still is open.
func (c *canvas) begin(n *tagged.Element) {
	st := &c.stream
	if st.node == n {
		return
	}
	c.end()
	if n.Role == "Figure" { // in which lines stand too
		c.endText()
	} else {
		c.startText()
	}
	s := c.sheet()
	st.out = append(append(append(st.out, '/'), n.Role...), "<</MCID "...)
	st.out = append(strconv.AppendInt(st.out, int64(s.mcid), 10), ">>BDC\n"...)
	n.Parts = append(n.Parts, tagged.Part{Page: c.page, MCID: s.mcid})
	s.mcid++
	st.node, st.within = n, st.words
}

func (c *canvas) beginArtifact(how string) {
	st := &c.stream
	if st.artifact == how {
		return
	}
	c.end()
	c.endText()
	st.out = append(append(st.out, how...), '\n')
	st.artifact, st.within = how, false
}

// end closes the mark or artifact that is begun. One that began outside a text
// object ends outside (PDF 1.7, 14.6.1).
func (c *canvas) end() {
	st := &c.stream
	if st.node == nil && st.artifact == "" {
		return
	}
	if !st.within {
		c.endText()
	}
	st.out = append(st.out, "EMC\n"...)
	st.node, st.artifact = nil, ""
}

func (c *canvas) startText() {
	if st := &c.stream; !st.words {
		st.out = append(st.out, "BT\n"...)
		st.words, st.x, st.y = true, 0, 0
	}
}

func (c *canvas) endText() {
	if st := &c.stream; st.words {
		st.out = append(st.out, "ET\n"...)
		st.words = false
	}
}

// flush gives gofpdf what was written, which must be before it draws.
func (c *canvas) flush() {
	st := &c.stream
	if n := len(st.out); n > 0 {
		c.pdf.RawWriteStr(string(st.out[:n-1])) // gofpdf ends the line
		st.out = st.out[:0]
	}
}

// text writes cleaned text with its baseline at y. Without a mark it panics: an
// untagged word is a fault of this package.
func (c *canvas) text(x, y float64, s string, p pen) {
	if c.open == nil && !c.artifact {
		panic(fmt.Sprintf("pdf: text %q outside a mark", s))
	}
	if s == "" {
		return
	}
	s = strings.ReplaceAll(s, "\u00a0", " ") // lines are broken; a search for both words is to find them
	if c.open != nil {
		if c.open.Role == "Figure" {
			s += " " // its words stand here and there
		}
		c.open.Text += strings.ReplaceAll(s, string(softHyphen), "")
	}
	c.startText()
	c.choose(p)
	c.moveTo(hundredths(x), hundredths(c.sheet().h-y))
	st := &c.stream
	st.out = append(st.out, '(')
	for _, r := range s {
		st.out = c.letters[p.face.n].Append(st.out, r)
	}
	st.out = append(st.out, ")Tj\n"...)
}

// choose selects face, size and colour where the page has others.
func (c *canvas) choose(p pen) {
	st := &c.stream
	known, b := st.pen.size > 0, st.out
	if !known || p.face != st.pen.face || p.size != st.pen.size {
		b = append(b, '/', 'F', '0'+byte(p.face.n), ' ')
		b = append(appendHundredths(b, hundredths(p.size)), " Tf "...)
	}
	if !known || p.color != st.pen.color {
		b = appendColour(b, p.color)
	}
	st.pen, st.out = p, b
}

func appendColour(b []byte, col rgb) []byte {
	if col.R == col.G && col.G == col.B {
		return append(appendShare(b, col.R), "g "...)
	}
	for _, v := range []uint8{col.R, col.G, col.B} {
		b = appendShare(b, v)
	}
	return append(b, "rg "...)
}

func appendShare(b []byte, v uint8) []byte {
	return append(strconv.AppendFloat(b, math.Round(float64(v)/255*1000)/1000, 'f', -1, 64), ' ')
}

// moveTo begins text at a place, told as its distance from the last one, which
// compresses better: lines are equally far apart, and so are columns.
func (c *canvas) moveTo(x, y int) {
	st := &c.stream
	st.out = append(appendHundredths(st.out, x-st.x), ' ')
	st.out = append(appendHundredths(st.out, y-st.y), " Td"...)
	st.x, st.y = x, y
}

func hundredths(v float64) int { return int(math.Round(100 * v)) }

// appendHundredths writes a measure without noughts that say nothing.
func appendHundredths(b []byte, v int) []byte {
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	b = strconv.AppendInt(b, int64(v/100), 10)
	if v%100 == 0 {
		return b
	}
	b = append(b, '.', '0'+byte(v/10%10))
	if v%10 != 0 {
		b = append(b, '0'+byte(v%10))
	}
	return b
}
