package xlsx

import (
	"fmt"
	"testing"

	"boardpack/render"
	"boardpack/templates"
)

// The marks of the invented report.
var (
	green   = render.Mark{Light: "green", Shape: "circle", Word: "Green", Letter: "G"}
	amber   = render.Mark{Light: "amber", Shape: "triangle", Word: "Amber", Letter: "A"}
	red     = render.Mark{Light: "red", Shape: "square", Word: "Red", Letter: "R"}
	notDue  = render.Mark{Light: "not-due", Shape: "hollow", Word: "Not due"}
	awaited = render.Mark{Light: "awaited", Shape: "hollow", Word: "Awaited"}
)

var percent = render.NumberFormat{Decimals: 1, Unit: "%"}

// sample is an invented council's report with every kind of block.
func sample(t testing.TB) render.Report {
	t.Helper()
	look, err := render.ParseLook(templates.Must("look.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return render.Report{
		Title: "Children's Services Board: Quarter 4, 2007/08", Short: "Children's Services, Quarter 4",
		Council: "Marlbeck Borough Council", Board: "Children's Services Board",
		Subject: "Progress of the service plan, January to March 2008", Author: "Performance team",
		Keywords: []string{"performance", "children"}, Lang: "en-GB", Version: "Draft version 1",
		DataDate: "Data as at 31 March 2008", Date: "2008-03-31", Draft: "DRAFT", Edition: "Public edition",
		Words: render.Words{Contents: "Contents", Page: "Page %d of %d", Continued: "%s (continued)",
			SkipLink: "Skip to the report", Notes: "Notes", Back: "Back to contents"},
		Look: look, Blocks: sampleBlocks(),
	}
}

func sampleBlocks() []render.Block {
	return []render.Block{
		render.Heading{Level: 1, Text: "Children's Services Board: Quarter 4, 2007/08", ID: "title"},
		render.Facts{Caption: "About this report", Rows: []render.Fact{
			{Label: "Report to", Value: "Children's Services Board"}, {Label: "Date of meeting", Value: "12 May 2008"},
			{Label: "Report of", Value: "Director of Children's Services"}, {Label: "Wards", Value: "All"}}},
		render.Contents{},
		render.Heading{Level: 2, Text: "1. Purpose", ID: "purpose"},
		render.Paragraph{Text: "This report tells the Board how far the service plan had come by 31 March 2008, and where it needs the Board's attention."},
		render.Paragraph{Text: "One division's figures are estimates until the county's return is published in June.", Style: render.Warn},
		render.Heading{Level: 2, Text: "2. Summary", ID: "summary"},
		render.Paragraph{Text: "10 of 19 actions are complete and 4 are expected by their date; two are red.", Style: render.Lead},
		sampleBars(), sampleCounts(), sampleKey(),
		render.Heading{Level: 3, Text: "Needs attention", ID: "attention"},
		render.List{Items: []render.Item{
			{Light: &red, Strong: "NI 117", Text: "Young people aged 16 to 18 not in education, employment or training: 8.4% against 7.0%.", Link: "NI-117"},
			{Light: &amber, Strong: "CS 3.2", Text: "Open the second family centre: expected in July, three months late.", Link: "CS-3.2"}}},
		render.Heading{Level: 3, Text: "What the Board is asked to do", ID: "asked"},
		render.List{Numbered: true, Items: []render.Item{{Text: "Note the progress in this report."}, {Text: "Consider the two indicators that are red."}}},
		render.PageBreak{},
		render.Heading{Level: 2, Text: "3. Exceptions", ID: "exceptions"},
		sampleException(),
		render.Exception{ID: "exception-CS-3.2", Mark: amber, Ref: "CS 3.2", Title: "Open the second family centre",
			Figures: []render.Fact{{Label: "Due", Value: "30 April 2008"}, {Label: "Expected", Value: "31 July 2008"}},
			Texts:   []render.Fact{{Label: "Why", Value: "The lease was signed late."}}},
		render.Heading{Level: 2, Text: "4. Indicators and actions", ID: "all"},
		render.Heading{Level: 3, Text: "Indicators", ID: "indicators-part"},
		sampleIndicators(),
		render.Heading{Level: 3, Text: "Actions", ID: "actions-part"},
		sampleActions(),
		render.Table{ID: "risks", Name: "Risks", Caption: "Table 4: Risks that changed", Empty: "No risk changed in this quarter.",
			Columns: []render.Column{{Head: "Risk"}}},
	}
}

func sampleBars() render.Bars {
	return render.Bars{ID: "by-light", Title: "More than half of the actions are complete", Subtitle: "Number of actions and indicators by light",
		Alt: "Actions: 10 green, 4 amber, 2 red, 3 not due. Indicators: 14 green, 5 amber, 1 red, 3 awaited.",
		Key: []render.Mark{green, amber, red, notDue, awaited},
		Rows: []render.Bar{{Label: "Actions", Cuts: []int{10, 4, 2, 3, 0}},
			{Label: "Indicators", Cuts: []int{14, 5, 1, 0, 3}}}}
}

func sampleCounts() render.Table {
	row := func(m render.Mark, n, share string) render.Row {
		return render.Row{Cells: []render.Cell{{Text: m.Word, Light: &m},
			{Text: n, Number: n}, {Text: share, Number: share, Format: render.NumberFormat{Decimals: 1}}}}
	}
	return render.Table{ID: "actions-by-light", Name: "Actions by light", Caption: "Table 1: Actions by light", Total: true,
		Columns: []render.Column{{Head: "Light", Width: 2, RowHead: true}, {Head: "Number", Align: render.Right, Width: 1}, {Head: "Share", Align: render.Right, Width: 1}},
		Groups: []render.Group{{Rows: []render.Row{row(green, "10", "52.6"), row(amber, "4", "21.1"), row(red, "2", "10.5"), row(notDue, "3", "15.8"),
			{Cells: []render.Cell{{Text: "All"}, {Text: "19", Number: "19"}, {Text: "100.0", Number: "100", Format: render.NumberFormat{Decimals: 1}}}}}}},
		Note: "Shares are of all actions in the plan, due or not."}
}

func sampleKey() render.Key {
	return render.Key{Caption: "Key to lights", Head: []string{"Light", "Actions", "Indicators"},
		Lights: []render.KeyLight{{Mark: green, Action: "Complete, or expected by its date", Indicator: "Target met"},
			{Mark: amber, Action: "Expected within three months of its date", Indicator: "Missed by less than a tenth of the target"},
			{Mark: red, Action: "Not expected within three months", Indicator: "Missed by a tenth or more"}},
		States: []render.KeyState{{Mark: notDue, Text: "Nothing is due in this quarter."}, {Mark: awaited, Text: "The figure is not published yet."}}}
}

func sampleException() render.Exception {
	return render.Exception{ID: "exception-NI-117", Mark: red, Ref: "NI 117", Title: "Young people aged 16 to 18 not in education, employment or training",
		Since: "Was amber last quarter",
		Figures: []render.Fact{{Label: "Target", Value: "7.0%"}, {Label: "Outturn", Value: "8.4%"},
			{Label: "Last quarter", Value: "7.6%"}, {Label: "Same quarter last year", Value: "7.9%"}},
		Texts: []render.Fact{{Label: "Why", Value: "Two training providers closed in January; 41 young people lost their places.\nMost have an offer for the summer."},
			{Label: "What is being done", Value: "A further provider starts in May with 30 places."},
			{Label: "Officer", Value: "Head of Youth Support"}, {Label: "By when", Value: "30 September 2008"}}}
}

func sampleIndicators() render.Table {
	row := func(id, title, target, out string, m render.Mark, note string) render.Row {
		return render.Row{ID: "NI-" + id, Cells: []render.Cell{{Text: "NI " + id}, {Text: title}, {Text: target + "%", Number: target, Format: percent}, {Text: out + "%", Number: out, Format: percent},
			{Text: m.Word, Light: &m}, {Text: "better"}, {Text: note}}}
	}
	return render.Table{ID: "indicators", Name: "Indicators", Caption: "Table 2: Indicators, Quarter 4, 2007/08", Wide: true,
		Columns: []render.Column{{Head: "Ref", NoWrap: true, RowHead: true, Width: 1}, {Head: "Indicator", Width: 4}, {Head: "Target", Align: render.Right, Width: 1},
			{Head: "Outturn", Align: render.Right, Width: 1.1}, {Head: "Light", Width: 1.2}, {Head: "Direction", Width: 1.2}, {Head: "Comment", Below: true, Width: 4}},
		Groups: []render.Group{
			{Band: "Objective 1: Children are safe", Rows: []render.Row{
				row("68", "Referrals to social care that go on to an initial assessment", "65.0", "71.2", green, "The new front door has been open since October."),
				row("59", "Initial assessments within seven working days", "80.0", "76.1", amber, "Two posts were vacant from January to March; both are filled from April."),
			}},
			{Band: "Objective 2: Young people achieve", Rows: []render.Row{
				row("117", "Young people aged 16 to 18 not in education, employment or training", "7.0", "8.4", red, "Two training providers closed in January. <script>alert(1)</script> & \"quoted\""),
				row("75", "Pupils with five or more good grades, English and mathematics among them", "48.0", "48.0", green, ""),
			}}},
		Note: "Figures are for the quarter unless the comment says otherwise."}
}

func sampleActions() render.Table {
	var rows []render.Row
	for i := 1; i <= 6; i++ {
		ref := fmt.Sprintf("CS 3.%d", i)
		m := []render.Mark{green, amber, notDue}[i%3]
		rows = append(rows, render.Row{ID: fmt.Sprintf("CS-3.%d", i), Cells: []render.Cell{{Text: ref, Link: "exception-CS-3.2"}, {Text: "Open the family centre in ward " + fmt.Sprint(i)},
			{Text: "30 April 2008", Date: "2008-04-30"}, {Text: m.Word, Light: &m}, {Text: "=HYPERLINK(\"http://example.org\")"}}})
	}
	return render.Table{ID: "actions", Name: "Actions", Caption: "Table 3: Actions",
		Columns: []render.Column{{Head: "Ref", NoWrap: true, RowHead: true, Width: 1}, {Head: "Action", Width: 4}, {Head: "Due", Width: 1.5}, {Head: "Light", Width: 1.2}, {Head: "Comment", Below: true, Width: 4}},
		Groups:  []render.Group{{Rows: rows}}}
}
