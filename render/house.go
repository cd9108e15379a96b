package render

import (
	"fmt"
	"maps"
	"slices"
)

// House is what a definition changes of the look: a council's own colours, logo and fonts. What is not given
// stays as it is.
type House struct {
	Ink       string               `yaml:"ink" need:"no"`
	Secondary string               `yaml:"secondary" need:"no"`
	Rule      string               `yaml:"rule" need:"no"`
	Hairline  string               `yaml:"hairline" need:"no"`
	Band      string               `yaml:"band" need:"no"`
	Accent    string               `yaml:"accent" need:"no"`
	State     string               `yaml:"state" need:"no"`
	Lights    map[string]LightLook `yaml:"lights" need:"no"`
	Logo      Logo                 `yaml:"logo" need:"no"`
	Fonts     FontFiles            `yaml:"fonts" need:"no"`
}

// FontFiles are a council's own fonts: two TrueType files beside the configuration for the PDF, and the
// name by which the web page asks for them.
type FontFiles struct {
	Family   string `yaml:"family" need:"no"`
	Regular  string `yaml:"regular" need:"no"`
	Semibold string `yaml:"semibold" need:"no"`
}

// Fonts are the bytes of two TrueType files and their name.
type Fonts struct {
	Family            string
	Regular, Semibold []byte
}

// Logo is a council's mark over the title: a PNG or JPEG file beside the configuration, and what it shows in words.
type Logo struct {
	File   string  `yaml:"file" need:"no"`
	Alt    string  `yaml:"alt" need:"no"`
	Height float64 `yaml:"height" need:"no"` // millimetres
}

// Over is a look with the house's changes.
func (h House) Over(l Look) Look {
	change := func(to *string, with string) {
		if with != "" {
			*to = with
		}
	}
	change(&l.Ink, h.Ink)
	change(&l.Secondary, h.Secondary)
	change(&l.Rule, h.Rule)
	change(&l.Hairline, h.Hairline)
	change(&l.Band, h.Band)
	change(&l.Accent, h.Accent)
	change(&l.State, h.State)
	l.Lights = maps.Clone(l.Lights)
	for name, own := range h.Lights {
		light := l.Lights[name]
		change(&light.Shape, own.Shape)
		change(&light.Fill, own.Fill)
		change(&light.Tint, own.Tint)
		change(&light.Word, own.Word)
		change(&light.Outline, own.Outline)
		l.Lights[name] = light
	}
	return l
}

// legible is a colour with the least contrast that it must have on white; 0 where it need not stand out.
type legible struct {
	key, colour string
	least       float64
}

// The contrast that WCAG 2.2 AA asks of words (1.4.3) and of shapes (1.4.11).
const (
	wordContrast  = 4.5
	shapeContrast = 3.0
)

// wrongColour gives the key of the first colour that is none, or that cannot be read, and why; "" where all
// is well. A colour that is not given is the look's own and is not asked about.
func (h House) wrongColour() (key, why string) {
	for _, c := range h.colours() {
		if c.colour == "" {
			continue
		}
		if _, ok := ParseColour(c.colour); !ok {
			return c.key, fmt.Sprintf("give a colour as #1f3a5f, not %q", c.colour)
		}
		if got := Contrast(c.colour, "#ffffff"); got < c.least {
			return c.key, fmt.Sprintf("the contrast of %s on white is %.1f; it must be %.1f or more to be read", c.colour, got, c.least)
		}
	}
	return "", ""
}

// colours are all that the house may give, in the order in which mistakes are told.
func (h House) colours() []legible {
	colours := []legible{
		{"ink", h.Ink, wordContrast}, {"secondary", h.Secondary, wordContrast},
		{"accent", h.Accent, wordContrast}, {"state", h.State, wordContrast},
		{"rule", h.Rule, 0}, {"hairline", h.Hairline, 0}, {"band", h.Band, 0},
	}
	for _, name := range slices.Sorted(maps.Keys(h.Lights)) {
		l, at := h.Lights[name], "lights."+name+"."
		edge := shapeContrast
		if l.Outline != "" {
			edge = 0 // the outline stands out
		}
		colours = append(colours, legible{at + "fill", l.Fill, edge}, legible{at + "tint", l.Tint, 0},
			legible{at + "word", l.Word, wordContrast}, legible{at + "outline", l.Outline, shapeContrast})
	}
	return colours
}

// Picture is a picture with what it shows in words: the logo.
type Picture struct {
	Bytes  []byte // PNG or JPEG
	Alt    string
	Height float64 // millimetres
}

func (Picture) block() {}

// Files are the names of the files that the definition needs, by what they are: "logo", "regular font", "semibold font".
func (d Definition) Files() map[string]string {
	files := map[string]string{}
	for what, name := range map[string]string{"logo": d.Look.Logo.File, "regular font": d.Look.Fonts.Regular, "semibold font": d.Look.Fonts.Semibold} {
		if name != "" {
			files[what] = name
		}
	}
	return files
}

// logo stands over the title.
func (b *builder) logo() []Block {
	if len(b.settings.Logo) == 0 {
		return nil
	}
	return []Block{Picture{Bytes: b.settings.Logo, Alt: b.def.Look.Logo.Alt, Height: b.def.Look.Logo.Height}}
}
