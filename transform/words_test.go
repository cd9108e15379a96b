package transform

import (
	"testing"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

func TestCommentsThatSayLate(t *testing.T) {
	for comment, late := range map[string]bool{
		"The scheme is delayed until May":               true,
		"Work is running late":                          true,
		"Slippage of six weeks":                         true,
		"Behind schedule because of the weather":        true,
		"The deadline has not been met":                 true,
		"This will not be completed by March":           true,
		"We missed the target":                          true,
		"The survey has not yet started":                true,
		"Publication was postponed":                     true,
		"All is well. However the roof is now overdue.": true,
		"Completed in June":                             false,
		"Was delayed by snow but is now complete":       false,
		"No delays":                                             false,
		"Delayed transfers of care fell":                        false,
		"Late payments are down":                                false,
		"Opened in late May":                                    false,
		"Without slippage":                                      false,
		"The library now opens late on Thursdays":               false,
		"Targets met although the first phase was late":         false,
		"There is a risk that phase two is delayed":             false,
		"If funding is not confirmed, phase two may be delayed": false,
		"Nationally, targets were not met":                      false,
		"No longer behind schedule":                             false,
		"Overdue books were returned":                           false,
		"Missed bins were collected within a day":               false,
		"Reduced delays in planning":                            false,
		"The plan to reduce delays to buses is on course":       false,
		"": false,
	} {
		b := &builder{loud: true}
		b.askLate(&Row{Light: Green, Comment: comment})
		if got := len(b.findings) > 0; got != late {
			t.Errorf("%q says late: %v", comment, got)
		}
		b = &builder{loud: true}
		if b.askLate(&Row{Light: Amber, Comment: comment}); len(b.findings) > 0 {
			t.Errorf("%q of an amber row is asked about", comment)
		}
	}
}

func TestNumbersOfComments(t *testing.T) {
	for comment, asks := range map[string]bool{
		"The outturn was 45.2%":                                       true,
		"Performance is 45%, up on the year":                          true,
		"Actual performance stood at 40.5 per cent":                   true,
		"Against a target of 60% we did well":                         true,
		"The outturn was 42.5%":                                       false,
		"The outturn was 42%":                                         false,
		"Performance was 43%":                                         false,
		"42.5% against the target of 50%":                             false,
		"Last year the outturn was 39%":                               false,
		"The national performance is 61%":                             false,
		"Performance improved by 3%":                                  false,
		"Performance of boys was 38%":                                 false,
		"The target for 2010 is 60%, and our target of 60% is far":    false,
		"Performance in Quarter 1 was 39%":                            false,
		"A result of 12 visits":                                       false,
		"30% of lifts are new":                                        false,
		"We expect an outturn of 48%":                                 false,
		"Figures are awaited":                                         false,
		"The performance of 12 out of 30 schools (40%) was inspected": false,
	} {
		i := &judgedIndicator{Indicator: Indicator{Unit: "%", Outturn: &Figure{Number: dec("42.5")}, Target: &Figure{Number: dec("50")}}}
		i.Comment = comment
		b := &builder{loud: true}
		b.askNumbers(i)
		if got := len(b.findings) > 0; got != asks {
			t.Errorf("%q is asked about: %v %v", comment, got, b.findings)
		}
	}
}

func TestDefinitionsThatDiffer(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want bool
	}{
		{"Assessments within 7 working days", "Assessments within 10 working days", true},
		{"Initial assessments carried out within 7 working days", "Percentage of initial assessments for children's social care carried out within 7 working days of referral", false},
		{"Homes let", "Complaints answered in time", true},
		{"Young people not in work or school, 2007/08", "Young people not in work or school, 2008/09", false},
		{"Tenants who are satisfied", "TENANTS WHO ARE SATISFIED", false},
		{"NEET", "Young people not in education", false}, // too short to say
		{"5 or more A*-C grades at GCSE", "Achievement of 5 or more A* - C grades at GCSE or equivalent", false},
		{"Rent collected", "Rent collected as a share of rent due", false},
	} {
		if got := otherDefinition(c.x, c.y); got != c.want {
			t.Errorf("%q and %q differ: %v", c.x, c.y, got)
		}
	}
}

func TestObjectivesWithAReference(t *testing.T) {
	for text, want := range map[string]string{
		"CS1: Safe homes": "CS1", "Objective CS1 Safe homes": "CS1", "Key objective 1.2 Safe homes": "1.2", "2.1.3 Homes": "2.1.3",
		"Safe homes": "", "3 safe homes": "", "Improve NI 117": "", "": "", "Be healthy": "",
	} {
		if got := objectiveKey(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFamiliesOfReferences(t *testing.T) {
	for text, want := range map[string]string{"NI 117": "NI", "CSD P001": "CSDP", "FIN 6-1.8": "FIN6-1.", "HSG A01": "HSGA"} {
		if got := family(ingest.NewRef(text, "").Key); got != want {
			t.Errorf("%s is of %q, want %q", text, got, want)
		}
	}
}

func TestSharesInTexts(t *testing.T) {
	for text, wrong := range map[string]bool{
		"64 of 114 (55%)":                             true,
		"64 of 114 (56%)":                             false,
		"64 of 114 (56.1%)":                           false,
		"64 out of 114 indicators met, 56.3%":         true,
		"49 of 114 were red (43%)":                    false,
		"24 of 33 (74%)":                              true,
		"3 of the 33 (9%)":                            false,
		"27 of 72 (37.5%)":                            false,
		"16 of 57 (27.6%)":                            true,
		"16 of 58 (27.6%)":                            false,
		"40 of 30 (75%)":                              true,
		"2 of 3 schools, and 40% of pupils":           false,
		"2 of 3 schools took part; 40% of pupils did": false,
	} {
		if got := sharesWrong(text) != ""; got != wrong {
			t.Errorf("%q is wrong: %v (%s)", text, got, sharesWrong(text))
		}
	}
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }
