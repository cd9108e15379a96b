package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// Inputs are everything that a Pack is made from.
type Inputs struct {
	Council      string
	Board        Board
	Boards       []Board // every board, to tell plans that none of them reads
	Period       ingest.Period
	AsAt         ingest.Date // zero means the quarter's last day
	Scheme       Scheme
	Register     Register
	Directorates map[string]string // plan → directorate
	Posts        map[string]string // officer as written → post to print
	Returns      []ingest.Return   // of every quarter, in any order
	Others       []Other           // returns that bear on the pack with their outline alone
	ReturnsDue   ingest.Date       // the last day on which a return of the quarter is on time; zero where nobody says
	Decisions    []Decision
	Texts        []Wanted // texts that somebody must write for the report
}

// Wanted is a text of the report that is never assumed, such as implications
// for equality: "none identified" counts only where somebody wrote it.
type Wanted struct {
	ID      string // of the section
	Heading string
}

// Build makes the Pack of one board for one quarter. It never fails: what
// cannot be judged is a counted state with a finding.
func Build(in Inputs) Pack {
	if in.AsAt.IsZero() {
		in.AsAt = in.Period.LastDay()
	}
	b := newBuilder(in)
	now := b.quarter(in.Period, true)
	b.lookBack = true
	before := b.quarter(in.Period.Before(), false)
	b.compare(&now, before)
	b.since(&now)
	b.count(&now)
	b.checkAcross(&now)

	p := Pack{Council: in.Council, Board: in.Board, Period: in.Period, AsAt: in.AsAt, Scheme: in.Scheme,
		Actions: now.publicActions(), Indicators: now.publicIndicators(), Decisions: b.used}
	if before.returned {
		p.Previous = in.Period.Before()
	}
	p.Risks, p.Narrative = b.risks(), b.narrative()
	p.Summary = summarise(in.Scheme, now)
	p.Movement = movements(now)
	p.Revisions = b.revisions(&now, before)
	p.Returns = b.received()
	b.askDecisions()
	b.askTexts()
	p.Findings = b.allFindings()
	p.tally()
	return p
}

// tally counts what the working edition says of overrides and disagreements.
func (p *Pack) tally() {
	count := func(r Row) {
		if r.Override != "" {
			p.Overridden++
		}
		if printed := r.Light == r.Computed || r.Rule == printsOfficer; r.Declared != "" && r.Computed.IsColour() && printed && r.Declared != r.Computed {
			p.Disagreeing++
		}
	}
	for _, a := range p.Actions {
		count(a.Row)
	}
	for _, i := range p.Indicators {
		count(i.Row)
	}
}

// builder holds what every step of one Pack needs.
type builder struct {
	in       Inputs
	all      []ingest.Return // of every board, in a fixed order
	returns  []ingest.Return // of this board alone
	spelling ingest.Spelling
	register map[string]*Registered
	shown    map[string]string // reference key → as the plan or the register first wrote it
	findings []ingest.Finding
	used     int // decisions that bear on the content
	loud     bool
	lookBack bool // a year workbook also speaks for the quarter before its own
	held     map[ingest.Period]*held
	times    map[string]timeline
	planKeys map[string]string // by the plan as written
	own      planSet           // of the board

	directorates map[string]string // by the plan's key
	decided      map[decidedOf][]Decision
}

func newBuilder(in Inputs) *builder {
	b := &builder{in: in, spelling: ingest.Spelling{}, register: in.Register.byKey(), shown: map[string]string{}, held: map[ingest.Period]*held{}, planKeys: map[string]string{}, decided: byRow(in.Decisions), own: in.Board.planSet()}
	for _, r := range in.Register.Indicators {
		b.learn(ingest.NewRef(r.Ref, ""))
	}
	b.all = Settle(in.Returns, in.Decisions)
	slices.SortFunc(b.all, func(x, y ingest.Return) int { return placeOf(&x).compare(placeOf(&y)) })
	for _, r := range b.all {
		b.returns = append(b.returns, b.ofBoard(r))
	}
	b.learnAll()
	b.learnDirectorates()
	b.used = b.decisionsUsed()
	return b
}

// inOrder is what settles the order of returns: plans come first.
type inOrder struct {
	planning  bool
	period    ingest.Period
	name, sum string
}

func placeOf(r *ingest.Return) inOrder { return inOrder{r.IsPlan(), r.Period, r.Name, r.SHA256} }

