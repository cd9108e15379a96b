package workbook

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// variant is a workbook while it is shuffled.
type variant struct {
	original original
	grids    []*grid
	tables   []tableAt
	rng      *rand.Rand
	split    bool
	joined   bool // two tables stand on one sheet
}

func newVariant(o original, grids []*grid) *variant {
	v := &variant{original: o, tables: slices.Clone(o.tables)}
	for _, g := range grids {
		c := *g
		c.cells = maps.Clone(g.cells)
		c.merges = slices.Clone(g.merges)
		v.grids = append(v.grids, &c)
	}
	return v
}

// rngOf gives each step of a variant its own numbers, so that leaving one out changes no other.
func rngOf(seed uint64, name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(seed+1, h.Sum64()))
}

func (v *variant) grid(sheet string) *grid {
	for _, g := range v.grids {
		if g.name == sheet {
			return g
		}
	}
	return nil
}

// moved tells where each cell of the original stands now.
func (v *variant) moved() map[string][2]string {
	out := map[string][2]string{}
	for _, g := range v.grids {
		for at, c := range g.cells {
			if c.from != "" {
				out[c.from] = [2]string{g.name, cellName(at.row, at.col)}
			}
		}
	}
	return out
}

// step is one way of shuffling. They run in this order.
type step struct {
	name string
	odds float64
	do   func(*variant)
}

func allSteps() []step {
	return []step{
		{"percentages", .6, (*variant).dressPercentages},
		{"fraction without a format", .1, (*variant).bareFraction},
		{"lights", .6, (*variant).dressLights},
		{"synonyms", .6, (*variant).swapWords},
		{"stray spaces", .4, (*variant).straySpaces},
		{"other columns", .35, (*variant).otherColumns},
		{"columns", .6, (*variant).moveColumns},
		{"rows between", .5, (*variant).blankBetween},
		{"rows above", .5, (*variant).rowsAbove},
		{"rows that are no data", .4, (*variant).otherRows},
		{"split", .25, (*variant).splitSheet},
		{"merged header", .3, (*variant).mergeHeader},
		{"one sheet", .2, (*variant).oneSheet},
		{"right and down", .5, (*variant).moveTable},
		{"table beside", .35, (*variant).tableBeside},
		{"table below", .35, (*variant).tableBelow},
		{"sheet names", .5, (*variant).renameSheets},
		{"hidden copy", .15, (*variant).hiddenCopy},
	}
}

func (s *shuffler) chosen(seed uint64) []step {
	rng := rngOf(seed, "steps")
	var out []step
	for _, st := range allSteps() {
		if rng.Float64() < st.odds {
			out = append(out, st)
		}
	}
	return out
}

// dataRows gives a table's rows below its header that are neither a header
// again nor a line alone in the first column.
func (v *variant) dataRows(t tableAt) []int {
	g := v.grid(t.sheet)
	head := v.headerTexts(t)
	seen := map[int]bool{}
	for at, c := range g.cells {
		if at.row >= t.top+t.headRows && at.col > t.left && at.col < t.left+t.width && (c.typ != 0 || c.fill != "") {
			seen[at.row] = true
		}
	}
	var out []int
	for _, row := range slices.Sorted(maps.Keys(seen)) {
		if head[0] != "" && g.cells[spot{row, t.left}].v == head[0] && g.cells[spot{row, t.left + 1}].v == head[1] {
			continue
		}
		out = append(out, row)
	}
	return out
}

// headerTexts gives the words of a table's header, the lowest row's first.
func (v *variant) headerTexts(t tableAt) []string {
	g := v.grid(t.sheet)
	out := make([]string, t.width)
	for i := range out {
		for row := t.top; row < t.top+t.headRows; row++ {
			if c := g.cells[spot{row, t.left + i}]; c.v != "" {
				out[i] = c.v
			}
		}
	}
	return out
}

// lastRow is the last row of a grid that holds anything.
func (g *grid) lastRow() int {
	last := 0
	for at := range g.cells {
		last = max(last, at.row)
	}
	return last
}

func (v *variant) pick(list ...string) string { return list[v.rng.IntN(len(list))] }

var percentText = regexp.MustCompile(`^-?\d+(?:\.\d+)?%$`)

