package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The Analysis Function's checklist for accessible spreadsheets, point by point
// ("Making spreadsheets accessible: a brief checklist of the basics"), held
// against every report.xlsx of the samples and of the reference workbooks. Two
// points are for people alone: that words are written well, and a spelling check.
// A third asks for Excel's own checker, of which the points here are the rules.
//
// Some points are recommendations that this workbook departs from on purpose:
// cells of lights have a fill (the word says the same), and in the working
// edition the tables of all rows have filter buttons and heads that stay, and a
// last worksheet has charts.
var checklist = []struct {
	point     string
	essential bool
	faults    func(*writtenBook) []string
}{
	{"mark up tables", true, markedUp},
	{"give tables meaningful names", false, tablesNamed},
	{"no merged or split cells, no nested tables", true, notMerged},
	{"no blank rows and columns within tables", true, nothingBlankInTables},
	{"one tagged header row", true, oneHeader},
	{"wrap text within cells", true, wrapped},
	{"avoid filters and freeze panes", false, noFilters},
	{"empty cells are explained", true, blanksExplained},
	{"no hidden rows, columns or worksheets", false, nothingHidden},
	{"columns have a sensible width", false, sensibleWidths},
	{"no symbols or superscript for notes", true, noRaisedLetters},
	{"the word note marks a note", false, noteMarkers},
	{"note markers stand in a column of notes", false, markersInTheirColumn},
	{"notes stand in a table on a worksheet of notes", false, notesListed},
	{"links say where they go", true, linksTell},
	{"text is formatted to be read", false, readableText},
	{"worksheets have titles, tagged as such", true, titled},
	{"no symbols that stand alone", false, noBareSymbols},
	{"no headers and footers, no floating boxes", true, nothingFloats},
	{"no visual devices divide data", false, noDividers},
	{"no background fill but of lights", false, fillsAreLights},
	{"colour is not the only message", true, fillsHaveWords},
	{"colours have contrast", true, contrasts},
	{"no images", false, noImages},
	{"no macros", false, noMacros},
	{"worksheets have unique names", true, sheetsNamed},
	{"no blank worksheets", true, noBlankSheets},
	{"column A is used well", true, columnA},
	{"tables stand at the left edge", true, atLeftEdge},
	{"nothing stands below a table", false, nothingBelow},
	{"one table a worksheet", false, oneTable},
	{"document information is given", true, documentInformation},
	{"the cursor is in A1 of the first worksheet", true, cursorAtStart},
}

func TestChecklistForAccessibleSpreadsheets(t *testing.T) {
	t.Parallel()
	for name, returns := range map[string]func(*testing.T) string{
		"samples":         func(t *testing.T) string { return absolute(t, "../../samples") },
		"shared":          sharedReturns,
		"board style":     func(t *testing.T) string { return samplesWith(t, "report: plain-report", "report: board-report") },
		"portfolio style": func(t *testing.T) string { return samplesWith(t, "report: plain-report", "report: portfolio-report") },
		"other scheme":    countedOtherwise,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			runAs(t, dir, nil, "run", "--out", "packs", returns(t))
			for _, file := range reportBooks(t, filepath.Join(dir, "packs")) {
				checkWorkbook(t, file)
			}
		})
	}
}

// reportBooks are all report.xlsx below a folder.
func reportBooks(t *testing.T, dir string) []string {
	t.Helper()
	public, _ := filepath.Glob(filepath.Join(dir, "*", "*", "*", "v1", "report.xlsx"))
	working, _ := filepath.Glob(filepath.Join(dir, "*", "*", "*", "v1", "working", "report.xlsx"))
	if len(public) == 0 || len(public) != len(working) {
		t.Fatalf("%d public and %d working workbooks below %s", len(public), len(working), dir)
	}
	return append(public, working...)
}

func checkWorkbook(t *testing.T, file string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b := readWritten(t, raw)
	for _, c := range checklist {
		for _, fault := range c.faults(b) {
			kind := "recommended"
			if c.essential {
				kind = "essential"
			}
			t.Errorf("%s: %s (%s): %s", filepath.ToSlash(file[strings.Index(file, "packs"):]), c.point, kind, fault)
		}
	}
}

// isWorking tells the working edition, by its worksheet of charts.
func (b *writtenBook) isWorking() bool { return b.sheets[len(b.sheets)-1].Name == "Charts" }

// inTables goes over all worksheets that have a table.
func (b *writtenBook) inTables(fault func(*writtenSheet, func(string, ...any))) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		if len(s.tables) > 0 {
			fault(s, say)
		}
	})
}

func (b *writtenBook) inSheets(fault func(*writtenSheet, func(string, ...any))) []string {
	var faults []string
	for _, s := range b.sheets {
		fault(s, func(format string, args ...any) {
			faults = append(faults, s.Name+": "+fmt.Sprintf(format, args...))
		})
	}
	return faults
}
