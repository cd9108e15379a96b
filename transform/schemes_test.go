package transform_test

import (
	"io/fs"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/templates"
	"boardpack/transform"
)

// shipped gives a scheme of templates/schemes.
func shipped(t testing.TB, name string) transform.Scheme {
	t.Helper()
	s, err := transform.ParseScheme(templates.Must("schemes/" + name + ".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// written gives a scheme of some lights with rules as a council would write them.
func written(t testing.TB, rules string) transform.Scheme {
	t.Helper()
	s, err := transform.ParseScheme([]byte(`id: own
version: "1"
denominator: all
lights:
  - {light: red, word: Red, letter: R, shape: square}
  - {light: amber, word: Amber, letter: A, shape: triangle}
  - {light: green, word: Green, letter: G, shape: circle}
  - {light: blue, word: Blue, letter: B, shape: diamond}
` + rules))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A file may begin with YAML's directives.
func TestSchemeAfterDirectives(t *testing.T) {
	b := templates.Must("schemes/completed-expected.yaml")
	for _, begin := range []string{"%YAML 1.2\n---\n", "---\n"} {
		if s, err := transform.ParseScheme(append([]byte(begin), b...)); err != nil || s.ID != "completed-expected" {
			t.Errorf("after %q the scheme is %q: %v", begin, s.ID, err)
		}
	}
}

func TestShippedSchemesSayWhatTheirLightsMean(t *testing.T) {
	names, err := fs.Glob(templates.FS, "schemes/*.yaml")
	if err != nil || len(names) < 9 {
		t.Fatalf("%d schemes: %v", len(names), err)
	}
	for _, name := range names {
		s := shipped(t, name[len("schemes/"):len(name)-len(".yaml")])
		if "schemes/"+s.ID+".yaml" != name || s.Title == "" || s.Note == "" || s.EffectiveFrom == "" {
			t.Errorf("%s: id %q, title %q, note %q, from %q", name, s.ID, s.Title, s.Note, s.EffectiveFrom)
		}
		if len(s.States) != len(transform.States) {
			t.Errorf("%s: %d states", name, len(s.States))
		}
		for _, l := range s.Lights {
			if l.Action == "" || l.Indicator == "" || s.Second != "" && l.Second == "" {
				t.Errorf("%s: %s has no meaning", name, l.Light)
			}
		}
		for _, st := range s.States {
			if st.Text == "" {
				t.Errorf("%s: %s has no meaning", name, st.State)
			}
		}
	}
}

// facts are what is known of one indicator in Quarter 4, each as a text; empty for nothing.
type facts struct {
	good, unit, places                   string // polarity, unit, decimals
	target, low, high                    string // the quarter's own target
	amber, floor                         string
	relative, points, absolute           string // its tolerance
	outturn, lastYear                    string // lastYear is of the same quarter
	officer, forecast, benchmark, status string
}

// rated gives the indicator of facts under a scheme.
func rated(t testing.TB, s transform.Scheme, f facts) transform.Indicator {
	t.Helper()
	num := func(text string) *transform.Number {
		if text == "" {
			return nil
		}
		n := transform.Num(text)
		if n == nil {
			t.Fatalf("%q is no number", text)
		}
		return n
	}
	reg := transform.Registered{Ref: "NI 1", Unit: f.unit, Polarity: f.good}
	if n := num(f.places); n != nil {
		d := int(n.IntPart())
		reg.Decimals = &d
	}
	target := transform.Target{Year: "2007/08", Quarter: 4, Value: num(f.target), Low: num(f.low), High: num(f.high), Amber: num(f.amber), Floor: num(f.floor), Status: f.status}
	if f.relative+f.points+f.absolute != "" {
		target.Tolerance = &transform.Allowance{Relative: num(f.relative), Points: num(f.points), Absolute: num(f.absolute)}
	}
	if target.Value != nil || target.Low != nil {
		reg.Targets = []transform.Target{target}
	}
	now := indicator("NI 1", "", "", f.outturn, f.officer, "x")
	now.Forecast = ingest.Light{Colour: f.forecast, Text: f.forecast, Cell: "I5"}
	now.Benchmark = fig(f.benchmark, "J5")
	returns := []ingest.Return{returned(q4, "now.xlsx", now)}
	if f.lastYear != "" {
		returns = append(returns, returned(q4.LastYear(), "then.xlsx", indicator("NI 1", "", "", f.lastYear, "", "x")))
	}
	p := transform.Build(transform.Inputs{Period: q4, Scheme: s, Register: transform.Register{Indicators: []transform.Registered{reg}}, Returns: returns})
	return p.Indicators[0]
}

// ruled is one row of a table of rules.
type ruled struct {
	name  string
	facts facts
	light transform.Light
	says  string // part of the arithmetic in words; empty for any
}

func checkRules(t *testing.T, s transform.Scheme, rows []ruled) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			i := rated(t, s, r.facts)
			if i.Light != r.light || !strings.Contains(i.Reason, r.says) {
				t.Errorf("%s by %s: %s; want %s, %q", i.Light, i.Rule, i.Reason, r.light, r.says)
			}
			if i.Light.IsColour() && (i.Rule == "" || !strings.Contains(i.Reason, string(i.Light))) {
				t.Errorf("%s carries rule %q and reason %q", i.Light, i.Rule, i.Reason)
			}
		})
	}
}

