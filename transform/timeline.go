package transform

import (
	"cmp"
	"fmt"
	"slices"

	"boardpack/ingest"
)

// moment is what one return, or one decision, said of an action's dates.
type moment struct {
	period   ingest.Period
	due      ingest.Date // zero where it gave none
	first    ingest.Date // the date first agreed, where the workbook keeps it
	open     bool        // a return of a quarter said that it was not done
	approved string      // who decided the date; empty for what a return says
	why      string
}

// timeline is an action over all returns, by their periods; a plan of a year
// comes before its quarters, and a decision after its quarter's returns.
type timeline []moment

// timelines gathers what every return says of every action, by identity.
func (b *builder) timelines() map[string]timeline {
	if b.times != nil {
		return b.times
	}
	b.times = map[string]timeline{}
	for _, r := range b.byTime() {
		if r.Unusable {
			continue
		}
		for n := range r.Actions {
			a := &r.Actions[n]
			id := b.identity(b.boardPlan(a.Plan), a.Ref.Key, &a.Row)
			b.times[id] = append(b.times[id], moment{period: r.Period, due: a.Due.Date, first: a.FirstDue.Date, open: b.saysOpen(r, a)})
		}
	}
	return b.times
}

// saysOpen reports whether a return says, in words or else by its light, that an action is not done.
func (b *builder) saysOpen(r ingest.Return, a *ingest.Action) bool {
	if r.IsPlan() || !r.Period.Known() {
		return false
	}
	if a.StatusOf != "" {
		return a.StatusOf != "done" && a.StatusOf != "cancelled"
	}
	light := a.Light
	if q := a.Quarters.Of(r.Period.Quarter).Light; q.Cell != "" {
		light = q
	}
	return light.Colour != "" && b.in.Scheme.statusOf(Light(light.Colour)) != "done"
}

// until gives an action's moments up to a quarter, with the decisions that moved its date.
func (b *builder) until(p ingest.Period, a *judgedAction) timeline {
	out := b.timelines()[a.id]
	said, _ := slices.BinarySearchFunc(out, p, func(m moment, p ingest.Period) int {
		return cmp.Or(m.period.Compare(p), -1) // one of the quarter itself is among them
	})
	out = slices.Clip(out[:said])
	for _, d := range b.decided[decidedOf{DecideRedate, a.key}] {
		if at := d.Period(); d.ofPlan(a.Plan) && at.Compare(p) <= 0 {
			due, _ := ingest.ParseDate(d.Due) // checked when it was read
			out = append(out, moment{period: at, due: due, approved: d.Who, why: d.Text})
		}
	}
	if len(out) > said {
		slices.SortStableFunc(out, func(x, y moment) int { return x.period.Compare(y.period) })
	}
	return out
}

// dates are what a timeline says of an action's date.
type dates struct {
	first, current ingest.Date
	moved          int
	approved       []string // "31 March 2009, by the Board": moves that somebody approved
	unapproved     int
	moves          []move
}

// move is one change of a date.
type move struct {
	period        ingest.Period // of the return or the decision that made it
	from, to      ingest.Date
	approved, why string // who approved it, and their reason; empty where nobody is named
}

// dates follows a date from the first to the current one. What a decision
// replaced does not come back by a return that still says it.
func (t timeline) dates() dates {
	var d dates
	replaced, agreed := map[ingest.Date]bool{}, map[ingest.Date]moment{}
	for _, m := range t {
		if m.approved != "" {
			agreed[m.due] = m
		}
	}
	for _, m := range t {
		if m.due.IsZero() {
			continue
		}
		if d.first.IsZero() {
			d.first, d.current = m.due, m.due
			if !m.first.IsZero() {
				d.first, d.current = m.first, m.first
			}
		}
		if m.due == d.current || m.approved == "" && replaced[m.due] {
			continue
		}
		d.moved++
		if m.approved != "" {
			replaced[d.current] = true
		}
		by := agreed[m.due]
		d.moves = append(d.moves, move{period: m.period, from: d.current, to: m.due, approved: by.approved, why: by.why})
		if by.approved != "" {
			d.approved = append(d.approved, fmt.Sprintf("%s, by %s", m.due.Words(), by.approved))
		} else {
			d.unapproved++
		}
		d.current = m.due
	}
	return d
}

// finished tells how a done action stands to its date: "late" where it was
// reported as not done in a quarter that ended on its date or after, "early"
// where its date is still to come, else "".
func (t timeline) finished(p ingest.Period, due ingest.Date) string {
	if due.After(p.LastDay()) {
		return "early"
	}
	for _, m := range t {
		if m.open && !due.IsZero() && !due.After(m.period.LastDay()) {
			return "late"
		}
	}
	return ""
}

// date sets an action's dates from all returns up to the quarter and the
// decisions about them, and asks who approved what was moved.
func (b *builder) date(p ingest.Period, a *judgedAction) {
	t := b.until(p, a)
	a.finished = t.finished(p, a.Due)
	d := t.dates()
	if d.first.IsZero() {
		return
	}
	a.FirstDue, a.Redated, a.Approved = d.first, d.moved, d.approved
	if decided := slices.ContainsFunc(t, func(m moment) bool { return m.approved != "" }); decided && !a.Ongoing {
		a.Due = d.current
		a.finished = t.finished(p, a.Due)
	}
	for _, m := range t {
		if m.approved != "" {
			a.Trace = append(a.Trace, Evidence{Field: "due, decided", Value: fmt.Sprintf("%s, by %s: %s", m.due.Words(), m.approved, m.why), Source: Source{Workbook: "decisions.jsonl"}})
		}
	}
	if d.unapproved > 0 && b.in.Scheme.Redating == "approval" && a.Status != "cancelled" {
		b.find(ingest.Query, "date-moved-without-approval", a.Source, a.Ref, fmt.Sprintf("its date was %s and is %s; nobody is named who approved that", d.first.Words(), a.Due.Words()),
			"Say who approved the new date with: boardpack decide redate.")
	}
}

// datesInWords says how often a date was moved and how many of the moves were
// approved; empty where it was not. Who approved them stands in the row's
// evidence: the reason is published, and a name need not be.
func (a *judgedAction) datesInWords() string {
	if a.Redated == 0 {
		return ""
	}
	s := fmt.Sprintf("; first due %s, now %s, moved %s", a.FirstDue.Words(), a.Due.Words(), times(a.Redated))
	if n := len(a.Approved); n > 0 {
		s += fmt.Sprintf(" (%d of %d approved)", n, a.Redated)
	}
	return s
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
