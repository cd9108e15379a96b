package transform_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// teams makes the returns of team workbooks that hold so many actions of each light between them.
func teams(n, green, amber, red int) []ingest.Return {
	out := make([]ingest.Return, n)
	for t := range out {
		out[t] = returned(q4, fmt.Sprintf("team %02d.xlsx", t+1))
		out[t].Plan = fmt.Sprintf("Team %02d", t+1)
	}
	for k := range green + amber + red {
		light := "green"
		if k >= green {
			light = "amber"
		}
		if k >= green+amber {
			light = "red"
		}
		r := &out[k%n]
		a := action(fmt.Sprintf("T%d A%d", k%n+1, k/n+1), "", light, "", "why")
		a.Plan, a.Workbook = r.Plan, r.Name
		a.Officer = ingest.Text{Value: fmt.Sprintf("Officer %d", k%7)}
		r.Actions = append(r.Actions, a)
	}
	return out
}

// The operational plans of 2007/08: 451 actions of 30 teams, 74% green, 18% amber and 8% red.
func TestOperationalActionsOfThirtyTeams(t *testing.T) {
	p := build(t, q4, transform.Inputs{}, teams(30, 334, 81, 36)...)
	want := map[transform.Light]string{"green": "334 74.1 451", "amber": "81 18.0 451", "red": "36 8.0 451"}
	for _, c := range p.Summary {
		if w := want[c.Light]; w != "" && c.Plan == "" && c.Kind == "action" && countText(c) != w {
			t.Errorf("%s: %s, want %s", c.Light, countText(c), w)
		}
	}
	for _, by := range append([]string{""}, transform.Dimensions...) {
		total := map[transform.Light]int{}
		for _, g := range p.GroupBy(by) {
			for _, c := range g.Counts {
				total[c.Light] += c.Count
			}
		}
		if total["green"] != 334 || total["amber"] != 81 || total["red"] != 36 {
			t.Errorf("by %s: %v", by, total)
		}
	}
	if n := len(p.GroupBy("plan")); n != 30 {
		t.Errorf("%d plans", n)
	}
	if n := len(p.GroupBy("officer")); n != 7 {
		t.Errorf("%d officers", n)
	}
}

// Each indicator counts once: for the board, and in each group that holds it.
func TestEachIndicatorCountsOnceInEachGroup(t *testing.T) {
	of := func(ref, plan, officer string) ingest.Indicator {
		i := indicator(ref, "high", "50", "60", "", "")
		i.Plan, i.Officer, i.Class = plan, ingest.Text{Value: officer}, "population"
		return i
	}
	in := transform.Inputs{Directorates: map[string]string{"Alpha": "East", "Beta": "East", "Gamma": "West"},
		Register: transform.Register{Indicators: []transform.Registered{{Ref: "PSA 1", Umbrella: true}}}}
	p := build(t, q4, in, returned(q4, "w.xlsx", of("NI 1", "Alpha", "Ann"), of("NI 2", "Alpha", "Ann"), of("PSA 1", "Alpha", "Ann"), of("NI 1", "Beta", "Bob"), of("NI 1", "Gamma", "Ann"), of("NI 3", "Gamma", "Bob/Ann")))
	for by, want := range map[string]string{
		"": " 3", "plan": "Alpha 2, Beta 1, Gamma 2", "directorate": "East 2, West 2", "class": "population 3", "officer": "Ann 2, Bob 1, Bob/Ann 1",
	} {
		var got []string
		for _, g := range p.GroupBy(by) {
			n := 0
			for _, c := range g.Counts {
				n += c.Count
			}
			got = append(got, fmt.Sprintf("%s %d", g.Value, n))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("by %q: %q, want %q", by, got, want)
		}
	}
}

func TestSelectionsOfRows(t *testing.T) {
	p := build(t, q4, transform.Inputs{}, teams(3, 4, 3, 2)...)
	for _, c := range []struct {
		s     transform.Selection
		rows  int
		fails string
	}{
		{transform.Selection{}, 9, ""},
		{transform.Selection{Kind: "indicator"}, 0, ""},
		{transform.Selection{Lights: []transform.Light{"red"}}, 2, ""},
		{transform.Selection{Lights: []transform.Light{"red", "amber"}}, 5, ""},
		{transform.Selection{Is: map[string]string{"plan": "team 02 plan"}}, 3, ""},
		{transform.Selection{Is: map[string]string{"officer": "officer 1"}, Lights: []transform.Light{"red"}}, 1, ""},
		{transform.Selection{Is: map[string]string{"officer": "Nobody"}}, 0, `no row has the officer "Nobody"; there are: Officer 0; `},
		{transform.Selection{Is: map[string]string{"hat": "x"}}, 0, `rows have no "hat"`},
		{transform.Selection{Kind: "risk"}, 0, `kind is "risk"; use action or indicator`},
		{transform.Selection{Lights: []transform.Light{"blue"}}, 0, `light is "blue"; use one of red, amber, green, not due`},
	} {
		got, err := c.s.Of(p)
		if c.fails != "" {
			if err == nil || !strings.HasPrefix(err.Error(), c.fails) {
				t.Errorf("%+v: %v, want %s", c.s, err, c.fails)
			}
			continue
		}
		if err != nil || len(got.Actions)+len(got.Indicators) != c.rows {
			t.Errorf("%+v: %d rows (%v), want %d", c.s, len(got.Actions)+len(got.Indicators), err, c.rows)
		}
	}
	if len(p.Actions) != 9 {
		t.Error("choosing changed the pack")
	}
}

