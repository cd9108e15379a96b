package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A grid is a sheet in a test: cells with value, number format and colour,
// that can be moved about and written out as a workbook.
type grid struct {
	name       string
	hidden     bool
	cells      map[spot]gcell
	merges     []span
	hiddenRows map[int]bool
	hiddenCols map[int]bool
	used       string // the used range that the sheet claims, where it is not its own
	tail       string // XML after the cells: conditional formats
	date1904   bool   // the workbook counts days from 1904
}

// spot is a place of a grid, 1-based.
type spot struct{ row, col int }

// gcell is a cell of a grid.
type gcell struct {
	typ     byte   // 's' text, 'n' number, 'b' boolean, 'e' error, 0 nothing but a colour
	v       string // text, or the number as it is stored
	format  string // number format
	fill    string // six digits
	strike  bool
	formula string // the formula; v is its stored value, if any
	from    string // where an original had the cell: "Sheet!A5"
}

func newGrid(name string) *grid {
	return &grid{name: name, cells: map[spot]gcell{}, hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}
}

// row is one row of cells; see toCell for what may stand in it.
type row []any

// put writes rows with their top left corner at a cell.
func (g *grid) put(at string, rows ...row) *grid {
	top, left, ok := parseCell(at)
	if !ok {
		panic("not a cell: " + at)
	}
	for i, r := range rows {
		for j, v := range r {
			if c, ok := toCell(v); ok {
				g.cells[spot{top + i, left + j}] = c
			}
		}
	}
	return g
}

func (g *grid) merge(refs ...string) *grid {
	for _, ref := range refs {
		m, ok := parseSpan(ref)
		if !ok {
			panic("not a range: " + ref)
		}
		g.merges = append(g.merges, m)
	}
	return g
}

func (g *grid) hideRows(rows ...int) *grid {
	for _, r := range rows {
		g.hiddenRows[r] = true
	}
	return g
}

func (g *grid) hideCols(cols ...int) *grid {
	for _, c := range cols {
		g.hiddenCols[c] = true
	}
	return g
}

// toCell makes a cell of a Go value: a string is text, a number a number, nil nothing.
func toCell(v any) (gcell, bool) {
	switch v := v.(type) {
	case nil:
		return gcell{}, false
	case gcell:
		return v, true
	case string:
		return gcell{typ: 's', v: v}, v != ""
	case int:
		return gcell{typ: 'n', v: strconv.Itoa(v)}, true
	case float64:
		return gcell{typ: 'n', v: strconv.FormatFloat(v, 'g', -1, 64)}, true
	case bool:
		return gcell{typ: 'b', v: map[bool]string{true: "1", false: "0"}[v]}, true
	}
	panic(fmt.Sprintf("no cell of %T", v))
}

// pct is a fraction shown as a percentage.
func pct(v float64) gcell {
	c, _ := toCell(v)
	c.format = "0.0%"
	return c
}

// day is a real date shown in a format.
func day(iso, format string) gcell {
	t, err := time.Parse("2006-01-02", iso)
	if err != nil {
		panic(err)
	}
	n := int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	return gcell{typ: 'n', v: strconv.Itoa(n), format: format}
}

// tint is a cell that holds nothing but a colour.
func tint(rgb string) gcell { return gcell{fill: rgb} }

// tinted is a text in a coloured cell.
func tinted(text, rgb string) gcell { return gcell{typ: 's', v: text, fill: rgb} }

// fails is an error cell.
func fails(text string) gcell { return gcell{typ: 'e', v: text} }

// struck is a text with a line through it.
func struck(text string) gcell { return gcell{typ: 's', v: text, strike: true} }

// calc is a formula with its stored value; an empty value was never stored.
func calc(formula, value, format string) gcell {
	return gcell{typ: 'n', v: value, formula: formula, format: format}
}

// The colours of a traffic light as spreadsheets offer them.
const (
	greenFill = "00B050"
	amberFill = "FFC000"
	redFill   = "FF0000"
)

