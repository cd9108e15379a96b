package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

func draw(t testing.TB, r render.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, book []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, report := range []func() render.Report{
		func() render.Report { return sample(t) },
		func() render.Report { return bigReport(t, 60, render.Public) },
		func() render.Report { return bigReport(t, 60, render.Working) },
	} {
		runtime.GOMAXPROCS(1)
		first := draw(t, report())
		for range 5 {
			runtime.GOMAXPROCS(2)
			if !bytes.Equal(first, draw(t, report())) {
				t.Fatal("the same report gave other bytes")
			}
		}
	}
}

func TestSheets(t *testing.T) {
	f := open(t, draw(t, sample(t)))
	want := []string{"Cover", "Contents", "Notes", "Key", "Summary", "Exceptions", "Actions by light", "Indicators", "Actions"}
	if got := f.GetSheetList(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("worksheets %q, want %q", got, want)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("the first worksheet is not the active one")
	}
}

// The checklist for accessible spreadsheets, on the file as it is opened again.
func TestChecklist(t *testing.T) {
	f := open(t, draw(t, sample(t)))
	names := map[string]bool{}
	for _, s := range f.GetSheetList() {
		checkSheet(t, f, s)
		tables, err := f.GetTables(s)
		if err != nil {
			t.Fatal(err)
		}
		if s == "Cover" || s == "Summary" || s == "Notes" {
			if len(tables) != 0 {
				t.Errorf("%s holds a table", s)
			}
			continue
		}
		if len(tables) != 1 {
			t.Fatalf("%s holds %d tables, want 1", s, len(tables))
		}
		if names[tables[0].Name] {
			t.Errorf("two tables are named %s", tables[0].Name)
		}
		names[tables[0].Name] = true
		checkTable(t, f, s, tables[0])
	}
}

func checkSheet(t *testing.T, f *excelize.File, s string) {
	t.Helper()
	if title, _ := f.GetCellValue(s, "A1"); title == "" {
		t.Errorf("%s has no title in A1", s)
	}
	if merged, _ := f.GetMergeCells(s); len(merged) != 0 {
		t.Errorf("%s has merged cells", s)
	}
	if panes, err := f.GetPanes(s); err != nil || panes.Freeze || panes.Split {
		t.Errorf("%s has panes", s)
	}
	if h, err := f.GetHeaderFooter(s); err == nil && h != nil && (h.OddHeader != "" || h.OddFooter != "") {
		t.Errorf("%s has a header or footer", s)
	}
	rows, err := f.GetRows(s)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if strings.Join(r, "") == "" {
			t.Errorf("%s has a blank row %d", s, i+1)
		}
		if visible, _ := f.GetRowVisible(s, i+1); !visible {
			t.Errorf("%s hides row %d", s, i+1)
		}
	}
}

// checkTable wants the table at column A, its heads unique, and nothing beside or below it.
func checkTable(t *testing.T, f *excelize.File, s string, tab excelize.Table) {
	t.Helper()
	from, to, _ := strings.Cut(tab.Range, ":")
	col, top, err := excelize.CellNameToCoordinates(from)
	if err != nil || col != 1 {
		t.Errorf("%s: the table starts at %s, want column A", s, from)
	}
	last, bottom, _ := excelize.CellNameToCoordinates(to)
	rows, _ := f.GetRows(s)
	if len(rows) != bottom {
		t.Errorf("%s has %d rows and a table to row %d", s, len(rows), bottom)
	}
	if dim, _ := f.GetSheetDimension(s); dim != "A1:"+to {
		t.Errorf("%s says its used range is %s, want A1:%s", s, dim, to)
	}
	heads := map[string]bool{}
	for _, h := range rows[top-1] {
		if h == "" || heads[strings.ToLower(h)] {
			t.Errorf("%s: head %q is empty or stands twice", s, h)
		}
		heads[strings.ToLower(h)] = true
	}
	if len(rows[top-1]) != last {
		t.Errorf("%s: %d heads, want %d", s, len(rows[top-1]), last)
	}
	for i, r := range rows[:top-1] {
		if len(r) > 1 {
			t.Errorf("%s: text beside column A in row %d", s, i+1)
		}
	}
}

