package transform_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// q4 and q3 are the quarters of these tests.
var (
	q4 = ingest.Period{Year: 2007, Quarter: 4}
	q3 = ingest.Period{Year: 2007, Quarter: 3}
)

func fig(s, cell string) ingest.Figure {
	f := ingest.TextFigure(s, cell)
	return f
}

// indicator makes a row as the reader would: figures in words, the officer's light as a colour.
func indicator(ref, polarity, target, outturn, light, comment string) ingest.Indicator {
	n := ingest.NewRef(ref, "A5")
	i := ingest.Indicator{Row: ingest.Row{Ref: n, Plan: "Plan", Title: ingest.Text{Value: ref + " title", Cell: "B5"}, Comment: ingest.Text{Value: comment, Cell: "H5"}}}
	i.Place = ingest.Place{Workbook: "w.xlsx", Sheet: "PIs", Cell: "A5"}
	i.Polarity, i.PolarityOf = ingest.Text{Value: polarity, Cell: "C5"}, polarity
	i.Target, i.Outturn = fig(target, "E5"), fig(outturn, "F5")
	if i.Outturn.Says == ingest.SaysAnnual {
		i.Annual = ingest.Text{Value: outturn, Cell: "F5"}
	}
	if light != "" {
		i.Light = ingest.Light{Colour: light, Text: light, Cell: "G5", By: "word"}
	}
	return i
}

func action(ref, due, light, status, comment string) ingest.Action {
	a := ingest.Action{Row: ingest.Row{Ref: ingest.NewRef(ref, "A5"), Plan: "Plan", Title: ingest.Text{Value: ref + " title", Cell: "B5"}, Comment: ingest.Text{Value: comment, Cell: "H5"}}}
	a.Place = ingest.Place{Workbook: "w.xlsx", Sheet: "Actions", Cell: "A5"}
	a.Due = ingest.ParseDue(due, "C5")
	a.StatusOf = status
	a.Status = ingest.Text{Value: status}
	if light != "" {
		a.Light = ingest.Light{Colour: light, Text: light, Cell: "E5", By: "word"}
	}
	return a
}

func returned(p ingest.Period, name string, rows ...any) ingest.Return {
	r := ingest.Return{Name: name, SHA256: name, Period: p, Plan: "Plan"}
	for _, row := range rows {
		switch x := row.(type) {
		case ingest.Indicator:
			x.Workbook = name
			r.Indicators = append(r.Indicators, x)
		case ingest.Action:
			x.Workbook = name
			r.Actions = append(r.Actions, x)
		}
	}
	r.MarkPlan()
	return r
}

func build(t *testing.T, p ingest.Period, in transform.Inputs, returns ...ingest.Return) transform.Pack {
	t.Helper()
	in.Period, in.Scheme, in.Returns = p, defaultScheme(t), returns
	return transform.Build(in)
}

func checks(p transform.Pack) map[string]int {
	n := map[string]int{}
	for _, f := range p.Findings {
		n[f.Check]++
	}
	return n
}

