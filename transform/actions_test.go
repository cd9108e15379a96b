package transform_test

import (
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// actionRow is one action in Quarter 4 of 2007/08, which ends on 31 March 2008.
type actionRow struct {
	due, officer, status string
	light                transform.Light
	is                   string // its status
}

func checkActions(t *testing.T, s transform.Scheme, rows []actionRow) {
	t.Helper()
	for _, r := range rows {
		t.Run(strings.TrimSpace(r.due+" "+r.officer+" "+r.status), func(t *testing.T) {
			p := transform.Build(transform.Inputs{Period: q4, Scheme: s, Returns: []ingest.Return{returned(q4, "w.xlsx", action("A 1", r.due, r.officer, r.status, "x"), action("A 2", "", "amber", "", ""))}})
			if a := p.Actions[0]; a.Light != r.light || a.Status != r.is {
				t.Errorf("%s, %q by %s: %s; want %s, %q", a.Light, a.Status, a.Rule, a.Reason, r.light, r.is)
			}
		})
	}
}

func TestActionsOfEachScheme(t *testing.T) {
	t.Run("completed-expected", func(t *testing.T) {
		checkActions(t, shipped(t, "completed-expected"), []actionRow{
			{"Mar 2009", "green", "", "green", "done"},
			{"Mar 2009", "amber", "", "amber", "on course"},
			{"Mar 2008", "amber", "", "amber", "overdue"},
			{"Mar 2008", "red", "", "red", "overdue"},
			{"Mar 2008", "green", "", "green", "done"},
		})
	})
	t.Run("on-course", func(t *testing.T) {
		checkActions(t, shipped(t, "on-course"), []actionRow{
			{"Mar 2009", "green", "", "green", "on course"},
			{"Mar 2009", "amber", "", "amber", ""},
			{"Mar 2009", "red", "", "red", "slipping"},
			{"Mar 2009", "", "done", "green", "done"},
			{"Mar 2009", "", "on course", "green", "on course"},
			{"Mar 2008", "green", "", "green", "overdue"}, // done, or overdue: a query says so
			{"Mar 2008", "green", "done", "green", "done"},
			{"1 April 2008", "green", "", "green", "on course"},
		})
	})
	for _, name := range []string{"within-tolerance", "floor-standard", "indicator-tolerance", "amber-value", "benchmark"} {
		t.Run(name, func(t *testing.T) {
			checkActions(t, shipped(t, name), []actionRow{
				{"Mar 2009", "green", "", "green", "done"},
				{"31 March 2008", "amber", "", "red", "overdue"},
				{"1 April 2008", "amber", "", "amber", "on course"},
				{"Mar 2008", "", "on course", "red", "overdue"},
				{"Mar 2008", "", "done", "green", "done"},
			})
		})
	}
	t.Run("brag", func(t *testing.T) {
		checkActions(t, shipped(t, "brag"), []actionRow{
			{"Mar 2008", "blue", "", "blue", "done"},
			{"Mar 2009", "green", "", "green", "on course"},
			{"Mar 2009", "amber", "", "amber", "slipping"},
			{"Mar 2009", "red", "", "red", "slipping"},
			{"Mar 2008", "green", "", "red", "overdue"},
			{"Mar 2009", "", "done", "blue", "done"},
			{"Mar 2009", "", "slipping", "amber", "slipping"},
			{"Mar 2009", "", "cancelled", "withdrawn", "cancelled"},
		})
	})
	t.Run("progress-confidence", func(t *testing.T) {
		checkActions(t, shipped(t, "progress-confidence"), []actionRow{
			{"Mar 2009", "green", "", "green", "on course"},
			{"Mar 2009", "amber", "", "amber", ""},
			{"Mar 2008", "amber", "", "amber", "overdue"},
			{"Mar 2009", "", "done", "green", "done"},
		})
	})
}

// Blue of an officer under a scheme without blue is no light, and is asked about.
func TestColoursThatASchemeDoesNotHave(t *testing.T) {
	p := transform.Build(transform.Inputs{Period: q4, Scheme: shipped(t, "floor-standard"), Returns: []ingest.Return{returned(q4, "w.xlsx", action("A 1", "", "blue", "", ""))}})
	if checks(p)["light-not-in-scheme"] != 1 || p.Actions[0].Light.IsColour() {
		t.Errorf("%s; findings %v", p.Actions[0].Light, checks(p))
	}
}

// As one vendor has it: done late is red, done early green, on its day amber;
// and Epping Forest's actions that wait for others.
func TestActionsThatAreDoneLateOrEarly(t *testing.T) {
	s := written(t, "status_lights: {done: amber, done late: red, done early: green, paused: amber}\noverdue: red")
	done := func(due string, before ...ingest.Return) transform.Action { // under the scheme of the moment
		return transform.Build(transform.Inputs{Period: q4, Scheme: s, Returns: append(before, returned(q4, "now.xlsx", action("A 1", due, "", "done", "")))}).Actions[0]
	}
	open := returned(q3, "then.xlsx", action("A 1", "Dec 2007", "", "on course", ""))
	for _, c := range []struct {
		name   string
		action transform.Action
		light  transform.Light
	}{
		{"early", done("1 April 2008"), "green"},
		{"within its quarter", done("31 March 2008"), "amber"},
		{"late: open at the end of the quarter of its date", done("Dec 2007", open), "red"},
		{"nobody said that it was open", done("Dec 2007"), "amber"},
	} {
		if c.action.Light != c.light || c.action.Status != "done" {
			t.Errorf("%s: %s, %s: %s", c.name, c.action.Light, c.action.Status, c.action.Reason)
		}
	}
	s = written(t, "done: green\nstatus_lights: {done: amber, done late: red, done early: green}")
	for _, c := range []struct {
		name, light, column, status string
		want                        transform.Light
	}{
		{"its light said that it was open", "amber", "", "", "red"},
		{"its light said that it was done", "green", "", "", "amber"},
		{"words come before a light", "amber", "", "done", "amber"},
		{"the quarter's own column comes before the light", "amber", "green", "", "amber"},
		{"the quarter's own column said that it was open", "green", "red", "", "red"},
		{"cancelled for a while", "", "", "cancelled", "amber"},
		{"nothing was said", "", "", "", "amber"},
	} {
		a := action("A 1", "Dec 2007", c.light, c.status, "")
		if c.column != "" {
			a.Quarters.At(3).Light = ingest.Light{Colour: c.column, Text: c.column, Cell: "G5"}
		}
		if got := done("Dec 2007", returned(q3, "then.xlsx", a, action("A 2", "", "amber", "", ""))); got.Light != c.want {
			t.Errorf("%s: %s: %s, want %s", c.name, got.Light, got.Reason, c.want)
		}
	}
	checkActions(t, written(t, "status_lights: {paused: amber}\noverdue: red"), []actionRow{{"Mar 2009", "", "paused", "amber", "paused"}, {"Mar 2008", "", "paused", "amber", "paused"}})
}

// Camms and others give an action without an end no light.
func TestActionsThatGoOn(t *testing.T) {
	checkActions(t, shipped(t, "completed-expected"), []actionRow{{"Ongoing", "amber", "", "amber", "on course"}, {"Ongoing", "green", "", "green", "done"}})
	checkActions(t, written(t, "ongoing: context"), []actionRow{{"Ongoing", "amber", "", "context", ""}, {"Ongoing", "", "done", "query", "done"}, {"Mar 2009", "amber", "", "amber", "on course"}})
}

// Progress and confidence are two lights, and stay two.
func TestTwoLightsOfAnAction(t *testing.T) {
	a := action("A 1", "Mar 2009", "amber", "", "")
	a.Forecast = ingest.Light{Colour: "green", Text: "G", Cell: "F5"}
	p := transform.Build(transform.Inputs{Period: q4, Scheme: shipped(t, "progress-confidence"), Returns: []ingest.Return{returned(q4, "w.xlsx", a)}})
	if got := p.Actions[0]; got.Light != transform.Amber || got.Forecast != transform.Green || p.Scheme.Second != "Confidence" {
		t.Errorf("progress %s, %s %s", got.Light, p.Scheme.Second, got.Forecast)
	}
}

// What is open at the year's end is to be rolled forward; in other quarters nothing is.
func TestOpenActionsAreRolledForward(t *testing.T) {
	rows := []any{action("A 1", "Mar 2009", "amber", "", ""), action("A 2", "Mar 2008", "green", "", ""), action("A 3", "Ongoing", "amber", "", ""),
		action("A 4", "Mar 2008", "", "cancelled", ""), action("A 5", "Mar 2008", "red", "", "x")}
	for _, c := range []struct {
		p    ingest.Period
		want string
	}{{q4, "A 1, A 3, A 5"}, {q3, ""}} {
		var open []string
		for _, a := range build(t, c.p, transform.Inputs{}, returned(c.p, "w.xlsx", rows...)).Actions {
			if a.Forward {
				open = append(open, a.Ref)
			}
		}
		if got := strings.Join(open, ", "); got != c.want {
			t.Errorf("%v: %s, want %s", c.p, got, c.want)
		}
	}
}

// The first date, the current one, how often it was moved and by whom, over all returns.
func TestDatesOverAllReturns(t *testing.T) {
	q1, q2 := ingest.Period{Year: 2007, Quarter: 1}, ingest.Period{Year: 2007, Quarter: 2}
	moved := func(p ingest.Period, due string) ingest.Return {
		return returned(p, p.String()+".xlsx", action("A 1", due, "amber", "", ""))
	}
	redate := func(quarter, due, who string) transform.Decision {
		return transform.Decision{Kind: "redate", Who: who, Ref: "A1", Quarter: quarter, Due: due, Text: "agreed"}
	}
	for _, c := range []struct {
		name      string
		returns   []ingest.Return
		decisions []transform.Decision
		want      string // first, current, moves, approvals
	}{
		{"never", []ingest.Return{moved(q1, "Mar 2008"), moved(q4, "Mar 2008")}, nil, "2008-03-31 2008-03-31 0"},
		{"twice", []ingest.Return{moved(q1, "Sep 2007"), moved(q2, "Dec 2007"), moved(q4, "Mar 2009")}, nil, "2007-09-30 2009-03-31 2"},
		{"there and back", []ingest.Return{moved(q1, "Sep 2008"), moved(q2, "Dec 2008"), moved(q4, "Sep 2008")}, nil, "2008-09-30 2008-09-30 2"},
		{"approved", []ingest.Return{moved(q1, "Sep 2007"), moved(q4, "Mar 2009")}, []transform.Decision{redate("2007/08 Q4", "2009-03-31", "Board")}, "2007-09-30 2009-03-31 1 31 March 2009, by Board"},
		{"approved before the return says so", []ingest.Return{moved(q1, "Sep 2007"), moved(q4, "Sep 2007")}, []transform.Decision{redate("2007/08 Q2", "2009-03-31", "Board")}, "2007-09-30 2009-03-31 1 31 March 2009, by Board"},
		{"decided for a quarter to come", []ingest.Return{moved(q4, "Mar 2009")}, []transform.Decision{redate("2008/09 Q1", "2010-03-31", "Board")}, "2009-03-31 2009-03-31 0"},
		{"moved on after the approval", []ingest.Return{moved(q1, "Sep 2007"), moved(q4, "Mar 2010")}, []transform.Decision{redate("2007/08 Q2", "2009-03-31", "Board")}, "2007-09-30 2010-03-31 2 31 March 2009, by Board"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := build(t, q4, transform.Inputs{Decisions: c.decisions}, c.returns...).Actions[0]
			got := strings.TrimSpace(a.FirstDue.String() + " " + a.Due.String() + " " + string(rune('0'+a.Redated)) + " " + strings.Join(a.Approved, "; "))
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// A quarter's own columns come before those that name no quarter, each by itself; other quarters' say nothing.
func TestQuartersOwnColumnsOfAnAction(t *testing.T) {
	light := func(colour string) ingest.Light { return ingest.Light{Colour: colour, Text: colour, Cell: "G5"} }
	for _, c := range []struct {
		name, light, comment string
		q3, q4               ingest.ActionQuarter
		want, says           string
	}{
		{"neither", "amber", "plain", ingest.ActionQuarter{}, ingest.ActionQuarter{}, "amber", "plain"},
		{"the quarter's light", "amber", "plain", ingest.ActionQuarter{}, ingest.ActionQuarter{Light: light("red")}, "red", "plain"},
		{"the quarter's comment", "amber", "plain", ingest.ActionQuarter{}, ingest.ActionQuarter{Comment: ingest.Text{Value: "own", Cell: "H5"}}, "amber", "own"},
		{"both", "amber", "plain", ingest.ActionQuarter{}, ingest.ActionQuarter{Light: light("green"), Comment: ingest.Text{Value: "own", Cell: "H5"}}, "green", "own"},
		{"another quarter's", "amber", "plain", ingest.ActionQuarter{Light: light("red"), Comment: ingest.Text{Value: "old", Cell: "F5"}}, ingest.ActionQuarter{}, "amber", "plain"},
	} {
		a := action("A 1", "Mar 2009", c.light, "", c.comment)
		*a.Quarters.At(3), *a.Quarters.At(4) = c.q3, c.q4
		if got := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", a)).Actions[0]; string(got.Light) != c.want || got.Comment != c.says {
			t.Errorf("%s: %s, %q; want %s, %q", c.name, got.Light, got.Comment, c.want, c.says)
		}
	}
}

// What an action refers to comes from its return, else from its plan.
func TestWhatAnActionRefersTo(t *testing.T) {
	plan, own := action("A 1", "Mar 2009", "", "", ""), action("A 1", "", "amber", "", "")
	plan.Indicators, plan.Risks = ingest.ParseRefs("NI 1, NI 2", "F5"), ingest.ParseRefs("R 1", "G5")
	own.Indicators = ingest.ParseRefs("NI 3", "F5")
	a := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", own), returned(ingest.Period{Year: 2007}, "plan.xlsx", plan)).Actions[0]
	if strings.Join(a.Indicators, ", ") != "NI 3" || strings.Join(a.Risks, ", ") != "R 1" {
		t.Errorf("indicators %v, risks %v", a.Indicators, a.Risks)
	}
}

// What stands in place of a light and means nothing is a query; an empty row is not returned.
func TestWordsInPlaceOfALight(t *testing.T) {
	for _, c := range []struct {
		status, light string
		want          transform.Light
	}{{"as before", "", "query"}, {"", "see note", "query"}, {"", "", "not returned"}} {
		a := action("A 1", "Mar 2009", "", "", "")
		a.Status = ingest.Text{Value: c.status, Cell: "E5"}
		if c.light != "" {
			a.Light = ingest.Light{Text: c.light, Cell: "E5"}
		}
		p := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", a, action("A 2", "", "amber", "", "")))
		if got := p.Actions[0].Light; got != c.want || (checks(p)["status-not-known"] == 1) != (c.want == "query") {
			t.Errorf("%q, %q: %s, %v; want %s", c.status, c.light, got, checks(p), c.want)
		}
	}
}

// A light and a status that do not say the same of whether an action is done are asked about.
func TestLightsAndStatusesThatDiffer(t *testing.T) {
	for _, c := range []struct {
		scheme, light, status string
		asked                 int
	}{
		{"completed-expected", "green", "on course", 1}, {"completed-expected", "amber", "done", 1}, {"completed-expected", "green", "done", 0},
		{"completed-expected", "amber", "on course", 0}, {"completed-expected", "green", "cancelled", 0}, {"completed-expected", "green", "", 0}, {"on-course", "green", "on course", 0}, {"on-course", "amber", "done", 0},
	} {
		p := transform.Build(transform.Inputs{Period: q4, Scheme: shipped(t, c.scheme), Returns: []ingest.Return{returned(q4, "w.xlsx", action("A 1", "Mar 2009", c.light, c.status, ""))}})
		if got := checks(p)["light-and-status-differ"]; got != c.asked {
			t.Errorf("%s, %s and %q: asked %d times", c.scheme, c.light, c.status, got)
		}
	}
}
