package transform_test

import (
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// The register's targets come before those of returns, the quarter's before
// the year's; where the two say otherwise of the target that is judged against,
// the row has no light.
func TestTargetsOfTheRegisterAndOfReturns(t *testing.T) {
	const own, year = "{year: 2007/08, quarter: 4, value: 80}", "{year: 2007/08, value: 90}"
	for _, c := range []struct {
		name, register    string
		saidOwn, saidYear string
		light             transform.Light
		target            string
		asked             int
	}{
		{"only the register's", own, "", "", "green", "80", 0},
		{"only the return's", "", "86", "", "red", "86", 0},
		{"only the return's year", "", "", "85", "green", "85", 0},
		{"both agree", own, "80.0", "", "green", "80", 0},
		{"the quarter's differs", own, "81", "", "query", "80", 1},
		{"the year's differs, and the quarter's is judged against", own + ", " + year, "80", "91", "green", "80", 1},
		{"the year's differs, and a return's quarter is judged against", year, "80", "91", "green", "80", 1},
		{"the year's differs, and is judged against", year, "", "91", "query", "90", 1},
		{"the register's quarter before the return's year", own, "", "95", "green", "80", 0},
		{"of another year", "{year: 2006/07, value: 99}", "", "85", "green", "85", 0},
		{"of another quarter", "{year: 2007/08, quarter: 3, value: 99}", "", "85", "green", "85", 0},
		{"long-term", "{year: 2007/08, value: 99, long_term: true}", "", "85", "green", "85", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			reg := registerOf(t, "indicators: [{ref: NI 1, polarity: high, targets: ["+c.register+"]}]")
			i := indicator("NI 1", "", c.saidYear, "85", "", "x")
			i.Quarters.At(4).Target = fig(c.saidOwn, "G5")
			p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "w.xlsx", i))
			got := p.Indicators[0]
			if got.Light != c.light || got.Target.Number.String() != c.target || checks(p)["target-differs-from-register"] != c.asked {
				t.Errorf("%s against %s (%s), %v; want %s against %s", got.Light, got.Target.Number, got.Reason, checks(p), c.light, c.target)
			}
		})
	}
}

// A range of the register differs from a return's where either end does.
func TestRangesOfTheRegisterAndOfReturns(t *testing.T) {
	for said, asked := range map[string]int{"10-15": 0, "10-16": 1, "9-15": 1, "": 0} {
		reg := registerOf(t, "indicators: [{ref: NI 1, polarity: range, targets: [{year: 2007/08, low: 10, high: 15}]}]")
		p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "w.xlsx", indicator("NI 1", "range", said, "12", "", "x")))
		want := map[int]transform.Light{0: "green", 1: "query"}[asked]
		if got := p.Indicators[0]; got.Light != want || checks(p)["target-differs-from-register"] != asked {
			t.Errorf("%q: %s (%s), %v", said, got.Light, got.Reason, checks(p))
		}
	}
	one := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", indicator("NI 1", "range", "10-10", "10", "", "x"))).Indicators[0]
	if one.Light != transform.Green || one.TargetRange == nil || one.TargetRange[1].Number.String() != "10" {
		t.Errorf("a range of one figure: %s (%s)", one.Light, one.Reason)
	}
}

// The register's range holds in every quarter, where no target is set and in range is good.
func TestTheStandingRange(t *testing.T) {
	for _, c := range []struct {
		register, target string
		light            transform.Light
	}{
		{"polarity: range, low: 10, high: 15", "", "red"},
		{"polarity: range, low: 10, high: 15", "10-20", "green"},
		{"polarity: range, low: 10, high: 15, targets: [{year: 2007/08, quarter: 3, low: 17, high: 18}]", "", "green"},
		{"polarity: range, low: 10, high: 15, targets: [{year: 2007/08, low: 17, high: 18}]", "", "green"},
		{"polarity: range", "", "no target"},
		{"polarity: high, low: 10, high: 15", "", "no target"},
	} {
		reg := registerOf(t, "indicators: [{ref: NI 1, "+c.register+"}]")
		i := indicator("NI 1", "", "", "17.6", "", "x")
		i.Quarters.At(3).Target = fig(c.target, "G5")
		if got := build(t, q3, transform.Inputs{Register: reg}, returned(q3, "w.xlsx", i)).Indicators[0]; got.Light != c.light {
			t.Errorf("%s against %q: %s (%s), want %s", c.register, c.target, got.Light, got.Reason, c.light)
		}
	}
}

