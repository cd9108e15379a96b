package render

import (
	"cmp"
	"strings"

	"boardpack/transform"
)

// exceptions are a block for each red row and for each row whose colour got worse.
func (b *builder) exceptions() []Block {
	if len(b.lines) == 0 {
		return nil
	}
	var blocks []Block
	for _, kind := range kinds {
		lines := keep(b.countedLines(kind), needsAttention)
		if len(lines) > 0 {
			blocks = append(blocks, b.under(1, b.noun(kind).Label))
		}
		for _, l := range lines {
			blocks = append(blocks, b.exception(l))
		}
	}
	if len(blocks) == 0 {
		return []Block{paragraph(Plain, b.word(b.def.Exceptions.None))}
	}
	return blocks
}

func (b *builder) exception(l *line) Exception {
	w := b.def.Exceptions
	e := Exception{ID: b.anchor("exception-" + l.id), Mark: b.mark(l.Light), Ref: l.Shown, Title: l.Title}
	switch {
	case l.Since.Known() && l.Since != b.pack.Previous:
		e.Since = b.say(w.Long, Values{Light: e.Mark.Word, Text: b.period(l.Since.Year, l.Since.Quarter, b.quarterOf(l.Since.Year))})
	case moved(l):
		e.Since = b.say(w.Since, Values{Was: b.mark(l.Previous).Word})
	case l.Previous != "":
		e.Since = b.say(w.Still, Values{Was: b.mark(l.Previous).Word})
	}
	e.Figures = b.exceptionFigures(l)
	e.Texts = b.why(l)
	if second := b.forecast(l.Forecast); second != "" {
		label := b.word(w.Forecast)
		if l.action != nil && b.pack.Scheme.Second != "" {
			label = b.pack.Scheme.Second
		}
		e.Texts = append(e.Texts, Fact{Label: label, Value: second})
	}
	e.Texts = append(e.Texts, b.facts([]labelled{{w.Officer, l.PublicOfficer}})...)
	b.addChart(&e, l)
	return e
}

// why is what was said of the miss: its cause, what is being done and by when, where the return has them
// apart, else the comment.
func (b *builder) why(l *line) []Fact {
	w := b.def.Exceptions
	if l.Remedy == "" {
		comment := cmp.Or(l.Comment, l.SpokenFor, b.word(w.NoComment))
		return b.facts([]labelled{{w.Comment, comment}})
	}
	when := ""
	if !l.ByWhen.IsZero() {
		when = b.date(l.ByWhen.Time())
	}
	return b.facts([]labelled{{w.Cause, cmp.Or(l.Cause, b.word(w.NoComment))}, {w.Remedy, l.Remedy}, {w.ByWhen, when}})
}

// exceptionFigures are the figures of an indicator or the dates of an action, those that are there.
func (b *builder) exceptionFigures(l *line) []Fact {
	var facts []Fact
	if l.action != nil {
		facts = b.dueFacts(l)
	} else {
		facts = b.indicatorFacts(*l.indicator)
	}
	return keep(facts, func(f Fact) bool { return f.Value != "" })
}

func (b *builder) dueFacts(l *line) []Fact {
	w := b.def.Exceptions
	dated := func(label Text, c Cell) Fact { return Fact{Label: b.word(label), Value: c.Text, Date: c.Date} }
	return []Fact{dated(w.Due, dueCell(b, l)), dated(w.FirstDue, firstDueCell(b, l))}
}

func (b *builder) indicatorFacts(i transform.Indicator) []Fact {
	w := b.def.Exceptions
	outturn := b.figureFact(w.Outturn, i, i.Outturn)
	if outturn.Value != "" {
		outturn.Value += b.remarks(i)
		outturn.Remark = strings.Join(b.remarksOf(i), b.def.Words.Comma)
	}
	target := b.figureFact(w.Target, i, i.Target)
	if i.TargetRange != nil {
		target = Fact{Label: target.Label, Value: b.target(i)}
	}
	return []Fact{target, outturn, b.figureFact(w.Before, i, i.Before), b.figureFact(w.LastYear, i, i.LastYear)}
}

// figureFact is a figure with its unit, as running text says it.
func (b *builder) figureFact(label Text, i transform.Indicator, f *transform.Figure) Fact {
	fact := Fact{Label: b.word(label), Value: b.figure(i, f)}
	if f != nil {
		fact.Number, fact.Format = f.Number.String(), NumberFormat{Decimals: decimals(i, *f), Unit: b.unit(i)}
	}
	return fact
}

func (b *builder) forecast(l transform.Light) string {
	if l == "" {
		return ""
	}
	return b.mark(l).Word
}

// labelled is a value with the wording of its label.
type labelled struct {
	label Text
	value string
}

// facts keeps the values that are there.
func (b *builder) facts(values []labelled) []Fact {
	var facts []Fact
	for _, v := range values {
		if v.value != "" {
			facts = append(facts, Fact{Label: b.word(v.label), Value: v.value})
		}
	}
	return facts
}
