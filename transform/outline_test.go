package transform_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/templates"
	"boardpack/transform"
)

// A pack says the same whether it is made of the returns of other boards or of
// their outlines, so that a change which no outline shows changes no pack of
// another board. Each plan but one is given a board of its own.
func TestPackOfABoardTakesNoMoreThanOutlinesOfOthers(t *testing.T) {
	t.Run("that refer to each other", func(t *testing.T) { compareWithOutlines(t, crossed()) })
	t.Run("samples", func(t *testing.T) { compareWithOutlines(t, readSamples(t)) })
	t.Run("reference returns", func(t *testing.T) {
		compareWithOutlines(t, readShared(t, "PSI Q2 2008-09 return.xlsx", "Q2 2008-09 service plan monitoring.xlsx", "CSD Departmental Plan 2008-09.xlsx", "CSD Q4 2007-08 return.xlsx", "CSD Q3 2007-08 return.xlsx"))
	})
}

// crossed are returns of three services, each of which says something that
// shows in the packs of the others: what they refer to, how references are
// written, which objectives there are, and figures of an indicator of two plans.
func crossed() []ingest.Return {
	var out []ingest.Return
	for quarter := 1; quarter <= 2; quarter++ {
		p := ingest.Period{Year: 2026, Quarter: quarter}
		homes := action("HSG A1", "Mar 2027", "green", "", "x")
		homes.Indicators, homes.Risks = []ingest.Ref{ingest.NewRef("ENV 2", "J5"), ingest.NewRef("ENV 3", "J5"), ingest.NewRef("WSTX1", "J5")}, []ingest.Ref{ingest.NewRef("ENV R1", "K5")}
		homes.Objective = ingest.Text{Value: "CO 9: Homes that last", Cell: "A2"}
		rents := indicator("NI 7", "high", "70", "65", "amber", "x")
		clean := action("ENV A1", "Mar 2027", "amber", "", "x")
		clean.Indicators = []ingest.Ref{ingest.NewRef("HSG 4", "J5")}
		waste := action("WST X1", "Mar 2027", "amber", "", "x")
		waste.Objective = ingest.Text{Value: "CO 8: Clean streets", Cell: "A2"}
		shared := indicator("NI 7", "low", "50", "64", "green", "x")
		shared.Unit = ingest.Text{Value: "Number", Cell: "C5"}
		risk := ingest.Risk{Row: action("ENV R1", "", "", "", "").Row, RefersTo: []ingest.Ref{ingest.NewRef("HSG A1", "H5")}}
		out = append(out,
			ofPlan("Housing", returned(p, p.String()+" housing.xlsx", homes, rents, indicator("HSG 5", "high", "1", "2", "green", ""))),
			ofPlan("Streets", returned(p, p.String()+" streets.xlsx", clean, waste, indicator("ENV 2", "high", "5", "3", "red", "x")), risk),
			ofPlan("Waste", returned(p, p.String()+" waste.xlsx", action("WST X2", "Mar 2027", "green", "", ""))),
			ofPlan("Leisure", returned(p, p.String()+" leisure.xlsx", shared)))
	}
	objective := action("CO 8", "Mar 2027", "", "", "")
	objective.Objective = ingest.Text{Value: "CO 8: Clean streets", Cell: "A2"}
	return append(out, ofPlan("Corporate", returned(ingest.Period{Year: 2026}, "corporate plan.xlsx", objective)))
}

// ofPlan gives every row of a return its plan, and adds risks.
func ofPlan(plan string, r ingest.Return, risks ...ingest.Risk) ingest.Return {
	r.Plan, r.Risks = plan, risks
	for n := range r.Actions {
		r.Actions[n].Plan = plan
	}
	for n := range r.Indicators {
		r.Indicators[n].Plan = plan
	}
	for n := range r.Risks {
		r.Risks[n].Plan, r.Risks[n].Workbook = plan, r.Name
	}
	return r
}

