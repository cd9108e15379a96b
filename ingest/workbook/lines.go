package workbook

import (
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"
)

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
	if len(cells) != 1 || cells[0].row() == r.firstRow() || t.top == 1 {
		return
	}
	m, merged := r.sheet.merged(row, cells[0].col())
	said := ingest.PeriodIn(cells[0].raw)
	under := r.filled(t, row-1)
	narrates := len(under) == 1 && r.words.narrative[wordsOnly(under[0].raw)] || strings.HasSuffix(strings.TrimSpace(cells[0].raw), ".")
	if (merged && m.right-m.left >= 2 || r.likeSections(t, cells[0])) && said.Year == 0 && said.Quarter == 0 && !narrates {
		t.sections[row] = ingest.OneLine(cells[0].raw)
	}
}

// likeSections reports whether a text looks like the headings that stand above
// the table's header where that comes again.
func (r *reader) likeSections(t *table, c cell) bool {
	for _, s := range t.skipped {
		if _, ok := t.sections[s.Row-1]; ok && s.Why == "header again" {
			heading := r.sheet.at(s.Row-1, c.col())
			return heading.kind == text && heading.style == c.style
		}
	}
	return false
}

var commentBelow = regexp.MustCompile(`(?i)^(?:officer'?s? |latest |progress |supporting )?(?:comments?|commentary|update|narrative|progress note)\s*(?::|[-–—] )\s*\S`)

// isLast reports whether a row is the last data row so far.
func (t *table) isLast(row int) bool {
	return len(t.dataRows) > 0 && t.dataRows[len(t.dataRows)-1] == row
}

func (r *reader) firstRow() int {
	if len(r.sheet.cells) == 0 {
		return 0
	}
	return r.sheet.cells[0].row()
}

func (r *reader) sortRow(t *table, row int) {
	cells := r.filled(t, row)
	if len(cells) == 0 {
		return
	}
	first := r.factsOf(r.sheet, cells[0]).Line
	switch {
	case r.headerAgain(t, row, cells):
		t.skip(row, "header again")
	case r.sheet.hiddenRows[row]:
		t.skip(row, "hidden row")
	case r.struck(cells):
		t.skip(row, "struck through")
	case len(cells) > 1 && r.isOnly(t, cells[0], &r.words.totals) && t.names(cells[0].col()):
		t.skip(row, "total")
	case len(cells) == 1 && t.isLast(row-1) && commentBelow.MatchString(first):
		t.under[row-1] = cells[0]
		t.skip(row, "comment of the row above")
	case len(cells) == 1 && (r.opensWith(cells[0], &r.words.notes) || r.isFootnote(t, cells[0])):
		t.skip(row, "note")
	case r.isExample(t, cells):
		t.skip(row, "example")
	case len(cells) == 1 && isPrompt(cells[0].raw):
		t.skip(row, "not filled in")
	case r.isKeyRow(cells) || r.isColourKey(t, row, cells):
		t.skip(row, "key")
	case r.runsOn(t, cells):
		t.continues(cells)
	case r.sayTheSame(cells):
		t.skip(row, "end mark")
	case len(cells) == 1 && !r.aloneIsData(t, cells[0], first):
		t.sections[row] = first
		if r.looksPlain(cells[0]) && t.cols[0].scores["ref"] < strong {
			t.alone = append(t.alone, row)
		}
	case len(cells) >= 2 && r.isPlaceholder(cells):
		t.skip(row, "not filled in")
	default:
		t.dataRows = append(t.dataRows, row)
	}
}

// names reports whether a column is the table's first or names its rows.
func (t *table) names(col int) bool {
	return col == t.left() || slices.Contains(t.namingCols(), col)
}

// namingCols are the columns whose headers name the rows.
func (t *table) namingCols() []int {
	if t.naming == nil {
		t.naming = make([]int, 0, len(t.cols))
		for n := range t.cols {
			if identifies(t.cols[n : n+1]) {
				t.naming = append(t.naming, t.cols[n].col)
			}
		}
	}
	return t.naming
}

