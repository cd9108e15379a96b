package workbook

import (
	"fmt"
	"slices"

	"boardpack/ingest"
)

// table is one table of a sheet while it is read.
type table struct {
	headed
	on       *sheet                  // set up anew from the officer's, which this table is read from; nil for the sheet it was found on
	parts    *table                  // the table as it was found, where this one was set up from it
	heads    map[string]ingest.Taken // cells that name what stands beside or below them, of a table that was set up from forms
	begins   int                     // first row that belongs to it, where names stand above its headers; else 0
	bodyEnd  int                     // last row that belongs to it
	columns  []column
	kind     ingest.Kind
	title    string // text above it
	dataRows []int
	sections map[int]string  // row → text of a section row
	under    map[int]cell    // data row → the cell below it that is its comment
	runOn    map[[2]int]bool // row and column of texts that run on from the row above
	skipped  []ingest.Skip
	told     map[int]bool // columns of which it was said that they could be another
	american bool         // a date of its column of dates can only be read month first
	profiled bool         // its targets to date are those of the quarter
	house    bool         // the colours of its column of lights mean nothing
	alone    []int        // plain texts alone in their row, taken for headings
	below    []int        // data-like rows below a gap after the table
	unread   string       // why none of its rows can be read, in words
	naming   []int        // columns whose headers name the rows, once they were asked for
	ownFirst []*column    // its columns, those first that name the return's own period
	ofRole   []roleColumn // those that were asked for
	pinned   bool         // boardpack.yaml says what its columns are
	nameless bool         // nothing in it says which indicator its rows are of
}

// isTurned reports whether a table is read from a sheet on its side.
func (t *table) isTurned() bool { return t.on != nil && t.on.arranged.turned }

// rows gives the first and the last row of the officer's sheet that belong to the table.
func (t *table) rows() (first, last int) {
	switch {
	case t.isTurned():
		first, last = t.left(), t.right()
		for _, c := range t.columns {
			first, last = min(first, c.col), max(last, c.col)
		}
		return first, last
	case t.begins != 0:
		return t.begins, t.bodyEnd
	}
	return t.top, t.bodyEnd
}

// headRow is the first row of the officer's sheet that holds the table's headers.
func (t *table) headRow() int {
	if t.isTurned() {
		first, _ := t.rows()
		return first
	}
	return t.top
}

// has gives the column of a role that names no quarter, else the first of that role.
func (t *table) has(role string) *column {
	var found *column
	for i := range t.columns {
		c := &t.columns[i]
		if c.role == role && (found == nil || found.period.Quarter != 0 && c.period.Quarter == 0) {
			found = c
		}
	}
	return found
}

// tables finds the sheet's tables and what each row of them is.
func (r *reader) tables() []*table {
	f := r.finder(r.sheet)
	if out := r.byPins(f); out != nil {
		return out
	}
	heads := f.headers()
	var out []*table
	for i, h := range heads {
		if r.isRepeat(f, out, h) {
			continue
		}
		h = r.withoutBeside(h, r.bodyEnd(f, heads, i))
		t := &table{headed: h, sections: map[int]string{}, under: map[int]cell{}, runOn: map[[2]int]bool{}, told: map[int]bool{}, bodyEnd: r.bodyEnd(f, heads, i)}
		t.columns = make([]column, len(h.cols))
		for n, c := range h.cols {
			t.columns[n].headCol = c
		}
		r.sortRows(t)
		t.yield(out)
		r.know(t)
		out = append(out, t)
	}
	return out
}

// yield leaves rows to earlier tables over the same columns: no row is read twice.
func (t *table) yield(earlier []*table) {
	for _, e := range earlier {
		if e.left() > t.right() || t.left() > e.right() {
			continue
		}
		t.dataRows = slices.DeleteFunc(t.dataRows, func(row int) bool {
			_, taken := slices.BinarySearch(e.dataRows, row)
			return taken
		})
	}
}

// withoutBeside cuts off what stands beside a table behind an empty column and
// ends well before the table does (or the table after it): a key, a list of initials.
func (r *reader) withoutBeside(h headed, end int) headed {
	for i := 1; i < len(h.cols); i++ {
		if h.cols[i].col <= h.cols[i-1].col+1 || !r.emptyBetween(h.cols[i-1].col, h.cols[i].col, h.bottom, end) {
			continue
		}
		left, right := 0, 0
		for _, row := range r.sheet.rowNumbers() {
			if row <= h.bottom || row > end {
				continue
			}
			left += r.anyFilled(row, h.left(), h.cols[i-1].col)
			right += r.anyFilled(row, h.cols[i].col, h.right())
		}
		switch {
		case right*10 <= left*6 && identifies(h.cols[:i]):
			r.beside = append(r.beside, cutOff{h.top, h.cols[i:]})
			h.cols = h.cols[:i]
			return h
		case left*10 <= right*6 && identifies(h.cols[i:]):
			r.beside = append(r.beside, cutOff{h.top, h.cols[:i]})
			h.cols = h.cols[i:]
			return r.withoutBeside(h, end)
		}
	}
	return h
}

// cutOff is what stood beside a table under words that could be headers.
type cutOff struct {
	row  int
	cols []headCol
}

// emptyBetween reports whether nothing stands in the columns between two.
func (r *reader) emptyBetween(left, right, from, to int) bool {
	for _, row := range r.sheet.rowNumbers() {
		if row >= from && row <= to && r.anyFilled(row, left+1, right-1) > 0 {
			return false
		}
	}
	return true
}

