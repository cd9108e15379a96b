package render

import "boardpack/transform"

var changeFields = map[string]field[transform.Change]{
	"ref":   {noWrap: true, rowHead: true, cell: func(_ *builder, c transform.Change) Cell { return text(c.Row.Shown) }},
	"title": {cell: func(_ *builder, c transform.Change) Cell { return text(c.Row.Title) }},
	"plan":  {cell: func(_ *builder, c transform.Change) Cell { return text(c.Row.Plan) }},
	"kind":  {cell: changeKindCell},
	"was": {cell: func(b *builder, c transform.Change) Cell {
		return b.changeCell(c, c.WasFigure, c.WasDate.String(), c.WasText)
	}},
	"now": {cell: func(b *builder, c transform.Change) Cell {
		return b.changeCell(c, c.NowFigure, c.NowDate.String(), c.NowText)
	}},
	"why":         {cell: func(_ *builder, c transform.Change) Cell { return text(c.Why) }},
	"approved by": {cell: func(_ *builder, c transform.Change) Cell { return text(c.ApprovedBy) }},
	"source":      {working: true, cell: func(_ *builder, c transform.Change) Cell { return text(sourceText(c.Source)) }},
}

// changeKindCell says what was changed, and of which quarter a past figure is.
func changeKindCell(b *builder, c transform.Change) Cell {
	kind := b.def.Changes.Kinds[c.Kind]
	if c.Kind != transform.ChangedFigure {
		return text(wordOr(b.def.Changes.Kinds, c.Kind))
	}
	quarter := b.period(c.Period.Year, c.Period.Quarter, b.def.Calendar.OtherYear)
	return text(b.say(b.def.Changes.Figure, Values{Kind: kind, Text: quarter}))
}

func (b *builder) changeCell(c transform.Change, f *transform.Figure, day, said string) Cell {
	switch {
	case f != nil:
		return b.figureCell(transform.Indicator{Unit: c.Unit}, f)
	case day != "":
		return b.dayCell(day)
	case c.Kind == transform.ChangedPolarity:
		return text(wordOr(b.def.Changes.Polarities, said))
	}
	return text(said)
}

// changed lists the targets, definitions, past figures and dates that are not what members were told before.
func (b *builder) changed() []Block {
	if len(b.lines) == 0 || !b.pack.Previous.Known() {
		return nil
	}
	return []Block{tableOf(b, b.def.Tables.Changes, Values{N: len(b.pack.Changes)}, changeFields, plain(b.pack.Changes), noID)}
}

// ChangesText is the wording about changes.
type ChangesText struct {
	Kinds      map[string]string `yaml:"kinds"`
	Polarities map[string]string `yaml:"polarities"`
	Figure     Text              `yaml:"figure"` // .Kind of the quarter .Text
}
