package main

var libraries = service{"Libraries and Culture", []group{
	{
		objective: "Objective 1: Libraries for everyone",
		actions: []action{
			{"LIB A1", "Rewire and refit Hill Top library", "31/12/2026", "Head of Libraries", "LIB 1, LIB 4", [2]progress{
				{amber, "Contractor on site from 20 July."}, {amber, "Rewiring done. Shelving and the children's room are next."}}},
			{"LIB A2", "Move the catalogue to the regional system", "30/06/2026", "Digital Services Librarian", "LIB 7", [2]progress{
				{amber, "Two weeks late: the old records need cleaning first."}, {green, "Switched over on 21 July."}}},
			{"LIB A5", "Start a home library service with volunteers", "31/03/2027", "Community Libraries Manager", "LIB 10", [2]progress{
				{amber, ""}, {amber, "19 volunteers checked and trained; first rounds in October."}}},
		},
		indicators: []indicator{
			{"LIB 1", "Visits to libraries (thousands)", "Head of Libraries", "High", "thousands", "", 408, 420, [2]outturn{
				{100, 103, 103, green, ""}, {105, 101, 204, red, "Hill Top was closed for five weeks for rewiring. It opened again on 28 September."}}},
			{"LIB 2", "Books and other items lent (thousands)", "Head of Libraries", "High", "thousands", "", 597, 610, [2]outturn{
				{150, 158, 158, green, ""}, {155, 154.6, 312.6, green, "As good as met."}}},
			{"LIB 4", "People satisfied with their library", "Head of Libraries", "High", "%", "", "88%", "90%", [2]outturn{
				{nil, "87.5%", nil, amber, "Mostly about opening hours."}, {nil, "91.2% (provisional)", nil, green, "Two libraries' cards still to be counted."}}},
			{"LIB 5", "Children who finish the summer reading challenge", "Community Libraries Manager", "High", "number", "", 1820, 1900, [2]outturn{
				{nil, nil, nil, none, "Runs July to September."}, {nil, 2014, 2014, green, "Best year yet."}}},
			{"LIB 7", "Loans that are e-books, e-audio or e-magazines", "Digital Services Librarian", "High", "%", "", "20.4%", "24%", [2]outturn{
				{nil, "22.1%", nil, amber, ""}, {nil, "24.6%", nil, green, ""}}},
			{"LIB 8", "Cost of a visit to a library", "Head of Libraries", "", "£", "", 3.18, 3.10, [2]outturn{
				{nil, 3.24, nil, none, ""}, {nil, 3.31, nil, none, ""}}},
			{"LIB 10", "Hours given by volunteers", "Community Libraries Manager", "High", "hours", "", 8700, 9000, [2]outturn{
				{2200, 2260, 2260, green, ""}, {2200, 2215, 4475, green, ""}}},
		},
	},
	{
		objective: "Objective 2: Museums, galleries and the theatre",
		actions: []action{
			{"LIB A3", "Open the Fernhill at Work gallery in the museum", "30/09/2026", "Museum Manager", "LIB 3, LIB 9", [2]progress{
				{amber, "Cases ordered."}, {green, "Opened on 5 September with 1,100 visitors in the first weekend."}}},
			{"LIB A4", "Agree a new lease for the Corn Exchange theatre", "31/03/2027", "Head of Culture", "LIB 6", [2]progress{
				{red, "The trust cannot accept the repairing terms."}, {red, "Still no agreement on repairs. A surveyor for both sides reports in December; the lease will slip to summer 2027."}}},
			{"LIB A6", "Scan the parish maps and put them online", "Ongoing", "Museum Manager", "LIB 7", [2]progress{
				{amber, "220 of 900 scanned."}, {amber, "410 of 900 scanned."}}},
		},
		indicators: []indicator{
			{"LIB 3", "Visits to the museum and gallery (thousands)", "Museum Manager", "High", "thousands", "", 91, 96, [2]outturn{
				{22, 21, 21, red, "Gallery closed for the new displays."}, {30, 33.5, 54.5, green, "New gallery opened on 5 September."}}},
			{"LIB 6", "Events held in libraries and museums", "Head of Culture", "High", "number", "", 305, 320, [2]outturn{
				{80, 84, 84, green, ""}, {80, "to be verified", nil, none, "Two sites have not sent their diaries."}}},
			{"LIB 9", "Classes that visited the museum", "Museum Manager", "High", "number", "", 104, 120, [2]outturn{
				{25, 31, 31, green, ""}, {20, nil, nil, none, ""}}},
		},
	},
}}

var (
	libTitle = look{font: "Verdana", size: 14, bold: true, ink: "7030A0"}
	libQuiet = look{font: "Verdana", size: 9, italic: true}
	libHead  = look{font: "Verdana", size: 9, bold: true, fill: "E4DFEC", wrap: true, box: true}
	libCell  = look{font: "Verdana", size: 9, wrap: true, box: true}
	libTotal = look{font: "Verdana", size: 9, bold: true, wrap: true, box: true, fill: "F2F2F2"}
)

// fillLibraries is layout (d): tables that start at B5 under guidance, the
// reference in the second column, figures as text, lights as words, a total
// and notes below. Only the file's name says the quarter.
func fillLibraries(b *book, q int) {
	b.open("Indicators", true, 3, 38, 9, 10, 10, 19, 11, 11, 26, 46)
	libGuidance(b, "Libraries and Culture: indicators", "Please type over last quarter's figures. Leave a cell empty if there is nothing to report.")
	short := [2]string{"Q1", "Q2"}[q-1]
	b.line(2, 5, libHead, "Indicator", "PI ref", "Year target", short+" target", short+" actual", "Year to date", "Status", "Responsible post", "Comment")
	row := 6
	for _, p := range libraries.indicators() {
		said := p.said[q-1]
		b.line(2, row, libCell, p.title, p.ref, p.target, said.target, said.actual, said.toDate, named(said.light), p.officer, words(said.comment))
		row++
	}
	libVisits(b, q, row)
	for i, note := range []string{
		"Notes",
		"1. Visits are counted by sensors at the doors; groups are counted by staff.",
		"2. Figures marked (provisional) are checked before the end of the next quarter.",
	} {
		b.put(2, row+2+i, note, libQuiet)
	}
	libActionSheet(b, q)
}

func libGuidance(b *book, title, guidance string) {
	b.put(2, 2, title, libTitle)
	b.put(2, 3, guidance, libQuiet)
}

// libVisits is the total of libraries and museum that the service likes to see.
func libVisits(b *book, q, row int) {
	sums := [2][4]any{{122, 124, 124}, {135, 134.5, 258.5}}[q-1]
	b.line(2, row, libTotal, "Total visits (thousands)", nil, 516, sums[0], sums[1], sums[2], nil, nil, nil)
}

func libActionSheet(b *book, q int) {
	b.open("Actions", true, 3, 44, 9, 13, 28, 11, 56)
	libGuidance(b, "Libraries and Culture: actions", "Green = done. Amber = will be done by the target date. Red = will not.")
	b.line(2, 5, libHead, "Action", "Ref", "Target date", "Responsible post", "Status", "Comment")
	for i, a := range libraries.actions() {
		said := a.said[q-1]
		b.line(2, 6+i, libCell, a.title, a.ref, a.due, a.officer, named(said.light), words(said.comment))
	}
}

// named is how Libraries gives a light: in a word.
func named(l light) any {
	return [...]any{none: nil, green: "Green", amber: "Amber", red: "Red"}[l]
}
