package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"boardpack/transform"
	"boardpack/transform/changes"
)

var update = flag.Bool("update", false, "write the golden files")

// contract is the table of outputs.md: file, then columns in order, those of
// the working edition with a star.
var contract = map[string]string{
	"actions.csv":    "year, quarter, ref, title, directorate, plan, objective, priority, due, first_due, redated, status, officer, light, reason, rule, *computed, *declared, *override, previous, movement, forecast, comment, indicators, risks, *workbook, *sheet, *cell, *sha256",
	"indicators.csv": "year, quarter, ref, alias, title, directorate, plan, objective, priority, class, counted, unit, decimals, polarity, basis, period, target, year_target, outturn, qualifier, year_to_date, last_year, benchmark, officer, light, reason, rule, *computed, *declared, *override, previous, movement, direction, compared_with, forecast, comment, *workbook, *sheet, *cell, *sha256",
	"risks.csv":      "ref, title, priority, controls, method, officer, last_review, next_review, refers_to, *workbook, *sheet, *cell, *sha256",
	"narrative.csv":  "directorate, plan, heading, theme, text, *workbook, *sheet, *cell, *sha256",
	"summary.csv":    "kind, plan, class, light, count, percent, denominator, total",
	"movement.csv":   "kind, ref, title, plan, was, now",
	"findings.csv":   "*severity, *check, *workbook, *sheet, *cell, *saw, *advice, *explanation",
}

// columnsOf is what the contract says of a file in an edition.
func columnsOf(file string, working bool) []string {
	var names []string
	for _, c := range strings.Split(contract[file], ", ") {
		if name, only := strings.CutPrefix(c, "*"); working || !only {
			names = append(names, name)
		}
	}
	return names
}

func folder(t *testing.T, working bool) map[string][]byte {
	t.Helper()
	files, err := Files(invented(), working, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string][]byte{}
	for _, f := range files {
		m[f.Name] = f.Bytes
	}
	return m
}

func rows(t *testing.T, b []byte) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// value is a cell of a CSV by its line (0 is the first after the header) and column.
func value(t *testing.T, b []byte, line int, column string) string {
	t.Helper()
	all := rows(t, b)
	i := slices.Index(all[0], column)
	if i < 0 {
		t.Fatalf("no column %q", column)
	}
	return all[line+1][i]
}

func TestGolden(t *testing.T) {
	for name, working := range map[string]bool{"public": false, "working": true} {
		for file, got := range folder(t, working) {
			path := filepath.Join("testdata", name, file)
			if *update {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; go test ./render/data -update writes it anew:\n%s", path, got)
			}
		}
	}
}

func TestColumnsAreTheContract(t *testing.T) {
	for _, working := range []bool{false, true} {
		files := folder(t, working)
		for file := range contract {
			b, there := files[file]
			if want := working || file != "findings.csv"; there != want {
				t.Errorf("working %v: %s there: %v, want %v", working, file, there, want)
			}
			if there && !slices.Equal(rows(t, b)[0], columnsOf(file, working)) {
				t.Errorf("working %v: %s has %q, want %q", working, file, rows(t, b)[0], columnsOf(file, working))
			}
		}
		if len(files) != len(contract)+btoi(working) {
			t.Errorf("working %v: %d files", working, len(files))
		}
	}
}

func btoi(working bool) int { // datapackage.json in place of, or beside, findings.csv
	if working {
		return 1
	}
	return 0
}

func TestDescriptionHasTheSameColumns(t *testing.T) {
	for _, working := range []bool{false, true} {
		files := folder(t, working)
		var d dataPackage
		if err := json.Unmarshal(files["datapackage.json"], &d); err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Resources {
			var names []string
			for _, f := range r.Schema.Fields {
				names = append(names, f.Name)
				if f.Description == "" {
					t.Errorf("%s: %s has no description", r.Path, f.Name)
				}
			}
			if !slices.Equal(names, columnsOf(r.Path, working)) {
				t.Errorf("%s describes %q", r.Path, names)
			}
		}
		if len(d.Resources) != len(files)-1 {
			t.Errorf("%d resources for %d files", len(d.Resources), len(files))
		}
	}
}

// TestPublicEditionHoldsNothingOfficersOnlySee looks for what the invented
// pack marks SECRET, in every byte.
func TestPublicEditionHoldsNothingOfficersOnlySee(t *testing.T) {
	for file, b := range folder(t, false) {
		if i := bytes.Index(b, []byte("SECRET")); i >= 0 {
			t.Errorf("%s holds %q", file, b[i:min(i+40, len(b))])
		}
		if bytes.Contains(b, []byte(sourceSum)) {
			t.Errorf("%s holds the hash of a return", file)
		}
	}
	if b := folder(t, true)["actions.csv"]; !bytes.Contains(b, []byte("SECRET")) {
		t.Error("the working edition lost what officers may see: this test proves nothing")
	}
}

