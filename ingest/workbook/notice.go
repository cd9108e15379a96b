package workbook

import (
	"fmt"
	"strings"

	"boardpack/ingest"
)

// notice says of a table what was not read and what could be read otherwise,
// so that nothing of it is lost in silence.
func (r *reader) notice(t *table) {
	r.tellDoubts(t)
	r.tellMonths(t)
	r.tellStruck(t)
	r.tellNotes(t)
	r.tellColumns(t)
	r.tellRows(t)
	r.tellStale(t)
	r.tellColours(t)
	r.tellSwapped(t)
}

// tellDoubts makes a query of every column whose reading could have been another.
func (r *reader) tellDoubts(t *table) {
	for _, c := range t.columns {
		if c.doubt != "" && (decides(c.role) || c.twice) {
			r.find(ingest.Query, "column-in-doubt", r.name(t.top, c.col), "", c.doubt, "If that is wrong, change the header so that it says what the column holds, or name the column in boardpack.yaml.")
		}
	}
}

// tellColumns names columns of figures that have no place in a report, and hidden ones.
func (r *reader) tellColumns(t *table) {
	for _, c := range t.columns {
		if c.twice || c.monthly {
			continue
		}
		if t.kind == ingest.KindAction && ofFigures[c.role] && c.stats.filled > 0 {
			r.tellFigures(t, c)
		}
		if c.role == "profile" && !t.profiled && c.stats.count(traitNumber) > 0 {
			r.find(ingest.Note, "column-not-used", r.name(t.top, c.col), "", fmt.Sprintf("the column '%s' is a target for the year so far, and the table has figures for the quarter alone, so it was not used", c.text), "If the figures are for the year so far, say so in their header.")
		}
		if t.kind == ingest.KindAction && c.role == "" && headsPeriods(c.text) && t.has("due") == nil && c.stats.filled > 0 {
			r.tellFigures(t, c)
			continue
		}
		if missing := t.lacks(c); c.role == "" && missing != "" {
			r.find(ingest.Query, "column-in-doubt", r.name(t.top, c.col), "", fmt.Sprintf("nothing was taken for the %s; %s '%s' may hold it, but its header does not say so", missing, r.sheet.columnAt(c.col), c.text),
				"Say in the header what the column holds, or name the column in boardpack.yaml.")
		} else if c.role == "" && c.text == "" && c.stats.filled > 0 {
			r.find(ingest.Query, "column-in-doubt", r.name(t.top, c.col), "", fmt.Sprintf("%s '' has no header, so it was not read", r.sheet.columnAt(c.col)), "Give the column a header that says what it holds.")
		} else if c.role == "" && c.stats.count(traitNumber) == 0 && c.stats.filled*10 >= c.stats.rows*3 && c.stats.filled > 0 {
			r.find(ingest.Note, "column-not-used", r.name(t.top, c.col), "", fmt.Sprintf("the column '%s' holds words that the report has no place for", c.text), "If it is the comment, the officer or a light, say so in its header, or name the column in boardpack.yaml.")
		} else if c.role == "" && c.stats.count(traitNumber) > 0 && c.stats.share(c.stats.count(traitNumber)) >= 0.3 {
			r.find(ingest.Note, "column-not-used", r.name(t.top, c.col), "", fmt.Sprintf("the column '%s' holds figures that the report has no place for", c.text),
				"If it is a target, an outturn or a date, say so in its header, or name the column in boardpack.yaml.")
		}
	}
	r.tellHidden(t)
}

// ofFigures are the roles of figures, which an action has no place for.
var ofFigures = map[string]bool{"target": true, "profile": true, "outturn": true, "year_to_date": true, "last_year": true, "baseline": true, "benchmark": true}

// tellFigures names a column of an action table that was taken for figures; one of quarters may say by when.
func (r *reader) tellFigures(t *table, c column) {
	if t.has("due") == nil && headsPeriods(c.text) {
		r.find(ingest.Query, "column-in-doubt", r.name(t.top, c.col), "", fmt.Sprintf("nothing says by when; column %s '%s' may, but its header does not say so", r.sheet.letter(c.col), c.text), "If it is the date, write Due in its header.")
		return
	}
	r.find(ingest.Note, "column-not-used", r.name(t.top, c.col), "", fmt.Sprintf("the column '%s' holds what an action has no place for", c.text), "If it is the date, the officer or the comment, say so in its header.")
}

// tellHidden names the columns that were not read because they are hidden.
func (r *reader) tellHidden(t *table) {
	for _, c := range t.cols {
		if r.sheet.hiddenCols[c.col] {
			r.find(ingest.Note, "column-hidden", r.name(t.top, c.col), "", fmt.Sprintf("the column '%s' is hidden, so it was not read", c.text), "If it belongs in the report, unhide it and save.")
		}
	}
}

