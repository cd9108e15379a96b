package workbook

import (
	"fmt"
	"regexp"
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
	if f.Number == nil || f.Percent || f.Doubt != "" || c.stats.count(traitPercent) < 2 && !fractions || f.Number.IsZero() || f.Number.Abs().GreaterThan(decimal.NewFromInt(1)) {
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

// figures lists an indicator's figures that share its unit, with their names.
func figures(i *ingest.Indicator) [13]*ingest.Figure {
	out := [13]*ingest.Figure{&i.Target, &i.Outturn, &i.YearToDate, &i.LastYear, &i.LongTarget}
	for q := range i.Quarters {
		out[5+2*q], out[6+2*q] = &i.Quarters[q].Target, &i.Quarters[q].Outturn
	}
	return out
}

// checkUnits settles the row's unit from its own column, else from what the
// figures say, and asks about a figure that does not seem to be in it.
func (r *reader) checkUnits(i *ingest.Indicator) {
	if i.Unit.Value = unitOf(i.Unit.Value); i.Unit.Value == "" {
		for _, f := range figures(i) {
			if f.Unit != "" && f.Number != nil {
				i.Unit = ingest.Text{Value: f.Unit, Cell: f.Cell}
				break
			}
		}
	}
	if i.Unit.Value == "" && saysPercent.MatchString(ingest.Fold(i.Title.Value)) {
		r.checkTitled(i)
	}
	if i.Unit.Value == "%" {
		r.checkFractions(i)
		r.checkHundred(i)
	}
	r.checkScale(i)
	for _, f := range figures(i) {
		if i.Unit.Value == "%" && f.Number != nil && !f.Percent && f.Unit == "" && f.Words != "" && !strings.ContainsAny(f.Words[:1], "([*†") {
			f.Unit = f.Words
		}
		if f.Number != nil && f.Unit != "" && f.Unit != i.Unit.Value && !sameUnit(i.Unit.Value, f.Unit) {
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
func (r *reader) checkTitled(i *ingest.Indicator) {
	one := decimal.NewFromInt(1)
	broken := false
	for _, f := range figures(i) {
		switch {
		case f.Number == nil:
		case f.Percent || f.Number.Abs().GreaterThan(one):
			return
		default:
			broken = broken || !f.Number.IsInteger()
		}
	}
	for _, f := range figures(i) {
		if broken && f.Number != nil && f.Doubt == "" && !f.Number.IsZero() {
			r.doubtFraction(i, f)
		}
	}
}

// checkFractions asks about a plain number of 1 or less in an indicator of per
// cent whose other figures are far larger: 0.274 may be 27.4%.
func (r *reader) checkFractions(i *ingest.Indicator) {
	one, limit := decimal.NewFromInt(1), decimal.NewFromInt(20)
	largest := decimal.Zero
	for _, f := range figures(i) {
		if f.Number != nil && f.Number.Abs().GreaterThan(largest) {
			largest = f.Number.Abs()
		}
	}
	for _, f := range figures(i) {
		if f.Number == nil || f.Percent || f.Number.IsZero() || f.Number.Abs().GreaterThan(one) {
			continue
		}
		if f.Doubt == "" && largest.GreaterThan(f.Number.Abs().Mul(limit)) {
			r.doubtFraction(i, f)
		}
	}
}

// checkHundred asks about a percentage over 100 that stands far above the row's other figures ("805%" for 8.05%).
func (r *reader) checkHundred(i *ingest.Indicator) {
	limit, five := decimal.NewFromInt(100), decimal.NewFromInt(5)
	for _, f := range figures(i) {
		if f.Number == nil || f.Doubt != "" || f.Number.Abs().LessThanOrEqual(limit) {
			continue
		}
		near := false
		others := 0
		for _, o := range figures(i) {
			if o.Number != nil && o != f {
				others++
				near = near || o.Number.Abs().Mul(five).GreaterThan(f.Number.Abs())
			}
		}
		if others > 0 && near || others == 0 && f.Number.Abs().LessThan(limit.Mul(decimal.NewFromInt(3))) {
			continue
		}
		f.Doubt = "a percentage over 100 that fits none of the row's other figures"
		r.find(ingest.Query, "over-100-per-cent", f.Cell, i.Ref.Written, fmt.Sprintf("%s%% is over 100 and fits none of the row's other figures", f.Number), "Check the decimal point.")
	}
}

// checkScale asks about an outturn a hundred times off its target, as a slip
// of the decimal point or a percentage read as a fraction makes it.
func (r *reader) checkScale(i *ingest.Indicator) {
	pairs := [][2]*ingest.Figure{{&i.Outturn, &i.Target}}
	for q := range i.Quarters {
		target := &i.Quarters[q].Target
		if target.Number == nil {
			target = &i.Target
		}
		pairs = append(pairs, [2]*ingest.Figure{&i.Quarters[q].Outturn, target})
	}
	fifty := decimal.NewFromInt(50)
	for _, p := range pairs {
		a, t := p[0], p[1]
		if a.Number == nil || t.Number == nil || a.Doubt != "" || t.Doubt != "" || a.Number.IsZero() || t.Number.IsZero() {
			continue
		}
		x, y := a.Number.Abs(), t.Number.Abs()
		if x.GreaterThan(y.Mul(fifty)) || y.GreaterThan(x.Mul(fifty)) {
			a.Doubt = "the outturn is far off the scale of its target"
			r.find(ingest.Query, "scale-differs", a.Cell, i.Ref.Written, fmt.Sprintf("the outturn is %s and the target %s: one may be a fraction or have its decimal point in the wrong place", a.Text, t.Text), "Check both figures and give them in the same unit.")
		}
	}
}
