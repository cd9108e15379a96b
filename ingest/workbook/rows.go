package workbook

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// readRows turns a table's data rows into actions, indicators or risks, and
// gives how many were read.
func (r *reader) readRows(t *table) int {
	read := 0
	r.runOn = t.runOn
	t.american = r.seesAmerican(t)
	t.house = r.houseColour(t)
	t.profiled = t.onlyToDate()
	t.ownFirst = r.ownPeriodFirst(t)
	t.ofRole = nil
	r.tellRunOn(t)
	r.makeRoom(t)
	sections, services := sortedInts(t.sections), r.services(t)
	section, own := 0, r.plan
	defer func() { r.plan = own }()
	for _, row := range t.dataRows {
		for len(sections) > 0 && sections[0] < row {
			section, sections = sections[0], sections[1:]
			if plan, ok := services[section]; ok {
				r.mark(r.sheet.name, r.sectionCell(t, section), "plan")
				r.plan, section = plan, 0
			}
		}
		if r.readRow(t, row, section) {
			read++
		}
	}
	return read
}

// tellRunOn names the texts that go on from the cell above.
func (r *reader) tellRunOn(t *table) {
	if len(t.runOn) == 0 {
		return
	}
	for _, row := range r.sheet.rowNumbers() {
		for _, c := range t.cols {
			if t.runOn[[2]int{row, c.col}] {
				r.find(ingest.Note, "text-runs-on", r.name(row, c.col), "", "this text goes on from the cell above and was joined to it", "Nothing needs doing; it is safer to keep a text in one cell.")
			}
		}
	}
}

// makeRoom makes room for a table's rows, which are large; for many of them as they come.
func (r *reader) makeRoom(t *table) {
	rows := min(len(t.dataRows), 500)
	switch t.kind {
	case ingest.KindAction:
		r.ret.Actions = slices.Grow(r.ret.Actions, rows)
	case ingest.KindIndicator:
		r.ret.Indicators = slices.Grow(r.ret.Indicators, rows)
	}
}

func (r *reader) readRow(t *table, row, section int) bool {
	base, ok := r.baseRow(t, row, section)
	if ok && r.isTotal(t, &base) {
		t.skip(row, "total")
		return false
	}
	if !ok {
		r.doubtPart(t, row)
		t.skip(row, "no reference and no title")
		r.find(ingest.Query, "row-not-read", r.name(row, t.left()), "", "this row has neither a reference nor a title, so it is not in the report",
			"Give the row its reference and title, or move the text into the row that it belongs to.")
		return false
	}
	switch t.kind {
	case ingest.KindAction:
		a := added(&r.ret.Actions)
		a.Row = base
		r.action(t, row, a)
	case ingest.KindIndicator:
		i := added(&r.ret.Indicators)
		i.Row = base
		r.indicator(t, row, i)
		r.split()
	case ingest.KindRisk:
		r.ret.Risks = append(r.ret.Risks, r.risk(t, row, base))
	}
	return true
}

// added adds an empty row to others and gives it: they are too large to be
// copied about. What lies behind them is empty, for none is ever taken away from their end.
func added[T any](rows *[]T) *T {
	n := len(*rows)
	*rows = slices.Grow(*rows, 1)[:n+1]
	return &(*rows)[n]
}

// doubtPart takes the light from an indicator below which a row without a name
// has figures too: its own may be those of a part, an area or a site.
func (r *reader) doubtPart(t *table, row int) {
	n := len(r.ret.Indicators)
	if t.kind != ingest.KindIndicator || n == 0 {
		return
	}
	i := &r.ret.Indicators[n-1]
	above := &i.Outturn
	if q := r.ret.Period.Quarter; i.Quarters.Of(q).Outturn.Cell != "" {
		above = &i.Quarters.At(q).Outturn
	}
	_, col, ok := parseCell(above.Cell)
	if !ok || above.Number == nil || above.Doubt != "" || t.on != nil || r.cell(row, col).kind != number {
		return
	}
	above.Doubt = "rows without a name below it have figures too"
	r.find(ingest.Query, "figure-of-a-part", above.Cell, i.Ref.Written, fmt.Sprintf("%s may be the figure of a part: rows without a name below it have figures too", above.Text), "Give the rows of parts references of their own, or leave only the whole.")
}

