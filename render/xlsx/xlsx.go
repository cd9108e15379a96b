// Package xlsx turns a report's blocks into a workbook that keeps to the Analysis
// Function's checklist for accessible spreadsheets: a cover, contents and notes,
// then one named table of one header row to a worksheet.
package xlsx

import (
	"cmp"
	"fmt"
	"io"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// Render writes the report as a workbook to w. The same report gives the same bytes.
func Render(w io.Writer, r render.Report) error {
	words, err := readWords()
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	b := &book{file: f, report: r, words: words, styles: newStyles(f, r.Look), edits: map[string]edit{"[Content_Types].xml": sortedTypes}}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &sortedZip{w: w, edits: b.edits} })
	if err := b.draw(gather(r, words)); err != nil {
		return fmt.Errorf("draw xlsx: %w", err)
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("draw xlsx: %w", err)
	}
	return nil
}

// book is one workbook while it is drawn.
type book struct {
	file   *excelize.File
	report render.Report
	words  wording
	styles *styles
	places map[string]place
	wholes wholes
	lights []render.Mark                       // of the tables of all rows
	fills  []excelize.ConditionalFormatOptions // of cells of lights that somebody may change
	tables int                                 // how many there are so far
	edits  map[string]edit                     // what is changed in what excelize makes
}

// place is a cell that a link may point to.
type place struct{ sheet, cell string }

func (b *book) draw(sheets []*sheet) error {
	if err := b.styles.setDefault(); err != nil {
		return err
	}
	if err := b.properties(); err != nil {
		return err
	}
	if err := b.addSheets(sheets); err != nil {
		return err
	}
	b.places, b.wholes = placesOf(sheets), wholesOf(sheets, &b.words)
	b.lights = lightsOf(b.report.Tables)
	var err error
	if b.fills, err = b.colourFills(); err != nil {
		return err
	}
	for i, s := range sheets {
		p, err := b.drawSheet(s)
		if err != nil {
			return fmt.Errorf("worksheet %s: %w", s.name, err)
		}
		b.edits[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = p.write
	}
	return nil
}

// addSheets makes every worksheet, in order; the first one is the active one.
func (b *book) addSheets(sheets []*sheet) error {
	if err := b.file.SetSheetName("Sheet1", sheets[0].name); err != nil {
		return err
	}
	for _, s := range sheets[1:] {
		if _, err := b.file.NewSheet(s.name); err != nil {
			return fmt.Errorf("worksheet %s: %w", s.name, err)
		}
	}
	return nil
}

// properties sets the document's information; its days are the report's, not today's.
func (b *book) properties() error {
	r := b.report
	author := cmp.Or(r.Author, r.Council, r.Board)
	day := r.Date
	if _, ok := isoDay(day); ok {
		day += "T00:00:00Z"
	}
	err := b.file.SetDocProps(&excelize.DocProperties{
		Title: r.Title, Subject: r.Subject, Creator: author, LastModifiedBy: author,
		Keywords: joined(", ", r.Keywords...), Description: joined(". ", r.Edition, r.Version, r.DataDate),
		Language: r.Lang, Created: day, Modified: day,
	})
	if err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Company: r.Council})
}

func placesOf(sheets []*sheet) map[string]place {
	places := map[string]place{}
	add := func(id, sheet string, row int) {
		if _, taken := places[id]; id != "" && !taken {
			places[id] = place{sheet, fmt.Sprintf("A%d", row)}
		}
	}
	for _, s := range sheets {
		add(sheetLink(s.name), s.name, 1)
		add(s.id, s.name, 1)
		for i, l := range s.lines {
			add(l.id, s.name, i+2)
		}
		if s.table != nil {
			for i, r := range s.table.rows {
				add(r.ID, s.name, s.headRow()+1+i)
			}
		}
	}
	return places
}
