package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"
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
		"samples": func(t *testing.T) string { return absolute(t, "../../samples") },
		"shared":  sharedReturns,
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

func linksTell(b *writtenBook) []string {
	target := regexp.MustCompile(`^'(.+)'!([A-Z]+[0-9]+)$`)
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, l := range s.Links {
			text := s.at(l.Ref).Inline
			if text == "" || strings.Contains(text, "://") || strings.Contains(strings.ToLower(text), "click") || l.Tooltip == "" {
				say("%s says %q, and %q", l.Ref, text, l.Tooltip)
			}
			m := target.FindStringSubmatch(l.Location)
			if m == nil || !slices.ContainsFunc(b.sheets, func(to *writtenSheet) bool {
				return to.Name == strings.ReplaceAll(m[1], "''", "'") && to.at(m[2]).text() != ""
			}) {
				say("%s leads to %q", l.Ref, l.Location)
			}
		}
		if s.Name == "Contents" && len(s.Links) != len(b.sheets)-1 {
			say("%d links for %d worksheets", len(s.Links), len(b.sheets))
		}
	})
}

// readableText wants Arial of 12 points or more, upright, underlined only where it is a link, and text at the left.
func readableText(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		links := map[string]bool{}
		for _, l := range s.Links {
			links[l.Ref] = true
		}
		for _, c := range s.cells() {
			style := b.styles.Cells[c.Style]
			font := b.styles.Fonts[style.Font]
			if font.Name.Val != "Arial" || font.Size.Val < 12 || font.Italic != nil || (font.Underline != nil) != links[c.Ref] {
				say("%s has %s of %v, italic %v, underlined %v", c.Ref, font.Name.Val, font.Size.Val, font.Italic != nil, font.Underline != nil)
			}
			if align := style.Alignment.Horizontal; align == "center" || align == "justify" {
				say("%s is set %s", c.Ref, align)
			}
		}
	})
}

func titled(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		title := s.at("A1")
		if title.text() == "" {
			say("A1 is empty")
		}
		named := b.styles.Cells[title.Style].Named
		for _, n := range b.styles.Named {
			if n.ID == named && n.Name != "Heading 1" {
				say("A1 has the cell style %q", n.Name)
			}
		}
	})
}

func noBareSymbols(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.cells() {
			if c.Inline != "" && !strings.ContainsFunc(c.Inline, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				say("%s is %q", c.Ref, c.Inline)
			}
		}
	})
}

func nothingFloats(b *writtenBook) []string {
	faults := b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		if s.HeaderFooter != nil || s.Legacy != nil {
			say("it has a header, a footer or a comment")
		}
		if s.Drawing != nil && !(b.isWorking() && s.Name == "Charts") {
			say("it has a drawing")
		}
	})
	for name, part := range b.parts {
		if strings.HasPrefix(name, "xl/drawings/drawing") {
			if strings.Contains(string(part), "<xdr:sp>") || strings.Contains(string(part), "<xdr:pic>") {
				faults = append(faults, name+" holds a shape or a picture")
			}
			if frames, told := strings.Count(string(part), "<xdr:cNvPr"), len(regexp.MustCompile(`<xdr:cNvPr[^>]* descr="[^"]{20,}"`).FindAll(part, -1)); frames != told || frames == 0 {
				faults = append(faults, fmt.Sprintf("%s: %d of %d charts say in words what they show", name, told, frames))
			}
		}
	}
	return faults
}

// noDividers wants no vertical lines and no columns or rows that only part others.
func noDividers(b *writtenBook) []string {
	var faults []string
	for i, border := range b.styles.Borders {
		if border.Left.Style != "" || border.Right.Style != "" {
			faults = append(faults, fmt.Sprintf("border %d has a vertical line", i))
		}
	}
	return faults
}

// fill is the colour behind a cell; empty for none.
func (b *writtenBook) fill(c writtenCell) string {
	f := b.styles.Fills[b.styles.Cells[c.Style].Fill].Pattern
	if f.Type != "solid" {
		return ""
	}
	return f.Front.RGB
}

var lightWords = []string{"Red", "Amber", "Green", "Blue"}

func fillsAreLights(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if b.fill(c) != "" && !slices.Contains(lightWords, c.Inline) {
					say("%s is filled and says %q", c.Ref, c.Inline)
				}
			}
		}
	})
}

// fillsHaveWords wants one fill for each word, so that the word says all.
func fillsHaveWords(b *writtenBook) []string {
	words := map[string]string{}
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.cells() {
			fill := b.fill(c)
			if fill == "" {
				continue
			}
			if word, known := words[fill]; known && word != c.Inline {
				say("%s: the fill %s says %q and %q", c.Ref, fill, word, c.Inline)
			}
			words[fill] = c.Inline
		}
	})
}

