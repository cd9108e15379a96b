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
		i.state(Context, "context", "it is reported for information")
	case i.differs != "":
		i.state(InQuery, "differs-from-register", i.differs)
	case b.crossDoubt(i, x) != "":
		i.state(InQuery, "units-differ", b.crossDoubt(i, x))
	case x.outturn.Doubt != "" || b.judgedDoubt(x) != "":
		i.state(InQuery, "figures-in-doubt", "a figure is in doubt: "+cmp.Or(x.outturn.Doubt, b.judgedDoubt(x)))
	default:
		b.withFigure(p, i, x)
	}
}

// crossDoubt compares an outturn with a target that another return gives:
// units that both say must be the same, and a share of 1 is no per cent.
func (b *builder) crossDoubt(i *judgedIndicator, x reading) string {
	target, at := x.year, x.yearAt
	if x.target.Number != nil {
		target, at = x.target, x.targetAt
	}
	if target.Number == nil || at.row == nil || at.ret == x.at.ret {
		return ""
	}
	own, other := x.at.row.Unit.Value, at.row.Unit.Value
	fifty := decimal.NewFromInt(50)
	o, t := x.outturn.Number.Abs(), target.Number.Abs()
	switch {
	case own != "" && other != "" && !strings.EqualFold(own, other):
		return fmt.Sprintf("the figure is in %s and its target in %s", own, other)
	case x.outturn.Percent != target.Percent && !o.IsZero() && !t.IsZero() && (o.GreaterThan(t.Mul(fifty)) || t.GreaterThan(o.Mul(fifty))):
		return "the figure and its target are not on one scale"
	}
	return ""
}

func (i *judgedIndicator) state(l Light, rule, reason string) {
	i.Light, i.Rule, i.Reason = l, rule, reason
}

// judgedDoubt is the doubt about the target that the light is judged against.
func (b *builder) judgedDoubt(x reading) string {
	if x.target.Number != nil {
		return x.target.Doubt
	}
	return cmp.Or(x.year.Doubt, x.at.row.YearToDate.Doubt)
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
		b.find(ingest.Query, "light-without-figure", x.src(x.at, x.light.Cell), i.Ref, fmt.Sprintf("the light is %s and there is no figure", i.Declared), "Give the figure, or say why there is none.")
	default:
		i.state(NotReturned, "not-returned", "it is due and no figure was given")
	}
}

// withFigure judges an outturn against its target.
func (b *builder) withFigure(p ingest.Period, i *judgedIndicator, x reading) {
	switch {
	case i.Target == nil && i.Declared != "":
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("no target is set; the officer's judgement is %s", i.Declared))
	case i.Target == nil:
		i.state(NoTarget, "no-target", "there is a figure and no target to judge it against")
	case i.Polarity != "high" && i.Polarity != "low":
		b.withoutPolarity(i, x)
	default:
		b.againstTarget(p, i, x)
	}
}

func (b *builder) withoutPolarity(i *judgedIndicator, x reading) {
	if i.Declared != "" {
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("whether high or low is good is not known; the officer's judgement is %s", i.Declared))
		return
	}
	i.state(InQuery, "polarity-not-known", "whether high or low is good is not known")
	b.find(ingest.Query, "polarity-missing", x.src(x.at, x.outturn.Cell), i.Ref, "nothing says whether high or low is good, so no light can be worked out",
		"Add a column \"Good is\" with High or Low, or put the indicator in the register.")
}