func TestFilesLeavesThePackAlone(t *testing.T) {
	p := invented()
	if _, err := Files(p, false, nil); err != nil {
		t.Fatal(err)
	}
	if p.Actions[0].Officer != invented().Actions[0].Officer || len(p.Findings) == 0 {
		t.Error("making the public edition changed the pack")
	}
}

func TestOfficers(t *testing.T) {
	public, working := folder(t, false), folder(t, true)
	if got := value(t, public["actions.csv"], 0, "officer"); got != "Head of Housing" {
		t.Errorf("public officer %q", got)
	}
	if got := value(t, working["actions.csv"], 0, "officer"); got != "SECRET J. Name" {
		t.Errorf("working officer %q", got)
	}
	if got := value(t, public["risks.csv"], 0, "officer"); got != "Head of Housing" {
		t.Errorf("public officer of a risk %q, want the form that may be printed", got)
	}
	if got := value(t, public["risks.csv"], 1, "officer"); got != "" {
		t.Errorf("public officer of a risk %q, which has no form that may be printed", got)
	}
}

func TestValues(t *testing.T) {
	files := folder(t, true)
	for _, c := range []struct {
		file   string
		line   int
		column string
		want   string
	}{
		{"actions.csv", 0, "due", "2026-09-30"},
		{"actions.csv", 1, "due", "ongoing"},
		{"actions.csv", 2, "due", ""},
		{"actions.csv", 0, "indicators", "HSG 1; HSG 2"},
		{"actions.csv", 0, "movement", "amber → green"},
		{"indicators.csv", 0, "outturn", "-8.5"},
		{"indicators.csv", 0, "year_target", "1200000"},
		{"indicators.csv", 0, "year_to_date", "0"},
		{"indicators.csv", 0, "decimals", "1"},
		{"indicators.csv", 0, "counted", "yes"},
		{"indicators.csv", 1, "counted", "no"},
		{"indicators.csv", 1, "outturn", ""},
		{"indicators.csv", 1, "decimals", ""},
		{"summary.csv", 0, "percent", "66.7"},
		{"summary.csv", 1, "percent", "0.0"},
	} {
		if got := value(t, files[c.file], c.line, c.column); got != c.want {
			t.Errorf("%s, line %d, %s: %q, want %q", c.file, c.line, c.column, got, c.want)
		}
	}
}

func TestFormulasAreGuarded(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "'quoted": "'quoted",
		"=1+1": "'=1+1", "+44 1234": "'+44 1234", "-": "'-", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"'=1": "''=1", "''-1": "'''-1", "'": "'", "'a=b": "'a=b", "−5": "−5",
	} {
		if got := guard(in); got != want {
			t.Errorf("guard(%q) = %q, want %q", in, got, want)
		}
		if got := unguard(want); got != in {
			t.Errorf("unguard(%q) = %q, want %q", want, got, in)
		}
	}
	b := folder(t, false)["actions.csv"]
	if got := value(t, b, 2, "title"); got != "'=HYPERLINK(\"http://example.org\",\"press\")" {
		t.Errorf("title %q", got)
	}
	if got := value(t, b, 2, "comment"); got != "'-2 posts, from March" {
		t.Errorf("comment %q", got)
	}
}

// FuzzGuard: no guarded text begins as a formula may, and each gives back what it was made of.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{"", "=1", "'=1", "''", "a", "-8.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := guard(s)
		if dangerous(g) || unguard(g) != s {
			t.Errorf("guard(%q) = %q, which gives %q", s, g, unguard(g))
		}
	})
}

