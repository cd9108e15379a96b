package pdf

import (
	"fmt"

	"boardpack/render"
	"boardpack/templates"
)

// The marks of an invented council's scheme.
var (
	green   = render.Mark{Light: "green", Shape: "circle", Word: "Green", Letter: "G"}
	amber   = render.Mark{Light: "amber", Shape: "triangle", Word: "Amber", Letter: "A"}
	red     = render.Mark{Light: "red", Shape: "square", Word: "Red", Letter: "R"}
	blue    = render.Mark{Light: "blue", Shape: "diamond", Word: "Blue", Letter: "B"}
	notDue  = render.Mark{Light: "not due", Shape: "hollow", Word: "Not due"}
	awaited = render.Mark{Light: "awaited", Shape: "hollow", Word: "Awaited"}
	marks   = []render.Mark{blue, green, amber, red, notDue, awaited}
)

const comment = "Take-up rose after the two new sessions opened in January, but the spring figures " +
	"are from a smaller group than usual. The service lead expects the year-end target to be met if " +
	"the third site opens on time, and has asked for weekly counts until then."

func testLook() render.Look {
	look, err := render.ParseLook(templates.Must("look.yaml"))
	if err != nil {
		panic(err)
	}
	return look
}

// bare is a report with furniture and the blocks given.
func bare(blocks ...render.Block) render.Report {
	return render.Report{
		Title: "Places Board: Quarter 4, 2007/08", Short: "Quarter 4, 2007/08",
		Council: "Wexbury Borough Council", Board: "Places Board", Subject: "Quarterly performance",
		Author: "Wexbury Borough Council", Keywords: []string{"performance", "quarter 4"}, Lang: "en-GB",
		Version: "Draft version 2", DataDate: "Data as at 31 March 2008", Date: "2008-03-31",
		Draft: "DRAFT", Edition: "Working edition", Look: testLook(), Blocks: blocks,
		Words: render.Words{Contents: "Contents", Page: "Page %d of %d", Continued: "%s (continued)"},
	}
}

// sample is a whole report of about so many indicator rows.
func sample(rows int) render.Report {
	blocks := opening()
	blocks = append(blocks, summary()...)
	blocks = append(blocks, lists()...)
	blocks = append(blocks, exceptions()...)
	blocks = append(blocks, render.Heading{Level: 2, Text: "Indicators", ID: "indicators"},
		render.Paragraph{Text: "Each indicator with its target and outturn for the year to 31 March 2008."},
		indicators(rows, false))
	blocks = append(blocks, render.Heading{Level: 2, Text: "Actions with comments", ID: "actions"},
		actions(rows/3), render.Heading{Level: 2, Text: "Indicators in full", ID: "wide"},
		render.Paragraph{Text: "The same rows with every quarter."}, indicators(min(rows, 40), true))
	blocks = append(blocks, render.Heading{Level: 2, Text: "Returns not used"}, emptyRisks(),
		render.Paragraph{Style: render.Quiet, Text: "Prepared from 12 returns."})
	return bare(blocks...)
}

func opening() []render.Block {
	return []render.Block{
		render.Heading{Level: 1, Text: "Places Board: Quarter 4, 2007/08 (January to March 2008)"},
		render.Facts{Caption: "About this report", Rows: []render.Fact{
			{Label: "Report to", Value: "Places Board, 24 April 2008"},
			{Label: "Report of", Value: "Head of Policy and Performance"},
			{Label: "Wards affected", Value: "All"},
			{Label: "Classification", Value: "Open"},
		}},
		render.Heading{Level: 2, Text: "Purpose", ID: "purpose"},
		render.Paragraph{Text: "To report progress against the Places plan for 2007/08, and to bring to the board’s attention those actions and indicators that are off course."},
		render.Heading{Level: 2, Text: "Recommendation", ID: "recommendation"},
		render.Paragraph{Text: "That the board notes the position and considers the four exceptions in section 5."},
		render.Paragraph{Style: render.Warn, Text: "Three figures are awaited from partners. The totals below leave them out, and the final version may therefore differ from this draft."},
		render.Contents{},
	}
}

