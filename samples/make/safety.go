package main

import "time"

var safety = service{"Community Safety", []group{
	{
		objective: "Objective 1: Fewer people harmed by crime",
		actions: []action{
			{"CSF A02", "Agree one case management system with the police", day(31, time.October, 2026), "Community Safety Manager", "CSF 06", [2]progress{
				{amber, "Specification agreed with the police in May."},
				{red, "The supplier withdrew in August. Options go to the partnership on 19 November, so this will not be in place before the spring."},
			}},
			{"CSF A04", "Train 120 front-line staff to recognise domestic abuse", day(30, time.September, 2026), "Domestic Abuse Co-ordinator", "CSF 04", [2]progress{
				{amber, "64 trained so far."},
				{green, "131 trained by 25 September."},
			}},
		},
		indicators: []indicator{
			{"CSF 02", "Burglaries of homes per 1,000 households, last 12 months", "Community Safety Manager", "Low", "per 1,000 households", "Population", 7.1, 6.8, [2]outturn{
				{nil, 7.3, nil, red, "A series of 22 in Northgate in May; two people charged."}, {nil, 7.0, nil, amber, "No new series since June. Lock-fitting scheme has reached 340 homes."}}},
			{"CSF 04", "People helped after domestic abuse who are safe a year later", "Domestic Abuse Co-ordinator", "High", "%", "Performance", 71, 74, [2]outturn{
				{nil, "N/A annual", nil, none, ""}, {nil, "N/A annual", nil, none, ""}}},
			{"CSF 07", "Young people's first convictions or cautions per 10,000", "Youth Justice Manager", "Low", "per 10,000", "Population", 21, 19, [2]outturn{
				{nil, 20, nil, amber, ""}, {nil, "Awaited", nil, none, "Figure comes from the youth justice service in November."}}},
			{"NI 301", "People killed or badly hurt on local roads, last 12 months", "Road Safety Officer", "Low", "number", "Population", 34, 32, [2]outturn{
				{nil, 33, nil, amber, ""}, {nil, 31, nil, green, "Lowest since the count began in 2015."}}},
		},
	},
	{
		objective: "Objective 2: Places where people feel safe",
		actions: []action{
			{"CSF A01", "Move the camera control room to the Civic Centre", day(30, time.June, 2026), "CCTV Manager", "CSF 05", [2]progress{
				{green, "Live since 12 May."},
				{green, "Completed in Quarter 1."},
			}},
			{"CSF A03", "Hold six ward walkabouts with residents and the police", day(31, time.March, 2027), "Neighbourhood Co-ordinator", "CSF 01, CSF 03", [2]progress{
				{amber, "One held, in Hill Top."},
				{amber, "Three held. Dates fixed for the others."},
			}},
			{"CSF A05", "Review the public space protection orders in the town centre", day(31, time.December, 2026), "Licensing Manager", "CSF 01", [2]progress{
				{red, "Legal post vacant, so the review has not started."},
				{amber, "Locum solicitor in place since August; consultation opened on 14 September."},
			}},
		},
		indicators: []indicator{
			{"CSF 01", "Incidents of anti-social behaviour per 1,000 residents in the quarter", "Community Safety Manager", "Low", "per 1,000 residents", "Population", 9.8, 9, [2]outturn{
				{nil, 9.4, nil, amber, ""}, {nil, 8.9, nil, green, "Summer patrols in the two parks with most complaints."}}},
			{"CSF 03", "Visitors to the town centre who feel safe after dark", "Neighbourhood Co-ordinator", "High", "%", "Population", 58, 62, [2]outturn{
				{nil, 57, nil, amber, ""}, {nil, 61, nil, amber, "New lighting in Corn Street switched on in July."}}},
			{"CSF 05", "Police requests for camera pictures answered within an hour", "CCTV Manager", "High", "%", "Performance", 88, 92, [2]outturn{
				{nil, 93, nil, green, ""}, {nil, 95, nil, green, ""}}},
			{"CSF 06", "Anti-social behaviour cases closed within 12 weeks", "Community Safety Manager", "High", "%", "Performance", 66, 72, [2]outturn{
				{nil, 69, nil, amber, ""}, {nil, 64, nil, red, "Two of five case workers are on long-term leave. Agency cover from 5 October should clear the oldest cases by January."}}},
			{"CSF 08", "Planned visits to licensed premises that were made", "Licensing Manager", "High", "%", "Performance", 91, 95, [2]outturn{
				{nil, 96, nil, green, ""}, {nil, 93, nil, amber, "Officers were moved to event duty in August; will catch up by December."}}},
			{"FB 12", "People satisfied with how their report of anti-social behaviour was handled", "Community Safety Manager", "High", "%", "Performance", 69, 75, [2]outturn{
				{nil, 71, nil, amber, ""}, {nil, 73, nil, amber, ""}}},
		},
	},
}}

