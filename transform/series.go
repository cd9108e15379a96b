package transform

import (
	"cmp"
	"slices"
	"strings"

	"boardpack/ingest"
)

// Point is an indicator's outturn in one quarter.
type Point struct {
	Period ingest.Period
	Figure
	Apart   bool       // it may not be compared with this quarter's figure: another unit, definition, period, or idea of what is good
	Target  *Figure    // that then held: the quarter's own, else the year's; nil where there was none, and for a range
	Range   *[2]Figure // low and high of a target that is a range
	Due     bool       // the target's date had come
	Against string     // its target: "met" or "missed"; empty without one, or where nothing says what is good
	Signal  string     // the rule by which the control limits mark it as more than chance; empty for none

	unit, polarity string // as the return said them then; empty where it did not
	own            string // the figure's own period, where it is not the quarter
	adds           bool   // it adds up over the year

	was       *Figure       // what an earlier return gave for the same quarter, where it differs
	revisedIn ingest.Period // the quarter of the return that gave it anew
}

// seriesOf gathers, for each indicator, the outturns of all quarters up to p
// that some return gives, the oldest first. A later return of the same year
// that gives an earlier quarter's figure anew has the last word, as a revision.
// Figures in doubt are left out: they may not be judged, so they may not be compared.
func (b *builder) seriesOf(p ingest.Period) map[string][]Point {
	points := map[string]map[ingest.Period]Point{}
	for _, r := range b.byTime() {
		if r.Unusable || r.IsPlan() || !r.Period.Known() || r.Period.Compare(p) > 0 {
			continue
		}
		for n := range r.Indicators {
			i := &r.Indicators[n]
			id := b.identity(b.boardPlan(i.Plan), i.Ref.Key+strings.ToUpper(i.Part), &i.Row)
			if points[id] == nil {
				points[id] = map[ingest.Period]Point{}
			}
			b.pointsOf(points[id], i, &r)
		}
	}
	out := make(map[string][]Point, len(points))
	for id, at := range points {
		list := make([]Point, 0, len(at))
		for _, x := range at {
			list = append(list, x)
		}
		slices.SortFunc(list, func(x, y Point) int { return x.Period.Compare(y.Period) })
		out[id] = list
	}
	return out
}

// pointsOf adds what one row of a return says of its own quarter and of those before.
func (b *builder) pointsOf(at map[ingest.Period]Point, i *ingest.Indicator, r *ingest.Return) {
	for q := 1; q <= r.Period.Quarter; q++ {
		f, period := i.Quarters.Of(q).Outturn, ingest.Period{Year: r.Period.Year, Quarter: q}
		if q == r.Period.Quarter {
			if _, twice := at[period]; twice {
				continue // the same reference twice: the first row speaks
			}
			if f.Cell == "" {
				f = firstFigure(i.Outturn, i.YearToDate)
			}
		}
		if f.Number == nil || f.Doubt != "" {
			continue
		}
		reg := b.known(i.Ref.Key)
		was, since := revision(at, period, f, r.Period)
		at[period] = Point{was: was, revisedIn: since, Period: period, unit: cmp.Or(reg.Unit, i.Unit.Value), polarity: cmp.Or(reg.Polarity, i.PolarityOf), own: f.Period, adds: addsUp(reg.Basis, f.Cell, i.YearToDate.Cell),
			Figure: Figure{Number: *f.Number, Decimals: shownDecimals(f, reg.Decimals), Source: source(r, i.Sheet, f.Cell)}}
	}
}

// revision tells what a quarter's figure was before a return gave it anew, and in which quarter that was. A
// revision that was already there stays where the figure does.
func revision(at map[ingest.Period]Point, period ingest.Period, f ingest.Figure, now ingest.Period) (*Figure, ingest.Period) {
	held, there := at[period]
	switch {
	case !there:
		return nil, ingest.Period{}
	case held.Number.Equal(*f.Number):
		return held.was, held.revisedIn
	}
	return &held.Figure, now
}

// known is what the register says of a reference; an empty entry where it says nothing.
func (b *builder) known(key string) Registered {
	if reg := b.register[key]; reg != nil {
		return *reg
	}
	return Registered{}
}
