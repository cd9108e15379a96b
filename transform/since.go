package transform

import "boardpack/ingest"

// since tells, for each row that is red and was red in the quarter before, the
// first quarter of that run. A quarter in which the row was not returned ends it.
func (b *builder) since(now *quarter) {
	open := map[string]*Row{}
	stays := func(id string, r *Row) {
		if r.Light == Red && r.Previous == Red {
			r.Since = now.period.Before()
			open[id] = r
		}
	}
	for _, a := range now.actions {
		stays(a.id, &a.Row)
	}
	for _, i := range now.indicators {
		stays(i.id, &i.Row)
	}
	for p := now.period.Before().Before(); len(open) > 0; p = p.Before() {
		b.stillRed(p, open)
	}
}

// stillRed keeps of the open rows those that were red in a quarter too.
func (b *builder) stillRed(p ingest.Period, open map[string]*Row) {
	lights := b.lightsOf(p, open)
	for id, r := range open {
		if lights[id] != Red {
			delete(open, id)
			continue
		}
		r.Since = p
	}
}

// lightsOf judges some rows of an earlier quarter, by identity.
func (b *builder) lightsOf(p ingest.Period, wanted map[string]*Row) map[string]Light {
	actions, indicators, returned := b.gather(p, false, true)
	if !returned {
		return nil
	}
	b.loud = false
	defer func() { b.loud = true }()
	actions.fillFromPlans()
	indicators.fillFromPlans()
	lights := map[string]Light{}
	for _, g := range actions.rows {
		if wanted[g.id] != nil {
			lights[g.id] = b.judgeAction(p, g).Light
		}
	}
	for _, g := range indicators.rows {
		if wanted[g.id] != nil {
			lights[g.id] = b.judgeIndicator(p, g).Light
		}
	}
	return lights
}
