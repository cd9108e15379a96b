package transform

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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
	Plans    []string      `json:"plans"` // of its rows and narrative, sorted
	Hash     string        `json:"hash"`  // of all that it says to those packs

	Indicators map[string][]string `json:"indicators"` // of each plan the keys of its indicators, with their part

	refs string // a line for each row: see outlineRow
}

// OutlineOf is the outline of a return as decisions settle it.
func OutlineOf(r ingest.Return) Outline {
	o := Outline{Period: r.Period, PeriodBy: r.PeriodBy, Plan: r.Plan, Planning: r.IsPlan(), Nil: r.Nil, Unusable: r.Unusable, Rows: r.Rows().All()}
	o.Indicators = map[string][]string{}
	plans := map[string]bool{}
	var lines strings.Builder
	note := func(x outlineRow) {
		plans[x.plan] = true
		x.write(&lines)
	}
	for n := range r.Actions {
		a := &r.Actions[n]
		note(outlineRow{kind: ingest.KindAction, plan: a.Plan, sheet: a.Sheet, ref: a.Ref, objective: objectiveKey(a.Objective.Value), refers: a.Indicators, risks: a.Risks})
	}
	for n := range r.Indicators {
		i := &r.Indicators[n]
		if i.Ref.Key != "" {
			o.Indicators[i.Plan] = append(o.Indicators[i.Plan], i.Ref.Key+strings.ToUpper(i.Part))
		}
		note(outlineRow{kind: ingest.KindIndicator, plan: i.Plan, sheet: i.Sheet, ref: i.Ref, part: i.Part, objective: objectiveKey(i.Objective.Value)})
	}
	for n := range r.Risks {
		k := &r.Risks[n]
		note(outlineRow{kind: ingest.KindRisk, plan: k.Plan, sheet: k.Sheet, ref: k.Ref, objective: objectiveKey(k.Objective.Value), refers: k.RefersTo})
	}
	for n := range r.Narrative {
		plans[r.Narrative[n].Plan] = true
	}
	o.Plans, o.refs = sortedKeys(plans), lines.String()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%q\n%t %t %t\n%s", o.Period, o.Plan, o.Planning, o.Nil, o.Unusable, o.refs))
	o.Hash = hex.EncodeToString(sum[:])
	return o
}

// Concerns reports whether the return holds anything of a plan that the board
// reads, or whether that cannot be said.
func (o Outline) Concerns(b Board) bool {
	return b.Reads(o.Plan) || slices.ContainsFunc(o.Plans, b.Reads)
}

// Bears reports whether the return can change a quarter's packs: one of that
// quarter or an earlier one (for movement, and for dates that moved), a plan up
// to its year, or one whose period is not settled.
func (o Outline) Bears(p ingest.Period) bool {
	switch {
	case o.unsettled():
		return true
	case o.Planning:
		return o.Period.Year <= p.Year
	}
	return o.Period.Compare(p) <= 0
}

// unsettled reports whether every board is told of the return, as nobody can say whose it is.
func (o Outline) unsettled() bool { return o.Unusable || !o.Period.Known() && !o.Planning }

// Feeding tells, of the outlines of returns that bear on a board's pack, which
// returns feed it with more than their outline: those of its plans, those of
// which nobody can say whose they are, and those that hold an indicator of its
// plans too.
func Feeding(b Board, bearing []Outline) []bool {
	feeds := make([]bool, len(bearing))
	own := map[string]bool{}
	for n, o := range bearing {
		feeds[n] = o.unsettled() || o.Concerns(b)
		for plan, keys := range o.Indicators {
			if !b.Reads(plan) {
				continue
			}
			for _, key := range keys {
				own[key] = true
			}
		}
	}
	for n, o := range bearing {
		feeds[n] = feeds[n] || o.holdsAny(own)
	}
	return feeds
}

func (o Outline) holdsAny(indicators map[string]bool) bool {
	for _, keys := range o.Indicators {
		if slices.ContainsFunc(keys, func(key string) bool { return indicators[key] }) {
			return true
		}
	}
	return false
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

func parseOutlineRow(line string) (outlineRow, error) {
	f := strings.Split(line, "\t")
	if strings.Contains(line, `\`) {
		for n := range f {
			f[n] = fieldUnescapes.Replace(f[n])
		}
	}
	if len(f) < outlineFields || len(f)%2 != 0 {
		return outlineRow{}, fmt.Errorf("a line of an outline has %d fields", len(f))
	}
	x := outlineRow{kind: ingest.Kind(f[0]), plan: f[1], sheet: f[2], part: f[3], objective: f[4], ref: ingest.Ref{Written: f[5], Key: f[6]}}
	var refs []ingest.Ref
	for rest := f[outlineFields:]; len(rest) > 0; rest = rest[2:] {
		refs = append(refs, ingest.Ref{Written: rest[0], Key: rest[1]})
	}
	n, err := strconv.Atoi(f[outlineFields-1])
	if err != nil || n < 0 || n > len(refs) {
		return outlineRow{}, fmt.Errorf("a line of an outline refers to %q others", f[outlineFields-1])
	}
	x.refers, x.risks = refs[:n], refs[n:]
	return x, nil
}

// Return gives a return of that name and hash that says no more than its
// outline: rows with references and nothing else.
func (o Outline) Return(name, sum string) (ingest.Return, error) {
	r := ingest.Return{Name: name, SHA256: sum, Period: o.Period, PeriodBy: o.PeriodBy, Plan: o.Plan, Planning: o.Planning, Nil: o.Nil, Unusable: o.Unusable}
	for line := range strings.Lines(o.refs) {
		x, err := parseOutlineRow(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return r, fmt.Errorf("read the outline of %s: %w", name, err)
		}
		x.addTo(&r)
	}
	return r, nil
}

func (x outlineRow) addTo(r *ingest.Return) {
	row := ingest.Row{Place: ingest.Place{Workbook: r.Name, Sheet: x.sheet}, Ref: x.ref, Plan: x.plan, Objective: ingest.Text{Value: x.objective}}
	switch x.kind {
	case ingest.KindAction:
		r.Actions = append(r.Actions, ingest.Action{Row: row, Indicators: x.refers, Risks: x.risks})
	case ingest.KindIndicator:
		r.Indicators = append(r.Indicators, ingest.Indicator{Row: row, Part: x.part})
	case ingest.KindRisk:
		r.Risks = append(r.Risks, ingest.Risk{Row: row, RefersTo: x.refers})
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
	o.refs = string(rows)
	return o, json.Unmarshal(head, &o)
}
