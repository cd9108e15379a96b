package workbook

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
)

// scanWith scans a sheet through a window of a size.
func scanWith(b []byte, window int) (*sheet, error) {
	from := sheetSource{shared: sharedTexts{texts: []string{"zero", "one"}}, tinted: func(id int32) bool { return id == 1 }, budget: newBudget(Limits{}, nil), size: int64(len(b))}
	return scanSheet("S", scanFrom(bytes.NewReader(b), window), from)
}

// FuzzScanSheet gives the sheet scanner bytes: it must end, must not panic,
// and its cells must lie within the sheet and in reading order.
func FuzzScanSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f></c></row><row><c t="inlineStr"><is><t>a &amp; b</t><rPh><t>x</t></rPh></is></c><c t="e"><v>#REF!</v></c><c t="str"><f>1</f><v>_x000D_</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><rPr><strike val="1"/></rPr><t>7</t></r><r><rPr><strike val="0"/></rPr><t>8</t></r></is></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<x:worksheet><x:sheetData/></x:worksheet>`))
	f.Add([]byte(`<worksheet><!-- c --><sheetData><row r="1048576"><c r="XFD1048576"><v><![CDATA[1<2]]></v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="$B$1" s="1"/></row>`))
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		sameThroughWindows(t, "the sheet", b, sharedTexts{texts: []string{"zero", "one"}}, 1, 16, windowSize)
		s, err := scanWith(b, 16)
		if err != nil {
			return
		}
		for i, c := range s.cells {
			if c.row() < 1 || c.row() > maxRows || c.col() < 1 || c.col() > maxColumns {
				t.Errorf("cell %d stands at row %d, column %d", i, c.row(), c.col())
			}
			if i > 0 && (s.cells[i-1].row() > c.row() || s.cells[i-1].row() == c.row() && s.cells[i-1].col() > c.col()) {
				t.Errorf("cell %d is out of order", i)
			}
			if at := s.at(c.row(), c.col()); at.row() != c.row() || at.col() != c.col() {
				t.Errorf("cell %d is not found again", i)
			}
		}
	})
}

// FuzzSharedStrings gives the scanner of shared strings bytes.
func FuzzSharedStrings(f *testing.F) {
	f.Add([]byte(`<sst><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si><si/></sst>`))
	f.Add([]byte(`<sst><si><r><rPr><strike/></rPr><t>7.5</t></r><r><t> 8</t></r></si></sst>`))
	f.Add([]byte(`<sst><si><t>_x0041_&#65;&#x41;&lt;</t></si>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := scanStrings(&xmlScanner{data: b}, newBudget(Limits{}, nil))
		for _, window := range []int{1, 16} {
			x := scanFrom(bytes.NewReader(b), window)
			again, againErr := scanStrings(&x, newBudget(Limits{}, nil))
			if (err == nil) != (againErr == nil) || !reflect.DeepEqual(again, out) {
				t.Errorf("through a window of %d bytes: %v and %v, %v and %v", window, again, againErr, out, err)
			}
		}
		if err == nil && len(out.texts) > strings.Count(string(b), "si") {
			t.Errorf("%d strings of %q", len(out.texts), b)
		}
	})
}

// FuzzRead puts texts into the cells of a small table and reads the whole
// workbook: no panic, and each row at its place.
func FuzzRead(f *testing.F) {
	f.Add("Ref", "Target 2008/09", "NI 1", "27.4%", "Green", 0.274, uint8(0))
	f.Add("No.", "Q2\nactual", "Total", "under 10", "Amber/Green", 40000.0, uint8(1))
	f.Add("\u200b", "Quarter 1 and Quarter 2", "e.g.", "#REF!", "Nothing to report", -1e308, uint8(2))
	f.Add("Key", "RAG", "Key Developments", "", "✓", 2958466.0, uint8(3))
	words := vocabulary(f)
	formats := []string{"", "0.0%", "dd/mm/yyyy", `"a;b`}
	f.Fuzz(func(t *testing.T, head, head2, ref, value, light string, n float64, format uint8) {
		for _, s := range []string{head, head2, ref, value, light} {
			if len(s) > 2000 || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' || r == 0xFFFD || r > 0xFFFD && r < 0x10000 }) {
				t.Skip()
			}
		}
		num, _ := toCell(n)
		num.format = formats[int(format)%len(formats)]
		g := newGrid("S").put("A1", row{value, head2}).
			put("A3", row{head, "Indicator", head2, "Actual", "RAG"}, row{ref, "First measure of all", value, num, light}, row{"NI 2", ref, num, value, tint(redFill)}, row{value, light, ref, head, value}).merge("A6:B7")
		ret, err := Read("Leisure Q2 2008-09.xlsx", workbookOf(t, g), Options{Words: words})
		if err != nil {
			var u *Unreadable
			if errors.As(err, &u) && strings.HasPrefix(u.Saw, "the workbook could not be read: ") {
				t.Errorf("panic: %s", u.Saw)
			}
			return
		}
		for _, r := range everyRow(ret) {
			if r.row.Cell == "" || r.row.Sheet != "S" {
				t.Errorf("row %+v has no place", r.row)
			}
		}
		for _, fd := range ret.Findings {
			if fd.Check == "" || fd.Saw == "" || fd.Advice == "" {
				t.Errorf("finding %+v", fd)
			}
		}
	})
}

// FuzzMarkSheet gives marking a sheet of any bytes: it ends, a copy is made of
// a whole sheet alone, and its marks come out again.
func FuzzMarkSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><pageMargins/></worksheet>`), "saw")
	f.Add([]byte(`<x:worksheet xmlns:x="a"><x:sheetViews><x:sheetView tabSelected='true'/></x:sheetViews><x:sheetData/></x:worksheet>`), "_x0041_")
	f.Add([]byte(`<worksheet><sheetData/><legacyDrawing r:id="rId1"/></worksheet>`), "<&>")
	f.Add([]byte(`<worksheet/>`), "=1")
	words := markWords(f)
	f.Fuzz(func(t *testing.T, sheet []byte, saw string) {
		p, err := newParts(workbookOf(t, newGrid("S").put("A1", row{"x"})))
		if err != nil {
			t.Fatal(err)
		}
		p.write("xl/worksheets/sheet1.xml", sheet)
		b, err := p.bytes()
		if err != nil {
			t.Fatal(err)
		}
		ret := ingest.Return{Name: "a.xlsx", Findings: []ingest.Finding{{Severity: ingest.Query, Check: "made-up", Place: ingest.Place{Workbook: "a.xlsx", Sheet: "S", Cell: "B2"}, Saw: saw, Advice: saw}}}
		m, err := Mark(b, ret, words, Limits{})
		if err != nil || m.Alone != "" {
			return
		}
		is, err := openMarked(m.Bytes, Limits{})
		if err != nil {
			t.Fatalf("the copy cannot be opened: %v", err)
		}
		if err := is.unmark(); err != nil {
			t.Fatal(err)
		}
		back, err := is.read("xl/worksheets/sheet1.xml")
		if err != nil || !slices.Equal(tokens(sheet), tokens(back)) {
			t.Errorf("the sheet was %q and is %q, %v", sheet, back, err)
		}
	})
}