func readSamples(t *testing.T) []ingest.Return {
	t.Helper()
	words, err := workbook.ParseWords(templates.Must("words.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	v := words.Vocabulary()
	root := filepath.Join("..", "samples")
	var out []ingest.Return
	for _, pattern := range []string{"2026-27/*.xlsx", "2026-27/*/*.xlsx"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Rel(root, f)
			if err != nil {
				t.Fatal(err)
			}
			r, err := workbook.Read(filepath.ToSlash(name), b, workbook.Options{Words: v})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r)
		}
	}
	if len(out) < 5 {
		t.Fatalf("%d samples", len(out))
	}
	return out
}

func compareWithOutlines(t *testing.T, returns []ingest.Return) {
	in := transform.Inputs{Scheme: defaultScheme(t)}
	periods, plans := map[ingest.Period]bool{}, map[string]bool{}
	for _, r := range returns {
		periods[r.Period] = periods[r.Period] || r.Period.Known()
		for _, p := range transform.OutlineOf(r).Plans {
			if !plans[p] {
				plans[p] = true
				in.Boards = append(in.Boards, transform.Board{ID: p, Name: p, Plans: []string{p}})
			}
		}
	}
	if last := len(in.Boards) - 1; last > 0 { // a plan that no board reads is told in every pack
		in.Boards = in.Boards[:last]
	}
	replaced := 0
	for p, known := range periods {
		for _, b := range in.Boards {
			if !known {
				continue
			}
			in.Board, in.Period = b, p
			replaced += compareOne(t, in, returns)
		}
	}
	if replaced == 0 {
		t.Error("no return was ever given by its outline: the test compares nothing")
	}
}

// compareOne compares one pack of whole returns with that of outlines, and
// tells how many returns were given by their outline.
func compareOne(t *testing.T, in transform.Inputs, returns []ingest.Return) int {
	t.Helper()
	var outlines []transform.Outline
	for _, r := range returns {
		outlines = append(outlines, transform.OutlineOf(r))
	}
	bearing := transform.NewCatalogue(outlines).Bearing(in.Board, in.Period, func(int) bool { return true })
	in.Returns, in.Others = nil, nil
	for _, b := range bearing {
		in.Returns = append(in.Returns, returns[b.Of])
	}
	want := packJSON(t, in)
	in.Returns = nil
	for _, b := range bearing {
		n := b.Of
		if b.Whole {
			in.Returns = append(in.Returns, returns[n])
			continue
		}
		text, err := outlines[n].Text()
		if err != nil {
			t.Fatal(err)
		}
		kept, err := transform.ParseOutline(text)
		if err != nil || !reflect.DeepEqual(kept, outlines[n]) {
			t.Fatalf("%s: the outline is kept as %+v (%v)", returns[n].Name, kept, err)
		}
		in.Others = append(in.Others, transform.Other{Name: returns[n].Name, SHA256: returns[n].SHA256, Outline: kept})
	}
	var text bytes.Buffer
	if err := transform.WriteOthers(&text, slices.Values(in.Others)); err != nil {
		t.Fatal(err)
	}
	if again, err := transform.ParseOthers(text.Bytes()); err != nil || !reflect.DeepEqual(again, in.Others) {
		t.Fatalf("other returns are kept as %+v (%v)", again, err)
	}
	if got := packJSON(t, in); got != want {
		t.Errorf("%s %s: the pack of outlines differs from that of returns:\n%s\n%s", in.Board.ID, in.Period, firstDifference(got, want), firstDifference(want, got))
	}
	return len(in.Others)
}

func packJSON(t *testing.T, in transform.Inputs) string {
	t.Helper()
	b, err := json.MarshalIndent(transform.Build(in), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// firstDifference is what follows where a text begins to differ from another.
func firstDifference(s, from string) string {
	n := 0
	for n < len(s) && n < len(from) && s[n] == from[n] {
		n++
	}
	return s[max(n-200, 0):min(n+200, len(s))]
}
