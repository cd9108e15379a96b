package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// significantDigits is what a spreadsheet keeps of a number; the digits after
// them are noise of binary arithmetic.
const significantDigits = 15

// NumberFromCell reads a cell's stored number, rounded to 15 significant digits.
func NumberFromCell(raw string) (decimal.Decimal, error) {
	if d, ok := plainNumber(raw); ok {
		return d, nil
	}
	return slowNumber(raw)
}

func slowNumber(raw string) (decimal.Decimal, error) {
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return roundSignificant(d), nil
}

func roundSignificant(d decimal.Decimal) decimal.Decimal {
	if over := int32(d.NumDigits()) - significantDigits; over > 0 {
		d = d.Round(-(d.Exponent() + over))
	}
	return trimZeros(d)
}

// trimZeros gives the same number without zeros at its end: 15.60 is 15.6.
func trimZeros(d decimal.Decimal) decimal.Decimal {
	if d.Exponent() >= 0 {
		return decimal.NewFromBigInt(d.BigInt(), 0)
	}
	out, err := decimal.NewFromString(d.String())
	if err != nil {
		return d
	}
	return out
}

// plainNumber reads a number of up to 15 digits, with or without a sign and a
// point, as nearly every cell has it; false for any other, which may still be one.
func plainNumber(s string) (decimal.Decimal, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, part, point := strings.Cut(digits, ".")
	part = strings.TrimRight(part, "0")
	if len(digits) > significantDigits || whole == "" || point && strings.HasSuffix(digits, ".") {
		return decimal.Decimal{}, false
	}
	value := int64(0)
	for _, run := range [2]string{whole, part} {
		for i := 0; i < len(run); i++ {
			if run[i] < '0' || run[i] > '9' {
				return decimal.Decimal{}, false
			}
			value = value*10 + int64(run[i]-'0')
		}
	}
	if negative {
		value = -value
	}
	return decimal.New(value, -int32(len(part))), true
}

var hundred = decimal.NewFromInt(100)

// NumberFigure makes a figure of a number cell; a cell formatted as a
// percentage holds a fraction, and the figure is in per cent.
// Decimals is what the cell's format shows, -1 where it does not say.
func NumberFigure(d decimal.Decimal, percent bool, decimals int, cell string) Figure {
	if percent {
		d = trimZeros(d.Mul(hundred))
		return Figure{Number: &d, Percent: true, Unit: "%", Decimals: decimals, Cell: cell, Text: d.String() + "%"}
	}
	return Figure{Number: &d, Decimals: decimals, Cell: cell, Text: numberText(d)}
}

// numberText is a number in plain digits. Whole ones and those of few digits,
// as nearly all are, need no arithmetic for that.
func numberText(d decimal.Decimal) string {
	point := -int(d.Exponent())
	if point < 0 || point > significantDigits || d.NumDigits() > significantDigits {
		return d.String()
	}
	n := d.CoefficientInt64()
	var room [2*significantDigits + 4]byte
	at := len(room)
	for rest, digit := max(n, -n), 0; rest > 0 || digit <= point; digit++ {
		if digit == point && point > 0 {
			at--
			room[at] = '.'
		}
		at--
		room[at] = byte('0' + rest%10)
		rest /= 10
	}
	if n < 0 {
		at--
		room[at] = '-'
	}
	return string(room[at:])
}

