package transform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"
)

// thread is the golden thread of one year: which references some return, plan
// or register holds, of every board, and which of them somebody refers to.
type thread struct {
	held       map[string]bool // by reference key
	families   map[string]bool // families with a held reference: "NI", "CSDP"
	referred   map[string]bool // keys that an action or a risk refers to
	objectives map[string]bool // keys of the objectives that plans name, and their families
}

// newThread learns what all returns of the year up to this quarter hold: an
// action may serve the indicator of another board's plan.
func newThread(in Inputs, returns []ingest.Return) thread {
	t := thread{held: map[string]bool{}, families: map[string]bool{}, referred: map[string]bool{}, objectives: map[string]bool{}}
	for _, r := range returns {
		if r.Unusable || r.Period.Year != in.Period.Year || r.Period.Quarter > in.Period.Quarter {
			continue
		}
		eachOutlineRow(&r, func(x outlineRow) { t.learn(x, r.IsPlan()) })
	}
	for _, o := range in.Others {
		if o.Period.Year == in.Period.Year && o.Period.Quarter <= in.Period.Quarter {
			o.Outline.eachRow(func(x outlineRow) { t.learn(x, o.Planning) })
		}
	}
	for _, reg := range in.Register.Indicators {
		t.hold(ingest.NewRef(reg.Ref, "").Key)
		t.hold(ingest.NewRef(reg.Alias, "").Key)
	}
	return t
}

// learn takes in what a row holds and refers to.
func (t thread) learn(x outlineRow, ofPlan bool) {
	t.hold(x.ref.Key)
	if key := x.objective; key != "" {
		t.hold(key)
		t.objectives[key], t.objectives[family(key)] = t.objectives[key] || ofPlan, t.objectives[family(key)] || ofPlan
	}
	if x.part != "" {
		t.hold(x.ref.Key + strings.ToUpper(x.part))
	}
	t.refer(x.refers)
	t.refer(x.risks)
}

// eachRow calls f with every row of a return and the part of a two-part indicator.
func eachRow(r *ingest.Return, f func(row *ingest.Row, part string)) {
	for n := range r.Actions {
		f(&r.Actions[n].Row, "")
	}
	for n := range r.Indicators {
		f(&r.Indicators[n].Row, r.Indicators[n].Part)
	}
	for n := range r.Risks {
		f(&r.Risks[n].Row, "")
	}
}

func (t thread) hold(key string) {
	if key != "" {
		t.held[key] = true
		t.families[family(key)] = true
	}
}

func (t thread) refer(refs []ingest.Ref) {
	for _, r := range refs {
		t.referred[r.Key] = true
	}
}

// family is a reference's key up to its last number: "NI117" is of "NI", "FIN6-1.8" of "FIN6-1.".
func family(key string) string {
	at := strings.LastIndexFunc(key, func(c rune) bool { return c >= '0' && c <= '9' })
	for at > 0 && key[at-1] >= '0' && key[at-1] <= '9' {
		at--
	}
	return key[:max(at, 0)]
}

var objectiveLabel = regexp.MustCompile(`^(?:(?i:(?:key |service |strategic |corporate )?(?:objective|outcome|aim|priority|goal)) +)?([A-Z]{1,6} ?-?\d+(?:\.\d+)*|\d+(?:\.\d+)+)(?:[:. –-]|$)`)

// objectiveKey is the reference that an objective begins with ("CS1: Safe
// homes"), by itself; empty where it has none.
func objectiveKey(text string) string {
	m := objectiveLabel.FindStringSubmatch(ingest.OneLine(text))
	if m == nil {
		return ""
	}
	return ingest.NewRef(m[1], "").Key
}

// checkThread asks about references to what nobody holds, and tells what nobody refers to.
func (b *builder) checkThread(t thread, now *quarter) {
	for n := range b.returns {
		if r := &b.returns[n]; b.feeds(*r) {
			b.askReferences(t, r)
		}
	}
	b.tellUnreferred(t, now)
}

// dangling is a reference to what nobody holds, from one row.
type dangling struct {
	ref  ingest.Ref
	row  *ingest.Row
	what string // what it should be: "indicator", "risk", "row"
}

