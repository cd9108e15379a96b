package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

// This file reads what people see of an edition back from its files: its
// tables by their captions and column heads, and its sentences.

// seenTable is a table as a reader of some format sees it.
type seenTable struct {
	caption string
	heads   []string
	rows    []map[string]string // by head; blanks made one
}

// seen is what one format of an edition says.
type seen struct {
	format string
	tables []seenTable
	texts  []string // headings, paragraphs and list items; of a workbook every cell
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// row adds a row whose cells stand under the heads.
func (t *seenTable) row(cells []string) {
	row := map[string]string{}
	for i, h := range t.heads {
		row[h] = squeeze(cells[i])
	}
	t.rows = append(t.rows, row)
}

// under adds to the last row a text that stands below it under a head of its own: "Comment: …".
func (t *seenTable) under(cell string) {
	head, text, found := strings.Cut(squeeze(cell), ": ")
	if found && len(t.rows) > 0 {
		t.rows[len(t.rows)-1][head] = text
	}
}

func readHTML(t *testing.T, file string) seen {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out := seen{format: "html"}
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "table":
			out.tables = append(out.tables, htmlTable(n))
		case (n.Data == "p" || n.Data == "li" || len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] <= '6') && !insideOf(n, "nav", "header", "footer", "figure"):
			out.texts = append(out.texts, htmlTexts(n)...)
		}
	}
	return out
}

func insideOf(n *html.Node, elements ...string) bool {
	for a := range n.Ancestors() {
		for _, e := range elements {
			if a.Data == e {
				return true
			}
		}
	}
	return false
}

// htmlTexts are the texts of a paragraph; what stands for an empty table is its
// caption and a sentence.
func htmlTexts(n *html.Node) []string {
	if n.FirstChild != nil && n.FirstChild.Data == "strong" && slices.Contains(n.Attr, html.Attribute{Key: "class", Val: "empty"}) {
		whole, caption := squeeze(htmlText(n)), squeeze(htmlText(n.FirstChild))
		return []string{caption, squeeze(strings.TrimPrefix(whole, caption))}
	}
	return []string{squeeze(htmlText(n))}
}

// htmlText is what an element says; a span, as a light is one, stands apart.
func htmlText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	text := ""
	for c := range n.ChildNodes() {
		text += htmlText(c)
	}
	if n.Data == "br" || n.Data == "span" {
		return " " + text + " "
	}
	return text
}

func htmlTable(table *html.Node) seenTable {
	var out seenTable
	for n := range table.Descendants() {
		switch n.Data {
		case "caption":
			out.caption = squeeze(htmlText(n))
		case "tr":
			var cells []string
			for c := range n.ChildNodes() {
				if c.Data == "th" || c.Data == "td" {
					cells = append(cells, squeeze(htmlText(c)))
				}
			}
			switch {
			case out.heads == nil && n.Parent.Data == "thead":
				out.heads = cells
			case out.heads != nil && len(cells) == len(out.heads):
				out.row(cells)
			}
		}
	}
	return out
}

func readXLSX(t *testing.T, file string) seen {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := seen{format: "xlsx"}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		plainUnits(t, f, sheet, rows)
		for _, row := range rows {
			for _, cell := range row {
				out.texts = append(out.texts, squeeze(cell))
			}
		}
		tables, err := f.GetTables(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			seen := xlsxTable(t, rows, table.Range)
			out.tables = append(out.tables, seen)
			for _, row := range seen.rows {
				text := ""
				for _, h := range seen.heads {
					text += row[h] + " "
				}
				out.texts = append(out.texts, squeeze(text))
			}
		}
	}
	return out
}

// plainUnits puts the number alone where its unit has a comma ("per 100,000"),
// which excelize takes for a command to divide by a thousand. Spreadsheet
// programs do not.
func plainUnits(t *testing.T, f *excelize.File, sheet string, rows [][]string) {
	t.Helper()
	for y, row := range rows {
		for x, cell := range row {
			if !strings.Contains(cell, " 100000") {
				continue
			}
			name, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := f.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := decimal.NewFromString(raw); err == nil {
				row[x] = raw
			}
		}
	}
}

