package transform

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// checkAgreement asks where plans, returns and years say different things of
// one indicator: its target, unit, definition, what is good, or what was
// achieved last year. Outturns and targets that differ between the plans which
// report a quarter are values-differ, and have lost their light already.
func (b *builder) checkAgreement(now *quarter) {
	sayings := b.sayings()
	ends := b.yearEnds()
	seen := map[string]bool{}
	for _, i := range now.indicators {
		if i.key == "" || seen[i.key] {
			continue
		}
		seen[i.key] = true
		this, earlier := ofYear(sayings[i.key], b.in.Period.Year)
		b.askTargets(i, this, earlier)
		b.askWords(i, this, earlier)
		b.askLastYear(i, this, ends[i.key])
	}
}

// sayings gathers for each indicator what every board's returns and plans up to
// this quarter say: the quarter's returns first, then plans and earlier returns, the newest first.
func (b *builder) sayings() map[string][]said[ingest.Indicator] {
	out := map[string][]said[ingest.Indicator]{}
	byAge := slices.Clone(b.all)
	slices.SortStableFunc(byAge, func(x, y ingest.Return) int {
		age := func(r ingest.Return) ingest.Period {
			if r.IsPlan() {
				return ingest.Period{Year: r.Period.Year}
			}
			return r.Period
		}
		return age(y).Compare(age(x))
	})
	for n := range byAge {
		r := &byAge[n]
		if r.Unusable || r.Period.Year == 0 || r.Period.Compare(b.in.Period) > 0 {
			continue
		}
		for k := range r.Indicators {
			i := &r.Indicators[k]
			if key := i.Ref.Key; key != "" {
				key += strings.ToUpper(i.Part)
				out[key] = append(out[key], said[ingest.Indicator]{i, r})
			}
		}
	}
	return out
}

func ofYear(all []said[ingest.Indicator], year int) (this, earlier []said[ingest.Indicator]) {
	for _, s := range all {
		if s.ret.Period.Year == year {
			this = append(this, s)
		} else {
			earlier = append(earlier, s)
		}
	}
	return this, earlier
}

// askTargets asks where the year's target is one figure here and another there,
// or another than the year before set for it.
func (b *builder) askTargets(i *judgedIndicator, this, earlier []said[ingest.Indicator]) {
	ofYear := func(t Target) bool { return !t.LongTerm && t.period().Year == b.in.Period.Year }
	if i.Rule == "values-differ" || slices.ContainsFunc(b.known(i.key).Targets, ofYear) { // the register's target is asked about by itself
		return
	}
	get := func(x *ingest.Indicator) ingest.Figure { return x.Target }
	all := slices.Clone(this)
	for _, s := range earlier {
		if s.row.LongTarget.Number == nil || s.ret.Period.Year != b.in.Period.Year-1 {
			continue
		}
		if key, same := b.predecessor(i, s.ret.Period); same && key == i.key {
			next := *s.row
			next.Target = s.row.LongTarget // of the year after its own
			all = append(all, said[ingest.Indicator]{&next, s.ret})
		}
	}
	if one, two := unlikeFigures(all, get); two != nil {
		at, saw := figuresInWords("the year's target", i, one, two, get)
		b.find(ingest.Query, "target-differs", at, i.Ref, saw, "Agree on one target, and say so in each. If it was changed in the year, say who approved that.")
	}
}

// unlikeFigures gives the first row with a figure, and the first that gives
// another: not the same at the decimals that both are written with.
func unlikeFigures(all []said[ingest.Indicator], get func(*ingest.Indicator) ingest.Figure) (one, two *said[ingest.Indicator]) {
	for n := range all {
		s := &all[n]
		f := get(s.row)
		switch {
		case f.Number == nil || f.Doubt != "":
		case one == nil:
			one = s
		case !sameAsWritten(*get(one.row).Number, *f.Number) && !otherUnit(one.row, s.row):
			return one, s
		}
	}
	return one, nil
}

// otherUnit reports whether two rows both say their unit, and not the same: then
// their figures cannot be compared, and the units are asked about.
func otherUnit(x, y *ingest.Indicator) bool {
	return differ(unitKey(x.Unit.Value), unitKey(y.Unit.Value))
}