// dressPercentages writes percentages as fractions with a format, as text, or
// as plain numbers where the unit stands in its own column.
func (v *variant) dressPercentages() {
	for _, t := range v.tables {
		g := v.grid(t.sheet)
		unit := slices.Index(v.headerTexts(t), "Unit")
		for _, row := range v.dataRows(t) {
			inPercent := unit >= 0 && g.cells[spot{row, t.left + unit}].v == "%"
			for col := t.left; col < t.left+t.width; col++ {
				at := spot{row, col}
				if n, ok := percentOf(g.cells[at], inPercent); ok {
					g.cells[at] = v.percent(g.cells[at], n, inPercent)
				}
			}
		}
	}
}

// percentOf gives a cell's figure in per cent, where it is one.
func percentOf(c gcell, inPercent bool) (decimal.Decimal, bool) {
	switch {
	case c.typ == 's' && percentText.MatchString(c.v):
		return decimal.RequireFromString(strings.TrimSuffix(c.v, "%")), true
	case c.typ == 'n' && strings.Contains(c.format, "%"):
		n, err := ingest.NumberFromCell(c.v)
		return n.Shift(2), err == nil
	case c.typ == 'n' && inPercent:
		n, err := ingest.NumberFromCell(c.v)
		return n, err == nil
	}
	return decimal.Decimal{}, false
}

func (v *variant) percent(c gcell, n decimal.Decimal, inPercent bool) gcell {
	out := gcell{from: c.from, fill: c.fill, typ: 's'}
	switch v.rng.IntN(6) {
	case 0, 1:
		out.typ, out.v, out.format = 'n', n.Shift(-2).String(), v.pick("0.0%", "0%", "0.00%")
	case 2:
		f, _ := n.Shift(-2).Float64() // as a spreadsheet stores it
		out.typ, out.v, out.format = 'n', strconv.FormatFloat(f, 'g', 17, 64), "0.0%"
	case 3:
		out.v = n.String() + v.pick(" %", "%", "\u00a0%", " per cent")
	case 4:
		if inPercent {
			out.typ, out.v = 'n', n.String()
			break
		}
		fallthrough
	default:
		out.v = n.String() + "%"
	}
	return out
}

// bareFraction writes one percentage as a fraction whose format does not say so.
func (v *variant) bareFraction() {
	for _, t := range v.tables {
		g := v.grid(t.sheet)
		unit := slices.Index(v.headerTexts(t), "Unit")
		rows := v.dataRows(t)
		if unit < 0 || len(rows) == 0 {
			continue
		}
		row := rows[v.rng.IntN(len(rows))]
		for col := t.left + t.width - 1; col >= t.left; col-- {
			c := g.cells[spot{row, col}]
			if n, ok := percentOf(c, g.cells[spot{row, t.left + unit}].v == "%"); ok && !n.IsZero() {
				g.cells[spot{row, col}] = gcell{typ: 'n', v: n.Shift(-2).String(), from: c.from}
				break
			}
		}
	}
}

var lightWords = map[string][]string{
	"green": {"G", "Green", "green", "GREEN", " Green ", "✓", "", "Green - on track", "🟢", "Green.", "g"},
	"amber": {"A", "Amber", "amber", "AMBER", "Amber\u00a0", "?", "", "Amber - some delay", "🟠", "A ", "a"},
	"red":   {"R", "Red", "red", "RED", "\u200bRed", "x", "", "Red - late", "🔴", "✗", "r"},
}

// dressLights writes lights as words, letters or symbols, or as the cell's colour alone.
func (v *variant) dressLights() {
	fills := map[string][]string{"green": {greenFill, "92D050", "C6EFCE", "00FF00"}, "amber": {amberFill, "FFEB9C", "FFFF00", "FF9900"}, "red": {redFill, "FFC7CE", "C00000"}}
	for _, t := range v.tables {
		g := v.grid(t.sheet)
		for i, head := range v.headerTexts(t) {
			if head != "Traffic light" && !strings.HasPrefix(head, "Progress") {
				continue
			}
			for _, row := range v.dataRows(t) {
				at := spot{row, t.left + i}
				c := g.cells[at]
				colour := colourOf(c)
				if colour == "" {
					continue
				}
				out := gcell{typ: 's', v: lightWords[colour][v.rng.IntN(len(lightWords[colour]))], from: c.from}
				if out.v == "" || v.rng.IntN(2) == 0 {
					out.fill = fills[colour][v.rng.IntN(len(fills[colour]))]
				}
				if out.v == "" {
					out.typ = 0
				}
				g.cells[at] = out
			}
		}
	}
}