func TestIndicatorLights(t *testing.T) {
	for _, c := range []struct {
		name                      string
		p                         ingest.Period
		polarity, target, outturn string
		officer, comment          string
		light                     transform.Light
		rule, check               string
	}{
		{"year end met, low", q4, "low", "7.3%", "7.09%", "green", "", "green", "year-end-target", ""},
		{"year end at target, low", q4, "low", "7.3", "7.3", "", "", "green", "year-end-target", ""},
		{"year end just above, low", q4, "low", "7.3", "7.31", "red", "x", "red", "year-end-target", ""},
		{"year end at target, high", q4, "high", "77", "77", "", "", "green", "year-end-target", ""},
		{"year end below, high", q4, "high", "69", "62", "red", "x", "red", "year-end-target", ""},
		{"99.6 never meets 100", q4, "high", "100", "99.6", "", "x", "red", "year-end-target", ""},
		{"negative target, low: NI 112", q4, "low", "-8.5%", "-15%", "green", "", "green", "year-end-target", ""},
		{"negative target missed, low", q4, "low", "-8.5", "3", "", "x", "red", "year-end-target", ""},
		{"zero target, low: NI 76", q4, "low", "0%", "6.7%", "", "x", "red", "year-end-target", ""},
		{"zero target met, low", q4, "low", "0", "0", "", "", "green", "year-end-target", ""},
		{"officer differs at year end", q4, "high", "69", "62", "green", "x", "red", "year-end-target", "light-differs"},
		{"officer's amber at year end", q4, "high", "69", "62", "amber", "x", "red", "year-end-target", "light-differs"},
		{"before year end, met", q3, "low", "8.9", "8.5", "green", "", "green", "target-met-early", ""},
		{"before year end, met, officer amber", q3, "low", "8.9", "8.5", "amber", "", "green", "target-met-early", "light-differs"},
		{"before year end, not met: judgement", q3, "high", "78", "75.2", "amber", "", "amber", "officers-judgement", ""},
		{"before year end, not met, no judgement", q3, "high", "78", "75.2", "", "", "query", "judgement-missing", "judgement-missing"},
		{"no polarity, officer's light stands", q4, "", "57", "56", "amber", "", "amber", "officers-judgement", ""},
		{"no polarity, no light", q4, "", "57", "56", "", "", "query", "polarity-not-known", "polarity-missing"},
		{"range without bounds", q4, "range", "10", "12", "", "", "query", "polarity-not-known", "polarity-missing"},
		{"no target, officer's light stands", q4, "high", "", "56", "red", "x", "red", "officers-judgement", ""},
		{"no target, no light", q4, "high", "", "56", "", "", "no target", "no-target", ""},
		{"context", q4, "context", "10", "12", "", "", "context", "context", ""},
		{"nothing given", q4, "high", "10", "", "", "", "not returned", "not-returned", "not-returned"},
		{"n/a", q3, "high", "69", "n/a", "", "", "not returned", "not-returned", "not-returned"},
		{"annual before Quarter 4", q3, "high", "80", "Reported annually", "", "Figure still to be verified", "not due", "not-due", ""},
		{"annual in Quarter 4, to be verified", q4, "high", "80", "Reported annually", "", "Figure still to be verified", "awaited", "awaited", ""},
		{"annual in Quarter 4, nothing", q4, "high", "80", "Reported annually", "", "", "not returned", "not-returned", "not-returned"},
		{"to follow", q3, "high", "80", "to follow", "", "", "awaited", "awaited", ""},
		{"not one number", q4, "high", "80", "about 70", "green", "", "query", "figure-not-read", ""},
		{"withdrawn", q4, "high", "80", "withdrawn", "", "", "withdrawn", "withdrawn", ""},
		{"light without a figure", q4, "high", "80", "", "amber", "", "amber", "officers-judgement", "light-without-figure"},
		{"red without a comment", q4, "high", "69", "62", "red", "", "red", "year-end-target", "red-without-comment"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := build(t, c.p, transform.Inputs{}, returned(c.p, "w.xlsx", indicator("NI 1", c.polarity, c.target, c.outturn, c.officer, c.comment), action("A 1", "", "green", "", "")))
			i := p.Indicators[0]
			if i.Light != c.light || i.Rule != c.rule {
				t.Errorf("light %q by %q (%s), want %q by %q", i.Light, i.Rule, i.Reason, c.light, c.rule)
			}
			found := checks(p)
			if c.check != "" && found[c.check] != 1 {
				t.Errorf("findings %v, want %s", found, c.check)
			}
			if c.check == "" && len(found) > 0 {
				t.Errorf("findings %v, want none", found)
			}
		})
	}
}

func TestArithmeticInWords(t *testing.T) {
	i := indicator("NI 1", "low", "7.3%", "7.09%", "green", "")
	i.Unit = ingest.Text{Value: "%", Cell: "D5"}
	p := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", i))
	if got := p.Indicators[0].Reason; got != "7.09% is at or below 7.3%; low is good: green" {
		t.Error(got)
	}
}

func TestQuartersOwnTargetSettlesTheLight(t *testing.T) {
	i := indicator("NI 1", "high", "90", "", "amber", "why")
	*i.Quarters.At(3) = ingest.IndicatorQuarter{Target: fig("70", "G5"), Outturn: fig("69", "H5")}
	p := build(t, q3, transform.Inputs{}, returned(q3, "w.xlsx", i))
	x := p.Indicators[0]
	if x.Light != transform.Red || x.Rule != "quarter-target" || !x.Target.Number.Equal(decimal.NewFromInt(70)) || !x.YearTarget.Number.Equal(decimal.NewFromInt(90)) {
		t.Errorf("light %s by %s, target %v of the year %v", x.Light, x.Rule, x.Target, x.YearTarget)
	}
	if checks(p)["light-differs"] != 1 {
		t.Error("the officer's amber differs and nobody said so")
	}
}

