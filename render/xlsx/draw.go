package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

const mostLinksASheet = excelize.TotalSheetHyperlinks

// page is one worksheet while it is drawn: excelize makes all but the rows and
// links, which are written into what it made.
type page struct {
	*book
	sheet    *sheet
	widths   []float64
	lines    []int // styles of the lines, the title's first
	last     []styled
	formulas map[cellAt]string
	links    []hyperlink
}

// styled is a style of a column that was asked for before.
type styled struct {
	look look
	id   int
}

// cellAt is a cell of a table: row and column counted from 0, the heads left out.
type cellAt struct{ row, col int }

// hyperlink leads from a cell to another of the workbook.
type hyperlink struct {
	col, row int
	to       place
}

// drawSheet prepares a worksheet: what stands before and after its rows, and
// every style that they need, for styles are written first.
func (b *book) drawSheet(s *sheet) (*page, error) {
	p := &page{book: b, sheet: s, widths: []float64{textSheetWidth}}
	if s.table != nil {
		p.widths = columnWidths(s.table, &b.words)
		p.last = make([]styled, len(p.widths))
		p.formulas = b.wholes.formulas(s.table, s.headRow()+1)
	}
	if err := p.setUp(); err != nil {
		return nil, err
	}
	if err := p.lineStyles(); err != nil {
		return nil, err
	}
	if s.table != nil {
		if err := p.prepareTable(); err != nil {
			return nil, err
		}
	}
	return p, p.frame()
}

// frame has excelize write the worksheet with nothing but the table's heads.
func (p *page) frame() error {
	out, err := p.file.NewStreamWriter(p.sheet.name)
	if err != nil {
		return err
	}
	for i, w := range p.widths {
		if err := out.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if p.sheet.table != nil {
		if p.onShow() {
			if err := out.SetPanes(frozen(p.sheet.headRow())); err != nil {
				return err
			}
		}
		if err := p.heads(out); err != nil {
			return err
		}
	}
	return out.Flush()
}

// onShow tells the tables that officers work in: there filter buttons and heads
// that stay are worth more than what the checklist has against them.
func (p *page) onShow() bool { return p.report.Working && p.sheet.table.of != "" }

// frozen keeps the heads and the first column in sight.
func frozen(head int) *excelize.Panes {
	return &excelize.Panes{Freeze: true, XSplit: 1, YSplit: head, TopLeftCell: fmt.Sprintf("B%d", head+1), ActivePane: "bottomRight"}
}

func (p *page) lineStyles() error {
	wrap := p.sheet.table == nil
	id, err := p.styles.line(lineStyle{title: true, wrap: wrap})
	p.lines = []int{id}
	for _, l := range p.sheet.lines {
		if err == nil {
			_, known := p.places[l.link]
			id, err = p.styles.line(lineStyle{kind: l.kind, link: known, wrap: wrap})
		}
		p.lines = append(p.lines, id)
	}
	return err
}

// prepareTable makes the styles of all cells.
func (p *page) prepareTable() error {
	g := p.sheet.table
	for i := range g.rows {
		cells := g.rows[i].Cells
		for n := range g.columns {
			_, l := p.cell(cells, i, n)
			if _, err := p.style(n, l); err != nil {
				return err
			}
		}
	}
	return nil
}

var noCell render.Cell

// cell is what a cell of the table holds and how it looks.
func (p *page) cell(cells []render.Cell, row, col int) (content, look) {
	g, c := p.sheet.table, &noCell
	if col < len(cells) {
		c = &cells[col]
	}
	v, l := p.value(c, &g.columns[col])
	l.bold = g.columns[col].RowHead || g.total && row == len(g.rows)-1
	l.first = col == 0 && l.align == "left"
	if c.Link != "" {
		_, l.link = p.places[c.Link]
	}
	if g.of != "" {
		l.light = "" // its fill follows the word
	}
	return v, l
}

// style is the style of a look; most cells look as the one above.
func (p *page) style(col int, l look) (int, error) {
	if last := &p.last[col]; last.id > 0 && last.look == l {
		return last.id, nil
	}
	id, err := p.styles.cell(l)
	p.last[col] = styled{l, id}
	return id, err
}

// heads draws the table's heads and marks what stands under them as a table.
func (p *page) heads(out *excelize.StreamWriter) error {
	g, at := p.sheet.table, p.sheet.headRow()
	values := make([]any, len(g.heads))
	for i, h := range g.heads {
		align := alignment(&g.columns[i])
		id, err := p.styles.cell(look{head: true, wrap: true, align: align, first: i == 0 && align == "left"})
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: id, Value: h}
	}
	if err := out.SetRow(fmt.Sprintf("A%d", at), values, excelize.RowOpts{Height: p.headHeight()}); err != nil {
		return err
	}
	no := false
	if p.tables++; !p.onShow() {
		p.edits[fmt.Sprintf("xl/tables/table%d.xml", p.tables)] = withoutButtons
	}
	return out.AddTable(&excelize.Table{Range: p.tableRange(), Name: g.name, StyleName: "TableStyleLight1", ShowRowStripes: &no})
}

