package workbook

import (
	"slices"
	"strings"
	"testing"
)

func TestInsertOrdered(t *testing.T) {
	for _, c := range []struct{ name, sheet, want string }{
		{"conditionalFormatting", `<w><sheetData/><pageMargins/></w>`, `<w><sheetData/>|<pageMargins/></w>`},
		{"conditionalFormatting", `<w><sheetData/></w>`, `<w><sheetData/>|</w>`},
		{"conditionalFormatting", `<w><sheetData><row/></sheetData><mergeCells/><conditionalFormatting/><dataValidations/></w>`, `<w><sheetData><row/></sheetData><mergeCells/><conditionalFormatting/>|<dataValidations/></w>`},
		{"legacyDrawing", `<w><sheetData/><drawing/><legacyDrawingHF/></w>`, `<w><sheetData/><drawing/>|<legacyDrawingHF/></w>`},
		{"legacyDrawing", `<w><sheetData/><AlternateContent><Choice><drawing/></Choice></AlternateContent><tableParts/></w>`, `<w><sheetData/><AlternateContent><Choice><drawing/></Choice></AlternateContent>|<tableParts/></w>`},
		{"legacyDrawing", `<w><sheetData/><AlternateContent><Choice><controls/></Choice></AlternateContent></w>`, `<w><sheetData/>|<AlternateContent><Choice><controls/></Choice></AlternateContent></w>`},
		{"conditionalFormatting", `<w><sheetData/><extLst><ext><conditionalFormatting/></ext></extLst></w>`, `<w><sheetData/>|<extLst><ext><conditionalFormatting/></ext></extLst></w>`},
	} {
		list, err := outline([]byte(c.sheet), 3)
		if err != nil {
			t.Fatal(err)
		}
		at := insertOrdered(list, c.name, sheetOrder)
		if got := c.sheet[:at] + "|" + c.sheet[at:]; got != c.want {
			t.Errorf("%s goes to %s, want %s", c.name, got, c.want)
		}
	}
}

func TestOutlineRefusesWhatIsNotWhole(t *testing.T) {
	for _, s := range []string{"", "text", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "</a>", "<a"} {
		if list, err := outline([]byte(s), 3); err == nil {
			t.Errorf("%q has the outline %v", s, list)
		}
	}
}

func TestSetAttr(t *testing.T) {
	for _, c := range []struct{ tag, want string }{
		{`<v activeTab="2"/>`, `<v activeTab="7"/>`},
		{`<v x='a>b' activeTab = '2' />`, `<v x='a>b' activeTab = '7' />`},
		{`<p:v oldactiveTab="2">t</p:v>`, `<p:v activeTab="7" oldactiveTab="2">t</p:v>`},
		{`<v/>`, `<v activeTab="7"/>`},
	} {
		list, err := outline([]byte(c.tag), 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := applyEdits([]byte(c.tag), []edit{setAttr([]byte(c.tag), list[0], "activeTab", "7")}); string(got) != c.want {
			t.Errorf("%s becomes %s, want %s", c.tag, got, c.want)
		}
	}
}

func TestSpanList(t *testing.T) {
	got := spanList([]span{{9, 7, 9, 7}, {3, 2, 4, 3}, {10, 7, 10, 7}, {12, 7, 12, 7}, {9, 8, 9, 8}})
	if want := "B3:C4 G9:G10 G12 H9"; got != want {
		t.Errorf("the cells are %s, want %s", got, want)
	}
}

// Every text comes back as it was written, and none is markup.
func TestXMLText(t *testing.T) {
	for _, s := range []string{"=1+1", `a <b> & "c"`, "_x000D_ and _x5_ and _y", "line\nline", "tab\tand \x01 bell \x07", "é – ✓"} {
		written := xmlText(s)
		back, err := unescape([]byte(written))
		if err != nil || unescapeOffice(back) != s || strings.ContainsAny(written, "<>\"\x01") {
			t.Errorf("%q is written %q and read %q, %v", s, written, unescapeOffice(back), err)
		}
	}
}

func TestWrappedLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  int
	}{{"", 10, 1}, {"one two", 10, 1}, {"one two three", 10, 2}, {"abcdefghijklmnopqrstuvwxy", 10, 3}, {"a\nb", 10, 2}, {"ten chars! x", 10, 2}} {
		if got := wrappedLines(c.text, c.width); got != c.want {
			t.Errorf("%q takes %d lines of %d, want %d", c.text, got, c.width, c.want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"xl/worksheets/sheet1.xml", "xl/comments1.xml", "../comments1.xml"},
		{"xl/workbook.xml", "xl/worksheets/sheet2.xml", "worksheets/sheet2.xml"},
		{"sheet1.xml", "xl/comments1.xml", "xl/comments1.xml"},
		{"a/b/s.xml", "xl/drawings/v.vml", "../../xl/drawings/v.vml"},
	} {
		if got := relative(c.from, c.to); got != c.want || resolve(c.from, got) != c.to {
			t.Errorf("from %s to %s is %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

func TestAppendStyles(t *testing.T) {
	for _, c := range []struct{ sheet, want string }{
		{`<s><fonts count="2"><font/><font><b/></font></fonts></s>`, `<s><fonts count="3"><font/><font><b/></font><font><i/></font></fonts></s>`},
		{`<s><fonts count="1"><font><i/></font></fonts></s>`, `<s><fonts count="1"><font><i/></font></fonts></s>`},
		{`<x:s><x:fonts><x:font/></x:fonts></x:s>`, `<x:s><x:fonts><x:font/><x:font><x:i/></x:font></x:fonts></x:s>`},
		{`<s><numFmts/><fills/></s>`, `<s><numFmts/><fonts count="2">` + styleBases["fonts"][0] + `<font><i/></font></fonts><fills/></s>`},
	} {
		got, numbers, err := appendStyles([]byte(c.sheet), styleList{"fonts", []string{`<font><i/></font>`}})
		if err != nil || string(got) != c.want {
			t.Errorf("%s becomes %s, %v, want %s", c.sheet, got, err, c.want)
		}
		if again, same, _ := appendStyles(got, styleList{"fonts", []string{`<font><i/></font>`}}); string(again) != string(got) || !slices.Equal(same, numbers) {
			t.Errorf("%s: added again it has numbers %v, had %v", c.sheet, same, numbers)
		}
	}
}
