package workbook

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"

	"boardpack/ingest"

	"github.com/goccy/go-yaml"
)

// Words are the words that tell what a column, a light or a heading is, read
// from templates/words.yaml and a council's own additions.
type Words struct {
	Columns    map[string][]string `yaml:"columns"`
	Rows       map[string][]string `yaml:"rows"`
	Lights     map[string][]string `yaml:"lights"`
	Statuses   map[string][]string `yaml:"statuses"`
	Polarities map[string][]string `yaml:"polarities"`
	Classes    map[string][]string `yaml:"classes"`
	Narrative  []string            `yaml:"narrative"`
	NilReturns []string            `yaml:"nil_returns"`
	Remedies   []string            `yaml:"remedies"`
	Totals     []string            `yaml:"totals"`
	Notes      []string            `yaml:"notes"`
	Examples   []string            `yaml:"examples"`
	Generic    []string            `yaml:"generic"`

	GenericFirst []string `yaml:"generic_first"`
}

// ParseWords reads templates/words.yaml; a mistake is told with line and column.
func ParseWords(b []byte) (Words, error) {
	var w Words
	if err := yaml.UnmarshalWithOptions(b, &w, yaml.Strict()); err != nil {
		return Words{}, fmt.Errorf("read column words: %w", err)
	}
	return w, nil
}

// Roles are the roles that a column can have, sorted.
func (w Words) Roles() []string {
	roles := append(sortedKeys(w.Columns), "remedy")
	sort.Strings(roles)
	return roles
}

// With adds a council's own words for columns and lights. A role that does not
// exist is an error that names those that do.
func (w Words) With(columns, lights map[string][]string) (Words, error) {
	cols, err := merged(w.Columns, columns, "column role")
	if err != nil {
		return w, err
	}
	marks, err := merged(w.Lights, lights, "light")
	if err != nil {
		return w, err
	}
	w.Columns, w.Lights = cols, marks
	return w, nil
}

func merged(have, more map[string][]string, what string) (map[string][]string, error) {
	out := maps.Clone(have)
	for k, v := range more {
		if _, ok := have[k]; !ok {
			return nil, fmt.Errorf("%q is not a %s; use one of %s", k, what, strings.Join(sortedKeys(have), ", "))
		}
		out[k] = slices.Concat(out[k], v)
	}
	return out, nil
}

func sortedKeys(m map[string][]string) []string {
	return slices.Sorted(maps.Keys(m))
}

// Vocabulary is Words ready for look-up. It is made once and shared by all
// readings, also such that run side by side; what it says is never changed.
type Vocabulary struct {
	memories sync.Pool // of *memory: what is known of texts, between readings

	phrases    map[string][]phrase // column phrases by their first word, the longest first
	rows       map[string]string   // words of rows → role
	lights     map[string]string
	statuses   map[string]string
	polarities map[string]string
	classes    map[string]string
	narrative  map[string]bool
	nils       map[string]bool
	remedies   []string // words of a header
	generic    []string
	first      []string // generic words before a name
	totals     openings
	notes      openings
	examples   openings
}

type phrase struct {
	text   string
	padded string // " text "
	role   string
}

// Vocabulary prepares the words for look-up.
func (w Words) Vocabulary() *Vocabulary {
	v := &Vocabulary{
		rows:       folded(w.Rows),
		lights:     folded(w.Lights),
		statuses:   folded(w.Statuses),
		polarities: folded(w.Polarities),
		classes:    folded(w.Classes),
		narrative:  foldedSet(w.Narrative),
		nils:       foldedSet(w.NilReturns),
		remedies:   wordLists(w.Remedies),
		generic:    foldedList(w.Generic),
		first:      foldedList(w.GenericFirst),
		totals:     openingsOf(w.Totals),
		notes:      openingsOf(w.Notes),
		examples:   openingsOf(w.Examples),
	}
	v.phrases = phrasesOf(w.Columns)
	return v
}

func wordLists(texts []string) []string {
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		out = append(out, wordsOnly(t))
	}
	return out
}

func phrasesOf(columns map[string][]string) map[string][]phrase {
	out := map[string][]phrase{}
	for _, role := range sortedKeys(columns) {
		for _, word := range columns[role] {
			text := wordsOnly(word)
			first, _, _ := strings.Cut(text, " ")
			out[first] = append(out[first], phrase{text, " " + text + " ", role})
		}
	}
	for _, list := range out {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].text) > len(list[j].text) })
	}
	return out
}

func folded(m map[string][]string) map[string]string {
	out := map[string]string{}
	for _, k := range sortedKeys(m) {
		for _, w := range m[k] {
			out[ingest.Fold(w)] = k
		}
	}
	return out
}

func foldedSet(list []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range list {
		out[wordsOnly(w)] = true
	}
	return out
}

func foldedList(list []string) []string {
	out := make([]string, 0, len(list))
	for _, w := range list {
		out = append(out, ingest.Fold(w))
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i]) > len(out[j]) })
	return out
}

// openings are words that a text may begin with, the longest first.
type openings struct {
	words []string
	first [256]bool // what they begin with: most texts begin otherwise
}

func openingsOf(list []string) openings {
	o := openings{words: foldedList(list)}
	for _, w := range o.words {
		if w != "" {
			o.first[w[0]] = true
		}
	}
	return o
}

