package main

import "time"

var environment = service{"Environment", []group{
	{
		objective: "Objective 1: Less waste and more recycling",
		actions: []action{
			{"ENV A01", "Start weekly food waste collections from the first 12,000 homes", "Sept 2026", "Waste Mgr", "ENV 1, ENV 2", [2]progress{
				{amber, "Vehicles on order, delivery 10 August."}, {green, "Started 7 September; 61% of homes put food out in week one."}}},
			{"ENV A02", "Let the garden waste contract again", "Draft - Jul 2026 Award - Jan 2027", "Waste Mgr", "ENV 1", [2]progress{
				{amber, "Specification being drafted."}, {amber, "Draft agreed in July. Bids due back in November."}}},
			{"ENV A03", "Replace the glass banks at the 18 busiest sites", inMonth(time.March, 2027), "Waste Mgr", "ENV 1", [2]progress{
				{amber, "Order placed."}, {red, "A fire at the maker's works means no banks before May 2027. Old ones are being repaired to see us through."}}},
		},
		indicators: []indicator{
			{"ENV 1", "Household waste reused, recycled or composted", "Waste Mgr", "High", "%", "", 46.2, 50, [2]outturn{
				{47, 48.1, nil, green, ""}, {48, 48.9, nil, green, ""}}},
			{"ENV 2", "Waste left over for each household since 1 April", "Waste Mgr", "Low", "kg", "", 452, 440, [2]outturn{
				{110, 114, nil, red, "Wet spring: heavier bins."}, {220, 219, nil, green, "Food waste rounds are already showing."}}},
			{"ENV 3", "Missed bins per 100,000 collections", "Waste Mgr", "Low", "per 100,000", "", 61, 55, [2]outturn{
				{55, 58, nil, red, "Two vehicles off the road in May."}, {55, 71, nil, red, "Crews are still learning the new rounds. Missed bins fell each week in September and should be under 55 by December."}}},
		},
	},
	{
		objective: "Objective 2: Clean streets and green spaces",
		actions: []action{
			{"ENV A04", "Plant 4,000 trees with schools and parish councils", inMonth(time.March, 2027), "Parks and Streets Manager", "ENV 7, ENV 8", [2]progress{
				{amber, "Planting season starts in November."}, {amber, "Sites agreed for 3,300."}}},
			{"ENV A05", "Refurbish the play areas at Brook Lane and Mill Field", "Aug 2026", "Parks and Streets Manager", "ENV 8", [2]progress{
				{red, "Safety surface failed its test and has to be laid again."}, {green, "Both opened again on 14 August."}}},
			{"ENV A06", "Bring the street cleaning rounds under one rota", "Jun 2026", "Parks and Streets Manager", "ENV 4, ENV 5, ENV 6", [2]progress{
				{green, "New rota since 1 June."}, {green, "Done in Quarter 1."}}},
		},
		indicators: []indicator{
			{"ENV 4", "Fly-tips cleared within two working days", "Parks and Streets Manager", "High", "%", "", 93, 95, [2]outturn{
				{95, 95.4, nil, green, ""}, {95, 95, nil, green, ""}}},
			{"ENV 5", "Streets and open spaces with too much litter when inspected", "Parks and Streets Manager", "Low", "%", "", 6, 5, [2]outturn{
				{5.5, 5.1, nil, green, ""}, {5.5, 5.8, nil, amber, "One bad inspection after the carnival weekend. We expect to be back under 5.5 next quarter."}}},
			{"ENV 6", "Offensive graffiti removed within 24 hours", "Parks and Streets Manager", "High", "%", "", 98, 99, [2]outturn{
				{99, 100, nil, green, ""}, {99, 97, nil, red, "Two of 66 jobs were on railway land and waited for access."}}},
			{"ENV 7", "Parks that hold a national quality award", "Parks and Streets Manager", "High", "number", "", 4, 5, [2]outturn{
				{"Annual", nil, nil, none, ""}, {"Annual", nil, nil, none, ""}}},
			{"ENV 8", "Residents satisfied with parks and open spaces", "Parks and Streets Manager", "High", "%", "", 74, 76, [2]outturn{
				{"Annual", nil, nil, none, ""}, {"Annual", nil, nil, none, ""}}},
		},
	},
	{
		objective: "Objective 3: A smaller carbon footprint",
		actions: []action{
			{"ENV A07", "Fit solar panels to the depot and two leisure centres", inMonth(time.December, 2026), "Climate and Energy Manager", "ENV 9", [2]progress{
				{amber, "Roof surveys finished."}, {amber, "Depot done; leisure centres start in October."}}},
			{"ENV A08", "Publish the council's carbon budget beside the money budget each year", "Ongoing", "Climate and Energy Manager", "ENV 9", [2]progress{
				{amber, ""}, {amber, "Next one goes to Cabinet in February."}}},
		},
		indicators: []indicator{
			{"ENV 9", "The council's own carbon emissions since 1 April", "Climate and Energy Manager", "Low", "tonnes", "", 8940, 8500, [2]outturn{
				{2200, 2140, nil, green, ""}, {4100, nil, nil, none, ""}}},
			{"ENV 10", "Public charging points for electric vehicles", "Climate and Energy Manager", "High", "number", "", 22, 40, [2]outturn{
				{25, 24, nil, red, "One site waiting for its grid connection."}, {30, 31, nil, green, ""}}},
			{"ENV 11", "Pupils who walk, wheel or cycle to primary school", "Climate and Energy Manager", "High", "%", "", 53, 58, [2]outturn{
				{nil, 55, nil, amber, "No targets by quarter: counted each half term."}, {nil, 59, nil, green, ""}}},
			{"NI 302", "Local buses that run on time", "Climate and Energy Manager", "High", "%", "", 81, 84, [2]outturn{
				{82, 82.6, nil, green, ""}, {83, 80.1, nil, red, "Bridge Road works. The operator has put on two more buses until they end in December."}}},
		},
	},
}}

