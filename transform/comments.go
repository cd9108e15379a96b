package transform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// checkComments asks where a row's comment and its light or figures do not say
// the same, and where a red row has none.
func (b *builder) checkComments(now *quarter) {
	spoken := b.spokenFor(now)
	for _, a := range now.actions {
		b.askLate(&a.Row)
		b.askRed(&a.Row, a.key, spoken)
	}
	for _, i := range now.indicators {
		b.askLate(&i.Row)
		b.askRed(&i.Row, i.key, spoken)
		b.askNumbers(i)
	}
}

// askRed asks for the comment of a red row. A comment of another row of its
// plan, or a text of the plan, that names the row speaks for it.
func (b *builder) askRed(r *Row, key string, spoken map[string]string) {
	if r.Light != Red || strings.TrimSpace(r.Comment) != "" {
		return
	}
	if key != "" {
		r.SpokenFor = spoken[planKey(r.Plan)+"\x00"+key]
	}
	if r.SpokenFor == "" {
		b.find(ingest.Query, "red-without-comment", r.Source, r.Ref, "the light is red and the comment is empty", "Say why, and what is being done.")
	}
}

// spokenFor gives, by plan and reference, the first comment of another row or
// text of the narrative that names a row ("CSD P018 - 20"), with where it stands.
func (b *builder) spokenFor(now *quarter) map[string]string {
	out := map[string]string{}
	hear := func(plan, where, text string) {
		for _, ref := range ingest.ParseRefs(text, "") {
			if key := planKey(plan) + "\x00" + ref.Key; out[key] == "" {
				out[key] = strings.TrimPrefix(where+": "+text, ": ")
			}
		}
	}
	for _, a := range now.actions {
		hear(a.Plan, a.Shown, a.Comment)
	}
	for _, i := range now.indicators {
		hear(i.Plan, i.Shown, i.Comment)
	}
	for _, n := range b.narrative() {
		hear(n.Plan, n.Heading, n.Text)
	}
	return out
}

// Words that say that something is late or missed, and words around them that
// take that back: the delay is over, was avoided, or is somebody else's past.
var (
	lateWords = regexp.MustCompile(`\b(?:(?:is|are|was|were|been|be|being|further|some|long|slight|slightly|significant|significantly|a|now) (?:\w+ )?delay(?:ed|s)?|delay(?:s|ed)? (?:to|in|of|until|by|due|because|caused)|` +
		`behind (?:schedule|plan|target|profile|programme)|slipp(?:ed|age|ing)|(?:is|are|was|were|been) (?:\w+ )?(?:overdue|late|deferred|postponed)|now overdue|running late|` +
		`missed (?:(?:its|the|our|this|their) )?(?:target|deadline|date|milestone)|(?:not|will not|won't|cannot|can't|unlikely to|failed to) (?:be )?(?:met|meet|achieved?|completed?|finish(?:ed)?|delivered?)|` +
		`(?:has|have) not (?:yet )?(?:started|begun|been (?:met|achieved|completed|delivered|started))|off (?:track|target)|fallen behind)\b`)
	lateNot = regexp.MustCompile(`\b(?:no|not|nor|without|never|despite|in spite of|avoid\w*|prevent\w*|reduc\w*|fewer|less|fell|no longer|overc[ao]me|recovered|resolved|made up|caught up|complete[d]?|finished|done|on track|on course|back on|` +
		`although|though|after|following|initial(?:ly)?|earlier|previous(?:ly)?|had|last (?:year|quarter)|risk|if|unless|could|may (?:be|have|yet|slip|fall|need)|might|would|national(?:ly)?|payments?|transfers?|discharges?)\b`)
	sentenceEnd = regexp.MustCompile(`[.!?;\n]+(?:\s|$)`)
)

// askLate asks about a green row whose comment says that it is late or missed.
// Only plain sentences count: a word that takes it back, or a condition, ends the doubt.
func (b *builder) askLate(r *Row) {
	if r.Light != Green && r.Light != Blue {
		return
	}
	for _, s := range sentenceEnd.Split(r.Comment, -1) {
		folded := ingest.Fold(s)
		said := lateWords.FindString(folded)
		if said == "" || lateNot.MatchString(strings.Replace(folded, said, " ", 1)) {
			continue
		}
		b.find(ingest.Query, "comment-says-late", r.Source, r.Ref, fmt.Sprintf("the light is %s and the comment says '%s'", r.Light, excerpt(ingest.OneLine(s))),
			"Correct the light or the comment.")
		return
	}
}

