package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// readLooks reads the style sheet. Where that is not plain, the library reads
// it too, and what it cannot open is an error.
func (b *book) readLooks(to targets) (err error) {
	if b.stylePart, err = b.archive.frame(to.styles); err != nil {
		return err
	}
	if b.look, b.plain = scanStyleSheet(b.stylePart); b.plain {
		return nil
	}
	if usesTheme(b.stylePart) {
		if b.theme, err = b.archive.frame(to.look); err != nil {
			return err
		}
	}
	b.library()
	return b.budget.err
}

// library is excelize with what it is asked about, the looks of cells, in an
// archive of their own: sheets, texts and pictures would cost it much more
// than all that we do with them, and its temporary files a disk. It is opened
// when it is first asked; that it cannot be opened ends the workbook's reading.
func (b *book) library() *excelize.File {
	if b.file != nil {
		return b.file
	}
	var err error
	if b.file, err = openLibrary(b.stylePart, b.theme); err != nil {
		b.budget.fail(damaged(fmt.Sprintf("the workbook cannot be opened: %v", err)))
		b.file = &excelize.File{}
	}
	b.stylePart, b.theme = nil, nil
	return b.file
}

func openLibrary(styles, theme []byte) (*excelize.File, error) {
	if theme == nil {
		theme = []byte(bareTheme)
	}
	small, err := looksAlone(without(styles, unusedStyles...), without(theme, unusedTheme...))
	if err != nil {
		return nil, err
	}
	return excelize.OpenReader(small, excelize.Options{RawCellValue: true, UnzipSizeLimit: 8 * maxFrame, UnzipXMLSizeLimit: 8 * maxFrame})
}

// Elements of the style sheet and of the theme that nothing is asked about: to
// decode them costs the library more than to read a small sheet.
var (
	unusedStyles = []string{"borders", "border", "cellStyleXfs", "cellStyles", "tableStyles", "extLst", "alignment", "protection",
		"sz", "name", "family", "charset", "scheme"}
	unusedTheme = []string{"fontScheme", "fmtScheme", "objectDefaults", "extraClrSchemeLst", "custClrLst", "extLst"}
)

// without gives a part less the elements of some names. A part that is not
// whole stays as it is: the library tells what is wrong with it.
func without(part []byte, names ...string) []byte {
	var out []byte
	x := xmlScanner{data: part}
	kept, inside := 0, 0 // where what is still to be copied begins; how deep the element lies that is left out
	for {
		more, err := x.next()
		switch {
		case err != nil || !more && x.depth != 0:
			return part
		case !more:
			return append(out, part[kept:]...)
		case inside > 0:
			if x.depth < inside {
				kept, inside = x.pos, 0
			}
		case !x.closing && slices.Contains(names, x.name):
			out = append(out, part[kept:x.start]...)
			if kept = x.pos; !x.single {
				inside = x.depth
			}
		}
	}
}

// looksAlone makes a workbook of a style sheet and a theme; what is nil it has not.
func looksAlone(styles, theme []byte) (*bytes.Buffer, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct {
		name string
		data []byte
	}{{"_rels/.rels", []byte(bareRelations)}, {"xl/workbook.xml", []byte(bareWorkbook)}, {"xl/styles.xml", styles}, {"xl/theme/theme1.xml", theme}} {
		if part.data == nil {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(part.data); err != nil {
			return nil, err
		}
	}
	return &out, z.Close()
}

// A workbook without a sheet, as far as excelize asks for one. Without a theme
// it would tell no colour.
const (
	bareTheme     = `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name=""/></a:themeElements></a:theme>`
	bareRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationsOfOffice + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bareWorkbook  = `<workbook xmlns="` + mainName + `"/>`
)

// usesTheme reports whether a style sheet takes a fill's colour from the theme.
func usesTheme(styles []byte) bool {
	x := xmlScanner{data: styles}
	for {
		more, err := x.next()
		if err != nil || !more {
			return err != nil
		}
		if (x.name == "fgColor" || x.name == "bgColor") && x.attr("theme") != "" {
			return true
		}
	}
}
