// Package changes turns the data of two packs into the list of what differs
// between them: every light, figure, count, date and text with both values and
// the cells of its row, every row that came or went, and the findings. It
// knows rows again as the data folder identifies them and never joins two that
// are only alike. The same tables give the same list.
package changes

import "slices"

// Table is one table of a pack's data: its values as the data folder says
// them, without what guards them from spreadsheets. An empty value is absent.
type Table struct {
	Name    string   // "indicators"
	Columns []string // "ref", "title", …
	Rows    [][]string
}

// Group says what a change is about. Lists are in the order of Groups.
type Group string

const (
	Lights   Group = "lights" // lights, and what gives them: status, rule, reason, override
	Figures  Group = "figures"
	Counts   Group = "counts" // the summary's
	Dates    Group = "dates"
	Texts    Group = "texts"
	Rows     Group = "rows" // rows that came and went
	Findings Group = "findings"
)

// Groups are all of them in the order of a list.
var Groups = []Group{Lights, Figures, Counts, Dates, Texts, Rows, Findings}

// What says what happened to a row.
type What string

const (
	Changed What = "changed" // one of its values did
	New     What = "new"     // it was not there
	Gone    What = "gone"    // it is no longer there
)

// Change is one value of a row that differs, or a row that came or went.
type Change struct {
	Group            Group
	Table            string // "indicators"
	What             What
	Ref, Title, Plan string // of the row as it is now; of one that went as it was
	Column           string // the column that differs; of a row that came or went the one that stands for it
	Was, Now         string // empty where there was or is none
	WasAt, NowAt     Place
}

// Place is the cell that a row was read from; zero where the data do not say it.
type Place struct{ Workbook, Sheet, Cell, SHA256 string }

// Since is what changed since an earlier version of a pack.
type Since struct {
	Version int
	Draft   bool
	Unread  bool // that version could not be read as it was made, so nothing was compared
	Changes []Change
}

// Between lists what differs from one pack's data to another's, by group and
// then in the order of the tables and of their rows. Tables that say the same
// as others (movement is a column of actions and indicators) and what only one
// of the two has, a table or a column, are passed over.
func Between(before, after []Table) []Change {
	var found []Change
	for _, s := range specs {
		was, now := named(before, s.table), named(after, s.table)
		if was == nil || now == nil {
			continue
		}
		found = append(found, s.compare(newRows(was, s), newRows(now, s))...)
	}
	slices.SortStableFunc(found, func(a, b Change) int {
		return slices.Index(Groups, a.Group) - slices.Index(Groups, b.Group)
	})
	return found
}

func named(tables []Table, name string) *Table {
	for i := range tables {
		if tables[i].Name == name {
			return &tables[i]
		}
	}
	return nil
}

// compare goes through the rows as they are now, each with what it was, and
// puts those that went after the row that they followed.
func (s spec) compare(was, now rows) []Change {
	partner := s.pair(was, now)
	var found []Change
	gone := 0 // rows of was before this one are told
	for i, r := range now.all {
		if p := partner[i]; p >= 0 {
			for ; gone < p; gone++ {
				found = append(found, s.gone(was, gone)...)
			}
			found = append(found, s.values(was.all[p], r)...)
			continue
		}
		found = append(found, s.arrival(r))
	}
	for ; gone < len(was.all); gone++ {
		found = append(found, s.gone(was, gone)...)
	}
	return found
}

// gone tells a row without a partner; one that has a partner is told with it.
func (s spec) gone(was rows, i int) []Change {
	if was.taken[i] {
		return nil
	}
	r := was.all[i]
	c := s.about(r, Gone)
	c.Was, c.WasAt = r.value(s.gist), r.place()
	return []Change{c}
}

func (s spec) arrival(r row) Change {
	c := s.about(r, New)
	c.Now, c.NowAt = r.value(s.gist), r.place()
	return c
}

func (s spec) about(r row, what What) Change {
	return Change{Group: s.cameAndWent(), Table: s.table, What: what, Ref: r.value("ref"), Title: s.titleOf(r), Plan: r.value("plan"), Column: s.gist}
}

// values lists the columns in which a row differs from what it was, the light first.
func (s spec) values(was, now row) []Change {
	if was.whole == now.whole && len(was.cells) == len(now.cells) {
		return nil
	}
	var found []Change
	for i, column := range now.table.Columns {
		group, before := s.groupOf(column), slices.Index(was.table.Columns, column)
		if group == "" || before < 0 || was.cells[before] == now.cells[i] {
			continue
		}
		c := s.about(now, Changed)
		c.Group, c.Column, c.Was, c.Now, c.WasAt, c.NowAt = group, column, was.cells[before], now.cells[i], was.place(), now.place()
		found = append(found, c)
	}
	slices.SortStableFunc(found, func(a, b Change) int { return isLight(b) - isLight(a) })
	return found
}

// isLight puts the light before what gave it.
func isLight(c Change) int {
	if c.Column == "light" {
		return 1
	}
	return 0
}
