// Package ingest owns the words for what an officer's workbook says: a Return
// with its rows, figures and periods as written, and the Findings about it.
// It asks "can this be read?"; what a figure means is transform's question.
// Turning bytes into a Return is the work of its subfolder workbook.
package ingest

import "github.com/shopspring/decimal"

// Return is one workbook as it was read.
type Return struct {
	Name   string // path in NFC with "/", relative to the folder that was read, else the base name
	SHA256 string // of the bytes, lower-case hexadecimal
	Size   int64  // bytes
	Saved  Date   // the day that the workbook says it was last saved; zero where it does not say

	Period   Period // zero fields where the workbook, its name and its folder do not say
	PeriodBy string // where the period was found, in words, for check and trace
	Plan     string // the plan or service the workbook is about, without year and quarter

	Directorate string // that its folder stands for; empty where folders do not say

	Nil      bool // the workbook says that there is nothing to report
	Personal bool // it holds people's records: nothing of it was read and no copy may be kept
	Planning bool // it is a plan: see IsPlan
	Unusable bool // its period contradicts itself: none of its figures may be used

	Tables     []Table
	Actions    []Action
	Indicators []Indicator
	Risks      []Risk
	Narrative  []Narrative
	Findings   []Finding

	Explanations []Explanation // what its officer wrote in the marked copy, where that still holds
	Sheets       []Sheet       // every cell with what it was taken for; only of a reading that was asked for it

	counted *Rows // of a return in brief, whose rows are gone
}

// Rows is how many rows of each kind a return has.
type Rows struct{ Actions, Indicators, Risks, Narrative int }

// All is how many rows there are.
func (n Rows) All() int { return n.Actions + n.Indicators + n.Risks + n.Narrative }

// Rows counts the return's rows.
func (r Return) Rows() Rows {
	if r.counted != nil {
		return *r.counted
	}
	return Rows{len(r.Actions), len(r.Indicators), len(r.Risks), len(r.Narrative)}
}

// Brief gives the return without its rows, which take most of its memory; it
// still tells how many they were.
func (r Return) Brief() Return {
	rows := r.Rows()
	r.counted = &rows
	r.Actions, r.Indicators, r.Risks, r.Narrative = nil, nil, nil, nil
	return r
}

// IsPlan reports whether the workbook gives titles, targets, dates and officers to the quarters of its
// year and nothing of a quarter of its own.
func (r Return) IsPlan() bool { return r.Planning }

// MarkPlan settles whether the workbook is a plan, when all its rows are read.
func (r *Return) MarkPlan() { r.Planning = r.holdsOnlyPlans() }

// holdsOnlyPlans reports whether the workbook holds nothing of a quarter: no outturn, light,
// status or narrative. What has rows and none of these is a plan.
func (r Return) holdsOnlyPlans() bool {
	for _, a := range r.Actions {
		if a.reports() {
			return false
		}
	}
	for _, i := range r.Indicators {
		if i.reports() {
			return false
		}
	}
	rows := r.Rows()
	return rows.All() > 0 && rows.Narrative == 0 && !r.Nil
}

// Table is one table that was found on a sheet.
type Table struct {
	Sheet   string
	Range   string // A1:H32, header included
	Kind    Kind
	Title   string
	Columns []Column
	Rows    int // rows read from it
	Skipped []Skip
}

// Kind is what the rows of a table are.
type Kind string

const (
	KindAction    Kind = "action"
	KindIndicator Kind = "indicator"
	KindRisk      Kind = "risk"
	KindNarrative Kind = "narrative"
	KindKey       Kind = "key"   // explains letters or colours; no data
	KindOther     Kind = "other" // a table, but none of the above
)

// Column says what one column of a table was taken for.
type Column struct {
	Letter string
	Header string // the header as written, rows joined by " / "
	Role   string // a role of templates/words.yaml, or empty for a column that is not used
	Period Period // of the column's figures, where its header says so
	Doubt  string // another reading that was also possible, in words; empty where there was none
}

// Skip is a row of a table that was left out, and why.
type Skip struct {
	Row int    // 1-based
	Why string // "header again", "total", "note", "section", …
}

// Place is a cell of a return.
type Place struct {
	Workbook string
	Sheet    string
	Cell     string // A1 form; empty for the whole sheet or workbook
}

// String gives "workbook, sheet, cell" with the parts that are there.
func (p Place) String() string {
	s := p.Workbook
	if p.Sheet != "" {
		s += ", " + p.Sheet
	}
	switch {
	case p.Cell != "" && p.Sheet == "": // of a text file: its line
		s += ", " + p.Cell
	case p.Cell != "":
		s += "!" + p.Cell
	}
	return s
}

// Text is what a cell says, with the cell.
type Text struct {
	Value string
	Cell  string // A1 form, on the row's sheet
}

// Row holds what every kind of row has.
type Row struct {
	Place
	Ref       Ref // zero where the row has none
	Title     Text
	Plan      string // the sheet's own plan where a workbook has several, else the return's
	PlanCell  string // the row's own cell that names it, if any
	Objective Text   // the nearest section row above, or the row's own objective column
	Officer   Text
	Priority  Text
	Comment   Text
	Remedy    *Remedy // nil where it has no column beside the comment
}

// Remedy is what is being done about a miss.
type Remedy struct {
	Text
	ByWhen Due // when it is due; only of an indicator
}