// xlsxTable is a table of a sheet under the sheet's title.
func xlsxTable(t *testing.T, rows [][]string, area string) seenTable {
	t.Helper()
	from, to, _ := strings.Cut(area, ":")
	x1, y1, err := excelize.CellNameToCoordinates(from)
	if err != nil {
		t.Fatal(err)
	}
	x2, y2, err := excelize.CellNameToCoordinates(to)
	if err != nil {
		t.Fatal(err)
	}
	line := func(y int) []string {
		cells := make([]string, x2-x1+1)
		for x := x1; x <= x2 && y <= len(rows); x++ {
			if x <= len(rows[y-1]) {
				cells[x-x1] = rows[y-1][x-1]
			}
		}
		return cells
	}
	out := seenTable{caption: squeeze(rows[0][0])}
	whole := func(cells []string) []string {
		for i, cell := range cells {
			if day, err := time.Parse("2 Jan 2006", cell); err == nil {
				cells[i] = day.Format("2 January 2006") // a workbook shows dates shortened
			}
		}
		return cells
	}
	for _, h := range line(y1) {
		out.heads = append(out.heads, squeeze(h))
	}
	for y := y1 + 1; y <= y2; y++ {
		out.row(whole(line(y)))
	}
	return out
}

var element = regexp.MustCompile(`^( *)([A-Za-z0-9]+)(?: <\d+>)?(?: \((?:block|inline)\))?:?$`)

// pdfNode is an element of a PDF file's structure.
type pdfNode struct {
	kind     string
	text     strings.Builder
	children []*pdfNode
	depth    int
}

// readPDF reads the structure that a screen reader goes by; it gives nothing
// where the program for it is not here and not required.
func readPDF(t *testing.T, file string) []seen {
	t.Helper()
	program, err := exec.LookPath("pdfinfo")
	if err != nil {
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
			t.Fatal("pdfinfo is not installed: apt-get install poppler-utils")
		}
		t.Log("report.pdf is not read, for pdfinfo is not installed: apt-get install poppler-utils")
		return nil
	}
	b, err := exec.Command(program, "-struct-text", filepath.Clean(file)).Output()
	if err != nil {
		t.Fatal(err)
	}
	root := &pdfNode{depth: -1}
	open := []*pdfNode{root}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		inner := strings.TrimLeft(line, " ")
		if strings.HasPrefix(inner, `"`) {
			open[len(open)-1].text.WriteString(strings.TrimSuffix(inner[1:], `"`))
			continue
		}
		m := element.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		n := &pdfNode{kind: m[2], depth: len(m[1])}
		for open[len(open)-1].depth >= n.depth {
			open = open[:len(open)-1]
		}
		parent := open[len(open)-1]
		parent.children = append(parent.children, n)
		open = append(open, n)
	}
	out := seen{format: "pdf"}
	out.gather(root)
	return []seen{out}
}

func (n *pdfNode) all() string {
	s := n.text.String()
	for _, c := range n.children {
		s += " " + c.all()
	}
	return s
}

func (s *seen) gather(n *pdfNode) {
	switch n.kind {
	case "Table":
		var t seenTable
		t.gather(n)
		s.tables = append(s.tables, t)
		return
	case "TOC", "Figure":
		return
	case "P", "LI", "H1", "H2", "H3", "H4", "H5", "H6":
		s.texts = append(s.texts, squeeze(n.all()))
		return
	}
	for _, c := range n.children {
		s.gather(c)
	}
}

func (t *seenTable) gather(n *pdfNode) {
	if n.kind == "Caption" {
		t.caption = squeeze(n.all())
	}
	if n.kind != "TR" {
		for _, c := range n.children {
			t.gather(c)
		}
		return
	}
	var cells []string
	heads := true
	for _, c := range n.children {
		cells = append(cells, squeeze(c.all()))
		heads = heads && c.kind == "TH"
	}
	switch {
	case t.heads == nil && heads:
		t.heads = cells
	case t.heads != nil && len(cells) == len(t.heads):
		t.row(cells)
	case len(cells) == 1 && !heads:
		t.under(cells[0])
	}
}
