// Package html turns a report's blocks into one self-contained HTML file: no
// script, no other file, readable by ear, on paper and on a narrow screen.
package html

import (
	"bufio"
	"fmt"
	"html/template"
	"io"

	"boardpack/render"
	"boardpack/templates"
)

// frame holds the page's frame and its small blocks.
var frame = template.Must(template.New("page").Parse(string(templates.Must("html/page.html"))))

// Render writes the report as one HTML page to w. The same report gives the
// same bytes. A report whose look holds something other than colours is refused.
func Render(w io.Writer, r render.Report) error {
	colours, err := colourStyle(r.Look)
	if err != nil {
		return fmt.Errorf("draw html: %w", err)
	}
	p := newPage(w, r)
	p.template("top", newTop(r, colours))
	p.blocks()
	p.template("bottom", p.bottom(r))
	if p.err == nil {
		p.err = p.w.Flush()
	}
	if p.err != nil {
		return fmt.Errorf("draw html: %w", p.err)
	}
	return nil
}

// page is one page while it is written. The first error is kept and everything
// after it is left out.
type page struct {
	w       *bufio.Writer
	report  render.Report
	targets map[string]bool // anchors that the page will have
	taken   map[string]bool // anchors that the page has so far
	marks   map[render.Mark]string
	outline outline
	level   int // level of the last heading
	section int // headings of level 2 so far
	err     error
}

func newPage(w io.Writer, r render.Report) *page {
	p := &page{
		w:      bufio.NewWriterSize(clean{w}, 1<<16),
		report: r,
		taken:  map[string]bool{"main": true, "contents": true},
		marks:  map[render.Mark]string{},
	}
	p.report.Blocks = withAnchors(r.Blocks)
	p.targets = anchors(p.report.Blocks)
	p.outline = newOutline(p.report)
	return p
}

// blocks writes every block in its order, and the contents list after the title
// where the report names no place for it.
func (p *page) blocks() {
	placed := p.outline.placed
	if !hasTitle(p.report.Blocks) {
		p.heading(render.Heading{Level: 1, Text: p.report.Title})
	}
	for _, b := range p.report.Blocks {
		p.block(b)
		if h, ok := b.(render.Heading); ok && h.Level == 1 && !placed {
			p.contents()
			placed = true
		}
	}
}

func (p *page) block(b render.Block) {
	switch b := b.(type) {
	case render.Heading:
		p.sectionHeading(b)
	case render.Paragraph:
		p.paragraph(b)
	case render.List:
		p.list(b)
	case render.Facts:
		p.template("facts", b)
	case render.Table:
		p.table(b)
	case render.Bars:
		p.bars(b)
	case render.Key:
		p.key(b)
	case render.Exception:
		p.exception(b)
	case render.Picture:
		p.picture(b)
	case render.Contents:
		p.contents()
	case render.PageBreak:
		p.raw(`<div class="page-break"></div>` + "\n")
	default:
		p.fail(fmt.Errorf("no way to draw a block of type %T", b))
	}
}

func (p *page) contents() {
	if len(p.outline.Sections) > 0 && !p.taken["contents list"] {
		p.taken["contents list"] = true
		p.template("contents", p.outline)
	}
}