// isOnly reports whether a row's first cell is one of the words that mark a
// row as no data and nothing else; in a reference column also before more words.
func (r *reader) isOnly(t *table, c cell, list *openings) bool {
	if !list.mayOpen(c.raw) {
		return false
	}
	said := r.factsOf(r.sheet, c)
	if said.isRef || len(list.words) == 0 {
		return false
	}
	if c.col() == t.left() && t.cols[0].scores["ref"] >= strong && begins(said.Folded, list) {
		return true
	}
	for _, w := range list.words {
		if rest, ok := strings.CutPrefix(said.Folded, w); ok && strings.Trim(rest, " :.0123456789") == "" {
			return true
		}
	}
	return false
}

// isExample knows a row whose reference, title or first cell says that it is one.
func (r *reader) isExample(t *table, cells []cell) bool {
	for n, c := range cells {
		if (n == 0 || slices.Contains(t.namingCols(), c.col())) && r.opensWith(c, &r.words.examples) {
			return true
		}
	}
	return false
}

// isFootnote knows a text alone in its row that explains a figure: behind a
// footnote's mark, or a sentence that no look makes a heading.
func (r *reader) isFootnote(t *table, c cell) bool {
	txt := strings.TrimSpace(ingest.OneLine(c.raw))
	folded := ingest.Fold(txt)
	switch {
	case c.kind != text || ingest.LooksLikeRef(txt) || c.col() > t.left()+1:
		return false
	case strings.ContainsAny(txt[:1], "*^~") || ingest.HasAny(txt[:min(len(txt), 4)], "†", "‡", "¹", "²", "³"):
		return true
	case strings.HasPrefix(folded, "please note"), strings.HasPrefix(folded, "note that"):
		return true
	}
	return r.looksPlain(c) && t.cols[0].scores["ref"] >= strong && (strings.HasSuffix(txt, ".") || numberedNote.MatchString(folded))
}

// numberedNote knows "1. Figure revised from last quarter".
var numberedNote = regexp.MustCompile(`^[(\[]?\d[)\].] .*\b(?:figures?|data|revised|provisional|estimated?|excludes?|includes?|restated|published|source)\b`)

// opensWith reports whether a cell begins with one of the words that mark a
// note or an example, before a colon or dash or before a reference.
func (r *reader) opensWith(c cell, list *openings) bool {
	if !list.mayOpen(c.raw) {
		return false
	}
	said := r.factsOf(r.sheet, c)
	for _, w := range list.words {
		rest, ok := strings.CutPrefix(said.Folded, w)
		if !ok || len(w) <= 3 && said.isRef {
			continue
		}
		rest = strings.TrimLeft(rest, ".")
		spaced := strings.TrimLeft(rest, " 0123456789")
		switch {
		case spaced == "", strings.ContainsAny(spaced[:1], ":-)*"):
			return true
		case strings.HasPrefix(rest, " ") && ingest.LooksLikeRef(strings.ToUpper(rest)):
			return true
		}
	}
	return false
}

func (t *table) skip(row int, why string) {
	t.skipped = append(t.skipped, ingest.Skip{Row: row, Why: why})
}

// isKeyRow knows a row that explains a colour or letter: "G | On target".
func (r *reader) isKeyRow(cells []cell) bool {
	if len(cells) < 2 || len(cells) > 3 || cells[0].kind != text {
		return false
	}
	_, light := r.words.Light(strings.TrimRight(ingest.OneLine(cells[0].raw), " =:-"))
	for _, c := range cells[1:] {
		if c.kind != text || ingest.TextFigure(c.raw, "").Number != nil {
			return false
		}
	}
	return light
}

