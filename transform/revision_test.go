package transform_test

import (
	"fmt"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// A red row tells since when it is red without a break.
func TestRedSince(t *testing.T) {
	quarters := func(lights ...string) (returns []ingest.Return) { // the last is this quarter's
		p := q4
		for n := len(lights) - 1; n >= 0; n-- {
			if lights[n] != "" {
				i := indicator("NI 1", "high", "60", map[string]string{"red": "50", "green": "70"}[lights[n]], lights[n], "x")
				returns = append(returns, returned(p, fmt.Sprintf("r%d.xlsx", n), i, action("A 1", "Mar 2010", lights[n], "", "x")))
			}
			p = p.Before()
		}
		return returns
	}
	for _, c := range []struct {
		lights []string
		since  string
	}{
		{[]string{"red"}, ""},
		{[]string{"green", "red"}, ""},
		{[]string{"red", "green"}, ""},
		{[]string{"red", "red"}, "2007/08 Q3"},
		{[]string{"green", "red", "red"}, "2007/08 Q3"},
		{[]string{"red", "red", "red", "red", "red", "red"}, "2006/07 Q3"},
		{[]string{"red", "green", "red", "red", "red"}, "2007/08 Q2"},
		{[]string{"red", "", "red", "red", "red"}, "2007/08 Q2"}, // not returned in between: nobody knows
	} {
		p := build(t, q4, transform.Inputs{}, quarters(c.lights...)...)
		for kind, r := range map[string]transform.Row{"action": p.Actions[0].Row, "indicator": p.Indicators[0].Row} {
			got := ""
			if r.Since.Known() {
				got = r.Since.String()
			}
			if got != c.since {
				t.Errorf("%v, %s: red since %q, want %q", c.lights, kind, got, c.since)
			}
		}
	}
}

// What was agreed or published before and is otherwise now is a change, with both values.
func TestRevisions(t *testing.T) {
	target := func(s string) func(*ingest.Indicator) {
		return func(i *ingest.Indicator) { i.Target = fig(s, "E5") }
	}
	unit := func(u string) func(*ingest.Indicator) {
		return func(i *ingest.Indicator) { i.Unit = ingest.Text{Value: u, Cell: "D5"} }
	}
	base := indicator("NI 1", "high", "60", "50", "red", "x")
	for _, c := range []struct {
		name      string
		then, now ingest.Indicator
		thenAt    ingest.Period
		want      string
	}{
		{"nothing", base, base, q3, "[]"},
		{"the year's target", base, with(base, target("55")), q3, "[target 60 55]"},
		{"the same target, written with more decimals", base, with(base, target("60.0")), q3, "[]"},
		{"another year's target", base, with(base, target("55")), q4, "[]"},
		{"its unit", with(base, unit("days")), with(with(base, unit("weeks")), target("8")), q3, "[unit days weeks]"},
		{"the unit in other words", with(base, unit("days")), with(base, unit("day")), q3, "[]"},
		{"what is good", base, indicator("NI 1", "low", "60", "50", "green", "x"), q3, "[what is good high low]"},
	} {
		now := ingest.Period{Year: 2008, Quarter: 1}
		if c.thenAt == q3 {
			now = q4
		}
		p := build(t, now, transform.Inputs{}, returned(c.thenAt, "then.xlsx", c.then), returned(now, "now.xlsx", c.now))
		got := []string{}
		for _, x := range p.Revisions {
			got = append(got, revisionInWords(x))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func revisionInWords(x transform.Revision) string {
	switch {
	case x.WasFigure != nil:
		return fmt.Sprintf("%s %s %s", x.Kind, x.WasFigure.Number, x.NowFigure.Number)
	case !x.WasDate.IsZero():
		return fmt.Sprintf("%s %s %s %s", x.Kind, x.WasDate, x.NowDate, x.ApprovedBy)
	}
	return fmt.Sprintf("%s %s %s", x.Kind, x.WasText, x.NowText)
}

// A year workbook that gives an earlier quarter anew revises it, and the report of that quarter alone says so.
func TestRevisedFigureIsToldOnce(t *testing.T) {
	year := func(p ingest.Period, figures ...string) ingest.Return {
		i := indicator("NI 1", "high", "60", figures[len(figures)-1], "red", "x")
		for n, f := range figures {
			i.Quarters.At(n + 1).Outturn = fig(f, "F5")
		}
		return returned(p, fmt.Sprintf("q%d.xlsx", p.Quarter), i)
	}
	q2 := ingest.Period{Year: 2007, Quarter: 2}
	returns := []ingest.Return{year(q2, "40", "41"), year(q3, "40", "43", "44"), year(q4, "40", "43", "44", "45")}
	p := build(t, q3, transform.Inputs{}, returns[:2]...)
	if len(p.Revisions) != 1 || revisionInWords(p.Revisions[0]) != "past figure 41 43" || p.Revisions[0].Period != q2 || p.Revisions[0].Source.Workbook != "q3.xlsx" {
		t.Errorf("changes of Quarter 3: %+v", p.Revisions)
	}
	if p = build(t, q4, transform.Inputs{}, returns...); len(p.Revisions) != 0 {
		t.Errorf("changes of Quarter 4: %+v", p.Revisions)
	}
}

// A date that this quarter moved is a change, with who approved it as the public edition prints officers.
func TestMovedDates(t *testing.T) {
	returns := []ingest.Return{returned(q3, "q3.xlsx", action("A 1", "Mar 2008", "amber", "", "x")), returned(q4, "q4.xlsx", action("A 1", "Jun 2008", "amber", "", "x"))}
	p := build(t, q4, transform.Inputs{}, returns...)
	if len(p.Revisions) != 1 || revisionInWords(p.Revisions[0]) != "date 2008-03-31 2008-06-30 " {
		t.Errorf("changes %+v", p.Revisions)
	}
	decided := []transform.Decision{{Who: "J Smith", Kind: transform.DecideRedate, Ref: "A 1", Quarter: "2007/08 Q4", Due: "2008-06-30", Text: "Rain"}}
	for style, who := range map[transform.OfficerStyle]string{transform.OfficerPost: "Cabinet", transform.OfficerName: "J Smith", transform.OfficerNone: ""} {
		p = build(t, q4, transform.Inputs{Board: transform.Board{Officer: style}, Posts: map[string]string{"J Smith": "Cabinet"}, Decisions: decided}, returns...)
		if len(p.Revisions) != 1 || p.Revisions[0].ApprovedBy != who || p.Revisions[0].Why != "Rain" {
			t.Errorf("officers as %s: %+v", style, p.Revisions)
		}
	}
	if p = build(t, ingest.Period{Year: 2008, Quarter: 1}, transform.Inputs{}, append(returns, returned(ingest.Period{Year: 2008, Quarter: 1}, "next.xlsx", action("A 1", "Jun 2008", "amber", "", "x")))...); len(p.Revisions) != 0 {
		t.Errorf("a date moved a quarter ago: %+v", p.Revisions)
	}
}
