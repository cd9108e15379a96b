package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var (
	monthYear  = regexp.MustCompile(`\b(j ?a ?n|f ?e ?b|m ?a ?r|a ?p ?r|m ?a ?y|j ?u ?n|j ?u ?l|a ?u ?g|s ?e ?p|o ?c ?t|n ?o ?v|d ?e ?c)([a-z]*(?: [a-z]{1,4})?)[\s\-./,']*(2 ?0 ?\d ?\d|\d\d)\b`)
	monthStart = regexp.MustCompile(`\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s*(?:-|to|/)\s*$`)
	dayMonth   = regexp.MustCompile(`\b(\d{1,2})\s*(?:st|nd|rd|th)?\s*(?:of )?[\s\-./]*$`)
	numeric    = regexp.MustCompile(`\b(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})\b`)
	isoDay     = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	ongoing    = regexp.MustCompile(`\b(?:on-?\s?going|continuous(?:ly)?|rolling|permanent)\b`)
	quarterDue = regexp.MustCompile(`\b(?:q|qtr|quarter)\.?\s?([1-4])\b.*?\b(20\d\d)\s?[-/]\s?(\d{2}|\d{4})\b`)
	yearDue    = regexp.MustCompile(`\b(20\d\d)\s?[-/]\s?(20)?(\d\d)\b`)
	noDue      = regexp.MustCompile(`^(?:n\.?/?a|tbc|tba|tbd|none|to be (?:confirmed|agreed|set)|not set|[-–—?.…]+)$`)
)

// ParseDue reads the day by which something is to be done, in UK order. A
// month without a day is its last day; of several dates the last is taken,
// with a doubt.
func ParseDue(text, cell string) Due { return PhraseOf(text).Due(cell) }

// Due is ParseDue for a text made ready.
func (p Phrase) Due(cell string) Due {
	d := Due{Text: p.Line, Cell: cell}
	folded := p.Folded
	d.Ongoing = goesOn(folded)
	var days []Date
	left := folded
	if hasDigit(folded) {
		days, left = datesIn(folded)
	}
	switch {
	case len(days) > 0:
		d.take(days, left)
	case d.Ongoing || d.Text == "" || beginsWithAny(folded, "n", "t", "-", "–", "—", "?", ".", "…") && noDue.MatchString(folded):
	default:
		d.Doubt = "this is not a date"
	}
	return d
}

func goesOn(folded string) bool {
	for _, part := range []string{"going", "continuous", "rolling", "permanent"} {
		if strings.Contains(folded, part) {
			return ongoing.MatchString(folded)
		}
	}
	return false
}

func (d *Due) take(days []Date, left string) {
	for _, day := range days {
		if day.After(d.Date) {
			d.Date = day
		}
	}
	switch {
	case d.Ongoing:
		d.Ongoing = false
		d.Doubt = fmt.Sprintf("the cell gives a date and also says that the work goes on; %s was taken", d.Date.Words())
	case len(days) > 1:
		d.Doubt = fmt.Sprintf("the cell gives %d dates; the last, %s, was taken", len(days), d.Date.Words())
	case strings.ContainsFunc(left, isLetterOrDigit):
		d.Doubt = fmt.Sprintf("other words stand beside the date; %s was taken", d.Date.Words())
	}
}

// IsDate reports whether a text is one or more dates and nothing else.
func IsDate(text string) bool {
	if !hasDigit(text) {
		return false
	}
	days, left := datesIn(Fold(text))
	return len(days) > 0 && !strings.ContainsFunc(left, isLetterOrDigit)
}