var (
	qualifiers = []struct {
		name string
		re   *regexp.Regexp
	}{
		{"provisional", regexp.MustCompile(`(?i)[(\[]\s*(?:provisional|prov\.?|p)\s*[)\]]|\bprovisional\b|\bprov\b\.?`)},
		{"revised", regexp.MustCompile(`(?i)[(\[]\s*(?:revised|rev\.?|r)\s*[)\]]|\brevised\b`)},
		{"estimate", regexp.MustCompile(`(?i)[(\[]\s*(?:estimated?|est\.?|e)\s*[)\]]|\bestimated?\b|\best\b\.?`)},
	}
	annualWords   = regexp.MustCompile(`^(?:n/?a\W*|not applicable\W*|reported |measured |collected )?(?:annual(?:ly)?|yearly|once a year|per annum)(?: (?:indicator|measure|figure|return|only|data|reporting|target|outturn|survey))*(?: (?:reported|in|at) .*)?$|^annual\b.{0,40}$|^reported annually\b.*`)
	awaitedWords  = regexp.MustCompile(`\b(?:await(?:ed|ing)?|to be (?:verified|confirmed|validated|advised|published|reported)|not yet (?:available|published|known|verified|received|due|reported)|still to (?:be|come)|to follow|to come|pending|tbc|tba|unverified|available (?:in|from|by|later|after)|data (?:due|expected)|yet to be)\b`)
	nothingWords  = regexp.MustCompile(`^(?:n\.?/?a\.?|not applicable|not available|unavailable|none|no data|data only|unknown|no figure|no information|nil return|not known|unknown|not (?:provided|given|returned|set|collected|reported|measured)|tbd|to be determined|\?+|[-–—−.…_*xX/]+|<?\s*(?:please )?select.*>?|enter .*|#)$`)
	notDueWords   = regexp.MustCompile(`^(?:not (?:due|reported|required|applicable) (?:this|in|until|for|at)\b.*|not due|reported (?:in|at) (?:q[1-4]|quarter|year end|the year).*|due in .*)$`)
	withdrawWords = regexp.MustCompile(`^(?:withdrawn|deleted|discontinued|no longer (?:reported|collected|measured|used).*|removed)$`)
	errorWords    = regexp.MustCompile(`^#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$`)

	number     = `[-+−–]?\s?(?:£|\$|€)?\s?[-−–]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+−–]?\s?(?:£|\$|€)?\s?\.\d+`
	oneNumber  = regexp.MustCompile(`(?i)^(` + number + `)\s*(%|per ?cent\b|pp\b|percentage points?\b)?\s*((?:k|m|bn|thousand|million|billion)\b)?\s*(.*)$`)
	bracketed  = regexp.MustCompile(`^\(\s*((?:£|\$|€)?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(%)?\s*\)$`)
	perWords   = regexp.MustCompile(`^(?:per|in every|/)\s*(1,?000|10,?000|100,?000)\b`)
	anyDigit   = regexp.MustCompile(`\d`)
	refInWords = regexp.MustCompile(`[(\[]\s*[A-Z]{1,5} ?\d{1,4}[a-z]?\s*[)\]]`)
	ownPeriod  = regexp.MustCompile(`(?i)[(\[]?\b(?:for (?:the )?)?((?:(?:academic|calendar|school|financial) year )(?:20\d\d|\d\d)(?:\s?[/-]\s?\d\d(?:\d\d)?)?|(?:20)?\d\d\s?[/-]\s?(?:20)?\d\d (?:academic|school|calendar|financial) year|(?:autumn|spring|summer) (?:term )?20\d\d)\b[)\]]?`)
	alternates = regexp.MustCompile(`(?i)^(?:or|to|and|out of|of)\b|^[+/x×–-]|\bto$`)
)

// TextFigure reads a figure from text: "27.4%", "£22.1m", "(3.2)",
// "8.9 (milestone figure)", "33 (provisional)". What is not one number keeps
// its words and has no Number.
func TextFigure(text, cell string) Figure { return PhraseOf(text).Figure(cell) }

// Figure is TextFigure for a text made ready.
func (p Phrase) Figure(cell string) Figure {
	f := Figure{Text: p.Line, Decimals: -1, Cell: cell}
	if f.Text == "" {
		return f
	}
	rest, folded := p.Line, p.Folded
	inBrackets := strings.ContainsAny(rest, "([")
	for _, q := range qualifiers {
		if (inBrackets || strings.Contains(folded, q.name[:3])) && q.re.MatchString(rest) {
			f.Qualifier = q.name
			rest = OneLine(q.re.ReplaceAllString(rest, " "))
			folded = Fold(rest)
			break
		}
	}
	if n := len(rest) - 2; f.Qualifier == "" && n > 0 && rest[n] == ' ' && markOf[rest[n+1:]] != "" && beforeMark.MatchString(rest[:n]) {
		f.Qualifier, rest = markOf[rest[n+1:]], rest[:n]
		folded = rest
	}
	f.Says = saysInPlace(folded)
	if f.Says == SaysText {
		f.readNumber(rest)
	}
	return f
}

// The marks of official statistics stand behind a number: "1,204 r".
var (
	beforeMark = regexp.MustCompile(`^[£$€]?[\d,]+(?:\.\d+)?%?$`)
	markOf     = map[string]string{"p": "provisional", "r": "revised", "e": "estimate"}
)