// Targets that grow by quarter beside a figure for the year so far are asked about only where it changes the light.
func TestTargetsThatMayBeForTheYearSoFar(t *testing.T) {
	for toDate, want := range map[string]transform.Light{"45": "query", "120": "red"} {
		i := indicator("NI 1", "low", "", "60", "", "x")
		i.Quarters.At(1).Target, i.Quarters.At(2).Target, i.Quarters.At(3).Target = fig("10", "D5"), fig("25", "E5"), fig("50", "G5")
		i.YearToDate = fig(toDate, "H5")
		if got := build(t, q3, transform.Inputs{}, returned(q3, "w.xlsx", i)).Indicators[0]; got.Light != want {
			t.Errorf("%s to date: %s (%s), want %s", toDate, got.Light, got.Reason, want)
		}
	}
}

// What was compared as written is shown as written.
func TestWhatWasComparedAsWritten(t *testing.T) {
	s := shipped(t, "completed-expected")
	for _, c := range []struct {
		facts   facts
		written bool
	}{
		{facts{good: "high", places: "1", target: "9", outturn: "8.95"}, false},
		{facts{good: "high", target: "9", outturn: "8.95"}, true},
		{facts{good: "high", unit: "%", places: "0", target: "100", outturn: "99.6"}, true},
	} {
		if i := rated(t, s, c.facts); i.AsWritten != c.written {
			t.Errorf("%+v: as written %v", c.facts, i.AsWritten)
		}
	}
	if i := rated(t, written(t, "indicators: {compare: as written}"), facts{good: "high", places: "1", target: "9", outturn: "8.95"}); !i.AsWritten {
		t.Error("the scheme compares as written")
	}
}

// Met is near, also where no threshold is set.
func TestMetIsNear(t *testing.T) {
	s := written(t, "indicators: {near: [floor], rules: [{light: green, when: near}, {light: red}]}")
	checkRules(t, s, []ruled{
		{"at target, no floor", facts{good: "high", target: "80", outturn: "80"}, "green", ""},
		{"below target, no floor", facts{good: "high", target: "80", outturn: "79"}, "query", "no floor is set"},
	})
}

// A register's mistakes are told with line and column.
func TestMistakesOfRegisters(t *testing.T) {
	for _, c := range []struct{ register, says string }{
		{"indicators:\n  - {title: No reference}", "[2:6] an indicator has no ref"},
		{"indicators:\n  - {ref: NI 1}\n  - {ref: NI1}", "[3:11] NI1 stands twice"},
		{"indicators:\n  - {ref: NI 1, polarity: up}", "[2:27] polarity of NI 1 is \"up\""},
		{"indicators:\n  - {ref: NI 1, basis: weekly}", "[2:24] basis of NI 1 is \"weekly\"; use snapshot, in quarter"},
		{"indicators:\n  - {ref: NI 1, class: both}", "[2:24] class of NI 1"},
		{"indicators:\n  - {ref: NI 1, decimals: -1}", "decimals of NI 1 is -1"},
		{"indicators:\n  - {ref: NI 1, due: [2, 5]}", "NI 1 is due in quarter 5"},
		{"indicators:\n  - {ref: NI 1, low: 5}", "a range of NI 1 has one end"},
		{"indicators:\n  - {ref: NI 1, low: 5, high: 4}", "goes from 5 to 4"},
		{"indicators:\n  - {ref: NI 1, parts: [{name: x}]}", "a part of NI 1 has no letter"},
		{"indicators:\n  - {ref: NI 1, replaces: {comparable: true}}", "replaces of NI 1 names no indicator"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {value: 5}", "[4:10] year of a target of NI 1 is \"\"; write it as 2008/09"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, quarter: 5, value: 5}", "[4:34] quarter of a target of NI 1 is 5"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09}", "a target of NI 1 needs a value, or low and high"},
		{"indicators:\n  - ref: NI 1\n    polarity: range\n    targets:\n      - {year: 2008/09, value: 5, low: 4, high: 6}", "needs a value, or low and high"},
		{"indicators:\n  - ref: NI 1\n    polarity: high\n    targets:\n      - {year: 2008/09, low: 4, high: 6}", "polarity of NI 1 is \"high\"; a target with low and high is of a range"},
		{"indicators:\n  - ref: NI 1\n    polarity: range\n    targets:\n      - {year: 2008/09, value: 4}", "a range needs both"},
		{"indicators:\n  - ref: NI 1\n    polarity: range\n    targets:\n      - {year: 2008/09, low: 6, high: 4}", "goes from 6 to 4"},
		{"indicators:\n  - ref: NI 1\n    polarity: range\n    targets:\n      - {year: 2008/09, low: 4, high: 6, floor: 3}", "allowance is a tolerance around them"},
		{"indicators:\n  - ref: NI 1\n    polarity: high\n    targets:\n      - {year: 2008/09, value: 50, amber_value: 51}", "[5:49] amber_value of NI 1 is 51, better than the target of 50"},
		{"indicators:\n  - ref: NI 1\n    polarity: low\n    targets:\n      - {year: 2008/09, value: 50, floor: 49}", "floor of NI 1 is 49, better than the target of 50"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: 50, floor: 49}", "floor of NI 1 needs its polarity"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: 50, part: a}", "NI 1 has no part \"a\""},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: 50, status: perhaps}", "status of a target of NI 1"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: 50, tolerance: {relative: -1}}", "an allowance is -1"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: 50, tolerance: {}}", "an allowance is one of"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: 50}\n      - {year: 2008/09, value: 51}", "[5:10] NI 1 has two targets for 2008/09"},
		{"indicators:\n  - ref: NI 1\n    targets:\n      - {year: 2008/09, value: fifty}", "[4:32] \"fifty\" is not a number"},
	} {
		_, err := transform.ParseRegister("r.yaml", []byte(c.register))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s:\n%v, want %s", c.register, err, c.says)
		}
	}
}

