package workbook

import (
	"strings"
	"testing"
)

// styleSheetOf is a style sheet whose one cell format has some attributes.
func styleSheetOf(parts, format string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="` + mainName + `">` + parts + `<cellXfs count="2"><xf/><xf ` + format + `/></cellXfs></styleSheet>`
}

var styleSheets = []struct {
	what, part string
	plain      bool
}{
	{"nothing", "", true},
	{"no formats", `<styleSheet xmlns="` + mainName + `"/>`, true},
	{"a date", styleSheetOf("", `numFmtId="14"`), true},
	{"a number nobody has defined", styleSheetOf("", `numFmtId="164"`), true},
	{"a format of its own", styleSheetOf(`<numFmts><numFmt numFmtId="164" formatCode="&quot;£&quot;#,##0.0"/></numFmts>`, `numFmtId="164"`), true},
	{"a format defined twice", styleSheetOf(`<numFmts><numFmt numFmtId="164" formatCode="0%"/><numFmt numFmtId="164" formatCode="mmm yy"/></numFmts>`, `numFmtId="164"`), true},
	{"a builtin number defined anew", styleSheetOf(`<numFmts><numFmt numFmtId="9" formatCode="yyyy"/><numFmt numFmtId="63" formatCode="d mmm"/></numFmts>`, `numFmtId="9"`), true},
	{"a low number that is not builtin", styleSheetOf(`<numFmts><numFmt numFmtId="63" formatCode="d mmm"/></numFmts>`, `numFmtId="63"`), true},
	{"bold", styleSheetOf(`<fonts><font/><font><b/><strike val="0"/></font></fonts>`, `fontId="1"`), true},
	{"struck", styleSheetOf(`<fonts><font/><font><b val="false"/><strike val="1"/></font></fonts>`, `fontId="1" applyFont="1"`), true},
	{"a font that is not meant", styleSheetOf(`<fonts><font/><font><b/></font></fonts>`, `fontId="1" applyFont="0"`), true},
	{"a font that is not there", styleSheetOf(`<fonts><font><b/></font></fonts>`, `fontId="1"`), true},
	{"fonts of other places", styleSheetOf(`<dxfs><dxf><font><b/></font></dxf></dxfs><fonts><font/><font><ext><b/></ext></font></fonts>`, `fontId="1"`), true},
	{"a solid fill", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/><bgColor indexed="64"/></patternFill></fill></fills>`, `fillId="1"`), true},
	{"a fill that is not meant", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/></patternFill></fill></fills>`, `fillId="1" applyFill="0"`), true},
	{"another pattern", styleSheetOf(`<fills><fill/><fill><patternFill patternType="gray125"><fgColor rgb="FF00B050"/></patternFill></fill></fills>`, `fillId="1"`), true},
	{"a gradient", styleSheetOf(`<fills><fill/><fill><gradientFill><stop><color rgb="FFFF0000"/></stop></gradientFill></fill></fills>`, `fillId="1"`), false},
	{"a colour of the palette", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor indexed="10"/></patternFill></fill></fills>`, `fillId="1"`), true},
	{"a colour of the workbook's own palette", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor indexed="1"/></patternFill></fill></fills>`, `fillId="1"`), true},
	{"a colour made lighter", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000" tint="0.4"/></patternFill></fill></fills>`, `fillId="1"`), false},
	{"a colour behind a pattern", styleSheetOf(`<fills><fill/><fill><patternFill patternType="lightUp"><bgColor indexed="13"/></patternFill></fill></fills>`, `fillId="1"`), true},
	{"the program's own colour", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor auto="1"/></patternFill></fill></fills>`, `fillId="1"`), true},
	{"a colour of the theme", styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid"><fgColor theme="5"/></patternFill></fill></fills>`, `fillId="1"`), false},
	{"a conditional format with one", styleSheetOf(`<dxfs><dxf><fill><patternFill><bgColor theme="5"/></patternFill></fill></dxf></dxfs>`, ``), false},
	{"named styles", styleSheetOf(`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles>`, ``), true},
	{"a number that is none", styleSheetOf("", `numFmtId="x"`), false},
	{"a number below zero", styleSheetOf("", `fontId="-1"`), false},
	{"a truth that is none", styleSheetOf(`<fonts><font><b val="perhaps"/></font></fonts>`, `fontId="0"`), false},
	{"an entity that is none", styleSheetOf(`<numFmts><numFmt numFmtId="164" formatCode="&x;"/></numFmts>`, `numFmtId="164"`), false},
	{"tags that cross", styleSheetOf(`<fonts><font></fonts></font>`, ``), false},
	{"no end", `<styleSheet xmlns="` + mainName + `"><cellXfs><xf/></cellXfs>`, false},
	{"another name", `<styles xmlns="` + mainName + `"/>`, false},
	{"another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?><styleSheet xmlns="` + mainName + `"/>`, false},
	{"the strict name", `<styleSheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`, false},
	{"a prefix", `<x:styleSheet xmlns:x="` + mainName + `"><x:cellXfs><x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>`, false},
}