// Hartlepool, Halton and Middlesbrough at the target's date: met or not met.
func TestMetOrNotMet(t *testing.T) {
	rows := []ruled{
		{"at the target, high", facts{good: "high", target: "80", outturn: "80"}, "green", "80 is at or above 80; high is good: green"},
		{"just below, high", facts{good: "high", target: "80", outturn: "79.99"}, "red", "79.99 is below 80; high is good: red"},
		{"just above, high", facts{good: "high", target: "80", outturn: "80.01"}, "green", ""},
		{"at the target, low", facts{good: "low", target: "7.3", outturn: "7.3"}, "green", "7.3 is at or below 7.3; low is good: green"},
		{"just above, low", facts{good: "low", target: "7.3", outturn: "7.31"}, "red", "7.31 is above 7.3; low is good: red"},
		{"NI 117: 8.5 against 8.9", facts{good: "low", unit: "%", target: "8.9", outturn: "8.5"}, "green", "8.5% is at or below 8.9%"},
		{"NI 117 the year before: 11.1 against 8.7", facts{good: "low", unit: "%", target: "8.7", outturn: "11.1"}, "red", ""},
		{"NI 112: -15 against -8.5", facts{good: "low", unit: "%", target: "-8.5", outturn: "-15"}, "green", "-15% is at or below -8.5%; low is good: green"},
		{"NI 112: 3 against -8.5", facts{good: "low", unit: "%", target: "-8.5", outturn: "3"}, "red", ""},
		{"NI 76: 6.7 against 0", facts{good: "low", unit: "%", target: "0", outturn: "6.7"}, "red", ""},
		{"NI 76: 0 against 0", facts{good: "low", unit: "%", target: "0", outturn: "0"}, "green", ""},
		{"binary fractions are not used", facts{good: "low", target: "0.3", outturn: "0.30000000000000004"}, "red", ""},
	}
	for _, name := range []string{"completed-expected", "on-course"} {
		t.Run(name, func(t *testing.T) { checkRules(t, shipped(t, name), rows) })
	}
}

