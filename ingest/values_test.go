package ingest

import (
	"reflect"
	"testing"
	"time"
)

func TestTextFigure(t *testing.T) {
	for _, c := range []struct {
		text, number, unit string
		says               Says
		qualifier          string
	}{
		{"27.4", "27.4", "", "", ""},
		{"27.4%", "27.4", "%", "", ""},
		{"27.4 per cent", "27.4", "%", "", ""},
		{"-8.50%", "-8.5", "%", "", ""},
		{"−8.5", "-8.5", "", "", ""},
		{"(3.2)", "-3.2", "", "", ""},
		{"1,234", "1234", "", "", ""},
		{"£22.1m", "22100000", "£", "", ""},
		{"-£3.5m", "-3500000", "£", "", ""},
		{"$43K", "43000", "$", "", ""},
		{"22.1 Million", "22100000", "", "", ""},
		{"8.9 (milestone figure)", "8.9", "", "", ""},
		{"72 young people on roll", "72", "", "", ""},
		{"27.90% (NI116)", "27.9", "%", "", ""},
		{"42 per 10,000", "42", "per 10,000", "", ""},
		{"33 (provisional)", "33", "", "", "provisional"},
		{"12.5% [r]", "12.5", "%", "", "revised"},
		{"est. 40", "40", "", "", "estimate"},
		{"under 10", "", "", SaysText, ""},
		{"<5", "", "", SaysText, ""},
		{"about 70", "", "", SaysText, ""},
		{"3 out of 4", "", "", SaysText, ""},
		{"10-15%", "", "", SaysText, ""},
		{"4.6/1*", "", "", SaysText, ""},
		{"5%+", "", "", SaysText, ""},
		{"1 234", "", "", SaysText, ""},
		{"n/a", "", "", SaysNothing, ""},
		{"-", "", "", SaysNothing, ""},
		{"…", "", "", SaysNothing, ""},
		{"NA", "", "", SaysNothing, ""},
		{"TBC", "", "", SaysAwaited, ""},
		{"Figure still to be verified", "", "", SaysAwaited, ""},
		{"Reported annually", "", "", SaysAnnual, ""},
		{"N/A annual", "", "", SaysAnnual, ""},
		{"Annual", "", "", SaysAnnual, ""},
		{"#REF!", "", "", SaysError, ""},
		{"withdrawn", "", "", SaysWithdraw, ""},
		{"not due", "", "", SaysNotDue, ""},
	} {
		f := TextFigure(c.text, "A1")
		number := ""
		if f.Number != nil {
			number = f.Number.String()
		}
		if number != c.number || f.Unit != c.unit || f.Says != c.says || f.Qualifier != c.qualifier {
			t.Errorf("%q: number %q unit %q says %q qualifier %q", c.text, number, f.Unit, f.Says, f.Qualifier)
		}
	}
}

func TestNumberFigureDropsNoiseAndScalesPercentages(t *testing.T) {
	for _, c := range []struct {
		raw     string
		percent bool
		want    string
	}{
		{"6.9999999999999993E-3", true, "0.7"},
		{"0.274", true, "27.4"},
		{"27.4", false, "27.4"},
		{"0.1", false, "0.1"},
		{"30", false, "30"},
		{"1E+2", false, "100"},
		{"-15.600000000000001", false, "-15.6"},
	} {
		d, err := NumberFromCell(c.raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := NumberFigure(d, c.percent, -1, "").Number.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.raw, got, c.want)
		}
	}
}

func TestParseDue(t *testing.T) {
	for text, want := range map[string]string{
		"Mar 2009": "2009-03-31", "Sept 09": "2009-09-30", "De c 2008": "2008-12-31", "Oct 20 08": "2008-10-31", "No v 2008": "2008-11-30",
		"Janruary 2024": "2024-01-31", "Oct-Dec 08": "2008-12-31", "31/03/2009": "2009-03-31", "31st March 2009": "2009-03-31", "5.4.19": "2019-04-05",
		"Q2 2008/09": "2008-09-30", "2008/09": "2009-03-31", "End of March 2010": "2010-03-31", "2009-03-31": "2009-03-31", "Feb 2012": "2012-02-29",
	} {
		if d := ParseDue(text, ""); d.Date.String() != want || d.Doubt != "" {
			t.Errorf("%q: %s, doubt %q, want %s", text, d.Date, d.Doubt, want)
		}
	}
	for text, want := range map[string]string{
		"Plan – Apr 2008 Actions – Mar 2009": "2009-03-31", "Jun 2008 Safeguarding Manager": "2008-06-30", "Mar 2009 ities betweent D A003)": "2009-03-31",
		"soon": "", "Mar 2-08": "", "Ongoing to Mar 2009": "2009-03-31",
	} {
		if d := ParseDue(text, ""); d.Date.String() != want || d.Doubt == "" {
			t.Errorf("%q: %s, doubt %q, want %s with a doubt", text, d.Date, d.Doubt, want)
		}
	}
	if d := ParseDue("Ongoing", ""); !d.Ongoing || !d.Date.IsZero() || d.Doubt != "" {
		t.Errorf("ongoing: %+v", d)
	}
}

