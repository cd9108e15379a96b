package workbook

import (
	"boardpack/ingest"
)

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
		if s.Why != "text below the table" && s.Why != "note" && s.Why != "hidden row" {
			end = max(end, s.Row)
		}
	}
	t.bodyEnd = end
}

// dropFootnotes leaves out what stands below a gap after the last row with a
// reference, in a table whose rows have references: notes, keys, signatures.
func (r *reader) dropFootnotes(t *table) {
	ref := t.has("ref")
	if ref == nil {
		return
	}
	isRow := func(row int) bool { return ingest.LooksLikeRef(r.cell(row, ref.col).raw) }
	last, refs := -1, 0
	for n, row := range t.dataRows {
		if isRow(row) {
			last = n
			refs++
		}
	}
	if refs*5 < (last+1)*3 || refs == 0 {
		return
	}
	for n := last + 1; n < len(t.dataRows); n++ {
		if n > 0 && r.gapBetween(t, t.dataRows[n-1], t.dataRows[n]) {
			for _, below := range t.dataRows[n:] {
				t.skip(below, "text below the table")
				t.below = append(t.below, below)
			}
			t.dataRows = t.dataRows[:n]
			t.bodyEnd = t.dataRows[n-1]
			return
		}
	}
}

// gapBetween reports whether an empty row stands between two rows of a table.
func (r *reader) gapBetween(t *table, from, to int) bool {
	for row := from + 1; row < to; row++ {
		if len(r.filled(t, row)) == 0 {
			return true
		}
	}
	return false
}