func TestValues(t *testing.T) {
	f := open(t, draw(t, sample(t)))
	const first = 7 // the row below the indicators' heads
	for _, c := range []struct{ sheet, cell, shown, raw string }{
		{"Indicators", fmt.Sprint("A", first+1), "Objective 1: Children are safe", "Objective 1: Children are safe"},
		{"Indicators", fmt.Sprint("B", first+3), "NI 117", "NI 117"},
		{"Indicators", fmt.Sprint("E", first+3), "8.4%", "8.4"},
		{"Indicators", fmt.Sprint("F", first+3), "Red", "Red"},
		{"Actions", "C6", "30 Apr 2008", "39568"},
		{"Actions", "E6", `=HYPERLINK("http://example.org")`, `=HYPERLINK("http://example.org")`},
	} {
		if got, _ := f.GetCellValue(c.sheet, c.cell); got != c.shown {
			t.Errorf("%s %s shows %q, want %q", c.sheet, c.cell, got, c.shown)
		}
		if got, _ := f.GetCellValue(c.sheet, c.cell, excelize.Options{RawCellValue: true}); got != c.raw {
			t.Errorf("%s %s holds %q, want %q", c.sheet, c.cell, got, c.raw)
		}
		if formula, _ := f.GetCellFormula(c.sheet, c.cell); formula != "" {
			t.Errorf("%s %s became the formula %q", c.sheet, c.cell, formula)
		}
	}
}