// isTotal knows a total by its title, where nearly every other row has a reference and it has none.
func (r *reader) isTotal(t *table, base *ingest.Row) bool {
	ref := t.has("ref")
	return base.Ref.IsZero() && ref != nil && ref.stats.filled*5 >= ref.stats.rows*4 && begins(base.Title.Value, &r.words.totals)
}

// baseRow reads what every kind of row has; false where nothing names the row.
func (r *reader) baseRow(t *table, row, section int) (ingest.Row, bool) {
	b := ingest.Row{Title: r.text(t, row, "title"), Plan: r.plan}
	if t.kind == ingest.KindRisk {
		if risk := r.text(t, row, "risk"); risk.Value != "" {
			b.Title = risk
		}
	}
	if ref := r.refText(t, row); ref.Value != "" {
		b.Ref = ingest.NewRef(ref.Value, ref.Cell)
	}
	if b.Ref.IsZero() && b.Title.Value == "" {
		return b, false
	}
	b.Place = r.place(b.Ref.Cell)
	if b.Ref.IsZero() {
		b.Cell = b.Title.Cell
	}
	b.Officer = r.text(t, row, "officer")
	b.Priority = r.text(t, row, "priority")
	b.Comment = r.comment(t, row)
	b.Remedy = r.remedy(t, row)
	b.Objective = r.text(t, row, "objective")
	if b.Objective.Value == "" && section > 0 {
		b.Objective = ingest.Text{Value: t.sections[section], Cell: r.sectionCell(t, section)}
	}
	if plan := r.text(t, row, "plan"); plan.Value != "" {
		b.Plan, b.PlanCell = plan.Value, plan.Cell
	}
	return b, true
}

// refText reads a reference; a number as its format shows it (1.10), and a date as a doubt.
func (r *reader) refText(t *table, row int) ingest.Text {
	ref := t.has("ref")
	if ref == nil {
		return ingest.Text{}
	}
	x := r.textAt(row, ref.col)
	cl := r.cell(row, ref.col)
	if cl.kind != number {
		return x
	}
	st := r.book.style(cl.style)
	if st.date {
		r.find(ingest.Query, "reference-is-a-date", x.Cell, "", fmt.Sprintf("the reference has become the date %s", x.Value), "Format the cell as text and type the reference again.")
		return x
	}
	if d, err := ingest.NumberFromCell(cl.raw); err == nil && st.decimals > 0 && !st.percent {
		x.Value = d.StringFixed(int32(st.decimals))
	}
	return x
}

func (r *reader) sectionCell(t *table, row int) string {
	if cells := r.filled(t, row); len(cells) > 0 {
		return r.name(row, cells[0].col())
	}
	return ""
}

// text reads a role's cell as words; cells merged downwards speak for each of their rows.
func (r *reader) text(t *table, row int, role string) ingest.Text {
	c := r.columnOf(t, role)
	if c == nil {
		return ingest.Text{}
	}
	return r.textAt(row, c.col)
}

// comment is the row's comment, else what stands under the row as its comment.
func (r *reader) comment(t *table, row int) ingest.Text {
	said := r.text(t, row, "comment")
	under, ok := t.under[row]
	if !ok {
		return said
	}
	_, words, _ := strings.Cut(ingest.Clean(under.raw), ":")
	if strings.TrimSpace(words) == "" {
		words = ingest.Clean(under.raw)
	}
	if said.Value != "" {
		said.Value += "\n" + strings.TrimSpace(words)
		return said
	}
	return ingest.Text{Value: strings.TrimSpace(words), Cell: r.name(under.row(), under.col())}
}

// columnOf finds a role's column for the return's own period: the one whose
// header names it, else one that names none. What an officer says anew each
// quarter is never taken from a column of another quarter or year.
func (r *reader) columnOf(t *table, role string) *column {
	for _, known := range t.ofRole {
		if known.role == role {
			return known.column
		}
	}
	c := r.findColumn(t, role)
	t.ofRole = append(t.ofRole, roleColumn{role, c})
	return c
}

// roleColumn is the column of a role; nil where a table has none.
type roleColumn struct {
	role   string
	column *column
}

func (r *reader) findColumn(t *table, role string) *column {
	anew := slices.Contains([]string{"status", "comment", "light", "forecast", "travel"}, role)
	var plain *column
	for i := range t.columns {
		c := &t.columns[i]
		switch {
		case c.role != role:
		case anew && r.otherPeriod(c):
		case anew && c.period.Quarter != 0 && c.period.Quarter == r.ret.Period.Quarter:
			return c
		case plain == nil || anew && plain.period.Year == 0 && c.period.Year != 0:
			plain = c
		}
	}
	return plain
}