func (x inOrder) compare(y inOrder) int {
	return cmp.Or(boolFirst(x.planning, y.planning), x.period.Compare(y.period), strings.Compare(x.name, y.name), strings.Compare(x.sum, y.sum))
}

// learnAll learns how every return writes its references, each in its turn.
func (b *builder) learnAll() {
	others := slices.Clone(b.in.Others)
	slices.SortFunc(others, func(x, y Other) int { return x.place().compare(y.place()) })
	for n := range b.all {
		r := &b.all[n]
		for len(others) > 0 && others[0].place().compare(placeOf(r)) < 0 {
			others[0].Outline.eachRef(b.learn)
			others = others[1:]
		}
		r.EachRef(b.learn)
	}
	for _, o := range others {
		o.Outline.eachRef(b.learn)
	}
}

func boolFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

func (b *builder) learn(r ingest.Ref) {
	b.spelling.Learn(r)
	if _, ok := b.shown[r.Key]; !ok {
		b.shown[r.Key] = r.Written
	}
}

// askTexts asks for the texts of the report that nobody has written.
func (b *builder) askTexts() {
	for _, t := range b.in.Texts {
		if len(b.in.Board.Cover.Texts[t.ID]) == 0 {
			b.find(ingest.Query, "text-not-written", Source{Workbook: "boardpack.yaml"}, "", fmt.Sprintf("nothing is written under '%s' for the board '%s'", t.Heading, b.in.Board.Name),
				fmt.Sprintf("Write it in boardpack.yaml, under texts: %s: of the board. Where there is nothing to say, say so: None identified.", t.ID))
		}
	}
}

// askDecisions asks about overrides and comments of this quarter whose reference
// stands in no return and no register: they changed nothing.
func (b *builder) askDecisions() {
	for _, d := range b.in.Decisions {
		key := ingest.NewRef(d.Ref, "").Key
		if !d.ofRow() || d.Period() != b.in.Period || b.shown[key] != "" || b.shown[key[:len(key)-1]] != "" {
			continue // the part of an indicator is its reference and a letter
		}
		b.find(ingest.Query, "decision-without-row", Source{Workbook: "decisions.jsonl"}, d.Ref, fmt.Sprintf("the %s by %s for '%s' in %s fits no row: no return or register has that reference", d.Kind, d.Who, d.Ref, d.Quarter),
			"Decide again with the reference as the report prints it.")
	}
}

// decisionsUsed counts the decisions that can change this quarter's content:
// those about its rows, and those about a workbook that it is made from.
func (b *builder) decisionsUsed() int {
	workbooks := map[string]bool{}
	for _, r := range b.returns {
		workbooks[r.Name] = workbooks[r.Name] || b.tells(r)
	}
	n := 0
	for _, d := range b.in.Decisions {
		ofQuarter := d.Period() == b.in.Period || d.Kind == DecideRedate && d.Concerns(b.in.Period)
		if d.ofRow() && ofQuarter || !d.ofRow() && workbooks[d.Workbook] {
			n++
		}
	}
	return n
}

// tells reports whether the findings of a return are told in the pack of this
// quarter: it feeds the pack, or nobody can say what it feeds.
func (b *builder) tells(r ingest.Return) bool {
	return b.feeds(r) || r.Unusable || !r.Period.Known() && !r.IsPlan()
}

// ofBoard keeps of a return what belongs to the board's plans.
func (b *builder) ofBoard(r ingest.Return) ingest.Return {
	if len(b.in.Board.Plans) == 0 {
		return r
	}
	all := r
	r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f ingest.Finding) bool { return b.elsewhere(all, f.Sheet) })
	r.Actions = slices.DeleteFunc(slices.Clone(r.Actions), func(a ingest.Action) bool { return !b.reads(a.Plan) })
	r.Indicators = slices.DeleteFunc(slices.Clone(r.Indicators), func(i ingest.Indicator) bool { return !b.reads(i.Plan) })
	own := rowKeys(r)
	r.Risks = slices.DeleteFunc(slices.Clone(r.Risks), func(k ingest.Risk) bool {
		return !b.reads(k.Plan) && !slices.ContainsFunc(k.RefersTo, func(ref ingest.Ref) bool { return own[ref.Key] })
	})
	r.Narrative = slices.DeleteFunc(slices.Clone(r.Narrative), func(n ingest.Narrative) bool { return !b.reads(n.Plan) })
	return r
}

