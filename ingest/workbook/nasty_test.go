package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
)

// A nasty workbook is one that a reader can get wrong in silence. Each field
// that is named must be read as it should, or a finding must say that it was not.
type nasty struct {
	name   string
	file   string // the file's name; "Leisure Q2 2008-09.xlsx" where empty
	sheets []*grid
	want   []fact
	absent []string // references and titles that no row may have
	told   []string // cells that a finding must name
	says   []string // checks, or words of findings, that must be there
	check  func(*testing.T, ingest.Return)
}

// fact is one value of one row: "NI 1", "outturn", "27.4", and the cell that holds it.
type fact struct{ row, field, value, at string }

func TestNastyWorkbooksAreReadRightlyOrReported(t *testing.T) {
	right, reported, silent := 0, 0, 0
	for _, n := range nastyWorkbooks() {
		t.Run(n.name, func(t *testing.T) {
			ret, err := Read(fileName(n), workbookOf(t, n.sheets...), Options{Words: vocabulary(t)})
			if err != nil {
				t.Fatal(err)
			}
			ok := true
			for _, f := range n.want {
				got, found := valueOf(ret, f.row, f.field)
				switch {
				case found && got == f.value:
					right++
				case isTold(ret, f.at) || !found && isRowTold(ret, f.at):
					reported++
				default:
					silent++
					ok = false
					t.Errorf("WRONG IN SILENCE: %s %s is %q (row found: %v), want %q or a finding at %s", f.row, f.field, got, found, f.value, f.at)
				}
			}
			ok = n.checkRest(t, ret) && ok
			if !ok {
				t.Log(told(ret))
			}
		})
	}
	t.Logf("nasty workbooks: %d values right, %d reported, %d wrong in silence", right, reported, silent)
}

func fileName(n nasty) string {
	if n.file == "" {
		return "Leisure Q2 2008-09.xlsx"
	}
	return n.file
}

func (n nasty) checkRest(t *testing.T, ret ingest.Return) bool {
	ok := true
	fail := func(format string, args ...any) {
		ok = false
		t.Errorf(format, args...)
	}
	for _, name := range n.absent {
		if _, found := rowOf(ret, name); found {
			fail("WRONG IN SILENCE: %q was read as a row", name)
		}
	}
	for _, at := range n.told {
		if !isTold(ret, at) {
			fail("no finding at %s", at)
		}
	}
	for _, word := range n.says {
		if !strings.Contains(told(ret), word) {
			fail("no finding says %q", word)
		}
	}
	if n.check != nil {
		n.check(t, ret)
	}
	return ok && !t.Failed()
}

// told lists a reading and its findings, for the log.
func told(ret ingest.Return) string {
	var b strings.Builder
	fmt.Fprintf(&b, "period %v, plan %q, nil %v\n", ret.Period, ret.Plan, ret.Nil)
	for _, tb := range ret.Tables {
		fmt.Fprintf(&b, "table %s!%s %s, %d rows, skipped %v:", tb.Sheet, tb.Range, tb.Kind, tb.Rows, tb.Skipped)
		for _, c := range tb.Columns {
			fmt.Fprintf(&b, " %s '%s'=%s", c.Letter, c.Header, c.Role)
		}
		b.WriteByte('\n')
	}
	for _, r := range everyRow(ret) {
		fmt.Fprintf(&b, "row %s %q %q plan %q objective %q\n", r.row.Cell, r.row.Ref.Written, r.row.Title.Value, r.row.Plan, r.row.Objective.Value)
	}
	for _, f := range ret.Findings {
		fmt.Fprintf(&b, "%s %s %s!%s %v: %s\n", f.Severity, f.Check, f.Sheet, f.Cell, f.Cells, f.Saw)
	}
	return b.String()
}

// isTold reports whether a finding names a cell ("F5" or "Sheet!F5"), its
// column's header, its table, its sheet or the whole workbook.
func isTold(ret ingest.Return, at string) bool {
	sheet, cell, ok := strings.Cut(at, "!")
	if !ok {
		sheet, cell = "", at
	}
	for _, f := range ret.Findings {
		if sheet != "" && f.Sheet != "" && f.Sheet != sheet {
			continue
		}
		switch {
		case f.Cell == cell || slices.Contains(f.Cells, cell):
			return true
		case f.Severity == ingest.Error && f.Cell == "":
			return true
		case f.Check == "period-contradicts" || f.Check == "table-not-used":
			return true
		case f.Check == "column-in-doubt" && mentionsColumn(f, cell):
			return true
		}
	}
	return false
}

func mentionsColumn(f ingest.Finding, cell string) bool {
	_, col := rowColumn(cell)
	return strings.Contains(f.Saw, " "+col+" '") || strings.HasPrefix(f.Saw, col+" '")
}

func rowColumn(cell string) (int, string) {
	row, col, _ := parseCell(cell)
	return row, columnName(col)
}

// isRowTold reports whether a finding stands anywhere in a cell's row.
func isRowTold(ret ingest.Return, at string) bool {
	if _, cell, ok := strings.Cut(at, "!"); ok {
		at = cell
	}
	row, _ := rowColumn(at)
	for _, f := range ret.Findings {
		for _, c := range append([]string{f.Cell}, f.Cells...) {
			if r, _ := rowColumn(c); c != "" && r == row {
				return true
			}
		}
	}
	return false
}

