package render

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// count counts a tally's rows in a report's tables of all rows, the plain way.
func countTally(t *testing.T, r Report, of string, where []Condition) int {
	t.Helper()
	i := slices.IndexFunc(r.Tables, func(x Table) bool { return x.Of == of })
	if i < 0 {
		t.Fatalf("no table of every %s", of)
	}
	n := 0
	for _, row := range r.Tables[i].Groups[0].Rows {
		holds := true
		for _, c := range where {
			col := slices.IndexFunc(r.Tables[i].Columns, func(x Column) bool { return x.Field == c.Field })
			if col < 0 {
				t.Fatalf("no column %q in the table of every %s", c.Field, of)
			}
			holds = holds && slices.ContainsFunc(c.Is, func(x Cell) bool { return x.Text == row.Cells[col].Text })
		}
		if holds {
			n++
		}
	}
	return n
}

// talliedCells are all cells of a report that say what they count, and the cuts of its charts.
func talliedCells(r Report) []Cell {
	var cells []Cell
	take := func(t Table) {
		for _, g := range t.Groups {
			for _, row := range g.Rows {
				cells = append(cells, slices.DeleteFunc(slices.Clone(row.Cells), func(c Cell) bool { return c.Tally == nil })...)
			}
		}
	}
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case Table:
			take(b)
		case Bars:
			for _, bar := range b.Rows {
				for i, n := range bar.Cuts {
					cells = append(cells, Cell{Number: strconv.Itoa(n), Tally: bar.Tallies[i]})
				}
			}
		}
	}
	for _, t := range r.Tables {
		take(t)
	}
	return cells
}

// Every count and percentage says truly what it counts, under each denominator and way of rounding.
func TestTallies(t *testing.T) {
	for _, denominator := range []string{"all", "rated", "due"} {
		for _, percentages := range []transform.Percentages{{}, {LargestRemainder: true}, {LessThanOne: true}} {
			p := countedPack(denominator)
			r, err := Build(p, Settings{Edition: Public, Version: 1, Definition: definition(t), Percentages: percentages})
			if err != nil {
				t.Fatal(err)
			}
			counts, shares := 0, 0
			for _, c := range talliedCells(r) {
				n := countTally(t, r, c.Tally.Of, c.Tally.Where)
				switch {
				case c.Tally.Share == nil:
					counts++
					if strconv.Itoa(n) != c.Number {
						t.Errorf("%s: %+v counts %d and says %s", denominator, c.Tally, n, c.Number)
					}
				case !percentages.LargestRemainder && c.Number != "":
					shares++
					of := countTally(t, r, c.Tally.Of, c.Tally.Share.Of)
					if want := share(n, of); want != c.Number {
						t.Errorf("%s: %d of %d is %s and says %s", denominator, n, of, want, c.Number)
					}
				}
			}
			if counts < 200 || shares < 30 && !percentages.LargestRemainder {
				t.Errorf("%s: %d counts and %d percentages say what they count", denominator, counts, shares)
			}
		}
	}
}

func share(n, of int) string {
	if of == 0 {
		return "0"
	}
	return decimal.NewFromInt(int64(100*n)).DivRound(decimal.NewFromInt(int64(of)), 8).Round(1).String()
}

// countedPack has rows of three plans and two classes, some counted elsewhere, some nowhere.
func countedPack(denominator string) transform.Pack {
	p := samplePack()
	p.Scheme.Denominator = denominator
	p.Actions, p.Indicators, p.Movement = nil, nil, nil
	lights := []transform.Light{"red", "amber", "green", "not due", "awaited", "not returned", "green"}
	plans := []string{"Lakes", "Parks", "=Odd * plan?"}
	for n := range 61 {
		plan, now := plans[n%3], lights[n*n%7]
		was := lights[n%7]
		if n%5 == 0 {
			was = ""
		}
		p.Actions = append(p.Actions, action("A "+strconv.Itoa(n), "Do "+strconv.Itoa(n), plan, now, was))
		i := indicator("I "+strconv.Itoa(n), "Measure "+strconv.Itoa(n), plan, now, was, "1", "2")
		i.Class = []string{"", "population", "performance"}[n%3]
		i.Counted, i.Umbrella = n%4 != 1, n%8 == 1
		p.Indicators = append(p.Indicators, i)
	}
	p.Summary = summaryOf(p)
	return p
}

