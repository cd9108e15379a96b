package data

import (
	"strings"
	"time"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/shopspring/decimal"
)

var sourceSum = strings.Repeat("ab", 32)

func source(cell string) transform.Source {
	return transform.Source{Workbook: "2026-27/Q2/SECRET return.xlsx", Sheet: "SECRET sheet", Cell: cell, SHA256: sourceSum}
}

func figureOf(s string) *transform.Figure {
	return &transform.Figure{Number: decimal.RequireFromString(s), Decimals: -1, Source: source("F9")}
}

// invented is a small pack; what the public edition must not hold says SECRET.
func invented() transform.Pack {
	return transform.Pack{
		Council:    "Fernhill Borough Council",
		Board:      transform.Board{ID: "communities", Name: "Communities Board", Officer: transform.OfficerPost},
		Period:     ingest.Period{Year: 2026, Quarter: 2},
		AsAt:       ingest.Date{Year: 2026, Month: time.September, Day: 30},
		Scheme:     transform.Scheme{ID: "completed-expected", Version: "1", Title: "Completed, expected, not expected"},
		Actions:    inventedActions(),
		Indicators: inventedIndicators(),
		Risks: []transform.Risk{
			{Ref: "R 1", Title: "Rents fall behind", Priority: "H", Controls: "Monthly review,\nby ward", Officer: "SECRET J. Name", PublicOfficer: "Head of Housing", RefersTo: []string{"HSG 1", "HSG A1"}, Source: source("A4")},
			{Ref: "R 2", Title: "Flooding", Officer: "SECRET K. Other", LastReview: "Mar 2026", Source: source("A5")},
		},
		Narrative: []transform.Narrative{
			{Directorate: "Communities", Plan: "Housing", Heading: "Key Developments", Theme: "Homes", Text: "Homes: the first \"Ashlea\" plots, 12 in all, are let.", Source: source("A6")},
		},
		Summary: []transform.Count{
			{Kind: "action", Light: transform.Green, Count: 2, Percent: decimal.RequireFromString("66.7"), Denominator: "all", Total: 3},
			{Kind: "action", Light: transform.Amber, Denominator: "all", Total: 3},
			{Kind: "action", Plan: "Housing", Light: transform.Green, Count: 2, Percent: decimal.RequireFromString("100"), Denominator: "all", Total: 2},
			{Kind: "indicator", Plan: "Community Safety", Light: transform.NotReturned, Count: 1, Percent: decimal.RequireFromString("100"), Denominator: "all", Total: 1},
			{Kind: "indicator", Class: "performance", Light: transform.NotReturned, Count: 1, Percent: decimal.RequireFromString("50"), Denominator: "all", Total: 2},
		},
		Movement: []transform.Move{{Kind: "action", Ref: "HSG A1", Title: "Publish the allocations policy", Plan: "Housing", Was: transform.Amber, Now: transform.Green}},
		Findings: []ingest.Finding{{
			Severity: ingest.Query, Check: "action-overdue", Saw: "due 31 August, light A", Advice: "give a new date, or say why",
			Place: ingest.Place{Workbook: "2026-27/Q2/SECRET return.xlsx", Sheet: "Actions", Cell: "A7"},
		}},
	}
}

func inventedActions() []transform.Action {
	return []transform.Action{
		{
			Row: transform.Row{
				Ref: "HSG A1", Title: "Publish the allocations policy", Directorate: "Communities", Plan: "Housing", Objective: "A home for everyone",
				Officer: "SECRET J. Name", PublicOfficer: "Head of Housing", Light: transform.Green, Reason: "completed", Rule: "judgement",
				Computed: transform.Green, Declared: transform.Amber, Override: "SECRET clerk: settled", Previous: transform.Amber, Movement: "amber → green",
				Comment: "Adopted on 17 September.", Source: source("A5"), Trace: []transform.Evidence{{Field: "light", Said: "SECRET"}},
			},
			Due: ingest.Date{Year: 2026, Month: time.September, Day: 30}, Status: "done", Indicators: []string{"HSG 1", "HSG 2"}, Risks: []string{"R 1"},
		},
		{Row: transform.Row{Ref: "HSG A2", Title: "Empty homes", Plan: "Housing", Light: transform.Amber, Movement: "same", Source: source("A6")}, Ongoing: true, Redated: 1},
		{Row: transform.Row{Title: `=HYPERLINK("http://example.org","press")`, Plan: "Housing", Light: transform.NotReturned, Movement: "new", Comment: "-2 posts, from March", Source: source("A7")}},
	}
}

func inventedIndicators() []transform.Indicator {
	one := 1
	return []transform.Indicator{
		{
			Row: transform.Row{
				Ref: "HSG 1", Title: "Change in rent arrears", Plan: "Housing", Officer: "Head of Housing", PublicOfficer: "Head of Housing",
				Light: transform.Green, Reason: "-8.5 meets 0.10", Declared: transform.Green, Previous: transform.Red, Movement: "red → green", Source: source("A9"),
			},
			Class: "performance", Counted: true, Unit: "%", Decimals: &one, Polarity: "low", Target: figureOf("0.10"), YearTarget: figureOf("12e5"),
			Outturn: figureOf("-8.5"), Qualifier: "provisional", YearToDate: figureOf("0"), Direction: "better", ComparedWith: "2026/27 Q1",
		},
		{Row: transform.Row{Ref: "HSG 1", Title: "Change in rent arrears", Plan: "Community Safety", Light: transform.NotReturned, Source: source("A2")}},
	}
}