func colourOf(c gcell) string {
	switch strings.ToLower(c.v) {
	case "g", "green", "✓":
		return "green"
	case "a", "amber", "?":
		return "amber"
	case "r", "red", "x":
		return "red"
	}
	return map[string]string{greenFill: "green", amberFill: "amber", redFill: "red"}[c.fill]
}

// synonyms are other words for the headers of the reference workbooks.
var synonyms = map[string][]string{
	"Ref":                            {"Reference", "No.", "PI Ref", "Ref No", "Ref.", "Code", "ID", "REF"},
	"Ref:":                           {"Reference", "No.", "Ref No.", "Action ref", "Code"},
	"PI Ref":                         {"Ref", "PI", "PI No.", "Indicator ref", "KPI Ref", "Measure ref"},
	"Definition":                     {"Description", "Measure", "Indicator", "Performance indicator", "Indicator description", "PI definition", "Title"},
	"Description":                    {"Definition", "Measure", "Indicator", "Performance measure", "Indicator title"},
	"Action":                         {"Key task", "Action description", "Key action", "Task", "Actions", "What we will do", "Activity"},
	"Milestone":                      {"Due date", "By when", "Target date", "Deadline", "Completion date", "Due", "When"},
	"Date to be Completed":           {"Due date", "By when", "Target date", "Deadline", "Completion date", "Milestone", "Timescale"},
	"Lead Officer":                   {"Owner", "Responsible officer", "By whom", "Lead", "Officer", "Who", "Responsibility"},
	"Responsible Officer":            {"Owner", "Lead officer", "By whom", "Lead", "Accountable officer", "Named officer"},
	"Progress (R/A/G)":               {"RAG", "RAG status", "Traffic light", "Status", "BRAG", "RAG rating", "Progress"},
	"Progress":                       {"RAG", "RAG status", "Traffic light", "Status", "Progress (RAG)", "Light"},
	"Traffic light":                  {"RAG", "Status", "BRAG", "RAG status", "Performance RAG", "Traffic Lights", "Progress"},
	"Comments":                       {"Commentary", "Narrative", "Comment", "Update", "Notes", "Progress update"},
	"Commentary":                     {"Comments", "Narrative", "Comment", "Explanation", "Supporting commentary"},
	"Good is":                        {"Polarity", "Good performance is", "Good to be", "Better is"},
	"Unit":                           {"Unit of measure", "Units", "Measured in", "UoM"},
	"Type":                           {"Indicator type", "Class", "Measure type"},
	"Target 2007/08":                 {"2007-08 Target", "Annual target 07/08", "Target\n2007/08", "Target (2007/08)", "Year target 2007-08", "2007/2008 target", "Target"},
	"Target 2008/09":                 {"2008-09 Target", "Annual target 08/09", "Target\n2008/09", "Target (2008/09)", "Year target 2008-09", "Target"},
	"Target 08/09":                   {"2008-09 Target", "Annual target 08/09", "Target\n2008/09", "Target (2008/09)", "Target"},
	"Actual to Q3":                   {"Q3 actual", "Outturn Quarter 3", "Quarter 3 outturn", "Actual Q3", "Performance to Q3", "Q3 position", "Q3"},
	"Actual to Q4":                   {"Q4 actual", "Outturn Quarter 4", "Quarter 4 outturn", "Actual Q4", "Performance to Q4", "Q4 position", "Q4"},
	"Quarter 2":                      {"Q2", "Qtr 2 actual", "Quarter 2 outturn", "Actual Q2", "July - Sept", "Q2 performance"},
	"Quarter 1":                      {"Q1", "Qtr 1", "April - June", "Quarter One"},
	"Quarter 3":                      {"Q3", "Qtr 3", "Oct - Dec", "Third quarter"},
	"Quarter 4":                      {"Q4", "Qtr 4", "Jan-Mar", "Quarter four"},
	"Actual 07/08":                   {"2007/08 actual", "Outturn 2007-08", "Actual\n2007/08", "07/08 outturn", "2007-08 result"},
	"Outturn 2007/08":                {"2007/08 outturn", "Actual 2007/08", "2007-08 actual", "Outturn 07/08"},
	"Target":                         {"Profile", "Target ", "TARGET", "Profiled target"},
	"Actual":                         {"Outturn", "Result", "Performance", "Actual "},
	"Associated PIs":                 {"Linked PIs", "Linked indicators", "Associated indicators"},
	"Associated Risks":               {"Linked risks", "Associated risk", "Related risks"},
	"Risk Register Ref":              {"Risk ref", "Risk No.", "Ref"},
	"Method of Review":               {"How monitored", "Review method"},
	"Priority H/M/L":                 {"Priority", "Priority (H/M/L)"},
	"Associated PIs & LAA reference": {"Associated PIs", "Linked indicators"},
}