// againstTarget compares an outturn with its target. A quarter's own target,
// or the year's at year end, settles the light; the year's target before that
// only where it is already met ("Settled" in the product's design).
func (b *builder) againstTarget(p ingest.Period, i *judgedIndicator, x reading) {
	judged := x.judged(i)
	met, words := compareWords(i, judged)
	if other, told := compareWords(i, cmp.Or(i.YearToDate, judged)); other != met && x.mayAddUp(i) {
		i.state(InQuery, "target-may-add-up", words+"; but "+told)
		b.find(ingest.Query, "target-may-add-up", x.src(x.targetAt, x.target.Cell), i.Ref, fmt.Sprintf("the targets of the quarters grow, so this one may be for the year so far: %s; but %s", words, told),
			"Say in the headers whether the targets are for each quarter or for the year so far, or give the basis in the register.")
		return
	}
	final := x.target.Number != nil || !p.LastDay().Time().Before(p.YearEnd().Time())
	i.Computed = Red
	if met {
		i.Computed = Green
	}
	switch {
	case final && x.target.Number != nil:
		i.state(i.Computed, "quarter-target", fmt.Sprintf("%s: %s", words, i.Computed))
	case final:
		i.state(i.Computed, "year-end-target", fmt.Sprintf("%s: %s", words, i.Computed))
	case met && !i.adds && judged == i.Outturn:
		i.state(Green, "target-met-early", words+": green")
	case i.Declared != "":
		i.state(i.Declared, "officers-judgement", fmt.Sprintf("%s; before the target's date the officer's judgement stands: %s", words, i.Declared))
	case met:
		i.state(InQuery, "judgement-missing", words+"; a figure that adds up over the year cannot be judged against the year's target before its end, and the officer's judgement was not given")
		b.find(ingest.Query, "judgement-missing", x.src(x.at, x.outturn.Cell), i.Ref, words+", and the figure still adds up", "Give a target for the quarter, or say whether the year's is expected to be met: Amber for yes, Red for no.")
	default:
		i.state(InQuery, "judgement-missing", words+"; before the target's date the officer's judgement is wanted and none was given")
		b.find(ingest.Query, "judgement-missing", x.src(x.at, x.outturn.Cell), i.Ref, words+", and the year is not over", "Say whether the target is expected to be met: Amber for yes, Red for no.")
	}
}

// mayAddUp reports whether a quarter's target may be for the year so far: the
// quarters' targets grow, a figure for the year so far stands beside the quarter's own, and no register says which.
func (r reading) mayAddUp(i *judgedIndicator) bool {
	if r.target.Number == nil || i.YearToDate == nil || i.Basis != "" {
		return false
	}
	var before *decimal.Decimal
	grown := 0
	for _, q := range r.targetAt.row.Quarters {
		n := q.Target.Number
		if n == nil {
			continue
		}
		if before != nil && !n.GreaterThan(*before) {
			return false
		}
		before = n
		grown++
	}
	return grown > 1
}

// judged is the figure that is held against the target. Where a quarter's own
// part and the year to date stand side by side, the year's target is for the
// year to date.
func (r reading) judged(i *judgedIndicator) *Figure {
	if r.target.Number != nil && i.YearToDate != nil && i.Basis == "cumulative" {
		return i.YearToDate
	}
	if r.target.Number != nil || i.YearToDate == nil || i.Basis != "" && i.Basis != "cumulative" {
		return i.Outturn
	}
	if i.YearToDate.Number.Equal(i.Outturn.Number) {
		return i.Outturn
	}
	return i.YearToDate
}

// compareWords compares and tells the arithmetic: "7.09% is at or below 7.3%; low is good".
func compareWords(i *judgedIndicator, judged *Figure) (met bool, words string) {
	a, t := judged.Number, i.Target.Number
	met = meets(a, t, i.Polarity)
	relation := "below"
	switch {
	case i.Polarity == "high" && met:
		relation = "at or above"
	case i.Polarity == "low" && met:
		relation = "at or below"
	case i.Polarity == "low":
		relation = "above"
	}
	whose := ""
	if judged != i.Outturn {
		whose = " in the year to date"
	}
	return met, fmt.Sprintf("%s%s is %s %s; %s is good", withUnit(a, i.Unit), whose, relation, withUnit(t, i.Unit), i.Polarity)
}

// meets reports whether an outturn meets a target; a value at the target meets it.
func meets(outturn, target decimal.Decimal, polarity string) bool {
	if polarity == "low" {
		return outturn.LessThanOrEqual(target)
	}
	return outturn.GreaterThanOrEqual(target)
}
