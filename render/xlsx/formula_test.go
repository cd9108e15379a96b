package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// counted is a report of six rows with counts over them.
func counted(t *testing.T, cells ...render.Cell) render.Report {
	t.Helper()
	r := sample(t)
	r.Blocks = nil
	rows := []render.Row{}
	for i, m := range []render.Mark{green, red, green, amber, notDue, green} {
		plan := []string{"North", `So*th "x" ~?`}[i%2]
		rows = append(rows, render.Row{Cells: []render.Cell{{Text: fmt.Sprint("A ", i)}, {Text: plan}, {Text: m.Word, Light: &m}, {Text: "yes", Coded: true}, {Text: "x"}}})
	}
	r.Tables = []render.Table{{Of: "action", Groups: []render.Group{{Rows: rows}},
		Columns: []render.Column{{Field: "ref"}, {Field: "plan"}, {Field: "light"}, {Field: "counted"}, {Field: "odd", Head: "Odd [head]"}}}}
	var counts []render.Row
	for _, c := range cells {
		counts = append(counts, render.Row{Cells: []render.Cell{{Text: "Count"}, c}})
	}
	r.Blocks = []render.Block{render.Table{Name: "Counts", Columns: []render.Column{{Head: "What"}, {Head: "Number"}}, Groups: []render.Group{{Rows: counts}}}}
	return r
}

func where(field string, is ...string) render.Condition {
	c := render.Condition{Field: field}
	for _, s := range is {
		c.Is = append(c.Is, render.Cell{Text: s, Coded: field == "counted"})
	}
	return c
}

func tally(n string, conditions ...render.Condition) render.Cell {
	return render.Cell{Text: n, Number: n, Tally: &render.Tally{Of: "action", Where: conditions}}
}

// formulasOf are the formulas and values of the cells below "Number".
func formulasOf(t *testing.T, r render.Report) (formulas, values []string) {
	t.Helper()
	f := open(t, draw(t, r))
	rows, err := f.GetRows("Counts")
	if err != nil {
		t.Fatal(err)
	}
	for i := len(rows) - len(r.Blocks[0].(render.Table).Groups[0].Rows); i < len(rows); i++ {
		cell := fmt.Sprintf("B%d", i+1)
		formula, _ := f.GetCellFormula("Counts", cell)
		value, _ := f.GetCellValue("Counts", cell, excelize.Options{RawCellValue: true})
		formulas, values = append(formulas, formula), append(values, value)
	}
	return formulas, values
}

func TestCountsAreFormulas(t *testing.T) {
	long := strings.Repeat("long ", 60)
	for _, c := range []struct {
		name string
		cell render.Cell
		want string
	}{
		{"one light", tally("3", where("light", "Green")), `COUNTIFS(All_actions[Light],"Green")`},
		{"capitals", tally("3", where("light", "green")), `COUNTIFS(All_actions[Light],"green")`},
		{"light and plan", tally("2", where("plan", "North"), where("light", "Green")), `COUNTIFS(All_actions[Plan],"North",All_actions[Light],"Green")`},
		{"a word of the data", tally("6", where("counted", "yes")), `COUNTIFS(All_actions[Counted for the board],"Yes")`},
		{"any of two", tally("4", where("light", "Green", "Red")), `SUMPRODUCT(COUNTIFS(All_actions[Light],{"Green","Red"}))`},
		{"all rows", tally("6"), `ROWS(All_actions[Reference])`},
		{"a name like a pattern", tally("3", where("plan", `So*th "x" ~?`)), `COUNTIFS(All_actions[Plan],"So~*th ""x"" ~~~?")`},
		{"a head with brackets", tally("6", where("odd", "x")), `COUNTIFS('All actions'!$E$8:$E$13,"x")`},
		{"nothing is so", tally("0", where("light", "Blue")), `COUNTIFS(All_actions[Light],"Blue")`},
		{"a count of something else", tally("5", where("light", "Green")), ""},
		{"a column that is not there", tally("0", where("class", "x")), ""},
		{"two lists", tally("3", where("light", "Green", "Blue"), where("plan", "North", `So*th "x" ~?`)), ""},
		{"no letter", tally("0", where("plan", "2008")), ""},
		{"too long", tally("0", where("plan", long)), ""},
		{"another table", render.Cell{Text: "3", Number: "3", Tally: &render.Tally{Of: "indicator"}}, ""},
	} {
		formulas, values := formulasOf(t, counted(t, c.cell))
		if formulas[0] != c.want || values[0] != c.cell.Number {
			t.Errorf("%s: %s gives %s, want %s gives %s", c.name, formulas[0], values[0], c.want, c.cell.Number)
		}
	}
}

