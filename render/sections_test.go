package render

import (
	"strings"
	"testing"
)

// styled parses a definition that builds on the plain report.
func styled(t *testing.T, changes string) Definition {
	t.Helper()
	d, err := ParseDefinition([]byte("id: own\nversion: \"1\"\nbuilds_on: plain-report\n"+changes), func(string) ([]byte, error) { return definitionBytes(t), nil })
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func headingsOf(t *testing.T, d Definition, e Edition) []string {
	t.Helper()
	r, err := Build(samplePack(), Settings{Edition: e, Version: 1, Draft: true, Definition: d})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range r.Blocks {
		if h, ok := b.(Heading); ok && h.Level > 1 {
			out = append(out, strings.Repeat("#", h.Level)+" "+h.Text)
		}
	}
	return out
}

// Sections are numbered, anew in each part; what has no number or does not stand there does not count.
func TestNumbersOfSections(t *testing.T) {
	d := styled(t, `
numbering: {sections: "{{.Section}}.0", paragraphs: "{{.Section}}.{{.N}}", tables: "T{{.N}} {{.Text}}"}
sections:
  - {show: title}
  - {show: purpose, heading: First}
  - {show: open, heading: Only officers, unnumbered: true}
  - {show: text, id: nothing, heading: Nobody wrote this}
  - {show: lead, heading: Second}
  - {show: needs attention, heading: Below, level: 3}
  - {show: part, heading: Nothing in it}
  - {show: part, heading: Annex, new_page: true}
  - {show: purpose, heading: First again}
  - {show: risks, heading: Without number, unnumbered: true, landscape: true}
  - {show: part, heading: The end}
  - {show: text, id: neither, heading: Nor this}
`)
	want := "## 1.0 First|## 2.0 Second|### 2.3 Below|## Annex|### 1.0 First again|### Without number"
	if got := strings.Join(headingsOf(t, d, Public), "|"); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := strings.Join(headingsOf(t, d, Working), "|"); !strings.Contains(got, "|## Only officers|## 2.0 Second|") {
		t.Errorf("the working edition: %s", got)
	}
	r, err := Build(samplePack(), Settings{Version: 1, Definition: d})
	if err != nil {
		t.Fatal(err)
	}
	said := dump(r)
	for _, s := range []string{"1.1 ", "2.1 ", "2.2 ", "T1 Risks"} {
		if !strings.Contains(said, s) {
			t.Errorf("the report does not say %q", s)
		}
	}
	for _, b := range r.Blocks {
		if table, ok := b.(Table); ok && !table.Turned {
			t.Errorf("%s stands upright", table.Caption)
		}
	}
}

// The full tables are parted by any property of rows, and officers stand there as the edition may show them.
func TestGroupsOfTables(t *testing.T) {
	tables := func(groups string, e Edition) string {
		d := styled(t, "groups: "+groups+"\nsections:\n  - {show: title}\n  - {show: plans, heading: All}\n")
		r, err := Build(samplePack(), Settings{Edition: e, Version: 1, Definition: d})
		if err != nil {
			t.Fatal(err)
		}
		return dump(r)
	}
	if a, b := tables("{headings: plan, bands: objective}", Public), tables("{headings: objective, bands: plan}", Public); a == b || len(a) == 0 {
		t.Error("the groups make no difference")
	}
	if got := tables("{headings: officer, bands: none}", Public); strings.Contains(got, "Zebedee Quill") {
		t.Error("the public edition names an officer")
	}
	if _, err := ParseDefinition([]byte("id: o\nversion: \"1\"\nbuilds_on: p\ngroups: {headings: colour, bands: none}\n"), func(string) ([]byte, error) { return definitionBytes(t), nil }); err == nil || !strings.Contains(err.Error(), `there is no group "colour"`) {
		t.Errorf("a group that is none: %v", err)
	}
}
