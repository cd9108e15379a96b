package transform

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

func indicatorBase(i *ingest.Indicator) *ingest.Row { return &i.Row }

// reading is what one indicator says of one quarter.
type reading struct {
	outturn  ingest.Figure
	target   ingest.Figure // the quarter's own
	year     ingest.Figure // the year's target
	light    ingest.Light
	comment  ingest.Text
	at       said[ingest.Indicator]
	yearAt   said[ingest.Indicator]
	targetAt said[ingest.Indicator]
}

// cumulative reports whether an outturn adds up over the year: by the
// register's basis, or because it stands in a year-to-date column.
func (r reading) cumulative(basis string) bool {
	return basis == "cumulative" || basis == "" && r.at.row != nil && r.outturn.Cell != "" && r.outturn.Cell == r.at.row.YearToDate.Cell
}

func (r reading) src(s said[ingest.Indicator], cell string) Source {
	if s.row == nil {
		return Source{}
	}
	return source(s.ret, s.row.Sheet, cell)
}

// judgeIndicator gives an indicator its figures and its light in a quarter.
func (b *builder) judgeIndicator(p ingest.Period, g *gathered[ingest.Indicator]) *judgedIndicator {
	reg := b.register[strings.TrimSuffix(g.key, strings.ToUpper(g.all[0].row.Part))]
	i := &judgedIndicator{id: g.id, key: g.key, umbrella: reg.Umbrella, lead: reg.Lead}
	i.Row = baseRow(b, g, indicatorBase)
	if part := g.all[0].row.Part; part != "" {
		i.Ref, i.Shown = i.Ref+" "+part, i.Shown+" "+part
		i.Title = strings.TrimSpace(i.Title + " (" + g.all[0].row.PartName + ")")
	}
	i.properties(g, reg)
	i.differs = b.againstRegister(i, g, reg)
	x := b.readingOf(p, g)
	i.figures(x)
	i.adds = x.cumulative(i.Basis)
	i.Comment = x.comment.Value
	i.note("comment", x.comment.Value, x.comment.Value, x.src(x.at, x.comment.Cell))
	lightAt := x.src(x.at, x.light.Cell)
	i.Declared = b.colour(x.light, lightAt, i.Ref)
	i.note("officer's light", string(i.Declared), saidLight(x.light), lightAt)
	b.rate(p, i, x, g, reg)
	b.override(p, &i.Row, i.key)
	b.editedComment(p, &i.Row, i.key)
	b.askAboutIndicator(i, x)
	return i
}

// againstRegister asks about a unit or a polarity that the officer gives and
// the register gives otherwise; it says what differs, or nothing.
func (b *builder) againstRegister(i *judgedIndicator, g *gathered[ingest.Indicator], reg Registered) string {
	for _, s := range g.all {
		unit, polarity := s.row.Unit, s.row.PolarityOf
		at := source(s.ret, s.row.Sheet, unit.Cell)
		if reg.Unit != "" && unit.Value != "" && !strings.EqualFold(unit.Value, reg.Unit) {
			b.find(ingest.Query, "unit-differs-from-register", at, i.Ref, fmt.Sprintf("the unit is '%s' here and '%s' in the register", unit.Value, reg.Unit), "Correct the one that is wrong.")
			return "the unit differs from the register's"
		}
		if reg.Polarity != "" && polarity != "" && polarity != reg.Polarity {
			b.find(ingest.Query, "polarity-differs-from-register", source(s.ret, s.row.Sheet, s.row.Polarity.Cell), i.Ref, fmt.Sprintf("%s is good here and %s in the register", polarity, reg.Polarity), "Correct the one that is wrong.")
			return "what is good differs from the register"
		}
	}
	return ""
}

// properties takes what the register knows, else what the return or plan says.
func (i *judgedIndicator) properties(g *gathered[ingest.Indicator], reg Registered) {
	text := func(field string, get func(*ingest.Indicator) ingest.Text) string {
		v, at := first(g, get, indicatorBase)
		i.note(field, v, v, at)
		return v
	}
	i.Unit = text("unit", func(x *ingest.Indicator) ingest.Text { return x.Unit })
	written := text("polarity", func(x *ingest.Indicator) ingest.Text { return x.Polarity })
	for _, s := range g.all {
		if i.Polarity == "" && written != "" {
			i.Polarity = s.row.PolarityOf
		}
		if i.Class == "" {
			i.Class = s.row.Class
		}
	}
	i.fromRegister(reg)
}

