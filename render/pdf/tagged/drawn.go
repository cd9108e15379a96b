package tagged

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
)

// errForm tells that the bytes are not what gofpdf v1.16.2 writes.
var errForm = errors.New("finish pdf: the pages are not in gofpdf's form")

var (
	kidsOf     = regexp.MustCompile(`/Kids \[((?:\d+ 0 R )*)\]`)
	contentsOf = regexp.MustCompile(`/Contents (\d+) 0 R>>`)
	lengthOf   = regexp.MustCompile(`^<</Length (\d+)>>\nstream\n`)
)

// drawing is gofpdf's output with the places of its objects.
type drawing struct {
	bytes   []byte
	offsets []int // by object number
}

// pageStreams are the contents of gofpdf's pages in their order.
func pageStreams(drawn []byte) ([][]byte, error) {
	d := drawing{bytes: drawn}
	if err := d.readOffsets(); err != nil {
		return nil, err
	}
	kids := kidsOf.FindSubmatch(d.object(1))
	if kids == nil {
		return nil, errForm
	}
	var streams [][]byte
	for _, word := range bytes.Fields(bytes.ReplaceAll(kids[1], []byte(" 0 R"), nil)) {
		stream, err := d.pageStream(word)
		if err != nil {
			return nil, err
		}
		streams = append(streams, stream)
	}
	return streams, nil
}

// readOffsets reads the cross-reference table: a line of twenty bytes for each object.
func (d *drawing) readOffsets() error {
	at := bytes.LastIndex(d.bytes, []byte("\nstartxref\n"))
	if at < 0 {
		return errForm
	}
	line, _, _ := bytes.Cut(d.bytes[at+len("\nstartxref\n"):], []byte("\n"))
	from, err := strconv.Atoi(string(line))
	if err != nil || from < 0 || from >= at {
		return errForm
	}
	lines := bytes.Split(d.bytes[from:at], []byte("\n"))
	if len(lines) < 3 || string(lines[0]) != "xref" {
		return errForm
	}
	for _, l := range lines[2:] {
		if len(l) < 18 {
			break
		}
		offset, err := strconv.Atoi(string(l[:10]))
		if err != nil || offset >= from {
			return errForm
		}
		d.offsets = append(d.offsets, offset)
	}
	return nil
}

// object is an object's bytes after its number, with all that follows in the file.
func (d *drawing) object(n int) []byte {
	if n <= 0 || n >= len(d.offsets) {
		return nil
	}
	_, rest, _ := bytes.Cut(d.bytes[d.offsets[n]:], []byte(" 0 obj\n"))
	return rest
}

func (d *drawing) pageStream(page []byte) ([]byte, error) {
	n, err := strconv.Atoi(string(page))
	if err != nil {
		return nil, errForm
	}
	head, _, _ := bytes.Cut(d.object(n), []byte("\nendobj"))
	m := contentsOf.FindSubmatch(head)
	if m == nil {
		return nil, errForm
	}
	n, _ = strconv.Atoi(string(m[1]))
	body := d.object(n)
	length := lengthOf.FindSubmatch(body)
	if length == nil {
		return nil, errForm
	}
	size, err := strconv.Atoi(string(length[1]))
	if body = body[len(length[0]):]; err != nil || size > len(body) || !bytes.HasPrefix(body[size:], []byte("\nendstream")) {
		return nil, errForm
	}
	return body[:size], nil
}
