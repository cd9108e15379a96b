package render

// show is one thing that a definition's section may name.
type show struct {
	working bool // only officers may see it
	blocks  func(*builder) []Block
}

// shows are all sections by the name that definitions give them. A section without content gives no
// block, and then its heading is left out too.
var shows = map[string]show{
	"part":                {blocks: (*builder).part},
	"text":                {blocks: (*builder).text},
	"title":               {blocks: (*builder).title},
	"cover":               {blocks: (*builder).cover},
	"contents":            {blocks: (*builder).contents},
	"purpose":             {blocks: (*builder).purpose},
	"recommendation":      {blocks: (*builder).recommendation},
	"lead":                {blocks: (*builder).lead},
	"lights":              {blocks: (*builder).lights},
	"chart of lights":     {blocks: (*builder).lightsChart},
	"table of lights":     {blocks: (*builder).lightsTable},
	"actions by light":    {blocks: (*builder).actionsByLight},
	"indicators by light": {blocks: (*builder).indicatorsByLight},
	"matrix":              {blocks: (*builder).matrices},
	"movement sentence":   {blocks: (*builder).movementSentence},
	"lists":               {blocks: (*builder).shortLists},
	"needs attention":     {blocks: (*builder).attentionList},
	"improved":            {blocks: (*builder).improvedList},
	"newly met":           {blocks: (*builder).newlyList},
	"awaited":             {blocks: (*builder).awaitedList},
	"key":                 {blocks: (*builder).key},
	"exceptions":          {blocks: (*builder).exceptions},
	"narrative":           {blocks: (*builder).narrative},
	"lights by plan":      {blocks: (*builder).lightsByPlan},
	"plans":               {blocks: (*builder).planTables},
	"forecast":            {blocks: (*builder).forecasts},
	"revisions":           {blocks: (*builder).revised},
	"rolled forward":      {blocks: (*builder).forward},
	"risks":               {blocks: (*builder).risks},
	"movement":            {blocks: (*builder).movementTable},
	"reasons":             {blocks: (*builder).reasons},
	"disagreements":       {blocks: (*builder).disagreements},
	"series":              {blocks: (*builder).series},
	"control limits":      {blocks: (*builder).controlLimits},
	"what was returned":   {blocks: (*builder).returned},
	"open":                {working: true, blocks: (*builder).open},
	"changes":             {working: true, blocks: (*builder).sinceBefore},
	"returns":             {working: true, blocks: (*builder).returns},
	"findings":            {working: true, blocks: (*builder).findings},
}

// place is where the builder is in the report's order.
type place struct {
	at      Section
	parts   int     // parts opened so far
	opening []Block // the last part's heading, until a section stands under it: a part without content has none
	level   int     // of the section's heading
	section int     // number of the section within its part; 0 before the first
	within  int     // number of the last paragraph or heading within the section
}

// section gives the blocks of one section under its heading.
func (b *builder) section(s Section) []Block {
	what := shows[s.Show]
	if what.blocks == nil || what.working && !b.working() {
		return nil
	}
	was := b.place
	b.enter(s)
	var head []Block
	if s.NewPage {
		head = append(head, PageBreak{})
	}
	var heading Heading
	if text := b.word(s.Heading); text != "" && s.Show != "part" {
		heading = b.headed(text)
		head = append(head, heading)
	}
	blocks := what.blocks(b)
	if len(blocks) == 0 {
		delete(b.taken, heading.ID)
		b.place = was
		return nil
	}
	if s.Landscape {
		landscape(blocks)
	}
	if s.Show == "part" {
		b.place.opening = append(head, blocks...)
		return nil
	}
	head = append(b.place.opening, head...)
	b.place.opening = nil
	return append(head, blocks...)
}

// enter moves to a section, so that what stands in it knows its level and its numbers.
func (b *builder) enter(s Section) {
	level := max(s.Level, 2)
	if b.place.parts > 0 {
		level++
	}
	if s.Heading.source != "" && s.Level <= 2 && s.Show != "part" {
		b.place.within = 0
		if !s.Unnumbered {
			b.place.section++
		}
	}
	b.place.at, b.place.level = s, level
}

// headed is the heading of the section that the builder is in, with its number.
func (b *builder) headed(text string) Heading {
	number := ""
	switch s := b.place.at; {
	case s.Unnumbered:
	case s.Level <= 2:
		number = b.say(b.def.Numbering.Sections, Values{Section: b.place.section})
	default:
		number = b.number()
	}
	return Heading{Level: b.place.level, Text: numbered(number, text), ID: b.anchor("section-" + text)}
}

// under is a heading within the section, depth levels below the section's own.
func (b *builder) under(depth int, text string) Heading {
	number := ""
	if depth == 1 && b.place.at.Level <= 2 {
		number = b.number()
	}
	return Heading{Level: b.place.level + depth, Text: numbered(number, text), ID: b.anchor("section-" + text)}
}

// number is the next number within a numbered section; "" where nothing is numbered there.
func (b *builder) number() string {
	if b.def.Numbering.Paragraphs.source == "" || b.place.section == 0 || b.place.at.Unnumbered {
		return ""
	}
	b.place.within++
	return b.say(b.def.Numbering.Paragraphs, Values{Section: b.place.section, N: b.place.within})
}

func numbered(number, text string) string {
	if number == "" {
		return text
	}
	return number + " " + text
}

// part opens a part of the report: a heading under which sections are numbered from 1.
func (b *builder) part() []Block {
	b.place.parts++
	b.place.section, b.place.within = 0, 0
	text := b.word(b.place.at.Heading)
	return []Block{Heading{Level: 2, Text: text, ID: b.anchor("part-" + text)}}
}

// numberTables puts a number before each caption, where the style numbers tables.
func (b *builder) numberTables(blocks []Block) []Block {
	n := 0
	for i, block := range blocks {
		if t, ok := block.(Table); ok && b.def.Numbering.Tables.source != "" && t.Caption != "" {
			n++
			t.Caption = b.say(b.def.Numbering.Tables, Values{N: n, Text: t.Caption})
			blocks[i] = t
		}
	}
	return blocks
}

// landscape turns the pages of tables.
func landscape(blocks []Block) {
	for i, block := range blocks {
		if t, ok := block.(Table); ok {
			t.Wide, t.Turned = true, true
			blocks[i] = t
		}
	}
}

// hasSection reports whether the definition shows a section.
func (b *builder) hasSection(name string) bool {
	for _, s := range b.def.Sections {
		if s.Show == name {
			return true
		}
	}
	return false
}

func paragraph(style ParagraphStyle, text string) Paragraph {
	return Paragraph{Text: text, Style: style}
}

// statement is a paragraph of the report's own argument. Where the style numbers them, its number sets it off
// and it needs no larger type.
func (b *builder) statement(style ParagraphStyle, text string) Paragraph {
	number := b.number()
	if number != "" {
		style = Plain
	}
	return paragraph(style, numbered(number, text))
}
