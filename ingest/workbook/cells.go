package workbook

import (
	"cmp"
	"slices"
	"strings"

	"boardpack/ingest"
)

// namedCell is a cell of a workbook by its sheet and its name.
type namedCell struct{ sheet, cell string }

// mark notes a cell that says something of the workbook, a table or a sheet,
// and not of a row: its period, its plan, a heading.
func (r *reader) mark(sheet, cell, what string) {
	at := namedCell{sheet, cell}
	if cell != "" && !slices.Contains(r.marked[at], what) {
		r.marked[at] = append(r.marked[at], what)
	}
}

// taken collects what the cells of a workbook were taken for, by their names
// as the officer sees them. What a row's values point to comes before what
// the workbook says of itself, and that before a cell's place in a table.
type taken struct {
	values map[namedCell][]ingest.Taken
	marked map[namedCell][]string
	placed map[namedCell]ingest.Taken
}

// cellsOf gives every sheet of the workbook, cell by cell, from the reading
// that was just done.
func (r *reader) cellsOf(scanned []*sheet, read []sheetTables) []ingest.Sheet {
	by := taken{values: map[namedCell][]ingest.Taken{}, marked: r.marked, placed: map[namedCell]ingest.Taken{}}
	r.ret.EachValue(by.value)
	for _, st := range read {
		for _, t := range st.tables {
			by.table(st.sheet, t)
		}
	}
	var out []ingest.Sheet
	for _, p := range r.book.sheets {
		left := r.leftOut(p.name)
		at := slices.IndexFunc(scanned, func(s *sheet) bool { return s.name == p.name })
		switch {
		case left != "":
			out = append(out, ingest.Sheet{Name: p.name, Left: left})
		case at >= 0:
			out = append(out, r.cellsOfSheet(scanned[at], by))
		}
	}
	return out
}

// leftOut says why a whole sheet was not read; nothing where it was.
func (r *reader) leftOut(sheet string) string {
	for _, f := range r.ret.Findings {
		if f.Sheet == sheet && f.Cell == "" && slices.Contains([]string{"sheet-hidden", "sheet-damaged", "sheet-of-another-period"}, f.Check) {
			return f.Saw
		}
	}
	return ""
}

// value adds a value's cell. Of a quarter's column and its plain role the
// first stays; two parts of a figure are told as one.
func (by taken) value(sheet, cell string, t ingest.Taken) {
	at := namedCell{sheet, cell}
	for i := range by.values[at] {
		have := &by.values[at][i]
		if have.Role != t.Role {
			continue
		}
		if have.Period == (ingest.Period{}) {
			have.Period = t.Period
		}
		if t.As != "" && !slices.Contains(strings.Split(have.As, "; "), t.As) {
			have.As = strings.TrimPrefix(have.As+"; "+t.As, "; ")
		}
		return
	}
	by.values[at] = append(by.values[at], t)
}

// table notes what the cells of a table are by their place in it.
func (by taken) table(s *sheet, t *table) {
	if t.isTurned() {
		s = t.on
	} else if t.on != nil {
		if t.parts != nil {
			by.table(s, t.parts)
		}
		for name, what := range t.heads {
			by.placed[namedCell{s.name, name}] = what
		}
		return
	}
	skipped := map[int]string{}
	for _, skip := range t.skipped {
		skipped[skip.Row] = skip.Why
	}
	area := t.area()
	for _, row := range s.rowNumbers() {
		for _, c := range s.rowCells(row) {
			if !area.contains(row, c.col()) {
				continue
			}
			if what, ok := t.place(s, c, skipped); ok {
				by.placed[namedCell{s.name, s.cellAt(row, c.col())}] = what
			}
		}
	}
}

// area is what a table reaches over: the section row above it, rows left out
// below it, and columns without a header at its sides.
func (t *table) area() span {
	area := span{t.top - 1, t.left(), t.bodyEnd, t.right()}
	for _, s := range t.skipped {
		area.bottom = max(area.bottom, s.Row)
	}
	for _, c := range t.columns {
		area.left, area.right = min(area.left, c.col), max(area.right, c.col)
	}
	return area
}