// saysInPlace tells what a folded text says in place of a number; SaysText
// where only reading it as a number can tell.
func saysInPlace(folded string) Says {
	switch {
	case strings.HasPrefix(folded, "#") && errorWords.MatchString(strings.ToUpper(folded)):
		return SaysError
	case folded == "":
		return SaysText
	case (strings.Contains(folded, "annual") || strings.Contains(folded, "yearly") || strings.Contains(folded, "a year") || strings.Contains(folded, "annum")) && annualWords.MatchString(folded):
		return SaysAnnual
	case beginsWithAny(folded, "withdrawn", "deleted", "discontinued", "no longer", "removed") && withdrawWords.MatchString(folded):
		return SaysWithdraw
	case beginsWithAny(folded, "not ", "reported ", "due in ") && notDueWords.MatchString(folded):
		return SaysNotDue
	case mayBeNothing(folded) && nothingWords.MatchString(folded):
		return SaysNothing
	case mayAwait(folded) && awaitedWords.MatchString(folded) && !anyDigit.MatchString(leadingWord(folded)):
		return SaysAwaited
	}
	return SaysText
}

// mayBeNothing reports whether nothingWords can match: no long text but of a
// prompt, and none that begins otherwise.
func mayBeNothing(s string) bool {
	if beginsWithAny(s, "<", "select", "please", "enter ") {
		return true
	}
	return len(s) <= 30 && beginsWithAny(s, "n.", "n/", "na", "no", "nil ", "un", "data only", "t", "?", "-", "–", "—", "−", ".", "…", "_", "*", "x", "/", "#")
}

func beginsWithAny(s string, starts ...string) bool {
	return slices.ContainsFunc(starts, func(start string) bool { return strings.HasPrefix(s, start) })
}

// awaitStems are parts of every text that awaitedWords can match: most texts
// have none and need no pattern.
var awaitStems = []string{"await", "to be", "not yet", "still to", "to follow", "to come", "pending", "tbc", "tba", "unverified", "available", "data ", "yet to"}