// Action is work promised, with an officer and a date.
type Action struct {
	Row
	Due        Due
	FirstDue   Due   // the date first agreed, where the workbook keeps it beside a later one
	Light      Light // the officer's own
	Forecast   Light
	Status     Text   // progress in words where it is not a light
	StatusOf   string // "done" "on course" "slipping" "overdue" "not started" "paused" "cancelled" or empty
	Indicators []Ref
	Risks      []Ref
	Quarters   ByQuarter[ActionQuarter] // of a workbook with columns for each quarter
}

// ActionQuarter is what one quarter's columns say of an action.
type ActionQuarter struct {
	Light   Light
	Comment Text
}

// Indicator is a measured thing with its figures as written.
type Indicator struct {
	Row
	Part        string // "a", "b" of a two-part indicator, else empty
	PartName    string // "English"
	Class       string // "population", "performance" or empty
	ClassCell   string // the cell that says so
	Unit        Text
	Polarity    Text   // as written: "High"; canonical in PolarityOf
	PolarityOf  string // "high", "low", "range", "context" or empty
	Annual      Text   // the words that say it is reported once a year, and their cell
	Target      Figure // the year's
	LongTarget  Figure // of a later year
	LastYear    Figure
	Benchmark   Figure
	Outturn     Figure // of the return's own quarter, from a column that names no other
	YearToDate  Figure
	Numerator   Figure // of the outturn, where the workbook gives them
	Denominator Figure
	Light       Light // the officer's own
	Forecast    Light
	Travel      Text // direction of travel in the officer's words
	Quarters    ByQuarter[IndicatorQuarter]
}

func (a Action) reports() bool {
	says := func(l Light) bool { return l.Colour != "" || l.Text != "" }
	for _, q := range a.Quarters {
		if says(q.Light) {
			return true
		}
	}
	return says(a.Light) || a.Status.Value != ""
}

func (i Indicator) reports() bool {
	if i.Outturn.Text != "" || i.YearToDate.Text != "" || i.Light.Colour != "" || i.Light.Text != "" {
		return true
	}
	for _, q := range i.Quarters {
		if q.Outturn.Text != "" || q.Light.Colour != "" || q.Light.Text != "" {
			return true
		}
	}
	return false
}

// IndicatorQuarter is what one quarter's columns say of an indicator.
type IndicatorQuarter struct {
	Target  Figure
	Outturn Figure
	Light   Light
	Comment Text
}

// Risk is an entry of a risk register.
type Risk struct {
	Row
	Controls   Text
	Method     Text
	LastReview Due
	NextReview Due
	Likelihood Text
	Impact     Text
	RefersTo   []Ref
}

// Narrative is text under a heading such as "Key Developments".
type Narrative struct {
	Place
	Plan    string
	Heading string
	Theme   string // words before a colon at the start of the text, "Inclusion"
	Text    string
}

// Light is a traffic light as the officer gave it.
type Light struct {
	Colour string // "green", "amber", "red", "blue", or empty where it has no known meaning
	Text   string // what the cell says; empty where only its colour speaks
	Cell   string
	By     string // "letter", "word", "symbol", "cell colour"
}

// Figure is a number as the officer gave it, in the unit that the cell itself says.
type Figure struct {
	Text      string           // what the cell says; empty for an empty cell
	Number    *decimal.Decimal // nil where the cell is not one number; 27.4 for 0.274 shown as a percentage
	Percent   bool             // the cell itself says per cent, in its text or its format
	Formula   bool             // the cell is a formula
	Unit      string           // the unit that the cell itself says: "%", "£", or empty
	Decimals  int              // decimals that the cell shows; -1 where it does not say
	Qualifier string           // "provisional", "revised", "estimate" or empty
	Says      Says             // what the cell says in place of a number
	Period    string           // the figure's own where the cell says one: "academic year 2006/07"
	Words     string           // words around the number: "young people on roll"
	Doubt     string           // why the figure must not be judged before somebody looks; empty where it is plain
	Cell      string
}

// Says is what a cell says where a number is wanted.
type Says string

const (
	SaysNumber   Says = ""
	SaysAnnual   Says = "annual"  // reported once a year
	SaysAwaited  Says = "awaited" // still to come or to be verified
	SaysNothing  Says = "nothing" // n/a, -, TBC: no figure
	SaysText     Says = "text"    // words that are not one number
	SaysError    Says = "error"   // #REF! and the like, or a formula without a stored value
	SaysNotDue   Says = "not due" // says that it is not reported in this quarter
	SaysWithdraw Says = "withdrawn"
)

// Due is the date by which something is to be done.
type Due struct {
	Text    string
	Date    Date   // the last day meant; zero where there is none
	Ongoing bool   // "ongoing", "continuous"
	Doubt   string // why somebody should look, in words; empty where the date is plain
	Cell    string
}

// EachRef calls f with every reference of the return, its own rows' first.
func (r Return) EachRef(f func(Ref)) {
	for _, a := range r.Actions {
		f(a.Ref)
	}
	for _, i := range r.Indicators {
		f(i.Ref)
	}
	for _, k := range r.Risks {
		f(k.Ref)
	}
	for _, a := range r.Actions {
		for _, list := range [][]Ref{a.Indicators, a.Risks} {
			for _, ref := range list {
				f(ref)
			}
		}
	}
	for _, k := range r.Risks {
		for _, ref := range k.RefersTo {
			f(ref)
		}
	}
}
