package workbook

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// card is one indicator or action as labels with their values beside them, in
// more than one pair of columns: "Indicator | Recycling rate | Ref | W1".
type card struct {
	fields []formField
	first  int // its first row
	last   int
	wide   bool // some row has several labels
}

// cards finds the sheet's cards: runs of rows without an empty one between, in
// which a name and a figure or a light has its label. Cards stand beside each
// other where the labels of a name come again.
func (r *reader) cards() []card {
	var out []card
	var run []int
	shut := func() {
		left := 1
		for _, cut := range append(r.cardCuts(run), maxColumns+1) {
			out = append(out, r.cardsBetween(run, left, cut-1)...)
			left = cut
		}
		run = nil
	}
	for _, row := range r.sheet.rowNumbers() {
		if r.sheet.hiddenRows[row] || len(textRow(r.sheet, row)) == 0 {
			continue
		}
		if len(run) > 0 && row > run[len(run)-1]+1 {
			shut()
		}
		run = append(run, row)
	}
	shut()
	return out
}

// cardCuts gives the columns at which the second, third … card of some rows begins.
func (r *reader) cardCuts(rows []int) []int {
	at := map[string]map[int]bool{} // role of a name → columns of its labels
	for _, row := range rows {
		for _, x := range r.pairs(row, 1, maxColumns) {
			role, _ := x.best()
			if _, col, ok := parseCell(x.label); ok && naming[role] {
				if at[role] == nil {
					at[role] = map[int]bool{}
				}
				at[role][col] = true
			}
		}
	}
	var cuts []int
	for _, cols := range at {
		for n, col := range sortedInts(cols) {
			switch {
			case n == 0:
			case n > len(cuts):
				cuts = append(cuts, col)
			default:
				cuts[n-1] = min(cuts[n-1], col)
			}
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

func (r *reader) cardsBetween(rows []int, left, right int) []card {
	var out []card
	open := card{}
	shut := func() {
		if open.wide && open.says(naming) && r.isJudged(open) {
			out = append(out, open)
		}
		open = card{}
	}
	for _, row := range rows {
		fields := r.pairs(row, left, right)
		if open.repeats(fields) {
			shut()
		}
		if len(fields) == 0 && open.last == 0 {
			continue
		}
		if open.first == 0 {
			open.first = row
		}
		open.last = row
		open.wide = open.wide || len(fields) > 1
		open.fields = append(open.fields, fields...)
	}
	shut()
	return out
}

// isJudged reports whether a card gives a figure, a light or an action's state:
// a cover sheet has a title and a date as well.
func (r *reader) isJudged(c card) bool {
	return slices.ContainsFunc(c.fields, func(x formField) bool {
		role, _ := x.best()
		switch role {
		case "outturn", "target", "year_to_date":
			return x.value.kind == number || ingest.TextFigure(x.value.raw, "").Number != nil
		case "light", "status":
			return r.saysLight(x.value)
		}
		return false
	})
}

// saysLight reports whether a cell says a light, or the state of an action.
func (r *reader) saysLight(c cell) bool {
	said := r.factsOf(r.sheet, c)
	return r.has(said, traitLight) || r.has(said, traitStatus)
}

func (c card) says(roles map[string]bool) bool {
	return slices.ContainsFunc(c.fields, func(x formField) bool { return x.fits(roles) })
}

// repeats reports whether a row names another indicator or action than the card so far.
func (c card) repeats(fields []formField) bool {
	for _, x := range fields {
		role, _ := x.best()
		if naming[role] && slices.ContainsFunc(c.fields, func(have formField) bool { return have.means(role) }) {
			return true
		}
	}
	return false
}

// pairs reads a row's labels between two columns, with the value right of each.
func (r *reader) pairs(row, left, right int) []formField {
	cells := only(textRow(r.sheet, row), func(c *cell) bool { return !r.sheet.hiddenCols[c.col()] && c.col() >= left && c.col() <= right })
	var out []formField
	for i := 0; i+1 < len(cells); i++ {
		h, ok := r.cardLabel(cells[i])
		if !ok || cells[i+1].col() > cells[i].col()+2 || r.isCardLabel(h, cells[i+1]) {
			continue
		}
		out = append(out, formField{h, cells[i+1], row, r.name(row, cells[i].col())})
		i++
	}
	return out
}

// isCardLabel reports whether what stands right of a label is another label, and not its light or state.
func (r *reader) isCardLabel(of heading, c cell) bool {
	role, _ := of.best()
	if (role == "light" || role == "status" || role == "forecast") && r.saysLight(c) {
		return false
	}
	_, label := r.cardLabel(c)
	return label
}

// cardLabel reads a cell as a label: the exact words of a role.
func (r *reader) cardLabel(c cell) (heading, bool) {
	if c.kind != text || len(c.raw) > longestQuarter {
		return heading{}, false
	}
	h := r.headingOf(strings.TrimRight(strings.TrimSpace(c.raw), ":"))
	role, score := h.best()
	return h, score >= 1 && (ofForms[role] || ofRows[role] || role == "due" || role == "start")
}

// withCards reads a sheet without a table as cards; as it was where it has none.
func (r *reader) withCards(tables []*table) []*table {
	cards := r.cards()
	if len(cards) == 0 {
		return tables
	}
	a := rearrange(r.sheet, 1)
	heads := map[string]ingest.Taken{}
	for _, c := range cards {
		row := a.rowAt(c.first)
		for _, x := range c.fields {
			role, _ := x.best()
			if !a.put(x.words+x.period.String(), row, x.heading, x.value) {
				r.find(ingest.Query, "label-twice", r.name(x.value.row(), x.value.col()), "", fmt.Sprintf("'%s' stands twice beside one name; the first was used", x.text), "Say it once, or name both.")
			}
			heads[x.label] = ingest.Taken{For: ingest.TakenHeader, Role: role, Period: x.period}
		}
	}
	t := r.arrangedTable(a, cards[0].first, cards[len(cards)-1].last)
	t.begins, t.heads = cards[0].first, heads
	if !t.isData() {
		return tables
	}
	return append(slices.DeleteFunc(tables, func(o *table) bool { return o.top >= t.begins && o.top <= t.bodyEnd }), t)
}
