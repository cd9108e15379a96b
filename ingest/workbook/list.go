package workbook

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// ReadList reads a workbook as a plain list: of each sheet the rows below the
// first row that heads one, which is a row with the heading of need and at
// least one more. Headings are the words of each key; a heading may also name a
// year or quarter ("Target 2008/09"). A heading that no key has is a mistake:
// nobody's column is left out without a word. So is a sheet that cannot be read.
func ReadList(name string, b []byte, headings map[string][]string, need string, o Options) (rows []ingest.ListRow, err error) {
	left := newBudget(o.Limits, o.Stop)
	defer func() {
		if p := recover(); p != nil {
			rows, err = nil, fmt.Errorf("the workbook could not be read: %v; open it in Excel and save it again as Excel Workbook (.xlsx)", p)
		}
	}()
	bk, err := open(b, left)
	if err != nil {
		return nil, err
	}
	defer bk.close()
	r := newReader(bk, &ingest.Return{Name: name}, o)
	defer o.Words.returnMemory(r.memory)
	l := list{reader: r, keys: map[string]string{}, need: need}
	for key, words := range headings {
		for _, w := range words {
			l.keys[wordsOnly(w)] = key
		}
	}
	for _, p := range bk.sheets {
		s, err := bk.scan(p)
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", p.name, err)
		}
		if s.hidden {
			continue
		}
		r.sheet = s
		if err := l.readSheet(); err != nil {
			return nil, err
		}
	}
	if left.askTime(); left.err != nil {
		return nil, left.err
	}
	if len(l.rows) == 0 {
		return nil, fmt.Errorf("no sheet has a row of headings with rows below it; one of the headings must be %s", strings.Join(headings[need], ", "))
	}
	return l.rows, nil
}

// list is a workbook while it is read as one.
type list struct {
	*reader
	keys map[string]string // folded heading → key
	need string
	rows []ingest.ListRow
}

// readSheet reads the sheet's rows below its headings; a sheet without any is left out.
func (l *list) readSheet() error {
	rows := l.sheet.rowNumbers()
	for n, row := range rows {
		heads := l.heads(row)
		if len(heads) < 2 || !slices.ContainsFunc(heads, func(h ingest.ListCell) bool { return h.Key == l.need }) {
			continue
		}
		columns := map[int]ingest.ListCell{}
		for _, c := range l.sheet.rowCells(row) {
			h := l.head(c)
			if h.Key == "" && c.kind == text && !l.sheet.hiddenCols[c.col()] {
				return fmt.Errorf("%s!%s: the heading '%s' is not known; take the column out, or rename it", l.sheet.name, l.name(c.row(), c.col()), ingest.OneLine(c.raw))
			}
			columns[c.col()] = h
		}
		for _, below := range rows[n+1:] {
			l.readRow(below, columns)
		}
		return nil
	}
	return nil
}

// heads are the cells of a row that are headings.
func (l *list) heads(row int) []ingest.ListCell {
	var out []ingest.ListCell
	for _, c := range l.sheet.rowCells(row) {
		if h := l.head(c); h.Key != "" {
			out = append(out, h)
		}
	}
	return out
}

// head reads one heading: words of a key, with or without a period.
func (l *list) head(c cell) ingest.ListCell {
	if c.kind != text || len(c.raw) > 200 {
		return ingest.ListCell{}
	}
	if key := l.keys[wordsOnly(c.raw)]; key != "" {
		return ingest.ListCell{Key: key}
	}
	if h := l.headingOf(c.raw); h.period != (ingest.Period{}) {
		return ingest.ListCell{Key: l.keys[wordsOnly(withoutHeaderPeriod(ingest.Fold(c.raw)))], Period: h.period}
	}
	return ingest.ListCell{}
}

func (l *list) readRow(row int, columns map[int]ingest.ListCell) {
	if l.sheet.hiddenRows[row] {
		return
	}
	out := ingest.ListRow{Place: ingest.Place{Workbook: l.ret.Name, Sheet: l.sheet.name}}
	for _, c := range l.sheet.rowCells(row) {
		h, ok := columns[c.col()]
		x := l.textAt(row, c.col())
		if !ok || h.Key == "" || strings.TrimSpace(x.Value) == "" {
			continue
		}
		if out.Cell == "" {
			out.Cell = x.Cell
		}
		switch h.Key {
		case "polarity":
			x.Value = wordOr(l.words.polarities, x.Value)
		case "class":
			x.Value = wordOr(l.words.classes, x.Value)
		}
		h.Text = x
		out.Cells = append(out.Cells, h)
	}
	if len(out.Cells) > 0 {
		l.rows = append(l.rows, out)
	}
}

// wordOr is what a word means, else the word itself.
func wordOr(words map[string]string, said string) string {
	if w := words[ingest.Fold(said)]; w != "" {
		return w
	}
	return ingest.OneLine(said)
}
