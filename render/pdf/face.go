package pdf

import (
	"sync"

	"boardpack/render/pdf/font"
	"boardpack/templates"
)

// face is one of the two faces.
type face int

const (
	regular face = iota
	semibold
)

var faceFiles = [2]string{"fonts/SourceSans3_400Regular.ttf", "fonts/SourceSans3_600SemiBold.ttf"}

// faces reads both faces once in a process.
var faces = sync.OnceValue(func() *[2]*font.Font {
	var both [2]*font.Font
	for i, file := range faceFiles {
		f, err := font.Parse(templates.Must(file))
		if err != nil {
			panic("pdf: a compiled-in font: " + err.Error())
		}
		both[i] = f
	}
	return &both
})

// has reports whether both faces can draw a character.
func has(r rune) bool {
	both := faces()
	return both[regular].Has(r) && both[semibold].Has(r)
}

// width is how wide a cleaned text stands, in points.
func width(s string, f face, size float64) float64 {
	from := faces()[f]
	sum := 0
	for _, r := range s {
		sum += from.Advance(r)
	}
	return float64(sum) * size / 1000
}
