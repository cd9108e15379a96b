package workbook

import (
	"regexp"
	"strings"

	"boardpack/ingest"
)

// heading is what the words of one header cell say: the roles they could
// mean, and the period of the figures below.
type heading struct {
	text   string // as written, header rows joined by " / "
	words  string // the text's words alone
	period ingest.Period
	scores map[string]float64 // role → how well the words fit
	bare   bool               // nothing is left but the period: "Quarter 2"

	monthly bool   // of one month, which makes no quarter
	group   string // words of the header rows above, where the lowest says what the column is
}

// maxHeader is the longest text that is taken for a header cell.
const maxHeader = 160

var (
	brackets = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)
)

// readHeading scores a header cell's words without their year and quarter.
// Words in brackets count only where those outside say nothing.
func (v *Vocabulary) readHeading(text ingest.Phrase) heading {
	folded := text.Folded
	h := heading{text: text.Line, words: wordsOf(folded)}
	if folded == "" || len(folded) > maxHeader {
		return h
	}
	outside, words := outsideOf(folded), h.words
	if outside != folded || ingest.MayNamePeriod(folded) {
		h.period = headerPeriod(outside)
		if h.period == (ingest.Period{}) && outside != folded {
			h.period = headerPeriod(folded)
		}
		words = wordsOnly(withoutHeaderPeriod(outside))
	}
	h.bare = (words == "" || words == "total" && h.period.Quarter != 0) && h.period != (ingest.Period{})
	h.scores = v.scoresOfHalves(words, outside)
	if outside == folded {
		h.notYet(folded)
		return h
	}
	if inside := insideOf(folded); isGroup(inside) {
		h.group = inside
		h.scores = v.scoresBehind(h, inside)
	}
	for role, s := range v.scores(withoutHeaderPeriod(folded)) {
		if s-0.1 > h.scores[role] {
			if h.scores == nil {
				h.scores = map[string]float64{}
			}
			h.scores[role] = s - 0.1
		}
	}
	h.notYet(folded)
	return h
}

// scoresOfHalves scores the words of a header; of one in two languages ("Targed
// / Target") the half that says something.
func (v *Vocabulary) scoresOfHalves(words, header string) map[string]float64 {
	first, second, ok := strings.Cut(header, "/")
	if !ok || strings.Contains(second, "/") {
		return v.scoresOf(words)
	}
	one, two := heading{scores: v.scores(wordsOnly(withoutHeaderPeriod(first)))}, heading{scores: v.scores(wordsOnly(withoutHeaderPeriod(second)))}
	_, a := one.best()
	_, b := two.best()
	switch {
	case a >= sureHalf && b == 0 && isWord(second):
		return one.scores
	case b >= sureHalf && a == 0 && isWord(first):
		return two.scores
	}
	return v.scoresOf(words)
}

// sureHalf is how well half of a header must fit, where the other half says nothing that is known.
const sureHalf = 0.9

// isWord reports whether a text is words: a letter or a sign says nothing in another language.
func isWord(s string) bool { return len(wordsOnly(s)) > 2 }

var toCome = regexp.MustCompile(`\b(?:projected|projection|forecast|predicted|estimated|expected|anticipated|likely)\b`)

var (
	sinceThen = regexp.MustCompile(`\b(?:since|against|from|than|on|with|to|vs|versus) (?:the )?(?:last|previous|prior)\b`)
	dayDone   = regexp.MustCompile(`\bactual (?:completion |end |finish )?date\b|\bdate (?:completed|achieved)\b|\bcompleted on\b`)
	ofBefore  = regexp.MustCompile(`\b(?:previous|prior|prev|old|last quarter|last quarter's|last qtr|last period|last month)\b`)
)

// insideOf is what a header has in brackets at its end: "(last year)", "(England)".
func insideOf(folded string) string {
	at := strings.LastIndexAny(folded, "([")
	if at < 0 || !strings.HasSuffix(folded, ")") && !strings.HasSuffix(folded, "]") {
		return ""
	}
	return strings.TrimSpace(folded[at+1 : len(folded)-1])
}

