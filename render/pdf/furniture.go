package pdf

import (
	"fmt"
	"strings"
)

// furniture draws a page's running head and foot.
func (d *document) furniture(page int) {
	c := d.canvas
	c.furnish(func() {
		d.runningHead(page)
		d.foot(page)
	})
}

func (d *document) furniturePen() pen { return pen{regular, furnitureSize, d.look.secondary} }

// runningHead has board and short title from page 2; the draft word stands on every page.
func (d *document) runningHead(page int) {
	const y = margin - 22
	right := d.draftWord(y)
	if page == 1 {
		return
	}
	c, p := d.canvas, d.furniturePen()
	text := d.join(" — ", d.report.Board, d.report.Short)
	c.text(margin, y, shorten(text, p, right-margin-12), p)
	c.line(margin, y+6, c.sheet().w-margin, y+6, 0.5, d.look.rule)
}

// draftWord writes edition and draft at the right, and tells where they begin.
func (d *document) draftWord(y float64) float64 {
	c, x := d.canvas, d.canvas.sheet().w-margin
	if word := d.repeat.line(d.report.Draft); word != "" {
		strong := pen{semibold, furnitureSize, d.look.accent}
		word = shorten(word, strong, 120)
		x -= width(word, strong.face, strong.size)
		c.text(x, y, word, strong)
		x -= 10
	}
	p := d.furniturePen()
	edition := shorten(d.repeat.line(d.report.Edition), p, 160)
	if edition == "" {
		return x
	}
	x -= width(edition, p.face, p.size)
	c.text(x, y, edition, p)
	return x
}

// foot stays above the strip in which committee systems stamp their own number.
func (d *document) foot(page int) {
	c, p, s := d.canvas, d.furniturePen(), d.canvas.sheet()
	y := s.h - footMargin + 26
	number := d.pageOf(page)
	x := s.w - margin - width(number, p.face, p.size)
	c.line(margin, y-13, s.w-margin, y-13, 0.5, d.look.rule)
	text := d.join("  ·  ", d.report.Council, d.report.Version, d.report.DataDate)
	c.text(margin, y, shorten(text, p, x-margin-12), p)
	c.text(x, y, number, p)
}

// pageOf is "Page 2 of 12" in the report's own words.
func (d *document) pageOf(page int) string {
	words := d.repeat.line(d.report.Words.Page)
	words = strings.Replace(words, "%d", fmt.Sprint(page), 1)
	return strings.Replace(words, "%d", fmt.Sprint(len(d.canvas.pages)), 1)
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
	c, s := d.canvas, d.canvas.sheet()
	size := min(150, 460/max(0.1, width(word, semibold, 1)))
	c.furnish(func() { c.slant(s.w/2, s.h/2, 52, word, pen{semibold, size, rgb{0xf2, 0xf2, 0xf2}}) })
}