// isColourKey knows a row that explains a colour: an empty coloured cell and short words beside it.
func (r *reader) isColourKey(t *table, row int, cells []cell) bool {
	left := r.sheet.at(row, cells[0].col()-1)
	if left.kind != empty || r.book.style(left.style).hue == "" || len(cells) > 2 || len(t.dataRows) == 0 {
		return false
	}
	for _, c := range cells {
		if c.kind != text || ingest.LooksLikeRef(c.raw) {
			return false
		}
	}
	for _, h := range t.cols {
		if h.col == cells[0].col()-1 && h.scores["light"] >= strong {
			return len(cells) == 1 && len(r.filled(t, row-1)) == 0
		}
	}
	return true
}

// runsOn knows a row whose texts go on from the cells above: nothing in the
// first column, only texts, each under a text, and the first in the middle of a sentence.
func (r *reader) runsOn(t *table, cells []cell) bool {
	for n, c := range cells {
		if c.kind != text || c.col() == t.left() {
			return false
		}
		said, above := r.factsOf(r.sheet, c), r.sheet.at(c.row()-1, c.col())
		txt := said.Line
		if said.isRef || isPrompt(c.raw) || above.kind != text || r.book.style(c.style).bold {
			return false
		}
		if _, ok := r.sheet.merged(c.row(), c.col()); ok {
			return false
		}
		lower := txt[0] >= 'a' && txt[0] <= 'z'
		if n == 0 && !lower && !strings.HasSuffix(strings.TrimSpace(above.raw), ",") {
			return false
		}
	}
	return len(t.dataRows) > 0 && t.cols[0].scores["ref"] >= strong
}

func (t *table) continues(cells []cell) {
	for _, c := range cells {
		t.runOn[[2]int{c.row(), c.col()}] = true
	}
}

// looksPlain reports whether nothing but its loneliness marks a text as a heading.
func (r *reader) looksPlain(c cell) bool {
	_, merged := r.sheet.merged(c.row(), c.col())
	st := r.book.style(c.style)
	return !merged && !st.bold && !st.filled
}

// aloneIsData reports whether a row's only cell is a row of its own: a
// reference, or anything that stands right of the table's first two columns.
func (r *reader) aloneIsData(t *table, c cell, txt string) bool {
	if m, ok := r.sheet.merged(c.row(), c.col()); ok && m.right > m.left {
		return false
	}
	return ingest.LooksLikeRef(txt) || c.col() > t.left()+1
}

// filled gives the cells with content within the table's columns.
func (r *reader) filled(t *table, row int) []cell {
	left, right := t.left(), t.right()
	return only(r.sheet.rowCells(row), func(c *cell) bool { return c.col() >= left && c.col() <= right && isFilled(c) })
}

func (r *reader) struck(cells []cell) bool {
	struck := 0
	for _, c := range cells {
		if r.isStruck(c) {
			struck++
		}
	}
	return struck > 0 && struck*5 >= len(cells)*4
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

// sayTheSame knows a row that marks something, such as "END" in every cell.
func (r *reader) sayTheSame(cells []cell) bool {
	first := r.factsOf(r.sheet, cells[0])
	for _, c := range cells {
		if c.kind != text || c.raw != cells[0].raw && r.factsOf(r.sheet, c).Folded != first.Folded {
			return false
		}
	}
	return len(cells) > 2 || len(cells) == 1 && isEndMark(first.Folded)
}

func isEndMark(s string) bool {
	switch strings.Trim(s, "*-. ") {
	case "end", "end of table", "end of sheet", "end of data", "end of form":
		return true
	}
	return false
}

func isPrompt(s string) bool {
	if s != "" && isLetter(s[0]) && !strings.ContainsRune("xXtTnN", rune(s[0])) {
		return false
	}
	f := ingest.Fold(s)
	return strings.HasPrefix(f, "<") && strings.HasSuffix(f, ">") || strings.HasPrefix(f, "[") && strings.HasSuffix(f, "]") ||
		strings.Trim(f, "-.…_xX ?") == "" || f == "tbc" || f == "n/a"
}
