// Package workbook turns the bytes of an officer's workbook into a Return:
// it finds the tables, tells what each column is, reads every row with its
// cells, and says what could not be read and what to do about it.
package workbook

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// Options say how workbooks are read.
type Options struct {
	Words  *Vocabulary
	Folder string        // the folder that was read, as the user named it; its name may say the period
	Period ingest.Period // for workbooks that do not say theirs; zero fields say nothing
	Rules  []Rule
	Cells  bool // keep every cell with what it was taken for, in Return.Sheets
	Limits Limits
	Stop   func() bool // reports that the workbook's time is up; nil for no end. A stage reads no clock.
}

// Rule settles how workbooks of a name pattern are read.
type Rule struct {
	Match  string // pattern of path.Match on the lower-case base name
	Plan   string
	Period ingest.Period
	Pins   []Pin
}

// Read reads one workbook. What is wrong with it is told in the Return's
// findings; the error is an *Unreadable where the file as a whole cannot be
// read, and the Return then carries that as its one finding.
func Read(name string, b []byte, o Options) (ret ingest.Return, err error) {
	sum := sha256.Sum256(b)
	ret = ingest.Return{Name: name, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(b))}
	left := newBudget(o.Limits, o.Stop)
	defer func() {
		if p := recover(); p != nil && left.spent() {
			err = left.err
		} else if p != nil {
			err = &Unreadable{"file-not-read", fmt.Sprintf("the workbook could not be read: %v", p), "Open it in Excel, save it again as Excel Workbook (.xlsx), and tell us if this stays."}
		}
		if err != nil {
			ret = refused(ret, err)
		}
	}()
	bk, err := open(b, left)
	if err != nil {
		return ret, err
	}
	defer bk.close()
	ret.Saved = bk.saved
	r := newReader(bk, &ret, o)
	if err = r.read(); !ret.Personal {
		o.Words.returnMemory(r.memory)
	}
	return ret, err
}

// refused makes the Return of a file that cannot be read.
func refused(ret ingest.Return, err error) ingest.Return {
	f := ingest.Finding{Severity: ingest.Error, Check: "file-not-read", Place: ingest.Place{Workbook: ret.Name}, Saw: err.Error(), Advice: saveAsXLSX}
	var u *Unreadable
	if errors.As(err, &u) {
		f.Check, f.Saw, f.Advice = u.Check, u.Saw, u.Advice
	}
	return ingest.Return{Name: ret.Name, SHA256: ret.SHA256, Size: ret.Size, Unusable: true, Findings: []ingest.Finding{f}}
}

// reader reads one workbook.
type reader struct {
	book   *book
	ret    *ingest.Return
	words  *Vocabulary
	opts   Options
	memory *memory
	names  textStore // of cells

	sheet  *sheet          // the one being read
	plan   string          // its plan, where the workbook has several
	keys   []rowKey        // of the column that was read last
	beside []cutOff        // what stands beside the sheet's tables and is no part of them
	runOn  map[[2]int]bool // cells of the table being read that go on from the cell above

	keyed   map[string]string // number of a key → the colour that it stands for
	assumed bool              // the quarter comes from the options

	marked map[namedCell][]string // what the workbook says of itself, by cell: "period", "plan"
}

func newReader(bk *book, ret *ingest.Return, o Options) *reader {
	return &reader{book: bk, ret: ret, words: o.Words, opts: o, memory: o.Words.borrowMemory(), names: textStore{budget: bk.budget}, marked: map[namedCell][]string{}}
}

// sheetTables is a sheet with its tables, before their rows are read.
type sheetTables struct {
	sheet  *sheet
	tables []*table
}

// read goes over the workbook twice: first for its tables and its period,
// because the period decides which columns are this year's, then for the rows.
// Its error is that the workbook goes beyond its limits, or is damaged as a whole.
func (r *reader) read() error {
	scanned, marks, err := r.scanSheets()
	if err != nil {
		return err
	}
	r.understand(scanned, marks)
	r.book.budget.askTime()
	return r.book.budget.err
}

