package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// sortedZip writes a workbook's parts in the order of their names and without
// times. Excelize takes some of them from a map, in another order each run. Each
// part is packed as it comes, so that only packed bytes wait.
type sortedZip struct {
	w     io.Writer
	flate *flate.Writer
	parts []*part
	edits map[string]edit // by the name of a part
}

// edit writes a part that excelize made, changed, to w.
type edit func(w io.Writer, made []byte) error

// sortedTypes puts the kinds of files in order, which excelize takes from a map,
// and leaves out those of pictures, for there are none.
func sortedTypes(w io.Writer, made []byte) error {
	kinds := defaultType.FindAll(made, -1)
	if len(kinds) == 0 {
		_, err := w.Write(made)
		return err
	}
	at := bytes.Index(made, kinds[0])
	kinds = slices.DeleteFunc(kinds, func(k []byte) bool { return bytes.Contains(k, []byte(`"image/`)) })
	slices.SortFunc(kinds, bytes.Compare)
	rest := defaultType.ReplaceAll(made[at:], nil)
	_, err := w.Write(slices.Concat(made[:at], bytes.Join(kinds, nil), rest))
	return err
}

var defaultType = regexp.MustCompile(`<Default [^>]*?(/>|></Default>)`)

// part is one packed part.
type part struct {
	name   string
	packed bytes.Buffer
	flate  *flate.Writer
	crc    uint32
	size   uint64
	edit   edit
	made   []byte // waits for the edit
}

// Create starts the next part; the one before it is complete, so one packer serves them all.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	if z.flate == nil {
		z.flate, _ = packers.Get().(*flate.Writer)
	}
	p := &part{name: name, flate: z.flate, edit: z.edits[name]}
	p.flate.Reset(&p.packed)
	z.parts = append(z.parts, p)
	if p.edit != nil {
		return (*waiting)(p), nil
	}
	return p, nil
}

var packers = sync.Pool{New: func() any { w, _ := flate.NewWriter(io.Discard, flate.DefaultCompression); return w }}

func (z *sortedZip) finish() error {
	if len(z.parts) == 0 {
		return nil
	}
	p := z.parts[len(z.parts)-1]
	if p.edit != nil {
		if err := p.edit(p, p.made); err != nil {
			return err
		}
		p.made = nil
	}
	return p.flate.Close()
}

// AddFS is part of the interface; a workbook never needs it.
func (z *sortedZip) AddFS(fs.FS) error { return errors.New("a workbook takes no folder") }

// Close writes the parts.
func (z *sortedZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	if z.flate != nil {
		packers.Put(z.flate)
	}
	slices.SortFunc(z.parts, func(a, b *part) int { return strings.Compare(a.name, b.name) })
	zw := zip.NewWriter(z.w)
	for _, p := range z.parts {
		if err := p.writeTo(zw); err != nil {
			return err
		}
	}
	return zw.Close()
}

// waiting takes in a part that is to be changed.
type waiting part

func (p *waiting) Write(b []byte) (int, error) {
	p.made = append(p.made, b...)
	return len(b), nil
}

// Write packs bytes of the part.
func (p *part) Write(b []byte) (int, error) {
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b)
	p.size += uint64(len(b))
	return p.flate.Write(b)
}

func (p *part) writeTo(zw *zip.Writer) error {
	w, err := zw.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: p.crc,
		CompressedSize64: uint64(p.packed.Len()), UncompressedSize64: p.size})
	if err != nil {
		return err
	}
	_, err = p.packed.WriteTo(w)
	return err
}
