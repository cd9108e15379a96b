package render

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"boardpack/transform"
)

// Nothing that only officers may see reaches the public edition, whatever columns a definition asks for.
func TestPublicEditionLeavesOutWorkingContent(t *testing.T) {
	d := definition(t)
	for name, columns := range map[*[]ColumnText]map[string]bool{
		&d.Tables.Actions.Columns: keysAsSet(lineFields), &d.Tables.Indicators.Columns: keysAsSet(lineFields),
		&d.Tables.Risks.Columns: keysAsSet(riskFields),
	} {
		*name = nil
		for show := range columns {
			*name = append(*name, ColumnText{Show: show, Head: d.Cover.Caption, Width: 1})
		}
	}
	build := func(e Edition) string {
		r, err := Build(samplePack(), Settings{Edition: e, Version: 1, Definition: d})
		if err != nil {
			t.Fatal(err)
		}
		return dump(r)
	}
	public, working := build(Public), build(Working)
	for _, secret := range []string{
		"secret-return", "Hidden Sheet", "Q99", "Q100", "saw a strange light", "give one light", "known to the desk",
		"light-differs", "Zebedee Quill", "PO7", "settled by telephone", "said oddly", "rule-of-thumb", "Returns received", "differs from the computed",
	} {
		if strings.Contains(public, secret) {
			t.Errorf("the public edition holds %q", secret)
		}
		if !strings.Contains(working, secret) {
			t.Errorf("the working edition lacks %q", secret)
		}
	}
	if strings.Contains(public+working, "c0ffee77") {
		t.Error("a report holds the hash of a return")
	}
	if !strings.Contains(public, "Head of Water") {
		t.Error("the public edition lacks the officer's post")
	}
}

func keysAsSet[T any](fields map[string]field[T]) map[string]bool {
	set := map[string]bool{}
	for k := range fields {
		set[k] = true
	}
	return set
}

// The officer's overruled light is green; the row is red. No cell of the public edition says green of it.
func TestPublicEditionHidesTheOverruledLight(t *testing.T) {
	for _, b := range build(t, samplePack(), Public).Blocks {
		x, ok := b.(Table)
		if !ok {
			continue
		}
		for _, line := range cells(x) {
			if strings.Contains(line, "Mend the boathouse") && strings.Contains(line, "Green") {
				t.Errorf("table %q tells the overruled light: %s", x.Name, line)
			}
		}
	}
	reasons := table(t, build(t, samplePack(), Working), "How lights were worked out")
	i := slices.IndexFunc(cells(reasons), func(s string) bool { return strings.Contains(s, "Mend the boathouse") })
	if i < 0 || !strings.Contains(cells(reasons)[i], "|Red|Green|PO7") {
		t.Errorf("the working edition does not tell it: %q", cells(reasons))
	}
}

// anchorsAndLinks are the IDs of a report in reading order and what points to them.
func anchorsAndLinks(r Report) (ids, links []string) {
	for _, b := range r.Blocks {
		switch x := b.(type) {
		case Heading:
			ids = append(ids, x.ID)
		case Bars:
			ids = append(ids, x.ID)
		case Exception:
			ids = append(ids, x.ID)
		case List:
			for _, i := range x.Items {
				links = append(links, i.Link)
			}
		case Table:
			ids = append(ids, x.ID)
			for _, g := range x.Groups {
				for _, row := range g.Rows {
					ids = append(ids, row.ID)
					for _, c := range row.Cells {
						links = append(links, c.Link)
					}
				}
			}
		}
	}
	empty := func(s string) bool { return s == "" }
	return slices.DeleteFunc(ids, empty), slices.DeleteFunc(links, empty)
}