// Published precision: decided once, on figures as they are printed; a full
// hundred and none at all are decided as written.
func TestPublishedPrecision(t *testing.T) {
	for _, name := range []string{"completed-expected", "brag"} {
		met := transform.Green
		checkRules(t, shipped(t, name), []ruled{
			{"8.95 shown as 9.0 against 9.0", facts{good: "high", places: "1", target: "9.0", outturn: "8.95"}, met, "8.95 (published as 9) is at"},
			{"8.94 shown as 8.9 against 9.0", facts{good: "high", places: "1", target: "9.0", outturn: "8.94"}, map[string]transform.Light{"completed-expected": "red", "brag": "amber"}[name], ""},
			{"9.04 shown as 9.0 against 9.0, low", facts{good: "low", places: "1", target: "9.0", outturn: "9.04"}, met, ""},
			{"half is rounded away from zero", facts{good: "low", places: "0", target: "-9", outturn: "-8.5"}, met, "published as -9"},
			{"99.6 never meets 100", facts{good: "high", unit: "%", places: "0", target: "100", outturn: "99.6"}, map[string]transform.Light{"completed-expected": "red", "brag": "amber"}[name], "99.6% is below 100%"},
			{"100 meets 100", facts{good: "high", unit: "%", places: "0", target: "100", outturn: "100"}, met, ""},
			{"0.4 never meets none", facts{good: "low", places: "0", target: "0", outturn: "0.4"}, "red", "0.4 is above 0"},
			{"0 meets none", facts{good: "low", places: "0", target: "0", outturn: "0"}, met, ""},
			{"a hundred is no limit where low is good", facts{good: "low", unit: "%", places: "0", target: "100", outturn: "100.4"}, met, "100.4% (published as 100%)"},
			{"a hundred days are no limit", facts{good: "high", unit: "days", places: "0", target: "100", outturn: "99.6"}, met, "99.6 days (published as 100 days)"},
			{"ninety per cent is no limit", facts{good: "high", unit: "%", places: "0", target: "90", outturn: "89.6"}, met, ""},
			{"nought is no limit where high is good", facts{good: "high", places: "0", target: "0", outturn: "-0.4"}, met, ""},
		})
	}
	asWritten := written(t, "indicators: {compare: as written}")
	checkRules(t, asWritten, []ruled{
		{"as written, 8.95 does not meet 9.0", facts{good: "high", places: "1", target: "9.0", outturn: "8.95"}, "red", "8.95 is below 9; high is good: red"},
	})
}

// Havering: on target or within 10 per cent is green; further off, amber where
// it is no worse than in the same quarter last year.
func TestWithinTolerance(t *testing.T) {
	checkRules(t, shipped(t, "within-tolerance"), []ruled{
		{"met", facts{good: "high", target: "80", outturn: "80"}, "green", ""},
		{"at the edge of 10%", facts{good: "high", target: "80", outturn: "72"}, "green", "72 is below 80 and within 10% of it (72 or above); high is good: green"},
		{"just outside, worse than last year", facts{good: "high", target: "80", outturn: "71.99", lastYear: "72"}, "red", "and not within 10% of it (72 or above); it is worse than 72 in the same quarter last year; high is good: red"},
		{"just outside, the same as last year", facts{good: "high", target: "80", outturn: "71.99", lastYear: "71.99"}, "amber", "the same as 71.99 in the same quarter last year"},
		{"just outside, better than last year", facts{good: "high", target: "80", outturn: "71.99", lastYear: "70"}, "amber", "better than 70"},
		{"low, at the edge", facts{good: "low", target: "50", outturn: "55"}, "green", "55 is above 50 and within 10% of it (55 or below)"},
		{"low, outside, better", facts{good: "low", target: "50", outturn: "55.1", lastYear: "60"}, "amber", ""},
		{"low, outside, worse", facts{good: "low", target: "50", outturn: "55.1", lastYear: "55"}, "red", ""},
		{"negative target, at the edge", facts{good: "low", target: "-8.5", outturn: "-7.65"}, "green", "within 10% of it (-7.65 or below)"},
		{"negative target, outside", facts{good: "low", target: "-8.5", outturn: "-7.64", lastYear: "-9"}, "red", ""},
		{"negative target, high is good", facts{good: "high", target: "-20", outturn: "-22"}, "green", "(-22 or above)"},
		{"negative target, high, outside", facts{good: "high", target: "-20", outturn: "-22.1", lastYear: "-21"}, "red", ""},
		{"zero target: a percentage allows nothing", facts{good: "low", target: "0", outturn: "0.1", lastYear: "0"}, "red", "0.1 is above 0 and a percentage of 0 allows nothing; it is worse than 0 in the same quarter last year"},
		{"zero target, its own absolute tolerance", facts{good: "low", target: "0", absolute: "1", outturn: "1"}, "green", "within 1 of it (1 or below)"},
		{"its own tolerance comes before the scheme's", facts{good: "high", target: "80", relative: "2", outturn: "78", lastYear: "79"}, "red", "not within 2% of it (78.4 or above)"},
		{"last year not known", facts{good: "high", target: "80", outturn: "60"}, "query", "the figure of 2006/07 Q4 is not known"},
		{"last year not known, the officer judges", facts{good: "high", target: "80", outturn: "60", officer: "red"}, "red", "the officer's judgement is red"},
	})
}

