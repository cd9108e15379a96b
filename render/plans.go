package render

import (
	"slices"
	"time"

	"boardpack/transform"
)

// planTables are the full tables: for each plan, or whatever the definition parts them by, its actions and
// its indicators in bands.
func (b *builder) planTables() []Block {
	if len(b.lines) == 0 {
		return []Block{b.statement(Plain, b.word(b.def.Words.NoRows))}
	}
	by := b.def.Groups.Headings
	names := distinct(b.lines, propertyOf(by))
	var blocks []Block
	for _, name := range names {
		lines := keep(b.lines, func(l *line) bool { return l.property(by) == name })
		if len(names) > 1 || name != "" {
			blocks = append(blocks, b.under(1, b.groupTitle(by, name)))
		}
		for _, kind := range kinds {
			if of := keep(lines, func(l *line) bool { return l.kind() == kind }); len(of) > 0 {
				blocks = append(blocks, b.lineTable(b.tableText(kind), name, of))
			}
		}
	}
	return blocks
}

func (b *builder) tableText(kind string) TableText {
	if kind == "action" {
		return b.def.Tables.Actions
	}
	return b.def.Tables.Indicators
}

func (b *builder) lineTable(w TableText, group string, lines []*line) Table {
	by := b.def.Groups.Bands
	bands := banded(lines, propertyOf(by), b.groupTitle(by, ""))
	t := tableOf(b, w, Values{Plan: group}, lineFields, bands, func(l *line) string { return l.id })
	t.Bands = by
	return t
}

// property is the value of a row for one of transform.Dimensions, as the edition may show it.
func (l *line) property(by string) string {
	switch by {
	case "plan":
		return l.Plan
	case "objective":
		return l.Objective
	case "directorate":
		return l.Directorate
	case "priority":
		return l.Priority
	case "officer":
		return l.PublicOfficer
	case "class":
		if l.indicator != nil {
			return l.indicator.Class
		}
	}
	return ""
}

func propertyOf(by string) func(*line) string {
	return func(l *line) string { return l.property(by) }
}

// groupTitle is a group's name, or the words for rows that have none.
func (b *builder) groupTitle(by, name string) string {
	switch {
	case name != "":
		return upperFirst(name)
	case by == "plan":
		return b.word(b.def.Words.NoPlan)
	case by == "objective":
		return b.word(b.def.Words.NoObjective)
	}
	return b.word(b.def.List.Without)
}

// forward lists the actions that are open at the year's end; nothing in other quarters.
func (b *builder) forward() []Block {
	open := keep(b.lines, func(l *line) bool { return l.action != nil && l.action.Forward })
	if len(open) == 0 || len(b.def.Tables.Forward.Columns) == 0 {
		return nil
	}
	return []Block{b.tableByPlan(b.def.Tables.Forward, open)}
}

// tableByPlan is a table of chosen rows, by plan where the report has several.
func (b *builder) tableByPlan(w TableText, lines []*line) Table {
	bands := plain(lines)
	if len(b.plans) > 1 {
		bands = banded(lines, propertyOf("plan"), b.word(b.def.Words.NoPlan))
	}
	t := tableOf(b, w, Values{N: len(lines)}, lineFields, bands, noID)
	t.Bands = "plan"
	return t
}

var riskFields = map[string]field[transform.Risk]{
	"ref":         {noWrap: true, rowHead: true, cell: riskText(func(r transform.Risk) string { return r.Shown })},
	"risk":        {cell: riskText(func(r transform.Risk) string { return r.Title })},
	"priority":    {cell: riskText(func(r transform.Risk) string { return r.Priority })},
	"controls":    {cell: riskText(func(r transform.Risk) string { return r.Controls })},
	"method":      {cell: riskText(func(r transform.Risk) string { return r.Method })},
	"last review": {cell: riskDay(func(r transform.Risk) string { return r.LastReview })},
	"next review": {cell: riskDay(func(r transform.Risk) string { return r.NextReview })},
	"refers to": {cell: func(b *builder, r transform.Risk) Cell {
		return text(b.join(r.RefersTo))
	}},
	"officer as written": {working: true, cell: riskText(func(r transform.Risk) string { return r.Officer })},
	"source":             {working: true, cell: riskText(func(r transform.Risk) string { return sourceText(r.Source) })},
}

