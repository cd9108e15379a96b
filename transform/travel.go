package transform

import (
	"cmp"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// past is an indicator's figure of an earlier quarter, with what it must share
// with this quarter's to be compared.
type past struct {
	figure         *Figure
	unit, polarity string // empty where nothing says them
	own            string // the figure's own period, where it is not the quarter
	adds           bool   // it adds up over the year
	small          bool   // its denominator is smaller than the register allows
	other          bool   // the indicator's definition was another one
	doubt          bool   // it was given and may not be used
}

// pastOf is what a return of an earlier quarter gave for an indicator, or for
// the one that it replaces.
func (b *builder) pastOf(i *judgedIndicator, then ingest.Period) past {
	key, comparable := b.predecessor(i, then)
	g := b.heldIn(then).find(i, key)
	if g == nil {
		return past{other: !comparable}
	}
	x := readingOf(then, g, i.Polarity)
	if x.outturn.Number == nil || x.outturn.Doubt != "" {
		return past{other: !comparable, doubt: x.outturn.Number != nil}
	}
	reg, row := b.known(strings.TrimSuffix(key, strings.ToUpper(i.part))), x.at.row
	p := past{unit: cmp.Or(row.Unit.Value, reg.Unit), polarity: cmp.Or(row.PolarityOf, reg.Polarity), own: x.outturn.Period, adds: x.cumulative(reg.Basis), other: !comparable,
		figure: &Figure{Number: *x.outturn.Number, Decimals: shownDecimals(x.outturn, i.Decimals), Source: x.src(x.outturn.Cell)}}
	n := reg.SmallestDenominator
	p.small = n != nil && row.Denominator.Number != nil && row.Denominator.Number.LessThan(n.Decimal)
	return p
}

// travel sets an indicator's direction of travel as the scheme wants it: against
// the quarter before, the same quarter last year, or both.
func (b *builder) travel(p ingest.Period, i, old *judgedIndicator) {
	want := b.in.Scheme.Indicators.Direction
	last, year := p.Before(), p.LastYear()
	if want != "last quarter" {
		then := b.pastOf(i, year)
		if then.figure == nil && !then.other && !then.doubt && i.LastYear != nil && b.saysSameQuarter(p, i) {
			then.figure, then.adds = i.LastYear, i.adds
		}
		i.YearBefore, i.YearDirection = then.figure, i.against(then, true)
		if want == "last year" {
			i.Direction, i.YearDirection = i.YearDirection, ""
			if i.Direction != "" {
				i.ComparedWith = year.String()
			}
			return
		}
	}
	if i.Direction = i.against(b.pastQuarter(last, i, old), false); i.Direction != "" {
		i.ComparedWith = last.String()
	}
}

// pastQuarter is the figure of the quarter before, which a year workbook's own
// column may have revised.
func (b *builder) pastQuarter(last ingest.Period, i, old *judgedIndicator) past {
	if i.Before == nil {
		then := b.pastOf(i, last)
		if !then.other {
			i.Before = then.figure
		}
		return then
	}
	_, comparable := b.predecessor(i, last)
	then := past{figure: i.Before, adds: i.adds, own: i.FigurePeriod, other: !comparable}
	if old != nil {
		then.unit, then.polarity, then.adds, then.small, then.own = old.Unit, old.Polarity, old.adds, old.Small, old.FigurePeriod
	}
	return then
}

// against is the direction of travel from an earlier figure: "better", "same",
// "worse" or "not comparable", or empty where there is nothing to compare or
// too few cases to say. sameQuarter is of a year before: sums since April may
// then be compared, as they cannot with the quarter before.
func (i *judgedIndicator) against(p past, sameQuarter bool) string {
	switch {
	case i.Outturn == nil || p.figure == nil || i.Small || p.small:
		return ""
	case p.other, differ(unitKey(i.Unit), unitKey(p.unit)), differ(i.Polarity, p.polarity), (i.FigurePeriod == "") != (p.own == ""):
		return "not comparable"
	case i.adds != p.adds, i.adds && !sameQuarter:
		return "not comparable"
	}
	now, ok := i.badness(i.Outturn.Number)
	then, _ := i.badness(p.figure.Number)
	switch d := now.Cmp(then); {
	case !ok:
		return "not comparable"
	case d < 0:
		return "better"
	case d > 0:
		return "worse"
	}
	return "same"
}

// badness orders figures from good to bad by what is good, at the decimals that
// are published; false where nothing says what is good. In range is as good as any.
func (i *judgedIndicator) badness(d decimal.Decimal) (decimal.Decimal, bool) {
	if i.Decimals != nil && !i.AsWritten {
		d = d.Round(int32(*i.Decimals))
	}
	switch {
	case i.Polarity == "low":
		return d, true
	case i.Polarity == "high":
		return d.Neg(), true
	case i.Polarity == "range" && i.TargetRange != nil:
		return decimal.Max(i.TargetRange[0].Number.Sub(d), d.Sub(i.TargetRange[1].Number), decimal.Zero), true
	}
	return decimal.Zero, false
}

// TrendDisagrees reports whether a row's light and its direction of travel, or
// what its control limits say, point apart: good and getting worse, or red and getting better.
func (i Indicator) TrendDisagrees() bool {
	worse := i.Direction == "worse" || i.YearDirection == "worse" || i.Limits != nil && i.Limits.Variation == "concern"
	better := i.Direction == "better" || i.YearDirection == "better" || i.Limits != nil && i.Limits.Variation == "improvement"
	return (i.Light == Green || i.Light == Blue) && worse || i.Light == Red && better
}
