package xlsx

import (
	"strings"

	"boardpack/render"
)

// Widths are in Excel's unit, the width of a figure of the default font; heights in points.
const (
	padding      = 1.2   // left and right inside a cell
	indent       = 1.5   // right of figures, apart from the next column
	slack        = 1.06  // what an estimate may be short of
	headSwell    = 1.2   // the same for heads, which are semibold
	filterButton = 2.8   // the button of a table's head
	widestText   = 60    // a column of sentences
	widestTitle  = 42    // any other column
	shortHead    = 10    // a head that is not broken
	leastText    = 20    // a column of text in a wide table
	leastComment = 32    // a column of sentences in one
	widestTable  = 150.0 // landscape A4 in letters of about 9 points
	widestWhole  = 300.0 // a table of all rows, which is worked in on the screen
	widestAtAll  = 110   // a column of very long sentences
	lineHeight   = 16.0  // Arial of 12 points
	mostLines    = 25    // 409 points, the highest row there is
)

// figureWidth is a figure's width in thousandths of the size, in Arial.
const figureWidth = 556

// letters holds the widths of the letters of ASCII in Arial, in thousandths of the
// size, near enough to break lines by.
var letters = letterWidths()

func letterWidths() (widths [128]int) {
	for i := range widths {
		widths[i] = figureWidth
	}
	set := func(width int, letters string) {
		for i := range len(letters) {
			widths[letters[i]] = width
		}
	}
	set(222, "ijl'|")
	set(300, " ftI.,:;!/\\[]()-")
	set(490, "rJkcsvxyz")
	set(710, "ABCDEFGHKLNOPQRSTUVXYZw&")
	set(880, "mMW%@")
	return widths
}

func letterWidth(r rune) int {
	switch {
	case r < 128:
		return letters[r]
	case r > 0x2e80: // East Asian
		return 1000
	}
	return 600
}

func textWidth(s string) float64 {
	n := 0
	for _, r := range s {
		n += letterWidth(r)
	}
	return float64(n) / figureWidth
}

// lineCount estimates how many lines a text takes in a column of the given width.
func lineCount(s string, width float64) int {
	room := (width - padding) * 0.97
	lines := 0
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines++
		at := 0.0
		for word := range strings.SplitSeq(paragraph, " ") {
			w := textWidth(word)
			if at > 0 && at+w > room {
				lines++
				at = 0
			}
			for ; w > room; w -= room { // a word longer than the line is broken
				lines++
			}
			at += w + 0.5
		}
	}
	return lines
}

// rowHeight is the height of so many lines.
func rowHeight(lines int) float64 { return float64(min(max(lines, 1), mostLines))*lineHeight + 2 }

// columnWidths chooses a width for each column from what it holds.
func columnWidths(g *grid, words *wording) []float64 {
	widths, least := make([]float64, len(g.columns)), make([]float64, len(g.columns))
	for i, c := range g.columns {
		longest := 0.0
		for _, r := range g.rows {
			if i < len(r.Cells) {
				longest = max(longest, longestLine(words.shown(&r.Cells[i])))
			}
		}
		head := max(longestWord(g.heads[i]), min(textWidth(g.heads[i]), shortHead))*headSwell + filterButton
		widths[i] = max(head, min(longest*slack, widest(c, longest))) + padding
		if i > 0 || c.Align == render.Right {
			widths[i] += indent
		}
		least[i] = max(leastText, head, longest*1.2/(mostLines-5))
		if c.Below {
			least[i] = max(least[i], min(leastComment, widths[i]))
		}
		if c.NoWrap {
			least[i] = widths[i]
		}
	}
	room := widestTable
	if g.of != "" {
		room = widestWhole
	}
	narrow(widths, least, room)
	return widths
}

// narrow takes from columns of text what a table is too wide for paper, evenly,
// and never below the least width of each.
func narrow(widths, least []float64, widest float64) {
	over, room := -widest, 0.0
	for i, w := range widths {
		over += w
		room += max(0, w-least[i])
	}
	if over <= 0 || room == 0 {
		return
	}
	share := min(1, over/room)
	for i, w := range widths {
		widths[i] -= max(0, w-least[i]) * share
	}
}

// widest is the limit of a column: none where it must not be broken, more where
// its longest text would need a row higher than Excel has.
func widest(c render.Column, longest float64) float64 {
	switch {
	case c.NoWrap:
		return widestAtAll
	case longest > widestText*(mostLines-5):
		return widestAtAll
	case c.Below || longest > 3*widestTitle:
		return widestText
	}
	return widestTitle
}

func longestLine(s string) float64 {
	longest := 0.0
	for l := range strings.SplitSeq(s, "\n") {
		longest = max(longest, textWidth(l))
	}
	return longest
}

func longestWord(s string) float64 {
	longest := 0.0
	for w := range strings.FieldsSeq(s) {
		longest = max(longest, textWidth(w))
	}
	return longest
}