// summaryOf counts as summary.csv does: the board, its classes, its plans.
func summaryOf(p transform.Pack) []transform.Count {
	type row struct {
		kind, plan, class string
		light             transform.Light
		board, own        bool
	}
	var rows []row
	for _, a := range p.Actions {
		rows = append(rows, row{"action", a.Plan, "", a.Light, true, true})
	}
	for _, i := range p.Indicators {
		rows = append(rows, row{"indicator", i.Plan, i.Class, i.Light, i.Counted, !i.Umbrella})
	}
	within := func(l transform.Light) bool {
		return p.Scheme.Denominator == "all" || p.Scheme.Denominator == "rated" && l.IsColour() || p.Scheme.Denominator == "due" && l != "not due"
	}
	var out []transform.Count
	add := func(kind, plan, class string, takes func(row) bool) {
		by, total := map[transform.Light]int{}, 0
		for _, r := range rows {
			if r.kind == kind && takes(r) {
				by[r.light]++
				if within(r.light) {
					total++
				}
			}
		}
		for _, l := range []transform.Light{"red", "amber", "green", "not due", "awaited", "not returned"} {
			c := transform.Count{Kind: kind, Plan: plan, Class: class, Light: l, Count: by[l], Denominator: p.Scheme.Denominator, Total: total}
			if within(l) && total > 0 {
				c.Percent = decimal.RequireFromString(share(by[l], total))
			}
			out = append(out, c)
		}
	}
	for _, kind := range kinds {
		add(kind, "", "", func(r row) bool { return r.board })
		for _, plan := range []string{"=Odd * plan?", "Lakes", "Parks"} {
			add(kind, plan, "", func(r row) bool { return r.own && r.plan == plan })
		}
	}
	for _, class := range []string{"performance", "population"} {
		add("indicator", "", class, func(r row) bool { return r.board && r.class == class })
	}
	return out
}

// The tables of all rows stand whatever the definition shows, and findings stand for officers.
func TestWholeTablesStandWithoutSections(t *testing.T) {
	d := definition(t)
	d.Sections = d.Sections[:1]
	names := func(e Edition) string {
		r, err := Build(samplePack(), Settings{Edition: e, Version: 1, Definition: d})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, x := range r.Tables {
			all = append(all, x.Of+x.Name+" "+strconv.Itoa(len(x.Groups[0].Rows)))
		}
		return strings.Join(all, ", ")
	}
	p := samplePack()
	rows := func(n int) string { return strconv.Itoa(n) }
	want := "action " + rows(len(p.Actions)) + ", indicator " + rows(len(p.Indicators)) + ", count " + rows(len(p.Summary))
	if got := names(Public); got != want {
		t.Errorf("public: %s, want %s", got, want)
	}
	if got := names(Working); got != want+", Findings 1" {
		t.Errorf("working: %s, want the findings too", got)
	}
	empty, err := Build(emptyPack(), Settings{Version: 1, Definition: d})
	if err != nil || len(empty.Tables) > 0 {
		t.Errorf("a pack without rows has tables %v (%v)", empty.Tables, err)
	}
}

// Officers find each row's workbook, sheet and cell; where no section says where values came from, the table does.
func TestWholeTablesSaySources(t *testing.T) {
	d := definition(t)
	r, err := Build(samplePack(), Settings{Edition: Working, Version: 1, Definition: d})
	if err != nil {
		t.Fatal(err)
	}
	if got := wholeRow(r, "workbook", "sheet", "cell", "evidence"); got != "in/secret-return.xlsx|Hidden Sheet|Q99" {
		t.Errorf("the source is %q", got)
	}
	d.Sections = d.Sections[:1]
	if r, err = Build(samplePack(), Settings{Edition: Working, Version: 1, Definition: d}); err != nil {
		t.Fatal(err)
	}
	if got := wholeRow(r, "evidence"); !strings.Contains(got, "said oddly") {
		t.Errorf("the evidence is %q", got)
	}
}

// wholeRow is the first row of the first table of all rows, in columns that it has.
func wholeRow(r Report, fields ...string) string {
	var texts []string
	for _, f := range fields {
		for n, c := range r.Tables[0].Columns {
			if c.Field == f {
				texts = append(texts, r.Tables[0].Groups[0].Rows[0].Cells[n].Text)
			}
		}
	}
	return strings.Join(texts, "|")
}