// anyRow is a row of whatever kind.
type anyRow struct {
	row       *ingest.Row
	action    *ingest.Action
	indicator *ingest.Indicator
	risk      *ingest.Risk
}

func everyRow(ret ingest.Return) []anyRow {
	var out []anyRow
	for i := range ret.Actions {
		out = append(out, anyRow{row: &ret.Actions[i].Row, action: &ret.Actions[i]})
	}
	for i := range ret.Indicators {
		out = append(out, anyRow{row: &ret.Indicators[i].Row, indicator: &ret.Indicators[i]})
	}
	for i := range ret.Risks {
		out = append(out, anyRow{row: &ret.Risks[i].Row, risk: &ret.Risks[i]})
	}
	return out
}

// rowOf finds a row by its reference or title; "NI 1#2" is the second of them.
func rowOf(ret ingest.Return, name string) (anyRow, bool) {
	name, nth, _ := strings.Cut(name, "#")
	n := max(1, atoiOr0(nth))
	for _, r := range everyRow(ret) {
		if r.row.Ref.Written == name || r.row.Title.Value == name {
			if n--; n == 0 {
				return r, true
			}
		}
	}
	return anyRow{}, false
}

// valueOf gives a field of a row in words.
func valueOf(ret ingest.Return, name, field string) (string, bool) {
	r, ok := rowOf(ret, name)
	if !ok {
		return "", false
	}
	switch field {
	case "title":
		return ingest.OneLine(r.row.Title.Value), true
	case "plan":
		return r.row.Plan, true
	case "objective":
		return r.row.Objective.Value, true
	case "officer":
		return r.row.Officer.Value, true
	case "comment":
		return r.row.Comment.Value, true
	}
	if r.action != nil {
		return actionValue(r.action, field), true
	}
	if r.indicator != nil {
		return indicatorValue(r.indicator, field, ret.Period.Quarter), true
	}
	return "", field == "risk"
}

func actionValue(a *ingest.Action, field string) string {
	switch field {
	case "due":
		return a.Due.Date.String()
	case "light":
		return a.Light.Colour
	case "status":
		return a.StatusOf
	}
	return "no such field"
}

// indicatorValue gives a figure or light; those of no quarter are the return's
// own, which may stand in a column that names it.
func indicatorValue(i *ingest.Indicator, field string, own int) string {
	quarter := i.Quarters.Of(own)
	if q, ok := strings.CutPrefix(field, "q"); ok && len(q) > 2 {
		quarter := i.Quarters.Of(int(q[0] - '0'))
		switch q[2:] {
		case "outturn":
			return figureText(quarter.Outturn)
		case "target":
			return figureText(quarter.Target)
		case "light":
			return quarter.Light.Colour
		case "comment":
			return quarter.Comment.Value
		}
	}
	switch field {
	case "outturn":
		return cmp.Or(figureText(i.Outturn), figureText(quarter.Outturn))
	case "target":
		return cmp.Or(figureText(i.Target), figureText(quarter.Target))
	case "last year":
		return figureText(i.LastYear)
	case "year to date":
		return figureText(i.YearToDate)
	case "light":
		return cmp.Or(i.Light.Colour, quarter.Light.Colour)
	case "unit":
		return i.Unit.Value
	case "polarity":
		return i.PolarityOf
	}
	return "no such field"
}

// figureText is a figure's number; what is not a number is empty.
func figureText(f ingest.Figure) string {
	if f.Number == nil {
		return ""
	}
	return f.Number.String()
}

// piHeader is a plain header of indicators, A to G.
var piHeader = row{"Ref", "Indicator", "Unit", "Target 2008/09", "Q2 actual", "RAG", "Comments"}

// actionHeader is a plain header of actions, A to F.
var actionHeader = row{"Ref", "Action", "Due date", "Lead officer", "RAG", "Comments"}

// pis is a sheet of indicators whose rows begin in row 4.
func pis(rows ...row) *grid {
	return newGrid("PIs").put("A1", row{"Leisure Services"}).put("A3", piHeader).put("A4", rows...)
}

// actions is a sheet of actions whose rows begin in row 4.
func actions(rows ...row) *grid {
	return newGrid("Actions").put("A1", row{"Leisure Services"}).put("A3", actionHeader).put("A4", rows...)
}

// filler is n plain indicators, so that a column is known by its content.
func filler(n int) []row {
	var out []row
	for i := range n {
		out = append(out, row{fmt.Sprintf("LPI %d", i+1), fmt.Sprintf("Visits to leisure centre number %d", i+1), "number", 100 + i, 101 + i, []string{"Green", "Amber", "Red"}[i%3]})
	}
	return out
}

func fillerActions(n int) []row {
	var out []row
	for i := range n {
		out = append(out, row{fmt.Sprintf("LS %d", i+1), fmt.Sprintf("Refurbish the leisure centre at site %d", i+1), "Mar 2009", "Head of Leisure", []string{"Green", "Amber", "Red"}[i%3]})
	}
	return out
}
