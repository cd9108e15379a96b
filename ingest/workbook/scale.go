package workbook

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// askFraction asks about a plain number of 1 or less in a column of percentages, or in one of nothing else.
func (r *reader) askFraction(i *ingest.Indicator, f *ingest.Figure, c *column) {
	if unit := unitOf(i.Unit.Value); unit != "" && unit != "%" {
		return
	}
	fractions := unitOf(i.Unit.Value) == "%" && c.stats.big == 0 && c.stats.small > 0 // the whole column may be fractions
	if f.Number == nil || f.Percent || f.Doubt != "" || c.stats.count(traitPercent) < 2 && !fractions || f.Number.IsZero() || isOver(*f.Number, one, 1) {
		return
	}
	r.doubtFraction(i, f)
}

func (r *reader) doubtFraction(i *ingest.Indicator, f *ingest.Figure) {
	f.Doubt = "this looks like a fraction among whole percentages"
	r.find(ingest.Query, "fraction-or-percentage", f.Cell, i.Ref.Written, fmt.Sprintf("%s stands among whole percentages and may be a fraction", f.Text),
		"Write the percentage as it should be printed, for example 27.4%.")
}

// UnitOf is the unit in its short form: "%" for "percentage" and the like.
func unitOf(s string) string {
	switch f := strings.Trim(ingest.Fold(s), ". "); f {
	case "%", "percent", "per cent", "percentage", "pct", "% (percentage)":
		return "%"
	case "£", "gbp", "pounds":
		return "£"
	case "no", "no.", "number", "num", "#", "count", "nr":
		return "number"
	default:
		return ingest.OneLine(s)
	}
}

// figures are an indicator's figures that share its unit.
func figures(i *ingest.Indicator) iter.Seq[*ingest.Figure] {
	return func(yield func(*ingest.Figure) bool) {
		for _, f := range []*ingest.Figure{&i.Target, &i.Outturn, &i.YearToDate, &i.LastYear, &i.LongTarget} {
			if !yield(f) {
				return
			}
		}
		for q := range i.Quarters {
			if !yield(&i.Quarters[q].Target) || !yield(&i.Quarters[q].Outturn) {
				return
			}
		}
	}
}

// checkUnits settles the row's unit from its own column, else from what the
// figures say, and asks about a figure that does not seem to be in it.
func (r *reader) checkUnits(i *ingest.Indicator) {
	var all [13]*ingest.Figure
	given := all[:0]
	for f := range figures(i) {
		if f.Number != nil {
			given = append(given, f)
		}
	}
	if i.Unit.Value = unitOf(i.Unit.Value); i.Unit.Value == "" {
		for _, f := range given {
			if f.Unit != "" {
				i.Unit = ingest.Text{Value: f.Unit, Cell: f.Cell}
				break
			}
		}
	}
	if i.Unit.Value == "" && saysPercent.MatchString(ingest.Fold(i.Title.Value)) {
		r.checkTitled(i, given)
	}
	if i.Unit.Value == "%" {
		r.checkFractions(i, given)
		r.checkHundred(i, given)
	}
	r.checkScale(i)
	for _, f := range given {
		if i.Unit.Value == "%" && !f.Percent && f.Unit == "" && f.Words != "" && !strings.ContainsAny(f.Words[:1], "([*†") {
			f.Unit = f.Words
		}
		if f.Unit != "" && f.Unit != i.Unit.Value && !sameUnit(i.Unit.Value, f.Unit) {
			f.Doubt = fmt.Sprintf("the figure is in %s and the indicator in %s", f.Unit, i.Unit.Value)
			r.find(ingest.Query, "unit-differs", f.Cell, i.Ref.Written, fmt.Sprintf("'%s': %s", f.Text, f.Doubt), "Give the figure in the indicator's unit, or correct the unit.")
		}
	}
}

// sameUnit lets a rate or a named unit carry a percent sign only where both say per cent.
func sameUnit(unit, said string) bool {
	u, s := strings.ToLower(unit), strings.ToLower(said)
	return strings.Contains(u, s) || strings.Contains(s, u)
}

var saysPercent = regexp.MustCompile(`%|\bper ?cent(?:age)?\b|\bproportion of\b`)