// elsewhere reports whether a sheet holds rows, all of plans that the board does not read.
func (b *builder) elsewhere(r ingest.Return, sheet string) bool {
	any, own := false, false
	see := func(row ingest.Row) {
		if row.Sheet == sheet {
			any, own = true, own || b.reads(row.Plan)
		}
	}
	for _, a := range r.Actions {
		see(a.Row)
	}
	for _, i := range r.Indicators {
		see(i.Row)
	}
	return any && !own
}

// rowKeys are the references of a return's actions and indicators. A risk
// belongs to a board that reads its plan, or a row that it refers to.
func rowKeys(r ingest.Return) map[string]bool {
	keys := map[string]bool{}
	for _, a := range r.Actions {
		keys[a.Ref.Key] = true
	}
	for _, i := range r.Indicators {
		keys[i.Ref.Key] = true
	}
	delete(keys, "")
	return keys
}

func (b *builder) reads(plan string) bool { return b.own.reads(b.planKey(plan)) }

// planSet are the keys of the plans that a board reads; nil where it reads all.
type planSet map[string]bool

func (x Board) planSet() planSet {
	if len(x.Plans) == 0 {
		return nil
	}
	set := planSet{}
	for _, p := range x.Plans {
		set[planKey(p)] = true
	}
	return set
}

// Reads reports whether a plan is one of the board's.
func (x Board) Reads(plan string) bool { return x.planSet().reads(planKey(plan)) }

// reads reports whether a plan of that key is one of the board's.
func (s planSet) reads(key string) bool { return s == nil || s[key] }

// concerns reports whether a return holds anything of a plan that the board reads.
func (b *builder) concerns(r ingest.Return) bool {
	return b.reads(r.Plan) ||
		slices.ContainsFunc(r.Actions, func(a ingest.Action) bool { return b.reads(a.Plan) }) ||
		slices.ContainsFunc(r.Indicators, func(i ingest.Indicator) bool { return b.reads(i.Plan) }) ||
		slices.ContainsFunc(r.Risks, func(k ingest.Risk) bool { return b.reads(k.Plan) }) ||
		slices.ContainsFunc(r.Narrative, func(n ingest.Narrative) bool { return b.reads(n.Plan) })
}

// SamePlan reports whether two names are of one plan: without case, punctuation
// and words such as "service plan".
func SamePlan(a, b string) bool { return planKey(a) == planKey(b) }

// planKey is a plan's name for matching: without case, punctuation and the
// words that many plans share.
func planKey(plan string) string {
	words := strings.FieldsFunc(ingest.Fold(plan), func(r rune) bool { return r != '\'' && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r < 0x80 })
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return slices.Contains([]string{"plan", "service", "services", "business", "the", "and", "of", "annual"}, w)
	})
	if len(kept) == 0 {
		kept = words
	}
	return strings.Join(kept, " ")
}

// boardPlan gives a plan the spelling of the board's own list.
func (b *builder) boardPlan(plan string) string {
	for _, p := range b.in.Board.Plans {
		if b.planKey(p) == b.planKey(plan) {
			return p
		}
	}
	return plan
}

// directorate is the directorate of a plan: the one that is configured, else
// that of the folder which its newest return came from.
func (b *builder) directorate(plan string) string { return b.directorates[b.planKey(plan)] }

func (b *builder) learnDirectorates() {
	b.directorates = map[string]string{}
	for n := range b.returns {
		if r := &b.returns[n]; r.Directorate != "" && !r.Unusable {
			eachPlan(r, func(plan string) { b.directorates[b.planKey(plan)] = r.Directorate })
		}
	}
	for _, plan := range sortedKeys(b.in.Directorates) {
		b.directorates[b.planKey(plan)] = b.in.Directorates[plan]
	}
}

// source is a cell of a return with the return's hash.
func source(r *ingest.Return, sheet, cell string) Source {
	return Source{Workbook: r.Name, Sheet: sheet, Cell: cell, SHA256: r.SHA256}
}

// find adds a finding about this quarter; earlier quarters keep theirs.
func (b *builder) find(sev ingest.Severity, check string, at Source, ref, saw, advice string) {
	if !b.loud {
		return
	}
	b.findings = append(b.findings, ingest.Finding{Severity: sev, Check: check, Ref: ref, Saw: saw, Advice: advice,
		Place: ingest.Place{Workbook: at.Workbook, Sheet: at.Sheet, Cell: at.Cell}})
}

