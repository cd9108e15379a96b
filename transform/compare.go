package transform

import (
	"fmt"
	"slices"

	"boardpack/ingest"
)

// compare sets each row's movement and direction against the quarter before.
// An indicator that no return of that quarter holds is compared with the
// earlier columns of its own year workbook.
func (b *builder) compare(now *quarter, before quarter) {
	actions := map[string]*judgedAction{}
	for _, a := range before.actions {
		actions[a.id] = a
	}
	for _, a := range now.actions {
		old, ok := actions[a.id]
		if ok && before.returned {
			a.Previous = old.Light
		}
		a.Movement = movement(a.Previous, a.Light)
	}
	indicators := map[string]*judgedIndicator{}
	for _, i := range before.indicators {
		indicators[i.id] = i
	}
	b.gone(*now, before)
	series := b.seriesOf(now.period)
	for _, i := range now.indicators {
		old := indicators[i.id]
		if old != nil && before.returned {
			i.Previous = old.Light
		}
		b.before(now.period, i, old)
		i.Movement = movement(i.Previous, i.Light)
		b.travel(now.period, i, old)
		b.lookAtSeries(i, series)
	}
}

// gone asks about rows that a return of the quarter before gave and that no
// return or plan of this one holds: nobody may lose a row without a word.
func (b *builder) gone(now, before quarter) {
	if now.period.Year != before.period.Year {
		return
	}
	here := map[string]bool{}
	for _, a := range now.actions {
		here[a.id] = true
	}
	for _, i := range now.indicators {
		here[i.id] = true
	}
	ask := func(id string, r Row) {
		if !here[id] && r.Light != NotReturned {
			b.find(ingest.Query, "no-longer-returned", r.Source, r.Ref, fmt.Sprintf("it was in a return of %s and is in none of %s", before.period, now.period),
				"Ask the service for it. If it was taken out of the plan, say so with: boardpack decide.")
		}
	}
	for _, a := range before.actions {
		ask(a.id, a.Row)
	}
	for _, i := range before.indicators {
		ask(i.id, i.Row)
	}
}

// movement is "was → now", "same", or "new" for a row without an earlier light.
func movement(was, now Light) string {
	switch {
	case was == "":
		return "new"
	case was == now:
		return "same"
	}
	return fmt.Sprintf("%s → %s", was, now)
}

// byTime gives the returns by their periods; a plan of a year comes before its quarters.
func (b *builder) byTime() []ingest.Return {
	out := slices.Clone(b.returns)
	slices.SortStableFunc(out, func(x, y ingest.Return) int { return x.Period.Compare(y.Period) })
	return out
}

// before finds the outturn of the quarter before: what its return gave, else
// the year workbook's own column. Where both stand and differ, the figure was revised.
func (b *builder) before(p ingest.Period, i *judgedIndicator, old *judgedIndicator) {
	if old != nil {
		i.Before = old.Outturn
	}
	if p.Quarter == 1 {
		return
	}
	f, at := earlier(p, i)
	if f.Number == nil {
		return
	}
	if i.Before != nil && !i.Before.Number.Equal(*f.Number) {
		b.find(ingest.Query, "past-figure-changed", at, i.Ref, fmt.Sprintf("the figure of %s was %s when it was returned (%s) and is %s now", p.Before(), withUnit(i.Before.Number, i.Unit), i.Before.Source, withUnit(*f.Number, i.Unit)),
			"Say why the figure was revised.")
	}
	i.Before = &Figure{Number: *f.Number, Decimals: shownDecimals(f, i.Decimals), Source: at}
}

// earlier is the figure that the quarter's own return gives for the quarter before.
func earlier(p ingest.Period, i *judgedIndicator) (ingest.Figure, Source) {
	if i.at.row == nil || i.at.ret.Period != p {
		return ingest.Figure{}, Source{}
	}
	f := i.at.row.Quarters.Of(p.Quarter - 1).Outturn
	return f, source(i.at.ret, i.at.row.Sheet, f.Cell)
}

// differ reports whether two values are both given and not the same.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

// movements lists the rows whose light differs from last quarter's. An
// indicator that stands in several plans moves once, on the row that is counted.
func movements(q quarter) []Move {
	var out []Move
	add := func(kind string, r Row) {
		if r.Previous != "" && r.Previous != r.Light {
			out = append(out, Move{Kind: kind, Ref: r.Ref, Shown: r.Shown, Title: r.Title, Plan: r.Plan, Was: r.Previous, Now: r.Light})
		}
	}
	for _, a := range q.actions {
		add("action", a.Row)
	}
	for _, i := range q.indicators {
		if i.Counted {
			add("indicator", i.Row)
		}
	}
	return out
}