// swapWords takes another word for each header, the same wherever it comes again.
func (v *variant) swapWords() {
	for _, t := range v.tables {
		g := v.grid(t.sheet)
		chosen := map[string]string{}
		used := map[string]bool{}
		for _, at := range g.spots() {
			c := g.cells[at]
			list := synonyms[c.v]
			if at.row < t.top || at.col < t.left || len(list) == 0 || c.fill != "D9E1F2" {
				continue
			}
			if chosen[c.v] == "" {
				chosen[c.v] = c.v
				if w := v.pick(list...); v.rng.IntN(3) > 0 && !used[strings.ToLower(w)] {
					chosen[c.v] = w
				}
				used[strings.ToLower(chosen[c.v])] = true
			}
			c.v = chosen[c.v]
			g.cells[at] = c
		}
	}
}

// straySpaces puts no-break, zero-width and doubled spaces and line breaks
// into headers, and spaces that mean nothing around references.
func (v *variant) straySpaces() {
	for _, t := range v.tables {
		g := v.grid(t.sheet)
		for _, at := range g.spots() {
			c := g.cells[at]
			if at.row < t.top || c.typ != 's' {
				continue
			}
			switch {
			case c.fill == "D9E1F2":
				c.v = v.stray(c.v)
			case at.col == t.left && ingest.LooksLikeRef(c.v) && v.rng.IntN(3) == 0:
				c.v = v.pick("", " ", "\u00a0", "\u200b") + strings.Replace(c.v, " ", v.pick(" ", "\u00a0", "  "), 1) + v.pick("", " ", "\u00a0")
			}
			g.cells[at] = c
		}
	}
}

func (v *variant) stray(s string) string {
	s = strings.Replace(s, " ", v.pick(" ", "\u00a0", "  ", "\n", " \n"), 1)
	return v.pick("", " ", "\n", "\u200b", "\ufeff") + s + v.pick("", " ", "\u00a0", "\n", "\u200b")
}

// moveColumns puts a table's columns into another order; lines alone in the
// first column stay there.
func (v *variant) moveColumns() {
	for i, t := range v.tables {
		g := v.grid(t.sheet)
		blocks := t.blocks
		if blocks == nil {
			for c := range t.width {
				blocks = append(blocks, []int{c})
			}
		}
		blocks = slices.Clone(blocks)
		v.rng.Shuffle(len(blocks), func(a, b int) { blocks[a], blocks[b] = blocks[b], blocks[a] })
		to := map[int]int{}
		n := 0
		for _, b := range blocks {
			for _, c := range b {
				to[t.left+c] = t.left + n
				n++
			}
		}
		alone := v.aloneRows(t)
		moved := map[spot]gcell{}
		for at, c := range g.cells {
			if col, ok := to[at.col]; ok && at.row >= t.top && !alone[at.row] {
				at.col = col
			}
			moved[at] = c
		}
		g.cells = moved
		for k, m := range g.merges {
			if m.top >= t.top && m.right-m.left < t.width-1 {
				left := to[m.left]
				g.merges[k].right, g.merges[k].left = left+m.right-m.left, left
			}
		}
		v.tables[i].blocks = nil
	}
}

// aloneRows are rows of a table that hold one text in the first column.
func (v *variant) aloneRows(t tableAt) map[int]bool {
	g := v.grid(t.sheet)
	count, first := map[int]int{}, map[int]bool{}
	for at, c := range g.cells {
		if at.row >= t.top && (c.v != "" || at.col > t.left && c.fill != "EDEDED" && c.fill != "") {
			count[at.row]++
			first[at.row] = first[at.row] || at.col == t.left
		}
	}
	out := map[int]bool{}
	for row, n := range count {
		out[row] = n == 1 && first[row]
	}
	return out
}

// insert puts n empty rows before a row.
func (g *grid) insert(before, n int) {
	moved := map[spot]gcell{}
	for at, c := range g.cells {
		if at.row >= before {
			at.row += n
		}
		moved[at] = c
	}
	g.cells = moved
	for i, m := range g.merges {
		if m.top >= before {
			g.merges[i].top += n
		}
		if m.bottom >= before {
			g.merges[i].bottom += n
		}
	}
}

