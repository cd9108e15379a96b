package ingest

import (
	"slices"
	"strings"
)

// Sheet is one sheet of a workbook, cell by cell, with what each cell was taken for.
type Sheet struct {
	Name          string
	Left          string // why nothing of it was read, in words; empty where it was read
	Cells         []Cell // those that hold or were taken for something, by row, then column
	HiddenRows    []int  // 1-based, in order
	HiddenColumns []int
	LastRow       int // the last one that holds something
	KeptTo        int // of a sheet with more cells than are kept: the row from which on only those are that were read or have a finding; else 0
}

// Cell is a cell as its officer sees it, with what it was taken for.
type Cell struct {
	Row, Column  int    // 1-based
	Name         string // A1 form
	Text         string // what it shows; empty for a cell of a hidden row or column that was not read
	Across, Down int    // how many columns and rows it covers: 1 where it is not merged
	Taken        []Taken
}

// Taken is one thing that a cell was taken for.
type Taken struct {
	For    Taking
	Role   string // a role of templates/words.yaml, or "period", "plan", "narrative" and the like
	Period Period // of the value, where its column names one
	As     string // what it was understood as, where it does not say just that: "green", "31 March 2009", "awaited"
	Why    string // of what was left out: "total", "note", …; of a part, how it belongs
}

// Taking is how a cell was taken.
type Taking string

const (
	TakenValue   Taking = "value"   // a row's value or a text of the narrative: Role says which
	TakenHeader  Taking = "header"  // of a column: Role says what the column was taken for
	TakenSection Taking = "section" // a heading over the rows below: Role says of what
	TakenSaid    Taking = "said"    // what the workbook says of itself: Role says what
	TakenPart    Taking = "part"    // goes with another cell, which As names: Why is "runs on", "merged" or "comment" of the row above
	TakenOut     Taking = "out"     // of a row that was left out: Why says why
	TakenHidden  Taking = "hidden"  // of a hidden row or column
	TakenNot     Taking = "not"     // not used; Role says what its column was taken for, if anything
)

// IsRead reports whether a value of the return was read from the cell.
func (c Cell) IsRead() bool {
	return slices.ContainsFunc(c.Taken, func(t Taken) bool { return t.For == TakenValue || t.For == TakenSection })
}

// EachValue calls f with every cell that a value of the return was read from
// and what the value is. A cell may come several times.
func (r Return) EachValue(f func(sheet, cell string, t Taken)) {
	for _, a := range r.Actions {
		v := values{a.Sheet, f}
		v.row(a.Row)
		v.action(a)
	}
	for _, i := range r.Indicators {
		v := values{i.Sheet, f}
		v.row(i.Row)
		v.indicator(i, r.Period)
	}
	for _, k := range r.Risks {
		v := values{k.Sheet, f}
		v.row(k.Row)
		v.risk(k)
	}
	for _, n := range r.Narrative {
		values{n.Sheet, f}.tell(n.Cell, Taken{Role: "narrative"})
	}
}

// values tells the cells of one row.
type values struct {
	sheet string
	f     func(sheet, cell string, t Taken)
}

func (v values) tell(cell string, t Taken) {
	if cell != "" {
		t.For = TakenValue
		v.f(v.sheet, cell, t)
	}
}

func (v values) text(role string, t Text) { v.tell(t.Cell, Taken{Role: role}) }

// known tells a text that is one of a few words, and what it was understood as.
func (v values) known(role string, t Text, as string) {
	if as == "" {
		as = "not known"
	}
	v.tell(t.Cell, Taken{Role: role, As: unlike(as, t.Value)})
}

// unlike is what a text was understood as, or nothing where it says just that.
func unlike(as, text string) string {
	if Fold(as) == Fold(text) {
		return ""
	}
	return as
}

func (v values) row(r Row) {
	v.tell(r.Ref.Cell, Taken{Role: "ref"})
	v.text("title", r.Title)
	v.text("objective", r.Objective)
	v.tell(r.PlanCell, Taken{Role: "plan"})
	v.text("officer", r.Officer)
	v.text("priority", r.Priority)
	v.text("comment", r.Comment)
	if r.Remedy != nil {
		v.text("remedy", r.Remedy.Text)
		v.due("due", r.Remedy.ByWhen)
	}
}

