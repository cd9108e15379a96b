package tagged

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// kind is what many objects have in common, whose texts then are nearly equal.
type kind int

const (
	single kind = iota
	rows        // TR
	cells       // TH and TD
	lists       // of references, a line each
	names       // with references
	kinds
)

const (
	fewOfAKind = 24     // objects, which are not worth an object stream of their own
	packSize   = 10_000 // objects in one object stream: a reader unpacks all for one
	widestLine = 128    // bytes; the few objects that are longer have several lines
)

// refWidth is a reference's width where it is to stand under another one.
const refWidth = len("123456 0 R")

// aligned is a reference so wide.
func (r ref) aligned() string { return fmt.Sprintf("%*v", refWidth, r) }

// pack puts all values into object streams (PDF 1.7, 7.5.7), which come after
// the other objects.
//
// The rows and cells of tables, which are most of what a report has, go into
// streams by their kind, each in lines of one width of which only the differences
// to the line above are compressed (7.4.4.4), as in a cross-reference stream: from
// cell to cell hardly anything changes. That is a third of their size otherwise.
func (f *file) pack(spots []spot) {
	var members [kinds][]ref
	for i := range spots {
		if o := f.objects[i]; o.stream == nil {
			members[o.kind] = append(members[o.kind], ref(i+1))
		}
	}
	for k := rows; k < kinds; k++ {
		if len(members[k]) < fewOfAKind && (k == rows || k == cells) {
			members[single] = append(members[single], members[k]...)
			continue
		}
		for part := range slices.Chunk(members[k], packSize) {
			f.packAs(part, f.lineWidth(k, part), spots)
		}
	}
	for part := range slices.Chunk(members[single], packSize) {
		f.packAs(part, 0, spots)
	}
}

// lineWidth is the width of the objects of a kind, or of a line in what has a line for each reference.
func (f *file) lineWidth(k kind, members []ref) int {
	if k == lists || k == names {
		return f.lines[k]
	}
	widest := 0
	for _, r := range members {
		widest = max(widest, len(f.objects[r-1].body)+1)
	}
	return min(widest, widestLine)
}

// packAs writes one object stream, in lines of a width, or without lines where it is 0.
func (f *file) packAs(members []ref, width int, spots []spot) {
	number := ref(len(f.objects) + 1)
	var values []byte
	offsets := make([]int, len(members))
	for i, r := range members {
		spots[r-1], offsets[i] = spot{int(number), i}, len(values)
		values = append(append(values, f.objects[r-1].body...), ' ')
		values = filled(values, width)
	}
	index := packIndex(members, offsets, width, len(values))
	entries := fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(members), len(index))
	all := append(index, values...)
	if width > 0 {
		entries += fmt.Sprintf("/DecodeParms<</Predictor 12/Columns %d>>", width)
		all = differences(all, width)
	}
	f.objects = append(f.objects, f.compressed(entries, all))
}

// packIndex says where each object stands; in whole pairs a line, where there are lines.
func packIndex(members []ref, offsets []int, width, last int) []byte {
	digits := 0
	if width > 0 {
		digits = len(strconv.Itoa(max(last, int(members[len(members)-1]))))
	}
	var b []byte
	for i, r := range members {
		if width > 0 && width-len(b)%width < 2*digits+2 {
			b = filled(b, width)
		}
		b = fmt.Appendf(b, "%*d %*d ", digits, int(r), digits, offsets[i])
	}
	return filled(b, width)
}

// filled ends the last line with spaces.
func filled(b []byte, width int) []byte {
	if width == 0 || len(b)%width == 0 {
		return b
	}
	return append(b, bytes.Repeat([]byte{' '}, width-len(b)%width)...)
}

// list is an array with a line for each reference.
func (f *file) list(refs []ref) []byte {
	b := filled([]byte{'['}, f.lines[lists])
	for _, r := range refs {
		b = append(append(b, r.aligned()...), ' ')
	}
	return append(b, ']')
}

// differences writes each line as what its bytes are more than those above,
// after a byte that says so (PNG's filter Up).
func differences(lines []byte, width int) []byte {
	out := make([]byte, 0, len(lines)+len(lines)/width)
	above := make([]byte, width)
	for from := 0; from < len(lines); from += width {
		line := lines[from : from+width]
		out = append(out, 2)
		for i, v := range line {
			out = append(out, v-above[i])
		}
		above = line
	}
	return out
}
