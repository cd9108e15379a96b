package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"boardpack/transform/changes"
)

// changedTable is the table of what changed in a report, nil for none.
func changedTable(t *testing.T, s Settings) (*Table, Report) {
	t.Helper()
	r, err := Build(samplePack(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range r.Blocks {
		if table, ok := b.(Table); ok && strings.HasPrefix(table.Caption, "What differs") {
			return &table, r
		}
	}
	return nil, r
}

func TestWhatChanged(t *testing.T) {
	at := changes.Place{Workbook: "a.xlsx", Sheet: "S", Cell: "A5"}
	s := Settings{Edition: Working, Version: 4, Draft: true, Definition: definition(t)}
	s.Since = &changes.Since{Version: 3, Draft: true, Changes: []changes.Change{
		{Group: changes.Lights, Table: "indicators", What: changes.Changed, Ref: "NI 1", Title: "Homes", Column: "light", Was: "green", Now: "red", WasAt: at, NowAt: at},
		{Group: changes.Figures, Table: "indicators", What: changes.Changed, Ref: "NI 1", Title: "Homes", Column: "year_target", Was: "-1234.50", NowAt: at},
		{Group: changes.Dates, Table: "actions", What: changes.Changed, Title: "Build", Column: "due", Was: "2008-03-31", Now: "ongoing"},
		{Group: changes.Rows, Table: "narrative", What: changes.Gone, Title: "Key Developments", Column: "text", Was: "Homes"},
	}}
	table, r := changedTable(t, s)
	if table == nil {
		t.Fatal("the working edition does not tell what changed")
	}
	var got []string
	for _, g := range table.Groups {
		got = append(got, g.Band)
		for _, row := range g.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			got = append(got, strings.Join(cells, "|"))
		}
	}
	want := []string{"Lights", "NI 1|Indicator|Homes|Light|Green|Red|a.xlsx, S!A5|a.xlsx, S!A5",
		"Figures", "NI 1|Indicator|Homes|Target for the year|−1,234.50|||a.xlsx, S!A5",
		"Dates", "|Action|Build|Due|31 March 2008|ongoing||",
		"Rows that came and went", "|Text|Key Developments|Gone: text|Homes|||"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if cells := table.Groups[0].Rows[0].Cells; cells[4].Light == nil || cells[5].Light.Light != "red" {
		t.Error("a light is not drawn as one")
	}
	if c := table.Groups[1].Rows[0].Cells[4]; c.Number != "-1234.50" {
		t.Errorf("the number is %q", c.Number)
	}
	for _, b := range r.Blocks {
		if h, ok := b.(Heading); ok && h.Text == "What changed since draft version 3" {
			return
		}
	}
	t.Error("no heading names the version")
}

// A draft after a final is held against it by name, also in a definition that has no name for one.
func TestChangesSinceAFinal(t *testing.T) {
	nameless := definition(t)
	nameless.Document.FinalBefore = Text{}
	for want, d := range map[string]Definition{"What changed since the final version 4": definition(t), "What changed since version 4": nameless} {
		r, err := Build(samplePack(), Settings{Edition: Working, Version: 5, Draft: true, Definition: d, Since: &changes.Since{Version: 4}})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(r.Blocks, func(b Block) bool { h, is := b.(Heading); return is && h.Text == want }) {
			t.Errorf("no heading says %q", want)
		}
	}
}

// A final has no draft mark in any words of its own, and nothing to say of what would stop one.
func TestAFinalIsNoDraft(t *testing.T) {
	for _, e := range []Edition{Public, Working} {
		r, err := Build(samplePack(), Settings{Edition: e, Version: 4, Definition: definition(t)})
		if err != nil {
			t.Fatal(err)
		}
		if r.Draft != "" || r.Version != "Version 4" {
			t.Errorf("it is marked %q and says %q", r.Draft, r.Version)
		}
		if said := fmt.Sprint(r); strings.Contains(strings.ToLower(said), "draft") || strings.Contains(said, "stops a final") {
			t.Errorf("the edition %v speaks of a draft, or of what stops a final", e)
		}
	}
}

func TestWhatChangedIsNotToldElsewhere(t *testing.T) {
	one := &changes.Since{Version: 1, Changes: []changes.Change{{Group: changes.Texts, Table: "actions", What: changes.Changed, Title: "SECRET", Column: "comment", Now: "x"}}}
	for name, s := range map[string]*changes.Since{"first version": nil, "nothing differs": {Version: 1}, "not read": {Version: 1, Unread: true}, "public": one} {
		e := Working
		if name == "public" {
			e = Public
		}
		with := Settings{Edition: e, Version: 2, Definition: definition(t), Since: s}
		if table, _ := changedTable(t, with); table != nil {
			t.Errorf("%s: %v", name, table)
		}
	}
}

// A definition made before there were changes is still one; one that shows them says how.
func TestChangesAreOptionalInADefinition(t *testing.T) {
	full := string(definitionBytes(t))
	start := strings.Index(full, "\nchanges:\n")
	end := start + strings.Index(full[start:], "\nlists:\n")
	without := full[:start] + full[end:]
	if _, err := ParseDefinition([]byte(without), nil); err == nil || !strings.Contains(err.Error(), `the section "changes" needs its wording under the key changes`) {
		t.Errorf("%v", err)
	}
	section := `  - {show: changes, heading: "What changed since {{lower .Since}}", new_page: true}` + "\n"
	if _, err := ParseDefinition([]byte(strings.Replace(without, section, "", 1)), nil); err != nil {
		t.Error(err)
	}
	column := strings.Replace(full, "{show: was source,", "{show: was sauce,", 1)
	if _, err := ParseDefinition([]byte(column), nil); err == nil || !strings.Contains(err.Error(), `there is no column "was sauce"`) {
		t.Errorf("%v", err)
	}
}

// A definition may begin with YAML's directives.
func TestDefinitionAfterDirectives(t *testing.T) {
	if d, err := ParseDefinition(append([]byte("%YAML 1.2\n---\n"), definitionBytes(t)...), nil); err != nil || d.ID == "" {
		t.Errorf("the definition is %q: %v", d.ID, err)
	}
}
