package transform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"
)

// said is one row of one return: what somebody said of an action or an indicator.
type said[T any] struct {
	row *T
	ret *ingest.Return
}

// gathered is one action or indicator with everything that was said of it:
// its own return first, then its plan, then other plans of the year by reference.
type gathered[T any] struct {
	id       string // identity: plan and reference, or plan, objective and title
	key      string // reference key with part; empty without a reference
	plan     string
	row      *ingest.Row
	returned bool // a return of the quarter holds it
	all      []said[T]
}

// first gives the first value that is said, and the cell that says it.
func first[T any](g *gathered[T], get func(*T) ingest.Text, sheet func(*T) *ingest.Row) (string, Source) {
	for _, s := range g.all {
		if t := get(s.row); strings.TrimSpace(t.Value) != "" {
			return t.Value, source(s.ret, sheet(s.row).Sheet, t.Cell)
		}
	}
	return "", Source{}
}

// shelf holds the rows of one kind while they are gathered, in the order in
// which their plan first lists them.
type shelf[T any] struct {
	rows  []*gathered[T]
	byID  map[string]*gathered[T]
	byKey map[string]said[T] // of plans, by reference
	base  func(*T) *ingest.Row
	part  func(*T) string

	identity func(plan, key string, r *ingest.Row) string
}

func newShelf[T any](b *builder, base func(*T) *ingest.Row, part func(*T) string) *shelf[T] {
	return &shelf[T]{byID: map[string]*gathered[T]{}, byKey: map[string]said[T]{}, base: base, part: part, identity: b.identity}
}

// add puts a row of a return on the shelf. A row of the same identity that a
// plan brought becomes this one; one that another row of a return brought is
// the same reference twice, and stays beside it.
func (s *shelf[T]) add(row *T, ret *ingest.Return, plan string, isReturn bool, own map[string]bool) (*gathered[T], bool) {
	base := s.base(row)
	key := base.Ref.Key + strings.ToUpper(s.part(row))
	id := s.identity(plan, key, base)
	twice := false
	for n := 1; ; n++ {
		at := id
		if n > 1 {
			at = fmt.Sprintf("%s#%d", id, n)
		}
		g, ok := s.byID[at]
		if ok && (own[at] || isReturn && g.returned) {
			twice = true
			continue
		}
		own[at] = true
		if !ok {
			g = &gathered[T]{id: at, key: key, plan: plan}
			s.byID[at] = g
			s.rows = append(s.rows, g)
		}
		if isReturn || g.row == nil {
			g.all = slices.Insert(g.all, 0, said[T]{row, ret})
			g.row = base
		} else {
			g.all = append(g.all, said[T]{row, ret})
		}
		g.returned = g.returned || isReturn
		if _, known := s.byKey[key]; !isReturn && key != "" && !known {
			s.byKey[key] = said[T]{row, ret}
		}
		return g, twice
	}
}

// identityOf is plan and reference; without a reference plan, objective and title.
func identityOf(plan, key string, r *ingest.Row) string {
	if key != "" {
		return plan + "\x00" + key
	}
	return plan + "\x00\x00" + ingest.Fold(r.Objective.Value) + "\x00" + ingest.Fold(r.Title.Value)
}

// identity is a row's identity; plans' keys are worked out once.
func (b *builder) identity(plan, key string, r *ingest.Row) string {
	return identityOf(b.planKey(plan), key, r)
}

func (b *builder) planKey(plan string) string {
	k, ok := b.planKeys[plan]
	if !ok {
		k = planKey(plan)
		b.planKeys[plan] = k
	}
	return k
}

// fillFromPlans lets every row also hear what a plan of the year says under its reference.
func (s *shelf[T]) fillFromPlans() {
	for _, g := range s.rows {
		if p, ok := s.byKey[g.key]; ok && !slices.Contains(g.all, p) {
			g.all = append(g.all, p)
		}
	}
}

// byPlan puts rows in the order of plans by name, each plan's rows as it lists them.
func (s *shelf[T]) byPlan() {
	slices.SortStableFunc(s.rows, func(a, b *gathered[T]) int { return strings.Compare(a.plan, b.plan) })
}

// quarter is every row of one quarter, judged.
type quarter struct {
	period     ingest.Period
	returned   bool // some return of it was received
	actions    []*judgedAction
	indicators []*judgedIndicator
}

type judgedAction struct {
	Action
	id, key  string
	finished string // "late" or "early" of what is done; empty where it is in time or not known
}

