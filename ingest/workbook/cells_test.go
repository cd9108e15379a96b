package workbook

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
)

// pointed gives every cell that a value of the return names, found by walking
// the rows' fields: whoever adds a value with a cell has it looked for here.
func pointed(ret ingest.Return) map[namedCell]bool {
	out := map[namedCell]bool{}
	for _, rows := range []any{ret.Actions, ret.Indicators, ret.Risks, ret.Narrative} {
		list := reflect.ValueOf(rows)
		for i := range list.Len() {
			row := list.Index(i)
			walkCells(row, row.FieldByName("Sheet").String(), out)
		}
	}
	return out
}

func walkCells(v reflect.Value, sheet string, out map[namedCell]bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Kind() == reflect.String && strings.HasSuffix(v.Type().Field(i).Name, "Cell") && f.String() != "" {
				out[namedCell{sheet, f.String()}] = true
			}
			walkCells(f, sheet, out)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walkCells(v.Index(i), sheet, out)
		}
	}
}

// TestCellsAreReadWhereAValuePointsToThem holds the cells of every workbook at
// hand against the rows of the same reading, and the reading against one
// without the cells.
func TestCellsAreReadWhereAValuePointsToThem(t *testing.T) {
	values := 0
	for _, file := range everyWorkbook(t) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		plain, _ := Read(name, b, Options{Words: vocabulary(t)})
		ret, _ := Read(name, b, Options{Words: vocabulary(t), Cells: true})
		values += compareCells(t, name, ret)
		ret.Sheets = nil
		if !reflect.DeepEqual(plain, ret) {
			t.Errorf("%s is read otherwise when its cells are kept", name)
		}
	}
	t.Logf("%d cells that values were read from", values)
	if values < 500 {
		t.Errorf("only %d cells of values were seen", values)
	}
}

// everyWorkbook lists the samples, and the reference workbooks where they are.
func everyWorkbook(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, root := range []string{"../../samples", filepath.Join(sharedRoot(), "returns"), filepath.Join(sharedRoot(), "corpora")} {
		_ = filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && (strings.HasPrefix(filepath.Ext(p), ".xls") || filepath.Ext(p) == ".xltx") {
				out = append(out, p)
			}
			return nil
		})
	}
	if testing.Short() && len(out) > 100 {
		out = eachEighth(out)
	}
	return out
}

func compareCells(t *testing.T, name string, ret ingest.Return) int {
	t.Helper()
	want := pointed(ret)
	seen := map[namedCell]bool{}
	read := 0
	for _, s := range ret.Sheets {
		for _, c := range s.Cells {
			at := namedCell{s.Name, c.Name}
			if seen[at] {
				t.Errorf("%s: %v comes twice", name, at)
			}
			seen[at] = true
			if len(c.Taken) == 0 {
				t.Errorf("%s: %v does not say what it was taken for", name, at)
			}
			if c.IsRead() != want[at] && !planSection(c) {
				t.Errorf("%s: %v is %+v, and that a value points to it is %v", name, at, c.Taken, want[at])
			}
			if c.IsRead() {
				read++
			}
		}
	}
	for at := range want {
		if !seen[at] {
			t.Errorf("%s: a value points to %v, which is not among the cells", name, at)
		}
	}
	return read
}

// planSection knows the heading that names the plan of the rows below: rows keep the plan's name without its cell.
func planSection(c ingest.Cell) bool {
	return c.Taken[0].For == ingest.TakenSection && c.Taken[0].Role == "plan"
}

