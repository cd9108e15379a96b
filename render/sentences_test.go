package render

import (
	"strings"
	"testing"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// withCounts gives a pack whose summary holds these counts of one kind.
func withCounts(kind string, green, amber, red, awaited, notDue int) transform.Pack {
	p := emptyPack()
	p.Actions = []transform.Action{action("LK 1", "Open the north path", "Lakes", "green", "")}
	total := green + amber + red + awaited + notDue
	for _, c := range []struct {
		light transform.Light
		n     int
	}{{"green", green}, {"amber", amber}, {"red", red}, {"awaited", awaited}, {"not due", notDue}} {
		p.Summary = append(p.Summary, count(kind, "", c.light, c.n, total))
	}
	return p
}

func TestLeadSentence(t *testing.T) {
	for _, c := range []struct {
		kind                                string
		green, amber, red, awaited, nothing int
		want                                string
	}{
		{"action", 10, 9, 0, 0, 0, "10 of 19 actions are completed and 9 are expected by their date; none is red."},
		{"action", 0, 0, 0, 0, 0, "There are no actions in this report."},
		{"action", 1, 0, 0, 0, 0, "The only action is completed."},
		{"action", 19, 0, 0, 0, 0, "All 19 actions are completed."},
		{"action", 0, 0, 1, 0, 0, "The only action is red."},
		{"action", 1, 1, 1, 0, 0, "1 of 3 actions is completed, 1 is expected by its date and 1 is red."},
		{"action", 0, 3, 2, 0, 0, "3 of 5 actions are expected by their date and 2 are red; none is completed."},
		{"action", 0, 3, 0, 2, 0, "3 of 5 actions are expected by their date and 2 are awaited; none is completed and none is red."},
		{"indicator", 11, 0, 16, 5, 0, "11 of 32 indicators have met their target, 16 are red and 5 are awaited."},
		{"indicator", 1200, 0, 1, 0, 0, "1,200 of 1,201 indicators have met their target and 1 is red."},
		{"indicator", 0, 0, 0, 0, 4, "None of the 4 indicators is due in this quarter."},
		{"indicator", 0, 0, 0, 0, 1, "The only indicator is not due in this quarter."},
		{"indicator", 2, 0, 0, 0, 0, "All 2 indicators have met their target."},
	} {
		r := build(t, withCounts(c.kind, c.green, c.amber, c.red, c.awaited, c.nothing), Public)
		if !strings.Contains(paragraphs(r), c.want+"\n") {
			t.Errorf("want %q in\n%s", c.want, paragraphs(r))
		}
	}
}

// A scheme without phrases of its own reads with its words.
func TestLeadOfOtherScheme(t *testing.T) {
	p := withCounts("action", 2, 1, 0, 0, 0)
	p.Scheme.ID = "a scheme of its own"
	if got, want := paragraphs(build(t, p, Public)), "2 of 3 actions are green and 1 is amber; none is red.\n"; !strings.Contains(got, want) {
		t.Errorf("want %q in\n%s", want, got)
	}
}

func TestMovementSentence(t *testing.T) {
	type move struct {
		kind     string
		was, now transform.Light
		n        int
	}
	for _, c := range []struct {
		name  string
		moves []move
		want  string
	}{
		{"as printed", []move{{"action", "amber", "green", 7}, {"action", "not due", "green", 1}, {"action", "red", "amber", 1}, {"indicator", "green", "red", 1}, {"indicator", "red", "green", 7}},
			"Since Quarter 3, 8 actions are newly green and 1 moved from red to amber; 1 indicator is newly red and 7 are newly green."},
		{"nothing moved", []move{{"action", "green", "green", 2}}, "Since Quarter 3, no light has changed to another colour."},
		{"new rows only", []move{{"action", "", "green", 2}}, "Nothing in this report stood in Quarter 3, so there is no movement to show."},
		{"one kind", []move{{"indicator", "green", "amber", 1}}, "Since Quarter 3, 1 indicator moved from green to amber."},
		{"new rows do not count", []move{{"action", "", "green", 2}, {"action", "amber", "red", 2}}, "Since Quarter 3, 2 actions are newly red."},
	} {
		p := emptyPack()
		p.Previous.Year, p.Previous.Quarter = 2007, 3
		for _, m := range c.moves {
			for range m.n {
				if m.kind == "action" {
					p.Actions = append(p.Actions, action("", "Mend a gate", "Lakes", m.now, m.was))
				} else {
					p.Indicators = append(p.Indicators, indicator("", "Gates", "Lakes", m.now, m.was, "", ""))
				}
			}
		}
		if got := paragraphs(build(t, p, Public)); !strings.Contains(got, c.want+"\n") {
			t.Errorf("%s: want %q in\n%s", c.name, c.want, got)
		}
	}
}

func TestEarlierQuarterOfAnotherYear(t *testing.T) {
	p := emptyPack()
	p.Period.Quarter = 1
	p.Previous.Year, p.Previous.Quarter = 2006, 4
	p.Actions = []transform.Action{action("LK 1", "Open the north path", "Lakes", "green", "amber")}
	if got := paragraphs(build(t, p, Public)); !strings.Contains(got, "Since Quarter 4 of 2006/07, 1 action is newly green.") {
		t.Error(got)
	}
}

func TestNoEarlierQuarter(t *testing.T) {
	p := samplePack()
	p.Previous.Year, p.Previous.Quarter = 0, 0
	for i := range p.Actions {
		p.Actions[i].Previous = ""
	}
	r := build(t, p, Public)
	if got := paragraphs(r); !strings.Contains(got, "No earlier quarter was returned, so there is no movement to show.") {
		t.Error(got)
	}
	for _, b := range r.Blocks {
		if x, ok := b.(Table); ok && (x.Name == "What moved" || strings.HasPrefix(x.Name, "Movement of")) {
			t.Errorf("a table %q without an earlier quarter", x.Name)
		}
		if h, ok := b.(Heading); ok && (h.Text == "Improved" || strings.HasSuffix(h.Text, "since ")) {
			t.Errorf("a heading %q without an earlier quarter", h.Text)
		}
	}
}

func TestPercentNotes(t *testing.T) {
	for _, c := range []struct {
		name              string
		green, amber, red int
		denominator       string
		notDue            int
		want              string
	}{
		{"sums", 1, 1, 2, "all", 0, ""},
		{"thirds", 1, 1, 1, "all", 0, "Percentages may not sum to 100 because of rounding."},
		{"rated", 1, 1, 2, "rated", 3, "Not in these percentages: 3 not due."},
	} {
		p := withCounts("action", c.green, c.amber, c.red, 0, c.notDue)
		for i := range p.Summary {
			p.Summary[i].Denominator = c.denominator
			p.Summary[i].Total = c.green + c.amber + c.red
			p.Summary[i].Percent = decimal.NewFromInt(int64(100*p.Summary[i].Count)).DivRound(decimal.NewFromInt(int64(p.Summary[i].Total)), 1)
		}
		x := table(t, build(t, p, Public), "Actions by light")
		if x.Note != c.want {
			t.Errorf("%s: note %q, want %q", c.name, x.Note, c.want)
		}
	}
}

func TestCountTable(t *testing.T) {
	x := table(t, build(t, withCounts("indicator", 11, 0, 16, 5, 0), Public), "Indicators by light")
	want := "Red|16|50.0%\nAmber|0|0.0%\nGreen|11|34.4%\nAwaited|5|15.6%\nTotal|32|100.0%"
	if got := strings.Join(cells(x), "\n"); got != want || !x.Total {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := x.Columns[2].Head, "Per cent of all 32 indicators"; got != want {
		t.Errorf("head %q, want %q", got, want)
	}
}

func TestMatrix(t *testing.T) {
	x := table(t, build(t, samplePack(), Public), "Movement of actions")
	want := "Red|0|1 better|0\nAmber|1 worse|0|1 better\nGreen|0|0|0"
	if got := strings.Join(cells(x), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	x = table(t, build(t, samplePack(), Public), "Movement of indicators")
	ways := ""
	p := samplePack()
	p.Actions = append(p.Actions, action("LK 3", "Stay", "Lakes", "green", "green"), action("LK 4", "Wait", "Lakes", "not due", "green"))
	for _, r := range table(t, build(t, p, Public), "Movement of actions").Groups[0].Rows {
		for _, c := range r.Cells[1:] {
			ways += string(c.Way) + ":" + c.Text + ":" + c.Number + " "
		}
	}
	if want := "none:0:0 better:1 better:1 none:0:0 none:0:0 worse:1 worse:1 none:0:0 better:1 better:1 none:0:0 none:0:0 none:0:0 same:1 same:1 :1:1 "; ways != want {
		t.Errorf("moves\n%s, want\n%s", ways, want)
	}
	if want := "1 indicator was not there in Quarter 3 and is left out here."; x.Note != want {
		t.Errorf("note %q, want %q", x.Note, want)
	}
}

func TestShownNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1,000", "-1234.5": "−1,234.5", "1234567.891": "1,234,567.891", "-8.5": "−8.5", "100": "100", "-100": "−100",
	} {
		if got := shown(in); got != want {
			t.Errorf("shown(%q) = %q, want %q", in, got, want)
		}
	}
	for _, c := range [][3]string{{"27.4", "%", "27.4%"}, {"−12", "£", "−£12"}, {"7", "days", "7 days"}, {"7", "", "7"}} {
		if got := withUnit(c[0], c[1]); got != c[2] {
			t.Errorf("withUnit(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// A figure that rounds to its target and misses it shows as it was written.
func TestRoundingNeverHidesAMiss(t *testing.T) {
	one := 0
	i := indicator("NI 1", "Visits", "Lakes", "red", "", "99.6", "100")
	i.Decimals = &one
	if got := rounded(i.Outturn.Number, decimals(i, *i.Outturn)); got != "99.6" {
		t.Errorf("99.6 against 100 shows as %s", got)
	}
	i.Outturn.Number = decimal.RequireFromString("98.4")
	if got := rounded(i.Outturn.Number, decimals(i, *i.Outturn)); got != "98" {
		t.Errorf("98.4 shows as %s", got)
	}
}
