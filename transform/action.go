package transform

import (
	"cmp"
	"fmt"

	"boardpack/ingest"
)

func actionBase(a *ingest.Action) *ingest.Row { return &a.Row }

// judgeAction gives an action its light and its status in a quarter.
func (b *builder) judgeAction(p ingest.Period, g *gathered[ingest.Action]) *judgedAction {
	a := &judgedAction{id: g.id, key: g.key}
	a.Row = baseRow(b, g, actionBase)
	b.dueOf(a, g)
	b.date(p, a)
	b.refsOf(a, g)
	if g.returned {
		b.actionSays(p, a, g.all[0])
	} else {
		a.Light, a.Rule, a.Reason = NotReturned, "not-returned", "no return of this quarter gives it a light"
	}
	b.override(p, &a.Row, a.key)
	b.editedComment(p, &a.Row, a.key)
	a.Forward = p.Quarter == 4 && a.Status != "done" && a.Status != "cancelled" && a.Light != Withdrawn && b.in.Scheme.statusOf(a.Light) != "done"
	b.askAboutAction(a)
	return a
}

func (b *builder) dueOf(a *judgedAction, g *gathered[ingest.Action]) {
	for _, s := range g.all {
		if d := s.row.Due; !d.Date.IsZero() || d.Ongoing {
			a.Due, a.Ongoing = d.Date, d.Ongoing
			a.note("due", a.DueText(), d.Text, source(s.ret, s.row.Sheet, d.Cell))
			break
		}
	}
	a.FirstDue = a.Due
}

func (b *builder) refsOf(a *judgedAction, g *gathered[ingest.Action]) {
	for _, s := range g.all {
		if len(a.Indicators) == 0 {
			a.Indicators = b.spell(s.row.Indicators)
		}
		if len(a.Risks) == 0 {
			a.Risks = b.spell(s.row.Risks)
		}
	}
}

func (b *builder) spell(refs []ingest.Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, b.spelling.Of(r))
	}
	return out
}

// actionSays takes the officer's light, else the light that the scheme gives
// to the action's state in words.
func (b *builder) actionSays(p ingest.Period, a *judgedAction, s said[ingest.Action]) {
	light, comment := s.row.Light, s.row.Comment
	if q := s.row.Quarters.Of(p.Quarter); q.Light.Cell != "" || q.Comment.Value != "" {
		if q.Light.Cell != "" {
			light = q.Light
		}
		if q.Comment.Value != "" {
			comment = q.Comment
		}
	}
	a.Comment = comment.Value
	a.note("comment", comment.Value, comment.Value, source(s.ret, s.row.Sheet, comment.Cell))
	a.remedy(s.row.Remedy, func(cell string) Source { return source(s.ret, s.row.Sheet, cell) })
	at := source(s.ret, s.row.Sheet, light.Cell)
	a.Declared = b.colour(light, at, a.Ref)
	a.Forecast = Light(s.row.Forecast.Colour)
	a.Status = s.row.StatusOf
	a.note("officer's light", string(a.Declared), saidLight(light), at)
	a.note("status", s.row.Status.Value, s.row.Status.Value, source(s.ret, s.row.Sheet, s.row.Status.Cell))
	b.actionLight(p, a, s)
}