func contrasts(b *writtenBook) []string {
	faults := b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, c := range s.cells() {
			ink := b.styles.Fonts[b.styles.Cells[c.Style].Font].Colour.RGB
			if got := contrast(ink, b.fill(c)); got < 4.5 {
				say("%s has letters %s on %q: %.1f", c.Ref, ink, b.fill(c), got)
			}
		}
	})
	for _, d := range b.styles.Conditional {
		back := d.Fill.Back.RGB
		if got := contrast(d.Font.Colour.RGB, back); got < 4.5 {
			faults = append(faults, fmt.Sprintf("a rule has letters %s on %q: %.1f", d.Font.Colour.RGB, back, got))
		}
	}
	return faults
}

// contrast is WCAG 2.2's, of colours of six or eight digits; without a colour it is black on white.
func contrast(ink, paper string) float64 {
	luminance := func(rgb, without string) float64 {
		if rgb == "" {
			rgb = without
		}
		n, _ := strconv.ParseUint(rgb[len(rgb)-6:], 16, 32)
		l := 0.0
		for i, share := range []float64{0.0722, 0.7152, 0.2126} {
			v := float64(n>>(8*i)&0xff) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			l += share * v
		}
		return l
	}
	a, b := luminance(ink, "000000"), luminance(paper, "ffffff")
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

func noImages(b *writtenBook) []string {
	var faults []string
	for name := range b.parts {
		if strings.HasPrefix(name, "xl/media/") || !b.isWorking() && (strings.HasPrefix(name, "xl/charts/") || strings.HasPrefix(name, "xl/drawings/")) {
			faults = append(faults, "it holds "+name)
		}
	}
	return faults
}

func noMacros(b *writtenBook) []string {
	for name, part := range b.parts {
		if strings.Contains(name, "vbaProject") || name == "[Content_Types].xml" && strings.Contains(string(part), "macroEnabled") {
			return []string{"it holds " + name}
		}
	}
	return nil
}

func sheetsNamed(b *writtenBook) []string {
	seen := map[string]bool{}
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		if seen[strings.ToLower(s.Name)] || strings.HasPrefix(s.Name, "Sheet") {
			say("the name stands twice or says nothing")
		}
		seen[strings.ToLower(s.Name)] = true
	})
}

func noBlankSheets(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		if len(s.cells()) < 2 {
			say("%d cells", len(s.cells()))
		}
	})
}

// columnA wants the title in A1 and a line in every row down to the table.
func columnA(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for i, c := range s.texts() {
			if col, row := c.at(); col != 1 || row != i+1 {
				say("%s stands where A%d should", c.Ref, i+1)
				return
			}
		}
		if len(s.tables) > 0 && len(s.texts()) != s.headRow()-1 {
			say("%d lines above row %d", len(s.texts()), s.headRow())
		}
		if len(s.tables) > 0 && !slices.ContainsFunc(s.texts(), func(c writtenCell) bool { return c.Inline == "This worksheet contains one table." }) {
			say("it does not say that it contains one table")
		}
	})
}

func atLeftEdge(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		if left, _, _, _ := s.tables[0].corners(); left != 1 {
			say("the table starts in column %d", left)
		}
	})
}

func nothingBelow(b *writtenBook) []string {
	return b.inTables(func(s *writtenSheet, say func(string, ...any)) {
		_, _, right, bottom := s.tables[0].corners()
		for _, c := range s.cells() {
			if col, row := c.at(); row > bottom || row >= s.headRow() && col > right {
				say("%s stands below or beside the table", c.Ref)
			}
		}
		corner, _ := excelize.CoordinatesToCellName(right, bottom)
		if s.Dimension.Ref != "A1:"+corner {
			say("the used range is %s, and the table ends in %s", s.Dimension.Ref, corner)
		}
	})
}

func oneTable(b *writtenBook) []string {
	return b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		if len(s.tables) > 1 || len(s.tables) != len(s.TableParts) {
			say("%d tables", len(s.tables))
		}
	})
}

func documentInformation(b *writtenBook) []string {
	var faults []string
	core := string(b.parts["docProps/core.xml"])
	for _, element := range []string{"dc:title", "dc:subject", "dc:creator", "dc:language", "dc:description", "(cp:)?keywords"} {
		if !regexp.MustCompile("<" + element + "[^>]*>[^<]+</" + element + ">").MatchString(core) {
			faults = append(faults, "there is no "+element)
		}
	}
	if !strings.Contains(core, "en-GB") {
		faults = append(faults, "the language is not en-GB")
	}
	return faults
}

func cursorAtStart(b *writtenBook) []string {
	faults := b.inSheets(func(s *writtenSheet, say func(string, ...any)) {
		for _, v := range s.Views {
			for _, sel := range v.Selection {
				if sel.Active != "" && sel.Active != "A1" {
					say("the cursor is in %s", sel.Active)
				}
			}
			if isTrue(v.Selected) && s != b.sheets[0] {
				say("it is selected")
			}
		}
	})
	if b.active != 0 {
		faults = append(faults, fmt.Sprintf("worksheet %d is active", b.active+1))
	}
	return faults
}
