package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"boardpack/ingest"
)

// A workbook's time may be up at any place: each time it becomes the one finding.
func TestWorkbookWhoseTimeIsUpIsAFinding(t *testing.T) {
	rows := []row{{"Ref", "Indicator", "Target", "Actual", "RAG", "Comments"}}
	for range 30 {
		rows = append(rows, row{"NI 1", "Libraries open in the evening", 5, 6, "Green", "As planned."})
	}
	book := workbookOf(t, newGrid("S").put("A1", row{"Leisure Quarter 2 2008/09"}).put("A3", rows...).merge("A1:F1"))
	words := vocabulary(t)
	asked, whole := 0, 0
	read := func(last int) ingest.Return {
		asked = 0
		ret, _ := Read("Leisure.xlsx", book, Options{Words: words, Stop: func() bool { asked++; return asked > last }}) // what is wrong stands in the findings
		return ret
	}
	if ret := read(1 << 30); len(ret.Indicators) != 30 {
		t.Fatalf("%d indicators: %v", len(ret.Indicators), ret.Findings)
	}
	if whole = asked; whole < 20 {
		t.Fatalf("the time was asked for only %d times", whole)
	}
	for last := range whole {
		ret := read(last)
		if !ret.Unusable || len(ret.Findings) != 1 || ret.Findings[0].Check != "file-takes-too-long" || len(ret.Indicators) > 0 {
			t.Fatalf("stopped after %d of %d: %d indicators, %v", last, whole, len(ret.Indicators), ret.Findings)
		}
	}
}

// Each limit ends the reading by its own finding, and the limit itself is still allowed.
func TestEachLimitIsAFinding(t *testing.T) {
	book := hostileBook(t, map[string]string{
		"xl/sharedStrings.xml":     `<sst><si><t>Ref</t></si><si><t>Indicator</t></si><si><t>Target</t></si><si><t>Actual</t></si></sst>`,
		"xl/worksheets/sheet1.xml": sheetXML(strings.Replace(tableRows, `t="inlineStr"><is><t>Ref</t></is>`, `t="s"><v>0</v>`, 1)),
		"xl/media/picture.bmp":     strings.Repeat("a", 3<<20),
	})
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	unpacked := int64(0)
	for _, f := range z.File {
		unpacked += int64(f.UncompressedSize64)
	}
	words := vocabulary(t)
	for _, c := range []struct {
		enough, less Limits
		says         string
	}{
		{Limits{Size: int64(len(book))}, Limits{Size: int64(len(book)) - 1}, "raise size under limits"},
		{Limits{Unpacked: unpacked}, Limits{Unpacked: unpacked - 1}, "raise unpacked under limits"},
		{Limits{Part: 3 << 20}, Limits{Part: 3<<20 - 1}, "raise part under limits"},
		{Limits{Parts: len(z.File)}, Limits{Parts: len(z.File) - 1}, "raise parts under limits"},
		{Limits{Cells: 8}, Limits{Cells: 7}, "raise cells under limits"},
		{Limits{Texts: 4}, Limits{Texts: 3}, "raise texts under limits"},
		{Limits{Memory: 64 << 10}, Limits{Memory: 1 << 10}, "raise memory under limits"},
	} {
		if ret, err := Read("a.xlsx", book, Options{Words: words, Limits: c.enough}); err != nil || len(ret.Indicators) != 1 {
			t.Errorf("%+v: %v", c.enough, err)
		}
		ret, err := Read("a.xlsx", book, Options{Words: words, Limits: c.less})
		if err == nil || len(ret.Findings) != 1 || ret.Findings[0].Check != "file-too-large" || !strings.Contains(ret.Findings[0].Advice, c.says) {
			t.Errorf("%+v: %v %v", c.less, err, ret.Findings)
		}
	}
}

// Reading needs no disk: with no folder for temporary files, a workbook whose
// texts are more than excelize keeps in memory by itself is read as ever.
func TestReadingWritesNoTemporaryFile(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, none)
	}
	if f, err := os.CreateTemp("", "x"); err == nil {
		f.Close()
		t.Fatal("there is still a folder for temporary files")
	}
	texts := `<sst><si><t>Ref</t></si>` + strings.Repeat("<si><t>"+strings.Repeat("a", 1000)+"</t></si>", 20_000) + `</sst>`
	book := hostileBook(t, map[string]string{
		"xl/sharedStrings.xml":     texts,
		"xl/worksheets/sheet1.xml": sheetXML(strings.Replace(tableRows, `t="inlineStr"><is><t>Ref</t></is>`, `t="s"><v>0</v>`, 1)),
	})
	if ret, err := Read("a.xlsx", book, Options{Words: vocabulary(t)}); err != nil || len(ret.Indicators) != 1 {
		t.Errorf("%d indicators, %v", len(ret.Indicators), err)
	}
}

func TestCellIsAsLargeAsItSays(t *testing.T) {
	if size := reflect.TypeFor[cell]().Size(); size != cellCost {
		t.Errorf("a cell has %d bytes and not %d", size, cellCost)
	}
}

// sameThroughWindows scans a sheet through windows of several sizes, which cut its tags and texts at every place.
func sameThroughWindows(t *testing.T, what string, b []byte, shared sharedTexts, windows ...int) {
	t.Helper()
	scan := func(x xmlScanner) (*sheet, error) {
		s, err := scanSheet("S", x, sheetSource{shared: shared, tinted: func(id int32) bool { return id%2 == 1 }, budget: newBudget(Limits{}, nil), size: int64(len(b))})
		if s != nil {
			s.budget = nil
		}
		return s, err
	}
	want, wantErr := scan(xmlScanner{data: b})
	for _, window := range windows {
		got, err := scan(scanFrom(bytes.NewReader(b), window))
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Errorf("%s: through a window of %d bytes: %v, whole: %v", what, window, err, wantErr)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: a window of %d bytes gives another sheet", what, window)
		}
	}
}

// TestWindowChangesNothing scans every sheet of the corpora through small windows.
func TestWindowChangesNothing(t *testing.T) {
	sheets := 0
	for _, corpus := range []string{"real", "hostile"} {
		for _, file := range corporaFiles(t, corpus) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			bk, err := open(b, newBudget(Limits{}, nil))
			if err != nil {
				continue
			}
			for _, p := range bk.sheets {
				f := bk.archive.find(p.part)
				if f == nil || f.UncompressedSize64 > 2<<20 {
					continue
				}
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				data, err := io.ReadAll(r)
				r.Close()
				if err == nil {
					sheets++
					sameThroughWindows(t, file+" "+p.name, data, bk.shared, 16, 61, 4096)
				}
			}
			bk.close()
		}
	}
	t.Logf("%d sheets", sheets)
}

// A shared string is the same through any window.
func TestWindowChangesNoText(t *testing.T) {
	const list = `<sst><!-- a > b --><si><t>a<![CDATA[<b>&]]]]>c</t></si><si><r><rPr><strike/></rPr><t>7.5</t></r><r><t xml:space="preserve"> 8 &amp; 9</t></r></si><si/><?x?><si><t a="> />">&#x41;_x0042_</t></si></sst>`
	want := []string{"a<b>&]]c", "8 & 9", "", "AB"}
	for window := range 100 {
		x := scanFrom(strings.NewReader(list), window)
		got, err := scanStrings(&x, newBudget(Limits{}, nil))
		if err != nil || !reflect.DeepEqual(got.texts, want) {
			t.Errorf("through a window of %d bytes: %q, %v", window, got.texts, err)
		}
	}
}
