package transform

import (
	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// Light is a traffic light, or one of the counted states without a light.
// The words stand in data/ and are a contract.
type Light string

const (
	Green Light = "green"
	Amber Light = "amber"
	Red   Light = "red"
	Blue  Light = "blue"

	NotDue      Light = "not due"      // not reported in this quarter
	NotReturned Light = "not returned" // due, nothing given
	Awaited     Light = "awaited"      // due, and said to be still to come or to be verified
	NoTarget    Light = "no target"    // an outturn without a target and without an officer's light
	Context     Light = "context"      // reported without a light by its register
	Suppressed  Light = "suppressed"   // hidden in this edition
	InQuery     Light = "query"        // no light until somebody settles something
	Withdrawn   Light = "withdrawn"    // no longer reported
)

// States are the counted states without a light, in the order of reports.
var States = []Light{NotDue, Awaited, NotReturned, NoTarget, Context, Suppressed, InQuery, Withdrawn}

// IsColour reports whether the light is a colour and not a state without a light.
func (l Light) IsColour() bool { return l == Green || l == Amber || l == Red || l == Blue }

// Pack is what one board's report for one quarter shows, before any wording.
// Every slice is in its final order: plans by name, rows as their plan first lists them.
type Pack struct {
	Council     string
	Board       Board
	Period      ingest.Period
	Previous    ingest.Period // the quarter that movement is measured against; zero where none was returned
	AsAt        ingest.Date   // "data as at"
	Scheme      Scheme
	Actions     []Action
	Indicators  []Indicator
	Risks       []Risk
	Narrative   []Narrative
	Summary     []Count
	Movement    []Move
	Revisions   []Revision
	Findings    []ingest.Finding // sorted: severity, then workbook, sheet, cell
	Returns     []Received       // returns of this quarter and plans of its year that this board reads
	Decisions   int              // decisions that bear on the content
	Overridden  int              // lights printed against the rule
	Disagreeing int              // officers' lights that differ from the computed one
}

// Board is the body that reads the pack, with the texts of its cover.
type Board struct {
	ID      string // folder name: lower case, digits, hyphens
	Name    string
	Cover   Cover
	Plans   []string // plans it reads; empty means all
	Officer OfficerStyle
}

// Cover holds the cover block as the configuration gives it; empty fields are left out of the report.
type Cover struct {
	ReportTo, Date, ReportingOfficer, Portfolio, Subject, Wards string
	Purpose, Recommendations                                    []string            // paragraphs; numbered recommendations
	Texts                                                       map[string][]string // paragraphs of the other sections that somebody writes, by the section's id
}

// OfficerStyle is how officers stand in the public edition.
type OfficerStyle string

const (
	OfficerName OfficerStyle = "name" // as the officer wrote it
	OfficerPost OfficerStyle = "post" // the configured post of a name, else as written
	OfficerNone OfficerStyle = "none"
)

// Source is the file, sheet and cell behind a row or a figure.
type Source struct {
	Workbook, Sheet, Cell, SHA256 string
}

// String gives "workbook, sheet!cell".
func (s Source) String() string {
	return ingest.Place{Workbook: s.Workbook, Sheet: s.Sheet, Cell: s.Cell}.String()
}

// Figure is a number in its indicator's unit with the cell behind it.
type Figure struct {
	Number   decimal.Decimal // 27.4 for 27.4%
	Decimals int             // decimals to show; -1 as written
	Source   Source
}

// Row is what actions and indicators have in common.
type Row struct {
	Ref           string // normalised for matching; empty where the row has none
	Shown         string // the reference as the plan or the register first wrote it
	Title         string
	Directorate   string
	Plan          string
	Objective     string
	Priority      string
	Officer       string // as written; the public edition prints PublicOfficer
	PublicOfficer string
	Light         Light
	Reason        string        // the arithmetic or the judgement in words
	Rule          string        // the scheme's rule that gave the light
	Computed      Light         // empty where no rule computes one
	Declared      Light         // the officer's own; empty where none
	Override      string        // "who: why" where a decision replaced the light
	Previous      Light         // last quarter's; empty where the row was not there
	Movement      string        // "amber → green", "same" or "new"
	Since         ingest.Period // of a red row that was red before too: the first quarter of that run
	Forecast      Light
	Comment       string      // with what is being done, where that stands apart
	Cause, Remedy string      // the comment and what is being done, where the return has a column for each
	ByWhen        ingest.Date // when the remedy is due, where the return says so
	SpokenFor     string      // of a red row without a comment: the comment or text of its plan that names it, with where it stands
	Source        Source      // the cell that holds the reference or the title
	Trace         []Evidence
}

// Evidence is one value of a row with the cell that it came from.
type Evidence struct {
	Field  string // "target", "outturn", "light", "officer", …
	Value  string // as used
	Said   string // as the cell says it, where that differs
	Source Source
}

// Action is a row of actions.csv.
type Action struct {
	Row
	Due        ingest.Date
	Ongoing    bool
	FirstDue   ingest.Date
	Redated    int      // how often its date was moved, over all returns
	Approved   []string // moves that somebody approved: "31 March 2009, by the Board"
	Forward    bool     // open at the year's end, to be rolled forward
	Status     string   // "done" "on course" "slipping" "overdue" "not started" "paused" "cancelled" or empty
	Indicators []string
	Risks      []string
}

// DueText is the ISO date, "ongoing" or "".
func (a Action) DueText() string {
	if a.Ongoing {
		return "ongoing"
	}
	return a.Due.String()
}

// Indicator is a row of indicators.csv.
type Indicator struct {
	Row
	Alias        string
	Class        string // "population", "performance" or empty
	Counted      bool   // counted for the board: true on one row for each indicator
	Umbrella     bool   // stands over its indicators and is counted nowhere
	Unit         string
	Decimals     *int
	Polarity     string // "high" "low" "range" "context" or empty
	Basis        string
	FigurePeriod string // the figure's own period where it is not the quarter
	Target       *Figure
	YearTarget   *Figure
	Outturn      *Figure
	Qualifier    string     // "provisional" "revised" "estimate" or empty
	TargetRange  *[2]Figure // low and high, where in range is good
	Numerator    *Figure    // of the outturn, where the return gives them
	Denominator  *Figure
	Small        bool // its denominator is smaller than the register allows: no direction is told
	AsWritten    bool // it was compared as written and not at its published decimals
	YearToDate   *Figure
	LastYear     *Figure
	Benchmark    *Figure
	Before       *Figure // last quarter's outturn
	Series       []Point // the outturns of all quarters held, this one's among them, the oldest first
	SoFar        *Figure // the year's figure so far, where that is what the target is for; nil where the quarter's own figure is
	Limits       *Limits // of the series; nil with fewer than LimitPoints comparable points
	Direction    string  // "better" "same" "worse" "not comparable" or empty
	ComparedWith string  // "2007/08 Q3"

	YearBefore    *Figure // the same quarter's of last year, where the scheme compares with it
	YearDirection string  // against it, where the scheme compares with both
}

// Risk is a row of risks.csv.
type Risk struct {
	Ref, Shown, Title, Priority, Controls, Method, Officer, LastReview, NextReview string
	RefersTo                                                                       []string
	Plan                                                                           string
	Source                                                                         Source
	PublicOfficer                                                                  string // as the public edition prints the officer
}

// Narrative is a row of narrative.csv.
type Narrative struct {
	Directorate, Plan, Heading, Theme, Text string
	Source                                  Source
}

// Count is a row of summary.csv.
type Count struct {
	Kind        string // "action" or "indicator"
	Plan        string // empty: the whole board
	Class       string // empty: every class
	Light       Light
	Count       int
	Percent     decimal.Decimal // one decimal, rounded half up; 0 where Total is 0
	Denominator string          // "all", "rated" or "due"
	Total       int             // the denominator's number
}

// Move is a row of movement.csv: a row whose light differs from last quarter's.
type Move struct {
	Kind  string // "action" or "indicator"
	Ref   string
	Shown string
	Title string
	Plan  string
	Was   Light
	Now   Light
}

// Received is a return that the pack was made from.
type Received struct {
	Name       string
	SHA256     string
	Period     ingest.Period
	Plan       string
	IsPlan     bool // gives titles, targets, dates and officers only
	Nil        bool
	Actions    int
	Indicators int
	Risks      int
	Narrative  int
	Errors     int
	Queries    int
}
