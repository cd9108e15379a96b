package workbook

import (
	"slices"
	"strings"

	"boardpack/ingest"
)

// readNarrative reads the texts under headings such as "Key Developments",
// wherever they stand outside the tables, and knows a nil return.
func (r *reader) readNarrative(st sheetTables) {
	heading := ""
	lastRow, headCol := 0, 0
	for _, row := range st.sheet.rowNumbers() {
		cells := shownIn(st.sheet, row)
		if len(cells) == 0 {
			continue
		}
		if r.isTableTitle(st, row) || inTable(st.tables, row) || len(cells) > 2 {
			heading = "" // a row of several cells is a table, and ends the text above it
			continue
		}
		if row > lastRow+3 {
			heading = ""
		}
		first := cells[0]
		switch names := r.words.narrative[wordsOnly(first.raw)]; {
		case names && len(cells) == 2:
			r.mark(r.sheet.name, r.name(first.row(), first.col()), "narrative heading")
			r.addNarrative(cells[1], headingText(first.raw), ingest.Clean(cells[1].raw))
			heading = ""
			continue
		case names:
			headCol = first.col()
		case len(cells) == 2 || heading != "" && (first.col() < headCol || first.col() > headCol+3):
			continue
		}
		if heading = r.narrativeCell(first, heading); heading != "" {
			lastRow = row
		}
	}
}

// textRow gives a row's cells with text or numbers.
func textRow(s *sheet, row int) []cell {
	return only(s.rowCells(row), isFilled)
}

// isFilled reports whether a cell holds more than space.
func isFilled(c *cell) bool {
	return c.kind != empty && (c.raw != "" && c.raw[0] > ' ' && c.raw[0] < 0x7f || ingest.OneLine(c.raw) != "")
}

// only gives the cells that are wanted; the row itself where all are, which is not for changing.
func only(cells []cell, wanted func(*cell) bool) []cell {
	for n := range cells {
		if wanted(&cells[n]) {
			continue
		}
		out := slices.Clone(cells[:n])
		for m := n + 1; m < len(cells); m++ {
			if wanted(&cells[m]) {
				out = append(out, cells[m])
			}
		}
		return out
	}
	return cells
}

// shownIn gives a row's cells with text or numbers that are not hidden: what
// somebody hid is not for a report.
func shownIn(s *sheet, row int) []cell {
	if s.hiddenRows[row] {
		return nil
	}
	return only(textRow(s, row), func(c *cell) bool { return !s.hiddenCols[c.col()] })
}

func headingText(raw string) string { return strings.TrimRight(ingest.OneLine(raw), ":") }

// isTableTitle knows a short line right above a table, or one that only says
// what kind of table follows.
func (r *reader) isTableTitle(st sheetTables, row int) bool {
	for _, t := range st.tables {
		first, _ := t.rows()
		if row >= first || row < first-3 {
			continue
		}
		cells := r.filled(t, row)
		if t.isTurned() {
			cells = textRow(st.sheet, row)
		}
		if len(cells) != 1 {
			continue
		}
		txt := ingest.OneLine(cells[0].raw)
		if r.words.narrative[wordsOnly(txt)] {
			return false
		}
		if r.planWords(txt) == "" || row == first-1 && len(strings.Fields(txt)) <= 8 && !isSentence(txt) {
			return true
		}
	}
	return false
}

func inTable(tables []*table, row int) bool {
	for _, t := range tables {
		if first, last := t.rows(); row >= first && row <= last {
			return true
		}
	}
	return false
}

// narrativeCell reads one cell outside the tables; it gives the heading that
// the next cells stand under.
func (r *reader) narrativeCell(c cell, heading string) string {
	txt := ingest.Clean(c.raw)
	words := wordsOnly(txt)
	if r.words.nils[words] || r.words.nils[strings.TrimSuffix(words, " this quarter")] {
		r.ret.Nil = true
		r.mark(r.sheet.name, r.name(c.row(), c.col()), "nil return")
		return heading
	}
	if r.words.narrative[words] {
		r.mark(r.sheet.name, r.name(c.row(), c.col()), "narrative heading")
		return headingText(txt)
	}
	if head, rest, ok := strings.Cut(txt, ":"); ok && r.words.narrative[wordsOnly(head)] && strings.TrimSpace(rest) != "" {
		r.addNarrative(c, ingest.OneLine(head), strings.TrimSpace(rest))
		return heading
	}
	if heading != "" && words != "" && !isGuidance(words) && !r.opensWith(c, &r.words.notes) {
		r.addNarrative(c, heading, txt)
	}
	return heading
}

// isGuidance knows a line that tells officers what to do with the sheet.
func isGuidance(words string) bool {
	for _, start := range []string{"please ", "return this ", "return to ", "complete ", "do not ", "only fill ", "enter ", "send this "} {
		if strings.HasPrefix(words, start) && (start == "please " || strings.Contains(words, "sheet") || strings.Contains(words, "cells") || strings.Contains(words, "form")) {
			return true
		}
	}
	return false
}

// addNarrative splits a cell's lines into points, and a theme from its point.
func (r *reader) addNarrative(c cell, heading, txt string) {
	if c.struck == partStruck {
		r.findStruck(ingest.Note, c)
	}
	for _, line := range strings.Split(txt, "\n") {
		line = strings.TrimLeft(strings.TrimSpace(line), "•·-–* ")
		if line == "" {
			continue
		}
		n := ingest.Narrative{Place: r.place(r.name(c.row(), c.col())), Plan: r.plan, Heading: heading, Text: line}
		if theme, rest, ok := strings.Cut(line, ":"); ok && len(theme) <= 60 && strings.TrimSpace(rest) != "" && !strings.ContainsAny(theme, ".;0123456789") {
			n.Theme, n.Text = strings.TrimSpace(theme), strings.TrimSpace(rest)
		}
		r.ret.Narrative = append(r.ret.Narrative, n)
	}
}
