package transform

import (
	"cmp"
	"slices"

	"boardpack/ingest"
)

// Change is something that members were told before and that this quarter says
// otherwise: the year's target, the unit or what is good of an indicator, a
// figure of an earlier quarter, an action's date.
type Change struct {
	Kind   string // one of the kinds below
	Row    Row
	Period ingest.Period // the quarter of a past figure
	Unit   string        // of the figures

	WasFigure, NowFigure *Figure
	WasDate, NowDate     ingest.Date
	WasText, NowText     string

	ApprovedBy string // who approved it, where somebody is named, as the public edition prints officers
	Why        string // as whoever approved it said
	Source     Source // the cell that says it anew
}

// Kinds of changes, in the order of reports.
const (
	ChangedTarget   = "target"
	ChangedUnit     = "unit"
	ChangedPolarity = "what is good"
	ChangedFigure   = "past figure"
	ChangedDate     = "date"
)

var changeKinds = []string{ChangedTarget, ChangedUnit, ChangedPolarity, ChangedFigure, ChangedDate}

// changes lists what this quarter changed, by kind, rows in the order of the pack.
func (b *builder) changes(now *quarter, before quarter) []Change {
	var out []Change
	old := map[string]*judgedIndicator{}
	for _, i := range before.indicators {
		old[i.id] = i
	}
	for _, i := range now.indicators {
		if was := old[i.id]; was != nil && before.returned && i.Counted {
			out = append(out, b.redefined(now.period, i, before.period, was)...)
		}
		if i.Counted {
			out = append(out, b.revisedFigures(now.period, i)...)
		}
	}
	for _, a := range now.actions {
		out = append(out, b.redated(now.period, a)...)
	}
	slices.SortStableFunc(out, func(x, y Change) int {
		return cmp.Compare(slices.Index(changeKinds, x.Kind), slices.Index(changeKinds, y.Kind))
	})
	return out
}

// redefined compares what an indicator is judged by with the quarter before of
// the same year: another year has another target by right.
func (b *builder) redefined(p ingest.Period, i *judgedIndicator, then ingest.Period, was *judgedIndicator) []Change {
	var out []Change
	c := Change{Row: i.Row, Unit: i.Unit, Source: i.Source}
	if then.Year == p.Year && i.YearTarget != nil && was.YearTarget != nil && !i.YearTarget.Number.Equal(was.YearTarget.Number) && !differ(unitKey(i.Unit), unitKey(was.Unit)) {
		t := c
		t.Kind, t.WasFigure, t.NowFigure, t.Source = ChangedTarget, was.YearTarget, i.YearTarget, i.YearTarget.Source
		t.ApprovedBy = b.targetApproved(p, i)
		out = append(out, t)
	}
	if differ(unitKey(i.Unit), unitKey(was.Unit)) {
		u := c
		u.Kind, u.WasText, u.NowText = ChangedUnit, was.Unit, i.Unit
		out = append(out, u)
	}
	if differ(i.Polarity, was.Polarity) {
		g := c
		g.Kind, g.WasText, g.NowText = ChangedPolarity, was.Polarity, i.Polarity
		out = append(out, g)
	}
	return out
}

// targetApproved is who approved the year's target by the register.
func (b *builder) targetApproved(p ingest.Period, i *judgedIndicator) string {
	for _, t := range b.known(i.key).Targets {
		if at := t.period(); at.Year == p.Year && at.Quarter == 0 && !t.LongTerm {
			return b.publicOfficer(t.ApprovedBy)
		}
	}
	return ""
}

// revisedFigures are the figures of earlier quarters that a return of this one gives anew.
func (b *builder) revisedFigures(p ingest.Period, i *judgedIndicator) []Change {
	var out []Change
	for _, x := range i.Series {
		if x.was == nil || x.revisedIn != p {
			continue
		}
		now := x.Figure
		out = append(out, Change{Kind: ChangedFigure, Row: i.Row, Period: x.Period, Unit: i.Unit, WasFigure: x.was, NowFigure: &now, Source: x.Source})
	}
	return out
}

// redated are the moves of an action's date that this quarter's returns and decisions made.
func (b *builder) redated(p ingest.Period, a *judgedAction) []Change {
	var out []Change
	for _, m := range b.until(p, a).dates().moves {
		if m.period == p {
			out = append(out, Change{Kind: ChangedDate, Row: a.Row, WasDate: m.from, NowDate: m.to, ApprovedBy: b.publicOfficer(m.approved), Why: m.why, Source: a.Source})
		}
	}
	return out
}
