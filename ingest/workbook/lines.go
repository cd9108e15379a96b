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

// headerAgain reports whether a row repeats one of the table's header rows.
func (r *reader) headerAgain(t *table, row int, filled []cell) bool {
	same, cells := 0, len(filled)
	if !r.saysHeaders(t, filled) {
		return false
	}
	for n, c := range filled {
		if (n-same)*5 > cells*2 {
			return false // too many are none of its words
		}
		if c.kind != text || len(c.raw) > maxHeader {
			continue
		}
		again := &r.asHeader(r.factsOf(r.sheet, c)).heading
		h := t.headAt(c.col())
		if h == nil || again.words == "" {
			continue
		}
		if holdsWords(h.words, again.words) {
			same++
		} else if _, score := h.best(); score >= strong && !meansSame(h.heading, *again) || t.hasHeader(again.words) {
			return false
		}
	}
	return cells >= 2 && same >= 2 && same*5 >= cells*3
}

// saysHeaders is a quick look for headerAgain: whether enough of a row's cells
// are words of the headers that they stand under.
func (r *reader) saysHeaders(t *table, filled []cell) bool {
	same := 0
	for n := range filled {
		c := &filled[n]
		if (n-same)*5 > len(filled)*2 {
			return false
		}
		if c.kind != text || len(c.raw) > maxHeader {
			continue
		}
		if h := t.headAt(c.col()); h != nil && mayBeIn(c.raw, h.words) {
			if words := r.factsOf(r.sheet, *c).wordsIn(); words != "" && holdsWords(h.words, words) {
				same++
			}
		}
	}
	return same >= 2 && same*5 >= len(filled)*3
}

// mayBeIn is a quick look for words that begin with a text's first letter.
func mayBeIn(raw, words string) bool {
	if raw == "" || !isLetter(raw[0]) {
		return true
	}
	first := raw[0] | 0x20
	for i := 0; i < len(words); i++ {
		if words[i] == first && (i == 0 || words[i-1] == ' ') {
			return true
		}
	}
	return false
}

// headAt is the header over a column; nil where none stands there.
func (t *table) headAt(col int) *headCol {
	if guess := col - t.left(); guess >= 0 && guess < len(t.cols) && t.cols[guess].col == col {
		return &t.cols[guess]
	}
	for n := range t.cols {
		if t.cols[n].col == col {
			return &t.cols[n]
		}
	}
	return nil
}

// holdsWords reports whether words stand in others, as whole words.
func holdsWords(all, words string) bool {
	for from := 0; ; {
		at := strings.Index(all[from:], words)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(words)
		if (at == 0 || all[at-1] == ' ') && (end == len(all) || all[end] == ' ') {
			return true
		}
		from = at + 1
	}
}

func (t *table) hasHeader(words string) bool {
	return slices.ContainsFunc(t.cols, func(c headCol) bool { return c.words == words })
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

// services knows a table whose header comes again below the name of another
// service: "name, header, rows, name, header, rows". It gives the plan of each
// section row. The first name must stand right above the first header and be
// what the workbook's plan was taken from.
func (r *reader) services(t *table) map[int]string {
	above := r.filled(t, t.top-1)
	if len(above) != 1 || r.planWords(above[0].raw) != r.ret.Plan || r.ret.Plan == "" {
		return nil
	}
	again := map[int]bool{}
	for _, s := range t.skipped {
		again[s.Row] = s.Why == "header again"
	}
	plans := map[int]string{}
	for row, name := range t.sections {
		if again[row+1] && r.planWords(name) != "" {
			plans[row] = r.planWords(name)
		}
	}
	return plans
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
