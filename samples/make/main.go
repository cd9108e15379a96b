// Command make turns the invented figures of Fernhill Borough Council, which
// stand in this folder, into the sample workbooks beside it:
//
//	go run ./samples/make
//
// The same program writes the same bytes, so a change shows in the diff.
// Nothing in the samples is real: no council, no officer, no figure.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	folder := "samples"
	switch {
	case len(os.Args) == 2 && !strings.HasPrefix(os.Args[1], "-"):
		folder = os.Args[1]
	case len(os.Args) > 1:
		fmt.Fprintln(os.Stderr, "usage: go run ./samples/make [FOLDER]; without a folder it is", folder)
		os.Exit(2)
	}
	if err := write(folder); err != nil {
		fmt.Fprintln(os.Stderr, "make samples:", err)
		os.Exit(1)
	}
}

// workbook is one sample and the function that fills it.
type workbook struct {
	path string // below the samples folder
	fill func(*book)
}

// workbooks lists every sample; Quarter 1 stands before Quarter 2.
func workbooks() []workbook {
	all := []workbook{{"2026-27/Fernhill service plans 2026-27.xlsx", fillPlan}}
	for q := 1; q <= 2; q++ {
		folder := fmt.Sprintf("2026-27/Q%d/", q)
		all = append(all,
			workbook{fmt.Sprintf("%sHousing Q%d 2026-27.xlsx", folder, q), func(b *book) { fillHousing(b, q) }},
			workbook{fmt.Sprintf("%sCommunity Safety monitoring Q%d.xlsx", folder, q), func(b *book) { fillSafety(b, q) }},
			workbook{folder + "Env monitoring 2026-27.xlsx", func(b *book) { fillEnvironment(b, q) }},
			workbook{fmt.Sprintf("%slibraries and culture Q%d 2026-27.xlsx", folder, q), func(b *book) { fillLibraries(b, q) }},
		)
	}
	return all
}

func write(folder string) error {
	for _, w := range workbooks() {
		bytes, err := w.bytes()
		if err != nil {
			return fmt.Errorf("make %s: %w", w.path, err)
		}
		path := filepath.Join(folder, filepath.FromSlash(w.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, bytes, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (w workbook) bytes() ([]byte, error) {
	b := newBook()
	w.fill(b)
	return b.bytes()
}
