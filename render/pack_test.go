package render

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// This file holds the invented pack that the tests build reports from.

func definition(t *testing.T) Definition {
	t.Helper()
	d, err := ParseDefinition(definitionBytes(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func definitionBytes(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../templates/reports/plain-report.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func scheme() transform.Scheme {
	return transform.Scheme{
		ID: "completed-expected", Version: "1", Title: "Completed, expected, not expected", Done: transform.Green, Denominator: "all",
		Lights: []transform.SchemeLight{
			{Light: "red", Word: "Red", Letter: "R", Shape: "square", Action: "late", Indicator: "missed"},
			{Light: "amber", Word: "Amber", Letter: "A", Shape: "triangle", Action: "expected", Indicator: "expected"},
			{Light: "green", Word: "Green", Letter: "G", Shape: "circle", Action: "done", Indicator: "met"},
		},
		States: []transform.SchemeState{
			{State: "not due", Word: "Not due", Text: "not reported in this quarter"},
			{State: "awaited", Word: "Awaited", Text: "still to come"},
			{State: "not returned", Word: "Not returned", Text: "nothing was given"},
		},
	}
}

// emptyPack has a board and a period and nothing else.
func emptyPack() transform.Pack {
	p := transform.Pack{Council: "Mereford Borough Council", Scheme: scheme()}
	p.Board = transform.Board{ID: "lakes", Name: "Lakes and Parks Board"}
	p.Period.Year, p.Period.Quarter = 2007, 4
	p.AsAt.Year, p.AsAt.Month, p.AsAt.Day = 2008, time.March, 31
	return p
}

// samplePack has two plans, lights of all kinds, movement, doubts and decisions.
func samplePack() transform.Pack {
	p := emptyPack()
	p.Previous.Year, p.Previous.Quarter = 2007, 3
	p.Board.Cover = transform.Cover{ReportTo: "Lakes and Parks Board", Wards: "All"}
	p.Actions = []transform.Action{
		action("LK 1", "Open the north path", "Lakes", "green", "amber"),
		action("LK 2", "Mend the boathouse", "Lakes", "red", "amber"),
		action("", "Plant the east bank", "Parks", "amber", "red"),
	}
	p.Actions[1].Declared, p.Actions[1].Computed = "green", "red"
	p.Actions[1].Override = "PO7: settled by telephone"
	p.Actions[1].Officer, p.Actions[1].PublicOfficer = "Zebedee Quill", "Head of Water"
	p.Indicators = []transform.Indicator{
		indicator("NI 117", "Visits to the lake", "Lakes", "red", "green", "27.44", "30"),
		indicator("NI 117", "Visits to the lake", "Parks", "red", "green", "27.44", "30"),
		indicator("LK 1", "Bins emptied", "Parks", "awaited", "", "", "1200"),
		indicator("PK 9", "Days to mend a bench", "Parks", "green", "red", "-1234.5", "12"),
	}
	p.Indicators[1].Counted = false
	p.Indicators[0].Qualifier = "provisional"
	p.Indicators[3].Unit, p.Indicators[3].Comment = "weeks", "Benches came early."
	p.Summary = countsOf(p)
	p.Movement = []transform.Move{{Kind: "indicator", Ref: "PK 9", Shown: "PK 9", Title: "Days to mend a bench", Plan: "Parks", Was: "red", Now: "green"}}
	p.Narrative = []transform.Narrative{{Plan: "Lakes", Heading: "Key Developments", Theme: "Paths", Text: "The path is open."}}
	p.Risks = []transform.Risk{{Ref: "R 1", Shown: "R1", Title: "Flooding", Officer: "Zebedee Quill", Source: secret()}}
	p.Returns = []transform.Received{{Name: "in/secret-return.xlsx", SHA256: "c0ffee77", Plan: "Lakes", Actions: 2, Errors: 1}}
	p.Findings = slices.Grow(p.Findings, 1)[:1]
	f := &p.Findings[0]
	f.Severity, f.Check, f.Workbook, f.Sheet, f.Cell = "error", "light-differs", "in/secret-return.xlsx", "Hidden Sheet", "Q99"
	f.Saw, f.Advice, f.Explanation = "saw a strange light", "give one light", "known to the desk"
	f.Cells = []string{"Q100"}
	p.Disagreeing, p.Overridden = 1, 1
	return p
}

func secret() transform.Source {
	return transform.Source{Workbook: "in/secret-return.xlsx", Sheet: "Hidden Sheet", Cell: "Q99", SHA256: "c0ffee77"}
}

func row(ref, title, plan string, now, was transform.Light) transform.Row {
	return transform.Row{
		Ref: ref, Shown: ref, Title: title, Plan: plan, Objective: "Objective of " + plan, Light: now, Previous: was,
		Reason: "worked out in words", Rule: "rule-of-thumb", Source: secret(),
		Trace: []transform.Evidence{{Field: "light", Value: string(now), Said: "said oddly", Source: secret()}},
	}
}

func action(ref, title, plan string, now, was transform.Light) transform.Action {
	a := transform.Action{Row: row(ref, title, plan, now, was)}
	a.Due.Year, a.Due.Month, a.Due.Day = 2009, time.March, 31
	return a
}

func indicator(ref, title, plan string, now, was transform.Light, outturn, target string) transform.Indicator {
	i := transform.Indicator{Row: row(ref, title, plan, now, was), Counted: true, Unit: "%", Direction: "worse", ComparedWith: "2007/08 Q3"}
	if outturn != "" {
		i.Outturn = &transform.Figure{Number: decimal.RequireFromString(outturn), Decimals: 1, Source: secret()}
	}
	if target != "" {
		i.Target = &transform.Figure{Number: decimal.RequireFromString(target), Decimals: -1, Source: secret()}
	}
	return i
}

// countsOf counts a pack's rows as summary.csv does, over all rows.
func countsOf(p transform.Pack) []transform.Count {
	type key struct{ kind, plan string }
	lights := map[key][]transform.Light{}
	for _, a := range p.Actions {
		lights[key{"action", ""}] = append(lights[key{"action", ""}], a.Light)
		lights[key{"action", a.Plan}] = append(lights[key{"action", a.Plan}], a.Light)
	}
	for _, i := range p.Indicators {
		if i.Counted {
			lights[key{"indicator", ""}] = append(lights[key{"indicator", ""}], i.Light)
		}
		lights[key{"indicator", i.Plan}] = append(lights[key{"indicator", i.Plan}], i.Light)
	}
	var counts []transform.Count
	for k, all := range lights {
		for _, l := range []transform.Light{"red", "amber", "green", "not due", "awaited", "not returned"} {
			n := 0
			for _, x := range all {
				if x == l {
					n++
				}
			}
			counts = append(counts, count(k.kind, k.plan, l, n, len(all)))
		}
	}
	slices.SortFunc(counts, func(a, b transform.Count) int {
		return strings.Compare(fmt.Sprint(a.Kind, a.Plan, a.Light), fmt.Sprint(b.Kind, b.Plan, b.Light))
	})
	return counts
}

func count(kind, plan string, l transform.Light, n, total int) transform.Count {
	c := transform.Count{Kind: kind, Plan: plan, Light: l, Count: n, Total: total, Denominator: "all"}
	if total > 0 {
		c.Percent = decimal.NewFromInt(int64(n*100)).DivRound(decimal.NewFromInt(int64(total)), 1)
	}
	return c
}

func build(t *testing.T, p transform.Pack, e Edition) Report {
	t.Helper()
	r, err := Build(p, Settings{Edition: e, Version: 1, Draft: true, Definition: definition(t)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dump is every word of a report.
func dump(r Report) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%+v\n", r)
	for _, b := range r.Blocks {
		fmt.Fprintf(&s, "%T %+v\n", b, b)
		if t, ok := b.(Table); ok {
			for _, m := range marksOf(t) {
				fmt.Fprintf(&s, "%+v\n", *m)
			}
		}
	}
	return s.String()
}

func marksOf(t Table) []*Mark {
	var marks []*Mark
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				if c.Light != nil {
					marks = append(marks, c.Light)
				}
			}
		}
	}
	return marks
}

// paragraphs are the report's paragraphs, each on a line.
func paragraphs(r Report) string {
	var s strings.Builder
	for _, b := range r.Blocks {
		if p, ok := b.(Paragraph); ok {
			s.WriteString(p.Text + "\n")
		}
	}
	return s.String()
}

func table(t *testing.T, r Report, name string) Table {
	t.Helper()
	for _, b := range r.Blocks {
		if x, ok := b.(Table); ok && x.Name == name {
			return x
		}
	}
	t.Fatalf("no table %q", name)
	return Table{}
}

// cells gives a table's rows as text, cells parted by bars.
func cells(t Table) []string {
	var lines []string
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			var texts []string
			for _, c := range r.Cells {
				texts = append(texts, c.Text)
			}
			lines = append(lines, strings.Join(texts, "|"))
		}
	}
	return lines
}
