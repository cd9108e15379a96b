package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"boardpack/transform"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The sample's packs, a line for each row, so that a change of a rule shows as
// a change of lines to be reviewed.
func TestPacksOfTheSamplesAreAsReviewed(t *testing.T) {
	w, read := sampleReturns(t)
	g := inHand(read)
	for _, o := range w.due(g) {
		name := fmt.Sprintf("%s-%s.txt", o.board.ID, o.period.QuarterText())
		o.bearing = g.bearingOn(o)
		returns, err := g.returnsFor(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		pack, err := w.transformPack(o, returns)
		if err != nil {
			t.Fatal(err)
		}
		got := packLines(pack)
		golden := filepath.Join("testdata", "golden", name)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		compareLines(t, name, strings.ReplaceAll(string(want), "\r\n", "\n"), got)
	}
}

// sampleReturns reads the sample as a run does.
func sampleReturns(t *testing.T) (workspace, []readReturn) {
	t.Helper()
	root := filepath.Join("..", "..", "samples")
	w, err := openWorkspace("", []string{root})
	if err != nil {
		t.Fatal(err)
	}
	files, err := findReturns([]string{root}, "packs")
	if err != nil {
		t.Fatal(err)
	}
	read, err := (&app{out: io.Discard, err: io.Discard}).readReturns(context.Background(), &w, files)
	if err != nil {
		t.Fatal(err)
	}
	return w, read
}

func compareLines(t *testing.T, name, want, got string) {
	t.Helper()
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			t.Errorf("%s, line %d\n  was %s\n  is  %s", name, i+1, a, b)
		}
	}
}

func packLines(p transform.Pack) string {
	var b strings.Builder
	line := func(parts ...any) {
		for i, x := range parts {
			if i > 0 {
				b.WriteString(" | ")
			}
			fmt.Fprint(&b, x)
		}
		b.WriteByte('\n')
	}
	line("pack", p.Board.Name, p.Period, "since", p.Previous, "as at", p.AsAt)
	for _, a := range p.Actions {
		line("action", a.Plan, a.Ref, a.Title, a.Objective, a.DueText(), a.Status, a.Officer, a.Light, a.Rule, a.Reason, a.Movement, a.Source)
	}
	for _, i := range p.Indicators {
		line("indicator", i.Plan, i.Ref, i.Title, i.Objective, i.Unit, i.Polarity, figureText(i.Target), figureText(i.Outturn), i.Qualifier, figureText(i.Before), i.Counted, i.Light, i.Rule, i.Reason, i.Movement, i.Direction, i.Source)
	}
	for _, k := range p.Risks {
		line("risk", k.Plan, k.Ref, k.Title, k.Priority, strings.Join(k.RefersTo, "; "), k.Source)
	}
	for _, n := range p.Narrative {
		line("narrative", n.Plan, n.Heading, n.Theme, n.Text, n.Source)
	}
	for _, c := range p.Summary {
		line("count", c.Kind, c.Plan, c.Class, c.Light, c.Count, c.Percent.StringFixed(1), c.Denominator, c.Total)
	}
	for _, f := range p.Findings {
		line("finding", f.Severity, f.Check, f.Place, f.Ref, f.Saw)
	}
	return b.String()
}

func figureText(f *transform.Figure) string {
	if f == nil {
		return ""
	}
	return f.Number.String()
}