func TestFormulasOfQuartersToComeAreNotOutturns(t *testing.T) {
	i := indicator("NI 1", "high", "90", "", "", "")
	*i.Quarters.At(3) = ingest.IndicatorQuarter{Target: fig("70", "G5"), Outturn: fig("71", "H5")}
	*i.Quarters.At(4) = ingest.IndicatorQuarter{Target: fig("80", "I5"), Outturn: fig("0", "J5")}
	p := build(t, q3, transform.Inputs{}, returned(q3, "w.xlsx", i))
	if got := p.Indicators[0].Outturn.Number.String(); got != "71" {
		t.Errorf("outturn %s, want Quarter 3's", got)
	}
}

func TestFiguresInDoubtGetNoLightUntilExplained(t *testing.T) {
	i := indicator("NI 1", "high", "90", "0.7", "", "why")
	i.Outturn.Doubt = "this looks like a fraction among whole percentages"
	r := returned(q4, "w.xlsx", i)
	r.Findings = []ingest.Finding{{Severity: ingest.Query, Check: "fraction-or-percentage", Place: ingest.Place{Workbook: "w.xlsx", Sheet: "PIs", Cell: "F5"}, Saw: "0.7 stands among whole percentages"}}
	if p := build(t, q4, transform.Inputs{}, r); p.Indicators[0].Light != transform.InQuery {
		t.Errorf("light %s, want query", p.Indicators[0].Light)
	}
	d := transform.Decision{Who: "Clerk", Kind: "explanation", Workbook: "w.xlsx", Sheet: "PIs", Cell: "F5", Check: "fraction-or-percentage", Text: "correct as given"}
	p := build(t, q4, transform.Inputs{Decisions: []transform.Decision{d}}, r)
	if p.Indicators[0].Light != transform.Red || p.Findings[0].Explanation != "Clerk: correct as given" {
		t.Errorf("light %s, explanation %q", p.Indicators[0].Light, p.Findings[0].Explanation)
	}
	d.Saw = "something else"
	if p := build(t, q4, transform.Inputs{Decisions: []transform.Decision{d}}, r); p.Indicators[0].Light != transform.InQuery {
		t.Error("an explanation of another value settled this one")
	}
}

func TestActionLights(t *testing.T) {
	for _, c := range []struct {
		due, officer, status, comment string
		light                         transform.Light
		statusIs, check               string
	}{
		{"Mar 2009", "green", "", "", "green", "done", ""},
		{"Mar 2009", "amber", "", "", "amber", "on course", ""},
		{"Mar 2009", "red", "", "why", "red", "slipping", ""},
		{"Mar 2008", "amber", "", "", "amber", "overdue", "action-overdue"},
		{"1 April 2008", "amber", "", "", "amber", "on course", ""},
		{"Mar 2008", "green", "", "", "green", "done", ""},
		{"Ongoing", "amber", "", "", "amber", "on course", ""},
		{"Mar 2009", "", "done", "", "green", "done", ""},
		{"Mar 2009", "", "on course", "", "amber", "on course", ""},
		{"Mar 2009", "", "slipping", "", "query", "slipping", "status-not-known"},
		{"Mar 2008", "", "cancelled", "", "withdrawn", "cancelled", ""},
		{"Mar 2009", "", "", "", "not returned", "", "not-returned"},
		{"Mar 2009", "red", "", "", "red", "slipping", "red-without-comment"},
	} {
		name := fmt.Sprintf("%s %s %s", c.due, c.officer, c.status)
		t.Run(name, func(t *testing.T) {
			p := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", action("CS A1", c.due, c.officer, c.status, c.comment), action("CS A2", "", "green", "", "")))
			a := p.Actions[0]
			if a.Light != c.light || a.Status != c.statusIs {
				t.Errorf("light %q, status %q; want %q, %q", a.Light, a.Status, c.light, c.statusIs)
			}
			if found := checks(p); c.check != "" && found[c.check] != 1 || c.check == "" && len(found) > 0 {
				t.Errorf("findings %v, want %q", found, c.check)
			}
		})
	}
}

