package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// unfolding is how a table of several rows for each indicator is read: a row
// for its target, one for its actual; or a row for each quarter.
type unfolding struct {
	table      *table
	rowRole    int   // column whose cells say "Target" and "Actual" row by row; 0 for none
	rowPeriods []int // columns whose cells say "Q1", "Q2" or "2007/08" row by row
	identity   []int
	byRef      bool         // the first of identity is the reference
	stray      map[int]bool // rows of which it was said that they do not say what they are
}

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

// unfolded sets up anew the tables whose rows are not one indicator each.
// What cannot be told apart is an error, and the table is not read: the target
// row's figure must never be taken for an outturn.
func (r *reader) unfolded(tables []*table) []*table {
	for n, t := range tables {
		u, ok := r.unfoldingOf(t)
		if !ok {
			continue
		}
		if why := r.cannotUnfold(u); why != "" {
			t.unread = fmt.Sprintf("an indicator stands in several rows here (%s '%s' says which is which), and %s; the table was not read", r.sheet.columnAt(u.says()), t.headerOf(u.says()), why)
			continue
		}
		tables[n] = r.unfold(u)
	}
	return tables
}

// says is the column that tells an indicator's rows apart.
func (u unfolding) says() int {
	if u.rowRole != 0 {
		return u.rowRole
	}
	return u.rowPeriods[0]
}

func (t *table) headerOf(col int) string {
	for _, c := range t.cols {
		if c.col == col {
			return c.text
		}
	}
	return ""
}

// unfoldingOf looks for columns that say, row by row, what the row holds or of when it is.
func (r *reader) unfoldingOf(t *table) (unfolding, bool) {
	u := unfolding{table: t, stray: map[int]bool{}}
	for _, c := range t.columns {
		switch said := r.rowKeys(t, c); {
		case said == nil:
		case u.rowRole == 0 && saysRoles(said, len(t.dataRows)):
			u.rowRole = c.col
		case r.saysWhen(t, c, said):
			u.rowPeriods = append(u.rowPeriods, c.col)
		}
	}
	for _, c := range t.columns {
		if c.col != u.rowRole && !slices.Contains(u.rowPeriods, c.col) && (c.role == "ref" || c.role == "title" || identifies([]headCol{c.headCol})) {
			at := len(u.identity)
			if c.role == "ref" {
				u.byRef, at = true, 0
			}
			u.identity = slices.Insert(u.identity, at, c.col)
		}
	}
	if u.rowRole == 0 && len(u.rowPeriods) > 0 && !r.isByPeriod(u) {
		u.rowPeriods = nil
	}
	return u, u.rowRole != 0 || len(u.rowPeriods) > 0
}

// saysWhen reports whether a column says of when its rows are. An action's
// quarter may be the one in which it is due.
func (r *reader) saysWhen(t *table, c column, said []rowKey) bool {
	seen, named := map[string]bool{}, 0
	for _, k := range said {
		if k.when() && (k.role == "" || k.words != "") {
			seen[k.said()] = true
			named++
		}
	}
	return named > 0 && named*10 >= len(t.dataRows)*9 && (len(seen) > 1 || headsPeriods(c.text)) && c.scores["due"] < strong
}

// headsPeriods knows the header of a column of periods.
func headsPeriods(header string) bool {
	switch wordsOnly(header) {
	case "quarter", "qtr", "period", "reporting period", "reporting quarter", "year", "financial year", "fy", "month", "quarter no", "reporting month", "time period", "period name":
		return true
	}
	return false
}

// isByPeriod reports whether the rows of a table are an indicator's or an
// action's quarters: its header says so, or most names come again.
func (r *reader) isByPeriod(u unfolding) bool {
	if len(u.identity) == 0 {
		return false
	}
	said := slices.ContainsFunc(u.rowPeriods, func(col int) bool { return headsPeriods(u.table.headerOf(col)) })
	again := r.rowsOfSeveral(u)
	if u.table.kind == ingest.KindAction {
		return said && again > 0
	}
	return u.table.kind == ingest.KindIndicator && (said || again*2 > len(u.table.dataRows))
}

// rowsOfSeveral counts the rows of a table that stand with others of their name.
func (r *reader) rowsOfSeveral(u unfolding) int {
	several := 0
	for _, g := range r.groups(u) {
		if len(g) > 1 {
			several += len(g)
		}
	}
	return several
}