// countsOf makes counts of one denominator.
func countsOf(total int, ns ...int) []transform.Count {
	var out []transform.Count
	for _, n := range ns {
		c := transform.Count{Count: n, Total: total}
		if total > 0 {
			c.Percent = decimal.NewFromInt(int64(100*n)).DivRound(decimal.NewFromInt(int64(total)), 6).Round(1)
		}
		out = append(out, c)
	}
	return out
}

// Shares by each style, with what published reports printed wrongly: Bracknell
// Forest's 64 of 114 (55%), Havering's 24, 3 and 6 of 33 (74, 5 and 17%), and
// Rotherham's 27.6% "of those measured", of 58 and not of 57.
func TestSharesByStyle(t *testing.T) {
	largest := transform.Percentages{LargestRemainder: true}
	low := transform.Percentages{LessThanOne: true}
	for _, c := range []struct {
		name  string
		style transform.Percentages
		total int
		ns    []int
		want  string
	}{
		{"Hartlepool, actions", transform.Percentages{}, 19, []int{0, 9, 10}, "0.0% 47.4% 52.6%"},
		{"Hartlepool, indicators", transform.Percentages{}, 32, []int{16, 0, 11, 5}, "50.0% 0.0% 34.4% 15.6%"},
		{"Bracknell Forest", transform.Percentages{}, 114, []int{64, 49, 1}, "56.1% 43.0% 0.9%"},
		{"Havering", transform.Percentages{}, 33, []int{24, 3, 6}, "72.7% 9.1% 18.2%"},
		{"Havering, 2013", transform.Percentages{}, 50, []int{46}, "92.0%"},
		{"Kent", transform.Percentages{}, 40, []int{39}, "97.5%"},
		{"Rotherham, of all", transform.Percentages{}, 72, []int{27}, "37.5%"},
		{"Rotherham, of those measured", transform.Percentages{}, 57, []int{27, 16}, "47.4% 28.1%"},
		{"Rotherham, what 27.6 would be of", transform.Percentages{}, 58, []int{27, 16}, "46.6% 27.6%"},
		{"thirds may not sum", transform.Percentages{}, 3, []int{1, 1, 1}, "33.3% 33.3% 33.3%"},
		{"thirds by largest remainder", largest, 3, []int{1, 1, 1}, "33.4% 33.3% 33.3%"},
		{"two thirds", largest, 3, []int{1, 2, 0}, "33.3% 66.7% 0.0%"},
		{"sevenths", largest, 7, []int{1, 2, 4}, "14.3% 28.6% 57.1%"},
		{"a part of the whole stays plain", largest, 3, []int{1, 1}, "33.3% 33.3%"},
		{"none", largest, 0, []int{0, 0}, "0.0% 0.0%"},
		{"less than one", low, 114, []int{1, 113, 0}, "<1% >99% 0.0%"},
		{"one", low, 100, []int{1, 99, 0}, "1.0% 99.0% 0.0%"},
		{"all", low, 5, []int{5, 0}, "100.0% 0.0%"},
		{"counts alone", transform.Percentages{AloneUnder: 10}, 9, []int{4, 5}, " "},
		{"ten", transform.Percentages{AloneUnder: 10}, 10, []int{4, 6}, "40.0% 60.0%"},
	} {
		if got := strings.Join(c.style.Shares(countsOf(c.total, c.ns...)), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// By largest remainder every whole sums to 100, whatever its parts.
func TestLargestRemaindersSumTo100(t *testing.T) {
	style := transform.Percentages{LargestRemainder: true}
	for total := 1; total < 60; total++ {
		for a := 0; a <= total; a += 3 {
			for b := 0; a+b <= total; b += 2 {
				sum := decimal.Zero
				for _, s := range style.Shares(countsOf(total, a, b, total-a-b)) {
					sum = sum.Add(decimal.RequireFromString(strings.TrimSuffix(s, "%")))
				}
				if !sum.Equal(decimal.NewFromInt(100)) {
					t.Fatalf("%d, %d and %d of %d sum to %s", a, b, total-a-b, total, sum)
				}
			}
		}
	}
}

// The order of returns changes neither counts nor findings.
func TestOrderOfReturnsChangesNoCountAndNoFinding(t *testing.T) {
	rs := teams(5, 12, 5, 4)
	rs = append(rs, returned(q3, "q3.xlsx", action("T1 A1", "", "red", "", ""), indicator("NI 1", "high", "5", "6.25", "", "the outturn was 7%")),
		returned(q4, "z.xlsx", indicator("NI 1", "low", "6", "6.25", "green", "is delayed"), indicator("NI 2", "high", "6", "6.25", "", "")),
		returned(ingest.Period{Year: 2007}, "plan.xlsx", action("T1 A1", "Mar 2008", "", "", ""), indicator("NI 1", "high", "7", "", "", "")))
	want := asJSON(t, build(t, q4, transform.Inputs{}, rs...))
	for turn := range len(rs) {
		shuffled := slices.Concat(rs[turn:], rs[:turn])
		slices.Reverse(shuffled[:len(rs)/2])
		if got := asJSON(t, build(t, q4, transform.Inputs{}, shuffled...)); got != want {
			t.Errorf("turned by %d it is another pack", turn)
		}
	}
}