// workbookOf writes grids as a workbook.
func workbookOf(t testing.TB, grids ...*grid) []byte {
	t.Helper()
	w := bookWriter{t: t, styles: []string{"|||"}, index: map[string]int{}}
	var out bytes.Buffer
	w.zip = zip.NewWriter(&out)
	var list, rels, types strings.Builder
	props := ""
	for i, g := range grids {
		state := ""
		if g.date1904 {
			props = `<workbookPr date1904="1"/>`
		}
		if g.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"%s/>`, escaped(g.name), i+1, i+1, state)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, officeRels, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%s.worksheet+xml"/>`, i+1, sheetTypes)
		w.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), w.sheet(g))
	}
	w.part("xl/styles.xml", w.styleSheet())
	w.part("xl/sharedStrings.xml", `<sst xmlns="`+mainSpace+`">`+w.strings.String()+`</sst>`)
	w.part("xl/workbook.xml", `<workbook xmlns="`+mainSpace+`" xmlns:r="`+officeRels+`">`+props+`<sheets>`+list.String()+`</sheets></workbook>`)
	n := len(grids)
	w.part("xl/theme/theme1.xml", plainTheme)
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/theme" Target="theme/theme1.xml"/>`, n+3, officeRels)
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/><Relationship Id="rId%d" Type="%s/sharedStrings" Target="sharedStrings.xml"/>`, n+1, officeRels, n+2, officeRels)
	w.part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+packageRels+`">`+rels.String()+`</Relationships>`)
	w.part("_rels/.rels", `<Relationships xmlns="`+packageRels+`"><Relationship Id="rId1" Type="`+officeRels+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	w.part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="`+sheetTypes+`.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="`+sheetTypes+`.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="`+sheetTypes+`.sharedStrings+xml"/>`+types.String()+`</Types>`)
	if err := w.zip.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	officeRels  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRels = "http://schemas.openxmlformats.org/package/2006/relationships"
	sheetTypes  = "application/vnd.openxmlformats-officedocument.spreadsheetml"
)

const plainTheme = `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements><a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1><a:accent2><a:srgbClr val="ED7D31"/></a:accent2><a:accent3><a:srgbClr val="A5A5A5"/></a:accent3><a:accent4><a:srgbClr val="FFC000"/></a:accent4><a:accent5><a:srgbClr val="5B9BD5"/></a:accent5><a:accent6><a:srgbClr val="70AD47"/></a:accent6><a:hlink><a:srgbClr val="0563C1"/></a:hlink><a:folHlink><a:srgbClr val="954F72"/></a:folHlink></a:clrScheme></a:themeElements></a:theme>`

type bookWriter struct {
	t       testing.TB
	zip     *zip.Writer
	styles  []string // "format|fill|strike|"
	index   map[string]int
	strings strings.Builder
	texts   int
}

func (w *bookWriter) part(name, content string) {
	f, err := w.zip.Create(name)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := f.Write([]byte(xml.Header + content)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *bookWriter) sheet(g *grid) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + mainSpace + `">`)
	if g.used != "" {
		b.WriteString(`<dimension ref="` + g.used + `"/>`)
	}
	if len(g.hiddenCols) > 0 {
		b.WriteString("<cols>")
		for _, c := range slices.Sorted(maps.Keys(g.hiddenCols)) {
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="9" hidden="1" customWidth="1"/>`, c, c)
		}
		b.WriteString("</cols>")
	}
	b.WriteString("<sheetData>")
	last := 0
	for _, at := range g.spots() {
		if at.row != last {
			if last != 0 {
				b.WriteString("</row>")
			}
			last = at.row
			fmt.Fprintf(&b, `<row r="%d"`, at.row)
			if g.hiddenRows[at.row] {
				b.WriteString(` hidden="1"`)
			}
			b.WriteString(">")
		}
		w.cell(&b, at, g.cells[at])
	}
	if last != 0 {
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	if len(g.merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(g.merges))
		for _, m := range g.merges {
			fmt.Fprintf(&b, `<mergeCell ref="%s:%s"/>`, cellName(m.top, m.left), cellName(m.bottom, m.right))
		}
		b.WriteString("</mergeCells>")
	}
	b.WriteString(g.tail + "</worksheet>")
	return b.String()
}

// spots gives the grid's cells in reading order.
func (g *grid) spots() []spot {
	return slices.SortedFunc(maps.Keys(g.cells), func(a, b spot) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.col - b.col
	})
}

func (w *bookWriter) cell(b *strings.Builder, at spot, c gcell) {
	fmt.Fprintf(b, `<c r="%s" s="%d"`, cellName(at.row, at.col), w.style(c))
	value := c.v
	switch {
	case c.typ == 's' && c.formula != "":
		b.WriteString(` t="str"`)
	case c.typ == 's':
		b.WriteString(` t="s"`)
		fmt.Fprintf(&w.strings, `<si><t xml:space="preserve">%s</t></si>`, escaped(c.v))
		value = strconv.Itoa(w.texts)
		w.texts++
	case c.typ == 'b', c.typ == 'e':
		fmt.Fprintf(b, ` t="%c"`, c.typ)
	}
	b.WriteString(">")
	if c.formula != "" {
		b.WriteString("<f>" + escaped(c.formula) + "</f>")
	}
	if value != "" {
		b.WriteString("<v>" + escaped(value) + "</v>")
	}
	b.WriteString("</c>")
}

func escaped(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

func (w *bookWriter) style(c gcell) int {
	key := fmt.Sprintf("%s|%s|%v|", c.format, c.fill, c.strike)
	if key == "||false|" {
		return 0
	}
	i, ok := w.index[key]
	if !ok {
		i = len(w.styles)
		w.index[key] = i
		w.styles = append(w.styles, key)
	}
	return i
}

func (w *bookWriter) styleSheet() string {
	var formats, fills, xfs strings.Builder
	for i, key := range w.styles {
		part := strings.Split(key, "|")
		numFmt, fill, font := 0, 0, 0
		if part[0] != "" {
			numFmt = 164 + i
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, numFmt, escaped(part[0]))
		}
		if part[1] != "" {
			fill = 2 + strings.Count(fills.String(), "<fill>")
			fmt.Fprintf(&fills, `<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/></patternFill></fill>`, part[1])
		}
		if part[2] == "true" {
			font = 1
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0" xfId="0"/>`, numFmt, font, fill)
	}
	out := `<styleSheet xmlns="` + mainSpace + `">`
	if n := strings.Count(formats.String(), "<numFmt"); n > 0 {
		out += fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, n, formats.String())
	}
	return out + `<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><strike/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` + fills.String() + `</fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs>` + xfs.String() + `</cellXfs></styleSheet>`
}