func (v values) action(a Action) {
	v.due("due", a.Due)
	v.due("first_due", a.FirstDue)
	if a.Light.Colour != "" || a.Light.Cell != a.Status.Cell {
		v.light("light", Period{}, a.Light)
	}
	v.light("forecast", Period{}, a.Forecast)
	v.known("status", a.Status, a.StatusOf)
	v.refs("indicators", a.Indicators)
	v.refs("risks", a.Risks)
	for q, said := range a.Quarters {
		p := Period{Quarter: q + 1}
		v.light("light", p, said.Light)
		v.tell(said.Comment.Cell, Taken{Role: "comment", Period: p})
	}
}

func (v values) indicator(i Indicator, own Period) {
	figures := map[string]bool{}
	figure := func(role string, p Period, f Figure) {
		figures[f.Cell] = true
		v.figure(role, p, i.PartName, f)
	}
	figure("target", Period{}, i.Target)
	figure("target", Period{Year: own.Year + 1}, i.LongTarget)
	figure("last_year", Period{}, i.LastYear)
	figure("benchmark", Period{}, i.Benchmark)
	figure("outturn", Period{}, i.Outturn)
	figure("year_to_date", Period{}, i.YearToDate)
	figure("numerator", Period{}, i.Numerator)
	figure("denominator", Period{}, i.Denominator)
	for q, said := range i.Quarters {
		p := Period{Quarter: q + 1}
		figure("target", p, said.Target)
		figure("outturn", p, said.Outturn)
		v.light("light", p, said.Light)
		v.tell(said.Comment.Cell, Taken{Role: "comment", Period: p})
	}
	v.light("light", Period{}, i.Light)
	v.light("forecast", Period{}, i.Forecast)
	v.tell(i.ClassCell, Taken{Role: "class"})
	v.known("polarity", i.Polarity, i.PolarityOf)
	v.text("travel", i.Travel)
	if !figures[i.Unit.Cell] { // else the figure itself says its unit
		v.text("unit", i.Unit)
	}
	if !figures[i.Annual.Cell] {
		v.tell(i.Annual.Cell, Taken{Role: "frequency", As: string(SaysAnnual)})
	}
}

func (v values) risk(k Risk) {
	v.text("controls", k.Controls)
	v.text("method", k.Method)
	v.due("review", k.LastReview)
	v.due("review", k.NextReview)
	v.text("likelihood", k.Likelihood)
	v.text("impact", k.Impact)
	v.refs("refers", k.RefersTo)
}

func (v values) figure(role string, p Period, part string, f Figure) {
	as := unlike(f.understood(), f.Text)
	if part != "" && f.Doubt == "" { // one number for both parts is in doubt
		as = part + " " + f.understood()
	}
	v.tell(f.Cell, Taken{Role: role, Period: p, As: as})
}

// understood is a figure's number with its sign, or what it says in place of one.
func (f Figure) understood() string {
	if f.Number == nil {
		return string(f.Says)
	}
	n := f.Number.String()
	switch {
	case f.Percent:
		n += "%"
	case f.Unit == "£" || f.Unit == "$" || f.Unit == "€":
		if strings.HasPrefix(f.Text, f.Number.String()) { // a number cell whose format shows the sign
			break
		}
		n = f.Unit + n
	}
	if f.Qualifier != "" {
		n += ", " + f.Qualifier
	}
	return n
}

func (v values) light(role string, p Period, l Light) {
	as := l.Colour
	if as == "" {
		as = "no light"
	}
	v.tell(l.Cell, Taken{Role: role, Period: p, As: unlike(as, l.Text)})
}

func (v values) due(role string, d Due) {
	as := "no date"
	switch {
	case !d.Date.IsZero():
		as = d.Date.Words()
	case d.Ongoing:
		as = "ongoing"
	}
	v.tell(d.Cell, Taken{Role: role, As: unlike(as, d.Text)})
}

// refs tells the cell of a list of references, and its references where a range or a list had to be read.
func (v values) refs(role string, refs []Ref) {
	const named = 8
	byCell := map[string][]string{}
	var order []string
	for _, r := range refs {
		if len(byCell[r.Cell]) == 0 {
			order = append(order, r.Cell)
		}
		byCell[r.Cell] = append(byCell[r.Cell], r.Written)
	}
	for _, cell := range order {
		as := ""
		if n := len(byCell[cell]); n > 1 && n <= named {
			as = strings.Join(byCell[cell], ", ")
		}
		v.tell(cell, Taken{Role: role, As: as})
	}
}
