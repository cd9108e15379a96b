package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// indicator reads one row; a two-part figure ("English 5.9% Maths 6.4%") makes two.
func (r *reader) indicator(t *table, row int, base ingest.Row) []ingest.Indicator {
	i := ingest.Indicator{Row: base, Unit: r.text(t, row, "unit"), Polarity: r.text(t, row, "polarity"), Travel: r.text(t, row, "travel")}
	i.PolarityOf = r.words.polarities[ingest.Fold(i.Polarity.Value)]
	if class := r.text(t, row, "class"); r.words.classes[ingest.Fold(class.Value)] != "" {
		i.Class, i.ClassCell = r.words.classes[ingest.Fold(class.Value)], class.Cell
	}
	i.Light = r.lightOf(t, row, "light")
	i.Forecast = r.lightOf(t, row, "forecast")
	if f := r.text(t, row, "frequency"); ingest.SaysAnnualIn(f.Value) {
		i.Annual = f
	}
	for _, c := range r.ownPeriodFirst(t) {
		r.figureOf(t, &i, c, row)
	}
	if state := r.text(t, row, "status"); state.Value != "" && i.Light.Cell == "" {
		r.unknownLight(ingest.Light{Text: state.Value, Cell: state.Cell}) // the state of an action
	}
	r.otherTarget(t, &i, row)
	r.askPeriod(t, &i, row)
	r.checkUnits(&i)
	return r.split(t, row, i)
}