func TestAnchorsAndLinks(t *testing.T) {
	p := samplePack()
	p.Indicators = append(p.Indicators, indicator("1.2/ŵ", "Swans", "Lakes", "red", "", "1", "2"))
	for _, e := range []Edition{Public, Working} {
		ids, links := anchorsAndLinks(build(t, p, e))
		valid := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9.-]*$`)
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] || !valid.MatchString(id) {
				t.Errorf("the ID %q is not valid or stands twice", id)
			}
			seen[id] = true
		}
		if len(links) == 0 {
			t.Error("no links")
		}
		for _, l := range links {
			if !seen[l] {
				t.Errorf("the link %q leads nowhere", l)
			}
		}
		for _, want := range []string{"NI-117", "NI-117-2", "LK-1", "LK-1-2", "action-3", "row-1.2"} {
			if !seen[want] {
				t.Errorf("no row %q among %q", want, ids)
			}
		}
	}
}

func TestTablesAreWellFormed(t *testing.T) {
	names := map[string]bool{}
	p := samplePack()
	p.Actions[2].Plan = "Parks: a plan with a name that is far too long [2007/08]"
	for i, b := range build(t, p, Working).Blocks {
		x, ok := b.(Table)
		if !ok {
			continue
		}
		key := strings.ToLower(x.Name)
		if names[key] || len([]rune(x.Name)) > 31 || strings.ContainsAny(x.Name, `[]:*?/\`) {
			t.Errorf("the name %q is not fit for a worksheet", x.Name)
		}
		names[key] = true
		heads := 0
		for _, c := range x.Columns {
			if c.RowHead {
				heads++
			}
			if c.Head == "" || c.Width <= 0 {
				t.Errorf("table %q has a column without head or width: %+v", x.Name, c)
			}
		}
		if heads != 1 {
			t.Errorf("table %q has %d columns that head rows", x.Name, heads)
		}
		for _, line := range cells(x) {
			if strings.Count(line, "|") != len(x.Columns)-1 {
				t.Errorf("block %d, table %q: a row of other length: %s", i, x.Name, line)
			}
		}
	}
}

// The table of a chart stands right after it, and both hold the same numbers.
func TestChartsAreFollowedByTheirTables(t *testing.T) {
	r := build(t, samplePack(), Public)
	charts := 0
	for i, b := range r.Blocks {
		x, ok := b.(Bars)
		if !ok {
			continue
		}
		charts++
		if _, ok := r.Blocks[i+1].(Table); !ok {
			t.Errorf("%T stands after chart %q", r.Blocks[i+1], x.Title)
		}
		if x.Alt == "" || x.Title == "" {
			t.Errorf("chart %q lacks words", x.ID)
		}
		for _, bar := range x.Rows {
			if len(bar.Cuts) != len(x.Key) {
				t.Errorf("bar %q has %d cuts for %d lights", bar.Label, len(bar.Cuts), len(x.Key))
			}
		}
	}
	if charts != 3 {
		t.Errorf("%d charts, want 3", charts)
	}
}

func TestFigureCells(t *testing.T) {
	x := table(t, build(t, samplePack(), Public), "Indicators, Lakes")
	outturn := x.Groups[0].Rows[0].Cells[3]
	want := Cell{Text: "27.4% (provisional)", Number: "27.44", Format: NumberFormat{Decimals: 1, Unit: "%"}, Remarks: []string{"provisional"}}
	if !reflect.DeepEqual(outturn, want) {
		t.Errorf("got %+v, want %+v", outturn, want)
	}
	x = table(t, build(t, samplePack(), Public), "Indicators, Parks")
	if got, want := cells(x)[2], "PK 9|Days to mend a bench (weeks)|12|−1,234.5|Worse|Green|Benches came early."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !strings.Contains(x.Note, "none was given") {
		t.Errorf("an empty outturn is not explained: %q", x.Note)
	}
}

func TestExceptions(t *testing.T) {
	var got []string
	for _, b := range build(t, samplePack(), Public).Blocks {
		if e, ok := b.(Exception); ok {
			got = append(got, e.Ref+": "+e.Since+"; "+e.Texts[0].Value)
		}
	}
	want := []string{
		"LK 2: Was amber in Quarter 3; No comment was given.",
		"NI 117: Was green in Quarter 3; No comment was given.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEmptyPacks(t *testing.T) {
	narrative := emptyPack()
	narrative.Narrative = samplePack().Narrative
	unknown := samplePack()
	unknown.Actions[0].Light = "blue"
	unknown.Scheme = transform.Scheme{}
	for name, p := range map[string]transform.Pack{"empty": emptyPack(), "narrative": narrative, "no scheme": unknown, "zero": {}} {
		for _, e := range []Edition{Public, Working} {
			r := build(t, p, e)
			if got := dump(r); strings.Contains(got, "N/A") || strings.Contains(got, "null") {
				t.Errorf("%s: the report says N/A or null", name)
			}
			if h, ok := r.Blocks[0].(Heading); !ok || h.Level != 1 {
				t.Errorf("%s: the report does not start with its title", name)
			}
		}
	}
	if got := paragraphs(build(t, narrative, Public)); !strings.Contains(got, "No action or indicator was returned for this quarter.") {
		t.Error(got)
	}
}

func TestHeadingsNest(t *testing.T) {
	last := 0
	for _, b := range build(t, samplePack(), Working).Blocks {
		if h, ok := b.(Heading); ok {
			if h.Level > last+1 {
				t.Errorf("heading %q of level %d stands under level %d", h.Text, h.Level, last)
			}
			last = h.Level
		}
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	first := build(t, samplePack(), Working)
	for range 20 {
		if again := build(t, samplePack(), Working); !reflect.DeepEqual(first, again) {
			t.Fatal("the same pack gave another report")
		}
	}
}

func TestPeriodAndDateWords(t *testing.T) {
	p := emptyPack()
	r := build(t, p, Public)
	if want := p.Period.Title(); !strings.Contains(dump(r), want) {
		t.Errorf("the report does not say %q", want)
	}
	if want := "Data as at " + p.AsAt.Words(); r.DataDate != want {
		t.Errorf("got %q, want %q", r.DataDate, want)
	}
}

func TestRecommendations(t *testing.T) {
	p := emptyPack()
	if !strings.Contains(dump(build(t, p, Public)), "That the board notes") {
		t.Error("no recommendation by default")
	}
	p.Board.Cover.Recommendations = []string{"That the lakes be kept."}
	if got := dump(build(t, p, Public)); strings.Contains(got, "That the board notes") || !strings.Contains(got, "That the lakes be kept.") {
		t.Error("the configuration's recommendation does not stand alone")
	}
}

func BenchmarkBuild(b *testing.B) {
	d, err := ParseDefinition(benchBytes(b), nil)
	if err != nil {
		b.Fatal(err)
	}
	p := samplePack()
	for n := range 1000 {
		p.Indicators = append(p.Indicators, indicator(fmt.Sprint("NI ", 1000+n), "Swans", "Lakes", "red", "green", "1", "2"))
	}
	for b.Loop() {
		if _, err := Build(p, Settings{Definition: d}); err != nil {
			b.Fatal(err)
		}
	}
}
