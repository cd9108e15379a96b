package pdf

import (
	"fmt"
	"strings"
)

// The furniture that all pages of one orientation share.
type (
	runningHeadOf struct{ wide bool }
	marginsOf     struct{ wide bool }
	watermarkOf   struct{ wide bool }
)

// furniture draws a page's running head and foot. Board and short title stand
// from page 2, the draft word on every page.
func (d *document) furniture(page int) {
	c, s := d.canvas, *d.canvas.sheet()
	number, p := d.pageOf(page), d.furniturePen()
	c.furnish(func() {
		c.lay(marginsOf{s.w > s.h}, func() { d.edition(s); d.foot(s) })
		if page > 1 {
			c.lay(runningHeadOf{s.w > s.h}, func() { d.runningHead(s) })
		}
		c.text(s.w-margin-width(number, p.face, p.size), footLine(s), number, p)
	})
}

func (d *document) furniturePen() pen { return pen{d.look.regular, furnitureSize, d.look.secondary} }

// headLine and footLine are where the furniture's words stand; the foot stays
// above the strip in which committee systems stamp their own number.
const headLine = margin - 22

func footLine(s sheet) float64 { return s.h - footMargin + 26 }

// runningHead is board and short title.
func (d *document) runningHead(s sheet) {
	c, p := d.canvas, d.furniturePen()
	text := d.join(" — ", d.report.Board, d.report.Short)
	_, _, left := d.editionPlaces(s)
	c.text(margin, headLine, shorten(text, p, left-margin-12), p)
	c.line(margin, headLine+6, s.w-margin, headLine+6, 0.5, d.look.rule)
}

// edition writes edition and draft at the right.
func (d *document) edition(s sheet) {
	draft, edition, left := d.editionPlaces(s)
	d.canvas.text(left, headLine, edition, d.furniturePen())
	strong := pen{d.look.semibold, furnitureSize, d.look.accent}
	d.canvas.text(s.w-margin-width(draft, strong.face, strong.size), headLine, draft, strong)
}

// editionPlaces are the words of the draft and the edition as far as there is
// room for them, and where they begin.
func (d *document) editionPlaces(s sheet) (draft, edition string, left float64) {
	p := d.furniturePen()
	draft = shorten(d.repeat.line(d.report.Draft), pen{face: d.look.semibold, size: furnitureSize}, 120)
	edition = shorten(d.repeat.line(d.report.Edition), p, 160)
	left = s.w - margin
	if draft != "" {
		left -= width(draft, d.look.semibold, furnitureSize) + 10
	}
	return draft, edition, left - width(edition, p.face, p.size)
}

// foot leaves room for the longest number of a page.
func (d *document) foot(s sheet) {
	c, p, y := d.canvas, d.furniturePen(), footLine(s)
	c.line(margin, y-13, s.w-margin, y-13, 0.5, d.look.rule)
	text := d.join("  ·  ", d.report.Council, d.report.Version, d.report.DataDate)
	longest := width(d.pageOf(d.count), p.face, p.size)
	c.text(margin, y, shorten(text, p, s.w-2*margin-longest-12), p)
}

// pageOf is "Page 2 of 12" in the report's own words.
func (d *document) pageOf(page int) string {
	words := d.repeat.line(d.report.Words.Page)
	words = strings.Replace(words, "%d", fmt.Sprint(page), 1)
	return strings.Replace(words, "%d", fmt.Sprint(d.count), 1)
}

// join puts together those parts that are there.
func (d *document) join(between string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = d.repeat.line(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, between)
}

// watermark lays the draft word palely across a page, behind its text. It is
// so pale that text over it keeps its contrast.
func (d *document) watermark() {
	word := d.repeat.line(d.report.Draft)
	if word == "" {
		return
	}
	c, s := d.canvas, *d.canvas.sheet()
	size := min(150, 460/max(0.1, width(word, d.look.semibold, 1)))
	c.furnish(func() {
		c.lay(watermarkOf{s.w > s.h}, func() { c.slant(s.w/2, s.h/2, 52, word, pen{d.look.semibold, size, rgb{R: 0xf2, G: 0xf2, B: 0xf2}}) })
	})
}
