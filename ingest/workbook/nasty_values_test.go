package workbook

import (
	"fmt"
	"slices"
	"testing"

	"boardpack/ingest"
)

// figures makes a workbook of one outturn in each row, and what each must be;
// "" is no number, and then a finding must say why, unless quiet.
func figureCases(name, unit string, target any, cells []any, values []string) nasty {
	n := nasty{name: name}
	rows := filler(len(cells))
	if unit != "" || target != nil {
		rows = nil
	}
	for i, c := range cells {
		at := fmt.Sprintf("E%d", len(rows)+4)
		rows = append(rows, row{fmt.Sprintf("NI %d", i+1), fmt.Sprintf("A measure of something, number %d", i+1), unit, target, c, nil})
		n.want = append(n.want, fact{fmt.Sprintf("NI %d", i+1), "outturn", values[i], at})
		if values[i] == "" {
			n.told = append(n.told, at)
		}
	}
	n.sheets = []*grid{pis(rows...)}
	return n
}

func nastyFigures() []nasty {
	return []nasty{
		figureCases("numbers as text", "", nil,
			[]any{"1,234", "£22.1m", "$43K", "22.1 Million", "(3.2)", "−8.5", "8.9 (milestone figure)", "72 young people", " 95 % ", "£1,250.50", "12 days", "1,234,567", "3.0", "+4.5", "- 2", ".5", "4.2 per cent", "£3.5bn", "1.5k", "10 no."},
			[]string{"1234", "22100000", "43000", "22100000", "-3.2", "-8.5", "8.9", "72", "95", "1250.5", "12", "1234567", "3", "4.5", "-2", "0.5", "4.2", "3500000000", "1500", "10"}),
		figureCases("what is not one number", "", nil,
			[]any{"under 10", "<5", "3 out of 4", "5-10", "10 to 15", "1 in 5", "95% (target 90%)", "4.6/1*", "approx 40", "~40", "40+", "c. 12", "1,23", "12,34,567", "1.2.3", "4 days 3 hours", "Q1 45, Q2 50", "ditto", "as Q2", "same as last quarter", "45 or 46", "45/60", "£1m-£2m", "two", "50% (30 of 60)", "≈5", ">90%", "12:30", "1 234", "1'234", "12½", "½", "3²", "٣", "1e5", "0x10", "10^3", "45 46", "45\n46", "90 %ile", "5th", "1st", "45 (last year 40)", "100 000", "-", "n/a"},
			[]string{"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""}).quiet(45, 46),
		figureCases("booleans, errors and formulas", "", nil,
			[]any{true, fails("#REF!"), fails("#DIV/0!"), calc("SUM(A1:A2)", "", ""), calc("A1*2", "27.5", ""), gcell{typ: 's', v: "#N/A"}, day("2008-04-04", "d-mmm"), day("2008-04-04", "dd/mm/yyyy"), gcell{typ: 's', formula: `IF(A1="","",A1)`, v: ""}, gcell{typ: 's', formula: `B1`, v: "31%"}},
			[]string{"", "", "", "", "27.5", "", "", "", "", "31"}).quiet(9),
		figureCases("percentages in every dress", "%", pct(.3),
			[]any{pct(.274), "27.4%", 27.4, "27.4", gcell{typ: 'n', v: "27.4", format: `0.0"%"`}, gcell{typ: 'n', v: "27.4", format: `0.0\%`}, gcell{typ: 'n', v: "0.27400000000000002", format: "0.00%"}, gcell{typ: 'n', v: "0.274", format: "[Red]0.0%;-0.0%"}, "27.4 %", "27.4pc"},
			[]string{"27.4", "27.4", "27.4", "27.4", "27.4", "27.4", "27.4", "27.4", "27.4", "27.4"}),
		figureCases("a fraction without a format among percentages", "%", 30, []any{27.4, 0.274, 28, 31, 33}, []string{"27.4", "27.4", "28", "31", "33"}),
		figureCases("a column of fractions against whole targets, no unit", "", 6, []any{0.0596, 0.06, 0.0712}, []string{"5.96", "6", "7.12"}),
		figureCases("fractions in a column of percentages, no unit", "", nil, []any{pct(.6), .62, pct(.58), "61%"}, []string{"60", "62", "58", "61"}),
		figureCases("a hundred times too large", "%", pct(.9), []any{"8900%", gcell{typ: 'n', v: "89", format: "0%"}, "805%"}, []string{"89", "89", ""}),
		figureCases("percentages above 100 without sign", "%", 90, []any{805, 89, "1000"}, []string{"", "89", ""}),
		figureCases("another unit than the indicator's", "%", 90, []any{"£450", "450 visits", "12 days", "3.4 per 1,000"}, []string{"", "", "", ""}),
		figureCases("money in a mixed column", "£", "£22.1m", []any{"22.1", 21.5, "21.5m", "£21,500,000", 21500000}, []string{"", "", "21500000", "21500000", "21500000"}),
		figureCases("qualifiers", "", nil, []any{"33 (provisional)", "33p", "33 (p)", "33*", "33 [1]", "33(1)", "33 est.", "33¹"}, []string{"33", "", "33", "33", "33", "", "33", ""}),
		{name: "long numbers and noise of binary arithmetic",
			sheets: []*grid{pis(row{"NI 1", "One long number", "", 0.1, gcell{typ: 'n', v: "0.30000000000000004"}}, row{"NI 2", "Two long number", "", 0.1, gcell{typ: 'n', v: "1.2E-2"}}, row{"NI 3", "Three long number", "", 0.1, gcell{typ: 'n', v: "123456789012345678"}}, row{"NI 4", "Four long number", "", 0.1, gcell{typ: 'n', v: "2.21E7"}})},
			want:   []fact{{"NI 1", "outturn", "0.3", "E4"}, {"NI 2", "outturn", "0.012", "E5"}, {"NI 4", "outturn", "22100000", "E7"}}},
		{name: "a two-part figure in one row and one number in the target",
			sheets: []*grid{pis(row{"NI 1", "English and Maths at level 4", "%", "60%", "English 59% Maths 64%"}, row{"NI 2", "Boys and girls", "%", "Boys 50% Girls 60%", 55})},
			check: func(t *testing.T, ret ingest.Return) {
				if len(ret.Indicators) < 2 || ret.Indicators[0].Part == "" && !isTold(ret, "E4") {
					t.Errorf("parts %+v", ret.Indicators)
				}
				for _, i := range ret.Indicators {
					if i.Ref.Written == "NI 2" && i.Part != "" && i.Quarters.Of(2).Outturn.Number != nil && !isTold(ret, "E5") && !isTold(ret, "D5") {
						t.Errorf("WRONG IN SILENCE: one outturn of 55 was given to part %s (%s)", i.Part, i.PartName)
					}
				}
			}},
	}
}

// quiet names values, from 1, that may be no number without a finding.
func (n nasty) quiet(which ...int) nasty {
	for _, w := range which {
		at := n.want[w-1].at
		n.told = slices.DeleteFunc(n.told, func(c string) bool { return c == at })
	}
	return n
}

// dueCases makes a workbook of one date in each row; "" is no date, "?" any with a finding.
func dueCases(name string, cells []any, values []string) nasty {
	n := nasty{name: name}
	var rows []row
	for i, c := range cells {
		ref, at := fmt.Sprintf("LS %d", i+1), fmt.Sprintf("C%d", i+4)
		rows = append(rows, row{ref, fmt.Sprintf("Do something useful, number %d", i+1), c, "Head of Leisure", "Green"})
		if values[i] == "?" {
			n.told = append(n.told, at)
		} else {
			n.want = append(n.want, fact{ref, "due", values[i], at})
		}
	}
	n.sheets = []*grid{actions(rows...)}
	return n
}

func nastyDates() []nasty {
	early := dueCases("dates of a workbook that counts from 1904", []any{gcell{typ: 'n', v: "38441", format: "dd/mm/yyyy"}}, []string{"2009-03-31"})
	early.sheets[0].date1904 = true
	return []nasty{
		dueCases("dates as text",
			[]any{"Mar 2009", "Sept 09", "De c 2008", "Janruary 2024", "Oct-Dec 08", "31/03/2009", "31.3.09", "31st March 2009", "Mar-09", "5.4.19", "end of March 2009", "March '09", "By 31 March 2009", "2009-03-31", "Q3 2008/09", "2008/09", "30-Sep-2008", "Fri 27 March 2009", "31 Mar, 2009", "January-March 2009", "Ongoing", "TBC"},
			[]string{"2009-03-31", "2009-09-30", "2008-12-31", "2024-01-31", "2008-12-31", "2009-03-31", "2009-03-31", "2009-03-31", "2009-03-31", "2019-04-05", "2009-03-31", "2009-03-31", "2009-03-31", "2009-03-31", "2008-12-31", "2009-03-31", "2008-09-30", "2009-03-27", "2009-03-31", "2009-03-31", "", ""}),
		dueCases("dates that are not one plain day",
			[]any{"Mar 2009, Sept 2009", "Plan Apr 2008 Actions Mar 2009", "October 31", "Mar 31", "31 June 2009", "March", "12/31/2008", "4/4", 2009, 0.25, "Summer 2009", "within 6 months", "ditto", "June 20 2009", "March 31, 2009", "see LS 1", "1/2", fails("#VALUE!"), "Phase 1: complete; Phase 2: Mar 2009", "not before Mar 2009", "Mar 2009 slipped to Jun", "31/03/99", "Mar 1909", "31/03/2090"},
			[]string{"?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "2009-03-31", "?", "?", "?", "?", "?", "?", "?", "?", "?"}),
		dueCases("dates whose day and month could be swapped", []any{"03/04/2009", "04/25/2009", "13/04/2009", "06/07/09"}, []string{"?", "?", "2009-04-13", "?"}),
		dueCases("real dates and their formats",
			[]any{day("2009-03-31", "dd/mm/yyyy"), day("2009-03-01", "mmm yyyy"), day("2009-03-28", "mmm-yy"), day("2009-03-31", "[$-809]dd mmmm yyyy;@"), gcell{typ: 'n', v: "39903", format: ""}, day("2009-03-15", "m/d/yy"), day("1908-03-31", "dd/mm/yyyy"), day("2009-03-01", "yyyy"), day("2009-12-01", `mmmm "term"`)},
			[]string{"2009-03-31", "2009-03-31", "2009-03-31", "2009-03-31", "?", "2009-03-15", "?", "?", "2009-12-31"}),
		early,
	}
}

// lightCases makes a workbook of one light in each row; "" is none, "?" any with a finding.
func lightCases(name string, cells []any, values []string) nasty {
	n := nasty{name: name}
	rows := fillerActions(12)
	for i, c := range cells {
		ref, at := fmt.Sprintf("XX %d", i+1), fmt.Sprintf("E%d", i+16)
		rows = append(rows, row{ref, fmt.Sprintf("Do something useful, number %d", i+1), "Mar 2009", "Head of Leisure", c})
		if values[i] == "?" {
			n.told = append(n.told, at)
		} else {
			n.want = append(n.want, fact{ref, "light", values[i], at})
		}
	}
	n.sheets = []*grid{actions(rows...)}
	return n
}

func nastyLights() []nasty {
	traffic := `<conditionalFormatting sqref="E4:E20"><cfRule type="containsText" dxfId="0" priority="1" operator="containsText" text="x"><formula>NOT(ISERROR(SEARCH("x",E4)))</formula></cfRule></conditionalFormatting>`
	numeric := actions(row{"LS 1", "Refurbish the pool hall", "Mar 2009", "A Smith", 1}, row{"LS 2", "Open the new sports hall", "Jun 2009", "B Jones", 3}, row{"LS 3", "Replace the astroturf", "Jun 2009", "B Jones", 2}).
		put("A9", row{"Key"}, row{"1 = Green, 2 = Amber, 3 = Red"})
	conditional := newGrid("A").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "RAG"}, row{"LS 1", "Refurbish the pool hall", "Mar 2009", "1"}, row{"LS 2", "Open the sports hall", "Mar 2009", "2"})
	conditional.tail = traffic
	return []nasty{
		lightCases("lights in every dress",
			[]any{"G", "green", "AMBER", "Red ", "✓", "✗", "?", tint(greenFill), tint("C6EFCE"), tint("FFEB9C"), tint("FFC7CE"), tinted("G", greenFill), "Green - on track", "🟢", "🟠", tint("92D050"), tint("FFFF00"), "Blue", "(G)", "G.", tint("00B0F0")},
			[]string{"green", "green", "amber", "red", "green", "red", "amber", "green", "green", "amber", "red", "green", "green", "green", "amber", "green", "amber", "blue", "green", "green", "blue"}),
		lightCases("lights that are not one light",
			[]any{"Amber/Green", "A/R", "Red to Amber", "Green (was Red)", tinted("Green", redFill), "ditto", "as Q2", "RAG", "Not Green", "Green?", "Red amber", "GA", "G→A", "Grey", "White", "tbc", "Greenish", 2, "N", "Y", tinted("3", greenFill), tinted("On hold", "D9D9D9"), "amber\ngreen", "Red flag raised by auditors", "R A G", tint("808080"), tint("7030A0")},
			[]string{"?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "?", "", "?", "?", "?", "?", "green", "", "?", "?", "?", "", ""}),
		{name: "yes and no in a column of lights",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual", "On target?"}, row{"LPI 1", "Visits to the pools", 100, 90, "N"}, row{"LPI 2", "Books issued", 100, 110, "Y"}, row{"LPI 3", "Loans renewed", 100, 100, "Yes"}, row{"LPI 4", "Complaints answered", 100, 100, "Y"})},
			want:   []fact{{"LPI 1", "light", "", "E4"}, {"LPI 2", "light", "", "E5"}, {"LPI 3", "light", "", "E6"}}},
		{name: "numbers for lights, with a key", sheets: []*grid{numeric},
			want: []fact{{"LS 1", "light", "green", "E4"}, {"LS 2", "light", "red", "E5"}, {"LS 3", "light", "amber", "E6"}}},
		{name: "colours by a conditional format", sheets: []*grid{conditional},
			want: []fact{{"LS 1", "light", "?", "D4"}}},
		{name: "titles that begin with a light, and comments that say one",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Indicator", "Target", "Actual", "RAG", "Comments"}, row{"Green waste collected", 100, 90, "Red", "Green"}, row{"Red routes enforced", 10, 12, nil, "Green"}, row{"Amber alerts raised", 5, 4, "G", "Red"})},
			want:   []fact{{"Green waste collected", "light", "red", "D4"}, {"Red routes enforced", "light", "", "D5"}, {"Amber alerts raised", "light", "green", "D6"}}},
		{name: "zebra stripes that mean nothing",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Action", "Due date", "RAG"}, row{tinted("LS 1", "C6EFCE"), tinted("Refurbish the pool hall", "C6EFCE"), tinted("Mar 2009", "C6EFCE"), tint("C6EFCE")}, row{"LS 2", "Open the new sports hall", "Mar 2009"}, row{tinted("LS 3", "C6EFCE"), tinted("Replace the astroturf", "C6EFCE"), tinted("Mar 2009", "C6EFCE"), tint("C6EFCE")}, row{"LS 4", "Open the cafe", "Mar 2009"})},
			want:   []fact{{"LS 1", "light", "", "D4"}, {"LS 3", "light", "", "D6"}}},
		{name: "a light column coloured in one house colour",
			sheets: []*grid{newGrid("P").put("A1", row{"Leisure Services"}).put("A3", row{"Ref", "Indicator", "Target", "Actual", "Status"}, row{"LPI 1", "Visits to the pools", 100, 90, tint("BDD7EE")}, row{"LPI 2", "Books issued", 100, 90, tint("BDD7EE")}, row{"LPI 3", "Loans renewed", 100, 90, tint("BDD7EE")})},
			want:   []fact{{"LPI 1", "light", "", "E4"}}},
	}
}

func nastyPeriods() []nasty {
	sheet := func(name, title string, actual any) *grid {
		g := newGrid(name)
		if title != "" {
			g.put("A1", row{title})
		}
		return g.put("A3", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 8", "Adult participation in sport", 22, actual}, row{"NI 9", "Use of public libraries", 48, 47})
	}
	period := func(want string) func(*testing.T, ingest.Return) {
		return func(t *testing.T, ret ingest.Return) {
			t.Helper()
			if ret.Period.String() != want && !ret.Unusable {
				t.Errorf("WRONG IN SILENCE: period %s, want %s or unusable", ret.Period, want)
				t.Log(told(ret))
			}
		}
	}
	return []nasty{
		{name: "a sheet for each quarter by its name", file: "Leisure 2008-09.xlsx", sheets: []*grid{sheet("Q1", "Leisure Services 2008/09", 19), sheet("Q2", "Leisure Services 2008/09", 21)},
			check: func(t *testing.T, ret ingest.Return) {
				for _, i := range ret.Indicators {
					if i.Ref.Written == "NI 8" && i.Sheet == "Q1" && figureText(i.Outturn) == "19" && !ret.Unusable {
						t.Error("WRONG IN SILENCE: the figure of sheet Q1 is an outturn of the return's own quarter")
					}
				}
			}},
		{name: "a sheet for each quarter in a return for Q2", sheets: []*grid{sheet("Q1", "Leisure Services", 19), sheet("Q2", "Leisure Services", 21)},
			check: func(t *testing.T, ret ingest.Return) {
				for _, i := range ret.Indicators {
					if i.Ref.Written == "NI 8" && i.Sheet == "Q1" && figureText(i.Outturn) == "19" && !ret.Unusable {
						t.Error("WRONG IN SILENCE: the figure of sheet Q1 is an outturn of Quarter 2")
					}
				}
			}},
		{name: "a sheet for each year", sheets: []*grid{sheet("2007-08", "Leisure Services", 19), sheet("2008-09", "Leisure Services", 21)},
			check: func(t *testing.T, ret ingest.Return) {
				for _, i := range ret.Indicators {
					if i.Ref.Written == "NI 8" && i.Sheet == "2007-08" && figureText(i.Outturn) == "19" && !ret.Unusable {
						t.Error("WRONG IN SILENCE: the figure of sheet 2007-08 is an outturn of 2008/09")
					}
				}
			}},
		{name: "a name that says two quarters", file: "Q1-Q2 2008-09 return.xlsx", sheets: []*grid{sheet("S", "Leisure Services", 19)}, check: period("2008/09 Q2")},
		{name: "a title that says two quarters", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "Quarter 1 and Quarter 2 2008/09", 19)}, check: period("2008/09 Q2")},
		{name: "half a year", file: "Leisure half year 2008-09.xlsx", sheets: []*grid{sheet("S", "Half year report", 19)}, check: period("2008/09 Q2")},
		{name: "quarters that contradict each other on two sheets", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "Quarter 1 2008/09", 19), sheet("T", "Quarter 2 2008/09", 19)}, check: period("unusable")},
		{name: "a name that contradicts the cells", file: "Leisure Q3 2008-09.xlsx", sheets: []*grid{sheet("S", "Quarter 2 2008/09", 19)}, check: period("unusable")},
		{name: "a folder that contradicts the cells", file: "2008-09/Q3/Leisure.xlsx", sheets: []*grid{sheet("S", "Quarter 2 2008/09", 19)}, check: period("unusable")},
		{name: "a day that contradicts the quarter", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "Quarter 2 2008/09: position at 31 December 2008", 19)}, check: period("unusable")},
		{name: "a deadline beside the title", file: "Leisure Q2 2008-09.xlsx", sheets: []*grid{sheet("S", "Leisure Services", 19).put("A2", row{"Please return this form by 31 December 2008"})}, check: period("2008/09 Q2")},
		{name: "a comparison in the title", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "Change since Quarter 1: Quarter 2 report 2008/09", 19)}, check: period("2008/09 Q2")},
		{name: "last year named first", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "Quarter 2 monitoring", 19).put("A2", row{"Compared with 2007/08; targets of 2008/09"})}, check: period("2008/09 Q2")},
		{name: "a calendar quarter in words", file: "Leisure 2008-09.xlsx", sheets: []*grid{sheet("S", "July to September 2008", 19)}, check: period("2008/09 Q2")},
		{name: "a period in a cell beside its label", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "", 19).put("A1", row{"Quarter", 2, nil, "Year", "2008/09"})}, check: period("2008/09 Q2")},
		{name: "a list of all periods on a sheet of choices", file: "Leisure.xlsx", sheets: []*grid{sheet("S", "", 19).put("A1", row{"Reporting period"}, row{"Q2 2008/09: Jul 2008 - Sep 2008"}), newGrid("Choices").put("A1", row{"Reporting period"}, row{"Please select an option"}, row{"Q1 2008/09: Apr 2008 - Jun 2008"}, row{"Q2 2008/09: Jul 2008 - Sep 2008"}, row{"Q3 2008/09: Oct 2008 - Dec 2008"})}, check: func(t *testing.T, ret ingest.Return) {
			if ret.Period.String() != "2008/09 Q2" {
				t.Errorf("not read but said: period %s", ret.Period)
			}
		}},
		{name: "a column header of a table that is not understood", file: "Leisure.xlsx", sheets: []*grid{newGrid("S").put("A1", row{"Goal", "Holder", "Start", "07-08 Target", "08-09 Target"}, row{"Connectivity", "IT", 82, 94, 95}, row{"Printing", "IT", 80, 93, 95})}, check: func(t *testing.T, ret ingest.Return) {
			if ret.Period.Year != 0 {
				t.Errorf("WRONG IN SILENCE: a column's header set the year %s", ret.Period)
			}
		}},
		{name: "a month as the period", file: "Leisure Sept 2008.xlsx", sheets: []*grid{sheet("S", "Leisure Services, September 2008", 19)}, check: period("2008/09 Q2")},
		{name: "a version that looks like a quarter", file: "Leisure Q2 2008-09 v4 (Q1 layout).xlsx", sheets: []*grid{sheet("S", "Leisure Services", 19)}, check: period("2008/09 Q2")},
		{name: "a date of printing that looks like a year", file: "Leisure Q2 08-09 07-10.xlsx", sheets: []*grid{sheet("S", "Leisure Services", 19)}, check: period("2008/09 Q2")},
	}
}
