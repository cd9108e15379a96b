package workbook

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"

	"github.com/xuri/excelize/v2"
)

// markedBookOf is a workbook of two queries, and what change does to it, with its reading.
func markedBookOf(t *testing.T, change func(f *excelize.File) error) ([]byte, ingest.Return) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	rows := [][]any{{"Housing Q2 2008/09"}, {"Ref", "Indicator", "Unit", "Good is", "Target", "Actual", "Progress"},
		{"HSG 1", "Fraction among percentages", "%", "High", 25, 0.274, "Amber"}, {"HSG 2", "Homes let in time", "%", "High", 25, 31, "Purple"}}
	if err := f.SetSheetName("Sheet1", "PIs"); err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if err := f.SetSheetRow("PIs", cellName(i+1, 1), &r); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		if err := change(f); err != nil {
			t.Fatal(err)
		}
	}
	return readBook(t, f)
}

func readBook(t *testing.T, f *excelize.File) ([]byte, ingest.Return) {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	ret, err := Read("housing.xlsx", b.Bytes(), Options{Words: vocabulary(t)})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), ret
}

func mark(t *testing.T, b []byte, ret ingest.Return) Marked {
	t.Helper()
	m, err := Mark(b, ret, markWords(t), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// commentsOf gives author and text of each note by its cell.
func commentsOf(t *testing.T, b []byte, sheet string) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := f.GetComments(sheet)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range list {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		out[c.Cell] = c.Author + " wrote " + text
	}
	return out
}

func TestMarkPutsNotesAtCells(t *testing.T) {
	b, ret := markedBookOf(t, nil)
	m := mark(t, b, ret)
	if m.Cells != 2 || m.Alone != "" {
		t.Fatalf("%d cells marked, alone %q", m.Cells, m.Alone)
	}
	const want = "boardpack wrote boardpack: Please look\n0.274 stands among whole percentages and may be a fraction. Write the percentage as it should be printed, for example 27.4%."
	if got := commentsOf(t, m.Bytes, "PIs")["F3"]; got != want {
		t.Errorf("the note is %q, want %q", got, want)
	}
	if again := mark(t, b, ret); !bytes.Equal(again.Bytes, m.Bytes) {
		t.Error("marked twice, the bytes differ")
	}
}

// An officer's own note stays, alone at its cell, and ours go in beside it and out again.
func TestMarkKeepsTheOfficersNotes(t *testing.T) {
	b, ret := markedBookOf(t, func(f *excelize.File) error {
		return f.AddComment("PIs", excelize.Comment{Cell: "F3", Author: "Ann", Text: "as last year"})
	})
	m := mark(t, b, ret)
	notes := commentsOf(t, m.Bytes, "PIs")
	if len(notes) != 2 || !strings.HasSuffix(notes["F3"], "as last year") || !strings.HasPrefix(notes["G4"], "boardpack") {
		t.Errorf("the notes are %q", notes)
	}
	p, err := openMarked(m.Bytes, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.unmark(); err != nil {
		t.Fatal(err)
	}
	clean, err := p.bytes()
	if err != nil {
		t.Fatal(err)
	}
	if notes := commentsOf(t, clean, "PIs"); len(notes) != 1 || !strings.HasSuffix(notes["F3"], "as last year") {
		t.Errorf("without our marks the notes are %q", notes)
	}
}

// A sheet with form controls is left as it is, and the sheet of findings says so.
func TestMarkLeavesControlsAlone(t *testing.T) {
	b, ret := markedBookOf(t, func(f *excelize.File) error {
		return f.AddFormControl("PIs", excelize.FormControl{Cell: "J2", Type: excelize.FormControlButton, Text: "Send"})
	})
	m := mark(t, b, ret)
	if m.Cells != 0 || !slices.Equal(m.Untouched, []string{"PIs"}) {
		t.Fatalf("%d cells marked, left alone %q", m.Cells, m.Untouched)
	}
	f, err := excelize.OpenReader(bytes.NewReader(m.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetCellValue("Findings", "A5"); !strings.HasSuffix(got, "disturbed: PIs.") {
		t.Errorf("the sheet of findings says %q", got)
	}
	x, _ := openMarked(b, Limits{})
	y, _ := openMarked(m.Bytes, Limits{})
	before, _ := x.read(x.sheets[0].part)
	after, _ := y.read(y.sheets[0].part)
	if !slices.Equal(tokens(before), tokens(after)) {
		t.Error("the sheet with controls has changed")
	}
}

func TestMarkCapsTheNotesOfASheet(t *testing.T) {
	b, ret := markedBookOf(t, nil)
	ret.Findings = nil
	for row := range maxMarks + 7 {
		ret.Findings = append(ret.Findings, ingest.Finding{Severity: ingest.Query, Check: "made-up", Place: ingest.Place{Workbook: ret.Name, Sheet: "PIs", Cell: cellName(row+1, 3)}, Saw: "this", Advice: "That."})
	}
	m := mark(t, b, ret)
	if notes := commentsOf(t, m.Bytes, "PIs"); m.Cells != maxMarks || len(notes) != maxMarks {
		t.Errorf("%d cells are marked, with %d notes", m.Cells, len(notes))
	}
	f, err := excelize.OpenReader(bytes.NewReader(m.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetCellValue("Findings", "A5"); !strings.HasPrefix(got, "7 more cells") {
		t.Errorf("the sheet of findings says %q", got)
	}
}

// An explanation holds while its cell says what it said, though what was seen names no value.
func TestExplanationHoldsForAnUnchangedCell(t *testing.T) {
	b, ret := markedBookOf(t, nil)
	ret.Findings = nil
	for _, cell := range []string{"C3", "E4", "J9"} {
		ret.Findings = append(ret.Findings, ingest.Finding{Severity: ingest.Query, Check: "made-up", Place: ingest.Place{Workbook: ret.Name, Sheet: "PIs", Cell: cell}, Saw: "this of " + cell, Advice: "That."})
	}
	marked := mark(t, b, ret).Bytes
	for _, c := range []struct {
		cell string
		to   any
		want string
	}{
		{"A1", "Housing Q2 2008/09", "C3 E4 J9"}, {"C3", "%", "C3 E4 J9"}, {"C3", "days", "E4 J9"}, {"E4", "25", "C3 E4 J9"}, {"E4", 25.0, "C3 E4 J9"},
		{"E4", 26, "C3 J9"}, {"J9", "x", "C3 E4"}, {"K9", "x", "C3 E4"},
	} {
		f, err := excelize.OpenReader(bytes.NewReader(marked))
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range []string{"G6", "G7", "G8"} {
			if err := f.SetCellStr("Findings", cell, "correct as given"); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellValue("PIs", c.cell, c.to); err != nil {
			t.Fatal(err)
		}
		_, got := readBook(t, f)
		f.Close()
		var hold []string
		for _, e := range got.Explanations {
			hold = append(hold, e.Cell)
		}
		if s := strings.Join(hold, " "); s != c.want {
			t.Errorf("with %v in %s explanations hold for %q, want %q", c.to, c.cell, s, c.want)
		}
	}
}

// A sheet of findings whose last column somebody took away is still no data, and explains nothing.
func TestFindingsWithoutTheirLastColumn(t *testing.T) {
	b, ret := markedBookOf(t, nil)
	f, err := excelize.OpenReader(bytes.NewReader(mark(t, b, ret).Bytes))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellStr("Findings", "G6", "correct as given"); err != nil {
		t.Fatal(err)
	}
	if err := f.RemoveCol("Findings", "H"); err != nil {
		t.Fatal(err)
	}
	filled, got := readBook(t, f)
	if len(got.Explanations) != 0 || len(got.Findings) != len(ret.Findings) || len(everyRow(got)) != len(everyRow(ret)) {
		t.Errorf("it is read with %d rows, findings %v, explanations %v", len(everyRow(got)), got.Findings, got.Explanations)
	}
	if marked, explained := IsMarked(filled, Limits{}); !marked || !explained {
		t.Errorf("marked %v, explained %v", marked, explained)
	}
	again := mark(t, filled, got)
	if notes := commentsOf(t, again.Bytes, "PIs"); len(notes) != 2 || again.Cells != 2 {
		t.Errorf("marked again it has the notes %q", notes)
	}
}

// Our borders are rules of the sheet, and are not taken for rules that give lights.
func TestBordersGiveNoLights(t *testing.T) {
	b, ret := markedBookOf(t, func(f *excelize.File) error {
		for _, cell := range []string{"G3", "G4"} {
			if err := f.SetCellValue("PIs", cell, nil); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := Read("housing.xlsx", mark(t, b, ret).Bytes, Options{Words: vocabulary(t)})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(got.Findings, ret.Findings, func(x, y ingest.Finding) bool { return x.Check == y.Check && x.Place == y.Place }) {
		t.Errorf("the copy has the findings %q, the original %q", got.Findings, ret.Findings)
	}
}

// TestAnotherProgramSavesTheMarkedCopy lets LibreOffice save a marked copy,
// which writes every part anew: what stands under Explanation still settles
// its query, and marked again the copy has each note once.
func TestAnotherProgramSavesTheMarkedCopy(t *testing.T) {
	soffice := wantTool(t, "soffice", "libreoffice-calc")
	b, ret := markedBookOf(t, nil)
	f, err := excelize.OpenReader(bytes.NewReader(mark(t, b, ret).Bytes))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellStr("Findings", "G6", "correct as given"); err != nil {
		t.Fatal(err)
	}
	filled, _ := readBook(t, f)
	dir := t.TempDir()
	saved := convert(t, soffice, dir, "xlsx:Calc MS Excel 2007 XML", map[string][]byte{"housing.xlsx": filled})["housing.xlsx"]
	got, err := Read("housing.xlsx", saved, Options{Words: vocabulary(t)})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Explanations) != 1 || !got.Explanations[0].Of(got.Findings[0]) || got.Explanations[0].Text != "correct as given" {
		t.Errorf("the explanations are %+v", got.Explanations)
	}
	if len(got.Findings) != len(ret.Findings) || len(got.Indicators) != len(ret.Indicators) {
		t.Errorf("saved again it has the findings %v, want %v", got.Findings, ret.Findings)
	}
	again := mark(t, saved, got)
	if notes := commentsOf(t, again.Bytes, "PIs"); len(notes) != 1 || !strings.HasPrefix(notes["G4"], "boardpack wrote ") {
		t.Errorf("marked again the notes are %q", notes)
	}
	p, err := openMarked(again.Bytes, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := p.read(p.sheets[0].part)
	if n := bytes.Count(data, []byte("boardpack")); n != 2*int(edges) {
		t.Errorf("marked again the sheet has %d rules of ours, want %d", n/2, edges)
	}
}

// TestLibreOfficeOpensMarkedCopies converts marked workbooks of the corpora, with their notes, borders and links.
func TestLibreOfficeOpensMarkedCopies(t *testing.T) {
	soffice := wantTool(t, "soffice", "libreoffice-calc")
	files := map[string][]byte{}
	for _, name := range []string{"real/communitiesuk+funding-service-design-post-award-data-store/PF_Round_3_Success.xlsx", "real/banillie+analysis_engine/risks.xlsx",
		"hostile/apache+poi/test-data/spreadsheet/SimpleWithComments.xlsx", "hostile/apache+poi/test-data/spreadsheet/62629_target.xlsm",
		"hostile/apache+poi/test-data/spreadsheet/59746_NoRowNums.xlsx", "hostile/tafia+calamine/tests/nonstandard-xml-ns-prefix.xlsx"} {
		b := sharedFile(t, "corpora/"+name)
		ret, err := madeUp(b)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = mark(t, b, ret).Bytes
	}
	b, ret := markedBookOf(t, nil)
	files["alone.xlsx"] = mark(t, []byte("no workbook"), ret).Bytes
	files["small.xlsx"] = mark(t, b, ret).Bytes
	const sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
	out := convert(t, soffice, t.TempDir(), sheets, files)
	for name := range files {
		found := false
		for csv, text := range out {
			if stem := strings.TrimSuffix(name, filepath.Ext(name)); strings.HasPrefix(csv, stem+"-Findings") && bytes.Contains(text, []byte("boardpack: what was found")) {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: LibreOffice reads no sheet of findings", name)
		}
	}
}

func wantTool(t *testing.T, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		what := "no " + name + " here: install the package " + pkg
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
			t.Fatal(what)
		}
		t.Skip(what)
	}
	return path
}

// convert lets LibreOffice convert files, and gives what it made by name.
func convert(t *testing.T, soffice, dir, to string, files map[string][]byte) map[string][]byte {
	t.Helper()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", to, "--outdir", dir + "/out"}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, name))
	}
	if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	made, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range made {
		if out[e.Name()], err = os.ReadFile(filepath.Join(dir, "out", e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
