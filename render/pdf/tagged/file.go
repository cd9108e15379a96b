package tagged

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// ref is an object's number, written as a reference to it.
type ref int

// String is the reference as PDF writes it: "12 0 R".
func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// file collects objects and writes them: streams each for itself, all others
// together in object streams (pack.go).
type file struct {
	objects []object
	lines   map[kind]int // the width of a line, of kinds that have lines
	zip     *zlib.Writer
	zipped  bytes.Buffer
}

// object is a value, or the dictionary of a stream, without its brackets, with
// the stream's bytes.
type object struct {
	body   []byte
	stream []byte
	kind   kind
}

// level is of compression; the highest, 9, takes a quarter longer and saves less than a hundredth.
const level = 8

func newFile() *file {
	f := &file{lines: map[kind]int{lists: refWidth + 1}}
	f.zip, _ = zlib.NewWriterLevel(&f.zipped, level)
	return f
}

// reserve takes a number for an object that is set later.
func (f *file) reserve() ref {
	f.objects = append(f.objects, object{})
	return ref(len(f.objects))
}

func (f *file) set(r ref, body []byte) { f.objects[r-1].body = body }

// setAs sets an object that has many of its kind.
func (f *file) setAs(k kind, r ref, body []byte) { f.objects[r-1] = object{body: body, kind: k} }

func (f *file) add(body []byte) ref {
	f.objects = append(f.objects, object{body: body})
	return ref(len(f.objects))
}

// stream adds a compressed stream. entries stand in its dictionary before what it needs itself.
func (f *file) stream(entries string, data []byte) ref {
	f.objects = append(f.objects, f.compressed(entries, data))
	return ref(len(f.objects))
}

func (f *file) compressed(entries string, data []byte) object {
	f.zipped.Reset()
	f.zip.Reset(&f.zipped)
	f.zip.Write(data)
	f.zip.Close() // a bytes.Buffer takes everything
	packed := bytes.Clone(f.zipped.Bytes())
	return object{body: fmt.Appendf(nil, "%s/Filter/FlateDecode/Length %d", entries, len(packed)), stream: packed}
}

// plain adds a stream that readers want to find without unpacking: metadata.
func (f *file) plain(entries string, data []byte) ref {
	f.objects = append(f.objects, object{body: fmt.Appendf(nil, "%s/Length %d", entries, len(data)), stream: data})
	return ref(len(f.objects))
}

// spot is where an object is: at an offset in the file, or at an index in an object stream.
type spot struct {
	pack int // number of the object stream; 0 for an object of its own
	at   int
}

// row is the spot in the cross-reference stream: a kind, an offset or the number
// of an object stream, and an index in it.
func (s spot) row() (row [7]byte) {
	kind, first, second := byte(1), s.at, 0
	if s.pack > 0 {
		kind, first, second = 2, s.pack, s.at
	}
	row[0] = kind
	binary.BigEndian.PutUint32(row[1:], uint32(first))
	binary.BigEndian.PutUint16(row[5:], uint16(second))
	return row
}

// bytes writes the file. Its ID is the hash of all that stands before it, so
// that equal files have equal IDs and no others do.
func (f *file) bytes(catalog, info ref) []byte {
	spots := make([]spot, len(f.objects))
	f.pack(spots)
	out := []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	for i, o := range f.objects {
		if o.stream == nil {
			continue
		}
		if i < len(spots) {
			spots[i].at = len(out)
		} else {
			spots = append(spots, spot{at: len(out)})
		}
		out = appendStream(out, i+1, o)
	}
	return f.appendIndex(out, spots, catalog, info)
}

func appendStream(out []byte, n int, o object) []byte {
	out = fmt.Appendf(out, "%d 0 obj\n<<%s>>\nstream\n", n, o.body)
	return append(append(out, o.stream...), "\nendstream\nendobj\n"...)
}

// appendIndex writes the cross-reference stream (7.5.8), a row for each object.
func (f *file) appendIndex(out []byte, spots []spot, catalog, info ref) []byte {
	from := len(out)
	self := len(spots) + 1
	index := []byte{5: 0xff, 6: 0xff}
	for _, s := range append(spots, spot{at: from}) {
		row := s.row()
		index = append(index, row[:]...)
	}
	id := sha256.Sum256(out)
	entries := fmt.Sprintf("/Type /XRef /Size %d /W [1 4 2] /DecodeParms <</Predictor 12 /Columns 7>> /Root %v /Info %v /ID [<%x><%x>] ", self+1, catalog, info, id[:16], id[:16])
	out = appendStream(out, self, f.compressed(entries, differences(index, 7)))
	return fmt.Appendf(out, "startxref\n%d\n%%%%EOF\n", from)
}

func array(refs []ref) []byte {
	b := []byte{'['}
	for i, r := range refs {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(strconv.AppendInt(b, int64(r), 10), " 0 R"...)
	}
	return append(b, ']')
}

// number writes a measure to a hundredth of a point.
func number(v float64) string {
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// text writes a text string: as it is where it is plain ASCII, and otherwise in UTF-16.
func text(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] >= ' ' && s[i] <= '~' && s[i] != '(' && s[i] != ')' && s[i] != '\\'
	}
	if plain {
		return "(" + s + ")"
	}
	b := []byte("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		b = fmt.Appendf(b, "%04X", unit)
	}
	return string(append(b, '>'))
}
