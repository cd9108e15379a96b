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
// which a name, a figure, a date or a light has its label.
func (r *reader) cards() []card {
	var out []card
	open := card{}
	shut := func() {
		if open.wide && open.says(naming) && open.says(judged) {
			out = append(out, open)
		}
		open = card{}
	}
	for _, row := range r.sheet.rowNumbers() {
		if r.sheet.hiddenRows[row] {
			continue
		}
		fields := r.pairs(row)
		if open.last != 0 && (row > open.last+1 || open.repeats(fields)) {
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

// judged are the roles of which a card needs one beside its name.
var judged = map[string]bool{"outturn": true, "target": true, "light": true, "status": true, "due": true, "year_to_date": true}

func (c card) says(roles map[string]bool) bool {
	return slices.ContainsFunc(c.fields, func(x formField) bool { return x.fits(roles) })
}

// repeats reports whether a row names another indicator or action than the card so far.
func (c card) repeats(fields []formField) bool {
	for _, x := range fields {
		role, _ := x.best()
		if naming[role] && c.says(map[string]bool{role: true}) {
			return true
		}
	}
	return false
}

// pairs reads a row's labels with the value right of each.
func (r *reader) pairs(row int) []formField {
	cells := slices.DeleteFunc(textRow(r.sheet, row), func(c cell) bool { return r.sheet.hiddenCols[c.col] })
	var out []formField
	for i := 0; i+1 < len(cells); i++ {
		h, ok := r.cardLabel(cells[i])
		if _, another := r.cardLabel(cells[i+1]); !ok || another || cells[i+1].col > cells[i].col+2 {
			continue
		}
		out = append(out, formField{h, cells[i+1], row, r.name(row, cells[i].col)})
		i++
	}
	return out
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
	var rows []int
	heads := map[string]ingest.Taken{}
	for _, c := range cards {
		rows = append(rows, c.first)
		for _, x := range c.fields {
			role, _ := x.best()
			a.put(fmt.Sprint(role, x.period), c.first, x.heading, x.value)
			heads[x.label] = ingest.Taken{For: ingest.TakenHeader, Role: role, Period: x.period}
		}
	}
	t := r.arrangedTable(a, cards[0].first, cards[len(cards)-1].last, rows)
	t.begins, t.heads = cards[0].first, heads
	if !t.isData() {
		return tables
	}
	return append(slices.DeleteFunc(tables, func(o *table) bool { return o.top >= t.begins && o.top <= t.bodyEnd }), t)
}
