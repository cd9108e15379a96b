package workbook

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// sheetSource is what a sheet's cells are known by.
type sheetSource struct {
	shared sharedTexts
	tinted func(style int32) bool
	budget *budget
	size   int64 // of the part, in bytes; 0 where it is not known
}

// scanSheet reads a worksheet part. Cells that hold neither a value nor a style
// of their own are passed over, so that a used range far beyond the data costs nothing.
//
// A sheet that is not whole is an error, though the library would give the rows
// before the damage without one: figures that are missing in silence are worse
// than a sheet that its officer has to save again.
func scanSheet(name string, x xmlScanner, from sheetSource) (*sheet, error) {
	s := &sheet{name: name, hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}, budget: from.budget}
	r := sheetReader{xmlScanner: x, sheetSource: from, sheet: s, store: textStore{budget: from.budget}}
	err := r.scan()
	if err == nil && (!r.closed || r.depth != 0) {
		err = errDamaged
	}
	if err == nil {
		s.order()
		err = from.budget.err
	}
	if err != nil {
		return nil, fmt.Errorf("read sheet %q: %w", name, err)
	}
	return s, nil
}

type sheetReader struct {
	xmlScanner
	sheetSource
	sheet *sheet
	store textStore

	row, col int
	cur      cell
	typ      cellType
	value    []byte // of the present cell, unescaped
	inline   richText
	inCell   bool
	inIs     bool
	ended    bool // the cells are
	closed   bool // the whole sheet is

	roomAt  int64 // where in the part room was last made for cells
	roomFor int   // how many there were

	ruleSpans []span // of the conditional format being read
}

// scan goes over all tags.
func (r *sheetReader) scan() error {
	for {
		if r.plainCell() {
			if err := r.endCell(); err != nil {
				return err
			}
		} else if more, err := r.next(); err != nil || !more {
			return err
		} else if err := r.take(); err != nil {
			return err
		}
		if r.budget.work(1); r.budget.err != nil {
			return r.budget.err
		}
	}
}

