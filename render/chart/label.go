package chart

import (
	"cmp"
	"slices"

	"boardpack/render"
)

// sideLabel is the words at the right end of a line, in one line or in two.
type sideLabel struct {
	role  Role
	words []string
	line  float64 // height of what it names
	y     float64 // height of its middle
}

func (l sideLabel) height() float64 { return float64(len(l.words)) * Lead }

// inLines sets name and figure side by side where there is room, else one above
// the other. A name longer than half of the chart is cut; a figure never is.
func inLines(l render.Level) []string {
	for name := []rune(l.Name); wordWidth(l.Name) > Width/2; {
		name = name[:len(name)-1]
		l.Name = string(name) + "…"
	}
	switch one := inWords(l); {
	case l.Name == "":
		return []string{l.Text}
	case wordWidth(one) <= sideMost:
		return []string{one}
	}
	return []string{l.Name, l.Text}
}

// toLabel are the things that have a label: the last figure, the latest target, mean and limits.
func (r *run) toLabel() []sideLabel {
	var all []sideLabel
	for n := len(r.Points) - 1; n >= 0; n-- {
		if p := r.Points[n]; p.Value != nil {
			all = append(all, sideLabel{Figure, []string{p.Text}, r.up.at(*p.Value), 0})
			break
		}
	}
	if r.Target != nil {
		all = append(all, sideLabel{Label, inLines(*r.Target), r.up.at(r.Target.Value), 0})
	}
	if r.Limits == nil {
		return all
	}
	for _, l := range []render.Level{r.Limits.Upper, r.Limits.Mean, r.Limits.Lower} {
		all = append(all, sideLabel{Label, inLines(l), r.up.at(l.Value), 0})
	}
	return all
}

// sideRoom is the width of the widest label, up to half of the chart.
func (r *run) sideRoom() float64 {
	widest := 0.0
	for _, l := range r.toLabel() {
		for _, s := range l.words {
			widest = max(widest, wordWidth(s))
		}
	}
	return min(widest, Width/2)
}

// labels writes what the lines are beside their ends. Where two would stand on
// each other they move apart, and a thin line leads to each that moved.
func (r *run) labels() {
	all := r.toLabel()
	apart(all, 0, runHeight-Lead)
	x := r.right + gap + ringSize
	for _, l := range all {
		if d := l.y - l.line; d > 3 || d < -3 {
			r.line(Leader, r.right, l.line, x-1, l.y)
		}
		for n, s := range l.words {
			r.word(l.role, x, l.y-l.height()/2+(float64(n)+0.5)*Lead, Start, s)
		}
	}
}

// apart gives each label a height as near to its line's as the others leave,
// between a top and a foot, and puts them in order from the top.
func apart(all []sideLabel, top, foot float64) {
	slices.SortStableFunc(all, func(a, b sideLabel) int { return cmp.Compare(a.line, b.line) })
	free := top
	for n := range all {
		half := all[n].height() / 2
		all[n].y = max(all[n].line, free+half)
		free = all[n].y + half
	}
	free = foot
	for n := len(all) - 1; n >= 0; n-- {
		half := all[n].height() / 2
		all[n].y = min(all[n].y, free-half)
		free = all[n].y - half
	}
}