func TestLightCell(t *testing.T) {
	f := open(t, draw(t, sample(t)))
	id, err := f.GetCellStyle("Indicators", "F10")
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.EqualFold(st.Fill.Color[0], "fbe4e6") || !strings.EqualFold(st.Font.Color, "b10e1e") {
		t.Errorf("the red cell has fill %v and letters %s", st.Fill.Color, st.Font.Color)
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	f := open(t, draw(t, sample(t)))
	count := 0
	target := regexp.MustCompile(`^'(.+)'!([A-Z]+[0-9]+)$`)
	for _, s := range f.GetSheetList() {
		cells, err := f.GetHyperLinkCells(s, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cells {
			_, link, _ := f.GetCellHyperLink(s, c)
			m := target.FindStringSubmatch(link)
			if m == nil {
				t.Errorf("%s %s leads to %q", s, c, link)
				continue
			}
			count++
			if v, err := f.GetCellValue(strings.ReplaceAll(m[1], "''", "'"), m[2]); err != nil || v == "" {
				t.Errorf("%s %s leads to the empty %s", s, c, link)
			}
		}
	}
	if count < 15 {
		t.Errorf("%d links, want the contents' and the ways back", count)
	}
}

func TestProperties(t *testing.T) {
	p, err := open(t, draw(t, sample(t))).GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	r := sample(t)
	for _, c := range [][2]string{{p.Title, r.Title}, {p.Subject, r.Subject}, {p.Creator, r.Author}, {p.Language, "en-GB"},
		{p.Created, "2008-03-31T00:00:00Z"}, {p.Modified, "2008-03-31T00:00:00Z"}} {
		if c[0] != c[1] {
			t.Errorf("property %q, want %q", c[0], c[1])
		}
	}
}

func TestNames(t *testing.T) {
	n := newNames("Cover")
	for _, c := range [][2]string{{"Actions: by/light?", "Actions by light"}, {"cover", "cover 2"}, {"", "Table"}, {"History", "History 2"},
		{"'x'", "x"}, {"An extremely long name of a worksheet", "An extremely long name of a wor"},
		{"An extremely long name of a worksheet", "An extremely long name of a w 2"}} {
		if got := n.sheet(c[0]); got != c[1] {
			t.Errorf("worksheet %q is named %q, want %q", c[0], got, c[1])
		}
	}
	sheets := []*sheet{{name: "Q4", table: &grid{}}, {name: "Children's plan", table: &grid{}}, {name: "Children s plan", table: &grid{}}, {name: "2008", table: &grid{}}, {name: "日本", table: &grid{}}}
	nameTables(sheets)
	for i, want := range []string{"Table_Q4", "Children_s_plan", "Children_s_plan_2", "Table_2008", "Table"} {
		if sheets[i].table.name != want {
			t.Errorf("table named %q, want %q", sheets[i].table.name, want)
		}
	}
}

func words(t testing.TB) *wording {
	t.Helper()
	w, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	return &w
}

func TestHeads(t *testing.T) {
	got := uniqueHeads([]render.Column{{Head: "Target"}, {Head: "target"}, {}, {Head: "Out\nturn"}}, words(t))
	if want := []string{"Target", "target 2", "Column 3", "Out turn"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("heads %q, want %q", got, want)
	}
}

func TestNumberFormat(t *testing.T) {
	cell := func(n string, decimals int, unit string) render.Cell {
		return render.Cell{Number: n, Format: render.NumberFormat{Decimals: decimals, Unit: unit}}
	}
	for _, c := range []struct {
		cell render.Cell
		want string
	}{
		{cell("27.4", 1, "%"), `#,##0.0"%"`},
		{cell("27.45", -1, ""), `#,##0.00`},
		{cell("1200", 0, "£"), `"£"#,##0`},
		{cell("12", 0, "days"), `#,##0" days"`},
	} {
		if got := numberFormat(decimalsOf(&c.cell), c.cell.Format.Unit); got != c.want+`;"−"`+c.want {
			t.Errorf("%v: %s, want %s", c.cell, got, c.want)
		}
	}
}

func TestAwkwardText(t *testing.T) {
	long := strings.Repeat("é😀", 20000)
	r := sample(t)
	texts := []string{"=1+1", "+44 1632 960000", "-", "@here", "\t=1", "_x0041_", "a\r\nb\x00c", "<b>&\"'", long}
	var rows []render.Row
	for _, s := range texts {
		rows = append(rows, render.Row{Cells: []render.Cell{{Text: s}, {Text: s, Number: "1e5"}, {Text: s, Date: "1899-01-01"}}})
	}
	r.Blocks = []render.Block{render.Table{Name: "T", Columns: make([]render.Column, 3), Groups: []render.Group{{Rows: rows}}}}
	f := open(t, draw(t, r))
	got, err := f.GetRows("T")
	if err != nil {
		t.Fatal(err)
	}
	got = got[len(got)-len(texts):]
	for i, want := range texts {
		want = strings.NewReplacer("\r\n", "\n", "\x00", "").Replace(want)
		for _, v := range got[i] {
			if want == long {
				if unitsOf(v) > longestText || !strings.HasSuffix(v, "no more.]") {
					t.Errorf("a long text became one of %d, ending in %q", unitsOf(v), v[len(v)-20:])
				}
			} else if v != want {
				t.Errorf("text %q came back as %q", want, v)
			}
		}
	}
}

func TestNothingMuch(t *testing.T) {
	r := sample(t)
	r.Blocks, r.Date, r.Draft, r.Author = nil, "", "", ""
	f := open(t, draw(t, r))
	if got := f.GetSheetList(); len(got) != 3 {
		t.Errorf("an empty report has worksheets %q", got)
	}
}

// TestLibreOffice lets another program read the workbook.
func TestLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		const what = "no soffice here: install the package libreoffice-calc"
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
			t.Fatal(what)
		}
		t.Skip(what)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "report.xlsx")
	if err := os.WriteFile(file, draw(t, sample(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	csv, err := os.ReadFile(filepath.Join(dir, "report-Indicators.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(csv), "NI 117") || !strings.Contains(string(csv), "8.4,Red") {
		t.Errorf("LibreOffice reads the indicators as\n%s", csv)
	}
}

// big is a report with one table of many rows.
func big(t testing.TB, rows int) render.Report {
	r := sample(t)
	tab := sampleIndicators()
	model := tab.Groups[1].Rows[0]
	tab.Groups = nil
	for i := range rows {
		if i%50 == 0 {
			tab.Groups = append(tab.Groups, render.Group{Band: fmt.Sprintf("Objective %d", i/50)})
		}
		row := render.Row{ID: fmt.Sprintf("X-%d", i), Cells: append([]render.Cell(nil), model.Cells...)}
		row.Cells[0].Text = fmt.Sprintf("X %d", i)
		g := &tab.Groups[len(tab.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
	r.Blocks = []render.Block{tab}
	return r
}

func BenchmarkRender10000Rows(b *testing.B) {
	r := big(b, 10000)
	b.ReportAllocs()
	for b.Loop() {
		if err := Render(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}

// partsOf are a workbook's parts by name.
func partsOf(t *testing.T, book []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return parts
}
