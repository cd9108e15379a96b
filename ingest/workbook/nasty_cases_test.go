package workbook

import (
	"testing"

	"boardpack/ingest"
)

func nastyWorkbooks() []nasty {
	var out []nasty
	for _, list := range [][]nasty{nastyTables(), nastyRows(), nastyColumns(), nastyFigures(), nastyDates(), nastyLights(), nastyPeriods()} {
		out = append(out, list...)
	}
	return out
}

// nastyTables are workbooks whose tables are hard to find.
func nastyTables() []nasty {
	upper := row{nil, nil, "Quarter 1", nil, nil, "Quarter 2", nil, nil, "Quarter 3", nil, nil}
	triple := row{"Ref", "Indicator", "Target", "Actual", "RAG", "Target", "Actual", "RAG", "Target", "Actual", "RAG"}
	return []nasty{
		{name: "two tables side by side",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Ref", "Action", "Due date", "RAG"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "Red"}).
				put("F3", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 22.5, 21.0}, row{"NI 9", "Use of public libraries", 48, 49})},
			want: []fact{{"LS 1", "due", "2009-03-31", "C4"}, {"LS 2", "light", "red", "D5"}, {"NI 8", "outturn", "21", "I4"}, {"NI 9", "target", "48", "H5"}}},
		{name: "two tables side by side without a gap",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Ref", "Action", "Due date", "RAG", "PI ref", "Indicator", "Target", "Actual"},
					row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green", "NI 8", "Adult participation in sport", 22.5, 21.0},
					row{"LS 2", "Open the new sports hall", "Jun 2009", "Red", "NI 9", "Use of public libraries", 48, 49})},
			want: []fact{{"LS 1", "due", "2009-03-31", "C4"}, {"LS 2", "light", "red", "D5"}, {"NI 8", "outturn", "21", "H4"}, {"NI 9", "target", "48", "G5"}}},
		{name: "two tables side by side whose headers stand in different rows",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A4", row{"Ref", "Action", "Due date", "RAG"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "Red"}).
				put("F3", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 22.5, 21.0}, row{"NI 9", "Use of public libraries", 48, 49})},
			want: []fact{{"LS 1", "due", "2009-03-31", "C5"}, {"LS 2", "light", "red", "D6"}, {"NI 8", "outturn", "21", "I4"}, {"NI 9", "target", "48", "H5"}}},
		{name: "a header cell that looks like a reference",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Ref", "Action", "Due date", "RAG", "Column1", "Phase 2", "Comments"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green", "x"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "Red", nil, "y"}), pis(filler(2)...)},
			want: []fact{{"LS 1", "due", "2009-03-31", "S!C4"}, {"LS 2", "light", "red", "S!D5"}}},
		{name: "two tables below each other with different headers",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", actionHeader, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Head of Leisure", "Green"}).
				put("A6", row{"Performance indicators"}).put("A7", piHeader, row{"NI 8", "Adult participation in sport", "%", 22.5, 21.0, "Red"})},
			want: []fact{{"LS 1", "light", "green", "E4"}, {"NI 8", "outturn", "21", "E8"}, {"NI 8", "light", "red", "F8"}}},
		{name: "two tables below each other without a gap or title",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", actionHeader, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Head of Leisure", "Green"}).
				put("A5", piHeader, row{"NI 8", "Adult participation in sport", "%", 22.5, 21.0, "Red"})},
			want: []fact{{"LS 1", "light", "green", "E4"}, {"NI 8", "outturn", "21", "E6"}, {"NI 8", "light", "red", "F6"}}},
		{name: "the same columns in another order below",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 22.5, 21.0}).
				put("A6", row{"Ref", "Indicator", "Actual", "Target"}, row{"NI 9", "Use of public libraries", 48, 49})},
			want: []fact{{"NI 8", "outturn", "21", "D4"}, {"NI 9", "outturn", "48", "C7"}, {"NI 9", "target", "49", "D7"}}},
		{name: "fields down and projects across",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Ref", "LS 1", "LS 2", "LS 3"}, row{"Action", "Refurbish the pool hall", "Open the new sports hall", "Replace the astroturf"},
					row{"Due date", "Mar 2009", "Jun 2009", "Sept 2009"}, row{"Lead officer", "A Smith", "B Jones", "C Brown"}, row{"RAG", "Green", "Red", "Amber"})},
			want: []fact{{"LS 1", "due", "2009-03-31", "B5"}, {"LS 2", "light", "red", "C7"}, {"LS 3", "light", "amber", "D7"}}},
		{name: "fields down and quarters across",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A2", row{"NI 8 Adult participation in sport"}).
				put("A3", row{nil, "Q1", "Q2", "Q3", "Q4"}, row{"Target", 20, 21, 22, 23}, row{"Actual", 19, 18}, row{"RAG", "Amber", "Red"})},
			want: []fact{{"NI 8", "title", "Adult participation in sport", "A2"}, {"NI 8", "q1 target", "20", "B4"}, {"NI 8", "q1 outturn", "19", "B5"}, {"NI 8", "q2 outturn", "18", "C5"}, {"NI 8", "q2 light", "red", "C6"}, {"NI 8", "q4 target", "23", "E4"}, {"NI 8", "q3 outturn", "", "D5"}}},
		{name: "forms below each other with their comments",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}, row{"Quarter 2 2008/09"}).
				put("B4", row{"Ref:", "NI 8", "Officer:", "Head of Leisure"}, row{"Indicator:", "Adult participation in sport"}, row{"Good is:", "High"}).
				put("B8", row{nil, "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Year end"}, row{"Target", 20, 21, 22, 23, 24}, row{"Actual", 19, 18}, row{"RAG", "A", "R"}).
				put("B13", row{"Commentary:", "Two pools closed."}).
				put("B16", row{"Ref:", "NI 9"}, row{"Indicator:", "Use of public libraries"}).
				put("B19", row{nil, "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Year end"}, row{"Target", 40, 42, 44, 46, 48}, row{"Actual", 41, 43}).
				put("B23", row{"Commentary:", "Ahead of plan."})},
			want: []fact{{"NI 8", "title", "Adult participation in sport", "C5"}, {"NI 8", "officer", "Head of Leisure", "E4"}, {"NI 8", "polarity", "high", "C6"}, {"NI 8", "q2 target", "21", "D9"}, {"NI 8", "q2 outturn", "18", "D10"}, {"NI 8", "q2 light", "red", "D11"}, {"NI 8", "target", "24", "G9"}, {"NI 8", "comment", "Two pools closed.", "C13"},
				{"NI 9", "title", "Use of public libraries", "C17"}, {"NI 9", "q2 target", "42", "D20"}, {"NI 9", "q2 outturn", "43", "D21"}, {"NI 9", "comment", "Ahead of plan.", "C23"}, {"NI 9", "officer", "", "C16"}}},
		{name: "forms with the quarters down",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"NI 8: Adult participation in sport"}).put("A4", row{"Quarter", "Target", "Actual", "RAG", "Comments"}, row{"Q1", 20, 19, "Amber", "Early days"}, row{"Q2", 21, 18, "Red", "Two pools closed"}, row{"Q3", 22}, row{"Q4", 23}).
				put("A10", row{"NI 9: Use of public libraries"}).put("A11", row{"Quarter", "Target", "Actual", "RAG", "Comments"}, row{"Q1", 40, 41, "Green"}, row{"Q2", 42, 43, "Green"}, row{"Q3", 44}, row{"Q4", 46})},
			want: []fact{{"NI 8", "q1 outturn", "19", "C5"}, {"NI 8", "q2 target", "21", "B6"}, {"NI 8", "q2 outturn", "18", "C6"}, {"NI 8", "q2 light", "red", "D6"}, {"NI 9", "title", "Use of public libraries", "A10"}, {"NI 9", "q2 outturn", "43", "C13"}, {"NI 9", "q2 light", "green", "D13"}, {"NI 9", "q3 target", "44", "B14"}}},
		{name: "forms beside each other",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"NI 8", "Adult participation in sport", nil, nil, nil, "NI 9", "Use of public libraries"}).
				put("A4", row{nil, "Q1", "Q2", nil, nil, nil, "Q1", "Q2"}, row{"Target", 20, 21, nil, nil, "Target", 40, 42}, row{"Actual", 19, 18, nil, nil, "Actual", 41, 43})},
			want: []fact{{"NI 8", "q2 outturn", "18", "C6"}, {"NI 9", "q2 outturn", "43", "H6"}}},
		{name: "a sheet for each indicator",
			sheets: []*grid{newGrid("NI 8").put("A1", row{"Leisure Services"}).put("A3", row{"Adult participation in sport"}).put("A4", row{nil, "Q1", "Q2"}, row{"Target", 20, 21}, row{"Actual", 19, 18}),
				newGrid("NI 9").put("A1", row{"Leisure Services"}).put("A3", row{"Indicator", "Use of public libraries"}).put("A4", row{nil, "Q1", "Q2"}, row{"Target", 40, 42}, row{"Actual", 41, 43})},
			want: []fact{{"Adult participation in sport", "q2 outturn", "18", "C6"}, {"Adult participation in sport", "plan", "Leisure Services", "A1"}, {"NI 9", "q2 outturn", "43", "C6"}, {"NI 9", "plan", "Leisure Services", "A1"}, {"NI 9", "title", "Use of public libraries", "B3"}}},
		{name: "the last month of each quarter",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target Mar 09", "Jun-08", "Sep 08", "Dec 2008", "31 March 2009"}, row{"NI 8", "Adult participation in sport", 20, 19, 18})},
			want:   []fact{{"NI 8", "q1 outturn", "19", "D4"}, {"NI 8", "q2 outturn", "18", "E4"}, {"NI 8", "target", "20", "C4"}}},
		{name: "a column for each month",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Apr-08", "May-08", "30 June 2008", "Jul 08", "RAG"}, row{"NI 8", "Adult participation in sport", 20, 19, 18, 17, 16, "R"})},
			want:   []fact{{"NI 8", "outturn", "", "C4"}, {"NI 8", "q1 outturn", "", "F4"}, {"NI 8", "target", "20", "C4"}, {"NI 8", "light", "red", "H4"}}, says: []string{"monthly-figures"}},
		{name: "target and actual in rows, months across",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Measure", "Apr", "May", "Jun", "Jul"}, row{"NI 8", "Adult participation in sport", "Target", 19, 18, 17, 16}, row{nil, nil, "Actual", 9, 8, 7, 6})},
			want:   []fact{{"NI 8", "outturn", "", "D4"}, {"NI 8", "target", "", "D4"}}, says: []string{"monthly-figures"}},
		{name: "headers and lights in two languages",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Cyf / Ref", "Dangosydd / Indicator", "Targed / Target", "Canlyniad / Actual", "Statws / RAG", "Sylwadau / Comments"}, row{"NI 8", "Nofio / Swimming", 20, 18, "Coch / Red", "Dau bwll ar gau"}, row{"NI 9", "Llyfrau / Books", 20, 21, "Gwyrdd / Green"})},
			want:   []fact{{"NI 8", "title", "Nofio / Swimming", "B4"}, {"NI 8", "target", "20", "C4"}, {"NI 8", "outturn", "18", "D4"}, {"NI 8", "light", "red", "E4"}, {"NI 8", "comment", "Dau bwll ar gau", "F4"}, {"NI 9", "light", "green", "E5"}}},
		{name: "a header of target and actual in one",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target / Actual", "RAG"}, row{"NI 8", "Adult participation in sport", "20 / 18", "R"})},
			want:   []fact{{"NI 8", "outturn", "", "C4"}}},
		{name: "a sheet that sums up another",
			sheets: []*grid{newGrid("Summary").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "RAG"}, row{"NI 8", "Adult participation in sport", "Green"}, row{"NI 9", "Use of public libraries", "Red"}),
				newGrid("Data").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual", "RAG"}, row{"NI 8", "Adult participation in sport", 20, 21, "Green"}, row{"NI 9", "Use of public libraries", 40, 38, "Amber"})},
			want: []fact{{"NI 8", "outturn", "21", "D4"}}, says: []string{"row-of-a-summary"},
			check: func(t *testing.T, ret ingest.Return) {
				if n := len(ret.Indicators); n != 3 {
					t.Errorf("%d indicators; the row with another light must stay, the other go", n)
				}
			}},
		{name: "a target for the year so far beside the year's",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Annual target", "Target to date", "Cumulative", "RAG"}, row{"NI 8", "Swims", 400, 200, 190, "A"})},
			want:   []fact{{"NI 8", "target", "400", "C4"}, {"NI 8", "q2 target", "200", "D4"}, {"NI 8", "year to date", "190", "E4"}}},
		{name: "a target for the year so far beside the quarter's figure",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Annual target", "YTD target", "Q2 actual", "YTD actual"}, row{"NI 8", "Swims", 400, 200, 90, 190})},
			want:   []fact{{"NI 8", "target", "400", "C4"}, {"NI 8", "q2 target", "", "D4"}, {"NI 8", "q2 outturn", "90", "E4"}}, says: []string{"column-not-used"}},
		{name: "two columns that could be the title",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Key Task", "Milestone", "Due", "RAG"}, row{"L 1", "Refurbish the pool", "Contractor appointed", "Mar 2009", "A"}, row{"L 2", "Open the gym", "Equipment ordered", "Mar 2009", "A"})},
			want:   []fact{{"L 1", "title", "Refurbish the pool", "B4"}, {"L 2", "title", "Open the gym", "B5"}}},
		{name: "a project over several milestones",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Project", "Milestone", "Due", "RAG"}, row{"L 1.1", "Refurbish the pool", "Contractor appointed", "Mar 2009", "A"}, row{"L 1.2", "Refurbish the pool", "Pool closed", "Mar 2009", "A"})},
			want:   []fact{{"L 1.1", "title", "Contractor appointed", "C4"}, {"L 1.2", "title", "Pool closed", "C5"}, {"L 1.2", "objective", "Refurbish the pool", "B5"}}},
		{name: "a heading above the first header as above the second",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Priority 1: Sport"}, row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 8", "Swims", 20, 21}, row{}, row{"Priority 2: Books"}, row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 9", "Loans", 20, 21})},
			want:   []fact{{"NI 8", "objective", "Priority 1: Sport", "A3"}, {"NI 9", "objective", "Priority 2: Books", "A7"}, {"NI 8", "plan", "Leisure Services", "A1"}}},
		{name: "a column Performance of lights",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Q2 Actual", "Performance"}, row{"NI 8", "Swims", 20, 21, "Green"}, row{"NI 9", "Loans", 20, 19, "Red"})},
			want:   []fact{{"NI 8", "light", "green", "E4"}, {"NI 9", "light", "red", "E5"}, {"NI 9", "q2 outturn", "19", "D5"}}},
		{name: "labels that name the directorate and the service",
			sheets: []*grid{newGrid("S").put("A1", row{"Glanford Borough Council"}, row{"[LOGO]"}, row{"Directorate: Communities", nil}, row{"Service:", "Leisure"}, row{"Reporting period: Quarter 2 2008/09"}).put("A7", row{"Ref", "Indicator", "Target", "Q2 Actual"}, row{"NI 8", "Swims", 20, 21})},
			want:   []fact{{"NI 8", "plan", "Leisure", "A4"}}},
		{name: "narrative in a hidden row and a hidden column",
			sheets: []*grid{func() *grid {
				g := newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Q2 Actual"}, row{"NI 8", "Swims", 20, 21}).
					put("A6", row{"Key developments"}, row{"A pool was opened."}, row{"A member of staff is ill."}).put("F6", row{"Emerging issues"}, row{"A grievance is open."})
				g.hiddenRows[8], g.hiddenCols[6] = true, true
				return g
			}()},
			check: func(t *testing.T, ret ingest.Return) {
				if len(ret.Narrative) != 1 || ret.Narrative[0].Text != "A pool was opened." {
					t.Errorf("narrative %v", ret.Narrative)
				}
			}},
		{name: "a header that comes again with two columns exchanged",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Polarity", "Target", "Actual"}, row{"NI 8", "Swims", "High", 80, 74}).
				put("A6", row{"Ref", "Indicator", "Polarity", "Actual", "Target"}, row{"NI 9", "Loans", "High", 84, 90})},
			want: []fact{{"NI 8", "outturn", "74", "E4"}, {"NI 9", "outturn", "84", "D7"}, {"NI 9", "target", "90", "E7"}}},
		{name: "last quarter's group of columns before this quarter's",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Last quarter", nil, nil, "This quarter"}, row{nil, nil, "Target", "Actual", "RAG", "Target", "Actual", "RAG"},
				row{"NI 8", "Swims", 85, 80, "R", 86, 87, "G"}).merge("A3:A4", "B3:B4", "C3:E3", "F3:H3")},
			want: []fact{{"NI 8", "target", "86", "F5"}, {"NI 8", "outturn", "87", "G5"}, {"NI 8", "light", "green", "H5"}}},
		{name: "another place's group of columns before the council's",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "England", nil, "Council"}, row{nil, nil, "Actual", "Target", "Actual", "Target", "RAG"},
				row{"NI 8", "Swims", 12.7, 12, 9.1, 10, "R"}).merge("A3:A4", "B3:B4", "C3:D3", "E3:G3")},
			want: []fact{{"NI 8", "outturn", "9.1", "E5"}, {"NI 8", "target", "10", "F5"}, {"NI 8", "light", "red", "G5"}}},
		{name: "groups of columns of which nobody knows which is meant",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Northgate", nil, "Lakeside"}, row{nil, nil, "Actual", "RAG", "Actual", "RAG"},
				row{"NI 8", "Swims", 12, "R", 9, "G"}).merge("A3:A4", "B3:B4", "C3:D3", "E3:F3")},
			want: []fact{{"NI 8", "outturn", "", "C4"}, {"NI 8", "light", "", "D4"}}, says: []string{"column-in-doubt"}},
		{name: "last year beside this year, on its side",
			sheets: []*grid{newGrid("S").put("A1", row{"Indicator", "Sickness days"}, row{"Ref", "NI 8"}, row{nil, "Last year", "This year"}, row{"Target", 4.2, 4}, row{"Actual", 4.1, 4.6}, row{"RAG", "Green", "Red"}, row{"Comments", "Fine", "Flu"})},
			want:   []fact{{"NI 8", "target", "4", "C4"}, {"NI 8", "outturn", "4.6", "C5"}, {"NI 8", "light", "red", "C6"}}},
		{name: "two years over the quarters of a form",
			sheets: []*grid{newGrid("S").put("A1", row{"NI 8 Swims"}).put("A2", row{nil, "2007/08", "2008/09"}, row{"Quarter 1", 19, 20}, row{"Quarter 2", 18, 21}, row{"Quarter 3", 17}, row{"Quarter 4", 16})},
			want:   []fact{{"NI 8", "q1 outturn", "20", "C3"}, {"NI 8", "q2 outturn", "21", "C4"}, {"NI 8", "q3 outturn", "", "C5"}}},
		{name: "a list by quarter in which one sent nothing",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Quarter", "Target", "Actual", "RAG"},
				row{"NI 7", "Swims", "Q1", 90, 92, "G"}, row{"NI 7", "Swims", "Q2", 90, 88, "R"}, row{"NI 8", "Visits", "Q1", 40, 44, "G"}, row{"NI 9", "Loans", "Q2", 5, 6, "G"})},
			want: []fact{{"NI 7", "q2 outturn", "88", "E5"}, {"NI 8", "q1 outturn", "44", "E6"}, {"NI 8", "q2 outturn", "", "E6"}, {"NI 8", "outturn", "", "E6"}, {"NI 8", "light", "", "F6"}, {"NI 9", "q2 outturn", "6", "E7"}}},
		{name: "a list by year and quarter in numbers",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Financial year", "Qtr", "Target", "Actual"},
				row{"NI 7", "Swims", "2007/08", 2, 80, 81}, row{"NI 7", "Swims", "2008/09", 1, 90, 92}, row{"NI 7", "Swims", "2008/09", 2, 91, 88})},
			want: []fact{{"NI 7", "q1 outturn", "92", "F5"}, {"NI 7", "q2 outturn", "88", "F6"}, {"NI 7", "q2 target", "91", "E6"}}},
		{name: "a figure of another period than the quarter",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Latest actual", "Latest period"}, row{"NI 8", "Swims", 20, 21, "2007/08"}, row{"NI 9", "Loans", 20, 21, "Q2 2008/09"})},
			told:   []string{"D4"}, says: []string{"figure-of-another-period"}, want: []fact{{"NI 9", "outturn", "21", "D5"}}},
		{name: "footnotes between the rows",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 7", "Swims", 20, 21}, row{"* Data for August missing"}, row{"NI 8", "Visits", 20, 21}, row{"Please note IRS was offline"}, row{"1. Figure revised from last quarter"}, row{"NI 9", "Loans", 20, 21})},
			want:   []fact{{"NI 8", "objective", "", "A5"}, {"NI 9", "objective", "", "A7"}, {"NI 9", "outturn", "21", "D9"}}},
		{name: "a count beside its percentage",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Actual (n)", "Actual (%)", "Target (%)"}, row{"NI 8", "Swims", 412, 91.2, 95})},
			want:   []fact{{"NI 8", "outturn", "91.2", "D4"}, {"NI 8", "target", "95", "E4"}}},
		{name: "first and revised dates",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Original due date", "Revised due date", "Status"}, row{"L 1", "Open the pool", "30/06/2008", "31/01/2009", "In progress"}, row{"L 2", "Open the gym", "31/12/2008", nil, "In progress"})},
			want:   []fact{{"L 1", "due", "2009-01-31", "D4"}, {"L 2", "due", "2008-12-31", "C5"}}},
		{name: "dates that only come near",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due", "RAG"}, row{"L 1", "Open the pool", "mid-Nov 2008", "A"}, row{"L 2", "Open the gym", "early Dec 2008", "A"}, row{"L 3", "Close the bar", "from Oct 2008", "A"}, row{"L 4", "Ask members", "Last reviewed 01/05/2008", "A"})},
			told:   []string{"C4", "C5", "C6", "C7"}},
		{name: "numerators, denominators and percentages in rows",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", nil, "Q1", "Q2"}, row{"NI 8", "Planning applications in time", "Numerator", 6, 7}, row{nil, nil, "Denominator", 9, 10}, row{nil, nil, "Percentage", 66.7, 70})},
			want:   []fact{{"NI 8", "q2 outturn", "70", "E6"}, {"NI 8", "q1 outturn", "66.7", "D6"}}},
		{name: "labels in two pairs of columns",
			sheets: []*grid{newGrid("S").put("A1", row{"Indicator", "Recycling rate", "Ref", "W1"}, row{"Target", "50%", "Last year", "45%"}, row{"Actual", "47%", "RAG", "Amber"}, row{"Comment", "About recycling"}).
				put("A7", row{"Indicator", "Missed bins", "Ref", "W2"}, row{"Target", 60, "Last year", 64}, row{"Actual", 58, "RAG", "Green"})},
			want: []fact{{"W1", "title", "Recycling rate", "B1"}, {"W1", "outturn", "47", "B3"}, {"W1", "light", "amber", "D3"}, {"W1", "last year", "45", "D2"}, {"W1", "comment", "About recycling", "B4"}, {"W2", "outturn", "58", "B9"}, {"W2", "light", "green", "D9"}}},
		{name: "a title with the quarter above a table on its side", file: "Swims.xlsx",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services Q2 2008/09"}).put("A4", row{"Ref", "NI 8", "NI 9"}, row{"Indicator", "Swims", "Gym members"}, row{"Target", 42, 33}, row{"Actual", 43, 30})},
			want:   []fact{{"NI 8", "outturn", "43", "B7"}, {"NI 9", "outturn", "30", "C7"}, {"NI 9", "plan", "Leisure Services", "A1"}},
			check: func(t *testing.T, ret ingest.Return) {
				if ret.Unusable || ret.Period != (ingest.Period{Year: 2008, Quarter: 2}) {
					t.Errorf("period %v, unusable %v", ret.Period, ret.Unusable)
				}
			}},
		{name: "cards beside each other, one a row lower",
			sheets: []*grid{newGrid("S").put("A3", row{"Indicator", "Pool"}, row{"Ref", "SP1"}, row{"Target", 10}, row{"Actual", 9}).
				put("D4", row{"Indicator", "Gym"}, row{"Ref", "SP2"}, row{"Target", 20}, row{"Actual", 22}, row{"RAG", "Green"}, row{"Comments", "Busy"})},
			want: []fact{{"SP1", "outturn", "9", "B6"}, {"SP1", "light", "", "E8"}, {"SP2", "title", "Gym", "E4"}, {"SP2", "outturn", "22", "E7"}, {"SP2", "light", "green", "E8"}}},
		{name: "a card with a status and a light",
			sheets: []*grid{newGrid("S").put("A3", row{"Ref", "A1", "Action", "Open the pool"}, row{"Due", "31/03/2009", "Status", "In progress"}, row{"Owner", "April May", "RAG", "Red"})},
			want:   []fact{{"A1", "light", "red", "D5"}, {"A1", "due", "2009-03-31", "B4"}, {"A1", "officer", "April May", "B5"}}},
		{name: "forms and a table on one sheet",
			sheets: []*grid{newGrid("S").put("A1", row{"Waste Q2 2008/09"}).put("A3", row{"Indicator", "Recycling"}, row{"Ref", "W1"}, row{"Target", 50}, row{"Actual", 47}, row{"RAG", "Amber"}).
				put("A10", row{"Ref", "Indicator", "Target", "Actual", "RAG"}, row{"W3", "Fly tips", 95, 91, "A"}, row{"W4", "Streets", 90, 93, "G"})},
			want: []fact{{"W1", "outturn", "47", "B6"}, {"W1", "light", "amber", "B7"}, {"W3", "outturn", "91", "D11"}}},
		{name: "a cover sheet and a signature", absent: []string{"Quarterly return", "J Example"},
			sheets: []*grid{newGrid("Cover").put("B2", row{"Title", "Quarterly return"}, row{"Status", "Final"}, row{"Author", "June Green"}, row{"Date", "01/10/2008"}),
				newGrid("Data").put("A1", row{"Sport Q2 2008/09"}).put("A3", row{"Ref", "Indicator", "Target", "Actual"}, row{"SP2", "Gym", 20, 22}).put("A8", row{"Name", "J Example"}, row{"Title", "Manager"}, row{"Date", "01/10/2008"})},
			want: []fact{{"SP2", "outturn", "22", "D4"}}},
		{name: "last year and another place in brackets",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target (last year)", "Actual (last year)", "Actual (England)", "Target", "Actual", "RAG"}, row{"P1", "Litter", 100, 90, 70, 110, 120, "G"})},
			want:   []fact{{"P1", "target", "110", "F4"}, {"P1", "outturn", "120", "G4"}, {"P1", "last year", "90", "D4"}}},
		{name: "a neighbour's group of columns before one's own",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "County", nil, "Westmere"}, row{nil, nil, "Actual", "Rank", "Actual", "Target", "RAG"}, row{"P1", "Recycling", 52, 3, 44, 50, "R"}).merge("A3:A4", "B3:B4", "C3:D3", "E3:G3")},
			want:   []fact{{"P1", "outturn", "44", "E5"}, {"P1", "target", "50", "F5"}, {"P1", "light", "red", "G5"}}},
		{name: "areas below an indicator, with a total among them",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Area", "Target", "Actual", "RAG"}, row{"CS1", "Burglary", "North", 40, 38, "G"}, row{nil, nil, "Total", 90, 95, "R"})},
			told:   []string{"E4", "A5"}, says: []string{"figure-of-a-part"}},
		{name: "a revised target that is not one",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Original target", "Revised target", "Actual"}, row{"P1", "Litter", 50, "n/a", 49}, row{"P2", "Grass", 50, 60, 49}, row{"P3", "Trees", 50, "No change", 49})},
			want:   []fact{{"P1", "target", "50", "C4"}, {"P2", "target", "60", "D5"}, {"P3", "target", "50", "C6"}}},
		{name: "a state in words where an indicator's light is wanted",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual", "Status"}, row{"P1", "Litter", 50, 49, "On target"})},
			told:   []string{"E4"}},
		{name: "a grid by quarter that nothing names",
			sheets: []*grid{newGrid("S").put("A1", row{"Quarter 2 2008/09"}).put("A3", row{nil, "Q1", "Q2", "Q3", "Q4"}, row{"Target", 20, 21, 22, 23}, row{"Actual", 19, 18})},
			says:   []string{"form-without-name"}},
		{name: "an indicator in rows of target, actual and light",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Measure", "Q1", "Q2", "Q3", "Q4", "Year end", "Comments"},
				row{"NI 8", "Adult participation in sport", "Target", 20, 21, 22, 23, 24, "Two pools closed"}, row{nil, nil, "Actual", 19, 18, nil, nil, 18}, row{nil, nil, "RAG", "A", "R"},
				row{"NI 9", "Use of public libraries", "Target", 40, 42, 44, 46, 48}, row{nil, nil, "Actual", 41, 43, nil, nil, 43}, row{nil, nil, "RAG", "G", "G"}).merge("A4:A6", "B4:B6")},
			want: []fact{{"NI 8", "q1 outturn", "19", "D5"}, {"NI 8", "q2 target", "21", "E4"}, {"NI 8", "q2 outturn", "18", "E5"}, {"NI 8", "q2 light", "red", "E6"}, {"NI 8", "target", "24", "H4"}, {"NI 8", "year to date", "18", "H5"}, {"NI 8", "comment", "Two pools closed", "I4"},
				{"NI 9", "q2 outturn", "43", "E8"}, {"NI 9", "q2 light", "green", "E9"}, {"NI 9", "q4 target", "46", "G7"}, {"NI 9", "comment", "", "I7"}}},
		{name: "an indicator in rows whose names are repeated, under objectives",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "", "Quarter 1", "Quarter 2"}, row{"Get more people active"},
				row{"NI 8", "Adult participation in sport", "Actual", 19, 18}, row{"NI 8", "Adult participation in sport", "Target", 20, 21},
				row{"Read more"}, row{"NI 9", "Use of public libraries", "Actual", 41, 43}, row{"NI 9", "Use of public libraries", "Target", 40, 42})},
			want: []fact{{"NI 8", "q2 target", "21", "E6"}, {"NI 8", "q2 outturn", "18", "E5"}, {"NI 8", "objective", "Get more people active", "A4"}, {"NI 9", "q2 outturn", "43", "E8"}, {"NI 9", "q2 target", "42", "E9"}, {"NI 9", "objective", "Read more", "A7"}}},
		{name: "an indicator that says its actual twice",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Measure", "Q1", "Q2"}, row{"NI 8", "Adult participation in sport", "Target", 20, 21}, row{nil, nil, "Actual", 19, 18}, row{nil, nil, "Actual", 17, 16})},
			says:   []string{"rows-of-one-indicator"}, absent: []string{"NI 8"}},
		{name: "a row for each quarter",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Quarter", "Target", "Actual", "RAG", "Comments"},
				row{"NI 8", "Adult participation in sport", "Q1", 20, 19, "A", "Early days"}, row{"NI 8", "Adult participation in sport", "Q2", 21, 18, "R", "Two pools closed"}, row{"NI 8", "Adult participation in sport", "Q3", 22},
				row{"NI 9", "Use of public libraries", "Q1", 40, 41, "G"}, row{"NI 9", "Use of public libraries", "Q2", 42, 43, "G"}, row{"NI 9", "Use of public libraries", "Q3", 44})},
			want: []fact{{"NI 8", "q1 outturn", "19", "E4"}, {"NI 8", "q2 outturn", "18", "E5"}, {"NI 8", "q2 light", "red", "F5"}, {"NI 8", "q2 target", "21", "D5"}, {"NI 9", "q2 outturn", "43", "E8"}, {"NI 9", "q3 target", "44", "D9"}}},
		{name: "milestones of one action with a quarter each",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Milestone", "By when", "Progress"},
				row{"LS 1", "Refurbish the pool", "Appoint a contractor", "Q1", "Green"}, row{nil, nil, "Close the pool", "Q2", "Amber"}, row{"LS 2", "Open the gym", "Order equipment", "Q2", "Green"})},
			says: []string{}},
		{name: "one small table for each indicator",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Indicator", "Target", "Actual", "RAG"}, row{"Adult participation in sport", 22.5, 21.0, "Red"}).
				put("A6", row{"Indicator", "Target", "Actual", "RAG"}, row{"Use of public libraries", 48, 49, "Green"})},
			want: []fact{{"Adult participation in sport", "outturn", "21", "C4"}, {"Use of public libraries", "outturn", "49", "C7"}}},
		{name: "triples of columns for each quarter",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", upper, triple,
				row{"NI 8", "Adult participation in sport", 20, 19, "R", 21, 22, "G", 22}, row{"NI 9", "Use of public libraries", 40, 41, "G", 42, 40, "A", 44}).merge("C3:E3", "F3:H3", "I3:K3")},
			want: []fact{{"NI 8", "q1 outturn", "19", "D5"}, {"NI 8", "q2 outturn", "22", "G5"}, {"NI 8", "q2 light", "green", "H5"}, {"NI 9", "q1 target", "40", "C6"}, {"NI 9", "q2 target", "42", "F6"}, {"NI 9", "q2 light", "amber", "H6"}, {"NI 9", "q3 target", "44", "I6"}}},
		{name: "pairs under headings that say performance",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Q1 performance", nil, "Quarter 2 outturn", nil}, row{nil, nil, "Target", "Actual", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 20, 19, 21, 22}, row{"NI 9", "Use of public libraries", 40, 41, 42, 40}).merge("A3:A4", "B3:B4", "C3:D3", "E3:F3")},
			want:   []fact{{"NI 8", "q1 outturn", "19", "D5"}, {"NI 8", "q2 outturn", "22", "F5"}, {"NI 9", "q2 target", "42", "E6"}}},
		{name: "triples under headings that are not merged",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", upper, triple,
				row{"NI 8", "Adult participation in sport", 20, 19, "R", 21, 22, "G", 22}, row{"NI 9", "Use of public libraries", 40, 41, "G", 42, 40, "A", 44})},
			want: []fact{{"NI 8", "q1 outturn", "19", "D5"}, {"NI 8", "q2 outturn", "22", "G5"}, {"NI 8", "q2 light", "green", "H5"}, {"NI 9", "q2 target", "42", "F6"}}},
		{name: "a header of three rows",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).
				put("A3", row{"Ref", "Indicator", "2008/09", nil, nil, nil, "Comments"}, row{nil, nil, "Quarter 1", nil, "Quarter 2", nil}, row{nil, nil, "Target", "Actual", "Target", "Actual"},
					row{"NI 8", "Adult participation in sport", 20, 19, 21, 22}).merge("A3:A5", "B3:B5", "C3:F3", "C4:D4", "E4:F4", "G3:G5")},
			want: []fact{{"NI 8", "q1 outturn", "19", "D6"}, {"NI 8", "q2 target", "21", "E6"}, {"NI 8", "q2 outturn", "22", "F6"}}},
		{name: "a table far right and below, and a used range beyond",
			sheets: []*grid{func() *grid {
				g := newGrid("S").put("A1", row{"Leisure Services"}).put("AB60", piHeader, row{"NI 8", "Adult participation in sport", "%", 22.5, 21.0, "Red"})
				g.put("XFD1048576", row{gcell{format: "0.0"}})
				g.used = "A1:XFD1048576"
				return g
			}()},
			want: []fact{{"NI 8", "outturn", "21", "AF61"}}},
		{name: "two services on one sheet, each with its name above",
			sheets: []*grid{newGrid("S").put("A1", row{"Quarter 2 monitoring 2008/09"}).
				put("A3", row{"Library Service"}).put("A4", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 9", "Use of public libraries", 48, 49}).
				put("A8", row{"Sports Development"}).put("A9", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 22.5, 21.0})},
			file: "return Q2 2008-09.xlsx",
			want: []fact{{"NI 9", "plan", "Library Service", "A3"}, {"NI 8", "plan", "Sports Development", "A8"}, {"NI 8", "outturn", "21", "D10"}}},
		{name: "a key beside the table",
			sheets: []*grid{pis(filler(4)...).put("I3", row{"RAG", "Meaning"}, row{"Green", "On target"}, row{"Amber", "Within 5% of the target"}, row{"Red", "More than 5% from the target"})},
			want:   []fact{{"LPI 1", "light", "green", "F4"}, {"LPI 2", "light", "amber", "F5"}}, absent: []string{"On target", "Within 5% of the target"}},
		{name: "a key below the table, in its columns",
			sheets: []*grid{pis(filler(4)...).put("A10", row{"Key"}, row{"Green", "On target"}, row{"Amber", "Within 5% of the target"}, row{"Red", "More than 5% from the target"})},
			want:   []fact{{"LPI 1", "light", "green", "F4"}}, absent: []string{"Green", "Amber", "On target"}},
		{name: "a key right below the table without a heading",
			sheets: []*grid{pis(filler(4)...).put("A8", row{"G", "On target"}, row{"A", "Within 5% of the target"}, row{"R", "More than 5% from the target"})},
			want:   []fact{{"LPI 1", "light", "green", "F4"}}, absent: []string{"G", "A", "On target"}},
		{name: "a list of initials beside the table",
			sheets: []*grid{actions(fillerActions(4)...).put("H3", row{"Initials", "Name", "Post"}, row{"JS", "Jo Smith", "Head of Leisure"}, row{"AB", "Al Brown", "Director"})},
			want:   []fact{{"LS 1", "officer", "Head of Leisure", "D4"}}, absent: []string{"JS", "Jo Smith"}},
		{name: "a list of initials below the table, in its columns",
			sheets: []*grid{actions(fillerActions(4)...).put("A9", row{"JS", "Jo Smith"}, row{"AB", "Al Brown"})},
			want:   []fact{{"LS 4", "officer", "Head of Leisure", "D7"}}, absent: []string{"JS", "Jo Smith"}},
		{name: "months as columns",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Apr", "May", "Jun", "Jul", "Aug", "Sep"}, row{"NI 8", "Adult participation in sport", 22, 20, 21, 22, 21, 20, 19}, row{"NI 9", "Use of public libraries", 48, 47, 48, 46, 47, 47, 49})},
			want:   []fact{{"NI 8", "outturn", "", "I4"}}, told: []string{"D3"}},
		{name: "a hidden sheet, hidden rows and a hidden column",
			sheets: []*grid{func() *grid {
				g := newGrid("Old").put("A1", piHeader, row{"NI 1", "Last year's row", "%", 1, 2, "Red"})
				g.hidden = true
				return g
			}(), newGrid("PIs").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Q2 actual", "Q2 actual", "RAG"}, row{"NI 8", "Adult participation in sport", 22, 55, 21, "Red"}, row{"NI 9", "Use of public libraries", 48, 66, 47, "Amber"}).hideRows(5).hideCols(4)},
			want:   []fact{{"NI 8", "outturn", "21", "E4"}},
			absent: []string{"NI 1", "NI 9"}, says: []string{"sheet-hidden", "row-left-out"}},
		{name: "a word in an unread table that is a narrative heading elsewhere",
			sheets: []*grid{pis(filler(3)...), newGrid("Forms").put("A1", row{"Question", "Croydon", "Essex"}, row{"Next steps", "Select an action", "Placement record"}, row{"Item 901", "Set priority", "Urgent, normal, low"})},
			check: func(t *testing.T, ret ingest.Return) {
				if len(ret.Narrative) > 0 {
					t.Errorf("WRONG IN SILENCE: cells of a table became narrative: %+v", ret.Narrative)
				}
			}},
		{name: "a second sheet with a table that is not understood",
			sheets: []*grid{pis(filler(3)...), newGrid("Outputs").put("B2", row{"Intervention theme", "Output", "Grand total", "Variance"}, row{"Skills", "Learners helped", 20, 0.1}, row{"Jobs", "Jobs made safe", 30, 0.2}, row{"Homes", "Homes built", 40, 0.3})},
			check: func(t *testing.T, ret ingest.Return) {
				for _, f := range ret.Findings {
					if f.Sheet == "Outputs" {
						return
					}
				}
				if _, found := rowOf(ret, "Learners helped"); !found {
					t.Error("WRONG IN SILENCE: nothing is said of sheet Outputs")
				}
			}},
		{name: "a row that marks the end", sheets: []*grid{actions(append(fillerActions(3), row{"END", "END", "END", "END", "END"})...)}, absent: []string{"END"}},
		{name: "a contents sheet that looks like a table",
			sheets: []*grid{newGrid("Contents").put("A1", row{"Ref", "Title", "Lead officer"}, row{1, "Leisure Services", "A Smith"}, row{2, "Libraries", "B Jones"}), pis(filler(3)...)},
			want:   []fact{{"LPI 1", "outturn", "101", "PIs!E4"}}, absent: []string{"Leisure Services"}},
	}
}