// "Within 5" is 5 per cent of the target, or 5 percentage points: 80 less 4 or less 5.
func TestPerCentAndPercentagePoints(t *testing.T) {
	relative := written(t, "indicators: {allowance: {relative: 5}, rules: [{light: green, when: met}, {light: amber, when: near}, {light: red}]}")
	points := written(t, "indicators: {allowance: {points: 5}, rules: [{light: green, when: met}, {light: amber, when: near}, {light: red}]}")
	absolute := written(t, "indicators: {allowance: {absolute: 2}, rules: [{light: green, when: met}, {light: amber, when: near}, {light: red}]}")
	checkRules(t, relative, []ruled{
		{"76 of 80", facts{good: "high", unit: "%", target: "80", outturn: "76"}, "amber", "within 5% of it (76% or above)"},
		{"75.9 of 80", facts{good: "high", unit: "%", target: "80", outturn: "75.9"}, "red", ""},
	})
	checkRules(t, points, []ruled{
		{"75 of 80", facts{good: "high", unit: "%", target: "80", outturn: "75"}, "amber", "within 5 percentage points of it (75% or above)"},
		{"74.9 of 80", facts{good: "high", unit: "%", target: "80", outturn: "74.9"}, "red", ""},
		{"points of days mean nothing", facts{good: "low", unit: "days", target: "80", outturn: "82"}, "query", "percentage points was set for a figure that is not in per cent"},
	})
	checkRules(t, absolute, []ruled{
		{"82 days of 80", facts{good: "low", unit: "days", target: "80", outturn: "82"}, "amber", "within 2 days of it (82 days or below)"},
		{"82.1 days of 80", facts{good: "low", unit: "days", target: "80", outturn: "82.1"}, "red", ""},
	})
}

// Kent: the floor standard parts amber and red; without one nothing does.
func TestFloorStandard(t *testing.T) {
	checkRules(t, shipped(t, "floor-standard"), []ruled{
		{"met", facts{good: "high", target: "90", floor: "80", outturn: "90"}, "green", ""},
		{"just below the target", facts{good: "high", target: "90", floor: "80", outturn: "89.9"}, "amber", "at or above the floor of 80"},
		{"at the floor", facts{good: "high", target: "90", floor: "80", outturn: "80"}, "amber", ""},
		{"just below the floor", facts{good: "high", target: "90", floor: "80", outturn: "79.9"}, "red", "below the floor of 80; high is good: red"},
		{"low, at the floor", facts{good: "low", target: "10", floor: "15", outturn: "15"}, "amber", "above 10 and at or below the floor of 15"},
		{"low, beyond the floor", facts{good: "low", target: "10", floor: "15", outturn: "15.1"}, "red", ""},
		{"no floor, met", facts{good: "high", target: "90", outturn: "95"}, "green", ""},
		{"no floor, not met", facts{good: "high", target: "90", outturn: "85"}, "query", "no floor is set for it"},
		{"an amber value is no floor", facts{good: "high", target: "90", amber: "80", outturn: "85"}, "query", ""},
	})
}

// Rotherham: a tolerance for each indicator, and measures for information.
func TestIndicatorTolerance(t *testing.T) {
	checkRules(t, shipped(t, "indicator-tolerance"), []ruled{
		{"met", facts{good: "high", target: "90", amber: "85", outturn: "90"}, "green", ""},
		{"at its amber value", facts{good: "high", target: "90", amber: "85", outturn: "85"}, "amber", "at or above the amber value of 85"},
		{"beyond its amber value", facts{good: "high", target: "90", amber: "85", outturn: "84.9"}, "red", ""},
		{"at its tolerance", facts{good: "low", unit: "%", target: "10", points: "1.5", outturn: "11.5"}, "amber", ""},
		{"beyond its tolerance", facts{good: "low", unit: "%", target: "10", points: "1.5", outturn: "11.6"}, "red", ""},
		{"none set", facts{good: "low", target: "10", outturn: "11"}, "query", "no amber value, tolerance or floor is set"},
		{"for information", facts{good: "context", target: "10", outturn: "11", officer: "red"}, "context", ""},
	})
}

