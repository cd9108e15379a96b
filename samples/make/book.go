package main

import (
	"bytes"
	"io"
	"math"
	"time"

	"github.com/xuri/excelize/v2"
)

// book writes one workbook. It keeps the first error, so that a layout reads
// as the sheet looks; bytes gives it back.
type book struct {
	f      *excelize.File
	sheet  string
	widths []float64       // of the sheet's columns, in characters
	high   map[int]float64 // heights that the sheet's rows have so far, in points
	styles map[look]int
	err    error
}

// look is a cell's style, in the few ways that these workbooks use.
type look struct {
	fill, ink, font string // colours are RRGGBB
	size            float64
	format          string // a number format of Excel
	bold, italic    bool
	wrap, box       bool
	centre          bool
}

// percent is a number that stands in its cell as a fraction with a percentage
// format, the way Excel keeps "97.4%": 0.974.
type percent struct {
	value  float64
	format string
}

// month is a date whose cell shows the month alone: Mar 2027.
type month time.Time

func newBook() *book {
	f := excelize.NewFile()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newSorted(w) })
	return &book{f: f, styles: map[look]int{}}
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// open adds a sheet and makes it the one that is written; widths are in characters.
func (b *book) open(name string, landscape bool, widths ...float64) {
	if b.sheet == "" {
		b.keep(b.f.SetSheetName("Sheet1", name))
	} else {
		_, err := b.f.NewSheet(name)
		b.keep(err)
	}
	b.sheet, b.widths, b.high = name, widths, map[int]float64{}
	for i, w := range widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.f.SetColWidth(name, col, col, w))
	}
	b.page(landscape)
}

// page fits a sheet to one page's width, as officers do before they print.
func (b *book) page(landscape bool) {
	orientation, a4, wide, high := "portrait", 9, 1, 0
	if landscape {
		orientation = "landscape"
	}
	fit := true
	b.keep(b.f.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.keep(b.f.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Orientation: &orientation, Size: &a4, FitToWidth: &wide, FitToHeight: &high}))
}

func cell(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row)
	return name
}

// put writes a value at a column and row, both from 1. Nothing is an empty cell with its look.
func (b *book) put(col, row int, value any, l look) {
	b.write(col, row, value, l)
	b.grow(row, b.width(col, col), value, l)
}

func (b *book) write(col, row int, value any, l look) {
	at := cell(col, row)
	switch v := value.(type) {
	case nil:
	case percent:
		l.format = v.format
		b.keep(b.f.SetCellValue(b.sheet, at, v.value))
	case month:
		l.format, l.centre = "mmm yyyy", true
		b.keep(b.f.SetCellValue(b.sheet, at, time.Time(v)))
	case time.Time:
		l.format, l.centre = "dd/mm/yyyy", true
		b.keep(b.f.SetCellValue(b.sheet, at, v))
	default:
		b.keep(b.f.SetCellValue(b.sheet, at, v))
	}
	b.keep(b.f.SetCellStyle(b.sheet, at, at, b.style(l)))
}

// line writes values beside each other, from a column on.
func (b *book) line(col, row int, l look, values ...any) {
	for i, v := range values {
		b.put(col+i, row, v, l)
	}
}

// across writes a value over merged cells.
func (b *book) across(col, row, lastCol, lastRow int, value any, l look) {
	for r := row; r <= lastRow; r++ {
		for c := col; c <= lastCol; c++ {
			b.write(c, r, nil, l)
		}
	}
	b.write(col, row, value, l)
	if lastRow == row {
		b.grow(row, b.width(col, lastCol), value, l)
	}
	b.keep(b.f.MergeCell(b.sheet, cell(col, row), cell(lastCol, lastRow)))
}

// width is that of some columns together, in characters.
func (b *book) width(col, lastCol int) float64 {
	sum := 0.0
	for c := col; c <= lastCol; c++ {
		if c <= len(b.widths) {
			sum += b.widths[c-1]
		}
	}
	return sum
}

// grow makes a row high enough for wrapped text, as Excel does while an
// officer types; a file written by a program has to say it.
func (b *book) grow(row int, width float64, value any, l look) {
	text, ok := value.(string)
	if !ok || !l.wrap || width == 0 {
		return
	}
	each := width * 11 / l.size // a guess that leaves room in wider fonts
	if l.bold || l.font == "Verdana" {
		each *= .85
	}
	lines := math.Ceil(float64(len(text)) / each)
	if points := lines*l.size*1.3 + 2; points > b.high[row] {
		b.high[row] = points
		b.keep(b.f.SetRowHeight(b.sheet, row, points))
	}
}

// freeze keeps the rows above one in sight.
func (b *book) freeze(row int) {
	b.keep(b.f.SetPanes(b.sheet, &excelize.Panes{
		Freeze: true, YSplit: row - 1, TopLeftCell: cell(1, row), ActivePane: "bottomLeft",
	}))
}

func (b *book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := excelize.Style{
		Font:      &excelize.Font{Bold: l.bold, Italic: l.italic, Color: l.ink, Family: l.font, Size: l.size},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap},
	}
	if l.centre {
		s.Alignment.Horizontal = "center"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.box {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
		}
	}
	id, err := b.f.NewStyle(&s)
	b.keep(err)
	b.styles[l] = id
	return id
}

// choices puts a drop-down list on a column of cells.
func (b *book) choices(col, from, to int, words ...string) {
	v := excelize.NewDataValidation(true)
	v.Sqref = cell(col, from) + ":" + cell(col, to)
	b.keep(v.SetDropList(words))
	b.keep(b.f.AddDataValidation(b.sheet, v))
}

func (b *book) bytes() ([]byte, error) {
	stamp := written.Format(time.RFC3339)
	b.keep(b.f.SetDocProps(&excelize.DocProperties{Creator: "Fernhill Borough Council", LastModifiedBy: "Fernhill Borough Council", Created: stamp, Modified: stamp}))
	b.f.SetActiveSheet(0)
	if b.err != nil {
		return nil, b.err
	}
	var w bytes.Buffer
	_, err := b.f.WriteTo(&w)
	return w.Bytes(), err
}
