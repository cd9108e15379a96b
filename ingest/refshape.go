package ingest

import (
	"strings"
	"unicode/utf8"
)

// hasRefShape reports whether a text is a few letters and a number, or a
// numbered paragraph. Every cell of a workbook is asked, which a regular
// expression is too slow for; TestRefShape holds the two beside each other.
func hasRefShape(t string) bool { return isLettersAndNumber(t) || isParagraph(t) }

// isLettersAndNumber knows one to three groups of letters, of 8, 4 and 4 at
// most, a number, further numbers behind a sign, and a part letter or two:
// "NI 117", "CSD P003", "POL6-1.11", "CSD P031 (a)".
func isLettersAndNumber(t string) bool {
	rest, ok := cutLetterGroups(t)
	if !ok {
		return false
	}
	rest = cutOne(cutOne(cutOne(rest, " "), "-/._"), " ")
	n := countDigits(rest)
	if n < 1 || n > 5 {
		return false
	}
	rest = rest[n:]
	for {
		after := cutOne(rest, " ")
		next := cutOne(after, "-./")
		digits := cutOne(next, " ")
		if n := countDigits(digits); len(next) == len(after) || n < 1 || n > 4 {
			return rest == "" || isPartLetter(rest)
		} else {
			rest = digits[n:]
		}
	}
}

// cutLetterGroups cuts the letters off a text's start. Groups may stand
// together, so that one of 12 letters is two.
func cutLetterGroups(t string) (rest string, ok bool) {
	var groups [3]int
	g := 0
	for {
		for t != "" && isASCIILetter(t[0]) {
			groups[g]++
			t = t[1:]
		}
		if g == 2 || len(t) < 2 || t[0] != ' ' || !isASCIILetter(t[1]) {
			break
		}
		g++
		t = t[1:]
	}
	a, b, c := groups[0], groups[1], groups[2]
	switch g {
	case 0:
		ok = a >= 1 && a <= 16
	case 1:
		ok = a >= 1 && (a <= 8 && b <= 8 || a <= 12 && b <= 4)
	default:
		ok = a >= 1 && a <= 8 && b <= 4 && c <= 4
	}
	return t, ok
}

// isPartLetter knows what may end a reference: "a", " ab", "(a)".
func isPartLetter(t string) bool {
	t = cutOne(cutOne(t, " "), "(")
	n := 0
	for n < len(t) && t[n] >= 'a' && t[n] <= 'z' {
		n++
	}
	return n >= 1 && n <= 2 && cutOne(t[n:], ")") == ""
}

// isParagraph knows the number of a paragraph: "2.1.3", "1.1a".
func isParagraph(t string) bool {
	for n := 0; ; n++ {
		digits := countDigits(t)
		if digits < 1 || digits > 3 {
			return false
		}
		t = t[digits:]
		if n < 3 && t != "" && t[0] == '.' {
			t = t[1:]
			continue
		}
		return n >= 1 && (t == "" || len(t) == 1 && t[0] >= 'a' && t[0] <= 'z')
	}
}

// cutOne cuts one of some bytes off a text's start, if it stands there.
func cutOne(t, of string) string {
	if t != "" && strings.IndexByte(of, t[0]) >= 0 {
		return t[1:]
	}
	return t
}

func countDigits(t string) int {
	n := 0
	for n < len(t) && t[n] >= '0' && t[n] <= '9' {
		n++
	}
	return n
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// refToken gives the first word, number or sign of a text that a list of
// references is made of, and what stands behind it; "" at the end.
func refToken(s string) (token, rest string) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case isASCIILetter(c):
			end := i + 1
			for end < len(s) && isASCIILetter(s[end]) {
				end++
			}
			return s[i:end], s[end:]
		case c >= '0' && c <= '9':
			end := i + countDigits(s[i:])
			for end < len(s) && s[end] == '.' && countDigits(s[end+1:]) > 0 {
				end += 1 + countDigits(s[end+1:])
			}
			return s[i:end], s[end:]
		}
		r, width := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune("-–—‐‑,;&/()\n", r) && r != utf8.RuneError {
			return s[i : i+width], s[i+width:]
		}
		i += width
	}
	return "", ""
}