// Brighton & Hove: an explicit amber value, and nothing else makes amber.
func TestAmberValue(t *testing.T) {
	checkRules(t, shipped(t, "amber-value"), []ruled{
		{"met", facts{good: "low", target: "10", amber: "12", outturn: "10"}, "green", ""},
		{"just off", facts{good: "low", target: "10", amber: "12", outturn: "10.1"}, "amber", ""},
		{"at the amber value", facts{good: "low", target: "10", amber: "12", outturn: "12"}, "amber", "at or below the amber value of 12"},
		{"beyond", facts{good: "low", target: "10", amber: "12", outturn: "12.1"}, "red", "above the amber value of 12"},
		{"a tolerance is no amber value", facts{good: "low", target: "10", relative: "50", outturn: "12"}, "query", "no amber value is set"},
		{"a trend measure", facts{good: "context", outturn: "12"}, "context", ""},
	})
}

// BRAG: blue is better than target.
func TestBlueIsBetterThanTarget(t *testing.T) {
	checkRules(t, shipped(t, "brag"), []ruled{
		{"better", facts{good: "high", target: "80", outturn: "80.1"}, "blue", "80.1 is above 80; high is good: blue"},
		{"at target", facts{good: "high", target: "80", outturn: "80"}, "green", "80 is at 80; high is good: green"},
		{"just off", facts{good: "high", target: "80", outturn: "79.9"}, "amber", ""},
		{"at the edge of 5%", facts{good: "high", target: "80", outturn: "76"}, "amber", ""},
		{"beyond", facts{good: "high", target: "80", outturn: "75.9"}, "red", ""},
		{"low, better", facts{good: "low", target: "8", outturn: "7.9"}, "blue", "7.9 is below 8"},
		{"low, at target", facts{good: "low", target: "8", outturn: "8"}, "green", ""},
		{"low, at the edge", facts{good: "low", target: "8", outturn: "8.4"}, "amber", ""},
		{"low, beyond", facts{good: "low", target: "8", outturn: "8.41"}, "red", ""},
		{"inside a range is at target", facts{good: "range", low: "10", high: "15", outturn: "12"}, "green", "12 is inside 10 to 15; in range is good: green"},
	})
}

// Bromley: where no target is agreed, the benchmark stands for it.
func TestBenchmark(t *testing.T) {
	checkRules(t, shipped(t, "benchmark"), []ruled{
		{"at the benchmark", facts{good: "high", outturn: "60", benchmark: "60"}, "green", "no target is set; 60 is at or above the benchmark of 60; high is good: green"},
		{"near it", facts{good: "high", outturn: "57", benchmark: "60"}, "amber", "within 5% of it (57 or above)"},
		{"beyond", facts{good: "high", outturn: "56.9", benchmark: "60"}, "red", ""},
		{"low", facts{good: "low", outturn: "6.1", benchmark: "6"}, "amber", ""},
		{"a target comes first", facts{good: "high", target: "70", outturn: "60", benchmark: "60"}, "red", "60 is below 70"},
		{"a draft target does not", facts{good: "high", target: "70", status: "draft", outturn: "60", benchmark: "60"}, "green", "the target of 70 is a draft; 60 is at or above the benchmark of 60"},
		{"neither", facts{good: "high", outturn: "60"}, "no target", ""},
		{"polarity not known", facts{outturn: "60", benchmark: "60"}, "no target", ""},
	})
	checkRules(t, shipped(t, "completed-expected"), []ruled{
		{"other schemes give no light against it", facts{good: "high", outturn: "60", benchmark: "60"}, "no target", ""},
	})
}

