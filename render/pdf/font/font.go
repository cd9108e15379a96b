// Package font turns a TrueType file into what a page needs of it: which
// characters it has, how wide they are, and a subset to go into a document.
//
// A file is read once in a process; gofpdf would read it again for every
// document, at about ten milliseconds and seven megabytes a face.
package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// last is the highest character that a Font knows: the end of Unicode's basic plane.
const last = 0xFFFF

// Font is one face. It is not changed once it is parsed, so that documents made
// side by side can share it.
type Font struct {
	Name     string // as in the file: "SourceSans3-Regular"
	Ascent   int    // all measures are thousandths of the size
	Descent  int
	Capitals int
	Box      [4]int // left, bottom, right, top of all glyphs
	Weight   int    // 400 is regular

	advances [last + 1]uint16
	glyphs   [last + 1]uint16 // 0 where the face lacks the character
	tables   map[string][]byte
	units    int      // to the em
	offsets  []uint32 // of each glyph in the table glyf, and of its end
}

// Parse reads a TrueType file with outlines in a table glyf; any other is
// refused, and so is one that does not allow a subset of it to be embedded
// (OpenType, OS/2 fsType).
func Parse(ttf []byte) (*Font, error) {
	tables, err := directory(ttf)
	if err != nil {
		return nil, err
	}
	f := &Font{tables: tables}
	if f.units = f.u16("head", 18); f.units < 16 || f.units > 16384 {
		return nil, fmt.Errorf("read font: %d units to the em", f.units)
	}
	const restricted, whole, bitmaps = 0x0002, 0x0100, 0x0200
	if may := f.u16("OS/2", 8); may&0xF == restricted || may&(whole|bitmaps) != 0 {
		return nil, errors.New("read font: its licence bits do not allow a part of it to be embedded; take another")
	}
	if err := f.readOffsets(); err != nil {
		return nil, err
	}
	f.readMeasures()
	return f, f.readCharacters(ttf)
}

// Has reports whether the face can draw a character of the basic plane.
func (f *Font) Has(r rune) bool { return r >= ' ' && r <= last && f.glyphs[r] != 0 }

// Advance is how wide a character stands, in thousandths of the size; 0 for one that the face lacks.
func (f *Font) Advance(r rune) int {
	if r < 0 || r > last {
		return 0
	}
	return int(f.advances[r])
}

// Glyph is the number of a character's glyph, which a subset keeps.
func (f *Font) Glyph(r rune) uint16 {
	if r < 0 || r > last {
		return 0
	}
	return f.glyphs[r]
}

// directory cuts a file into its tables.
func directory(ttf []byte) (map[string][]byte, error) {
	damaged := errors.New("read font: the file is damaged")
	if len(ttf) < 12 {
		return nil, damaged
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		if len(ttf) < 28+16*i {
			return nil, damaged
		}
		entry := ttf[12+16*i:]
		from, size := uint64(binary.BigEndian.Uint32(entry[8:])), uint64(binary.BigEndian.Uint32(entry[12:]))
		if from+size > uint64(len(ttf)) {
			return nil, damaged
		}
		tables[string(entry[:4])] = ttf[from : from+size]
	}
	for name, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 6, "OS/2": 90, "hmtx": 4, "loca": 4, "glyf": 10} {
		if len(tables[name]) < least {
			return nil, fmt.Errorf("read font: it has no whole table %s", name)
		}
	}
	return tables, nil
}

func (f *Font) u16(table string, at int) int {
	return int(binary.BigEndian.Uint16(f.tables[table][at:]))
}

func (f *Font) i16(table string, at int) int { return int(int16(f.u16(table, at))) }

// readOffsets reads where each glyph's outline begins.
func (f *Font) readOffsets() error {
	n, loca := f.u16("maxp", 4)+1, f.tables["loca"]
	long := f.u16("head", 50) == 1
	if long && len(loca) < 4*n || len(loca) < 2*n {
		return errors.New("read font: its table loca is too short")
	}
	f.offsets = make([]uint32, n)
	for i := range f.offsets {
		if long {
			f.offsets[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			f.offsets[i] = 2 * uint32(binary.BigEndian.Uint16(loca[2*i:]))
		}
		if int(f.offsets[i]) > len(f.tables["glyf"]) || i > 0 && f.offsets[i] < f.offsets[i-1] {
			return errors.New("read font: its table loca is damaged")
		}
	}
	return nil
}

func (f *Font) readMeasures() {
	f.Ascent, f.Descent = f.thousandths(f.i16("hhea", 4)), f.thousandths(f.i16("hhea", 6))
	f.Capitals, f.Weight = f.thousandths(f.i16("OS/2", 88)), f.u16("OS/2", 4)
	for i := range f.Box {
		f.Box[i] = f.thousandths(f.i16("head", 36+2*i))
	}
}

// thousandths turns the file's units into those of a Font.
func (f *Font) thousandths(units int) int {
	return int(math.Round(float64(units) * 1000 / float64(f.units)))
}

func (f *Font) readCharacters(ttf []byte) error {
	face, err := sfnt.Parse(ttf)
	if err != nil {
		return fmt.Errorf("read font: %w", err)
	}
	var buf sfnt.Buffer
	if f.Name, err = face.Name(&buf, sfnt.NameIDPostScript); err != nil {
		return fmt.Errorf("read font: its name: %w", err)
	}
	for r := rune(' '); r <= last; r++ {
		if unscanned(r) {
			continue
		}
		glyph, err := face.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		if w, err := face.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone); err == nil {
			f.glyphs[r], f.advances[r] = uint16(glyph), uint16(w.Round())
		}
	}
	return nil
}

// unscanned leaves out East Asian writing, surrogates and private use, which a
// text face does not have, to halve the time of reading it.
func unscanned(r rune) bool {
	return r >= 0x3000 && r < 0xA000 || r >= 0xAC00 && r < 0xF900
}