func TestMovementIsAgainstTheQuarterBefore(t *testing.T) {
	p := build(t, q4, transform.Inputs{},
		returned(q4, "q4.xlsx", action("A 1", "", "green", "", ""), action("A 2", "", "amber", "", ""), action("A 3", "", "red", "", "why")),
		returned(q3, "q3.xlsx", action("A 1", "", "amber", "", ""), action("A 2", "", "amber", "", "")))
	for n, want := range []string{"amber → green", "same", "new"} {
		if got := p.Actions[n].Movement; got != want {
			t.Errorf("%s: %q, want %q", p.Actions[n].Ref, got, want)
		}
	}
	if len(p.Movement) != 1 || p.Previous != q3 {
		t.Errorf("movement %v since %v", p.Movement, p.Previous)
	}
}

func TestDatesThatMoveAreCounted(t *testing.T) {
	p := build(t, q4, transform.Inputs{},
		returned(q4, "q4.xlsx", action("A 1", "Mar 2009", "amber", "", "")), returned(q3, "q3.xlsx", action("A 1", "Mar 2008", "amber", "", "")))
	a := p.Actions[0]
	if a.FirstDue.String() != "2008-03-31" || a.Due.String() != "2009-03-31" || a.Redated != 1 {
		t.Errorf("first %s, now %s, moved %d times", a.FirstDue, a.Due, a.Redated)
	}
}

func TestDirectionFollowsPolarity(t *testing.T) {
	for _, c := range []struct{ polarity, before, now, want string }{
		{"low", "9", "8", "better"}, {"low", "8", "9", "worse"}, {"high", "8", "9", "better"}, {"high", "9", "9", "same"}, {"", "8", "9", "not comparable"},
	} {
		p := build(t, q4, transform.Inputs{}, returned(q4, "q4.xlsx", indicator("NI 1", c.polarity, "10", c.now, "amber", "x")), returned(q3, "q3.xlsx", indicator("NI 1", c.polarity, "10", c.before, "amber", "x")))
		if i := p.Indicators[0]; i.Direction != c.want || i.ComparedWith != "2007/08 Q3" {
			t.Errorf("%s %s→%s: %q against %q, want %q", c.polarity, c.before, c.now, i.Direction, i.ComparedWith, c.want)
		}
	}
}

func TestPlansFillWhatReturnsLeaveEmpty(t *testing.T) {
	plan := returned(ingest.Period{Year: 2007}, "plan.xlsx", indicator("NI 1", "low", "7.3", "", "", ""), indicator("NI 2", "high", "50", "", "", ""))
	plan.Indicators[0].Officer = ingest.Text{Value: "Head of Schools", Cell: "D4"}
	bare := indicator("NI1", "", "", "7.09", "", "")
	bare.Title, bare.Polarity, bare.Target = ingest.Text{}, ingest.Text{}, ingest.Figure{}
	p := build(t, q4, transform.Inputs{}, returned(q4, "q4.xlsx", bare), plan)
	if len(p.Indicators) != 2 {
		t.Fatalf("%d rows", len(p.Indicators))
	}
	i := p.Indicators[0]
	if i.Title != "NI 1 title" || i.Officer != "Head of Schools" || i.Light != transform.Green || i.Target.Source.Workbook != "plan.xlsx" {
		t.Errorf("%q by %q is %s against %v", i.Title, i.Officer, i.Light, i.Target)
	}
	if p.Indicators[1].Light != transform.NotReturned {
		t.Errorf("what nobody reports is %s", p.Indicators[1].Light)
	}
}

func TestTheSameReferenceTwiceInAPlanIsTwoRows(t *testing.T) {
	p := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", action("A 36", "", "amber", "", ""), action("A 36", "", "green", "", "")))
	if len(p.Actions) != 2 || checks(p)["reference-twice"] != 1 {
		t.Errorf("%d rows, findings %v", len(p.Actions), checks(p))
	}
}

func TestAnIndicatorOfSeveralPlansIsCountedOnce(t *testing.T) {
	a, b := indicator("NI 1", "high", "50", "", "", ""), indicator("NI 1", "high", "50", "60", "", "")
	a.Plan, b.Plan = "Alpha", "Beta"
	p := build(t, q4, transform.Inputs{}, returned(q4, "a.xlsx", a), returned(q4, "b.xlsx", b))
	if p.Indicators[0].Counted || !p.Indicators[1].Counted {
		t.Error("the plan that gives an outturn leads")
	}
	reg := transform.Register{Indicators: []transform.Registered{{Ref: "NI 1", Lead: "Alpha"}}}
	if p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "a.xlsx", a), returned(q4, "b.xlsx", b)); !p.Indicators[0].Counted {
		t.Error("the register's lead plan leads")
	}
	a.Outturn = fig("61", "F5")
	p = build(t, q4, transform.Inputs{}, returned(q4, "a.xlsx", a), returned(q4, "b.xlsx", b))
	if p.Indicators[0].Light != transform.InQuery || p.Indicators[1].Light != transform.InQuery || checks(p)["values-differ"] != 1 {
		t.Errorf("values that differ are %s and %s; findings %v", p.Indicators[0].Light, p.Indicators[1].Light, checks(p))
	}
}

