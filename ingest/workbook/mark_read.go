package workbook

import (
	"slices"
	"strings"

	"boardpack/ingest"
)

// isFindings knows a sheet of findings by the header of its last column, and
// where somebody took that away by its title.
func isFindings(s *sheet) bool {
	_, _, ok := findMark(s)
	return ok || strings.HasPrefix(s.at(1, 1).raw, markPrefix)
}

// findMark finds the header of the last column of a sheet of findings.
func findMark(s *sheet) (row, col int, ok bool) {
	const deep = 40
	for _, c := range s.cells {
		if c.row() > deep {
			break
		}
		if c.kind == text && (c.raw == markHeader || c.raw == aloneHeader) {
			return c.row(), c.col(), true
		}
	}
	return 0, 0, false
}

// isOurRule knows the rule that draws the border of a marked cell.
func (r colourRule) isOurs() bool { return len(r.formulas) == 1 && r.formulas[0] == markFormula }

// dropMarks forgets the rules that draw our borders, so that a marked sheet reads as the sheet it was.
func (s *sheet) dropMarks() {
	n := len(s.rules)
	s.rules = slices.DeleteFunc(s.rules, colourRule.isOurs)
	if len(s.rules) == 0 && n > 0 {
		s.conditional = false
	}
}

// readMarks takes from the sheets of findings what officers wrote under "Explanation".
// It holds while the cell says what it said when the workbook was marked.
func (r *reader) readMarks(marks, sheets []*sheet) {
	for _, s := range marks {
		header, col, ok := findMark(s)
		if !ok || s.at(header, col).raw != markHeader || col < 6 {
			continue
		}
		for _, row := range s.rowNumbers() {
			if written := ingest.Clean(s.at(row, col-1).raw); row > header && written != "" {
				r.explain(s, row, col, written, sheets)
			}
		}
	}
}

// explain reads one explained row: its code is "check cell=fingerprint …".
func (r *reader) explain(s *sheet, row, col int, written string, sheets []*sheet) {
	saw := strings.TrimSuffix(s.at(row, col-3).raw, ".")
	if base, ok := ingest.SawOfGroup(saw); ok {
		saw = base
	}
	e := ingest.Explanation{Place: ingest.Place{Workbook: r.ret.Name, Sheet: s.at(row, col-5).raw}, Saw: ingest.Sentence(saw), Text: written}
	check, cells, _ := strings.Cut(s.at(row, col).raw, " ")
	if e.Check = check; cells == "" {
		r.ret.Explanations = append(r.ret.Explanations, e)
	}
	at := slices.IndexFunc(sheets, func(x *sheet) bool { return x.name == e.Sheet })
	if at < 0 {
		return
	}
	for _, word := range strings.Fields(cells) {
		name, print, _ := strings.Cut(word, "=")
		if _, _, ok := parseCell(name); ok && fingerprint(sheets[at], name) == print {
			e.Cell = name
			r.ret.Explanations = append(r.ret.Explanations, e)
		}
	}
}

// tellExplained says where an officer explained what no explanation settles:
// an error stays one until it is put right.
func (r *reader) tellExplained() {
	var notes []ingest.Finding
	for _, f := range r.ret.Findings {
		for _, e := range r.ret.Explanations {
			if f.Severity == ingest.Error && e.Of(f) {
				notes = append(notes, ingest.Finding{Severity: ingest.Note, Check: "error-explained", Place: f.Place,
					Saw:    "the officer writes of what was not used: " + ingest.OneLine(e.Text),
					Advice: "An explanation settles a query and no error: put the cell right, or settle it with boardpack decide."})
			}
		}
	}
	r.ret.Findings = append(r.ret.Findings, notes...)
}

// stopAtFindings makes the Return of a workbook that holds only the findings of another.
func (r *reader) stopAtFindings() {
	r.sheet = &sheet{}
	r.find(ingest.Note, "findings-alone", "", "", "this is a list of what boardpack found in another workbook, so nothing was read from it", "Put the workbook itself in the folder.")
}

// IsMarked reports whether a file is a marked copy, or a list of findings, and
// whether anything stands under its "Explanation".
func IsMarked(b []byte, l Limits) (marked, explained bool) {
	m, err := openMarked(b, l)
	if err != nil || m.ours < 0 {
		return false, false
	}
	s, err := m.scanned(m.ours)
	if err != nil {
		return false, false
	}
	header, col, ok := findMark(s)
	if !ok {
		return true, true // its last column is gone: what stands in it cannot be told
	}
	for _, row := range s.rowNumbers() {
		if row > header && s.at(header, col).raw == markHeader && ingest.Clean(s.at(row, col-1).raw) != "" {
			return true, true
		}
	}
	return true, false
}
