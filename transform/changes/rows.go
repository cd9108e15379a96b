package changes

import (
	"slices"
	"strings"
)

// spec says how the rows of one table are known again and what their columns are.
type spec struct {
	table string
	keys  []key    // tried in this order; what one leaves over goes to the next
	title []string // columns that say which row it is, joined, beside ref and plan
	gist  string   // the column that stands for a row that came or went
	group Group    // of every change of the table; empty: by column
	only  []string // columns that are compared; none: all but those that only say where
}

// key is columns in which two rows are the same row. A key does not hold for
// rows whose needed column is empty.
type key struct {
	needs   string
	columns []string
}

// specs are the tables that are compared, and the identity of their rows: kind
// (the table), reference and plan; without a reference plan, objective and title.
var specs = []spec{
	{table: "actions", keys: rowKeys, title: []string{"title"}, gist: "light"},
	{table: "indicators", keys: rowKeys, title: []string{"title"}, gist: "light"},
	{table: "risks", keys: []key{{"ref", []string{"ref"}}, {"", []string{"ref", "title"}}}, title: []string{"title"}, gist: "title"},
	{table: "narrative", keys: []key{{"", []string{"plan", "heading", "theme"}}}, title: []string{"heading", "theme"}, gist: "text"},
	{table: "summary", keys: []key{{"", []string{"kind", "plan", "class", "light"}}}, title: []string{"kind", "class", "light"}, gist: "count", group: Counts},
	{table: "findings", keys: findingKeys, title: []string{"check"}, gist: "saw", group: Findings, only: []string{"severity", "saw", "advice", "explanation"}},
}

// A finding stays the same where its row stands further down, and where its
// cell says something else that is wrong in the same way.
var findingKeys = []key{{"", []string{"check", "workbook", "sheet", "cell", "saw"}}, {"", []string{"check", "workbook", "sheet", "saw"}}, {"", []string{"check", "workbook", "sheet", "cell"}}}

var rowKeys = []key{{"ref", []string{"ref", "plan"}}, {"", []string{"ref", "plan", "objective", "title"}}}

// groups are the columns whose change is no change of a text. A column with no
// group is not compared: it says where a row stands, or which pack it is in.
var groups = map[string]Group{
	"light": Lights, "computed": Lights, "declared": Lights, "override": Lights, "previous": Lights, "movement": Lights,
	"forecast": Lights, "status": Lights, "reason": Lights, "rule": Lights,
	"target": Figures, "year_target": Figures, "outturn": Figures, "qualifier": Figures, "year_to_date": Figures, "last_year": Figures,
	"benchmark": Figures, "unit": Figures, "decimals": Figures, "polarity": Figures, "basis": Figures, "period": Figures,
	"direction": Figures, "compared_with": Figures, "counted": Figures, "class": Figures,
	"due": Dates, "first_due": Dates, "redated": Dates, "last_review": Dates, "next_review": Dates,
	"year": "", "quarter": "", "workbook": "", "sheet": "", "cell": "", "sha256": "",
}

// groupOf is the group of a column; empty for one that is not compared.
func (s spec) groupOf(column string) Group {
	g, listed := groups[column]
	switch {
	case s.only != nil && !slices.Contains(s.only, column), s.only == nil && listed && g == "":
		return ""
	case s.group != "":
		return s.group
	case !listed:
		return Texts
	}
	return g
}

func (s spec) cameAndWent() Group {
	if s.group != "" {
		return s.group
	}
	return Rows
}

func (s spec) titleOf(r row) string {
	var parts []string
	for _, column := range s.title {
		if v := r.value(column); v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, ", ")
}

// row is one row of a table.
type row struct {
	table *Table
	cells []string
	whole string // all that is compared
}

func (r row) value(column string) string {
	if i := slices.Index(r.table.Columns, column); i >= 0 {
		return r.cells[i]
	}
	return ""
}

func (r row) place() Place {
	return Place{r.value("workbook"), r.value("sheet"), r.value("cell"), r.value("sha256")}
}

func (r row) key(k key) (string, bool) {
	if k.needs != "" && r.value(k.needs) == "" {
		return "", false
	}
	parts := make([]string, len(k.columns))
	for i, column := range k.columns {
		parts[i] = r.value(column)
	}
	return strings.Join(parts, "\x00"), true
}

// rows are the rows of a table, and which of them have found their partner.
type rows struct {
	all   []row
	taken []bool
}

func newRows(t *Table, s spec) rows {
	r := rows{make([]row, len(t.Rows)), make([]bool, len(t.Rows))}
	for i, cells := range t.Rows {
		var compared []string
		for j, column := range t.Columns {
			if s.groupOf(column) != "" {
				compared = append(compared, cells[j])
			}
		}
		r.all[i] = row{t, cells, strings.Join(compared, "\x00")}
	}
	return r
}

// pair finds for each row what it was: its place there, or -1. Of rows with
// equal keys those go together that are equal in all, then the others by their order.
func (s spec) pair(was, now rows) []int {
	partner := make([]int, len(now.all))
	for i := range partner {
		partner[i] = -1
	}
	for _, k := range s.keys {
		waiting := map[string][]int{}
		for i, r := range was.all {
			if v, holds := r.key(k); holds && !was.taken[i] {
				waiting[v] = append(waiting[v], i)
			}
		}
		for _, equal := range []bool{true, false} {
			for i, r := range now.all {
				v, holds := r.key(k)
				if !holds || partner[i] >= 0 {
					continue
				}
				n := slices.IndexFunc(waiting[v], func(w int) bool { return !equal || was.all[w].whole == r.whole })
				if n >= 0 {
					partner[i] = waiting[v][n]
					was.taken[partner[i]] = true
					waiting[v] = slices.Delete(waiting[v], n, n+1)
				}
			}
		}
	}
	return partner
}
