package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// rate gives an indicator its light: the first rule that applies.
func (b *builder) rate(p ingest.Period, i *judgedIndicator, x reading, g *gathered[ingest.Indicator], reg Registered) {
	switch {
	case x.outturn.Says == ingest.SaysWithdraw:
		i.state(Withdrawn, "withdrawn", "it is no longer reported")
	case i.Outturn == nil && !dueIn(p, g, reg, x):
		i.state(NotDue, "not-due", "it is not reported in this quarter")
	case i.Outturn == nil:
		b.withoutFigure(i, x)
	case i.Polarity == "context":
		i.state(Context, "context", "it is reported for information"+i.againstBand(reg))
	case i.differs != "":
		i.state(InQuery, "differs-from-register", i.differs)
	case b.crossDoubt(i, x) != "":
		i.state(InQuery, "units-differ", b.crossDoubt(i, x))
	case x.outturn.Doubt != "" || judgedDoubt(x) != "":
		i.state(InQuery, "figures-in-doubt", "a figure is in doubt: "+cmp.Or(x.outturn.Doubt, judgedDoubt(x)))
	default:
		b.withFigure(p, i, x, reg)
	}
	if i.Small && i.Light.IsColour() {
		i.Reason += fmt.Sprintf("; small numbers: out of %s", i.Denominator.Number)
	}
}

// againstBand says where a context measure lies against what the register expects.
func (i *judgedIndicator) againstBand(reg Registered) string {
	if reg.Low == nil {
		return ""
	}
	where := "in"
	switch a := i.Outturn.Number; {
	case a.LessThan(reg.Low.Decimal):
		where = "below"
	case a.GreaterThan(reg.High.Decimal):
		where = "above"
	}
	return fmt.Sprintf(": %s is %s the expected %s to %s", withUnit(i.Outturn.Number, i.Unit), where, withUnit(reg.Low.Decimal, i.Unit), withUnit(reg.High.Decimal, i.Unit))
}

// crossDoubt compares an outturn with a target that another return gives:
// units that both say must be the same, and a share of 1 is no per cent.
func (b *builder) crossDoubt(i *judgedIndicator, x reading) string {
	a := x.aim()
	if a == nil || a.figure.Number == nil || a.at.row == nil || a.at.ret == x.at.ret {
		return ""
	}
	own, other := x.at.row.Unit.Value, a.at.row.Unit.Value
	fifty := decimal.NewFromInt(50)
	o, t := x.outturn.Number.Abs(), a.figure.Number.Abs()
	switch {
	case own != "" && other != "" && !strings.EqualFold(own, other):
		return fmt.Sprintf("the figure is in %s and its target in %s", own, other)
	case x.outturn.Percent != a.figure.Percent && !o.IsZero() && !t.IsZero() && (o.GreaterThan(t.Mul(fifty)) || t.GreaterThan(o.Mul(fifty))):
		return "the figure and its target are not on one scale"
	}
	return ""
}

func (i *judgedIndicator) state(l Light, rule, reason string) {
	i.Light, i.Rule, i.Reason = l, rule, reason
}

// judgedDoubt is the doubt about the target that the light is judged against.
func judgedDoubt(x reading) string {
	if x.own != nil {
		return x.own.figure.Doubt
	}
	toDate := x.at.row.YearToDate.Doubt
	if x.year != nil {
		return cmp.Or(x.year.figure.Doubt, toDate)
	}
	return toDate
}

// dueIn reports whether an indicator is reported in a quarter: by the
// register, else once a year in Quarter 4 where somebody says so.
func dueIn(p ingest.Period, g *gathered[ingest.Indicator], reg Registered, x reading) bool {
	if len(reg.Due) > 0 {
		return slices.Contains(reg.Due, p.Quarter)
	}
	if x.outturn.Says == ingest.SaysNotDue {
		return false
	}
	annual := x.outturn.Says == ingest.SaysAnnual
	for _, s := range g.all {
		annual = annual || s.row.Annual.Value != ""
	}
	return !annual || p.Quarter == 4
}

// withoutFigure is for a row that is due and has no number.
func (b *builder) withoutFigure(i *judgedIndicator, x reading) {
	says := x.outturn.Says
	switch {
	case says == ingest.SaysAwaited || says != ingest.SaysText && says != ingest.SaysError && ingest.SaysAwaitedIn(x.comment.Value):
		i.state(Awaited, "awaited", "the officer says that the figure is still to come or to be verified")
	case says == ingest.SaysText || says == ingest.SaysError:
		i.state(InQuery, "figure-not-read", "what stands in place of the figure is not one number")
	case i.Declared != "":
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("no figure was given; the officer's judgement is %s", i.Declared))
		b.find(ingest.Query, "light-without-figure", x.src(x.light.Cell), i.Ref, fmt.Sprintf("the light is %s and there is no figure", i.Declared), "Give the figure, or say why there is none.")
	default:
		i.state(NotReturned, "not-returned", "it is due and no figure was given")
	}
}

// withFigure judges an outturn against its target, or against the benchmark
// where none is agreed and the scheme says so.
func (b *builder) withFigure(p ingest.Period, i *judgedIndicator, x reading, reg Registered) {
	a := x.aim()
	missing := "no target is set"
	if a != nil && a.draft {
		missing = fmt.Sprintf("the target of %s is a draft", a.inWords(i.Unit))
	}
	none := a == nil || a.draft
	judgeable := i.Polarity == "high" || i.Polarity == "low" || i.Polarity == "range" && a != nil && a.isRange()
	switch {
	case none && b.in.Scheme.Indicators.WithoutTarget == "benchmark" && i.Benchmark != nil && (i.Polarity == "high" || i.Polarity == "low"):
		b.againstBenchmark(p, i, x, missing)
	case none && i.Declared != "":
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("%s; the officer's judgement is %s", missing, i.Declared))
	case none && a != nil:
		i.state(NoTarget, "target-not-agreed", missing+", and no light is given against it")
		b.find(ingest.Query, "target-not-agreed", a.source, i.Ref, missing+", so no light was worked out", "Have the target agreed, and say so in the register: status: agreed.")
	case none:
		i.state(NoTarget, "no-target", "there is a figure and no target to judge it against")
	case !judgeable:
		b.withoutPolarity(i, x, reg)
	default:
		b.againstTarget(p, i, x, reg)
	}
}

func (b *builder) withoutPolarity(i *judgedIndicator, x reading, reg Registered) {
	missing, advice := "whether high or low is good is not known", "Add a column \"Good is\" with High or Low, or put the indicator in the register."
	switch {
	case i.Polarity == "range":
		missing, advice = "in range is good, and the range is not known", "Give the target as a range, such as 10 to 15, or put its low and high in the register."
	case reg.Check != "":
		missing, advice = "what is good is uncertain in the register: "+reg.Check, "Check it, and give the polarity in a register of your own, or in a column \"Good is\"."
	}
	if i.Declared != "" {
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("%s; the officer's judgement is %s", missing, i.Declared))
		return
	}
	i.state(InQuery, "polarity-not-known", missing)
	saw := missing + ", so no light can be worked out"
	if i.Polarity == "" && reg.Check == "" {
		saw = "nothing says whether high or low is good, so no light can be worked out"
	}
	b.find(ingest.Query, "polarity-missing", x.src(x.outturn.Cell), i.Ref, saw, advice)
}
