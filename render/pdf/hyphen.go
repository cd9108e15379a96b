package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words are broken at the hyphens and slashes that their writers gave them:
// Co-ordinator, and/or. Only a word that is wider than its whole column is
// hyphenated, by rules of sound that are right for most English and Welsh words
// and wrong for few; there is no list of patterns. References, figures,
// addresses and acronyms have none of it: what is too wide of them is broken
// as it comes, after punctuation where there is some.

// softHyphen is what a reader takes away again to have the word (PDF 1.7,
// 14.8.2.2.3); it is drawn as a hyphen.
const softHyphen = '\u00ad'

// isWord reports letters with at most an apostrophe among them, some of them small.
func isWord(s string) bool {
	small := false
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '\'' && r != '’' {
			return false
		}
		small = small || unicode.IsLower(r)
	}
	return small
}

// wordParts is a word in the parts between which a line may end.
func wordParts(word string) []string {
	at := strings.IndexAny(word, "-/")
	if at < 0 {
		return []string{word}
	}
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '/' }) {
		if part = strings.Trim(part, "(),.;:“”‘’\""); !isWord(part) || utf8.RuneCountInString(part) < 2 {
			return []string{word}
		}
	}
	var parts []string
	for at >= 0 && at+1 < len(word) {
		parts, word = append(parts, word[:at+1]), word[at+1:]
		at = strings.IndexAny(word, "-/")
	}
	return append(parts, word)
}

// sounds are letters that are not divided: those that may begin a syllable, and
// others.
type sounds struct{ begin, other []string }

var soundsOf = map[string]sounds{
	"en": {strings.Fields("bl br ch cl cr dr fl fr gl gr ph pl pr qu sh th tr wh"), strings.Fields("ck dge gh ng tch")},
	"cy": {strings.Fields("bl br ch cl cr dd dr ff fl fr gl gr ll ph pl pr rh th tr"), strings.Fields("ng")},
}

// hyphenated is how many bytes of a word come before a hyphen: at most fits of
// them, with at least three letters on each side; 0 where the language's rules
// are not known or find no place.
func hyphenated(word string, fits int, lang string) int {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	of, known := soundsOf[lang]
	if !known || !isWord(word) {
		return 0
	}
	letters := []rune(strings.ToLower(word))
	best, at := 0, 0
	for i, r := range []rune(word) {
		if i >= 3 && i <= len(letters)-3 && at <= fits && of.divided(letters, i, lang) {
			best = at
		}
		at += utf8.RuneLen(r)
	}
	return best
}

// divided reports a place before which a syllable ends: what follows begins with
// one consonant, or letters that count as one, and a vowel.
func (s sounds) divided(letters []rune, i int, lang string) bool {
	for _, sound := range slices.Concat(s.begin, s.other) {
		for from := max(0, i-len(sound)+1); from < i; from++ {
			if strings.HasPrefix(string(letters[from:]), sound) {
				return false
			}
		}
	}
	rest := letters[i:]
	if isVowel(rest[0], lang) || !unicode.IsLetter(rest[0]) {
		return false
	}
	return isVowel(rest[1], lang) || isVowel(rest[2], lang) && slices.Contains(s.begin, string(rest[:2]))
}

func isVowel(r rune, lang string) bool {
	vowels := "aeiouyàáâäèéêëìíîïòóôöùúûüŷ"
	if lang == "cy" {
		vowels += "wŵẁẃ"
	}
	return strings.ContainsRune(vowels, r)
}
