package reading

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/render"
	"boardpack/templates"

	xhtml "golang.org/x/net/html"
)

func maker(t testing.TB) *Maker {
	t.Helper()
	look, err := render.ParseLook(templates.Must("look.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewMaker(look)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func draw(t testing.TB, r ingest.Return) []byte {
	t.Helper()
	b, err := maker(t).Page(r, "")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read reads a workbook of the samples or of the reference workbooks.
func read(t testing.TB, file string) ingest.Return {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	words, err := workbook.ParseWords(templates.Must("words.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	ret, _ := workbook.Read(filepath.Base(file), b, workbook.Options{Words: words.Vocabulary(), Cells: true})
	return ret
}

const samples = "../../../samples/2026-27/Q2/"

// sharedFiles lists the reference workbooks below a folder, which CI has and others may not.
func sharedFiles(t testing.TB, folder string) []string {
	t.Helper()
	root := os.Getenv("BOARDPACK_SHARED")
	if root == "" {
		root = "../shared"
	}
	if !filepath.IsAbs(root) {
		root = filepath.Join("../../..", root)
	}
	var out []string
	n := 0
	err := filepath.WalkDir(filepath.Join(root, folder), func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (strings.HasPrefix(filepath.Ext(p), ".xl") || folder != "returns") {
			if n++; !testing.Short() || folder == "returns" || n%8 == 0 { // a few under the race detector
				out = append(out, p)
			}
		}
		return err
	})
	if err != nil && os.Getenv("BOARDPACK_SHARED") != "" {
		t.Fatal(err)
	}
	return out
}

// invented is a return with a finding of each severity, sheets that were and
// were not read, hostile texts, and every way in which a cell can be taken.
func invented() ingest.Return {
	value := func(role, as string) []ingest.Taken {
		return []ingest.Taken{{For: ingest.TakenValue, Role: role, As: as}}
	}
	cell := func(row, col int, text string, taken ...ingest.Taken) ingest.Cell {
		return ingest.Cell{Row: row, Column: col, Name: letters(col) + grouped(row), Text: text, Across: 1, Down: 1, Taken: taken}
	}
	find := func(s ingest.Severity, sheet, at, saw string, more ...string) ingest.Finding {
		return ingest.Finding{Severity: s, Check: "invented", Place: ingest.Place{Workbook: "r.xlsx", Sheet: sheet, Cell: at}, Saw: saw, Advice: "Mend it."}
	}
	return ingest.Return{
		Name: "Q2/<b>r.xlsx", SHA256: strings.Repeat("ab", 32), Period: ingest.Period{Year: 2008, Quarter: 2}, PeriodBy: "'Q2' in Return!A1", Plan: "Housing & Homes",
		Actions: make([]ingest.Action, 1), Indicators: []ingest.Indicator{
			{Row: ingest.Row{Place: ingest.Place{Sheet: "Return <1>"}, Plan: "Housing & Homes"}}, {Row: ingest.Row{Place: ingest.Place{Sheet: "Return <1>"}, Plan: "Leisure"}}},
		Tables: []ingest.Table{{Sheet: "Return <1>", Range: "A2:D20", Kind: ingest.KindIndicator, Rows: 2, Skipped: []ingest.Skip{{Row: 5, Why: "total"}}}},
		Findings: []ingest.Finding{
			find(ingest.Error, "", "", "the whole <script>alert(1)</script> is wrong"),
			find(ingest.Query, "Return <1>", "C3", "'about \"70\"' is no number"),
			find(ingest.Query, "Return <1>", "D3", "the same mistake"), find(ingest.Query, "Return <1>", "D4", "the same mistake"),
			find(ingest.Note, "Hidden", "", "the sheet is hidden, so it was not read"),
		},
		Sheets: []ingest.Sheet{
			{Name: "Return <1>", HiddenRows: []int{6}, HiddenColumns: []int{5}, Cells: []ingest.Cell{
				cell(1, 1, "Q2 2008/09", ingest.Taken{For: ingest.TakenSaid, Role: "period"}, ingest.Taken{For: ingest.TakenSaid, Role: "plan"}),
				cell(2, 1, "Ref", ingest.Taken{For: ingest.TakenHeader, Role: "ref"}), cell(2, 2, "Title", ingest.Taken{For: ingest.TakenHeader, Role: "title"}),
				cell(2, 3, "Actual", ingest.Taken{For: ingest.TakenHeader, Role: "outturn", Period: ingest.Period{Quarter: 2}}), cell(2, 4, "Odd", ingest.Taken{For: ingest.TakenHeader}),
				cell(3, 1, "NI 1", value("ref", "")...), cell(3, 2, "<script>alert(2)</script>\x07\u202e", value("title", "")...), cell(3, 3, "about \"70\"", value("outturn", "text")...), cell(3, 4, "odd", ingest.Taken{For: ingest.TakenNot}),
				cell(4, 1, "NI 2", value("ref", "")...), cell(4, 2, strings.Repeat("long ", 200), value("comment", "")...), cell(4, 3, "", value("light", "amber")...),
				cell(5, 1, "Total", ingest.Taken{For: ingest.TakenOut, Why: "total"}), cell(5, 3, "70", ingest.Taken{For: ingest.TakenOut, Why: "total"}),
				cell(6, 1, "", ingest.Taken{For: ingest.TakenHidden}),
				cell(20, 1, "Objective", ingest.Taken{For: ingest.TakenSection, Role: "objective"}), cell(20, 30, "far", ingest.Taken{For: ingest.TakenNot, Role: "start"}),
			}},
			{Name: "Hidden", Left: "the sheet is hidden, so it was not read"},
			{Name: "Empty"},
		},
	}
}

// elements gives a page's elements in reading order.
func elements(t testing.TB, page []byte) []*xhtml.Node {
	t.Helper()
	root, err := xhtml.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []*xhtml.Node
	for n := range root.Descendants() {
		if n.Type == xhtml.ElementNode {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *xhtml.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func wordsOf(n *xhtml.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == xhtml.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func has(t *testing.T, page []byte, want ...string) {
	t.Helper()
	for _, w := range want {
		if !bytes.Contains(page, []byte(w)) {
			t.Errorf("the page lacks %s", w)
		}
	}
}

func TestPageSaysWhatWasRead(t *testing.T) {
	page := draw(t, invented())
	has(t, page,
		"<h1>&lt;b&gt;r.xlsx</h1>", "3 rows were read. 1 finding says that something was not used. 2 findings ask you to look.",
		"Quarter 2, 2008/09 (July to September 2008), from &#39;Q2&#39; in Return!A1", "Housing &amp; Homes", "1 action, 2 indicators",
		`<li id="finding-2">`, `<a href="#sheet-1-C3">Return &lt;1&gt;!C3</a>`, `<a href="#sheet-1-D3">Return &lt;1&gt;!D3</a>, <a href="#sheet-1-D4">D4</a>`,
		`<li id="sheet-2"><strong>Hidden</strong> The sheet is hidden, so it was not read.</li>`, "The sheet is empty.",
		"Plan or service of its rows: Housing &amp; Homes; Leisure.", "Table A2:D20: indicators, 2 rows read, 1 row left out.",
		`<small>period of the return</small><small>plan or service</small>`, `<small>header: outturn Q2</small>`, `<small>header: column not used</small>`,
		`id="sheet-1-C3"`, `<small>outturn: not a number</small><details class="query"><summary>2 Please look</summary>`,
		`<small>light: Amber</small>`, `<small>left out: total</small>`, `<small>section: objective of the rows below</small>`, `<small>not used (start)</small>`,
		"Rows 6 to 19 are empty or hidden.", "6–19", "… (400 more characters)", `<th scope="col" class="gap">E to AC <small>empty</small></th>`)
}

func TestPageIsInertAndWhole(t *testing.T) {
	for _, r := range []ingest.Return{invented(), {Name: "x.xlsx", Unusable: true, Findings: invented().Findings[:1]}, {Name: "n.xlsx"}} {
		checkPage(t, draw(t, r))
	}
}

// checkPage holds a page against what every page must be: inert, with links
// that lead somewhere, and headings in order.
func checkPage(t *testing.T, page []byte) {
	t.Helper()
	ids, level := map[string]bool{}, 0
	all := elements(t, page)
	for _, n := range all {
		if id := attr(n, "id"); id != "" {
			if ids[id] || strings.ContainsAny(id, " \t\n") {
				t.Errorf("the id %q stands twice or is none", id)
			}
			ids[id] = true
		}
		switch n.Data {
		case "script", "img", "link", "iframe", "object", "base", "form":
			t.Errorf("the page has a <%s>", n.Data)
		case "h1", "h2", "h3", "h4":
			if next := int(n.Data[1] - '0'); next > level+1 {
				t.Errorf("heading %s %q comes after level %d", n.Data, wordsOf(n), level)
			} else {
				level = next
			}
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	for _, n := range all {
		if href := attr(n, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] || n.Data == "a" && href == "" {
			t.Errorf("a link leads to %q, which is not there", href)
		}
	}
	if bytes.ContainsFunc(page, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\u202e' }) {
		t.Error("the page holds control characters")
	}
	if bytes.Contains(page, []byte("url(")) || bytes.Contains(page, []byte("@import")) {
		t.Error("the page asks for another file")
	}
}

func TestHostileTextIsEscaped(t *testing.T) {
	page := draw(t, invented())
	if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("<b>")) {
		t.Error("an officer's text became markup")
	}
	has(t, page, "&lt;script&gt;alert(2)&lt;/script&gt;")
}

func TestSameReturnGivesTheSamePage(t *testing.T) {
	r := read(t, samples+"Env monitoring 2026-27.xlsx")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	first := draw(t, r)
	runtime.GOMAXPROCS(2)
	if !bytes.Equal(first, draw(t, read(t, samples+"Env monitoring 2026-27.xlsx"))) {
		t.Error("the same workbook gave another page")
	}
}

func TestPersonalPageHasNoCell(t *testing.T) {
	page := draw(t, ingest.Return{Name: "p.xlsx", Personal: true, Findings: []ingest.Finding{{Severity: ingest.Error, Check: "personal-record", Place: ingest.Place{Workbook: "p.xlsx", Sheet: "Cohort"}, Saw: "the sheet holds what looks like pupil numbers", Advice: "Take them out."}}})
	has(t, page, "none of its cells is shown here", "pupil numbers", "Cohort")
	if bytes.Contains(page, []byte("<td class")) || bytes.Contains(page, []byte(`id="sheets"`)) {
		t.Error("the page has cells")
	}
	checkPage(t, page)
}

// TestCellsOfThePageSayTheirRoles holds each cell of a sample's page against the reading.
func TestCellsOfThePageSayTheirRoles(t *testing.T) {
	r := read(t, samples+"Housing Q2 2026-27.xlsx")
	page := string(draw(t, r))
	for _, want := range []string{
		`<td class="as-names">HSG A01<small>reference</small></td>`, `<td class="as-heads strong">Milestone<small>header: due</small></td>`,
		`<td class="as-figures">34<small>outturn</small></td>`, `<td class="as-lights">R<small>light: Red</small></td>`, `<td class="as-figures">Annual<small>outturn</small></td>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// maxPage is what a page may weigh.
const maxPage = 3_000_000

func TestLargeSheetsAreShortened(t *testing.T) {
	r := ingest.Return{Name: "large.xlsx", Period: ingest.Period{Year: 2008, Quarter: 2}}
	for n := range 8 {
		s := ingest.Sheet{Name: string(rune('A' + n))}
		for row := 1; row <= 2000; row++ {
			for col := 1; col <= 80; col++ {
				s.Cells = append(s.Cells, ingest.Cell{Row: row, Column: col, Name: letters(col) + strings.ReplaceAll(grouped(row), ",", ""), Text: "some words in a cell", Across: 1, Down: 1, Taken: []ingest.Taken{{For: ingest.TakenNot}}})
			}
		}
		r.Sheets = append(r.Sheets, s)
	}
	for _, at := range []string{"BZ1900", "A1999"} {
		r.Findings = append(r.Findings, ingest.Finding{Severity: ingest.Query, Check: "c", Place: ingest.Place{Workbook: r.Name, Sheet: "H", Cell: at}, Saw: "seen", Advice: "Mend it."})
	}
	page := draw(t, r)
	if len(page) > maxPage {
		t.Errorf("the page has %d bytes", len(page))
	}
	checkPage(t, page)
	has(t, page, "The page leaves out some rows", "not shown here; 1,7", `id="sheet-8-BZ1900"`, `id="sheet-8-A1999"`, `<small>not shown</small>`)
	t.Logf("%d bytes", len(page))
}

func TestRowsThatWereNotKeptAreNotCalledEmpty(t *testing.T) {
	not := []ingest.Taken{{For: ingest.TakenNot}}
	page := draw(t, ingest.Return{Name: "l.xlsx", Sheets: []ingest.Sheet{{Name: "L", LastRow: 900, KeptTo: 7, Cells: []ingest.Cell{
		{Row: 2, Column: 1, Name: "A2", Text: "seven", Across: 1, Down: 1, Taken: not}, {Row: 50, Column: 1, Name: "A50", Text: "fifty", Across: 1, Down: 1, Taken: not}}}}})
	has(t, page, "Row 1 is empty.", "Rows 3 to 49 are not shown here.", "Rows 51 to 900 are not shown here.", "The page leaves out some rows")
}

// TestPagesOfTheCorpora makes the page of every reference workbook.
func TestPagesOfTheCorpora(t *testing.T) {
	files := append(sharedFiles(t, "corpora"), sharedFiles(t, "returns")...)
	if len(files) == 0 {
		t.Skip("the reference workbooks are not here; set BOARDPACK_SHARED to read them")
	}
	largest, name, shortened := 0, "", 0
	for _, file := range files {
		page := draw(t, read(t, file))
		if len(page) > largest {
			largest, name = len(page), filepath.Base(file)
		}
		if len(page) > maxPage {
			t.Errorf("%s: the page has %d bytes", file, len(page))
		}
		if bytes.Contains(page, []byte("The page leaves out some rows")) {
			shortened++
		}
		checkPage(t, page)
		if t.Failed() {
			t.Fatalf("at %s", file)
		}
	}
	t.Logf("%d pages, %d of them shortened; the largest is of %s with %d bytes", len(files), shortened, name, largest)
}

func TestIndexLinksEveryPage(t *testing.T) {
	b, err := maker(t).Index([]Entry{{Return: invented(), Href: "./Q2/a%20b.html"}, {Return: ingest.Return{Name: "p.xlsx", Personal: true}, Href: "./p.html"}})
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, b)
	has(t, b, `<a href="./Q2/a%20b.html">Q2/&lt;b&gt;r.xlsx</a>`, "1 action, 2 indicators", "not read", "1 not used, 2 please look, 1 note")
}
