package workbook

import (
	"slices"
	"strings"

	"boardpack/ingest"
)

// headed is a run of header cells side by side: where a table begins.
type headed struct {
	top, bottom int // header rows
	cols        []headCol
}

// headCol is one column of a header.
type headCol struct {
	col int
	heading
}

func (h headed) left() int { return h.cols[0].col }

func (h headed) right() int { return h.cols[len(h.cols)-1].col }

// identifies reports whether a header has a column that names its rows.
func identifies(cols []headCol) bool {
	for _, c := range cols {
		for _, role := range []string{"ref", "title", "risk"} {
			if c.scores[role] >= strong {
				return true
			}
		}
	}
	return false
}

// finder finds the header rows of a sheet.
type finder struct {
	*reader
	sheet *sheet
}

// headers finds every header of the sheet, in reading order.
func (f *finder) headers() []headed {
	var out []headed
	for _, row := range f.sheet.rowNumbers() {
		if !f.couldHead(row) || !f.saysEnough(row) {
			continue
		}
		for _, run := range f.headerRuns(row) {
			if run.cols = outsideHeaders(out, row, run.cols); f.isHeader(run.cols) && !f.isCard(run) {
				out = append(out, run)
			}
		}
	}
	return out
}

// isCard knows the first row of labels with their values beside them: one of
// its cells is a reference, and below a label stands another.
func (f *finder) isCard(h headed) bool {
	if !slices.ContainsFunc(h.cols, func(c headCol) bool {
		return f.facts(c.text).isRef && c.period == (ingest.Period{}) && !f.isMonth(c.text)
	}) {
		return false
	}
	return slices.ContainsFunc(h.cols, func(c headCol) bool {
		role, score := f.headingOf(f.sheet.at(h.bottom+1, c.col).raw).best()
		own, fits := c.best()
		return naming[own] && fits >= 0.95 && score >= 1 && ofRows[role]
	})
}

// outsideHeaders leaves out the columns in which a header found above still goes on in a row.
func outsideHeaders(found []headed, row int, cols []headCol) []headCol {
	return slices.DeleteFunc(slices.Clone(cols), func(c headCol) bool {
		return slices.ContainsFunc(found, func(h headed) bool { return row <= h.bottom && c.col >= h.left() && c.col <= h.right() })
	})
}

// couldHead is a quick look: at least two short texts and hardly a number. Dates
// may head columns where no number stands beside them.
func (f *finder) couldHead(row int) bool {
	texts, numbers, dates := 0, 0, 0
	for _, c := range f.sheet.rowCells(row) {
		switch {
		case c.kind == text && len(c.raw) <= maxHeader:
			texts++
		case c.kind == number && f.book.style(c.style).date:
			dates++
		case c.kind == number:
			numbers++
		}
	}
	if dates == 1 || numbers > 0 {
		numbers += dates
	}
	return texts >= 2 && numbers*3 <= texts
}

// saysEnough is a second quick look: no header is without two cells whose words
// are a role's or a period, and one that names the rows.
func (f *finder) saysEnough(row int) bool {
	hits, names := 0, false
	for _, c := range f.sheet.rowCells(row) {
		if c.kind == empty || c.raw == "" {
			continue
		}
		h := f.asHeader(f.factsInWords(c))
		names = names || h.names
		if h.hits {
			hits++
		}
	}
	return hits >= 2 && names
}

// factsInWords is what is known of a cell in words.
func (f *finder) factsInWords(c cell) *textFacts {
	if c.kind == number {
		return f.facts(f.numberText(c))
	}
	return f.factsOf(f.sheet, c)
}

// headerRuns reads a row as headers: one run for each table side by side.
func (f *finder) headerRuns(row int) []headed {
	var runs []headed
	for _, own := range f.headerParts(f.rowHeadings(row)) {
		within := span{left: own[0].col, right: own[len(own)-1].col}
		top, bottom := f.upperRow(row, own, within), f.lowerRow(row, own, within)
		runs = append(runs, headed{top: top, bottom: bottom, cols: byMonth(f.joinRows(top, bottom, within))})
	}
	return runs
}

// headerParts gives the parts of a row that are headers, cut where tables stand
// side by side. A table's header may stand beside another table's rows: a piece
// behind an empty column that holds data is no part of it.
func (f *finder) headerParts(row []headCol) [][]headCol {
	var parts [][]headCol
	var open []headCol
	all := pieces(row)
	for _, piece := range all {
		if f.holdsRows(piece) || len(all) > 1 && !anyHit(piece) {
			parts = append(parts, open)
			open = nil
			continue
		}
		open = append(open, piece...)
	}
	var out [][]headCol
	for _, p := range append(parts, open) {
		for _, run := range splitRuns(p) {
			if f.isHeader(run) {
				out = append(out, run)
			}
		}
	}
	return out
}

// pieces cuts a row at its empty columns.
func pieces(row []headCol) [][]headCol {
	var out [][]headCol
	start := 0
	for i := 1; i <= len(row); i++ {
		if i == len(row) || row[i].col > row[i-1].col+1 {
			out = append(out, row[start:i])
			start = i
		}
	}
	return out
}

