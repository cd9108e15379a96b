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
	groups     [][]int      // the rows of each indicator
	stray      map[int]bool // rows of which it was said that they do not say what they are
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
	for n := range t.columns {
		c := &t.columns[n]
		switch said := r.rowKeys(t, c); {
		case len(said) == 0:
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
	if u.rowRole == 0 && len(u.rowPeriods) == 0 {
		return u, false
	}
	u.groups = r.groups(u)
	return u, u.rowRole != 0 || u.isByPeriod()
}

// saysWhen reports whether a column says of when its rows are. An action's
// quarter may be the one in which it is due.
func (r *reader) saysWhen(t *table, c *column, said []rowKey) bool {
	seen, named := map[string]bool{}, 0
	for _, k := range said {
		if k.when() && (k.role == "" || k.words != "") {
			seen[k.said()] = true
			named++
		}
	}
	return named > 0 && named*10 >= len(t.dataRows)*9 && (len(seen) > 1 || headsPeriods(c.text)) && c.scores["due"] < strong
}

// isByPeriod reports whether the rows of a table are an indicator's or an
// action's quarters: its header says so, or most names come again.
func (u unfolding) isByPeriod() bool {
	if len(u.identity) == 0 {
		return false
	}
	said := slices.ContainsFunc(u.rowPeriods, func(col int) bool { return headsPeriods(u.table.headerOf(col)) })
	again := u.rowsOfSeveral()
	if u.table.kind == ingest.KindAction {
		return said && again > 0
	}
	return u.table.kind == ingest.KindIndicator && (said || again*2 > len(u.table.dataRows))
}

// rowsOfSeveral counts the rows of a table that stand with others of their name.
func (u unfolding) rowsOfSeveral() int {
	several := 0
	for _, g := range u.groups {
		if len(g) > 1 {
			several += len(g)
		}
	}
	return several
}

// groups gives the rows of each indicator. A row belongs to the one above it
// unless it names another.
func (r *reader) groups(u unfolding) [][]int {
	var out [][]int
	var above []string
	section, at := 0, 0
	sections := sortedInts(u.table.sections)
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
		for len(sections) > 0 && sections[0] < row {
			at, sections = sections[0], sections[1:]
		}
		if len(out) == 0 || at != section || u.another(names, above) {
			out, section, above = append(out, nil), at, make([]string, len(names))
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
	case len(u.identity) == 0 || u.rowRole != 0 && len(u.groups)*10 > len(u.table.dataRows)*8:
		u.table.nameless = true
		return "nothing says which indicator a row belongs to"
	}
	for _, rows := range u.groups {
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
	for _, group := range u.groups {
		a.rowAt(group[0])
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
	}
	for row := range t.sections {
		if cells := r.filled(t, row); len(cells) > 0 {
			a.sheet.arranged.from[[2]int{row, a.left}] = [2]int{row, cells[0].col()}
			heading := cellAt(row, a.left)
			heading.kind, heading.raw = text, cells[0].raw
			a.sheet.cells = append(a.sheet.cells, heading)
		}
	}
	out := r.arrangedTable(a, t.top, t.bodyEnd)
	out.sections, out.skipped, out.parts = t.sections, t.skipped, t
	return out
}

// splits reports whether a column's cells are the rows' own figures and words,
// and not the indicator's name, unit or officer.
func splits(u unfolding, c column) bool {
	role, score := c.best()
	if score < strong || c.bare {
		return c.bare || c.stats.count(traitNumber) > 0
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
