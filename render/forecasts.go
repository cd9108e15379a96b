package render

// forecasts set each light beside the one that its officer expects at the year's end; nothing where no
// return gives one.
func (b *builder) forecasts() []Block {
	lines := keep(b.countedLines(""), func(l *line) bool { return l.Forecast != "" })
	if len(lines) == 0 {
		return nil
	}
	bands := plain(lines)
	if len(b.plans) > 1 {
		bands = banded(lines, propertyOf("plan"), b.word(b.def.Words.NoPlan))
	}
	t := tableOf(b, b.def.Tables.Forecast, Values{N: len(lines)}, lineFields, bands, noID)
	t.Bands = "plan"
	return []Block{t}
}
