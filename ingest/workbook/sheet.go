package workbook

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// kind is what a cell holds.
type kind uint8

const (
	empty kind = iota // a style without a value
	text
	number
	boolean
	failure // #REF! and the like
)

// cell is one cell of a sheet, as the file has it.
type cell struct {
	row, col int // 1-based
	kind     kind
	struck   strike // of its text; a style may strike it as well
	formula  bool
	style    int
	raw      string // text resolved, number as stored
}

// span is a range of cells, both ends included, 1-based.
type span struct{ top, left, bottom, right int }

func (s span) contains(row, col int) bool {
	return row >= s.top && row <= s.bottom && col >= s.left && col <= s.right
}

// sheet is a sheet's cells in reading order with what hides and joins them.
type sheet struct {
	name        string
	hidden      bool
	cells       []cell
	rowStart    map[int]int // row number → index of its first cell
	merges      []span
	rules       []colourRule  // conditional formats
	rowMerges   map[int][]int // row → indices of the merges that cover it
	hiddenRows  map[int]bool
	hiddenCols  map[int]bool
	conditional bool         // colours come from conditional formats
	strikes     bool         // some text is struck through in part
	arranged    *arrangement // where its cells stand in the officer's sheet; nil for that sheet itself
	lastRow     int
}

// maxCells is how many cells with content one sheet may have.
const maxCells = 4_000_000

// scanSheet reads a worksheet part. Cells that hold neither a value nor a style
// of their own are passed over, so that a used range far beyond the data costs nothing.
func scanSheet(name string, data []byte, strings sharedTexts, tinted func(style int) bool) (*sheet, error) {
	s := &sheet{name: name, rowStart: map[int]int{}, hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}
	r := sheetReader{xmlScanner: xmlScanner{data: data}, sheet: s, shared: strings, tinted: tinted}
	for {
		more, err := r.next()
		if err != nil {
			return nil, fmt.Errorf("read sheet %q: %w", name, err)
		}
		if !more {
			break
		}
		if err := r.take(); err != nil {
			return nil, fmt.Errorf("read sheet %q: %w", name, err)
		}
	}
	if !r.ended {
		return nil, fmt.Errorf("read sheet %q: %w", name, errDamaged)
	}
	s.order()
	return s, nil
}

type sheetReader struct {
	xmlScanner
	sheet  *sheet
	shared sharedTexts
	tinted func(int) bool

	row, col int
	cur      cell
	typ      string
	value    string
	inline   richText
	inCell   bool
	inIs     bool
	ended    bool

	ruleSpans []span // of the conditional format being read
}

func (r *sheetReader) take() error {
	if r.inCell {
		return r.takeInCell()
	}
	switch r.name {
	case "row":
		if !r.closing {
			return r.startRow()
		}
	case "c":
		if !r.closing {
			return r.startCell()
		}
	case "sheetData":
		r.ended = r.ended || r.closing || r.single
	case "mergeCell":
		if m, ok := parseSpan(r.attr("ref")); ok && !r.closing {
			r.sheet.merges = append(r.sheet.merges, m)
		}
	case "col":
		r.hideColumns()
	case "conditionalFormatting", "cfRule", "formula":
		return r.takeRule()
	}
	return nil
}

func (r *sheetReader) startRow() error {
	r.row++
	if n, err := strconv.Atoi(r.attr("r")); err == nil {
		r.row = n
	}
	if r.row < 1 || r.row > maxRows {
		return errDamaged
	}
	r.col = 0
	if isTrue(r.attr("hidden")) {
		r.sheet.hiddenRows[r.row] = true
	}
	return nil
}

func isTrue(s string) bool { return s == "1" || s == "true" }

func (r *sheetReader) startCell() error {
	r.col++
	if ref := r.attr("r"); ref != "" {
		row, col, ok := parseCell(ref)
		if !ok {
			return errDamaged
		}
		r.row, r.col = row, col
	}
	style, _ := strconv.Atoi(r.attr("s"))
	if r.row < 1 || r.col > maxColumns {
		return errDamaged
	}
	r.cur = cell{row: r.row, col: r.col, style: style}
	r.typ, r.value = r.attr("t"), ""
	r.inline.reset()
	if r.single {
		return r.endCell()
	}
	r.inCell = true
	return nil
}

func (r *sheetReader) takeInCell() error {
	if r.inIs && r.name != "is" {
		return r.inline.take(&r.xmlScanner)
	}
	switch r.name {
	case "f":
		r.cur.formula = true
	case "v":
		if r.closing {
			s, err := unescape(r.text)
			if err != nil {
				return err
			}
			r.value = s
		}
	case "is":
		r.inIs = !r.closing && !r.single
	case "c":
		if r.closing {
			r.inCell = false
			return r.endCell()
		}
		return errDamaged
	case "row", "sheetData":
		return errDamaged
	}
	return nil
}

