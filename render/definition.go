package render

import "boardpack/transform"

// Definition is a report's house style as data: which sections stand in which order, which columns the
// tables have, how it looks, and every word. A council writes its own, often as changes to a shipped one
// that it builds on; a Welsh edition is a translation.
type Definition struct {
	ID              string        `yaml:"id"`
	Version         string        `yaml:"version"`
	BuildsOn        string        `yaml:"builds_on" need:"no"` // the definition that this one changes
	Language        string        `yaml:"language"`            // "en-GB"
	ListLimit       int           `yaml:"list_limit"`          // lines in each short list of the summary
	Look            House         `yaml:"look" need:"no"`
	Numbering       Numbering     `yaml:"numbering" need:"no"`
	Groups          Grouping      `yaml:"groups"`
	Sections        []Section     `yaml:"sections"`
	Document        Document      `yaml:"document"`
	Furniture       Furniture     `yaml:"furniture"`
	Calendar        Calendar      `yaml:"calendar"`
	Purpose         []Text        `yaml:"purpose"`         // where the board's configuration gives none
	Recommendations []Text        `yaml:"recommendations"` // where the board's configuration gives none
	Cover           Cover         `yaml:"cover"`
	Nouns           Nouns         `yaml:"nouns"`
	Phrases         []Phrase      `yaml:"phrases"`
	Lead            LeadText      `yaml:"lead"`
	Lights          Lights        `yaml:"lights"`
	Movement        Movement      `yaml:"movement"`
	Lists           Lists         `yaml:"lists"`
	Exceptions      Labels        `yaml:"exceptions"`
	Words           Wording       `yaml:"words"`
	Tables          Tables        `yaml:"tables"`
	List            ListText      `yaml:"list"`
	Trends          Trends        `yaml:"trends"`
	Charts          ChartText     `yaml:"charts"`
	Open            Open          `yaml:"open"`
	Revisions       RevisionsText `yaml:"revisions"`
	Returned        ReturnedText  `yaml:"returned"`
	Changes         Changes       `yaml:"changes" need:"no"` // a definition that shows them needs it
}

// Section is one entry of the report's order: what to show and, where it opens one, the heading.
type Section struct {
	Show       string `yaml:"show"`
	Heading    Text   `yaml:"heading" need:"no"`
	Level      int    `yaml:"level" need:"no"` // of the heading; 2 where it is not given; one more within a part
	Limit      int    `yaml:"limit" need:"no"` // of the lines in its short lists; list_limit where it is not given
	NewPage    bool   `yaml:"new_page" need:"no"`
	Landscape  bool   `yaml:"landscape" need:"no"`  // its tables stand on landscape pages
	Unnumbered bool   `yaml:"unnumbered" need:"no"` // its heading has no number though others have

	ID       string `yaml:"id" need:"no"`       // of a text: its name under texts: in boardpack.yaml
	Text     []Text `yaml:"text" need:"no"`     // of a text: what stands there where boardpack.yaml gives none
	Required bool   `yaml:"required" need:"no"` // of a text: somebody must write it before a final version
}

// Wanted are the texts that somebody must write before a final version.
func (d Definition) Wanted() []transform.Wanted {
	var out []transform.Wanted
	for _, s := range d.Sections {
		if s.Show == "text" && s.Required {
			out = append(out, transform.Wanted{ID: s.ID, Heading: s.Heading.source})
		}
	}
	return out
}

// Numbering says how headings and paragraphs are numbered: .Section is the number of the section, .N of what
// stands in it, or of a table in the report. A wording that is not given numbers nothing. The first section after a part is number 1 again.
type Numbering struct {
	Sections   Text `yaml:"sections" need:"no"`   // "{{.Section}}.0"
	Paragraphs Text `yaml:"paragraphs" need:"no"` // "{{.Section}}.{{.N}}"
	Tables     Text `yaml:"tables" need:"no"`     // "Table {{.N}}: {{.Text}}", of the caption .Text
}

// Grouping says by which property of rows the full tables are parted.
type Grouping struct {
	Headings string `yaml:"headings"` // a heading with tables of its own for each: "plan"
	Bands    string `yaml:"bands"`    // a band within a table for each: "objective"
}