// story is a heading with its paragraphs.
type story struct {
	heading string
	texts   []string
}

var safetyStory = [2][]story{
	{
		{"Key Developments", []string{
			"Cameras: The control room moved to the Civic Centre on 12 May without losing a night's cover. Pictures now reach the police in minutes.",
			"Training: 64 housing, library and leisure staff have had the half-day course on domestic abuse.",
		}},
		{"Emerging Issues", []string{
			"Burglary: 22 homes in Northgate were broken into in May. Two people have been charged, but the rate for the year will take time to come down.",
		}},
	},
	{
		{"Key Developments", []string{
			"Parks: Joint patrols through the school holidays cut reports from Mill Field and the Memorial Gardens by a third against last summer.",
			"Training: The target of 120 staff was passed in September; the course now runs each month for new starters.",
		}},
		{"Emerging Issues", []string{
			"Case management: Our supplier withdrew in August. Until another is found, cases are still kept in two systems, and officers type some of them twice.",
			"Staffing: Long-term sickness among case workers has slowed the closing of cases. Cover starts in October.",
		}},
	},
}

// symbols is how the monitoring form asks for progress.
func symbols(l light) any {
	return [...]any{none: nil, green: "✓", amber: "?", red: "x"}[l]
}

var (
	safetyTitle   = look{font: "Arial", size: 14, bold: true}
	safetyHeading = look{font: "Arial", size: 11, bold: true, fill: "E2EFDA"}
	safetyHead    = look{font: "Arial", size: 10, bold: true, fill: "548235", ink: "FFFFFF", wrap: true, box: true}
	safetyText    = look{font: "Arial", size: 10, wrap: true}
	safetyCell    = look{font: "Arial", size: 10, wrap: true, box: true}
	safetySymbol  = look{font: "Arial", size: 12, bold: true, box: true, centre: true}
)

// fillSafety is layout (b): a sheet that bears the service's name, narrative
// above two tables, and symbols for progress.
func fillSafety(b *book, q int) {
	b.open("Community Safety", true, 10, 46, 13, 11, 11, 11, 10, 58)
	b.put(1, 1, quarters[q-1].name+" monitoring 2026/27", safetyTitle)
	b.put(1, 2, "Community Safety", look{font: "Arial", size: 12, bold: true})
	row := safetyNarrative(b, q, 4)
	row = safetyActions(b, q, row)
	safetyIndicators(b, q, row+1)
}

func safetyNarrative(b *book, q, row int) int {
	for _, s := range safetyStory[q-1] {
		b.across(1, row, 8, row, s.heading, safetyHeading)
		row++
		for _, text := range s.texts {
			b.across(1, row, 8, row, text, safetyText)
			row++
		}
		row++
	}
	return row
}

// safetyActions stands above the indicators and uses their columns, so the
// officer's cell is merged over three of them.
func safetyActions(b *book, q, row int) int {
	b.put(1, row, "Actions", safetyHeading)
	row++
	b.line(1, row, safetyHead, "Ref", "Key action", "Due date", nil, nil, nil, "Progress", "Commentary")
	b.across(4, row, 6, row, "Lead officer", safetyHead)
	for _, a := range safety.actions() {
		row++
		said := a.said[q-1]
		b.line(1, row, safetyCell, a.ref, a.title, a.due, nil, nil, nil, nil, words(said.comment))
		b.across(4, row, 6, row, a.officer, safetyCell)
		b.put(7, row, symbols(said.light), safetySymbol)
	}
	return row + 1
}

func safetyIndicators(b *book, q, row int) {
	b.put(1, row, "Indicators", safetyHeading)
	row++
	b.line(1, row, safetyHead, "Ref", "Description", "Type", "Actual 25/26", "Target 26/27", quarters[q-1].name, "Progress", "Commentary")
	for _, p := range safety.indicators() {
		row++
		said := p.said[q-1]
		b.line(1, row, safetyCell, p.ref, p.title, p.class, p.last, p.target, said.actual, nil, words(said.comment))
		b.put(7, row, symbols(said.light), safetySymbol)
	}
	b.put(1, row+2, "Progress: ✓ met or completed, ? expected by its date, x not expected by its date", look{font: "Arial", size: 9, italic: true})
}
