package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"
)

// sorted is a zip writer that puts parts in a fixed order with a fixed time:
// excelize hands them over in the order of a map.
type sorted struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
}

// written is the time in every part and in the properties of every workbook.
var written = time.Date(2026, time.October, 12, 9, 0, 0, 0, time.UTC)

func newSorted(w io.Writer) *sorted {
	return &sorted{w, map[string]*bytes.Buffer{}}
}

// Create keeps a part until Close.
func (s *sorted) Create(name string) (io.Writer, error) {
	b := new(bytes.Buffer)
	s.parts[name] = b
	return b, nil
}

// AddFS is part of what excelize asks for and never used by it here.
func (s *sorted) AddFS(fs.FS) error {
	return fmt.Errorf("add files of a folder: the samples have none")
}

// Close writes all parts, the list of content types first, as Excel does.
func (s *sorted) Close() error {
	names := make([]string, 0, len(s.parts))
	for name := range s.parts {
		names = append(names, name)
	}
	slices.Sort(names) // "[" sorts before the letters that other parts begin with, save "_"
	z := zip.NewWriter(s.to)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: written})
		if err != nil {
			return err
		}
		if _, err := w.Write(s.parts[name].Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}
