package ingest

import (
	"math/rand/v2"
	"testing"
)

// TestMayNameQuarter asks that the quick look before the pattern of a quarter never says no where that finds one.
func TestMayNameQuarter(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	parts := []string{"q", "qtr", "quarter", "qu", "quality", "1", "2", "4", "one", "two", "three", "four", "first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th", " ", " ", ".", "-", ":", "_", "é", "a"}
	found, passed := 0, 0
	for range 300_000 {
		s := ""
		for range 1 + r.IntN(7) {
			s += parts[r.IntN(len(parts))]
		}
		is := saidQuarter.MatchString(s)
		if is && !mayNameQuarter(s) {
			t.Fatalf("%q names a quarter and was not looked at", s)
		}
		if is {
			found++
		}
		if !mayNameQuarter(s) {
			passed++
		}
	}
	if found < 5_000 || passed < 10_000 {
		t.Errorf("%d texts name a quarter, %d were passed over", found, passed)
	}
}
