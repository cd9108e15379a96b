package workbook

import (
	"slices"
	"strings"
)

// headerAgain reports whether a row repeats one of the table's header rows.
func (r *reader) headerAgain(t *table, row int, filled []cell) bool {
	same, cells := 0, len(filled)
	if !r.saysHeaders(t, filled) {
		return false
	}
	for n, c := range filled {
		if (n-same)*5 > cells*2 {
			return false // too many are none of its words
		}
		if c.kind != text || len(c.raw) > maxHeader {
			continue
		}
		again := &r.asHeader(r.factsOf(r.sheet, c)).heading
		h := t.headAt(c.col())
		if h == nil || again.words == "" {
			continue
		}
		if holdsWords(h.words, again.words) {
			same++
		} else if _, score := h.best(); score >= strong && !meansSame(h.heading, *again) || t.hasHeader(again.words) {
			return false
		}
	}
	return cells >= 2 && same >= 2 && same*5 >= cells*3
}

// saysHeaders is a quick look for headerAgain: whether enough of a row's cells
// are words of the headers that they stand under.
func (r *reader) saysHeaders(t *table, filled []cell) bool {
	same := 0
	for n := range filled {
		c := &filled[n]
		if (n-same)*5 > len(filled)*2 {
			return false
		}
		if c.kind != text || len(c.raw) > maxHeader {
			continue
		}
		if h := t.headAt(c.col()); h != nil && mayBeIn(c.raw, h.words) {
			if words := r.factsOf(r.sheet, *c).wordsIn(); words != "" && holdsWords(h.words, words) {
				same++
			}
		}
	}
	return same >= 2 && same*5 >= len(filled)*3
}

// mayBeIn is a quick look for words that begin with a text's first letter.
func mayBeIn(raw, words string) bool {
	if raw == "" || !isLetter(raw[0]) {
		return true
	}
	first := raw[0] | 0x20
	for i := 0; i < len(words); i++ {
		if words[i] == first && (i == 0 || words[i-1] == ' ') {
			return true
		}
	}
	return false
}

// headAt is the header over a column; nil where none stands there.
func (t *table) headAt(col int) *headCol {
	if guess := col - t.left(); guess >= 0 && guess < len(t.cols) && t.cols[guess].col == col {
		return &t.cols[guess]
	}
	for n := range t.cols {
		if t.cols[n].col == col {
			return &t.cols[n]
		}
	}
	return nil
}

// holdsWords reports whether words stand in others, as whole words.
func holdsWords(all, words string) bool {
	for from := 0; ; {
		at := strings.Index(all[from:], words)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(words)
		if (at == 0 || all[at-1] == ' ') && (end == len(all) || all[end] == ' ') {
			return true
		}
		from = at + 1
	}
}

func (t *table) hasHeader(words string) bool {
	return slices.ContainsFunc(t.cols, func(c headCol) bool { return c.words == words })
}

// services knows a table whose header comes again below the name of another
// service: "name, header, rows, name, header, rows". It gives the plan of each
// section row. The first name must stand right above the first header and be
// what the workbook's plan was taken from.
func (r *reader) services(t *table) map[int]string {
	above := r.filled(t, t.top-1)
	if len(above) != 1 || r.planWords(above[0].raw) != r.ret.Plan || r.ret.Plan == "" {
		return nil
	}
	again := map[int]bool{}
	for _, s := range t.skipped {
		again[s.Row] = s.Why == "header again"
	}
	plans := map[int]string{}
	for row, name := range t.sections {
		if again[row+1] && r.planWords(name) != "" {
			plans[row] = r.planWords(name)
		}
	}
	return plans
}
