package chart

import (
	"slices"

	"boardpack/render"

	"github.com/shopspring/decimal"
)

// Measures of a run chart.
const (
	runHeight = 150.0
	gap       = 5.0 // between an axis or a line and its words
	sideMost  = 62.0
	dotSize   = 2.7
	ringSize  = 5.6
)

// run is one run chart while it is drawn.
type run struct {
	*Drawing
	render.RunChart
	left, right, top, foot float64 // of where points lie
	step                   float64 // from quarter to quarter
	named                  bool    // there is room for the names of quarters
	up                     scale
}

// OfRun draws a run chart.
func OfRun(c render.RunChart) Drawing {
	r := &run{Drawing: &Drawing{Width: Width, Height: runHeight}, RunChart: c}
	r.place()
	r.scaleLines()
	r.quarters()
	r.band()
	r.target()
	r.figures()
	r.labels()
	return *r.Drawing
}

// place leaves room for the scale's words at the left, for those of lines at
// the right, and for quarters and years at the foot.
func (r *run) place() {
	r.top, r.foot = Lead/2, runHeight-Lead-gap
	for _, t := range r.Axis.Ticks {
		r.left = max(r.left, wordWidth(t.Text)+gap)
	}
	if r.left > Width/3 {
		r.left = 0 // the labels at the right still say what the lines are
	}
	r.right = Width - r.sideRoom() - gap - ringSize
	r.step = (r.right - r.left) / float64(max(len(r.Points), 1))
	widest := 0.0
	for _, p := range r.Points {
		widest = max(widest, wordWidth(p.Quarter))
	}
	if r.named = widest+1 <= r.step; r.named {
		r.foot -= Lead
	}
	r.up = newScale(r.Axis, r.foot, r.top)
}

// x is where a quarter lies: in the middle of its step.
func (r *run) x(n int) float64 { return r.left + (float64(n)+0.5)*r.step }

// scaleLines draws the scale, zero stronger than the rest, and the control limits.
func (r *run) scaleLines() {
	for _, t := range r.Axis.Ticks {
		y, role := r.up.at(t.Value), Grid
		if t.Value.IsZero() {
			role = Axis
		}
		r.line(role, r.left, y, r.right, y)
		if r.left > 0 {
			r.word(Label, r.left-gap, y, End, t.Text)
		}
	}
	if l := r.Limits; l != nil {
		for _, d := range []decimal.Decimal{l.Upper.Value, l.Lower.Value} {
			r.line(Limit, r.left, r.up.at(d), r.right, r.up.at(d))
		}
		r.line(Mean, r.left, r.up.at(l.Mean.Value), r.right, r.up.at(l.Mean.Value))
	}
}

// quarters names the quarters, where there is room for it, and under them the years.
func (r *run) quarters() {
	const tick = 3.0
	for n, p := range r.Points {
		if n == 0 || p.Year != r.Points[n-1].Year {
			r.line(Axis, r.x(n)-r.step/2, r.foot, r.x(n)-r.step/2, r.foot+tick)
		}
		if r.named {
			r.word(Label, r.x(n), r.foot+gap+Lead/2, Middle, p.Quarter)
		}
	}
	r.years(runHeight - Lead/2)
}

// years names the years from the last back, each under its first quarter shown;
// one for whose name there is no room is left out.
func (r *run) years(y float64) {
	free, first := Width, len(r.Words)
	for n := len(r.Points) - 1; n >= 0; n-- {
		name := r.Points[n].Year
		if n > 0 && r.Points[n-1].Year == name {
			continue
		}
		from := r.x(n) - r.step/2
		if w := wordWidth(name); from+w <= free {
			r.word(Label, from, y, Start, name)
			free = from - gap
		}
	}
	slices.Reverse(r.Words[first:]) // to be read from the first year on
}

// stretch is quarters in a row that had one target.
type stretch struct {
	from, to  int
	low, high decimal.Decimal
}

// stretches joins quarters of the same target. A quarter without a figure, of
// which no target is known, belongs to those around it where they agree.
func (r *run) stretches() []stretch {
	var all []stretch
	for n, p := range r.Points {
		if p.Low == nil || p.High == nil {
			continue
		}
		if k := len(all) - 1; k >= 0 && all[k].low.Equal(*p.Low) && all[k].high.Equal(*p.High) && r.blank(all[k].to+1, n) {
			all[k].to = n
			continue
		}
		all = append(all, stretch{n, n, *p.Low, *p.High})
	}
	return all
}

// blank reports whether no quarter of those given has a figure.
func (r *run) blank(from, to int) bool {
	for _, p := range r.Points[from:to] {
		if p.Value != nil {
			return false
		}
	}
	return true
}

func (r *run) band() {
	for _, s := range r.stretches() {
		if !s.low.Equal(s.high) {
			x, y := r.x(s.from)-r.step/2, r.up.at(s.high)
			r.Areas = append(r.Areas, Area{Band, x, y, float64(s.to-s.from+1) * r.step, r.up.at(s.low) - y})
		}
	}
}

func (r *run) target() {
	for _, s := range r.stretches() {
		from, to := r.x(s.from)-r.step/2, r.x(s.to)+r.step/2
		r.line(Target, from, r.up.at(s.low), to, r.up.at(s.low))
		if !s.low.Equal(s.high) {
			r.line(Target, from, r.up.at(s.high), to, r.up.at(s.high))
		}
	}
}

// figures draws the points, and a line between two whose quarters follow each other.
func (r *run) figures() {
	for n, p := range r.Points {
		if p.Value == nil {
			continue
		}
		x, y := r.x(n), r.up.at(*p.Value)
		if n > 0 && r.Points[n-1].Value != nil {
			r.line(Series, r.x(n-1), r.up.at(*r.Points[n-1].Value), x, y)
		}
		if p.Signal {
			r.Dots = append(r.Dots, Dot{Signal, x, y, ringSize})
		}
		r.Dots = append(r.Dots, Dot{Figure, x, y, dotSize})
	}
}