// revised is ENV 1 for Quarter 1 as the Quarter 2 workbook gives it, after a
// late weighbridge ticket.
const revised = 47.6

var (
	envTitle   = look{font: "Calibri", size: 16, bold: true, ink: "375623"}
	envHead    = look{font: "Calibri", size: 10, bold: true, fill: "C6E0B4", wrap: true, box: true, centre: true}
	envSection = look{font: "Calibri", size: 11, bold: true, fill: "EDEDED", box: true}
	envCell    = look{font: "Calibri", size: 10, wrap: true, box: true}
)

// shade is how Environment gives a light: by nothing but the cell's colour.
func shade(l light, in look) look {
	in.fill = [...]string{none: "", green: "00B050", amber: "FFC000", red: "FF0000"}[l]
	in.centre = true
	return in
}

// fillEnvironment is layout (c): one workbook for the year that grows, a few
// columns for each quarter under a header of two rows, objectives as rows
// merged across, and lights that stand only in a cell's colour. It says its
// year and leaves the quarter to its folder.
func fillEnvironment(b *book, q int) {
	b.open("PIs", true, 8, 38, 10, 10, 8, 8, 5, 8, 8, 5, 8, 8, 5, 8, 8, 5, 44)
	b.put(1, 1, "Environment: performance indicators 2026/27", envTitle)
	envHeader(b, 3, []any{"Ref", "Definition", "Outturn 2025/26", "Target 2026/27"}, []any{"Target", "Actual", "RAG"}, "Comments")
	row := 5
	for _, g := range environment.groups {
		b.across(1, row, 17, row, g.objective, envSection)
		row++
		for _, p := range g.indicators {
			envIndicator(b, row, q, p)
			row++
		}
	}
	b.freeze(5)
	envActionSheet(b, q)
}

// envHeader writes a header of two rows: columns merged downwards, then the
// same few under each quarter, then perhaps one more column.
func envHeader(b *book, row int, before, each []any, after ...any) {
	col := 1
	for _, head := range before {
		b.across(col, row, col, row+1, head, envHead)
		col++
	}
	for _, name := range []string{"Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4"} {
		b.across(col, row, col+len(each)-1, row, name, envHead)
		b.line(col, row+1, envHead, each...)
		col += len(each)
	}
	for _, head := range after {
		b.across(col, row, col, row+1, head, envHead)
		col++
	}
}

// envIndicator fills one row: targets of all four quarters would be known, but
// officers enter each with its quarter, and colour the empty RAG cell.
func envIndicator(b *book, row, q int, p indicator) {
	b.line(1, row, envCell, p.ref, p.title, p.last, p.target, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, words(p.said[q-1].comment))
	for i := range q {
		said := p.said[i]
		actual := said.actual
		if p.ref == "ENV 1" && i == 0 && q == 2 {
			actual = revised
		}
		b.line(5+3*i, row, envCell, said.target, actual)
		b.put(7+3*i, row, nil, shade(said.light, envCell))
	}
}

// envActionSheet repeats its header under each objective.
func envActionSheet(b *book, q int) {
	b.open("Actions", true, 9, 38, 15, 20, 9, 27, 9, 27, 9, 12, 9, 12)
	b.put(1, 1, "Environment: actions 2026/27", envTitle)
	row := 3
	for _, g := range environment.groups {
		b.across(1, row, 12, row, g.objective, envSection)
		envHeader(b, row+1, []any{"Ref", "Action", "Date to be completed", "Responsible officer"}, []any{"Progress", "Comment"})
		row += 3
		for _, a := range g.actions {
			b.line(1, row, envCell, a.ref, a.title, a.due, a.officer, nil, nil, nil, nil, nil, nil, nil, nil)
			for i := range q {
				b.put(5+2*i, row, nil, shade(a.said[i].light, envCell))
				b.put(6+2*i, row, words(a.said[i].comment), envCell)
			}
			row++
		}
	}
	b.put(1, row+1, "Colour the Progress cell: green = done, amber = will be done by its date, red = will not.", look{font: "Calibri", size: 10, italic: true})
}
