package pdf

import (
	"slices"

	"boardpack/render"
)

// facts draws labels with their values: the cover block.
func (b *builder) facts(f render.Facts) {
	if len(f.Rows) == 0 {
		return
	}
	n := b.parent.Add("Table")
	n.Summary = b.clean.line(f.Caption)
	widest := 60.0
	rows := make([][]cell, 0, len(f.Rows))
	for _, fact := range f.Rows {
		label, value := b.clean.line(fact.Label), b.clean.text(fact.Value)
		widest = max(widest, width(label, b.look.semibold, body.size))
		rows = append(rows, []cell{
			{text: label, strong: true, role: "TH", scope: "Row"},
			{text: value, col: 1, role: "TD"},
		})
	}
	label := min(widest+10, 0.4*measure)
	g := b.newGrid(n, false, []demand{{share: label}, {share: room(false) - label - columnGap}}, nil)
	g.set, g.before = body, 10
	for i, cells := range rows {
		row := g.layRow(n.Add("TR"), cells)
		row.style = rowStyle{ruleBelow: g.hairline(), keep: i < len(rows)-1}
		g.emit(row)
	}
}

// key draws the marks with their meanings as a table: lights under two heads,
// states across both.
func (b *builder) key(k render.Key) {
	if len(k.Lights)+len(k.States) == 0 {
		return
	}
	head := slices.Clone(k.Head)
	for len(head) < 3 {
		head = append(head, "")
	}
	n := b.parent.Add("Table")
	g := b.newGrid(n, false, b.keyDemands(k, head), nil)
	g.before = 12
	g.caption(b.clean.line(k.Caption))
	var heads []cell
	for i, h := range head[:3] {
		heads = append(heads, cell{text: b.clean.line(h), col: i, role: "TH", scope: "Column"})
	}
	g.header(heads)
	start := len(b.pieces)
	for _, l := range k.Lights {
		g.keyRow(l.Mark, []cell{
			{text: b.clean.text(l.Action), col: 1, role: "TD"},
			{text: b.clean.text(l.Indicator), col: 2, role: "TD"},
		})
	}
	for _, s := range k.States {
		g.keyRow(s.Mark, []cell{{text: b.clean.text(s.Text), col: 1, span: 2, role: "TD"}})
	}
	last := len(b.pieces) - 1
	b.pieces[start].keep, b.pieces[max(start, last-1)].keep, b.pieces[last].keep, b.pieces[last].prefer = true, true, false, false
}

func (g *grid) keyRow(m render.Mark, meanings []cell) {
	first := cell{text: g.clean.line(m.Word), mark: &m, strong: true, role: "TH", scope: "Row"}
	row := g.layRow(g.newRow(), append([]cell{first}, meanings...))
	row.style = rowStyle{ruleBelow: g.hairline(), prefer: true}
	g.emit(row)
}

func (b *builder) keyDemands(k render.Key, head []string) []demand {
	marks := longestWord(b.repeat.line(head[0]), b.look.semibold, small.size)
	for _, l := range k.Lights {
		marks = max(marks, width(b.repeat.line(l.Mark.Word), b.look.semibold, small.size)+shapeRoom(small))
	}
	for _, s := range k.States {
		marks = max(marks, width(b.repeat.line(s.Mark.Word), b.look.semibold, small.size)+shapeRoom(small))
	}
	marks = min(marks+6, 0.3*measure)
	rest := (room(false) - marks) / 2
	return []demand{{share: marks, least: marks}, {share: rest}, {share: rest}}
}
