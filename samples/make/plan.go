package main

var (
	planTitle   = look{font: "Calibri", size: 18, bold: true, ink: "1F3864"}
	planHeading = look{font: "Calibri", size: 13, bold: true, ink: "1F3864"}
	planHead    = look{font: "Calibri", size: 10, bold: true, fill: "D9E1F2", wrap: true, box: true}
	planSection = look{font: "Calibri", size: 10, bold: true, fill: "EDEDED", box: true}
	planCell    = look{font: "Calibri", size: 10, wrap: true, box: true}
)

// fillPlan is the plan of the year: a sheet for each service with its actions
// above its indicators, objectives as rows merged across, and the risks. It
// gives titles, targets, dates, officers and what is good; no outturn of the year.
func fillPlan(b *book) {
	b.open("Cover", false, 4, 30, 50)
	b.put(2, 2, "Fernhill Borough Council", planTitle)
	b.put(2, 3, "Service plans 2026/27", planHeading)
	b.line(2, 5, planCell, "Financial year", "2026/27")
	b.line(2, 6, planCell, "Services", "Housing; Community Safety; Environment; Libraries and Culture")
	b.line(2, 7, planCell, "Agreed by", "Cabinet, March 2026")
	for _, s := range []service{housing, safety, environment, libraries} {
		planSheet(b, s)
	}
	planRisks(b)
}

func planSheet(b *book, s service) {
	b.open(s.name, true, 10, 52, 20, 10, 28, 14, 13)
	b.put(1, 1, s.name+": service plan 2026/27", planTitle)
	b.put(1, 3, "Action plan", planHeading)
	b.line(1, 4, planHead, "Ref", "Action", "Date to be completed", nil, "Responsible officer", "Associated PIs", nil)
	b.across(3, 4, 4, 4, "Date to be completed", planHead)
	b.across(6, 4, 7, 4, "Associated PIs", planHead)
	row := 5
	for _, g := range s.groups {
		b.across(1, row, 7, row, g.objective, planSection)
		row++
		for _, a := range g.actions {
			b.line(1, row, planCell, a.ref, a.title, nil, nil, a.officer, nil, nil)
			b.across(3, row, 4, row, a.due, planCell)
			b.across(6, row, 7, row, a.serves, planCell)
			row++
		}
	}
	planIndicators(b, s, row+1)
}

func planIndicators(b *book, s service, row int) {
	b.put(1, row, "Performance indicators", planHeading)
	row++
	b.line(1, row, planHead, "Ref", "Definition", "Unit", "Good is", "Responsible officer", "Outturn 2025/26", "Target 2026/27")
	row++
	for _, g := range s.groups {
		b.across(1, row, 7, row, g.objective, planSection)
		row++
		for _, p := range g.indicators {
			b.line(1, row, planCell, p.ref, p.title, p.unit, words(p.good), p.officer, p.last, p.target)
			row++
		}
	}
}

// planRisks is the part of the council's risk register that the plans refer to.
func planRisks(b *book) {
	b.open("Risks", true, 11, 18, 46, 10, 46, 26, 13, 13, 26)
	b.put(1, 1, "Risks to the service plans 2026/27", planTitle)
	b.line(1, 3, planHead, "Risk ref", "Refers to", "Key risk", "Priority H/M/L", "Controls in place", "Method of review", "Last review", "Next review", "Responsible officer")
	for i, r := range [][]any{
		{"RSK 4.1", "HSG A02", "Building costs or poor ground delay new council homes", "H", "Fixed-price contracts; ground surveys before purchase", "Monthly project board", "Mar 2026", "Sep 2026", "Development Manager"},
		{"RSK 4.3", "HSG 08, HSG 09", "Landlords leave the market and homelessness rises", "H", "Leasing scheme; prevention fund; weekly casework review", "Quarterly by the Head of Housing", "Mar 2026", "Sep 2026", "Head of Housing"},
		{"RSK 5.2", "CSF A02", "Personal data kept in two systems is lost or out of date", "M", "Access reviews; one system by the year's end", "Half-yearly audit", "Feb 2026", "Aug 2026", "Community Safety Manager"},
		{"RSK 6.1", "ENV A01, ENV 3", "New collection rounds fail for lack of drivers or vehicles", "M", "Spare vehicles on hire; agency drivers; daily round reports", "Weekly by the depot team", "Mar 2026", "Oct 2026", "Waste Mgr"},
		{"RSK 6.4", "ENV 9", "Energy prices rise faster than use falls", "M", "Bulk purchase to March 2028; solar programme", "Quarterly with finance", "Jan 2026", "Jul 2026", "Climate and Energy Manager"},
		{"RSK 7.1", "LIB A4", "The theatre closes while its lease is in dispute", "L", "Monthly meetings with the trust; shared survey", "Quarterly by the Head of Culture", "Mar 2026", "Sep 2026", "Head of Culture"},
	} {
		b.line(1, 4+i, planCell, r...)
	}
}
