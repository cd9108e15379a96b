package main

import (
	"regexp"
	"slices"
	"strings"
)

// tablesAgree holds the tables of a format against those of another that have
// the same caption: the same rows, cell by cell under heads that both have.
func (c *comparison) tablesAgree(one, other seen) {
	for _, a := range one.tables {
		n := slices.IndexFunc(other.tables, func(b seenTable) bool { return b.caption == a.caption })
		if n < 0 || a.caption == "" || len(a.heads) == 0 {
			continue
		}
		b := other.tables[n]
		if len(a.rows) != len(b.rows) && !isKey(a) {
			c.wrong("%q has %d rows, and %d in %s", a.caption, len(b.rows), len(a.rows), one.format)
			continue
		}
		for i, row := range a.rows {
			if i == len(b.rows) {
				c.wrong("%q has only %d rows", a.caption, i)
				break
			}
			for head, text := range row {
				text = firstOf(head, text)
				if got, is := b.rows[i][head]; is && firstOf(head, got) != text && !other.remarked(head, text, got, b.rows[i]) {
					c.wrong("%q, row %d, %s: %q, and %q in %s", a.caption, i+1, head, got, text, one.format)
				}
			}
		}
		c.checked["table"]++
	}
}

// firstOf is a number of a table of moves without the word that some formats add
// to it, which is held against the data elsewhere; any other cell as it is.
func firstOf(head, cell string) string {
	if strings.HasPrefix(head, "Now ") {
		cell, _, _ = strings.Cut(cell, " ")
	}
	return cell
}

// isKey knows the key to the lights, below which a workbook also lists states.
func isKey(t seenTable) bool { return slices.Contains(t.heads, "For actions") }

// remarked reports whether a figure stands alone and its remarks in the notes
// that the row names: "29 (provisional)" is 29 and "[note 1]", and in the table
// of notes "Outturn: provisional".
func (s seen) remarked(head, text, figure string, row map[string]string) bool {
	remarks, found := strings.CutPrefix(text, figure+" (")
	if !found || figure == "" {
		return false
	}
	for remark := range strings.SplitSeq(strings.TrimSuffix(remarks, ")"), ", ") {
		if !s.notes(row["Notes"], head+": "+remark) {
			return false
		}
	}
	return true
}

// notes reports whether one of the notes that are named says a text.
func (s seen) notes(named, text string) bool {
	for _, t := range s.tables {
		for _, row := range t.rows {
			if t.heads[0] == "Note" && strings.Contains(named, "["+strings.Trim(row["Note"], "[]")+"]") && row[t.heads[1]] == text {
				return true
			}
		}
	}
	return false
}

// sectionNumber stands before a heading or a paragraph where the style numbers them.
var sectionNumber = regexp.MustCompile(`^[0-9]+\.[0-9]* `)

// textsAgree wants every sentence with a figure of one format in the other.
func (c *comparison) textsAgree(one, other seen) {
	light := strings.NewReplacer("Red: ", "Red ", "Amber: ", "Amber ", "Green: ", "Green ", "Awaited: ", "Awaited ")
	all := light.Replace(strings.Join(other.texts, " "))
	for _, text := range one.texts {
		said := sectionNumber.ReplaceAllString(text, "") // a workbook leaves out the heading of what it has a sheet for
		if strings.ContainsAny(said, "0123456789") && !strings.Contains(all, light.Replace(text)) {
			c.wrong("%s says %q", one.format, text)
		}
	}
}