func (i *judgedIndicator) fromRegister(reg Registered) {
	take := func(to *string, from string) {
		if from != "" {
			*to = from
		}
	}
	take(&i.Unit, reg.Unit)
	take(&i.Polarity, reg.Polarity)
	take(&i.Class, reg.Class)
	take(&i.Priority, reg.Priority)
	i.Alias, i.Basis, i.Decimals = reg.Alias, reg.Basis, reg.Decimals
	if i.Title == "" {
		i.Title = reg.Title
	}
}

// readingOf picks the figures of a quarter: its own columns, else those that
// name no quarter, else (for targets) the plan's.
func (b *builder) readingOf(p ingest.Period, g *gathered[ingest.Indicator]) reading {
	x := reading{}
	if g.returned {
		x.at = g.all[0]
		row := x.at.row
		q := row.Quarters[p.Quarter-1]
		x.outturn, x.light, x.comment = q.Outturn, q.Light, q.Comment
		if x.outturn.Cell == "" {
			x.outturn = firstFigure(row.Outturn, row.YearToDate)
		}
		if x.light.Cell == "" {
			x.light = row.Light
		}
		if x.comment.Value == "" {
			x.comment = row.Comment
		}
	}
	for _, s := range g.all {
		if q := s.row.Quarters[p.Quarter-1].Target; x.target.Number == nil && q.Number != nil {
			x.target, x.targetAt = q, s
		}
		if x.year.Number == nil && s.row.Target.Number != nil {
			x.year, x.yearAt = s.row.Target, s
		}
	}
	return x
}

func firstFigure(figures ...ingest.Figure) ingest.Figure {
	for _, f := range figures {
		if f.Text != "" || f.Cell != "" {
			return f
		}
	}
	return ingest.Figure{}
}

// figures puts a reading's numbers into the row with their cells.
func (i *judgedIndicator) figures(x reading) {
	i.Outturn = i.figure("outturn", x.outturn, x.src(x.at, x.outturn.Cell))
	i.YearTarget = i.figure("year's target", x.year, x.src(x.yearAt, x.year.Cell))
	i.Target = i.YearTarget
	if x.target.Number != nil {
		i.Target = i.figure("target", x.target, x.src(x.targetAt, x.target.Cell))
	}
	i.Qualifier, i.FigurePeriod = x.outturn.Qualifier, x.outturn.Period
	if x.at.row != nil {
		i.YearToDate = i.figure("year to date", x.at.row.YearToDate, x.src(x.at, x.at.row.YearToDate.Cell))
		i.LastYear = i.figure("last year", x.at.row.LastYear, x.src(x.at, x.at.row.LastYear.Cell))
		i.Benchmark = i.figure("benchmark", x.at.row.Benchmark, x.src(x.at, x.at.row.Benchmark.Cell))
		i.Forecast = Light(x.at.row.Forecast.Colour)
	}
	if i.LastYear == nil && x.yearAt.row != nil {
		i.LastYear = i.figure("last year", x.yearAt.row.LastYear, x.src(x.yearAt, x.yearAt.row.LastYear.Cell))
	}
}

func (i *judgedIndicator) figure(field string, f ingest.Figure, at Source) *Figure {
	if f.Number == nil {
		if field == "outturn" {
			i.note(field, f.Text, f.Text, at)
		}
		return nil
	}
	i.note(field, withUnit(*f.Number, i.Unit), f.Text, at)
	return &Figure{Number: *f.Number, Decimals: shownDecimals(f, i.Decimals), Source: at}
}

func shownDecimals(f ingest.Figure, registered *int) int {
	if registered != nil {
		return *registered
	}
	if used := int(-min(f.Number.Exponent(), 0)); f.Decimals < used {
		return used
	}
	return -1
}

// withUnit is a number in words: "7.09%", "£12", "42 per 10,000".
func withUnit(d decimal.Decimal, unit string) string {
	switch unit {
	case "%":
		return d.String() + "%"
	case "£", "$", "€":
		if d.IsNegative() {
			return "-" + unit + d.Abs().String()
		}
		return unit + d.String()
	case "", "number":
		return d.String()
	}
	return d.String() + " " + unit
}