// anyHit reports whether some cell of a piece has a header's words or a period.
func anyHit(piece []headCol) bool {
	return slices.ContainsFunc(piece, func(c headCol) bool {
		_, score := c.best()
		return score >= 0.5 || c.period != (ingest.Period{})
	})
}

// holdsRows knows a piece of a row that is data: a reference, and no more than half of it words of headers.
func (f *finder) holdsRows(piece []headCol) bool {
	refs, hits := 0, 0
	for _, c := range piece {
		if f.facts(c.text).isRef && c.period == (ingest.Period{}) && !f.isMonth(c.text) {
			refs++
		}
		if _, score := c.best(); score >= strong {
			hits++
		}
	}
	return refs > 0 && hits*2 <= len(piece)
}

// headingsWithin are the header cells of a row in a range of columns, one
// column further for a heading that runs over the last.
func (f *finder) headingsWithin(row int, within span) []headCol {
	return slices.DeleteFunc(f.rowHeadings(row), func(c headCol) bool { return c.col < within.left || c.col > within.right })
}

// rowHeadings reads each text of a row as a header; merged cells speak for all their columns.
func (f *finder) rowHeadings(row int) []headCol {
	cells := f.sheet.rowCells(row)
	out := make([]headCol, 0, len(cells))
	for _, c := range cells {
		if c.kind == empty || strings.TrimSpace(c.raw) == "" {
			continue
		}
		h := f.asHeader(f.factsInWords(c)).heading
		right := c.col()
		if m, ok := f.sheet.mergeFrom(row, c.col()); ok {
			right = m.right
		}
		for col := c.col(); col <= right; col++ {
			out = append(out, headCol{col, h})
		}
	}
	return out
}

// isHeader asks for two strong words of different roles, one of which names
// the rows, and for strong words in at least half of the cells.
func (f *finder) isHeader(cols []headCol) bool {
	roles := map[string]bool{}
	if len(cols) == 0 {
		return false
	}
	hits, cells, refs := 0, 0, 0
	for i, c := range cols {
		if i > 0 && cols[i-1].text == c.text && cols[i-1].col == c.col-1 {
			continue
		}
		if f.facts(c.text).isRef && c.period == (ingest.Period{}) && !f.isMonth(c.text) {
			refs++
		}
		cells++
		role, score := c.best()
		if score >= strong || c.bare {
			hits++
			roles[role] = true
		} else if f.isMonth(c.text) {
			hits++
		}
	}
	if refs > 0 && (hits < 3 || refs*3 > cells) || f.facts(cols[0].text).isRef && cols[0].period == (ingest.Period{}) && hits*3 < cells*2 && hits < 5 {
		return false
	}
	return len(roles) >= 2 && hits*2 >= cells && identifies(cols)
}

// lowerRow gives the last row of the header: rows below that are merged into
// it from above, or that hold only header words and leave the first column empty.
func (f *finder) lowerRow(row int, own []headCol, within span) int {
	bottom := row
	for next := row + 1; next <= row+2; next++ {
		if !f.belongsBelow(next, row, own, within) {
			break
		}
		bottom = next
	}
	return bottom
}

func (f *finder) belongsBelow(next, row int, own []headCol, within span) bool {
	cells := f.headingsWithin(next, within)
	if len(cells) == 0 {
		return false
	}
	if f.mergedUnderNames(next, row, own) {
		return true
	}
	if !f.emptyUnderNames(next, row, own) {
		return false
	}
	hits := 0
	for _, c := range cells {
		if _, score := c.best(); score >= strong || c.bare {
			hits++
		}
	}
	return hits*2 > len(cells)
}

// mergedUnderNames reports whether the header's name of the rows is merged down over a row.
func (f *finder) mergedUnderNames(next, row int, own []headCol) bool {
	for _, c := range own {
		if m, ok := f.sheet.merged(row, c.col); ok && m.bottom >= next && identifies([]headCol{c}) {
			return true
		}
	}
	return false
}

// emptyUnderNames reports whether a row leaves the columns empty that name the
// rows (reference, title), or has them merged into the header above.
func (f *finder) emptyUnderNames(next, row int, own []headCol) bool {
	for _, c := range own {
		if !identifies([]headCol{c}) {
			continue
		}
		if m, ok := f.sheet.merged(next, c.col); f.sheet.at(next, c.col).raw != "" || ok && m.top > row {
			return false
		}
	}
	return true
}

// upperRow gives the first row of the header: a row above whose cells each
// stand over some of the columns and name a period or a role.
func (f *finder) upperRow(row int, own []headCol, within span) int {
	cells := f.headingsWithin(row-1, within)
	if len(cells) == 0 || row < 2 {
		return row
	}
	width, over := own[len(own)-1].col-own[0].col+1, 0
	for i := 0; i < len(cells); {
		j := i
		for j < len(cells) && cells[j].text == cells[i].text && cells[j].col == cells[i].col+j-i {
			j++
		}
		role, score := cells[i].best()
		if j-i >= width && width > 1 || !cells[i].bare && (score < strong || role == "ref") {
			return row
		}
		over += min(j-i, 2)
		i = j
	}
	if over < 2 {
		return row
	}
	return row - 1
}

