package transform_test

import (
	"fmt"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// points builds the pack of the last quarter of a run of returns that ends with
// Quarter 4 of 2007/08, and gives the points of its one row in words.
func points(t *testing.T, reg transform.Register, rows ...ingest.Indicator) (transform.Indicator, string) {
	t.Helper()
	var returns []ingest.Return
	p := q4
	for n := len(rows) - 1; n >= 0; n-- {
		returns = append(returns, returned(p, fmt.Sprintf("%d.xlsx", n), rows[n]))
		p = p.Before()
	}
	i := build(t, q4, transform.Inputs{Register: reg}, returns...).Indicators[0]
	var said []string
	for _, x := range i.Series {
		s := x.Number.String()
		switch {
		case x.Target != nil:
			s += "/" + x.Target.Number.String()
		case x.Range != nil:
			s += "/" + x.Range[0].Number.String() + "-" + x.Range[1].Number.String()
		}
		for _, flag := range []struct {
			word string
			is   bool
		}{{"apart", x.Apart}, {"due", x.Due}, {x.Against, x.Against != ""}} {
			if flag.is {
				s += " " + flag.word
			}
		}
		said = append(said, s)
	}
	return i, strings.Join(said, "; ")
}

func TestPointsStandToTheirOwnTargets(t *testing.T) {
	row := func(polarity, target, outturn string) ingest.Indicator {
		return indicator("NI 1", polarity, target, outturn, "amber", "x")
	}
	reg := func(yaml string) transform.Register {
		return registerOf(t, "indicators:\n  - {ref: NI 1, "+yaml+"}\n")
	}
	none := transform.Register{}
	for _, c := range []struct {
		name string
		reg  transform.Register
		rows []ingest.Indicator
		want string
	}{
		{"the year's target has come only at its end", none, []ingest.Indicator{row("high", "50", "49"), row("high", "50", "50"), row("high", "50", "51")},
			"49/50 missed; 50/50 met; 51/50 due met"},
		{"low is good", none, []ingest.Indicator{row("low", "50", "51"), row("low", "50", "50")}, "51/50 missed; 50/50 due met"},
		{"a target that changed", none, []ingest.Indicator{row("high", "40", "45"), row("high", "50", "45")}, "45/40 met; 45/50 due missed"},
		{"targets of quarters", reg("targets: [{year: 2007/08, quarter: 3, value: 30}, {year: 2007/08, quarter: 4, value: 40}]"),
			[]ingest.Indicator{row("high", "", "30"), row("high", "", "39")}, "30/30 due met; 39/40 due missed"},
		{"a range", reg("polarity: range, low: 10, high: 15"), []ingest.Indicator{row("", "", "9"), row("", "", "10"), row("", "", "16")},
			"9/10-15 due missed; 10/10-15 due met; 16/10-15 due missed"},
		{"no target", none, []ingest.Indicator{row("high", "", "9"), row("high", "", "10")}, "9; 10"},
		{"nothing says what is good", none, []ingest.Indicator{row("", "50", "49"), row("", "50", "51")}, "49/50; 51/50 due"},
		{"a target that is a draft is none", reg("targets: [{year: 2007/08, value: 50, status: draft}]"), []ingest.Indicator{row("high", "", "49"), row("high", "", "51")}, "49; 51"},
		{"compared as published", reg("decimals: 0"), []ingest.Indicator{row("high", "50", "49.6"), row("high", "50", "49.4")}, "49.6/50 met; 49.4/50 due missed"},
		{"what is good changed", none, []ingest.Indicator{row("low", "50", "49"), row("high", "50", "51"), row("high", "50", "52")},
			"49 apart; 51/50 met; 52/50 due met"},
		{"its definition changed under one reference", reg("replaces: {ref: NI 1, from: 2007/08 Q3, comparable: false}"),
			[]ingest.Indicator{row("high", "50", "48"), row("high", "50", "49"), row("high", "50", "51")}, "48 apart; 49/50 missed; 51/50 due met"},
	} {
		i, got := points(t, c.reg, c.rows...)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if last := i.Series[len(i.Series)-1]; (last.Target == nil) != (i.Target == nil) && !strings.Contains(c.name, "draft") || last.Target != nil && !last.Target.Number.Equal(i.Target.Number) {
			t.Errorf("%s: the last point's target is %v and the row's %v", c.name, last.Target, i.Target)
		}
	}
}

func TestFigureOfTheYearSoFar(t *testing.T) {
	both := with(indicator("NI 1", "high", "100", "20", "amber", "x"), func(i *ingest.Indicator) { i.YearToDate = fig("75", "H5") })
	for _, c := range []struct {
		name, basis, want string
		row               ingest.Indicator
	}{
		{"a sum since April", "cumulative", "75", indicator("NI 1", "high", "100", "75", "amber", "x")},
		{"a sum beside the quarter's own part", "cumulative", "75", both},
		{"the year's target is for the year to date", "", "75", both},
		{"a sum beside a figure that is awaited", "", "", with(both, func(i *ingest.Indicator) { i.Outturn = fig("awaited", "F5") })},
		{"a snapshot", "snapshot", "", indicator("NI 1", "high", "100", "75", "amber", "x")},
		{"a plain figure", "", "", indicator("NI 1", "high", "100", "75", "amber", "x")},
	} {
		i, _ := points(t, transform.Register{Indicators: []transform.Registered{{Ref: "NI 1", Basis: c.basis}}}, c.row)
		got := ""
		if i.SoFar != nil {
			got = i.SoFar.Number.String()
		}
		if got != c.want {
			t.Errorf("%s: %q so far, want %q", c.name, got, c.want)
		}
	}
}

func TestSignalsOfAllPoints(t *testing.T) {
	var rows []ingest.Indicator
	for _, n := range append(numbers(t, steady), decimal.NewFromInt(60), decimal.NewFromInt(50)) {
		rows = append(rows, indicator("NI 1", "high", "40", n.String(), "amber", "x"))
	}
	i, _ := points(t, transform.Register{}, rows...)
	for n, x := range i.Series {
		want := ""
		if n == 12 {
			want = "above the upper limit"
		}
		if x.Signal != want {
			t.Errorf("point %d has the signal %q, want %q", n+1, x.Signal, want)
		}
	}
	if last := i.Series[len(i.Series)-1].Signal; last != i.Limits.Rule {
		t.Errorf("the last point's signal is %q, the limits' %q", last, i.Limits.Rule)
	}
}
