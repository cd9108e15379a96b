package transform

import (
	"fmt"
	"slices"

	"boardpack/ingest"
)

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
