// Package render turns a Pack into a report: blocks such as headings, tables
// and charts, with every word, number and colour settled. Its subfolders draw
// those blocks with one technology each and decide nothing.
package render

// Report is one edition of a pack as blocks, ready to be drawn.
type Report struct {
	Title    string // document title: "Children's Services Board: Quarter 4, 2007/08"
	Short    string // short title for the running head
	Council  string
	Board    string
	Subject  string
	Author   string
	Keywords []string
	Lang     string // "en-GB"
	Version  string // "Draft version 1"
	DataDate string // "Data as at 31 March 2008"
	Date     string // ISO day that dates the file's properties: the "data as at" day
	Draft    string // the word for draft marks, "DRAFT"; empty on a final
	Edition  string // "Public edition" or "Working edition"
	Words    Words  // furniture: "page x of y", "continued", "Contents", …
	Look     Look
	Blocks   []Block
	Tables   []Table // every action, every indicator and every count, whatever the sections: for an edition that is worked on
	Working  bool    // for officers: what helps them to work may stand in it that a published edition does without
}

// Words are the few words a renderer itself needs.
type Words struct {
	Contents  string // heading of the contents list
	Page      string // "Page %d of %d"
	Continued string // "%s (continued)"
	SkipLink  string // "Skip to the report"
	Notes     string
	Back      string // "Back to contents"

	AttachedData     string // what the files are that a document carries: "The data of this report"
	AttachedWorkbook string
	AttachedMeaning  string // of the data
	Undrawn          string // %s are the characters that a document cannot show
}

// Block is one thing in the report's reading order.
type Block interface{ block() }

// Heading opens a section. Level 1 is the report's title and stands once; sections are 2, parts 3 and 4.
type Heading struct {
	Level int
	Text  string
	ID    string // anchor, unique in the report
}

// Paragraph is running text.
type Paragraph struct {
	Text  string
	Style ParagraphStyle
}

// ParagraphStyle says how a paragraph speaks.
type ParagraphStyle int

const (
	Plain ParagraphStyle = iota
	Lead                 // the sentence that a reader takes away: larger, semibold
	Quiet                // a note below a table or figure: smaller, secondary colour
	Warn                 // something that must not be missed: set off by a rule
)

// List is a bulleted or numbered list.
type List struct {
	Numbered bool
	Items    []Item
}

// Item is one line of a list: a light before it where it has one, a link where the row stands.
type Item struct {
	Light  *Mark
	Strong string // the part in semibold at its start: a reference
	Text   string
	Link   string // ID of the block or row it points to; empty for none
}

// Facts is a small table of labels and values: the cover block.
type Facts struct {
	Caption string // for screen readers and the workbook
	Rows    []Fact
}

// Fact is one label with its value. Number, Format and Date say of the value what they say of a cell's text.
type Fact struct {
	Label, Value string
	Number       string
	Format       NumberFormat
	Date         string
	Remark       string // what Value says of the number in brackets
}

// Mark is a light or state to be drawn: a shape with a word, never colour alone.
type Mark struct {
	Light  string // "green" "amber" "red" "blue", or a state
	Shape  string // "circle" "triangle" "square" "diamond"; "hollow" for a state
	Word   string // "Green", "Not due"
	Letter string // "G"; empty for a state
}

// Table is a real table with one header row.
type Table struct {
	ID      string
	Name    string // short unique name, for a worksheet: "Actions by light"
	Caption string
	Columns []Column
	Groups  []Group
	Note    string // printed quietly below; empty for none
	Wide    bool   // may have a landscape page
	Turned  bool   // has one whatever it holds; it is Wide, too
	Total   bool   // the last row of the last group is a total
	Empty   string // sentence that stands in place of a table without rows
	Bands   string // what the groups' bands are: "plan", "objective", "movement"; empty where nothing is known of them
	Of      string // of Report.Tables, what its rows are: "action", "indicator", "count"; such a table has no words of its own
}

// Column is one column of a table.
type Column struct {
	Head    string
	Field   string // what the column shows: "light", "plan"; empty where no definition names it
	Align   Align
	Width   float64 // share of the table's width, relative to the other columns
	NoWrap  bool    // never broken: references
	RowHead bool    // its cells head their rows
	Below   bool    // long text that may go below the row on an upright page: comments
}

// Align places a cell's content.
type Align int

const (
	Left  Align = iota
	Right       // figures, aligned on the point
	Centre
)

// Group is rows under a band that runs across the table; an empty band has none.
type Group struct {
	Band string
	Rows []Row
}

// Row is one row of a table.
type Row struct {
	ID    string // anchor: "NI-117"; empty for none
	Cells []Cell
}

// Cell is one cell: words, and what a program needs to know of them.
// Text is what a reader sees, complete: the number with its unit and sign ("−12.5%", "33% (provisional)"),
// a date in words, the word of a light. Number, Format and Date serve programs; nothing is added to Text.
type Cell struct {
	Text   string
	Light  *Mark  // drawn as shape and word; Text repeats the word
	Number string // plain decimal "27.4" where the cell is a number; empty otherwise
	Format NumberFormat
	Date   string // ISO day where the cell is a date
	Link   string // ID it points to
	Way    Way    // of a count of rows that moved alike; its word stands in Text

	Remarks []string // what Text says of the number in brackets: "provisional"
	Coded   bool     // Text is a word of the data ("yes"), which an edition says in words of its own
	Tally   *Tally   // what a count or a percentage is of; nil for any other number
}

// Way is how rows moved, drawn as shade and arrow beside the word.
type Way string

const (
	Better  Way = "better"
	Worse   Way = "worse"
	Same    Way = "same"
	NoneDid Way = "none" // no row moved so
)

// NumberFormat says how a number shows.
type NumberFormat struct {
	Decimals int    // decimals shown; -1 as written
	Unit     string // "%", "£", …; shown after the number ("£" before)
}

// Bars is a chart of horizontal bars, each cut by light; the table that it draws, or one for each bar, stands right after it in the report.
type Bars struct {
	ID       string
	Title    string // the one message
	Subtitle string // the measure and its unit
	Alt      string // the chart in words, from the data
	Rows     []Bar
	Key      []Mark // lights and states in the order of the cuts
}

// Bar is one bar.
type Bar struct {
	Label   string
	Cuts    []int    // counts in the order of Bars.Key
	Tallies []*Tally // what each cut counts
}

// Key explains the marks, from the scheme that ran.
type Key struct {
	Caption string
	Head    []string // column heads: mark, actions, indicators
	Lights  []KeyLight
	States  []KeyState
}

// KeyLight is one colour with its meanings.
type KeyLight struct {
	Mark      Mark
	Action    string
	Indicator string
}

// KeyState is one state without a light.
type KeyState struct {
	Mark Mark
	Text string
}

// Exception is a block about one row that needs attention; it stays together on a page.
type Exception struct {
	ID      string
	Mark    Mark
	Ref     string
	Title   string
	Since   string // "Was amber last quarter", empty where nothing is known
	Figures []Fact // labelled figures in one row: target, outturn, last quarter, …
	Texts   []Fact // why, what is being done, officer, by when

	Run    *RunChart  // its figures over the quarters; nil where there are too few
	Bullet *BulletBar // its figure of the year so far, where that adds up; never beside a run chart
}

// Contents stands where the contents list goes; a renderer fills it from the headings of level 2 and 3.
type Contents struct{}

// PageBreak starts a new page in paged editions.
type PageBreak struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Facts) block()     {}
func (Table) block()     {}
func (Bars) block()      {}
func (Key) block()       {}
func (Exception) block() {}
func (Contents) block()  {}
func (PageBreak) block() {}