// understand makes the Return of the sheets' cells.
func (r *reader) understand(scanned, marks []*sheet) {
	if sheet, what := r.personalSheet(append(slices.Clip(scanned), marks...)); what != "" {
		r.stop(sheet, what)
		return
	}
	if len(marks) > 0 && len(marks) == len(r.book.sheets) {
		r.stopAtFindings()
		return
	}
	r.readMarks(marks, scanned)
	r.keyed = r.readKeys(scanned)
	var sheets []sheetTables
	for _, s := range scanned {
		sheets = append(sheets, r.upright(s))
	}
	r.settlePeriod(sheets)
	sheets = r.ownPeriod(sheets)
	plans := r.settlePlan(sheets)
	for _, st := range sheets {
		r.sheet, r.plan = st.sheet, plans[st.sheet.name]
		before := r.rowsRead()
		for _, t := range st.tables {
			r.readTable(t)
		}
		r.readNarrative(st)
		if r.rowsRead() == before {
			r.tellUnread(st)
		}
	}
	r.dropSummaries()
	r.judge(sheets)
	r.judgePeriod()
	r.tellExplained()
	ingest.SortFindings(r.ret.Findings)
	if r.opts.Cells {
		r.ret.Sheets = r.cellsOf(scanned, sheets)
	}
}

// scanSheets reads every visible sheet, those of findings apart. A hidden one is left out and named in a note.
func (r *reader) scanSheets() (out, marks []*sheet, err error) {
	for _, p := range r.book.sheets {
		s, err := r.book.scan(p)
		r.sheet = &sheet{name: p.name}
		var whole *Unreadable
		switch {
		case errors.As(err, &whole):
			return nil, nil, whole
		case err != nil:
			r.find(ingest.Error, "sheet-damaged", "", "", err.Error(), "Open the workbook in Excel, let it repair what it can, check the figures and save it again.")
		case isFindings(s):
			marks = append(marks, s)
		case s.hidden && len(s.cells) > 0:
			r.find(ingest.Note, "sheet-hidden", "", "", "the sheet is hidden, so it was not read", "If it belongs in the report, right-click a sheet's tab, choose Unhide, and save.")
		default:
			s.dropMarks()
			out = append(out, s)
		}
	}
	return out, marks, nil
}

// upright reads a sheet as it stands, or turned on its side where only so it
// has tables: fields down, projects or quarters across.
func (r *reader) upright(s *sheet) sheetTables {
	r.sheet, r.beside = s, nil
	defer r.tellBeside()
	st := sheetTables{s, r.withForms(r.unfolded(r.tables()))}
	if !holdsData(st.tables) {
		st.tables = r.withCards(st.tables)
	}
	switch {
	case len(s.cells) > maxTurned:
	case !holdsData(st.tables):
		if turned := slices.DeleteFunc(r.turnedTables(s), isCover); holdsData(turned) {
			st.tables = turned
		}
	default:
		st.tables = append(st.tables, r.besideTables(s, st.tables)...)
	}
	return st
}

// turnedTables finds the tables of a sheet on its side.
func (r *reader) turnedTables(s *sheet) []*table {
	r.sheet = s.turn()
	tables := r.unfolded(r.tables())
	for _, t := range tables {
		if t.on == nil {
			t.on = r.sheet
		}
	}
	return tables
}

// besideTables finds what stands outside the tables of a sheet as tables on
// their side: forms above, below or beside them. A form that gives neither a
// figure nor a light is a signature or a cover.
func (r *reader) besideTables(s *sheet, tables []*table) []*table {
	beside := r.beside
	defer func() { r.sheet, r.beside = s, beside }()
	return slices.DeleteFunc(r.turnedTables(s.without(tables)), func(t *table) bool {
		return !t.isData() || len(t.dataRows) == 0 || !t.judges()
	})
}

