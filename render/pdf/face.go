package pdf

import (
	"fmt"
	"sync"

	"boardpack/render"
	"boardpack/render/pdf/font"
	"boardpack/templates"
)

// family is the two faces that a document is written in.
type family struct{ faces [2]*font.Font }

// face is one of a family's two.
type face struct {
	of *family
	n  int // as the page streams call it: 0 is regular, 1 semibold
}

func (f *family) regular() face  { return face{f, 0} }
func (f *family) semibold() face { return face{f, 1} }

// font is the face as it was read from its file.
func (f face) font() *font.Font { return f.of.faces[f.n] }

var faceFiles = [2]string{"fonts/SourceSans3_400Regular.ttf", "fonts/SourceSans3_600SemiBold.ttf"}

// shipped are the faces that come with the program, read once in a process.
var shipped = sync.OnceValue(func() *family {
	f, err := readFamily(templates.Must(faceFiles[0]), templates.Must(faceFiles[1]))
	if err != nil {
		panic("pdf: a compiled-in font: " + err.Error())
	}
	return f
})

func readFamily(regular, semibold []byte) (*family, error) {
	var f family
	for i, file := range [][]byte{regular, semibold} {
		parsed, err := font.Parse(file)
		if err != nil {
			return nil, err
		}
		f.faces[i] = parsed
	}
	return &f, nil
}

// familyOf is what a report is written in: the fonts of its look, else the shipped ones.
func familyOf(l render.Look) (*family, error) {
	if l.Fonts == nil {
		return shipped(), nil
	}
	f, err := readFamily(l.Fonts.Regular, l.Fonts.Semibold)
	if err != nil {
		return nil, fmt.Errorf("read the fonts of the look: %w", err)
	}
	return f, nil
}

// CheckFonts says why a report cannot be written in two fonts; nil where it can.
func CheckFonts(f render.Fonts) error {
	_, err := familyOf(render.Look{Fonts: &f})
	return err
}

// CheckShipped says why the fonts that come with the program cannot be drawn with; nil where they can.
func CheckShipped() error {
	_, err := readFamily(templates.Must(faceFiles[0]), templates.Must(faceFiles[1]))
	return err
}

// has reports whether both faces can draw a character.
func (f *family) has(r rune) bool { return f.faces[0].Has(r) && f.faces[1].Has(r) }

// width is how wide a cleaned text stands, in points.
func width(s string, f face, size float64) float64 {
	from := f.font()
	sum := 0
	for _, r := range s {
		sum += from.Advance(r)
	}
	return float64(sum) * size / 1000
}
