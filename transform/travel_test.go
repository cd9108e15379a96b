package transform_test

import (
	"fmt"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// q4last is the same quarter of the year before.
var q4last = ingest.Period{Year: 2006, Quarter: 4}

// travelling builds the pack of Quarter 4 with a scheme that compares as it is told.
func travelling(t *testing.T, direction string, reg transform.Register, returns ...ingest.Return) transform.Indicator {
	t.Helper()
	s := defaultScheme(t)
	s.Indicators.Direction = direction
	p := transform.Build(transform.Inputs{Period: q4, Scheme: s, Register: reg, Returns: returns})
	for _, i := range p.Indicators {
		if i.Outturn != nil && i.Outturn.Source.Workbook == "now.xlsx" {
			return i
		}
	}
	t.Fatal("no row")
	return transform.Indicator{}
}

func whole(n int) *int { return &n }

func number(s string) *transform.Number {
	return &transform.Number{Decimal: decimal.RequireFromString(s)}
}

// with sets what a test changes of a row.
func with(i ingest.Indicator, set func(*ingest.Indicator)) ingest.Indicator {
	set(&i)
	return i
}

func TestDirectionOfTravel(t *testing.T) {
	unit := func(u string) func(*ingest.Indicator) {
		return func(i *ingest.Indicator) { i.Unit = ingest.Text{Value: u, Cell: "D5"} }
	}
	of := func(n string) func(*ingest.Indicator) {
		return func(i *ingest.Indicator) { i.Denominator = fig(n, "K5") }
	}
	reg := func(r transform.Registered) transform.Register {
		r.Ref = "NI 1"
		return transform.Register{Indicators: []transform.Registered{r}}
	}
	row := func(polarity, outturn string) ingest.Indicator {
		return indicator("NI 1", polarity, "50", outturn, "amber", "x")
	}
	for _, c := range []struct {
		name           string
		now, q3, year  ingest.Indicator
		reg            transform.Register
		last, lastYear string
	}{
		{"up, high is good", row("high", "9"), row("high", "8"), row("high", "10"), transform.Register{}, "better", "worse"},
		{"up, low is good", row("low", "9"), row("low", "8"), row("low", "10"), transform.Register{}, "worse", "better"},
		{"nobody says what is good", row("", "9"), row("", "8"), row("", "10"), transform.Register{}, "not comparable", "not comparable"},
		{"same once published", row("high", "9.04"), row("high", "8.96"), row("high", "8.94"), reg(transform.Registered{Decimals: whole(1)}), "same", "better"},
		{"another unit", with(row("high", "9"), unit("days")), with(row("high", "8"), unit("weeks")), with(row("high", "8"), unit("day")), transform.Register{}, "not comparable", "better"},
		{"what is good has changed", row("high", "9"), row("low", "8"), row("high", "8"), transform.Register{}, "not comparable", "better"},
		{"a sum since April", row("high", "9"), row("high", "8"), row("high", "10"), reg(transform.Registered{Basis: "cumulative"}), "not comparable", "worse"},
		{"few cases", with(row("high", "9"), of("19")), row("high", "8"), row("high", "10"), reg(transform.Registered{SmallestDenominator: number("20")}), "", ""},
		{"few cases then", with(row("high", "9"), of("20")), with(row("high", "8"), of("19")), with(row("high", "10"), of("20")), reg(transform.Registered{SmallestDenominator: number("20")}), "", "worse"},
		{"another definition since", row("high", "9"), row("high", "8"), row("high", "10"), reg(transform.Registered{Replaces: &transform.Replaced{Ref: "NI 1", From: "2007/08"}}), "better", "not comparable"},
		{"the same definition under another code", row("high", "9"), row("high", "8"), with(row("high", "10"), func(i *ingest.Indicator) { i.Ref = ingest.NewRef("BV 9", "A5") }),
			reg(transform.Registered{Replaces: &transform.Replaced{Ref: "BV 9", From: "2007/08", Comparable: true}}), "better", "worse"},
		{"another definition under another code", row("high", "9"), row("high", "8"), with(row("high", "10"), func(i *ingest.Indicator) { i.Ref = ingest.NewRef("BV 9", "A5") }),
			reg(transform.Registered{Replaces: &transform.Replaced{Ref: "BV 9", From: "2007/08"}}), "better", "not comparable"},
	} {
		returns := []ingest.Return{returned(q4, "now.xlsx", c.now), returned(q3, "q3.xlsx", c.q3), returned(q4last, "last.xlsx", c.year)}
		if i := travelling(t, "last quarter", c.reg, returns...); i.Direction != c.last || i.YearDirection != "" {
			t.Errorf("%s: %q against last quarter, want %q", c.name, i.Direction, c.last)
		}
		i := travelling(t, "last year", c.reg, returns...)
		if want := map[bool]string{true: "2006/07 Q4"}[c.lastYear != ""]; i.Direction != c.lastYear || i.ComparedWith != want {
			t.Errorf("%s: %q against %q, want %q of last year", c.name, i.Direction, i.ComparedWith, c.lastYear)
		}
		if i := travelling(t, "both", c.reg, returns...); i.Direction != c.last || i.YearDirection != c.lastYear {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, i.Direction, i.YearDirection, c.last, c.lastYear)
		}
	}
}

