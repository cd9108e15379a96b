package pdf

import (
	"cmp"
	"slices"
	"strings"

	"boardpack/render"
)

// demand is what a column asks for: a share of the width, and the width under
// which its words would break.
type demand struct {
	share, least float64
	legible      float64 // the width under which its texts are hard to read
	align        render.Align
	point        float64 // room right of the decimal point
}

// column is a column's place. x and w are of its text.
type column struct {
	x, w  float64
	align render.Align
	point float64
}

// Columns stand this far apart. A figure that ends at its column's right edge
// is set further from words that begin at the left edge of the next.
const (
	columnGap = 9.0
	turnGap   = 18.0
)

// columnsOf shares a width out. A column that its share would break gets what
// it needs, and the others share the rest.
func columnsOf(demands []demand, left, total float64, wanted [][]float64) []column {
	for i := range demands {
		total -= gapAfter(demands, i)
	}
	widths := shareOut(demands, total)
	fit(widths, demands, wanted)
	cols := make([]column, len(demands))
	x := left
	for i, d := range demands {
		cols[i] = column{x, widths[i], d.align, d.point}
		x += widths[i] + gapAfter(demands, i)
	}
	return cols
}

func gapAfter(demands []demand, i int) float64 {
	switch {
	case i == len(demands)-1:
		return 0
	case demands[i].align == render.Right && demands[i+1].align != render.Right:
		return turnGap
	}
	return columnGap
}

func shareOut(demands []demand, total float64) []float64 {
	if sumLeast(demands) >= total {
		return squeezed(demands, total)
	}
	widths := make([]float64, len(demands))
	fixed := make([]bool, len(demands))
	for again := true; again; {
		again = giveShares(demands, widths, fixed, total)
	}
	return widths
}

// squeezed is for columns that need more than there is: the narrow ones get what
// they need, and only the widest, equally, have words that are broken.
func squeezed(demands []demand, total float64) []float64 {
	order := make([]int, len(demands))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(demands[a].least, demands[b].least) })
	widths := make([]float64, len(demands))
	for n, i := range order {
		widths[i] = min(demands[i].least, total/float64(len(order)-n))
		total -= widths[i]
	}
	return widths
}

// giveShares shares what the fixed columns leave, and fixes those that then
// have too little; it reports whether there were any.
func giveShares(demands []demand, widths []float64, fixed []bool, total float64) bool {
	shares := 0.0
	for i, d := range demands {
		if fixed[i] {
			total -= widths[i]
		} else {
			shares += share(d)
		}
	}
	short := false
	for i, d := range demands {
		if fixed[i] {
			continue
		}
		widths[i] = total * share(d) / shares
		if widths[i] < d.least {
			widths[i], fixed[i], short = d.least, true, true
		}
	}
	return short
}

// step is by how much columns are widened and narrowed at a time.
const step = 12.0

// fit moves width between columns of text, from where the definition's shares
// leave it, as long as the table gets lower by it. wanted are the widths that
// each row's texts have in one line.
func fit(widths []float64, demands []demand, wanted [][]float64) {
	least := lineCount(widths, wanted)
	for better := true; better; {
		better = false
		best := widths
		for from := range widths {
			if widths[from]-step < max(demands[from].least, demands[from].legible) {
				continue
			}
			for to := range widths {
				if from == to {
					continue
				}
				tried := slices.Clone(widths)
				tried[from], tried[to] = widths[from]-step, widths[to]+step
				if n := lineCount(tried, wanted); n < least-0.01 {
					least, best, better = n, tried, true
				}
			}
		}
		copy(widths, best)
	}
}

// lineCount is about how many lines rows take, in fractions, so that each step
// counts. Words leave a tenth of a line empty.
func lineCount(widths []float64, wanted [][]float64) float64 {
	sum := 0.0
	for _, row := range wanted {
		most := 1.0
		for i, w := range row {
			if w > widths[i] {
				most = max(most, 1.1*w/widths[i])
			}
		}
		sum += most
	}
	return sum
}

func sumLeast(demands []demand) float64 {
	sum := 0.0
	for _, d := range demands {
		sum += d.least
	}
	return sum
}

func share(d demand) float64 {
	if d.share > 0 {
		return d.share
	}
	return 1
}

// ask reads a table's columns: shares from the definition, least widths from the words.
func (t *sheetTable) ask() []demand {
	demands := make([]demand, len(t.inGrid))
	for i, col := range t.inGrid {
		demands[i] = t.askColumn(col)
	}
	return demands
}

