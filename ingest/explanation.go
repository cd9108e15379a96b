package ingest

import (
	"strings"
	"unicode"
)

// Explanation is what an officer wrote about a finding in the marked copy of
// the workbook. A Return holds it only while the cell says what it said then.
type Explanation struct {
	Check string
	Place
	Saw  string // what the finding said, as Sentence gives it
	Text string
}

// Of reports whether the explanation is about a finding: the same check and
// place, and still the same thing seen.
func (e Explanation) Of(f Finding) bool {
	return e.Check == f.Check && e.Place == f.Place && e.Saw == Sentence(f.Saw)
}

// Sentence begins a text with a capital and ends it with a full stop.
func Sentence(s string) string {
	s = OneLine(s)
	if s == "" {
		return ""
	}
	runes := []rune(s)
	runes[0] = unicode.ToUpper(runes[0])
	s = string(runes)
	if strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}