type judgedIndicator struct {
	Indicator
	id, key  string
	part     string                 // of a two-part indicator
	at       said[ingest.Indicator] // the row that was returned; none where no return of the quarter holds it
	umbrella bool
	adds     bool   // its outturn adds up over the year
	lead     string // the register's lead plan
	differs  string // what a return says otherwise than the register; empty for nothing
}

// quarter gathers and judges a quarter; loud says whether its findings count.
func (b *builder) quarter(p ingest.Period, loud bool) quarter {
	actions, indicators, returned := b.gather(p, loud, b.lookBack)
	b.loud = loud
	defer func() { b.loud = true }()
	q := quarter{period: p, returned: returned}
	nearMatches(b, actions)
	nearMatches(b, indicators)
	askNearRefs(b, "action", actions)
	askNearRefs(b, "indicator", indicators)
	actions.fillFromPlans()
	indicators.fillFromPlans()
	actions.byPlan()
	indicators.byPlan()
	b.judge(&q, actions, indicators)
	return q
}

// gather puts every row of a quarter on its shelf; with lookBack also what
// later returns of the year say of it.
func (b *builder) gather(p ingest.Period, loud, lookBack bool) (actions *shelf[ingest.Action], indicators *shelf[ingest.Indicator], returned bool) {
	was := b.loud
	b.loud = loud
	defer func() { b.loud = was }()
	actions = newShelf(b, func(a *ingest.Action) *ingest.Row { return &a.Row }, func(*ingest.Action) string { return "" })
	indicators = newShelf(b, func(i *ingest.Indicator) *ingest.Row { return &i.Row }, func(i *ingest.Indicator) string { return i.Part })
	for i := range b.returns {
		r := &b.returns[i]
		isPlan := r.IsPlan() && r.Period.Year == p.Year
		if r.Unusable || !isPlan && r.Period != p {
			continue
		}
		returned = returned || !isPlan || r.Period == p
		b.shelve(r, !isPlan, actions, indicators)
	}
	returned = returned || slices.ContainsFunc(b.in.Others, func(o Other) bool { return o.Period == p })
	if lookBack {
		returned = b.shelveEarlier(p, actions, indicators) || returned
	}
	return actions, indicators, returned
}

func (b *builder) shelve(r *ingest.Return, isReturn bool, actions *shelf[ingest.Action], indicators *shelf[ingest.Indicator]) {
	ownA, ownI := map[string]bool{}, map[string]bool{}
	for n := range r.Actions {
		a := &r.Actions[n]
		if _, twice := actions.add(a, r, b.boardPlan(a.Plan), isReturn, ownA); twice {
			b.twice("action", &a.Row, r)
		}
	}
	for n := range r.Indicators {
		i := &r.Indicators[n]
		if _, twice := indicators.add(i, r, b.boardPlan(i.Plan), isReturn, ownI); twice && i.Part == "" {
			b.twice("indicator", &i.Row, r)
		}
	}
}

func (b *builder) twice(kind string, row *ingest.Row, r *ingest.Return) {
	ref := b.spelling.Of(row.Ref)
	name := ref
	if name == "" {
		name = ingest.OneLine(row.Title.Value)
	}
	b.find(ingest.Query, "reference-twice", source(r, row.Sheet, row.Cell), ref, fmt.Sprintf("the %s %s stands twice in the plan %s; both rows are in the report", kind, name, b.boardPlan(row.Plan)),
		"Give each its own reference, or take the one that is not meant out.")
}

func (b *builder) judge(q *quarter, actions *shelf[ingest.Action], indicators *shelf[ingest.Indicator]) {
	for _, g := range actions.rows {
		q.actions = append(q.actions, b.judgeAction(q.period, g))
	}
	for _, g := range indicators.rows {
		q.indicators = append(q.indicators, b.judgeIndicator(q.period, g))
	}
	b.countOnce(q)
}

func (q quarter) publicActions() []Action {
	out := make([]Action, 0, len(q.actions))
	for _, a := range q.actions {
		out = append(out, a.Action)
	}
	return out
}

func (q quarter) publicIndicators() []Indicator {
	out := make([]Indicator, 0, len(q.indicators))
	for _, i := range q.indicators {
		out = append(out, i.Indicator)
	}
	return out
}

