package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// sums is one table while its formulas are made.
type sums struct {
	wholes
	table *grid
	first int                   // the row of the table's first row
	row   map[rowFormula]string // where a row has what a formula gives
	any   map[string]string     // where any row has it, so that it stays when it is copied
	found map[cellAt]string
}

type rowFormula struct {
	row     int
	formula string
}

// formulas are the formulas of a table's counts and percentages. A formula is
// written only where it gives the number that the report says.
func (w wholes) formulas(g *grid, first int) map[cellAt]string {
	s := &sums{wholes: w, table: g, first: first, row: map[rowFormula]string{}, any: map[string]string{}, found: map[cellAt]string{}}
	s.each(func(at cellAt, c *render.Cell) {
		if c.Tally.Share == nil {
			s.tally(at, c)
		}
	})
	s.each(func(at cellAt, c *render.Cell) {
		if c.Tally.Share != nil {
			s.share(at, c)
		}
	})
	return s.found
}

func (s *sums) each(do func(cellAt, *render.Cell)) {
	for i := range s.table.rows {
		cells := s.table.rows[i].Cells
		for n := range cells {
			if cells[n].Tally != nil && s.wholes[cells[n].Tally.Of] != nil {
				do(cellAt{i, n}, &cells[n])
			}
		}
	}
}

// tally is the formula of a count.
func (s *sums) tally(at cellAt, c *render.Cell) {
	w := s.wholes[c.Tally.Of]
	n, ok := w.count(c.Tally.Where)
	if !ok || strconv.Itoa(n) != c.Number {
		return
	}
	f := w.formula(c.Tally.Where)
	if f == "" {
		return
	}
	s.found[at] = f
	letter, _ := excelize.ColumnNumberToName(at.col + 1)
	s.row[rowFormula{at.row, f}] = fmt.Sprintf("%s%d", letter, s.first+at.row)
	if _, known := s.any[f]; !known {
		s.any[f] = fmt.Sprintf("%s$%d", letter, s.first+at.row)
	}
}

// refer is a count in a formula: the cell that holds it, in the same row where there is one, else all of its own formula.
func (s *sums) refer(row int, formula string) string {
	if cell, ok := s.row[rowFormula{row, formula}]; ok {
		return cell
	}
	if cell, ok := s.any[formula]; ok {
		return cell
	}
	return formula
}

// share is the formula of a percentage. It rounds a whole number of tenths, so
// that halves are halves in binary figures too.
func (s *sums) share(at cellAt, c *render.Cell) {
	w, t := s.wholes[c.Tally.Of], c.Tally
	n, known := w.count(t.Where)
	of, also := w.count(t.Share.Of)
	part, all := w.formula(t.Where), w.formula(t.Share.Of)
	if !known || !also || part == "" || all == "" {
		return
	}
	part, all = s.refer(at.row, part), s.refer(at.row, all)
	f, tenths := fmt.Sprintf("ROUND(1000*%s/%s,0)/10", part, all), nearest(n, of)
	if t.Share.LargestRemainder {
		column, ok := s.column(w, t.Share.Among, at)
		if !ok {
			return
		}
		f = fmt.Sprintf("IF(SUM(%s)=%s,(%s)/10,%s)", column.all, all, largestRemainder(part, all, column), f)
		tenths = -1 // rounded together with others
	}
	said := c.Number
	if t.Share.LessThanOne {
		f = fmt.Sprintf(`IF(AND(%s>0,100*%s<%s),"<1%%",IF(AND(%s<%s,100*%s>99*%s),">99%%",%s))`, part, part, all, part, all, part, all, f)
		if said == "" && (c.Text == "<1%" && n > 0 && 100*n < of || c.Text == ">99%" && n < of && 100*n > 99*of) {
			s.found[at] = f
			return
		}
	}
	if tenths < 0 || said == inTenths(tenths) {
		s.found[at] = fmt.Sprintf("IF(%s=0,0,%s)", all, f)
	}
}

// nearest is the share of n in tenths of a per cent, halves up.
func nearest(n, of int) int {
	if of == 0 {
		return 0
	}
	return (2000*n + of) / (2 * of)
}

// inTenths writes tenths as the report's decimals do: "47.4", "50".
func inTenths(tenths int) string {
	if tenths%10 == 0 {
		return strconv.Itoa(tenths / 10)
	}
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// span is counts that stand below each other: all of them, and those down to one.
type span struct{ all, down string }

// column is where the counts that are rounded together stand, where they do so without a gap.
func (s *sums) column(w *whole, among [][]render.Condition, at cellAt) (span, bool) {
	var cells []string
	for _, where := range among {
		cell, known := s.any[w.formula(where)]
		if !known {
			return span{}, false
		}
		cells = append(cells, cell)
	}
	if len(cells) == 0 {
		return span{}, false
	}
	letter, top, _ := strings.Cut(cells[0], "$")
	first, _ := strconv.Atoi(top)
	for i, cell := range cells {
		if cell != fmt.Sprintf("%s$%d", letter, first+i) {
			return span{}, false
		}
	}
	return span{
		all:  fmt.Sprintf("%s$%d:%s$%d", letter, first, letter, first+len(cells)-1),
		down: fmt.Sprintf("%s$%d:%s%d", letter, first, letter, s.first+at.row),
	}, true
}

// largestRemainder is a share in tenths, rounded down, and one more where its
// remainder is among the largest; of equal ones the upper comes first.
func largestRemainder(part, all string, c span) string {
	before := fmt.Sprintf("SUMPRODUCT(--(MOD(1000*%s,%s)>MOD(1000*%s,%s)))+SUMPRODUCT(--(MOD(1000*%s,%s)=MOD(1000*%s,%s)))",
		c.all, all, part, all, c.down, all, part, all)
	return fmt.Sprintf("INT(1000*%s/%s)+IF(%s<=1000-SUMPRODUCT(INT(1000*%s/%s)),1,0)", part, all, before, c.all, all)
}