// rowKeys reads a column's cells as words of rows; nil as soon as too many say nothing.
func (r *reader) rowKeys(t *table, c column) []rowKey {
	keys := make([]rowKey, len(t.dataRows))
	silent := 0
	for n, row := range t.dataRows {
		if keys[n] = r.rowKeyOf(r.cell(row, c.col), c.text); keys[n] == (rowKey{}) {
			silent++
		}
		if silent*10 > len(t.dataRows)*4 {
			return nil
		}
	}
	return keys
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
	h := r.headingOf(c.raw)
	if role, score := h.best(); score >= 1 && ofRows[role] {
		return rowKey{role: role, period: h.period, words: timeWords[wordsOnly(c.raw)]}
	}
	if role := r.words.rows[wordsOnly(c.raw)]; role != "" {
		return rowKey{role: role}
	}
	if h.bare {
		return rowKey{period: h.period}
	}
	if isMonth(c.raw) {
		return rowKey{month: wordsOnly(c.raw)}
	}
	return rowKey{words: timeWords[wordsOnly(c.raw)]}
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
	if q := atoiOr0(c.raw); q >= 1 && q <= 4 && has(ingest.Fold(header), "quarter", "qtr") {
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

// groups gives the rows of each indicator. A row belongs to the one above it
// unless it names another.
func (r *reader) groups(u unfolding) [][]int {
	var out [][]int
	var above []string
	section := 0
	totals := u.table.skippedAs("total")
	for _, row := range u.table.dataRows {
		names := make([]string, len(u.identity))
		for n, col := range u.identity {
			names[n] = ingest.Fold(r.cell(row, col).raw)
		}
		if totals[row-1] && strings.Join(names, "") == "" {
			totals[row] = true // the total, too, stands in several rows
			continue
		}
		if s := r.sectionOf(u.table, row); len(out) == 0 || s != section || u.another(names, above) {
			out, section, above = append(out, nil), s, make([]string, len(names))
		}
		for n, name := range names {
			above[n] = cmp.Or(name, above[n])
		}
		out[len(out)-1] = append(out[len(out)-1], row)
	}
	return out
}

// skippedAs gives the rows of a table that were left out for a reason.
func (t *table) skippedAs(why string) map[int]bool {
	rows := map[int]bool{}
	for _, s := range t.skipped {
		if s.Why == why {
			rows[s.Row] = true
		}
	}
	return rows
}

// another reports whether a row's names are of another indicator than those
// above it: the reference decides where both have one, in rows that say what they are.
func (u unfolding) another(names, above []string) bool {
	if u.byRef && u.rowRole != 0 && names[0] != "" && above[0] != "" {
		return names[0] != above[0]
	}
	return differ(names, above)
}

// differ reports whether two lists of names contradict each other somewhere.
func differ(a, b []string) bool {
	for n := range a {
		if a[n] != "" && b[n] != "" && a[n] != b[n] {
			return true
		}
	}
	return false
}

// sectionOf is the section row that a row stands under, 0 for none.
func (r *reader) sectionOf(t *table, row int) int {
	section := 0
	for _, s := range sortedInts(t.sections) {
		if s < row {
			section = s
		}
	}
	return section
}

func (r *reader) keyOfRow(u unfolding, row int) rowKey {
	var key rowKey
	if u.rowRole != 0 {
		key = r.rowKeyOf(r.cell(row, u.rowRole), u.table.headerOf(u.rowRole))
		key.words = ""
	}
	for _, col := range u.rowPeriods {
		when := r.rowKeyOf(r.cell(row, col), u.table.headerOf(col))
		key.period.Quarter = cmp.Or(when.period.Quarter, key.period.Quarter)
		key.period.Year = cmp.Or(when.period.Year, key.period.Year)
		key.month = cmp.Or(when.month, key.month)
		key.words = cmp.Or(when.words, key.words)
	}
	if key.month != "" {
		key.period = ingest.Period{}
	}
	return key
}

// cannotUnfold says why the rows of a table cannot be told apart, in words; "" where they can.
func (r *reader) cannotUnfold(u unfolding) string {
	switch {
	case u.table.pinned:
		return "boardpack.yaml names its columns, which gives each row its own indicator"
	case len(u.identity) == 0 || u.rowRole != 0 && len(r.groups(u))*10 > len(u.table.dataRows)*8:
		u.table.nameless = true
		return "nothing says which indicator a row belongs to"
	}
	for _, rows := range r.groups(u) {
		taken := map[rowKey]int{}
		for _, row := range rows {
			key := r.keyOfRow(u, row)
			if first := taken[key]; first != 0 && key != (rowKey{}) {
				return fmt.Sprintf("rows %d and %d of one indicator say the same", first, row)
			}
			taken[key] = row
		}
	}
	return ""
}

// unfold makes a row of each indicator.
func (r *reader) unfold(u unfolding) *table {
	t := u.table
	a := rearrange(r.sheet, t.left())
	var rows []int
	for _, group := range r.groups(u) {
		for _, c := range t.columns {
			if c.col == u.rowRole || slices.Contains(u.rowPeriods, c.col) {
				continue
			}
			if splits(u, c) {
				r.putFigures(a, u, c, group)
			} else {
				r.putName(a, c, group)
			}
		}
		rows = append(rows, group[0])
	}
	for row := range t.sections {
		if cells := r.filled(t, row); len(cells) > 0 {
			a.sheet.arranged.from[[2]int{row, a.left}] = [2]int{row, cells[0].col}
			a.sheet.cells = append(a.sheet.cells, cell{row: row, col: a.left, kind: text, raw: cells[0].raw})
		}
	}
	out := r.arrangedTable(a, t.top, t.bodyEnd, rows)
	out.sections, out.skipped, out.parts = t.sections, t.skipped, t
	return out
}

// splits reports whether a column's cells are the rows' own figures and words,
// and not the indicator's name, unit or officer.
func splits(u unfolding, c column) bool {
	role, score := c.best()
	if score < strong || c.bare {
		return c.bare || c.stats.real > 0
	}
	if u.rowRole == 0 {
		return ofRows[role]
	}
	return role == "outturn" || role == "year_to_date" || role == "last_year" && c.period.Year != 0
}

// putFigures puts the cells of a column that holds each row's own.
func (r *reader) putFigures(a *rearranged, u unfolding, c column, group []int) {
	for _, row := range group {
		key := r.keyOfRow(u, row)
		at := r.sheet.at(row, c.col)
		if key == (rowKey{}) {
			if at.kind != empty {
				r.strayRow(u, row)
			}
			continue
		}
		if m, ok := r.sheet.merged(row, c.col); ok && m.bottom > m.top {
			if m.top == row {
				r.find(ingest.Query, "figure-merged", r.name(row, c.col), "", "the figure stands in cells that are merged over several rows, which say different things", "Unmerge the cells and write each figure in its own.")
			}
			continue
		}
		a.put(fmt.Sprint(columnName(c.col), key), group[0], headingOfRow(c.heading, key, u.rowRole != 0, r.rowName(u, row)), at)
	}
}

// strayRow names a row whose figures have no place, because it does not say what it is.
func (r *reader) strayRow(u unfolding, row int) {
	if !u.stray[row] {
		u.stray[row] = true
		r.find(ingest.Query, "row-not-read", r.name(row, u.says()), "", fmt.Sprintf("this row of several for one indicator does not say what it holds ('%s'), so it is not in the report", ingest.OneLine(r.cell(row, u.says()).raw)),
			"Write Target, Actual, RAG or Comment there.")
	}
}

func (r *reader) rowName(u unfolding, row int) string {
	var words []string
	for _, col := range append(slices.Clone(u.rowPeriods), u.rowRole) {
		if c := r.cell(row, col); col != 0 && c.kind == number {
			words = append(words, r.numberText(c))
		} else if col != 0 {
			words = append(words, ingest.OneLine(c.raw))
		}
	}
	return strings.Join(words, " / ")
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
	return has(ingest.Fold(header), "to date", "ytd", "cumulative", "so far")
}

// putName puts what a column says of the indicator once: the first text of its
// rows. Comments of several rows are joined; other texts that differ are asked about.
func (r *reader) putName(a *rearranged, c column, group []int) {
	var said cell
	for _, row := range group {
		at := r.cell(row, c.col)
		switch {
		case at.kind == empty, at.raw == said.raw:
		case said.kind == empty:
			said = at
		case c.scores["comment"] >= strong:
			said.raw += "\n" + at.raw
		default:
			r.find(ingest.Query, "row-values-differ", r.name(row, c.col), "", fmt.Sprintf("the rows of one indicator say '%s' and '%s' under '%s'; the first was used", ingest.OneLine(said.raw), ingest.OneLine(at.raw), c.text), "Say it once for each indicator.")
		}
	}
	if said.kind != empty {
		a.put(columnName(c.col), group[0], c.heading, said)
	}
}
