package workbook

import (
	"fmt"
	"slices"

	"boardpack/ingest"
)

// indicator reads what only an indicator has.
func (r *reader) indicator(t *table, row int, i *ingest.Indicator) {
	i.Unit, i.Polarity, i.Travel = r.text(t, row, "unit"), r.text(t, row, "polarity"), r.text(t, row, "travel")
	i.PolarityOf = r.words.polarities[r.facts(i.Polarity.Value).Folded]
	if said := r.text(t, row, "class"); said.Value != "" {
		if class := r.words.classes[r.facts(said.Value).Folded]; class != "" {
			i.Class, i.ClassCell = class, said.Cell
		}
	}
	i.Light = r.lightOf(t, row, "light")
	i.Forecast = r.lightOf(t, row, "forecast")
	if f := r.text(t, row, "frequency"); ingest.SaysAnnualIn(f.Value) {
		i.Annual = f
	}
	for _, c := range t.ownFirst {
		r.figureOf(t, i, c, row)
	}
	if state := r.text(t, row, "status"); state.Value != "" && i.Light.Cell == "" {
		r.unknownLight(ingest.Light{Text: state.Value, Cell: state.Cell}) // the state of an action
	}
	r.otherTarget(t, i, row)
	r.askPeriod(t, i, row)
	r.checkUnits(i)
}

// otherTarget is the target of another column, for a row whose first has none:
// a revised target stands only where the target was changed.
func (r *reader) otherTarget(t *table, i *ingest.Indicator, row int) {
	if i.Target.Number != nil || i.Target.Cell != "" && i.Target.Says != ingest.SaysNothing && i.Target.Says != ingest.SaysAwaited && !r.has(r.facts(i.Target.Text), traitNothing) {
		return
	}
	for n := range t.columns {
		c := &t.columns[n]
		if c.role == "" && !c.twice && c.scores["target"] >= strong && c.period == (ingest.Period{}) && c.stats.share(c.stats.count(traitNumber)) >= 0.5 {
			i.Target = r.figure(row, c.col)
			return
		}
	}
}

// askPeriod asks about a figure of which its row says that it is of another period.
func (r *reader) askPeriod(t *table, i *ingest.Indicator, row int) {
	c := t.has("period")
	if c == nil || i.Outturn.Cell == "" || !r.ret.Period.Known() {
		return
	}
	x := r.textAt(row, c.col)
	if x.Value == "" || r.isOwnPeriod(x.Value) {
		return
	}
	i.Outturn.Period = x.Value
	i.Outturn.Doubt = fmt.Sprintf("its row says that it is of %s", x.Value)
	r.find(ingest.Query, "figure-of-another-period", i.Outturn.Cell, i.Ref.Written, fmt.Sprintf("the figure %s is of '%s', and the return for %s", i.Outturn.Text, x.Value, r.ret.Period), "Give this quarter's figure, or say that the figure is still to come.")
}

// isOwnPeriod reports whether words name the return's own quarter, or its own year and no quarter.
func (r *reader) isOwnPeriod(words string) bool {
	own := r.ret.Period
	said := r.headingOf(words).period
	if said == (ingest.Period{}) && r.isMonth(words) {
		said = quarterEnding(words)
	}
	return said.Quarter == own.Quarter && (said.Year == 0 || said.Year == own.Year) || said.Quarter == 0 && said.Year == own.Year
}

// ownPeriodFirst gives a table's columns with those first that name the return's own year or quarter.
func (r *reader) ownPeriodFirst(t *table) []*column {
	own := func(c *column) int {
		if c.period.Year != 0 && c.period.Year == r.ret.Period.Year || c.period.Quarter != 0 && c.period.Quarter == r.ret.Period.Quarter {
			return 0
		}
		return 1
	}
	cols := make([]*column, len(t.columns))
	for n := range cols {
		cols[n] = &t.columns[n]
	}
	slices.SortStableFunc(cols, func(a, b *column) int { return own(a) - own(b) })
	return cols
}

// figureOf puts a column's cell where its role and period belong.
func (r *reader) figureOf(t *table, i *ingest.Indicator, c *column, row int) {
	if c.role == "numerator" || c.role == "denominator" {
		r.countOf(i, c, row)
		return
	}
	slot := r.slot(t, i, c)
	if slot == nil {
		r.quarterWords(t, i, c, row)
		return
	}
	if slot.Cell != "" {
		r.secondFigure(t, c, slot)
		return
	}
	*slot = r.figure(row, c.col)
	r.askFraction(i, slot, c)
	if slot.Says == ingest.SaysAnnual && i.Annual.Value == "" {
		i.Annual = ingest.Text{Value: slot.Text, Cell: slot.Cell}
	}
}

// countOf puts the number that a percentage or rate was made of, or out of how many, where it belongs.
func (r *reader) countOf(i *ingest.Indicator, c *column, row int) {
	slot := &i.Numerator
	if c.role == "denominator" {
		slot = &i.Denominator
	}
	if f := r.figure(row, c.col); f.Number != nil && slot.Cell == "" && !r.otherPeriod(c) {
		*slot = f
	}
}

// secondFigure asks about a column whose figure has its place taken by another column's.
func (r *reader) secondFigure(t *table, c *column, first *ingest.Figure) {
	if c.stats.count(traitNumber) == 0 || t.told[c.col] {
		return
	}
	t.told[c.col] = true
	r.find(ingest.Query, "column-in-doubt", r.name(t.top, c.col), "", fmt.Sprintf("%s '%s' could be the %s too; the figure of %s was used", r.sheet.columnAt(c.col), c.text, roleName(c.role), first.Cell),
		"Say in the headers which column is which, or name the columns in boardpack.yaml.")
}

