package render

import (
	"fmt"
	"math"
	"strconv"
)

// Colour is red, green and blue, each from 0 to 255.
type Colour struct{ R, G, B uint8 }

// ParseColour reads "#1f3a5f" and reports whether the text is such a colour.
func ParseColour(s string) (Colour, bool) {
	if len(s) != 7 || s[0] != '#' {
		return Colour{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

// String gives "#1f3a5f".
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Contrast is the ratio of WCAG 2.2 between two colours, from 1 to 21.
func (c Colour) Contrast(with Colour) float64 {
	x, y := c.luminance(), with.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func (c Colour) luminance() float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// Contrast is that of two colours as a look writes them.
func Contrast(a, b string) float64 {
	x, _ := ParseColour(a)
	y, _ := ParseColour(b)
	return x.Contrast(y)
}
