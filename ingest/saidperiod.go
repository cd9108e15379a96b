package ingest

import (
	"regexp"
	"strings"
	"time"
)

// SaidPeriod is what a text says of a period.
type SaidPeriod struct {
	Period
	Years []int // every financial year named, first calendar years, in order
	ByDay bool  // from a day: "Position at 31st December 2007"

	several       bool // it names more than one quarter, so none
	contradictory bool
}

var (
	saidQuarter = regexp.MustCompile(`\b(?:q\.?\s?|(?:qtr|quarter|qu)\.?\s*[-:]?\s*)([1-4]|one|two|three|four)(?:\b|_)|\b(first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:quarter|qtr)\b`)
	saidYear    = regexp.MustCompile(`(?:^|[^0-9/.-])(?:(20)(\d\d)|(\d\d))\s?[/–_-]\s?(?:(20)(\d\d)|(\d\d?))(?:$|[^0-9/])`)
	saidDay     = regexp.MustCompile(`\b(?:position|as|data|figures?|progress|status|update|outturn)?\s*(?:at|as at|to|of|on|ending|ended|end of)\s*:?\s*(?:the )?(?:\d{1,2}\s*(?:st|nd|rd|th)?\s*(?:of )?)?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\s*,?\s*20\d\d\b`)
	wordNumbers = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
)

// monthSpan is a quarter by its months: "July to September 2025".
type monthSpan struct {
	has    string         // a part that every match has: most texts need no pattern
	months *regexp.Regexp // without a year
	dated  *regexp.Regexp // with the year that may stand after them
}

// monthSpans are the four quarters, in order.
var monthSpans = [4]monthSpan{
	spanOf("apr", `\bapr(?:il)?\s*(?:-|to|/)\s*june?\b`),
	spanOf("jul", `\bjuly?\s*(?:-|to|/)\s*sept?(?:ember)?\b`),
	spanOf("oct", `\boct(?:ober)?\s*(?:-|to|/)\s*dec(?:ember)?\b`),
	spanOf("jan", `\bjan(?:uary)?\s*(?:-|to|/)\s*mar(?:ch)?\b`),
}

func spanOf(has, months string) monthSpan {
	return monthSpan{has, regexp.MustCompile(months), regexp.MustCompile(months + `\s*,?\s*(20\d\d)?`)}
}

// QuarterOfMonths is the quarter (1 to 4) whose first and last month a folded
// text names, else 0.
func QuarterOfMonths(folded string) int {
	if !MayNameMonth(folded) {
		return 0
	}
	for n, m := range monthSpans {
		if strings.Contains(folded, m.has) && m.months.MatchString(folded) {
			return n + 1
		}
	}
	return 0
}

// WithoutMonths is a folded text without the months that name a quarter.
func WithoutMonths(folded string) string {
	if !MayNameMonth(folded) {
		return folded
	}
	for _, m := range monthSpans {
		if strings.Contains(folded, m.has) {
			folded = m.months.ReplaceAllString(folded, " ")
		}
	}
	return folded
}

// PeriodIn reads a financial year and a quarter from a title, a file name or
// a folder: "Q2", "Qtr 2", "quarter two", "Position at 31st December 2007",
// "2008-09", "2008/2009", "07/08". Two years that do not follow each other are no
// financial year.
func PeriodIn(text string) SaidPeriod { return PhraseOf(text).Period() }

// Period is PeriodIn for a text made ready.
func (p Phrase) Period() SaidPeriod {
	folded := p.Folded
	s := strings.ReplaceAll(folded, "_", " ")
	var said SaidPeriod
	if !strings.Contains(s, "q") && !strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, "-/") && !strings.Contains(s, " to ") {
		return said // most texts: neither a quarter nor a year can stand in them
	}
	said.fromQuarters(s)
	said.fromYears(folded)
	if !MayNameMonth(s) {
		return said
	}
	said.fromMonths(s)
	if day := daySaid(s); day != "" {
		if days, _ := datesIn(day); len(days) == 1 {
			said.fromDay(days[0])
		}
	}
	return said
}

// fromQuarters takes the quarter that a text names; none where it names several.
func (p *SaidPeriod) fromQuarters(s string) {
	for _, m := range quartersSaid(s) {
		q := quarterNumber(m[1] + m[2])
		p.several = p.several || p.Quarter != 0 && p.Quarter != q
		p.Quarter = q
	}
	if p.several {
		p.Quarter = 0
	}
}

// fromYears takes all financial years that a text names; the first is its year.
func (p *SaidPeriod) fromYears(rest string) {
	for mayNameYear(rest) {
		at := saidYear.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		if y := financialYear(submatches(rest, at)); y != 0 {
			p.Years = append(p.Years, y)
		}
		rest = rest[max(at[1]-1, at[0]+1):]
	}
	if len(p.Years) > 0 {
		p.Year = p.Years[0]
	}
}

