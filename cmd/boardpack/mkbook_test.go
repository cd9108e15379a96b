package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// mkbook makes a workbook from text, so that a script shows what it tests.
//
//	== Sheet name      begins a sheet
//	Ref | Title | 27.4 a row of cells; an empty line is an empty row
//	!at B5             the next row begins there
//	!merge A3:F3       merges cells
//	!hide row 4        hides a row
//	!hide column F     hides a column
//	!hide sheet        hides the sheet
//	!saved 2008-10-05  the day that the workbook says it was last saved
//	!cf D3:D9          colours cells by a rule: green above 0
//
// A plain numeral is a number and everything else text; "\n" breaks a line.
// A cell may begin with any of
//
//	"27.4"             in quotes: text
//	{n}27.4            a number
//	{pct}0.274         a number shown as 27.40%
//	{pct0}0.27         a number shown as 27%
//	{date:mmm yyyy}2009-03-28   a date cell with its number format
//	{f:SUM(A1:A2)}     a formula whose result was never stored
//	{note:words}       a note at the cell
//	{cut:7.5} 8        a text whose first part is struck through
//	{fill:FFC000} {bold} {strike}   a look; may stand before any of the above
func mkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: mkbook NAME.xlsx FILE…")
	}
	m := bookMaker{file: excelize.NewFile()}
	for _, name := range args[1:] {
		for n, line := range strings.Split(strings.TrimRight(ts.ReadFile(name), "\n"), "\n") {
			if err := m.line(line); err != nil {
				ts.Fatalf("%s:%d: %v", name, n+1, err)
			}
		}
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(m.save(path))
}

type bookMaker struct {
	file     *excelize.File
	sheet    string // the one being written
	row, col int    // of the next row's first cell
	hidden   []string
}

func (m *bookMaker) line(s string) error {
	if name, ok := strings.CutPrefix(s, "== "); ok {
		return m.begin(name)
	}
	if m.sheet == "" {
		return fmt.Errorf("%q stands before the first sheet", s)
	}
	if order, ok := strings.CutPrefix(s, "!"); ok {
		return m.order(strings.Fields(order))
	}
	if strings.TrimSpace(s) != "" {
		for i, cell := range strings.Split(s, "|") {
			if err := m.cell(m.col+i, strings.TrimSpace(cell)); err != nil {
				return err
			}
		}
	}
	m.row++
	return nil
}

func (m *bookMaker) begin(name string) error {
	m.row, m.col = 1, 1
	if m.sheet == "" {
		m.sheet = name
		return m.file.SetSheetName("Sheet1", name)
	}
	m.sheet = name
	_, err := m.file.NewSheet(name)
	return err
}

func (m *bookMaker) order(words []string) (err error) {
	switch {
	case len(words) == 2 && words[0] == "at":
		m.col, m.row, err = excelize.CellNameToCoordinates(words[1])
	case len(words) == 2 && words[0] == "merge":
		from, to, _ := strings.Cut(words[1], ":")
		err = m.file.MergeCell(m.sheet, from, to)
	case len(words) == 2 && words[0] == "saved":
		err = m.file.SetDocProps(&excelize.DocProperties{Modified: words[1] + "T09:00:00Z"})
	case len(words) == 2 && words[0] == "cf":
		err = m.colourByRule(words[1])
	case len(words) == 3 && words[0] == "hide" && words[1] == "row":
		row, _ := strconv.Atoi(words[2])
		err = m.file.SetRowVisible(m.sheet, row, false)
	case len(words) == 3 && words[0] == "hide" && words[1] == "column":
		err = m.file.SetColVisible(m.sheet, words[2], false)
	case len(words) == 2 && words[0] == "hide" && words[1] == "sheet":
		m.hidden = append(m.hidden, m.sheet)
	default:
		err = fmt.Errorf("there is no order %q", words)
	}
	return err
}

func (m *bookMaker) colourByRule(cells string) error {
	id, err := m.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"00B050"}}})
	if err != nil {
		return err
	}
	return m.file.SetConditionalFormat(m.sheet, cells, []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Format: &id, Value: "0"}})
}

var (
	cellMark = regexp.MustCompile(`^\{(\w+)(?::([^}]*))?\}`)
	numeral  = regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)
)

func (m *bookMaker) cell(col int, s string) error {
	name, err := excelize.CoordinatesToCellName(col, m.row)
	if err != nil {
		return err
	}
	var look excelize.Style
	format, isNumber, isDate := "", false, false
	for at := cellMark.FindStringSubmatch(s); at != nil; at = cellMark.FindStringSubmatch(s) {
		s = s[len(at[0]):]
		switch at[1] {
		case "n":
			isNumber = true
		case "pct":
			isNumber, format = true, "0.00%"
		case "pct0":
			isNumber, format = true, "0%"
		case "date":
			isDate, format = true, at[2]
		case "fill":
			look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{at[2]}}
		case "bold":
			look.Font = &excelize.Font{Bold: true}
		case "strike":
			look.Font = &excelize.Font{Strike: true}
		case "note":
			if err := m.file.AddComment(m.sheet, excelize.Comment{Cell: name, Author: "An officer", Text: at[2]}); err != nil {
				return err
			}
		case "cut":
			return m.file.SetCellRichText(m.sheet, name, []excelize.RichTextRun{{Text: at[2], Font: &excelize.Font{Strike: true}}, {Text: s}})
		case "f":
			return m.file.SetCellFormula(m.sheet, name, at[2])
		default:
			return fmt.Errorf("there is no mark {%s}", at[1])
		}
	}
	if format != "" {
		look.CustomNumFmt = &format
	}
	if look.CustomNumFmt != nil || look.Font != nil || look.Fill.Type != "" {
		id, err := m.file.NewStyle(&look)
		if err != nil {
			return err
		}
		if err := m.file.SetCellStyle(m.sheet, name, name, id); err != nil {
			return err
		}
	}
	return m.value(name, s, isNumber, isDate)
}

func (m *bookMaker) value(name, s string, isNumber, isDate bool) error {
	quoted := len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"'
	switch {
	case s == "":
		return nil
	case isDate:
		day, err := time.Parse("2006-01-02", s)
		if err != nil {
			return err
		}
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		return m.file.SetCellInt(m.sheet, name, int64(day.Sub(epoch).Hours()/24))
	case isNumber || numeral.MatchString(s):
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return err
		}
		return m.file.SetCellFloat(m.sheet, name, x, -1, 64)
	case quoted:
		s = s[1 : len(s)-1]
	}
	return m.file.SetCellStr(m.sheet, name, strings.ReplaceAll(s, `\n`, "\n"))
}

func (m *bookMaker) save(path string) error {
	for _, sheet := range m.hidden {
		if err := m.file.SetSheetVisible(sheet, false); err != nil {
			return err
		}
	}
	return m.file.SaveAs(path)
}