// What is right at the edge is no mistake.
func TestEdgesOfRegisters(t *testing.T) {
	registerOf(t, `indicators:
  - {ref: NI 1, decimals: 0, due: [1, 4], low: 5, high: 5}
  - {ref: NI 2, decimals: 10, polarity: high, targets: [{year: 2008/09, quarter: 4, value: 50, amber_value: 50, floor: 50, tolerance: {points: 0}}]}
  - {ref: NI 3, polarity: low, targets: [{year: 2008/09, quarter: 1, value: 50, amber_value: 50}, {year: 2008/09, value: 50}, {year: 2008/09, value: 40, long_term: true}]}
  - {ref: NI 4, polarity: range, targets: [{year: 2008/09, low: 4, high: 4}]}
`)
}

// Later registers win field by field, and target by target.
func TestLaterRegistersWin(t *testing.T) {
	first := registerOf(t, `indicators:
  - {ref: NI 1, title: First, unit: "%", polarity: high, decimals: 1, due: [4], lead: Parks, targets: [{year: 2007/08, value: 1}, {year: 2008/09, value: 2}]}
  - {ref: NI 2, title: Second}
`)
	later := registerOf(t, `indicators:
  - {ref: NI 3, title: Third}
  - {ref: NI1, title: Ours, targets: [{year: 2008/09, value: 3}]}
`)
	got := first.Over(later).Indicators
	if len(got) != 3 || got[0].Ref != "NI1" || got[1].Ref != "NI 2" || got[2].Ref != "NI 3" {
		t.Fatalf("%+v", got)
	}
	i := got[0]
	if i.Title != "Ours" || i.Unit != "%" || i.Polarity != "high" || *i.Decimals != 1 || len(i.Due) != 1 || i.Lead != "Parks" {
		t.Errorf("%+v", i)
	}
	values := map[string]string{}
	for _, x := range i.Targets {
		values[x.Year] = x.Value.String()
	}
	if len(i.Targets) != 2 || values["2007/08"] != "1" || values["2008/09"] != "3" {
		t.Errorf("targets %v", values)
	}
	if first.Indicators[0].Title != "First" || len(first.Indicators[0].Targets) != 2 {
		t.Error("the earlier register was changed")
	}
}

// An alias finds the register's entry where no entry has that reference itself.
func TestAliasesFindTheirEntry(t *testing.T) {
	reg := registerOf(t, "indicators: [{ref: NI 1, alias: LAA 5, polarity: low}, {ref: NI 2, alias: NI 1, polarity: high}]")
	p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "w.xlsx", indicator("LAA 5", "", "7", "6", "", ""), indicator("NI 1", "", "7", "6", "", "")))
	for _, i := range p.Indicators {
		if i.Polarity != "low" || i.Light != transform.Green {
			t.Errorf("%s: %s is good, %s", i.Ref, i.Polarity, i.Light)
		}
	}
}

// A scheme is valid on a quarter that ends on its day or later.
func TestTheDayFromWhichASchemeIsValid(t *testing.T) {
	for day, valid := range map[string]bool{"2008-03-31": true, "2008-04-01": false, "2000-01-01": true} {
		s := written(t, "effective_from: "+day)
		if s.ValidIn(q4) != valid {
			t.Errorf("valid from %s: %v", day, !valid)
		}
	}
	if s := written(t, ""); !s.ValidIn(ingest.Period{Year: 1999, Quarter: 1}) {
		t.Error("a scheme without a day is valid always")
	}
}

// A range that the plan writes holds for the figure of a return.
func TestRangeOfThePlan(t *testing.T) {
	plan := returned(ingest.Period{Year: 2007}, "plan.xlsx", indicator("NI 1", "range", "10% to 15%", "", "", ""))
	for outturn, want := range map[string]transform.Light{"12%": "green", "17.6%": "red"} {
		got := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", indicator("NI 1", "", "", outturn, "", "x")), plan).Indicators[0]
		if got.Light != want {
			t.Errorf("%s: %s (%s), want %s", outturn, got.Light, got.Reason, want)
		}
	}
}
