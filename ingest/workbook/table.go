package workbook

import (
	"fmt"
	"strings"

	"boardpack/ingest"
)

// table is one table of a sheet while it is read.
type table struct {
	headed
	bodyEnd  int // last row that belongs to it
	columns  []column
	kind     ingest.Kind
	title    string // text above it
	dataRows []int
	sections map[int]string // row → text of a section row
	skipped  []ingest.Skip
	unread   []int // rows with content that could not be placed
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
	f := &finder{sheet: r.sheet, words: r.words, cache: r.headings}
	heads := f.headers()
	var out []*table
	for i, h := range heads {
		if r.isRepeat(out, h) {
			continue
		}
		t := &table{headed: h, sections: map[int]string{}, bodyEnd: r.bodyEnd(heads, i)}
		for _, c := range h.cols {
			t.columns = append(t.columns, column{headCol: c})
		}
		r.sortRows(t)
		r.know(t)
		out = append(out, t)
	}
	return out
}

func (r *reader) know(t *table) {
	for i := range t.columns {
		t.columns[i].stats = r.columnStats(t, t.columns[i].col)
	}
	r.assign(t)
	r.infer(t)
	t.kind = t.kindOf()
}

// isRepeat reports whether a header is that of an earlier table coming again.
func (r *reader) isRepeat(tables []*table, h headed) bool {
	for i := len(tables) - 1; i >= 0; i-- {
		t := tables[i]
		if t.left() <= h.right() && h.left() <= t.right() {
			return h.top <= t.bodyEnd && sameHeader(t.cols, h.cols)
		}
	}
	return false
}

// sameHeader reports whether at least three in five header cells are the same.
func sameHeader(a, b []headCol) bool {
	texts := map[int]string{}
	for _, c := range a {
		texts[c.col] = wordsOnly(c.text)
	}
	same := 0
	for _, c := range b {
		if t, ok := texts[c.col]; ok && t == wordsOnly(c.text) {
			same++
		}
	}
	return same*5 >= len(a)*3 && same*5 >= len(b)*3
}

// bodyEnd is the row before the next different header over the same columns.
func (r *reader) bodyEnd(heads []headed, i int) int {
	h := heads[i]
	for _, next := range heads[i+1:] {
		overlaps := next.left() <= h.right() && h.left() <= next.right()
		if overlaps && next.top > h.bottom && !sameHeader(h.cols, next.cols) {
			return next.top - 1
		}
	}
	return r.sheet.lastRow
}

// sortRows tells the rows below a header apart: data, sections, the header
// again, totals, notes.
func (r *reader) sortRows(t *table) {
	for _, row := range r.sheet.rowNumbers() {
		if row <= t.bottom || row > t.bodyEnd {
			continue
		}
		r.sortRow(t, row)
	}
	r.dropTrailing(t)
	r.sectionAbove(t)
}

// sectionAbove takes the line right above a header for the objective of the
// rows below it, where it is merged across the table as a section row is, and
// is neither the sheet's title nor a period.
func (r *reader) sectionAbove(t *table) {
	row := t.top - 1
	cells := r.filled(t, row)
	if len(cells) != 1 || cells[0].row == r.firstRow() || t.top == 1 {
		return
	}
	m, merged := r.sheet.merged(row, cells[0].col)
	said := ingest.PeriodIn(cells[0].raw)
	if merged && m.right-m.left >= 2 && said.Year == 0 && said.Quarter == 0 {
		t.sections[row] = ingest.OneLine(cells[0].raw)
	}
}

func (r *reader) firstRow() int {
	if len(r.sheet.cells) == 0 {
		return 0
	}
	return r.sheet.cells[0].row
}

func (r *reader) sortRow(t *table, row int) {
	cells := r.filled(t, row)
	if len(cells) == 0 {
		return
	}
	first := ingest.OneLine(cells[0].raw)
	switch {
	case r.headerAgain(t, row):
		t.skip(row, "header again")
	case r.sheet.hiddenRows[row]:
		t.skip(row, "hidden row")
	case r.struck(cells):
		t.skip(row, "struck through")
	case len(cells) > 1 && r.opensWith(t, cells[0], r.words.totals):
		t.skip(row, "total")
	case len(cells) == 1 && r.opensWith(t, cells[0], r.words.notes):
		t.skip(row, "note")
	case r.opensWith(t, cells[0], r.words.examples):
		t.skip(row, "example")
	case len(cells) == 1 && !r.aloneIsData(t, cells[0], first):
		t.sections[row] = first
	case len(cells) >= 2 && r.isPlaceholder(cells):
		t.skip(row, "not filled in")
	default:
		t.dataRows = append(t.dataRows, row)
	}
}

