package transform

import (
	"cmp"
	"fmt"

	"boardpack/ingest"
)

// measured puts together what the scheme's rules may ask of an indicator.
func (b *builder) measured(p ingest.Period, i *judgedIndicator, judged *Figure, a *aim) measure {
	m := measure{polarity: i.Polarity, unit: i.Unit, decimals: i.Decimals, actual: judged.Number, aim: a, forecast: i.Forecast}
	if judged != i.Outturn {
		m.whose = " in the year to date"
	}
	if b.in.Scheme.asksLastYear() {
		m.lastYear, m.noLast = b.sameQuarterLastYear(p, i)
	}
	return m
}

// againstTarget compares an outturn with its target. A quarter's own target,
// or the year's at year end, settles the light; the year's target before that
// only where it is already met ("Settled" in the product's design), or where
// the scheme judges figures as they stand and no officer's judgement stands.
func (b *builder) againstTarget(p ingest.Period, i *judgedIndicator, x reading, reg Registered) {
	a, judged := x.aim(), x.judged(i)
	v := b.in.Scheme.judge(b.measured(p, i, judged, a))
	if b.mayAddUp(p, i, x, v) {
		return
	}
	i.Computed = v.light
	i.AsWritten = !b.measured(p, i, judged, a).roundsWith(b.in.Scheme)
	ownPart := !i.adds && judged == i.Outturn
	early := b.in.Scheme.Indicators.Early
	switch {
	case x.isFinal(p, reg) && x.own != nil:
		b.settled(i, x, "quarter-target", v)
	case x.isFinal(p, reg):
		b.settled(i, x, "year-end-target", v)
	case v.met && ownPart:
		b.settled(i, x, "target-met-early", v)
	case ownPart && (early == "figures only" || early == "figures" && i.Declared == ""):
		b.settled(i, x, "target-not-met-yet", v)
	case i.Declared != "":
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("%s; before the target's date the officer's judgement stands: %s", v.words, i.Declared))
	case v.met:
		i.state(InQuery, "judgement-missing", v.words+"; a figure that adds up over the year cannot be judged against the year's target before its end, and the officer's judgement was not given")
		b.find(ingest.Query, "judgement-missing", x.src(x.outturn.Cell), i.Ref, v.words+", and the figure still adds up", "Give a target for the quarter, or say whether the year's is expected to be met: Amber for yes, Red for no.")
	default:
		i.state(InQuery, "judgement-missing", v.words+"; before the target's date the officer's judgement is wanted and none was given")
		b.find(ingest.Query, "judgement-missing", x.src(x.outturn.Cell), i.Ref, v.words+", and the year is not over", "Say whether the target is expected to be met: Amber for yes, Red for no.")
	}
}

// printsOfficer is the rule of a scheme that prints the officer's light where another is worked out.
const printsOfficer = "officers-light"

// settled gives the light of the rules. Where they cannot decide, the
// officer's judgement stands; where the scheme prints officers' lights, theirs.
func (b *builder) settled(i *judgedIndicator, x reading, rule string, v verdict) {
	switch {
	case v.light != "" && b.in.Scheme.Indicators.Prints == "officer" && i.Declared != "" && i.Declared != v.light:
		i.state(i.Declared, printsOfficer, fmt.Sprintf("%s; the scheme prints the officer's light: %s", v.words, i.Declared))
	case v.light != "":
		i.state(v.light, rule, fmt.Sprintf("%s: %s", v.words, v.light))
	case i.Declared != "":
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("%s; %s; the officer's judgement is %s", v.words, v.unknown, i.Declared))
	default:
		i.state(InQuery, "rule-not-decided", v.words+"; "+v.unknown)
		b.find(ingest.Query, "rule-not-decided", x.src(x.outturn.Cell), i.Ref, v.words+"; "+v.unknown, "Put what is missing in the register or in the return, or give the light.")
	}
}

// mayAddUp asks about targets that may be for the year so far, where that changes the light.
func (b *builder) mayAddUp(p ingest.Period, i *judgedIndicator, x reading, v verdict) bool {
	if !x.mayAddUp(i) {
		return false
	}
	other := b.in.Scheme.judge(b.measured(p, i, cmp.Or(i.YearToDate, x.judged(i)), x.own))
	if other.light == v.light {
		return false
	}
	i.state(InQuery, "target-may-add-up", v.words+"; but "+other.words)
	b.find(ingest.Query, "target-may-add-up", x.own.source, i.Ref, fmt.Sprintf("the targets of the quarters grow, so this one may be for the year so far: %s; but %s", v.words, other.words),
		"Say in the headers whether the targets are for each quarter or for the year so far, or give the basis in the register.")
	return true
}

// againstBenchmark judges against what others reached, where no target is agreed.
func (b *builder) againstBenchmark(p ingest.Period, i *judgedIndicator, x reading, missing string) {
	m := b.measured(p, i, i.Outturn, &aim{value: &i.Benchmark.Number, source: i.Benchmark.Source})
	m.against = "the benchmark of "
	i.AsWritten = !m.roundsWith(b.in.Scheme)
	v := b.in.Scheme.judge(m)
	v.words = missing + "; " + v.words
	i.Computed = v.light
	b.settled(i, x, "benchmark", v)
}

// asksLastYear reports whether a rule compares with the same quarter last year.
func (s Scheme) asksLastYear() bool {
	for _, r := range s.Indicators.Rules {
		if r.When == WhenImproved || r.When == WhenNotWorse {
			return true
		}
	}
	return false
}

// roundsWith reports whether the measure is compared at its published decimals.
func (m measure) roundsWith(s Scheme) bool { return m.published(s.Indicators.Compare).decimals != nil }
