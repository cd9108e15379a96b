package transform

import (
	"fmt"
	"strings"

	"boardpack/ingest"
)

// checkArrivals asks for returns that are missing, late, older than the last
// one, or the last one once more.
func (b *builder) checkArrivals() {
	b.askMissing()
	last := b.lastReturns()
	for n := range b.returns {
		r := &b.returns[n]
		if r.IsPlan() || r.Period != b.in.Period || !b.feeds(*r) {
			continue
		}
		b.askSaved(r, last)
		b.askSame(r, last)
	}
}

// expected is a plan of which a return is wanted, and what makes it so.
type expected struct {
	plan string
	at   Source
	why  string
}

// askMissing asks for the return of each plan that returned the quarter before,
// that has a plan of the year here, or that the board reads by its configuration.
func (b *builder) askMissing() {
	here := map[string]bool{}
	for n := range b.returns {
		if r := &b.returns[n]; !r.Unusable && !r.IsPlan() && r.Period == b.in.Period {
			eachPlan(r, func(plan string) { here[planKey(plan)] = true })
		}
	}
	asked := map[string]bool{}
	for _, x := range b.expected() {
		key := planKey(x.plan)
		if key == "" || here[key] || asked[key] || !b.reads(x.plan) {
			continue
		}
		asked[key] = true
		b.find(ingest.Query, "return-missing", x.at, "", fmt.Sprintf("nothing was returned for '%s' in %s, though %s", x.plan, b.in.Period, x.why),
			"Ask the service for its return; a nil return says that there is nothing to report.")
	}
}

func (b *builder) expected() []expected {
	var out []expected
	add := func(want func(*ingest.Return) bool, why string) {
		for n := range b.returns {
			r := &b.returns[n]
			if r.Unusable || !want(r) {
				continue
			}
			eachPlan(r, func(plan string) {
				out = append(out, expected{b.boardPlan(plan), source(r, "", ""), why})
			})
		}
	}
	before := b.in.Period.Before()
	add(func(r *ingest.Return) bool { return !r.IsPlan() && r.Period == before }, "it returned "+before.String())
	add(func(r *ingest.Return) bool { return r.IsPlan() && r.Period.Year == b.in.Period.Year }, "there is a plan of it for the year")
	for _, plan := range b.in.Board.Plans {
		out = append(out, expected{plan, Source{Workbook: "boardpack.yaml"}, "the board reads it"})
	}
	return out
}

// eachPlan calls f with each plan of which a workbook holds rows or narrative, and with a nil return's own.
func eachPlan(r *ingest.Return, f func(plan string)) {
	seen := map[string]bool{}
	tell := func(plan string) {
		if !seen[plan] {
			seen[plan] = true
			f(plan)
		}
	}
	for n := range r.Actions {
		tell(r.Actions[n].Plan)
	}
	for n := range r.Indicators {
		tell(r.Indicators[n].Plan)
	}
	for n := range r.Narrative {
		tell(r.Narrative[n].Plan)
	}
	if r.Nil {
		tell(r.Plan)
	}
}

// lastReturns are the returns of the quarter before by plan, where a plan has one.
func (b *builder) lastReturns() map[string]*ingest.Return {
	out := map[string]*ingest.Return{}
	for n := range b.returns {
		r := &b.returns[n]
		if r.Unusable || r.IsPlan() || r.Period != b.in.Period.Before() {
			continue
		}
		eachPlan(r, func(plan string) {
			if key := planKey(plan); out[key] == nil {
				out[key] = r
			}
		})
	}
	return out
}

// askSaved asks about a return that was last saved before the one of the
// quarter before: an old copy under a new name; and, where the council says by
// when returns are due, tells of one that was saved after that.
func (b *builder) askSaved(r *ingest.Return, last map[string]*ingest.Return) {
	if r.Saved.IsZero() {
		return
	}
	old := last[planKey(firstPlan(r))]
	if old != nil && !old.Saved.IsZero() && old.SHA256 != r.SHA256 && old.Saved.After(r.Saved) {
		b.find(ingest.Query, "return-older", source(r, "", ""), "", fmt.Sprintf("it was last saved on %s, before the return of %s (%s, %s)", r.Saved.Words(), old.Period, old.Name, old.Saved.Words()),
			"Check that it is not an old copy.")
	}
	if due := b.in.ReturnsDue; !due.IsZero() && r.Saved.After(due) {
		b.find(ingest.Note, "return-late", source(r, "", ""), "", fmt.Sprintf("it was last saved on %s; returns were due by %s", r.Saved.Words(), due.Words()), "Nothing needs doing if it was corrected since.")
	}
}

func firstPlan(r *ingest.Return) string {
	plan := r.Plan
	found := false
	eachPlan(r, func(p string) {
		if !found {
			plan, found = p, true
		}
	})
	return plan
}

// sameLeast is how many rows must say the same before a return is taken for the last one once more.
const sameLeast = 4

// askSame asks about a return whose figures, lights and comments are all those
// of the quarter before.
func (b *builder) askSame(r *ingest.Return, last map[string]*ingest.Return) {
	old := last[planKey(firstPlan(r))]
	if old == nil {
		return
	}
	then := saidByRow(old)
	same, rows := 0, 0
	now := saidByRow(r)
	for _, id := range sortedKeys(now) {
		said, ok := then[id]
		if now[id] == "" || !ok {
			continue
		}
		rows++
		if said == now[id] {
			same++
		}
	}
	if rows < sameLeast || same < rows {
		return
	}
	b.find(ingest.Query, "return-as-last", source(r, "", ""), "", fmt.Sprintf("the figures, lights and comments of all %d rows are those of %s (%s)", rows, old.Period, old.Name),
		"Check that it is this quarter's return.")
}

// saidByRow is what a return says of each of its rows for its own quarter, as one text; empty where it says nothing.
func saidByRow(r *ingest.Return) map[string]string {
	out := map[string]string{}
	put := func(row *ingest.Row, part string, said ...string) {
		if strings.Join(said, "") != "" {
			out[identityOf(planKey(row.Plan), row.Ref.Key+part, row)] = strings.Join(append(said, row.Comment.Value), "\x00")
		}
	}
	for n := range r.Actions {
		a := &r.Actions[n]
		q := a.Quarters.Of(r.Period.Quarter)
		put(&a.Row, "", a.Light.Colour, a.Status.Value, q.Light.Colour, q.Comment.Value)
	}
	for n := range r.Indicators {
		i := &r.Indicators[n]
		q := i.Quarters.Of(r.Period.Quarter)
		put(&i.Row, i.Part, i.Outturn.Text, i.YearToDate.Text, i.Light.Colour, q.Outturn.Text, q.Light.Colour, q.Comment.Value)
	}
	return out
}
