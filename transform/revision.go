package transform

import (
	"cmp"
	"slices"

	"boardpack/ingest"
)

// Revision is something that members were told before and that this quarter says
// otherwise: the year's target, the unit or what is good of an indicator, a
// figure of an earlier quarter, an action's date.
type Revision struct {
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
	RevisedTarget   = "target"
	RevisedUnit     = "unit"
	RevisedPolarity = "what is good"
	RevisedFigure   = "past figure"
	RevisedDate     = "date"
)

var revisionKinds = []string{RevisedTarget, RevisedUnit, RevisedPolarity, RevisedFigure, RevisedDate}

// revisions lists what this quarter changed, by kind, rows in the order of the pack.
func (b *builder) revisions(now *quarter, before quarter) []Revision {
	var out []Revision
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
	slices.SortStableFunc(out, func(x, y Revision) int {
		return cmp.Compare(slices.Index(revisionKinds, x.Kind), slices.Index(revisionKinds, y.Kind))
	})
	return out
}

// redefined compares what an indicator is judged by with the quarter before of
// the same year: another year has another target by right.
func (b *builder) redefined(p ingest.Period, i *judgedIndicator, then ingest.Period, was *judgedIndicator) []Revision {
	var out []Revision
	c := Revision{Row: i.Row, Unit: i.Unit, Source: i.Source}
	if then.Year == p.Year && i.YearTarget != nil && was.YearTarget != nil && !i.YearTarget.Number.Equal(was.YearTarget.Number) && !differ(unitKey(i.Unit), unitKey(was.Unit)) {
		t := c
		t.Kind, t.WasFigure, t.NowFigure, t.Source = RevisedTarget, was.YearTarget, i.YearTarget, i.YearTarget.Source
		t.ApprovedBy = b.targetApproved(p, i)
		out = append(out, t)
	}
	if differ(unitKey(i.Unit), unitKey(was.Unit)) {
		u := c
		u.Kind, u.WasText, u.NowText = RevisedUnit, was.Unit, i.Unit
		out = append(out, u)
	}
	if differ(i.Polarity, was.Polarity) {
		g := c
		g.Kind, g.WasText, g.NowText = RevisedPolarity, was.Polarity, i.Polarity
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
func (b *builder) revisedFigures(p ingest.Period, i *judgedIndicator) []Revision {
	var out []Revision
	for _, x := range i.Series {
		if x.was == nil || x.revisedIn != p {
			continue
		}
		now := x.Figure
		out = append(out, Revision{Kind: RevisedFigure, Row: i.Row, Period: x.Period, Unit: i.Unit, WasFigure: x.was, NowFigure: &now, Source: x.Source})
	}
	return out
}

// redated are the moves of an action's date that this quarter's returns and decisions made.
func (b *builder) redated(p ingest.Period, a *judgedAction) []Revision {
	var out []Revision
	for _, m := range b.until(p, a).dates().moves {
		if m.period == p {
			out = append(out, Revision{Kind: RevisedDate, Row: a.Row, WasDate: m.from, NowDate: m.to, ApprovedBy: b.publicOfficer(m.approved), Why: m.why, Source: a.Source})
		}
	}
	return out
}
