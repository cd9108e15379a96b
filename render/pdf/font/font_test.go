package font

import (
	"bytes"
	"strings"
	"testing"

	"boardpack/templates"
)

func parsed(t testing.TB) *Font {
	t.Helper()
	f, err := Parse(templates.Must("fonts/SourceSans3_400Regular.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParse(t *testing.T) {
	f := parsed(t)
	if f.Name != "SourceSans3-Regular" || f.Weight != 400 {
		t.Errorf("%s, weight %d", f.Name, f.Weight)
	}
	if f.Ascent < 700 || f.Descent >= 0 || f.Capitals < 600 || f.Box[0] >= f.Box[2] || f.Box[1] >= f.Box[3] {
		t.Errorf("measures %d %d %d %v", f.Ascent, f.Descent, f.Capitals, f.Box)
	}
	if !f.Has('ŵ') || !f.Has('−') || f.Has('\n') || f.Has('中') || f.Has(0x1F600) || f.Has(-1) {
		t.Error("the characters are not those of the face")
	}
	if f.Advance('0') != f.Advance('7') || f.Advance('W') <= f.Advance('i') || f.Advance(0x1F600) != 0 || f.Glyph(-1) != 0 {
		t.Error("the widths are not those of the face")
	}
}

// A subset draws what the whole file draws, and nothing else.
func TestSubset(t *testing.T) {
	f := parsed(t)
	chars := []rune("Aŵé−½i \u00a0中")
	file := f.Subset(chars)
	if len(file) > 10_000 {
		t.Errorf("a subset of %d characters has %d bytes", len(chars), len(file))
	}
	if sum(file) != 0xB1B0AFBA {
		t.Errorf("the sum is %x", sum(file))
	}
	part := parsedSubset(t, file)
	for i, r := range chars {
		whole := f.outline(int(f.Glyph(r)))
		if got := part.drawn(i + 1); got != f.drawn(int(f.Glyph(r))) {
			t.Errorf("%c is drawn as %q, not %q", r, got, whole)
		}
		if got, want := part.metric(i+1), f.metric(int(f.Glyph(r))); !bytes.Equal(got, want) {
			t.Errorf("%c has the measures %v, not %v", r, got, want)
		}
	}
	if composed := len(components(f.outline(int(f.Glyph('ŵ'))))); composed == 0 {
		t.Error("no character of the test is composed of others")
	}
}

// drawn is an outline with those that it is composed of in the places of their numbers.
func (f *Font) drawn(glyph int) string {
	outline := bytes.Clone(f.outline(glyph))
	parts := ""
	for _, at := range components(outline) {
		parts += f.drawn(int(outline[at])<<8 | int(outline[at+1]))
		outline[at], outline[at+1] = 0, 0
	}
	return strings.TrimRight(string(outline), "\x00") + parts
}

// parsedSubset reads a subset's outlines; characters and names are not in it.
func parsedSubset(t *testing.T, file []byte) *Font {
	t.Helper()
	f := &Font{tables: map[string][]byte{}}
	for i := range int(file[5]) {
		e := file[12+16*i:]
		at := int(e[8])<<24 | int(e[9])<<16 | int(e[10])<<8 | int(e[11])
		size := int(e[12])<<24 | int(e[13])<<16 | int(e[14])<<8 | int(e[15])
		f.tables[string(e[:4])] = file[at : at+size]
	}
	if err := f.readOffsets(); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDamagedFontsAreRefused(t *testing.T) {
	ttf := templates.Must("fonts/SourceSans3_400Regular.ttf")
	for _, size := range []int{0, 11, 12, 100, 1000, len(ttf) / 2} {
		if _, err := Parse(ttf[:size]); err == nil {
			t.Errorf("%d bytes of a font were taken", size)
		}
	}
}

func BenchmarkSubset(b *testing.B) {
	f := parsed(b)
	var chars []rune
	for r := ' '; r < 0x7f; r++ {
		chars = append(chars, r)
	}
	b.ReportAllocs()
	for b.Loop() {
		f.Subset(chars)
	}
}
