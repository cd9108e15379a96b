package data

import (
	"strings"

	"boardpack/render"
	"boardpack/transform"
	"boardpack/transform/changes"
)

// PageName is the file of the data folder that says what every column means.
const PageName = "columns.html"

// Page is a page for people about the data folder that Files gives of the
// same: its files and each of their columns, in the words of datapackage.json.
// It takes title, date, council and look from the edition's report.
func Page(report render.Report, p transform.Pack, working bool, since *changes.Since) render.Report {
	if !working {
		p = public(p)
	}
	d := newPackage(p, working, since)
	report.Title, report.Short = d.Title+": the data", "What the columns of the data mean"
	report.Subject = report.Short
	report.Blocks = []render.Block{
		render.Heading{Level: 1, Text: report.Title, ID: "top"},
		render.Paragraph{Text: d.Description},
		render.Paragraph{Text: strings.TrimSpace(guarded)},
		render.Paragraph{Text: "datapackage.json says the same to programs, as a Frictionless data package."},
		render.Contents{},
	}
	for _, r := range d.Resources {
		report.Blocks = append(report.Blocks, r.blocks()...)
	}
	return report
}

// blocks are what the page says of one file.
func (r resource) blocks() []render.Block {
	t := render.Table{ID: "columns-" + r.Name, Name: r.Path, Caption: "Columns of " + r.Path, Columns: []render.Column{
		{Head: "Column", Width: 2, RowHead: true, NoWrap: true}, {Head: "Holds", Width: 2}, {Head: "Meaning", Width: 7}, {Head: "Values", Width: 4}}}
	var rows []render.Row
	for _, f := range r.Schema.Fields {
		rows = append(rows, render.Row{ID: r.Name + "-" + f.Name, Cells: []render.Cell{
			{Text: f.Name}, {Text: f.holds()}, {Text: strings.TrimSuffix(f.Description, guarded)}, {Text: f.values(r.Schema.full())}}})
	}
	t.Groups = []render.Group{{Rows: rows}}
	return []render.Block{
		render.Heading{Level: 2, Text: r.Title + " (" + r.Path + ")", ID: r.Name},
		render.Paragraph{Text: strings.TrimSpace(r.Description + " " + r.Schema.keys())},
		t,
	}
}

// holds is the kind of a column's values in words.
func (f field) holds() string {
	word := map[string]string{"string": "Text", "number": "Number", "integer": "Whole number", "date": "Date", "boolean": "Yes or no"}[f.Type]
	switch {
	case f.Type == "string" && !strings.HasSuffix(f.Description, guarded):
		word = "Word or code"
	case f.Unit != "":
		word += ", in " + f.Unit
	}
	return word
}

// full reports whether an empty field is a value.
func (s schema) full() bool { return len(s.MissingValues) == 0 }

// values says which values may stand in a column, and whether it may be empty.
func (f field) values(full bool) string {
	var parts []string
	c := f.Constraints
	if c != nil && c.Enum != nil {
		parts = append(parts, "One of: "+strings.TrimPrefix(strings.Join(c.Enum, ", "), ", ")+".")
	}
	switch {
	case c != nil && c.Pattern != "":
		parts = append(parts, "Pattern: "+c.Pattern+" (a regular expression).")
	case f.Type == "date":
		parts = append(parts, "Year, month and day: 2026-09-30.")
	case f.Type == "boolean":
		parts = append(parts, strings.Join(f.TrueValues, ", ")+" or "+strings.Join(f.FalseValues, ", ")+".")
	}
	switch {
	case c != nil && c.Required:
		parts = append(parts, "Never empty.")
	case full:
		parts = append(parts, "Empty is a value, too.")
	default:
		parts = append(parts, "May be empty.")
	}
	return strings.Join(parts, " ")
}

// keys says by which columns a row is known and where else a value stands.
func (s schema) keys() string {
	var parts []string
	if s.PrimaryKey != nil {
		parts = append(parts, "No two rows have the same "+strings.Join(s.PrimaryKey, " and ")+" (primary key).")
	}
	for _, k := range s.ForeignKeys {
		parts = append(parts, "Each "+strings.Join(k.Fields, ", ")+" stands in the column "+strings.Join(k.Reference.Fields, ", ")+" of "+k.Reference.Resource+".csv (foreign key).")
	}
	return strings.Join(parts, " ")
}
