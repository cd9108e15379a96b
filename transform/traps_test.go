package transform_test

import (
	"fmt"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/templates"
	"boardpack/transform"
)

func registerOf(t testing.TB, text string) transform.Register {
	t.Helper()
	r, err := transform.ParseRegister("register.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func nationalIndicators(t testing.TB) map[string]transform.Registered {
	t.Helper()
	r, err := transform.ParseRegister("national-indicators", templates.Must("registers/national-indicators.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]transform.Registered{}
	for _, i := range r.Indicators {
		m[i.Ref] = i
	}
	return m
}

// What is good does not follow from a title: these read as if high were good
// (or, NI 71 and NI 113, low).
func TestRegisterOfNationalIndicators(t *testing.T) {
	reg := nationalIndicators(t)
	if len(reg) != 75 {
		t.Errorf("%d indicators", len(reg))
	}
	for _, ref := range strings.Fields("62 76 77 78 81 82 92 102 104 105 106") {
		if i := reg["NI "+ref]; i.Polarity != "low" {
			t.Errorf("NI %s: %q is good", ref, i.Polarity)
		}
	}
	if i := reg["NI 65"]; i.Polarity != "range" || i.Low.String() != "10" || i.High.String() != "15" {
		t.Errorf("NI 65: %+v", i)
	}
	for ref, i := range reg {
		if i.Title == "" || i.Polarity == "" && i.Check == "" {
			t.Errorf("%s: title %q, polarity %q, and it is not marked", ref, i.Title, i.Polarity)
		}
	}
	for _, ref := range strings.Fields("51 54 68 71 82 106 113 123 198") {
		if reg["NI "+ref].Check == "" {
			t.Errorf("NI %s is uncertain and not marked", ref)
		}
	}
}

// The polarity of an uncertain entry gives no light: the officer's stands, or it is asked for.
func TestUncertainEntriesGiveNoLight(t *testing.T) {
	reg := registerOf(t, "indicators: [{ref: NI 1, polarity: high, check: a gap}]")
	in := transform.Inputs{Register: reg}
	p := build(t, q4, in, returned(q4, "w.xlsx", indicator("NI 1", "", "50", "60", "", "")))
	if i := p.Indicators[0]; i.Light != transform.InQuery || !strings.Contains(i.Reason, "what is good is uncertain in the register: a gap") {
		t.Errorf("%s: %s", i.Light, i.Reason)
	}
	p = build(t, q4, in, returned(q4, "w.xlsx", indicator("NI 1", "", "50", "60", "amber", "")))
	if i := p.Indicators[0]; i.Light != transform.Amber {
		t.Errorf("%s: %s", i.Light, i.Reason)
	}
	p = build(t, q4, in, returned(q4, "w.xlsx", indicator("NI 1", "high", "50", "60", "", "")))
	if i := p.Indicators[0]; i.Light != transform.Green {
		t.Errorf("the return agrees: %s: %s", i.Light, i.Reason)
	}
	later := in.Register.Over(registerOf(t, "indicators: [{ref: NI 1, polarity: low}]"))
	p = build(t, q4, transform.Inputs{Register: later}, returned(q4, "w.xlsx", indicator("NI 1", "", "50", "60", "", "x")))
	if i := p.Indicators[0]; i.Light != transform.Red {
		t.Errorf("the council's own register settles it: %s: %s", i.Light, i.Reason)
	}
}

// A cumulative figure is judged against its quarter's profile, never against the year's target before its end.
func TestCumulativeFiguresAreJudgedAgainstTheirProfile(t *testing.T) {
	reg := registerOf(t, `indicators:
  - ref: NI 1
    polarity: high
    basis: cumulative
    targets:
      - {year: 2007/08, quarter: 1, value: 25}
      - {year: 2007/08, quarter: 2, value: 50}
      - {year: 2007/08, value: 100}
`)
	for _, c := range []struct {
		quarter        int
		outturn, light string
	}{{1, "25", "green"}, {1, "24", "red"}, {2, "50", "green"}, {2, "49", "red"}, {3, "99", "query"}, {3, "100", "query"}, {4, "100", "green"}, {4, "99", "red"}} {
		p := ingest.Period{Year: 2007, Quarter: c.quarter}
		for _, scheme := range []string{"completed-expected", "floor-standard"} {
			i := transform.Build(transform.Inputs{Period: p, Scheme: shipped(t, scheme), Register: reg, Returns: []ingest.Return{returned(p, "w.xlsx", indicator("NI 1", "", "", c.outturn, "", "x"))}}).Indicators[0]
			want := c.light
			if want == "red" && scheme == "floor-standard" {
				want = "query" // no floor is set
			}
			if string(i.Light) != want {
				t.Errorf("%s, Quarter %d, %s: %s (%s), want %s", scheme, c.quarter, c.outturn, i.Light, i.Reason, want)
			}
		}
	}
}

// A snapshot under a scheme that judges figures as they stand has a light in each quarter.
func TestFiguresAsTheyStand(t *testing.T) {
	reg := registerOf(t, "indicators: [{ref: NI 1, polarity: high, basis: snapshot, targets: [{year: 2007/08, value: 80, floor: 70}]}]")
	only := shipped(t, "floor-standard")
	only.Indicators.Early = "figures only"
	for scheme, want := range map[*transform.Scheme]string{new(shipped(t, "floor-standard")): "red officers-judgement", &only: "amber target-not-met-yet"} {
		i := transform.Build(transform.Inputs{Period: q3, Scheme: *scheme, Register: reg, Returns: []ingest.Return{returned(q3, "w.xlsx", indicator("NI 1", "", "", "75", "red", "x"))}}).Indicators[0]
		if got := string(i.Light) + " " + i.Rule; got != want || i.Computed != transform.Amber || i.Declared != transform.Red {
			t.Errorf("%s: %s, want %s; computed %s", scheme.Indicators.Early, got, want, i.Computed)
		}
	}
	for outturn, want := range map[string]string{"80": "green target-met-early", "75": "amber target-not-met-yet", "69": "red target-not-met-yet"} {
		i := transform.Build(transform.Inputs{Period: q3, Scheme: shipped(t, "floor-standard"), Register: reg, Returns: []ingest.Return{returned(q3, "w.xlsx", indicator("NI 1", "", "", outturn, "", "x"))}}).Indicators[0]
		if got := string(i.Light) + " " + i.Rule; got != want {
			t.Errorf("%s: %s, want %s", outturn, got, want)
		}
	}
}

// A figure of the academic year is the year's, in the one quarter in which it is due.
func TestAcademicFiguresAreFinalWhenTheyAreDue(t *testing.T) {
	for basis, want := range map[string]string{"academic": "red", "snapshot": "query"} {
		reg := registerOf(t, "indicators: [{ref: NI 1, polarity: high, basis: "+basis+", due: [3], targets: [{year: 2007/08, value: 80}]}]")
		p := build(t, q3, transform.Inputs{Register: reg}, returned(q3, "w.xlsx", indicator("NI 1", "", "", "79", "", "x")))
		if got := p.Indicators[0].Light; string(got) != want {
			t.Errorf("%s: %s (%s), want %s", basis, got, p.Indicators[0].Reason, want)
		}
	}
}

// Two-part indicators: each part has its own target and, where the register says so, its own polarity.
func TestPartsHaveTheirOwnTargets(t *testing.T) {
	reg := registerOf(t, `indicators:
  - ref: CSD P031
    polarity: low
    unit: "%"
    parts: [{part: a, name: English}, {part: b, name: Maths, polarity: high}]
    targets:
      - {year: 2007/08, part: a, value: 6}
      - {year: 2007/08, part: b, value: 6}
`)
	part := func(letter, name, outturn string) ingest.Indicator {
		i := indicator("CSD P031", "", "", outturn, "", "x")
		i.Part, i.PartName = letter, name
		return i
	}
	p := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "w.xlsx", part("a", "English", "5.9%"), part("b", "Maths", "5.9%")))
	for n, want := range []string{"CSD P031 a green 5.9% is at or below 6%; low is good: green", "CSD P031 b red 5.9% is below 6%; high is good: red"} {
		i := p.Indicators[n]
		if got := fmt.Sprintf("%s %s %s", i.Ref, i.Light, i.Reason); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A definition that changed is not compared with what went before: NI 59 went
// from 7 to 10 working days under one reference, and BV 50 became NI 101.
func TestPastFiguresAreComparedOnlyUnderOneDefinition(t *testing.T) {
	s := shipped(t, "within-tolerance")
	for _, c := range []struct {
		name, replaces, then string
		light                transform.Light
	}{
		{"the same reference", "", "NI 1", "amber"},
		{"another reference, comparable", "replaces: {ref: BV 50, comparable: true}", "BV 50", "amber"},
		{"another reference, not comparable", "replaces: {ref: BV 50, comparable: false}", "BV 50", "query"},
		{"the same reference, changed since", "replaces: {ref: NI 1, from: 2007/08}", "NI 1", "query"},
		{"the same reference, changed before", "replaces: {ref: NI 1, from: 2006/07}", "NI 1", "amber"},
	} {
		t.Run(c.name, func(t *testing.T) {
			more := ""
			if c.replaces != "" {
				more = ", " + c.replaces
			}
			reg := registerOf(t, "indicators: [{ref: NI 1, polarity: high, targets: [{year: 2007/08, quarter: 4, value: 80}]"+more+"}]")
			p := transform.Build(transform.Inputs{Period: q4, Scheme: s, Register: reg, Returns: []ingest.Return{
				returned(q4, "now.xlsx", indicator("NI 1", "", "", "60", "", "x")), returned(q4.LastYear(), "then.xlsx", indicator(c.then, "", "", "50", "", "x"))}})
			if i := p.Indicators[0]; i.Light != c.light {
				t.Errorf("%s: %s, want %s", i.Light, i.Reason, c.light)
			}
		})
	}
	academic := indicator("NI 1", "", "", "50 (academic year 2005/06)", "", "x")
	p := transform.Build(transform.Inputs{Period: q4, Scheme: s, Returns: []ingest.Return{returned(q4, "now.xlsx", indicator("NI 1", "high", "80", "60", "", "x")), returned(q4.LastYear(), "then.xlsx", academic)}})
	if i := p.Indicators[0]; i.Light != transform.InQuery || !strings.Contains(i.Reason, "of another kind of period") {
		t.Errorf("%s: %s", i.Light, i.Reason)
	}
	other := indicator("NI 1", "", "", "50", "", "x")
	other.Unit = ingest.Text{Value: "days", Cell: "D5"}
	now := indicator("NI 1", "high", "80", "60", "", "x")
	now.Unit = ingest.Text{Value: "%", Cell: "D5"}
	p = transform.Build(transform.Inputs{Period: q4, Scheme: s, Returns: []ingest.Return{returned(q4, "now.xlsx", now), returned(q4.LastYear(), "then.xlsx", other)}})
	if i := p.Indicators[0]; i.Light != transform.InQuery || !strings.Contains(i.Reason, "in another unit") {
		t.Errorf("%s: %s", i.Light, i.Reason)
	}
}

// What a return says of last year is the same quarter's at the year's end, or where its header says so.
func TestLastYearOfAReturnsOwnColumn(t *testing.T) {
	s := shipped(t, "within-tolerance")
	for _, c := range []struct {
		p      ingest.Period
		header string
		light  transform.Light
	}{{q4, "Last year", "amber"}, {q3, "Last year", "query"}, {q3, "Same quarter last year", "amber"}} {
		i := indicator("NI 1", "high", "", "60", "", "x")
		i.Quarters.At(c.p.Quarter).Target = fig("80", "E5")
		i.LastYear = fig("50", "K5")
		r := returned(c.p, "w.xlsx", i)
		r.Tables = []ingest.Table{{Sheet: "PIs", Columns: []ingest.Column{{Letter: "K", Header: c.header}}}}
		if got := transform.Build(transform.Inputs{Period: c.p, Scheme: s, Returns: []ingest.Return{r}}).Indicators[0]; got.Light != c.light {
			t.Errorf("%v %s: %s (%s), want %s", c.p, c.header, got.Light, got.Reason, c.light)
		}
	}
}

// Small numbers: the light stands and says so.
func TestSmallNumbersAreTold(t *testing.T) {
	reg := registerOf(t, "indicators: [{ref: NI 1, polarity: high, smallest_denominator: 10}]")
	for denominator, small := range map[string]bool{"9": true, "10": false, "": false} {
		i := indicator("NI 1", "", "50", "60", "", "")
		i.Denominator = fig(denominator, "K5")
		got := build(t, q4, transform.Inputs{Register: reg}, returned(q4, "w.xlsx", i)).Indicators[0]
		if got.Small != small || strings.Contains(got.Reason, "small numbers: out of 9") != small || got.Light != transform.Green {
			t.Errorf("out of %q: %s, %s, small %v", denominator, got.Light, got.Reason, got.Small)
		}
	}
}

// A range that a return writes is read where in range is good, and nowhere else.
func TestRangesThatReturnsWrite(t *testing.T) {
	for _, c := range []struct{ target, outturn, light string }{
		{"10-15", "12", "green"}, {"10% to 15%", "15", "green"}, {"10 – 15", "16", "red"}, {"between 10 and 15", "9", "red"},
		{"10", "12", "query"}, {"15-10", "12", "no target"}, {"10% to 15", "12", "green"}, {"10-15-20", "12", "no target"},
	} {
		i := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", indicator("NI 1", "range", c.target, c.outturn, "", "x"))).Indicators[0]
		want := c.light
		if c.target == "10% to 15" {
			want = "no target" // one end has a sign and the other none
		}
		if string(i.Light) != want {
			t.Errorf("%s against %s: %s (%s), want %s", c.outturn, c.target, i.Light, i.Reason, want)
		}
	}
	if i := build(t, q4, transform.Inputs{}, returned(q4, "w.xlsx", indicator("NI 1", "high", "10-15", "12", "", "x"))).Indicators[0]; i.Light != transform.NoTarget {
		t.Errorf("a range where high is good: %s", i.Light)
	}
}

// What is not known is never red (as one body printed it), green or amber.
func TestWhatIsNotKnownHasNoLight(t *testing.T) {
	for _, name := range []string{"completed-expected", "on-course", "within-tolerance", "floor-standard", "indicator-tolerance", "amber-value", "brag", "benchmark", "progress-confidence"} {
		for outturn, want := range map[string]transform.Light{"": "not returned", "tbc": "awaited", "n/a": "not returned", "about 70": "query"} {
			if i := rated(t, shipped(t, name), facts{good: "high", target: "80", outturn: outturn}); i.Light != want {
				t.Errorf("%s, %q: %s, want %s", name, outturn, i.Light, want)
			}
		}
	}
}

// Last year's figure is that of the same row: of the plan where several gave
// it, and of the first or second where the reference stands twice.
func TestLastYearIsOfTheSameRow(t *testing.T) {
	row := func(ref, plan, target, outturn string) ingest.Indicator {
		i := indicator(ref, "high", "", outturn, "", "x")
		i.Quarters.At(4).Target = fig(target, "E5")
		i.Plan = plan
		return i
	}
	then := q4.LastYear()
	lights := func(reg string, now, before []any) string {
		in := transform.Inputs{Period: q4, Scheme: shipped(t, "within-tolerance"), Returns: []ingest.Return{returned(q4, "now.xlsx", now...), returned(then, "then.xlsx", before...)}}
		if reg != "" {
			in.Register = registerOf(t, reg)
		}
		var got []string
		for _, i := range transform.Build(in).Indicators {
			got = append(got, string(i.Light))
		}
		return strings.Join(got, " ")
	}
	if got := lights("", []any{row("NI 1", "Alpha", "80", "60"), row("NI 2", "Beta", "80", "60")}, []any{row("NI 1", "Beta", "", "70"), row("NI 1", "Alpha", "", "50"), row("NI 2", "Gamma", "", "70")}); got != "amber red" {
		t.Errorf("several plans: %s", got)
	}
	if got := lights("", []any{row("NI 1", "Alpha", "80", "60"), row("NI 1", "Alpha", "80", "60")}, []any{row("NI 1", "Alpha", "", "50"), row("NI 1", "Alpha", "", "70")}); got != "amber red" {
		t.Errorf("twice in a plan: %s", got)
	}
	if got := lights("indicators: [{ref: NI 1, replaces: {ref: BV 1, comparable: true}}]", []any{row("NI 1", "Alpha", "80", "60")}, []any{row("BV 1", "Alpha", "", "70"), row("BV 1", "Beta", "", "50")}); got != "red" {
		t.Errorf("a reference replaced, of several plans: %s", got)
	}
	if got := lights("", []any{row("NI 1", "Alpha", "80", "60")}, []any{row("NI 1", "Beta", "", "70"), row("NI 1", "Gamma", "", "50")}); got != "query" {
		t.Errorf("of two other plans: %s", got)
	}
}
