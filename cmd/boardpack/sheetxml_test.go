package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// This file reads a workbook's XML as it stands in the file, for tests: the
// program that wrote it has no part in that.

// writtenBook is a workbook's parts.
type writtenBook struct {
	parts  map[string][]byte
	sheets []*writtenSheet
	active int
	styles writtenStyles
}

type writtenSheet struct {
	Name, State string
	Part        string
	Dimension   struct {
		Ref string `xml:"ref,attr"`
	} `xml:"dimension"`
	Views []struct {
		Selected  string    `xml:"tabSelected,attr"`
		Pane      *struct{} `xml:"pane"`
		Selection []struct {
			Active string `xml:"activeCell,attr"`
			Pane   string `xml:"pane,attr"`
		} `xml:"selection"`
	} `xml:"sheetViews>sheetView"`
	Cols []struct {
		Min    int     `xml:"min,attr"`
		Width  float64 `xml:"width,attr"`
		Hidden string  `xml:"hidden,attr"`
	} `xml:"cols>col"`
	Rows []struct {
		R      int           `xml:"r,attr"`
		Height float64       `xml:"ht,attr"`
		Hidden string        `xml:"hidden,attr"`
		Cells  []writtenCell `xml:"c"`
	} `xml:"sheetData>row"`
	Merges []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
	Links []struct {
		Ref      string `xml:"ref,attr"`
		Location string `xml:"location,attr"`
		Tooltip  string `xml:"tooltip,attr"`
	} `xml:"hyperlinks>hyperlink"`
	HeaderFooter *struct{}  `xml:"headerFooter"`
	Drawing      *struct{}  `xml:"drawing"`
	Legacy       *struct{}  `xml:"legacyDrawing"`
	Breaks       *struct{}  `xml:"rowBreaks"`
	TableParts   []struct{} `xml:"tableParts>tablePart"`
	tables       []writtenTable
}

type writtenCell struct {
	Ref     string `xml:"r,attr"`
	Style   int    `xml:"s,attr"`
	Type    string `xml:"t,attr"`
	Formula string `xml:"f"`
	Value   string `xml:"v"`
	Inline  string `xml:"is>t"`
}

func (c writtenCell) text() string { return c.Inline + c.Value }

func (c writtenCell) at() (col, row int) {
	col, row, _ = excelize.CellNameToCoordinates(c.Ref)
	return col, row
}

