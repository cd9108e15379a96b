package main

import (
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// setCell writes a cell as mkbook would, and saves the workbook by way of the
// library, which writes most parts anew, as an officer's spreadsheet program does.
func setCell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: setcell FILE SHEET CELL TEXT")
	}
	f := openBook(ts, args[0])
	defer f.Close()
	col, row, err := excelize.CellNameToCoordinates(args[2])
	ts.Check(err)
	m := bookMaker{file: f, sheet: args[1], row: row}
	ts.Check(m.cell(col, args[3]))
	ts.Check(f.Save())
}

func cellIs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: cellis FILE SHEET CELL TEXT")
	}
	f := openBook(ts, args[0])
	defer f.Close()
	got, err := f.GetCellValue(args[1], args[2])
	ts.Check(err)
	if got != args[3] {
		ts.Fatalf("%s of %s is %q, want %q", args[2], args[1], got, args[3])
	}
}

func notesAt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: notes FILE SHEET CELL…")
	}
	f := openBook(ts, args[0])
	defer f.Close()
	list, err := f.GetComments(args[1])
	ts.Check(err)
	var got []string
	for _, c := range list {
		if c.Author == "boardpack" {
			got = append(got, c.Cell)
		}
	}
	slices.Sort(got)
	if want := slices.Sorted(slices.Values(args[2:])); !slices.Equal(got, want) {
		ts.Fatalf("notes stand at %s, want %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}

func openBook(ts *testscript.TestScript, name string) *excelize.File {
	f, err := excelize.OpenFile(ts.MkAbs(name))
	ts.Check(err)
	return f
}
