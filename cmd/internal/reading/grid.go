package reading

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"
)

// What a page shows at most, so that it opens at once on any machine. Cells
// with findings are shown before others.
const (
	maxRows      = 300       // rows of a sheet
	maxColumns   = 60        // columns of a sheet
	maxText      = 600       // characters of a cell
	longText     = 60        // bytes of a text that wants a wide column
	pageSpace    = 1_800_000 // bytes of all grids, as estimated
	findingSpace = 600_000   // bytes more for rows with findings
)

// grid is a sheet as the page shows it.
type grid struct {
	ID, Name  string
	Tables    []gridTable
	Plans     []string // of its rows, where they are not the return's
	Columns   []gridColumn
	Lines     []line
	Shortened bool

	name    string            // as the workbook has it
	anchors map[string]string // A1 name of a cell with findings → its id
}

// gridTable is what was read of a table.
type gridTable struct {
	Kind, Range string
	Rows, Left  int
}

// gridColumn is a column, or a stretch of columns that are not shown.
type gridColumn struct {
	Letters string
	Note    string // "hidden", "empty", "not shown"; empty for a plain column

	number, last int
}

// line is a row, or a stretch of rows that are not shown.
type line struct {
	First, Last int
	Fold        string // why the stretch is not shown: "empty", "hidden", "not shown"; empty for a row
	Filled      int    // rows of the stretch that hold something; 0 where that is not known
	Width       int    // columns that the stretch's words span
	Cells       []gridCell
}

// gridCell is one cell of a row.
type gridCell struct {
	ID       string
	Class    string
	Span     int
	Text     string
	Cut      int // characters that are not shown
	Labels   []string
	Findings []*finding
}

// sheetRow is a row of a sheet with its cells.
type sheetRow struct {
	number int
	cells  []ingest.Cell
	asked  bool // a finding stands at one of its cells
	hidden bool // nothing of it was read, because it is hidden
}

func (m *Maker) grid(id string, r ingest.Return, s ingest.Sheet, list []finding, space *int) grid {
	at := findingsAt(s.Name, list)
	rows := rowsOf(s, at)
	g := grid{ID: id, Name: visible(s.Name), name: s.Name, anchors: map[string]string{}}
	for _, t := range r.Tables {
		if t.Sheet == s.Name {
			g.Tables = append(g.Tables, tableLine(t))
		}
	}
	g.Plans = plansOf(r, s.Name)
	g.Columns = columnsOf(s, rows, at)
	previous, shown, left := 0, 0, stretch{keptTo: s.KeptTo}
	for _, row := range rows {
		cost := g.cost(row, at)
		fits := shown < maxRows && cost <= *space
		if row.hidden && !row.asked || !fits && (!row.asked || cost > *space+findingSpace) {
			left.add(row)
			continue
		}
		g.fold(left, previous+1, row.number-1)
		g.Lines = append(g.Lines, line{First: row.number, Last: row.number, Cells: m.cells(&g, row, at)})
		*space -= cost
		shown++
		previous, left = row.number, stretch{keptTo: s.KeptTo}
	}
	if left.hidden+left.filled > 0 || s.KeptTo > 0 {
		g.fold(left, previous+1, max(rows[len(rows)-1].number, s.LastRow))
	}
	return g
}

// plansOf gives the plans of a sheet's rows, where any is not the return's own.
func plansOf(r ingest.Return, sheet string) []string {
	var plans []string
	add := func(row ingest.Row) {
		if plan := visible(row.Plan); row.Sheet == sheet && plan != "" && !slices.Contains(plans, plan) {
			plans = append(plans, plan)
		}
	}
	for _, a := range r.Actions {
		add(a.Row)
	}
	for _, i := range r.Indicators {
		add(i.Row)
	}
	for _, k := range r.Risks {
		add(k.Row)
	}
	if len(plans) == 1 && plans[0] == visible(r.Plan) {
		return nil
	}
	return plans
}