func TestOverridesKeepTheComputedLight(t *testing.T) {
	d := transform.Decision{Who: "Head of Policy", Kind: "override", Ref: "NI1", Quarter: "2007/08 Q4", Light: "amber", Text: "under appeal"}
	p := build(t, q4, transform.Inputs{Decisions: []transform.Decision{d}}, returned(q4, "w.xlsx", indicator("NI 1", "high", "69", "62", "red", "x")))
	i := p.Indicators[0]
	if i.Light != transform.Amber || i.Computed != transform.Red || i.Override != "Head of Policy: under appeal" || p.Overridden != 1 {
		t.Errorf("light %s, computed %s, override %q, counted %d", i.Light, i.Computed, i.Override, p.Overridden)
	}
}

func TestPercentagesRoundHalfUp(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{{1, 3, "33.3"}, {2, 3, "66.7"}, {1, 8, "12.5"}, {1, 16, "6.3"}, {64, 114, "56.1"}, {49, 114, "43.0"}, {24, 33, "72.7"}, {334, 451, "74.1"}, {81, 451, "18.0"}, {36, 451, "8.0"}, {0, 5, "0.0"}} {
		var rows []any
		for n := range c.of {
			light := "amber"
			if n < c.n {
				light = "green"
			}
			rows = append(rows, action(fmt.Sprintf("A %d", n), "", light, "", ""))
		}
		p := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", rows...))
		for _, s := range p.Summary {
			if s.Plan == "" && s.Kind == "action" && s.Light == transform.Green && s.Percent.StringFixed(1) != c.want {
				t.Errorf("%d of %d is %s, want %s", c.n, c.of, s.Percent.StringFixed(1), c.want)
			}
		}
	}
}

func TestBoardsReadTheirOwnPlans(t *testing.T) {
	a, b := action("A 1", "", "green", "", ""), action("B 1", "", "red", "", "why")
	a.Plan, b.Plan = "Housing", "Parks Service Plan"
	in := transform.Inputs{Board: transform.Board{ID: "x", Plans: []string{"Parks"}}}
	p := build(t, q4, in, returned(q4, "w.xlsx", a, b))
	if len(p.Actions) != 1 || p.Actions[0].Ref != "B 1" || p.Actions[0].Plan != "Parks" {
		t.Errorf("%+v", p.Actions)
	}
}

func asJSON(t *testing.T, p transform.Pack) string {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOrderOfReturnsChangesNothing(t *testing.T) {
	rs := []ingest.Return{
		returned(q4, "a.xlsx", action("A 1", "", "green", "", ""), indicator("NI 1", "high", "5", "6", "", "")),
		returned(q4, "b.xlsx", action("A 1", "", "amber", "", ""), indicator("NI 1", "high", "5", "6", "", "")),
		returned(q3, "c.xlsx", action("A 1", "", "red", "", "x")),
		returned(ingest.Period{Year: 2007}, "plan.xlsx", action("A 1", "Mar 2008", "", "", "")),
	}
	want := asJSON(t, build(t, q4, transform.Inputs{}, rs...))
	for _, order := range [][]int{{3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}} {
		var shuffled []ingest.Return
		for _, n := range order {
			shuffled = append(shuffled, rs[n])
		}
		if got := asJSON(t, build(t, q4, transform.Inputs{}, shuffled...)); got != want {
			t.Errorf("order %v gives another pack", order)
		}
	}
}

func TestCumulativeFiguresHaveNoDirection(t *testing.T) {
	reg := transform.Register{Indicators: []transform.Registered{{Ref: "NI 1", Basis: "cumulative"}}}
	p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "q4.xlsx", indicator("NI 1", "low", "500", "400", "", "x")), returned(q3, "q3.xlsx", indicator("NI 1", "low", "500", "300", "amber", "x")))
	if got := p.Indicators[0].Direction; got != "not comparable" {
		t.Errorf("direction %q", got)
	}
}
