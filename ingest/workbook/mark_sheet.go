package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// markFormula is the formula of the rule that draws the border of a marked
// cell. It always holds, and tells the rule from every other.
const markFormula = `"boardpack"="boardpack"`

// sheetOrder is the order of what a sheet holds (ECMA-376, 18.3.1.99).
var sheetOrder = []string{"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
	"protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
	"conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
	"colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF",
	"drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}

// sheetMarks is what one sheet gets: a border around cells, and notes.
type sheetMarks struct {
	part    string
	borders []span
	notes   []note
}

// putBorders draws a border around cells by a rule of the sheet: the cells
// keep their own format, and taking the rule away brings it back.
func putBorders(data []byte, borders []span, formats [edges]int) ([]byte, error) {
	list, err := outline(data, 3)
	if err != nil {
		return nil, err
	}
	if list[0].single || len(borders) == 0 {
		return data, nil
	}
	var text strings.Builder
	priority := lastPriority(data)
	for n, spans := range edgesOf(borders) {
		if len(spans) > 0 {
			priority++
			fmt.Fprintf(&text, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule></conditionalFormatting>`,
				spanList(spans), formats[n], priority, markFormula)
		}
	}
	at := insertOrdered(list, "conditionalFormatting", sheetOrder)
	return applyEdits(data, []edit{{at, at, prefixed([]string{text.String()}, list[0].prefix)[0]}}), nil
}

// edgesOf gives the cells that draw each edge.
func edgesOf(borders []span) [edges][]span {
	var out [edges][]span
	for _, s := range borders {
		out[edgeAll] = append(out[edgeAll], s)
		if s.right < maxColumns {
			out[edgeLeft] = append(out[edgeLeft], span{s.top, s.right + 1, s.bottom, s.right + 1})
		}
		if s.left > 1 {
			out[edgeRight] = append(out[edgeRight], span{s.top, s.left - 1, s.bottom, s.left - 1})
		}
		if s.bottom < maxRows {
			out[edgeTop] = append(out[edgeTop], span{s.bottom + 1, s.left, s.bottom + 1, s.right})
		}
		if s.top > 1 {
			out[edgeBottom] = append(out[edgeBottom], span{s.top - 1, s.left, s.top - 1, s.right})
		}
	}
	return out
}

// lastPriority is the greatest number of a sheet's rules: a further one comes after all of them.
func lastPriority(data []byte) int {
	last := 0
	x := xmlScanner{data: data}
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		if x.name == "cfRule" && !x.closing {
			last = max(last, atoiOr0(x.attr("priority")))
		}
	}
	return last
}

// spanList writes cells as a sheet does, with those below each other in one.
func spanList(spans []span) string {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b span) int {
		return cmp.Or(a.left-b.left, a.right-b.right, a.top-b.top)
	})
	var joined []span
	for _, s := range spans {
		if n := len(joined) - 1; n >= 0 && joined[n].left == s.left && joined[n].right == s.right && s.top <= joined[n].bottom+1 {
			joined[n].bottom = max(joined[n].bottom, s.bottom)
			continue
		}
		joined = append(joined, s)
	}
	var out []string
	for _, s := range joined {
		name := cellName(s.top, s.left)
		if s.bottom > s.top || s.right > s.left {
			name += ":" + cellName(s.bottom, s.right)
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// deselect makes a sheet no longer one of those that are shown together.
func deselect(data []byte) ([]byte, error) {
	list, err := outline(data, 2)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for _, e := range list {
		if e.name == "sheetView" && e.depth == 2 && isTrue(e.attr(data, "tabSelected")) {
			edits = append(edits, setAttr(data, e, "tabSelected", "0"))
		}
	}
	if len(edits) == 0 {
		return data, nil
	}
	return applyEdits(data, edits), nil
}

// sheetGrid tells where cells lie on a sheet, in pixels, so that a note is of the same size everywhere.
type sheetGrid struct {
	width, height int // of columns and rows that do not say theirs
	columns       []columnWidth
	rows          map[int]int
}

type columnWidth struct{ from, to, pixels int }

// readGrid reads a sheet's measures.
func readGrid(data []byte) sheetGrid {
	g := sheetGrid{width: 64, height: 20, rows: map[int]int{}}
	x := xmlScanner{data: data}
	row := 0
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		switch {
		case x.closing:
		case x.name == "sheetFormatPr":
			g.width = pixels(x.attr("defaultColWidth"), 7, g.width)
			g.height = pixels(x.attr("defaultRowHeight"), 4.0/3, g.height)
		case x.name == "col":
			g.columns = append(g.columns, columnWidth{atoiOr0(x.attr("min")), atoiOr0(x.attr("max")), hiddenOr(&x, pixels(x.attr("width"), 7, g.width))})
		case x.name == "row":
			row++
			if n := atoiOr0(x.attr("r")); n > 0 {
				row = n
			}
			if ht := x.attr("ht"); ht != "" || x.attr("hidden") != "" {
				g.rows[row] = hiddenOr(&x, pixels(ht, 4.0/3, g.height))
			}
		}
	}
	return g
}

func hiddenOr(x *xmlScanner, n int) int {
	if isTrue(x.attr("hidden")) {
		return 0
	}
	return n
}

func pixels(measure string, each float64, unknown int) int {
	f, err := strconv.ParseFloat(measure, 64)
	if err != nil || f < 0 || f > 2000 {
		return unknown
	}
	return int(f*each + 0.5)
}

func (g sheetGrid) column(n int) int {
	for _, c := range g.columns {
		if n >= c.from && n <= c.to {
			return c.pixels
		}
	}
	return g.width
}

func (g sheetGrid) row(n int) int {
	if h, ok := g.rows[n]; ok {
		return h
	}
	return g.height
}

// reach goes some pixels on from a column or row, and gives the one it ends in and how far inside.
func reach(from, pixels, last int, size func(int) int) (n, inside int) {
	n = from
	for n < last && pixels >= size(n) {
		pixels -= size(n)
		n++
	}
	return n, pixels
}
