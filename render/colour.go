package render

import (
	"math"
	"regexp"
	"strconv"
)

var colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Contrast is the ratio of WCAG 2.2 between two colours written "#rrggbb", from 1 to 21.
func Contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c string) float64 {
	var lin [3]float64
	for i, v := range Channels(c) {
		if v /= 255; v <= 0.04045 {
			lin[i] = v / 12.92
		} else {
			lin[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*lin[0] + 0.7152*lin[1] + 0.0722*lin[2]
}

// Channels are red, green and blue of "#rrggbb", each from 0 to 255.
func Channels(c string) [3]float64 {
	n, _ := strconv.ParseUint(c[min(1, len(c)):], 16, 32)
	return [3]float64{float64(n >> 16 & 255), float64(n >> 8 & 255), float64(n & 255)}
}
