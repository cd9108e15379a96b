package pdf

import (
	"boardpack/render"
	"boardpack/render/chart"
	"boardpack/render/pdf/tagged"
)

// exceptionIndent is where an exception's words begin, right of its rule, and
// textGap the space above each of its texts.
const (
	exceptionIndent = 14.0
	textGap         = 6.0
)

// exception draws a block about one row: a rule in the light's colour down its
// left side, light, reference and title, figures in one row, then texts. A chart
// stands at the right, and the figures and texts run around it.
func (b *builder) exception(v render.Exception) {
	outer := b.parent
	b.parent = outer.Add("Sect")
	start := len(b.pieces)
	b.exceptionHead(v)
	together := start
	if drawn, words, ok := chart.Of(v); ok {
		together = b.aroundChart(v, drawn, words)
	} else {
		b.exceptionFigures(v.Figures, figuresMost, room(false)-exceptionIndent)
		together = len(b.pieces)
		for _, t := range v.Texts {
			b.exceptionText(t, 0, 0)
		}
	}
	b.parent = outer
	b.besideRule(start, together, b.look.fillColour(v.Mark))
}

// besideRule keeps the pieces together, or where no page holds them all those
// before one, and draws the rule beside each. Space between them becomes part of
// them, so that the rule has no gaps.
func (b *builder) besideRule(start, together int, col rgb) {
	whole := b.height(start) <= depth(false)
	for i := start; i < len(b.pieces); i++ {
		b.pieces[i].keep = whole || i < together || b.pieces[i].keep
	}
	b.pieces[len(b.pieces)-1].keep = false
	for i := start; i < len(b.pieces); i++ {
		p := &b.pieces[i]
		gap := p.before
		if i == start {
			gap = 0
		}
		p.h, p.before = p.h+gap, p.before-gap
		write, h := p.draw, p.h
		p.draw = func(c *canvas, y float64) {
			c.decorate(func() { c.fill(margin, y, 3, h, col) })
			if write != nil {
				write(c, y+gap)
			}
		}
	}
}

// height is that of the pieces from one on, without the space above them.
func (b *builder) height(start int) float64 {
	sum := 0.0
	for i := start; i < len(b.pieces); i++ {
		sum += b.pieces[i].h
		if i > start {
			sum += b.pieces[i].before
		}
	}
	return sum
}

// exceptionHead writes shape, word, reference and title, and since when.
func (b *builder) exceptionHead(v render.Exception) {
	x := margin + exceptionIndent
	n := b.parent.Add(b.headRole(b.level + 1))
	spans := []span{{b.clean.line(v.Mark.Word), semibold, b.look.wordColour(v.Mark)}}
	if ref := b.clean.line(v.Ref); ref != "" {
		spans = append(spans, span{"\u00a0 " + ref, semibold, b.look.ink})
	}
	spans = append(spans, span{"\u00a0 " + b.clean.line(v.Title), semibold, b.look.ink})
	room := room(false) - exceptionIndent - shapeRoom(figure)
	b.passage(passage{
		node: n, x: x + shapeRoom(figure), set: figure, before: 18, anchor: v.ID,
		lines: wrap(figure.size, room, spans...),
		first: func(c *canvas, y float64) {
			size := figure.size * shapeShare
			c.decorate(func() { c.shape(b.look, v.Mark, x+size*0.55, figure.middle(y), size) })
		},
	})
	if since := b.clean.text(v.Since); since != "" {
		b.passage(passage{
			node: b.parent.Add("P"), x: x + shapeRoom(figure), set: small,
			lines: wrap(small.size, measure, span{since, regular, b.look.secondary}),
		})
	}
}

// figuresMost is how many figures stand in one row.
const figuresMost = 5

// exceptionFigures sets the labelled figures in rows of so many.
func (b *builder) exceptionFigures(figures []render.Fact, most int, width float64) {
	for from := 0; from < len(figures); from += most {
		b.figureRow(figures[from:min(from+most, len(figures))], width/float64(min(most, len(figures))))
	}
}

// labelled is one figure under its label, both broken into lines.
type labelled struct {
	node         *tagged.Element
	label, value []line
}

// figureRow sets figures side by side, so far from one to the next.
func (b *builder) figureRow(figures []render.Fact, step float64) {
	row := make([]labelled, len(figures))
	labels, values := 0, 0
	for i, f := range figures {
		row[i] = labelled{
			b.parent.Add("P"),
			wrap(small.size, step-10, span{b.clean.line(f.Label), regular, b.look.secondary}),
			wrap(figure.size, step-10, span{b.clean.line(f.Value), semibold, b.look.ink}),
		}
		row[i].label[len(row[i].label)-1].goesOn = true
		labels, values = max(labels, len(row[i].label)), max(values, len(row[i].value))
	}
	deep := float64(labels) * small.lead
	b.push(piece{h: deep + float64(values)*figure.lead, before: 7, draw: func(c *canvas, y float64) {
		for i, l := range row {
			x := margin + exceptionIndent + float64(i)*step
			l.draw(c, x, y+deep-float64(len(l.label))*small.lead, y+deep)
		}
	}})
}

func (l labelled) draw(c *canvas, x, labelTop, valueTop float64) {
	for i, line := range l.label {
		c.words(l.node, x, labelTop+float64(i)*small.lead, small, line)
	}
	for i, line := range l.value {
		c.words(l.node, x, valueTop+float64(i)*figure.lead, figure, line)
	}
}

// exceptionText writes a label and, running on, its text, of which the first
// lines may be narrower than the others.
func (b *builder) exceptionText(t render.Fact, narrow float64, beside int) {
	var spans []span
	if label := b.clean.line(t.Label); label != "" {
		spans = append(spans, span{label + ":", semibold, b.look.ink})
	}
	spans = append(spans, span{b.clean.text(t.Value), regular, b.look.ink})
	b.passage(passage{
		node: b.parent.Add("P"), x: margin + exceptionIndent, set: body, before: textGap,
		lines: wrapBeside(body.size, measure, narrow, beside, spans...),
	})
}