// nastyRows are tables whose rows are not all data.
func nastyRows() []nasty {
	return []nasty{
		{name: "sections merged, unmerged and in the second column",
			sheets: []*grid{actions(row{"Be Healthy"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", "Green"}, row{nil, "Stay Safe"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "B Jones", "Red"}, row{"Enjoy"}, row{"LS 3", "Replace the astroturf", "Jun 2009", "B Jones", "Red"}).merge("A4:F4")},
			want:   []fact{{"LS 1", "objective", "Be Healthy", "A4"}, {"LS 2", "objective", "Stay Safe", "B6"}, {"LS 3", "objective", "Enjoy", "A8"}}},
		{name: "an action with nothing but its title",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Action", "Due date", "Lead officer", "RAG"}, row{"Refurbish the pool hall", "Mar 2009", "A Smith", "Green"}, row{"Open the new sports hall at Mill Lane"}, row{"Replace the astroturf", "Jun 2009", "B Jones", "Red"})},
			want:   []fact{{"Open the new sports hall at Mill Lane", "light", "", "A5"}}},
		{name: "parents merged downwards over several actions",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Objective", "Ref", "Action", "Due date", "Lead officer", "RAG"},
				row{"Be Healthy", "LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", "Green"}, row{nil, "LS 2", "Open the new sports hall", "Jun 2009", nil, "Red"}, row{"Stay Safe", "LS 3", "Replace the astroturf", "Jun 2009", "B Jones", "Amber"}).merge("A4:A5", "E4:E5")},
			want: []fact{{"LS 2", "objective", "Be Healthy", "A4"}, {"LS 2", "officer", "A Smith", "E4"}, {"LS 3", "objective", "Stay Safe", "A6"}}},
		{name: "parents left empty below the first",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Objective", "Ref", "Action", "Due date", "RAG"},
				row{"Be Healthy", "LS 1", "Refurbish the pool hall", "Mar 2009", "Green"}, row{nil, "LS 2", "Open the new sports hall", "Jun 2009", "Red"}, row{"Stay Safe", "LS 3", "Replace the astroturf", "Jun 2009", "Amber"})},
			want: []fact{{"LS 1", "objective", "Be Healthy", "A4"}, {"LS 3", "objective", "Stay Safe", "A6"}, {"LS 2", "light", "red", "E5"}}},
		{name: "milestones below an action, its reference merged downwards",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Milestone", "Due date", "RAG"},
				row{"LS 1", "Refurbish the pool hall", "Appoint the architect", "Sept 2008", "Green"}, row{nil, nil, "Start on site", "Mar 2009", "Red"}).merge("A4:A5", "B4:B5")},
			want: []fact{{"LS 1#1", "light", "green", "E4"}, {"LS 1#2", "light", "red", "E5"}, {"LS 1#2", "due", "2009-03-31", "D5"}}},
		{name: "a title that runs on into the next row",
			sheets: []*grid{actions(row{"LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", "Green", "On site since"}, row{nil, "and the changing rooms", nil, nil, nil, "September"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "B Jones", "Red"})},
			want:   []fact{{"LS 1", "title", "Refurbish the pool hall and the changing rooms", "B5"}, {"LS 2", "objective", "", "B5"}}, absent: []string{"and the changing rooms"}},
		{name: "a title alone that runs on into the next row",
			sheets: []*grid{actions(row{"LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", "Green"}, row{nil, "and the changing rooms"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "B Jones", "Red"})},
			want:   []fact{{"LS 1", "title", "Refurbish the pool hall and the changing rooms", "B5"}, {"LS 2", "objective", "", "B5"}}},
		{name: "totals among rows, and titles that begin with such words",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Indicator", "Target", "Actual", "RAG"}, row{"Total number of visits", 100, 90, "Red"}, row{"Average (mean) days to mend a light", 5, 4, "Green"}, row{"Total - all recorded crime", 50, 60, "Red"}, row{"Mean: time to answer", 9, 8, "Green"}, row{"Total", 164, 162})},
			want:   []fact{{"Total number of visits", "outturn", "90", "C4"}, {"Average (mean) days to mend a light", "outturn", "4", "C5"}, {"Total - all recorded crime", "outturn", "60", "C6"}, {"Mean: time to answer", "outturn", "8", "C7"}}, absent: []string{"Total"}},
		{name: "references that look like words for examples, notes and totals",
			sheets: []*grid{pis(row{"EG 1", "New businesses started", "number", 10, 11, "Green"}, row{"EG2", "Jobs created", "number", 50, 40, "Red"}, row{"NB 1", "Newborn visits", "%", 90, 91, "Green"}, row{"KEY 1", "Keyholders trained", "number", 5, 6, "Green"})},
			want:   []fact{{"EG 1", "outturn", "11", "E4"}, {"EG2", "outturn", "40", "E5"}, {"NB 1", "outturn", "91", "E6"}, {"KEY 1", "outturn", "6", "E7"}}},
		{name: "an example row inside the data",
			sheets: []*grid{pis(append([]row{{"e.g. NI 1", "Example: people who agree", "%", 50, 51, "Green"}, {"NI 00", "EXAMPLE - replace with your own", "%", 50, 51, "Green"}}, filler(3)...)...)},
			want:   []fact{{"LPI 1", "outturn", "101", "E6"}}, absent: []string{"e.g. NI 1", "NI 00"}},
		{name: "an example whose reference stands in the last column",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Action", "Due date", "RAG", "Ref"}, row{"Refurbish something", "Mar 2009", "Green", "e.g. LS 9"}, row{"Refurbish the pool hall", "Mar 2009", "Green", "LS 1"}, row{"Open the new sports hall", "Jun 2009", "Red", "LS 2"})},
			want:   []fact{{"LS 1", "light", "green", "C5"}}, absent: []string{"e.g. LS 9", "Refurbish something"}},
		{name: "placeholders alone in their rows",
			sheets: []*grid{actions(row{"LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", "Green"}, row{"-"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "B Jones", "Red"}, row{nil, nil, nil, "n/a"}, row{"LS 3", "Replace the astroturf", "Jun 2009", "C Brown", "Red"}, row{nil, "TBC"}, row{"LS 4", "Mend the roof", "Jun 2009", "C Brown", "Red"})},
			want:   []fact{{"LS 2", "objective", "", "A5"}, {"LS 2", "officer", "B Jones", "D6"}, {"LS 3", "title", "Replace the astroturf", "B8"}, {"LS 4", "objective", "", "B9"}}},
		{name: "rows struck through",
			sheets: []*grid{pis(row{struck("NI 1"), struck("Dropped measure"), struck("%"), gcell{typ: 'n', v: "50", strike: true}, gcell{typ: 'n', v: "51", strike: true}}, row{"NI 2", "Half struck", "%", 50, gcell{typ: 'n', v: "51", strike: true}, "Green"}, row{"NI 3", struck("Dropped but for its reference"), struck("%"), gcell{typ: 'n', v: "50", strike: true}, gcell{typ: 'n', v: "51", strike: true}, struck("Red")})},
			want:   []fact{{"NI 2", "outturn", "", "E5"}, {"NI 3", "outturn", "", "E6"}}, absent: []string{"NI 1"}, says: []string{"row-left-out"}},
		{name: "rows of a template that nobody filled in",
			sheets: []*grid{pis(append(filler(2), row{"< Ref >", "< Enter the indicator >", "< Select >"}, row{"LPI 9", nil, "< Select >", nil, nil, "< Select >"}, row{"X", "X", "X", "X", "X"})...)},
			absent: []string{"< Ref >", "X"}},
		{name: "no column of references",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Measure of success", "Annual target", "Quarter 2", "Status"}, row{"Visits to pools", 1000, 450, "Amber"}, row{"Books issued", 2000, 1200, "Green"})},
			want:   []fact{{"Visits to pools", "outturn", "450", "C4"}, {"Books issued", "light", "green", "D5"}}},
		{name: "references that are numbers",
			sheets: []*grid{actions(row{1.1, "Refurbish the pool hall", "Mar 2009", "A Smith", "Green"}, row{gcell{typ: 'n', v: "1.1", format: "0.00"}, "Open the new sports hall", "Jun 2009", "B Jones", "Red"}, row{day("2008-02-01", "d-mmm"), "Replace the astroturf", "Jun 2009", "B Jones", "Red"}, row{2, "Mend the roof", "Jun 2009", "B Jones", "Red"})},
			check: func(t *testing.T, ret ingest.Return) {
				if r, ok := rowOf(ret, "Open the new sports hall"); !ok || r.row.Ref.Written != "1.10" && !isTold(ret, "A5") {
					t.Errorf("WRONG IN SILENCE: a reference shown as 1.10 is %q", r.row.Ref.Written)
				}
				if r, ok := rowOf(ret, "Replace the astroturf"); !ok || !isTold(ret, "A6") {
					t.Errorf("WRONG IN SILENCE: a reference that became a date is %q, without a finding", r.row.Ref.Written)
				}
			}},
		{name: "notes of several cells below the table",
			sheets: []*grid{pis(filler(3)...).put("A8", row{"Notes", "Figures are provisional until the audit in June"}, row{"1", "Counted by machine at the door"}, row{"Completed by:", "J Smith"}, row{"Date:", "12/10/2008"})},
			absent: []string{"Notes", "1", "Completed by", "Completed by:", "Date", "Date:"}},
		{name: "a nil return",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}, row{"Nothing to report this quarter"})},
			check: func(t *testing.T, ret ingest.Return) {
				if !ret.Nil {
					t.Error("not known as a nil return")
				}
			}},
		{name: "nothing to report in one row of a full return",
			sheets: []*grid{pis(filler(3)...).put("G4", row{"Nothing to report this quarter"})},
			check: func(t *testing.T, ret ingest.Return) {
				if ret.Nil {
					t.Error("WRONG IN SILENCE: a comment made the whole return nil")
				}
			}},
		{name: "a nil return said beside a full table of another service",
			sheets: []*grid{newGrid("Sport").put("A1", row{"Sport"}, row{"Nil return"}), pis(filler(3)...)},
			want:   []fact{{"LPI 1", "outturn", "101", "PIs!E4"}},
			check: func(t *testing.T, ret ingest.Return) {
				if ret.Nil && len(ret.Indicators) > 0 && len(ret.Findings) == 0 {
					t.Error("WRONG IN SILENCE: the whole return is nil although a table is full")
				}
			}},
		{name: "narrative only",
			sheets: []*grid{newGrid("S").put("A1", row{"Leisure Services"}, row{"Key Developments"}, row{"Pool: The red flag was raised over the boiler; 40% of swimmers left."}, row{"Emerging Issues"}, row{"The amber light on the plant needs watching."})},
			check: func(t *testing.T, ret ingest.Return) {
				if len(ret.Narrative) != 2 || ret.Narrative[0].Heading != "Key Developments" {
					t.Errorf("narrative %+v", ret.Narrative)
				}
			}},
	}
}

