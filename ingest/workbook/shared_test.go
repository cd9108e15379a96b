package workbook

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/templates"

	"github.com/shopspring/decimal"
)

func vocabulary(t testing.TB) *Vocabulary {
	t.Helper()
	w, err := ParseWords(templates.Must("words.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return w.Vocabulary()
}

// sharedRoot is the folder of reference workbooks, which CI has and others may not.
func sharedRoot() string {
	root := os.Getenv("BOARDPACK_SHARED")
	if root == "" {
		root = "../../../shared"
	} else if !filepath.IsAbs(root) {
		root = filepath.Join("../..", root)
	}
	return root
}

// sharedFile reads a reference workbook, which CI has and others may not.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(sharedRoot(), name))
	if err != nil {
		if os.Getenv("BOARDPACK_SHARED") != "" {
			t.Fatal(err)
		}
		t.Skipf("reference workbooks are not here: %v", err)
	}
	return b
}

type expectedReturn struct {
	Quarter    int
	Year       string
	Actions    []struct{ Ref, Due, Light, Cell string }
	Risks      []struct{ Ref, Cell string }
	Indicators []struct {
		Ref, Cell, Service, Type, Light string
		Outturn                         *string
		Target                          any
		Actual                          *json.Number
		Provisional, Annual             bool
		Declared                        *string
		Quarters                        [][2]json.Number
	}
	Narrative []struct {
		Service  string
		Headings []string
	}
}

func readShared(t *testing.T, name string) (ingest.Return, expectedReturn) {
	t.Helper()
	var want expectedReturn
	d := json.NewDecoder(strings.NewReader(string(sharedFile(t, "returns/expected/"+name+".json"))))
	d.UseNumber()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	got, err := Read(name+".xlsx", sharedFile(t, "returns/"+name+".xlsx"), Options{Words: vocabulary(t)})
	if err != nil {
		t.Fatal(err)
	}
	return got, want
}

func spelling(ret ingest.Return) ingest.Spelling {
	s := ingest.Spelling{}
	ret.EachRef(s.Learn)
	return s
}

func TestSharedReturnsAreReadAsExpected(t *testing.T) {
	for _, name := range []string{"CSD Departmental Plan 2008-09", "CSD Q3 2007-08 return", "CSD Q4 2007-08 return", "PSI Q2 2008-09 return", "Q2 2008-09 service plan monitoring"} {
		t.Run(name, func(t *testing.T) {
			got, want := readShared(t, name)
			if got.Period.Quarter != want.Quarter || want.Year != "" && got.Period.YearText() != want.Year {
				t.Errorf("period %v, want %d %s", got.Period, want.Quarter, want.Year)
			}
			compareActions(t, got, want)
			compareIndicators(t, got, want)
			compareRisks(t, got, want)
			compareNarrative(t, got, want)
		})
	}
}

func compareActions(t *testing.T, got ingest.Return, want expectedReturn) {
	t.Helper()
	sp := spelling(got)
	if len(got.Actions) != len(want.Actions) {
		t.Fatalf("%d actions, want %d", len(got.Actions), len(want.Actions))
	}
	for i, w := range want.Actions {
		a := got.Actions[i]
		if ref := sp.Of(a.Ref); ref != w.Ref {
			t.Errorf("action %d is %q, want %q", i, ref, w.Ref)
		}
		if w.Cell != "" && a.Cell != w.Cell {
			t.Errorf("%s stands in %s, want %s", w.Ref, a.Cell, w.Cell)
		}
		if w.Due != "" && a.Due.Text != w.Due {
			t.Errorf("%s is due %q, want %q", w.Ref, a.Due.Text, w.Due)
		}
		if a.Light.Colour != w.Light {
			t.Errorf("%s has light %q, want %q", w.Ref, a.Light.Colour, w.Light)
		}
	}
}

func compareRisks(t *testing.T, got ingest.Return, want expectedReturn) {
	t.Helper()
	sp := spelling(got)
	if len(got.Risks) != len(want.Risks) {
		t.Fatalf("%d risks, want %d", len(got.Risks), len(want.Risks))
	}
	for i, w := range want.Risks {
		if k := got.Risks[i]; sp.Of(k.Ref) != w.Ref || k.Cell != w.Cell {
			t.Errorf("risk %d is %q at %s, want %q at %s", i, sp.Of(k.Ref), k.Cell, w.Ref, w.Cell)
		}
	}
}

func compareNarrative(t *testing.T, got ingest.Return, want expectedReturn) {
	t.Helper()
	found := map[string]bool{}
	for _, n := range got.Narrative {
		found[n.Plan+"/"+n.Heading] = true
	}
	for _, w := range want.Narrative {
		for _, h := range w.Headings {
			if !found[w.Service+"/"+h] {
				t.Errorf("no narrative under %q of %q; found %v", h, w.Service, found)
			}
		}
	}
}

func compareIndicators(t *testing.T, got ingest.Return, want expectedReturn) {
	t.Helper()
	sp := spelling(got)
	rows := map[string][]ingest.Indicator{}
	var order []string
	for _, i := range got.Indicators {
		ref := sp.Of(i.Ref)
		if rows[ref] == nil {
			order = append(order, ref)
		}
		rows[ref] = append(rows[ref], i)
	}
	if len(order) != len(want.Indicators) {
		t.Errorf("%d indicators, want %d", len(order), len(want.Indicators))
	}
	for n, w := range want.Indicators {
		if n >= len(order) || order[n] != w.Ref {
			t.Errorf("indicator %d is %v, want %q", n, order[min(n, len(order)-1)], w.Ref)
			continue
		}
		i := rows[w.Ref][0]
		if w.Cell != "" && i.Cell != w.Cell {
			t.Errorf("%s stands in %s, want %s", w.Ref, i.Cell, w.Cell)
		}
		if w.Type != "" && i.Class != w.Type || w.Service != "" && i.Plan != w.Service {
			t.Errorf("%s is %q of %q, want %q of %q", w.Ref, i.Class, i.Plan, w.Type, w.Service)
		}
		if w.Declared != nil && i.Light.Colour != *w.Declared {
			t.Errorf("%s declares %q, want %q", w.Ref, i.Light.Colour, *w.Declared)
		}
		if (i.Annual.Value != "") != w.Annual && w.Quarters != nil {
			t.Errorf("%s annual %q, want %v", w.Ref, i.Annual.Value, w.Annual)
		}
		compareFigures(t, got.Period, rows[w.Ref], w.Ref, w.Target, w.Actual, w.Quarters)
		if w.Outturn != nil {
			compareText(t, w.Ref+" last year", rows[w.Ref], func(i ingest.Indicator) ingest.Figure { return i.LastYear }, *w.Outturn)
		}
	}
}

func compareFigures(t *testing.T, p ingest.Period, rows []ingest.Indicator, ref string, target any, actual *json.Number, quarters [][2]json.Number) {
	t.Helper()
	i := rows[0]
	switch v := target.(type) {
	case string:
		compareText(t, ref+" target", rows, func(i ingest.Indicator) ingest.Figure { return i.Target }, v)
	case json.Number:
		compareNumber(t, ref+" target", i.Target, v)
	}
	if actual != nil {
		f := i.Outturn
		if p.Quarter > 0 && f.Text == "" {
			f = i.Quarters.Of(p.Quarter).Outturn
		}
		compareNumber(t, ref+" outturn", f, *actual)
	}
	for q, pair := range quarters {
		compareNumber(t, ref+" quarter target", i.Quarters.Of(q+1).Target, pair[0])
		compareNumber(t, ref+" quarter outturn", i.Quarters.Of(q+1).Outturn, pair[1])
	}
}

func compareNumber(t *testing.T, what string, f ingest.Figure, want json.Number) {
	t.Helper()
	w, err := decimal.NewFromString(want.String())
	if err != nil {
		t.Fatal(err)
	}
	if f.Number == nil || !f.Number.Equal(w) {
		t.Errorf("%s is %v (%q), want %s", what, f.Number, f.Text, want)
	}
}

// compareText compares with the plan's words: "27.4%", "NA", "English 5.4% Maths 5.9%".
func compareText(t *testing.T, what string, rows []ingest.Indicator, of func(ingest.Indicator) ingest.Figure, want string) {
	t.Helper()
	w := ingest.TextFigure(want, "")
	if parts := ingest.PartsOf(want, ""); len(parts) == 2 {
		if len(rows) != 2 || !of(rows[0]).Number.Equal(*parts[0].Number) || !of(rows[1]).Number.Equal(*parts[1].Number) {
			t.Errorf("%s is not in two parts as %q", what, want)
		}
		return
	}
	got := of(rows[0])
	switch {
	case w.Number == nil:
		if got.Number != nil || got.Says != w.Says {
			t.Errorf("%s is %q, want %q", what, got.Text, want)
		}
	case got.Number == nil || !got.Number.Equal(*w.Number):
		t.Errorf("%s is %v (%q), want %q", what, got.Number, got.Text, want)
	}
}