// place tells what a cell is by its row and column.
func (t *table) place(s *sheet, c cell, skipped map[int]string) (ingest.Taken, bool) {
	why, left := skipped[c.row()]
	_, section := t.sections[c.row()]
	switch {
	case section && (c.col() < t.left() || c.col() > t.right()):
		return ingest.Taken{For: ingest.TakenNot}, true
	case section:
		return ingest.Taken{For: ingest.TakenSection, Role: "objective"}, true
	case c.row() < t.top:
		return ingest.Taken{}, false
	case t.kind == ingest.KindKey:
		return ingest.Taken{For: ingest.TakenSaid, Role: "key"}, true
	case t.kind == ingest.KindOther:
		return ingest.Taken{For: ingest.TakenNot, Why: "table not used"}, true
	case c.row() <= t.bottom:
		return t.headerCell(s, c), true
	case left && why == "comment of the row above":
		return ingest.Taken{For: ingest.TakenPart, Why: "comment"}, true
	case left:
		return ingest.Taken{For: ingest.TakenOut, Why: why}, true
	case t.runOn[[2]int{c.row(), c.col()}]:
		return ingest.Taken{For: ingest.TakenPart, Why: "runs on", As: s.cellAt(t.startOf(c), c.col())}, true
	}
	if col := t.columnAt(c.col()); col != nil {
		return ingest.Taken{For: ingest.TakenNot, Role: col.role, Period: col.period}, true
	}
	return ingest.Taken{}, false
}

// startOf is the row in which a text that runs on begins.
func (t *table) startOf(c cell) int {
	row := c.row()
	for t.runOn[[2]int{row, c.col()}] {
		row--
	}
	return row
}

func (t *table) columnAt(col int) *column {
	for i := range t.columns {
		if t.columns[i].col == col {
			return &t.columns[i]
		}
	}
	return nil
}

// headersIn counts the different headers of the columns that a merge covers.
func (t *table) headersIn(m span) int {
	seen := map[string]bool{}
	for _, c := range t.columns {
		if c.col >= m.left && c.col <= m.right {
			seen[c.text] = true
		}
	}
	return len(seen)
}

// headerCell is a header's cell with its column's role; over columns of different headers it has none.
func (t *table) headerCell(s *sheet, c cell) ingest.Taken {
	head := ingest.Taken{For: ingest.TakenHeader}
	if m, ok := s.merged(c.row(), c.col()); ok && t.headersIn(m) > 1 {
		head.Role = "group"
		return head
	}
	if col := t.columnAt(c.col()); col != nil {
		head.Role, head.Period = col.role, col.period
	}
	return head
}