func share(text, number string, s render.Share, conditions ...render.Condition) render.Cell {
	return render.Cell{Text: text, Number: number, Format: render.NumberFormat{Decimals: 1, Unit: "%"}, Tally: &render.Tally{Of: "action", Where: conditions, Share: &s}}
}

func TestPercentagesAreFormulas(t *testing.T) {
	g, of := where("light", "Green"), []render.Condition{where("light", "Green", "Red", "Amber")}
	for _, c := range []struct {
		name  string
		cells []render.Cell
		want  string
	}{
		{"of cells of the same table", []render.Cell{tally("3", g), tally("5", of...), share("60.0%", "60", render.Share{Of: of}, g)},
			"IF(B$8=0,0,ROUND(1000*B$7/B$8,0)/10)"},
		{"of what stands nowhere", []render.Cell{tally("3", g), share("50.0%", "50", render.Share{}, g)},
			"IF(ROWS(All_actions[Reference])=0,0,ROUND(1000*B$7/ROWS(All_actions[Reference]),0)/10)"},
		{"another number", []render.Cell{tally("3", g), tally("5", of...), share("61.0%", "61", render.Share{Of: of}, g)}, ""},
		{"of nothing", []render.Cell{tally("0", where("light", "Blue")), share("0.0%", "0", render.Share{Of: []render.Condition{where("light", "Blue")}}, where("light", "Blue"))},
			"IF(B$7=0,0,ROUND(1000*B$7/B$7,0)/10)"},
		{"largest remainder", []render.Cell{tally("3", g), tally("6"), share("50.0%", "50", render.Share{LargestRemainder: true, Among: [][]render.Condition{{g}}}, g)},
			"IF(B$8=0,0,IF(SUM(B$7:B$7)=B$8,(INT(1000*B$7/B$8)+IF(SUMPRODUCT(--(MOD(1000*B$7:B$7,B$8)>MOD(1000*B$7,B$8)))+SUMPRODUCT(--(MOD(1000*B$7:B9,B$8)=MOD(1000*B$7,B$8)))<=1000-SUMPRODUCT(INT(1000*B$7:B$7/B$8)),1,0))/10,ROUND(1000*B$7/B$8,0)/10))"},
	} {
		formulas, values := formulasOf(t, counted(t, c.cells...))
		last := len(c.cells) - 1
		if formulas[last] != c.want || values[last] != c.cells[last].Number {
			t.Errorf("%s:\n%s gives %s, want\n%s", c.name, formulas[last], values[last], c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{{1, 3, "33.3"}, {2, 3, "66.7"}, {1, 16, "6.3"}, {1, 2000, "0.1"}, {23, 2000, "1.2"}, {0, 5, "0"}, {5, 5, "100"}, {1, 0, "0"}} {
		if got := inTenths(nearest(c.n, c.of)); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.n, c.of, got, c.want)
		}
	}
}

// Light cells of the tables of all rows take their fill from their word, and offer the scheme's words.
func TestLightsThatMayBeChanged(t *testing.T) {
	f := open(t, draw(t, counted(t, tally("3", where("light", "Green")))))
	formats, err := f.GetConditionalFormats("All actions")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, rule := range formats["C8:C13"] {
		words = append(words, rule.Value)
	}
	if got := strings.Join(words, " "); got != `"Green" "Red" "Amber"` {
		t.Errorf("the rules are for %s", got)
	}
	lists, err := f.GetDataValidations("All actions")
	if err != nil || len(lists) != 1 || lists[0].Sqref != "C8:C13" || lists[0].Formula1 != "Green,Red,Amber,Not due" && lists[0].Formula1 != `"Green,Red,Amber,Not due"` {
		t.Errorf("the lists are %+v (%v)", lists, err)
	}
	id, _ := f.GetCellStyle("All actions", "C9")
	if st, err := f.GetStyle(id); err != nil || st.Fill.Pattern != 0 {
		t.Errorf("a light that may be changed is filled for good: %+v (%v)", st.Fill, err)
	}
}

func TestNotes(t *testing.T) {
	r := sample(t)
	cell := func(remarks ...string) render.Cell {
		return render.Cell{Text: "8.4% (…)", Number: "8.4", Format: percent, Remarks: remarks}
	}
	table := func(name string, cells ...render.Cell) render.Table {
		t := render.Table{Name: name, Columns: []render.Column{{Head: "Outturn", Align: render.Right}}}
		for _, c := range cells {
			t.Groups = append(t.Groups, render.Group{Rows: []render.Row{{Cells: []render.Cell{c}}}})
		}
		return t
	}
	r.Blocks = []render.Block{table("One", cell("provisional"), cell(), cell("small numbers", "provisional")), table("Two", cell("revised"))}
	f := open(t, draw(t, r))
	for _, c := range []struct {
		sheet string
		want  string
	}{
		{"One", "Outturn,Notes;8.4%,[note 1];8.4%;8.4%,[note 2] [note 1]"},
		{"Two", "Outturn,Notes;8.4%,[note 3]"},
		{"Notes", "Note,What it says;[note 1],Outturn: provisional;[note 2],Outturn: small numbers;[note 3],Outturn: revised"},
	} {
		rows, err := f.GetRows(c.sheet)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range rows[len(rows)-1-strings.Count(c.want, ";"):] {
			got = append(got, strings.Join(row, ","))
		}
		if all := strings.Join(got, ";"); all != c.want {
			t.Errorf("%s: %s, want %s", c.sheet, all, c.want)
		}
	}
}

// Charts stand in the working edition alone, on the last worksheet, beside the table that they draw.
func TestCharts(t *testing.T) {
	r := sample(t)
	if sheets := open(t, draw(t, r)).GetSheetList(); sheets[len(sheets)-1] == "Charts" {
		t.Error("the public edition has charts")
	}
	r.Working = true
	book := draw(t, r)
	f := open(t, book)
	sheets := f.GetSheetList()
	if sheets[len(sheets)-1] != "Charts" {
		t.Fatalf("the worksheets are %q", sheets)
	}
	rows, err := f.GetRows("Charts")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(rows[len(rows)-1], "|"), "More than half of the actions are complete|Indicators|14|5|1|0|3"; got != want {
		t.Errorf("the last row is %s, want %s", got, want)
	}
	parts := partsOf(t, book)
	for part, texts := range map[string][]string{
		"xl/drawings/drawing1.xml": {`descr="More than half of the actions are complete. Number of actions and indicators by light. Actions: 10 green`, "<xdr:col>8</xdr:col>"},
		"xl/charts/chart1.xml":     {"!$C$6</f>", "!$B$7:$B$8</f>", "!$G$7:$G$8</f>", `<lang val="en-GB">`, `val="00703c"`, `val="b10e1e"`},
	} {
		for _, text := range texts {
			if !bytes.Contains(parts[part], []byte(text)) {
				t.Errorf("%s does not hold %s", part, text)
			}
		}
	}
}
