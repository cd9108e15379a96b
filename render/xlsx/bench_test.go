package xlsx

import (
	"fmt"
	"io"
	"testing"
	"time"

	"boardpack/render"
	"boardpack/templates"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// bigReport is a report of so many rows, half of them actions, of ten plans.
func bigReport(t testing.TB, rows int, e render.Edition) render.Report {
	t.Helper()
	d, err := render.ParseDefinition(templates.Must("reports/plain-report.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := render.Build(bigPack(rows), render.Settings{Edition: e, Version: 1, Draft: true, Look: sample(t).Look, Definition: d})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var bigLights = []transform.Light{"green", "amber", "red", "not due", "awaited"}

func bigPack(rows int) transform.Pack {
	p := transform.Pack{Council: "Marlbeck Borough Council"}
	p.Board = transform.Board{ID: "all", Name: "Cabinet"}
	p.Period.Year, p.Period.Quarter = 2026, 2
	p.Previous.Year, p.Previous.Quarter = 2026, 1
	p.AsAt.Year, p.AsAt.Month, p.AsAt.Day = 2026, time.September, 30
	p.Scheme = transform.Scheme{ID: "three", Title: "Three lights", Denominator: "all", Done: "green",
		Lights: []transform.SchemeLight{{Light: "red", Word: "Red", Letter: "R", Shape: "square"}, {Light: "amber", Word: "Amber", Letter: "A", Shape: "triangle"},
			{Light: "green", Word: "Green", Letter: "G", Shape: "circle"}},
		States: []transform.SchemeState{{State: "not due", Word: "Not due"}, {State: "awaited", Word: "Awaited"}}}
	for n := range rows / 2 {
		r := transform.Row{
			Title: fmt.Sprintf("Open the family centre in ward %d and let the rooms that are left", n), Directorate: "Place",
			Plan: fmt.Sprintf("Plan of service %d", n%10), Objective: fmt.Sprintf("Objective %d: people live well and safely here", n%70),
			PublicOfficer: fmt.Sprintf("Head of Service %d", n%40), Officer: fmt.Sprintf("Officer %d", n%40), Light: bigLights[n*n%5], Previous: bigLights[n%5],
			Reason: "48.9% is at or above 48%; high is good", Rule: "quarter-target", Comment: fmt.Sprintf("Two training providers closed in January. %d places were lost; most have an offer.", n),
			Source: transform.Source{Workbook: fmt.Sprintf("2026-27/Q2/return %d.xlsx", n%200), Sheet: "Indicators", Cell: fmt.Sprintf("A%d", n)},
		}
		a, i := transform.Action{Row: r, Status: "on course"}, transform.Indicator{Row: r, Counted: true, Unit: "%", Polarity: "high", Direction: "better"}
		a.Ref, i.Ref = fmt.Sprintf("A %d", n), fmt.Sprintf("I %d", n)
		a.Shown, i.Shown = a.Ref, i.Ref
		a.Due.Year, a.Due.Month, a.Due.Day = 2027, time.March, 31
		figure := func(of int64) *transform.Figure {
			return &transform.Figure{Number: decimal.New(of, -1), Decimals: 1, Source: r.Source}
		}
		i.Target, i.Outturn, i.Before = figure(480), figure(int64(400+n%200)), figure(int64(390+n%210))
		p.Actions, p.Indicators = append(p.Actions, a), append(p.Indicators, i)
	}
	p.Summary = bigCounts(p)
	return p
}

func bigCounts(p transform.Pack) []transform.Count {
	type key struct {
		kind, plan string
		light      transform.Light
	}
	by, plans, seen := map[key]int{}, []string{""}, map[string]bool{}
	add := func(kind string, r transform.Row) {
		by[key{kind, "", r.Light}]++
		by[key{kind, r.Plan, r.Light}]++
		if !seen[r.Plan] {
			seen[r.Plan], plans = true, append(plans, r.Plan)
		}
	}
	for n := range p.Actions {
		add("action", p.Actions[n].Row)
		add("indicator", p.Indicators[n].Row)
	}
	var out []transform.Count
	for _, kind := range []string{"action", "indicator"} {
		for _, plan := range plans {
			total := 0
			for _, l := range bigLights {
				total += by[key{kind, plan, l}]
			}
			for _, l := range bigLights {
				n := by[key{kind, plan, l}]
				share := decimal.NewFromInt(int64(100*n)).DivRound(decimal.NewFromInt(int64(total)), 6).Round(1)
				out = append(out, transform.Count{Kind: kind, Plan: plan, Light: l, Count: n, Percent: share, Denominator: "all", Total: total})
			}
		}
	}
	return out
}

// BenchmarkReport10000Rows draws both editions of a report of 10,000 actions and indicators.
func BenchmarkReport10000Rows(b *testing.B) {
	for name, e := range map[string]render.Edition{"public": render.Public, "working": render.Working} {
		b.Run(name, func(b *testing.B) {
			r := bigReport(b, 10000, e)
			b.ReportAllocs()
			for b.Loop() {
				if err := Render(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
