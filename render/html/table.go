package html

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"boardpack/render"
)

// slimColumns is how many short columns still stand side by side on a narrow
// screen, and slimLetters how many letters: 288 pixels at 9.6 each, with 2 for the
// space between columns.
const (
	slimColumns = 4
	slimLetters = 30
)

// columnMarkup is what each cell of a column repeats, made once.
type columnMarkup struct {
	open, shut string
}

// table writes a captioned table: a head, and a body for each group. Roles are
// said as well, because a narrow screen lays the rows out as blocks and some
// readers then forget what they are. Rows are written without the template,
// which would take most of the time.
func (p *page) table(t render.Table) {
	if rowCount(t) == 0 {
		p.emptyTable(t)
		return
	}
	if t.Wide {
		p.raw(`<div class="wide">` + "\n")
		defer p.raw("</div>\n")
	}
	p.raw(`<table class="`, tableClass(t), `" role="table"`)
	p.anchor(t.ID)
	p.raw(">\n")
	if t.Caption != "" {
		p.raw("<caption>", escape(t.Caption), "</caption>\n")
	}
	p.tableHead(t)
	columns := columnMarkups(t)
	for i, g := range t.Groups {
		p.group(t, columns, g, t.Total && i == len(t.Groups)-1)
	}
	p.raw("</table>\n")
	if t.Note != "" {
		p.paragraph(render.Paragraph{Text: t.Note, Style: render.Quiet})
	}
}

func (p *page) emptyTable(t render.Table) {
	p.raw(`<p class="empty"`)
	p.anchor(t.ID)
	p.raw("><strong>", escape(t.Caption), "</strong> ", escape(t.Empty), "</p>\n")
}

func tableClass(t render.Table) string {
	if slim(t) {
		return "data slim"
	}
	return "data stack"
}

// slim tells a table of few, short columns, which needs no stacking: the longest
// words of its columns fit beside each other on a screen of 320 pixels.
func slim(t render.Table) bool {
	if len(t.Columns) > slimColumns {
		return false
	}
	letters := 0
	for i, c := range t.Columns {
		if c.Below {
			return false
		}
		longest := longestWord(c.Head)
		for _, g := range t.Groups {
			for _, r := range g.Rows {
				if i < len(r.Cells) {
					longest = max(longest, unbroken(r.Cells[i], c))
				}
			}
		}
		letters += longest + 2
	}
	return letters <= slimLetters
}

// unbroken is the length of a cell's longest part that stays on one line, its mark counted as three letters.
func unbroken(c render.Cell, of render.Column) int {
	n, moved := longestWord(c.Text), c.Way != "" && c.Way != render.NoneDid
	if of.NoWrap || moved {
		n = utf8.RuneCountInString(c.Text)
	}
	if c.Light != nil || moved {
		n += 3
	}
	return n
}

func longestWord(s string) int {
	longest := 0
	for word := range strings.FieldsSeq(s) {
		longest = max(longest, utf8.RuneCountInString(word))
	}
	return longest
}

func (p *page) tableHead(t render.Table) {
	p.widths(t.Columns)
	p.raw(`<thead role="rowgroup"><tr role="row">`)
	for _, c := range t.Columns {
		p.raw(`<th scope="col" role="columnheader"`, classAttr(alignClass(c)), ">", escape(c.Head), "</th>")
	}
	p.raw("</tr></thead>\n")
}

// widths writes the columns' shares of a table that takes the whole width.
func (p *page) widths(columns []render.Column) {
	total := 0.0
	for _, c := range columns {
		total += c.Width
	}
	if total <= 0 || len(columns) <= slimColumns {
		return
	}
	p.raw("<colgroup>")
	for _, c := range columns {
		p.raw(fmt.Sprintf(`<col style="width:%.1f%%">`, 100*c.Width/total))
	}
	p.raw("</colgroup>\n")
}

func alignClass(c render.Column) string {
	switch {
	case c.Align == render.Right:
		return "num"
	case c.Align == render.Centre:
		return "mid"
	case c.NoWrap:
		return "keep"
	}
	return ""
}

func classAttr(class string) string {
	if class == "" {
		return ""
	}
	return ` class="` + class + `"`
}

func columnMarkups(t render.Table) []columnMarkup {
	out := make([]columnMarkup, len(t.Columns))
	for i, c := range t.Columns {
		class := classAttr(alignClass(c))
		if c.RowHead {
			out[i] = columnMarkup{open: `<th scope="row" role="rowheader"` + class + ">", shut: "</th>"}
		} else {
			out[i] = columnMarkup{open: `<td role="cell"` + class + ` data-label="` + escape(c.Head) + `">`, shut: "</td>"}
		}
	}
	return out
}

func (p *page) group(t render.Table, columns []columnMarkup, g render.Group, last bool) {
	if len(g.Rows) == 0 && g.Band == "" {
		return
	}
	p.raw(`<tbody role="rowgroup">` + "\n")
	if g.Band != "" {
		p.raw(`<tr class="band" role="row"><th scope="rowgroup" role="rowheader" colspan="`, strconv.Itoa(len(columns)), `">`,
			escape(g.Band), "</th></tr>\n")
	}
	for i, r := range g.Rows {
		p.row(columns, r, last && i == len(g.Rows)-1)
	}
	p.raw("</tbody>\n")
}

func (p *page) row(columns []columnMarkup, r render.Row, total bool) {
	p.raw(`<tr role="row"`)
	if total {
		p.raw(` class="total"`)
	}
	p.anchor(r.ID)
	p.raw(">")
	for i, c := range columns {
		p.raw(c.open)
		if i < len(r.Cells) {
			p.cell(r.Cells[i])
		}
		p.raw(c.shut)
	}
	p.raw("</tr>\n")
}

// arrows are hidden from screen readers, which hear the word.
var arrows = map[render.Way]string{
	render.Better: `<svg class="arrow" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2 15 14H1z"/></svg>`,
	render.Worse:  `<svg class="arrow" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 14 1 2h14z"/></svg>`,
}

// cell writes one cell's content as a single element or a single run of words.
func (p *page) cell(c render.Cell) {
	href := p.href(c.Link)
	if href != "" {
		p.raw(`<a href="`, escape(fragment(href)), `">`)
	}
	switch {
	case c.Light != nil:
		p.raw(string(p.mark(*c.Light)))
	case c.Date != "" && c.Text != "":
		p.raw(`<time datetime="`, escape(c.Date), `">`, escape(c.Text), "</time>")
	case c.Way != "":
		p.raw(`<span class="way way-`, string(c.Way), `">`, arrows[c.Way], escape(c.Text), "</span>")
	default:
		p.text(c.Text)
	}
	if href != "" {
		p.raw("</a>")
	}
}

func rowCount(t render.Table) int {
	n := 0
	for _, g := range t.Groups {
		n += len(g.Rows)
	}
	return n
}
