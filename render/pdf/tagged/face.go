package tagged

import (
	"crypto/sha256"
	"fmt"
	"slices"
)

// writeFaces writes the faces and the dictionary that names them for every page.
func (s *session) writeFaces() ref {
	b := []byte("<<")
	for i, face := range s.Faces {
		if used := face.Alphabet.letters(); len(used) > 0 {
			b = fmt.Appendf(b, "/F%d %v", i, s.writeFace(face, used))
		}
	}
	return s.file.add(append(b, ">>"...))
}

// writeFace writes a font whose codes lead to the glyphs of its subset (PDF 1.7,
// 9.7): the nth letter is glyph n. Two characters with one glyph, such as a space
// and one that does not break, so stay two.
func (s *session) writeFace(face Face, used []letter) ref {
	chars := make([]rune, len(used))
	for i, l := range used {
		chars[i] = l.char
	}
	name := tag(chars) + "+" + face.Font.Name
	kid := s.file.add(fmt.Appendf(nil, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %v/DW 0/W[1%s]/CIDToGIDMap/Identity>>", name, s.writeDescriptor(face, chars, name), widths(face, chars)))
	const about = "/Type/CMap/CMapName/Letters/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
	glyphs := s.file.stream(about, charMap("Identity", "/CMapName/Letters def\n/CMapType 1 def\n", codeRanges(used)))
	unicode := s.file.stream("", charMap("UCS", "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n", unicodeRanges(used)))
	return s.file.add(fmt.Appendf(nil, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding %v/DescendantFonts[%v]/ToUnicode %v>>", name, glyphs, kid, unicode))
}

func (s *session) writeDescriptor(face Face, chars []rune, name string) ref {
	const nonsymbolic = 4 // a font of codes of our own counts as symbolic
	f := face.Font
	subset := f.Subset(chars)
	program := s.file.stream(fmt.Sprintf("/Length1 %d", len(subset)), subset)
	// The thickness of stems is asked for; nothing in the file says it. By the weight, as others reckon it.
	stem := 50 + f.Weight*f.Weight/(65*65)
	return s.file.add(fmt.Appendf(nil, "<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox%d/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %v>>",
		name, nonsymbolic, f.Box, f.Ascent, f.Descent, f.Capitals, stem, program))
}

// tag is the six capitals that tell one subset of a font from another (9.6.4).
func tag(used []rune) string {
	sum := sha256.Sum256([]byte(string(used)))
	letters := make([]byte, 6)
	for i := range letters {
		letters[i] = 'A' + sum[i]%26
	}
	return string(letters)
}

func widths(face Face, chars []rune) []byte {
	b := []byte{'['}
	for i, r := range chars {
		if i > 0 {
			b = append(b, ' ')
		}
		b = fmt.Appendf(b, "%d", face.Font.Advance(r))
	}
	return append(b, ']')
}

// runs cuts letters into stretches in which each follows the one before, none
// across two first bytes of codes.
func runs(used []letter, follows func(before, next letter) bool) [][]letter {
	var all [][]letter
	from := 0
	for i := range used {
		if i+1 < len(used) && used[i+1].code == used[i].code+1 && used[i+1].code>>8 == used[i].code>>8 && follows(used[i], used[i+1]) {
			continue
		}
		all = append(all, used[from:i+1])
		from = i + 1
	}
	return all
}

// codeRanges leads from codes to glyphs.
func codeRanges(used []letter) []byte {
	glyph := 1
	var lines []string
	for _, run := range runs(used, func(letter, letter) bool { return true }) {
		lines = append(lines, fmt.Sprintf("<%s><%s>%d\n", hex(run[0].code), hex(run[len(run)-1].code), glyph))
		glyph += len(run)
	}
	return blocks("cidrange", lines)
}

// unicodeRanges says which character each code is. The last byte of what a
// range leads to may not pass 255.
func unicodeRanges(used []letter) []byte {
	var lines []string
	for _, run := range runs(used, func(before, next letter) bool { return next.char == before.char+1 && next.char&0xFF != 0 }) {
		lines = append(lines, fmt.Sprintf("<%s><%s><%04X>\n", hex(run[0].code), hex(run[len(run)-1].code), run[0].char))
	}
	return blocks("bfrange", lines)
}

func hex(code uint16) string {
	if code <= 0xFF {
		return fmt.Sprintf("%02X", code)
	}
	return fmt.Sprintf("%04X", code)
}

// blocks sets lines in blocks of at most a hundred, which is all that one may hold.
func blocks(name string, lines []string) []byte {
	var b []byte
	for block := range slices.Chunk(lines, 100) {
		b = fmt.Appendf(b, "%d begin%s\n", len(block), name)
		for _, l := range block {
			b = append(b, l...)
		}
		b = fmt.Appendf(b, "end%s\n", name)
	}
	return b
}

// charMap is a map from codes to something, as a program (9.7.5).
func charMap(ordering, about string, ranges []byte) []byte {
	b := []byte("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(" + ordering + ")/Supplement 0>>def\n" + about)
	b = fmt.Appendf(b, "2 begincodespacerange\n<20><%02X>\n<%02X00><FFFF>\nendcodespacerange\n", firstTwo-1, firstTwo)
	return append(append(b, ranges...), "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"...)
}
