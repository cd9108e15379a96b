package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// Ref is a reference as written, with its key for matching.
type Ref struct {
	Written string // as the cell has it, stray spaces apart
	Key     string // upper case, without spaces: equal keys are the same reference
	Cell    string
}

// IsZero reports whether there is no reference.
func (r Ref) IsZero() bool { return r.Key == "" }

// NewRef makes a reference from a cell's text.
func NewRef(text, cell string) Ref {
	t := strings.TrimRight(OneLine(text), ":;,. ")
	return Ref{Written: t, Key: refKey(t), Cell: cell}
}

func refKey(s string) string {
	s, _ = FoldLetters(s)
	return strings.Map(func(r rune) rune {
		switch r {
		case '–', '—', '−', '‐', '‑':
			return '-'
		}
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

// LooksLikeRef reports whether a text has the shape of a reference: a few
// letters and a number ("NI 117", "CSD P003", "POL6-1.11") or a numbered
// paragraph ("2.1.3").
func LooksLikeRef(text string) bool {
	return hasDigit(text) && Phrase{Line: OneLine(text)}.LooksLikeRef()
}

// LooksLikeRef is the function of that name for a text made ready.
func (p Phrase) LooksLikeRef() bool {
	const longest = 24
	t := strings.TrimRight(p.Line, ":;,. ")
	if len(t) > 3*longest || !hasDigit(t) { // a dash takes three bytes
		return false
	}
	t, _ = FoldLetters(t)
	return len(t) <= longest && hasRefShape(strings.ReplaceAll(t, "–", "-")) && !(HasAny(t, "19", "20") && endsInYear.MatchString(t))
}

// HasAny reports whether a text holds one of some parts.
func HasAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}

// endsInYear knows "March 2009" and "Target 2007/08", which have the shape of a reference and are none.
var endsInYear = regexp.MustCompile(`[A-Za-z]{3,} ?(?:19|20)\d\d(?: ?[-/–] ?\d{2,4})?$`)

// Spelling is how each family of references is written. A reference that is
// run together, or torn apart by a stray space, is spelled as its family
// stands elsewhere: CSDP001 and CS D P014 as CSD P001 and CSD P014.
type Spelling map[string]map[string]int // letters without spaces → form with spaces → times seen

// Learn adds a reference to the forms that were seen.
func (s Spelling) Learn(r Ref) {
	letters, form := refForm(r.Written)
	if letters == "" {
		return
	}
	if s[letters] == nil {
		s[letters] = map[string]int{}
	}
	s[letters][form]++
}

// Add adds the forms that another spelling has seen.
func (s Spelling) Add(more Spelling) {
	for letters, forms := range more {
		if s[letters] == nil {
			s[letters] = map[string]int{}
		}
		for form, times := range forms {
			s[letters][form] += times
		}
	}
}

// refForm splits "CSD P001" into its letters "CSDP" and the form "CSD P", and
// "NI 117" into "NI" and "NI ".
func refForm(written string) (letters, form string) {
	t, _ := FoldLetters(strings.ToUpper(written))
	at := strings.IndexFunc(t, unicode.IsDigit)
	if at <= 0 {
		return "", ""
	}
	form = t[:at]
	for _, r := range form {
		if r != ' ' && !unicode.IsLetter(r) {
			return "", ""
		}
	}
	return strings.ReplaceAll(form, " ", ""), form
}

// Of spells a reference: letters, one space, the rest; a family of two groups
// of letters keeps its own form ("CSD P001").
func (s Spelling) Of(r Ref) string {
	if r.Key == "" {
		return ""
	}
	at := strings.IndexFunc(r.Key, unicode.IsDigit)
	if at <= 0 || strings.ContainsFunc(r.Key[:at], func(c rune) bool { return !unicode.IsLetter(c) }) {
		return spellOther(r)
	}
	letters, rest := r.Key[:at], lowerSuffix(r.Key[at:])
	form := s.best(letters)
	if !strings.Contains(strings.TrimSpace(form), " ") {
		return letters + " " + rest
	}
	return form + rest
}

func spellOther(r Ref) string {
	w, _ := FoldLetters(strings.ToUpper(r.Written))
	if LooksLikeRef(r.Written) || !strings.Contains(w, " ") {
		return lowerSuffix(r.Key)
	}
	return w
}

// lowerSuffix writes the part letter of "P031A" as "P031a".
func lowerSuffix(rest string) string {
	n := len(rest)
	if n < 2 || rest[n-1] < 'A' || rest[n-1] > 'Z' || rest[n-2] < '0' || rest[n-2] > '9' {
		return rest
	}
	return rest[:n-1] + strings.ToLower(rest[n-1:])
}

// best is the form of a family: not torn by stray spaces, then in two groups,
// then the commonest.
func (s Spelling) best(letters string) string {
	forms := make([]string, 0, len(s[letters]))
	for f := range s[letters] {
		forms = append(forms, f)
	}
	if len(forms) == 0 {
		return letters + " "
	}
	if len(forms) > 1 {
		s.sortForms(letters, forms)
	}
	if isTorn(forms[0]) {
		return letters + " "
	}
	return forms[0]
}

// sortForms puts the forms of a family in the order in which best prefers them.
func (s Spelling) sortForms(letters string, forms []string) {
	sort.Slice(forms, func(i, j int) bool {
		a, b := forms[i], forms[j]
		if len(letters) <= 3 && isWhole(a) != isWhole(b) { // "PE R6-1.1" beside "PER6-1.1"
			return isWhole(a)
		}
		if isTorn(a) != isTorn(b) {
			return !isTorn(a)
		}
		if ga, gb := len(strings.Fields(a)) == 2, len(strings.Fields(b)) == 2; ga != gb {
			return ga
		}
		if na, nb := s[letters][a], s[letters][b]; na != nb {
			return na > nb
		}
		return a < b
	})
}

// isWhole reports whether a family's letters stand together.
func isWhole(form string) bool { return !strings.Contains(strings.TrimSpace(form), " ") }

// isTorn reports whether a single letter stands where a group of letters
// should: "CS D P", "N I ", "PE R".
func isTorn(form string) bool {
	groups := strings.Fields(form)
	if len(groups) > 2 {
		return true
	}
	for i, g := range groups {
		if len(groups) > 1 && len(g) == 1 && (i < len(groups)-1 || strings.HasSuffix(form, " ")) {
			return true
		}
	}
	return false
}

// ParseRefs reads the references of a cell and expands its lists and ranges:
// "NI 55-57, 69 CSD P018 - 20" is seven references. Words that are not
// references are passed over. What would run backwards is no range but a
// number with a dash in it ("POL6-4"); one over more than 99 numbers gives its two ends.
func ParseRefs(text, cell string) []Ref {
	p := refParser{cell: cell}
	if !hasDigit(text) {
		return nil
	}
	folded, _ := FoldLetters(Clean(text))
	for tok, rest := refToken(folded); tok != ""; tok, rest = refToken(rest) {
		p.take(tok)
	}
	return p.refs
}

// ListsRefs reports whether ParseRefs finds a reference in a text.
func ListsRefs(text string) bool {
	if !hasDigit(text) {
		return false
	}
	p := refParser{}
	folded, _ := FoldLetters(Clean(text))
	for tok, rest := refToken(folded); tok != "" && len(p.refs) == 0; tok, rest = refToken(rest) {
		p.take(tok)
	}
	return len(p.refs) > 0
}

type refParser struct {
	cell   string
	refs   []Ref
	seen   map[string]bool
	words  []string // capital words before a number
	prefix string   // of the last reference, for lists
	last   string   // its number
	dash   bool
	comma  bool
}

func (p *refParser) take(tok string) {
	switch c := tok[0]; {
	case c >= '0' && c <= '9':
		p.number(tok)
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		p.word(tok)
	case strings.Contains("-–—‐‑", tok):
		p.dash = p.last != ""
	case tok == "," || tok == ";" || tok == "&" || tok == "/":
		p.comma = true
	default:
		p.reset()
	}
}

func (p *refParser) reset() { p.words, p.dash, p.comma = nil, false, false }

// word keeps short capital words as the letters of the next reference; one
// lower-case letter right after a number is a part ("P031 a").
func (p *refParser) word(tok string) {
	if len(tok) <= 5 && tok == strings.ToUpper(tok) {
		p.words = append(p.words, tok)
		return
	}
	p.prefix, p.last = "", ""
	p.reset()
}

func (p *refParser) number(num string) {
	prefix := strings.Join(p.words, " ")
	if prefix == "" {
		prefix = p.prefix
	}
	switch {
	case prefix == "":
	case p.dash && strings.Contains(num, ".") && !strings.Contains(p.last, ".") && len(p.words) == 0:
		p.joinLast(num)
	case p.dash && p.sameFamily(prefix):
		p.expand(num)
	case len(p.words) > 0 || p.comma || p.dash || len(num) <= 3:
		p.add(prefix, num)
	}
	p.reset()
}

// joinLast turns "POL 6" and "1.11" into "POL 6-1.11", a register's own form.
func (p *refParser) joinLast(num string) {
	half := refKey(p.prefix + p.last)
	if n := len(p.refs); n > 0 && p.refs[n-1].Key == half {
		p.refs = p.refs[:n-1]
		delete(p.seen, half)
	}
	p.add(p.prefix, p.last+"-"+num)
}

// sameFamily reports whether a range's end belongs to its start: "CSD P004 - P006".
func (p *refParser) sameFamily(prefix string) bool {
	return strings.HasSuffix(strings.ReplaceAll(p.prefix, " ", ""), strings.ReplaceAll(prefix, " ", ""))
}

func (p *refParser) expand(to string) {
	from, err1 := strconv.Atoi(p.last)
	end, err2 := strconv.Atoi(to)
	if err1 == nil && err2 == nil && end < from && len(p.words) == 0 {
		p.joinLast(to)
		return
	}
	if err1 != nil || err2 != nil || end-from > 99 {
		p.add(p.prefix, to)
		return
	}
	for n, prefix, width := from+1, p.prefix, len(p.last); n <= end; n++ {
		p.add(prefix, fmt.Sprintf("%0*d", width, n))
	}
}

func (p *refParser) add(prefix, num string) {
	gap := " "
	if w := strings.Fields(prefix); len(w) > 1 && len(w[len(w)-1]) == 1 {
		gap = ""
	}
	r := NewRef(prefix+gap+num, p.cell)
	p.prefix, p.last = prefix, num
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	if !p.seen[r.Key] {
		p.seen[r.Key] = true
		p.refs = append(p.refs, r)
	}
}
