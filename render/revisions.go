package render

import "boardpack/transform"

var revisionFields = map[string]field[transform.Revision]{
	"ref":   {noWrap: true, rowHead: true, cell: func(_ *builder, c transform.Revision) Cell { return text(c.Row.Shown) }},
	"title": {cell: func(_ *builder, c transform.Revision) Cell { return text(c.Row.Title) }},
	"plan":  {cell: func(_ *builder, c transform.Revision) Cell { return text(c.Row.Plan) }},
	"kind":  {cell: revisionKindCell},
	"was": {cell: func(b *builder, c transform.Revision) Cell {
		return b.revisionCell(c, c.WasFigure, c.WasDate.String(), c.WasText)
	}},
	"now": {cell: func(b *builder, c transform.Revision) Cell {
		return b.revisionCell(c, c.NowFigure, c.NowDate.String(), c.NowText)
	}},
	"why":         {cell: func(_ *builder, c transform.Revision) Cell { return text(c.Why) }},
	"approved by": {cell: func(_ *builder, c transform.Revision) Cell { return text(c.ApprovedBy) }},
	"source":      {working: true, cell: func(_ *builder, c transform.Revision) Cell { return text(sourceText(c.Source)) }},
}

// revisionKindCell says what was changed, and of which quarter a past figure is.
func revisionKindCell(b *builder, c transform.Revision) Cell {
	kind := b.def.Revisions.Kinds[c.Kind]
	if c.Kind != transform.RevisedFigure {
		return text(wordOr(b.def.Revisions.Kinds, c.Kind))
	}
	quarter := b.period(c.Period.Year, c.Period.Quarter, b.def.Calendar.OtherYear)
	return text(b.say(b.def.Revisions.Figure, Values{Kind: kind, Text: quarter}))
}

func (b *builder) revisionCell(c transform.Revision, f *transform.Figure, day, said string) Cell {
	switch {
	case f != nil:
		return b.figureCell(transform.Indicator{Unit: c.Unit}, f)
	case day != "":
		return b.dayCell(day)
	case c.Kind == transform.RevisedPolarity:
		return text(wordOr(b.def.Revisions.Polarities, said))
	}
	return text(said)
}

// revised lists the targets, definitions, past figures and dates that are not what members were told before.
func (b *builder) revised() []Block {
	if len(b.lines) == 0 || !b.pack.Previous.Known() {
		return nil
	}
	return []Block{tableOf(b, b.def.Tables.Revisions, Values{N: len(b.pack.Revisions)}, revisionFields, plain(b.pack.Revisions), noID)}
}

// RevisionsText is the wording about what was revised.
type RevisionsText struct {
	Kinds      map[string]string `yaml:"kinds"`
	Polarities map[string]string `yaml:"polarities"`
	Figure     Text              `yaml:"figure"` // .Kind of the quarter .Text
}
