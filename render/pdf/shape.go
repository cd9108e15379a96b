package pdf

import (
	"github.com/jung-kurt/gofpdf"

	"boardpack/render"
)

// shapeShare is a shape's height as a share of the type beside it.
const shapeShare = 0.74

// shapeOf tells one shape from another.
type shapeOf struct{ light, shape string }

// shape draws a mark's shape about a centre. The word that goes with it is
// drawn by the caller: a shape never stands alone.
func (c *canvas) shape(p palette, m render.Mark, x, y, size float64) {
	l, known := p.lights[m.Light]
	if !known {
		c.laySmall(shapeOf{}, x, y, size, func(middle float64) { c.ring(middle, p.state) })
		return
	}
	c.laySmall(shapeOf{m.Light, m.Shape}, x, y, size, func(middle float64) { c.lightShape(l, m.Shape, middle) })
}

func (c *canvas) ring(middle float64, col rgb) {
	c.mayDraw()
	c.stroke(shapeSize*0.14, col)
	c.circle(middle, middle, shapeSize*0.42, "D")
}

func (c *canvas) lightShape(l light, shape string, middle float64) {
	c.mayDraw()
	c.ground(l.fill)
	how := "F"
	if l.outline != nil {
		c.stroke(shapeSize*0.08, *l.outline)
		how = "DF"
	}
	c.solid(shape, middle, middle, shapeSize, how)
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