// judges reports whether a table gives a figure to judge, or a light.
func (t *table) judges() bool {
	return slices.ContainsFunc(t.columns, func(c column) bool {
		switch c.role {
		case "outturn", "year_to_date", "target":
			return c.stats.count(traitNumber) > 0
		case "light", "status":
			return c.stats.count(traitLight)+c.stats.tinted+c.stats.count(traitStatus) > 0
		}
		return false
	})
}

// isCover knows a cover sheet on its side: a title, a status and a date, and
// nothing that makes its one row an action.
func isCover(t *table) bool {
	if t.kind != ingest.KindAction || len(t.dataRows) > 1 || t.judges() {
		return false
	}
	title := t.has("title")
	return title == nil || evidence(*title)[ingest.KindAction] == 0
}

// maxTurned is how large a sheet may be to be tried on its side: such tables are forms, never lists.
const maxTurned = 5000

func holdsData(tables []*table) bool {
	return slices.ContainsFunc(tables, func(t *table) bool { return t.isData() && len(t.dataRows) > 0 })
}

// isData reports whether a table's rows belong in a report.
func (t *table) isData() bool {
	return t.kind == ingest.KindAction || t.kind == ingest.KindIndicator || t.kind == ingest.KindRisk
}

// finder looks for headers on a sheet.
func (r *reader) finder(s *sheet) *finder { return &finder{r, s} }

func (r *reader) readTable(t *table) {
	t.title = r.titleAbove(t)
	if t.on != nil {
		own := r.sheet
		if t.parts != nil {
			r.tellRows(t.parts)
			r.tellHidden(t.parts)
		}
		r.sheet = t.on
		defer func() { r.sheet = own }()
	}
	read := 0
	switch {
	case t.unread != "":
		r.find(ingest.Error, "rows-of-one-indicator", r.name(t.top, t.left()), "", t.unread, "Give each indicator one row, with a column for the target and one for the actual.")
		for _, row := range t.dataRows {
			t.skip(row, "one of several rows of an indicator")
		}
	case t.isData():
		read = r.readRows(t)
		r.notice(t)
	case t.kind == ingest.KindOther:
		r.find(ingest.Note, "table-not-used", r.name(t.top, t.left()), "", fmt.Sprintf("this table (%s) is not of actions, indicators or risks, so it was not read", headerWords(t)),
			"If it belongs in the report, give its columns plain headers such as Ref, Action, Due, Progress or Ref, Indicator, Target, Actual.")
	}
	r.ret.Tables = append(r.ret.Tables, t.describe(r.sheet, read))
}

func headerWords(t *table) string {
	var words []string
	for _, c := range t.columns[:min(len(t.columns), 5)] {
		words = append(words, c.text)
	}
	return strings.Join(words, ", ")
}

// titleAbove is the nearest text above a table.
func (r *reader) titleAbove(t *table) string {
	top, _ := t.rows()
	for row := top - 1; row >= max(1, top-12); row-- {
		for _, c := range r.sheet.rowCells(row) {
			if c.kind == text && (t.isTurned() || c.col() >= t.left()-1 && c.col() <= t.right()) && !isSentence(c.raw) {
				r.mark(r.sheet.name, r.name(c.row(), c.col()), "table title")
				return ingest.OneLine(c.raw)
			}
		}
	}
	return ""
}

// cell gives a cell's content, for cells merged downwards that of the first.
// A cell merged across has no content of its own: it may stand under another header.
func (r *reader) cell(row, col int) cell {
	c := r.sheet.at(row, col)
	if c.kind != empty || len(r.sheet.merges) == 0 {
		return c
	}
	if m, ok := r.sheet.merged(row, col); ok && m.left == col {
		return r.sheet.at(m.top, m.left)
	}
	return c
}

// name is a cell's name on the sheet as the officer sees it.
func (r *reader) name(row, col int) string {
	var name nameRoom
	return r.names.add(name.of(r.sheet.inFile(row, col)))
}

