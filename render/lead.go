package render

import (
	"slices"
	"strings"

	"boardpack/transform"
)

// lead is one sentence in figures for each kind of row.
func (b *builder) lead() []Block {
	if len(b.lines) == 0 {
		return []Block{b.statement(Lead, b.word(b.def.Lead.Nothing))}
	}
	var blocks []Block
	for _, kind := range kinds {
		blocks = append(blocks, b.statement(Lead, b.leadSentence(kind)))
	}
	return blocks
}

// leadSentence speaks of the best light first: "10 of 19 actions are completed and 9 are expected by their date; none is red."
func (b *builder) leadSentence(kind string) string {
	counts := b.totals(kind)
	v := b.about(kind)
	for _, c := range counts {
		v.Total += c.Count
	}
	given := slices.DeleteFunc(slices.Clone(counts), func(c transform.Count) bool { return c.Count == 0 })
	switch len(given) {
	case 0:
		return b.say(b.def.Lead.None, v)
	case 1:
		return b.leadAll(given[0], v)
	}
	var parts []string
	for i, c := range given {
		text := b.def.Lead.More
		if i == 0 {
			text = b.def.Lead.First
		}
		v.N, v.Phrase = c.Count, b.phrase(c, c.Count == 1)
		parts = append(parts, b.say(text, v))
	}
	v.Parts, v.Rest = b.join(parts), b.join(b.zeros(kind, counts))
	return b.say(b.def.Lead.Sentence, v)
}

// leadAll is the sentence where every row has one light.
func (b *builder) leadAll(c transform.Count, v Values) string {
	v.N = c.Count
	v.Light = b.mark(c.Light).Word
	switch p := b.phraseOf(c); {
	case p.All.source != "":
		return b.say(p.All, v)
	case c.Count == 1:
		v.Phrase = b.phrase(c, true)
		return b.say(b.def.Lead.Only, v)
	}
	v.Phrase = b.phrase(c, false)
	return b.say(b.def.Lead.All, v)
}

// zeros says of the best light and of red that no row has it: what a reader would ask.
func (b *builder) zeros(kind string, counts []transform.Count) []string {
	var parts []string
	for _, c := range counts {
		if c.Count == 0 && (c.Light == transform.Red || c.Light == b.best(kind)) {
			parts = append(parts, b.say(b.def.Lead.Zero, Values{Phrase: b.phrase(c, true)}))
		}
	}
	return parts
}

// totals are the whole board's counts of one kind, the best light first, then the states.
func (b *builder) totals(kind string) []transform.Count {
	counts := b.counts(kind, "")
	slices.SortStableFunc(counts, func(x, y transform.Count) int { return ranks[y.Light] - ranks[x.Light] })
	return counts
}

// counts are a plan's counts of one kind in the scheme's order; an empty plan is the whole board.
func (b *builder) counts(kind, plan string) []transform.Count {
	counts := keep(b.pack.Summary, func(c transform.Count) bool {
		return c.Kind == kind && c.Plan == plan && c.Class == ""
	})
	order := b.schemeOrder()
	slices.SortStableFunc(counts, func(x, y transform.Count) int {
		return slices.Index(order, x.Light) - slices.Index(order, y.Light)
	})
	return counts
}

// phrase is how a count reads in a sentence: "are completed".
func (b *builder) phrase(c transform.Count, one bool) string {
	p := b.phraseOf(c)
	text := p.Many
	if one {
		text = p.One
	}
	return b.say(text, Values{Light: strings.ToLower(b.mark(c.Light).Word)})
}

// phraseOf is the definition's most particular phrase for a count.
func (b *builder) phraseOf(c transform.Count) Phrase {
	var found Phrase
	best := -1
	for _, p := range b.def.Phrases {
		fit := 0
		for _, m := range []struct{ asks, is string }{
			{p.Scheme, b.pack.Scheme.ID}, {p.Light, string(c.Light)}, {p.Kind, c.Kind},
		} {
			fit *= 2
			if m.asks == m.is {
				fit++
			} else if m.asks != "" {
				fit = -100
			}
		}
		if fit > best {
			found, best = p, fit
		}
	}
	return found
}
