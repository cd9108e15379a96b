package workbook

import (
	"cmp"
	"slices"
	"strings"

	"boardpack/ingest"
)

// quarterGrid is figures by quarter without a name for them: quarters across and
// "Target", "Actual" down, or the other way round.
type quarterGrid struct {
	area     span // its headers included
	quarters []gridLine
	says     []gridLine
	down     bool // the quarters stand below each other
}

// gridLine is a row or a column of a grid with its heading.
type gridLine struct {
	at int
	heading
}

// grids finds the sheet's grids, from top to bottom and left to right.
func (r *reader) grids() []quarterGrid {
	var out []quarterGrid
	add := func(g quarterGrid, ok bool) {
		if ok && !r.headsMore(g) && !slices.ContainsFunc(out, func(o quarterGrid) bool { return o.area.meets(g.area) }) {
			out = append(out, g)
		}
	}
	for _, row := range r.sheet.rowNumbers() {
		if !r.saysQuarter(row) {
			continue
		}
		for _, quarters := range r.quartersAcross(row) {
			add(r.gridAcross(row, quarters))
		}
		for _, c := range r.sheet.rowCells(row) {
			if c.kind == text && r.isQuarter(c) && !r.isQuarter(r.sheet.at(row-1, c.col())) {
				add(r.gridDown(row, c.col()))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b quarterGrid) int {
		return cmp.Or(cmp.Compare(a.area.top, b.area.top), cmp.Compare(a.area.left, b.area.left))
	})
	return out
}

// saysQuarter is a quick look for a cell that names a quarter and nothing else,
// without which no grid begins in a row.
func (r *reader) saysQuarter(row int) bool {
	return slices.ContainsFunc(r.sheet.rowCells(row), r.isQuarter)
}

// headsMore reports whether the cells of a grid are themselves headers: its
// headers have more rows, and it is a table's.
func (r *reader) headsMore(g quarterGrid) bool {
	for _, q := range g.quarters {
		for _, s := range g.says {
			c := g.cellOf(r.sheet, q, s)
			if c.kind != text {
				continue
			}
			if h := r.headingOf(c.raw); h.bare || h.fits(ofRows) && !r.words.Looks(c.raw) && r.words.statuses[ingest.Fold(c.raw)] == "" {
				return true
			}
		}
	}
	return false
}

func (s span) meets(o span) bool {
	return s.top <= o.bottom && o.top <= s.bottom && s.left <= o.right && o.left <= s.right
}

func (r *reader) isQuarter(c cell) bool {
	if c.kind != text || len(c.raw) > longestQuarter {
		return false
	}
	h := &r.asHeader(r.factsOf(r.sheet, c)).heading
	return h.bare && h.period.Quarter != 0
}

// longestQuarter is how long a text may be that names a quarter and nothing else.
const longestQuarter = 60

// quartersAcross gives the runs of a row that name quarters, and what else a
// grid has columns for; a quarter that comes again begins another run.
func (r *reader) quartersAcross(row int) [][]gridLine {
	var runs [][]gridLine
	var run []gridLine
	for _, c := range r.sheet.rowCells(row) {
		if c.kind != text || len(c.raw) > longestQuarter {
			continue
		}
		f := r.asHeader(r.factsOf(r.sheet, c))
		if !f.hits {
			continue // neither a period nor words of a role
		}
		h := f.heading
		if r.sheet.hiddenCols[c.col()] || !h.bare && (len(run) == 0 || !h.fits(ofRows)) {
			continue
		}
		if h.bare && slices.ContainsFunc(run, func(l gridLine) bool { return l.bare && l.period == h.period }) {
			runs, run = append(runs, run), nil
		}
		run = append(run, gridLine{c.col(), h})
	}
	return append(runs, run)
}

// gridAcross reads a run of a row as the quarters of a grid, with what is said
// of them in the column left of it.
func (r *reader) gridAcross(row int, quarters []gridLine) (quarterGrid, bool) {
	g := quarterGrid{quarters: quarters}
	if differentQuarters(quarters) < 2 {
		return g, false
	}
	first := g.quarters[0].at
	for col := first - 1; col >= max(1, first-3); col-- {
		g.says = nil
		for next := row + 1; r.sheet.at(next, col).kind == text && !r.endsGrid(g, next, col); next++ {
			if !r.sheet.hiddenRows[next] {
				g.says = append(g.says, gridLine{next, r.headingOf(r.sheet.at(next, col).raw)})
			}
		}
		if saysActual(g.says) {
			g.area = span{row, col, g.says[len(g.says)-1].at, g.quarters[len(g.quarters)-1].at}
			return g, true
		}
	}
	return g, false
}

// endsGrid knows a label below a grid's figures that is of no quarter: an
// officer, or a comment with a colon or merged over the quarters.
func (r *reader) endsGrid(g quarterGrid, row, col int) bool {
	c := r.sheet.at(row, col)
	h := r.headingOf(c.raw)
	role, score := h.best()
	if role != "comment" {
		return score >= 0.9 && ofForms[role] && !ofRows[role]
	}
	m, ok := r.sheet.merged(row, g.quarters[0].at)
	return ok && m.right > m.left || strings.HasSuffix(strings.TrimSpace(c.raw), ":")
}

// gridDown reads a column from a row on as the quarters of a grid, with what is
// said of them in the row above.
func (r *reader) gridDown(row, col int) (quarterGrid, bool) {
	g := quarterGrid{down: true}
	for next := row; r.sheet.at(next, col).kind == text; next++ {
		if h := r.headingOf(r.sheet.at(next, col).raw); (h.bare || h.fits(ofRows)) && !r.sheet.hiddenRows[next] {
			g.quarters = append(g.quarters, gridLine{next, h})
		}
	}
	for next := col + 1; r.sheet.at(row-1, next).kind == text; next++ {
		if !r.sheet.hiddenCols[next] {
			g.says = append(g.says, gridLine{next, r.headingOf(r.sheet.at(row-1, next).raw)})
		}
	}
	if years := onlyYears(g.says); years && differentQuarters(g.quarters) > 1 {
		for n := range g.says {
			g.says[n].scores = map[string]float64{"outturn": sure}
		}
	} else if differentQuarters(g.quarters) < 2 || !saysActual(g.says) {
		return g, false
	}
	g.area = span{row - 1, col, g.quarters[len(g.quarters)-1].at, g.says[len(g.says)-1].at}
	return g, true
}

// onlyYears reports whether lines are years and nothing else: figures of several years, quarter by quarter.
func onlyYears(lines []gridLine) bool {
	return len(lines) > 1 && !slices.ContainsFunc(lines, func(l gridLine) bool { return !l.bare || l.period.Year == 0 || l.period.Quarter != 0 })
}

// fits reports whether a heading's words are one of the roles, for sure.
func (h heading) fits(roles map[string]bool) bool {
	role, score := h.best()
	return score >= strong && roles[role]
}

// means reports whether a heading's words are one role, for sure.
func (h heading) means(role string) bool {
	own, score := h.best()
	return score >= strong && own == role
}

func differentQuarters(lines []gridLine) int {
	seen := map[int]bool{}
	for _, l := range lines {
		if l.bare && l.period.Quarter != 0 {
			seen[l.period.Quarter] = true
		}
	}
	return len(seen)
}

// saysActual reports whether most lines of a grid say what they are, and one
// of them that it is the actual.
func saysActual(lines []gridLine) bool {
	named, actual := 0, false
	for _, l := range lines {
		if l.fits(naming) {
			return false
		}
		if l.fits(ofRows) {
			named++
			actual = actual || l.means("outturn")
		}
	}
	return actual && named*10 >= len(lines)*6
}

// cellOf is the cell of a quarter and of what is said of it.
func (g quarterGrid) cellOf(s *sheet, quarter, says gridLine) cell {
	if g.down {
		return s.at(quarter.at, says.at)
	}
	return s.at(says.at, quarter.at)
}