func mayAwait(s string) bool {
	for _, w := range awaitStems {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func leadingWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

// SaysAwaitedIn reports whether a comment says that the figure is still to come or to be verified.
func SaysAwaitedIn(comment string) bool { return awaitedWords.MatchString(Fold(comment)) }

// SaysAnnualIn reports whether a text says that a row is reported once a year.
func SaysAnnualIn(text string) bool { return annualWords.MatchString(Fold(text)) }

func (f *Figure) readNumber(text string) {
	if m := bracketedNumber(text); m != nil {
		f.set("-"+m[1], m[2], "")
		return
	}
	if !beginsNumber(text) {
		return
	}
	digits := strings.TrimSuffix(text, "%")
	if _, ok := plainNumber(digits); ok {
		f.set(digits, text[len(digits):], "")
		return
	}
	m := oneNumber.FindStringSubmatch(text)
	if m == nil {
		return
	}
	words := strings.TrimSpace(m[4])
	if r := []rune(m[4]); len(r) > 0 && strings.HasSuffix(text, m[4]) && !separates(text[:len(text)-len(m[4])], r[0]) {
		return
	}
	plain := refInWords.ReplaceAllString(words, "")
	if own := ownPeriod.FindStringSubmatch(plain); own != nil {
		f.Period = OneLine(own[1])
		plain = strings.Replace(plain, own[0], "", 1)
	}
	if per := perWords.FindStringSubmatch(Fold(plain)); per != nil {
		f.Unit = "per " + per[1]
		plain = plain[len(perWords.FindString(Fold(plain))):]
	}
	if anyDigit.MatchString(plain) || alternates.MatchString(plain) {
		f.Unit, f.Period = "", ""
		return
	}
	f.Words = words
	f.set(m[1], m[2], m[3])
}

// beginsNumber is a quick look before the pattern of a number, which most texts are none of.
func beginsNumber(s string) bool {
	switch c, _ := utf8.DecodeRuneInString(s); {
	case c >= '0' && c <= '9', strings.ContainsRune("+-−–£$€.", c):
		return hasDigit(s)
	}
	return false
}

func bracketedNumber(s string) []string {
	if !strings.HasPrefix(s, "(") {
		return nil
	}
	return bracketed.FindStringSubmatch(s)
}

// separates reports whether words may follow a number at once: after a space,
// or as a mark in brackets or an asterisk; "5th", "12½" and "33p" are not numbers with words.
func separates(number string, next rune) bool {
	return strings.HasSuffix(number, " ") || strings.ContainsRune("([*†,;:", next)
}

var magnitudes = map[string]int32{"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}

func (f *Figure) set(num, percent, magnitude string) {
	for _, sign := range []string{"£", "$", "€"} {
		if strings.Contains(num, sign) {
			f.Unit = sign
		}
	}
	digits := strings.Map(keepNumber, num)
	d, ok := plainNumber(digits)
	if !ok {
		var err error
		if d, err = decimal.NewFromString(digits); err != nil {
			return
		}
	}
	if _, after, ok := strings.Cut(digits, "."); ok {
		f.Decimals = len(after)
	} else {
		f.Decimals = 0
	}
	if shift := magnitudes[strings.ToLower(magnitude)]; shift != 0 {
		d, f.Decimals = d.Shift(shift), -1
		ok = false
	}
	if !ok {
		d = trimZeros(d)
	}
	f.Number, f.Says = &d, SaysNumber
	if percent == "%" || strings.HasPrefix(strings.ToLower(percent), "per") && !strings.Contains(percent, "point") {
		f.Percent, f.Unit = true, "%"
	}
}

// keepNumber keeps what a decimal number is written with.
func keepNumber(r rune) rune {
	switch {
	case r >= '0' && r <= '9' || r == '.':
		return r
	case r == '-' || r == '−' || r == '–':
		return '-'
	}
	return -1
}

// NamedFigure is one part of a two-part figure: "English 5.9%".
type NamedFigure struct {
	Name string
	Figure
}

// cutPart cuts a name of one to three words, the first with a capital, and the
// number behind it off a text's start; no number where they do not stand there.
func cutPart(s string) (name, number, rest string) {
	end := 0
	for words := 0; words < 3; words++ {
		from := end
		if words > 0 && (end == len(s) || s[end] != ' ' && s[end] != '&') {
			break
		} else if words > 0 {
			from++
		}
		to := from
		for to < len(s) && isASCIILetter(s[to]) {
			to++
		}
		if to == from {
			break
		}
		end = to
	}
	if end == 0 || s[0] > 'Z' {
		return "", "", s
	}
	name = s[:end]
	from := strings.TrimLeft(cutOne(strings.TrimLeft(s[end:], " "), ":=-"), " ")
	digits := strings.TrimPrefix(cutOne(from, "-"), "−")
	n := countDigits(digits)
	if n == 0 {
		return name, "", s
	}
	rest = digits[n:]
	if more := countDigits(strings.TrimPrefix(rest, ".")); strings.HasPrefix(rest, ".") && more > 0 {
		rest = rest[1+more:]
	}
	rest = cutOne(cutOne(rest, " "), "%")
	return name, from[:len(from)-len(rest)], rest
}

// numbersIn counts the runs of digits in a text.
func numbersIn(s string) int {
	n, inside := 0, false
	for i := 0; i < len(s); i++ {
		digit := s[i] >= '0' && s[i] <= '9'
		if digit && !inside {
			n++
		}
		inside = digit
	}
	return n
}

// PartsOf splits "English 5.9% Maths 6.4%" into its two named figures; nil
// where a text is not exactly two names with a number each.
func PartsOf(text, cell string) []NamedFigure {
	const between = " ,;/&"
	rest := strings.TrimLeft(OneLine(text), between)
	if rest == "" || rest[0] < 'A' || rest[0] > 'Z' || numbersIn(rest) < 2 {
		return nil
	}
	parts := make([]NamedFigure, 0, 2)
	for rest != "" {
		name, number, after := cutPart(rest)
		if number == "" || len(parts) == 2 || slices.Contains(monthNames, strings.ToLower(name)) {
			return nil
		}
		f := TextFigure(number, cell)
		if f.Number == nil {
			return nil
		}
		parts = append(parts, NamedFigure{name, f})
		rest = strings.TrimLeft(after, between)
	}
	if len(parts) != 2 {
		return nil
	}
	return parts
}