// checkTitled asks about the figures of an indicator whose title says that it
// is a percentage, where all are plain numbers of 1 or less.
func (r *reader) checkTitled(i *ingest.Indicator, given []*ingest.Figure) {
	broken := false
	for _, f := range given {
		if f.Percent || isOver(*f.Number, one, 1) {
			return
		}
		broken = broken || !f.Number.IsInteger()
	}
	for _, f := range given {
		if broken && f.Doubt == "" && !f.Number.IsZero() {
			r.doubtFraction(i, f)
		}
	}
}

// checkFractions asks about a plain number of 1 or less in an indicator of per
// cent whose other figures are far larger: 0.274 may be 27.4%.
func (r *reader) checkFractions(i *ingest.Indicator, given []*ingest.Figure) {
	const far = 20
	for _, f := range given {
		if f.Percent || f.Number.IsZero() || isOver(*f.Number, one, 1) {
			continue
		}
		if f.Doubt == "" && slices.ContainsFunc(given, func(o *ingest.Figure) bool { return isOver(*o.Number, *f.Number, far) }) {
			r.doubtFraction(i, f)
		}
	}
}

// checkHundred asks about a percentage over 100 that stands far above the row's other figures ("805%" for 8.05%).
func (r *reader) checkHundred(i *ingest.Indicator, given []*ingest.Figure) {
	const near, alone = 5, 300
	for _, f := range given {
		if f.Doubt != "" || !isOver(*f.Number, one, 100) {
			continue
		}
		fits := slices.ContainsFunc(given, func(o *ingest.Figure) bool { return o != f && isOver(times(*o.Number, near), *f.Number, 1) })
		if fits || len(given) == 1 && isOver(decimal.NewFromInt(alone), *f.Number, 1) {
			continue
		}
		f.Doubt = "a percentage over 100 that fits none of the row's other figures"
		r.find(ingest.Query, "over-100-per-cent", f.Cell, i.Ref.Written, fmt.Sprintf("%s%% is over 100 and fits none of the row's other figures", f.Number), "Check the decimal point.")
	}
}

// checkScale asks about an outturn a hundred times off its target, as a slip
// of the decimal point or a percentage read as a fraction makes it.
func (r *reader) checkScale(i *ingest.Indicator) {
	r.checkPair(i, &i.Outturn, &i.Target)
	for q := range i.Quarters {
		target := &i.Quarters[q].Target
		if target.Number == nil {
			target = &i.Target
		}
		r.checkPair(i, &i.Quarters[q].Outturn, target)
	}
}

func (r *reader) checkPair(i *ingest.Indicator, a, t *ingest.Figure) {
	const far = 50
	if a.Number == nil || t.Number == nil || a.Doubt != "" || t.Doubt != "" || a.Number.IsZero() || t.Number.IsZero() {
		return
	}
	if isOver(*a.Number, *t.Number, far) || isOver(*t.Number, *a.Number, far) {
		a.Doubt = "the outturn is far off the scale of its target"
		r.find(ingest.Query, "scale-differs", a.Cell, i.Ref.Written, fmt.Sprintf("the outturn is %s and the target %s: one may be a fraction or have its decimal point in the wrong place", a.Text, t.Text), "Check both figures and give them in the same unit.")
	}
}

var one = decimal.NewFromInt(1)

func times(d decimal.Decimal, n int64) decimal.Decimal { return d.Mul(decimal.NewFromInt(n)) }

// isOver reports whether a number, without its sign, is over n times another.
// Numbers of few digits, as nearly all are, are compared as whole ones.
func isOver(x, y decimal.Decimal, n int64) bool {
	const digits = 15 // so that a hundred times as much is still a 64-bit number
	least := min(x.Exponent(), y.Exponent())
	up, down := int(x.Exponent()-least), int(y.Exponent()-least)
	if n > 100 || x.NumDigits()+up > digits || y.NumDigits()+down > digits {
		return x.Abs().GreaterThan(times(y.Abs(), n))
	}
	return abs(x.CoefficientInt64())*powersOfTen[up] > n*abs(y.CoefficientInt64())*powersOfTen[down]
}

func abs(n int64) int64 { return max(n, -n) }

var powersOfTen = func() (p [16]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()
