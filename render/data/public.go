package data

import (
	"slices"

	"boardpack/transform"
)

// public is the pack without what only officers may see, and with officers
// as the board's configuration lets them stand.
func public(p transform.Pack) transform.Pack {
	p.Findings = nil
	p.Actions = slices.Clone(p.Actions)
	for i := range p.Actions {
		p.Actions[i].Row = publicRow(p.Actions[i].Row)
	}
	p.Indicators = slices.Clone(p.Indicators)
	for i := range p.Indicators {
		p.Indicators[i].Row = publicRow(p.Indicators[i].Row)
	}
	p.Risks = slices.Clone(p.Risks)
	for i := range p.Risks {
		p.Risks[i].Source = transform.Source{}
		p.Risks[i].Officer = p.Risks[i].PublicOfficer
	}
	p.Narrative = slices.Clone(p.Narrative)
	for i := range p.Narrative {
		p.Narrative[i].Source = transform.Source{}
	}
	return p
}

func publicRow(r transform.Row) transform.Row {
	r.Officer = r.PublicOfficer
	r.Computed, r.Declared, r.Override = "", "", ""
	r.Source, r.Trace = transform.Source{}, nil
	return r
}
