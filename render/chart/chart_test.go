package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"boardpack/render"

	"github.com/shopspring/decimal"
)

func number(s string) *decimal.Decimal {
	if s == "-" {
		return nil
	}
	d := decimal.RequireFromString(s)
	return &d
}

// runOf is a run chart of the figures given, the last quarter Quarter 2; "-" is
// a gap and "60!" a signal. A target is "50", "40 50 …" by quarter, or "10..15".
func runOf(figures, targets, ticks, unit string) render.RunChart {
	var c render.RunChart
	all, aims := strings.Fields(figures), strings.Fields(targets)
	for n, s := range all {
		quarters := 2 + 4*len(all) - (len(all) - 1 - n) // counted from a Quarter 0 long ago
		p := render.ChartPoint{Quarter: fmt.Sprintf("Q%d", (quarters-1)%4+1), Year: fmt.Sprintf("%d/%02d", 1990+(quarters-1)/4, (91+(quarters-1)/4)%100)}
		p.Signal = strings.HasSuffix(s, "!")
		s = strings.TrimSuffix(s, "!")
		if p.Value = number(s); p.Value != nil {
			p.Text = s + unit
		}
		if len(aims) > 0 && p.Value != nil {
			low, high, is := strings.Cut(aims[min(n, len(aims)-1)], "..")
			if !is {
				high = low
			}
			p.Low, p.High = number(low), number(high)
			c.Target = &render.Level{Value: *p.Low, Name: "Target", Text: low + unit}
		}
		c.Points = append(c.Points, p)
	}
	for s := range strings.FieldsSeq(ticks) {
		c.Axis.Ticks = append(c.Axis.Ticks, render.Tick{Value: *number(s), Text: s + unit})
	}
	return c
}

func limited(c render.RunChart, lower, mean, upper string) render.RunChart {
	c.Limits = &render.ChartLimits{Upper: render.Level{Value: *number(upper), Name: "Upper limit", Text: upper},
		Mean: render.Level{Value: *number(mean), Name: "Mean", Text: mean}, Lower: render.Level{Value: *number(lower), Name: "Lower limit", Text: lower}}
	return c
}

func runs() map[string]render.RunChart {
	all := map[string]render.RunChart{
		"eight quarters":   runOf("51 49 48 50 47 45 44 46", "48", "0 20 40 60", "%"),
		"three":            runOf("1 2 3", "2", "0 1 2 3", ""),
		"gaps":             runOf("5 - 6 - - 7 8", "6", "0 5 10", ""),
		"gap at the end":   runOf("5 6 7 -", "6", "0 5 10", ""),
		"steps":            runOf("31 34 29 33 38 30", "30 30 30 28 28 26", "0 20 40", ""),
		"range":            runOf("9 12 16", "10..15", "0 10 20", "%"),
		"negative":         runOf("4 -3 -8 2 5", "-10", "-10 -5 0 5", ""),
		"all below zero":   runOf("-51 -50 -49", "-50", "-51 -50 -49", ""),
		"all equal":        runOf("50 50 50 50", "50", "45 50 55", "%"),
		"outlier":          runOf("1 1 1 1 99 1", "1", "0 20 40 60 80 100", ""),
		"huge":             runOf("1234567890123 1334567890123 1434567890123", "1400000000000", "1200000000000 1300000000000 1400000000000 1500000000000", ""),
		"no target":        runOf("1 2 3", "", "0 1 2 3", ""),
		"long unit":        runOf("1 2 3", "2", "0 1 2 3", " fixed penalty notices"),
		"thirty":           runOf(strings.Repeat("51 49 ", 15), "50", "44 48 52 56", "%"),
		"everything close": limited(runOf("50 50.1 50 50.1 50 50.1 50 50.1 50 50.1 50 50.1!", "50.05", "49 50 51", "%"), "49.9", "50.05", "50.2"),
		"limits":           limited(runOf(strings.Repeat("51 49 ", 7)+"60!", "40", "40 45 50 55 60", "%"), "44.68", "50", "55.32"),
	}
	all["nothing"] = render.RunChart{}
	return all
}

// box is the room that words take: left, top, right, foot.
type box struct{ l, t, r, f float64 }

func boxOf(w Word) box {
	long := wordWidth(w.Text)
	b := box{l: w.X, t: w.Y - Size*0.75, f: w.Y + Size*0.2}
	switch w.Anchor {
	case Middle:
		b.l -= long / 2
	case End:
		b.l -= long
	}
	b.r = b.l + long
	return b
}

func (a box) meets(b box) bool {
	return a.l < b.r-0.01 && b.l < a.r-0.01 && a.t < b.f-0.01 && b.t < a.f-0.01
}

