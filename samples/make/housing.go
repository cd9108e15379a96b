package main

import "time"

var housing = service{"Housing", []group{
	{
		objective: "Objective 1: Safe, warm homes that are let quickly",
		actions: []action{
			{"HSG A01", "Let the contract for the new kitchens and bathrooms programme", day(31, time.August, 2026), "Head of Property Services", "HSG 07", [2]progress{
				{amber, "Five tenders back on 19 June and being scored."},
				{amber, "Award approved by Cabinet on 22 September. Contract to be signed in October."},
			}},
			{"HSG A04", "Inspect all tower and sheltered blocks against the new fire safety standard", day(31, time.December, 2026), "Building Safety Manager", "HSG 06, HSG 13", [2]progress{
				{red, "Only one of two inspectors in post, so three blocks out of 14 done. Post re-advertised."},
				{amber, "Second inspector started in July. 11 of 14 blocks done and the rest are booked."},
			}},
			{"HSG A07", "Set up one line for reporting repairs, with updates by text message", day(30, time.November, 2026), "Repairs Manager", "HSG 03, HSG 04, HSG 05", [2]progress{
				{amber, "Supplier chosen. Testing starts in August."},
				{leftOut, ""},
			}},
			{"HSG A05", "Open a tenants' advice desk at each area office", day(30, time.June, 2026), "Head of Housing", "HSG 07", [2]progress{
				{green, "All three desks open since 8 June."},
				{green, "Completed in Quarter 1. About 90 people a week are using them."},
			}},
		},
		indicators: []indicator{
			{"HSG 01", "Rent collected as a share of rent due", "Income Manager", "High", "%", "", 97.9, 98.5, [2]outturn{
				{nil, 97.2, nil, amber, "Usual dip after the April rent change."}, {nil, 98.6, nil, green, "Direct debit campaign brought in 310 new payers."}}},
			{"HSG 02", "Average time to re-let an empty council home", "Lettings Manager", "Low", "days", "", 29, 26, [2]outturn{
				{nil, 31, nil, amber, ""}, {nil, 34, nil, red, "14 homes needed asbestos removed before they could be let. A second contractor starts on 26 October and we expect 28 days by March."}}},
			{"HSG 03", "Urgent repairs completed within 24 hours", "Repairs Manager", "High", "%", "", pct(.969), wholePct(.97), [2]outturn{
				{nil, pct(.974), nil, green, ""}, {nil, pct(.961), nil, amber, "Two electricians left in August; both posts filled from November."}}},
			{"HSG 04", "Non-urgent repairs completed within 20 working days", "Repairs Manager", "High", "%", "", 90.1, 92, [2]outturn{
				{nil, 88.3, nil, red, "Backlog from the spring gales, mostly roofs and fences."}, {nil, 91.2, nil, amber, "Backlog down from 640 jobs to 120."}}},
			{"HSG 05", "Repairs completed at the first visit", "Repairs Manager", "High", "%", "", 89.4, 90, [2]outturn{
				{nil, 90.8, nil, green, ""}, {nil, 91.3, nil, green, ""}}},
			{"HSG 06", "Council homes with a valid gas safety certificate", "Building Safety Manager", "High", "%", "", "99.8%", "100%", [2]outturn{
				{nil, "99.6%", nil, amber, "18 homes where we could not get in. Court dates set."}, {nil, "100%", nil, green, "Every home now has one."}}},
			{"HSG 07", "Tenants who are satisfied with their home", "Head of Housing", "High", "%", "", 79, 82, [2]outturn{
				{nil, "Annual", nil, none, "Survey goes out in January."}, {nil, "Annual", nil, none, "Survey goes out in January."}}},
			{"HSG 12", "Rent arrears of current tenants as a share of rent due", "Income Manager", "Low", "%", "", 3.4, 3.2, [2]outturn{
				{nil, 3.6, nil, amber, ""}, {nil, 3.5, nil, amber, "Falling since July. On course for year end."}}},
			{"HSG 13", "Council homes that fall below the decent homes standard", "Head of Property Services", "Low", "%", "", 2.3, 2, [2]outturn{
				{nil, 1.8, nil, green, ""}, {nil, "awaited", nil, none, "Stock survey is with the consultant; figure expected by 30 October."}}},
			{"HSG 14", "Energy rating of council homes, average points", "Head of Property Services", "High", "points", "", 70.6, 72, [2]outturn{
				{nil, 71.2, nil, amber, ""}, {nil, nil, nil, none, ""}}},
		},
	},
	{
		objective: "Objective 2: More homes that people can afford",
		actions: []action{
			{"HSG A02", "Complete 24 new council homes at the former Ashlea depot", day(31, time.March, 2027), "Development Manager", "HSG 10", [2]progress{
				{amber, "Groundworks under way."},
				{red, "Ground gas found in August and piling stopped for seven weeks. Handover now expected in June 2027."},
			}},
			{"HSG A06", "Bring 30 long-term empty homes back into use", day(31, time.March, 2027), "Empty Homes Officer", "HSG 11", [2]progress{
				{amber, "Six so far."},
				{amber, "13 so far, and nine more with builders in."},
			}},
		},
		indicators: []indicator{
			{"HSG 10", "Affordable homes completed since 1 April", "Development Manager", "High", "number", "", 77, 85, [2]outturn{
				{nil, 14, nil, amber, ""}, {nil, 39, nil, amber, "48 more are due on site at Millrace Quay by March."}}},
			{"HSG 11", "Long-term empty homes brought back into use since 1 April", "Empty Homes Officer", "High", "number", "", 22, 30, [2]outturn{
				{nil, 6, nil, amber, ""}, {nil, 13, nil, amber, ""}}},
		},
	},
	{
		objective: "Objective 3: Help before anyone loses their home",
		actions: []action{
			{"HSG A03", "Publish the revised allocations policy", day(30, time.September, 2026), "Head of Housing", "HSG 08, HSG 09", [2]progress{
				{amber, "Consultation closed on 5 June with 212 replies."},
				{green, "Adopted by full Council on 17 September."},
			}},
			{"HSG A08", "Review the homelessness prevention fund with the advice agencies", day(31, time.January, 2027), "Housing Options Manager", "HSG 09", [2]progress{
				{amber, "First meeting held in May."},
				{red, ""},
			}},
		},
		indicators: []indicator{
			{"HSG 08", "Households in temporary accommodation at the end of the quarter", "Housing Options Manager", "Low", "number", "", 66, 60, [2]outturn{
				{nil, 71, nil, amber, ""}, {nil, 83, nil, red, "Two large landlords sold up over the summer. We are leasing 15 flats from November, and the prevention fund has been raised for the second half of the year."}}},
			{"HSG 09", "People who came for advice and did not become homeless", "Housing Options Manager", "High", "%", "", 51, 55, [2]outturn{
				{nil, 52, nil, amber, ""}, {nil, 57, nil, green, "Visits at home in the first week are working."}}},
			{"FB 12", "People satisfied with how their report of anti-social behaviour was handled", "Tenancy Services Manager", "High", "%", "", 69, 75, [2]outturn{
				{nil, 71, nil, amber, ""}, {nil, 73, nil, amber, "Shared with Community Safety, who lead."}}},
		},
	},
}}

