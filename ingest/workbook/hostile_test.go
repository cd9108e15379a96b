package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"boardpack/ingest"
)

// hostileBook writes a workbook of one sheet around its parts, each given as it
// is; a part that is given replaces the usual one.
func hostileBook(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="` + packageSpace + `"><Relationship Id="rId1" Type="` + relationsOfOffice + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="` + mainName + `" xmlns:r="` + relationsOfOffice + `"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + packageSpace + `"><Relationship Id="rId1" Type="` + relationsOfOffice + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet xmlns="` + mainName + `"><fills count="1"><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill></fills><cellXfs count="2"><xf/><xf fillId="0"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   sheetXML(tableRows),
	}
	for name, data := range parts {
		all[name] = data
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] == leftOut {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, all[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	packageSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
	tableRows    = `<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c><c r="B1" t="inlineStr"><is><t>Indicator</t></is></c><c r="C1" t="inlineStr"><is><t>Target</t></is></c><c r="D1" t="inlineStr"><is><t>Actual</t></is></c></row>` +
		`<row r="2"><c r="A2" t="inlineStr"><is><t>NI 1</t></is></c><c r="B2" t="inlineStr"><is><t>Libraries open</t></is></c><c r="C2"><v>5</v></c><c r="D2"><v>6</v></c></row>`
)

func sheetXML(rows string) string {
	return `<worksheet xmlns="` + mainName + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// rowsOfXML writes n rows of a sheet.
func rowsOfXML(n int, cells func(b *strings.Builder, row int)) string {
	var b strings.Builder
	for row := 1; row <= n; row++ {
		b.WriteString("<row>")
		cells(&b, row)
		b.WriteString("</row>")
	}
	return b.String()
}

// hostileCase is a workbook that is made to harm, and what becomes of it.
type hostileCase struct {
	name  string
	book  func(t testing.TB) []byte
	check string // of the finding; empty where the workbook is simply read
	saw   string // part of what it says
	alloc uint64 // most that reading may allocate in all, in MB, garbage and all
}

func hostileCases() []hostileCase {
	sheet := func(rows string) func(testing.TB) []byte {
		return part("xl/worksheets/sheet1.xml", sheetXML(rows))
	}
	texts := func(data string) func(testing.TB) []byte { return part("xl/sharedStrings.xml", data) }
	styles := func(data string) func(testing.TB) []byte { return part("xl/styles.xml", data) }
	return []hostileCase{
		{"a part of 300 MB", swollenBook(300<<20, 300<<20), "file-too-large", "unpacks to more than 256 MB", 8},
		{"a part of 300 MB that says 1 KB", swollenBook(300<<20, 1<<10), "file-damaged", "cannot be read to the end", 8},
		{"a part of 1 KB that says 200 MB", swollenBook(1<<10, 200<<20), "file-damaged", "cannot be read to the end", 8},
		{"a sheet of 40 MB of nothing", sheet(strings.Repeat(" ", 40<<20)), "sheet-damaged", "more than 1 MB in one piece", 16},
		{"a comment of 40 MB", sheet("<!--" + strings.Repeat("-", 40<<20) + "-->" + tableRows), "", "", 16},
		{"a thousand parts in the same place", overlappingBook, "file-damaged", "lie in the same place", 8},
		{"a hundred thousand parts", manyParts, "file-too-large", "parts", 16},
		{"a workbook in a workbook", nestedBook, "", "", 8},
		{"a wrong check sum", brokenBook(func(b []byte) { b[bytes.Index(b, []byte("PK\x01\x02"))+16] ^= 1 }), "file-damaged", "cannot be read to the end", 8},
		{"local headers that lie", brokenBook(func(b []byte) { binary.LittleEndian.PutUint32(b[22:], 7) }), "", "", 8},
		{"a packed size that lies", brokenBook(func(b []byte) { b[bytes.Index(b, []byte("PK\x01\x02"))+20]-- }), "file-damaged", "cannot be read to the end", 8},
		{"a cell at XFD1048576", sheet(tableRows + `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), "", "", 8},
		{"a cell beyond the sheet", sheet(`<row><c r="XFE1"><v>1</v></c></row>`), "sheet-damaged", "damaged", 8},
		{"a row beyond the sheet", sheet(`<row r="1048577"/>`), "sheet-damaged", "damaged", 8},
		{"5,000 rows with a cell at XFD", sheet(tableRows + rowsOfXML(5000, func(b *strings.Builder, row int) { fmt.Fprintf(b, `<c r="XFD%d"><v>1</v></c>`, row+9) })), "", "", 64},
		{"1,000,000 empty cells with a style", sheet(tableRows + rowsOfXML(10_000, func(b *strings.Builder, _ int) { b.WriteString(strings.Repeat(`<c s="3"/>`, 100)) })), "", "", 16},
		{"1,000,000 empty cells with a colour", sheet(tableRows + rowsOfXML(10_000, func(b *strings.Builder, _ int) { b.WriteString(strings.Repeat(`<c s="1"/>`, 100)) })), "", "", 512},
		{"5,100,000 cells", sheet(tableRows + rowsOfXML(51_000, func(b *strings.Builder, _ int) { b.WriteString(strings.Repeat(`<c><v>1</v></c>`, 100)) })), "file-too-large", "more than 5000000 cells", 600},
		{"a dimension that lies", part("xl/worksheets/sheet1.xml", strings.Replace(sheetXML(tableRows), "<sheetData>", `<dimension ref="A1:XFD1048576"/><sheetData>`, 1)), "", "", 8},
		{"columns hidden without end", part("xl/worksheets/sheet1.xml", strings.Replace(sheetXML(tableRows), "<sheetData>", "<cols>"+strings.Repeat(`<col min="20" max="2147483647" hidden="1"/>`, 100_000)+"</cols><sheetData>", 1)), "", "", 8},
		{"300,000 tall merges", part("xl/worksheets/sheet1.xml", strings.Replace(sheetXML(tableRows), "</sheetData>", "</sheetData><mergeCells>"+strings.Repeat(`<mergeCell ref="F9:G1048576"/>`, 300_000)+"</mergeCells>", 1)), "file-too-large", "of memory", 512},
		{"deep nesting", sheet(`<row>` + strings.Repeat("<a>", 500_000) + `</row>`), "sheet-damaged", "damaged", 16},
		{"deep nesting that ends", sheet(strings.Repeat("<a>", 500_000) + strings.Repeat("</a>", 500_000) + tableRows), "", "", 16},
		{"deep nesting of styles", styles(`<styleSheet xmlns="` + mainName + `">` + strings.Repeat("<a>", 900_000)), "file-damaged", "cannot be opened", 512},
		{"2,000,000 styles", styles(`<styleSheet xmlns="` + mainName + `"><cellXfs>` + strings.Repeat("<xf/>", 2_000_000) + "</cellXfs></styleSheet>"), "file-too-large", "too large", 64},
		{"a sheet list without end", part("xl/workbook.xml", `<workbook xmlns="`+mainName+`" xmlns:r="`+relationsOfOffice+`"><sheets>`+strings.Repeat(`<sheet name="S" r:id="rId1"/>`, 50_000)+"</sheets></workbook>"), "file-damaged", "more sheets than it has parts", 64},
		{"a document type in a sheet", part("xl/worksheets/sheet1.xml", `<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>`+sheetXML(`<row><c><v>&c;</v></c></row>`)), "sheet-damaged", "document type", 8},
		{"an entity in a sheet", sheet(`<row><c t="str"><v>&c;</v></c></row>`), "sheet-damaged", "damaged", 8},
		{"an entity without end", sheet(`<row><c t="str"><v>` + strings.Repeat("&", 900_000) + `</v></c></row>`), "sheet-damaged", "damaged", 16},
		{"a document type in the texts", texts(`<!DOCTYPE a SYSTEM "http://127.0.0.1/a"><sst/>`), "file-damaged", "document type", 8},
		{"a document type in the styles", styles(`<!DOCTYPE a [<!ENTITY b "b">]><styleSheet/>`), "file-damaged", "document type", 8},
		{"a document type in the list of sheets", part("xl/workbook.xml", `<!DOCTYPE a><workbook/>`), "file-damaged", "document type", 8},
		{"texts without end", texts(`<sst>` + strings.Repeat("<si><t>a</t></si>", 1000)), "file-damaged", "damaged or cut short", 8},
		{"a text without end", texts(`<sst><si><t>` + strings.Repeat("a", 20<<20)), "file-damaged", "in one piece", 16},
		{"a text of runs without end", texts(`<sst><si>` + strings.Repeat("<r><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></r>", 100_000)), "file-damaged", "in one piece", 16},
		{"a text inside a text", texts(`<sst><si><t>a<si></si></sst>`), "file-damaged", "damaged or cut short", 8},
		{"2,100,000 tiny texts", texts(`<sst>` + strings.Repeat("<si><t>a</t></si>", 2_100_000) + "</sst>"), "file-too-large", "more than 2000000 different texts", 300},
		{"texts that are not there", sheet(`<row><c t="s"><v>99</v></c></row>`), "sheet-damaged", "not there", 8},
		{"a number of a text that is none", sheet(`<row><c t="s"><v>99999999999999999999</v></c></row>`), "sheet-damaged", "not there", 8},
		{"half of a sheet", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+tableRows), "sheet-damaged", "damaged", 8},
		{"a sheet that ends behind its cells", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+tableRows+`</sheetData><mergeCells>`), "sheet-damaged", "damaged", 8},
		{"a sheet of something else", part("xl/worksheets/sheet1.xml", `<html/>`), "sheet-damaged", "damaged", 8},
		{"an empty sheet part", part("xl/worksheets/sheet1.xml", ""), "sheet-damaged", "damaged", 8},
		{"60 texts of 1 MB", sheet(tableRows + rowsOfXML(60, func(b *strings.Builder, _ int) {
			b.WriteString(`<c t="str"><v>` + strings.Repeat("Quarter 1 2008/09 ", 55_000) + `</v></c>`)
		})), "file-takes-too-long", "takes longer than", 8192},
	}
}

// part is a workbook with one part of its own. It is packed at once, for a part can be large.
func part(name, data string) func(testing.TB) []byte {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err == nil {
		_, err = io.WriteString(w, data)
	}
	if err == nil {
		err = w.Close()
	}
	h := zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(data)), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(data))}
	return func(t testing.TB) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return withRaw(t, hostileBook(t, map[string]string{name: leftOut}), h, packed.Bytes())
	}
}

// leftOut stands for a part that hostileBook is not to write.
const leftOut = "\x00"

// brokenBook is a good workbook with bytes of its archive changed.
func brokenBook(change func(b []byte)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		b := hostileBook(t, nil)
		change(b)
		return b
	}
}

// swollenBook holds one more part of zeros, which says that it has another size.
func swollenBook(size, says int) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		var packed bytes.Buffer
		w, err := flate.NewWriter(&packed, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		zeros, sum := make([]byte, 1<<10), uint32(0)
		for range size >> 10 {
			sum = crc32.Update(sum, crc32.IEEETable, zeros)
			if _, err := w.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return withRaw(t, hostileBook(t, nil), zip.FileHeader{Name: "xl/media/picture.bmp", Method: zip.Deflate, CRC32: sum,
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(says)}, packed.Bytes())
	}
}

// withRaw adds a part that is packed already.
func withRaw(t testing.TB, book []byte, h zip.FileHeader, packed []byte) []byte {
	old, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range old.File {
		if err := z.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.CreateRaw(&h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(packed); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// overlappingBook lists its last part a thousand times, under other names.
func overlappingBook(t testing.TB) []byte {
	b := swollenBook(100<<10, 100<<10)(t)
	last := bytes.LastIndex(b, []byte("PK\x01\x02"))
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	entry := b[last:end]
	var list bytes.Buffer
	for n := range 1000 {
		e := bytes.Clone(entry)
		copy(e[46:], fmt.Sprintf("xl/media/pict%03d", n))
		list.Write(e)
	}
	out := append(bytes.Clone(b[:end]), list.Bytes()...)
	tail := bytes.Clone(b[end:])
	had := binary.LittleEndian.Uint16(tail[8:])
	binary.LittleEndian.PutUint16(tail[8:], had+1000)
	binary.LittleEndian.PutUint16(tail[10:], had+1000)
	binary.LittleEndian.PutUint32(tail[12:], binary.LittleEndian.Uint32(tail[12:])+uint32(list.Len()))
	return append(out, tail...)
}

func manyParts(t testing.TB) []byte {
	parts := map[string]string{}
	for n := range 100_000 {
		parts[fmt.Sprintf("custom/item%d.xml", n)] = ""
	}
	return hostileBook(t, parts)
}

// nestedBook holds another workbook, which is a part like any other.
func nestedBook(t testing.TB) []byte {
	return hostileBook(t, map[string]string{"xl/embeddings/book.xlsx": string(swollenBook(300<<20, 300<<20)(t))})
}

// TestWorkbooksThatAreMadeToHarm reads each within its bounds: what it allocates
// is counted, and the time is only watched, for a machine may be slow.
func TestWorkbooksThatAreMadeToHarm(t *testing.T) {
	words := vocabulary(t)
	for _, c := range hostileCases() {
		t.Run(c.name, func(t *testing.T) {
			book, limit := c.book(t), 3*time.Second*slowness
			if c.check == "file-takes-too-long" {
				limit = time.Second
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			ret, err := readWatched("Leisure Q2 2008-09.xlsx", book, words, limit)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			allocated := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%d KB, %v, %d MB allocated, findings %v", len(book)>>10, took.Round(time.Millisecond), allocated, findingsSaid(ret))
			if allocated > c.alloc {
				t.Errorf("%d MB were allocated, more than %d", allocated, c.alloc)
			}
			if c.check != "" && !findsHarm(ret, c) {
				t.Errorf("no finding %s %q: %v", c.check, c.saw, ret.Findings)
			}
			if c.check == "" && len(ret.Indicators) != 1 {
				t.Errorf("%d indicators were read: %v", len(ret.Indicators), ret.Findings)
			}
		})
	}
}

func findingsSaid(ret ingest.Return) []string {
	var out []string
	for _, f := range ret.Findings {
		out = append(out, fmt.Sprintf("%s (%.60s)", f.Check, f.Saw))
	}
	return out[:min(len(out), 3)]
}

func findsHarm(ret ingest.Return, c hostileCase) bool {
	for _, f := range ret.Findings {
		if f.Severity == ingest.Error && f.Check == c.check && strings.Contains(f.Saw, c.saw) {
			return true
		}
	}
	return false
}