func (r *sheetReader) take() error {
	if r.inCell {
		return r.takeInCell()
	}
	switch r.name {
	case "c":
		if !r.closing {
			return r.startCell()
		}
	case "row":
		if !r.closing {
			return r.startRow()
		}
	case "sheetData":
		r.ended = r.ended || r.closing || r.single
	case "worksheet":
		r.closed = r.ended && r.closing
	case "mergeCell":
		if m, ok := parseSpan(r.attr("ref")); ok && !r.closing {
			r.budget.hold(mergeCost)
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
	hidden := false
	for a, rest, ok := cutAttribute(r.attrs); ok; a, rest, ok = cutAttribute(rest) {
		switch string(a.name) {
		case "r":
			if n := wholeNumber(a.value); n >= 0 {
				r.row = n
			}
		case "hidden":
			hidden = isTrue(string(a.value))
		}
	}
	if r.row < 1 || r.row > maxRows {
		return errDamaged
	}
	r.col = 0
	if hidden {
		r.budget.hold(hiddenCost)
		r.sheet.hiddenRows[r.row] = true
	}
	return nil
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// cellType is what a cell's attribute t says of its value.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeFormulaText
	typeBoolean
	typeError
	typeDate
)

func parseCellType(b []byte) cellType {
	switch string(b) {
	case "s":
		return typeShared
	case "inlineStr":
		return typeInline
	case "str":
		return typeFormulaText
	case "b":
		return typeBoolean
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeNumber
}

func (r *sheetReader) startCell() error {
	r.col++
	r.typ, r.value = typeNumber, r.value[:0]
	style := 0
	for a, rest, ok := cutAttribute(r.attrs); ok; a, rest, ok = cutAttribute(rest) {
		switch string(a.name) {
		case "r":
			if len(a.value) == 0 {
				continue
			}
			row, col, ok := parseCell(a.value)
			if !ok {
				return errDamaged
			}
			r.row, r.col = row, col
		case "s":
			style = wholeNumber(a.value)
		case "t":
			r.typ = parseCellType(a.value)
		}
	}
	if r.row < 1 || r.col > maxColumns {
		return errDamaged
	}
	r.cur = cellAt(r.row, r.col)
	r.cur.style = int32(max(style, 0))
	if r.typ == typeInline {
		r.inline.reset()
	}
	if r.single || r.plainValue() {
		return r.endCell()
	}
	r.inCell = true
	return nil
}

// wholeNumber reads a number from 0 to 2,147,483,647; -1 where it is none.
func wholeNumber(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > math.MaxInt32/10-1 {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	if len(b) == 0 {
		return -1
	}
	return n
}

// plainValue takes what most cells are, a value and no more, in one step where
// all of it lies in the window: "<v>12.5</v></c>".
func (r *sheetReader) plainValue() bool {
	const open, end = "<v>", "</v></c>"
	rest := r.data[r.pos:]
	if len(rest) < len(open) || string(rest[:len(open)]) != open {
		return false
	}
	rest = rest[len(open):]
	lt := -1
	for i, c := range rest {
		if c == '<' {
			lt = i
			break
		}
		if c == '&' {
			return false
		}
	}
	if lt < 0 || len(rest) < lt+len(end) || string(rest[lt:lt+len(end)]) != end {
		return false
	}
	r.value = append(r.value, rest[:lt]...)
	r.pos += len(open) + lt + len(end)
	r.depth-- // of the cell
	return true
}

func (r *sheetReader) takeInCell() (err error) {
	if r.inIs && r.name != "is" {
		return r.inline.take(&r.xmlScanner)
	}
	switch r.name {
	case "f":
		r.cur.formula = true
	case "v":
		if r.closing {
			r.value, err = appendUnescaped(r.value[:0], r.text)
			return err
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
	case typeNumber:
		c.kind, c.raw = number, r.store.add(bytes.TrimSpace(r.value))
	case typeShared:
		if err := r.sharedText(); err != nil {
			return err
		}
	case typeInline:
		c.kind = text
		b, struck := r.inline.end()
		if c.struck = struck; len(b) == 0 {
			b = officeText(r.value) // a formula's text, as some programs write it
		}
		c.raw = r.store.addAgain(b)
	case typeFormulaText:
		c.kind, c.raw = text, r.store.addAgain(officeText(r.value))
	case typeBoolean:
		c.kind, c.raw = boolean, r.store.addAgain(r.value)
	case typeError:
		c.kind, c.raw = failure, r.store.addAgain(r.value)
	case typeDate:
		c.kind, c.raw = text, r.store.add(r.value)
	}
	r.keepCell()
	return nil
}

// sharedText resolves a cell's number of a shared string.
func (r *sheetReader) sharedText() error {
	v := bytes.TrimSpace(r.value)
	if len(r.value) == 0 {
		return nil
	}
	c := &r.cur
	i := wholeNumber(v)
	if i < 0 || i >= len(r.shared.texts) {
		return fmt.Errorf("cell %s points to a text that is not there: %w", cellName(c.row(), c.col()), errDamaged)
	}
	c.kind, c.raw = text, r.shared.texts[i]
	if len(r.shared.struck) > 0 {
		c.struck = r.shared.struck[i]
	}
	return nil
}

// keepCell adds the cell where it holds something: a value, a formula without a
// stored value, or a colour.
func (r *sheetReader) keepCell() {
	if r.cur.raw == "" {
		r.cur.kind = empty
	}
	if r.cur.kind == empty && !r.cur.formula && !r.tinted(r.cur.style) {
		return
	}
	r.budget.countCell()
	if len(r.sheet.cells) == cap(r.sheet.cells) {
		r.makeRoom()
	}
	r.sheet.cells = append(r.sheet.cells, r.cur)
	r.sheet.strikes = r.sheet.strikes || r.cur.struck == partStruck
}

// makeRoom gives the cells more room: as much as the rest of the part needs if
// it goes on as it went since there was last made room. So little is moved, and
// little is left over; a list that doubles would take three times its cells.
func (r *sheetReader) makeRoom() {
	const first, most = 64, 16 // cells at first, and how many times as many at once
	n, done := len(r.sheet.cells), r.consumed()
	want := max(first, 2*n)
	if each := float64(done-r.roomAt) / float64(max(1, n-r.roomFor)); n >= first && r.size > done && each > 0 {
		want = n + first + int(float64(r.size-done)/each)
		want = max(n+n/8, min(want, most*n))
	}
	r.roomAt, r.roomFor = done, n
	r.budget.hold(int64(want-cap(r.sheet.cells)) * cellCost)
	if r.budget.err != nil {
		want = n + 1 // the next tag ends the scan
	}
	cells := make([]cell, n, want)
	copy(cells, r.sheet.cells)
	r.sheet.cells = cells
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
	for c := max(from, 1); c <= min(to, from+500, maxColumns); c++ {
		r.sheet.hiddenCols[c] = true
	}
}
