package transform

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"
)

// Decision is what a person settled: one line of decisions.jsonl. Later lines
// win over earlier ones about the same thing.
type Decision struct {
	At   string `json:"at"`   // RFC 3339, when it was made
	Who  string `json:"who"`  // name or post
	Kind string `json:"kind"` // one of the kinds below

	Workbook string `json:"workbook,omitempty"` // explanation, period
	Sheet    string `json:"sheet,omitempty"`
	Cell     string `json:"cell,omitempty"`
	Check    string `json:"check,omitempty"` // explanation: of which finding
	Saw      string `json:"saw,omitempty"`   // explanation: holds while the finding says this

	Ref     string `json:"ref,omitempty"`     // override, comment, redate
	Plan    string `json:"plan,omitempty"`    // of these: of one plan; empty means every plan
	Quarter string `json:"quarter,omitempty"` // "2007/08 Q4": of override, comment; since when redate holds; the period settled by period
	Light   Light  `json:"light,omitempty"`   // override
	Due     string `json:"due,omitempty"`     // redate: the new date, 2009-03-31

	Board   string `json:"board,omitempty"`   // publication, supersession: the id of the board whose pack it is; Quarter is the pack's
	Version int    `json:"version,omitempty"` // of these: the number of the final version
	Draft   int    `json:"draft,omitempty"`   // publication: the number of the draft that the final was made of
	By      int    `json:"by,omitempty"`      // supersession: the number of the final in its place; 0 where there is none
	SHA256  string `json:"sha256,omitempty"`  // of these: of the final's manifest

	Text string `json:"text,omitempty"` // the explanation, the reason or the comment

	officer *ingest.Explanation // what the decision was made of, where an officer wrote it in the workbook
}

// The kinds of decisions. The last two are about versions of packs, and change
// the content of none.
const (
	DecideExplanation  = "explanation"
	DecideOverride     = "override"
	DecideComment      = "comment"
	DecidePeriod       = "period"
	DecideRedate       = "redate"
	DecidePublication  = "publication"
	DecideSupersession = "supersession"
)

// ParseDecisions reads decisions.jsonl; a mistake is told with its line.
func ParseDecisions(b []byte) ([]Decision, error) {
	var out []Decision
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	lines.Buffer(nil, 4<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		d, err := ParseDecision(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("read decisions, line %d: %w", n, err)
		}
		out = append(out, d)
	}
	return out, lines.Err()
}

// ParseDecision reads one line.
func ParseDecision(line []byte) (Decision, error) {
	var d Decision
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return d, err
	}
	if dec.More() {
		return d, fmt.Errorf("two decisions stand on one line; put each on a line of its own")
	}
	return d, d.Validate()
}

// Validate says what a decision lacks.
func (d Decision) Validate() error {
	need := func(what, value string) error {
		if strings.TrimSpace(value) == "" {
			return fmt.Errorf("a decision of kind %q needs %s", d.Kind, what)
		}
		return nil
	}
	wants := map[string][][2]string{
		DecideExplanation:  {{"who", d.Who}, {"workbook", d.Workbook}, {"check", d.Check}, {"text", d.Text}},
		DecideOverride:     {{"who", d.Who}, {"ref", d.Ref}, {"quarter", d.Quarter}, {"light", string(d.Light)}, {"text (the reason)", d.Text}},
		DecideComment:      {{"who", d.Who}, {"ref", d.Ref}, {"quarter", d.Quarter}, {"text", d.Text}},
		DecidePeriod:       {{"who", d.Who}, {"workbook", d.Workbook}, {"quarter", d.Quarter}},
		DecideRedate:       {{"who (who approved it)", d.Who}, {"ref", d.Ref}, {"quarter", d.Quarter}, {"due (the new date)", d.Due}, {"text (the reason)", d.Text}},
		DecidePublication:  {{"who", d.Who}, {"board", d.Board}, {"quarter", d.Quarter}, {"version", versionText(d.Version)}, {"draft", versionText(d.Draft)}, {"sha256 (of the manifest)", d.SHA256}},
		DecideSupersession: {{"who", d.Who}, {"board", d.Board}, {"quarter", d.Quarter}, {"version", versionText(d.Version)}, {"text (the reason)", d.Text}},
	}[d.Kind]
	if wants == nil {
		return fmt.Errorf("kind is %q; use %s, %s, %s, %s or %s; publish and supersede write %s and %s", d.Kind, DecideExplanation, DecideOverride, DecideComment, DecidePeriod, DecideRedate,
			DecidePublication, DecideSupersession)
	}
	for _, w := range wants {
		if err := need(w[0], w[1]); err != nil {
			return err
		}
	}
	if d.Kind == DecideOverride && !d.Light.IsColour() && !slices.Contains(States, d.Light) {
		return fmt.Errorf("light is %q; use green, amber, red, blue or a state such as \"not due\"", d.Light)
	}
	if _, err := ingest.ParseDate(d.Due); d.Due != "" && err != nil {
		return fmt.Errorf("due: %w", err)
	}
	if d.ofRow() && ingest.NewRef(d.Ref, "").IsZero() {
		return fmt.Errorf("ref is %q; give the reference of a row", d.Ref)
	}
	if p := ingest.PeriodIn(d.Quarter).Period; d.Quarter != "" && !p.Known() {
		return fmt.Errorf("quarter is %q; write it as \"2007/08 Q4\"", d.Quarter)
	}
	return nil
}