// Flintshire's second light has no part in an indicator's; its tolerance is 10 per cent.
func TestProgressAndConfidenceOfIndicators(t *testing.T) {
	checkRules(t, shipped(t, "progress-confidence"), []ruled{
		{"met", facts{good: "high", target: "80", outturn: "80", forecast: "red"}, "green", ""},
		{"near", facts{good: "high", target: "80", outturn: "72", forecast: "green"}, "amber", ""},
		{"beyond", facts{good: "high", target: "80", outturn: "71.9", forecast: "green"}, "red", ""},
	})
	if i := rated(t, shipped(t, "progress-confidence"), facts{good: "high", target: "80", outturn: "80", forecast: "amber"}); i.Forecast != transform.Amber {
		t.Errorf("the forecast is %q", i.Forecast)
	}
}

// Rule sets of other councils, written as those councils would write them.
func TestOtherPublishedRuleSets(t *testing.T) {
	t.Run("Reigate and Banstead: amber within an agreed tolerance", func(t *testing.T) {
		checkRules(t, written(t, "indicators: {near: [tolerance], rules: [{light: green, when: met}, {light: amber, when: near}, {light: red}]}"), []ruled{
			{"above", facts{good: "high", target: "50", absolute: "2", outturn: "51"}, "green", ""},
			{"at the edge", facts{good: "high", target: "50", absolute: "2", outturn: "48"}, "amber", ""},
			{"beyond", facts{good: "high", target: "50", absolute: "2", outturn: "47.9"}, "red", ""},
		})
	})
	t.Run("Medway: amber where the officer expects it by the year's end", func(t *testing.T) {
		checkRules(t, written(t, `indicators: {rules: [{light: green, when: met}, {light: amber, when: "officer expects it by year's end"}, {light: red}]}`), []ruled{
			{"met", facts{good: "high", target: "50", outturn: "50"}, "green", ""},
			{"expected", facts{good: "high", target: "50", outturn: "40", forecast: "green"}, "amber", "40 is below 50; its officer expects it to be met by the year's end; high is good: amber"},
			{"not expected", facts{good: "high", target: "50", outturn: "49", forecast: "amber"}, "red", "does not expect"},
			{"nothing said", facts{good: "high", target: "50", outturn: "49"}, "red", ""},
		})
	})
	t.Run("Thurrock: amber where better than last year", func(t *testing.T) {
		checkRules(t, written(t, "indicators: {rules: [{light: green, when: met}, {light: amber, when: better than last year}, {light: red}]}"), []ruled{
			{"better", facts{good: "low", target: "5", outturn: "7", lastYear: "7.1"}, "amber", ""},
			{"the same", facts{good: "low", target: "5", outturn: "7", lastYear: "7"}, "red", ""},
			{"worse", facts{good: "low", target: "5", outturn: "7", lastYear: "6.9"}, "red", ""},
			{"met", facts{good: "low", target: "5", outturn: "5", lastYear: "3"}, "green", ""},
		})
	})
	t.Run("East Riding, Harlow: green beyond, blue within, red outside the tolerance", func(t *testing.T) {
		s := written(t, "indicators: {allowance: {relative: 10}, rules: [{light: green, when: better by more than allowed}, {light: blue, when: near}, {light: red}]}")
		checkRules(t, s, []ruled{
			{"beyond", facts{good: "high", target: "50", outturn: "55.1"}, "green", "55.1 is above 50 and better by more than 10%"},
			{"at the upper edge", facts{good: "high", target: "50", outturn: "55"}, "blue", ""},
			{"at target", facts{good: "high", target: "50", outturn: "50"}, "blue", ""},
			{"at the lower edge", facts{good: "high", target: "50", outturn: "45"}, "blue", ""},
			{"below", facts{good: "high", target: "50", outturn: "44.9"}, "red", ""},
			{"low, beyond", facts{good: "low", target: "50", outturn: "44.9"}, "green", ""},
		})
	})
	t.Run("Kent's activity measures, Bracknell's contextual ones: in, above or below a band", func(t *testing.T) {
		reg := transform.Register{Indicators: []transform.Registered{{Ref: "NI 1", Polarity: "context", Low: transform.Num("30"), High: transform.Num("40")}}}
		for outturn, says := range map[string]string{"30": "30 is in the expected 30 to 40", "40": "40 is in", "29.9": "29.9 is below", "40.1": "40.1 is above"} {
			p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "w.xlsx", indicator("NI 1", "", "", outturn, "", "x")))
			if i := p.Indicators[0]; i.Light != transform.Context || !strings.Contains(i.Reason, says) {
				t.Errorf("%s: %s, want %q", i.Light, i.Reason, says)
			}
		}
	})
}

