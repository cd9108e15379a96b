package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// This file holds the points about tables and notes.

func markedUp(b *writtenBook) []string {
	faults := b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.cells() {
			if col, _ := c.at(); col > 1 && len(s.tables) == 0 {
				say("%s stands in no table", c.Ref)
			}
		}
	})
	for _, name := range []string{"Contents", "All actions", "All indicators", "All counts"} {
		if !slices.ContainsFunc(b.sheets, func(s *writtenSheet) bool { return s.Name == name && len(s.tables) == 1 }) {
			faults = append(faults, "there is no table on a worksheet "+name)
		}
	}
	return faults
}

func tablesNamed(b *writtenBook) []string {
	seen := map[string]bool{}
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		name := s.tables[0].Name
		if seen[strings.ToLower(name)] || regexp.MustCompile(`^Table_?\d*$`).MatchString(name) {
			say("the table is named %q", name)
		}
		seen[strings.ToLower(name)] = true
	})
}

func notMerged(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, m := range s.Merges {
			say("%s is merged", m.Ref)
		}
	})
}

func nothingBlankInTables(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		_, top, right, bottom := s.tables[0].corners()
		rows, cols := map[int]bool{}, map[int]bool{}
		for _, c := range s.body() {
			col, row := c.at()
			rows[row], cols[col] = true, true
		}
		if len(rows) != bottom-top || len(cols) != right {
			say("%d of %d rows and %d of %d columns hold something", len(rows), bottom-top, len(cols), right)
		}
	})
}

func oneHeader(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		t, heads := s.tables[0], map[string]bool{}
		if t.Heads != "" && t.Heads != "1" {
			say("%s header rows", t.Heads)
		}
		for i, c := range t.Columns {
			if c.Name == "" || heads[strings.ToLower(c.Name)] {
				say("the head %q is empty or stands twice", c.Name)
			}
			heads[strings.ToLower(c.Name)] = true
			cell, _ := excelize.CoordinatesToCellName(i+1, s.headRow())
			if got := s.at(cell).text(); got != c.Name {
				say("%s holds %q and the table's column is %q", cell, got, c.Name)
			}
		}
	})
}

func (s *writtenSheet) at(ref string) writtenCell {
	for _, c := range s.cells() {
		if c.Ref == ref {
			return c
		}
	}
	return writtenCell{}
}

// wrapped wants text wrapped, in tables and on worksheets of text; what stands
// above a table runs over empty cells.
func wrapped(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		cells := s.body()
		if len(s.tables) == 0 {
			cells = s.cells()
		}
		for _, c := range cells {
			if c.Inline != "" && !isTrue(b.styles.Cells[c.Style].Alignment.Wrap) {
				say("%s is not wrapped: %.40q", c.Ref, c.Inline)
			}
		}
	})
}

func noFilters(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		allowed := b.isWorking() && strings.HasPrefix(s.Name, "All ")
		for _, v := range s.Views {
			if (v.Pane != nil) != allowed {
				say("panes: %v, want %v", v.Pane != nil, allowed)
			}
		}
		for _, t := range s.tables {
			if (t.Filter != nil) != allowed {
				say("filter buttons: %v, want %v", t.Filter != nil, allowed)
			}
		}
	})
}

func blanksExplained(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		_, top, right, bottom := s.tables[0].corners()
		blank := len(s.body()) < right*(bottom-top)
		told := slices.ContainsFunc(s.texts(), func(c writtenCell) bool { return strings.Contains(c.Inline, "blank") })
		if blank != told {
			say("blank cells: %v, told: %v", blank, told)
		}
	})
}

func nothingHidden(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		if s.State != "" && s.State != "visible" {
			say("it is %s", s.State)
		}
		for _, r := range s.Rows {
			if isTrue(r.Hidden) || r.Height == 0 {
				say("row %d is hidden", r.R)
			}
		}
		for _, c := range s.Cols {
			if isTrue(c.Hidden) {
				say("column %d is hidden", c.Min)
			}
		}
	})
}

func sensibleWidths(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.Cols {
			if c.Width < 6 || c.Width > 115 {
				say("column %d is %v wide", c.Min, c.Width)
			}
		}
		for _, r := range s.Rows {
			if r.Height > 409 {
				say("row %d is %v high", r.R, r.Height)
			}
		}
	})
}

func noRaisedLetters(b *writtenBook) []string {
	var faults []string
	for i, f := range b.styles.Fonts {
		if f.Raised != nil || f.Struck != nil {
			faults = append(faults, fmt.Sprintf("font %d is raised or struck out", i))
		}
	}
	return append(faults, b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.cells() {
			if strings.ContainsAny(c.Inline, "¹²³⁴⁵⁶⁷⁸⁹†‡") {
				say("%s: %q", c.Ref, c.Inline)
			}
		}
	})...)
}

var marker = regexp.MustCompile(`\[note \d+\]`)

func noteMarkers(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.body() {
			if s.head(c) == "Notes" && !regexp.MustCompile(`^(\[note \d+\] ?)+$`).MatchString(c.Inline) {
				say("%s: %q", c.Ref, c.Inline)
			}
		}
	})
}

func markersInTheirColumn(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.body() {
			if marker.MatchString(c.Inline) && s.head(c) != "Notes" && s.Name != "Notes" {
				say("%s: %q", c.Ref, c.Inline)
			}
		}
	})
}

func notesListed(b *writtenBook) []string {
	listed := map[string]bool{}
	for _, s := range b.sheets {
		if s.Name == "Notes" {
			for _, c := range s.body() {
				listed[c.Inline] = true
			}
		}
	}
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.body() {
			for _, m := range marker.FindAllString(c.Inline, -1) {
				if !listed[m] {
					say("%s names %s, which is not on the worksheet of notes", c.Ref, m)
				}
			}
		}
	})
}