// allFindings joins the findings of the returns with those of the pack, and
// settles those that a decision explains.
func (b *builder) allFindings() []ingest.Finding {
	var out []ingest.Finding
	for _, r := range b.returns {
		if b.tells(r) {
			out = append(out, r.Findings...)
		}
	}
	out = append(out, b.findings...)
	out = append(out, b.unread()...)
	var decisions []Decision
	for _, r := range b.returns {
		decisions = append(decisions, officersOf(r)...)
	}
	decisions = append(decisions, b.in.Decisions...)
	for i := range out {
		for _, d := range decisions {
			if d.explains(out[i]) {
				out[i].Explanation = d.Who + ": " + d.Text
			}
		}
	}
	ingest.SortFindings(out)
	return ingest.GroupFindings(out)
}

// unread asks about plans of this quarter that no board reads: nothing of them is in any report.
func (b *builder) unread() []ingest.Finding {
	var out []ingest.Finding
	if len(b.in.Boards) == 0 {
		return nil
	}
	var sets []planSet
	for _, x := range b.in.Boards {
		sets = append(sets, x.planSet())
	}
	noBoard := func(key string) bool {
		return !slices.ContainsFunc(sets, func(s planSet) bool { return s.reads(key) })
	}
	seen := map[string]bool{}
	see := func(workbook, sheet, plan string) {
		key := b.planKey(plan)
		if named := workbook + key; !seen[named] && noBoard(key) {
			seen[named] = true
			out = append(out, ingest.Finding{Severity: ingest.Query, Check: "plan-without-board", Place: ingest.Place{Workbook: workbook, Sheet: sheet},
				Saw:    fmt.Sprintf("no board reads the plan '%s', so its rows are in no report", plan),
				Advice: "Add the plan to a board in boardpack.yaml, or settle the workbook's plan there by its name."})
		}
	}
	for n := range b.in.Returns {
		r := &b.in.Returns[n]
		if r.Unusable || !b.isOfQuarter(r.Period, r.IsPlan()) {
			continue
		}
		for k := range r.Actions {
			see(r.Name, r.Actions[k].Sheet, r.Actions[k].Plan)
		}
		for k := range r.Indicators {
			see(r.Name, r.Indicators[k].Sheet, r.Indicators[k].Plan)
		}
	}
	for _, o := range b.in.Others {
		if !b.isOfQuarter(o.Period, o.Planning) || !slices.ContainsFunc(o.Plans, noBoard) {
			continue
		}
		o.Outline.eachRow(func(x outlineRow) {
			if x.kind != ingest.KindRisk {
				see(o.Name, x.sheet, x.plan)
			}
		})
	}
	return out
}

// isOfQuarter reports whether a return is of the pack's quarter, or a plan of its year.
func (b *builder) isOfQuarter(p ingest.Period, planning bool) bool {
	return p == b.in.Period || planning && p.Year == b.in.Period.Year
}

// feeds reports whether the pack of this quarter is made from a return.
func (b *builder) feeds(r ingest.Return) bool {
	if r.Unusable || !b.concerns(r) {
		return false
	}
	return b.isOfQuarter(r.Period, r.IsPlan())
}

func (b *builder) received() []Received {
	var out []Received
	for _, r := range b.returns {
		if !b.feeds(r) {
			continue
		}
		x := Received{Name: r.Name, SHA256: r.SHA256, Period: r.Period, Plan: r.Plan, IsPlan: r.IsPlan(), Nil: r.Nil,
			Actions: len(r.Actions), Indicators: len(r.Indicators), Risks: len(r.Risks), Narrative: len(r.Narrative)}
		for _, f := range r.Findings {
			switch f.Severity {
			case ingest.Error:
				x.Errors++
			case ingest.Query:
				x.Queries++
			}
		}
		out = append(out, x)
	}
	return out
}

// publicOfficer is an officer as the public edition prints them.
func (b *builder) publicOfficer(officer string) string {
	switch b.in.Board.Officer {
	case OfficerNone:
		return ""
	case OfficerName:
		return officer
	}
	parts := strings.Split(officer, "/")
	for i, p := range parts {
		if post, ok := b.in.Posts[strings.TrimSpace(p)]; ok {
			parts[i] = strings.Replace(p, strings.TrimSpace(p), post, 1)
		}
	}
	return strings.Join(parts, "/")
}
