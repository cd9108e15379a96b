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

	"github.com/xuri/excelize/v2"
)

// sortedZip writes a workbook's parts in the order of their names and without
// times. Excelize takes some of them from a map, in another order each run. Each
// part is packed as it comes, so that only packed bytes wait.
type sortedZip struct {
	w     io.Writer
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

// Create starts the next part; the one before it is complete.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	var err error
	p.flate, err = flate.NewWriter(&p.packed, flate.DefaultCompression)
	z.parts = append(z.parts, p)
	return p, err
}

// AddFS is part of the interface; a workbook never needs it.
func (z *sortedZip) AddFS(fs.FS) error { return errors.New("a workbook takes no folder") }

// Close writes the parts.
func (z *sortedZip) Close() error {
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
	if err := p.flate.Close(); err != nil {
		return err
	}
	w, err := zw.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: p.crc,
		CompressedSize64: uint64(p.packed.Len()), UncompressedSize64: p.size})
	if err != nil {
		return err
	}
	_, err = p.packed.WriteTo(w)
	return err
}