// sameAsWritten reports whether two numbers are equal at the fewer decimals of the two: 34 and 34.4 are.
func sameAsWritten(x, y decimal.Decimal) bool {
	places := min(-min(x.Exponent(), 0), -min(y.Exponent(), 0))
	return x.Round(places).Equal(y.Round(places))
}

// figuresInWords tells two figures that differ, and where the first stands.
func figuresInWords(what string, i *judgedIndicator, one, two *said[ingest.Indicator], get func(*ingest.Indicator) ingest.Figure) (at Source, saw string) {
	x, y := get(one.row), get(two.row)
	at = source(one.ret, one.row.Sheet, x.Cell)
	return at, fmt.Sprintf("%s is %s here and %s in %s", what, withUnit(*x.Number, i.Unit), withUnit(*y.Number, i.Unit), placeIn(source(two.ret, two.row.Sheet, y.Cell), at))
}

// askWords asks where unit, polarity or definition differ: within the year
// first, then against the last year that was returned.
func (b *builder) askWords(i *judgedIndicator, this, earlier []said[ingest.Indicator]) {
	all := slices.Clone(this)
	for _, s := range earlier {
		if key, same := b.predecessor(i, s.ret.Period); same && key == i.key { // else the register says that it was another
			all = append(all, s)
		}
	}
	unit := func(x *ingest.Indicator) ingest.Text { return x.Unit }
	if at, saw := unlikeTexts("the unit", all, unit, func(x, y string) bool { return unitKey(x) != unitKey(y) }); saw != "" && b.known(i.key).Unit == "" && i.Rule != "units-differ" {
		b.find(ingest.Query, "unit-differs-between-returns", at, i.Ref, saw, "Give it in one unit everywhere.")
	}
	polarity := func(x *ingest.Indicator) ingest.Text {
		return ingest.Text{Value: x.PolarityOf, Cell: x.Polarity.Cell}
	}
	if at, saw := unlikeTexts("what is good", all, polarity, func(x, y string) bool { return x != y }); saw != "" && b.known(i.key).Polarity == "" {
		b.find(ingest.Query, "polarity-differs-between-returns", at, i.Ref, saw, "Say the same everywhere: High or Low.")
	}
	title := func(x *ingest.Indicator) ingest.Text { return x.Title }
	if at, saw := unlikeTexts("the indicator", all, title, otherDefinition); saw != "" {
		b.find(ingest.Query, "definition-differs", at, i.Ref, saw, "If it is another indicator, give it another reference; if its definition has changed, say so in the register.")
	}
}

// unlikeTexts tells the first text and the first that is another, and where the
// first stands; nothing where all agree.
func unlikeTexts(what string, all []said[ingest.Indicator], get func(*ingest.Indicator) ingest.Text, other func(x, y string) bool) (at Source, saw string) {
	var one *said[ingest.Indicator]
	for n := range all {
		s := &all[n]
		switch t := get(s.row); {
		case t.Value == "":
		case one == nil:
			one = s
		case other(get(one.row).Value, t.Value):
			x := get(one.row)
			at = source(one.ret, one.row.Sheet, x.Cell)
			return at, fmt.Sprintf("%s is '%s' here and '%s' in %s", what, ingest.OneLine(x.Value), ingest.OneLine(t.Value), placeIn(source(s.ret, s.row.Sheet, t.Cell), at))
		}
	}
	return at, ""
}

var unitWords = map[string]string{"percent": "%", "percentage": "%", "per cent": "%", "pct": "%", "% ": "%",
	"no": "number", "no.": "number", "num": "number", "count": "number", "#": "number", "gbp": "£", "pound": "£"}

// unitKey is a unit for comparing: "Percentage" and "%", "day" and "Days" are alike.
func unitKey(unit string) string {
	u := ingest.Fold(unit)
	if w, ok := unitWords[u]; ok {
		return w
	}
	u = strings.TrimSuffix(u, "s")
	return cmp.Or(unitWords[u], u)
}

