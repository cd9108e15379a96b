package render

import (
	"slices"
	"strings"

	"boardpack/transform"
)

// mark is a light as the scheme that ran draws it. A light that the scheme does not know keeps its word from the data.
func (b *builder) mark(l transform.Light) Mark {
	for _, s := range b.pack.Scheme.Lights {
		if s.Light == l {
			return Mark{Light: string(l), Shape: s.Shape, Word: s.Word, Letter: s.Letter}
		}
	}
	for _, s := range b.pack.Scheme.States {
		if s.State == l {
			return Mark{Light: string(l), Shape: "hollow", Word: s.Word}
		}
	}
	m := Mark{Light: string(l), Shape: "hollow", Word: upperFirst(string(l))}
	if look, ok := b.settings.Look.Lights[string(l)]; ok {
		m.Shape, m.Letter = look.Shape, upperFirst(string(l))[:1]
	}
	return m
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// lightCell is a light in a table; an empty light is an empty cell.
func (b *builder) lightCell(l transform.Light) Cell {
	if l == "" {
		return Cell{}
	}
	m := b.mark(l)
	return Cell{Text: m.Word, Light: &m}
}

// schemeOrder is the scheme's colours, then its states, then what it does not know.
func (b *builder) schemeOrder() []transform.Light {
	var order []transform.Light
	for _, s := range b.pack.Scheme.Lights {
		order = append(order, s.Light)
	}
	for _, s := range b.pack.Scheme.States {
		order = append(order, s.State)
	}
	for _, l := range slices.Concat([]transform.Light{transform.Red, transform.Amber, transform.Green, transform.Blue}, transform.States) {
		if !slices.Contains(order, l) {
			order = append(order, l)
		}
	}
	return order
}

// occurring keeps, in the scheme's order, its colours and the other lights for which has is true.
func (b *builder) occurring(has func(transform.Light) bool) []transform.Light {
	var lights []transform.Light
	for i, l := range b.schemeOrder() {
		if i < len(b.pack.Scheme.Lights) || has(l) {
			lights = append(lights, l)
		}
	}
	return lights
}

// ranks orders colours from the worst to the best. A state has no rank.
var ranks = map[transform.Light]int{transform.Red: 1, transform.Amber: 2, transform.Green: 3, transform.Blue: 4}

func worsened(l *line) bool {
	return l.Previous.IsColour() && l.Light.IsColour() && ranks[l.Light] < ranks[l.Previous]
}

func improved(l *line) bool {
	return l.Previous.IsColour() && l.Light.IsColour() && ranks[l.Light] > ranks[l.Previous]
}

// needsAttention is true for what members should see first: red rows and rows whose colour got worse.
func needsAttention(l *line) bool { return l.Light == transform.Red || worsened(l) }

// best is the scheme's best colour: the one that says done, or of indicators that of the first rule.
func (b *builder) best(kind string) transform.Light {
	if rules := b.pack.Scheme.Indicators.Rules; kind == "indicator" && len(rules) > 0 {
		return rules[0].Light
	}
	return b.reached(kind)
}

// reached is the colour that says done, or met.
func (b *builder) reached(kind string) transform.Light {
	if kind == "action" && b.pack.Scheme.Done != "" {
		return b.pack.Scheme.Done
	}
	return transform.Green
}

// newlyBest is true for a row that was there before and has reached the colour that says done, or met.
func (b *builder) newlyBest(l *line) bool {
	return l.Previous != "" && l.Previous != l.Light && ranks[l.Light] >= ranks[b.reached(l.kind())] && !worsened(l)
}

// moved reports whether the row was there before under another light.
func moved(l *line) bool { return l.Previous != "" && l.Previous != l.Light }
