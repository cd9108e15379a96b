package html

import (
	"html/template"

	"boardpack/render"
)

// shapes are the drawings of marks, in a box of 16 by 16.
var shapes = map[string]string{
	"circle":   `<circle cx="8" cy="8" r="7"/>`,
	"triangle": `<path d="M8 1.5 15 14.5H1z"/>`,
	"square":   `<path d="M1.5 1.5h13v13h-13z"/>`,
	"diamond":  `<path d="M8 .5 15.5 8 8 15.5.5 8z"/>`,
	"hollow":   `<circle cx="8" cy="8" r="6.5"/>`,
}

// mark draws a light or state: its shape, hidden from screen readers, and its word.
func (p *page) mark(m render.Mark) template.HTML {
	drawn, ok := p.marks[m]
	if !ok {
		shape, known := shapes[m.Shape]
		if !known {
			shape = shapes["hollow"]
		}
		drawn = `<span class="mark ` + p.class(m) + `"><svg class="shape" viewBox="0 0 16 16" aria-hidden="true">` +
			shape + `</svg>` + escape(m.Word) + `</span>`
		p.marks[m] = drawn
	}
	return template.HTML(drawn)
}

// class names the colours of a mark; what the look does not know is a state.
func (p *page) class(m render.Mark) string {
	if _, known := p.report.Look.Lights[m.Light]; known && m.Shape != "hollow" {
		return "light-" + m.Light
	}
	return "light-state"
}
