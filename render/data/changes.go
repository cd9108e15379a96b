package data

import (
	"fmt"

	"boardpack/transform"
	"boardpack/transform/changes"
)

// ChangesName is the file of what changed since an earlier version, in the
// data folder of a working edition that has it.
const ChangesName = "changes.csv"

// changesTable lists what changed since an earlier version of the pack. It
// stands in the working edition of a pack whose version before could be read;
// no version is compared by it.
func changesTable(s *changes.Since) table {
	return table{
		name: "changes", title: "Changes", working: true,
		about: fmt.Sprintf("What differs from version %d of this pack: a row for each value of a row that differs, and for each row that came or went.", s.Version),
		records: func(transform.Pack) []record {
			return recordsOf(s.Changes, func(c *changes.Change) record { return record{change: c} })
		},
		columns: []column{
			{name: "group", kind: word, enum: words(changes.Groups), required: true, about: "What the change is about; rows: a row came or went.", value: func(r record) string { return string(r.change.Group) }},
			{name: "table", kind: word, required: true, about: "The table of this data package that the row stands in.", value: func(r record) string { return r.change.Table }},
			{name: "what", kind: word, enum: []string{string(changes.Changed), string(changes.New), string(changes.Gone)}, required: true, about: "Whether a value of the row changed, the row is new, or it is gone.", value: func(r record) string { return string(r.change.What) }},
			{name: "ref", about: "The row's reference.", value: func(r record) string { return r.change.Ref }},
			{name: "title", about: "What the row is: its title; of a text its heading and theme, of a count what is counted, of a finding its check.", value: func(r record) string { return r.change.Title }},
			{name: "plan", about: "The plan or service that it stands in.", value: func(r record) string { return r.change.Plan }},
			{name: "column", kind: word, required: true, about: "The column whose value differs; of a row that came or went the column that stands for it.", value: func(r record) string { return r.change.Column }},
			{name: "was", about: "The value then, whatever the column holds: a number below 0 has an apostrophe before its minus sign here.", value: func(r record) string { return r.change.Was }},
			{name: "now", about: "The value now, written in the same way.", value: func(r record) string { return r.change.Now }},
			{name: "was_workbook", about: "The workbook that the row was read from then.", value: func(r record) string { return r.change.WasAt.Workbook }},
			{name: "was_sheet", about: "Its sheet then.", value: func(r record) string { return r.change.WasAt.Sheet }},
			{name: "was_cell", about: "Its cell then.", value: func(r record) string { return r.change.WasAt.Cell }},
			{name: "was_sha256", kind: word, pattern: sha256Column.pattern, about: "The SHA-256 of that workbook's bytes.", value: func(r record) string { return r.change.WasAt.SHA256 }},
			{name: "workbook", about: "The workbook that the row is read from now.", value: func(r record) string { return r.change.NowAt.Workbook }},
			{name: "sheet", about: "Its sheet now.", value: func(r record) string { return r.change.NowAt.Sheet }},
			{name: "cell", about: "Its cell now.", value: func(r record) string { return r.change.NowAt.Cell }},
			{name: "sha256", kind: word, pattern: sha256Column.pattern, about: "The SHA-256 of that workbook's bytes.", value: func(r record) string { return r.change.NowAt.SHA256 }},
		},
	}
}

// ReadChanges reads a file of changes back. Texts are without what guards them
// from spreadsheets.
func ReadChanges(b []byte) ([]changes.Change, error) {
	t := changesTable(&changes.Since{})
	read, err := t.read(b)
	if err != nil {
		return nil, fmt.Errorf("%s %w", t.file(), err)
	}
	var out []changes.Change
	for _, row := range read.Rows {
		v := map[string]string{}
		for i, name := range read.Columns {
			v[name] = row[i]
		}
		out = append(out, changes.Change{Group: changes.Group(v["group"]), Table: v["table"], What: changes.What(v["what"]), Ref: v["ref"], Title: v["title"], Plan: v["plan"],
			Column: v["column"], Was: v["was"], Now: v["now"],
			WasAt: changes.Place{Workbook: v["was_workbook"], Sheet: v["was_sheet"], Cell: v["was_cell"], SHA256: v["was_sha256"]},
			NowAt: changes.Place{Workbook: v["workbook"], Sheet: v["sheet"], Cell: v["cell"], SHA256: v["sha256"]}})
	}
	return out, nil
}
