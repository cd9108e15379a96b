package font

import (
	"encoding/binary"
	"maps"
	"slices"
)

// Subset is a TrueType file in which glyph n draws the nth character, counted
// from 1; glyph 0 is for characters that a face lacks, and after the last
// character come the glyphs that others are composed of. It has only the tables
// that draw outlines: which character is which, a document's own maps tell.
func (f *Font) Subset(chars []rune) []byte {
	s := &subset{from: f, glyphs: []int{0}, number: map[int]int{}}
	for i, r := range chars {
		s.glyphs = append(s.glyphs, int(f.Glyph(r)))
		s.number[s.glyphs[i+1]] = i + 1
	}
	for i := 0; i < len(s.glyphs); i++ { // it grows as it goes
		s.add(s.glyphs[i])
	}
	tables := map[string][]byte{
		"glyf": s.glyf, "loca": binary.BigEndian.AppendUint32(s.loca, uint32(len(s.glyf))), "hmtx": s.hmtx,
		"head": slices.Clone(f.tables["head"][:54]), "hhea": slices.Clone(f.tables["hhea"][:36]), "maxp": slices.Clone(f.tables["maxp"]),
	}
	binary.BigEndian.PutUint16(tables["head"][50:], 1) // the long form of loca
	binary.BigEndian.PutUint32(tables["head"][8:], 0)  // the sum of the whole file, which assemble sets
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(len(s.glyphs)))
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(len(s.glyphs)))
	return assemble(tables)
}

// subset collects the glyphs of a file in their new order.
type subset struct {
	from             *Font
	glyphs           []int       // in the face
	number           map[int]int // in the subset, by glyph in the face
	glyf, loca, hmtx []byte
}

// add writes a glyph's outline and measures. A glyph that another one needs is put at the end.
func (s *subset) add(glyph int) {
	s.loca = binary.BigEndian.AppendUint32(s.loca, uint32(len(s.glyf)))
	if glyph+1 < len(s.from.offsets) {
		outline := slices.Clone(s.from.outline(glyph))
		for _, at := range components(outline) {
			binary.BigEndian.PutUint16(outline[at:], uint16(s.part(int(binary.BigEndian.Uint16(outline[at:])))))
		}
		s.glyf = append(s.glyf, outline...)
		s.glyf = append(s.glyf, make([]byte, -len(s.glyf)&3)...)
	}
	s.hmtx = append(s.hmtx, s.from.metric(glyph)...)
}

func (s *subset) part(glyph int) int {
	n, ok := s.number[glyph]
	if !ok {
		n = len(s.glyphs)
		s.number[glyph], s.glyphs = n, append(s.glyphs, glyph)
	}
	return n
}

func (f *Font) outline(glyph int) []byte {
	return f.tables["glyf"][f.offsets[glyph]:f.offsets[glyph+1]]
}

// metric is a glyph's width and left side bearing. The last glyphs of a face
// may share one width (OpenType, hmtx).
func (f *Font) metric(glyph int) []byte {
	hmtx, wide := f.tables["hmtx"], f.u16("hhea", 34)
	m := make([]byte, 4)
	if last := min(glyph, wide-1); last >= 0 && 4*last+4 <= len(hmtx) {
		copy(m, hmtx[4*last:4*last+4])
	}
	if at := 4*wide + 2*(glyph-wide); glyph >= wide && at+2 <= len(hmtx) {
		copy(m[2:], hmtx[at:at+2])
	}
	return m
}

// components are the places in an outline at which a composite glyph names those
// that it is made of (OpenType, glyf).
func components(outline []byte) []int {
	const words, scale, more, both, matrix = 0x01, 0x08, 0x20, 0x40, 0x80
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	var places []int
	for at := 10; at+4 <= len(outline); {
		flags := int(binary.BigEndian.Uint16(outline[at:]))
		places = append(places, at+2)
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&both != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			break
		}
	}
	return places
}

// assemble writes a file of tables, with its sums.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	out := header(len(names))
	from := len(out) + 16*len(names)
	for _, name := range names {
		t := tables[name]
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, sum(t))
		out = binary.BigEndian.AppendUint32(out, uint32(from))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t)))
		from += (len(t) + 3) &^ 3
	}
	head := 0
	for _, name := range names {
		if name == "head" {
			head = len(out)
		}
		out = append(out, tables[name]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-sum(out))
	return out
}

// header is the start of a TrueType file: its version, and how to search its directory.
func header(tables int) []byte {
	power, log := 1, 0
	for power*2 <= tables {
		power, log = power*2, log+1
	}
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{tables, 16 * power, log, 16 * (tables - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return out
}

// sum adds up the words of a table, as the format asks.
func sum(table []byte) uint32 {
	var s uint32
	for ; len(table) >= 4; table = table[4:] {
		s += binary.BigEndian.Uint32(table)
	}
	if len(table) > 0 {
		var rest [4]byte
		copy(rest[:], table)
		s += binary.BigEndian.Uint32(rest[:])
	}
	return s
}
