package transform

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// measure is one outturn with everything that a scheme's rules may ask of it,
// all figures in one unit.
type measure struct {
	polarity string // high, low or range
	unit     string
	decimals *int // that are published; nil: as written
	actual   decimal.Decimal
	whose    string // what the figure is, where it is not the quarter's own: " in the year to date"
	aim      *aim
	against  string           // what the aim is, where it is no target: "the benchmark of "
	lastYear *decimal.Decimal // of the same quarter; nil where it is not known or not comparable
	noLast   string           // why
	forecast Light            // the officer's for the year's end
}

// verdict is what the rules give.
type verdict struct {
	light   Light  // empty where a rule cannot be decided
	met     bool   // the target is met
	words   string // the arithmetic: "7.09% is at or below 7.3%; low is good"
	unknown string // what is missing to decide
}

// judge gives an outturn the light of the first rule that applies.
func (s Scheme) judge(m measure) verdict {
	m = m.published(s.Indicators.Compare)
	t := trial{scheme: s, m: m}
	v := verdict{met: m.short().Sign() <= 0}
	for _, r := range s.Indicators.Rules {
		holds, why := t.holds(r.When)
		if why != "" {
			v.unknown = why
			break
		}
		if holds {
			v.light = r.Light
			break
		}
	}
	v.words = t.words()
	return v
}

// published rounds the figures to what is published, half away from zero, once
// and before any comparison. Figures at a limit that nothing can be better
// than stay as written: 99.6% never meets 100%, and 0.4 never meets none.
func (m measure) published(compare string) measure {
	if m.decimals == nil || compare != "as published" || m.atLimit() {
		m.decimals = nil
		return m
	}
	round := func(d *decimal.Decimal) *decimal.Decimal {
		if d == nil {
			return nil
		}
		r := d.Round(int32(*m.decimals))
		return &r
	}
	a := *m.aim
	a.value, a.low, a.high, a.amber, a.floor = round(a.value), round(a.low), round(a.high), round(a.amber), round(a.floor)
	m.aim, m.lastYear = &a, round(m.lastYear)
	return m
}

func (m measure) atLimit() bool {
	if m.aim.isRange() {
		return false
	}
	return m.polarity == "high" && m.unit == "%" && m.aim.value.Equal(decimal.NewFromInt(100)) || m.polarity == "low" && m.aim.value.IsZero()
}

// figure is the outturn as it is compared.
func (m measure) figure() decimal.Decimal {
	if m.decimals == nil {
		return m.actual
	}
	return m.actual.Round(int32(*m.decimals))
}

// short is how far the outturn is from meeting its target: more than 0 where it
// does not, less than 0 where it is better. Inside a range it is 0.
func (m measure) short() decimal.Decimal {
	a := m.figure()
	switch {
	case m.aim.isRange() && a.LessThan(*m.aim.low):
		return m.aim.low.Sub(a)
	case m.aim.isRange() && a.GreaterThan(*m.aim.high):
		return a.Sub(*m.aim.high)
	case m.aim.isRange():
		return decimal.Zero
	}
	return m.behind(*m.aim.value)
}

// behind is how much worse the outturn is than another figure; below 0 it is better.
func (m measure) behind(other decimal.Decimal) decimal.Decimal {
	if m.polarity == "low" {
		return m.figure().Sub(other)
	}
	return other.Sub(m.figure())
}

// trial runs the conditions of one measure and keeps what each of them saw.
type trial struct {
	scheme Scheme
	m      measure
	near   string // what the condition "near" saw, in words
	beyond string // what "better by more" saw
	strict bool   // a rule told better from equal
	last   string // what a comparison with last year saw
	expect string // what the forecast said
}

// holds decides one condition; why says what is missing where it cannot.
func (t *trial) holds(w When) (holds bool, why string) {
	short := t.m.short()
	switch w {
	case WhenMet:
		return short.Sign() <= 0, ""
	case WhenBetter:
		t.strict = true
		return short.Sign() < 0, ""
	case WhenWellBetter:
		t.strict = true
		return t.wellBetter(short)
	case WhenNear:
		if short.Sign() <= 0 {
			return true, ""
		}
		return t.isNear(short)
	case WhenImproved, WhenNotWorse:
		return t.againstLastYear(w)
	case WhenForecastMet:
		if t.m.forecast == t.scheme.metLight() {
			t.expect = "its officer expects it to be met by the year's end"
			return true, ""
		}
		t.expect = "its officer does not expect it to be met by the year's end"
		return false, ""
	}
	return true, ""
}

// isNear heeds the first of the target's own thresholds that is set and that
// the scheme heeds, else the scheme's allowance.
func (t *trial) isNear(short decimal.Decimal) (bool, string) {
	for _, name := range t.scheme.Indicators.Near {
		switch a := t.m.aim; {
		case name == NearAmber && a.amber != nil:
			return t.threshold(name, *a.amber), ""
		case name == NearFloor && a.floor != nil:
			return t.threshold(name, *a.floor), ""
		case name == NearTolerance && a.tolerance != nil:
			return t.within(a.tolerance, short)
		}
	}
	if t.scheme.Indicators.Allowance != nil {
		return t.within(t.scheme.Indicators.Allowance, short)
	}
	return false, "no " + orList(t.scheme.Indicators.Near) + " is set for it, so amber and red cannot be told apart"
}

func (t *trial) threshold(name string, at decimal.Decimal) bool {
	near := t.m.behind(at).Sign() <= 0
	t.near = fmt.Sprintf("%s the %s of %s", t.m.relation(near), name, t.m.say(at))
	return near
}

func (t *trial) within(a *Allowance, short decimal.Decimal) (bool, string) {
	allow, words, why := t.allowed(a)
	if why != "" {
		return false, why
	}
	near := short.LessThanOrEqual(allow)
	how := "within"
	if !near {
		how = "not within"
	}
	t.near = fmt.Sprintf("%s %s of it (%s)", how, words, t.m.edge(allow))
	if a.Relative != nil && allow.IsZero() && !a.Relative.IsZero() {
		t.near = "a percentage of 0 allows nothing"
	}
	return near, ""
}

// allowed is an allowance around the target; of a range, around its nearer end.
func (t *trial) allowed(a *Allowance) (decimal.Decimal, string, string) {
	end := t.m.aim.value
	if t.m.aim.isRange() {
		end = t.m.aim.low
		if t.m.figure().GreaterThan(*t.m.aim.high) {
			end = t.m.aim.high
		}
	}
	return a.of(*end, t.m.unit)
}

func (t *trial) wellBetter(short decimal.Decimal) (bool, string) {
	a := t.m.aim.tolerance
	if a == nil {
		a = t.scheme.Indicators.Allowance
	}
	if a == nil {
		return false, "no tolerance is set for it, so better by more than allowed cannot be told"
	}
	allow, words, why := t.allowed(a)
	if why != "" {
		return false, why
	}
	if short.Neg().GreaterThan(allow) {
		t.beyond = "better by more than " + words
		return true, ""
	}
	return false, ""
}

func (t *trial) againstLastYear(w When) (bool, string) {
	if t.m.lastYear == nil {
		return false, t.m.noLast
	}
	behind := t.m.behind(*t.m.lastYear).Sign()
	if t.m.aim.isRange() { // nearer to the range is better
		last := t.m
		last.actual = *t.m.lastYear
		behind = t.m.short().Cmp(last.short())
	}
	t.last = []string{"better than", "the same as", "worse than"}[behind+1] + " " + t.m.say(*t.m.lastYear) + " in the same quarter last year"
	return behind < 0 || behind == 0 && w == WhenNotWorse, ""
}
