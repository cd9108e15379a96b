package transform_test

import (
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// A figure and a target of two returns must be in one unit and on one scale;
// within one return its reader has looked.
func TestUnitsOfTwoReturns(t *testing.T) {
	for _, c := range []struct {
		name, unit, outturn, planUnit, target string
		light                                 transform.Light
	}{
		{"one unit", "days", "40", "Days", "50", "green"},
		{"another unit", "%", "40", "days", "50", "query"},
		{"only one says its unit", "days", "40", "", "50", "green"},
		{"a share of 1 against per cent", "", "0.85", "", "90%", "query"},
		{"per cent against a share of 1", "", "85%", "", "0.9", "query"},
		{"one scale, one sign", "", "40", "", "50%", "green"},
		{"fifty times is still one scale", "", "1", "", "50%", "green"},
		{"fifty times the other way is too", "", "50", "", "1%", "red"},
		{"more than that is not", "", "50.1", "", "1%", "query"},
		{"nought is on every scale", "", "0", "", "90%", "green"},
		{"a target of nought is on every scale", "", "0", "", "0%", "green"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan, own := indicator("NI 1", "low", c.target, "", "", ""), indicator("NI 1", "low", "", c.outturn, "", "x")
			plan.Unit, own.Unit = ingest.Text{Value: c.planUnit, Cell: "D5"}, ingest.Text{Value: c.unit, Cell: "D5"}
			p := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", own), returned(ingest.Period{Year: 2007}, "plan.xlsx", plan))
			if i := p.Indicators[0]; i.Light != c.light {
				t.Errorf("%s by %s: %s, want %s", i.Light, i.Rule, i.Reason, c.light)
			}
		})
	}
	one := indicator("NI 1", "low", "90%", "0.85", "", "x")
	if i := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", one)).Indicators[0]; i.Light != transform.Green {
		t.Errorf("within one return: %s (%s)", i.Light, i.Reason)
	}
}

// A doubt about any figure that the light needs takes the light; about another it does not.
func TestDoubtsThatTakeALight(t *testing.T) {
	const doubt = "it is odd"
	for _, c := range []struct {
		name  string
		odd   func(i *ingest.Indicator)
		light transform.Light
	}{
		{"none", func(*ingest.Indicator) {}, "green"},
		{"the outturn", func(i *ingest.Indicator) { i.Outturn.Doubt = doubt }, "query"},
		{"the quarter's target", func(i *ingest.Indicator) { i.Quarters.At(4).Target.Doubt = doubt }, "query"},
		{"the year's target beside the quarter's", func(i *ingest.Indicator) { i.Target.Doubt = doubt }, "green"},
		{"the year's target alone", func(i *ingest.Indicator) { i.Target.Doubt, i.Quarters.At(4).Target = doubt, ingest.Figure{} }, "query"},
		{"the year to date, against the year's target", func(i *ingest.Indicator) {
			i.YearToDate.Doubt, i.Quarters.At(4).Target = doubt, ingest.Figure{}
		}, "query"},
		{"the year to date, against the quarter's", func(i *ingest.Indicator) { i.YearToDate.Doubt = doubt }, "green"},
		{"last year", func(i *ingest.Indicator) { i.LastYear.Doubt = doubt }, "green"},
	} {
		i := indicator("NI 1", "high", "50", "60", "", "x")
		i.Quarters.At(4).Target = fig("55", "G5")
		i.YearToDate, i.LastYear = fig("60", "I5"), fig("40", "J5")
		c.odd(&i)
		if got := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", i)).Indicators[0]; got.Light != c.light {
			t.Errorf("%s: %s (%s), want %s", c.name, got.Light, got.Reason, c.light)
		}
	}
}

// When an indicator is due: by the register, else in Quarter 4 where somebody says that it is annual.
func TestWhenAnIndicatorIsDue(t *testing.T) {
	for _, c := range []struct {
		register, outturn string
		p                 ingest.Period
		annual            bool
		light             transform.Light
	}{
		{"[3]", "", q3, false, "not returned"}, {"[4]", "", q3, false, "not due"}, {"[3]", "Reported annually", q3, true, "not returned"},
		{"[4]", "60", q3, false, "green"}, {"", "", q3, false, "not returned"}, {"", "", q3, true, "not due"}, {"", "", q4, true, "not returned"},
		{"", "not due", q3, false, "not due"}, {"[3]", "not due", q3, false, "not returned"}, {"", "60", q3, true, "green"},
	} {
		in := transform.Inputs{}
		if c.register != "" {
			in.Register = registerOf(t, "indicators: [{ref: NI 1, due: "+c.register+"}]")
		}
		i := indicator("NI 1", "high", "50", c.outturn, "", "x")
		if c.annual {
			i.Annual = ingest.Text{Value: "annual", Cell: "K5"}
		}
		if got := build(t, c.p, in, returned(c.p, "w.xlsx", i, action("A 1", "", "amber", "", ""))).Indicators[0]; got.Light != c.light {
			t.Errorf("due %s, %q, annual %v in %v: %s (%s), want %s", c.register, c.outturn, c.annual, c.p, got.Light, got.Reason, c.light)
		}
	}
}
