// Package pdf turns a report's blocks into an A4 document. It lays out the
// pages itself and uses gofpdf only to write them.
//
// A report goes through four steps: every block becomes pieces that are not
// broken (a line, a row, a bar), and elements of the structure tree; the pieces
// are set on pages; what needs the number of pages, such as the feet, is drawn;
// and the pages become a tagged, archival file (package tagged).
package pdf

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// Producer is the program's name in the file's properties, the same in each
// version so that equal reports give equal bytes.
const Producer = "boardpack"

// Attachment is a file that the document carries, with its relation to it.
type Attachment = tagged.File

// Render draws a report as a PDF that carries the attachments. The same report
// gives the same bytes. It fails where the look's colours, the report's date
// or a picture cannot be read, or the writer fails.
func Render(w io.Writer, r render.Report, attached ...Attachment) error {
	d, err := Draw(r)
	if err != nil {
		return err
	}
	return d.Write(w, attached...)
}

// Drawn is a report that is laid out on its pages.
type Drawn struct {
	document *document
	day      time.Time
}

// Draw lays out a report. It fails where the look's colours, the report's date
// or a picture cannot be read.
func Draw(r render.Report) (*Drawn, error) {
	look, err := readPalette(r.Look)
	if err != nil {
		return nil, err
	}
	day, err := time.Parse(time.DateOnly, r.Date)
	if err != nil {
		return nil, fmt.Errorf("read the report's date %q: give a day as 2008-03-31", r.Date)
	}
	d := draw(r, look)
	if d.err != nil {
		return nil, fmt.Errorf("draw pdf: %w", d.err)
	}
	return &Drawn{d, day}, nil
}

// Undrawn tells which characters of the report could not be drawn, by code
// point, so that their writer can be asked for others.
func (d *Drawn) Undrawn() []Replaced { return d.document.clean.replaced() }

// Write writes the report as a PDF that carries the attachments, once.
func (d *Drawn) Write(w io.Writer, attached ...Attachment) error {
	file := d.document.properties(d.day)
	file.Files = attached
	if err := d.document.canvas.output(w, file); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

// document is one report on its way to paper.
type document struct {
	report  render.Report
	look    palette
	clean   *cleaner
	repeat  *cleaner // for words that are printed a second time: not counted again
	canvas  *canvas
	entries []entry
	count   int   // of pages, once they are laid out
	err     error // the first; told at the end
}

func (d *document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

func draw(r render.Report, look palette) *document {
	d := &document{report: r, look: look, clean: &cleaner{look.regular.of, map[rune]int{}},
		repeat: &cleaner{look.regular.of, map[rune]int{}}, canvas: newCanvas(look.regular.of)}
	d.entries = headings(r.Blocks)
	b := newBuilder(d)
	b.blocks(r.Blocks)
	f := flow{canvas: d.canvas, start: d.watermark}
	f.set(b.pieces)
	d.finish(b.contents)
	return d
}

// properties are what a viewer shows of the file.
func (d *document) properties(day time.Time) tagged.Document {
	r := d.report
	return tagged.Document{
		Title:    cmp.Or(d.repeat.line(r.Title), d.repeat.line(r.Short), d.repeat.line(r.Council), Producer),
		Author:   d.repeat.line(r.Author),
		Subject:  d.repeat.line(r.Subject),
		Keywords: d.repeat.line(strings.Join(r.Keywords, ", ")),
		Producer: Producer,
		Lang:     cmp.Or(r.Lang, "en-GB"),
		Day:      day,
	}
}

// finish draws what had to wait for the layout.
func (d *document) finish(contents []contentsLine) {
	for _, e := range d.entries {
		if at, ok := d.canvas.places[e.anchor]; ok {
			d.canvas.bookmark(d.repeat.line(e.text), e.depth, at)
		}
	}
	d.pageNumbers(contents)
	d.count = len(d.canvas.pages)
	for page := 1; page <= d.count; page++ {
		d.canvas.turnTo(page)
		d.furniture(page)
	}
}