// Whatever the figures are, no words meet or leave the canvas, and nothing is drawn outside it.
func TestNothingMeetsOrLeaves(t *testing.T) {
	drawn := map[string]Drawing{}
	for name, c := range runs() {
		drawn[name] = OfRun(c)
	}
	for name, c := range bullets() {
		drawn["bar: "+name] = OfBullet(c)
	}
	for name, d := range drawn {
		inside := func(what any, x, y float64) {
			if x < -0.01 || y < -0.01 || x > d.Width+0.01 || y > d.Height+0.01 || math.IsNaN(x+y) {
				t.Errorf("%s: %v is at %.2f, %.2f, outside the canvas", name, what, x, y)
			}
		}
		for _, a := range d.Areas {
			inside(a, a.X, a.Y)
			inside(a, a.X+a.W, a.Y+a.H)
		}
		for _, l := range d.Lines {
			inside(l, l.X1, l.Y1)
			inside(l, l.X2, l.Y2)
		}
		for n, w := range d.Words {
			b := boxOf(w)
			if name != "long unit" { // longer than half of the chart
				inside(w, b.l, b.t)
				inside(w, b.r, b.f)
			}
			for _, other := range d.Words[:n] {
				if b.meets(boxOf(other)) {
					t.Errorf("%s: %q stands on %q", name, w.Text, other.Text)
				}
			}
		}
		for _, m := range d.Dots {
			inside(m, m.X-m.R, m.Y-m.R)
			inside(m, m.X+m.R, m.Y+m.R)
		}
	}
}

func count[T any](all []T, is func(T) bool) int {
	n := 0
	for _, x := range all {
		if is(x) {
			n++
		}
	}
	return n
}

func lines(d Drawing, role Role) []Line {
	var out []Line
	for _, l := range d.Lines {
		if l.Role == role {
			out = append(out, l)
		}
	}
	return out
}

func TestOnlyQuartersThatFollowEachOtherAreJoined(t *testing.T) {
	for figures, want := range map[string]int{"5 6 7 8": 3, "5 - 6 - - 7 8": 1, "5 - 6 - 7": 0, "5 6 7 -": 2} {
		d := OfRun(runOf(figures, "6", "0 5 10", ""))
		if got := len(lines(d, Series)); got != want {
			t.Errorf("%s: %d lines, want %d", figures, got, want)
		}
	}
}

// Figures lie in proportion on the scale, and lines of one number at one height.
func TestFiguresLieWhereTheirNumbersAre(t *testing.T) {
	d := OfRun(limited(runOf("0 5 10 5!", "5", "0 5 10", ""), "0", "5", "10"))
	var at []float64
	for _, m := range d.Dots {
		if m.Role == Figure {
			at = append(at, m.Y)
		}
	}
	if len(at) != 4 || at[1] != at[3] || math.Abs(at[0]+at[2]-2*at[1]) > 0.001 || at[0] <= at[2] {
		t.Errorf("figures lie at %v", at)
	}
	for _, role := range []Role{Target, Mean} {
		for _, l := range lines(d, role) {
			if l.Y1 != at[1] || l.Y2 != at[1] {
				t.Errorf("the %s of 5 lies at %.2f, the figure at %.2f", role, l.Y1, at[1])
			}
		}
	}
	if n := count(d.Dots, func(m Dot) bool { return m.Role == Signal }); n != 1 {
		t.Errorf("%d signals", n)
	}
}

func TestTargetsStepWhereTheyChange(t *testing.T) {
	for _, c := range []struct {
		figures, targets string
		want             int
	}{{"1 2 3", "2", 1}, {"1 2 3 4", "2 2 3 3", 2}, {"1 2 3 4", "2 3 2 3", 4}, {"1 - 3", "2", 1}, {"1 - 3", "2 2 3", 2}, {"1 2 3", "", 0}, {"1 2 3", "1..2", 2}} {
		if got := len(lines(OfRun(runOf(c.figures, c.targets, "0 5", "")), Target)); got != c.want {
			t.Errorf("%s with targets %s: %d lines, want %d", c.figures, c.targets, got, c.want)
		}
	}
}

// bulletOf has a figure so far, what is wanted by now and by the year's end; "-" is none.
func bulletOf(soFar, now, year, low, high string) render.BulletBar {
	level := func(name, s string) *render.Level {
		if s == "-" {
			return nil
		}
		return &render.Level{Value: *number(s), Name: name, Text: s}
	}
	c := render.BulletBar{SoFar: *level("So far", soFar), ByNow: level("Wanted by now", now), ByYear: level("Year's target", year)}
	for _, s := range []string{low, high} {
		c.Axis.Ticks = append(c.Axis.Ticks, render.Tick{Value: *number(s), Text: s})
	}
	return c
}

func bullets() map[string]render.BulletBar {
	return map[string]render.BulletBar{
		"behind":           bulletOf("212", "240", "480", "0", "480"),
		"nothing yet":      bulletOf("0", "240", "480", "0", "480"),
		"beyond the year":  bulletOf("500", "240", "480", "0", "500"),
		"no profile":       bulletOf("212", "-", "480", "0", "480"),
		"no year's target": bulletOf("212", "240", "-", "0", "240"),
		"negative":         bulletOf("-20", "10", "40", "-20", "40"),
		"huge":             bulletOf("1234567890123", "1334567890123", "9434567890123", "0", "9434567890123"),
		"nothing wanted":   bulletOf("3", "-", "0", "0", "3"),
		"nothing at all":   bulletOf("0", "-", "0", "0", "0"),
	}
}

func TestBulletIsInProportion(t *testing.T) {
	d := OfBullet(bullets()["behind"])
	var bar, track Area
	for _, a := range d.Areas {
		if a.Role == Bar {
			bar = a
		} else {
			track = a
		}
	}
	if share := bar.W / track.W; math.Abs(share-212.0/480) > 0.001 || bar.X != track.X {
		t.Errorf("the bar is %.4f of its track", share)
	}
	if goal := lines(d, Goal); len(goal) != 1 || math.Abs((goal[0].X1-track.X)/track.W-0.5) > 0.001 {
		t.Errorf("half of the year's target is marked at %v", goal)
	}
}
