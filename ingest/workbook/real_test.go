package workbook

import (
	"slices"
	"testing"

	"boardpack/ingest"
)

// Other people's workbooks, each judged by eye against its sheets. Most are no
// council's returns: what matters is that what can be read is read, that the
// rest is named, and that nothing of them reaches a report unasked.
func TestRealWorkbooksAreReadAsJudgedByEye(t *testing.T) {
	const pf = "communitiesuk+funding-service-design-post-award-data-store/"
	for _, c := range []struct {
		file   string
		period string
		rows   [4]int // actions, indicators, risks, narrative
		checks []string
		not    []string
	}{
		// Counts of lights on two sheets: a summary, and no rows behind it.
		{"banillie+analysis_engine/dca_print.xlsx", "", [4]int{}, []string{"no-table", "sheet-not-read"}, nil},
		// A register of 30 risks at A1, and two sheets that count them.
		{"banillie+analysis_engine/risks.xlsx", "", [4]int{0, 0, 30, 0}, []string{"period-missing", "sheet-not-read"}, nil},
		// Dashboards without references, under headers of several merged rows.
		{"banillie+analysis_engine/test_dashboards_master.xlsx", "", [4]int{}, []string{"no-table", "sheet-not-read"}, nil},
		// A form: projects with two lights each, risks, and lists behind its choices. "Amber/Green" is no one light.
		{pf + "PF_Round_3_Success.xlsx", "2024/25 Q4", [4]int{164, 0, 6, 0}, []string{"column-in-doubt", "light-not-known", "sheet-not-read", "row-not-read"}, []string{"period-contradicts"}},
		// Five projects with three lights as numbers, and a risk register; its outcomes by year are named and not read.
		{pf + "TF_Round_4_Success.xlsx", "2023/24 Q2", [4]int{5, 0, 57, 0}, []string{"column-in-doubt", "sheet-not-read", "table-not-used"}, nil},
		// A comparison of forms: words such as "Next steps" in its cells are no narrative. Nineteen of its
		// lines stand under the names of dates and look like actions; without a period none is used.
		{"data-to-insight+D2I-Jupyter-Notebook-Tools/mega matrix - with analysis.xlsx", "", [4]int{19, 0, 0, 0}, []string{"period-missing", "table-not-used", "sheet-not-read"}, []string{"personal-record"}},
		// Measures by year; three columns have no header, ratios became dates, two columns are hidden.
		{"ptoney514+strategic-plan-app/Pernell Human Resources.xlsx", "", [4]int{0, 17, 0, 0}, []string{"period-missing", "column-in-doubt", "column-hidden", "figure-not-a-number"}, nil},
		// The same in another layout: the year in a column's header is not the workbook's.
		{"ptoney514+strategic-plan-app/Pernell REVISED Technology Strat Plan Update.xlsx", "", [4]int{0, 6, 0, 0}, []string{"period-missing", "column-in-doubt"}, nil},
		// A template of one row that says "text" in every cell.
		{"vulekamali+datamanager/template.xlsx", "", [4]int{}, []string{"no-table"}, nil},
		// A form of twenty sheets whose milestones have dates where lights and figures were looked for.
		{"yulqen+bcompiler-engine/blank_template_password_removed.xlsx", "", [4]int{34, 0, 0, 0}, []string{"light-not-known", "sheet-not-read", "sheet-hidden"}, []string{"personal-record"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			ret, err := Read(c.file, sharedFile(t, "corpora/real/"+c.file), Options{Words: vocabulary(t)})
			if err != nil {
				t.Fatal(err)
			}
			if got := ret.Period.String(); got != c.period {
				t.Errorf("period %q, want %q", got, c.period)
			}
			if got := [4]int{len(ret.Actions), len(ret.Indicators), len(ret.Risks), len(ret.Narrative)}; got != c.rows {
				t.Errorf("rows %v, want %v (actions, indicators, risks, narrative)", got, c.rows)
			}
			if c.period == "" && !ret.Unusable && len(ret.Actions)+len(ret.Indicators)+len(ret.Risks) > 0 {
				t.Error("rows without a period are used")
			}
			for _, check := range c.checks {
				if !hasCheck(ret, check) {
					t.Errorf("no finding of %s", check)
				}
			}
			for _, check := range c.not {
				if hasCheck(ret, check) {
					t.Errorf("a finding of %s", check)
				}
			}
		})
	}
}

func hasCheck(ret ingest.Return, check string) bool {
	return slices.ContainsFunc(ret.Findings, func(f ingest.Finding) bool { return f.Check == check })
}

// Cells of those workbooks, compared by eye with the sheet.
func TestCellsOfRealWorkbooks(t *testing.T) {
	read := func(file string) ingest.Return {
		ret, err := Read(file, sharedFile(t, "corpora/real/"+file), Options{Words: vocabulary(t)})
		if err != nil {
			t.Fatal(err)
		}
		return ret
	}
	tf := read("communitiesuk+funding-service-design-post-award-data-store/TF_Round_4_Success.xlsx")
	// Its lights are numbers from 1 to 5 that the sheet's own rules colour.
	for i, want := range []struct{ title, due, light string }{{"Scala Theatre & Corn Exchange", "2021-01-31", "amber"}, {"8 Angel Street", "2023-01-31", "green"}, {"Vacant Premises Scheme", "2024-03-31", "green"}} {
		if a := tf.Actions[i]; ingest.OneLine(a.Title.Value) != want.title || a.Due.Date.String() != want.due || a.Light.Colour != want.light {
			t.Errorf("project %d is %q, due %s, light %q; want %+v", i, a.Title.Value, a.Due.Date, a.Light.Colour, want)
		}
	}
	pf := read("communitiesuk+funding-service-design-post-award-data-store/PF_Round_3_Success.xlsx")
	for _, a := range pf.Actions[:9] {
		if a.Sheet != "Progress" || a.Light.Colour != "" && a.Light.Text != "Green" && a.Light.Text != "Amber" && a.Light.Text != "Red" {
			t.Errorf("%s!%s has the light %q by %q", a.Sheet, a.Cell, a.Light.Colour, a.Light.Text)
		}
	}
	tech := read("ptoney514+strategic-plan-app/Pernell REVISED Technology Strat Plan Update.xlsx")
	if i := tech.Indicators[2]; i.Ref.Written != "|4.6.1|" || ingest.OneLine(i.Title.Value) != "% positive" || i.Unit.Value != "%" {
		t.Errorf("the third measure is %q %q in %q", i.Ref.Written, i.Title.Value, i.Unit.Value)
	}
}
