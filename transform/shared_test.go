package transform_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/templates"
	"boardpack/transform"
)

func readShared(t *testing.T, names ...string) []ingest.Return {
	t.Helper()
	root := os.Getenv("BOARDPACK_SHARED")
	required := root != ""
	if !filepath.IsAbs(root) {
		root = filepath.Join("..", root)
	}
	if !required {
		root = "../../shared"
	}
	words, err := workbook.ParseWords(templates.Must("words.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	v := words.Vocabulary()
	var out []ingest.Return
	for _, n := range names {
		b, err := os.ReadFile(filepath.Join(root, "returns", n))
		if err != nil && !required {
			t.Skipf("reference workbooks are not here: %v", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		r, err := workbook.Read(n, b, workbook.Options{Words: v})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func defaultScheme(t *testing.T) transform.Scheme {
	t.Helper()
	s, err := transform.ParseScheme(templates.Must("schemes/completed-expected.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The Quarter 4 report of 2007/08 prints these tables.
func TestPublishedTablesOfQuarter4(t *testing.T) {
	returns := readShared(t, "CSD Q4 2007-08 return.xlsx", "CSD Q3 2007-08 return.xlsx")
	p := transform.Build(transform.Inputs{Period: ingest.Period{Year: 2007, Quarter: 4}, Scheme: defaultScheme(t), Returns: returns})
	want := map[string]map[transform.Light]string{
		"action":    {"red": "0 0.0 19", "amber": "9 47.4 19", "green": "10 52.6 19", "awaited": "0 0.0 19"},
		"indicator": {"red": "16 50.0 32", "amber": "0 0.0 32", "green": "11 34.4 32", "awaited": "5 15.6 32", "not returned": "0 0.0 32"},
	}
	for _, c := range p.Summary {
		if w, ok := want[c.Kind][c.Light]; ok && c.Plan == "" && c.Class == "" {
			if got := countText(c); got != w {
				t.Errorf("%s %s: %s, want %s", c.Kind, c.Light, got, w)
			}
		}
	}
	moves := map[string]int{}
	for _, m := range p.Movement {
		moves[m.Kind+" newly "+string(m.Now)]++
		moves[m.Kind+" "+string(m.Was)+" to "+string(m.Now)]++
	}
	for what, n := range map[string]int{"action newly green": 8, "action red to amber": 1, "indicator newly red": 1, "indicator newly green": 7} {
		if moves[what] != n {
			t.Errorf("%s: %d, want %d", what, moves[what], n)
		}
	}
}

func countText(c transform.Count) string {
	return decimalText(c.Count) + " " + c.Percent.StringFixed(1) + " " + decimalText(c.Total)
}

func decimalText(n int) string { return strconv.Itoa(n) }