// blankBetween puts empty rows between a table's rows.
func (v *variant) blankBetween() {
	for _, t := range v.tables {
		rows := v.dataRows(t)
		for i := len(rows) - 1; i > 0; i-- {
			if v.rng.IntN(12) == 0 {
				v.grid(t.sheet).insert(rows[i], 1+v.rng.IntN(2))
			}
		}
	}
}

// rowsAbove puts empty rows, and sometimes a line of guidance, above a table.
func (v *variant) rowsAbove() {
	for i, t := range v.tables {
		if t.startsSections {
			continue
		}
		g := v.grid(t.sheet)
		n := 1 + v.rng.IntN(4)
		g.insert(t.top, n)
		if n > 1 && v.rng.IntN(2) == 0 {
			g.cells[spot{t.top + v.rng.IntN(n-1), t.left}] = gcell{typ: 's', v: v.pick("Please complete the white cells only.", "Guidance: enter Red, Amber or Green in the progress column.", "Return this sheet to the performance team by the 10th of the month.")}
		}
		v.tables[i].top += n
	}
}

// splitSheet moves the lower half of a table to a sheet of its own, with its header.
func (v *variant) splitSheet() {
	if v.original.keep {
		return
	}
	v.split = true
	t := v.tables[v.rng.IntN(len(v.tables))]
	rows := v.dataRows(t)
	if len(rows) < 6 {
		return
	}
	at := rows[2+v.rng.IntN(len(rows)-4)]
	g, half := v.grid(t.sheet), newGrid(t.sheet+" (2)")
	for p, c := range g.cells {
		if p.row >= t.top && p.row < t.top+t.headRows {
			half.cells[spot{p.row - t.top + 1, p.col}] = gcell{typ: c.typ, v: c.v, fill: c.fill}
		}
	}
	down := t.headRows + 1 - at
	for p, c := range g.cells {
		if p.row >= at {
			half.cells[spot{p.row + down, p.col}] = c
			delete(g.cells, p)
		}
	}
	var kept []span
	for _, m := range g.merges {
		switch {
		case m.top >= at:
			half.merges = append(half.merges, span{m.top + down, m.left, m.bottom + down, m.right})
		case m.top >= t.top && m.bottom < t.top+t.headRows:
			half.merges = append(half.merges, span{m.top - t.top + 1, m.left, m.bottom - t.top + 1, m.right})
			kept = append(kept, m)
		default:
			kept = append(kept, m)
		}
	}
	g.merges = kept
	where := slices.Index(v.grids, g) + 1
	v.grids = slices.Insert(v.grids, where, half)
}

// mergeHeader merges each header cell with an empty one below it.
func (v *variant) mergeHeader() {
	for i, t := range v.tables {
		if t.headRows > 1 || v.rng.IntN(2) == 0 {
			continue
		}
		g := v.grid(t.sheet)
		g.insert(t.top+1, 1)
		for col := t.left; col < t.left+t.width; col++ {
			g.merges = append(g.merges, span{t.top, col, t.top + 1, col})
		}
		v.tables[i].headRows = 2
	}
}

// moveTable moves everything on a sheet right and down, or only its table.
func (v *variant) moveTable() {
	if v.joined {
		return
	}
	for i, t := range v.tables {
		g := v.grid(t.sheet)
		right, down := v.rng.IntN(6), v.rng.IntN(7)
		from := 1
		if v.rng.IntN(2) == 0 && !t.startsSections {
			from = t.top
		}
		moved := map[spot]gcell{}
		for at, c := range g.cells {
			if at.row >= from {
				at.row, at.col = at.row+down, at.col+right
			}
			moved[at] = c
		}
		g.cells = moved
		for k, m := range g.merges {
			if m.top >= from {
				g.merges[k] = span{m.top + down, m.left + right, m.bottom + down, m.right + right}
			}
		}
		v.tables[i].top, v.tables[i].left = t.top+down, t.left+right
	}
}