// letters is how Housing writes lights: the column asks for a letter, and some
// of those who fill it in write the word.
func letters(l light, row int) any {
	switch {
	case l == none:
		return nil
	case row%4 == 1:
		return [...]string{green: "Green", amber: "Amber", red: "Red"}[l]
	}
	return [...]string{green: "G", amber: "A", red: "R"}[l]
}

var (
	housingTitle = look{font: "Calibri", size: 14, bold: true, ink: "1F3864"}
	housingQuiet = look{font: "Calibri", size: 11, italic: true}
	housingHead  = look{font: "Calibri", size: 11, bold: true, fill: "BDD7EE", wrap: true, box: true}
	housingCell  = look{font: "Calibri", size: 11, wrap: true, box: true}
	housingLight = look{font: "Calibri", size: 11, box: true, centre: true}
)

// fillHousing is layout (a): a sheet of actions and a sheet of indicators, with
// title rows above, and lights as letters.
func fillHousing(b *book, q int) {
	b.open("Actions", true, 10, 46, 13, 25, 13, 58)
	housingTitles(b, q, "service plan actions")
	b.line(1, 5, housingHead, "Ref", "Action", "Milestone", "Lead Officer", "Progress (R/A/G)", "Comments")
	row := 6
	for _, a := range housing.actions() {
		said := a.said[q-1]
		if said.light == leftOut {
			continue
		}
		b.line(1, row, housingCell, a.ref, a.title, a.due, a.officer, nil, words(said.comment))
		b.put(5, row, letters(said.light, row), housingLight)
		row++
	}
	b.choices(5, 6, row-1, "R", "A", "G", "Red", "Amber", "Green")
	b.freeze(6)

	b.open("PIs", true, 9, 44, 8, 9, 10, 10, 10, 52)
	housingTitles(b, q, "performance indicators")
	b.line(1, 5, housingHead, "PI Ref", "Definition", "Good is", "Unit", "Target", "Actual", "Traffic light", "Commentary")
	for i, p := range housing.indicators() {
		row, said := 6+i, p.said[q-1]
		b.line(1, row, housingCell, p.ref, p.title, p.good, p.unit, p.target, said.actual, nil, words(said.comment))
		b.put(7, row, letters(said.light, row), housingLight)
	}
	b.choices(7, 6, 5+len(housing.indicators()), "R", "A", "G", "Red", "Amber", "Green")
	b.freeze(6)
}

func housingTitles(b *book, q int, what string) {
	at := quarters[q-1]
	b.put(1, 1, "Housing", housingTitle)
	b.put(1, 2, at.name+" progress 2026/27: "+what, look{font: "Calibri", size: 12, bold: true})
	b.put(1, 3, "Position at "+at.end, housingQuiet)
}

// words is a comment, or an empty cell where there is none.
func words(s string) any {
	if s == "" {
		return nil
	}
	return s
}