func riskText(get func(transform.Risk) string) func(*builder, transform.Risk) Cell {
	return func(_ *builder, r transform.Risk) Cell { return text(get(r)) }
}

func riskDay(get func(transform.Risk) string) func(*builder, transform.Risk) Cell {
	return func(b *builder, r transform.Risk) Cell { return b.dayCell(get(r)) }
}

// dayCell shows an ISO day in words, and anything else as it is written.
func (b *builder) dayCell(said string) Cell {
	day, err := time.Parse(time.DateOnly, said)
	if err != nil {
		return text(said)
	}
	return Cell{Text: b.date(day), Date: said}
}

// risks is the register's table, by plan where there are several.
func (b *builder) risks() []Block {
	bands := plain(b.pack.Risks)
	if len(distinct(b.pack.Risks, riskPlan)) > 1 {
		bands = banded(b.pack.Risks, riskPlan, b.word(b.def.Words.NoPlan))
	}
	t := tableOf(b, b.def.Tables.Risks, Values{}, riskFields, bands, noID)
	t.Bands = "plan"
	return []Block{t}
}

func riskPlan(r transform.Risk) string { return r.Plan }

var moveFields = map[string]field[transform.Move]{
	"ref":   {noWrap: true, rowHead: true, cell: moveRefCell},
	"title": {cell: func(_ *builder, m transform.Move) Cell { return text(m.Title) }},
	"kind":  {cell: func(b *builder, m transform.Move) Cell { return text(upperFirst(b.noun(m.Kind).One)) }},
	"plan":  {cell: func(_ *builder, m transform.Move) Cell { return text(m.Plan) }},
	"was":   {cell: func(b *builder, m transform.Move) Cell { return b.lightCell(m.Was) }},
	"now":   {cell: func(b *builder, m transform.Move) Cell { return b.lightCell(m.Now) }},
}

// moveRefCell links a move to its row in the full tables.
func moveRefCell(b *builder, m transform.Move) Cell {
	i := slices.IndexFunc(b.lines, func(l *line) bool {
		return l.kind() == m.Kind && l.Plan == m.Plan && l.Ref == m.Ref && l.Title == m.Title
	})
	if i < 0 {
		return text(m.Shown)
	}
	return Cell{Text: m.Shown, Link: b.link(b.lines[i])}
}

// movementTable lists every row whose light differs from the earlier quarter's.
func (b *builder) movementTable() []Block {
	if len(b.lines) == 0 || !b.pack.Previous.Known() {
		return nil
	}
	t := tableOf(b, b.def.Tables.Movement, Values{}, moveFields, b.moveBands(), noID)
	t.Bands = "movement"
	return []Block{t}
}

// moveBands part what moved: newly red, newly at the other end, then each move
// to a colour between, then moves to a state.
func (b *builder) moveBands() []band[transform.Move] {
	var bands []band[transform.Move]
	add := func(name Text, v Values, want func(transform.Move) bool) {
		rows := keep(b.pack.Movement, want)
		if v.N = len(rows); v.N > 0 {
			bands = append(bands, band[transform.Move]{name: b.say(name, v), rows: rows})
		}
	}
	for _, now := range append([]transform.Light{transform.Red, transform.Green, transform.Blue}, transform.States...) {
		if now == transform.NotDue {
			for _, was := range b.schemeOrder() {
				add(b.def.Movement.From, Values{Was: b.mark(was).Word, Now: b.mark(transform.Amber).Word},
					func(m transform.Move) bool { return m.Was == was && m.Now == transform.Amber })
			}
		}
		add(b.def.Movement.Newly, Values{Light: b.mark(now).Word, Now: b.mark(now).Word}, func(m transform.Move) bool { return m.Now == now })
	}
	return bands
}
