package transform

import (
	"slices"
	"strings"

	"boardpack/ingest"
)

// Narrative and risks stand in the pack as they were given; nothing rates them.

// narrative are the texts of the quarter's returns, plans by name.
func (b *builder) narrative() []Narrative {
	var out []Narrative
	for i := range b.returns {
		r := &b.returns[i]
		if r.Unusable || r.Period != b.in.Period {
			continue
		}
		for _, n := range r.Narrative {
			plan := b.boardPlan(n.Plan)
			out = append(out, Narrative{Directorate: b.directorate(plan), Plan: plan, Heading: n.Heading, Theme: n.Theme, Text: n.Text,
				Source: source(r, n.Sheet, n.Cell)})
		}
	}
	slices.SortStableFunc(out, func(x, y Narrative) int { return strings.Compare(x.Plan, y.Plan) })
	return out
}

func (b *builder) risks() []Risk {
	var out []Risk
	for i := range b.returns {
		r := &b.returns[i]
		if !b.feeds(*r) {
			continue
		}
		for _, k := range r.Risks {
			out = append(out, b.risk(r, k))
		}
	}
	return out
}

func (b *builder) risk(r *ingest.Return, k ingest.Risk) Risk {
	x := Risk{Ref: b.spelling.Of(k.Ref), Shown: k.Ref.Written, Title: ingest.OneLine(k.Title.Value), Priority: k.Priority.Value,
		Controls: k.Controls.Value, Method: k.Method.Value, Officer: k.Officer.Value, PublicOfficer: b.publicOfficer(k.Officer.Value),
		LastReview: dueWords(k.LastReview), NextReview: dueWords(k.NextReview), Plan: b.boardPlan(k.Plan),
		Source: source(r, k.Sheet, k.Cell)}
	for _, ref := range k.RefersTo {
		x.RefersTo = append(x.RefersTo, b.spelling.Of(ref))
	}
	return x
}

// dueWords is a date in ISO form, else what the cell says.
func dueWords(d ingest.Due) string {
	if !d.Date.IsZero() {
		return d.Date.String()
	}
	return d.Text
}