// otherTarget is the target of another column, for a row whose first has none:
// a revised target stands only where the target was changed.
func (r *reader) otherTarget(t *table, i *ingest.Indicator, row int) {
	if i.Target.Number != nil || i.Target.Cell != "" && i.Target.Says != ingest.SaysNothing && i.Target.Says != ingest.SaysAwaited && !r.saysOf(i.Target.Text).nothing {
		return
	}
	for _, c := range t.columns {
		if c.role == "" && !c.twice && c.scores["target"] >= strong && c.period == (ingest.Period{}) && c.stats.share(c.stats.real) >= 0.5 {
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
	if said == (ingest.Period{}) && isMonth(words) {
		said = quarterEnding(words)
	}
	return said.Quarter == own.Quarter && (said.Year == 0 || said.Year == own.Year) || said.Quarter == 0 && said.Year == own.Year
}

// ownPeriodFirst gives a table's columns with those first that name the return's own year or quarter.
func (r *reader) ownPeriodFirst(t *table) []column {
	own := func(c column) int {
		if c.period.Year != 0 && c.period.Year == r.ret.Period.Year || c.period.Quarter != 0 && c.period.Quarter == r.ret.Period.Quarter {
			return 0
		}
		return 1
	}
	cols := slices.Clone(t.columns)
	slices.SortStableFunc(cols, func(a, b column) int { return own(a) - own(b) })
	return cols
}

// figureOf puts a column's cell where its role and period belong.
func (r *reader) figureOf(t *table, i *ingest.Indicator, c column, row int) {
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

// secondFigure asks about a column whose figure has its place taken by another column's.
func (r *reader) secondFigure(t *table, c column, first *ingest.Figure) {
	if c.stats.real == 0 || t.told[c.col] {
		return
	}
	t.told[c.col] = true
	r.find(ingest.Query, "column-in-doubt", r.name(t.top, c.col), "", fmt.Sprintf("%s '%s' could be the %s too; the figure of %s was used", r.sheet.columnAt(c.col), c.text, roleName(c.role), first.Cell),
		"Say in the headers which column is which, or name the columns in boardpack.yaml.")
}

// askFraction asks about a plain number of 1 or less in a column of percentages, or in one of nothing else.
func (r *reader) askFraction(i *ingest.Indicator, f *ingest.Figure, c column) {
	if unit := unitOf(i.Unit.Value); unit != "" && unit != "%" {
		return
	}
	fractions := unitOf(i.Unit.Value) == "%" && c.stats.big == 0 && c.stats.small > 0 // the whole column may be fractions
	if f.Number == nil || f.Percent || f.Doubt != "" || c.stats.percents < 2 && !fractions || f.Number.IsZero() || f.Number.Abs().GreaterThan(decimal.NewFromInt(1)) {
		return
	}
	r.doubtFraction(i, f)
}

func (r *reader) doubtFraction(i *ingest.Indicator, f *ingest.Figure) {
	f.Doubt = "this looks like a fraction among whole percentages"
	r.find(ingest.Query, "fraction-or-percentage", f.Cell, i.Ref.Written, fmt.Sprintf("%s stands among whole percentages and may be a fraction", f.Text),
		"Write the percentage as it should be printed, for example 27.4%.")
}

// slot finds the place of a column's figure: by its role, and by whether its
// header names the return's year, the year before, a later year or a quarter.
func (r *reader) slot(t *table, i *ingest.Indicator, c column) *ingest.Figure {
	year, own := c.period.Year, r.ret.Period.Year
	q := r.quarterOf(c)
	switch c.role {
	case "target":
		return targetSlot(i, q, year, own)
	case "profile":
		if quarter := max(q, r.ret.Period.Quarter); t.profiled && quarter == r.ret.Period.Quarter && quarter > 0 && !r.otherPeriod(c) {
			return &i.Quarters[quarter-1].Target
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
		return &i.Quarters[q-1].Target
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
		return &i.Quarters[q-1].Outturn
	case p.Year == 0 || own == 0 || p.Year == own:
		return &i.Outturn
	case p.Year == own-1 && p.Quarter == 0:
		return &i.LastYear
	}
	return nil
}

// quarterWords reads lights and comments that belong to a quarter's columns.
func (r *reader) quarterWords(t *table, i *ingest.Indicator, c column, row int) {
	q := r.quarterOf(c)
	if q == 0 {
		return
	}
	switch c.role {
	case "light":
		i.Quarters[q-1].Light = r.lightIn(t, row, c.col)
	case "comment":
		i.Quarters[q-1].Comment = r.textAt(row, c.col)
	}
}

// figure reads a cell as a figure and says what cannot be used.
func (r *reader) figure(row, col int) ingest.Figure {
	cl := r.cell(row, col)
	name := r.name(cl.row, cl.col)
	f := r.rawFigure(cl, name)
	f.Formula = cl.formula
	r.mergedFigure(row, col, &f)
	switch {
	case f.Number != nil && r.isStruck(cl):
		f = ingest.Figure{Text: f.Text, Says: ingest.SaysNothing, Decimals: -1, Cell: name}
		r.find(ingest.Query, "figure-struck-through", name, "", fmt.Sprintf("the figure %s is struck through, so it was not used", f.Text), "Take the line through it away, or clear the cell.")
	case f.Says == ingest.SaysError && cl.formula && cl.raw == "":
		r.find(ingest.Query, "formula-without-value", name, "", "the cell is a formula whose result was never stored", "Open the workbook in Excel, let it calculate, and save it again.")
	case f.Says == ingest.SaysError:
		r.find(ingest.Query, "cell-error", name, "", fmt.Sprintf("the cell shows the error %s", f.Text), "Mend the formula, or type the figure.")
	case f.Says == ingest.SaysText && f.Doubt == "" && len(ingest.PartsOf(f.Text, name)) == 0:
		r.find(ingest.Query, "figure-not-a-number", name, "", fmt.Sprintf("not used: the figure is '%s'", f.Text), "Give one number, for example 70, and put the words in the comment.")
	}
	return f
}

// mergedFigure asks about a figure whose cell is merged with others: nobody
// can tell which column or row it is meant for.
func (r *reader) mergedFigure(row, col int, f *ingest.Figure) {
	m, ok := r.sheet.merged(row, col)
	if !ok || m.left == m.right && m.top == m.bottom {
		return
	}
	at := r.sheet.at(m.top, m.left)
	if at.kind != number && ingest.TextFigure(at.raw, "").Number == nil {
		return
	}
	f.Doubt, f.Cell = "its cell is merged with others", r.name(row, col)
	if f.Number == nil {
		f.Says = ingest.SaysText
	}
	if m.left == col && m.top == row || m.left < col {
		r.find(ingest.Query, "figure-merged", r.name(row, col), "", "the figure stands in cells that are merged over several columns or rows", "Unmerge the cells and write each figure in its own.")
	}
}

func (r *reader) rawFigure(c cell, name string) ingest.Figure {
	st := r.book.style(c.style)
	switch c.kind {
	case empty:
		if c.formula {
			return ingest.Figure{Says: ingest.SaysError, Decimals: -1, Cell: name, Formula: true}
		}
		return ingest.Figure{Decimals: -1}
	case failure:
		return ingest.Figure{Text: c.raw, Says: ingest.SaysError, Decimals: -1, Cell: name}
	case text:
		return ingest.TextFigure(c.raw, name)
	case boolean:
		return ingest.Figure{Text: c.raw, Says: ingest.SaysText, Decimals: -1, Cell: name}
	}
	d, err := ingest.NumberFromCell(c.raw)
	if err != nil || st.date {
		return ingest.Figure{Text: r.numberText(c), Says: ingest.SaysText, Decimals: -1, Cell: name}
	}
	f := ingest.NumberFigure(d, st.percent, st.decimals, name)
	if st.currency != "" {
		f.Unit = st.currency
	}
	return f
}

// UnitOf is the unit in its short form: "%" for "percentage" and the like.
func unitOf(s string) string {
	switch f := strings.Trim(ingest.Fold(s), ". "); f {
	case "%", "percent", "per cent", "percentage", "pct", "% (percentage)":
		return "%"
	case "£", "gbp", "pounds":
		return "£"
	case "no", "no.", "number", "num", "#", "count", "nr":
		return "number"
	default:
		return ingest.OneLine(s)
	}
}

// figures lists an indicator's figures that share its unit, with their names.
func figures(i *ingest.Indicator) []*ingest.Figure {
	out := []*ingest.Figure{&i.Target, &i.Outturn, &i.YearToDate, &i.LastYear, &i.LongTarget}
	for q := range i.Quarters {
		out = append(out, &i.Quarters[q].Target, &i.Quarters[q].Outturn)
	}
	return out
}

// checkUnits settles the row's unit from its own column, else from what the
// figures say, and asks about a figure that does not seem to be in it.
func (r *reader) checkUnits(i *ingest.Indicator) {
	if i.Unit.Value = unitOf(i.Unit.Value); i.Unit.Value == "" {
		for _, f := range figures(i) {
			if f.Unit != "" && f.Number != nil {
				i.Unit = ingest.Text{Value: f.Unit, Cell: f.Cell}
				break
			}
		}
	}
	if i.Unit.Value == "" && saysPercent.MatchString(ingest.Fold(i.Title.Value)) {
		r.checkTitled(i)
	}
	if i.Unit.Value == "%" {
		r.checkFractions(i)
		r.checkHundred(i)
	}
	r.checkScale(i)
	for _, f := range figures(i) {
		if i.Unit.Value == "%" && f.Number != nil && !f.Percent && f.Unit == "" && f.Words != "" && !strings.ContainsAny(f.Words[:1], "([*†") {
			f.Unit = f.Words
		}
		if f.Number != nil && f.Unit != "" && f.Unit != i.Unit.Value && !sameUnit(i.Unit.Value, f.Unit) {
			f.Doubt = fmt.Sprintf("the figure is in %s and the indicator in %s", f.Unit, i.Unit.Value)
			r.find(ingest.Query, "unit-differs", f.Cell, i.Ref.Written, fmt.Sprintf("'%s': %s", f.Text, f.Doubt), "Give the figure in the indicator's unit, or correct the unit.")
		}
	}
}

// sameUnit lets a rate or a named unit carry a percent sign only where both say per cent.
func sameUnit(unit, said string) bool {
	u, s := strings.ToLower(unit), strings.ToLower(said)
	return strings.Contains(u, s) || strings.Contains(s, u)
}

var saysPercent = regexp.MustCompile(`%|\bper ?cent(?:age)?\b|\bproportion of\b`)

// checkTitled asks about the figures of an indicator whose title says that it
// is a percentage, where all are plain numbers of 1 or less.
func (r *reader) checkTitled(i *ingest.Indicator) {
	one := decimal.NewFromInt(1)
	broken := false
	for _, f := range figures(i) {
		switch {
		case f.Number == nil:
		case f.Percent || f.Number.Abs().GreaterThan(one):
			return
		default:
			broken = broken || !f.Number.IsInteger()
		}
	}
	for _, f := range figures(i) {
		if broken && f.Number != nil && f.Doubt == "" && !f.Number.IsZero() {
			r.doubtFraction(i, f)
		}
	}
}

// checkFractions asks about a plain number of 1 or less in an indicator of per
// cent whose other figures are far larger: 0.274 may be 27.4%.
func (r *reader) checkFractions(i *ingest.Indicator) {
	one, limit := decimal.NewFromInt(1), decimal.NewFromInt(20)
	largest := decimal.Zero
	for _, f := range figures(i) {
		if f.Number != nil && f.Number.Abs().GreaterThan(largest) {
			largest = f.Number.Abs()
		}
	}
	for _, f := range figures(i) {
		if f.Number == nil || f.Percent || f.Number.IsZero() || f.Number.Abs().GreaterThan(one) {
			continue
		}
		if f.Doubt == "" && largest.GreaterThan(f.Number.Abs().Mul(limit)) {
			r.doubtFraction(i, f)
		}
	}
}

// checkHundred asks about a percentage over 100 that stands far above the row's other figures ("805%" for 8.05%).
func (r *reader) checkHundred(i *ingest.Indicator) {
	limit, five := decimal.NewFromInt(100), decimal.NewFromInt(5)
	for _, f := range figures(i) {
		if f.Number == nil || f.Doubt != "" || f.Number.Abs().LessThanOrEqual(limit) {
			continue
		}
		near := false
		others := 0
		for _, o := range figures(i) {
			if o.Number != nil && o != f {
				others++
				near = near || o.Number.Abs().Mul(five).GreaterThan(f.Number.Abs())
			}
		}
		if others > 0 && near || others == 0 && f.Number.Abs().LessThan(limit.Mul(decimal.NewFromInt(3))) {
			continue
		}
		f.Doubt = "a percentage over 100 that fits none of the row's other figures"
		r.find(ingest.Query, "over-100-per-cent", f.Cell, i.Ref.Written, fmt.Sprintf("%s%% is over 100 and fits none of the row's other figures", f.Number), "Check the decimal point.")
	}
}

// checkScale asks about an outturn a hundred times off its target, as a slip
// of the decimal point or a percentage read as a fraction makes it.
func (r *reader) checkScale(i *ingest.Indicator) {
	pairs := [][2]*ingest.Figure{{&i.Outturn, &i.Target}}
	for q := range i.Quarters {
		target := &i.Quarters[q].Target
		if target.Number == nil {
			target = &i.Target
		}
		pairs = append(pairs, [2]*ingest.Figure{&i.Quarters[q].Outturn, target})
	}
	fifty := decimal.NewFromInt(50)
	for _, p := range pairs {
		a, t := p[0], p[1]
		if a.Number == nil || t.Number == nil || a.Doubt != "" || t.Doubt != "" || a.Number.IsZero() || t.Number.IsZero() {
			continue
		}
		x, y := a.Number.Abs(), t.Number.Abs()
		if x.GreaterThan(y.Mul(fifty)) || y.GreaterThan(x.Mul(fifty)) {
			a.Doubt = "the outturn is far off the scale of its target"
			r.find(ingest.Query, "scale-differs", a.Cell, i.Ref.Written, fmt.Sprintf("the outturn is %s and the target %s: one may be a fraction or have its decimal point in the wrong place", a.Text, t.Text), "Check both figures and give them in the same unit.")
		}
	}
}

// split makes two rows of an indicator whose figures are in two named parts.
func (r *reader) split(t *table, row int, i ingest.Indicator) []ingest.Indicator {
	first := ingest.PartsOf(i.Outturn.Text+"", i.Outturn.Cell)
	for _, f := range figures(&i) {
		if len(first) == 0 && f.Number == nil {
			first = ingest.PartsOf(f.Text, f.Cell)
		}
	}
	if len(first) == 0 {
		return []ingest.Indicator{i}
	}
	out := make([]ingest.Indicator, 2)
	for n := range out {
		out[n] = i
		out[n].Part, out[n].PartName = string(rune('a'+n)), first[n].Name
		for k, f := range figures(&out[n]) {
			if parts := ingest.PartsOf(figures(&i)[k].Text, f.Cell); len(parts) == 2 && f.Number == nil {
				*f = r.partNamed(parts, first, n)
			} else if f.Number != nil {
				r.askPart(f, n)
			}
		}
		r.partUnit(&out[n])
	}
	return out
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
	for _, f := range figures(i) {
		if i.Unit.Value == "" && f.Unit != "" {
			i.Unit = ingest.Text{Value: f.Unit, Cell: f.Cell}
		}
	}
}
