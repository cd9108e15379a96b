package workbook

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"boardpack/ingest"
)

// FromFlags is what PeriodBy says of a period that the options gave.
const FromFlags = "the flags or boardpack.yaml"

// saying is one statement about the workbook's period.
type saying struct {
	ingest.SaidPeriod
	sheet, cell, text string
	beside            string // the cell that has the value, where cell has its label
	ofTab             bool   // its sheet's name says the same quarter
	strength          int    // 2 beside its label, 1 with a quarter or a day, 0 a year alone
}

// settlePeriod takes the period from the cells, else from the name, else from
// the folder, else from the options. What contradicts itself makes the
// workbook unusable until somebody settles it.
func (r *reader) settlePeriod(sheets []sheetTables) {
	cells, where, clash := r.periodOfCells(sheets)
	name := ingest.PeriodIn(baseName(r.ret.Name)).Period
	folder := folderPeriod(r.ret.Name, r.opts.Folder)
	if !clash {
		clash = r.contradicts(cells, name, "the file's name") || r.contradicts(cells, folder, "its folder") || r.contradicts(name, folder, "its folder")
	}
	p := &r.ret.Period
	fill(p, cells, &r.ret.PeriodBy, where)
	fill(p, sheetQuarter(sheets), &r.ret.PeriodBy, "the sheet's name")
	fill(p, name, &r.ret.PeriodBy, "the file's name")
	fill(p, folder, &r.ret.PeriodBy, "the folder's name")
	if rule, ok := r.rule(); ok {
		fill(p, rule.Period, &r.ret.PeriodBy, "boardpack.yaml")
	}
	r.assumed = p.Quarter == 0 && r.opts.Period.Quarter != 0
	fill(p, r.opts.Period, &r.ret.PeriodBy, FromFlags)
	r.ret.Unusable = clash
}

// judgePeriod takes an assumed quarter away from a plan, which has none, and
// says which flag to give where figures stand without a period.
func (r *reader) judgePeriod() {
	p := &r.ret.Period
	r.ret.MarkPlan()
	if p.Quarter != 0 && !r.assumed && r.comments() {
		r.ret.Planning = false
	}
	if r.ret.IsPlan() {
		if r.assumed {
			p.Quarter = 0
		}
		if p.Year == 0 {
			r.lacksPeriod("which financial year it is for", "--year, for example --year 2007/08")
		}
		return
	}
	if p.Known() || len(r.ret.Actions)+len(r.ret.Indicators)+len(r.ret.Narrative) == 0 && !r.ret.Nil {
		return
	}
	switch {
	case p.Year == 0 && p.Quarter == 0:
		r.lacksPeriod("which quarter of which year it is for", "--year and --quarter, for example --year 2007/08 --quarter Q4")
	case p.Year == 0:
		r.lacksPeriod("which financial year it is for", "--year, for example --year 2007/08")
	default:
		r.lacksPeriod("which quarter it is for", "--quarter, for example --quarter Q4")
	}
}

// comments reports whether some row has a comment: a workbook that says its
// quarter and comments on it is a return, though it gives no light or figure.
func (r *reader) comments() bool {
	for n := range r.ret.Actions {
		if r.ret.Actions[n].Comment.Value != "" {
			return true
		}
	}
	for n := range r.ret.Indicators {
		if r.ret.Indicators[n].Comment.Value != "" {
			return true
		}
	}
	return false
}

func (r *reader) lacksPeriod(what, flag string) {
	r.sheet = &sheet{}
	r.ret.Unusable = true
	r.find(ingest.Error, "period-missing", "", "", "neither the cells, the file's name nor its folder say "+what+"; its figures are not used",
		"Give "+flag+", or write the period into the workbook's title.")
}

// ownPeriod leaves out sheets whose names say another quarter or year than the
// return's own: their figures are not this quarter's.
func (r *reader) ownPeriod(sheets []sheetTables) []sheetTables {
	own := r.ret.Period
	return slices.DeleteFunc(sheets, func(st sheetTables) bool {
		said := ingest.PeriodIn(st.sheet.name)
		other := said.Quarter != 0 && own.Quarter != 0 && said.Quarter != own.Quarter || said.Year != 0 && own.Year != 0 && len(said.Years) == 1 && said.Year != own.Year
		if other && holdsData(st.tables) {
			r.sheet = st.sheet
			r.find(ingest.Note, "sheet-of-another-period", "", "", fmt.Sprintf("the sheet's name says %s and the return is for %s, so it was left out", said.Period, own), "If its figures are this quarter's, change the sheet's name.")
		}
		return other && holdsData(st.tables)
	})
}

// sheetQuarter is the quarter that the sheets' names say, where they all agree.
func sheetQuarter(sheets []sheetTables) ingest.Period {
	var p ingest.Period
	for _, st := range sheets {
		said := ingest.PeriodIn(st.sheet.name).Period
		if said.Quarter != 0 && p.Quarter != 0 && said.Quarter != p.Quarter {
			return ingest.Period{}
		}
		if said.Quarter != 0 {
			p = said
		}
	}
	return p
}

