package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"boardpack/ingest"
)

var monthToken = regexp.MustCompile(`\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?(?:[ '/-]*((?:20)?\d\d)\b)?`)

// monthNamed gives the one month that a header names, and its calendar year
// where it says that; no month where it names none or several.
func monthNamed(header string) (month time.Month, year int) {
	folded := ingest.Fold(header)
	if !beginsMonth(folded) {
		return 0, 0
	}
	for _, m := range monthToken.FindAllStringSubmatch(folded, -1) {
		found := ingest.MonthNamed(m[1])
		if month != 0 && found != month {
			return 0, 0
		}
		month = found
		if n, err := strconv.Atoi(m[2]); err == nil {
			year = n%100 + 2000
		}
	}
	return month, year
}

// beginsMonth is a quick look for a word that may be a month's.
func beginsMonth(folded string) bool {
	for i := 0; i+3 <= len(folded); i++ {
		if (i == 0 || !isWordByte(folded[i-1])) && ingest.MayNameMonth(folded[i:i+3]) {
			return true
		}
	}
	return false
}

func isWordByte(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '_' }

// isMonth knows a header that is a month and nothing else: "Apr", "June 2025", "30 June 2025".
func isMonth(header string) bool {
	if len(header) > 40 {
		return false
	}
	month, _ := monthNamed(header)
	if month == 0 {
		return false
	}
	rest := monthToken.ReplaceAllString(ingest.Fold(header), "")
	return strings.Trim(rest, "0123456789 .-'/") == ""
}

// byMonth settles headers that name different months of one thing. The last
// months of quarters alone are quarters; otherwise each is a month's figures, of
// which nobody says how they make the quarter's, so that they are no figures of a quarter.
func byMonth(cols []headCol) []headCol {
	named := map[string][]int{} // what the headers say beside the month → columns
	for n, c := range cols {
		if month, _ := monthNamed(c.text); month == 0 {
			continue
		}
		if isMonth(c.text) {
			named[""] = append(named[""], n)
		} else if c.fits(ofRows) {
			role, _ := c.best()
			named[role] = append(named[role], n)
		}
	}
	out := slices.Clone(cols)
	for _, list := range named {
		settleMonths(out, list)
	}
	return out
}

func settleMonths(cols []headCol, list []int) {
	seen, ends := map[time.Month]bool{}, true
	for _, n := range list {
		month, _ := monthNamed(cols[n].text)
		seen[month] = true
		ends = ends && month%3 == 0
	}
	for _, n := range list {
		h := &cols[n].heading
		switch {
		case len(seen) < 2:
		case ends:
			h.period, h.bare = quarterEnding(h.text), isMonth(h.text)
		default:
			h.period, h.bare, h.monthly, h.scores = ingest.Period{}, false, true, nil
		}
	}
}

// quarterEnding is the quarter that a header's month ends, and its year where the header says one.
func quarterEnding(header string) ingest.Period {
	month, year := monthNamed(header)
	p := ingest.PeriodOf(ingest.Date{Year: max(year, 1), Month: month, Day: 1})
	if year == 0 {
		p.Year = 0
	}
	return p
}

// tellMonths asks how the figures of months make the quarter's.
func (r *reader) tellMonths(t *table) {
	var months []column
	for _, c := range t.columns {
		if c.monthly && c.stats.filled > 0 {
			months = append(months, c)
		}
	}
	if len(months) == 0 {
		return
	}
	severity, saw := ingest.Query, "none was taken for the quarter, because nothing says whether its figure is their sum, their mean or the last"
	if t.has("outturn") != nil || t.has("year_to_date") != nil {
		severity, saw = ingest.Note, "they were not read"
	}
	last := months[len(months)-1]
	r.find(severity, "monthly-figures", r.name(t.top, months[0].col), "", fmt.Sprintf("the columns '%s' to '%s' hold a figure for each month; %s", months[0].text, last.text, saw),
		"Add a column for each quarter's figure, headed for example Q2 Actual.")
}