// Document is the wording of the report as a file.
type Document struct {
	Title        Text   `yaml:"title"`
	Short        Text   `yaml:"short"`
	Subject      Text   `yaml:"subject"`
	Keywords     []Text `yaml:"keywords"`
	Draft        Text   `yaml:"draft"`
	DraftVersion Text   `yaml:"draft_version"`
	FinalVersion Text   `yaml:"final_version"`
	FinalBefore  Text   `yaml:"final_before" need:"no"` // a final that a later draft is held against; final_version where it is not given
	DataDate     Text   `yaml:"data_date"`
	Public       Text   `yaml:"public"`
	Working      Text   `yaml:"working"`
}

// Furniture is Words as a definition writes them.
type Furniture struct {
	Contents  string `yaml:"contents"`
	Page      string `yaml:"page"`
	Continued string `yaml:"continued"`
	SkipLink  string `yaml:"skip_link"`
	Notes     string `yaml:"notes"`
	Back      string `yaml:"back"`

	AttachedData     string `yaml:"attached_data"`
	AttachedWorkbook string `yaml:"attached_workbook"`
	AttachedMeaning  string `yaml:"attached_meaning"`
	Undrawn          string `yaml:"undrawn"` // %s are the characters, each with its number
}

// Calendar says days and quarters.
type Calendar struct {
	Months      []string `yaml:"months"`   // January first
	Quarters    []string `yaml:"quarters"` // the months of each quarter, April to June first
	Date        Text     `yaml:"date"`
	Period      Text     `yaml:"period"`
	ShortPeriod Text     `yaml:"short_period"`
	Quarter     Text     `yaml:"quarter"`      // an earlier quarter of the same year
	OtherYear   Text     `yaml:"quarter_year"` // an earlier quarter of another year
}

// Cover is the cover block: its lines in their order.
type Cover struct {
	Caption Text       `yaml:"caption"`
	Rows    []CoverRow `yaml:"rows"`
	Line    Text       `yaml:"status_line"` // .Version is the draft or final version, .Text the edition
}

// CoverRow is one line of the cover block; a line without a value is left out.
type CoverRow struct {
	Show  string `yaml:"show"`
	Label Text   `yaml:"label"`
}

// Nouns are what rows are called.
type Nouns struct {
	Action    Noun `yaml:"action"`
	Indicator Noun `yaml:"indicator"`
}

// Noun is one of them, alone, in numbers and as a label.
type Noun struct {
	One   string `yaml:"one"`
	Many  string `yaml:"many"`
	Label string `yaml:"label"`
}

// Phrase is how one light of one scheme reads after a number, verb included.
type Phrase struct {
	Scheme string `yaml:"scheme" need:"no"` // the scheme's id; empty for every scheme
	Kind   string `yaml:"kind" need:"no"`   // "action" or "indicator"; empty for both
	Light  string `yaml:"light" need:"no"`  // empty for every light that has no phrase of its own
	One    Text   `yaml:"one"`
	Many   Text   `yaml:"many"`
	All    Text   `yaml:"all" need:"no"` // the whole sentence where every row has this light
}

// LeadText is the sentence in figures.
type LeadText struct {
	Nothing  Text `yaml:"nothing"` // neither an action nor an indicator
	None     Text `yaml:"none"`
	All      Text `yaml:"all"`
	Only     Text `yaml:"only"`
	First    Text `yaml:"first"`
	More     Text `yaml:"more"`
	Zero     Text `yaml:"zero"`
	Sentence Text `yaml:"sentence"`
}

