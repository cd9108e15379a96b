package data

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"boardpack/transform"
	"boardpack/transform/changes"
)

// Tables gives the tables of an edition as Read reads them from its files.
func Tables(p transform.Pack, working bool) []changes.Table {
	if !working {
		p = public(p)
	}
	var out []changes.Table
	for _, t := range edition(working) {
		table := changes.Table{Name: t.name, Columns: t.names()}
		for _, r := range t.records(p) {
			cells := make([]string, len(t.columns))
			for i, c := range t.columns {
				cells[i] = c.plain(r)
			}
			table.Rows = append(table.Rows, cells)
		}
		out = append(out, table)
	}
	return out
}

// FileNames are the tables' files of an edition that every pack holds.
func FileNames(working bool) []string {
	var names []string
	for _, t := range edition(working) {
		names = append(names, t.file())
	}
	return names
}

// Read reads the data folder of an edition back; file gives the bytes of one
// of FileNames. Texts are without what guards them from spreadsheets. A file
// whose columns are not those of this program is an error that names them.
func Read(working bool, file func(name string) ([]byte, error)) ([]changes.Table, error) {
	var out []changes.Table
	for _, t := range edition(working) {
		b, err := file(t.file())
		if err != nil {
			return nil, err
		}
		table, err := t.read(b)
		if err != nil {
			return nil, fmt.Errorf("%s %w", t.file(), err)
		}
		out = append(out, table)
	}
	return out, nil
}

func (t table) read(b []byte) (changes.Table, error) {
	lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	switch {
	case err != nil:
		return changes.Table{}, fmt.Errorf("cannot be read: %w", err)
	case len(lines) == 0:
		return changes.Table{}, fmt.Errorf("is empty")
	}
	if err := t.sameColumns(lines[0]); err != nil {
		return changes.Table{}, err
	}
	for _, cells := range lines[1:] {
		for i, c := range t.columns {
			if c.kind == text {
				cells[i] = unguard(cells[i])
			}
		}
	}
	return changes.Table{Name: t.name, Columns: lines[0], Rows: lines[1:]}, nil
}

// sameColumns wants the contract's columns in their order.
func (t table) sameColumns(got []string) error {
	want := t.names()
	if slices.Equal(got, want) {
		return nil
	}
	var parts []string
	if lacks := without(want, got); len(lacks) > 0 {
		parts = append(parts, "it lacks "+strings.Join(lacks, ", "))
	}
	if more := without(got, want); len(more) > 0 {
		parts = append(parts, "it also has "+strings.Join(more, ", "))
	}
	if parts == nil {
		parts = []string{"they stand in another order"}
	}
	return fmt.Errorf("has other columns than this version of the program writes: %s", strings.Join(parts, "; "))
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}

func (t table) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}
