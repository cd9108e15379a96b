package pdf

import (
	"cmp"
	"math"

	"boardpack/render"
	"boardpack/render/chart"
	"boardpack/render/pdf/tagged"
)

// Measures of a chart beside an exception's figures.
const (
	chartGap     = 18.0 // between the words at the left and the chart
	chartPad     = 7.0  // above its title, as above the figures
	chartLeading = 4.0  // between its subtitle and the drawing
)

var chartHead = setting{12, 15}

// sideChart is a chart with its title, in a column at the right.
type sideChart struct {
	drawn                chart.Drawing
	node, titles, quiets *tagged.Element
	title, subtitle      []line
	x                    float64
}

func (s *sideChart) height() float64 {
	return float64(len(s.title))*chartHead.lead + float64(len(s.subtitle))*small.lead + chartLeading + s.drawn.Height
}

// aroundChart sets an exception's figures and texts at the left of its chart,
// and what is longer than that across the page below it. It answers the first
// piece that may part from those before.
func (b *builder) aroundChart(v render.Exception, drawn chart.Drawing, words render.Caption) int {
	start := len(b.pieces)
	narrow := room(false) - exceptionIndent - drawn.Width - chartGap
	b.push(piece{before: chartPad})
	b.exceptionFigures(v.Figures, 2, narrow)
	s := b.newSideChart(drawn, words)
	b.pieces[start].draw = func(c *canvas, y float64) { s.draw(c, b.look, y) }
	together := len(b.pieces)
	for _, t := range v.Texts {
		left := s.height() - b.height(start) - textGap
		b.exceptionText(t, narrow, int(math.Ceil(max(0, left)/body.lead)))
		if left > 0 {
			together = len(b.pieces)
		}
	}
	if left := s.height() - b.height(start); left > 0 {
		b.push(piece{h: left})
		together = len(b.pieces)
	}
	return together
}

func (b *builder) newSideChart(drawn chart.Drawing, words render.Caption) *sideChart {
	s := &sideChart{drawn: drawn, x: margin + room(false) - drawn.Width}
	for i := range s.drawn.Words {
		s.drawn.Words[i].Text = b.clean.line(s.drawn.Words[i].Text)
	}
	title, subtitle := b.clean.text(words.Title), b.clean.text(words.Subtitle)
	s.titles = b.parent.Add("P")
	s.title = wrap(chartHead.size, drawn.Width, span{title, semibold, b.look.ink})
	if subtitle != "" {
		s.quiets = b.parent.Add("P")
		s.subtitle = wrap(small.size, drawn.Width, span{subtitle, regular, b.look.secondary})
	}
	s.node = b.parent.Add("Figure")
	s.node.Alt = cmp.Or(b.clean.line(words.Alt), title, "–")
	return s
}

func (s *sideChart) draw(c *canvas, look palette, y float64) {
	for _, l := range s.title {
		c.words(s.titles, s.x, y, chartHead, l)
		y += chartHead.lead
	}
	for _, l := range s.subtitle {
		c.words(s.quiets, s.x, y, small, l)
		y += small.lead
	}
	y += chartLeading
	c.cover(s.node, s.x, y, s.drawn.Width, s.drawn.Height)
	c.mark(s.node, func() { c.drawing(look, s.drawn, s.x, y) })
}

// drawing draws a chart with its upper left corner at a place.
func (c *canvas) drawing(look palette, d chart.Drawing, x, y float64) {
	for _, a := range d.Areas {
		c.area(look, a, x, y)
	}
	for _, l := range d.Lines {
		c.chartLine(look, l, x, y)
	}
	for _, m := range d.Dots {
		c.dot(look, m, x+m.X, y+m.Y)
	}
	for _, w := range d.Words {
		p := pen{regular, chart.Size, look.secondary}
		if w.Role == chart.Figure {
			p = pen{semibold, chart.Size, look.ink}
		}
		at := x + w.X
		switch long := width(w.Text, p.face, p.size); w.Anchor {
		case chart.Middle:
			at -= long / 2
		case chart.End:
			at -= long
		}
		c.text(at, y+w.Y, w.Text, p)
	}
}

func (c *canvas) area(look palette, a chart.Area, x, y float64) {
	switch a.Role {
	case chart.Bar:
		c.fill(x+a.X, y+a.Y, a.W, a.H, look.accent)
	case chart.Track:
		c.fill(x+a.X, y+a.Y, a.W, a.H, look.band)
		c.frame(x+a.X, y+a.Y, a.W, a.H, 0.7, look.rule)
	default:
		c.fill(x+a.X, y+a.Y, a.W, a.H, look.band)
	}
}

func (c *canvas) chartLine(look palette, l chart.Line, x, y float64) {
	x1, y1, x2, y2 := x+l.X1, y+l.Y1, x+l.X2, y+l.Y2
	switch l.Role {
	case chart.Target:
		c.dashed(x1, y1, x2, y2, 1.2, look.ink, 4, 2.5)
	case chart.Limit:
		c.dashed(x1, y1, x2, y2, 0.8, look.secondary, 1, 2)
	case chart.Mean:
		c.line(x1, y1, x2, y2, 0.8, look.secondary)
	case chart.Goal:
		c.line(x1, y1, x2, y2, 2, look.ink)
	case chart.Series:
		c.line(x1, y1, x2, y2, 1.5, look.accent)
	case chart.Grid:
		c.line(x1, y1, x2, y2, 0.5, look.hairline)
	default:
		c.line(x1, y1, x2, y2, 0.7, look.rule)
	}
}

// dot draws a figure as a disc, and about it a diamond where it is a signal.
func (c *canvas) dot(look palette, d chart.Dot, x, y float64) {
	c.laySmall(d.Role, x, y, 2*d.R, func(middle float64) {
		const r = shapeSize / 2
		c.mayDraw()
		if d.Role != chart.Signal {
			c.ground(look.accent)
			c.circle(middle, middle, r, "F")
			return
		}
		c.stroke(1.2*r/d.R, look.ink)
		c.ground(white)
		c.polygon("DF", middle, middle-r, middle+r, middle, middle, middle+r, middle-r, middle)
	})
}
