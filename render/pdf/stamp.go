package pdf

import (
	"strconv"

	"boardpack/render/pdf/tagged"
)

// stamp is a drawing that stands on many pages, or many times on one. It is
// written once, and laid where it is wanted.
type stamp struct {
	wide bool
	box  tagged.Box // how far it reaches, from the foot of its page
	draw func()
}

// lay puts what draw draws on the current page, in its place there. of is what
// tells one stamp from another; the first drawing of it is taken.
func (c *canvas) lay(of any, draw func()) {
	c.mayDraw()
	s := c.sheet()
	n := c.stampOf(of, stamp{s.w > s.h, tagged.Box{Right: s.w, Top: s.h}, draw})
	c.stream.out = append(appendStamp(c.stream.out, n), '\n')
}

func (c *canvas) stampOf(of any, s stamp) int {
	n, ok := c.stamped[of]
	if !ok {
		n = len(c.stamps)
		c.stamped[of], c.stamps = n, append(c.stamps, s)
	}
	return n
}

func appendStamp(b []byte, n int) []byte {
	return append(strconv.AppendInt(append(b, "/X"...), int64(n), 10), " Do"...)
}

// drawStamps draws every stamp on a page of its own after the last one, which
// the finishing pass makes a drawing of. It has no mark: it is part of that in
// which it is laid.
func (c *canvas) drawStamps() []tagged.Box {
	var boxes []tagged.Box
	for _, s := range c.stamps {
		c.addPage(s.wide)
		c.artifact = true
		s.draw()
		c.artifact = false
		boxes = append(boxes, s.box)
	}
	c.leave("the end")
	return boxes
}

// The square in which a shape is drawn, to be laid smaller.
const (
	shapeSquare = 200.0
	shapeSize   = 100.0
)

// laySmall lays a stamp that was drawn about the middle of its square.
func (c *canvas) laySmall(of any, x, y, size float64, draw func(middle float64)) {
	c.mayDraw()
	const middle = shapeSquare / 2
	n := c.stampOf(of, stamp{false, tagged.Box{Bottom: longSide - shapeSquare, Right: shapeSquare, Top: longSide}, func() { draw(middle) }})
	scale := size / shapeSize
	b := append(c.stream.out, "q "...)
	b = strconv.AppendFloat(b, scale, 'f', 4, 64)
	b = strconv.AppendFloat(append(b, " 0 0 "...), scale, 'f', 4, 64)
	b = append(appendHundredths(append(b, ' '), hundredths(x-scale*middle)), ' ')
	b = append(appendHundredths(b, hundredths(c.sheet().h-y-scale*(longSide-middle))), " cm"...)
	c.stream.out = append(appendStamp(b, n), " Q\n"...)
}
