package render

import (
	"cmp"
	"slices"
	"strings"

	"boardpack/transform"
)

// matched are the counted rows of one kind that were there in the earlier quarter.
func (b *builder) matched(kind string) []*line {
	return slices.DeleteFunc(b.countedLines(kind), func(l *line) bool { return l.Previous == "" })
}

// movementSentence says in figures what moved.
func (b *builder) movementSentence() []Block {
	w := b.def.Movement
	switch {
	case len(b.lines) == 0:
		return nil
	case !b.pack.Previous.Known():
		return []Block{b.statement(Plain, b.word(w.NoEarlier))}
	case len(b.matched("")) == 0:
		return []Block{b.statement(Plain, b.word(w.Unmatched))}
	}
	var said []string
	for _, kind := range kinds {
		if parts := b.movementParts(kind); len(parts) > 0 {
			said = append(said, b.join(parts))
		}
	}
	if len(said) == 0 {
		return []Block{b.statement(Plain, b.word(w.Same))}
	}
	return []Block{b.statement(Plain, b.say(w.Sentence, Values{Parts: strings.Join(said, b.def.Words.Semicolon)}))}
}

// change is a number of rows that moved alike; an empty was stands for any light before.
type change struct {
	was, now transform.Light
	n        int
}

// movementParts speaks of rows that are newly red, then newly at the other end, then of every
// other move to a colour. Moves to a state stand in the matrix and in the table.
func (b *builder) movementParts(kind string) []string {
	var parts []string
	for _, c := range b.changes(kind) {
		v := b.about(kind)
		v.N, v.Light, v.Now = c.n, b.mark(c.now).Word, b.mark(c.now).Word
		first, more := b.def.Movement.NewlyFirst, b.def.Movement.NewlyMore
		if c.was != "" {
			v.Was = b.mark(c.was).Word
			first, more = b.def.Movement.MovedFirst, b.def.Movement.MovedMore
		}
		if len(parts) == 0 {
			more = first
		}
		parts = append(parts, b.say(more, v))
	}
	return parts
}

func (b *builder) changes(kind string) []change {
	lines := slices.DeleteFunc(b.matched(kind), func(l *line) bool { return !moved(l) })
	var found []change
	add := func(c change) {
		for _, l := range lines {
			if l.Light == c.now && (c.was == "" || c.was == l.Previous) {
				c.n++
			}
		}
		if c.n > 0 {
			found = append(found, c)
		}
	}
	for _, now := range []transform.Light{transform.Red, transform.Green, transform.Blue} {
		add(change{now: now})
	}
	for _, was := range b.schemeOrder() {
		add(change{was: was, now: transform.Amber})
	}
	return found
}

// matrices show, for each kind, the light that was down and the light that is across.
func (b *builder) matrices() []Block {
	if !b.pack.Previous.Known() {
		return nil
	}
	var blocks []Block
	for _, kind := range kinds {
		if lines := b.matched(kind); len(lines) > 0 {
			blocks = append(blocks, b.matrix(kind, lines))
		}
	}
	return blocks
}

func (b *builder) matrix(kind string, lines []*line) Table {
	was := b.occurring(func(l transform.Light) bool {
		return slices.ContainsFunc(lines, func(x *line) bool { return x.Previous == l })
	})
	now := b.occurring(func(l transform.Light) bool {
		return slices.ContainsFunc(lines, func(x *line) bool { return x.Light == l })
	})
	var heads []Mark
	for _, l := range now {
		heads = append(heads, b.mark(l))
	}
	v := b.about(kind)
	v.N, v.Total = len(b.countedLines(kind))-len(lines), len(lines)
	t := b.lightTable(b.def.Movement.Matrix, v, heads)
	var rows []Row
	for _, w := range was {
		row := Row{Cells: []Cell{b.lightCell(w)}}
		for _, n := range now {
			row.Cells = append(row.Cells, b.moves(kind, w, n, countMoves(lines, w, n)))
		}
		rows = append(rows, row)
	}
	t.Groups = []Group{{Rows: rows}}
	return t
}