func (r *reader) place(cell string) ingest.Place {
	return ingest.Place{Workbook: r.ret.Name, Sheet: r.sheet.name, Cell: cell}
}

// find adds a finding on the sheet being read.
func (r *reader) find(sev ingest.Severity, check, cell, ref, saw, advice string) {
	f := ingest.Finding{Severity: sev, Check: check, Place: r.place(cell), Ref: ref, Saw: saw, Advice: advice}
	r.ret.Findings = append(r.ret.Findings, f)
}

func (r *reader) rowsRead() int {
	return len(r.ret.Actions) + len(r.ret.Indicators) + len(r.ret.Risks)
}

// tellUnread names a sheet that holds a table of some size of which nothing was read.
func (r *reader) tellUnread(st sheetTables) {
	const some = 3
	rows, best, hits, words := 0, 0, 1, ""
	f := r.finder(st.sheet)
	for _, row := range st.sheet.rowNumbers() {
		cells := textRow(st.sheet, row)
		if len(cells) < 2 {
			continue
		}
		rows++
		if n := f.hits(row); n > hits {
			best, hits, words = row, n, rowWords(cells)
		}
	}
	if rows < some || len(st.tables) > 0 && best == 0 {
		return
	}
	r.sheet = st.sheet
	saw := fmt.Sprintf("nothing was read from this sheet, which has %d rows of several cells", rows)
	if best > 0 {
		saw += fmt.Sprintf("; nearest to a table's header came row %d (%s)", best, words)
	}
	r.find(ingest.Note, "sheet-not-read", "", "", saw, "If it belongs in the report, give its table one header row with words such as Ref, Action, Due, Progress or Ref, Indicator, Target, Actual.")
}

func rowWords(cells []cell) string {
	var words []string
	for _, c := range cells[:min(len(cells), 5)] {
		words = append(words, ingest.OneLine(c.raw))
	}
	return strings.Join(words, ", ")
}

// judge says what the workbook as a whole lacks.
func (r *reader) judge(sheets []sheetTables) {
	ret := r.ret
	if rows := len(ret.Actions) + len(ret.Indicators) + len(ret.Risks); rows > 0 && ret.Nil {
		ret.Nil = false
		r.sheet = &sheet{}
		r.find(ingest.Query, "nil-beside-rows", "", "", "the workbook says that there is nothing to report and holds a table with rows; the rows were used", "Say for which service there is nothing to report.")
	}
	if ret.Rows().All() > 0 || ret.Nil {
		return
	}
	r.sheet = &sheet{}
	for _, f := range ret.Findings {
		if f.Severity == ingest.Error {
			return
		}
	}
	saw := "no table of actions, indicators or risks and no narrative was found"
	if near := nearest(sheets); near != "" {
		saw += "; nearest came " + near
	}
	r.find(ingest.Error, "no-table", "", "", saw, "Give a table one header row with words such as Ref, Action, Due, Officer, Progress, or Ref, Indicator, Target, Actual.")
}

// nearest names the table that came closest to one that can be read.
func nearest(sheets []sheetTables) string {
	for _, st := range sheets {
		if len(st.tables) == 0 {
			continue
		}
		t, on := st.tables[0], st.sheet
		if t.on != nil {
			on = t.on
		}
		return fmt.Sprintf("%s!%s (%s)", st.sheet.name, on.cellAt(t.top, t.left()), headerWords(t))
	}
	return ""
}

// serialDate turns a stored day number into a date, in the workbook's date system.
func (r *reader) serialDate(raw string) (ingest.Date, bool) {
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil {
		return ingest.Date{}, false
	}
	days := d.IntPart()
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if r.book.date1904 {
		epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	} else if days < 61 { // the 1900 system counts a 29 February 1900 that never was
		days++
	}
	if days < 1 || days > 2_958_465 {
		return ingest.Date{}, false
	}
	t := epoch.AddDate(0, 0, int(days))
	return ingest.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, true
}

// atoiOr0 reads a whole number, 0 where it is none.
func atoiOr0(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