func (r *sheetReader) endCell() error {
	c := &r.cur
	switch r.typ {
	case "s":
		if r.value == "" {
			break
		}
		i, err := strconv.Atoi(strings.TrimSpace(r.value))
		if err != nil || i < 0 || i >= len(r.shared.texts) {
			return fmt.Errorf("cell %s points to a text that is not there: %w", cellName(c.row, c.col), errDamaged)
		}
		c.kind, c.raw, c.struck = text, r.shared.texts[i], r.shared.struck[i]
	case "inlineStr":
		c.kind = text
		c.raw, c.struck = r.inline.end()
		if c.raw == "" {
			c.raw = unescapeOffice(r.value) // a formula's text, as some programs write it
		}
	case "str":
		c.kind, c.raw = text, unescapeOffice(r.value)
	case "b":
		c.kind, c.raw = boolean, r.value
	case "e":
		c.kind, c.raw = failure, r.value
	case "d":
		c.kind, c.raw = text, r.value
	default:
		c.kind, c.raw = number, strings.TrimSpace(r.value)
	}
	return r.keep()
}

// keep adds the cell where it holds something: a value, a formula without a
// stored value, or a colour.
func (r *sheetReader) keep() error {
	if r.cur.raw == "" {
		r.cur.kind = empty
	}
	if r.cur.kind == empty && !r.cur.formula && !r.tinted(r.cur.style) {
		return nil
	}
	if len(r.sheet.cells) >= maxCells {
		return fmt.Errorf("the sheet has more than %d cells", maxCells)
	}
	r.sheet.cells = append(r.sheet.cells, r.cur)
	r.sheet.strikes = r.sheet.strikes || r.cur.struck == partStruck
	return nil
}

func (r *sheetReader) hideColumns() {
	if !isTrue(r.attr("hidden")) {
		return
	}
	from, err1 := strconv.Atoi(r.attr("min"))
	to, err2 := strconv.Atoi(r.attr("max"))
	if err1 != nil || err2 != nil {
		return
	}
	for c := from; c <= min(to, from+500); c++ {
		r.sheet.hiddenCols[c] = true
	}
}

// order puts cells in reading order (files may have them in another) and
// notes where each row begins.
func (s *sheet) order() {
	less := func(i, j int) bool {
		a, b := s.cells[i], s.cells[j]
		return a.row < b.row || a.row == b.row && a.col < b.col
	}
	if !sort.SliceIsSorted(s.cells, less) {
		sort.SliceStable(s.cells, less)
	}
	for i, c := range s.cells {
		if _, ok := s.rowStart[c.row]; !ok {
			s.rowStart[c.row] = i
		}
		s.lastRow = c.row
	}
	s.indexMerges()
}

// rowCells gives the cells of a row, by column.
func (s *sheet) rowCells(row int) []cell {
	start, ok := s.rowStart[row]
	if !ok {
		return nil
	}
	end := start
	for end < len(s.cells) && s.cells[end].row == row {
		end++
	}
	return s.cells[start:end]
}

// at gives a cell; the zero cell where there is none.
func (s *sheet) at(row, col int) cell {
	cells := s.rowCells(row)
	i := sort.Search(len(cells), func(i int) bool { return cells[i].col >= col })
	if i < len(cells) && cells[i].col == col {
		return cells[i]
	}
	return cell{row: row, col: col}
}

// merged gives the merge that covers a cell.
func (s *sheet) merged(row, col int) (span, bool) {
	for _, i := range s.rowMerges[row] {
		if m := s.merges[i]; m.contains(row, col) {
			return m, true
		}
	}
	return span{}, false
}

// mergeFrom gives the merge whose first cell this is. (A file may hold merges that overlap.)
func (s *sheet) mergeFrom(row, col int) (span, bool) {
	for _, i := range s.rowMerges[row] {
		if m := s.merges[i]; m.top == row && m.left == col {
			return m, true
		}
	}
	return span{}, false
}

// indexMerges notes which merges cover each row. A merge over more rows than
// a table has is a sheet's decoration and speaks for no row.
func (s *sheet) indexMerges() {
	const tallest = 2000
	s.rowMerges = map[int][]int{}
	for i, m := range s.merges {
		for row := m.top; row <= min(m.bottom, m.top+tallest); row++ {
			s.rowMerges[row] = append(s.rowMerges[row], i)
		}
	}
}

// parseCell reads "B12" or "$B$12".
func parseCell(ref string) (row, col int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	i := 0
	for ; i < len(ref) && isLetter(ref[i]); i++ {
		col = col*26 + int(ref[i]&^0x20-'A') + 1
		if col > maxColumns {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(ref[i:])
	return row, col, err == nil && row > 0 && row <= maxRows && col > 0
}

// The limits of a worksheet, fixed by the file format (ECMA-376).
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
)

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

func parseSpan(ref string) (span, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		to = from
	}
	top, left, ok1 := parseCell(from)
	bottom, right, ok2 := parseCell(to)
	return span{min(top, bottom), min(left, right), max(top, bottom), max(left, right)}, ok1 && ok2
}

// columnName gives "A" for 1, "AA" for 27.
func columnName(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

func cellName(row, col int) string { return columnName(col) + strconv.Itoa(row) }

// rowNumbers gives the rows that have cells, in order.
func (s *sheet) rowNumbers() []int {
	rows := make([]int, 0, len(s.rowStart))
	for i, c := range s.cells {
		if i == 0 || s.cells[i-1].row != c.row {
			rows = append(rows, c.row)
		}
	}
	return rows
}

func sortedInts[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	return keys
}
