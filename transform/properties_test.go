package transform_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

var allSchemes = []string{"completed-expected", "on-course", "within-tolerance", "floor-standard", "indicator-tolerance", "amber-value", "brag", "benchmark", "progress-confidence"}

// worse orders lights by how bad they are; a state without a light has no place among them.
func worse(s transform.Scheme, l transform.Light) int {
	var order []transform.Light
	for _, r := range s.Indicators.Rules {
		if !slices.Contains(order, r.Light) {
			order = append(order, r.Light)
		}
	}
	return slices.Index(order, l)
}

// someFacts are facts of an indicator with whatever a register may say of it.
func someFacts(r *rand.Rand) facts {
	tenths := func(from, to int) decimal.Decimal { return decimal.New(int64(from+r.Intn(to-from+1)), -1) }
	f := facts{good: []string{"high", "low"}[r.Intn(2)], unit: "%"}
	target := tenths(-300, 1000)
	if r.Intn(6) == 0 {
		target = []decimal.Decimal{decimal.Zero, decimal.NewFromInt(100)}[r.Intn(2)]
	}
	f.target = target.String()
	off := tenths(0, 100)
	if f.good == "high" {
		off = off.Neg()
	}
	switch r.Intn(6) {
	case 0:
		f.amber = target.Add(off).String()
	case 1:
		f.floor = target.Add(off).String()
	case 2:
		f.relative = tenths(0, 200).String()
	case 3:
		f.points = tenths(0, 50).String()
	case 4:
		f.absolute = tenths(0, 50).String()
	}
	f.lastYear = target.Add(tenths(-150, 150)).String()
	f.outturn = target.Add(tenths(-200, 200)).String()
	return f
}

// A better outturn never has a worse light, under any scheme, whatever the register says.
func TestABetterOutturnNeverHasAWorseLight(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, name := range allSchemes {
		s, pairs := shipped(t, name), 0
		for range 400 {
			f := someFacts(r)
			if r.Intn(3) == 0 {
				f.places = "0"
			}
			better := f
			by := decimal.New(int64(1+r.Intn(60)), -1)
			if f.good == "low" {
				by = by.Neg()
			}
			better.outturn = decimal.RequireFromString(f.outturn).Add(by).String()
			x, y := rated(t, s, f), rated(t, s, better)
			if !x.Light.IsColour() || !y.Light.IsColour() {
				if x.Light.IsColour() && worse(s, x.Light) < len(s.Indicators.Rules)-1 {
					t.Fatalf("%s: %+v is %s and %s is %s: %s", name, f, x.Light, better.outturn, y.Light, y.Reason)
				}
				continue
			}
			pairs++
			if worse(s, y.Light) > worse(s, x.Light) {
				t.Fatalf("%s: %+v is %s (%s), and %s is %s (%s)", name, f, x.Light, x.Reason, better.outturn, y.Light, y.Reason)
			}
		}
		if pairs < 40 {
			t.Errorf("%s: only %d pairs had lights", name, pairs)
		}
	}
}

// Scaling outturn, target, thresholds, absolute tolerance and last year
// together changes no light. A hundred and nought are limits of a scale and stay out.
func TestScalingEverythingChangesNothing(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	scaled := func(s string) string {
		if s == "" {
			return ""
		}
		return decimal.RequireFromString(s).Mul(decimal.RequireFromString("1000")).String()
	}
	for _, name := range allSchemes {
		s := shipped(t, name)
		for range 300 {
			f := someFacts(r)
			if f.points != "" || f.target == "100" {
				continue
			}
			g := f
			g.target, g.amber, g.floor, g.absolute, g.outturn, g.lastYear = scaled(f.target), scaled(f.amber), scaled(f.floor), scaled(f.absolute), scaled(f.outturn), scaled(f.lastYear)
			if x, y := rated(t, s, f), rated(t, s, g); x.Light != y.Light {
				t.Fatalf("%s: %+v is %s (%s); a thousand times that is %s (%s)", name, f, x.Light, x.Reason, y.Light, y.Reason)
			}
		}
	}
}

// High and low are mirrors: with every sign turned, low is good gives the light that high did.
func TestTurningEverySignChangesNothing(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	turned := func(s string) string {
		if s == "" {
			return ""
		}
		return decimal.RequireFromString(s).Neg().String()
	}
	for _, name := range allSchemes {
		s := shipped(t, name)
		for range 300 {
			f := someFacts(r)
			g := f
			g.good = map[string]string{"high": "low", "low": "high"}[f.good]
			g.target, g.amber, g.floor, g.outturn, g.lastYear = turned(f.target), turned(f.amber), turned(f.floor), turned(f.outturn), turned(f.lastYear)
			if x, y := rated(t, s, f), rated(t, s, g); x.Light != y.Light {
				t.Fatalf("%s: %+v is %s (%s); with signs turned it is %s (%s)", name, f, x.Light, x.Reason, y.Light, y.Reason)
			}
		}
	}
}

// The order in which returns come changes nothing, under any scheme, over three years.
func TestOrderOfReturnsOfSeveralYearsChangesNothing(t *testing.T) {
	var returns []ingest.Return
	for year := 2005; year <= 2007; year++ {
		for quarter := 1; quarter <= 4; quarter++ {
			p := ingest.Period{Year: year, Quarter: quarter}
			returns = append(returns, returned(p, p.String()+".xlsx",
				indicator("NI 1", "high", "80", fmt.Sprint(60+year-2005+quarter), "amber", "x"), indicator("NI 2", "low", "", "7", "red", "x"),
				action("A 1", fmt.Sprintf("Mar %d", year+1), "amber", "", ""), action("A 2", "Ongoing", "green", "", "")))
		}
	}
	returns = append(returns, returned(ingest.Period{Year: 2007}, "plan.xlsx", action("A 1", "Mar 2009", "", "", ""), indicator("NI 1", "high", "81", "", "", "")))
	r := rand.New(rand.NewSource(4))
	for _, name := range allSchemes {
		in := transform.Inputs{Period: q4, Scheme: shipped(t, name), Returns: returns}
		want := asJSON(t, transform.Build(in))
		for range 5 {
			in.Returns = slices.Clone(returns)
			r.Shuffle(len(in.Returns), func(i, j int) { in.Returns[i], in.Returns[j] = in.Returns[j], in.Returns[i] })
			if got := asJSON(t, transform.Build(in)); got != want {
				t.Fatalf("%s: another order gives another pack", name)
			}
		}
	}
}