// strangers are tables that are no data.
func strangers() [][]row {
	return [][]row{
		{{"RAG", "Meaning"}, {tinted("Green", greenFill), "On target"}, {tinted("Amber", amberFill), "Within 5% of the target"}, {tinted("Red", redFill), "More than 5% from the target"}},
		{{"Key"}, {tinted("G", greenFill), "On course"}, {tinted("A", amberFill), "Some delay"}, {tinted("R", redFill), "Late"}},
		{{"Key:"}, {tint(greenFill), "On course"}, {tint(amberFill), "Some delay"}, {tint(redFill), "Late"}},
		{{"Initials", "Name", "Post"}, {"JS", "Jo Smith", "Head of Service"}, {"AB", "Al Brown", "Director"}, {"CD", "Cy Dunn", "Finance Manager"}},
		{{"Symbol", "Explanation"}, {"✓", "The target has been or will be met"}, {"?", "It is not certain that the target will be met"}, {"x", "The target will not be met"}},
		{{"Priority", "Meaning"}, {"H", "High"}, {"M", "Medium"}, {"L", "Low"}},
	}
}

func (v *variant) stranger() []row {
	list := strangers()
	return list[v.rng.IntN(len(list))]
}

// tableBeside puts a table that is no data right of a table, after a gap.
func (v *variant) tableBeside() {
	if v.joined {
		return
	}
	for _, t := range v.tables {
		if v.rng.IntN(2) == 0 {
			continue
		}
		top := max(1, t.top+[]int{0, 0, -1, 2, 5}[v.rng.IntN(5)])
		v.grid(t.sheet).put(cellName(top, t.left+t.width+1+v.rng.IntN(2)), v.stranger()...)
	}
}

// tableBelow puts one below it, after one to three empty rows.
func (v *variant) tableBelow() {
	if v.joined {
		return
	}
	for _, t := range v.tables {
		if v.rng.IntN(2) == 0 {
			continue
		}
		g := v.grid(t.sheet)
		g.put(cellName(g.lastRow()+2+v.rng.IntN(3), t.left+v.rng.IntN(2)), v.stranger()...)
	}
}

// renameSheets gives sheets names that say nothing.
func (v *variant) renameSheets() {
	if v.original.keep {
		return
	}
	names := []string{"Sheet1", "Data", "Return", "Monitoring", "Tab A", "For completion", "Sheet (2)", "Input"}
	v.rng.Shuffle(len(names), func(a, b int) { names[a], names[b] = names[b], names[a] })
	for i, g := range v.grids {
		old := g.name
		g.name = names[i]
		for k := range v.tables {
			if v.tables[k].sheet == old {
				v.tables[k].sheet = fmt.Sprint(g.name)
			}
		}
	}
}

// others are columns that officers keep beside those of a report.
var others = []struct {
	header string
	cells  []any
}{
	{"Ward", []any{"Manor House", "Seaton", "Rossmere", "Stranton"}},
	{"Cost centre", []any{10341, 10342, 10377, 20001}},
	{"Last updated", []any{day("2008-10-03", "dd/mm/yyyy"), day("2008-10-13", "dd/mm/yyyy")}},
	{"Previous RAG", []any{"Green", "Amber", "Red"}},
	{"RAG last quarter", []any{"G", "A", "R"}},
	{"Target 2012/13", []any{12.5, 40, 99}},
	{"Outturn 2004/05", []any{11.5, 41, 98}},
	{"Numerator", []any{120, 450, 9}},
	{"Variance", []any{-0.5, 1.25, 0}},
	{"Telephone", []any{"01429 266522", "ext. 3411"}},
	{"Weighting", []any{1, 2, 3}},
	{"Column1", []any{"x", nil, "y"}},
}

// otherColumns puts one or two columns that no report has right of a table.
func (v *variant) otherColumns() {
	for i, t := range v.tables {
		if t.blocks != nil || t.headRows > 1 || v.rng.IntN(2) == 0 {
			continue
		}
		g := v.grid(t.sheet)
		head := v.headerTexts(t)
		rows := v.dataRows(t)
		repeats := v.repeatsOf(t, head)
		for _, n := range v.rng.Perm(len(others))[:1+v.rng.IntN(2)] {
			o := others[n]
			col := v.tables[i].left + v.tables[i].width
			if o.header == "Target 2012/13" && slices.Contains(head, "Action") {
				continue
			}
			g.cells[spot{t.top, col}] = gcell{typ: 's', v: o.header, fill: "D9E1F2"}
			for _, row := range repeats {
				g.cells[spot{row, col}] = gcell{typ: 's', v: o.header, fill: "D9E1F2"}
			}
			for k, row := range rows {
				if c, ok := toCell(o.cells[k%len(o.cells)]); ok {
					g.cells[spot{row, col}] = c
				}
			}
			v.tables[i].width++
		}
	}
}

