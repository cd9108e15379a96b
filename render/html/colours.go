package html

import (
	"fmt"
	"html/template"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"boardpack/render"
)

// The ground of the page, light and dark. The look's colours are made for white
// paper; on the dark ground each is lightened until it can be read.
const (
	lightGround = "#ffffff"
	darkGround  = "#14171c"
)

// Contrast of WCAG 2.2 that words and shapes reach on the dark ground, with some to spare.
const (
	wordContrast  = 5.0
	shapeContrast = 3.5
)

var lightName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// colourStyle writes the look as CSS custom properties for light and dark.
func colourStyle(l render.Look) (template.CSS, error) {
	if err := checkLook(l); err != nil {
		return "", err
	}
	var b strings.Builder
	if l.Fonts != nil {
		fmt.Fprintf(&b, ":root { --face: \"%s\"; }\n", l.Fonts.Family)
	}
	writeFamily(&b, l, lightGround)
	b.WriteString("@media screen and (prefers-color-scheme: dark) {\n")
	writeFamily(&b, darken(l), darkGround)
	b.WriteString("}\n")
	return template.CSS(b.String()), nil
}

func checkLook(l render.Look) error {
	named := []string{"ink", l.Ink, "secondary", l.Secondary, "rule", l.Rule, "hairline", l.Hairline,
		"band", l.Band, "accent", l.Accent, "state", l.State}
	for _, name := range lightNames(l) {
		if !lightName.MatchString(name) {
			return fmt.Errorf("the look names a light %q: use small letters, for example green", name)
		}
		c := l.Lights[name]
		named = append(named, name+" fill", c.Fill, name+" tint", c.Tint, name+" word", c.Word)
		if c.Outline != "" {
			named = append(named, name+" outline", c.Outline)
		}
	}
	for i := 0; i < len(named); i += 2 {
		if _, ok := render.ParseColour(named[i+1]); !ok {
			return fmt.Errorf("the look's %s is %q: give a colour, for example #1f3a5f", named[i], named[i+1])
		}
	}
	return nil
}

func lightNames(l render.Look) []string { return slices.Sorted(maps.Keys(l.Lights)) }

func writeFamily(b *strings.Builder, l render.Look, ground string) {
	fmt.Fprintf(b, ":root { --paper: %s; --ink: %s; --secondary: %s; --rule: %s; --hairline: %s; --band: %s; --accent: %s; --state: %s; }\n",
		ground, l.Ink, l.Secondary, l.Rule, l.Hairline, l.Band, l.Accent, l.State)
	fmt.Fprintf(b, ".light-state { --fill: none; --edge: %s; --word: %s; --tint: none; --on: %s; }\n", l.State, l.State, l.Ink)
	for _, name := range lightNames(l) {
		c := l.Lights[name]
		edge := c.Outline
		if edge == "" {
			edge = c.Fill
		}
		fmt.Fprintf(b, ".light-%s { --fill: %s; --edge: %s; --word: %s; --tint: %s; --on: %s; }\n",
			name, c.Fill, edge, c.Word, c.Tint, clearest(c.Fill))
	}
}

// darken gives the family on the dark ground.
func darken(l render.Look) render.Look {
	d := render.Look{
		Ink: "#ececec", Secondary: "#b8bcc2", Rule: "#8c8c8c", Hairline: "#3d434c", Band: "#20252d",
		Accent: lighten(l.Accent, 7, "#20252d"),
		State:  lighten(l.State, wordContrast, darkGround),
		Lights: map[string]render.LightLook{},
	}
	for name, c := range l.Lights {
		tint := mix(darkGround, c.Fill, 0.22)
		fill := lighten(c.Fill, shapeContrast, tint)
		d.Lights[name] = render.LightLook{Fill: fill, Tint: tint, Word: lighten(c.Fill, wordContrast, tint)}
	}
	return d
}

// lighten mixes a colour with white until it has the contrast on the ground.
func lighten(c string, want float64, ground string) string {
	for step := 0; step <= 20; step++ {
		if l := mix(c, lightGround, float64(step)/20); render.Contrast(l, ground) >= want {
			return l
		}
	}
	return lightGround
}

// clearest is black or white, whichever reads better on a fill; one of the two
// always has a contrast of 4.58 or more.
func clearest(fill string) string {
	if render.Contrast("#ffffff", fill) >= render.Contrast("#000000", fill) {
		return "#ffffff"
	}
	return "#000000"
}

// mix goes from one colour to another by a share between 0 and 1.
func mix(from, to string, share float64) string {
	a, _ := render.ParseColour(from)
	b, _ := render.ParseColour(to)
	part := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share))
	}
	return render.Colour{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B)}.String()
}
