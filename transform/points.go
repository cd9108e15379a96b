package transform

import (
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// lookAtSeries joins an indicator's series with that of the one it replaces,
// where the two may be compared, says how each point stands to its target, and
// works out the control limits.
func (b *builder) lookAtSeries(i *judgedIndicator, series map[string][]Point) {
	i.Series = slices.Clone(series[i.id])
	if key, comparable := b.predecessor(i, ingest.Period{Year: 1, Quarter: 1}); key != i.key && comparable {
		earlier := series[b.planKey(i.Plan)+"\x00"+key]
		for n := len(earlier) - 1; n >= 0; n-- {
			if len(i.Series) == 0 || earlier[n].Period.Compare(i.Series[0].Period) < 0 {
				i.Series = append([]Point{earlier[n]}, i.Series...)
			}
		}
	}
	together := b.together(i)
	for n := range together {
		b.aimAt(i, &together[n])
	}
	b.limit(i, together)
}

// together marks the points of before the last change of unit, of what is good,
// of the definition, or of the period that a figure is for, and gives those since.
func (b *builder) together(i *judgedIndicator) []Point {
	for n := len(i.Series) - 1; n >= 0; n-- {
		x := i.Series[n]
		_, same := b.predecessor(i, x.Period)
		if !same || differ(unitKey(i.Unit), unitKey(x.unit)) || differ(i.Polarity, x.polarity) || x.adds != i.adds || i.Outturn != nil && (x.own == "") != (i.FigurePeriod == "") {
			for k := range i.Series[:n+1] {
				i.Series[k].Apart = true
			}
			return i.Series[n+1:]
		}
	}
	return i.Series
}

// aimAt finds the target that held in a point's quarter, and whether it was met.
// One that was not agreed, or is in doubt, is none.
func (b *builder) aimAt(i *judgedIndicator, x *Point) {
	key, _ := b.predecessor(i, x.Period)
	reg := b.known(strings.TrimSuffix(key, strings.ToUpper(i.part)))
	said := reading{own: reg.target(x.Period, i.part).aim(), year: reg.target(ingest.Period{Year: x.Period.Year}, i.part).aim()}
	if g := b.heldIn(x.Period).find(i, key); g != nil {
		said.saidTargets(x.Period, g, i.Polarity)
	}
	if said.aim() == nil {
		said.own = reg.standingRange()
	}
	a := said.aim()
	if a == nil || a.draft || a.figure.Doubt != "" {
		return
	}
	x.Due = said.isFinal(x.Period, reg)
	m := measure{polarity: i.Polarity, unit: i.Unit, decimals: i.Decimals, actual: x.Number, aim: a}
	x.Target, x.Range = a.figures(i.Decimals)
	if i.Polarity == "high" || i.Polarity == "low" || i.Polarity == "range" && a.isRange() {
		x.Against = "met"
		if m.published(b.in.Scheme.Indicators.Compare).short().Sign() > 0 {
			x.Against = "missed"
		}
	}
}

// limit works out the control limits of points that may be compared, where this
// quarter's is among them.
func (b *builder) limit(i *judgedIndicator, points []Point) {
	if n := len(points); n < LimitPoints || i.Outturn == nil || points[n-1].Period != b.in.Period || i.adds {
		return
	}
	numbers := make([]decimal.Decimal, len(points))
	for n, x := range points {
		numbers[n] = x.Number
	}
	var target *decimal.Decimal
	if i.Target != nil && i.SoFar == nil {
		target = &i.Target.Number
	}
	i.Limits = ControlLimits(numbers, i.Polarity, target)
	for n, rule := range i.Limits.signals(numbers) {
		points[n].Signal = rule
	}
}
