package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestFormulasGiveWhatTheySay has LibreOffice work out every formula of every
// report.xlsx of the samples and of the reference workbooks: each gives what it
// gave before.
func TestFormulasGiveWhatTheySay(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("LibreOffice takes long; run without -short")
	}
	for name, returns := range map[string]func(*testing.T) string{
		"samples":           func(t *testing.T) string { return absolute(t, "../../samples") },
		"shared":            sharedReturns,
		"otherwise counted": func(t *testing.T) string { return countedOtherwise(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			runAs(t, dir, nil, "run", "--out", "packs", returns(t))
			books := map[string][]byte{}
			for i, file := range reportBooks(t, filepath.Join(dir, "packs")) {
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				books[fmt.Sprintf("%02d.xlsx", i)] = b
			}
			after := recalculate(t, books)
			for name, before := range books {
				if n := compareFormulas(t, name, before, after[name]); n < 40 {
					t.Errorf("%s has %d formulas, want one for each count", name, n)
				}
			}
		})
	}
}

// countedOtherwise are the samples with a scheme whose percentages leave states
// out, rounded otherwise, and a plan of a name that formulas could misread.
func countedOtherwise(t *testing.T) string {
	t.Helper()
	const odd = `'=Libraries* "and" ~ Culture?'`
	return samplesWith(t, "scheme: completed-expected", "percentages: {rounding: largest-remainder, less_than_one: true}\nscheme: on-course",
		`plans: [Environment, "Libraries and Culture"]`, `plans: [Environment, "Libraries and Culture", `+odd+"]",
		"    plan: Libraries and Culture", "    plan: "+odd)
}

// samplesWith is a copy of the samples with other texts in boardpack.yaml: old, new, old, new.
func samplesWith(t *testing.T, texts ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../samples")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "boardpack.yaml")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(texts); i += 2 {
		if !strings.Contains(string(b), texts[i]) {
			t.Fatalf("boardpack.yaml of the samples does not hold %q", texts[i])
		}
	}
	write(t, file, []byte(strings.NewReplacer(texts...).Replace(string(b))))
	return dir
}

// compareFormulas wants the same value of each formula and counts them.
func compareFormulas(t *testing.T, name string, before, after []byte) int {
	t.Helper()
	n := 0
	now := values(readWritten(t, after))
	for _, s := range readWritten(t, before).sheets {
		for _, c := range s.cells() {
			if c.Formula == "" {
				continue
			}
			n++
			if got := now[s.Name+"!"+c.Ref]; got != c.Value {
				t.Errorf("%s: %s!%s says %s, and %s gives %s", name, s.Name, c.Ref, c.Value, c.Formula, got)
			}
		}
	}
	return n
}

// values are what all formulas of a workbook gave when it was saved.
func values(b *writtenBook) map[string]string {
	all := map[string]string{}
	for _, s := range b.sheets {
		for _, c := range s.cells() {
			if c.Formula != "" {
				all[s.Name+"!"+c.Ref] = c.Value
			}
		}
	}
	return all
}

// recalculate has LibreOffice open workbooks, work out all formulas anew and save them.
func recalculate(t *testing.T, books map[string][]byte) map[string][]byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		const how = "soffice is not installed: apt-get install libreoffice-calc-nogui"
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	dir := t.TempDir()
	const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">` +
		`<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`
	write(t, filepath.Join(dir, "profile", "user", "registrymodifications.xcu"), []byte(always))
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile", "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out")}
	for name, b := range books {
		file := filepath.Join(dir, name)
		write(t, file, b)
		args = append(args, file)
	}
	if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	after := map[string][]byte{}
	for name := range books {
		if after[name], err = os.ReadFile(filepath.Join(dir, "out", name)); err != nil {
			t.Fatal(err)
		}
	}
	return after
}