func summary() []render.Block {
	return []render.Block{
		render.PageBreak{},
		render.Heading{Level: 2, Text: "Summary", ID: "summary"},
		render.Paragraph{Style: render.Lead, Text: "10 of 19 actions are complete and 6 are expected by their date; one is red."},
		render.Bars{ID: "chart", Title: "More than half of the actions are complete", Subtitle: "Number of actions and indicators by light",
			Alt: "Actions: 10 blue, 6 green, 1 amber, 1 red, 1 not due. Indicators: 12 green, 5 amber, 3 red, 2 not due, 3 awaited.",
			Key: marks, Rows: []render.Bar{
				{Label: "Actions", Cuts: []int{10, 6, 1, 1, 1, 0}},
				{Label: "Indicators", Cuts: []int{0, 12, 5, 3, 2, 3}},
				{Label: "Actions that partners lead", Cuts: []int{1, 1, 1, 1, 0, 0}},
			}},
		lightTable(),
		render.Key{Caption: "What the lights mean", Head: []string{"Mark", "Actions", "Indicators"},
			Lights: []render.KeyLight{
				{Mark: blue, Action: "Complete", Indicator: "Target met for the year and signed off"},
				{Mark: green, Action: "Expected by its date", Indicator: "At or better than target"},
				{Mark: amber, Action: "Expected, but late by no more than one quarter", Indicator: "Within 5% of target, or improving fast enough to reach it"},
				{Mark: red, Action: "Not expected", Indicator: "Worse than target by more than 5%"},
			}, States: []render.KeyState{
				{Mark: notDue, Text: "Starts later in the year, so no light is given yet."},
				{Mark: awaited, Text: "The figure has not come in from the partner that counts it."},
			}},
	}
}

func lightTable() render.Table {
	t := render.Table{
		ID: "lights", Name: "By light", Caption: "Table 1: Actions and indicators by light", Total: true,
		Columns: []render.Column{{Head: "Light", Width: 3, RowHead: true}, {Head: "Actions", Width: 1, Align: render.Right},
			{Head: "Share", Width: 1, Align: render.Right}, {Head: "Indicators", Width: 1, Align: render.Right}},
		Note: "Shares may not add to 100 because of rounding.",
	}
	g := render.Group{}
	for i, m := range marks[:5] {
		g.Rows = append(g.Rows, render.Row{Cells: []render.Cell{{Text: m.Word, Light: &marks[i]},
			{Text: fmt.Sprint(10 - 2*i)}, {Text: []string{"52.6%", "31.6%", "5.3%", "5%", "–"}[i]}, {Text: fmt.Sprint(12 - i)}}})
	}
	g.Rows = append(g.Rows, render.Row{Cells: []render.Cell{{Text: "Total"}, {Text: "1,019"}, {Text: "100.0%"}, {Text: "25"}}})
	t.Groups = []render.Group{g}
	return t
}

func lists() []render.Block {
	return []render.Block{
		render.Heading{Level: 3, Text: "Needs attention", ID: "attention"},
		render.List{Items: []render.Item{
			{Light: &red, Strong: "PB-004", Text: "Homes brought back into use: 31 against 48", Link: "PB-004"},
			{Light: &amber, Strong: "PB-007", Text: "Waste collected for recycling or composting, in kilograms for each household, where the depot’s scales were out of use in February: 412 against 420", Link: "PB-007"},
			{Light: &awaited, Strong: "PB-009", Text: "Visits to museums", Link: "nowhere"},
		}},
		render.Heading{Level: 3, Text: "Improved"},
		render.List{Items: []render.Item{{Text: "Street lights repaired in four days"}, {Text: "Planning decisions in eight weeks"}}},
		render.List{Numbered: true, Items: []render.Item{{Text: "Ask partners for the awaited figures"}, {Text: "Publish the final version by 30 April 2008"}}},
	}
}

