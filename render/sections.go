package render

// show is one thing that a definition's section may name.
type show struct {
	working bool // only officers may see it
	blocks  func(*builder) []Block
}

// shows are all sections by the name that definitions give them. A section without content gives no
// block, and then its heading is left out too.
var shows = map[string]show{
	"title":             {blocks: (*builder).title},
	"cover":             {blocks: (*builder).cover},
	"contents":          {blocks: (*builder).contents},
	"purpose":           {blocks: (*builder).purpose},
	"recommendation":    {blocks: (*builder).recommendation},
	"lead":              {blocks: (*builder).lead},
	"lights":            {blocks: (*builder).lights},
	"matrix":            {blocks: (*builder).matrices},
	"movement sentence": {blocks: (*builder).movementSentence},
	"lists":             {blocks: (*builder).shortLists},
	"key":               {blocks: (*builder).key},
	"exceptions":        {blocks: (*builder).exceptions},
	"narrative":         {blocks: (*builder).narrative},
	"lights by plan":    {blocks: (*builder).lightsByPlan},
	"plans":             {blocks: (*builder).planTables},
	"rolled forward":    {blocks: (*builder).forward},
	"risks":             {blocks: (*builder).risks},
	"movement":          {blocks: (*builder).movementTable},
	"reasons":           {blocks: (*builder).reasons},
	"disagreements":     {blocks: (*builder).disagreements},
	"series":            {blocks: (*builder).series},
	"control limits":    {blocks: (*builder).controlLimits},
	"open":              {working: true, blocks: (*builder).open},
	"changes":           {working: true, blocks: (*builder).changed},
	"returns":           {working: true, blocks: (*builder).returns},
	"findings":          {working: true, blocks: (*builder).findings},
}

// section gives the blocks of one section under its heading.
func (b *builder) section(s Section) []Block {
	what := shows[s.Show]
	if what.blocks == nil || what.working && !b.working() {
		return nil
	}
	blocks := what.blocks(b)
	if len(blocks) == 0 {
		return nil
	}
	var head []Block
	if s.NewPage {
		head = append(head, PageBreak{})
	}
	if text := b.word(s.Heading); text != "" {
		head = append(head, b.heading(max(s.Level, 2), text))
	}
	return append(head, blocks...)
}

func (b *builder) heading(level int, text string) Heading {
	return Heading{Level: level, Text: text, ID: b.anchor("section-" + text)}
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