// excerpt is a text of at most twelve words.
func excerpt(s string) string {
	words := strings.Fields(s)
	if len(words) > 12 {
		return strings.Join(words[:12], " ") + " …"
	}
	return s
}

// Numbers of a comment that say what they are of. Numbers of another time,
// place or plan say so nearby and are left alone.
var (
	saidOutturn = regexp.MustCompile(`\b(?:outturn|actual|performance|result|achieved|achievement|figure|rate|currently|stands|stood)\b[^.;,%£\d]{0,24}?\b(?:is|was|of|at|to|reached|stands at|stood at)? ?(£?-?\d[\d,]*(?:\.\d+)?) ?(%|per ?cent)?`)
	saidTarget  = regexp.MustCompile(`\b(?:the|our|a|year's|annual|quarterly|quarter) target (?:of|is|was|being|:) ?(£?-?\d[\d,]*(?:\.\d+)?) ?(%|per ?cent)?`)
	elsewhere   = regexp.MustCompile(`\b(?:last|previous|prior|compared|against last|from|england|national|nationally|regional|average|benchmark|neighbours?|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|quarter [1-4]|year to date|ytd|cumulative|so far|provisional|forecast|expect\w*|projected|predicted|estimated?|aim|hope|by (?:20|the)|20\d\d|boys|girls|between|of which|improv\w+ (?:by|of)|increase\w* (?:by|of)|(?:fell|rose|up|down) by)\b`)
	otherTarget = regexp.MustCompile(`\b(?:20\d\d|next year|last year|national|long[- ]term|stretch|was previously|laa|revised|original(?:ly)?)\b`)
)

// askNumbers asks about a number of a comment that its words call this row's
// outturn or target and that is neither.
func (b *builder) askNumbers(i *judgedIndicator) {
	if i.Outturn == nil {
		return
	}
	for _, s := range sentenceEnd.Split(i.Comment, -1) {
		folded := ingest.Fold(s)
		what, said := "", decimal.Decimal{}
		if m := saidTarget.FindStringSubmatch(folded); m != nil && !otherTarget.MatchString(folded) {
			if d, ok := numberSaid(m, i.Unit); ok && !i.has(d) {
				what, said = "target", d
			}
		}
		if m := saidOutturn.FindStringSubmatch(folded); what == "" && m != nil && !elsewhere.MatchString(folded) && !strings.Contains(m[0], "target") {
			if d, ok := numberSaid(m, i.Unit); ok && !i.has(d) {
				what, said = "outturn", d
			}
		}
		if what == "" {
			continue
		}
		at := i.Outturn
		if what == "target" && i.Target != nil {
			at = i.Target
		}
		b.find(ingest.Query, "comment-contradicts", i.Source, i.Ref, fmt.Sprintf("the comment gives %s as the %s ('%s'); the table has %s", withUnit(said, i.Unit), what, excerpt(ingest.OneLine(s)), withUnit(at.Number, i.Unit)),
			"Correct the one that is wrong.")
		return
	}
}

// numberSaid is the number of a sentence where it is in the indicator's unit:
// only a percentage, or a sum of money, says so beyond doubt.
func numberSaid(m []string, unit string) (decimal.Decimal, bool) {
	text := strings.ReplaceAll(m[1], ",", "")
	money := strings.HasPrefix(text, "£")
	d, err := decimal.NewFromString(strings.TrimPrefix(text, "£"))
	if err != nil {
		return d, false
	}
	switch unitKey(unit) {
	case "%":
		return d, m[2] != "" && !money
	case "£":
		return d, money
	}
	return d, false
}

// has reports whether a number is one of the row's figures, at the decimals
// with which it is said, rounded either way: 42.5 is said as 42 and as 43.
func (i *judgedIndicator) has(d decimal.Decimal) bool {
	figures := []*Figure{i.Outturn, i.Target, i.YearTarget, i.YearToDate, i.LastYear, i.Benchmark, i.Before}
	if slices.ContainsFunc(figures, func(f *Figure) bool { return f != nil && saidAs(f.Number, d) }) {
		return true
	}
	return slices.ContainsFunc(i.Series, func(p Point) bool { return saidAs(p.Number, d) })
}

func saidAs(figure, said decimal.Decimal) bool {
	return figure.Sub(said).Abs().LessThan(decimal.New(1, min(said.Exponent(), 0)))
}
