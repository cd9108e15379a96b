package transform

import (
	"fmt"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// checkCopies asks about figures that are those of the row above: copied
// down, or left from the row that was copied.
func (b *builder) checkCopies() {
	for n := range b.returns {
		r := &b.returns[n]
		if !b.feeds(*r) {
			continue
		}
		for k := 1; k < len(r.Indicators); k++ {
			above, row := &r.Indicators[k-1], &r.Indicators[k]
			if above.Sheet != row.Sheet || above.Ref.Key == row.Ref.Key && above.Part == row.Part || !follows(above.Cell, row.Cell) {
				continue
			}
			if f, what := copied(above, row, r.Period.Quarter); f.Cell != "" {
				b.find(ingest.Query, "copied-from-above", source(r, row.Sheet, f.Cell), b.spelling.Of(row.Ref), fmt.Sprintf("%s of %s in the row above, to the last digit", what, b.spelling.Of(above.Ref)),
					"Check that it was not copied down by mistake.")
			}
		}
	}
}

// follows reports whether a cell stands in the row below another, or in the
// same one: the two parts of an indicator come from one row.
func follows(above, below string) bool {
	return rowOf(below) == rowOf(above)+1
}

func rowOf(cell string) int {
	n := 0
	for _, c := range strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// copied gives the first figure of a row that cannot well be the row above's by
// chance: its outturn has four digits or more and stands above too, while the
// targets differ; or two or more figures, one of them with three digits, are all the same.
func copied(above, row *ingest.Indicator, quarter int) (ingest.Figure, string) {
	x, y := figuresOf(above, quarter), figuresOf(row, quarter)
	if x[0].Number != nil && y[0].Number != nil && x[0].Number.Equal(*y[0].Number) && digits(*y[0].Number) >= 4 && !sameFigure(x[1], y[1]) {
		return y[0], "the outturn " + y[0].Text + " is that"
	}
	same, telling := 0, false
	var first ingest.Figure
	for n := range y {
		if x[n].Number == nil && y[n].Number == nil {
			continue
		}
		if !sameFigure(x[n], y[n]) {
			return ingest.Figure{}, ""
		}
		if same == 0 {
			first = y[n]
		}
		same++
		telling = telling || digits(*y[n].Number) >= 3 && !y[n].Number.Equal(decimal.NewFromInt(100))
	}
	if same < 2 || !telling {
		return ingest.Figure{}, ""
	}
	return first, "every figure of the row is that"
}

// figuresOf are the outturn, target and last year's outturn of a row.
func figuresOf(i *ingest.Indicator, quarter int) [3]ingest.Figure {
	out := [3]ingest.Figure{firstFigure(i.Outturn, i.YearToDate), i.Target, i.LastYear}
	q := i.Quarters.Of(quarter)
	if q.Outturn.Cell != "" {
		out[0] = q.Outturn
	}
	if q.Target.Cell != "" && out[1].Cell == "" {
		out[1] = q.Target
	}
	return out
}

func sameFigure(x, y ingest.Figure) bool {
	return x.Number != nil && y.Number != nil && x.Number.Equal(*y.Number)
}

// digits counts a number's significant digits: 4 of 21.73, 1 of 5000.
func digits(d decimal.Decimal) int {
	return len(strings.Trim(strings.TrimRight(strings.ReplaceAll(d.Abs().String(), ".", ""), "0"), "0"))
}

// unchangedFor is the number of quarters after which a figure that never moves is asked about.
const unchangedFor = 3

// checkUnchanged asks about figures that have been the same for three quarters
// and are not likely to be: with two digits or more. Those reported once a
// year, or for a period of their own, are left alone.
func (b *builder) checkUnchanged(now *quarter) {
	annual := b.annual()
	for _, i := range now.indicators {
		reg := b.known(i.key)
		if i.Outturn == nil || annual[i.key] || len(reg.Due) > 0 && len(reg.Due) < unchangedFor || i.FigurePeriod != "" || slowBasis[i.Basis] {
			continue
		}
		if digits(i.Outturn.Number) < 2 || i.Outturn.Number.Equal(decimal.NewFromInt(100)) || !stood(i.Series, b.in.Period) {
			continue
		}
		first := i.Series[len(i.Series)-unchangedFor]
		b.find(ingest.Query, "figure-unchanged", i.Outturn.Source, i.Ref, fmt.Sprintf("the figure has been %s in each quarter since %s", withUnit(i.Outturn.Number, i.Unit), first.Period),
			"Check that it is this quarter's. If it is reported once a year, say so in the return or in the register.")
	}
}

// annual are the references of which some return or plan says that they are reported once a year.
func (b *builder) annual() map[string]bool {
	keys := map[string]bool{}
	for _, r := range b.all {
		for n := range r.Indicators {
			if i := &r.Indicators[n]; i.Annual.Value != "" && i.Ref.Key != "" {
				keys[i.Ref.Key+strings.ToUpper(i.Part)] = true
			}
		}
	}
	return keys
}

// slowBasis are the bases of figures that may stand for several quarters.
var slowBasis = map[string]bool{"academic": true, "calendar": true, "lagged": true, "annual": true}

// stood reports whether the last three quarters in a row gave the same figure.
func stood(series []Point, p ingest.Period) bool {
	for back := range unchangedFor {
		n := len(series) - 1 - back
		if n < 0 || series[n].Period != p || !series[n].Number.Equal(series[len(series)-1].Number) {
			return false
		}
		p = p.Before()
	}
	return true
}