// lacks tells what an unused column may hold that the table has nothing for: its outturn or its lights.
func (t *table) lacks(c column) string {
	marked := c.stats.count(traitLight) + c.stats.tinted
	switch {
	case t.has("light") == nil && marked > 0 && float64(marked) >= 0.6*float64(c.stats.filled+c.stats.tinted):
		return "light"
	case t.kind == ingest.KindIndicator && t.has("outturn") == nil && t.has("year_to_date") == nil && c.stats.share(c.stats.count(traitNumber)) >= 0.5 && c.stats.count(traitNumber) > 0:
		return "outturn"
	}
	return ""
}

// tellRows names the rows that were left out although they look like data.
func (r *reader) tellRows(t *table) {
	for _, s := range t.skipped {
		if s.Why == "hidden row" || s.Why == "struck through" {
			r.find(ingest.Note, "row-left-out", r.name(s.Row, t.left()), "", "the row is "+strings.TrimSuffix(s.Why, " row")+", so it is not in the report", "If it belongs there, unhide it or take the line through it away.")
		}
	}
	for _, row := range t.alone {
		if _, ok := t.sections[row]; ok {
			r.find(ingest.Query, "row-or-heading", r.name(row, t.left()), "", fmt.Sprintf("'%s' stands alone in its row and was taken for a heading over the rows below", t.sections[row]), "If it is a row of the table, fill in its other cells; if it is a heading, make it bold.")
		}
	}
	for _, row := range t.below {
		if r.holdsFigures(t, row) {
			r.find(ingest.Query, "row-not-read", r.name(row, t.left()), "", "this row stands below the table, after a gap and without a reference, so it is not in the report", "If it is a row of the table, give it its reference and close the gap.")
		}
	}
}

func (r *reader) holdsFigures(t *table, row int) bool {
	for _, c := range r.filled(t, row) {
		if c.kind == number {
			return true
		}
	}
	return false
}

// tellBeside names what stands beside a table and was not read as part of it.
func (r *reader) tellBeside() {
	for _, b := range r.beside {
		r.find(ingest.Note, "text-beside-table", r.name(b.row, b.cols[0].col), "", fmt.Sprintf("what stands beside the table under '%s' was not read as part of it", b.cols[0].text), "If it belongs to the table, take the empty column away.")
	}
}

// tellStale asks about a table whose only outturns are of another quarter than the return's.
func (r *reader) tellStale(t *table) {
	own := r.ret.Period.Quarter
	var other *column
	for i := range t.columns {
		c := &t.columns[i]
		if c.role != "outturn" || c.period.Year != 0 && c.period.Year != r.ret.Period.Year {
			continue
		}
		if c.period.Quarter == 0 || c.period.Quarter == own {
			return
		}
		if c.stats.filled > 0 {
			other = c
		}
	}
	if other != nil && own != 0 && t.kind == ingest.KindIndicator {
		r.find(ingest.Query, "column-of-another-quarter", r.name(t.top, other.col), "", fmt.Sprintf("the return is for Q%d and its only figures stand under '%s', so none was taken as this quarter's", own, other.text),
			fmt.Sprintf("Change the header to Q%d, or put this quarter's figures in.", own))
	}
}

// tellColours says where lights may come from rules of the sheet, which are not read.
func (r *reader) tellColours(t *table) {
	light := t.has("light")
	for i := range t.columns {
		if c := &t.columns[i]; c.role == "light" && c.period.Quarter != 0 && c.period.Quarter == r.ret.Period.Quarter {
			light = c
		}
	}
	if light != nil && light.stats.filled+light.stats.tinted == 0 && r.sheet.conditional && len(t.dataRows) > 0 {
		r.find(ingest.Query, "colour-by-rule", r.name(t.top, light.col), "", "the column of lights is empty and the sheet colours cells by rules, which are not read", "Write R, A or G into the cells.")
	}
}

// tellSwapped asks about dates whose day and month may have been exchanged:
// every real date has a day of 12 or less, and every date that stayed text a
// day beyond 12, which a program in American order leaves behind.
func (r *reader) tellSwapped(t *table) {
	due := t.has("due")
	if due == nil {
		return
	}
	low, text12, first := 0, 0, 0
	for _, row := range t.dataRows {
		c := r.cell(row, due.col)
		switch {
		case c.kind == number && r.book.style(c.style).day:
			d, ok := r.serialDate(c.raw)
			if !ok || d.Day > 12 {
				return
			}
			low++
			if first == 0 {
				first = row
			}
		case c.kind == text:
			if d := r.dueIn(c.raw, ""); !d.Date.IsZero() && d.Date.Day > 12 && strings.ContainsAny(c.raw, "/.") {
				text12++
			}
		}
	}
	if low > 0 && text12 > 0 {
		r.find(ingest.Query, "day-and-month-swapped", r.name(first, due.col), "", "the dates of this column with a day up to 12 are dates and the others are text: day and month may have been exchanged when they were typed",
			"Check the dates, and write the month in letters, for example 5 Apr 2009.")
	}
}
