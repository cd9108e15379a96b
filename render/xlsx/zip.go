package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"
)

// sortedZip writes a workbook's parts in the order of their names and without
// times. Excelize takes some of them from a map, in another order each run. Each
// part is packed as it comes, so that only packed bytes wait.
type sortedZip struct {
	w     io.Writer
	flate *flate.Writer
	parts []*part
}

// part is one packed part.
type part struct {
	name   string
	packed bytes.Buffer
	flate  *flate.Writer
	crc    uint32
	size   uint64
}

func newSortedZip(w io.Writer) excelize.ZipWriter { return &sortedZip{w: w} }

// Create starts the next part; the one before it is complete, so one packer serves them all.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	if z.flate == nil {
		z.flate, _ = packers.Get().(*flate.Writer)
	}
	p := &part{name: name, flate: z.flate}
	p.flate.Reset(&p.packed)
	z.parts = append(z.parts, p)
	return p, nil
}

var packers = sync.Pool{New: func() any { w, _ := flate.NewWriter(io.Discard, flate.DefaultCompression); return w }}

func (z *sortedZip) finish() error {
	if len(z.parts) == 0 {
		return nil
	}
	return z.parts[len(z.parts)-1].flate.Close()
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