// Lights is the wording of charts and tables by light.
type Lights struct {
	ChartTitle     Text         `yaml:"chart_title"` // one part for each kind, joined by semicolons
	ChartSubtitle  Text         `yaml:"chart_subtitle"`
	Bar            Text         `yaml:"bar"`
	AltBar         Text         `yaml:"alt_bar"`
	AltPart        Text         `yaml:"alt_part"`
	PlansTitle     Text         `yaml:"plans_title"`
	PlansSubtitle  Text         `yaml:"plans_subtitle"`
	Plans          LightTable   `yaml:"plans"`
	Counts         CountTable   `yaml:"counts"`
	Both           CountTable   `yaml:"both"` // of both kinds
	Rounding       Text         `yaml:"rounding"`
	Outside        Text         `yaml:"outside"` // states that stand outside the denominator
	OutsidePart    Text         `yaml:"outside_part"`
	Denominators   Denominators `yaml:"denominators"`
	KeyCaption     Text         `yaml:"key_caption"`
	KeyHead        []string     `yaml:"key_head"`
	KeyProvisional Text         `yaml:"key_provisional"`
	KeySecond      KeySecond    `yaml:"key_second" need:"no"`
}

// KeySecond is the wording of the key to the second light of an action; .Second is its name.
type KeySecond struct {
	Name    Text `yaml:"name"`
	Caption Text `yaml:"caption"`
	Light   Text `yaml:"light"`
	Meaning Text `yaml:"meaning"`
}

// LightTable is a table with a column for each light.
type LightTable struct {
	Name    Text `yaml:"name"`
	Caption Text `yaml:"caption"`
	First   Text `yaml:"first"`
	Light   Text `yaml:"light"`
	Total   Text `yaml:"total" need:"no"`
	Note    Text `yaml:"note" need:"no"`
}

// CountTable is a table of one kind by light.
type CountTable struct {
	Name    Text `yaml:"name"`
	Caption Text `yaml:"caption"`
	Light   Text `yaml:"light"`
	Number  Text `yaml:"number"`
	Percent Text `yaml:"percent"`
	Total   Text `yaml:"total"`
}

// Denominators name what a percentage is of.
type Denominators struct {
	All   Text `yaml:"all"`
	Rated Text `yaml:"rated"`
	Due   Text `yaml:"due"`
}

// Movement is the wording about lights against the quarter before.
type Movement struct {
	NoEarlier  Text       `yaml:"no_earlier"`
	Unmatched  Text       `yaml:"unmatched"`
	Same       Text       `yaml:"same"`
	Sentence   Text       `yaml:"sentence"`
	NewlyFirst Text       `yaml:"newly_first"`
	NewlyMore  Text       `yaml:"newly_more"`
	MovedFirst Text       `yaml:"moved_first"`
	MovedMore  Text       `yaml:"moved_more"`
	Matrix     LightTable `yaml:"matrix"`
	Newly      Text       `yaml:"newly"` // the band over rows of one light now
	From       Text       `yaml:"from"`  // over rows that moved from one light to another
}

// Lists is the wording of the summary's short lists.
type Lists struct {
	Attention ShortList `yaml:"attention"`
	Improved  ShortList `yaml:"improved"`
	Newly     ShortList `yaml:"newly"`
	Awaited   ShortList `yaml:"awaited"`
	Action    Text      `yaml:"action"`
	Indicator Text      `yaml:"indicator"`
}

// ShortList is one of them.
type ShortList struct {
	Heading Text `yaml:"heading"`
	None    Text `yaml:"none"`
	More    Text `yaml:"more"` // .N rows beyond the limit
}

// Labels are the words of an exception block.
type Labels struct {
	None      Text `yaml:"none"`
	Since     Text `yaml:"since"`
	Still     Text `yaml:"still"` // the light has not changed
	Long      Text `yaml:"long"`  // nor has it before: .Text is the first quarter of the run
	Target    Text `yaml:"target"`
	Outturn   Text `yaml:"outturn"`
	Before    Text `yaml:"before"`
	LastYear  Text `yaml:"last_year"`
	Due       Text `yaml:"due"`
	FirstDue  Text `yaml:"first_due"`
	Comment   Text `yaml:"comment"`
	NoComment Text `yaml:"no_comment"`
	Cause     Text `yaml:"cause"`  // where the return has the two apart
	Remedy    Text `yaml:"remedy"` // what is being done
	ByWhen    Text `yaml:"by_when"`
	Officer   Text `yaml:"officer"`
	Forecast  Text `yaml:"forecast"`
}

