package workbook

import (
	"fmt"
	"regexp"
	"strings"

	"boardpack/ingest"
)

// reviews reads review columns: "Last – Dec 07", "Next: Mar 08", or one date
// under a header that says which it is. A plain one after the quarter's last day is to come.
func (r *reader) reviews(t *table, row int) (last, next ingest.Due) {
	for _, c := range t.columns {
		if c.role != "review" && !(c.role == "due" && strings.Contains(ingest.Fold(c.text), "review")) {
			continue
		}
		d := r.dueAt(row, c.col)
		if r.isNextReview(c, d) {
			next = d
		} else {
			last = d
		}
	}
	return last, next
}

func (r *reader) isNextReview(c column, d ingest.Due) bool {
	said, header := ingest.Fold(d.Text), ingest.Fold(c.text)
	switch {
	case strings.Contains(said, "next"), strings.Contains(said, "last"):
		return strings.Contains(said, "next")
	case ingest.HasAny(header, "last", "reviewed", "updated"):
		return false
	case toReview(header):
		return true
	}
	own := r.ret.Period
	return own.Known() && d.Date.After(own.LastDay())
}

// toReview knows the header of a review to come.
func toReview(header string) bool { return ingest.HasAny(header, "next", "due", "review by") }

// due reads a date cell and says what is doubtful about it.
func (r *reader) due(t *table, row int, role string) ingest.Due {
	c := t.has(role)
	if c == nil {
		return ingest.Due{}
	}
	d := r.dueAt(row, c.col)
	if d.Date.IsZero() && !d.Ongoing && role == "due" && (d.Text == "" || r.has(r.facts(d.Text), traitNothing)) {
		if other := r.otherDue(t, row); other.Cell != "" {
			d = other
		}
	}
	r.askDate(&d, t)
	if d.Doubt != "" {
		r.find(ingest.Query, "date-in-doubt", d.Cell, "", fmt.Sprintf("'%s': %s", d.Text, d.Doubt), "Give one date, for example Mar 2009 or 31/03/2009.")
	}
	return d
}

// otherDue is the date of another column that says by when, for a row whose
// first has none: a revised date stands only where the date was moved.
func (r *reader) otherDue(t *table, row int) ingest.Due {
	for _, c := range t.columns {
		if c.role == "" && c.scores["due"] >= strong && fit("due", c.stats) > 0 {
			if d := r.dueAt(row, c.col); !d.Date.IsZero() || d.Ongoing {
				return d
			}
		}
	}
	return ingest.Due{}
}

// firstDue is the date of a column that says that it was the first: "Original date".
func (r *reader) firstDue(t *table, row int) ingest.Due {
	for _, c := range t.columns {
		if c.role == "" && c.scores["due"] >= strong && ingest.HasAny(ingest.Fold(c.text), "original", "baseline", "initial", "first ") {
			if d := r.dueAt(row, c.col); !d.Date.IsZero() {
				return d
			}
		}
	}
	return ingest.Due{}
}

// askDate asks about a year far from the return's own, and about a date whose
// day and month may be exchanged in a column that shows American order.
func (r *reader) askDate(d *ingest.Due, t *table) {
	own := r.ret.Period.Year
	switch {
	case d.Doubt != "" || d.Date.IsZero():
	case own != 0 && (d.Date.Year > own+15 || d.Date.Year < own-10):
		d.Doubt = fmt.Sprintf("the year %d is far from the return's own", d.Date.Year)
	case t.american && d.Date.Day <= 12 && int(d.Date.Month) <= 12 && numericDate.MatchString(d.Text):
		d.Doubt = "another date of the column puts the month first, so day and month may be exchanged here"
	}
}

var (
	numericDate  = regexp.MustCompile(`^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*$`)
	americanDate = regexp.MustCompile(`^\s*(?:0?[1-9]|1[0-2])[/.-](?:1[3-9]|2\d|3[01])[/.-]\d{2,4}\s*$`)
)

// seesAmerican reports whether a column of dates holds one that can only be read month first.
func (r *reader) seesAmerican(t *table) bool {
	due := t.has("due")
	if due == nil {
		return false
	}
	for _, row := range t.dataRows {
		if c := r.cell(row, due.col); c.kind == text && americanDate.MatchString(c.raw) {
			return true
		}
	}
	return false
}

func (r *reader) dueAt(row, col int) ingest.Due {
	cl := r.cell(row, col)
	name := r.name(cl.row(), cl.col())
	switch cl.kind {
	case empty:
		return ingest.Due{}
	case number:
		return r.serialDue(cl, name)
	case failure:
		return ingest.Due{Text: cl.raw, Cell: name, Doubt: "the cell holds an error"}
	}
	return r.dueIn(cl.raw, name)
}

// serialDue reads a date cell; a format that shows no day means the month's last day.
func (r *reader) serialDue(c cell, name string) ingest.Due {
	st := r.book.style(c.style)
	d, ok := r.serialDate(c.raw)
	if !ok || !st.date {
		return ingest.Due{Text: r.numberText(c), Cell: name, Doubt: "this is a number and not a date"}
	}
	if !st.month {
		return ingest.Due{Text: r.numberText(c), Date: d, Cell: name, Doubt: "the cell shows only part of the date"}
	}
	if !st.day {
		d = ingest.MonthEnd(d.Year, d.Month)
		return ingest.Due{Text: fmt.Sprintf("%s %d", d.Month.String()[:3], d.Year), Date: d, Cell: name}
	}
	return ingest.Due{Text: d.Words(), Date: d, Cell: name}
}