func isLetterOrDigit(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// harmless are words that often stand beside a date and do not change it.
var harmless = regexp.MustCompile(`\b(?:by|end|of|the|due|in|before|until|target|date|completed?|late|next|quarter|year|month|on|to|st|nd|rd|th|no later than)\b`)

// datesIn finds every date of a folded text, and what is left beside them.
func datesIn(s string) ([]Date, string) {
	joined, month, year := joinsDigits(s), MayNameMonth(s), strings.Contains(s, "20")
	if !joined && !month && !year {
		return nil, s
	}
	var days []Date
	cut := func(may bool, re *regexp.Regexp, read func(m []string, before string) (Date, int)) {
		for may {
			at := re.FindStringSubmatchIndex(s)
			if at == nil {
				return
			}
			day, back := read(submatches(s, at), s[:at[0]])
			if !day.IsZero() {
				days = append(days, day)
			}
			s = s[:at[0]-back] + "\x00" + s[at[1]:]
		}
	}
	cut(joined, isoDay, func(m []string, _ string) (Date, int) { return dayOf(m[3], m[2], m[1]), 0 })
	cut(joined, numeric, func(m []string, _ string) (Date, int) { return dayOf(m[1], m[2], m[3]), 0 })
	cut(month, monthYear, readMonthYear)
	spans := year && strings.ContainsAny(s, "/-")
	if len(days) == 0 {
		cut(spans, quarterDue, func(m []string, _ string) (Date, int) {
			return Period{atoi(m[2]), atoi(m[1])}.LastDay(), 0
		})
	}
	if len(days) == 0 {
		cut(spans, yearDue, func(m []string, _ string) (Date, int) { return yearEnd(atoi(m[1]), atoi(m[3])), 0 })
	}
	if len(days) == 0 {
		return nil, s
	}
	return days, harmless.ReplaceAllString(strings.ReplaceAll(s, "\x00", " "), " ")
}

// joinsDigits reports whether a dash, stroke or full stop stands after a digit, as in 31/3/2009.
func joinsDigits(s string) bool {
	for i := 1; i < len(s); i++ {
		if prev := s[i-1]; (prev >= '0' && prev <= '9' || prev == ' ') && (s[i] == '/' || s[i] == '-' || s[i] == '.') {
			return true
		}
	}
	return false
}

// MayNameMonth is a quick look at a folded text for the first letters of a month, which may
// stand apart ("De c 2008").
func MayNameMonth(folded string) bool {
	var a, b byte
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		if c == ' ' {
			continue
		}
		if beginsMonth(a, b, c) {
			return true
		}
		a, b = b, c
	}
	return false
}

// beginsMonth reports whether three letters are the first of a month.
func beginsMonth(a, b, c byte) bool {
	switch c {
	case 'n':
		return a == 'j' && (b == 'a' || b == 'u')
	case 'b':
		return a == 'f' && b == 'e'
	case 'r':
		return a == 'm' && b == 'a' || a == 'a' && b == 'p'
	case 'y':
		return a == 'm' && b == 'a'
	case 'l':
		return a == 'j' && b == 'u'
	case 'g':
		return a == 'a' && b == 'u'
	case 'p':
		return a == 's' && b == 'e'
	case 't':
		return a == 'o' && b == 'c'
	case 'v':
		return a == 'n' && b == 'o'
	case 'c':
		return a == 'd' && b == 'e'
	}
	return false
}

func submatches(s string, at []int) []string {
	m := make([]string, len(at)/2)
	for i := range m {
		if at[2*i] >= 0 {
			m[i] = s[at[2*i]:at[2*i+1]]
		}
	}
	return m
}

// readMonthYear reads "sept 2009", "31st march 2009" and "oct-dec 08"; the
// second result is how many bytes before the match belong to it.
func readMonthYear(m []string, before string) (Date, int) {
	month := MonthNamed(strings.ReplaceAll(m[1]+m[2], " ", ""))
	if month == 0 {
		return Date{}, 0
	}
	year := fullYear(strings.ReplaceAll(m[3], " ", ""))
	if span := monthStart.FindString(before); span != "" {
		return MonthEnd(year, month), len(span)
	}
	if day := dayMonth.FindStringSubmatch(before); day != nil {
		if d := dayOf(day[1], strconv.Itoa(int(month)), strconv.Itoa(year)); !d.IsZero() {
			return d, len(day[0])
		}
	}
	return MonthEnd(year, month), 0
}

// MonthNamed knows a month by its name, its abbreviation, or a name with up to
// two wrong letters ("janruary"); 0 where it is none.
func MonthNamed(word string) time.Month {
	for i, name := range monthNames {
		if strings.HasPrefix(name, word) && len(word) >= 3 || word == "sept" && i == 8 {
			return time.Month(i + 1)
		}
	}
	for i, name := range monthNames {
		if len(word) > 4 && word[:3] == name[:3] && editDistance(word, name) <= 2 {
			return time.Month(i + 1)
		}
	}
	return 0
}

// editDistance is Levenshtein's distance of two short words.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

func dayOf(day, month, year string) Date {
	d := Date{fullYear(year), time.Month(atoi(month)), atoi(day)}
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > MonthEnd(d.Year, d.Month).Day {
		return Date{}
	}
	return d
}

func yearEnd(first, last int) Date {
	if (first+1)%100 != last%100 {
		return Date{}
	}
	return Period{Year: first}.YearEnd()
}

func fullYear(s string) int {
	y := atoi(s)
	if y < 100 {
		y += 2000
	}
	return y
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
