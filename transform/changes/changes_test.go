package changes

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var columns = []string{"ref", "title", "plan", "objective", "due", "light", "outturn", "comment", "workbook", "sheet", "cell", "sha256"}

// table makes indicators of lines such as "NI 1|Homes|Housing|O|2026-09-30|red|4.5|late|a.xlsx|S|A5|ab"; what is left out at the end is empty.
func table(name string, columns []string, lines ...string) Table {
	t := Table{Name: name, Columns: columns}
	for _, l := range lines {
		cells := strings.Split(l, "|")
		for len(cells) < len(columns) {
			cells = append(cells, "")
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func said(list []Change) []string {
	var out []string
	for _, c := range list {
		out = append(out, fmt.Sprintf("%s %s %s %q %q/%s %s: %q → %q (%s → %s)", c.Group, c.What, c.Table, c.Ref, c.Title, c.Plan, c.Column, c.Was, c.Now, c.WasAt.Cell, c.NowAt.Cell))
	}
	return out
}

func TestBetween(t *testing.T) {
	for name, c := range map[string]struct{ was, now, want []string }{
		"nothing": {[]string{"NI 1|Homes|Housing|O||red|4.5|late"}, []string{"NI 1|Homes|Housing|O||red|4.5|late"}, nil},
		"a row that stands elsewhere and in another workbook": {[]string{"NI 1|Homes|Housing|O||red|4.5|late|a.xlsx|S|A5|ab"}, []string{"NI 1|Homes|Housing|O||red|4.5|late|b.xlsx|T|A9|cd"}, nil},
		"each group, lights first": {[]string{"NI 1|Homes|Housing|O|2026-09-30|red|4.5|late|a.xlsx|S|A5"}, []string{"NI 1|Houses|Housing|O|ongoing|amber||-|a.xlsx|S|A6"}, []string{
			`lights changed indicators "NI 1" "Houses"/Housing light: "red" → "amber" (A5 → A6)`,
			`figures changed indicators "NI 1" "Houses"/Housing outturn: "4.5" → "" (A5 → A6)`,
			`dates changed indicators "NI 1" "Houses"/Housing due: "2026-09-30" → "ongoing" (A5 → A6)`,
			`texts changed indicators "NI 1" "Houses"/Housing title: "Homes" → "Houses" (A5 → A6)`,
			`texts changed indicators "NI 1" "Houses"/Housing comment: "late" → "-" (A5 → A6)`,
		}},
		"a reference in another plan is another row": {[]string{"NI 1|Homes|Housing|O||red"}, []string{"NI 1|Homes|Planning|O||red"}, []string{
			`rows new indicators "NI 1" "Homes"/Planning light: "" → "red" ( → )`,
			`rows gone indicators "NI 1" "Homes"/Housing light: "red" → "" ( → )`,
		}},
		"without a reference by plan, objective and title": {
			[]string{"|Homes|Housing|O||red", "|Homes|Housing|P||green"}, []string{"|Homes|Housing|P||amber", "|Homes|Housing|O||red"},
			[]string{`lights changed indicators "" "Homes"/Housing light: "green" → "amber" ( → )`}},
		"titles that are only alike are never joined": {[]string{"|Homes let|Housing|O||red"}, []string{"|Homes let.|Housing|O||red"}, []string{
			`rows new indicators "" "Homes let."/Housing light: "" → "red" ( → )`,
			`rows gone indicators "" "Homes let"/Housing light: "red" → "" ( → )`,
		}},
		"of rows alike the equal ones belong together": {
			[]string{"NI 1|Homes|Housing|O||red|1", "NI 1|Homes|Housing|O||amber|2"}, []string{"NI 1|Homes|Housing|O||amber|2", "NI 1|Homes|Housing|O||green|1"},
			[]string{`lights changed indicators "NI 1" "Homes"/Housing light: "red" → "green" ( → )`}},
		"then those of the same order": {
			[]string{"NI 1|Homes|Housing|O||red|1", "NI 1|Homes|Housing|O||amber|2"}, []string{"NI 1|Homes|Housing|O||red|3", "NI 1|Homes|Housing|O||amber|4", "NI 1|Homes|Housing|O||red|5"},
			[]string{
				`figures changed indicators "NI 1" "Homes"/Housing outturn: "1" → "3" ( → )`,
				`figures changed indicators "NI 1" "Homes"/Housing outturn: "2" → "4" ( → )`,
				`rows new indicators "NI 1" "Homes"/Housing light: "" → "red" ( → )`,
			}},
		"rows that went stand where they were": {[]string{"A|a|P||||1", "B|b|P||||2", "C|c|P||||3"}, []string{"A|a|P||||1", "C|c|P||||3"}, []string{
			`rows gone indicators "B" "b"/P light: "" → "" ( → )`,
		}},
	} {
		got := said(Between([]Table{table("indicators", columns, c.was...)}, []Table{table("indicators", columns, c.now...)}))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func TestOtherTables(t *testing.T) {
	findings := []string{"severity", "check", "workbook", "sheet", "cell", "saw", "advice", "explanation"}
	summary := []string{"kind", "plan", "class", "light", "count", "percent", "denominator", "total"}
	narrative := []string{"plan", "heading", "theme", "text"}
	was := []Table{
		table("findings", findings, "query|light-differs|a|S|A5|red, green|look", "query|light-differs|a|S|A6|red, amber|look", "note|old|a|S|A9|x|y"),
		table("summary", summary, "action|||red|1|10.0|all|10", "action|Housing||red|1|10.0|all|10"),
		table("narrative", narrative, "Housing|Key|Homes|one", "Housing|Key|Homes|two"),
		table("movement", []string{"ref"}, "A"),
	}
	now := []Table{
		table("findings", findings, "query|light-differs|a|S|A6|red, green|look", "query|light-differs|a|S|A7|red, amber|look|settled", "error|new|a|S|A1|z|y"),
		table("summary", summary, "action|||red|2|20.0|all|10", "action|Housing||red|1|10.0|all|10"),
		table("narrative", narrative, "Housing|Key|Homes|two", "Housing|Key|Homes|three"),
		table("movement", []string{"ref"}, "B"),
	}
	want := []string{
		`counts changed summary "" "action, red"/ count: "1" → "2" ( → )`,
		`counts changed summary "" "action, red"/ percent: "10.0" → "20.0" ( → )`,
		`texts changed narrative "" "Key, Homes"/Housing text: "one" → "three" ( → )`,
		`findings changed findings "" "light-differs"/ explanation: "" → "settled" (A6 → A7)`,
		`findings new findings "" "new"/ saw: "" → "z" ( → A1)`,
		`findings gone findings "" "old"/ saw: "x" → "" (A9 → )`,
	}
	if got := said(Between(was, now)); !slices.Equal(got, want) {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A column that only one of the two has is not compared; places that only one has are told.
func TestOneEditionWithPlaces(t *testing.T) {
	public := []string{"ref", "title", "plan", "light"}
	got := said(Between([]Table{table("actions", public, "A|a|P|red")},
		[]Table{table("actions", []string{"computed", "ref", "title", "plan", "light", "cell"}, "red|A|a|P|green|B7")}))
	want := []string{`lights changed actions "A" "a"/P light: "red" → "green" ( → B7)`}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Whatever the rows: nothing differs from itself in any order of different
// rows, each difference is one in both directions, and nothing else is told.
func TestProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	random := func() Table {
		t := table("indicators", columns)
		for range r.IntN(8) {
			row := make([]string, len(columns))
			for i := range row {
				row[i] = []string{"", "a", "b"}[r.IntN(3)]
			}
			t.Rows = append(t.Rows, row)
		}
		return t
	}
	for range 3000 {
		a, b := random(), random()
		mixed := a
		mixed.Rows = slices.Clone(a.Rows)
		r.Shuffle(len(mixed.Rows), func(i, j int) { mixed.Rows[i], mixed.Rows[j] = mixed.Rows[j], mixed.Rows[i] })
		if got := Between([]Table{a}, []Table{mixed}); len(got) > 0 {
			t.Fatalf("the same rows in another order differ: %q\n%q\n%q", said(got), a.Rows, mixed.Rows)
		}
		there, back := Between([]Table{a}, []Table{b}), Between([]Table{b}, []Table{a})
		come := func(list []Change, w What) (n int) {
			for _, c := range list {
				if c.What == w {
					n++
				}
				if c.What == Changed && c.Was == c.Now {
					t.Fatalf("told though equal: %+v", c)
				}
			}
			return n
		}
		if come(there, New) != come(back, Gone) || come(there, Gone) != come(back, New) || come(there, New)-come(there, Gone) != len(b.Rows)-len(a.Rows) {
			t.Fatalf("%q\n%q", said(there), said(back))
		}
	}
}