func (t *sheetTable) askColumn(col int) demand {
	c := t.Columns[col]
	d := demand{share: c.Width, align: c.Align}
	d.least = longestWord(c.Head, t.look.semibold, small.size)
	whole, point := 0.0, 0.0
	t.eachCell(col, func(cell render.Cell, f face) {
		d.least = max(d.least, t.least(cell, c, f))
		if w, p, ok := numberWidths(cell, f); ok && c.Align == render.Right {
			whole, point = max(whole, w), max(point, p)
		}
	})
	d.point = point
	// A very long word may be broken rather than squeeze all other columns; a
	// reference sooner, since its column is to be narrow.
	most := 0.42
	if c.NoWrap {
		most = 0.25
	}
	d.least = max(min(d.least, most*room(t.Wide)), whole+point)
	d.legible = d.least
	if !c.NoWrap && t.longest(col) > prose {
		d.legible = max(d.least, proseColumn)
	}
	return d
}

const (
	proseColumn = 88.0 // the least width of a column of running text: about 18 characters, so that few lines hold one word alone
	prose       = 60   // bytes of a text that runs over several lines
	tallText    = 40   // bytes of a text that makes its row tall
)

// longest is the length of a column's longest text, in bytes.
func (t *sheetTable) longest(col int) int {
	most := 0
	t.eachCell(col, func(c render.Cell, _ face) { most = max(most, len(c.Text)) })
	return most
}

// legible reports whether columns have room for words whole and texts in lines that can be read.
func legible(demands []demand, wide bool) bool {
	sum := 0.0
	for i, d := range demands {
		sum += d.legible + gapAfter(demands, i)
	}
	return sum <= room(wide)
}

func (t *sheetTable) least(cell render.Cell, c render.Column, f face) float64 {
	w := longestWord(cell.Text, f, small.size)
	if c.NoWrap || cell.Light != nil {
		w = width(cell.Text, f, small.size)
	}
	if cell.Light != nil {
		w += shapeRoom(small)
	}
	if cell.Way != "" {
		w = width(cell.Text, t.look.semibold, small.size) + arrowRoom
	}
	return w
}

// fitRows is about how many rows are looked at for the widths of columns.
const fitRows = 150

// wanted are the widths that texts of the grid have in one line, of as many rows
// as are enough to tell.
func (t *sheetTable) wanted() [][]float64 {
	every := t.rows()/fitRows + 1
	var all [][]float64
	n := 0
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			if n++; n%every == 0 {
				all = append(all, t.wantedBy(r))
			}
		}
	}
	return all
}

func (t *sheetTable) wantedBy(r render.Row) []float64 {
	row := make([]float64, len(t.inGrid))
	for i, col := range t.inGrid {
		if col < len(r.Cells) {
			row[i] = width(r.Cells[col].Text, t.look.regular, small.size)
		}
	}
	return row
}

// eachCell visits a column's cells with the face that they are written in.
func (t *sheetTable) eachCell(col int, visit func(render.Cell, face)) {
	for i, g := range t.Groups {
		for j, r := range g.Rows {
			if col >= len(r.Cells) {
				continue
			}
			f := t.look.regular
			if t.isTotal(i, j) || isStrong(r.Cells[col].Way) {
				f = t.look.semibold
			}
			visit(r.Cells[col], f)
		}
	}
}

// isStrong reports a count of rows that got better or worse.
func isStrong(w render.Way) bool { return w == render.Better || w == render.Worse }

// numberWidths are the widths left and right of where a number's point stands.
func numberWidths(cell render.Cell, f face) (whole, rest float64, ok bool) {
	figure, _, _ := strings.Cut(cell.Text, "\n")
	n := wholePart(figure)
	if n == 0 || cell.Light != nil {
		return 0, 0, false
	}
	return width(figure[:n], f, small.size), width(figure[n:], f, small.size), true
}

// remarkBelow puts what stands in brackets after a figure below it, so that the
// column need not be as wide as both: 91.2% (provisional).
func remarkBelow(s string) string {
	figure, remark, found := strings.Cut(s, " (")
	if !found || wholePart(figure) == 0 {
		return s
	}
	return figure + "\n(" + remark
}

// wholePart is the length of the part of a figure before its decimal point, in
// bytes: 5 of "1,234.5%". It is 0 for what is no single figure.
func wholePart(s string) int {
	i := 0
	for _, sign := range []string{"+", "−", "-", "£"} {
		if strings.HasPrefix(s[i:], sign) {
			i += len(sign)
		}
	}
	from := i
	for i < len(s) && (isDigit(s[i]) || s[i] == ',' && i > from) {
		i++
	}
	if i == from || strings.ContainsAny(strings.TrimPrefix(s[i:], "."), " 0123456789") && !decimals(s[i:]) {
		return 0
	}
	return i
}

// decimals reports a point, digits and at most one unit.
func decimals(rest string) bool {
	if strings.HasPrefix(rest, ".") {
		rest = strings.TrimLeft(rest[1:], "0123456789")
	}
	return !strings.ContainsAny(rest, "0123456789") && strings.Count(rest, " ") <= 1
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
