package transform

import (
	"fmt"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

func indicatorBase(i *ingest.Indicator) *ingest.Row { return &i.Row }

// judgeIndicator gives an indicator its figures and its light in a quarter.
func (b *builder) judgeIndicator(p ingest.Period, g *gathered[ingest.Indicator]) *judgedIndicator {
	reg := b.registered(g)
	i := &judgedIndicator{id: g.id, key: g.key, part: g.all[0].row.Part, umbrella: reg.Umbrella, lead: reg.Lead}
	i.Row = baseRow(b, g, indicatorBase)
	if i.part != "" {
		i.Ref, i.Shown = i.Ref+" "+i.part, i.Shown+" "+i.part
		i.Title = strings.TrimSpace(i.Title + " (" + g.all[0].row.PartName + ")")
	}
	i.properties(g, reg)
	i.differs = b.againstRegister(i, g, reg)
	x := readingOf(p, g, i.Polarity)
	i.at = x.at
	b.takeTargets(p, i, &x, reg)
	i.figures(x)
	i.registered(reg)
	i.adds = x.cumulative(i.Basis)
	if i.Outturn != nil && (i.adds || x.judged(i) != i.Outturn) {
		i.SoFar = x.judged(i)
	}
	i.Comment = x.comment.Value
	i.note("comment", x.comment.Value, x.comment.Value, x.src(x.comment.Cell))
	if row := x.at.row; row != nil {
		i.remedy(row.Remedy, x.src)
	}
	lightAt := x.src(x.light.Cell)
	i.Declared = b.colour(x.light, lightAt, i.Ref)
	i.note("officer's light", string(i.Declared), saidLight(x.light), lightAt)
	b.rate(p, i, x, g, reg)
	b.override(p, &i.Row, i.key)
	b.editedComment(p, &i.Row, i.key)
	b.askAboutIndicator(i, x)
	return i
}

// registered is what the register knows of an indicator, or of its part.
func (b *builder) registered(g *gathered[ingest.Indicator]) Registered {
	part := g.all[0].row.Part
	if reg := b.register[strings.TrimSuffix(g.key, strings.ToUpper(part))]; reg != nil {
		return reg.as(part)
	}
	return Registered{}
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
		if reg.Class != "" && s.row.Class != "" && s.row.Class != reg.Class {
			b.find(ingest.Query, "class-differs-from-register", source(s.ret, s.row.Sheet, s.row.ClassCell), i.Ref, fmt.Sprintf("it is a %s indicator here and a %s indicator in the register", s.row.Class, reg.Class), "Correct the one that is wrong.")
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
	if reg.Check == "" {
		take(&i.Polarity, reg.Polarity)
	}
	take(&i.Class, reg.Class)
	take(&i.Priority, reg.Priority)
	i.Alias, i.Basis, i.Decimals = reg.Alias, reg.Basis, reg.Decimals
	if i.Title == "" {
		i.Title = reg.Title
	}
}

// registered keeps for the record what the register says beside the figures.
func (i *judgedIndicator) registered(reg Registered) {
	at := reg.source
	i.note("what is counted", reg.Numerator, reg.Numerator, at)
	i.note("out of", reg.Denominator, reg.Denominator, at)
	i.note("register", reg.Note, reg.Note, at)
	i.note("uncertain in the register", reg.Check, reg.Check, at)
	for _, t := range reg.Targets {
		if t.LongTerm && (t.Part == "" || strings.EqualFold(t.Part, i.part)) {
			i.note("long-term target", fmt.Sprintf("%s by %s", t.inWords(i.Unit), t.Year), "", t.source)
		}
	}
	if n := reg.SmallestDenominator; n != nil && i.Denominator != nil && i.Denominator.Number.LessThan(n.Decimal) {
		i.Small = true
	}
}

// figures puts a reading's numbers into the row with their cells.
func (i *judgedIndicator) figures(x reading) {
	i.Outturn = i.figure("outturn", x.outturn, x.src(x.outturn.Cell))
	i.YearTarget = i.target("year's target", x.year)
	i.Target = i.YearTarget
	if x.own != nil {
		i.Target = i.target("target", x.own)
	}
	i.Qualifier, i.FigurePeriod = x.outturn.Qualifier, x.outturn.Period
	if row := x.at.row; row != nil {
		i.YearToDate = i.figure("year to date", row.YearToDate, x.src(row.YearToDate.Cell))
		i.LastYear = i.figure("last year", row.LastYear, x.src(row.LastYear.Cell))
		i.Benchmark = i.figure("benchmark", row.Benchmark, x.src(row.Benchmark.Cell))
		i.Numerator = i.figure("numerator", row.Numerator, x.src(row.Numerator.Cell))
		i.Denominator = i.figure("denominator", row.Denominator, x.src(row.Denominator.Cell))
		i.Forecast = Light(row.Forecast.Colour)
	}
	if i.LastYear == nil && x.year != nil && x.year.at.row != nil {
		row := x.year.at.row
		i.LastYear = i.figure("last year", row.LastYear, source(x.year.at.ret, row.Sheet, row.LastYear.Cell))
	}
}

// target puts a target into the row; a range has no number of its own.
func (i *judgedIndicator) target(field string, a *aim) *Figure {
	if a == nil {
		return nil
	}
	said := a.figure.Text
	if said == "" {
		said = a.inWords(i.Unit)
	}
	i.note(field, a.inWords(i.Unit), said, a.source)
	i.note(field+" approved by", a.approved, "", a.source)
	one, both := a.figures(i.Decimals)
	if both != nil {
		i.TargetRange = both
	}
	return one
}

func (i *judgedIndicator) figure(field string, f ingest.Figure, at Source) *Figure {
	if f.Number == nil {
		if field == "outturn" {
			i.note(field, f.Text, f.Text, at)
		}
		return nil
	}
	unit := i.Unit
	if field == "numerator" || field == "denominator" {
		unit = ""
	}
	i.note(field, withUnit(*f.Number, unit), f.Text, at)
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
	if c := x.src(x.light.Cell); c.Cell != "" {
		at = c
	}
	if i.Override == "" && i.Declared != "" && i.Computed.IsColour() && (i.Light == i.Computed || i.Rule == printsOfficer) && i.Declared != i.Computed {
		b.find(ingest.Query, "light-differs", at, i.Ref, fmt.Sprintf("the officer's light is %s; worked out it is %s: %s", i.Declared, i.Computed, i.Reason),
			"Check the figure, the target and what is good. If the light is right as given, say why with: boardpack decide.")
	}
	b.askParts(i)
	if i.Rule == "units-differ" {
		b.find(ingest.Query, "unit-differs", x.src(x.outturn.Cell), i.Ref, i.Reason, "Give the figure and the target in the same unit.")
	}
	if i.Light == NotReturned {
		b.notReturned(&i.Row)
	}
}

// askParts asks about a percentage that its own numerator and denominator do
// not give, rounded as the figure is.
func (b *builder) askParts(i *judgedIndicator) {
	if i.Outturn == nil || i.Numerator == nil || i.Denominator == nil || i.Unit != "%" || !i.Denominator.Number.IsPositive() {
		return
	}
	given := i.Outturn.Number
	places := max(-given.Exponent(), 0)
	made := i.Numerator.Number.Shift(2).DivRound(i.Denominator.Number, places+6).Round(places)
	if !made.Equal(given) {
		b.find(ingest.Query, "figure-and-its-parts-differ", i.Outturn.Source, i.Ref, fmt.Sprintf("the figure is %s, and %s of %s are %s", withUnit(given, "%"), i.Numerator.Number, i.Denominator.Number, withUnit(made, "%")),
			"Correct the one that is wrong.")
	}
}
