package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// rowKey is what a row of an unfolding says of itself.
type rowKey struct {
	role   string
	period ingest.Period
	month  string // one month, which makes no quarter unless it ends one
	words  string // "last year", "this quarter"
}

// when reports whether a row says of when it is.
func (k rowKey) when() bool {
	return k.period != (ingest.Period{}) || k.month != "" || k.words != ""
}

func (k rowKey) said() string { return k.period.String() + k.month + k.words }

// headsPeriods knows the header of a column of periods.
func headsPeriods(header string) bool {
	switch wordsOnly(header) {
	case "quarter", "qtr", "period", "reporting period", "reporting quarter", "year", "financial year", "fy", "month", "quarter no", "reporting month", "time period", "period name":
		return true
	}
	return false
}

// rowKeys reads a column's cells as words of rows; nil as soon as too many say
// nothing. They hold until the next column is read.
func (r *reader) rowKeys(t *table, c *column) []rowKey {
	if r.keys = r.keys[:0]; r.tooSilent(t, c) {
		return nil
	}
	silent := 0
	r.keys = slices.Grow(r.keys, min(len(t.dataRows), sampleRows))
	for _, row := range t.dataRows {
		key := r.rowKeyOf(r.cell(row, c.col), c.text)
		if r.keys = append(r.keys, key); key == (rowKey{}) {
			silent++
		}
		if silent*10 > len(t.dataRows)*4 {
			return nil
		}
	}
	return r.keys
}

// tooSilent is a quick look for rowKeys: whether more of a column's cells say
// nothing of their rows than may. Numbers and dates only do below a header of periods.
func (r *reader) tooSilent(t *table, c *column) bool {
	if len(t.dataRows) > sampleRows || headsPeriods(c.text) || c.stats.reader == nil {
		return false
	}
	silent := len(t.dataRows) - len(c.stats.texts)
	for _, f := range c.stats.texts {
		if silent*10 > len(t.dataRows)*4 {
			return true
		}
		if len(f.Line) > longestQuarter || r.rowKeyIn(f) == nil {
			silent++
		}
	}
	return silent*10 > len(t.dataRows)*4
}

// rowKeyOf reads a cell as the name of a row: "Target", "Q2 actual", "Quarter
// 3", below "Quarter" a 3, below "Month" a date.
func (r *reader) rowKeyOf(c cell, header string) rowKey {
	switch {
	case c.kind == number && headsPeriods(header):
		return r.numberKey(c, header)
	case c.kind != text || len(c.raw) > longestQuarter:
		return rowKey{}
	}
	if key := r.rowKeyIn(r.factsOf(r.sheet, c)); key != nil {
		return *key
	}
	return rowKey{}
}

// rowKeyIn reads a text as the name of a row; nil where it says nothing of one.
func (r *reader) rowKeyIn(f *textFacts) *rowKey {
	if r.asHeader(f).lacks(knowsRowKey) {
		if key := r.textKey(f); key != (rowKey{}) {
			f.rowKey = &key
		}
	}
	return f.rowKey
}

// textKey reads a text as the name of a row.
func (r *reader) textKey(f *textFacts) rowKey {
	h := &f.heading
	if role, score := h.best(); score >= 1 && ofRows[role] {
		return rowKey{role: role, period: h.period, words: timeWords[h.words]}
	}
	if role := r.words.rows[h.words]; role != "" {
		return rowKey{role: role}
	}
	if h.bare {
		return rowKey{period: h.period}
	}
	if r.isMonth(f.Line) {
		return rowKey{month: h.words}
	}
	return rowKey{words: timeWords[h.words]}
}

// timeWords are what stands in place of a period, and whether it is the return's own.
var timeWords = map[string]string{"last year": "last year", "previous year": "last year", "prior year": "last year", "this year": "this year", "current year": "this year", "this quarter": "this quarter", "current quarter": "this quarter", "current": "this quarter", "latest": "this quarter",
	"last quarter": "last quarter", "previous quarter": "last quarter", "prior quarter": "last quarter", "previous": "last quarter"}