func (p *page) headHeight() float64 {
	lines := 1
	for i, h := range p.sheet.table.heads {
		lines = max(lines, lineCount(h, (p.widths[i]-filterButton)/1.08))
	}
	return rowHeight(lines) + 4
}

// heightOf is the height of a row of the table.
func (p *page) heightOf(row int) float64 {
	lines, cells := 1, p.sheet.table.rows[row].Cells
	for n := range p.sheet.table.columns {
		if v, l := p.cell(cells, row, n); l.wrap {
			lines = max(lines, lineCount(v.text, p.widths[n]))
		}
	}
	return rowHeight(lines)
}

// write puts the rows and the links into what excelize made of the worksheet.
func (p *page) write(w io.Writer, made []byte) error {
	rows, end := bytes.Index(made, []byte("<sheetData>")), bytes.Index(made, []byte("</sheetData>"))
	links := bytes.Index(made, []byte("<pageMargins"))
	if rows < 0 || end < rows || links < end {
		return errors.New("a worksheet is not as it is expected")
	}
	rows += len("<sheetData>")
	out, err := newRowWriter(w, len(p.widths))
	if err != nil {
		return err
	}
	out.b = append(out.b, made[:rows]...)
	p.text(out)
	out.b = append(out.b, made[rows:end]...)
	if p.sheet.table != nil {
		p.rows(out)
	}
	out.b = append(out.b, made[end:links]...)
	p.hyperlinks(out)
	out.b = append(out.b, made[links:]...)
	out.flush()
	return out.err
}

// text draws the title and the lines. Above a table they run over the empty cells
// beside them; on a worksheet of text they are wrapped.
func (p *page) text(out *rowWriter) {
	wrap := p.sheet.table == nil
	draw := func(row int, l line, st lineStyle) {
		text := p.clean(l.text)
		out.start(row, p.lineHeight(text, st))
		out.cell(0, p.lines[row-1], content{text: text}, "")
		out.end()
		p.link(0, row, l.link)
	}
	draw(1, line{text: p.sheet.title}, lineStyle{title: true, wrap: wrap})
	for i, l := range p.sheet.lines {
		draw(i+2, l, lineStyle{kind: l.kind, wrap: wrap})
	}
}

// lineHeight is the height of a line, with room above where it is a heading and
// below where it is a wrapped paragraph.
func (p *page) lineHeight(text string, st lineStyle) float64 {
	lines, size := 1, headingSize(st)
	if st.wrap {
		lines = lineCount(text, p.widths[0]*fontSize/max(size, fontSize))
	}
	switch {
	case st.title:
		return float64(lines)*24 + 6
	case size > 0:
		return float64(lines)*(size+5) + 10
	case st.wrap:
		return rowHeight(lines) + 4
	}
	return rowHeight(lines)
}

// rows draws the rows of the table.
func (p *page) rows(out *rowWriter) {
	g, first := p.sheet.table, p.sheet.headRow()+1
	values, ids := make([]content, len(g.columns)), make([]int, len(g.columns))
	for i := range g.rows {
		cells, lines := g.rows[i].Cells, 1
		for n := range values {
			var l look
			values[n], l = p.cell(cells, i, n)
			ids[n], _ = p.style(n, l) // made before
			if l.wrap && values[n].text != "" {
				lines = max(lines, lineCount(values[n].text, p.widths[n]))
			}
		}
		out.start(first+i, rowHeight(lines))
		for n, v := range values {
			out.cell(n, ids[n], v, p.formulas[cellAt{i, n}])
			if n < len(cells) && cells[n].Link != "" {
				p.link(n, first+i, cells[n].Link)
			}
		}
		out.end()
	}
}

// link makes a cell lead to another place of the workbook.
func (p *page) link(col, row int, to string) {
	if target, ok := p.places[to]; ok && len(p.links) < mostLinksASheet {
		p.links = append(p.links, hyperlink{col, row, target})
	}
}

// hyperlinks writes the links, each of which says where it goes (ECMA-376 part 1, 18.3.1.48).
func (p *page) hyperlinks(out *rowWriter) {
	if len(p.links) == 0 {
		return
	}
	out.b = append(out.b, "<hyperlinks>"...)
	for _, h := range p.links {
		out.b = fmt.Appendf(out.b, `<hyperlink ref="%s%d" location="`, out.letters[h.col], h.row)
		out.escape(quotedSheet(h.to.sheet) + "!" + h.to.cell)
		out.b = append(out.b, `" tooltip="`...)
		out.escape(shorten(fmt.Sprintf(p.words.GoTo, h.to.cell, h.to.sheet), 255))
		out.b = append(out.b, `"/>`...)
	}
	out.b = append(out.b, "</hyperlinks>"...)
}

func quotedSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
