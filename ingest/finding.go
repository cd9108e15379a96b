package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how much a finding matters.
type Severity string

const (
	Error Severity = "error" // to officers: "not used"
	Query Severity = "query" // used, but somebody should look
	Note  Severity = "note"
)

// Finding is one breach of a check, at a file, sheet and cell.
type Finding struct {
	Severity Severity
	Check    string // stable kebab-case name
	Place
	Cells       []string // further cells of the same mistake, in order
	Ref         string   // the row's reference as spelled, where there is one row
	Saw         string   // what was seen
	Advice      string   // what to do
	Explanation string   // the decision that settled it, if any
}

// Rank orders severities, the worst first.
func (s Severity) Rank() int {
	return slices.Index([]Severity{Error, Query, Note}, s)
}

// SortFindings puts findings in the order of severity, then place, then check.
func SortFindings(list []Finding) {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Severity.Rank(), b.Severity.Rank()),
			cmp.Compare(a.Workbook, b.Workbook),
			cmp.Compare(a.Sheet, b.Sheet),
			CompareCells(a.Cell, b.Cell),
			cmp.Compare(a.Check, b.Check),
			cmp.Compare(a.Ref, b.Ref),
			cmp.Compare(a.Saw, b.Saw),
		)
	})
}

// CompareCells orders cells in A1 form by row, then column.
func CompareCells(a, b string) int {
	ra, ca := cellParts(a)
	rb, cb := cellParts(b)
	return cmp.Or(cmp.Compare(ra, rb), cmp.Compare(len(ca), len(cb)), cmp.Compare(ca, cb))
}

func cellParts(cell string) (row int, col string) {
	i := 0
	for i < len(cell) && (cell[i] < '0' || cell[i] > '9') {
		i++
	}
	return atoi(cell[i:]), cell[:i]
}

// GroupFindings makes one finding of the same mistake down a column: the first
// cell stands for all, the others are in Cells and named in Saw. The list must be sorted.
func GroupFindings(list []Finding) []Finding {
	type mistake struct {
		severity                                                 Severity
		check, workbook, sheet, column, saw, advice, explanation string
	}
	var out []Finding
	at := map[mistake]int{}
	for _, f := range list {
		_, column := cellParts(f.Cell)
		key := mistake{f.Severity, f.Check, f.Workbook, f.Sheet, column, f.Saw, f.Advice, f.Explanation}
		n, seen := at[key]
		if !seen || f.Cell == "" {
			at[key] = len(out)
			out = append(out, f)
			continue
		}
		g := &out[n]
		g.Cells = append(slices.Clip(g.Cells), f.Cell)
		if f.Ref != "" {
			g.Ref += "; " + f.Ref
		}
	}
	for i := range out {
		out[i].Saw += alsoIn(out[i].Cells)
	}
	return out
}

// SawOfGroup gives what was seen without the further cells that GroupFindings
// names at its end, and reports whether there were any.
func SawOfGroup(saw string) (string, bool) {
	at := strings.LastIndex(saw, " (also in ")
	if at < 0 || !strings.HasSuffix(saw, ")") {
		return saw, false
	}
	return saw[:at], true
}

// SameColumn reports whether two cells in A1 form stand in one column.
func SameColumn(a, b string) bool {
	_, x := cellParts(a)
	_, y := cellParts(b)
	return x == y
}

// alsoIn names up to six further cells and counts the rest.
func alsoIn(cells []string) string {
	const named = 6
	switch {
	case len(cells) == 0:
		return ""
	case len(cells) <= named:
		return " (also in " + strings.Join(cells, ", ") + ")"
	}
	return fmt.Sprintf(" (also in %s and %d more cells)", strings.Join(cells[:named], ", "), len(cells)-named)
}
