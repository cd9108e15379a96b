package render

import (
	"slices"

	"boardpack/transform"
)

// planReturned is what one plan returned in the quarter.
type planReturned struct {
	name                                             string
	nil                                              bool
	actions, indicators                              int
	given, awaited, missing, queried, notDue, hidden int
}

var returnedFields = map[string]field[planReturned]{
	"plan":         {rowHead: true, cell: func(b *builder, p planReturned) Cell { return text(b.planTitle(p.name)) }},
	"return":       {cell: returnedCell},
	"actions":      {align: Right, cell: countOfPlan(func(p planReturned) int { return p.actions })},
	"indicators":   {align: Right, cell: countOfPlan(func(p planReturned) int { return p.indicators })},
	"given":        {align: Right, cell: countOfPlan(func(p planReturned) int { return p.given })},
	"not due":      {align: Right, cell: countOfPlan(func(p planReturned) int { return p.notDue })},
	"awaited":      {align: Right, cell: countOfPlan(func(p planReturned) int { return p.awaited })},
	"not returned": {align: Right, cell: countOfPlan(func(p planReturned) int { return p.missing })},
	"query":        {align: Right, cell: countOfPlan(func(p planReturned) int { return p.queried })},
	"suppressed":   {align: Right, cell: countOfPlan(func(p planReturned) int { return p.hidden })},
}

func countOfPlan(get func(planReturned) int) func(*builder, planReturned) Cell {
	return func(_ *builder, p planReturned) Cell { return countCell(get(p)) }
}

func returnedCell(b *builder, p planReturned) Cell {
	switch {
	case p.nil:
		return text(b.def.Returned.Nil)
	case p.given+p.awaited+p.queried > 0:
		return text(b.def.Returned.Returned)
	}
	return text(b.def.Returned.Nothing)
}

// returned counts, for each plan, what was due, what was given and what is open: how far the report can be relied on.
func (b *builder) returned() []Block {
	var plans []planReturned
	for _, pl := range b.plans {
		p := planReturned{name: pl.name, actions: len(pl.actions), indicators: len(pl.indicators)}
		for _, r := range b.pack.Returns {
			p.nil = p.nil || r.Nil && r.Plan == pl.name
		}
		for _, l := range slices.Concat(pl.actions, pl.indicators) {
			p.count(l.Light)
		}
		plans = append(plans, p)
	}
	if len(plans) == 0 {
		return nil
	}
	return []Block{tableOf(b, b.def.Tables.Returned, Values{N: len(plans)}, returnedFields, plain(plans), noID)}
}

func (p *planReturned) count(l transform.Light) {
	switch l {
	case transform.NotDue:
		p.notDue++
	case transform.Awaited:
		p.awaited++
	case transform.NotReturned:
		p.missing++
	case transform.InQuery:
		p.queried++
	case transform.Suppressed:
		p.hidden++
	default:
		p.given++
	}
}

// ReturnedText is the words for how a plan returned.
type ReturnedText struct {
	Returned string `yaml:"returned"`
	Nil      string `yaml:"nil"`
	Nothing  string `yaml:"nothing"`
}
