package main

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// This file holds the points about formatting, structure and the document.

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