// cellsOfSheet gives a sheet's cells with what they were taken for.
func (r *reader) cellsOfSheet(s *sheet, by taken) ingest.Sheet {
	out := ingest.Sheet{Name: s.name, LastRow: s.lastRow, HiddenRows: sortedInts(s.hiddenRows), HiddenColumns: sortedInts(s.hiddenCols)}
	asked := r.cellsWithFindings(s.name)
	seen := map[string]bool{}
	add := func(c cell, name string) {
		got := ingest.Cell{Row: c.row(), Column: c.col(), Name: name, Across: 1, Down: 1, Taken: by.of(s, name)}
		if m, ok := s.mergeFrom(c.row(), c.col()); ok {
			got.Across, got.Down = m.right-m.left+1, m.bottom-m.top+1
		}
		if len(got.Taken) == 0 {
			got.Taken = []ingest.Taken{r.unread(s, c)}
		}
		if got.Taken[0].For != ingest.TakenHidden {
			got.Text = r.shown(c)
		}
		seen[name] = true
		out.Cells = append(out.Cells, got)
	}
	for _, c := range s.cells {
		name := s.cellAt(c.row(), c.col())
		wanted := len(by.values[namedCell{s.name, name}]) > 0
		switch {
		case c.kind == empty && !c.formula && !wanted:
		case len(out.Cells) < maxKept || wanted || asked[name]:
			add(c, name)
		case out.KeptTo == 0:
			out.KeptTo = c.row()
		}
	}
	for at := range by.values {
		if row, col, ok := parseCell(at.cell); ok && at.sheet == s.name && !seen[at.cell] {
			add(cellAt(row, col), at.cell)
		}
	}
	out.Cells = append(out.Cells, mergedDown(s, seen)...)
	slices.SortFunc(out.Cells, func(a, b ingest.Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
	return out
}

// maxKept is how many cells of a sheet are kept beside those that were read:
// a page shows far fewer, and the rest would fill the memory.
const maxKept = 100_000

func (r *reader) cellsWithFindings(sheet string) map[string]bool {
	asked := map[string]bool{}
	for _, f := range r.ret.Findings {
		if f.Sheet == sheet {
			asked[f.Cell] = true
		}
	}
	return asked
}

// of gives what a cell was taken for; nothing where it was not used.
func (by taken) of(s *sheet, name string) []ingest.Taken {
	at := namedCell{s.name, name}
	placed, isPlaced := by.placed[at]
	var out []ingest.Taken
	for _, t := range by.values[at] {
		if placed.For == ingest.TakenSection && t.Role == "objective" {
			t.For = ingest.TakenSection
		}
		out = append(out, t)
	}
	for _, what := range by.marked[at] {
		switch {
		case what == "table title" && len(out)+len(by.marked[at]) > 1:
		case what == "plan" && placed.For == ingest.TakenSection:
			out = append(out, ingest.Taken{For: ingest.TakenSection, Role: what})
		default:
			out = append(out, ingest.Taken{For: ingest.TakenSaid, Role: what})
		}
	}
	switch {
	case len(out) > 0 || !isPlaced:
		return out
	case hides(s, name) && placed.For != ingest.TakenPart && (placed.For != ingest.TakenHeader || placed.Role == ""):
		return nil
	case placed.For == ingest.TakenSection: // no row took it
		return []ingest.Taken{{For: ingest.TakenOut, Why: "section"}}
	}
	return []ingest.Taken{placed}
}

// hides reports whether a cell stands in a hidden row or column.
func hides(s *sheet, name string) bool {
	row, col, _ := parseCell(name)
	return s.hiddenRows[row] || s.hiddenCols[col]
}

// unread says of a cell that nothing was read from why that is so.
func (r *reader) unread(s *sheet, c cell) ingest.Taken {
	if s.hiddenRows[c.row()] || s.hiddenCols[c.col()] {
		return ingest.Taken{For: ingest.TakenHidden}
	}
	return ingest.Taken{For: ingest.TakenNot}
}

// mergedDown gives the first cells of the further rows of what is merged
// downwards: the reader takes the merge's content for each of its rows.
func mergedDown(s *sheet, seen map[string]bool) []ingest.Cell {
	const tallest = 200
	var out []ingest.Cell
	for _, m := range s.merges {
		for row := m.top + 1; row <= min(m.bottom, m.top+tallest); row++ {
			name := s.cellAt(row, m.left)
			if s.at(m.top, m.left).kind == empty || seen[name] || len(s.rowCells(row)) == 0 {
				continue
			}
			seen[name] = true
			out = append(out, ingest.Cell{Row: row, Column: m.left, Name: name, Across: 1, Down: 1,
				Taken: []ingest.Taken{{For: ingest.TakenPart, Why: "merged", As: s.cellAt(m.top, m.left)}}})
		}
	}
	return out
}

// shown is a cell's content in words: as the sheet shows it, but a number as it
// is stored and a date in UK order.
func (r *reader) shown(c cell) string {
	st := r.book.style(c.style)
	switch {
	case c.kind == number && st.date && st.month && !st.day:
		if d, ok := r.serialDate(c.raw); ok {
			return d.Month.String()[:3] + " " + d.Words()[len(d.Words())-4:]
		}
	case c.kind == number:
		return st.currency + r.numberText(c)
	case c.kind == boolean:
		return map[bool]string{true: "TRUE", false: "FALSE"}[isTrue(c.raw)]
	}
	return ingest.Clean(c.raw)
}
