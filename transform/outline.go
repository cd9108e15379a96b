package transform

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"
)

// Outline is what a return says to packs of boards that read none of its
// plans: its period, its plans, and which references it holds and refers to.
// Its figures, lights and words say nothing to them, but for indicators that
// are theirs too. It is small, and tells without the return itself which packs
// the return feeds.
type Outline struct {
	Period   ingest.Period `json:"period"`
	PeriodBy string        `json:"period_by"`
	Plan     string        `json:"plan"`
	Planning bool          `json:"planning"` // see ingest.Return.IsPlan
	Nil      bool          `json:"nil"`
	Unusable bool          `json:"unusable"`
	Rows     int           `json:"rows"`
	Plans    []string      `json:"plans"` // keys of its plan and those of its rows and narrative, sorted
	Hash     string        `json:"hash"`  // of all that it says to those packs

	refs       string           // a line for each row: see outlineRow
	indicators []planIndicators // as these lines say
}

// planIndicators are the keys of the indicators of a plan, each with its part.
type planIndicators struct {
	plan string // its key
	keys []string
}

// OutlineOf is the outline of a return as decisions settle it.
func OutlineOf(r ingest.Return) Outline {
	o := Outline{Period: r.Period, PeriodBy: r.PeriodBy, Plan: r.Plan, Planning: r.IsPlan(), Nil: r.Nil, Unusable: r.Unusable, Rows: r.Rows().All()}
	plans := planNames{}
	plans.key(r.Plan)
	var lines strings.Builder
	eachOutlineRow(&r, func(x outlineRow) {
		plans.key(x.plan)
		x.write(&lines)
	})
	for n := range r.Narrative {
		plans.key(r.Narrative[n].Plan)
	}
	o.Plans, o.refs = plans.keys(), lines.String()
	o.indexIndicators()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%q\n%t %t %t\n%s", o.Period, o.Plan, o.Planning, o.Nil, o.Unusable, o.refs))
	o.Hash = hex.EncodeToString(sum[:])
	return o
}

// eachOutlineRow calls f with what each row of a return says to packs of other
// boards: actions, indicators, risks.
func eachOutlineRow(r *ingest.Return, f func(outlineRow)) {
	of := func(kind ingest.Kind, row *ingest.Row) outlineRow {
		return outlineRow{kind: kind, plan: row.Plan, sheet: row.Sheet, ref: row.Ref, objective: objectiveKey(row.Objective.Value)}
	}
	for n := range r.Actions {
		x := of(ingest.KindAction, &r.Actions[n].Row)
		x.refers, x.risks = r.Actions[n].Indicators, r.Actions[n].Risks
		f(x)
	}
	for n := range r.Indicators {
		x := of(ingest.KindIndicator, &r.Indicators[n].Row)
		x.part = r.Indicators[n].Part
		f(x)
	}
	for n := range r.Risks {
		x := of(ingest.KindRisk, &r.Risks[n].Row)
		x.refers = r.Risks[n].RefersTo
		f(x)
	}
}

// planNames are the keys of plans by the plan as written.
type planNames map[string]string

func (n planNames) key(plan string) string {
	key, ok := n[plan]
	if !ok {
		key = planKey(plan)
		n[plan] = key
	}
	return key
}

func (n planNames) keys() []string {
	return slices.Compact(slices.Sorted(maps.Values(n)))
}

// Concern gives for a board what reports of an outline whether its return
// holds anything of a plan that the board reads.
func (x Board) Concern() func(Outline) bool {
	set := x.planSet()
	return func(o Outline) bool { return o.concerns(set) }
}

func (o *Outline) concerns(s planSet) bool { return slices.ContainsFunc(o.Plans, s.reads) }

// Bears reports whether the return can change a quarter's packs: one of that
// quarter or an earlier one (for movement, and for dates that moved), a plan up
// to its year, or one whose period is not settled.
func (o *Outline) Bears(p ingest.Period) bool {
	switch {
	case o.unsettled():
		return true
	case o.Planning:
		return o.Period.Year <= p.Year
	}
	return o.Period.Compare(p) <= 0
}

// unsettled reports whether every board is told of the return, as nobody can say whose it is.
func (o *Outline) unsettled() bool { return o.Unusable || !o.Period.Known() && !o.Planning }

// Catalogue finds, among the outlines of returns, those that bear on a pack.
type Catalogue struct {
	outlines []Outline
	ofPlan   map[string][]int // by the key of a plan the returns that hold anything of it
	holdings []holding        // of the indicators of all returns, in their order
	first    []int            // of each return the first of its holdings
	last     []int            // of each indicator, by its number, the last
}