// actionLight gives an action its light: the officer's, else the one that the
// scheme gives to its status.
func (b *builder) actionLight(p ingest.Period, a *judgedAction, s said[ingest.Action]) {
	scheme := b.in.Scheme
	byStatus, status := scheme.lightOf(a.Status, a.finished)
	switch {
	case a.Ongoing && scheme.Ongoing == "context" && a.Status != "done" && a.Status != "cancelled":
		a.Light, a.Rule, a.Reason = Context, "ongoing", "it goes on without an end, and the scheme gives that no light"
	case a.Declared != "":
		a.Light, a.Rule, a.Reason = a.Declared, "officers-judgement", fmt.Sprintf("the officer's judgement is %s", a.Declared)
	case byStatus != "":
		a.Light, a.Computed, a.Rule = byStatus, byStatus, "status"
		a.Reason = fmt.Sprintf("its state is '%s': %s", status, byStatus)
	case s.row.Status.Value != "" || s.row.Light.Text != "":
		a.Light, a.Rule, a.Reason = InQuery, "query", "what stands in place of a light has no meaning in the scheme"
	default:
		a.Light, a.Rule, a.Reason = NotReturned, "not-returned", "the return gives it no light"
	}
	b.askAboutStatus(a, s)
	a.settleStatus(p, scheme)
	if a.Status == "overdue" && scheme.Overdue == "red" && a.Light.IsColour() {
		a.Light, a.Computed, a.Rule = Red, Red, "overdue"
		a.Reason = fmt.Sprintf("it was due by %s and is not done: red", a.Due.Words())
	}
	a.Reason += a.datesInWords()
}

// lightOf is the light of an action's status, and the status as it was looked
// up: "done late" and "done early" come before "done" where the scheme has them.
func (s Scheme) lightOf(status, finished string) (Light, string) {
	if status == "done" && finished != "" {
		if l := s.StatusLights["done "+finished]; l != "" {
			return l, "done " + finished
		}
	}
	return s.StatusLights[status], status
}

// askAboutStatus asks where the officer's light and words do not say the same
// of whether an action is done, and where his words mean nothing.
func (b *builder) askAboutStatus(a *judgedAction, s said[ingest.Action]) {
	done := b.in.Scheme.Done
	at := source(s.ret, s.row.Sheet, cmp.Or(s.row.Status.Cell, s.row.Light.Cell))
	switch {
	case a.Rule == "query":
		b.find(ingest.Query, "status-not-known", at, a.Ref, fmt.Sprintf("'%s' gives the action no light", ingest.OneLine(cmp.Or(s.row.Status.Value, s.row.Light.Text))),
			"Write R, A or G, or a state that the scheme gives a light.")
	case done == "" || a.Declared == "" || a.Status == "" || a.Status == "cancelled":
	case (a.Declared == done) != (a.Status == "done"):
		b.find(ingest.Query, "light-and-status-differ", at, a.Ref, fmt.Sprintf("the light is %s and the status says '%s'; %s means that an action is completed", a.Declared, ingest.OneLine(s.row.Status.Value), done),
			"Correct the one that is wrong. If the council's green means on course, choose a scheme that says so in boardpack.yaml.")
	}
}

// settleStatus tells an action's status from its light and its date, where
// the officer does not say it in words that end it.
func (a *judgedAction) settleStatus(p ingest.Period, s Scheme) {
	late := !a.Due.IsZero() && !a.Due.After(p.LastDay())
	switch {
	case a.Status == "done" || a.Status == "cancelled" || a.Status == "paused":
	case a.Declared != "" && s.statusOf(a.Declared) == "done" && a.Status == "":
		a.Status = "done"
	case late && (a.Light.IsColour() || a.Status != ""):
		a.Status = "overdue"
	case a.Status != "":
	default:
		a.Status = s.statusOf(a.Light)
	}
}

// askAboutAction finds what members would ask about.
func (b *builder) askAboutAction(a *judgedAction) {
	if a.Status == "overdue" {
		stays := "stays"
		if a.Rule == "overdue" {
			stays = "is"
		}
		b.find(ingest.Query, "action-overdue", a.Source, a.Ref, fmt.Sprintf("it was due by %s, within the quarter, and is not done; its light %s %s", a.Due.Words(), stays, a.Light),
			"Say that it is done, or give the new date and who agreed it.")
	}
	if a.Light == NotReturned {
		b.notReturned(&a.Row)
	}
}

func (b *builder) notReturned(r *Row) {
	b.find(ingest.Note, "not-returned", r.Source, r.Ref, "nothing was given for it in this quarter", "Give its light and figures in the plan's return.")
}
