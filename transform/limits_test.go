package transform_test

import (
	"strings"
	"testing"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

func numbers(t *testing.T, s string) []decimal.Decimal {
	t.Helper()
	var out []decimal.Decimal
	for _, w := range strings.Fields(s) {
		d, err := decimal.NewFromString(w)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

// Twelve points about 50: mean 50, mean moving range 2, limits 44.68 and 55.32.
const steady = "49 51 49 51 49 51 49 51 49 51 49 51"

func TestControlLimits(t *testing.T) {
	l := transform.ControlLimits(numbers(t, steady), "high", nil)
	if l == nil || l.Mean.String() != "50" || l.Lower.String() != "44.68" || l.Upper.String() != "55.32" {
		t.Fatalf("limits %+v", l)
	}
	if transform.ControlLimits(numbers(t, steady)[1:], "high", nil) != nil {
		t.Error("limits with fewer than twelve points")
	}
	if later := transform.ControlLimits(numbers(t, steady+" 90 10 90"), "high", nil); !later.Upper.Equal(l.Upper) || later.Points != 15 {
		t.Errorf("limits moved after the first twelve points: %+v", later)
	}
}

func TestVariationByRule(t *testing.T) {
	for _, c := range []struct{ name, then, polarity, variation, rule string }{
		{"nothing", "50.1", "high", "common cause", ""},
		{"at the upper limit", "55.32", "high", "common cause", ""},
		{"above the upper limit", "55.33", "high", "improvement", "above the upper limit"},
		{"above, low is good", "55.33", "low", "concern", "above the upper limit"},
		{"above, nobody said what is good", "55.33", "", "special cause", "above the upper limit"},
		{"below the lower limit", "44.67", "high", "concern", "below the lower limit"},
		{"six above the mean after one below", "49 51 51 51 51 51 51", "high", "common cause", ""},
		{"seven above the mean", "49 51 51 51 51 51 51 51", "high", "improvement", "7 above the mean"},
		{"seven below the mean", "49 49 49 49 49 49 49", "high", "concern", "7 below the mean"},
		{"one at the mean breaks the run", "49 51 51 51 50 51 51 51", "high", "common cause", ""},
		{"seven rising", "48 48.5 49 49.5 50.5 51 51.5", "high", "improvement", "7 rising"},
		{"six rising", "52 48.5 49 49.5 50.5 51 51.4", "high", "common cause", ""},
		{"seven falling", "51.5 51 50.5 49.5 49 48.5 48", "low", "improvement", "7 falling"},
		{"two of three near the limit", "53.6 50 53.6", "high", "improvement", "2 of 3 near the upper limit"},
		{"one near the limit", "50 50 53.6", "high", "common cause", ""},
		{"two near different limits", "46.4 50 53.6", "high", "common cause", ""},
		{"the last is not near", "53.6 53.6 50", "high", "common cause", ""},
	} {
		l := transform.ControlLimits(numbers(t, steady+" "+c.then), c.polarity, nil)
		if l.Variation != c.variation || l.Rule != c.rule {
			t.Errorf("%s: %s by %q, want %s by %q", c.name, l.Variation, l.Rule, c.variation, c.rule)
		}
	}
}

func TestAssuranceAgainstTheTarget(t *testing.T) {
	for _, c := range []struct{ polarity, target, want string }{
		{"high", "55.33", "consistently missed"}, {"high", "55.32", "hit and miss"}, {"high", "44.67", "consistently met"},
		{"low", "55.33", "consistently met"}, {"low", "44.67", "consistently missed"}, {"low", "50", "hit and miss"}, {"", "90", ""},
	} {
		target := decimal.RequireFromString(c.target)
		if got := transform.ControlLimits(numbers(t, steady), c.polarity, &target).Assurance; got != c.want {
			t.Errorf("%s is good, target %s: %q, want %q", c.polarity, c.target, got, c.want)
		}
	}
}

func TestFiguresThatNeverMoveHaveNoSignal(t *testing.T) {
	l := transform.ControlLimits(numbers(t, strings.Repeat("50 ", 14)), "high", nil)
	if l.Variation != "common cause" || !l.Upper.Equal(l.Lower) {
		t.Errorf("%+v", l)
	}
}