// askAboutIndicator finds what members would ask about.
func (b *builder) askAboutIndicator(i *judgedIndicator, x reading) {
	at := i.Source
	if c := x.src(x.at, x.light.Cell); c.Cell != "" {
		at = c
	}
	if i.Override == "" && i.Declared != "" && i.Light.IsColour() && i.Light == i.Computed && i.Declared != i.Light {
		b.find(ingest.Query, "light-differs", at, i.Ref, fmt.Sprintf("the officer's light is %s; worked out it is %s: %s", i.Declared, i.Light, i.Reason),
			"Check the figure, the target and what is good. If the light is right as given, say why with: boardpack decide.")
	}
	if i.Rule == "units-differ" {
		b.find(ingest.Query, "unit-differs", x.src(x.at, x.outturn.Cell), i.Ref, i.Reason, "Give the figure and the target in the same unit.")
	}
	if i.Light == NotReturned {
		b.notReturned(&i.Row)
	}
}

// countOnce marks the row on which each indicator is counted for the board,
// and asks about values that differ between plans.
func (b *builder) countOnce(q *quarter) {
	groups := map[string][]*judgedIndicator{}
	var order []string
	for _, i := range q.indicators {
		key := i.key
		if key == "" {
			key = i.id
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], i)
	}
	for _, key := range order {
		b.lead(groups[key])
	}
}

func (b *builder) lead(rows []*judgedIndicator) {
	byPlan := map[string]bool{}
	for _, i := range rows {
		byPlan[planKey(i.Plan)] = true
	}
	if len(byPlan) == 1 { // the same reference twice in one plan is two rows
		for _, i := range rows {
			i.Counted = !i.umbrella
		}
		return
	}
	lead := slices.IndexFunc(rows, func(i *judgedIndicator) bool { return i.lead != "" && planKey(i.lead) == planKey(i.Plan) })
	if lead < 0 {
		lead = slices.IndexFunc(rows, func(i *judgedIndicator) bool { return i.Outturn != nil })
	}
	rows[max(lead, 0)].Counted = !rows[0].umbrella
	b.askAboutValues(rows)
}

// askAboutValues makes a query of an indicator whose outturn, or else whose
// target, differs between the plans that report it.
func (b *builder) askAboutValues(rows []*judgedIndicator) {
	outturn := func(i *judgedIndicator) *Figure { return i.Outturn }
	target := func(i *judgedIndicator) *Figure {
		if i.Outturn == nil {
			return nil
		}
		return i.Target
	}
	one, two := unlike(rows, outturn, func(x, y *judgedIndicator) bool { return differ(x.Unit, y.Unit) })
	if two != nil {
		b.valuesDiffer(rows, "outturn", one, two, outturn, "Agree on one figure, and give it in both returns.")
		return
	}
	if one, two = unlike(rows, target, nil); two != nil {
		b.valuesDiffer(rows, "target", one, two, target, "Agree on one target, and give it in both plans.")
	}
}

// unlike gives the first row with a figure and the last whose figure is
// another, or that differs besides; two is nil where all agree.
func unlike(rows []*judgedIndicator, get func(*judgedIndicator) *Figure, besides func(x, y *judgedIndicator) bool) (one, two *judgedIndicator) {
	for _, i := range rows {
		switch {
		case get(i) == nil:
		case one == nil:
			one = i
		case !get(i).Number.Equal(get(one).Number) || besides != nil && besides(i, one):
			two = i
		}
	}
	return one, two
}

func (b *builder) valuesDiffer(rows []*judgedIndicator, what string, one, two *judgedIndicator, get func(*judgedIndicator) *Figure, advice string) {
	x, y := get(one), get(two)
	b.find(ingest.Query, "values-differ", x.Source, one.Ref, fmt.Sprintf("the %s is %s here and %s in %s", what, withUnit(x.Number, one.Unit), withUnit(y.Number, two.Unit), y.Source), advice)
	for _, i := range rows {
		if get(i) != nil && i.Override == "" {
			i.Light, i.Rule, i.Computed = InQuery, "values-differ", ""
			i.Reason = fmt.Sprintf("the %s differs between the plans that report it", what)
		}
	}
}