// isGroup reports whether words in brackets may say whose or when a figure is,
// and not its unit or its quarter.
func isGroup(inside string) bool {
	words := wordsOnly(inside)
	return len(words) > 1 && len(words) < 30 && !harmlessInside.MatchString(words) && headerPeriod(inside) == (ingest.Period{})
}

var harmlessInside = regexp.MustCompile(`^(?:%|n|no|number|numbers|per cent|percent|percentage|count|rag|r a g|brag|ragb|days|weeks|months|hours|units?|k|m|000s?|s|max \d+.*|if .*|e g .*|or .*|please .*|see .*|h m l|y n|yes no|.*rag.*|.*light.*|dd mm.*|date)$`)

// scoresBehind are a header's scores with what its brackets say: the actual of last year, or of England.
func (v *Vocabulary) scoresBehind(h heading, inside string) map[string]float64 {
	upper := heading{text: inside, scores: v.scores(wordsOnly(withoutHeaderPeriod(inside)))}
	if before := ofBefore.MatchString(inside) || yearBefore.MatchString(inside); before && !sinceThen.MatchString(inside) {
		words := "last quarter"
		if yearBefore.MatchString(inside) {
			words = "last year"
		}
		return scoresWhen(h, words)
	}
	out := map[string]float64{}
	for role, s := range h.scores {
		if under := roleOfRow(upper, role); under != "" {
			out[under] = max(out[under], s)
		}
	}
	return out
}

var yearBefore = regexp.MustCompile(`\b(?:(?:last|previous|prior|prev) (?:year|yr)|ly|py)\b`)

// notYet takes a figure that is still to come, or a state of the quarter
// before, for what it is: never this quarter's.
func (h *heading) notYet(folded string) {
	if len(h.scores) == 0 {
		return
	}
	if ingest.HasAny(folded, "actual", "date", "completed") && dayDone.MatchString(folded) {
		delete(h.scores, "due")
	}
	before := ingest.HasAny(folded, "last", "prev", "prior", "old ")
	since := before && sinceThen.MatchString(folded)
	if before && !since && ofBefore.MatchString(folded) {
		for _, role := range []string{"status", "light", "comment", "forecast", "outturn", "target", "profile", "year_to_date"} {
			delete(h.scores, role)
		}
	}
	if since {
		delete(h.scores, "outturn")
	}
	if !ingest.HasAny(folded, "project", "forecast", "predicted", "estimated", "expected", "anticipated", "likely") || !toCome.MatchString(folded) {
		return
	}
	for _, role := range []string{"outturn", "target", "profile", "year_to_date", "last_year", "light"} {
		delete(h.scores, role)
	}
}

// outsideOf is a header without what stands in brackets.
func outsideOf(folded string) string {
	if !strings.ContainsAny(folded, "([") {
		return folded
	}
	return ingest.OneLine(brackets.ReplaceAllString(folded, " "))
}

func headerPeriod(folded string) ingest.Period {
	p := ingest.Phrase{Line: folded, Folded: folded}.Period().Period
	if p.Quarter == 0 {
		p.Quarter = ingest.QuarterOfMonths(folded)
	}
	return p
}

func withoutHeaderPeriod(folded string) string {
	return ingest.WithoutPeriod(ingest.WithoutMonths(folded))
}

// best is the role that the words fit best, with its score; of equals the first by name.
func (h heading) best() (string, float64) {
	role, top := "", 0.0
	for r, s := range h.scores {
		if s > top || s == top && s > 0 && r < role {
			role, top = r, s
		}
	}
	return role, top
}

func sortedScores(m map[string]float64) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	for i := 1; i < len(keys); i++ {
		for j := i; j > 0 && keys[j] < keys[j-1]; j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
	return keys
}

// strong is how well a header's words must fit to count towards a header row.
const strong = 0.6