// repeatsOf gives the rows in which a table's header comes again.
func (v *variant) repeatsOf(t tableAt, head []string) []int {
	g := v.grid(t.sheet)
	var out []int
	for row := t.top + t.headRows; row <= g.lastRow(); row++ {
		if g.cells[spot{row, t.left}].v == head[0] && g.cells[spot{row, t.left + 1}].v == head[1] {
			out = append(out, row)
		}
	}
	return out
}

// otherRows puts rows that are no data among those of a table: its header
// again, an example, a total, rows nobody filled in, a line struck through.
func (v *variant) otherRows() {
	for _, t := range v.tables {
		g := v.grid(t.sheet)
		rows := v.dataRows(t)
		if len(rows) < 4 || t.headRows > 1 {
			continue
		}
		at := rows[1+v.rng.IntN(len(rows)-2)]
		head := v.headerTexts(t)
		switch v.rng.IntN(5) {
		case 0:
			g.insert(at, 1)
			for i, h := range head {
				if h != "" {
					g.cells[spot{at, t.left + i}] = gcell{typ: 's', v: h, fill: "D9E1F2"}
				}
			}
		case 1:
			g.insert(rows[0], 1)
			for i := range head {
				c := g.cells[spot{rows[1] + 1, t.left + i}]
				c.from = ""
				if c.v == "" {
					continue
				}
				if ingest.LooksLikeRef(c.v) && c.typ == 's' {
					c.v = "e.g. " + c.v
				}
				g.cells[spot{rows[0], t.left + i}] = c
			}
		case 2:
			last := rows[len(rows)-1] + 1
			g.insert(last, 1)
			for i := range head {
				if c := g.cells[spot{last - 1, t.left + i}]; c.typ == 'n' && c.format == "" {
					g.cells[spot{last, t.left + i}] = gcell{typ: 'n', v: "1234"}
				}
				if ingest.LooksLikeRef(g.cells[spot{last - 1, t.left + i}].v) && i < 2 {
					g.cells[spot{last, t.left + i}] = gcell{typ: 's', v: v.pick("Total", "TOTAL", "Average", "Sub-total")}
				}
			}
		case 3:
			g.insert(at, 1)
			for i := range head {
				if v.rng.IntN(2) == 0 {
					g.cells[spot{at, t.left + i}] = gcell{typ: 's', v: v.pick("-", "n/a", "< Select >", "TBC")}
				}
			}
		default:
			g.insert(at, 1)
			for i := range head {
				c := g.cells[spot{rows[0], t.left + i}]
				c.from, c.strike = "", true
				if c.v != "" {
					g.cells[spot{at, t.left + i}] = c
				}
			}
		}
	}
}

// oneSheet puts the second sheet's table on the first, below it or beside it.
func (v *variant) oneSheet() {
	if v.original.keep || v.split || len(v.tables) != 2 {
		return
	}
	a, b := v.grid(v.tables[0].sheet), v.grid(v.tables[1].sheet)
	right, down := 0, a.lastRow()+1+v.rng.IntN(3)
	if v.rng.IntN(2) == 0 {
		right, down = v.tables[0].left+v.tables[0].width+1+v.rng.IntN(2), 0
	}
	for at, c := range b.cells {
		a.cells[spot{at.row + down, at.col + right}] = c
	}
	for _, m := range b.merges {
		a.merges = append(a.merges, span{m.top + down, m.left + right, m.bottom + down, m.right + right})
	}
	v.tables[1].sheet, v.tables[1].top, v.tables[1].left = a.name, v.tables[1].top+down, v.tables[1].left+right
	v.grids = slices.DeleteFunc(v.grids, func(g *grid) bool { return g == b })
	v.joined = true
}

// hiddenCopy keeps last quarter's sheet, hidden, before the others.
func (v *variant) hiddenCopy() {
	g := *v.grids[len(v.grids)-1]
	g.name, g.hidden, g.cells = "Old", true, map[spot]gcell{}
	for at, c := range v.grids[len(v.grids)-1].cells {
		c.from = ""
		if c.typ == 'n' && c.format == "" {
			c.v = "77"
		}
		g.cells[at] = c
	}
	v.grids = slices.Insert(v.grids, 0, &g)
}
