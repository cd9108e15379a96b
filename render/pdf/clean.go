package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Replaced is a character that the report's fonts cannot draw, with the number
// of times that a mark was printed for it.
type Replaced struct {
	Rune  rune
	Count int
}

// cleaner makes text safe to draw: gofpdf panics on broken UTF-8 and on
// characters beyond U+FFFF, and prints a box for those that a face lacks.
type cleaner struct {
	fonts *family
	lost  map[rune]int
}

// text composes accents, drops control and format characters, keeps line
// breaks, and puts a mark where a character cannot be drawn.
func (k *cleaner) text(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(spaces.Replace(s), string(utf8.RuneError))
	return strings.Map(k.one, norm.NFC.String(s))
}

// spaces writes line breaks and tabs in one way.
var spaces = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ")

// line is text without line breaks, for places that have one line.
func (k *cleaner) line(s string) string {
	return strings.Join(strings.Fields(k.text(s)), " ")
}

func (k *cleaner) one(r rune) rune {
	switch {
	case r == '\n':
		return r
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case k.fonts.has(r):
		return r
	case unicode.IsSpace(r):
		return ' '
	}
	k.lost[r]++
	return k.fonts.substitute()
}

// substitute is U+FFFD where the faces have it, or else a question mark.
func (f *family) substitute() rune {
	if f.has(utf8.RuneError) {
		return utf8.RuneError
	}
	return '?'
}

// plain reports text that needs no work, which is nearly all of it.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] != '\n' && (s[i] < ' ' || s[i] > '~') {
			return false
		}
	}
	return true
}

func (k *cleaner) replaced() []Replaced {
	var all []Replaced
	for r, n := range k.lost {
		all = append(all, Replaced{r, n})
	}
	slices.SortFunc(all, func(a, b Replaced) int { return cmp.Compare(a.Rune, b.Rune) })
	return all
}
