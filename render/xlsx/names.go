package xlsx

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// longestSheetName is Excel's limit, in units of UTF-16.
const longestSheetName = 31

// names gives worksheets names that differ, whatever their case.
type names map[string]bool

func newNames(taken ...string) names {
	n := names{"history": true} // Excel keeps this one for itself
	for _, t := range taken {
		n.take(t)
	}
	return n
}

// take keeps a name from being given to another worksheet.
func (n names) take(name string) { n[strings.ToLower(name)] = true }

// sheet makes a worksheet's name that Excel takes and that no other sheet has.
func (n names) sheet(want string) string {
	want = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, want)
	want = strings.Trim(strings.Join(strings.Fields(want), " "), "' ")
	if want == "" {
		want = "Table"
	}
	name := shorten(want, longestSheetName)
	for i := 2; n[strings.ToLower(name)]; i++ {
		end := fmt.Sprintf(" %d", i)
		name = shorten(want, longestSheetName-len(end)) + end
	}
	n.take(name)
	return name
}

// shorten cuts a text to at most so many units of UTF-16.
func shorten(s string, most int) string {
	n := 0
	for i, r := range s {
		if n += max(utf16.RuneLen(r), 1); n > most {
			return strings.TrimRight(s[:i], " '")
		}
	}
	return s
}

var (
	notInName = regexp.MustCompile(`[^A-Za-z0-9]+`)
	likeACell = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*c?[0-9]*|c[0-9]*)$`)
)

// nameTables names each table after its worksheet, with letters, figures and
// underscores only, and never like a cell.
func nameTables(sheets []*sheet) {
	taken := map[string]bool{}
	for _, s := range sheets {
		if s.table == nil {
			continue
		}
		base := strings.Trim(notInName.ReplaceAllString(s.name, "_"), "_")
		if base == "" || base[0] >= '0' && base[0] <= '9' || likeACell.MatchString(base) {
			base = joined("_", "Table", base)
		}
		name := base
		for i := 2; taken[strings.ToLower(name)]; i++ {
			name = fmt.Sprintf("%s_%d", base, i)
		}
		taken[strings.ToLower(name)] = true
		s.table.name = name
	}
}