// anyFilled is 1 where a row has content between two columns, else 0.
func (r *reader) anyFilled(row, from, to int) int {
	for _, c := range r.sheet.rowCells(row) {
		if c.col() >= from && c.col() <= to && c.kind != empty {
			return 1
		}
	}
	return 0
}

func (r *reader) know(t *table) {
	t.columns = slices.DeleteFunc(t.columns, func(c column) bool { return r.sheet.hiddenCols[c.col] })
	r.addHeadless(t)
	r.knowColumns(t)
	r.dropFootnotes(t)
	t.kind = t.kindOf()
}

// knowColumns tells what each column is, by its words and what stands in it.
func (r *reader) knowColumns(t *table) {
	for i := range t.columns {
		t.columns[i].stats = r.columnStats(t, t.columns[i].col)
	}
	r.assign(t)
	r.remedies(t)
	r.firstTitle(t)
	r.infer(t)
}

// addHeadless adds the columns inside the table, the one right of it, and those left of it
// that have no header, so that what stands in them is not lost in silence.
func (r *reader) addHeadless(t *table) {
	known := map[int]bool{}
	for _, c := range t.cols {
		known[c.col] = true
	}
	first := t.left()
	for first > 1 && t.left()-first < 5 && !r.sheet.hiddenCols[first-1] && r.fillsHalf(t, first-1) {
		first--
	}
	for col := first; col <= t.right()+1; col++ {
		if !known[col] && !r.sheet.hiddenCols[col] && r.fillsHalf(t, col) {
			t.columns = append(t.columns, column{headCol: headCol{col, heading{}}})
		}
	}
	slices.SortStableFunc(t.columns, func(a, b column) int { return a.col - b.col })
}

func (r *reader) fillsHalf(t *table, col int) bool {
	filled := 0
	for _, row := range t.dataRows {
		if c := r.sheet.at(row, col); c.kind != empty || r.book.style(c.style).hue != "" {
			filled++
		}
	}
	return filled*2 >= len(t.dataRows) && filled > 0
}

// isRepeat reports whether a header is that of an earlier table coming again.
func (r *reader) isRepeat(f *finder, tables []*table, h headed) bool {
	for i := len(tables) - 1; i >= 0; i-- {
		t := tables[i]
		if t.left() > h.right() || h.left() > t.right() || h.top > t.bodyEnd {
			continue
		}
		if repeats(f, t.headed, h) {
			return true
		}
	}
	return false
}

// repeats reports whether a header is an earlier one coming again: the same
// words in its own columns, or in the whole of its row.
func repeats(f *finder, first, again headed) bool {
	if hasMore(first, again) {
		return false
	}
	whole := f.headingsWithin(again.bottom, span{left: first.left(), right: first.right()})
	return sameHeader(first.cols, again.cols) || sameHeader(first.cols, whole)
}

// hasMore reports whether a header has figures or lights right of where an earlier one ends.
func hasMore(first, again headed) bool {
	next := first.right() + 1
	for _, c := range again.cols {
		if c.col == next {
			if _, score := c.best(); score >= 0.9 && c.fits(ofRows) {
				return true
			}
			next++
		}
	}
	return false
}

// meansSame reports whether two headers in one place may stand for each other.
// "Actual" above "Target" is another table, and "Action" above "Indicator".
func meansSame(a, b heading) bool {
	one, first := a.best()
	two, second := b.best()
	switch {
	case a.words == b.words:
		return true
	case second < strong && b.period == (ingest.Period{}):
		return true // it says nothing
	case a.period != b.period:
		return false
	case first >= strong && second >= strong:
		return one == two && one != "title"
	}
	return true
}

// sameHeader reports whether at least three in five header cells are the same
// and no other means something else.
func sameHeader(a, b []headCol) bool {
	first, words := map[int]headCol{}, map[string]bool{}
	for _, c := range a {
		first[c.col] = c
		words[c.words] = true
	}
	same := 0
	for _, c := range b {
		of, ok := first[c.col]
		switch {
		case ok && of.words == c.words:
			same++
		case ok && (!meansSame(of.heading, c.heading) || words[c.words]):
			return false
		}
	}
	return same*5 >= len(a)*3 && same*5 >= len(b)*3
}

// bodyEnd is the row before the next different header over the same columns.
func (r *reader) bodyEnd(f *finder, heads []headed, i int) int {
	h := heads[i]
	for _, next := range heads[i+1:] {
		overlaps := next.left() <= h.right() && h.left() <= next.right()
		if overlaps && next.top > h.bottom && !repeats(f, h, next) {
			return next.top - 1
		}
	}
	return r.sheet.lastRow
}

// describe makes the public description of a table.
func (t *table) describe(s *sheet, rows int) ingest.Table {
	out := ingest.Table{Sheet: s.name, Kind: t.kind, Title: t.title, Rows: rows, Skipped: slices.Clone(t.skipped)}
	for _, row := range sortedInts(t.sections) {
		out.Skipped = append(out.Skipped, ingest.Skip{Row: row, Why: "objective of the rows below"})
	}
	slices.SortStableFunc(out.Skipped, func(a, b ingest.Skip) int { return a.Row - b.Row })
	out.Range = fmt.Sprintf("%s:%s", s.cellAt(t.top, t.left()), s.cellAt(t.bodyEnd, t.right()))
	for _, c := range t.columns {
		out.Columns = append(out.Columns, ingest.Column{Letter: s.letter(c.col), Header: c.text, Role: c.role, Period: c.period, Doubt: c.doubt})
	}
	return out
}