func exceptions() []render.Block {
	blocks := []render.Block{render.Heading{Level: 2, Text: "Exceptions", ID: "exceptions"}}
	charts := []struct {
		run    *render.RunChart
		bullet *render.BulletBar
	}{{run: runChart(8, false)}, {bullet: bulletBar()}, {}, {run: runChart(14, true)}}
	for i, m := range []render.Mark{red, amber, red, amber} {
		blocks = append(blocks, render.Exception{
			ID: fmt.Sprintf("x%d", i), Mark: m, Ref: fmt.Sprintf("PB-00%d", 4+i), Title: "Private homes brought back into use by the council’s action",
			Since: "Was amber last quarter", Figures: []render.Fact{{Label: "Target", Value: "48"}, {Label: "Outturn", Value: "31"},
				{Label: "Last quarter", Value: "29"}, {Label: "Same quarter last year", Value: "44"}},
			Texts: []render.Fact{{Label: "Why", Value: comment}, {Label: "What is being done", Value: "Two officers now visit each empty home.\nA loan for owners opens in May."},
				{Label: "Who", Value: "Housing Renewal Manager"}, {Label: "By when", Value: "30 September 2008"}},
			Run: charts[i].run, Bullet: charts[i].bullet,
		})
	}
	return blocks
}

func indicators(rows int, wide bool) render.Table {
	t := render.Table{
		ID: fmt.Sprint("indicators-", wide), Name: "Indicators", Caption: "Table 2: Indicators, year to 31 March 2008", Wide: wide,
		Columns: []render.Column{{Head: "Ref", Width: 1, NoWrap: true}, {Head: "Indicator", Width: 5, RowHead: true},
			{Head: "Target", Width: 1.2, Align: render.Right}, {Head: "Outturn", Width: 1.2, Align: render.Right},
			{Head: "Light", Width: 1.4}},
		Note: "Figures in brackets are not final.",
	}
	if wide {
		t.Columns = append(t.Columns, render.Column{Head: "Same quarter last year", Width: 1.2, Align: render.Right},
			render.Column{Head: "Commentary", Width: 6, Below: true})
	}
	for i := range rows {
		if i%12 == 0 {
			t.Groups = append(t.Groups, render.Group{Band: fmt.Sprintf("Objective %d: Streets and open spaces that people like to use", i/12+1)})
		}
		g := &t.Groups[len(t.Groups)-1]
		g.Rows = append(g.Rows, indicatorRow(i, wide))
	}
	return t
}

func indicatorRow(i int, wide bool) render.Row {
	m := &marks[i%len(marks)]
	titles := []string{"Visits to libraries for each 1,000 people", "Household waste sent for reuse, recycling or composting, as a share of all that is collected",
		"Homes brought back into use", "Street lights repaired in four days"}
	cells := []render.Cell{{Text: fmt.Sprintf("PB-%03d", i), Link: "x0"}, {Text: titles[i%4]},
		{Text: []string{"1,204", "40.0%", "48", "£1,250.50"}[i%4]}, {Text: []string{"1,187", "38.25%", "31", "−£3.5"}[i%4]},
		{Text: m.Word, Light: m}}
	id := fmt.Sprintf("PB-%03d", i)
	if wide {
		cells = append(cells, render.Cell{Text: "Awaited"}, render.Cell{Text: comment})
		id = ""
	}
	return render.Row{ID: id, Cells: cells}
}

func actions(rows int) render.Table {
	t := render.Table{
		ID: "actions-table", Caption: "Table 3: Actions", Columns: []render.Column{
			{Head: "Ref", Width: 1, NoWrap: true}, {Head: "Action", Width: 6, RowHead: true},
			{Head: "Due", Width: 2}, {Head: "Light", Width: 1.5}, {Head: "Comment", Width: 6, Below: true}},
	}
	g := render.Group{Band: "Objective 1: Clean streets"}
	for i := range rows {
		m := &marks[i%len(marks)]
		c := ""
		if i%3 != 2 {
			c = comment
		}
		g.Rows = append(g.Rows, render.Row{Cells: []render.Cell{{Text: fmt.Sprintf("A%d", i+1)},
			{Text: "Open a third site for garden waste, with a hard surface and a longer entrance road"},
			{Text: "31 March 2008", Date: "2008-03-31"}, {Text: m.Word, Light: m}, {Text: c}}})
	}
	t.Groups = []render.Group{g}
	return t
}

func emptyRisks() render.Table {
	return render.Table{ID: "risks", Caption: "Table 4: Risks", Columns: []render.Column{{Head: "Risk"}}, Empty: "No return has been set aside this quarter."}
}
