package pdf

import (
	"cmp"
	"fmt"
	"strings"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// Measures of a chart of bars.
const (
	barHeight = 24.0
	barGap    = 8.0
	cutGap    = 1.5 // white between two cuts
	sideRow   = 14.0
	tie       = 6.0 // from a bar to the words under it
)

// barChart is one render.Bars on its way to paper.
type barChart struct {
	*builder
	key    []render.Mark
	node   *tagged.Element
	label  float64 // width of the labels
	x      float64 // where bars begin
	unit   float64 // width of one
	states []int   // per mark: which state it is, from 0; -1 for a light
}

// bars draws horizontal bars cut by light: title, bars, legend. It stays
// together, and its parts are one Figure with the chart in words.
func (b *builder) bars(v render.Bars) {
	start := len(b.pieces)
	b.chartTitle(v)
	if len(v.Rows) == 0 {
		return
	}
	c := b.newChart(v)
	for i, bar := range v.Rows {
		c.bar(bar, i == 0)
	}
	c.legend()
	b.keepAll(start)
	b.pieces[len(b.pieces)-1].keep = false
}

func (b *builder) chartTitle(v render.Bars) {
	b.passage(passage{
		node: b.parent.Add("P"), x: margin, set: body, before: 12, anchor: v.ID,
		lines: wrap(body.size, measure, span{b.clean.text(v.Title), b.look.semibold, b.look.ink}),
	})
	if text := b.clean.text(v.Subtitle); text != "" {
		b.passage(passage{
			node: b.parent.Add("P"), x: margin, set: small,
			lines: wrap(small.size, measure, span{text, b.look.regular, b.look.secondary}),
		})
	}
	b.push(piece{h: 6})
}

func (b *builder) newChart(v render.Bars) *barChart {
	c := &barChart{builder: b, node: b.parent.Add("Figure")}
	state := 0
	for _, m := range v.Key {
		m.Word, m.Letter = b.clean.line(m.Word), b.clean.line(m.Letter)
		c.key = append(c.key, m)
		if _, light := b.look.lights[m.Light]; light {
			c.states = append(c.states, -1)
			continue
		}
		c.states = append(c.states, state)
		state++
	}
	most := 1
	for _, bar := range v.Rows {
		c.label = max(c.label, width(b.repeat.line(bar.Label), b.look.semibold, small.size))
		most = max(most, c.total(bar))
	}
	c.node.Alt = cmp.Or(b.clean.line(v.Alt), c.inWords(v))
	c.label = min(c.label, 0.3*room(false))
	c.x = margin + c.label + 12
	c.unit = (margin + room(false) - c.x - width(fmt.Sprint(most), b.look.semibold, small.size) - 8) / float64(most)
	return c
}

// inWords is the chart for those who do not see it, where the report does not
// bring better words: each bar with its counts.
func (c *barChart) inWords(v render.Bars) string {
	var bars []string
	for _, bar := range v.Rows {
		var cuts []string
		for i, m := range c.key {
			if n := count(bar, i); n > 0 {
				cuts = append(cuts, fmt.Sprintf("%s %d", m.Word, n))
			}
		}
		bars = append(bars, fmt.Sprintf("%s: %s.", c.repeat.line(bar.Label), cmp.Or(strings.Join(cuts, ", "), "0")))
	}
	return strings.Join(bars, " ")
}

// total counts what is drawn: a cut without a mark in the key is not.
func (c *barChart) total(bar render.Bar) int {
	sum := 0
	for i := range c.key {
		sum += count(bar, i)
	}
	return sum
}

func count(bar render.Bar, i int) int {
	if i >= len(bar.Cuts) {
		return 0
	}
	return max(0, bar.Cuts[i])
}

// cut is one part of a bar with the words that fit on it.
type cut struct {
	mark  int
	x, w  float64
	count int
	words string  // on the cut; empty where it is too narrow
	side  float64 // where its words stand under the bar instead
}

// bar pushes one bar. Cuts too narrow for a word are named under it.
func (c *barChart) bar(bar render.Bar, first bool) {
	cuts, under := c.cuts(bar)
	label := wrap(small.size, c.label, span{c.clean.line(bar.Label), c.look.semibold, c.look.ink})
	p := piece{h: max(barHeight, float64(len(label))*small.lead) + under}
	if !first {
		p.before = barGap
	}
	p.draw = func(cv *canvas, y float64) {
		cv.cover(c.node, margin, y, room(false), p.h)
		cv.mark(c.node, func() {
			c.drawLabel(cv, y, label)
			for _, k := range cuts {
				c.drawCut(cv, k, y)
			}
			c.drawTotal(cv, y, c.total(bar))
		})
	}
	c.push(p)
}

// cuts places a bar's cuts, and the words of narrow ones in a row under it.
func (c *barChart) cuts(bar render.Bar) (cuts []cut, under float64) {
	x, free := c.x, c.x
	for i := range c.key {
		n := count(bar, i)
		if n == 0 {
			continue
		}
		k := cut{mark: i, x: x, w: float64(n)*c.unit - cutGap, count: n}
		k.words = c.fitting(i, n, k.w)
		if k.words == "" {
			under, k.side = sideRow+tie, max(free, x)
			free = k.side + c.sideWidth(i, n)
		}
		cuts = append(cuts, k)
		x += float64(n) * c.unit
	}
	c.pullBack(cuts, free)
	return cuts, under
}

// pullBack moves the words under a bar to the left where they would leave the page.
func (c *barChart) pullBack(cuts []cut, end float64) {
	over := end - (margin + room(false))
	for i := range cuts {
		if over > 0 && cuts[i].words == "" {
			cuts[i].side = max(margin, cuts[i].side-over)
		}
	}
}

// fitting is the longest way to name a cut inside it: word and count, or letter and count.
func (c *barChart) fitting(i, n int, w float64) string {
	m := c.key[i]
	for _, name := range []string{m.Word, m.Letter} {
		words := fmt.Sprintf("%s %d", name, n)
		if name != "" && width(words, c.look.semibold, small.size) <= w-8 {
			return words
		}
	}
	return ""
}

func (c *barChart) sideWidth(i, n int) float64 {
	return shapeRoom(small) + width(fmt.Sprintf("%s %d", c.key[i].Word, n), c.look.regular, small.size) + 12
}

func (c *barChart) drawLabel(cv *canvas, y float64, label []line) {
	top := y + max(0, (barHeight-float64(len(label))*small.lead)/2)
	for i, l := range label {
		cv.runs(margin, top+float64(i)*small.lead, small, l)
	}
}

func (c *barChart) drawTotal(cv *canvas, y float64, total int) {
	x := c.x + float64(total)*c.unit + 6
	cv.text(x, small.baseline(y+(barHeight-small.lead)/2), fmt.Sprint(total), pen{c.look.semibold, small.size, c.look.ink})
}

func (c *barChart) drawCut(cv *canvas, k cut, y float64) {
	m := c.key[k.mark]
	on := c.look.ink
	if state := c.states[k.mark]; state >= 0 {
		c.hatched(cv, k.x, y, max(k.w, 0.8), state)
	} else {
		l := c.look.lights[m.Light]
		cv.fill(k.x, y, max(k.w, 0.8), barHeight, l.fill)
		if l.outline != nil && k.w > 2 {
			cv.frame(k.x+0.4, y+0.4, k.w-0.8, barHeight-0.8, 0.8, *l.outline)
		}
		on = c.look.onTop(l.fill)
	}
	words := k.words
	if words == "" {
		c.beside(cv, k, y)
		words = m.Letter // tells narrow cuts apart in black and white
	}
	w := width(words, c.look.semibold, small.size)
	if words != "" && w+3 <= k.w {
		cv.text(k.x+(k.w-w)/2, small.baseline(y+(barHeight-small.lead)/2), words, pen{c.look.semibold, small.size, on})
	}
}

// beside names a narrow cut under its bar, tied to it by a short line.
func (c *barChart) beside(cv *canvas, k cut, y float64) {
	m := c.key[k.mark]
	top, size := y+barHeight+tie, small.size*shapeShare
	cv.line(k.x+k.w/2, y+barHeight, k.side+size*0.55, small.middle(top)-size*0.6, 0.7, c.look.rule)
	cv.shape(c.look, m, k.side+size*0.55, small.middle(top), size)
	words := fmt.Sprintf("%s %d", m.Word, k.count)
	cv.text(k.side+shapeRoom(small), small.baseline(top), words, pen{c.look.regular, small.size, c.look.ink})
}

// hatched draws a cut without a light: outlined, and told from the next state
// by its lines, which run one way, the other, or are left out.
func (c *barChart) hatched(cv *canvas, x, y, w float64, state int) {
	if state%3 != 1 {
		for s := 0.0; s < w+barHeight; s += 5 {
			from, to := max(0, s-w), min(s, barHeight)
			if state%3 == 0 {
				cv.line(x+s-from, y+from, x+s-to, y+to, 0.5, c.look.hairline)
			} else {
				cv.line(x+w-s+from, y+from, x+w-s+to, y+to, 0.5, c.look.hairline)
			}
		}
	}
	cv.frame(x+0.4, y+0.4, max(0.1, w-0.8), barHeight-0.8, 0.8, c.look.state)
}

// legend pushes the marks with their words, in as many lines as they need.
func (c *barChart) legend() {
	const gap = 18.0
	type spot struct{ x, y float64 }
	var spots []spot
	x, y := margin, 0.0
	for _, m := range c.key {
		w := shapeRoom(small) + width(m.Word, c.look.regular, small.size)
		if x > margin && x+w > margin+room(false) {
			x, y = margin, y+sideRow
		}
		spots = append(spots, spot{x, y})
		x += w + gap
	}
	c.push(piece{h: y + sideRow, before: 8, draw: func(cv *canvas, top float64) {
		cv.cover(c.node, margin, top, room(false), y+sideRow)
		cv.mark(c.node, func() {
			for i, m := range c.key {
				size := small.size * shapeShare
				cv.shape(c.look, m, spots[i].x+size*0.55, small.middle(top+spots[i].y), size)
				cv.text(spots[i].x+shapeRoom(small), small.baseline(top+spots[i].y), m.Word,
					pen{c.look.regular, small.size, c.look.ink})
			}
		})
	}})
}