// said writes what a cell was taken for in short.
func said(c ingest.Cell) string {
	var out []string
	for _, k := range c.Taken {
		word := string(k.For)
		for _, part := range []string{k.Role, k.Period.String(), k.Why, k.As} {
			if part != "" {
				word += " " + part
			}
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func cellsByName(ret ingest.Return, sheet string) map[string]ingest.Cell {
	out := map[string]ingest.Cell{}
	for _, s := range ret.Sheets {
		for _, c := range s.Cells {
			if s.Name == sheet {
				out[c.Name] = c
			}
		}
	}
	return out
}

func readCells(t *testing.T, grids ...*grid) ingest.Return {
	t.Helper()
	ret, err := Read("r.xlsx", workbookOf(t, grids...), Options{Words: vocabulary(t), Cells: true})
	if err != nil {
		t.Fatal(err)
	}
	compareCells(t, "r.xlsx", ret)
	return ret
}

func expectCells(t *testing.T, cells map[string]ingest.Cell, want map[string][2]string) {
	t.Helper()
	for name, w := range want {
		if c, ok := cells[name]; !ok || c.Text != w[0] || said(c) != w[1] {
			t.Errorf("%s is %q, taken for %q; want %q, %q", name, c.Text, said(c), w[0], w[1])
		}
	}
}

func TestCellsSayWhatTheyWereTakenFor(t *testing.T) {
	g := newGrid("Return").put("A1",
		row{"Housing: Quarter 2 2008/09"},
		row{"Ref", "Indicator", "Good is", "Target", "Actual", "RAG", "Start date", "Officer", "Spare"},
		row{"Objective 1: Homes"},
		row{"NI 1", "Homes let", "High", 95, "96.4 (provisional)", "g", day("2008-04-01", "dd/mm/yyyy"), "Head of Homes", "some words"},
		row{"NI 2", "Repairs done", "low", pct(0.5), pct(0.274), tint(redFill), day("2008-04-01", "mmm yyyy"), "Head of Homes", "other words"},
		row{"NI 3", "Tenants content", "High", "annual", "to be verified", nil, nil, "Head of Homes", "last words"},
		row{"NI 4", "Hidden away", "High", 5, 6, "G"},
		row{"Total", nil, nil, 150, 123},
		row{"Note: figures are draft"},
	)
	g.merge("A3:I3").hideRows(7).hideCols(8)
	expectCells(t, cellsByName(readCells(t, g), "Return"), map[string][2]string{
		"A1": {"Housing: Quarter 2 2008/09", "said period, said plan"},
		"A2": {"Ref", "header ref"},
		"D2": {"Target", "header target"},
		"G2": {"Start date", "header start"},
		"H2": {"", "hidden"},
		"I2": {"Spare", "header"},
		"A3": {"Objective 1: Homes", "section objective"},
		"A4": {"NI 1", "value ref"},
		"B4": {"Homes let", "value title"},
		"C4": {"High", "value polarity"},
		"D4": {"95", "value target"},
		"E4": {"96.4 (provisional)", "value outturn 96.4, provisional"},
		"F4": {"g", "value light green"},
		"G4": {"1 April 2008", "not start"},
		"H4": {"", "hidden"},
		"I4": {"some words", "not"},
		"C5": {"low", "value polarity"},
		"D5": {"50%", "value target"},
		"E5": {"27.4%", "value outturn"},
		"F5": {"", "value light red"},
		"G5": {"Apr 2008", "not start"},
		"D6": {"annual", "value target"},
		"E6": {"to be verified", "value outturn awaited"},
		"A7": {"", "hidden"},
		"E7": {"", "hidden"},
		"A8": {"Total", "out total"},
		"D8": {"150", "out total"},
		"A9": {"Note: figures are draft", "out note"},
	})
}

func TestCellsOfQuartersAndDates(t *testing.T) {
	g := newGrid("PIs").put("A1",
		row{"Schools 2008/09 Quarter 2"},
		row{"Ref", "Indicator", "2007/08 outturn", "Target 2008/09", "Q1", nil, "Q2", nil, "Comments"},
		row{nil, nil, nil, nil, "Actual", "RAG", "Actual", "RAG"},
		row{"NI 87", "Absence", 7.5, 6, 6.5, "A", "English 5.9% Maths 6.4%", "R", "Two schools"},
	).merge("E2:F2", "G2:H2", "A2:A3")
	w := newGrid("Work").put("B3",
		row{"Ref", "Action", "Due", "Progress", "Linked PIs", "Lead officer", nil},
		row{"SCH 1", "Open the school", "Mar 2009", "On track", "NI 87-88, 90", "Head of Schools", nil},
		row{"SCH 2", "Close the old one", "ongoing", "Complete", "NI 87", "Head of Schools", nil},
	).merge("G3:H3", "G4:H4", "G5:H5")
	ret := readCells(t, g, w)
	expectCells(t, cellsByName(ret, "PIs"), map[string][2]string{
		"A3": {"", "part merged A2"},
		"E2": {"Q1", "header group"},
		"G3": {"Actual", "header outturn Q2"},
		"C4": {"7.5", "value last_year"},
		"E4": {"6.5", "value outturn Q1"},
		"F4": {"A", "value light Q1 amber"},
		"G4": {"English 5.9% Maths 6.4%", "value outturn Q2 English 5.9%; Maths 6.4%"},
		"H4": {"R", "value light Q2 red"},
	})
	expectCells(t, cellsByName(ret, "Work"), map[string][2]string{
		"G3": {"Lead officer", "header officer"},
		"G4": {"Head of Schools", "value officer"},
		"D4": {"Mar 2009", "value due 31 March 2009"},
		"D5": {"ongoing", "value due"},
		"F4": {"NI 87-88, 90", "value indicators NI 87, NI 88, NI 90"},
	})
}

// TestCellsOfASheetOnItsSide reads a form with fields down and projects across.
func TestCellsOfASheetOnItsSide(t *testing.T) {
	g := newGrid("Form").put("A1",
		row{"Leisure Quarter 2 2008/09"},
		row{},
		row{"Ref", "LEI 1", "LEI 2", "LEI 3"},
		row{"Action", "Open the pool", "Mend the roof", "Plant the trees"},
		row{"Due", "Mar 2009", "Sep 2009", "Oct 2009"},
		row{"Officer", "Head of Pools", "Head of Roofs", "Head of Trees"},
		row{"RAG", "G", "A", "R"},
	)
	ret := readCells(t, g)
	if len(ret.Actions) != 3 {
		t.Fatalf("%d actions", len(ret.Actions))
	}
	expectCells(t, cellsByName(ret, "Form"), map[string][2]string{
		"A3": {"Ref", "header ref"},
		"A5": {"Due", "header due"},
		"C3": {"LEI 2", "value ref"},
		"C5": {"Sep 2009", "value due 30 September 2009"},
		"D6": {"Head of Trees", "value officer"},
		"D7": {"R", "value light red"},
	})
}

func TestSheetsThatWereNotRead(t *testing.T) {
	table := []row{{"Ref", "Action", "Due", "RAG"}, {"A 1", "Open the hall", "Mar 2009", "G"}, {"A 2", "Close the hall", "Mar 2009", "R"}}
	open := newGrid("Work").put("A1", append([]row{{"Halls Quarter 2 2008/09"}}, table...)...)
	hidden := newGrid("Secret").put("A1", table...)
	hidden.hidden = true
	other := newGrid("Q1").put("A1", table...)
	rooms := newGrid("Rooms").put("A1", row{"Ref", "Name", "Telephone"}, row{"One", "Ann", 5}, row{"Two", "Bob", 6})
	ret := readCells(t, open, hidden, other, rooms)
	left := map[string]string{}
	for _, s := range ret.Sheets {
		left[s.Name] = s.Left
		if s.Left != "" && len(s.Cells) > 0 {
			t.Errorf("%s was not read and has cells", s.Name)
		}
	}
	if left["Work"] != "" || !strings.Contains(left["Secret"], "hidden") || !strings.Contains(left["Q1"], "left out") || len(left) != 4 {
		t.Errorf("sheets are left out so: %v", left)
	}
	for _, c := range cellsByName(ret, "Rooms") {
		if s := said(c); s != "not table not used" {
			t.Errorf("Rooms!%s is %q", c.Name, s)
		}
	}
}

func TestPersonalRecordsLeaveNoCell(t *testing.T) {
	g := newGrid("Cohort").put("A1", row{"Number", "Missed"}, row{"A123456789012", 12})
	ret := readCells(t, g)
	if !ret.Personal || len(ret.Sheets) > 0 || strings.Contains(fmt.Sprint(ret), "A123456789012") {
		t.Errorf("the reading keeps %+v", ret.Sheets)
	}
}

// A row that says nothing new of its column's role has one label for each cell.
func TestAStatusReadFromALightIsToldOnce(t *testing.T) {
	g := newGrid("Work").put("A1", row{"Halls Quarter 2 2008/09"}, row{"Ref", "Action", "Due", "RAG"}, row{"A 1", "Open the hall", "Mar 2009", "Complete"}, row{"A 2", "Close the hall", "Mar 2009", "R"})
	c := cellsByName(readCells(t, g), "Work")["D3"]
	if !slices.ContainsFunc(c.Taken, func(k ingest.Taken) bool { return k.Role == "status" && k.As == "done" }) || len(c.Taken) != 1 {
		t.Errorf("D3 is %q", said(c))
	}
}

// TestEveryKindOfValueHasItsCell reads tables that have a column for everything a row can say.
func TestEveryKindOfValueHasItsCell(t *testing.T) {
	work := newGrid("Work").put("A1", row{"Halls Quarter 2 2008/09"},
		row{"Ref", "Action", "Objective", "Service", "Due", "Lead officer", "Priority", "RAG", "Forecast", "Progress status", "Comments", "Linked PIs", "Linked risks"},
		row{"A 1", "Open the hall", "Halls for all", "Halls", "Mar 2009", "Head of Halls", "High", "G", "A", "On track", "Under way", "NI 1", "R 1"},
		row{"A 2", "Close the shed", "Halls for all", "Sheds", "Mar 2009", "Head of Sheds", "Low", "R", "R", "Delayed", "Late", "NI 2", "R 2"})
	quarters := newGrid("By quarter").put("A1", row{"Ref", "Action", "Due", "Q1", nil, "Q2", nil}, row{nil, nil, nil, "RAG", "Comments", "RAG", "Comments"},
		row{"A 3", "Let the hall", "Mar 2009", "G", "Begun", "A", "Going on"}, row{"A 4", "Paint the hall", "Mar 2009", "G", "Begun well", "R", "Going badly"}).merge("D1:E1", "F1:G1")
	figures := newGrid("PIs").put("A1",
		row{"Ref", "Indicator", "Type", "Unit", "Good is", "Frequency", "2007/08 outturn", "Target 2008/09", "Target 2009/10", "England average", "Actual", "Year to date", "RAG", "Year end forecast", "Direction of travel", "Comments"},
		row{"NI 1", "Halls that are open", "Population", "%", "High", "Annual", 50, 60, 70, 55, 61, 58, "G", "Green", "Up", "More halls"},
		row{"NI 2", "Sheds that are open", "Performance", "%", "High", "Annual", 51, 61, 71, 56, 60, 59, "A", "Amber", "Down", "Fewer sheds"})
	byQuarter := newGrid("PIs by quarter").put("A1", row{"Ref", "Indicator", "Q1", nil, nil, nil, "Q2", nil, nil, nil}, row{nil, nil, "Target", "Actual", "RAG", "Comments", "Target", "Actual", "RAG", "Comments"},
		row{"NI 3", "Halls let", 10, 11, "G", "Well let", 12, 9, "R", "Badly let"}, row{"NI 4", "Halls sold", 10, 11, "G", "Well sold", 12, 9, "R", "Badly sold"}).merge("C1:F1", "G1:J1")
	risks := newGrid("Risks").put("A1",
		row{"Risk ref", "Risk", "Controls", "Method of review", "Last review", "Next review", "Likelihood", "Impact", "Linked to", "Risk owner"},
		row{"R 1", "The hall falls down", "Props", "Weekly walk", "Dec 2007", "Mar 2008", "Unlikely", "Grave", "NI 1", "Head of Halls"},
		row{"R 2", "The shed falls down", "Ropes", "Monthly walk", "Jan 2008", "Apr 2008", "Likely", "Slight", "NI 2", "Head of Sheds"})
	ret := readCells(t, work, quarters, figures, byQuarter, risks)
	if len(ret.Actions) != 4 || len(ret.Indicators) != 4 || len(ret.Risks) != 2 {
		t.Fatalf("read %d actions, %d indicators, %d risks", len(ret.Actions), len(ret.Indicators), len(ret.Risks))
	}
	for sheet, first := range map[string]int{"Work": 3, "By quarter": 3, "PIs": 2, "PIs by quarter": 3, "Risks": 2} {
		for _, c := range cellsByName(ret, sheet) {
			if c.Row >= first && !c.IsRead() {
				t.Errorf("%s!%s is %q and was taken for %q", sheet, c.Name, c.Text, said(c))
			}
		}
	}
}

// TestASheetOfManyCellsKeepsThoseThatWereRead reads a table below far more cells than are kept.
func TestASheetOfManyCellsKeepsThoseThatWereRead(t *testing.T) {
	g := newGrid("Large")
	for r := 1; r <= maxKept/20+10; r++ {
		for c := 1; c <= 20; c++ {
			g.cells[spot{r, c}] = gcell{typ: 'n', v: "7"}
		}
	}
	g.put(cellName(maxKept/20+12, 1), row{"Ref", "Action", "Due", "Progress"}, row{"A 1", "Open the hall", "soon", "G"}, row{"A 2", "Close the hall", "Mar 2009", "R"})
	ret := readCells(t, g)
	cells := cellsByName(ret, "Large")
	if n := len(cells); n < maxKept || n > maxKept+20 || ret.Sheets[0].KeptTo != maxKept/20+1 || len(ret.Actions) != 2 {
		t.Errorf("%d cells and %d actions, kept to row %d", n, len(ret.Actions), ret.Sheets[0].KeptTo)
	}
	if c := cells[cellName(maxKept/20+13, 3)]; c.Text != "soon" {
		t.Errorf("the cell with a finding is %+v", c)
	}
}
