package xlsx

import (
	"fmt"
	"strings"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

const (
	textSheetWidth  = 74 // the one column of a worksheet of text: an upright page
	uprightWidth    = 90 // a wider table wants landscape paper
	paperA4         = 9
	sideMarginInch  = 0.6
	footMarginInch  = 0.8
	mostLinksASheet = excelize.TotalSheetHyperlinks
)

// page is one worksheet while it is drawn.
type page struct {
	*book
	sheet  *sheet
	widths []float64
	out    *excelize.StreamWriter
	links  int
}

// drawSheet draws a worksheet. What excelize writes before and after the rows is
// set first, because the rows go out as a stream.
func (b *book) drawSheet(s *sheet) error {
	p := &page{book: b, sheet: s, widths: []float64{textSheetWidth}}
	if s.table != nil {
		p.widths = columnWidths(s.table)
	}
	if err := p.setUp(); err != nil {
		return err
	}
	var err error
	if p.out, err = b.file.NewStreamWriter(s.name); err != nil {
		return err
	}
	for i, w := range p.widths {
		if err := p.out.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := p.text(); err != nil {
		return err
	}
	if s.table != nil {
		if err := p.table(); err != nil {
			return err
		}
	}
	return p.out.Flush()
}

// setUp sets the used range and how the sheet prints: fitted to the width of A4,
// the table's heads again on each page, no header or footer.
func (p *page) setUp() error {
	f, s := p.file, p.sheet
	last := len(s.lines) + 1
	if s.table != nil {
		last = s.headRow() + len(s.table.rows)
	}
	corner, err := excelize.CoordinatesToCellName(len(p.widths), last)
	if err != nil {
		return err
	}
	if err := f.SetSheetDimension(s.name, "A1:"+corner); err != nil {
		return err
	}
	yes, paper, one, any, side, foot := true, paperA4, 1, 0, sideMarginInch, footMarginInch
	orientation := p.orientation()
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return err
	}
	if err := f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &foot}); err != nil {
		return err
	}
	if s.table == nil {
		return nil
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quotedSheet(s.name), s.headRow(), s.headRow())})
}

func (p *page) orientation() string {
	width := 0.0
	for _, w := range p.widths {
		width += w
	}
	if p.sheet.table != nil && (p.sheet.table.wide || width > uprightWidth) {
		return "landscape"
	}
	return "portrait"
}

func quotedSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// text draws the title and the lines. Above a table they run over the empty cells
// beside them; on a worksheet of text they are wrapped.
func (p *page) text() error {
	wrap := p.sheet.table == nil
	if err := p.line(1, line{text: p.sheet.title}, lineStyle{title: true, wrap: wrap}); err != nil {
		return err
	}
	for i, l := range p.sheet.lines {
		_, known := p.places[l.link]
		if err := p.line(i+2, l, lineStyle{kind: l.kind, link: known, wrap: wrap}); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) line(row int, l line, st lineStyle) error {
	id, err := p.styles.line(st)
	if err != nil {
		return err
	}
	text := p.clean(l.text)
	if err := p.link(1, row, l.link); err != nil {
		return err
	}
	cell := excelize.Cell{StyleID: id, Value: text}
	return p.out.SetRow(fmt.Sprintf("A%d", row), []any{cell}, excelize.RowOpts{Height: p.lineHeight(text, st)})
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

// table draws the head row and the rows, and marks them as a table.
func (p *page) table() error {
	g, at := p.sheet.table, p.sheet.headRow()
	if err := p.heads(at); err != nil {
		return err
	}
	corner, err := excelize.CoordinatesToCellName(len(g.columns), at+len(g.rows))
	if err != nil {
		return err
	}
	no := false
	if err := p.out.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", at, corner), Name: g.name,
		StyleName: "TableStyleLight1", ShowRowStripes: &no}); err != nil {
		return err
	}
	values := make([]any, len(g.columns))
	for i, r := range g.rows {
		if err := p.row(at+1+i, r, values, g.total && i == len(g.rows)-1); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) heads(at int) error {
	g, lines := p.sheet.table, 1
	values := make([]any, len(g.heads))
	for i, h := range g.heads {
		id, err := p.styles.cell(look{head: true, wrap: true, align: alignment(g.columns[i])})
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: id, Value: h}
		lines = max(lines, lineCount(h, (p.widths[i]-filterButton)/1.08))
	}
	return p.out.SetRow(fmt.Sprintf("A%d", at), values, excelize.RowOpts{Height: rowHeight(lines) + 4})
}

// row draws one row of the table; values is room that rows share.
func (p *page) row(at int, r render.Row, values []any, total bool) error {
	lines := 1
	for i, col := range p.sheet.table.columns {
		var c render.Cell
		if i < len(r.Cells) {
			c = r.Cells[i]
		}
		value, l := p.value(c, col)
		l.bold = total || col.RowHead
		_, l.link = p.places[c.Link]
		if err := p.link(i+1, at, c.Link); err != nil {
			return err
		}
		id, err := p.styles.cell(l)
		if err != nil {
			return err
		}
		if text, ok := value.(string); ok {
			lines = max(lines, lineCount(text, p.widths[i]))
			if text == "" {
				value = nil
			}
		}
		values[i] = excelize.Cell{StyleID: id, Value: value}
	}
	return p.out.SetRow(fmt.Sprintf("A%d", at), values, excelize.RowOpts{Height: rowHeight(lines)})
}

// link makes a cell lead to another place of the workbook and says where it goes.
func (p *page) link(col, row int, to string) error {
	target, ok := p.places[to]
	if !ok || p.links >= mostLinksASheet {
		return nil
	}
	p.links++
	cell, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	tip := shorten(fmt.Sprintf(p.words.GoTo, target.cell, target.sheet), 255)
	return p.file.SetCellHyperLink(p.sheet.name, cell, quotedSheet(target.sheet)+"!"+target.cell, "Location",
		excelize.HyperlinkOpts{Tooltip: &tip})
}