// nastyColumns are tables whose columns are hard to tell apart.
func nastyColumns() []nasty {
	return []nasty{
		{name: "the same header twice",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 22, 20, 23, 21}, row{"NI 9", "Use of public libraries", 48, 47, 49, 50})},
			want:   []fact{{"NI 8", "outturn", "", "D4"}, {"NI 8", "target", "", "C4"}}},
		{name: "last quarter's light and this quarter's",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "Previous RAG", "Current RAG"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green", "Red"}, row{"LS 2", "Open the sports hall", "Mar 2009", "Amber", "Green"})},
			want:   []fact{{"LS 1", "light", "red", "E4"}, {"LS 2", "light", "green", "E5"}}},
		{name: "lights by last quarter, in plain words",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "RAG last quarter", "RAG this quarter"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green", "Red"}, row{"LS 2", "Open the sports hall", "Mar 2009", "Amber", "Green"})},
			want:   []fact{{"LS 1", "light", "red", "E4"}, {"LS 2", "light", "green", "E5"}}},
		{name: "RAG and year-end RAG",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "Year end RAG", "RAG"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green", "Red"}, row{"LS 2", "Open the sports hall", "Mar 2009", "Amber", "Green"})},
			want:   []fact{{"LS 1", "light", "red", "E4"}, {"LS 2", "light", "green", "E5"}}},
		{name: "original and revised dates",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Original due date", "Revised due date", "RAG"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Sept 2009", "Red"}, row{"LS 2", "Open the sports hall", "Mar 2009", nil, "Green"})},
			want:   []fact{{"LS 1", "due", "2009-09-30", "D4"}, {"LS 2", "due", "2009-03-31", "C5"}}},
		{name: "Q2 and Q2 year to date",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Annual target", "Q1", "Q2", "Q2 YTD", "RAG"}, row{"LPI 1", "Visits to the pools", 100, 20, 30, 50, "Amber"}, row{"LPI 2", "Books issued", 200, 60, 70, 130, "Green"})},
			want:   []fact{{"LPI 1", "outturn", "30", "E4"}, {"LPI 1", "year to date", "50", "F4"}, {"LPI 2", "q1 outturn", "60", "D5"}}},
		{name: "this quarter and the same quarter last year",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "2007/08 Q2 actual", "2008/09 Q2 target", "2008/09 Q2 actual", "RAG"}, row{"LPI 1", "Visits to the pools", 88, 100, 90, "Amber"}, row{"LPI 2", "Books issued", 166, 200, 210, "Green"})},
			want:   []fact{{"LPI 1", "outturn", "90", "E4"}, {"LPI 1", "q2 target", "100", "D4"}, {"LPI 1", "last year", "", "C4"}}},
		{name: "this quarter and Q2 last year, without years",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Q2 last year", "Q2 this year", "RAG"}, row{"LPI 1", "Visits to the pools", 100, 88, 90, "Amber"}, row{"LPI 2", "Books issued", 200, 166, 210, "Green"})},
			want:   []fact{{"LPI 1", "outturn", "90", "E4"}, {"LPI 2", "outturn", "210", "E5"}}},
		{name: "targets of three years",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target 2010/11", "Target 2009/10", "Target 2008/09", "Outturn 2007/08", "Q2"}, row{"LPI 1", "Visits to the pools", 120, 110, 100, 88, 90}, row{"LPI 2", "Books issued", 220, 210, 200, 166, 190})},
			want:   []fact{{"LPI 1", "target", "100", "E4"}, {"LPI 1", "last year", "88", "F4"}, {"LPI 1", "outturn", "90", "G4"}}},
		{name: "only next year's target",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target 2009/10", "Q2 actual"}, row{"LPI 1", "Visits to the pools", 120, 90}, row{"LPI 2", "Books issued", 220, 190})},
			want:   []fact{{"LPI 1", "target", "", "C4"}}},
		{name: "a column without a header that holds the outturn",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", nil, "RAG"}, row{"LPI 1", "Visits to the pools", 120, 90, "Red"}, row{"LPI 2", "Books issued", 220, 190, "Red"})},
			want:   []fact{{"LPI 1", "outturn", "90", "D4"}}},
		{name: "a column without a header that holds the lights",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual", nil, "Comments"}, row{"LPI 1", "Visits to the pools", 120, 90, "Red", "See plan"}, row{"LPI 2", "Books issued", 220, 190, "Amber", "See plan"})},
			want:   []fact{{"LPI 1", "light", "red", "E4"}}},
		{name: "a last column without a header that holds the lights",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual"}, row{"LPI 1", "Visits to the pools", 120, 90, "Red"}, row{"LPI 2", "Books issued", 220, 190, "Amber"})},
			want:   []fact{{"LPI 1", "light", "red", "E4"}}},
		{name: "a header that nobody knows over the outturn",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "How did we do?", "RAG"}, row{"LPI 1", "Visits to the pools", 120, 90, "Red"}, row{"LPI 2", "Books issued", 220, 190, "Red"})},
			want:   []fact{{"LPI 1", "outturn", "90", "D4"}}},
		{name: "a column of outturns that are all words",
			sheets: []*grid{pis(row{"LPI 1", "Visits to the pools", "number", 120, "under 10", "Red"}, row{"LPI 2", "Books issued", "number", 220, "between 5 and 8", "Red"}, row{"LPI 3", "Loans renewed", "number", 220, "more than last year", "Green"})},
			told:   []string{"E4", "E5", "E6"}},
		{name: "a column of targets that are all words",
			sheets: []*grid{pis(row{"LPI 1", "Visits to the pools", "number", "more than last year", 10, "Red"}, row{"LPI 2", "Books issued", "number", "top quartile", 20, "Red"}, row{"LPI 3", "Loans renewed", "number", "90 or more", 30, "Green"})},
			told:   []string{"D4", "D5", "D6"}},
		{name: "a column of dates that are all words",
			sheets: []*grid{actions(row{"LS 1", "Refurbish the pool hall", "when funds allow", "A Smith", "Green"}, row{"LS 2", "Open the new sports hall", "after the election", "B Jones", "Red"}, row{"LS 3", "Replace the astroturf", "next summer", "B Jones", "Red"})},
			told:   []string{"C4", "C5", "C6"}},
		{name: "a column of lights that are all other words",
			sheets: []*grid{actions(row{"LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", "Good"}, row{"LS 2", "Open the new sports hall", "Mar 2009", "B Jones", "Bad"}, row{"LS 3", "Replace the astroturf", "Mar 2009", "B Jones", "Fair"})},
			told:   []string{"E4", "E5", "E6"}},
		{name: "a header that became an error",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", fails("#REF!"), "RAG"}, row{"LPI 1", "Visits to the pools", 120, 90, "Red"}, row{"LPI 2", "Books issued", 220, 190, "Red"})},
			want:   []fact{{"LPI 1", "outturn", "90", "D4"}}},
		{name: "a Status column that holds comments",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "Status"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green light given by the board; work starts soon"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "Red tape has held this up for a month"}, row{"LS 3", "Replace the astroturf", "Jun 2009", "The contractor is on site"})},
			want:   []fact{{"LS 1", "light", "", "D4"}, {"LS 2", "light", "", "D5"}}},
		{name: "a Progress column of comments beside a RAG column",
			sheets: []*grid{newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "Progress", "Status"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Work starts soon and will take some time", "Amber"}, row{"LS 2", "Open the new sports hall", "Jun 2009", "Held up by red tape for a month", "Red"})},
			want:   []fact{{"LS 1", "light", "amber", "E4"}, {"LS 2", "light", "red", "E5"}, {"LS 2", "comment", "Held up by red tape for a month", "D5"}}},
		{name: "a stale header: Q1 actual in a Q2 return",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services: Quarter 2 2008/09"}).put("A3", row{"Ref", "Indicator", "Target", "Q1 actual", "RAG"}, row{"LPI 1", "Visits to the pools", 120, 90, "Red"}, row{"LPI 2", "Books issued", 220, 190, "Red"})},
			want:   []fact{{"LPI 1", "outturn", "", "D4"}}, told: []string{"D3"}},
		{name: "a target and an outturn in one merged cell",
			sheets: []*grid{pis(append(filler(3), row{"NI 8", "Adult participation in sport", "%", 22, nil, "Green"})...).merge("D7:E7")},
			want:   []fact{{"NI 8", "outturn", "", "E7"}}},
		{name: "text with stray spaces and breaks in header and references",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure\u00a0Services"}).put("A3", row{"Ref\u200b", " Indi\u00adcator\n(PI)", "Target\u00a0\n2008/09", "Q2\u00a0 actual", "R\u200bAG"}, row{"NI\u00a0\u00a08 ", "Adult participation\nin sport", " 22\u00a0", "\u200b21", "\u00a0Red "})},
			want:   []fact{{"NI 8", "target", "22", "C4"}, {"NI 8", "outturn", "21", "D4"}, {"NI 8", "light", "red", "E4"}}},
		{name: "a start value beside this year's figure",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "2008-2009", "Start Value"}, row{"LPI 1", "Visits to the pools", 100, 90, 40}, row{"LPI 2", "Books issued", 200, nil, 160}, row{"LPI 3", "Loans renewed", 200, 150, 170})},
			want:   []fact{{"LPI 1", "outturn", "90", "D4"}, {"LPI 2", "outturn", "", "E5"}, {"LPI 3", "outturn", "150", "D6"}}},
		{name: "quarters with words around target and actual",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Indicator name", "Frequency", "Quarter 1 target", "Quarter 1 actual output", "Quarter 1 deviation reason", "Quarter 2 target", "Quarter 2 actual output", "Quarter 2 deviation reason"}, row{"Visits to the pools", "Quarterly", 10, 9, "Boiler broke down", 11, 12, "Hot summer"}, row{"Books issued", "Quarterly", 20, 19, "Roof leaked", 21, 22, "New stock"})},
			want:   []fact{{"Visits to the pools", "q1 outturn", "9", "D4"}, {"Visits to the pools", "q2 outturn", "12", "G4"}, {"Books issued", "q2 target", "21", "F5"}}},
		{name: "a plain risk register with long headers",
			sheets: []*grid{newGrid("P").put("A1", row{"Group", "Project Name", "Risk Number", "Brief Risk Description", "Risk Category", "Mitigation - actions taken", "Residual Impact", "Residual Likelihood"}, row{"Leisure", "Mill Lane", "1", "The pool may leak before it opens", "Economic", "Survey done", "High", "Medium"}, row{"Leisure", "Mill Lane", "2", "The contractor may fail", "Economic", "Bond taken", "High", "Low"})},
			want:   []fact{{"The pool may leak before it opens", "risk", "", "D2"}}},
		{name: "three columns of lights",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Project name", "Completion date", "Delivery (RAG)", "Spend (RAG)", "Risk (RAG)"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Green", "Red", "Amber"}, row{"LS 2", "Open the sports hall", "Mar 2009", "Red", "Green", "Amber"})},
			want:   []fact{{"LS 1", "light", "", "D4"}}},
		{name: "lights of two colours in most cells",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Project name", "Completion date", "RAG rating"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "Amber/Green"}, row{"LS 2", "Open the sports hall", "Mar 2009", "Amber/Red"}, row{"LS 3", "Mend the roof", "Mar 2009", "Green"})},
			want:   []fact{{"LS 3", "light", "green", "D6"}}, told: []string{"D4", "D5"}},
		{name: "numerator, denominator and result",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Numerator", "Denominator", "Result", "Target", "RAG"}, row{"LPI 1", "Swimmers who come back", 45, 90, pct(.5), pct(.6), "Red"}, row{"LPI 2", "Readers who come back", 30, 40, pct(.75), pct(.7), "Green"})},
			want:   []fact{{"LPI 1", "outturn", "50", "E4"}, {"LPI 2", "target", "70", "F5"}}},
		{name: "minimum and stretch targets",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Minimum target", "Stretch target", "Actual", "RAG"}, row{"LPI 1", "Visits to the pools", 100, 120, 110, "Amber"}, row{"LPI 2", "Books issued", 200, 220, 190, "Red"})},
			want:   []fact{{"LPI 1", "target", "100 or 120", "C4"}}},
		{name: "the upper and lower limits of a target",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target from", "Target to", "Actual", "RAG"}, row{"LPI 1", "Visits to the pools", 100, 120, 110, "Green"}, row{"LPI 2", "Books issued", 200, 220, 190, "Red"})},
			want:   []fact{{"LPI 1", "target", "100 or 120", "C4"}}},
	}
}