// stretch counts what stands in rows that are not shown.
type stretch struct {
	hidden, filled int
	keptTo         int // of a sheet whose cells are not all here: the row from which on some lack
}

func (s *stretch) add(r sheetRow) {
	if r.hidden {
		s.hidden++
	} else {
		s.filled++
	}
}

// fold adds a line for a stretch of rows that are not shown.
func (g *grid) fold(s stretch, from, to int) {
	if to < from {
		return
	}
	f := line{First: from, Last: to, Fold: s.kind(to - from + 1), Filled: s.filled, Width: len(g.Columns)}
	if s.keptTo > 0 && to >= s.keptTo {
		f.Fold, f.Filled = "not shown", 0
	}
	g.Shortened = g.Shortened || f.Fold == "not shown"
	g.Lines = append(g.Lines, f)
}

// kind names why a stretch of rows is not shown.
func (s stretch) kind(rows int) string {
	switch {
	case s.filled > 0:
		return "not shown"
	case s.hidden == rows:
		return "hidden"
	case s.hidden > 0:
		return "empty or hidden"
	}
	return "empty"
}

func findingsAt(sheet string, list []finding) map[string][]*finding {
	at := map[string][]*finding{}
	for i := range list {
		for _, name := range list[i].cells {
			if list[i].Sheet == sheet {
				at[name] = append(at[name], &list[i])
			}
		}
	}
	return at
}

