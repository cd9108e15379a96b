package workbook

import (
	"bytes"
	"errors"
	"fmt"

	"boardpack/ingest"
)

// Marked is the copy of a workbook that its officer gets back.
type Marked struct {
	Bytes     []byte
	Alone     string   // why the findings stand in a workbook of their own; empty for a copy
	Cells     int      // cells with a border and a note
	Untouched []string // sheets that were left as they are, though cells of theirs have findings
}

// maxMarks is how many cells of one sheet are marked; the sheet of findings names all.
const maxMarks = 1000

// Mark makes a copy of a workbook with a border and a note at each cell that
// has a finding, and a last, active sheet that lists the findings. Everything
// else keeps its bytes: formulas, macros, pictures, formats, hidden parts. A
// sheet whose controls or notes could be disturbed is left as it is; a
// workbook that cannot be changed safely gives a workbook of findings alone.
// The same return gives the same bytes. The limits are those that it was read within.
func Mark(original []byte, ret ingest.Return, w MarkWords, limits Limits) (Marked, error) {
	out, err := markCopy(original, ret, w, limits)
	if err == nil {
		return out, nil
	}
	b, aloneErr := findingsAlone(ret, w)
	var u *Unreadable
	if errors.As(err, &u) {
		err = errors.New(u.Saw)
	}
	return Marked{Bytes: b, Alone: err.Error()}, aloneErr
}

// markCopy makes the copy; the error says why the workbook cannot be changed safely.
func markCopy(original []byte, ret ingest.Return, w MarkWords, limits Limits) (out Marked, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it could not be marked: %v", p)
		}
	}()
	b, err := openMarked(original, limits)
	if err != nil {
		return out, err
	}
	if err := b.unmark(); err != nil {
		return out, err
	}
	if err := b.prepareStyles(w); err != nil {
		return out, err
	}
	if err := b.placeFindings(w); err != nil {
		return out, err
	}
	l := listing{words: w, workbook: ret.Name, rows: rowsOf(ret, w), formats: b.style.looks}
	if err := b.markSheets(&l, &out); err != nil {
		return out, err
	}
	b.write(b.sheets[b.ours].part, l.sheet())
	out.Bytes, err = b.bytes()
	return out, err
}

// markSheets marks the cells of every sheet and notes in the listing how each row is known again.
func (b *markedBook) markSheets(l *listing, out *Marked) error {
	for i, s := range b.sheets {
		rows := l.of(s.name)
		if i == b.ours || !s.cells || len(rows) == 0 {
			continue
		}
		scanned, err := b.scanned(i)
		if err != nil {
			return err
		}
		for _, row := range rows {
			row.code = codeOf(row, scanned)
		}
		if err := b.markSheet(s, cellMarks(rows, scanned, l.words), l, out); err != nil {
			return err
		}
	}
	return nil
}

// markSheet marks one sheet, or leaves it as it is where notes could disturb it.
func (b *markedBook) markSheet(s bookSheet, marks []cellMark, l *listing, out *Marked) error {
	if len(marks) > maxMarks {
		l.unmarked += len(marks) - maxMarks
		marks = marks[:maxMarks]
	}
	if len(marks) == 0 {
		return nil
	}
	m := sheetMarks{part: s.part}
	for _, c := range marks {
		m.borders, m.notes = append(m.borders, c.span), append(m.notes, c.note)
	}
	data, err := b.read(s.part)
	if err != nil {
		return err
	}
	changed, err := b.putNotes(m, data)
	if errors.Is(err, errDisturbs) {
		l.untouched, out.Untouched = append(l.untouched, s.name), append(out.Untouched, s.name)
		return nil
	}
	if err != nil {
		return err
	}
	if changed, err = putBorders(changed, m.borders, b.style.edges); err != nil {
		return err
	}
	out.Cells += len(marks)
	if !bytes.Equal(changed, data) {
		b.write(s.part, changed)
	}
	return nil
}
