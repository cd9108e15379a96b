package transform

import (
	"github.com/shopspring/decimal"
)

// Limits are the control limits of a series, an XmR chart as NHS England's
// Making Data Count draws it: the mean and, 2.66 mean moving ranges either
// side, the natural process limits. They are worked out from the first
// LimitPoints points and then stand still.
type Limits struct {
	Mean, Lower, Upper decimal.Decimal
	Points             int    // points of the series
	Variation          string // of the last point: "common cause", "improvement", "concern", or "special cause" where nothing says what is good
	Rule               string // the rule that found it: "above the upper limit", "7 rising", …; empty for common cause
	Assurance          string // "consistently met", "consistently missed", "hit and miss"; empty without a target
}

// LimitPoints is how many points control limits need: with fewer they are
// trial limits that a next point may move, and a pack shows none.
const LimitPoints = 12

// limitPlaces are the decimals to which means and limits are worked out.
const limitPlaces = 6

var (
	xmrFactor = decimal.RequireFromString("2.66") // 3 / 1.128: mean moving range to three standard deviations
	twoThirds = decimal.NewFromInt(2).DivRound(decimal.NewFromInt(3), 12)
)

// ControlLimits works out the limits of a series, the oldest point first, and
// what its last point says by them. The target may be nil. It gives nil with
// fewer than LimitPoints points.
func ControlLimits(series []decimal.Decimal, polarity string, target *decimal.Decimal) *Limits {
	if len(series) < LimitPoints {
		return nil
	}
	l := limitsOf(series[:LimitPoints])
	l.Points = len(series)
	up, rule := l.signal(series)
	l.Variation, l.Rule = "common cause", rule
	if rule != "" {
		l.Variation = variation(up, polarity)
	}
	l.Assurance = l.assurance(polarity, target)
	return &l
}

// signals gives for each point of a series the rule that marks it, by what was
// known when it came; empty for none.
func (l Limits) signals(series []decimal.Decimal) []string {
	out := make([]string, len(series))
	for n := range series {
		_, out[n] = l.signal(series[:n+1])
	}
	return out
}

func limitsOf(base []decimal.Decimal) Limits {
	sum, moved := decimal.Zero, decimal.Zero
	for n, x := range base {
		sum = sum.Add(x)
		if n > 0 {
			moved = moved.Add(x.Sub(base[n-1]).Abs())
		}
	}
	mean := sum.DivRound(decimal.NewFromInt(int64(len(base))), limitPlaces)
	reach := moved.Mul(xmrFactor).DivRound(decimal.NewFromInt(int64(len(base)-1)), limitPlaces)
	return Limits{Mean: mean, Lower: mean.Sub(reach), Upper: mean.Add(reach)}
}

// signal gives the first rule that marks the last point as more than chance,
// and whether it points upwards.
func (l Limits) signal(series []decimal.Decimal) (up bool, rule string) {
	last := series[len(series)-1]
	switch {
	case last.GreaterThan(l.Upper):
		return true, "above the upper limit"
	case last.LessThan(l.Lower):
		return false, "below the lower limit"
	}
	if side := run(series, 7, func(x, _ decimal.Decimal) int { return x.Cmp(l.Mean) }); side != 0 {
		return side > 0, map[bool]string{true: "7 above the mean", false: "7 below the mean"}[side > 0]
	}
	if way := run(series, 6, decimal.Decimal.Cmp); way != 0 { // 7 points are 6 steps
		return way > 0, map[bool]string{true: "7 rising", false: "7 falling"}[way > 0]
	}
	return l.nearLimit(series)
}

// run gives 1 or -1 where the last n points are all above or all below by a
// comparison with the point before, and 0 where they are not.
func run(series []decimal.Decimal, n int, compare func(x, before decimal.Decimal) int) int {
	way := 0
	if len(series) <= n {
		return 0
	}
	for k := len(series) - n; k < len(series); k++ {
		c := compare(series[k], series[k-1])
		if c == 0 || way != 0 && c != way {
			return 0
		}
		way = c
	}
	return way
}

// nearLimit knows two of the last three points, the last among them, in the
// outer third between the mean and one limit.
func (l Limits) nearLimit(series []decimal.Decimal) (up bool, rule string) {
	third := l.Upper.Sub(l.Mean).Mul(twoThirds)
	if third.IsZero() {
		return false, ""
	}
	outer := func(x decimal.Decimal) int {
		switch {
		case x.GreaterThan(l.Mean.Add(third)):
			return 1
		case x.LessThan(l.Mean.Sub(third)):
			return -1
		}
		return 0
	}
	side := outer(series[len(series)-1])
	near := 0
	for _, x := range series[max(0, len(series)-3):] {
		if side != 0 && outer(x) == side {
			near++
		}
	}
	if near < 2 {
		return false, ""
	}
	return side > 0, map[bool]string{true: "2 of 3 near the upper limit", false: "2 of 3 near the lower limit"}[side > 0]
}

func variation(up bool, polarity string) string {
	switch {
	case polarity != "high" && polarity != "low":
		return "special cause"
	case up == (polarity == "high"):
		return "improvement"
	}
	return "concern"
}

// assurance says whether a process that goes on like this meets its target.
func (l Limits) assurance(polarity string, target *decimal.Decimal) string {
	if target == nil || polarity != "high" && polarity != "low" {
		return ""
	}
	above, below := target.GreaterThan(l.Upper), target.LessThan(l.Lower)
	switch {
	case above && polarity == "high", below && polarity == "low":
		return "consistently missed"
	case above, below:
		return "consistently met"
	}
	return "hit and miss"
}