// rowsOf gives a sheet's cells by rows, with the empty ones that a finding names.
func rowsOf(s ingest.Sheet, at map[string][]*finding) []sheetRow {
	cells := slices.Clone(s.Cells)
	known := map[string]bool{}
	for _, c := range cells {
		known[c.Name] = true
	}
	for name := range at {
		if row, col := place(name); !known[name] && row > 0 {
			cells = append(cells, ingest.Cell{Row: row, Column: col, Name: name, Across: 1, Down: 1})
		}
	}
	slices.SortFunc(cells, func(a, b ingest.Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
	var rows []sheetRow
	for _, c := range cells {
		if len(rows) == 0 || rows[len(rows)-1].number != c.Row {
			rows = append(rows, sheetRow{number: c.Row, hidden: true})
		}
		r := &rows[len(rows)-1]
		r.cells = append(r.cells, c)
		r.asked = r.asked || len(at[c.Name]) > 0
		r.hidden = r.hidden && isHidden(c)
	}
	return rows
}

func isHidden(c ingest.Cell) bool {
	return len(c.Taken) > 0 && c.Taken[0].For == ingest.TakenHidden
}

// place reads the row and column of "B12".
func place(name string) (row, col int) {
	for i := 0; i < len(name); i++ {
		if name[i] < 'A' || name[i] > 'Z' {
			row, _ = strconv.Atoi(name[i:])
			return row, col
		}
		col = col*26 + int(name[i]-'A') + 1
	}
	return 0, 0
}

// letters gives "AA" for column 27.
func letters(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// columnsOf chooses the columns to show: those that hold something, and the
// stretches between them.
func columnsOf(s ingest.Sheet, rows []sheetRow, at map[string][]*finding) []gridColumn {
	asked := map[int]bool{}
	for _, r := range rows {
		for _, c := range r.cells {
			asked[c.Column] = asked[c.Column] || len(at[c.Name]) > 0
		}
	}
	held := sortedKeys(asked)
	var out []gridColumn
	next, shown := 1, 0
	for i, col := range held {
		if shown >= maxColumns && (!asked[col] || shown >= 2*maxColumns) && i > 0 {
			continue
		}
		out = append(out, between(next, col-1, asked)...)
		c := gridColumn{Letters: letters(col), number: col, last: col}
		if slices.Contains(s.HiddenColumns, col) {
			c.Note = "hidden"
		}
		out = append(out, c)
		next, shown = col+1, shown+1
	}
	if len(held) > 0 {
		out = append(out, between(next, held[len(held)-1], asked)...)
	}
	return out
}

func sortedKeys(m map[int]bool) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// between is the stretch of columns that are not shown between two that are.
func between(from, to int, held map[int]bool) []gridColumn {
	if to < from {
		return nil
	}
	c := gridColumn{Letters: letters(from), Note: "empty", number: from, last: to}
	if to > from {
		c.Letters += " to " + letters(to)
	}
	for col := range held {
		if col >= from && col <= to {
			c.Note = "not shown"
		}
	}
	return []gridColumn{c}
}

// cost estimates a row's share of the page in bytes.
func (g *grid) cost(r sheetRow, at map[string][]*finding) int {
	shown := map[int]bool{}
	for _, c := range g.Columns {
		shown[c.number] = c.number == c.last
	}
	n := 60 + 10*len(g.Columns)
	for _, c := range r.cells {
		if shown[c.Column] {
			n += 75 + min(len(c.Text), maxText)
		}
		for _, f := range at[c.Name] {
			n += 250 + len(f.Saw) + len(f.Advice)
		}
	}
	return n
}

// cells lays a row's cells out over the grid's columns.
func (m *Maker) cells(g *grid, row sheetRow, at map[string][]*finding) []gridCell {
	byColumn := map[int]ingest.Cell{}
	for _, c := range row.cells {
		byColumn[c.Column] = c
	}
	var out []gridCell
	last := ""
	for i := 0; i < len(g.Columns); {
		col := g.Columns[i]
		c, ok := byColumn[col.number]
		if !ok || col.number != col.last {
			out = append(out, gridCell{Span: 1})
			i++
			continue
		}
		cell := m.cell(c, at[c.Name])
		if len(cell.Findings) > 0 {
			cell.ID = g.ID + "-" + c.Name
			g.anchors[c.Name] = cell.ID
		}
		if len(c.Taken) > 0 && c.Taken[0].For == ingest.TakenOut {
			if cell.Labels[0] == last {
				cell.Labels = []string{m.words.LeftOutToo}
			} else {
				last = cell.Labels[0]
			}
		}
		cell.Span = spanOf(g.Columns, i, c, len(row.cells) == 1, byColumn)
		i += cell.Span
		out = append(out, cell)
	}
	return out
}

// spanOf is how many of the grid's columns a cell covers: those it is merged
// over, and all that are left where it stands alone in its row.
func spanOf(columns []gridColumn, i int, c ingest.Cell, alone bool, others map[int]ingest.Cell) int {
	n := 1
	for ; i+n < len(columns); n++ {
		next := columns[i+n]
		if _, taken := others[next.number]; taken || !alone && next.number >= c.Column+c.Across {
			break
		}
	}
	return n
}

func (m *Maker) cell(c ingest.Cell, asked []*finding) gridCell {
	out := gridCell{Span: 1, Text: visible(c.Text), Findings: asked}
	if r := []rune(out.Text); len(r) > maxText {
		out.Text, out.Cut = string(r[:maxText]), len(r)-maxText
	}
	for _, t := range c.Taken {
		if label := m.words.label(t); !slices.Contains(out.Labels, label) {
			out.Labels = append(out.Labels, visible(label))
		}
	}
	class := []string{}
	if len(c.Taken) > 0 {
		if family := m.words.family(c.Taken[0]); family != "" {
			class = append(class, "as-"+family)
		}
		if c.Taken[0].For == ingest.TakenHeader {
			class = append(class, "strong")
		}
	}
	if len(out.Text) > longText {
		class = append(class, "long")
	}
	if len(asked) > 0 {
		class = append(class, "asked")
	}
	out.Class = strings.Join(class, " ")
	return out
}

func tableLine(t ingest.Table) gridTable {
	left := 0
	for _, s := range t.Skipped {
		if s.Why != "objective of the rows below" {
			left++
		}
	}
	return gridTable{string(t.Kind), t.Range, t.Rows, left}
}
