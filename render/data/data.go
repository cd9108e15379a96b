// Package data turns a Pack into its data folder: the CSV files that other
// programs read, and a Frictionless data package that describes each column.
// Columns, their words and their order are a contract; they stand once, in
// tables.go, and both the header rows and datapackage.json are made from it.
package data

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"boardpack/transform"
	"boardpack/transform/changes"
)

// File is one file of the data folder.
type File struct {
	Name  string // "actions.csv"; no folder
	Bytes []byte
}

// Files writes the data folder of one edition. The public edition leaves out
// the working columns and findings.csv, and is made from a Pack from which
// those values have been taken out first, so that a mistake in the table of
// columns cannot publish them. since is what changed since the version before,
// which the working edition lists; nil where there is none. The same Pack
// gives the same bytes.
func Files(p transform.Pack, working bool, since *changes.Since) ([]File, error) {
	if !working {
		p = public(p)
	}
	d := newPackage(p, working, since)
	var files []File
	for i, t := range written(working, since) {
		b, err := t.csv(p)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", t.file(), err)
		}
		files = append(files, File{t.file(), b})
		d.Resources[i] = d.Resources[i].of(b)
	}
	b, err := d.bytes()
	if err != nil {
		return nil, fmt.Errorf("write datapackage.json: %w", err)
	}
	return append(files, File{"datapackage.json", b}), nil
}

// written are the tables of an edition, with what changed where that is known.
func written(working bool, since *changes.Since) []table {
	tables := edition(working)
	if working && since != nil && !since.Unread {
		tables = append(tables, changesTable(since))
	}
	return tables
}

// csv writes the table: a header row, then the pack's rows in their order.
// RFC 4180 ends lines with CR LF, inside quoted cells too.
func (t table) csv(p transform.Pack) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(t.names()); err != nil {
		return nil, err
	}
	line := make([]string, len(t.columns))
	for _, r := range t.records(p) {
		for i, c := range t.columns {
			line[i] = c.cell(r)
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// plain is the column's value of one record as programs take it: lines of a
// text end with a line feed alone.
func (c column) plain(r record) string {
	v := c.value(r)
	if c.kind == text {
		return lineEnds.Replace(strings.ToValidUTF8(v, "\uFFFD"))
	}
	return v
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// cell is the column's value of one record, safe to open in a spreadsheet.
func (c column) cell(r record) string {
	if c.kind == text {
		return guard(c.plain(r))
	}
	return c.plain(r)
}