// holding is one indicator of one return.
type holding struct {
	indicator int // its number in the catalogue
	by        int // the return's place in the catalogue
	before    int // an earlier holding of the indicator; -1 for none
}

// NewCatalogue makes the catalogue of outlines, which are told by their place among them.
func NewCatalogue(outlines []Outline) Catalogue {
	keys := 0
	for n := range outlines {
		for _, p := range outlines[n].indicators {
			keys += len(p.keys)
		}
	}
	c := Catalogue{outlines: outlines, ofPlan: map[string][]int{}, holdings: make([]holding, 0, keys), first: make([]int, len(outlines))}
	numbers := make(map[string]int, keys)
	for n := range outlines {
		o := &outlines[n]
		for _, plan := range o.Plans {
			c.ofPlan[plan] = append(c.ofPlan[plan], n)
		}
		c.first[n] = len(c.holdings)
		for _, p := range o.indicators {
			for _, key := range p.keys {
				i, known := numbers[key]
				if !known {
					i, c.last = len(c.last), append(c.last, -1)
					numbers[key] = i
				}
				c.holdings = append(c.holdings, holding{i, n, c.last[i]})
				c.last[i] = len(c.holdings) - 1
			}
		}
	}
	return c
}

// Of lists the returns that hold anything of a plan that a board reads, in order.
func (c Catalogue) Of(b Board) []int { return c.of(b.planSet()) }