func (r *reader) numberKey(c cell, header string) rowKey {
	if r.book.style(c.style).date {
		if d, ok := r.serialDate(c.raw); ok {
			return rowKey{month: wordsOnly(fmt.Sprintf("%s %d", d.Month, d.Year))}
		}
	}
	if q := atoiOr0(c.raw); q >= 1 && q <= 4 && ingest.HasAny(ingest.Fold(header), "quarter", "qtr") {
		return rowKey{period: ingest.Period{Quarter: q}}
	}
	return rowKey{}
}

// ofRows are the roles that a row of an indicator can have.
var ofRows = map[string]bool{"target": true, "profile": true, "outturn": true, "year_to_date": true, "light": true, "status": true, "comment": true, "variance": true, "travel": true,
	"last_year": true, "baseline": true, "benchmark": true, "numerator": true, "denominator": true, "forecast": true}

func saysRoles(keys []rowKey, rows int) bool {
	seen, named := map[string]bool{}, 0
	for _, k := range keys {
		if k.role != "" {
			seen[k.role] = true
			named++
		}
	}
	actual := seen["outturn"] || seen["year_to_date"]
	parts := seen["numerator"] && seen["denominator"] || seen["outturn"] && seen["year_to_date"]
	return actual && (seen["target"] || seen["light"] || parts) && named*10 >= rows*6
}

// headingOfRow is the heading of what stands in a column and a row that says what it is.
func headingOfRow(column heading, key rowKey, byRole bool, name string) heading {
	h := heading{text: strings.TrimPrefix(column.text+" / "+name, " / "), period: column.period, monthly: column.monthly, scores: map[string]float64{}}
	if _, score := column.best(); byRole && score < strong && !column.bare {
		h.group = column.text // "North" over a row of targets and one of actuals
	}
	h.period.Quarter = cmp.Or(key.period.Quarter, h.period.Quarter)
	h.period.Year = cmp.Or(key.period.Year, h.period.Year)
	if key.month != "" {
		h.monthly = true
		if month, _ := monthNamed(key.month); month%3 == 0 {
			h.period, h.monthly = quarterEnding(key.month), false
		}
	}
	switch {
	case h.monthly:
	case byRole:
		if role := roleOfRow(column, key.role); role != "" {
			h.scores[role] = sure
		}
	default:
		h.scores, h.bare = scoresWhen(column, key.words), column.bare
	}
	return h
}

// scoresWhen are a column's scores in a row of another time: the actual of last
// year is last year's, and of last quarter there is nothing in this report.
func scoresWhen(column heading, words string) map[string]float64 {
	role, score := column.best()
	switch {
	case words == "last year" && role == "outturn":
		return map[string]float64{"last_year": score}
	case (words == "last year" || words == "last quarter") && ofRows[role]:
		return nil
	}
	return column.scores
}

// sure is the score of a role that a row's own word gives.
const sure = 1.2

// roleOfRow is what a figure is below or beside another header: the target below
// "Year end" is the year's and below "Year to date" that of the quarters so far;
// the actual below either, below "Last year" or below "England" is no quarter's outturn.
func roleOfRow(column heading, role string) string {
	own, score := column.best()
	switch {
	case score < strong || !aside[own]:
		return role
	case own == role:
		return role
	case own == "year_to_date" && role == "target" && soFar(column.text):
		return "profile"
	case own == "year_to_date" && (role == "target" || role == "variance"):
		return role
	case role == "outturn":
		return own
	case ofRows[role]:
		return ""
	}
	return role
}

// aside are the roles of headers below which a figure is not the quarter's.
var aside = map[string]bool{"year_to_date": true, "last_year": true, "benchmark": true, "baseline": true, "forecast": true, "variance": true}

func soFar(header string) bool {
	return ingest.HasAny(ingest.Fold(header), "to date", "ytd", "cumulative", "so far")
}
