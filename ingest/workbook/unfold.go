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
	table     *table
	rowRole   int // column whose cells say "Target" and "Actual" row by row; 0 for none
	rowPeriod int // column whose cells say "Q1", "Q2" row by row; 0 for none
	identity  []int
	byRef     bool         // the first of identity is the reference
	stray     map[int]bool // rows of which it was said that they do not say what they are
}

// rowKey is what a row of an unfolding says of itself.
type rowKey struct {
	role   string
	period ingest.Period
}

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
			t.nameless = len(u.identity) == 0
			t.unread = fmt.Sprintf("an indicator stands in several rows here (%s '%s' says which is which), and %s; the table was not read", r.sheet.columnAt(u.says()), t.headerOf(u.says()), why)
			continue
		}
		tables[n] = r.unfold(u)
	}
	return tables
}

func (u unfolding) says() int { return max(u.rowRole, u.rowPeriod) }

func (t *table) headerOf(col int) string {
	for _, c := range t.cols {
		if c.col == col {
			return c.text
		}
	}
	return ""
}

// unfoldingOf looks for columns that say, row by row, what the row holds.
func (r *reader) unfoldingOf(t *table) (unfolding, bool) {
	u := unfolding{table: t, stray: map[int]bool{}}
	for _, c := range t.columns {
		switch said := r.rowKeys(t, c.col); {
		case u.rowRole == 0 && saysRoles(said, len(t.dataRows)):
			u.rowRole = c.col
		case u.rowPeriod == 0 && t.kind == ingest.KindIndicator && saysQuarters(said, len(t.dataRows)) && c.scores["due"] < strong && c.scores["frequency"] < strong:
			u.rowPeriod = c.col
		}
	}
	for _, c := range t.columns {
		if c.col != u.rowRole && c.col != u.rowPeriod && (c.role == "ref" || c.role == "title" || identifies([]headCol{c.headCol})) {
			at := len(u.identity)
			if c.role == "ref" {
				u.byRef, at = true, 0
			}
			u.identity = slices.Insert(u.identity, at, c.col)
		}
	}
	if u.rowRole == 0 && u.rowPeriod != 0 && !r.repeatsByQuarter(u) {
		u.rowPeriod = 0
	}
	return u, u.rowRole != 0 || u.rowPeriod != 0
}

// rowKeys reads a column's cells as words of rows; nil as soon as too many say nothing.
func (r *reader) rowKeys(t *table, col int) []rowKey {
	keys := make([]rowKey, len(t.dataRows))
	silent := 0
	for n, row := range t.dataRows {
		if keys[n] = r.rowKeyOf(r.cell(row, col)); keys[n] == (rowKey{}) {
			silent++
		}
		if silent*10 > len(t.dataRows)*4 {
			return nil
		}
	}
	return keys
}

// rowKeyOf reads a cell as the name of a row: "Target", "Q2 actual", "Quarter 3".
func (r *reader) rowKeyOf(c cell) rowKey {
	if c.kind != text || len(c.raw) > 60 {
		return rowKey{}
	}
	h := r.headingOf(c.raw)
	if h.bare {
		return rowKey{period: h.period}
	}
	if role, score := h.best(); score >= 1 && ofRows[role] {
		return rowKey{role, h.period}
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
	return actual && (seen["target"] || seen["light"]) && named*10 >= rows*6
}

func saysQuarters(keys []rowKey, rows int) bool {
	seen, named := map[int]bool{}, 0
	for _, k := range keys {
		if k.role == "" && k.period.Quarter != 0 {
			seen[k.period.Quarter] = true
			named++
		}
	}
	return len(seen) > 1 && named*10 >= rows*9
}

// repeatsByQuarter reports whether rows of the same name follow each other for
// several quarters, and in most of the table.
func (r *reader) repeatsByQuarter(u unfolding) bool {
	several := 0
	for _, g := range r.groups(u) {
		if len(g) > 1 {
			several += len(g)
		}
	}
	return len(u.identity) > 0 && several*2 > len(u.table.dataRows)
}

// groups gives the rows of each indicator. A row belongs to the one above it
// unless it names another.
func (r *reader) groups(u unfolding) [][]int {
	var out [][]int
	var above []string
	section := 0
	for _, row := range u.table.dataRows {
		names := make([]string, len(u.identity))
		for n, col := range u.identity {
			names[n] = ingest.Fold(r.cell(row, col).raw)
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
		key = r.rowKeyOf(r.cell(row, u.rowRole))
	}
	if u.rowPeriod != 0 {
		key.period = r.rowKeyOf(r.cell(row, u.rowPeriod)).period
	}
	return key
}

// cannotUnfold says why the rows of a table cannot be told apart, in words; "" where they can.
func (r *reader) cannotUnfold(u unfolding) string {
	switch {
	case u.table.pinned:
		return "boardpack.yaml names its columns, which gives each row its own indicator"
	case len(u.identity) == 0:
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
			if c.col == u.rowRole || c.col == u.rowPeriod {
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
	for _, col := range []int{u.rowPeriod, u.rowRole} {
		if col != 0 {
			words = append(words, ingest.OneLine(r.cell(row, col).raw))
		}
	}
	return strings.Join(words, " / ")
}

// headingOfRow is the heading of what stands in a column and a row that says what it is.
func headingOfRow(column heading, key rowKey, byRole bool, name string) heading {
	h := heading{text: strings.TrimPrefix(column.text+" / "+name, " / "), period: column.period, monthly: column.monthly, scores: map[string]float64{}}
	if key.period.Quarter != 0 {
		h.period.Quarter = key.period.Quarter
	}
	if key.period.Year != 0 {
		h.period.Year = key.period.Year
	}
	if !byRole {
		h.scores, h.bare = column.scores, column.bare
		return h
	}
	if role := roleOfRow(column, key.role); role != "" && !column.monthly {
		h.scores[role] = sure
	}
	return h
}

// sure is the score of a role that a row's own word gives.
const sure = 1.2

// roleOfRow is what a row's figure is below a column's header: the target below
// "Year to date" is the year's, the actual below it no quarter's outturn.
func roleOfRow(column heading, role string) string {
	own, score := column.best()
	switch {
	case score < strong, own == "outturn", own == role:
		return role
	case own == "year_to_date" && (role == "target" || role == "variance"):
		return role
	case (own == "year_to_date" || own == "last_year") && role == "outturn":
		return own
	}
	return ""
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