// otherPeriod reports whether a column's header names a quarter or a year
// that is not the return's.
func (r *reader) otherPeriod(c *column) bool {
	p := r.ret.Period
	return p.Year != 0 && c.period.Year != 0 && c.period.Year != p.Year || c.period.Quarter != 0 && c.period.Quarter != p.Quarter
}

func (r *reader) textAt(row, col int) ingest.Text {
	cl := r.cell(row, col)
	switch cl.kind {
	case empty:
		return ingest.Text{}
	case number:
		return ingest.Text{Value: r.numberText(cl), Cell: r.name(cl.row(), cl.col())}
	}
	value := ingest.Clean(cl.raw)
	for next := row + 1; r.runOn[[2]int{next, col}]; next++ {
		value += " " + ingest.Clean(r.sheet.at(next, col).raw)
	}
	return ingest.Text{Value: value, Cell: r.name(cl.row(), cl.col())}
}

// numberText is a number cell in words: a date by its day, a percentage with its sign.
func (r *reader) numberText(c cell) string {
	st := r.book.style(c.style)
	if st.date {
		if d, ok := r.serialDate(c.raw); ok {
			return d.Words()
		}
	}
	d, err := ingest.NumberFromCell(c.raw)
	if err != nil {
		return c.raw
	}
	return ingest.NumberFigure(d, st.percent, st.decimals, "").Text
}

// action reads what only an action has.
func (r *reader) action(t *table, row int, a *ingest.Action) {
	a.Due, a.Status = r.due(t, row, "due"), r.text(t, row, "status")
	a.FirstDue = r.firstDue(t, row)
	a.Light = r.lightOf(t, row, "light")
	a.Forecast = r.lightOf(t, row, "forecast")
	if a.Light.Colour == "" && a.Status.Value == "" && r.words.statuses[ingest.Fold(a.Light.Text)] != "" {
		a.Status = ingest.Text{Value: a.Light.Text, Cell: a.Light.Cell}
	}
	a.StatusOf = r.words.statuses[ingest.Fold(a.Status.Value)]
	if c := t.has("indicators"); c != nil {
		x := r.textAt(row, c.col)
		a.Indicators = ingest.ParseRefs(x.Value, x.Cell)
	}
	if c := t.has("risks"); c != nil {
		x := r.textAt(row, c.col)
		a.Risks = ingest.ParseRefs(x.Value, x.Cell)
	}
	for n := range t.columns {
		c := &t.columns[n]
		if q := r.quarterOf(c); q > 0 {
			switch c.role {
			case "light":
				a.Quarters.At(q).Light = r.lightIn(t, row, c.col)
			case "comment":
				a.Quarters.At(q).Comment = r.textAt(row, c.col)
			}
		}
	}
}

// quarterOf gives the quarter that a column's header names, where it is one of
// the return's own year; else 0.
func (r *reader) quarterOf(c *column) int {
	if c.period.Year != 0 && r.ret.Period.Year != 0 && c.period.Year != r.ret.Period.Year {
		return 0
	}
	return c.period.Quarter
}

func (r *reader) risk(t *table, row int, base ingest.Row) ingest.Risk {
	k := ingest.Risk{Row: base, Controls: r.text(t, row, "controls"), Method: r.text(t, row, "method"),
		Likelihood: r.text(t, row, "likelihood"), Impact: r.text(t, row, "impact")}
	for _, role := range []string{"refers", "objective", "indicators"} {
		if x := r.text(t, row, role); x.Value != "" && len(k.RefersTo) == 0 {
			k.RefersTo = ingest.ParseRefs(x.Value, x.Cell)
		}
	}
	k.LastReview, k.NextReview = r.reviews(t, row)
	if folded, found := ingest.FoldLetters(k.Priority.Value); found && len(folded) <= 2 {
		r.find(ingest.Note, "lookalike-letter", k.Priority.Cell, base.Ref.Written, fmt.Sprintf("the letter in '%s' is of another alphabet and looks like %s", k.Priority.Value, folded),
			"Nothing needs doing; it was read as the Latin letter.")
		k.Priority.Value = folded
	}
	return k
}
