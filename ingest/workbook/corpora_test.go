package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	if testing.Short() && corpus == "hostile" {
		out = eachEighth(out)
	}
	return out
}

// eachEighth thins the files out for a run under the race detector.
func eachEighth(files []string) []string {
	var out []string
	for i := 0; i < len(files); i += 8 {
		out = append(out, files[i])
	}
	return out
}

// readWatched reads a file that has some time, and gives up long after it. A
// panic that escapes is an error, and so is one that Read had to catch.
func readWatched(name string, b []byte, words *Vocabulary, limit time.Duration) (ret ingest.Return, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v", p)
			}
		}()
		end := time.Now().Add(limit)
		ret, _ = Read(name, b, Options{Words: words, Stop: func() bool { return time.Now().After(end) }}) // what is wrong stands in the findings
	}()
	select {
	case <-done:
	case <-time.After(3 * time.Minute):
		return ret, errors.New("it hangs: no reading after 3 minutes")
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

// slowness is how many times slower than ours a machine may be, with the race detector and all.
const slowness = 10

// TestNoWorkbookOfTheCorporaStopsTheReader reads every workbook of the
// corpora, each within 2 seconds (on a machine like ours) and the default limits. What is not read as a return has to say so in a finding.
func TestNoWorkbookOfTheCorporaStopsTheReader(t *testing.T) {
	words := vocabulary(t)
	for _, corpus := range []string{"real", "hostile"} {
		files, rows, refused := 0, 0, 0
		for _, file := range corporaFiles(t, corpus) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			ret, err := readWatched(filepath.Base(file), b, words, 2*time.Second*slowness)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			files++
			n := len(ret.Actions) + len(ret.Indicators) + len(ret.Risks) + len(ret.Narrative)
			rows += n
			if n == 0 {
				refused++
			}
			if len(ret.Findings) > 0 && slices.Contains([]string{"file-takes-too-long", "file-too-large"}, ret.Findings[0].Check) {
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

// explainedDifferences are the workbooks of which the library reads other cells, and why.
var explainedDifferences = map[string]string{
	"empty_s_attribute.xlsx": "the library stops, without an error, at the first cell whose attribute s is empty",
}

// TestScannedCellsAgreeWithTheLibrary compares our scanner's cells with those
// that excelize gives raw, over every workbook that both read. A cell differs
// only where part of its text is struck through, or for a reason that stands above.
func TestScannedCellsAgreeWithTheLibrary(t *testing.T) {
	for _, corpus := range []string{"real", "hostile"} {
		cells, books, struck, explained := 0, 0, 0, 0
		for _, file := range corporaFiles(t, corpus) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := compareScan(b)
			cells += c.cells
			struck += c.struck
			if c.cells > 0 {
				books++
			}
			if why := explainedDifferences[filepath.Base(file)]; why != "" {
				explained += len(c.differ)
				continue
			}
			for _, d := range c.differ[:min(len(c.differ), 3)] {
				t.Errorf("%s: %s", file, d)
			}
		}
		t.Logf("%s: %d cells of %d workbooks compared; %d are struck through in part, %d differ for a known reason", corpus, cells, books, struck, explained)
	}
}

// agreement is what came of comparing two readers.
type agreement struct {
	cells, struck int
	differ        []string
}

// compareScan compares the sheets of a workbook that both can read.
func compareScan(b []byte) (c agreement) {
	defer func() {
		if p := recover(); p != nil {
			c.differ = append(c.differ, fmt.Sprintf("panic of the library: %v", p))
		}
	}()
	bk, err := open(b, newBudget(Limits{}, nil))
	if err != nil {
		return c
	}
	defer bk.close()
	lib, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: 512 << 20, UnzipXMLSizeLimit: 256 << 20})
	if err != nil {
		return c
	}
	defer lib.Close()
	for _, p := range bk.sheets {
		if s, err := bk.scan(p); err == nil {
			c.compareSheet(lib, p.name, s)
		}
	}
	return c
}

func (c *agreement) compareSheet(lib *excelize.File, name string, s *sheet) {
	rows, err := lib.Rows(name)
	if err != nil {
		return // the library does not read it
	}
	defer rows.Close()
	seen := map[spot]bool{}
	for row := 1; rows.Next(); row++ {
		cols, err := rows.Columns()
		if err != nil {
			c.differ = append(c.differ, fmt.Sprintf("%s row %d: the library says %v", name, row, err))
			return
		}
		for i, want := range cols {
			got := s.at(row, i+1)
			if want == "" && got.raw == "" {
				continue
			}
			c.cells++
			seen[spot{row, i + 1}] = true
			switch {
			case ingest.Clean(got.raw) == ingest.Clean(want): // line ends and spaces at the ends may differ
			case got.struck == partStruck && len(got.raw) < len(want):
				c.struck++ // what is struck through is left out, which is told
			default:
				c.differ = append(c.differ, fmt.Sprintf("%s!%s is %q, the library has %q", name, cellName(row, i+1), got.raw, want))
			}
		}
	}
	for _, cl := range s.cells {
		if cl.raw != "" && !seen[spot{cl.row(), cl.col()}] {
			c.cells++
			c.differ = append(c.differ, fmt.Sprintf("%s!%s is %q, the library has nothing", name, cellName(cl.row(), cl.col()), cl.raw))
		}
	}
}
