package transform

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// aim is what an outturn is held against: a value or a range, with what lies near it.
type aim struct {
	value     *decimal.Decimal // nil for a range
	low, high *decimal.Decimal // both ends of a range, else nil
	amber     *decimal.Decimal // the worst outturn that is amber
	floor     *decimal.Decimal // the floor standard
	tolerance *Allowance
	figure    ingest.Figure // as the return or the plan gives it; zero for the register's
	at        said[ingest.Indicator]
	source    Source
	draft     bool   // not agreed, so that no light may be given against it
	approved  string // by whom
}

func (a *aim) isRange() bool { return a.low != nil }

// saidAim is a target that a return or a plan gives; nil for none. A range is
// read only where in range is good.
func saidAim(f ingest.Figure, at said[ingest.Indicator], polarity string) *aim {
	if f.Number == nil && polarity != "range" {
		return nil
	}
	a := &aim{value: f.Number, figure: f, at: at}
	if at.row != nil {
		a.source = source(at.ret, at.row.Sheet, f.Cell)
	}
	if polarity == "range" && f.Number == nil {
		a.low, a.high = rangeIn(f.Text)
	}
	if a.value == nil && a.low == nil {
		return nil
	}
	return a
}

// twoEnds is a range as officers write it: "10-15", "10% to 15%", "between 10 and 15".
var twoEnds = regexp.MustCompile(`^(?:between )?([\d.,]+) ?(%?) ?(?:-|–|to|and) ?([\d.,]+) ?(%?)$`)

func rangeIn(text string) (low, high *decimal.Decimal) {
	m := twoEnds.FindStringSubmatch(strings.ToLower(ingest.OneLine(text)))
	if m == nil || m[2] != "" && m[4] == "" {
		return nil, nil
	}
	l, h := ingest.TextFigure(m[1], "").Number, ingest.TextFigure(m[3], "").Number
	if l == nil || h == nil || l.GreaterThan(*h) {
		return nil, nil
	}
	return l, h
}

// aim makes what the register says of a target into what is judged against.
func (t *Target) aim() *aim {
	if t == nil {
		return nil
	}
	return &aim{value: t.Value.of(), low: t.Low.of(), high: t.High.of(), amber: t.Amber.of(), floor: t.Floor.of(),
		tolerance: t.Tolerance, source: t.source, draft: !t.agreed(), approved: t.ApprovedBy}
}

// standingRange is the register's range of an indicator for which in range is good; it holds in every quarter.
func (r Registered) standingRange() *aim {
	if r.Polarity != "range" || r.Low == nil {
		return nil
	}
	return &aim{low: r.Low.of(), high: r.High.of(), source: r.source}
}

// saidTargets finds the targets of a quarter and of its year in returns and plans.
func (x *reading) saidTargets(p ingest.Period, g *gathered[ingest.Indicator], polarity string) {
	for _, s := range g.all {
		if x.own == nil {
			x.own = saidAim(s.row.Quarters.Of(p.Quarter).Target, s, polarity)
		}
		if x.year == nil {
			x.year = saidAim(s.row.Target, s, polarity)
		}
	}
}

// figures are a target as reports show it: one number, or both ends of a range.
func (a *aim) figures(registered *int) (*Figure, *[2]Figure) {
	if a.isRange() {
		return nil, &[2]Figure{{Number: *a.low, Decimals: -1, Source: a.source}, {Number: *a.high, Decimals: -1, Source: a.source}}
	}
	f := a.figure
	f.Number = a.value
	if f.Cell == "" {
		f.Decimals = -1
	}
	return &Figure{Number: *a.value, Decimals: shownDecimals(f, registered), Source: a.source}, nil
}

// takeTargets puts the register's targets in place of those that were said,
// and asks where the two differ.
func (b *builder) takeTargets(p ingest.Period, i *judgedIndicator, x *reading, reg Registered) {
	own, year := reg.target(p, i.part).aim(), reg.target(ingest.Period{Year: p.Year}, i.part).aim()
	if own == nil && year == nil && x.own == nil && x.year == nil {
		own = reg.standingRange()
	}
	ofQuarter, ofYear := b.targetDiffers(i, own, x.own), b.targetDiffers(i, year, x.year)
	if i.differs == "" && (ofQuarter || ofYear && own == nil && x.own == nil) {
		i.differs = "the target differs from the register's"
	}
	x.own, x.year = cmp.Or(own, x.own), cmp.Or(year, x.year)
}

func (b *builder) targetDiffers(i *judgedIndicator, registered, said *aim) bool {
	if registered == nil || said == nil || same(registered.value, said.value) && same(registered.low, said.low) && same(registered.high, said.high) {
		return false
	}
	b.find(ingest.Query, "target-differs-from-register", said.source, i.Ref, "the target is "+said.inWords(i.Unit)+" here and "+registered.inWords(i.Unit)+" in the register",
		"Correct the one that is wrong.")
	return true
}

// same reports whether two figures are the same, or both missing.
func same(a, b *decimal.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// inWords is a target as a reason says it: "7.3%", "10% to 15%".
func (a *aim) inWords(unit string) string {
	if a.isRange() {
		return withUnit(*a.low, unit) + " to " + withUnit(*a.high, unit)
	}
	return withUnit(*a.value, unit)
}

// aim is the target that a light is judged against: the quarter's, else the year's.
func (x *reading) aim() *aim { return cmp.Or(x.own, x.year) }

// isFinal reports whether the target's date has come: it is the quarter's own,
// or the year's at the year's end, or the year's of what is measured once a year.
func (x *reading) isFinal(p ingest.Period, reg Registered) bool {
	onceAYear := slices.Contains([]string{"academic", "calendar", "lagged"}, reg.Basis) && len(reg.Due) == 1 && reg.Due[0] == p.Quarter
	return x.own != nil || onceAYear || !p.LastDay().Time().Before(p.YearEnd().Time())
}
