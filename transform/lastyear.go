package transform

import (
	"fmt"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// sameQuarterLastYear is an indicator's outturn of the same quarter a year ago:
// what a return of that quarter gave, else what this one says of last year,
// where that is the same quarter's. It is missing, and why says so, where the
// two cannot be compared.
func (b *builder) sameQuarterLastYear(p ingest.Period, i *judgedIndicator) (figure *decimal.Decimal, why string) {
	then := p.LastYear()
	x := b.pastOf(i, then)
	switch {
	case x.other:
		return nil, fmt.Sprintf("its definition has changed since %s, so whether it improved is not known", then)
	case x.doubt:
		return nil, fmt.Sprintf("the figure of %s is in doubt, so whether it improved is not known", then)
	case x.figure == nil && i.LastYear != nil && b.saysSameQuarter(p, i):
		return &i.LastYear.Number, ""
	case x.figure == nil:
		return nil, fmt.Sprintf("the figure of %s is not known, and with it whether it improved", then)
	case differ(unitKey(x.unit), unitKey(i.Unit)):
		return nil, fmt.Sprintf("the figure of %s is in another unit, so whether it improved is not known", then)
	case differ(x.polarity, i.Polarity):
		return nil, fmt.Sprintf("what was good in %s is not what is good now, so whether it improved is not known", then)
	case x.adds != i.adds, (x.own == "") != (i.FigurePeriod == ""):
		return nil, fmt.Sprintf("the figure of %s is of another kind of period, so whether it improved is not known", then)
	}
	return &x.figure.Number, ""
}

// predecessor is the reference key under which an indicator stood in an earlier
// quarter, and whether its figure of then may be compared with one of now.
func (b *builder) predecessor(i *judgedIndicator, then ingest.Period) (key string, comparable bool) {
	reg := b.register[strings.TrimSuffix(i.key, strings.ToUpper(i.part))]
	if reg == nil || reg.Replaces == nil {
		return i.key, true
	}
	from := ingest.PeriodIn(reg.Replaces.From).Period
	from.Quarter = max(from.Quarter, 1)
	if from.Year != 0 && then.Compare(from) >= 0 {
		return i.key, true
	}
	return ingest.NewRef(reg.Replaces.Ref, "").Key + strings.ToUpper(i.part), reg.Replaces.Comparable
}

// held are the indicators of one quarter as its returns gave them, not judged.
type held struct {
	byID  map[string]*gathered[ingest.Indicator]
	byKey map[string]*gathered[ingest.Indicator] // nil where several plans gave it
}

// heldIn gathers a quarter once.
func (b *builder) heldIn(p ingest.Period) *held {
	if h := b.held[p]; h != nil {
		return h
	}
	_, indicators, _ := b.gather(p, false, true)
	indicators.fillFromPlans()
	h := &held{indicators.byID, map[string]*gathered[ingest.Indicator]{}}
	for _, g := range indicators.rows {
		if _, twice := h.byKey[g.key]; twice {
			h.byKey[g.key] = nil
			continue
		}
		h.byKey[g.key] = g
	}
	b.held[p] = h
	return h
}

// find is the row of an indicator: of the same plan, else of the one plan that gave it.
func (h *held) find(i *judgedIndicator, key string) *gathered[ingest.Indicator] {
	if key == i.key {
		if g := h.byID[i.id]; g != nil {
			return g
		}
	}
	if key == "" {
		return nil
	}
	if g := h.byID[planKey(i.Plan)+"\x00"+key]; g != nil {
		return g
	}
	return h.byKey[key]
}

// saysSameQuarter reports whether a return's figure of last year is of the same
// quarter: its header says so, or it is the year's end.
func (b *builder) saysSameQuarter(p ingest.Period, i *judgedIndicator) bool {
	if p.Quarter == 4 {
		return true
	}
	at := i.LastYear.Source
	for n := range b.returns {
		if r := &b.returns[n]; r.Name == at.Workbook && r.SHA256 == at.SHA256 {
			return strings.Contains(ingest.Fold(headerOf(r, at)), "same")
		}
	}
	return false
}

// headerOf is the header over a cell of a return.
func headerOf(r *ingest.Return, at Source) string {
	letters := strings.TrimRight(at.Cell, "0123456789")
	for _, t := range r.Tables {
		if t.Sheet != at.Sheet {
			continue
		}
		for _, c := range t.Columns {
			if c.Letter == letters {
				return c.Header
			}
		}
	}
	return ""
}