// nearMatches proposes, for a returned row without a reference, the row of its
// plan that it may be meant for. The two are never joined.
func nearMatches[T any](b *builder, s *shelf[T]) {
	for _, g := range s.rows {
		if g.key != "" || !g.returned {
			continue
		}
		for _, other := range s.rows {
			if other == g || other.returned || other.plan != g.plan || !alike(g.row.Title.Value, other.row.Title.Value) {
				continue
			}
			b.find(ingest.Query, "near-match", source(g.all[0].ret, g.row.Sheet, g.row.Cell), "", fmt.Sprintf("this row has no reference; it may be %s '%s' of %s, which was not returned", b.spelling.Of(other.row.Ref), ingest.OneLine(other.row.Title.Value), source(other.all[0].ret, other.row.Sheet, other.row.Cell)),
				"Give the row its reference.")
			break
		}
	}
}

// alike reports whether two titles share at least six words in ten.
func alike(a, b string) bool {
	words := func(s string) map[string]bool {
		set := map[string]bool{}
		for _, w := range strings.FieldsFunc(ingest.Fold(s), func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0x80 }) {
			set[w] = true
		}
		return set
	}
	x, y := words(a), words(b)
	shared := 0
	for w := range x {
		if y[w] {
			shared++
		}
	}
	return shared > 0 && shared*10 >= (len(x)+len(y)-shared)*6
}

// shelveEarlier adds what a later return of the same year says of a quarter in
// that quarter's own columns, for rows that no return of the quarter gives.
func (b *builder) shelveEarlier(p ingest.Period, actions *shelf[ingest.Action], indicators *shelf[ingest.Indicator]) bool {
	added := false
	for n := range b.returns {
		r := &b.returns[n]
		if r.Unusable || r.IsPlan() || r.Period.Year != p.Year || r.Period.Quarter <= p.Quarter {
			continue
		}
		for k := range r.Actions {
			if r.Actions[k].Quarters.Of(p.Quarter).Light.Cell == "" {
				continue
			}
			a := r.Actions[k]
			a.Light, a.Status, a.StatusOf, a.Comment = ingest.Light{}, ingest.Text{}, "", ingest.Text{}
			added = addEarlier(actions, &a, r, b.boardPlan(a.Plan)) || added
		}
		for k := range r.Indicators {
			if q := r.Indicators[k].Quarters.Of(p.Quarter); q.Outturn.Cell == "" && q.Light.Cell == "" {
				continue
			}
			i := r.Indicators[k]
			i.Outturn, i.YearToDate, i.Light, i.Comment = ingest.Figure{}, ingest.Figure{}, ingest.Light{}, ingest.Text{}
			added = addEarlier(indicators, &i, r, b.boardPlan(i.Plan)) || added
		}
	}
	return added
}

// addEarlier adds a row where none of its identity was returned.
func addEarlier[T any](s *shelf[T], row *T, ret *ingest.Return, plan string) bool {
	base := s.base(row)
	if g, ok := s.byID[s.identity(plan, base.Ref.Key+strings.ToUpper(s.part(row)), base)]; ok && g.returned {
		return false
	}
	s.add(row, ret, plan, true, map[string]bool{})
	return true
}

// askNearRefs asks about rows of one plan whose references differ only in a
// nought or a hyphen ("ENV 1" and "ENV-01"): they may be one, and are never joined.
func askNearRefs[T any](b *builder, kind string, s *shelf[T]) {
	seen := map[string]ingest.Ref{}
	for _, g := range s.rows {
		ref := g.row.Ref
		if ref.IsZero() {
			continue
		}
		key := planKey(g.plan) + "\x00" + looseKey(ref.Key)
		of, ok := seen[key]
		if !ok {
			seen[key] = ref
		} else if of.Key != ref.Key {
			b.find(ingest.Query, "reference-nearly-the-same", source(g.all[0].ret, g.row.Sheet, g.row.Cell), b.spelling.Of(ref), fmt.Sprintf("the %s %s may be %s; both are in the report", kind, b.spelling.Of(ref), b.spelling.Of(of)),
				"If they are one, write the reference alike everywhere.")
		}
	}
}

var (
	noughts = regexp.MustCompile(`(^|[^0-9.])0+([0-9])`)
	hyphens = regexp.MustCompile(`([A-Z])-([0-9])`)
)

// looseKey is a reference's key without leading noughts and the hyphen between letters and number.
func looseKey(key string) string {
	return noughts.ReplaceAllString(hyphens.ReplaceAllString(key, "$1$2"), "$1$2")
}
