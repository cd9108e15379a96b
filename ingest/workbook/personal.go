package workbook

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"
)

var (
	// pupil is a Unique Pupil Number: a letter and twelve digits, or eleven
	// digits and a letter for a temporary one (Department for Education).
	pupil = regexp.MustCompile(`^[A-HJ-NP-RT-Z]\d{12}$|^[A-HJ-NP-RT-Z]\d{11}[A-Z]$`)
	// patient is an NHS number as people write it, in groups of three, three and four.
	patient = regexp.MustCompile(`^(\d{3})[ -](\d{3})[ -](\d{4})$`)
	tenth   = regexp.MustCompile(`^\d{10}$`)
)

// personalSheet gives the first sheet with cells that look like a child's or a
// patient's record, and what they look like.
func (r *reader) personalSheet(sheets []*sheet) (name, what string) {
	for _, s := range sheets {
		if w := r.personal(s); w != "" {
			return s.name, w
		}
	}
	return "", ""
}

func (r *reader) personal(s *sheet) string {
	nhsColumns := map[int]bool{}
	for _, row := range s.rowNumbers() {
		cells := s.rowCells(row)
		born, named := -1, false
		for _, c := range cells {
			if c.kind != text && c.kind != number {
				continue
			}
			raw := strings.TrimSpace(c.raw)
			if w := personalCell(raw, nhsColumns[c.col()]); w != "" {
				return w
			}
			if c.kind != text || len(raw) > 40 || !personHeaders.mayOpen(raw) {
				continue
			}
			switch headsPeople[r.factsOf(s, c).wordsIn()] {
			case "number":
				nhsColumns[c.col()] = true
			case "birth":
				born = c.col()
			case "name":
				named = true
			}
		}
		if born >= 0 && named && filledBelow(s, row, born) {
			return "dates of birth beside names"
		}
	}
	return ""
}

func personalCell(raw string, underNHS bool) string {
	switch {
	case len(raw) < 10 || len(raw) > 13 || raw[len(raw)-2] < '0' || raw[len(raw)-2] > '9':
		return "" // most cells need no pattern
	case pupil.MatchString(raw):
		return "pupil numbers"
	case patient.MatchString(raw) && nhsCheck(raw), underNHS && tenth.MatchString(raw):
		return "NHS numbers"
	}
	return ""
}

// nhsCheck tests an NHS number's last digit (modulus 11).
func nhsCheck(raw string) bool {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(raw)
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	return (11-sum%11)%11 == int(digits[9]-'0')
}

// headsPeople are the headers of columns of people's records → what stands below them.
var headsPeople = func() map[string]string {
	out := map[string]string{}
	for what, headers := range map[string][]string{
		"number": {"nhs number", "nhs no"},
		"birth":  {"date of birth", "dob", "d o b", "birth date"},
		"name": {"name", "child", "childs name", "child name", "surname", "forename", "first name", "last name", "full name", "pupil", "pupil name", "young person",
			"patient", "client", "service user", "initials", "family name"},
	} {
		for _, h := range headers {
			out[h] = what
		}
	}
	return out
}()

// personHeaders is how those headers begin.
var personHeaders = openingsOf(slices.Collect(maps.Keys(headsPeople)))

// filledBelow reports whether something stands under a header.
func filledBelow(s *sheet, row, col int) bool {
	for next := row + 1; next <= row+3; next++ {
		if s.at(next, col).raw != "" {
			return true
		}
	}
	return false
}

// stop gives up a workbook that holds people's records: nothing of it is kept,
// and the finding repeats none of it.
func (r *reader) stop(sheet, what string) {
	ret := r.ret
	*ret = ingest.Return{Name: ret.Name, SHA256: ret.SHA256, Size: ret.Size, Personal: true}
	ret.Findings = []ingest.Finding{{Severity: ingest.Error, Check: "personal-record", Place: ingest.Place{Workbook: ret.Name, Sheet: sheet},
		Saw:    fmt.Sprintf("the sheet holds what looks like %s; the workbook was not read and no copy of it was kept", what),
		Advice: "Take the personal records out and save the workbook again. If it was put here by mistake, tell your information governance officer."}}
}
