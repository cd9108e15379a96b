package ingest

import (
	"strings"
	"unicode"
)

// Clean is a cell's text without stray spaces: no-break and zero-width spaces,
// tabs and doubled spaces become one space, line breaks are kept.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space, newline := false, false
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\n' || r == '\r':
			newline = true
		case isInvisible(r):
		case unicode.IsSpace(r):
			space = true
		case unicode.IsControl(r):
		default:
			writeGap(&b, space, newline)
			space, newline = false, false
			b.WriteRune(r)
		}
	}
	return b.String()
}

func writeGap(b *strings.Builder, space, newline bool) {
	if b.Len() == 0 {
		return
	}
	if newline {
		b.WriteByte('\n')
	} else if space {
		b.WriteByte(' ')
	}
}

// isPlain reports whether Clean would change nothing, so that most cells cost no allocation.
func isPlain(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return s == "" || last != ' '
}

func isInvisible(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return false
}

// OneLine is Clean with line breaks turned into spaces.
func OneLine(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(Clean(s), "\n", " ")), " ")
}

// Fold is OneLine in lower case with dashes and quotation marks made plain:
// the form in which words are compared.
func Fold(s string) string {
	if isPlain(s) {
		return foldPlain(s)
	}
	return foldLine(OneLine(s))
}

// foldLine folds a text that is on one line.
func foldLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '–', '—', '−', '‐', '‑':
			return '-'
		case '‘', '’', '`':
			return '\''
		case '“', '”':
			return '"'
		}
		return unicode.ToLower(r)
	}, s)
}

func foldPlain(s string) string {
	at := 0
	for at < len(s) && foldASCII(s[at]) == s[at] {
		at++
	}
	if at == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:at])
	for ; at < len(s); at++ {
		b.WriteByte(foldASCII(s[at]))
	}
	return b.String()
}

func foldASCII(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A'
	case c == '`':
		return '\''
	}
	return c
}

// lookalikes are letters of other alphabets that are typed or scanned in place
// of Latin ones.
var lookalikes = map[rune]rune{
	'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Н': 'H', 'І': 'I', 'Ј': 'J', 'К': 'K', 'М': 'M', 'О': 'O', 'Р': 'P', 'Ѕ': 'S', 'Т': 'T', 'Х': 'X', 'У': 'Y',
	'а': 'a', 'с': 'c', 'е': 'e', 'і': 'i', 'о': 'o', 'р': 'p', 'ѕ': 's', 'х': 'x', 'у': 'y',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
}

// FoldLetters turns letters of other alphabets that look like Latin ones into
// those, and reports whether there were any.
func FoldLetters(s string) (string, bool) {
	if isASCII(s) {
		return s, false
	}
	found := false
	out := strings.Map(func(r rune) rune {
		if l, ok := lookalikes[r]; ok {
			found = true
			return l
		}
		return r
	}, s)
	return out, found
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// hasDigit reports whether a text has a digit, without which it holds no
// number, no date and no reference.
func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}
