package render

import (
	"slices"
	"strings"
	"testing"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

func tableNamed(r Report, name string) (Table, bool) {
	for _, b := range r.Blocks {
		if t, ok := b.(Table); ok && strings.HasPrefix(t.Name, name) {
			return t, true
		}
	}
	return Table{}, false
}

func cellsOf(t Table) []string {
	var out []string
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				out = append(out, c.Text)
			}
		}
	}
	return out
}

func headsIn(t Table) []string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Head)
	}
	return out
}

// A scheme with a second light has a key of its own for it, and its name over the column.
func TestSecondLight(t *testing.T) {
	p := samplePack()
	p.Scheme.Second = "Confidence"
	for n := range p.Scheme.Lights {
		p.Scheme.Lights[n].Second = string(p.Scheme.Lights[n].Light) + " confidence"
	}
	p.Actions[0].Forecast, p.Actions[1].Forecast = "red", "amber"
	r := build(t, p, Public)
	key, ok := tableNamed(r, "Confidence")
	if cells := cellsOf(key); !ok || !slices.Contains(cells, "Amber confidence") || len(key.Groups[0].Rows) != 3 {
		t.Errorf("the key to the second light: %v", cells)
	}
	actions, _ := tableNamed(r, "Actions, Lakes")
	if !slices.Contains(headsIn(actions), "Confidence") {
		t.Errorf("columns %v", headsIn(actions))
	}
	for _, b := range r.Blocks {
		if e, ok := b.(Exception); ok && e.Ref == "LK 2" && !slices.Contains(e.Texts, Fact{Label: "Confidence", Value: "Amber"}) {
			t.Errorf("the exception says %v", e.Texts)
		}
	}
	if _, ok := tableNamed(build(t, samplePack(), Public), "Confidence"); ok {
		t.Error("a scheme without a second light has no key to it")
	}
}

// The forecast stands beside the light where anybody gave one.
func TestForecastsStandBesideLights(t *testing.T) {
	p := samplePack()
	with := p
	with.Indicators = slices.Clone(p.Indicators)
	with.Indicators[0].Forecast = "green"
	for _, c := range []struct {
		pack transform.Pack
		want bool
	}{{p, false}, {with, true}} {
		table, _ := tableNamed(build(t, c.pack, Public), "Indicators, Lakes")
		heads := headsIn(table)
		n := slices.Index(heads, "Expected at the year's end")
		if (n >= 0) != c.want || c.want && heads[n-1] != "Light" {
			t.Errorf("columns %v", heads)
		}
	}
}

// A target with two ends shows both.
func TestTargetWithTwoEnds(t *testing.T) {
	p := samplePack()
	i := &p.Indicators[0]
	i.Unit, i.Target = "%", nil
	i.TargetRange = &[2]transform.Figure{{Number: decimal.NewFromInt(10), Decimals: -1}, {Number: decimal.NewFromInt(15), Decimals: -1}}
	r := build(t, p, Public)
	table, _ := tableNamed(r, "Indicators, Lakes")
	if cells := cellsOf(table); !slices.Contains(cells, "10% to 15%") {
		t.Errorf("cells %v", cells)
	}
	for _, b := range r.Blocks {
		if e, ok := b.(Exception); ok && e.Ref == "NI 117" && !slices.Contains(e.Figures, Fact{Label: "Target", Value: "10% to 15%"}) {
			t.Errorf("the exception says %v", e.Figures)
		}
	}
}

// Few are told beside the figure.
func TestSmallNumbers(t *testing.T) {
	p := samplePack()
	p.Indicators[0].Small = true
	table, _ := tableNamed(build(t, p, Public), "Indicators, Lakes")
	if cells := cellsOf(table); !strings.Contains(strings.Join(cells, "|"), "(provisional, small numbers)") {
		t.Errorf("cells %v", cells)
	}
}

// What was compared as published shows as published; what was compared as written shows as written.
func TestFiguresShowAsTheyWereCompared(t *testing.T) {
	one := 1
	figure := func(s string) *transform.Figure {
		return &transform.Figure{Number: decimal.RequireFromString(s), Decimals: 1}
	}
	i := transform.Indicator{Decimals: &one, Target: figure("9"), Outturn: figure("8.95")}
	i.Computed = transform.Green
	if got := decimals(i, *i.Outturn); got != 1 {
		t.Errorf("compared as published: %d decimals", got)
	}
	i.AsWritten = true
	if got := decimals(i, *i.Outturn); got != -1 {
		t.Errorf("compared as written: %d decimals", got)
	}
}

// What is open at the year's end has a list of its own; nothing is listed where nothing is.
func TestOpenAtTheYearsEnd(t *testing.T) {
	p := samplePack()
	if _, ok := tableNamed(build(t, p, Public), "Open at the end"); ok {
		t.Error("nothing is to be rolled forward")
	}
	p.Actions[1].Forward, p.Actions[1].Redated = true, 2
	p.Actions[1].FirstDue = p.AsAt
	table, ok := tableNamed(build(t, p, Public), "Open at the end")
	cells := strings.Join(cellsOf(table), "|")
	if !ok || !strings.Contains(cells, "LK 2|Mend the boathouse|31 March 2008") || strings.Contains(cells, "LK 1") || strings.Contains(cells, "Zebedee") {
		t.Errorf("cells %s", cells)
	}
}

// The chart speaks of the scheme's best colour, the lists of what says done or met.
func TestBestOfAScheme(t *testing.T) {
	p := samplePack()
	b := newBuilder(p, Settings{Definition: definition(t)})
	if b.best("indicator") != transform.Green || b.best("action") != transform.Green {
		t.Errorf("best are %s and %s", b.best("indicator"), b.best("action"))
	}
	p.Scheme.Indicators.Rules = []transform.Rule{{Light: "blue", When: transform.WhenBetter}, {Light: "green", When: transform.WhenMet}, {Light: "red"}}
	b = newBuilder(p, Settings{Definition: definition(t)})
	if b.best("indicator") != transform.Blue || b.reached("indicator") != transform.Green || b.best("action") != transform.Green {
		t.Errorf("best are %s and %s; met is %s", b.best("indicator"), b.best("action"), b.reached("indicator"))
	}
}
