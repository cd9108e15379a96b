package workbook

import (
	"fmt"
	"slices"
)

// arrangement is how a sheet was set up anew from the officer's own: turned on
// its side, or with what stood in several rows in one.
type arrangement struct {
	turned bool
	from   map[[2]int][2]int // row and column → those in the officer's sheet; where not turned
	column map[int]int       // column → the officer's column of its first cell; where not turned
}

// inFile gives the place of a cell in the officer's sheet.
func (s *sheet) inFile(row, col int) (int, int) {
	switch {
	case s.arranged == nil:
		return row, col
	case s.arranged.turned:
		return col, row
	}
	if at, ok := s.arranged.from[[2]int{row, col}]; ok {
		return at[0], at[1]
	}
	return row, col
}

// cellAt names a cell as the officer sees it, whichever way the sheet is read.
func (s *sheet) cellAt(row, col int) string { return cellName(s.inFile(row, col)) }

// letter names a column as the officer sees it: "F", or the row's number where
// the sheet is read on its side.
func (s *sheet) letter(col int) string {
	switch {
	case s.arranged == nil:
		return columnName(col)
	case s.arranged.turned:
		return fmt.Sprint(col)
	}
	return columnName(s.arranged.column[col])
}

// columnAt is a column's letter with the word for it: "column F", "row 7".
func (s *sheet) columnAt(col int) string {
	if s.arranged != nil && s.arranged.turned {
		return "row " + s.letter(col)
	}
	return "column " + s.letter(col)
}

// turn gives the sheet with rows and columns exchanged.
func (s *sheet) turn() *sheet {
	out := &sheet{name: s.name, hidden: s.hidden, arranged: &arrangement{turned: true}, conditional: s.conditional, strikes: s.strikes, rules: s.rules,
		hiddenRows: s.hiddenCols, hiddenCols: s.hiddenRows, budget: s.budget}
	for _, c := range s.cells {
		c.at(c.col(), c.row())
		out.cells = append(out.cells, c)
	}
	for _, m := range s.merges {
		out.merges = append(out.merges, span{m.left, m.top, m.right, m.bottom})
	}
	out.order()
	return out
}

// without gives the sheet without the cells of some tables.
func (s *sheet) without(tables []*table) *sheet {
	out := *s
	out.cells, out.rows = nil, nil
	areas := make([]span, len(tables))
	for n, t := range tables {
		areas[n] = t.reach()
	}
	for _, c := range s.cells {
		if !slices.ContainsFunc(areas, func(a span) bool { return a.contains(c.row(), c.col()) }) {
			out.cells = append(out.cells, c)
		}
	}
	out.order()
	return &out
}

// reach is the part of the officer's sheet that a table takes up.
func (t *table) reach() span {
	first, last := t.rows()
	if t.isTurned() || t.begins != 0 {
		return span{top: first, left: 1, bottom: last, right: maxColumns}
	}
	left, right := t.left(), t.right()
	for _, col := range t.columns {
		if t.on == nil {
			left, right = min(left, col.col), max(right, col.col)
		}
	}
	if t.parts != nil {
		left, right = t.parts.left(), t.parts.right()
	}
	return span{top: first, left: left, bottom: last, right: right}
}

// rearranged is a sheet while it is set up from cells of another: a row for
// each indicator, a column for each thing that is said of it.
type rearranged struct {
	sheet *sheet
	heads []headCol
	col   map[string]int // key → column
	left  int
	rows  []int // of the indicators, from top to bottom
}

// rearrange begins a sheet whose first column is the officer's left.
func rearrange(s *sheet, left int) *rearranged {
	out := &sheet{name: s.name, budget: s.budget, conditional: s.conditional, strikes: s.strikes, rules: s.rules, hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{},
		arranged: &arrangement{from: map[[2]int][2]int{}, column: map[int]int{}}}
	return &rearranged{sheet: out, col: map[string]int{}, left: left}
}

// put sets a cell of the officer's sheet into the column of a key, which the
// heading names; false where one stands there already, which stays.
func (a *rearranged) put(key string, row int, h heading, c cell) bool {
	col, ok := a.col[key]
	if !ok {
		col = a.left + len(a.heads)
		a.col[key] = col
		a.heads = append(a.heads, headCol{col, h})
		a.sheet.arranged.column[col] = c.col()
	}
	at := [2]int{row, col}
	if _, taken := a.sheet.arranged.from[at]; taken {
		return false
	}
	a.sheet.arranged.from[at] = [2]int{c.row(), c.col()}
	c.at(row, col)
	a.sheet.cells = append(a.sheet.cells, c)
	return true
}

// rowAt begins an indicator's row at the officer's row where it begins, or as
// near below as one is free: others may stand beside it.
func (a *rearranged) rowAt(row int) int {
	for slices.Contains(a.rows, row) {
		row++
	}
	a.rows = append(a.rows, row)
	return row
}

// arrangedTable makes the table of what was put.
func (r *reader) arrangedTable(a *rearranged, top, bottom int) *table {
	a.sheet.order()
	t := &table{headed: headed{top: top, bottom: top, cols: a.heads}, bodyEnd: bottom, dataRows: a.rows, on: a.sheet, sections: map[int]string{}, under: map[int]cell{}, runOn: map[[2]int]bool{}, told: map[int]bool{}}
	for _, c := range a.heads {
		t.columns = append(t.columns, column{headCol: c})
	}
	own := r.sheet
	r.sheet = a.sheet
	defer func() { r.sheet = own }()
	r.knowColumns(t)
	t.kind = t.kindOf()
	return t
}
