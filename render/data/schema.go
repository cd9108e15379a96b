package data

import (
	"strings"

	"boardpack/transform"
	"boardpack/transform/changes"
)

// kind is what stands in a column.
type kind int

const (
	text    kind = iota // free text, guarded against formula injection
	word                // a word or code of a fixed form, never guarded
	number              // plain decimal
	integer             // plain whole number
	date                // ISO date
	yesNo
)

// column is one column of a table, for its CSV and for its description.
type column struct {
	name     string
	kind     kind
	about    string
	unit     string   // where every value has the same one
	enum     []string // the words that may stand here
	pattern  string   // the form of a word, for a column without enum
	required bool     // never empty
	working  bool     // in the working edition only
	value    func(record) string
}

// table is one CSV with its columns in order.
type table struct {
	name    string // without ".csv"
	title   string
	about   string
	key     []string // primary key, in packs where it holds; none where it never can
	full    bool     // no value is ever absent: an empty field is a value, and the key always holds
	working bool     // in the working edition only
	records func(transform.Pack) []record
	columns []column

	inSummary bool // its plans are those that the summary counts
}

// record is what one line is made from. Only the part that belongs to the
// table is set; actions and indicators share row and source.
type record struct {
	year      string
	quarter   string
	row       *transform.Row
	action    *transform.Action
	indicator *transform.Indicator
	risk      *transform.Risk
	narrative *transform.Narrative
	count     *transform.Count
	move      *transform.Move
	finding   *finding
	change    *changes.Change
	source    *transform.Source
}

// recordsOf is a record for each row of a pack.
func recordsOf[T any](rows []T, of func(*T) record) []record {
	out := make([]record, len(rows))
	for n := range rows {
		out[n] = of(&rows[n])
	}
	return out
}

func (t table) file() string { return t.name + ".csv" }

// edition gives the tables and columns that an edition holds.
func edition(working bool) []table {
	var kept []table
	for _, t := range tables {
		if t.working && !working {
			continue
		}
		t.columns = t.inEdition(working)
		kept = append(kept, t)
	}
	return kept
}

func (t table) inEdition(working bool) []column {
	var kept []column
	for _, c := range t.columns {
		if working || !c.working {
			kept = append(kept, c)
		}
	}
	return kept
}

// list joins values as every list of the data folder is joined.
func list(values []string) string { return strings.Join(values, "; ") }

// figure is a number as written; no figure is an empty field, never 0.
func figure(f *transform.Figure) string {
	if f == nil {
		return ""
	}
	return f.Number.String()
}

func affirm(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
