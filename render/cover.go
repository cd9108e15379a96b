package render

func (b *builder) title() []Block {
	text := b.word(b.def.Document.Title)
	return []Block{Heading{Level: 1, Text: text, ID: b.anchor("report")}}
}

func (b *builder) contents() []Block { return []Block{Contents{}} }

// cover is the small table at the head: what the configuration gives, then period and status.
func (b *builder) cover() []Block {
	w, c := b.def.Cover, b.pack.Board.Cover
	facts := Facts{Caption: b.word(w.Caption)}
	facts.Rows = b.facts([]labelled{
		{w.ReportTo, c.ReportTo},
		{w.Date, c.Date},
		{w.Officer, c.ReportingOfficer},
		{w.Portfolio, c.Portfolio},
		{w.Subject, c.Subject},
		{w.Wards, c.Wards},
		{w.Period, b.base.Period},
		{w.Status, b.say(w.Line, Values{Text: b.edition()})},
	})
	return []Block{facts}
}

func (b *builder) purpose() []Block {
	var blocks []Block
	for _, text := range b.orDefault(b.pack.Board.Cover.Purpose, b.def.Purpose) {
		blocks = append(blocks, paragraph(Plain, text))
	}
	return blocks
}

func (b *builder) recommendation() []Block {
	list := List{Numbered: true}
	for _, text := range b.orDefault(b.pack.Board.Cover.Recommendations, b.def.Recommendations) {
		list.Items = append(list.Items, Item{Text: text})
	}
	return []Block{list}
}

// orDefault is what the configuration gives, else the definition's own wording.
func (b *builder) orDefault(given []string, wording []Text) []string {
	if len(given) > 0 {
		return given
	}
	var texts []string
	for _, t := range wording {
		texts = append(texts, b.say(t, Values{N: len(b.planNames())}))
	}
	return texts
}

// key explains the lights of the scheme that ran, with only the states that occur.
func (b *builder) key() []Block {
	if len(b.lines) == 0 {
		return nil
	}
	k := Key{Caption: b.word(b.def.Lights.KeyCaption), Head: b.def.Lights.KeyHead}
	for _, l := range b.pack.Scheme.Lights {
		k.Lights = append(k.Lights, KeyLight{Mark: b.mark(l.Light), Action: l.Action, Indicator: l.Indicator})
	}
	seen := b.lightsSeen()
	for _, s := range b.pack.Scheme.States {
		if seen[string(s.State)] {
			k.States = append(k.States, KeyState{Mark: b.mark(s.State), Text: s.Text})
		}
	}
	blocks := append([]Block{k}, b.keySecond()...)
	if b.pack.Scheme.Note != "" {
		blocks = append(blocks, paragraph(Quiet, b.pack.Scheme.Note))
	}
	for _, l := range b.lines {
		if l.indicator != nil && l.indicator.Qualifier != "" {
			return append(blocks, paragraph(Quiet, b.word(b.def.Lights.KeyProvisional)))
		}
	}
	return blocks
}

// keySecond explains the second light of an action, where the scheme has one.
func (b *builder) keySecond() []Block {
	w := b.def.Lights.KeySecond
	if b.pack.Scheme.Second == "" || w.Meaning.source == "" {
		return nil
	}
	name := b.sheetName(b.word(w.Name))
	t := Table{ID: b.anchor("table-" + name), Name: name, Caption: b.word(w.Caption), Columns: []Column{
		{Head: b.word(w.Light), Width: 2, RowHead: true}, {Head: b.word(w.Meaning), Width: 10},
	}}
	var rows []Row
	for _, l := range b.pack.Scheme.Lights {
		rows = append(rows, Row{Cells: []Cell{b.lightCell(l.Light), text(upperFirst(l.Second))}})
	}
	t.Groups = []Group{{Rows: rows}}
	return []Block{t}
}

// lightsSeen are the lights that stand somewhere in the report.
func (b *builder) lightsSeen() map[string]bool {
	seen := map[string]bool{}
	for _, l := range b.lines {
		seen[string(l.Light)], seen[string(l.Previous)], seen[string(l.Forecast)] = true, true, true
	}
	return seen
}
