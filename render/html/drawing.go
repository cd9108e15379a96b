package html

import (
	"html/template"
	"strconv"
	"strings"

	"boardpack/render"
	"boardpack/render/chart"
)

// chartView is a chart drawn, with what it says in words.
type chartView struct {
	render.Caption
	ID    string // begins the anchors of title and description
	Box   string // the drawing's size, as a view box
	Marks template.HTML
}

// chartOf draws an exception's chart; nil where it has none. The name of each
// thing's role is its class, so that the style sheet colours it.
func (p *page) chartOf(e render.Exception) *chartView {
	d, words, ok := chart.Of(e)
	if !ok {
		return nil
	}
	id := p.take(e.ID + "-chart")
	if id == "" {
		id = p.take("chart-" + strconv.Itoa(len(p.taken)))
	}
	return &chartView{Caption: words, ID: id, Box: "0 0 " + places(d.Width, d.Height), Marks: svg(d)}
}

// svg is a drawing as the elements of an SVG picture, in the order in which they are drawn.
func svg(d chart.Drawing) template.HTML {
	var b strings.Builder
	add := func(parts ...string) {
		for _, s := range parts {
			b.WriteString(s)
		}
	}
	for _, a := range d.Areas {
		add(`<rect class="`, string(a.Role), `" x="`, place(a.X), `" y="`, place(a.Y), `" width="`, place(a.W), `" height="`, place(a.H), `"/>`)
	}
	for _, l := range d.Lines {
		add(`<path class="`, string(l.Role), `" d="M`, places(l.X1, l.Y1), `L`, places(l.X2, l.Y2), `"/>`)
	}
	for _, m := range d.Dots {
		if m.Role == chart.Signal {
			add(`<path class="signal" d="M`, places(m.X, m.Y-m.R), `L`, places(m.X+m.R, m.Y), `L`, places(m.X, m.Y+m.R), `L`, places(m.X-m.R, m.Y), `Z"/>`)
			continue
		}
		add(`<circle class="`, string(m.Role), `" cx="`, place(m.X), `" cy="`, place(m.Y), `" r="`, place(m.R), `"/>`)
	}
	for _, w := range d.Words {
		add(`<text class="`, string(w.Role), `" x="`, place(w.X), `" y="`, place(w.Y), `" text-anchor="`, string(w.Anchor), `">`, escape(w.Text), `</text>`)
	}
	return template.HTML(b.String())
}

// place is a measure with two decimals, so that it is written alike everywhere.
func place(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

func places(x, y float64) string { return place(x) + " " + place(y) }
