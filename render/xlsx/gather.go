package xlsx

import (
	"cmp"
	"fmt"
	"strconv"

	"boardpack/render"
)

// gathering sorts a report's blocks into worksheets. The text up to the end of
// the first section is the cover's, all later text the summary's; tables,
// exceptions and the key have worksheets of their own.
type gathering struct {
	report     render.Report
	words      wording
	names      names
	notes      *notes
	section    int
	cover      []line
	summary    []line
	tables     []*sheet
	key        *render.Table
	exceptions []render.Exception
	bars       []render.Bars
}

// withText leaves out headings under which nothing is said: what stood there has
// a worksheet of its own.
func withText(lines []line) []line {
	var kept []line
	for i, l := range lines {
		if l.kind >= heading2 && (i == len(lines)-1 || lines[i+1].kind >= heading2 && lines[i+1].kind <= l.kind) {
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// gather lays the report out as worksheets, in their order.
func gather(r render.Report, words wording) []*sheet {
	own := words.Sheets
	g := &gathering{report: r, words: words, notes: newNotes(&words), names: newNames(own.Cover, own.Contents, own.Notes, own.Key, own.Summary, own.Exceptions, own.Charts)}
	for of := range words.Whole {
		g.names.take(words.Whole[of].Name)
	}
	for _, b := range r.Blocks {
		g.block(b)
	}
	sheets := []*sheet{g.coverSheet(), nil, nil}
	if g.key != nil {
		sheets = append(sheets, tableSheet(own.Key, *g.key, r, g.notes))
	}
	if g.summary = withText(g.summary); len(g.summary) > 0 {
		sheets = append(sheets, &sheet{name: own.Summary, title: own.Summary, lines: g.summary})
	}
	if len(g.exceptions) > 0 {
		sheets = append(sheets, tableSheet(own.Exceptions, exceptionsTable(g.exceptions, words), r, g.notes))
	}
	sheets = append(sheets, g.tables...)
	for _, t := range r.Tables {
		sheets = append(sheets, g.wholeSheet(t))
	}
	if len(g.bars) > 0 && r.Working {
		sheets = append(sheets, chartsSheet(g.bars, r, g.notes))
	}
	sheets[2] = g.notes.sheet(r)
	sheets[1] = contentsSheet(sheets, r, g.notes)
	nameTables(sheets)
	return sheets
}

func (g *gathering) block(b render.Block) {
	switch b := b.(type) {
	case render.Heading:
		g.heading(b)
	case render.Paragraph:
		g.say(line{text: b.Text, kind: paragraphKind(b.Style)})
	case render.List:
		g.list(b)
	case render.Facts:
		for _, f := range b.Rows {
			g.say(line{text: f.Label + ": " + f.Value})
		}
	case render.Table:
		g.table(b)
	case render.Bars:
		g.bars = append(g.bars, b)
		g.say(line{text: b.Title, kind: heading4, id: b.ID}, line{text: b.Subtitle, kind: quiet}, line{text: b.Alt})
	case render.Key:
		g.keyTable(b)
	case render.Exception:
		g.exception(b)
	}
}

// say adds lines to the text that is being gathered.
func (g *gathering) say(lines ...line) {
	for _, l := range lines {
		switch {
		case l.text == "":
		case g.section < 2:
			g.cover = append(g.cover, l)
		default:
			g.summary = append(g.summary, l)
		}
	}
}

func (g *gathering) heading(h render.Heading) {
	kind := heading4
	switch h.Level {
	case 1:
		return
	case 2:
		g.section++
		kind = heading2
	case 3:
		kind = heading3
	}
	g.say(line{text: h.Text, kind: kind, id: h.ID})
}

func paragraphKind(s render.ParagraphStyle) lineKind {
	switch s {
	case render.Lead:
		return lead
	case render.Quiet:
		return quiet
	case render.Warn:
		return warn
	}
	return plain
}

// list says each item on a line of its own. Its link is left out: LibreOffice does
// not wrap a cell that is a link, and would cut the text off.
func (g *gathering) list(l render.List) {
	for i, it := range l.Items {
		text := joined(" ", it.Strong, it.Text)
		if it.Light != nil {
			text = it.Light.Word + ": " + text
		}
		if l.Numbered {
			text = strconv.Itoa(i+1) + ". " + text
		}
		g.say(line{text: text})
	}
}

// table gives a table its worksheet and says in the text where it is.
func (g *gathering) table(t render.Table) {
	if !hasRows(t) {
		g.say(line{text: joined(": ", t.Caption, t.Empty), id: t.ID})
		return
	}
	s := tableSheet(g.names.sheet(cmp.Or(t.Name, t.Caption)), t, g.report, g.notes)
	g.tables = append(g.tables, s)
	g.see(s.title, s.name)
}

func (g *gathering) exception(e render.Exception) {
	if name := g.words.Sheets.Exceptions; len(g.exceptions) == 0 {
		g.see(name, name)
	}
	g.exceptions = append(g.exceptions, e)
}

// see leads to a worksheet. LibreOffice does not wrap a cell that is a link, so a
// long name of what stands there has a line of its own.
func (g *gathering) see(what, sheet string) {
	text := fmt.Sprintf(g.words.SeeSheet, what, sheet)
	if textWidth(text)*slack > textSheetWidth-padding {
		g.say(line{text: what})
		text = fmt.Sprintf(g.words.See, sheet)
	}
	g.say(line{text: text, link: sheetLink(sheet)})
}

// wholeSheet is the worksheet of a table of Report.Tables.
func (g *gathering) wholeSheet(t render.Table) *sheet {
	w, known := g.words.Whole[t.Of]
	if !known {
		return tableSheet(g.names.sheet(cmp.Or(t.Name, t.Caption)), t, g.report, g.notes)
	}
	t.Caption, t.Note = w.Title, w.Note
	return tableSheet(w.Name, t, g.report, g.notes)
}

// keyTable gives the first key a worksheet of its name; a further one is a table like others.
func (g *gathering) keyTable(k render.Key) {
	t := keyTable(k, g.words)
	if g.key != nil {
		g.table(t)
		return
	}
	g.key = &t
	g.see(k.Caption, g.words.Sheets.Key)
}

func (g *gathering) coverSheet() *sheet {
	r := g.report
	s := &sheet{name: g.words.Sheets.Cover, title: r.Title}
	if r.Draft != "" {
		s.lines = append(s.lines, line{text: r.Draft, kind: warn})
	}
	for _, text := range []string{r.Council, r.Board, r.Edition, r.Version, r.DataDate} {
		if text != "" {
			s.lines = append(s.lines, line{text: text})
		}
	}
	s.lines = append(s.lines, withText(g.cover)...)
	contents := g.words.Sheets.Contents
	s.lines = append(s.lines, line{text: fmt.Sprintf(g.words.SeeSheet, contents, contents), link: sheetLink(contents)})
	return s
}
