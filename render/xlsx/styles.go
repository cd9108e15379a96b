package xlsx

import (
	"strings"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

const (
	fontName = "Arial"
	fontSize = 12.0
)

// look is how a cell of a table looks.
type look struct {
	light    string // its tint and the colour of its word
	kind     valueKind
	decimals int
	unit     string
	align    string
	wrap     bool
	bold     bool
	head     bool
	first    bool // stands under the title: not set in
	link     bool
	quoted   bool // text that begins like a formula; stays text when it is edited too
}

type valueKind int

const (
	textual valueKind = iota
	numeric
	dated
)

// named is a cell style that programs and screen readers know by its name.
type named struct {
	name    string
	builtin int
}

var headingStyles = map[lineKind]named{
	heading2: {"Heading 2", 17},
	heading3: {"Heading 3", 18},
	heading4: {"Heading 4", 19},
}

// styles makes each style of the workbook once.
type styles struct {
	file  *excelize.File
	look  render.Look
	cells map[look]int
	lines map[lineStyle]int
}

// lineStyle is how a line of text looks.
type lineStyle struct {
	kind  lineKind
	title bool
	link  bool
	wrap  bool
}

func newStyles(f *excelize.File, l render.Look) *styles {
	return &styles{file: f, look: l, cells: map[look]int{}, lines: map[lineStyle]int{}}
}

// setDefault makes Arial 12 the workbook's font, on which column widths rest.
func (s *styles) setDefault() error {
	if err := s.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	size := fontSize
	s.file.Styles.Fonts.Font[0].Sz.Val = &size
	return nil
}

func font(size float64, colour string) *excelize.Font {
	return &excelize.Font{Family: fontName, Size: size, Color: colour}
}

// cell answers the style of a table's cell.
func (s *styles) cell(l look) (int, error) {
	if id, ok := s.cells[l]; ok {
		return id, nil
	}
	plain := l
	plain.quoted = false
	id, err := s.file.NewStyle(s.cellStyle(plain))
	if err == nil && l.quoted {
		id = s.quote(id)
	}
	s.cells[l] = id
	return id, err
}

func (s *styles) cellStyle(l look) *excelize.Style {
	st := &excelize.Style{
		Font:      font(fontSize, s.look.Ink),
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "top", WrapText: l.wrap},
		Border:    []excelize.Border{{Type: "bottom", Color: s.look.Hairline, Style: 1}},
	}
	st.Font.Bold = l.bold || l.head
	if !l.first && l.align != "center" {
		st.Alignment.Indent = 1
	}
	if l.head {
		st.Alignment.Vertical = "bottom"
		st.Border[0] = excelize.Border{Type: "bottom", Color: s.look.Ink, Style: 2}
	}
	if light, ok := s.look.Lights[l.light]; ok {
		st.Font.Color, st.Font.Bold, st.Fill = light.Word, true, fill(light.Tint)
	}
	if l.link {
		st.Font.Color, st.Font.Underline = s.look.Accent, "single"
	}
	if format := l.format(); format != "" {
		st.CustomNumFmt = &format
	}
	return st
}

func (l look) format() string {
	switch l.kind {
	case numeric:
		return numberFormat(l.decimals, l.unit)
	case dated:
		return dateFormat
	}
	return ""
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.TrimPrefix(colour, "#")}}
}

// quote copies a style and marks the copy's text as text for good.
func (s *styles) quote(id int) int {
	xfs := s.file.Styles.CellXfs
	xf, yes := xfs.Xf[id], true
	xf.QuotePrefix = &yes
	xfs.Xf = append(xfs.Xf, xf)
	xfs.Count = len(xfs.Xf)
	return xfs.Count - 1
}

// line answers the style of a line of text.
func (s *styles) line(l lineStyle) (int, error) {
	if id, ok := s.lines[l]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(s.lineStyle(l))
	if err != nil {
		return 0, err
	}
	if n, ok := headingStyles[l.kind]; ok {
		id = s.name(id, n)
	}
	if l.title {
		id = s.name(id, named{"Heading 1", 16})
	}
	s.lines[l] = id
	return id, nil
}

func (s *styles) lineStyle(l lineStyle) *excelize.Style {
	st := &excelize.Style{
		Font:      font(fontSize, s.look.Ink),
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap},
	}
	if size := headingSize(l); size > 0 {
		st.Font = font(size, s.look.Accent)
		st.Font.Bold = true
		st.Alignment.Vertical = "bottom"
	}
	switch l.kind {
	case lead, warn:
		st.Font.Bold = true
	case quiet:
		st.Font.Color = s.look.Secondary
	}
	if l.link {
		st.Font.Color, st.Font.Underline = s.look.Accent, "single"
	}
	return st
}

func headingSize(l lineStyle) float64 {
	switch {
	case l.title:
		return 18
	case l.kind == heading2:
		return 15
	case l.kind == heading3:
		return 13
	case l.kind == heading4:
		return fontSize
	}
	return 0
}

// name makes a style one of the workbook's named cell styles; excelize has no call
// for it, so the style sheet's own lists are extended.
func (s *styles) name(id int, n named) int {
	sheet := s.file.Styles
	base := sheet.CellXfs.Xf[id]
	base.XfID = nil
	at := len(sheet.CellStyleXfs.Xf)
	for _, known := range sheet.CellStyles.CellStyle {
		if known.Name == n.name {
			at = known.XfID
		}
	}
	if at == len(sheet.CellStyleXfs.Xf) {
		sheet.CellStyleXfs.Xf = append(sheet.CellStyleXfs.Xf, base)
		sheet.CellStyleXfs.Count = len(sheet.CellStyleXfs.Xf)
		style := *sheet.CellStyles.CellStyle[0]
		style.Name, style.XfID, style.BuiltInID = n.name, at, &n.builtin
		sheet.CellStyles.CellStyle = append(sheet.CellStyles.CellStyle, &style)
		sheet.CellStyles.Count = len(sheet.CellStyles.CellStyle)
	}
	base.XfID = &at
	sheet.CellXfs.Xf = append(sheet.CellXfs.Xf, base)
	sheet.CellXfs.Count = len(sheet.CellXfs.Xf)
	return sheet.CellXfs.Count - 1
}