func TestDirectionWithinARange(t *testing.T) {
	reg := transform.Register{Indicators: []transform.Registered{{Ref: "NI 65", Polarity: "range", Low: number("10"), High: number("15")}}}
	for _, c := range []struct{ then, now, want string }{{"9", "9.5", "better"}, {"16", "17", "worse"}, {"11", "14", "same"}, {"16", "9", "same"}, {"20", "15", "better"}} {
		i := travelling(t, "last quarter", reg, returned(q4, "now.xlsx", indicator("NI 65", "", "", c.now, "amber", "x")), returned(q3, "q3.xlsx", indicator("NI 65", "", "", c.then, "amber", "x")))
		if i.Direction != c.want {
			t.Errorf("from %s to %s: %q, want %q", c.then, c.now, i.Direction, c.want)
		}
	}
}

func TestSeriesHoldsEveryQuarter(t *testing.T) {
	var returns []ingest.Return
	p := q4
	for n := range 14 {
		name := fmt.Sprintf("r%02d.xlsx", n)
		if n == 0 {
			name = "now.xlsx"
		}
		value := []string{"49", "51"}[n%2]
		if n == 0 {
			value = "70"
		}
		returns = append(returns, returned(p, name, indicator("NI 1", "high", "60", value, "green", "x")))
		p = p.Before()
	}
	i := travelling(t, "last quarter", transform.Register{}, returns...)
	if len(i.Series) != 14 || i.Series[0].Period != (ingest.Period{Year: 2004, Quarter: 3}) || i.Series[13].Source.Workbook != "now.xlsx" {
		t.Fatalf("series %v", i.Series)
	}
	if l := i.Limits; l == nil || l.Points != 14 || l.Variation != "improvement" || l.Assurance != "consistently missed" {
		t.Errorf("limits %+v", l)
	}
	if i.TrendDisagrees() {
		t.Error("green and getting better agree")
	}
	if i = travelling(t, "last quarter", transform.Register{}, returns[:11]...); i.Limits != nil {
		t.Error("limits with eleven points")
	}
	// A change of what is measured ends the series that limits are made of.
	returns[8].Indicators[0].Unit = ingest.Text{Value: "days", Cell: "D5"}
	returns[0].Indicators[0].Unit = ingest.Text{Value: "%", Cell: "D5"}
	if i = travelling(t, "last quarter", transform.Register{}, returns...); i.Limits != nil || len(i.Series) != 14 {
		t.Error("limits over a change of unit")
	}
}

// A year workbook speaks for the quarters before; what it revises is revised in the series.
func TestSeriesOfAYearWorkbook(t *testing.T) {
	row := indicator("NI 1", "high", "60", "", "", "x")
	for q, s := range []string{"40", "41.5", "42", "43"} {
		row.Quarters.At(q + 1).Outturn = fig(s, string(rune('F'+q))+"5")
	}
	i := travelling(t, "last quarter", transform.Register{}, returned(q4, "now.xlsx", row), returned(ingest.Period{Year: 2007, Quarter: 2}, "q2.xlsx", indicator("NI 1", "high", "60", "41", "", "")))
	got := ""
	for _, p := range i.Series {
		got += p.Period.QuarterText() + " " + p.Number.String() + "; "
	}
	if got != "Q1 40; Q2 41.5; Q3 42; Q4 43; " {
		t.Error(got)
	}
}

func TestLightAndTrendDisagree(t *testing.T) {
	for _, c := range []struct {
		light     transform.Light
		direction string
		want      bool
	}{{"green", "worse", true}, {"green", "better", false}, {"red", "better", true}, {"red", "worse", false}, {"amber", "worse", false}, {"green", "same", false}, {"query", "worse", false}, {"blue", "worse", true}} {
		i := transform.Indicator{Direction: c.direction}
		i.Light = c.light
		if i.TrendDisagrees() != c.want {
			t.Errorf("%s and %s: %v", c.light, c.direction, !c.want)
		}
		i.Direction, i.YearDirection = "", c.direction
		if i.TrendDisagrees() != c.want {
			t.Errorf("%s and %s against last year: %v", c.light, c.direction, !c.want)
		}
	}
}
