package transform

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Allowance is how far an outturn may be off its target and still be near it:
// one of the three ways that councils write "within 5".
type Allowance struct {
	Relative *Number `yaml:"relative"` // per cent of the target: 5 of 80 is 4
	Points   *Number `yaml:"points"`   // percentage points, of an indicator in per cent
	Absolute *Number `yaml:"absolute"` // in the indicator's unit
}

// mistake is what is wrong with an allowance, in words; empty for nothing.
func (a *Allowance) mistake() string {
	if a == nil {
		return ""
	}
	given := 0
	for _, n := range []*Number{a.Relative, a.Points, a.Absolute} {
		if n == nil {
			continue
		}
		given++
		if n.IsNegative() {
			return fmt.Sprintf("an allowance is %s; use 0 or more", n)
		}
	}
	if given != 1 {
		return "an allowance is one of relative (per cent of the target), points (percentage points) and absolute (in the indicator's unit)"
	}
	return ""
}

// of is the allowance around a target in the indicator's unit, never negative,
// with its arithmetic in words. It is unknown, and why says so, for points of
// what is not in per cent. A percentage of a target of zero is nothing.
func (a *Allowance) of(target decimal.Decimal, unit string) (allow decimal.Decimal, words, why string) {
	switch {
	case a.Absolute != nil:
		return a.Absolute.Decimal, withUnit(a.Absolute.Decimal, unit), ""
	case a.Points != nil && unit != "%" && unit != "percentage points":
		return decimal.Decimal{}, "", "an allowance in percentage points was set for a figure that is not in per cent"
	case a.Points != nil:
		return a.Points.Decimal, fmt.Sprintf("%s percentage points", a.Points), ""
	}
	allow = a.Relative.Mul(target.Abs()).Shift(-2)
	return allow, fmt.Sprintf("%s%%", a.Relative), ""
}
