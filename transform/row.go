package transform

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// baseRow makes what actions and indicators have in common.
func baseRow[T any](b *builder, g *gathered[T], base func(*T) *ingest.Row) Row {
	own := base(g.all[0].row)
	r := Row{Plan: g.plan, Directorate: b.directorate(g.plan), Source: source(g.all[0].ret, own.Sheet, own.Cell), Trace: make([]Evidence, 0, usualTrace)}
	r.Ref = b.spelling.Of(own.Ref)
	r.Shown = r.Ref
	if s := b.shown[own.Ref.Key]; s != "" && !own.Ref.IsZero() {
		r.Shown = ingest.OneLine(s)
	}
	text := func(field string, get func(*ingest.Row) ingest.Text) string {
		v, at := first(g, func(t *T) ingest.Text { return get(base(t)) }, base)
		r.note(field, v, v, at)
		return v
	}
	r.Title = ingest.OneLine(text("title", func(x *ingest.Row) ingest.Text { return x.Title }))
	r.Objective = ingest.OneLine(text("objective", func(x *ingest.Row) ingest.Text { return x.Objective }))
	r.Officer = ingest.OneLine(text("officer", func(x *ingest.Row) ingest.Text { return x.Officer }))
	r.Priority = ingest.OneLine(text("priority", func(x *ingest.Row) ingest.Text { return x.Priority }))
	r.PublicOfficer = b.publicOfficer(r.Officer)
	return r
}

// usualTrace is how many values a row has as a rule.
const usualTrace = 12

// note keeps a value with the cell that it came from.
func (r *Row) note(field, value, saidAs string, at Source) {
	if value == "" || at.Cell == "" {
		return
	}
	if saidAs == value {
		saidAs = ""
	}
	r.Trace = append(r.Trace, Evidence{Field: field, Value: value, Said: saidAs, Source: at})
}

// override replaces a light by a decision, which keeps the computed one beside it.
func (b *builder) override(p ingest.Period, r *Row, key string) {
	for _, d := range slices.Backward(b.decided[decidedOf{DecideOverride, key}]) {
		if d.about(r.Plan, p) {
			if d.Light.IsColour() && !b.in.Scheme.has(d.Light) {
				b.find(ingest.Query, "light-not-in-scheme", r.Source, r.Ref, fmt.Sprintf("the decision of %s gives %s, which the scheme does not have, so it was not used", d.Who, d.Light), "Make a decision for one of the scheme's lights.")
				return
			}
			r.Light, r.Override = d.Light, d.Who+": "+d.Text
			r.Rule, r.Reason = "override", "settled by the council after the return was made"
			return
		}
	}
}

// editedComment replaces a comment by one that a decision gives.
func (b *builder) editedComment(p ingest.Period, r *Row, key string) {
	for _, d := range slices.Backward(b.decided[decidedOf{DecideComment, key}]) {
		if d.about(r.Plan, p) {
			r.Comment, r.Cause, r.Remedy = d.Text, "", ""
			return
		}
	}
}

// remedy takes what is being done, where the return says it apart from why. The
// comment then holds both, a paragraph each.
func (r *Row) remedy(said *ingest.Remedy, at func(cell string) Source) {
	if said == nil {
		return
	}
	r.Cause, r.Remedy, r.ByWhen = r.Comment, said.Value, said.ByWhen.Date
	r.Comment = strings.TrimSpace(r.Cause + "\n" + r.Remedy)
	r.note("what is being done", r.Remedy, r.Remedy, at(said.Cell))
	if due := said.ByWhen; !due.Date.IsZero() {
		r.note("by when", due.Date.String(), due.Text, at(due.Cell))
	}
}

// colour is an officer's light as the scheme knows it; a colour that is not
// the scheme's is none, and somebody is asked.
func (b *builder) colour(l ingest.Light, at Source, ref string) Light {
	c := Light(l.Colour)
	if c == "" {
		return ""
	}
	if !b.in.Scheme.has(c) {
		b.find(ingest.Query, "light-not-in-scheme", at, ref, "the light is "+l.Colour+", which the scheme "+b.in.Scheme.Title+" does not have", "Use one of the scheme's colours.")
		return ""
	}
	return c
}

// saidLight is an officer's light in words, for the record.
func saidLight(l ingest.Light) string {
	if l.By == "cell colour" {
		return strings.TrimSpace(l.Text + " (by the cell's colour)")
	}
	return l.Text
}