// NI 65: too low is a concern too. Either end belongs to the range.
func TestRanges(t *testing.T) {
	checkRules(t, written(t, "indicators: {near: [tolerance], allowance: {absolute: 0}, rules: [{light: green, when: met}, {light: amber, when: near}, {light: red}]}"), []ruled{
		{"inside", facts{good: "range", unit: "%", low: "10", high: "15", outturn: "12"}, "green", "12% is inside 10% to 15%; in range is good: green"},
		{"lower end", facts{good: "range", low: "10", high: "15", outturn: "10"}, "green", ""},
		{"upper end", facts{good: "range", low: "10", high: "15", outturn: "15"}, "green", ""},
		{"below", facts{good: "range", low: "10", high: "15", outturn: "9.9"}, "red", "9.9 is outside 10 to 15"},
		{"above", facts{good: "range", low: "10", high: "15", outturn: "17.6"}, "red", ""},
		{"near below", facts{good: "range", low: "10", high: "15", absolute: "1", outturn: "9"}, "amber", "within 1 of it (9 or above)"},
		{"near above", facts{good: "range", low: "10", high: "15", absolute: "1", outturn: "16"}, "amber", "within 1 of it (16 or below)"},
		{"beyond below", facts{good: "range", low: "10", high: "15", absolute: "1", outturn: "8.9"}, "red", ""},
		{"beyond above", facts{good: "range", low: "10", high: "15", absolute: "1", outturn: "16.1"}, "red", ""},
		{"relative, of the nearer end, above", facts{good: "range", low: "10", high: "20", relative: "10", outturn: "22"}, "amber", "(22 or below)"},
		{"relative, of the nearer end, below", facts{good: "range", low: "10", high: "20", relative: "10", outturn: "9"}, "amber", "(9 or above)"},
		{"relative, below that", facts{good: "range", low: "10", high: "20", relative: "10", outturn: "8.9"}, "red", ""},
	})
	checkRules(t, shipped(t, "within-tolerance"), []ruled{
		{"nearer than last year", facts{good: "range", low: "10", high: "15", outturn: "20", lastYear: "22"}, "amber", "better than 22"},
		{"nearer from the other side", facts{good: "range", low: "10", high: "15", outturn: "20", lastYear: "2"}, "amber", ""},
		{"further than last year", facts{good: "range", low: "10", high: "15", outturn: "20", lastYear: "19"}, "red", "worse than 19"},
	})
}

// The scheme says which light is printed where an officer's differs; both stay.
func TestWhichLightIsPrinted(t *testing.T) {
	f := facts{good: "high", target: "69", outturn: "62", officer: "amber"}
	i := rated(t, shipped(t, "completed-expected"), f)
	if i.Light != transform.Red || i.Computed != transform.Red || i.Declared != transform.Amber {
		t.Errorf("computed is printed: %s, computed %s, officer's %s", i.Light, i.Computed, i.Declared)
	}
	i = rated(t, written(t, "indicators: {prints: officer}"), f)
	if i.Light != transform.Amber || i.Computed != transform.Red || i.Declared != transform.Amber || i.Reason != "62 is below 69; high is good; the scheme prints the officer's light: amber" {
		t.Errorf("the officer's is printed: %s, computed %s, officer's %s: %s", i.Light, i.Computed, i.Declared, i.Reason)
	}
	p := transform.Build(transform.Inputs{Period: q4, Scheme: written(t, "indicators: {prints: officer}"), Returns: []ingest.Return{returned(q4, "w.xlsx", indicator("NI 1", "high", "69", "62", "amber", "x"))}})
	if p.Disagreeing != 1 || checks(p)["light-differs"] != 1 {
		t.Errorf("%d lights that differ, findings %v", p.Disagreeing, checks(p))
	}
}