// fromMonths takes the quarter whose first and last month a text names, with their year.
func (p *SaidPeriod) fromMonths(s string) {
	for n, m := range monthSpans {
		quarter := n + 1
		if !strings.Contains(s, m.has) || p.several || p.Quarter != 0 && p.Quarter != quarter {
			continue
		}
		if span := m.dated.FindStringSubmatch(s); span != nil {
			p.Quarter = quarter
			if year := atoi(span[1]); p.Year == 0 && year != 0 {
				p.Year = PeriodOf(Date{year, time.Month(quarter%4*3 + 1), 1}).Year
			}
		}
	}
}

// The patterns are dear and most texts hold nothing of theirs: a quarter has a
// "q" or an ordinal, a year a dash or stroke between digits, a day its year.

func quartersSaid(s string) [][]string {
	if !mayNameQuarter(s) {
		return nil
	}
	return saidQuarter.FindAllStringSubmatch(s, -1)
}

// mayNameQuarter reports whether a word that begins with "q" has a number behind
// it, or an ordinal before it.
func mayNameQuarter(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != 'q' || i > 0 && isLetterOrDigit(rune(s[i-1])) {
			continue
		}
		number := strings.TrimLeft(cutFirst(s[i+1:], "uarter", "tr", "u"), " .:-")
		if number != "" && strings.IndexByte("1234otf", number[0]) >= 0 {
			return true
		}
		if before := strings.TrimRight(s[:i], " "); len(before) >= 3 && HasAny(before[len(before)-3:], "st", "nd", "rd", "th") {
			return true
		}
	}
	return false
}

// cutFirst cuts the first of some starts that a text has.
func cutFirst(s string, starts ...string) string {
	for _, start := range starts {
		if rest, ok := strings.CutPrefix(s, start); ok {
			return rest
		}
	}
	return s
}

func mayNameYear(s string) bool {
	return hasDigit(s) && (strings.ContainsAny(s, "/_-") || strings.Contains(s, "–"))
}

// MayNamePeriod is a quick look at a folded text: without it, the text names
// neither a quarter nor a year, and nothing of it is a period's.
func MayNamePeriod(folded string) bool {
	return MayNameMonth(folded) || mayNameYear(folded) || mayNameQuarter(folded) || strings.Contains(folded, "_")
}

func daySaid(s string) string {
	if !strings.Contains(s, "20") {
		return ""
	}
	return saidDay.FindString(s)
}

// fromDay completes a period from the last day of a quarter.
func (p *SaidPeriod) fromDay(d Date) {
	of := PeriodOf(d)
	if of.LastDay() != d {
		return
	}
	if p.Quarter == 0 && !p.several {
		p.Quarter, p.ByDay = of.Quarter, true
	}
	if p.Year == 0 {
		p.Year, p.ByDay = of.Year, true
	}
	p.contradictory = p.Period != of
}

func quarterNumber(word string) int {
	if n := wordNumbers[word]; n != 0 {
		return n
	}
	return atoi(word)
}

// financialYear reads the submatches of saidYear: the first year if the second follows it.
func financialYear(m []string) int {
	first, last := atoi(m[2]+m[3]), atoi(m[5]+m[6])
	if len(m[6]) == 1 { // "2007/8"
		if m[1] == "" || last == 0 || !strings.Contains(m[0], "/") {
			return 0
		}
		last += (first + 1) / 10 * 10
	}
	if (first+1)%100 != last {
		return 0
	}
	if m[1] == "" && (first < 5 || first > 60) { // "01/02" is a day and a month as often as a year
		return 0
	}
	return 2000 + first
}

// WithoutPeriod is a title without its year, quarter and the day it stands at:
// the plan or service that it names.
func WithoutPeriod(text string) string {
	if !strings.ContainsAny(text, "0123456789qQ_") {
		return strings.Trim(OneLine(text), " -:,–()")
	}
	s := plainDashes(OneLine(text))
	if mayNameYear(s) {
		s = bareYear.ReplaceAllString(s, " ")
	}
	s = strings.ReplaceAll(s, "_", " ")
	low := strings.ToLower(s)
	months := MayNameMonth(low)
	var cut []*regexp.Regexp
	if months && strings.Contains(low, "20") {
		cut = append(cut, saidDay)
	}
	if mayNameQuarter(low) {
		cut = append(cut, saidQuarter)
	}
	for _, m := range monthSpans {
		if months && strings.Contains(low, m.has) {
			cut = append(cut, m.dated)
		}
	}
	for _, re := range cut {
		for at := re.FindStringIndex(strings.ToLower(s)); at != nil && len(strings.ToLower(s)) == len(s); at = re.FindStringIndex(strings.ToLower(s)) {
			s = s[:at[0]] + " " + s[at[1]:]
		}
	}
	return strings.Trim(OneLine(s), " -:,–()")
}

// bareYear is a financial year or a span of years; an underscore joins words of file names.
var bareYear = regexp.MustCompile(`(?:\b|_)(?:(?:20)?\d\d\s?[/_-]\s?(?:20)?\d\d|20\d\d/\d)(?:\b|_)`)

var plainSigns = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‘", "'", "’", "'", "“", `"`, "”", `"`)

func plainDashes(s string) string {
	if isASCII(s) {
		return s
	}
	return plainSigns.Replace(s)
}

// SelfContradicts reports whether one text names a quarter and a day of another.
func (p SaidPeriod) SelfContradicts() bool { return p.contradictory }
