package render

import (
	"slices"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// ticksMost is how many steps a chart's scale has at most.
const ticksMost = 5

// axis is a scale that holds all the numbers, with ticks at round figures. It
// starts at zero where that leaves the numbers a third of its height.
func (b *builder) axis(i transform.Indicator, numbers []decimal.Decimal) Axis {
	low, high := slices.MinFunc(numbers, decimal.Decimal.Cmp), slices.MaxFunc(numbers, decimal.Decimal.Cmp)
	spread := high.Sub(low).Mul(decimal.NewFromInt(3))
	switch {
	case low.IsPositive() && spread.GreaterThanOrEqual(high):
		low = decimal.Zero
	case high.IsNegative() && spread.GreaterThanOrEqual(low.Neg()):
		high = decimal.Zero
	}
	return b.ticks(i, roundScale(low, high))
}

// ends is a scale from the least to the greatest number, with ticks there alone.
func (b *builder) ends(i transform.Indicator, numbers []decimal.Decimal) Axis {
	return b.ticks(i, []decimal.Decimal{slices.MinFunc(numbers, decimal.Decimal.Cmp), slices.MaxFunc(numbers, decimal.Decimal.Cmp)})
}

// ticks words the numbers of a scale, all with the decimals that the finest of them needs.
func (b *builder) ticks(i transform.Indicator, at []decimal.Decimal) Axis {
	places := 0
	for _, d := range at {
		places = max(places, int(-d.Exponent()))
	}
	var a Axis
	for _, d := range at {
		text := b.figureCell(transform.Indicator{Unit: i.Unit}, &transform.Figure{Number: d, Decimals: places}).Text
		a.Ticks = append(a.Ticks, Tick{d, text})
	}
	return a
}

// roundScale gives round figures, evenly apart, from at or below the low to at
// or above the high. There are always two or more.
func roundScale(low, high decimal.Decimal) []decimal.Decimal {
	if low.Equal(high) {
		low, high = around(low)
	}
	step := roundStep(high.Sub(low))
	first := floorTo(low, step)
	var out []decimal.Decimal
	for d := first; ; d = d.Add(step) {
		out = append(out, d)
		if d.GreaterThanOrEqual(high) {
			return out
		}
	}
}

// around opens a scale about a single number: a tenth of it either side, and up to 1 above zero.
func around(d decimal.Decimal) (low, high decimal.Decimal) {
	if d.IsZero() {
		return d, decimal.NewFromInt(1)
	}
	reach := d.Abs().Shift(-1)
	return d.Sub(reach), d.Add(reach)
}

// roundStep is the smallest of 1, 2, 5, 10, 20, … (or 0.5, 0.2, …) of which a span has no more than ticksMost.
func roundStep(span decimal.Decimal) decimal.Decimal {
	least := span.DivRound(decimal.NewFromInt(ticksMost), int32(max(0, -span.Exponent()))+6)
	power := int32(least.NumDigits()) + least.Exponent() - 1
	for ; ; power++ {
		for _, n := range []int64{1, 2, 5} {
			if step := decimal.New(n, power); step.GreaterThanOrEqual(least) {
				return written(step)
			}
		}
	}
}

// written writes 2e1 as 20, so that a number's exponent counts its decimals.
func written(d decimal.Decimal) decimal.Decimal {
	return d.Add(decimal.New(0, 0))
}

// floorTo is the greatest multiple of a step that is no more than the number.
func floorTo(d, step decimal.Decimal) decimal.Decimal {
	n, rest := d.QuoRem(step, 0)
	if rest.IsNegative() {
		n = n.Sub(decimal.NewFromInt(1))
	}
	return n.Mul(step)
}
