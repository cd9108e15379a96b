package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// rewritten writes a workbook's archive again. Each part goes through change,
// which gives its new data, and false to leave it out; more may add parts.
func rewritten(ts *testscript.TestScript, book string, change func(name string, data []byte) ([]byte, bool), more func(*zip.Writer)) []byte {
	old, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	ts.Check(err)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range old.File {
		if change == nil {
			ts.Check(z.Copy(f))
			continue
		}
		r, err := f.Open()
		ts.Check(err)
		data, err := io.ReadAll(r)
		ts.Check(err)
		ts.Check(r.Close())
		if data, ok := change(f.Name, data); ok {
			w, err := z.Create(f.Name)
			ts.Check(err)
			_, err = w.Write(data)
			ts.Check(err)
		}
	}
	if more != nil {
		more(z)
	}
	ts.Check(z.Close())
	return b.Bytes()
}

// spoiltSheet takes the data of a workbook's second sheet out, or its end.
func spoiltSheet(ts *testscript.TestScript, book string, half bool) []byte {
	return rewritten(ts, book, func(name string, data []byte) ([]byte, bool) {
		if name != "xl/worksheets/sheet2.xml" {
			return data, true
		}
		return data[:bytes.LastIndex(data, []byte("<row"))], half
	}, nil)
}

func withParts(ts *testscript.TestScript, book string, n int) []byte {
	return rewritten(ts, book, nil, func(z *zip.Writer) {
		for i := range n {
			_, err := z.Create(fmt.Sprintf("custom/item%d.xml", i))
			ts.Check(err)
		}
	})
}

// swollen adds a part of zeros to a workbook. One compressed megabyte, ended
// at a whole byte, is written again and again: nothing of that size is packed.
func swollen(ts *testscript.TestScript, book string, megabytes int) []byte {
	zeros := make([]byte, 1<<20)
	var packed, end bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.DefaultCompression)
	ts.Check(err)
	_, err = w.Write(zeros)
	ts.Check(err)
	ts.Check(w.Flush())
	w.Reset(&end)
	ts.Check(w.Close())
	sum := uint32(0)
	for range megabytes {
		sum = crc32.Update(sum, crc32.IEEETable, zeros)
	}
	return rewritten(ts, book, nil, func(z *zip.Writer) {
		part, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("xl/media/picture%d.bmp", len(book)), Method: zip.Deflate, CRC32: sum,
			CompressedSize64: uint64(packed.Len()*megabytes + end.Len()), UncompressedSize64: uint64(megabytes << 20)})
		ts.Check(err)
		_, err = part.Write(append(bytes.Repeat(packed.Bytes(), megabytes), end.Bytes()...))
		ts.Check(err)
	})
}
