package pdf

import (
	"github.com/jung-kurt/gofpdf"

	"boardpack/render"
)

// shapeShare is a shape's height as a share of the type beside it.
const shapeShare = 0.74

// shape draws a mark's shape about a centre. The word that goes with it is
// drawn by the caller: a shape never stands alone.
func (c *canvas) shape(p palette, m render.Mark, x, y, size float64) {
	c.mayDraw()
	l, known := p.lights[m.Light]
	if !known {
		c.ring(x, y, size, p.state)
		return
	}
	c.ground(l.fill)
	how := "F"
	if l.outline != nil {
		c.stroke(size*0.08, *l.outline)
		how = "DF"
	}
	c.moved(x, y, func() { c.solid(m.Shape, 0, 0, size, how) })
}

// moved draws about the page's corner and moves it to a place: the paths of equal
// shapes are then equal bytes, which compress to next to nothing.
func (c *canvas) moved(x, y float64, draw func()) {
	c.pdf.TransformBegin()
	c.pdf.TransformTranslate(x, c.down(y))
	draw()
	c.pdf.TransformEnd()
}

func (c *canvas) ring(x, y, size float64, col rgb) {
	c.stroke(size*0.14, col)
	c.moved(x, y, func() { c.circle(0, 0, size*0.42, "D") })
}

// solid draws the four shapes at about the same weight to the eye.
func (c *canvas) solid(shape string, x, y, size float64, how string) {
	r := size / 2
	switch shape {
	case "triangle":
		r *= 1.1
		c.polygon(how, x, y-r, x+r, y+r*0.8, x-r, y+r*0.8)
	case "square":
		r *= 0.92
		c.pdf.Rect(x-r, y-r, 2*r, 2*r, how)
	case "diamond":
		r *= 1.15
		c.polygon(how, x, y-r, x+r, y, x, y+r, x-r, y)
	default:
		c.circle(x, y, r, how)
	}
}

func (c *canvas) polygon(how string, xy ...float64) {
	points := make([]gofpdf.PointType, 0, len(xy)/2)
	for i := 0; i < len(xy); i += 2 {
		points = append(points, gofpdf.PointType{X: xy[i], Y: xy[i+1]})
	}
	c.pdf.Polygon(points, how)
}

// circle is four curves: gofpdf's own, made of chords, shows corners in small sizes.
func (c *canvas) circle(x, y, r float64, how string) {
	k := r * 0.5523
	c.pdf.MoveTo(x+r, y)
	c.pdf.CurveBezierCubicTo(x+r, y+k, x+k, y+r, x, y+r)
	c.pdf.CurveBezierCubicTo(x-k, y+r, x-r, y+k, x-r, y)
	c.pdf.CurveBezierCubicTo(x-r, y-k, x-k, y-r, x, y-r)
	c.pdf.CurveBezierCubicTo(x+k, y-r, x+r, y-k, x+r, y)
	c.pdf.ClosePath()
	c.pdf.DrawPath(how)
}