func (c Catalogue) of(s planSet) []int {
	var out []int
	if s == nil {
		for _, of := range c.ofPlan {
			out = append(out, of...)
		}
	}
	for plan := range s {
		out = append(out, c.ofPlan[plan]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Bearing is a return that bears on a pack.
type Bearing struct {
	Of    int  // its place in the catalogue
	Whole bool // with all that it says; else with its outline alone
}

// Bearing lists the returns that bear on a board's pack for a quarter, of those
// that may. Three kinds do so with all that they say: those of the board's
// plans, those of which nobody can say whose they are, and those that hold an
// indicator of its plans too.
func (c Catalogue) Bearing(b Board, p ingest.Period, may func(n int) bool) []Bearing {
	out := make([]Bearing, 0, len(c.outlines))
	plans, whole := b.planSet(), make([]bool, len(c.outlines))
	for _, n := range c.of(plans) {
		whole[n] = true
	}
	for n := range c.outlines {
		o := &c.outlines[n]
		if o.Bears(p) && may(n) {
			out = append(out, Bearing{n, whole[n] || o.unsettled()})
		}
	}
	for _, x := range out {
		if x.Whole {
			c.markHolders(x.Of, plans, whole)
		}
	}
	for n := range out {
		out[n].Whole = out[n].Whole || whole[out[n].Of]
	}
	return out
}

// markHolders marks every return that holds an indicator which a return holds of some plans.
func (c Catalogue) markHolders(n int, plans planSet, marked []bool) {
	held := c.holdings[c.first[n]:]
	for _, p := range c.outlines[n].indicators {
		of := held[:len(p.keys)]
		held = held[len(p.keys):]
		if !plans.reads(p.plan) {
			continue
		}
		for _, h := range of {
			for at := c.last[h.indicator]; at >= 0; at = c.holdings[at].before {
				marked[c.holdings[at].by] = true
			}
		}
	}
}

// outlineRow is what a row of a return says to packs of other boards.
type outlineRow struct {
	kind        ingest.Kind
	plan, sheet string
	part        string
	objective   string // its key alone
	ref         ingest.Ref
	refers      []ingest.Ref // an action's indicators, or what a risk refers to
	risks       []ingest.Ref // of an action
}

// A line of an outline has fields parted by tabs: kind, plan, sheet, part,
// objective, written reference and its key, the number of references to
// others, and of each of these, and then of the risks, the same two.
const outlineFields = 8

var (
	fieldEscapes   = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`)
	fieldUnescapes = strings.NewReplacer(`\\`, "\\", `\t`, "\t", `\n`, "\n")
)

func (x outlineRow) write(to *strings.Builder) {
	fields := []string{string(x.kind), x.plan, x.sheet, x.part, x.objective, x.ref.Written, x.ref.Key, strconv.Itoa(len(x.refers))}
	for _, r := range slices.Concat(x.refers, x.risks) {
		fields = append(fields, r.Written, r.Key)
	}
	for n, f := range fields {
		if n > 0 {
			to.WriteByte('\t')
		}
		to.WriteString(fieldEscapes.Replace(f))
	}
	to.WriteByte('\n')
}

// parseOutlineRow reads a line that write wrote; ParseOutline has seen that it is one.
func parseOutlineRow(line string) outlineRow {
	escaped, more := strings.Contains(line, `\`), true
	next := func() (field string) {
		field, line, more = strings.Cut(line, "\t")
		if escaped {
			field = fieldUnescapes.Replace(field)
		}
		return field
	}
	ref := func() ingest.Ref { return ingest.Ref{Written: next(), Key: next()} }
	x := outlineRow{kind: ingest.Kind(next()), plan: next(), sheet: next(), part: next(), objective: next(), ref: ref()}
	n, _ := strconv.Atoi(next())
	n = max(n, 0)
	var refs []ingest.Ref
	for more {
		refs = append(refs, ref())
	}
	x.refers, x.risks = refs[:min(n, len(refs))], refs[min(n, len(refs)):]
	return x
}

// Other is a return that bears on a pack with its outline alone.
type Other struct {
	Name   string // as a return's
	SHA256 string
	Outline
}

func (o Other) place() inOrder { return inOrder{o.Planning, o.Period, o.Name, o.SHA256} }

// eachRow calls f with every row: actions, indicators, risks.
func (o Outline) eachRow(f func(outlineRow)) {
	for line := range strings.Lines(o.refs) {
		f(parseOutlineRow(strings.TrimSuffix(line, "\n")))
	}
}

// eachRef calls f with every reference in the order of ingest.Return.EachRef:
// the rows' own, then those of actions to others, then those of risks.
func (o Outline) eachRef(f func(ingest.Ref)) {
	var others []ingest.Ref
	o.eachRow(func(x outlineRow) {
		f(x.ref)
		others = append(append(others, x.refers...), x.risks...)
	})
	for _, r := range others {
		f(r)
	}
}

// Text is the outline as it is kept; ParseOutline reads it.
func (o Outline) Text() (string, error) {
	head, err := json.Marshal(o)
	return string(head) + "\n" + o.refs, err
}

// ParseOutline reads what Text gives.
func ParseOutline(text string) (Outline, error) {
	var o Outline
	head, rows, ok := strings.Cut(text, "\n")
	if !ok {
		return o, errors.New("it is no outline of a return")
	}
	if err := json.Unmarshal([]byte(head), &o); err != nil {
		return o, err
	}
	return o, o.take(rows)
}

// take takes in the lines of the rows, each as write writes it.
func (o *Outline) take(rows string) error {
	for line := range strings.Lines(rows) {
		if strings.Count(line, "\t") < outlineFields-1 {
			return fmt.Errorf("a line of an outline has fewer than %d fields", outlineFields)
		}
	}
	o.refs = rows
	o.indexIndicators()
	return nil
}

// indexIndicators takes the keys of the indicators out of the lines of rows.
func (o *Outline) indexIndicators() {
	plans := planNames{}
	for line := range strings.Lines(o.refs) {
		if !strings.HasPrefix(line, string(ingest.KindIndicator)+"\t") {
			continue
		}
		x := parseOutlineRow(strings.TrimSuffix(line, "\n"))
		if x.ref.Key == "" {
			continue
		}
		plan := plans.key(x.plan)
		at := slices.IndexFunc(o.indicators, func(p planIndicators) bool { return p.plan == plan })
		if at < 0 {
			at, o.indicators = len(o.indicators), append(o.indicators, planIndicators{plan: plan})
		}
		o.indicators[at].keys = append(o.indicators[at].keys, x.ref.Key+strings.ToUpper(x.part))
	}
}

// otherLine is a line of WriteOthers.
type otherLine struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Outline
	Lines string `json:"lines"` // of the rows
}

// WriteOthers writes what packs keep of other returns, a line of JSON for each;
// ParseOthers reads it. It fails where the writer does.
func WriteOthers(w io.Writer, others iter.Seq[Other]) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for o := range others {
		if err := e.Encode(otherLine{o.Name, o.SHA256, o.Outline, o.refs}); err != nil {
			return err
		}
	}
	return nil
}

// ParseOthers reads what WriteOthers writes; a mistake is told with its line.
func ParseOthers(b []byte) ([]Other, error) {
	var out []Other
	for line := range bytes.Lines(b) {
		var l otherLine
		err := json.Unmarshal(line, &l)
		if err == nil {
			err = l.take(l.Lines)
		}
		if err != nil {
			return nil, fmt.Errorf("read outlines, line %d: %w", len(out)+1, err)
		}
		out = append(out, Other{l.Name, l.SHA256, l.Outline})
	}
	return out, nil
}