// joinRows joins the words of the header's rows, column by column.
func (f *finder) joinRows(top, bottom int, within span) []headCol {
	if top == bottom {
		return f.headingsWithin(top, within)
	}
	words := map[int][]string{}
	for row := top; row <= bottom; row++ {
		heads := f.headingsWithin(row, within)
		if row < bottom {
			heads = f.spreadPeriods(heads, f.headingsWithin(bottom, within))
		}
		for _, c := range heads {
			if n := len(words[c.col]); n == 0 || words[c.col][n-1] != c.text {
				words[c.col] = append(words[c.col], c.text)
			}
		}
	}
	var cols []headCol
	for _, col := range sortedInts(words) {
		cols = append(cols, headCol{col, f.joined(words[col])})
	}
	return cols
}

// spreadPeriods lets periods that stand unmerged at regular distances ("Quarter 1",
// two empty cells, "Quarter 2", …) speak for the columns up to the next.
func (f *finder) spreadPeriods(upper, lower []headCol) []headCol {
	var at []int
	for _, c := range upper {
		if c.bare {
			at = append(at, c.col)
		}
	}
	if len(at) < 2 {
		return upper
	}
	width := at[1] - at[0]
	for i := 1; i < len(at); i++ {
		if at[i]-at[i-1] != width {
			return upper
		}
	}
	taken := map[int]bool{}
	for _, c := range upper {
		taken[c.col] = true
	}
	out := upper
	for _, c := range upper {
		for col := c.col + 1; c.bare && col < c.col+width; col++ {
			if !taken[col] && slices.ContainsFunc(lower, func(l headCol) bool { return l.col == col }) {
				out = append(out, headCol{col, c.heading})
			}
		}
	}
	return out
}

// hits counts the cells of a row whose words fit a role well.
func (f *finder) hits(row int) int {
	n := 0
	for _, c := range f.rowHeadings(row) {
		if _, score := c.best(); score >= strong {
			n++
		}
	}
	return n
}

// joined scores header rows together: the period of any, the words of all.
// Where the lowest row says what a column is, those above say whose or when.
func (f *finder) joined(parts []string) heading {
	h := f.headingOf(strings.Join(parts, " "))
	out := heading{text: strings.Join(parts, " / "), words: h.words, period: h.period, bare: h.bare, scores: map[string]float64{}}
	last := len(parts) - 1
	lower := f.headingOf(parts[last])
	if _, score := lower.best(); score >= strong {
		out.group = strings.Join(parts[:last], " ")
		out.scores = f.scoresWithin(out.group, lower)
		return out
	}
	for role, s := range h.scores {
		out.scores[role] = s
	}
	for role, s := range lower.scores {
		out.scores[role] = max(out.scores[role], s)
	}
	if len(out.scores) > 0 && len(lower.scores) > 0 {
		return out
	}
	for _, p := range parts {
		for role, s := range f.headingOf(p).scores {
			out.scores[role] = max(out.scores[role], s-0.05)
		}
	}
	return out
}

// scoresWithin are a header's scores below a group's words: "Actual" below "Last
// year" is last year's, and "Target" below "Last quarter" no target of this one.
func (f *finder) scoresWithin(group string, lower heading) map[string]float64 {
	upper := f.headingOf(group)
	within := heading{scores: map[string]float64{}}
	for role, s := range lower.scores {
		if under := roleOfRow(upper, role); under != "" {
			within.scores[under] = max(within.scores[under], s)
		}
	}
	if folded := ingest.Fold(group); ingest.HasAny(folded, "last", "previous", "prior", "prev") && ofBefore.MatchString(folded) && !sinceThen.MatchString(folded) {
		for role := range ofRows {
			if role != "last_year" {
				delete(within.scores, role)
			}
		}
	}
	within.notYet(ingest.Fold(group + " " + lower.text))
	return within.scores
}

// splitRuns cuts a header where a second table begins beside the first: after
// empty columns if what follows names its own rows, and without a gap where a
// second reference column stands before a second title.
func splitRuns(cols []headCol) [][]headCol {
	var runs [][]headCol
	start := 0
	for i := 1; i <= len(cols); i++ {
		switch {
		case i == len(cols):
		case cols[i].col > cols[i-1].col+1 && identifies(cols[i:]) && identifies(cols[start:i]):
		case i+1 < len(cols) && beginsTable(cols[i:]) && beginsTable(cols[start:i]) && i-start > 2:
		default:
			continue
		}
		runs = append(runs, cols[start:i])
		start = i
	}
	return runs
}

// beginsTable reports whether columns begin with a reference and then a title, both in plain words.
func beginsTable(cols []headCol) bool {
	return len(cols) > 1 && cols[0].scores["ref"] >= 0.95 && cols[1].scores["title"] >= 0.95
}
