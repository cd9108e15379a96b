package pdf

import (
	"fmt"
	"maps"
	"slices"

	"boardpack/render"
)

// Measures are points. A4 has margins of 20 mm, and 25 mm at the foot because
// committee systems stamp a page number there.
const (
	millimetre = 72 / 25.4
	shortSide  = 595.28
	longSide   = 841.89
	margin     = 20 * millimetre
	footMargin = 25 * millimetre

	// measure keeps running text within 60 to 80 characters a line.
	measure = 440.0
)

// setting is a size of type with the distance between its lines.
type setting struct{ size, lead float64 }

var (
	body    = setting{12, 16}
	lead    = setting{13, 17}
	small   = setting{10, 13}
	figure  = setting{13, 17}
	headFor = map[int]setting{1: {22, 27}, 2: {16, 20}, 3: {13, 17}, 4: {12, 16}}
)

const furnitureSize = 9.0

// baseline is where letters stand in a line that begins at y: capitals are two
// thirds of the size, and stand in the middle of the line.
func (s setting) baseline(y float64) float64 { return y + s.lead/2 + s.size*0.33 }

// middle is the height of the centre of capitals, where a shape sits beside a word.
func (s setting) middle(y float64) float64 { return y + s.lead/2 }

// rgb is one colour.
type rgb = render.Colour

var white = rgb{R: 255, G: 255, B: 255}

// pen is how text is written.
type pen struct {
	face  face
	size  float64
	color rgb
}

// palette is render.Look with its colours and fonts read.
type palette struct {
	ink, secondary, rule, hairline, band, accent, state rgb
	lights                                              map[string]light
	regular, semibold                                   face
}

// light is one colour of light; outline is nil where the shape has none.
type light struct {
	fill, word rgb
	outline    *rgb
}

func readPalette(l render.Look) (palette, error) {
	p := palette{lights: map[string]light{}}
	for _, c := range []struct {
		name, text string
		to         *rgb
	}{
		{"ink", l.Ink, &p.ink}, {"secondary", l.Secondary, &p.secondary},
		{"rule", l.Rule, &p.rule}, {"hairline", l.Hairline, &p.hairline},
		{"band", l.Band, &p.band}, {"accent", l.Accent, &p.accent}, {"state", l.State, &p.state},
	} {
		if err := readColour(c.name, c.text, c.to); err != nil {
			return palette{}, err
		}
	}
	fonts, err := familyOf(l)
	if err != nil {
		return palette{}, err
	}
	p.regular, p.semibold = fonts.regular(), fonts.semibold()
	return p, p.readLights(l.Lights)
}

// readLights goes by name in order, so that of two mistakes the same one is told each time.
func (p *palette) readLights(looks map[string]render.LightLook) error {
	for _, name := range slices.Sorted(maps.Keys(looks)) {
		l, err := readLight(name, looks[name])
		if err != nil {
			return err
		}
		p.lights[name] = l
	}
	return nil
}

func readLight(name string, look render.LightLook) (light, error) {
	var l light
	if err := readColour(name+" fill", look.Fill, &l.fill); err != nil {
		return l, err
	}
	if err := readColour(name+" word", look.Word, &l.word); err != nil {
		return l, err
	}
	if look.Outline == "" {
		return l, nil
	}
	l.outline = new(rgb)
	return l, readColour(name+" outline", look.Outline, l.outline)
}

func readColour(name, text string, to *rgb) error {
	c, ok := render.ParseColour(text)
	if !ok {
		return fmt.Errorf("read look: %s is %q; give a colour as #rrggbb", name, text)
	}
	*to = c
	return nil
}

// wordColour is the colour of a mark's word: the light's own dark shade, or the states' grey.
func (p palette) wordColour(m render.Mark) rgb {
	if l, ok := p.lights[m.Light]; ok {
		return l.word
	}
	return p.state
}

// fillColour is the colour of a mark's shape.
func (p palette) fillColour(m render.Mark) rgb {
	if l, ok := p.lights[m.Light]; ok {
		return l.fill
	}
	return p.state
}

// onTop is ink or white, whichever reads better on a colour.
func (p palette) onTop(c rgb) rgb {
	if p.ink.Contrast(c) >= white.Contrast(c) {
		return p.ink
	}
	return white
}
