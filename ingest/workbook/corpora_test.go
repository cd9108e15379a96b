package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"boardpack/ingest"

	"github.com/xuri/excelize/v2"
)

// corporaFiles lists the workbooks of a corpus, which not every machine has.
func corporaFiles(t *testing.T, corpus string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(sharedRoot(), "corpora", corpus), func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the corpora are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// readWatched reads a file that has 5 seconds, and gives up after 20. A panic
// that escapes is an error, and so is one that Read had to catch.
func readWatched(name string, b []byte, words *Vocabulary) (ret ingest.Return, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v", p)
			}
		}()
		end := time.Now().Add(5 * time.Second)
		ret, _ = Read(name, b, Options{Words: words, Stop: func() bool { return time.Now().After(end) }}) // what is wrong stands in the findings
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		return ret, errors.New("it hangs: no reading after 20 seconds")
	}
	if err != nil {
		return ret, err
	}
	for _, f := range ret.Findings {
		if strings.HasPrefix(f.Saw, "the workbook could not be read: ") {
			return ret, fmt.Errorf("a panic was caught: %s", f.Saw)
		}
	}
	return ret, nil
}

// TestNoWorkbookOfTheCorporaStopsTheReader reads every workbook of the
// corpora. What is not read as a return has to say so in a finding.
func TestNoWorkbookOfTheCorporaStopsTheReader(t *testing.T) {
	words := vocabulary(t)
	for _, corpus := range []string{"real", "hostile"} {
		files, rows, refused := 0, 0, 0
		for _, file := range corporaFiles(t, corpus) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			ret, err := readWatched(filepath.Base(file), b, words)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Logf("%s: %v", file, took.Round(10*time.Millisecond))
			}
			files++
			n := len(ret.Actions) + len(ret.Indicators) + len(ret.Risks) + len(ret.Narrative)
			rows += n
			if n == 0 {
				refused++
			}
			if len(ret.Findings) > 0 && ret.Findings[0].Check == "file-takes-too-long" {
				t.Errorf("%s: %s", file, ret.Findings[0].Saw)
			}
			if n == 0 && !ret.Nil && len(ret.Findings) == 0 {
				t.Errorf("%s: nothing was read and nothing said", file)
			}
			checkPlaces(t, file, ret)
		}
		t.Logf("%s: %d files, %d rows, %d files without any", corpus, files, rows, refused)
	}
}

// checkPlaces asks that every row has its cell, that every finding says what
// to do, and that no row with a reference of its own is read twice.
func checkPlaces(t *testing.T, file string, ret ingest.Return) {
	t.Helper()
	seen := map[string]int{}
	for _, r := range everyRow(ret) {
		if r.row.Cell == "" || r.row.Workbook != ret.Name {
			t.Errorf("%s: row %q has the place %v", file, r.row.Title.Value, r.row.Place)
		}
		key := fmt.Sprintf("%s %s %s", r.row.Place, r.row.Title.Cell, kindOf(r))
		if r.row.Ref.IsZero() || r.row.Title.Cell == "" {
			continue // a title that is merged downwards names several rows
		}
		if seen[key]++; seen[key] == 2 {
			t.Errorf("%s: row %s was read twice", file, key)
		}
	}
	for _, f := range ret.Findings {
		if f.Workbook != ret.Name || f.Saw == "" || f.Advice == "" || f.Check == "" {
			t.Errorf("%s: finding %+v", file, f)
		}
	}
}

func kindOf(r anyRow) string {
	switch {
	case r.action != nil:
		return "action"
	case r.indicator != nil:
		return "indicator " + r.indicator.Part
	}
	return "risk"
}

// TestScannedCellsAgreeWithTheLibrary compares our scanner's cells with those
// that excelize gives raw, over every workbook that both read.
func TestScannedCellsAgreeWithTheLibrary(t *testing.T) {
	cells, differ, books := 0, 0, 0
	for _, corpus := range []string{"real", "hostile"} {
		for _, file := range corporaFiles(t, corpus) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(b) > 3<<20 {
				continue
			}
			n, bad := compareScan(b)
			cells += n
			if n > 0 {
				books++
			}
			for i, d := range bad {
				if i == 3 {
					t.Logf("%s: and %d more", filepath.Base(file), len(bad)-i)
					break
				}
				t.Logf("%s: %s", filepath.Base(file), d)
			}
			differ += len(bad)
		}
	}
	t.Logf("%d cells of %d workbooks compared, %d differ", cells, books, differ)
	if cells > 0 && differ*100 > cells {
		t.Errorf("more than one cell in a hundred differs")
	}
}

// compareScan gives how many cells were compared and which differ.
func compareScan(b []byte) (n int, bad []string) {
	defer func() {
		if p := recover(); p != nil {
			bad = append(bad, fmt.Sprintf("panic of the library: %v", p))
		}
	}()
	bk, err := open(b, newBudget(Limits{}, nil))
	if err != nil {
		return 0, nil
	}
	defer bk.close()
	lib, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: 512 << 20, UnzipXMLSizeLimit: 256 << 20})
	if err != nil {
		return 0, nil
	}
	defer lib.Close()
	for _, p := range bk.sheets {
		s, err := bk.scan(p)
		if err != nil || s.lastRow > 20_000 {
			continue
		}
		m, diff := compareSheet(lib, p.name, s)
		n += m
		bad = append(bad, diff...)
	}
	return n, bad
}

func compareSheet(lib *excelize.File, name string, s *sheet) (n int, bad []string) {
	rows, err := lib.Rows(name)
	if err != nil {
		return 0, []string{fmt.Sprintf("%s: the library cannot read it: %v", name, err)}
	}
	defer rows.Close()
	seen := map[spot]bool{}
	for row := 1; rows.Next(); row++ {
		cols, err := rows.Columns()
		if err != nil {
			return n, append(bad, fmt.Sprintf("%s row %d: the library says %v", name, row, err))
		}
		for i, want := range cols {
			got := s.at(row, i+1)
			if want == "" && got.raw == "" {
				continue
			}
			n++
			seen[spot{row, i + 1}] = true
			if ingest.Clean(got.raw) != ingest.Clean(want) { // line ends and spaces at the ends may differ
				bad = append(bad, fmt.Sprintf("%s!%s is %q, the library has %q", name, cellName(row, i+1), got.raw, want))
			}
		}
	}
	for _, c := range s.cells {
		if c.raw != "" && !seen[spot{c.row, c.col}] {
			n++
			bad = append(bad, fmt.Sprintf("%s!%s is %q, the library has nothing", name, cellName(c.row, c.col), c.raw))
		}
	}
	return n, bad
}
