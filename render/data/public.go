package data

import (
	"slices"

	"boardpack/transform"
)

// public is the pack without what only officers may see, and with officers
// as the board's configuration lets them stand.
func public(p transform.Pack) transform.Pack {
	posts := printedOfficers(p)
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
		if p.Board.Officer != transform.OfficerName {
			p.Risks[i].Officer = posts[p.Risks[i].Officer]
		}
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

// printedOfficers gives the public form of each officer that the rows name.
// A risk carries no public form of its own, so one whose officer no row names
// is published without: a name must not slip out because nobody mapped it.
func printedOfficers(p transform.Pack) map[string]string {
	posts := map[string]string{}
	if p.Board.Officer == transform.OfficerNone {
		return posts
	}
	for _, a := range p.Actions {
		posts[a.Officer] = a.PublicOfficer
	}
	for _, i := range p.Indicators {
		posts[i.Officer] = i.PublicOfficer
	}
	return posts
}
