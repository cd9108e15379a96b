package workbook

import (
	"cmp"
	"slices"
	"sort"
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

// cell is one cell of a sheet, as the file has it. A workbook may have
// millions: every byte of it counts.
type cell struct {
	raw     string // text resolved, number as stored
	inRow   int32  // row and inCol are 1-based
	inCol   int32
	style   int32
	kind    kind
	struck  strike // of its text; a style may strike it as well
	formula bool
}

func cellAt(row, col int) cell { return cell{inRow: int32(row), inCol: int32(col)} }

func (c *cell) at(row, col int) { c.inRow, c.inCol = int32(row), int32(col) }

// row is 1-based.
func (c *cell) row() int { return int(c.inRow) }

// col is 1-based.
func (c *cell) col() int { return int(c.inCol) }

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
	rows        []rowStart   // those that have cells, in order
	numbers     []int        // of those rows, once they were asked for
	said        []*textFacts // what is known of the cells' texts, as far as it was asked for
	lastIndex   int          // of the row that was asked for last
	merges      []span
	rules       []colourRule  // conditional formats
	rowMerges   map[int][]int // row → indices of the merges that cover it
	hiddenRows  map[int]bool
	hiddenCols  map[int]bool
	conditional bool         // colours come from conditional formats
	strikes     bool         // some text is struck through in part
	arranged    *arrangement // where its cells stand in the officer's sheet; nil for that sheet itself
	lastRow     int
	budget      *budget // that its memory is taken from
}

// rowStart says where in a sheet's cells a row begins.
type rowStart struct{ row, first int32 }

// Memory that a sheet holds, in bytes each.
const (
	cellCost   = 32  // TestCellIsAsLargeAsItSays
	rowCost    = 24  // of a row with cells
	hiddenCost = 40  // of a hidden row or column
	mergeCost  = 64  // of a merge, of each row that it covers, and of a range of a conditional format
	ruleCost   = 256 // of a conditional format, and of each of its formulas beside their bytes
)

// order puts cells in reading order (files may have them in another) and
// notes where each row begins.
func (s *sheet) order() {
	byPlace := func(a, b cell) int { return cmp.Or(a.row()-b.row(), a.col()-b.col()) }
	if !slices.IsSortedFunc(s.cells, byPlace) {
		slices.SortStableFunc(s.cells, byPlace)
	}
	n := 0
	for i := range s.cells {
		if i == 0 || s.cells[i].row() != s.cells[i-1].row() {
			n++
		}
	}
	s.budget.hold(int64(n) * rowCost)
	s.rows, s.numbers, s.said, s.lastIndex = make([]rowStart, 0, n), nil, nil, 0
	for i := range s.cells {
		if row := s.cells[i].row(); i == 0 || row != s.cells[i-1].row() {
			s.rows = append(s.rows, rowStart{int32(row), int32(i)})
			s.lastRow = row
		}
	}
	s.indexMerges()
}

// rowIndex finds a row among those that have cells. Most often it is the one
// that was asked for before, or the next.
func (s *sheet) rowIndex(row int) (int, bool) {
	if len(s.rows) == 0 || row < int(s.rows[0].row) || row > s.lastRow {
		return 0, false
	}
	for guess := s.lastIndex; guess < min(s.lastIndex+2, len(s.rows)); guess++ {
		if int(s.rows[guess].row) == row {
			s.lastIndex = guess
			return guess, true
		}
	}
	at, ok := slices.BinarySearchFunc(s.rows, row, func(r rowStart, row int) int { return int(r.row) - row })
	if ok {
		s.lastIndex = at
	}
	return at, ok
}

// rowCells gives the cells of a row, by column. All that is understood of a
// sheet comes through here: so here its time is counted, and once that is up
// every row is empty, which ends whatever is looked for. Read then gives the error.
func (s *sheet) rowCells(row int) []cell {
	first, end := s.rowRange(row)
	return s.cells[first:end:end]
}

// rowRange gives where in the sheet's cells those of a row stand.
func (s *sheet) rowRange(row int) (first, end int) {
	i, ok := s.rowIndex(row)
	if s.budget.work(1); !ok || s.budget.spent() {
		return 0, 0
	}
	end = len(s.cells)
	if i+1 < len(s.rows) {
		end = int(s.rows[i+1].first)
	}
	return int(s.rows[i].first), end
}

// at gives a cell; the zero cell where there is none.
func (s *sheet) at(row, col int) cell {
	if n := s.index(row, col); n >= 0 {
		return s.cells[n]
	}
	return cellAt(row, col)
}

// index gives where in the sheet's cells one stands; −1 where there is none.
func (s *sheet) index(row, col int) int {
	first, end := s.rowRange(row)
	if first == end {
		return -1
	}
	cells := s.cells[first:end]
	n := col - cells[0].col()
	if n < 0 || n >= len(cells) || cells[n].col() != col || n > 0 && cells[n-1].col() == col {
		n = sort.Search(len(cells), func(i int) bool { return cells[i].col() >= col })
	}
	if n == len(cells) || cells[n].col() != col {
		return -1
	}
	s.budget.work(len(cells[n].raw) / longText)
	return first + n
}

// longText is how many bytes of a text are as much work as a cell.
const longText = 256

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
// a table has is a sheet's decoration and speaks for no row. Merges do not
// overlap, so a row with more of them than columns is none of a spreadsheet program's.
func (s *sheet) indexMerges() {
	const tallest = 2000
	s.rowMerges = map[int][]int{}
	for i, m := range s.merges {
		for row := m.top; row <= min(m.bottom, m.top+tallest); row++ {
			if len(s.rowMerges[row]) < maxColumns {
				s.budget.hold(mergeCost)
				s.rowMerges[row] = append(s.rowMerges[row], i)
			}
		}
		if s.budget.work(1); s.budget.spent() {
			return
		}
	}
}

// parseCell reads "B12" or "$B$12".
func parseCell[T string | []byte](ref T) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && (isLetter(ref[i]) || ref[i] == '$'); i++ {
		if ref[i] == '$' {
			continue
		}
		col = col*26 + int(ref[i]&^0x20-'A') + 1
		if col > maxColumns {
			return 0, 0, false
		}
	}
	for ; i < len(ref); i++ {
		if ref[i] < '0' || ref[i] > '9' {
			return 0, 0, false
		}
		if row = row*10 + int(ref[i]-'0'); row > maxRows {
			return 0, 0, false
		}
	}
	return row, col, row > 0 && col > 0
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

func cellName(row, col int) string {
	var name nameRoom
	return string(name.of(row, col))
}

// nameRoom is room for the name of any cell.
type nameRoom [16]byte

// of writes a cell's name; it holds until the next.
func (name *nameRoom) of(row, col int) []byte {
	at := len(name)
	for ; row > 0; row /= 10 {
		at--
		name[at] = byte('0' + row%10)
	}
	for ; col > 0; col = (col - 1) / 26 {
		at--
		name[at] = byte('A' + (col-1)%26)
	}
	return name[at:]
}

// rowNumbers gives the rows that have cells, in order; none once the workbook's time is up.
func (s *sheet) rowNumbers() []int {
	if s.budget.spent() {
		return nil
	}
	if len(s.numbers) != len(s.rows) {
		s.numbers = make([]int, len(s.rows))
		for i, r := range s.rows {
			s.numbers[i] = int(r.row)
		}
	}
	return s.numbers
}

func sortedInts[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	return keys
}
