package pdf

import (
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"boardpack/templates"
)

// face is one of the two faces. There are no more: each costs gofpdf about ten
// milliseconds in every document.
type face int

const (
	regular face = iota
	semibold
)

var faceFiles = [2]string{"fonts/SourceSans3_400Regular.ttf", "fonts/SourceSans3_600SemiBold.ttf"}

// absent marks a character that the face lacks.
const absent = 0xFFFF

// advances are the widths of the characters that gofpdf can write, up to U+FFFF,
// in thousandths of the size.
type advances [0x10000]uint16

// faces reads both faces once in a process: gofpdf measures, too, but far more slowly.
var faces = sync.OnceValue(func() *[2]advances {
	var both [2]advances
	for i, file := range faceFiles {
		readAdvances(templates.Must(file), &both[i])
	}
	return &both
})

func readAdvances(ttf []byte, to *advances) {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("pdf: a compiled-in font cannot be read: " + err.Error())
	}
	var buf sfnt.Buffer
	for r := range to {
		to[r] = advance(f, &buf, rune(r))
	}
}

func advance(f *sfnt.Font, buf *sfnt.Buffer, r rune) uint16 {
	if r < ' ' || unscanned(r) {
		return absent
	}
	glyph, err := f.GlyphIndex(buf, r)
	if err != nil || glyph == 0 {
		return absent
	}
	w, err := f.GlyphAdvance(buf, glyph, fixed.I(1000), font.HintingNone)
	if err != nil {
		return absent
	}
	return uint16(w.Round())
}

// unscanned leaves out East Asian writing, surrogates and private use, which a
// text face does not have, to halve the time of reading it.
func unscanned(r rune) bool {
	return r >= 0x3000 && r < 0xA000 || r >= 0xAC00 && r < 0xF900
}

// has reports whether both faces can draw a character.
func has(r rune) bool {
	both := faces()
	return r >= ' ' && r <= 0xFFFF && both[regular][r] != absent && both[semibold][r] != absent
}

// width is how wide a cleaned text stands, in points.
func width(s string, f face, size float64) float64 {
	adv := &faces()[f]
	sum := 0
	for _, r := range s {
		if r < 0x10000 && adv[r] != absent {
			sum += int(adv[r])
		}
	}
	return float64(sum) * size / 1000
}