// versionText is the number of a version as text; empty for none.
func versionText(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Period is the quarter that the decision is about; unknown for an explanation.
func (d Decision) Period() ingest.Period { return ingest.PeriodIn(d.Quarter).Period }

// ofRow reports whether a decision is about a row and not about a workbook.
func (d Decision) ofRow() bool {
	return d.Kind == DecideOverride || d.Kind == DecideComment || d.Kind == DecideRedate
}

// OfVersion reports whether a decision is about a version of a pack, such as a
// publication; it bears on the content of no pack.
func (d Decision) OfVersion() bool {
	return d.Kind == DecidePublication || d.Kind == DecideSupersession
}

// Concerns reports whether a decision about a row can change the pack of a
// quarter: an override or a comment of it or of the quarter before, which
// movement is against, or a date that was moved by then.
func (d Decision) Concerns(p ingest.Period) bool {
	at := d.Period()
	return d.ofRow() && (at == p || at == p.Before() || d.Kind == DecideRedate && at.Compare(p) <= 0)
}

// about reports whether a decision is about a plan's row in a quarter.
func (d Decision) about(plan string, p ingest.Period) bool { return d.Period() == p && d.ofPlan(plan) }

// ofPlan reports whether a decision holds for a plan's row.
func (d Decision) ofPlan(plan string) bool { return d.Plan == "" || planKey(d.Plan) == planKey(plan) }

// decidedOf is what decisions about a row are found by: their kind and the row's key.
type decidedOf struct{ kind, key string }

// byRow finds the decisions about rows, in their order.
func byRow(decisions []Decision) map[decidedOf][]Decision {
	found := map[decidedOf][]Decision{}
	for _, d := range decisions {
		if d.ofRow() {
			of := decidedOf{d.Kind, ingest.NewRef(d.Ref, "").Key}
			found[of] = append(found[of], d)
		}
	}
	return found
}

// explains reports whether a decision settles a finding: the same place and
// check, and still the same thing seen.
//
// A finding that stands for several cells says so at its end; given back whole,
// it settles every cell of the column that the same was seen of.
//
// What an officer wrote in the workbook settles a query alone: no error can be
// explained away by whoever made it.
func (d Decision) explains(f ingest.Finding) bool {
	if d.officer != nil {
		return f.Severity == ingest.Query && d.officer.Of(f)
	}
	if d.Kind != DecideExplanation || d.Workbook != f.Workbook || d.Sheet != f.Sheet || d.Check != f.Check {
		return false
	}
	saw, group := ingest.SawOfGroup(d.Saw)
	if group {
		return saw == f.Saw && ingest.SameColumn(d.Cell, f.Cell)
	}
	return d.Cell == f.Cell && (d.Saw == "" || d.Saw == f.Saw)
}

// Settle applies decisions to what was read: a period that contradicted itself,
// and figures in doubt that somebody has explained, in the log or in the workbook
// itself; the log comes last. The returns given are not changed.
func Settle(returns []ingest.Return, decisions []Decision) []ingest.Return {
	out := slices.Clone(returns)
	for i := range out {
		out[i].Findings = slices.Clone(out[i].Findings)
		for _, d := range slices.Concat(officersOf(out[i]), decisions) {
			applyTo(&out[i], d)
		}
	}
	return out
}

// officersOf makes decisions of what the officer wrote in the marked copy of a
// return. They stand in its bytes, and are made again each time that it is read.
func officersOf(r ingest.Return) []Decision {
	var out []Decision
	for _, e := range r.Explanations {
		out = append(out, Decision{Who: "officer's workbook", Kind: DecideExplanation, Workbook: e.Workbook, Sheet: e.Sheet, Cell: e.Cell,
			Check: e.Check, Saw: e.Saw, Text: e.Text, officer: &e})
	}
	return out
}

func applyTo(r *ingest.Return, d Decision) {
	if d.Kind == DecidePeriod && d.Workbook == r.Name {
		r.Period, r.PeriodBy, r.Unusable = d.Period(), "a decision of "+d.Who, false
		for i := range r.Findings {
			if f := &r.Findings[i]; strings.HasPrefix(f.Check, "period-") {
				f.Severity, f.Explanation = ingest.Note, d.Who+": it is "+d.Period().String()
			}
		}
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; d.explains(*f) {
			f.Explanation = d.Who + ": " + d.Text
			clearDoubts(r, f.Sheet, f.Cell)
		}
	}
}

// clearDoubts lets figures of a cell be judged.
func clearDoubts(r *ingest.Return, sheet, cell string) {
	r.Indicators = slices.Clone(r.Indicators)
	for n := range r.Indicators {
		i := &r.Indicators[n]
		if i.Sheet != sheet {
			continue
		}
		for _, f := range []*ingest.Figure{&i.Target, &i.Outturn, &i.YearToDate, &i.LastYear} {
			if f.Cell == cell {
				f.Doubt = ""
			}
		}
		i.Quarters = slices.Clone(i.Quarters)
		for q := range i.Quarters {
			for _, f := range []*ingest.Figure{&i.Quarters[q].Target, &i.Quarters[q].Outturn} {
				if f.Cell == cell {
					f.Doubt = ""
				}
			}
		}
	}
}
