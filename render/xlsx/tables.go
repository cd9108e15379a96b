package xlsx

import "boardpack/render"

// keyTable says the key as a table; a state's words hold for actions and for indicators.
func keyTable(k render.Key, words wording) render.Table {
	heads := []string{words.Heads.Mark, words.Heads.Actions, words.Heads.Indicators}
	copy(heads, k.Head)
	t := render.Table{Name: k.Caption, Caption: k.Caption, Groups: make([]render.Group, 1)}
	for i, h := range heads {
		t.Columns = append(t.Columns, render.Column{Head: h, RowHead: i == 0})
	}
	add := func(m render.Mark, action, indicator string) {
		t.Groups[0].Rows = append(t.Groups[0].Rows,
			render.Row{Cells: []render.Cell{markCell(m), {Text: action}, {Text: indicator}}})
	}
	for _, l := range k.Lights {
		add(l.Mark, l.Action, l.Indicator)
	}
	for _, s := range k.States {
		add(s.Mark, s.Text, s.Text)
	}
	return t
}

func markCell(m render.Mark) render.Cell { return render.Cell{Text: m.Word, Light: &m} }

// exceptionsTable lays all exceptions out as one table: a column for each label
// that any of them has, in the order in which the labels come.
func exceptionsTable(all []render.Exception, words wording) render.Table {
	h := words.Heads
	t := render.Table{Name: words.Sheets.Exceptions, Caption: words.Sheets.Exceptions, Wide: true,
		Columns: []render.Column{{Head: h.Light}, {Head: h.Reference, NoWrap: true, RowHead: true}, {Head: h.Title}, {Head: h.Since}}}
	figures, texts := labels{}, labels{}
	for _, e := range all {
		figures.add(e.Figures)
		texts.add(e.Texts)
	}
	for _, l := range figures.order {
		t.Columns = append(t.Columns, render.Column{Head: l, Align: render.Right})
	}
	for _, l := range texts.order {
		t.Columns = append(t.Columns, render.Column{Head: l, Below: true})
	}
	group := render.Group{}
	for _, e := range all {
		cells := []render.Cell{markCell(e.Mark), {Text: e.Ref}, {Text: e.Title}, {Text: e.Since}}
		cells = append(cells, figures.values(e.Figures)...)
		cells = append(cells, texts.values(e.Texts)...)
		group.Rows = append(group.Rows, render.Row{ID: e.ID, Cells: cells})
	}
	t.Groups = []render.Group{group}
	return t
}

// labels are the labels of facts, each once, in the order in which they came.
type labels struct {
	order []string
	at    map[string]int
}

func (l *labels) add(facts []render.Fact) {
	if l.at == nil {
		l.at = map[string]int{}
	}
	for _, f := range facts {
		if _, known := l.at[f.Label]; !known {
			l.at[f.Label] = len(l.order)
			l.order = append(l.order, f.Label)
		}
	}
}

// values puts facts under their labels; a label that comes twice keeps both values.
func (l *labels) values(facts []render.Fact) []render.Cell {
	cells := make([]render.Cell, len(l.order))
	for _, f := range facts {
		c := &cells[l.at[f.Label]]
		if c.Text != "" {
			*c = render.Cell{Text: joined("\n", c.Text, f.Value)}
			continue
		}
		*c = render.Cell{Text: f.Value, Number: f.Number, Format: f.Format, Date: f.Date}
		if f.Remark != "" {
			c.Remarks = []string{f.Remark}
		}
	}
	return cells
}

// contentsSheet lists the worksheets, each name a link; the list's own place among
// them is still empty.
func contentsSheet(sheets []*sheet, r render.Report, n *notes) *sheet {
	words := n.words
	t := render.Table{Caption: words.Sheets.Contents, Note: words.ContentsLead,
		Columns: []render.Column{{Head: words.Heads.Worksheet}, {Head: words.Heads.Holds}}}
	var group render.Group
	for _, s := range sheets {
		if s != nil {
			group.Rows = append(group.Rows, render.Row{Cells: []render.Cell{{Text: s.name, Link: sheetLink(s.name)}, {Text: s.title}}})
		}
	}
	t.Groups = []render.Group{group}
	r.Words.Back = ""
	return tableSheet(words.Sheets.Contents, t, r, n)
}