// TestStyleSheets reads style sheets that are plain as the library reads them, and leaves it the others.
func TestStyleSheets(t *testing.T) {
	for _, test := range styleSheets {
		t.Run(test.what, func(t *testing.T) {
			if plain := sameStyles(t, []byte(test.part)); plain != test.plain {
				t.Errorf("read without the library: %v", plain)
			}
		})
	}
}

// sameStyles holds the styles of a plain style sheet against the library's; false where it is not plain.
func sameStyles(t testing.TB, part []byte) bool {
	sheet, plain := scanStyleSheet(part)
	if !plain {
		return false
	}
	b := &book{look: sheet, plain: true, budget: newBudget(Limits{}, nil), stylePart: part}
	b.library()
	if b.budget.err != nil {
		return true // what the library does not take, only our own reading can tell
	}
	for id := range int32(len(sheet.cells)) {
		if own, its := b.style(id), b.libraryStyle(id); own != its {
			t.Errorf("style %d is %+v, by the library %+v", id, own, its)
		}
	}
	b.plain = false
	if n := b.formats(); n != len(sheet.cells) {
		t.Errorf("%d styles, by the library %d", len(sheet.cells), n)
	}
	return true
}

// FuzzStyleSheet gives the scanner of style sheets bytes: it must end, must not
// panic, and every style that it tells of can be asked for.
func FuzzStyleSheet(f *testing.F) {
	for _, test := range styleSheets {
		f.Add([]byte(test.part))
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		sheet, plain := scanStyleSheet(part)
		b := &book{look: sheet, plain: plain, budget: newBudget(Limits{}, nil)}
		for id := range int32(len(sheet.cells)) {
			b.style(id)
		}
		if got := without(part, unusedStyles...); len(got) > len(part) {
			t.Errorf("%d bytes of %d", len(got), len(part))
		}
	})
}

// TestWithout takes elements out of a part and nothing else.
func TestWithout(t *testing.T) {
	for _, test := range []struct{ part, want string }{
		{"", ""},
		{"<a><b/><c>1</c></a>", "<a><c>1</c></a>"},
		{"<a><b><b/><c/></b><x:b n='>'>t</x:b>u</a>", "<a>u</a>"},
		{"<b/>", ""},
		{"<a><b></a>", "<a><b></a>"},
		{"<a><b></b>", "<a><b></b>"},
		{"<a><bb/></a>", "<a><bb/></a>"},
	} {
		if got := string(without([]byte(test.part), "b")); got != test.want {
			t.Errorf("%s: %s, not %s", test.part, got, test.want)
		}
	}
}

// TestPalette reads the lights of workbooks that were once .xls, whose colours are numbers of a palette.
func TestPalette(t *testing.T) {
	const own = `<colors><indexedColors><rgbColor rgb="00000000"/><rgbColor rgb="00FFC000"/></indexedColors></colors></styleSheet>`
	for _, test := range []struct{ fill, after, hue string }{
		{`<fgColor indexed="10"/>`, "", "red"},
		{`<fgColor indexed="57"/><bgColor indexed="64"/>`, "", "green"},
		{`<fgColor indexed="52"/>`, "", "amber"},
		{`<fgColor indexed="9"/>`, "", ""},
		{`<fgColor indexed="1"/>`, own, "amber"},
	} {
		part := styleSheetOf(`<fills><fill/><fill><patternFill patternType="solid">`+test.fill+`</patternFill></fill></fills>`, `fillId="1"`)
		if test.after != "" {
			part = strings.TrimSuffix(part, "</styleSheet>") + test.after
		}
		if sheet, plain := scanStyleSheet([]byte(part)); !plain || sheet.style(1).hue != test.hue {
			t.Errorf("%s: %+v, want %q", test.fill, sheet.style(1), test.hue)
		}
		sameStyles(t, []byte(part))
	}
}
