package render

func (b *builder) title() []Block {
	text := b.word(b.def.Document.Title)
	return append(b.logo(), Heading{Level: 1, Text: text, ID: b.anchor("report")})
}

func (b *builder) contents() []Block { return []Block{Contents{}} }

// coverValues are what the lines of the cover block may show.
var coverValues = map[string]func(*builder) string{
	"report to":         func(b *builder) string { return b.pack.Board.Cover.ReportTo },
	"date":              func(b *builder) string { return b.pack.Board.Cover.Date },
	"reporting officer": func(b *builder) string { return b.pack.Board.Cover.ReportingOfficer },
	"portfolio":         func(b *builder) string { return b.pack.Board.Cover.Portfolio },
	"subject":           func(b *builder) string { return b.pack.Board.Cover.Subject },
	"wards":             func(b *builder) string { return b.pack.Board.Cover.Wards },
	"period":            func(b *builder) string { return b.base.Period },
	"status":            func(b *builder) string { return b.say(b.def.Cover.Line, Values{Text: b.edition()}) },
}

// cover is the small table at the head: what the configuration gives, period and status.
func (b *builder) cover() []Block {
	facts := Facts{Caption: b.word(b.def.Cover.Caption)}
	for _, r := range b.def.Cover.Rows {
		if value := coverValues[r.Show](b); value != "" {
			facts.Rows = append(facts.Rows, Fact{Label: b.word(r.Label), Value: value})
		}
	}
	return []Block{facts}
}

func (b *builder) purpose() []Block {
	return b.statements(b.orDefault(b.pack.Board.Cover.Purpose, b.def.Purpose))
}

func (b *builder) statements(texts []string) []Block {
	var blocks []Block
	for _, text := range texts {
		blocks = append(blocks, b.statement(Plain, text))
	}
	return blocks
}

// text is what the configuration gives for a section, else the definition's own wording. A text that
// somebody must write is never assumed: without it the report says that it is not written.
func (b *builder) text() []Block {
	at := b.place.at
	texts := b.orDefault(b.pack.Board.Cover.Texts[at.ID], at.Text)
	switch {
	case len(texts) > 0:
		return b.statements(texts)
	case at.Required:
		return []Block{paragraph(Warn, b.word(b.def.Words.Unwritten))}
	}
	return nil
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
	t := b.newTable(w.Name, w.Caption, Values{})
	t.Columns = []Column{{Head: b.word(w.Light), Width: 2, RowHead: true}, {Head: b.word(w.Meaning), Width: 10}}
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