type writtenTable struct {
	Name    string    `xml:"displayName,attr"`
	Ref     string    `xml:"ref,attr"`
	Heads   string    `xml:"headerRowCount,attr"`
	Filter  *struct{} `xml:"autoFilter"`
	Columns []struct {
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
}

// corners are the table's first and last cell.
func (t writtenTable) corners() (left, top, right, bottom int) {
	from, to, _ := strings.Cut(t.Ref, ":")
	left, top, _ = excelize.CellNameToCoordinates(from)
	right, bottom, _ = excelize.CellNameToCoordinates(to)
	return left, top, right, bottom
}

type writtenStyles struct {
	Fonts []writtenFont `xml:"fonts>font"`
	Fills []struct {
		Pattern struct {
			Type  string `xml:"patternType,attr"`
			Front struct {
				RGB string `xml:"rgb,attr"`
			} `xml:"fgColor"`
		} `xml:"patternFill"`
	} `xml:"fills>fill"`
	Borders []struct {
		Left  writtenLine `xml:"left"`
		Right writtenLine `xml:"right"`
	} `xml:"borders>border"`
	Cells []struct {
		Font      int `xml:"fontId,attr"`
		Fill      int `xml:"fillId,attr"`
		Named     int `xml:"xfId,attr"`
		Alignment struct {
			Horizontal string `xml:"horizontal,attr"`
			Wrap       string `xml:"wrapText,attr"`
		} `xml:"alignment"`
	} `xml:"cellXfs>xf"`
	Named []struct {
		Name string `xml:"name,attr"`
		ID   int    `xml:"xfId,attr"`
	} `xml:"cellStyles>cellStyle"`
	Conditional []struct {
		Font writtenFont `xml:"font"`
		Fill struct {
			Back struct {
				RGB string `xml:"rgb,attr"`
			} `xml:"patternFill>bgColor"`
			Front struct {
				RGB string `xml:"rgb,attr"`
			} `xml:"patternFill>fgColor"`
		} `xml:"fill"`
	} `xml:"dxfs>dxf"`
}

type writtenLine struct {
	Style string `xml:"style,attr"`
}

type writtenFont struct {
	Size struct {
		Val float64 `xml:"val,attr"`
	} `xml:"sz"`
	Name struct {
		Val string `xml:"val,attr"`
	} `xml:"name"`
	Colour struct {
		RGB   string `xml:"rgb,attr"`
		Theme string `xml:"theme,attr"`
	} `xml:"color"`
	Italic    *struct{} `xml:"i"`
	Underline *struct{} `xml:"u"`
	Raised    *struct{} `xml:"vertAlign"`
	Struck    *struct{} `xml:"strike"`
}

// readWritten takes a workbook apart.
func readWritten(t *testing.T, book []byte) *writtenBook {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	b := &writtenBook{parts: map[string][]byte{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if b.parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		r.Close()
	}
	b.xml(t, "xl/styles.xml", &b.styles)
	b.readSheets(t)
	return b
}

func (b *writtenBook) xml(t *testing.T, part string, into any) {
	t.Helper()
	if err := xml.Unmarshal(b.parts[part], into); err != nil {
		t.Fatalf("%s: %v", part, err)
	}
}

type relations struct {
	All []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// related are the parts that a part names, by their relation's number.
func (b *writtenBook) related(t *testing.T, part string) map[string]string {
	t.Helper()
	named := map[string]string{}
	rels := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if b.parts[rels] == nil {
		return named
	}
	var r relations
	b.xml(t, rels, &r)
	for _, one := range r.All {
		target := one.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(part), target)
		}
		named[one.ID] = strings.TrimPrefix(target, "/")
	}
	return named
}

func (b *writtenBook) readSheets(t *testing.T) {
	t.Helper()
	var book struct {
		Views []struct {
			Active int `xml:"activeTab,attr"`
		} `xml:"bookViews>workbookView"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	b.xml(t, "xl/workbook.xml", &book)
	for _, v := range book.Views {
		b.active = v.Active
	}
	parts := b.related(t, "xl/workbook.xml")
	for _, s := range book.Sheets {
		sheet := &writtenSheet{Name: s.Name, State: s.State, Part: parts[s.ID]}
		b.xml(t, sheet.Part, sheet)
		for _, part := range b.sortedRelated(t, sheet.Part) {
			if strings.HasPrefix(part, "xl/tables/") {
				var table writtenTable
				b.xml(t, part, &table)
				sheet.tables = append(sheet.tables, table)
			}
		}
		b.sheets = append(b.sheets, sheet)
	}
}

func (b *writtenBook) sortedRelated(t *testing.T, part string) []string {
	var names []string
	for _, name := range b.related(t, part) {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func isTrue(attribute string) bool { return attribute == "1" || attribute == "true" }

// cells are a sheet's cells that hold something.
func (s *writtenSheet) cells() []writtenCell {
	var all []writtenCell
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if c.text() != "" {
				all = append(all, c)
			}
		}
	}
	return all
}

// texts are the cells above the table, or all of a sheet without one.
func (s *writtenSheet) texts() []writtenCell {
	return slices.DeleteFunc(s.cells(), func(c writtenCell) bool {
		_, row := c.at()
		return len(s.tables) > 0 && row >= s.headRow()
	})
}

func (s *writtenSheet) headRow() int {
	_, top, _, _ := s.tables[0].corners()
	return top
}

// body are the cells of the table, heads left out.
func (s *writtenSheet) body() []writtenCell {
	return slices.DeleteFunc(s.cells(), func(c writtenCell) bool {
		_, row := c.at()
		return len(s.tables) == 0 || row <= s.headRow()
	})
}

// head is the head of a cell's column.
func (s *writtenSheet) head(c writtenCell) string {
	if col, _ := c.at(); col <= len(s.tables[0].Columns) {
		return s.tables[0].Columns[col-1].Name
	}
	return ""
}