func write(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestChangedLightIsCounted changes lights in the tables of all rows as somebody
// would at a desk: the counts of the board, of the plan and of movement follow.
func TestChangedLightIsCounted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	runAs(t, dir, nil, "run", "--out", "packs", absolute(t, "../../samples"))
	before, err := os.ReadFile(filepath.Join(dir, "packs", "2026-27", "Q2", "communities", "v1", "report.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	changed := recolour(t, before, "All actions", "HSG A02", "Red", "Green")
	changed = recolour(t, changed, "All indicators", "HSG 02", "Red", "Not due")
	after := map[string]*writtenBook{}
	for name, b := range recalculate(t, map[string][]byte{"before.xlsx": before, "after.xlsx": changed}) {
		after[name] = readWritten(t, b)
	}
	for _, c := range []struct {
		sheet, row, column string
		by                 float64
	}{
		{"Actions by light", "Red", "Number", -1},
		{"Actions by light", "Green", "Number", 1},
		{"Actions by light", "Total", "Number", 0},
		{"Actions by light", "Green", "Per cent of all 13 actions", 7.7},
		{"Indicators by light", "Red", "Number", -1},
		{"Indicators by light", "Not due", "Number", 1},
		{"Actions by plan", "Housing", "Green", 1},
		{"Actions by plan", "Housing", "Red", -1},
		{"Actions by plan", "Community Safety", "Green", 0},
		{"Movement of actions", "Amber", "Now red", -1},
		{"Movement of actions", "Amber", "Now green", 1},
	} {
		was, now := after["before.xlsx"].number(t, c.sheet, c.row, c.column), after["after.xlsx"].number(t, c.sheet, c.row, c.column)
		if diff := now - was - c.by; diff > 0.01 || diff < -0.01 {
			t.Errorf("%s, %s, %s: %v became %v, want %+v", c.sheet, c.row, c.column, was, now, c.by)
		}
	}
}

// recolour sets the light of the row of a reference and saves the workbook as another program would.
func recolour(t *testing.T, book []byte, sheet, ref, was, light string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	col := 0
	for i, row := range rows {
		for n, text := range row {
			if text == "Light" && col == 0 {
				col = n + 1
			}
		}
		if len(row) > 0 && row[0] == ref {
			cell, _ := excelize.CoordinatesToCellName(col, i+1)
			if row[col-1] != was {
				t.Fatalf("%s of %s is %s, want %s", cell, sheet, row[col-1], was)
			}
			if err := f.SetCellStr(sheet, cell, light); err != nil {
				t.Fatal(err)
			}
			b, err := f.WriteToBuffer()
			if err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatalf("%s has no row %s", sheet, ref)
	return nil
}

// number is the number in the column of a head, in the row that begins with a text.
func (b *writtenBook) number(t *testing.T, sheet, row, head string) float64 {
	t.Helper()
	shared := b.shared(t)
	text := func(c writtenCell) string {
		if c.Type == "s" {
			var i int
			fmt.Sscan(c.Value, &i)
			return shared[i]
		}
		return c.text()
	}
	for _, s := range b.sheets {
		if s.Name != sheet {
			continue
		}
		col, heads := 0, []string{}
		for _, r := range s.Rows {
			for i, c := range r.Cells {
				if heads = append(heads, text(c)); text(c) == head && col == 0 {
					col = i
				}
			}
			if col > 0 && text(r.Cells[0]) == row {
				var n float64
				if _, err := fmt.Sscan(r.Cells[col].Value, &n); err != nil {
					t.Fatalf("%s %s: %v", sheet, r.Cells[col].Ref, err)
				}
				return n
			}
		}
		t.Fatalf("%s has no %s in %s, only %s", sheet, head, row, strings.Join(heads, ", "))
	}
	t.Fatalf("there is no worksheet %s", sheet)
	return 0
}

// shared are the texts that cells name by their number.
func (b *writtenBook) shared(t *testing.T) []string {
	t.Helper()
	var list struct {
		Items []struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"si"`
	}
	b.xml(t, "xl/sharedStrings.xml", &list)
	var texts []string
	for _, item := range list.Items {
		texts = append(texts, item.Text+strings.Join(item.Runs, ""))
	}
	return texts
}
