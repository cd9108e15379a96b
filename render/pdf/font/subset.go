package font

import (
	"encoding/binary"
	"slices"
)

// kept are the tables that go into a document as they are: what draws outlines
// and nothing about characters, which a document's own maps tell.
var kept = []string{"cvt ", "fpgm", "prep", "maxp"}

// Subset is a TrueType file with the outlines of these characters and of what
// they are composed of. Glyphs keep their numbers; those left out are empty.
func (f *Font) Subset(chars []rune) []byte {
	used := f.closure(chars)
	tables := map[string][]byte{
		"glyf": nil, "loca": nil, "hmtx": f.metrics(used),
		"head": slices.Clone(f.tables["head"][:54]), "hhea": slices.Clone(f.tables["hhea"][:36]),
	}
	tables["glyf"], tables["loca"] = f.outlines(used)
	binary.BigEndian.PutUint16(tables["head"][50:], 1) // the long form of loca
	binary.BigEndian.PutUint32(tables["head"][8:], 0)  // the sum of the whole file, which assemble sets
	for _, name := range kept {
		if t := f.tables[name]; len(t) > 0 {
			tables[name] = t
		}
	}
	return assemble(tables)
}

// closure tells the glyphs that characters need, with glyph 0, which every file has.
func (f *Font) closure(chars []rune) []bool {
	used := make([]bool, len(f.offsets)-1)
	var mark func(glyph int)
	mark = func(glyph int) {
		if glyph < len(used) && !used[glyph] {
			used[glyph] = true
			for _, part := range components(f.outline(glyph)) {
				mark(part)
			}
		}
	}
	mark(0)
	for _, r := range chars {
		mark(int(f.Glyph(r)))
	}
	return used
}

func (f *Font) outline(glyph int) []byte {
	return f.tables["glyf"][f.offsets[glyph]:f.offsets[glyph+1]]
}

// components are the glyphs that a composite glyph is made of (OpenType, glyf).
func components(outline []byte) []int {
	const words, scale, more, both, matrix = 0x01, 0x08, 0x20, 0x40, 0x80
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	var parts []int
	for rest := outline[10:]; len(rest) >= 4; {
		flags := int(binary.BigEndian.Uint16(rest))
		parts = append(parts, int(binary.BigEndian.Uint16(rest[2:])))
		size := 6
		if flags&words != 0 {
			size += 2
		}
		switch {
		case flags&scale != 0:
			size += 2
		case flags&both != 0:
			size += 4
		case flags&matrix != 0:
			size += 8
		}
		if flags&more == 0 || size > len(rest) {
			break
		}
		rest = rest[size:]
	}
	return parts
}

// outlines writes the tables glyf and loca.
func (f *Font) outlines(used []bool) (glyf, loca []byte) {
	loca = make([]byte, 0, 4*len(f.offsets))
	for glyph, in := range used {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if in {
			glyf = append(glyf, f.outline(glyph)...)
			glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		}
	}
	return glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
}

// metrics keeps the widths of used glyphs, which compress to little.
func (f *Font) metrics(used []bool) []byte {
	hmtx := slices.Clone(f.tables["hmtx"])
	wide := f.u16("hhea", 34)
	for glyph, in := range used {
		if from := 4 * glyph; !in && glyph < wide-1 && from+4 <= len(hmtx) {
			clear(hmtx[from : from+4])
		}
	}
	return hmtx
}

// assemble writes a file of tables, with its sums.
func assemble(tables map[string][]byte) []byte {
	names := make([]string, 0, len(tables))
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
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