// opensWith reports whether a row's first cell is one of the words that mark a
// row as no data: alone, or before a colon; in a reference column also before more words.
func (r *reader) opensWith(t *table, c cell, list []string) bool {
	f := ingest.Fold(c.raw)
	inRef := c.col == t.left() && t.cols[0].scores["ref"] >= strong
	for _, w := range list {
		rest, ok := strings.CutPrefix(f, w)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " 0123456789.")
		if rest == "" || strings.ContainsAny(rest[:1], ":-)(*") || inRef && begins(f, list) {
			return true
		}
	}
	return false
}

func (t *table) skip(row int, why string) {
	t.skipped = append(t.skipped, ingest.Skip{Row: row, Why: why})
}

// aloneIsData reports whether a row's only cell is a row of its own: a
// reference, or anything that stands right of the table's first two columns.
func (r *reader) aloneIsData(t *table, c cell, txt string) bool {
	if m, ok := r.sheet.merged(c.row, c.col); ok && m.right > m.left {
		return false
	}
	return ingest.LooksLikeRef(txt) || c.col > t.left()+1
}

// filled gives the cells with content within the table's columns.
func (r *reader) filled(t *table, row int) []cell {
	var out []cell
	for _, c := range r.sheet.rowCells(row) {
		if c.col >= t.left() && c.col <= t.right() && c.kind != empty && ingest.OneLine(c.raw) != "" {
			out = append(out, c)
		}
	}
	return out
}

// headerAgain reports whether a row repeats one of the table's header rows.
func (r *reader) headerAgain(t *table, row int) bool {
	same, cells := 0, 0
	for _, c := range r.filled(t, row) {
		cells++
		for _, h := range t.cols {
			if h.col == c.col && c.kind == text && strings.Contains(" "+wordsOnly(h.text)+" ", " "+wordsOnly(c.raw)+" ") && wordsOnly(c.raw) != "" {
				same++
				break
			}
		}
	}
	return cells >= 2 && same*5 >= cells*4
}

func (r *reader) struck(cells []cell) bool {
	for _, c := range cells {
		if !r.book.style(c.style).struck {
			return false
		}
	}
	return true
}

// isPlaceholder reports whether a row is one of a template nobody filled in.
func (r *reader) isPlaceholder(cells []cell) bool {
	for _, c := range cells {
		if c.kind != text || !isPrompt(c.raw) {
			return false
		}
	}
	return true
}

func isPrompt(s string) bool {
	f := ingest.Fold(s)
	return strings.HasPrefix(f, "<") && strings.HasSuffix(f, ">") || strings.HasPrefix(f, "[") && strings.HasSuffix(f, "]") ||
		strings.Trim(f, "-.…_xX ?") == "" || f == "tbc" || f == "n/a"
}

// dropTrailing turns section rows with no data below them into notes: text
// below the table, or the title of the next one.
func (r *reader) dropTrailing(t *table) {
	last := t.bottom
	if n := len(t.dataRows); n > 0 {
		last = t.dataRows[n-1]
	}
	end := t.bottom
	for _, row := range sortedInts(t.sections) {
		if row > last {
			t.skip(row, "text below the table")
			delete(t.sections, row)
		}
	}
	for _, row := range t.dataRows {
		end = max(end, row)
	}
	for _, s := range t.skipped {
		if s.Why != "text below the table" && s.Why != "note" {
			end = max(end, s.Row)
		}
	}
	t.bodyEnd = end
}

// describe makes the public description of a table.
func (t *table) describe(sheet string, rows int) ingest.Table {
	out := ingest.Table{Sheet: sheet, Kind: t.kind, Title: t.title, Rows: rows, Skipped: t.skipped}
	out.Range = fmt.Sprintf("%s:%s", cellName(t.top, t.left()), cellName(t.bodyEnd, t.right()))
	for _, c := range t.columns {
		out.Columns = append(out.Columns, ingest.Column{Letter: columnName(c.col), Header: c.text, Role: c.role, Period: c.period, Doubt: c.doubt})
	}
	return out
}