func countMoves(lines []*line, was, now transform.Light) int {
	n := 0
	for _, l := range lines {
		if l.Previous == was && l.Light == now {
			n++
		}
	}
	return n
}

// shortLists are the three lists of the summary: needs attention, improved, newly met.
func (b *builder) shortLists() []Block {
	return slices.Concat(b.attentionList(), b.improvedList(), b.newlyList())
}

func (b *builder) attentionList() []Block {
	if len(b.lines) == 0 {
		return nil
	}
	attention := keep(b.countedLines(""), needsAttention)
	slices.SortStableFunc(attention, func(x, y *line) int { return ranks[x.Light] - ranks[y.Light] })
	return b.shortList(b.def.Lists.Attention, attention)
}

func (b *builder) improvedList() []Block {
	return b.listOfMoved(b.def.Lists.Improved, func(l *line) bool { return improved(l) && !b.newlyBest(l) })
}

func (b *builder) newlyList() []Block { return b.listOfMoved(b.def.Lists.Newly, b.newlyBest) }

// listOfMoved needs an earlier quarter.
func (b *builder) listOfMoved(w ShortList, want func(*line) bool) []Block {
	if len(b.lines) == 0 || !b.pack.Previous.Known() {
		return nil
	}
	return b.shortList(w, keep(b.countedLines(""), want))
}

// awaitedList names the indicators whose figures are still to come.
func (b *builder) awaitedList() []Block {
	if len(b.lines) == 0 {
		return nil
	}
	return b.shortList(b.def.Lists.Awaited, keep(b.countedLines("indicator"), func(l *line) bool { return l.Light == transform.Awaited }))
}

// shortList has a heading of its own, unless the section that shows it has one.
func (b *builder) shortList(w ShortList, lines []*line) []Block {
	v := Values{N: len(lines), Light: b.mark(b.reached("indicator")).Word}
	if done := b.pack.Scheme.Done; done != "" {
		v.Done = b.mark(done).Word
	}
	var blocks []Block
	if b.place.at.Show == "lists" || b.place.at.Heading.source == "" {
		blocks = append(blocks, b.under(1, b.say(w.Heading, v)))
	}
	if len(lines) == 0 {
		return append(blocks, paragraph(Plain, b.word(w.None)))
	}
	var list List
	limit := cmp.Or(b.place.at.Limit, b.def.ListLimit)
	for _, l := range lines[:min(len(lines), limit)] {
		m := b.mark(l.Light)
		list.Items = append(list.Items, Item{Light: &m, Strong: l.Shown, Text: b.oneLine(l), Link: b.link(l)})
	}
	blocks = append(blocks, list)
	if more := len(lines) - limit; more > 0 {
		blocks = append(blocks, paragraph(Quiet, b.say(w.More, Values{N: more})))
	}
	return blocks
}

// oneLine is a row in a short list: its name and the figure against its target, or the date.
func (b *builder) oneLine(l *line) string {
	v := Values{Title: l.Title}
	if moved(l) && l.Previous.IsColour() {
		v.Was = b.mark(l.Previous).Word
	}
	if l.action != nil {
		v.Due = b.due(l.action)
		return b.say(b.def.Lists.Action, v)
	}
	v.Target = b.target(*l.indicator)
	if v.Outturn = b.figure(*l.indicator, l.indicator.Outturn); v.Outturn != "" {
		v.Outturn += b.remarks(*l.indicator)
	}
	return b.say(b.def.Lists.Indicator, v)
}

// due is an action's date in words; "" where it has none.
func (b *builder) due(a *transform.Action) string {
	switch {
	case a.Ongoing:
		return b.word(b.def.Words.Ongoing)
	case a.Due.IsZero():
		return ""
	}
	return b.date(a.Due.Time())
}
