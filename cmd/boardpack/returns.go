package main

import (
	"cmp"
	"context"
	"path"
	"slices"
	"time"

	"boardpack/cmd/internal/calendar"
	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/transform"
)

// receivedVersion is a version of a return as it was received and read.
type receivedVersion struct {
	Key      string // of the return
	Name     string // of the workbook
	Number   int    // 1 is the first under its key
	Received time.Time
	Period   ingest.Period
	Plans    []string // of its rows, its own as it is written and others by their key; of a nil return, the one that it is of
	Planning bool     // it is a plan for the year, and no return of a quarter
	Usable   bool
	Nil      bool

	boards boardList // that it may feed
}

// mayBeOf reports whether it holds something of a plan for a board.
func (r receivedVersion) mayBeOf(b transform.Board, plan string) bool {
	return r.boards.include(b.ID) && slices.ContainsFunc(r.Plans, func(other string) bool { return transform.SamePlan(plan, other) })
}

// returnState is the state of a return that a board waits for, or has.
type returnState struct {
	Board  string // its id
	Period ingest.Period
	Plan   string
	calendar.Return
	Received time.Time // of the first version that can be used; zero where there is none
	Name     string    // of the workbook that is used; empty where there is none
	Due      ingest.Date
}

// returnStates gives the state of each board's returns for a quarter on a day:
// of the plans that it reads by its configuration, of those that returned the
// quarter before or have a plan for the year, and of those that returned this one.
func (w *workspace) returnStates(received []receivedVersion, p ingest.Period, day ingest.Date) []returnState {
	var out []returnState
	dates := w.calendar.Dates(p)
	for _, b := range w.boards {
		for _, plan := range plansAwaited(b, received, p) {
			got, used := receivedOf(b, received, plan, p)
			out = append(out, returnState{Board: b.ID, Period: p, Plan: plan, Return: dates.Of(got, day), Received: used.Received, Name: used.Name, Due: dates.Due})
		}
	}
	return out
}

// plansAwaited are the plans of which a board has or awaits a return: those of
// its configuration as they stand there, then the others by name.
func plansAwaited(b transform.Board, received []receivedVersion, p ingest.Period) []string {
	plans := slices.Clone(b.Plans)
	var others []string
	for _, r := range received {
		ofQuarter := !r.Planning && (r.Period == p || r.Period == p.Before())
		if !r.Usable || !ofQuarter && !(r.Planning && r.Period.Year == p.Year) {
			continue
		}
		for _, plan := range r.Plans {
			known := func(other string) bool { return transform.SamePlan(plan, other) }
			if plan != "" && b.Reads(plan) && r.mayBeOf(b, plan) && !slices.ContainsFunc(plans, known) && !slices.ContainsFunc(others, known) {
				others = append(others, plan)
			}
		}
	}
	slices.Sort(others)
	return append(plans, others...)
}

// receivedOf is what was received of a plan for a quarter, and the version
// that was the first that can be used, under the name of the newest such one.
func receivedOf(b transform.Board, received []receivedVersion, plan string, p ingest.Period) (calendar.Received, receivedVersion) {
	var got calendar.Received
	var first, newest receivedVersion
	for _, r := range received {
		switch {
		case r.Planning || r.Period != p || !r.mayBeOf(b, plan):
			continue
		case !r.Usable:
			got.Unusable = true
			continue
		}
		if first.Key == "" || r.Received.Before(first.Received) {
			first = r
		}
		if newest.Key == "" || cmp.Or(r.Received.Compare(newest.Received), cmp.Compare(r.Number, newest.Number)) > 0 {
			newest = r
		}
	}
	if newest.Key == "" {
		return got, newest
	}
	got.First, got.Nil, got.Unusable = dayOf(first.Received), newest.Nil, false
	got.LastGood = slices.ContainsFunc(received, func(r receivedVersion) bool { return r.Key == newest.Key && r.Number > newest.Number && !r.Usable })
	first.Name = newest.Name
	return got, first
}

// receivedVersions lists from the ledger every version of the returns that
// stand in the shared folders, as it was last read.
func receivedVersions(ctx context.Context, r *store.Reader, w *workspace) ([]receivedVersion, error) {
	inboxes := w.Service.Inboxes
	if len(inboxes) == 0 {
		inboxes = []inboxConfig{{}}
	}
	var out []receivedVersion
	for _, in := range inboxes {
		held, err := r.HeldIn(ctx, placeIn(returnsPlace, in.Name), in.Name)
		if err != nil {
			return nil, err
		}
		for _, h := range held {
			if h.Removed || h.Reading.Body == "" {
				continue
			}
			o, err := transform.ParseOutline(h.Reading.Body)
			if err != nil {
				return nil, err
			}
			plans := slices.Clone(o.Plans)
			if n := slices.IndexFunc(plans, func(key string) bool { return transform.SamePlan(key, o.Plan) }); n >= 0 {
				plans[n] = o.Plan // as it is written
			} else if len(plans) == 0 {
				plans = []string{o.Plan} // of a nil return, or of one that cannot be used
			}
			out = append(out, receivedVersion{Key: in.Name + "/" + h.Key, Name: path.Join(in.Name, h.Name), Number: h.Number, Received: h.Received, Period: o.Period,
				Plans: plans, Planning: o.Planning, Usable: h.Reading.Usable, Nil: o.Nil, boards: boardList(in.Boards)})
		}
	}
	return out, nil
}
