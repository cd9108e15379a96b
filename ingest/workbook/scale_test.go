package workbook

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// TestIsOver holds the comparison of few digits beside that of the library.
func TestIsOver(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	number := func() decimal.Decimal {
		return decimal.New(r.Int64N(2_000_000_000_000)>>r.IntN(40)-r.Int64N(3), int32(r.IntN(20)-14))
	}
	over := 0
	for range 200_000 {
		x, y, n := number(), number(), []int64{1, 5, 20, 50, 100, 300}[r.IntN(6)]
		if r.IntN(4) == 0 {
			x = y.Mul(decimal.NewFromInt(n))
		}
		want := x.Abs().GreaterThan(y.Abs().Mul(decimal.NewFromInt(n)))
		if isOver(x, y, n) != want {
			t.Fatalf("%s over %d times %s: %v", x, n, y, !want)
		}
		if want {
			over++
		}
	}
	if over < 20_000 || over > 180_000 {
		t.Errorf("%d of the numbers are over", over)
	}
}