// slot finds the place of a column's figure: by its role, and by whether its
// header names the return's year, the year before, a later year or a quarter.
func (r *reader) slot(t *table, i *ingest.Indicator, c *column) *ingest.Figure {
	year, own := c.period.Year, r.ret.Period.Year
	q := r.quarterOf(c)
	switch c.role {
	case "target":
		return targetSlot(i, q, year, own)
	case "profile":
		if quarter := max(q, r.ret.Period.Quarter); t.profiled && quarter == r.ret.Period.Quarter && quarter > 0 && !r.otherPeriod(c) {
			return &i.Quarters.At(quarter).Target
		}
	case "outturn":
		return outturnSlot(i, q, c.period, own)
	case "last_year":
		if c.period.Quarter == 0 {
			return &i.LastYear
		}
	case "year_to_date":
		if q == 0 || q == r.ret.Period.Quarter {
			return &i.YearToDate
		}
	case "benchmark":
		return &i.Benchmark
	}
	return nil
}

// onlyToDate reports whether a table's figures are for the year so far, so that
// its target to date is what they are judged against: it has no column for the
// quarter's own part.
func (t *table) onlyToDate() bool {
	ofQuarter, plain := false, false
	for _, c := range t.columns {
		if c.role == "outturn" && c.stats.filled > 0 {
			ofQuarter = ofQuarter || c.period.Quarter != 0
			plain = plain || c.period == (ingest.Period{})
		}
	}
	return !ofQuarter && !(plain && t.has("year_to_date") != nil)
}

func targetSlot(i *ingest.Indicator, q, year, own int) *ingest.Figure {
	switch {
	case q > 0:
		return &i.Quarters.At(q).Target
	case year == 0 || own == 0 || year == own:
		return &i.Target
	case year == own+1:
		return &i.LongTarget
	}
	return nil
}

func outturnSlot(i *ingest.Indicator, q int, p ingest.Period, own int) *ingest.Figure {
	switch {
	case q > 0:
		return &i.Quarters.At(q).Outturn
	case p.Year == 0 || own == 0 || p.Year == own:
		return &i.Outturn
	case p.Year == own-1 && p.Quarter == 0:
		return &i.LastYear
	}
	return nil
}

// quarterWords reads lights and comments that belong to a quarter's columns.
func (r *reader) quarterWords(t *table, i *ingest.Indicator, c *column, row int) {
	q := r.quarterOf(c)
	if q == 0 {
		return
	}
	switch c.role {
	case "light":
		i.Quarters.At(q).Light = r.lightIn(t, row, c.col)
	case "comment":
		i.Quarters.At(q).Comment = r.textAt(row, c.col)
	}
}

// split makes two rows of the indicator that was just read, where its figures
// are in two named parts: "English 5.9% Maths 6.4%".
func (r *reader) split() {
	last := len(r.ret.Indicators) - 1
	whole := &r.ret.Indicators[last]
	first := ingest.PartsOf(whole.Outturn.Text, whole.Outturn.Cell)
	for f := range figures(whole) {
		if len(first) == 0 && f.Number == nil {
			first = ingest.PartsOf(f.Text, f.Cell)
		}
	}
	if len(first) == 0 {
		return
	}
	i := *whole
	out := make([]ingest.Indicator, 2)
	for n := range out {
		out[n] = i
		out[n].Quarters = slices.Clone(i.Quarters)
		out[n].Part, out[n].PartName = string(rune('a'+n)), first[n].Name
		for f := range figures(&out[n]) {
			if parts := ingest.PartsOf(f.Text, f.Cell); len(parts) == 2 && f.Number == nil {
				*f = r.partNamed(parts, first, n)
			} else if f.Number != nil {
				r.askPart(f, n)
			}
		}
		r.partUnit(&out[n])
	}
	r.ret.Indicators = append(r.ret.Indicators[:last], out...)
}

// partNamed gives the part of a figure that has the name of the row's n-th
// part; parts of other names are in doubt.
func (r *reader) partNamed(parts, names []ingest.NamedFigure, n int) ingest.Figure {
	for _, p := range parts {
		if ingest.Fold(p.Name) == ingest.Fold(names[n].Name) {
			return p.Figure
		}
	}
	f := parts[n].Figure
	f.Doubt = fmt.Sprintf("its part is named '%s' where the row's other figures say '%s'", parts[n].Name, names[n].Name)
	r.find(ingest.Query, "part-names-differ", f.Cell, "", f.Doubt, "Name the parts alike in every figure of the row.")
	return f
}

// askPart asks about one number beside figures in two parts: it belongs to neither or to one.
func (r *reader) askPart(f *ingest.Figure, n int) {
	f.Doubt = "one number stands where the row's other figures are in two parts"
	if n == 0 {
		r.find(ingest.Query, "part-missing", f.Cell, "", fmt.Sprintf("%s is one number, and the row's other figures are in two parts", f.Text), "Give a figure for each part.")
	}
}

func (r *reader) partUnit(i *ingest.Indicator) {
	for f := range figures(i) {
		if i.Unit.Value == "" && f.Unit != "" {
			i.Unit = ingest.Text{Value: f.Unit, Cell: f.Cell}
		}
	}
}