// What is read from the files is what they were made of, whatever the texts.
func TestReadGivesBackWhatWasWritten(t *testing.T) {
	p := invented()
	p.Actions[0].Comment = "'=1\r\nSecond, \"line\"\rthird\n\n\xff end "
	p.Actions[1].Comment = "\r\n-8.5"
	for _, working := range []bool{false, true} {
		files, err := Files(p, working, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(working, func(name string) ([]byte, error) {
			return files[slices.IndexFunc(files, func(f File) bool { return f.Name == name })].Bytes, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range Tables(p, working) {
			if got[i].Name != want.Name || !slices.Equal(got[i].Columns, want.Columns) || !slices.EqualFunc(got[i].Rows, want.Rows, slices.Equal) {
				t.Errorf("%q\nwant %q", got[i], want)
			}
		}
	}
}

func TestLinesEndWithCRLF(t *testing.T) {
	for file, b := range folder(t, true) {
		if file == "datapackage.json" {
			continue
		}
		if bytes.Count(b, []byte("\n")) != bytes.Count(b, []byte("\r\n")) {
			t.Errorf("%s mixes line ends", file)
		}
	}
}

func TestSameBytesEachTime(t *testing.T) {
	for _, working := range []bool{false, true} {
		first := folder(t, working)
		for range 5 {
			for file, b := range folder(t, working) {
				if !bytes.Equal(b, first[file]) {
					t.Fatalf("%s differs from run to run", file)
				}
			}
		}
	}
}

func TestEmptyPack(t *testing.T) {
	p := invented()
	p.Actions, p.Indicators, p.Risks, p.Narrative, p.Summary, p.Movement, p.Findings = nil, nil, nil, nil, nil, nil, nil
	files, err := Files(p, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	validate(t, files)
	for _, f := range files[:len(files)-1] {
		if n := len(rows(t, f.Bytes)); n != 1 {
			t.Errorf("%s has %d lines, want its header", f.Name, n)
		}
	}
}

func TestFrictionless(t *testing.T) {
	for _, working := range []bool{false, true} {
		files, err := Files(invented(), working, nil)
		if err != nil {
			t.Fatal(err)
		}
		validate(t, files)
	}
}

// TestFrictionlessFindsFaults breaks the contract, to see that validation looks at it.
func TestFrictionlessFindsFaults(t *testing.T) {
	for name, spoil := range map[string]func(*transform.Pack){
		"a plan that the summary does not count": func(p *transform.Pack) { p.Actions[1].Plan = "Harbours" },
		"a word that is not one of the contract": func(p *transform.Pack) { p.Actions[0].Status = "late" },
		"the same row of the summary twice":      func(p *transform.Pack) { p.Summary = append(p.Summary, p.Summary[0]) },
	} {
		p := invented()
		spoil(&p)
		files, err := Files(p, true, nil)
		if err != nil {
			t.Fatal(err)
		}
		if out, ok := frictionless(t, files); ok {
			t.Errorf("%s passed:\n%s", name, out)
		}
	}
}

func validate(t *testing.T, files []File) {
	t.Helper()
	if out, ok := frictionless(t, files); !ok {
		t.Errorf("frictionless validate datapackage.json:\n%s", out)
	}
}

// frictionless asks the reference implementation whether the folder is valid.
func frictionless(t *testing.T, files []File) (string, bool) {
	t.Helper()
	program, err := exec.LookPath("frictionless")
	if err != nil {
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
			t.Fatal("frictionless is not installed: pip install frictionless")
		}
		t.Skip("frictionless is not installed: pip install frictionless")
	}
	dir := t.TempDir()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(program, "validate", "datapackage.json")
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err == nil
}

// since is what changed since a version before, with a text that must be guarded.
func since() *changes.Since {
	return &changes.Since{Version: 1, Draft: true, Changes: []changes.Change{
		{Group: changes.Lights, Table: "actions", What: changes.Changed, Ref: "HSG A1", Title: "SECRET title", Plan: "Housing", Column: "light", Was: "green", Now: "red",
			WasAt: changes.Place(source("A5")), NowAt: changes.Place(source("A6"))},
		{Group: changes.Figures, Table: "indicators", What: changes.Changed, Ref: "HSG 1", Title: "=SECRET", Column: "outturn", Was: "-8.5", NowAt: changes.Place(source("A9"))},
		{Group: changes.Rows, Table: "narrative", What: changes.New, Title: "Key Developments", Column: "text", Now: "Line\r\nand line"},
	}}
}

func TestChangesAreInTheWorkingEditionAlone(t *testing.T) {
	files, err := Files(invented(), true, since())
	if err != nil {
		t.Fatal(err)
	}
	b := files[slices.IndexFunc(files, func(f File) bool { return f.Name == ChangesName })].Bytes
	want := since().Changes
	want[2].Now = strings.ReplaceAll(want[2].Now, "\r\n", "\n") // as CSV gives line ends back
	if got, err := ReadChanges(b); err != nil || !slices.Equal(got, want) {
		t.Errorf("the changes are read back as %+v (%v)", got, err)
	}
	for column, want := range map[string]string{"title": "'=SECRET", "was": "'-8.5", "now": "", "was_cell": "", "cell": "A9"} {
		if got := value(t, b, 1, column); got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	validate(t, files)
	files, err = Files(invented(), false, since())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name == "changes.csv" || bytes.Contains(f.Bytes, []byte("SECRET")) {
			t.Errorf("%s of the public edition says what changed", f.Name)
		}
	}
	unread := since()
	unread.Unread = true
	if files, err = Files(invented(), true, unread); err != nil || slices.ContainsFunc(files, func(f File) bool { return f.Name == "changes.csv" }) {
		t.Errorf("a version that was not read is compared: %v", err)
	}
}