// fill completes a period by another and notes where from.
func fill(p *ingest.Period, from ingest.Period, by *string, where string) {
	used := false
	if p.Year == 0 && from.Year != 0 {
		p.Year, used = from.Year, true
	}
	if p.Quarter == 0 && from.Quarter != 0 {
		p.Quarter, used = from.Quarter, true
	}
	if used {
		*by = strings.TrimPrefix(*by+" and "+where, " and ")
	}
}

func (r *reader) contradicts(a, b ingest.Period, where string) bool {
	if (a.Year == 0 || b.Year == 0 || a.Year == b.Year) && (a.Quarter == 0 || b.Quarter == 0 || a.Quarter == b.Quarter) {
		return false
	}
	r.sheet = &sheet{}
	r.find(ingest.Error, "period-contradicts", "", "", fmt.Sprintf("the workbook says %s and %s says %s; none of its figures is used", a, where, b),
		"Correct the one that is wrong. Until then say which is right with: boardpack decide.")
	return true
}

func baseName(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// folderPeriod reads the folders of a path, the nearest first.
func folderPeriod(name, root string) ingest.Period {
	var p ingest.Period
	var by string
	dir := path.Join(root, path.Dir(name))
	for _, part := range slices.Backward(strings.Split(strings.Trim(dir, "/"), "/")) {
		fill(&p, ingest.PeriodIn(part).Period, &by, part)
	}
	return p
}

func (r *reader) rule() (Rule, bool) {
	base := strings.ToLower(path.Base(r.ret.Name))
	for _, rule := range r.opts.Rules {
		if ok, err := path.Match(strings.ToLower(rule.Match), base); ok && err == nil {
			return rule, true
		}
	}
	return Rule{}, false
}

// periodOfCells reads what stands above the tables. A column's header never
// sets the period, for a table of four quarters has all their names.
func (r *reader) periodOfCells(sheets []sheetTables) (p ingest.Period, where string, clash bool) {
	var said []saying
	named := ingest.PeriodIn(baseName(r.ret.Name)).Quarter
	for _, st := range sheets {
		own := ingest.PeriodIn(st.sheet.name).Quarter
		if own != 0 && named != 0 && own != named {
			continue // a tab for each quarter: what another quarter's says is its own
		}
		for _, s := range r.sayings(st) {
			s.ofTab = own != 0 && own == s.Quarter
			said = append(said, s)
		}
	}
	said = ofTheBook(said)
	quarter, q2 := r.agree(said, func(s saying) int { return s.Quarter })
	year, y2 := r.agree(said, yearOf)
	if q2 != nil || y2 != nil {
		one, two := quarter, q2
		if q2 == nil {
			one, two = year, y2
		}
		r.sheet = &sheet{name: two.sheet}
		r.find(ingest.Error, "period-contradicts", two.cell, "", fmt.Sprintf("'%s' and '%s' in %s!%s do not agree; none of the workbook's figures is used", two.text, one.text, one.sheet, one.cell),
			"Correct the one that is wrong. Until then say which is right with: boardpack decide.")
		return ingest.Period{}, "", true
	}
	r.markPeriod(said, quarter, year)
	if quarter != nil {
		p.Quarter, where = quarter.Quarter, fmt.Sprintf("'%s' in %s!%s", quarter.text, quarter.sheet, quarter.cell)
	}
	if year != nil {
		p.Year = yearOf(*year)
		if quarter == nil || year.cell != quarter.cell || year.sheet != quarter.sheet {
			where = strings.TrimPrefix(where+fmt.Sprintf(" and '%s' in %s!%s", year.text, year.sheet, year.cell), " and ")
		}
	}
	return p, where, false
}

// ofTheBook takes the quarters away that tabs say of themselves, where there is
// a tab for each: none of them is the workbook's.
func ofTheBook(said []saying) []saying {
	tabs := map[int]bool{}
	for _, s := range said {
		if s.ofTab {
			tabs[s.Quarter] = true
		}
	}
	for n := range said {
		if said[n].ofTab && len(tabs) > 1 {
			said[n].Quarter = 0
		}
	}
	return said
}

// markPeriod marks the cells that say what was taken for the period.
func (r *reader) markPeriod(said []saying, quarter, year *saying) {
	for _, s := range said {
		if quarter != nil && s.Quarter == quarter.Quarter || year != nil && yearOf(s) == yearOf(*year) {
			r.mark(s.sheet, s.cell, "period")
			r.mark(s.sheet, s.beside, "period")
		}
	}
}

func yearOf(s saying) int {
	if len(s.Years) > 1 && slices.Max(s.Years) != slices.Min(s.Years) && s.strength < 2 {
		return 0 // "2008/09 – 2010/11" is a plan's span
	}
	return s.Year
}

// agree gives the statement that settles a value, and one that contradicts it,
// if any. Weak statements give way to strong ones.
func (r *reader) agree(said []saying, value func(saying) int) (*saying, *saying) {
	var first *saying
	for _, strength := range []int{2, 1, 0} {
		for i := range said {
			s := &said[i]
			if value(*s) == 0 || s.strength != strength || s.SelfContradicts() {
				continue
			}
			if first == nil {
				first = s
			} else if value(*first) != value(*s) && strength > 0 && first.strength == strength {
				return first, s
			}
		}
	}
	return first, nil
}

// sayings reads the texts above a sheet's first table, or the first rows of a
// sheet without one.
func (r *reader) sayings(st sheetTables) []saying {
	var out []saying
	last := 15
	if len(st.tables) > 0 {
		last = st.tables[0].headRow() - 1
	}
	narrating := false
	for _, c := range st.sheet.cells {
		if c.row() > last && !labelsPeriod(st, c) {
			continue
		}
		if c.kind != text || len(c.raw) > 160 {
			continue
		}
		if r.words.narrative[wordsOnly(c.raw)] {
			narrating = true
		}
		if s, ok := r.saying(st.sheet, c); ok && !namesQuarters(st.sheet, c.row()) && !(narrating && !s.ByDay) {
			out = append(out, s)
		}
	}
	return out
}

// labelsPeriod knows a label of the period inside a form: "Reporting period | Q3 2025/26".
func labelsPeriod(st sheetTables, c cell) bool {
	return c.kind == text && len(c.raw) < 40 && slices.ContainsFunc(st.tables, func(t *table) bool {
		first, last := t.rows()
		return (t.isTurned() || t.begins != 0) && c.row() >= first && c.row() <= last
	}) && isPeriodLabel(wordsOnly(c.raw))
}

// namesQuarters knows a row whose cells name several quarters: a header, which says nothing of the period.
func namesQuarters(s *sheet, row int) bool {
	seen := map[int]bool{}
	for _, c := range s.rowCells(row) {
		if q := ingest.PeriodIn(c.raw).Quarter; c.kind == text && q != 0 {
			seen[q] = true
		}
	}
	return len(seen) > 1
}

func (r *reader) saying(s *sheet, c cell) (saying, bool) {
	txt := ingest.OneLine(c.raw)
	said := ingest.PeriodIn(txt)
	label := wordsOnly(txt)
	if isPeriodLabel(label) {
		next, beside := r.rightOf(s, c)
		value := ingest.PeriodIn(next)
		if q := atoiOr0(next); strings.Contains(label, "quarter") && q >= 1 && q <= 4 {
			value.Quarter = q
		}
		if value.Known() || value.Year != 0 || value.Quarter != 0 {
			return saying{value, s.name, s.cellAt(c.row(), c.col()), txt + " " + next, beside, false, 2}, true
		}
	}
	if said.Year == 0 && said.Quarter == 0 || len(textRow(s, c.row())) > 2 || isCode(txt) || inList(s, c, said.Quarter) {
		return saying{}, false
	}
	strength := 0
	if said.Quarter != 0 {
		strength = 1
	}
	return saying{said, s.name, s.cellAt(c.row(), c.col()), txt, "", false, strength}, true
}

// isCode knows an identifier such as ARE_0024_1516-Q4, whose letters say nothing of the period.
func isCode(txt string) bool {
	return !strings.ContainsAny(txt, " /") && strings.ContainsAny(txt, "_-") && ingest.PeriodIn(txt).Year == 0 && len(txt) > 8
}

// inList knows one of several cells below each other that name different quarters: a list of choices.
func inList(s *sheet, c cell, quarter int) bool {
	for _, row := range []int{c.row() - 1, c.row() + 1} {
		if q := ingest.PeriodIn(s.at(row, c.col()).raw).Quarter; q != 0 && quarter != 0 && q != quarter {
			return true
		}
	}
	return false
}

func isPeriodLabel(label string) bool {
	switch label {
	case "financial year", "year", "quarter", "period", "reporting period", "reporting quarter", "reporting year", "return for", "report period", "quarter ending", "period ending", "date", "position at", "as at", "month":
		return true
	}
	return false
}

// rightOf is the text of the next filled cell of the row, and the cell's name.
func (r *reader) rightOf(s *sheet, c cell) (said, name string) {
	for _, n := range s.rowCells(c.row()) {
		if n.col() <= c.col() || n.kind == empty {
			continue
		}
		name = s.cellAt(n.row(), n.col())
		if n.kind == number && r.book.style(n.style).date {
			if d, ok := r.serialDate(n.raw); ok {
				return "at " + d.Words(), name
			}
		}
		return ingest.OneLine(n.raw), name
	}
	return "", ""
}
