package data

import (
	"strings"
	"testing"

	"boardpack/render"
)

// pageText is everything that the page says of an edition, by line, with the cells of a row in one.
func pageText(t *testing.T, working bool) string {
	t.Helper()
	var lines []string
	for _, b := range Page(render.Report{}, invented(), working, since()).Blocks {
		switch b := b.(type) {
		case render.Heading:
			lines = append(lines, b.Text)
		case render.Paragraph:
			lines = append(lines, b.Text)
		case render.Table:
			for _, r := range b.Groups[0].Rows {
				var cells []string
				for _, c := range r.Cells {
					cells = append(cells, c.Text)
				}
				lines = append(lines, b.Caption+": "+strings.Join(cells, "|"))
			}
		}
	}
	return strings.Join(lines, "\n")
}

// The page says of every column what datapackage.json says of it, and nothing of others.
func TestPageSaysWhatTheDescriptionSays(t *testing.T) {
	for _, working := range []bool{false, true} {
		page := pageText(t, working)
		d := newPackage(invented(), working, since())
		columns := 0
		for _, r := range d.Resources {
			if !strings.Contains(page, r.Title+" ("+r.Path+")\n"+r.Description) {
				t.Errorf("working %v: the page does not describe %s", working, r.Path)
			}
			for _, f := range r.Schema.Fields {
				columns++
				want := "Columns of " + r.Path + ": " + f.Name + "|" + f.holds() + "|" + strings.TrimSuffix(f.Description, guarded) + "|"
				if !strings.Contains(page, want) {
					t.Errorf("working %v: the page has no %q", working, want)
				}
			}
		}
		if n := strings.Count(page, "Columns of "); n != columns {
			t.Errorf("working %v: the page has %d columns and the description %d", working, n, columns)
		}
		if !working && strings.Contains(page, "findings.csv") || working && !strings.Contains(page, "changes.csv") {
			t.Errorf("working %v: the page is of another edition", working)
		}
	}
}

func TestPageWords(t *testing.T) {
	page := pageText(t, true)
	for _, want := range []string{
		"Columns of summary.csv: percent|Number, in %|",
		"Columns of summary.csv: plan|Text|The plan that is counted; empty is the whole board.|Empty is a value, too.",
		"Columns of actions.csv: first_due|Date|The date that was first promised, where the action has been given another.|Year, month and day: 2026-09-30. May be empty.",
		"Columns of indicators.csv: counted|Yes or no|Whether the row is counted for the board: \"yes\" on one row for each indicator.|yes or no. Never empty.",
		"Columns of indicators.csv: class|Word or code|Whether it measures a whole population or a service's own performance.|One of: population, performance. May be empty.",
		"No two rows have the same kind and plan and class and light (primary key).",
		"Each plan stands in the column plan of summary.csv (foreign key).",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q in\n%s", want, page)
		}
	}
}

// A key is named only where it holds.
func TestKeysThatHold(t *testing.T) {
	keyOf := func(spoil func(*[3]string)) []string {
		p := invented()
		refs := [3]string{"A 1", "A 2", "A 3"}
		spoil(&refs)
		for i := range p.Actions {
			p.Actions[i].Ref = refs[i]
		}
		return newPackage(p, false, nil).Resources[0].Schema.PrimaryKey
	}
	if got := keyOf(func(*[3]string) {}); strings.Join(got, " ") != "ref plan" {
		t.Errorf("the key is %q", got)
	}
	if got := keyOf(func(r *[3]string) { r[1] = "A 1" }); got != nil {
		t.Errorf("the same reference twice: %q", got)
	}
	if got := keyOf(func(r *[3]string) { r[2] = "" }); got != nil {
		t.Errorf("a row without a reference: %q", got)
	}
}
