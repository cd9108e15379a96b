package main

import (
	"fmt"
	"slices"

	"boardpack/ingest"
)

// due lists the packs that the returns call for: one for each board and each
// quarter that has returns, or those that the flags choose. A plan alone
// makes one where the flags name its quarter.
func (w *workspace) due(g gathered) []packOrder {
	var periods []ingest.Period
	add := func(p ingest.Period) {
		if p.Known() && !slices.Contains(periods, p) && w.chosen(p) {
			periods = append(periods, p)
		}
	}
	for n := range g.known {
		if o := &g.known[n].outline; !o.Unusable && (o.Rows > 0 || o.Nil) {
			add(o.Period)
		}
	}
	for n := range g.known {
		if o := &g.known[n].outline; len(periods) == 0 && w.said.Known() && o.Planning && o.Period.Year == w.said.Year {
			add(w.said)
		}
	}
	slices.SortFunc(periods, ingest.Period.Compare)
	var out []packOrder
	for _, b := range w.boards {
		var of []*knownReturn // that it may read, and that hold anything of its plans
		for _, n := range g.catalogue.Of(b) {
			if r := &g.known[n]; r.boards.include(b.ID) {
				of = append(of, r)
			}
		}
		for _, p := range periods {
			o := packOrder{board: b, period: p, draft: true, asAt: w.asAt}
			if o.asAt.IsZero() {
				o.asAt = p.LastDay()
			}
			if slices.ContainsFunc(of, o.isOf) {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y packOrder) int { return x.period.Compare(y.period) })
	return out
}

func (w *workspace) chosen(p ingest.Period) bool {
	return (w.said.Year == 0 || p.Year == w.said.Year) && (w.said.Quarter == 0 || p.Quarter == w.said.Quarter)
}

// isOf reports whether a return is of the quarter, or a plan of its year:
// without one that holds something of the board's plans there is no pack.
func (o packOrder) isOf(r *knownReturn) bool {
	return r.outline.Period == o.period || r.outline.Planning && r.outline.Period.Year == o.period.Year
}

// valid leaves out the packs of quarters that ended before the scheme was
// valid, and tells each; where none is left, that is a mistake of the configuration.
func (a *app) valid(w *workspace, orders []packOrder) ([]packOrder, error) {
	var kept []packOrder
	var early []ingest.Period
	for _, o := range orders {
		switch {
		case w.scheme.ValidIn(o.period):
			kept = append(kept, o)
		case !slices.Contains(early, o.period):
			early = append(early, o.period)
		}
	}
	for _, p := range early {
		told := fmt.Sprintf("the scheme %s is valid from %s, and %s ended before it: no pack was made; name the scheme of that time in %s", w.scheme.ID, w.scheme.EffectiveFrom, p, configName)
		if len(kept) == 0 {
			return nil, usagef("%s", told)
		}
		fmt.Fprintln(a.err, "boardpack: "+told)
	}
	return kept, nil
}
