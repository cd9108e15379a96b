package render

// forecasts set each light beside the one that its officer expects at the year's end; nothing where no
// return gives one.
func (b *builder) forecasts() []Block {
	lines := keep(b.countedLines(""), func(l *line) bool { return l.Forecast != "" })
	if len(lines) == 0 {
		return nil
	}
	return []Block{b.tableByPlan(b.def.Tables.Forecast, lines)}
}