var (
	smallWords   = map[string]bool{"the": true, "of": true, "a": true, "an": true, "and": true, "in": true, "to": true, "for": true, "at": true, "by": true, "on": true, "or": true, "with": true, "who": true, "are": true, "is": true, "per": true, "number": true, "percentage": true, "%": true, "rate": true}
	yearNumbers  = regexp.MustCompile(`\b(?:19|20)\d\d(?: ?[-/–] ?\d{2,4})?\b|\b\d\d/\d\d\b`)
	titleNumbers = regexp.MustCompile(`\d+(?:\.\d+)?`)
)

// otherDefinition reports whether two titles under one reference are of
// different things: they share less than half of the shorter one's words, or
// they share the words and name other numbers ("within 7 working days" and "within 10").
func otherDefinition(x, y string) bool {
	if x == y {
		return false
	}
	x, y = yearNumbers.ReplaceAllString(ingest.Fold(x), ""), yearNumbers.ReplaceAllString(ingest.Fold(y), "")
	a, b := titleWords(x), titleWords(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 {
		return false // too short to say what it is
	}
	shared := 0
	for w := range a {
		if b[w] {
			shared++
		}
	}
	if shared*2 < len(a) {
		return true
	}
	m, n := titleNumbers.FindAllString(x, -1), titleNumbers.FindAllString(y, -1)
	return len(m) > 0 && len(n) == len(m) && !sameSet(m, n)
}

func titleWords(s string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80) }) {
		if w = strings.TrimSuffix(w, "s"); len(w) > 1 && !smallWords[w] {
			words[w] = true
		}
	}
	return words
}

func sameSet(x, y []string) bool {
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// yearEnds are the figures with which the year before ended, by reference: the
// year to date, else Quarter 4's own figure where no target of the quarter shows that it is only the quarter's.
func (b *builder) yearEnds() map[string]said[ingest.Indicator] {
	out := map[string]said[ingest.Indicator]{}
	for n := range b.all {
		r := &b.all[n]
		if r.Unusable || r.IsPlan() || r.Period != (ingest.Period{Year: b.in.Period.Year - 1, Quarter: 4}) {
			continue
		}
		for k := range r.Indicators {
			i := &r.Indicators[k]
			key := i.Ref.Key + strings.ToUpper(i.Part)
			if _, ok := out[key]; !ok && i.Ref.Key != "" && endOf(i).Number != nil {
				out[key] = said[ingest.Indicator]{i, r}
			}
		}
	}
	return out
}

// endOf is the figure that a row of Quarter 4 gives for its whole year.
func endOf(i *ingest.Indicator) ingest.Figure {
	switch q := i.Quarters.Of(4); {
	case i.YearToDate.Number != nil:
		return i.YearToDate
	case q.Target.Number != nil:
		return ingest.Figure{}
	case q.Outturn.Number != nil:
		return q.Outturn
	}
	return i.Outturn
}

// askLastYear asks where last year's outturn is one figure here and another
// there, or another than that year's own last return gave.
func (b *builder) askLastYear(i *judgedIndicator, all []said[ingest.Indicator], end said[ingest.Indicator]) {
	get := func(x *ingest.Indicator) ingest.Figure { return x.LastYear }
	advice := "Say which is right, and whether the figure was revised."
	one, two := unlikeFigures(all, get)
	if two != nil {
		at, saw := figuresInWords("last year's outturn", i, one, two, get)
		b.find(ingest.Query, "past-outturn-differs", at, i.Ref, saw, advice)
		return
	}
	if one == nil || end.row == nil {
		return
	}
	x, y := get(one.row), endOf(end.row)
	if y.Doubt != "" || sameAsWritten(*x.Number, *y.Number) || otherUnit(one.row, end.row) {
		return
	}
	own := source(one.ret, one.row.Sheet, x.Cell)
	b.find(ingest.Query, "past-outturn-differs", own, i.Ref, fmt.Sprintf("last year's outturn is %s here; the return of %s gave %s (%s)", withUnit(*x.Number, i.Unit), end.ret.Period, withUnit(*y.Number, i.Unit), placeIn(source(end.ret, end.row.Sheet, y.Cell), own)), advice)
}
