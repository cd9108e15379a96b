package tagged

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// writeFaces writes the faces and the dictionary that names them for every page.
func (s *session) writeFaces() ref {
	b := []byte("<<")
	for i, face := range s.Faces {
		if len(face.Used) > 0 {
			b = fmt.Appendf(b, "/F%d %v ", i, s.writeFace(face))
		}
	}
	return s.file.add(append(b, ">>"...))
}

// writeFace writes a font of two-byte characters (PDF 1.7, 9.7). A character's
// code is its number in Unicode; a map leads from it to the glyph, so that two
// characters with one glyph, such as a space and one that does not break, stay two.
func (s *session) writeFace(face Face) ref {
	name := tag(face.Used) + "+" + face.Font.Name
	descriptor := s.writeDescriptor(face, name)
	glyphs := s.file.stream("", glyphMap(face))
	kid := s.file.add(fmt.Appendf(nil, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"+
		" /FontDescriptor %v /DW 0 /W %s /CIDToGIDMap %v>>", name, descriptor, widths(face), glyphs))
	unicode := s.file.stream("", unicodeMap(face.Used))
	return s.file.add(fmt.Appendf(nil, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%v] /ToUnicode %v>>",
		name, kid, unicode))
}

func (s *session) writeDescriptor(face Face, name string) ref {
	const nonsymbolic = 4 // a font of codes of our own counts as symbolic
	f := face.Font
	subset := f.Subset(face.Used)
	program := s.file.stream(fmt.Sprintf("/Length1 %d ", len(subset)), subset)
	// The thickness of stems is asked for; nothing in the file says it. By the weight, as others reckon it.
	stem := 50 + f.Weight*f.Weight/(65*65)
	return s.file.add(fmt.Appendf(nil, "<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %v>>",
		name, nonsymbolic, f.Box[0], f.Box[1], f.Box[2], f.Box[3], f.Ascent, f.Descent, f.Capitals, stem, program))
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

// runs cuts characters in order into stretches without gaps, no longer than
// most, and none across two first bytes, which a map to Unicode may not hold.
func runs(used []rune, most int) [][]rune {
	var all [][]rune
	from := 0
	for i := range used {
		if i+1 == len(used) || used[i+1] != used[i]+1 || used[i+1]>>8 != used[i]>>8 || i+1-from == most {
			all = append(all, used[from:i+1])
			from = i + 1
		}
	}
	return all
}

func widths(face Face) []byte {
	b := []byte{'['}
	for _, run := range runs(face.Used, 256) {
		b = fmt.Appendf(b, "%d [", run[0])
		for _, r := range run {
			b = fmt.Appendf(b, "%d ", face.Font.Advance(r))
		}
		b[len(b)-1] = ']'
		b = append(b, ' ')
	}
	return append(b, ']')
}

// glyphMap leads from characters to glyphs, two bytes each, up to the last one used.
func glyphMap(face Face) []byte {
	b := make([]byte, 2*(int(face.Used[len(face.Used)-1])+1))
	for _, r := range face.Used {
		binary.BigEndian.PutUint16(b[2*r:], face.Font.Glyph(r))
	}
	return b
}

// unicodeMap says which character each code is: the one of the same number.
func unicodeMap(used []rune) []byte {
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // ranges in one block
	for block := range slices.Chunk(runs(used, 256), most) {
		b = fmt.Appendf(b, "%d beginbfrange\n", len(block))
		for _, run := range block {
			b = fmt.Appendf(b, "<%04X> <%04X> <%04X>\n", run[0], run[len(run)-1], run[0])
		}
		b = append(b, "endbfrange\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
