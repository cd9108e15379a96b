package render

import (
	"strings"
	"testing"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

func numbersOf(s string) []decimal.Decimal {
	var out []decimal.Decimal
	for w := range strings.FieldsSeq(s) {
		out = append(out, decimal.RequireFromString(w))
	}
	return out
}

func TestScales(t *testing.T) {
	b := newBuilder(samplePack(), Settings{Definition: definition(t)})
	for _, c := range []struct{ numbers, unit, want string }{
		{"51 49 90", "%", "0% 20% 40% 60% 80% 100%"},
		{"96.1 97.2 98", "%", "96.0% 96.5% 97.0% 97.5% 98.0%"},
		{"0 0 0", "number", "0.0 0.2 0.4 0.6 0.8 1.0"},
		{"50 50", "%", "44% 46% 48% 50% 52% 54% 56%"},
		{"4 -3 -15", "number", "−15 −10 −5 0 5"},
		{"-50 -51", "number", "−51.0 −50.8 −50.6 −50.4 −50.2 −50.0"},
		{"-2 -9", "number", "−10 −8 −6 −4 −2 0"},
		{"1 99", "number", "0 20 40 60 80 100"},
		{"1198250 1622000", "£", "£1,100,000 £1,200,000 £1,300,000 £1,400,000 £1,500,000 £1,600,000 £1,700,000"},
		{"0.001 0.004", "", "0.000 0.001 0.002 0.003 0.004"},
		{"123456789012345678 123456789012345679", "", "123,456,789,012,345,678.0 123,456,789,012,345,678.2 123,456,789,012,345,678.4 123,456,789,012,345,678.6 123,456,789,012,345,678.8 123,456,789,012,345,679.0"},
	} {
		var said []string
		a := b.axis(transform.Indicator{Unit: c.unit}, numbersOf(c.numbers))
		for _, tick := range a.Ticks {
			said = append(said, tick.Text)
		}
		if got := strings.Join(said, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.numbers, got, c.want)
		}
		for _, d := range numbersOf(c.numbers) {
			if d.LessThan(a.Ticks[0].Value) || d.GreaterThan(a.Ticks[len(a.Ticks)-1].Value) {
				t.Errorf("%s: %s lies outside the scale", c.numbers, d)
			}
		}
	}
}

func FuzzScale(f *testing.F) {
	f.Add(int64(51), int64(49), int32(-1))
	f.Add(int64(-7), int64(7), int32(9))
	f.Fuzz(func(t *testing.T, x, y int64, exponent int32) {
		low, high := decimal.New(x, exponent%12), decimal.New(y, exponent%12)
		if low.GreaterThan(high) {
			low, high = high, low
		}
		ticks := roundScale(low, high)
		if n := len(ticks); n < 2 || n > ticksMost+3 || ticks[0].GreaterThan(low) || ticks[n-1].LessThan(high) {
			t.Fatalf("%s to %s: %v", low, high, ticks)
		}
	})
}