// mayOpen is a quick look at how a cell's text begins.
func (o *openings) mayOpen(raw string) bool {
	return raw == "" || !isLetter(raw[0]) || o.first[raw[0]|0x20]
}

// wordsOnly folds a text and turns punctuation into spaces.
func wordsOnly(s string) string { return wordsOf(ingest.Fold(s)) }

// wordsOf turns the punctuation of a folded text into spaces.
func wordsOf(f string) string {
	if isWords(f) {
		return f
	}
	var b strings.Builder
	b.Grow(len(f))
	gap := false
	for _, r := range f {
		switch {
		case r == '\'':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '%':
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// isWords reports whether a folded text is words of plain letters and digits with one space between them.
func isWords(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '#' && c != '%' && (c != ' ' || last == ' ') {
			return false
		}
		last = c
	}
	return s == "" || last != ' '
}

// Light tells the colour of a word, letter or symbol; a colour's word with an
// explanation after it ("Amber - delayed") counts, a second colour does not.
func (v *Vocabulary) Light(text string) (colour string, ok bool) { return v.light(ingest.Fold(text)) }

// light is Light for a folded text.
func (v *Vocabulary) light(folded string) (colour string, ok bool) {
	f := strings.Trim(folded, ".!:;() ")
	if c, ok := v.lights[f]; ok {
		return c, true
	}
	if c := v.lights[folded]; c != "" {
		return c, true
	}
	if c := v.lightOfHalf(f); c != "" {
		return c, true
	}
	first, rest, found := strings.Cut(f, " ")
	first = strings.Trim(first, "-:;,()")
	c, ok := v.lights[first]
	if !ok || !found || len(first) < 3 || v.namesColour(rest) {
		return "", false
	}
	if rest = strings.TrimSpace(rest); strings.ContainsAny(rest[:1], "-:(") || strings.ContainsAny(f[len(first):len(first)+1], "-:;,(") {
		return c, true
	}
	return "", false
}

// lightOfHalf is the colour of a light in two languages ("Coch / Red"): one
// half its word, the other one word that means nothing here.
func (v *Vocabulary) lightOfHalf(folded string) string {
	first, second, ok := strings.Cut(folded, "/")
	first, second = strings.TrimSpace(first), strings.TrimSpace(second)
	if !ok || !isWord(first) || !isWord(second) || strings.ContainsAny(first+second, " /") || v.statuses[first]+v.statuses[second] != "" {
		return ""
	}
	if v.lights[first] == "" {
		first, second = second, first
	}
	if v.lights[second] != "" {
		return ""
	}
	return v.lights[first]
}

// Looks reports whether a text is built of lights' words, such as "Amber/Green"
// or "A/R", whether or not it is one light.
func (v *Vocabulary) Looks(text string) bool { return v.looks(ingest.Fold(text)) }

// looks is Looks for a folded text.
func (v *Vocabulary) looks(folded string) bool {
	if _, ok := v.light(folded); ok {
		return true
	}
	parts := 0
	for p := range strings.FieldsFuncSeq(folded, func(r rune) bool { return r == '/' || r == '-' || r == ' ' }) {
		if _, ok := v.lights[p]; !ok {
			return false
		}
		parts++
	}
	return parts > 1 && parts < 4
}

func (v *Vocabulary) namesColour(text string) bool {
	for _, w := range strings.Fields(wordsOnly(text)) {
		if _, ok := v.lights[w]; ok && len(w) > 2 {
			return true
		}
	}
	return false
}

// begins reports whether a row's first words are one of a list, as whole words.
func begins(text string, list *openings) bool {
	if !list.mayOpen(text) {
		return false
	}
	f := ingest.Fold(text)
	for _, w := range list.words {
		if rest, ok := strings.CutPrefix(f, w); ok {
			if rest == "" || !unicode.IsLetter([]rune(rest)[0]) {
				return true
			}
		}
	}
	return false
}

// scores rates every role by the words of a header: an exact phrase most, one
// at its start next, one inside it least; longer phrases over shorter ones.
func (v *Vocabulary) scores(header string) map[string]float64 { return v.scoresOf(wordsOnly(header)) }

// scoresOf is scores for a header that is words alone.
func (v *Vocabulary) scoresOf(h string) map[string]float64 {
	var out map[string]float64
	padded := ""
	for rest := h; rest != ""; {
		word, after, _ := strings.Cut(rest, " ")
		for _, p := range v.phrases[word] {
			if !strings.HasPrefix(rest, p.text) || len(rest) > len(p.text) && rest[len(p.text)] != ' ' {
				continue
			}
			if padded == "" {
				padded = " " + h + " "
			}
			if s := phraseScore(h, padded, p); s > out[p.role] {
				if out == nil {
					out = map[string]float64{}
				}
				out[p.role] = s
			}
		}
		rest = after
	}
	return out
}

// phraseScore rates a phrase that stands somewhere in a header.
func phraseScore(h, padded string, ph phrase) float64 {
	p := ph.text
	long := min(float64(len(p))/100, 0.2)
	share := float64(len(p)) / float64(len(h))
	switch {
	case h == p:
		return 1 + long
	case strings.HasPrefix(padded, ph.padded):
		return 0.4 + 0.4*share + long
	case len(p) > 2 && strings.HasSuffix(padded, ph.padded):
		return 0.3 + 0.4*share + long
	case len(p) > 3:
		return 0.2 + 0.4*share + long
	}
	return 0
}