// askReferences asks about each reference to what nobody holds. Where nothing
// of its family was returned at all, the whole family stands in papers that
// were not: one note tells that.
func (b *builder) askReferences(t thread, r *ingest.Return) {
	absent := map[string][]dangling{} // by sheet, kind and family
	var order []string
	for _, d := range danglingOf(t, r) {
		if d.what == "objective" || t.families[family(d.ref.Key)] {
			at := d.ref.Cell
			if at == "" {
				at = d.row.Cell
			}
			b.find(ingest.Query, "reference-to-nothing", source(r, d.row.Sheet, at), b.spelling.Of(d.row.Ref), fmt.Sprintf("it refers to the %s %s, which no return, plan or register has", d.what, b.spelling.Of(d.ref)),
				"Correct the reference, or return what it refers to.")
			continue
		}
		key := d.row.Sheet + "\x00" + d.what + "\x00" + family(d.ref.Key)
		if absent[key] == nil {
			order = append(order, key)
		}
		absent[key] = append(absent[key], d)
	}
	for _, key := range order {
		b.tellAbsent(r, absent[key])
	}
}

// tellAbsent tells once of a family of references of which nothing was returned.
func (b *builder) tellAbsent(r *ingest.Return, list []dangling) {
	var refs []string
	for _, d := range list {
		if ref := b.spelling.Of(d.ref); !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	first := list[0]
	b.find(ingest.Note, "reference-to-nothing", source(r, first.row.Sheet, ""), "", fmt.Sprintf("rows refer to %s, and nothing of that family was returned or is in the register", namesOf(refs, first.what)),
		"Nothing needs doing if they stand in a document that is not returned.")
}

// namesOf is "the indicator NI 1", or "the indicators NI 1, NI 2 and 4 more".
func namesOf(refs []string, what string) string {
	if len(refs) == 1 {
		return "the " + what + " " + refs[0]
	}
	return "the " + what + "s " + enumerated(refs)
}

// enumerated names up to six and counts the rest.
func enumerated(names []string) string {
	const most = 6
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// danglingOf lists a return's references to what nobody holds.
func danglingOf(t thread, r *ingest.Return) []dangling {
	var out []dangling
	add := func(row *ingest.Row, what string, refs ...ingest.Ref) {
		for _, ref := range refs {
			if ref.Key != "" && !t.held[ref.Key] {
				out = append(out, dangling{ref, row, what})
			}
		}
	}
	for n := range r.Actions {
		a := &r.Actions[n]
		add(&a.Row, "indicator", a.Indicators...)
		add(&a.Row, "risk", a.Risks...)
	}
	for n := range r.Risks {
		add(&r.Risks[n].Row, "row", r.Risks[n].RefersTo...)
	}
	eachRow(r, func(row *ingest.Row, _ string) {
		if key := objectiveKey(row.Objective.Value); t.objectives[family(key)] && !t.objectives[key] {
			out = append(out, dangling{ingest.Ref{Written: key, Key: key, Cell: row.Objective.Cell}, row, "objective"})
		}
	})
	return out
}

// tellUnreferred tells for each plan whose actions refer to indicators or risks
// which of its own nobody refers to. A plan that does not use such references is left alone.
func (b *builder) tellUnreferred(t thread, now *quarter) {
	uses := map[string]bool{} // plan and kind
	for _, a := range now.actions {
		for _, ref := range a.Indicators {
			uses[a.Plan+"\x00indicator"] = uses[a.Plan+"\x00indicator"] || t.held[ingest.NewRef(ref, "").Key]
		}
		for _, ref := range a.Risks {
			uses[a.Plan+"\x00risk"] = uses[a.Plan+"\x00risk"] || t.held[ingest.NewRef(ref, "").Key]
		}
	}
	lost := map[string][]loose{}
	for _, i := range now.indicators {
		if key := i.Plan + "\x00indicator"; uses[key] && i.key != "" && !i.umbrella && !t.refersTo(i.key) {
			lost[key] = append(lost[key], loose{i.Ref, i.Source})
		}
	}
	for _, k := range b.risks() {
		if key := k.Plan + "\x00risk"; uses[key] && k.Ref != "" && len(k.RefersTo) == 0 && !t.refersTo(ingest.NewRef(k.Ref, "").Key) {
			lost[key] = append(lost[key], loose{k.Ref, k.Source})
		}
	}
	for _, key := range sortedKeys(lost) {
		_, kind, _ := strings.Cut(key, "\x00")
		b.tellLoose(kind, lost[key])
	}
}

// loose is a row that nobody refers to.
type loose struct {
	ref string
	at  Source
}

func (b *builder) tellLoose(kind string, list []loose) {
	var refs []string
	for _, l := range list {
		refs = append(refs, l.ref)
	}
	b.find(ingest.Note, "nobody-refers", list[0].at, list[0].ref, fmt.Sprintf("no action or risk refers to %s of the plan", namesOf(refs, kind)), "Nothing needs doing if nothing in the plan serves them.")
}

// refersTo reports whether somebody refers to a row: for the part of an indicator, also to the whole.
func (t thread) refersTo(key string) bool {
	return t.referred[key] || t.referred[strings.TrimRight(key, "AB")]
}