func TestParseRefsExpandsListsAndRanges(t *testing.T) {
	for text, want := range map[string][]string{
		"NI 55-57, 69 CSD P018 - 20":        {"NI55", "NI56", "NI57", "NI69", "CSDP018", "CSDP019", "CSDP020"},
		"POL6-1.11 FIN6-1.8 POL6-2.9":       {"POL6-1.11", "FIN6-1.8", "POL6-2.9"},
		"CSD P004 – P006":                   {"CSDP004", "CSDP005", "CSDP006"},
		"Be Healthy HC A03 – HC A05 CS A14": {"HCA03", "HCA04", "HCA05", "CSA14"},
		"NI53 NI123":                        {"NI53", "NI123"},
		"POL6-4 PER6-1.1":                   {"POL6-4", "PER6-1.1"},
		"no reference here, only 12 words":  nil,
	} {
		var got []string
		for _, r := range ParseRefs(text, "") {
			got = append(got, r.Key)
		}
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	}
}

// TestSpellingAdds wants of several spellings together what one learns of all their references.
func TestSpellingAdds(t *testing.T) {
	whole, parts := Spelling{}, Spelling{}
	for _, list := range [][]string{{"CSD P001", "CSDP002", "NI 1"}, {"CSDP003", "CSDP004", "LAA 2"}, {}} {
		part := Spelling{}
		for _, ref := range list {
			whole.Learn(NewRef(ref, ""))
			part.Learn(NewRef(ref, ""))
		}
		parts.Add(part)
	}
	if !reflect.DeepEqual(parts, whole) {
		t.Errorf("the parts give %v, want %v", parts, whole)
	}
}

func TestSpelling(t *testing.T) {
	s := Spelling{}
	for _, w := range []string{"CSD P001", "CS D P014", "CSD P002", "NI 5", "N I 117"} {
		s.Learn(NewRef(w, ""))
	}
	for written, want := range map[string]string{
		"CSD P001": "CSD P001", "CS D P014": "CSD P014", "CSDP001": "CSD P001", "NI123": "NI 123", "N I 117": "NI 117",
		"FIN6 - 1.8": "FIN 6-1.8", "POL6- 1.11": "POL 6-1.11", "NI 99:": "NI 99", "1.2.3": "1.2.3", "ni 117": "NI 117", "": "",
	} {
		if got := s.Of(NewRef(written, "")); got != want {
			t.Errorf("%q is spelled %q, want %q", written, got, want)
		}
	}
}

func TestPeriodIn(t *testing.T) {
	for text, want := range map[string]Period{
		"Quarter 3 progress 2007/08": {2007, 3}, "Position at 31st December 2007": {2007, 3}, "Q2 2008-09 return": {2008, 2}, "2008/2009": {2008, 0},
		"Actual 2007/8": {2007, 0}, "Quarter 2 2008/9": {2008, 2}, "2008/7": {0, 0}, "2008-9-30": {0, 0}, "07/8": {0, 0}, "Quarter 2 (July – September 2008)": {2008, 2}, "Quarter 1 (April–June 2025)": {2025, 1},
		"Qtr 2": {0, 2}, "quarter two": {0, 2}, "Second quarter 07/08": {2007, 2}, "Housing_Q2_2026-27": {2026, 2}, "2008-12": {0, 0},
		"PIs to 31 March 2009": {2008, 4}, "Divisional Plan 2008 / 09": {2008, 0}, "Position at 14 March 2009": {0, 0}, "1/2": {0, 0}, "Q5": {0, 0},
	} {
		if got := PeriodIn(text).Period; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestPeriodCalendar(t *testing.T) {
	p := Period{2007, 4}
	if p.LastDay() != (Date{2008, time.March, 31}) || p.String() != "2007/08 Q4" || p.Folder() != "2007-08/Q4" {
		t.Errorf("%v: last day %v, folder %s", p, p.LastDay(), p.Folder())
	}
	if p.Title() != "Quarter 4, 2007/08 (January to March 2008)" {
		t.Error(p.Title())
	}
	for _, q := range []Period{{2007, 1}, {2007, 2}, {2007, 3}, {2007, 4}, {2099, 4}} {
		if PeriodOf(q.LastDay()) != q {
			t.Errorf("the last day of %v falls into %v", q, PeriodOf(q.LastDay()))
		}
	}
	if (Period{2008, 1}).Before() != p {
		t.Error("Quarter 1 follows Quarter 4 of the year before")
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  a\u00a0 b\u200b ": "a b", "a\r\n\r\nb": "a\nb", "plain": "plain", "tab\there": "tab here", "": "", "\u00ad": "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFiguresOfAPeriodOfTheirOwn(t *testing.T) {
	for _, c := range []struct{ text, number, period string }{
		{"40% (academic year 2006/07)", "40", "academic year 2006/07"},
		{"40% (2006/07 academic year)", "40", "2006/07 academic year"},
		{"58.2 for the calendar year 2007", "58.2", "calendar year 2007"},
		{"12 (Autumn term 2008)", "12", "Autumn term 2008"},
		{"12 (provisional, academic year 2007-08)", "12", "academic year 2007-08"},
		{"12 (8 boys)", "", ""},
		{"12 (academic year 2006/07: 11)", "", ""},
		{"2006/07", "", ""},
	} {
		f := TextFigure(c.text, "A1")
		got := ""
		if f.Number != nil {
			got = f.Number.String()
		}
		if got != c.number || f.Period != c.period {
			t.Errorf("%q is %q of %q, want %q of %q", c.text, got, f.Period, c.number, c.period)
		}
	}
}