// Wording is the words that stand in many places.
type Wording struct {
	And          string            `yaml:"and"`
	Comma        string            `yaml:"comma"`
	Semicolon    string            `yaml:"semicolon"`
	New          Text              `yaml:"new"`
	Ongoing      Text              `yaml:"ongoing"`
	Qualifiers   map[string]string `yaml:"qualifiers"`
	Directions   map[string]string `yaml:"directions"`
	Statuses     map[string]string `yaml:"statuses"`
	Severities   map[string]string `yaml:"severities"`
	Unsaid       []string          `yaml:"unsaid_units"`            // units that a number does not need
	Measure      Text              `yaml:"measure"`                 // a measure with the unit that its figures leave out
	Against      Text              `yaml:"against"`                 // a direction against another period than usual
	Range        Text              `yaml:"range" need:"no"`         // a target of two ends: .Text to .Rest
	SmallNumbers string            `yaml:"small_numbers" need:"no"` // beside an outturn of few
	Unwritten    Text              `yaml:"unwritten"`               // in place of a text that somebody must write
	Blank        Text              `yaml:"blank"`                   // note below a table in which a figure is missing
	NoObjective  Text              `yaml:"no_objective"`
	NoPlan       Text              `yaml:"no_plan"`
	NoRows       Text              `yaml:"no_rows"`
	NoNarrative  Text              `yaml:"no_narrative"`
	Disagreeing  Text              `yaml:"disagreeing"`
	Overridden   Text              `yaml:"overridden"`
	Evidence     Text              `yaml:"evidence"`
	ReturnKind   string            `yaml:"return_kind"`
	PlanKind     string            `yaml:"plan_kind"`
	NilKind      string            `yaml:"nil_kind"`
	FurtherCells Text              `yaml:"further_cells"`
}

// Tables are the report's tables with their columns.
type Tables struct {
	Actions    TableText `yaml:"actions"`
	Indicators TableText `yaml:"indicators"`
	Movement   TableText `yaml:"movement"`
	Forward    TableText `yaml:"forward" need:"no"` // actions that are open at the year's end
	Forecast   TableText `yaml:"forecast"`          // lights now and at the year's end
	Revisions  TableText `yaml:"revisions"`
	Returned   TableText `yaml:"returned"`
	Risks      TableText `yaml:"risks"`
	Reasons    TableText `yaml:"reasons"`
	Returns    TableText `yaml:"returns"`
	Findings   TableText `yaml:"findings"`
	List       TableText `yaml:"list"`

	Disagreements TableText `yaml:"disagreements"`
	Limits        TableText `yaml:"limits"`
	Open          TableText `yaml:"open"`
}

// TableText is one table: its words and which columns stand in which order.
type TableText struct {
	Name    Text         `yaml:"name"`
	Caption Text         `yaml:"caption"`
	Empty   Text         `yaml:"empty"`
	Note    Text         `yaml:"note" need:"no"`
	Wide    bool         `yaml:"wide" need:"no"`
	Columns []ColumnText `yaml:"columns"`
}

// ColumnText is one column of a table. Columns that only officers may see are left out of the public
// edition whatever a definition says.
type ColumnText struct {
	Show     string  `yaml:"show"`
	Head     Text    `yaml:"head"`
	Width    float64 `yaml:"width"`
	Optional bool    `yaml:"optional" need:"no"` // left out where all its cells are empty
}

// ListText is the wording of a list of chosen rows.
type ListText struct {
	Title   Text       `yaml:"title"`   // .Text is what was chosen
	Without Text       `yaml:"without"` // the band over rows that have no value of what rows are grouped by
	Band    Text       `yaml:"band"`    // the head of the bands where they are a column of their own
	Counts  ListCounts `yaml:"counts"`
}

// ListCounts is the table of a list's counts by light.
type ListCounts struct {
	Name    Text `yaml:"name"`
	Caption Text `yaml:"caption"`
	Empty   Text `yaml:"empty"`
	Kind    Text `yaml:"kind"`
	Light   Text `yaml:"light"`
	Number  Text `yaml:"number"`
	Percent Text `yaml:"percent"`
	Of      Text `yaml:"of"`
}