// gridsOf reads a workbook into grids, each cell with the place it came from.
func gridsOf(t testing.TB, b []byte) []*grid {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []*grid
	for _, name := range f.GetSheetList() {
		out = append(out, gridOf(t, f, name))
	}
	return out
}

func gridOf(t testing.TB, f *excelize.File, name string) *grid {
	t.Helper()
	g := newGrid(name)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	merges, err := f.GetMergeCells(name)
	must(err)
	for _, m := range merges {
		g.merge(m.GetStartAxis() + ":" + m.GetEndAxis())
	}
	covered := func(row, col int) bool { // excelize gives a merge's value for each of its cells
		return slices.ContainsFunc(g.merges, func(m span) bool { return m.contains(row, col) && (m.top != row || m.left != col) })
	}
	rows, err := f.GetRows(name)
	must(err)
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	width += 3 // GetRows leaves out cells at the end that hold only a colour
	for row := 1; row <= len(rows); row++ {
		for col := 1; col <= width; col++ {
			if covered(row, col) {
				continue
			}
			at := cellName(row, col)
			c := gcell{from: name + "!" + at}
			c.v, err = f.GetCellValue(name, at)
			must(err)
			c.formula, err = f.GetCellFormula(name, at)
			must(err)
			id, err := f.GetCellStyle(name, at)
			must(err)
			style, err := f.GetStyle(id)
			must(err)
			c.format = formatOf(style)
			c.fill = fillOf(style)
			kind, err := f.GetCellType(name, at)
			must(err)
			c.typ = typeOf(kind, c.v)
			if c.typ != 0 || c.fill != "" {
				g.cells[spot{row, col}] = c
			}
		}
	}
	return g
}

func formatOf(s *excelize.Style) string {
	if s.CustomNumFmt != nil {
		return *s.CustomNumFmt
	}
	return builtinFormats[s.NumFmt]
}

func fillOf(s *excelize.Style) string {
	if s.Fill.Pattern != 1 || len(s.Fill.Color) == 0 || len(s.Fill.Color[0]) < 6 {
		return ""
	}
	return s.Fill.Color[0][len(s.Fill.Color[0])-6:]
}

func typeOf(kind excelize.CellType, v string) byte {
	switch {
	case v == "":
		return 0
	case kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString:
		return 's'
	case kind == excelize.CellTypeBool:
		return 'b'
	case kind == excelize.CellTypeError:
		return 'e'
	}
	return 'n'
}

func TestGridsComeBackAsTheyWere(t *testing.T) {
	g := newGrid("One & two").put("B2", row{"Ref", " two  spaces", 3, 0.1, true, fails("#REF!"), pct(0.274), tint(redFill), calc("A1+1", "2", "")}).merge("B3:C3").hideRows(2).hideCols(5)
	b := workbookOf(t, g)
	back := gridsOf(t, b)[0]
	for at, want := range g.cells {
		got := back.cells[at]
		if got.typ != want.typ || got.v != want.v || got.format != want.format || got.fill != want.fill || got.formula != want.formula {
			t.Errorf("%v is %+v, want %+v", at, got, want)
		}
	}
	if len(back.merges) != 1 || back.merges[0] != g.merges[0] {
		t.Errorf("merges %v", back.merges)
	}
}
