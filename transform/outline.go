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

	Indicators map[string][]string `json:"-"` // of each plan the keys of its indicators, with their part; as the lines of rows say

	refs string // a line for each row: see outlineRow
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
	holders  map[string][]int // by the key of an indicator the returns that hold it
}

// NewCatalogue makes the catalogue of outlines, which are told by their place among them.
func NewCatalogue(outlines []Outline) Catalogue {
	c := Catalogue{outlines, map[string][]int{}}
	for n, o := range outlines {
		for _, keys := range o.Indicators {
			for _, key := range keys {
				c.holders[key] = append(c.holders[key], n)
			}
		}
	}
	return c
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
	for n := range c.outlines {
		o := &c.outlines[n]
		if !o.Bears(p) || !may(n) {
			continue
		}
		out = append(out, Bearing{Of: n})
		if !o.unsettled() && !o.concerns(plans) {
			continue
		}
		whole[n] = true
		for plan, keys := range o.Indicators {
			if plans.reads(plan) {
				c.markHolders(keys, whole)
			}
		}
	}
	for n := range out {
		out[n].Whole = whole[out[n].Of]
	}
	return out
}

func (c Catalogue) markHolders(keys []string, marked []bool) {
	for _, key := range keys {
		for _, n := range c.holders[key] {
			marked[n] = true
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
	f := strings.Split(line, "\t")
	if strings.Contains(line, `\`) {
		for n := range f {
			f[n] = fieldUnescapes.Replace(f[n])
		}
	}
	x := outlineRow{kind: ingest.Kind(f[0]), plan: f[1], sheet: f[2], part: f[3], objective: f[4], ref: ingest.Ref{Written: f[5], Key: f[6]}}
	if len(f) == outlineFields {
		return x
	}
	var refs []ingest.Ref
	for rest := f[outlineFields:]; len(rest) > 1; rest = rest[2:] {
		refs = append(refs, ingest.Ref{Written: rest[0], Key: rest[1]})
	}
	n, _ := strconv.Atoi(f[outlineFields-1])
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
func (o Outline) Text() ([]byte, error) {
	b, err := json.Marshal(o)
	return append(append(b, '\n'), o.refs...), err
}

// ParseOutline reads what Text gives.
func ParseOutline(b []byte) (Outline, error) {
	var o Outline
	head, rows, ok := bytes.Cut(b, []byte("\n"))
	if !ok {
		return o, errors.New("it is no outline of a return")
	}
	if err := json.Unmarshal(head, &o); err != nil {
		return o, err
	}
	return o, o.take(string(rows))
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
	o.Indicators = map[string][]string{}
	plans := planNames{}
	o.eachRow(func(x outlineRow) {
		if x.kind == ingest.KindIndicator && x.ref.Key != "" {
			plan := plans.key(x.plan)
			o.Indicators[plan] = append(o.Indicators[plan], x.ref.Key+strings.ToUpper(x.part))
		}
	})
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
