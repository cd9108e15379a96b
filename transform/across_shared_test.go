package transform_test

import (
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// saw lists what the findings of a check saw, with their cells.
func saw(p transform.Pack, check string) string {
	var out []string
	for _, f := range p.Findings {
		if f.Check == check {
			out = append(out, f.Place.String()+": "+f.Saw)
		}
	}
	return strings.Join(out, "\n")
}

// The reference workbooks hold references twice, numbers that are missing, an
// action of two plans, and indicators with other values in other returns.
func TestFindingsAcrossTheReferenceReturns(t *testing.T) {
	returns := readShared(t, "PSI Q2 2008-09 return.xlsx", "Q2 2008-09 service plan monitoring.xlsx", "CSD Departmental Plan 2008-09.xlsx", "CSD Q4 2007-08 return.xlsx")
	p := transform.Build(transform.Inputs{Period: ingest.Period{Year: 2008, Quarter: 2}, Scheme: defaultScheme(t), Returns: returns})
	for check, wants := range map[string][]string{
		"reference-twice":        {"PSI A036 stands twice"},
		"numbers-missing":        {"PSI A008, PSI A031 and PSI A044 are missing between PSI A001 and PSI A055"},
		"reference-in-two-plans": {"PSI Q2 2008-09 return.xlsx, Actions!A97: the action CSD A006", "CSD Departmental Plan 2008-09.xlsx, Action Plan!A58"},
		"values-differ":          {"PIs!H5: the outturn is 30% here", "Preventative!F13"},
		"target-differs":         {"PIs!D8: the year's target is 65% here and 57% in Q2 2008-09 service plan monitoring.xlsx, Universal & Learning!E11"},
		"past-outturn-differs":   {"PIs!C8: last year's outturn is 61% here and 54% in", "Universal & Learning!D11"},
		"return-missing":         {"nothing was returned for 'Children's Services' in 2008/09 Q2"},
		"reference-to-nothing":   {"LAA CS 26"},
	} {
		for _, want := range wants {
			if got := saw(p, check); !strings.Contains(got, want) {
				t.Errorf("%s: want %q in\n%s", check, want, got)
			}
		}
	}
	for _, check := range []string{"copied-from-above", "comment-says-late", "comment-contradicts", "counts-do-not-agree", "definition-differs", "nobody-refers"} {
		if got := saw(p, check); got != "" {
			t.Errorf("%s, where nothing is to be asked:\n%s", check, got)
		}
	}
}

// The published narrative of Quarter 4 of 2007/08 agrees with its tables: 8
// further actions are green, and 7 more indicators.
func TestPublishedNarrativeAgreesWithItsTables(t *testing.T) {
	for text, agrees := range map[string]bool{
		"8 further actions have been completed":                         true,
		"9 further actions have been completed":                         false,
		"Seven more performance indicators show that targets are met":   true,
		"Six more performance indicators now show that targets are met": false,
		"10 actions are green":                                          true,
		"16 indicators are red":                                         true,
		"15 indicators are red":                                         false,
		"Last quarter 2 actions were green":                             true,
	} {
		returns := readShared(t, "CSD Q4 2007-08 return.xlsx", "CSD Q3 2007-08 return.xlsx")
		returns[0].Narrative = []ingest.Narrative{{Place: ingest.Place{Workbook: returns[0].Name, Sheet: "Text", Cell: "A1"}, Plan: returns[0].Plan, Heading: "Key Developments", Text: text}}
		p := transform.Build(transform.Inputs{Period: q4, Scheme: defaultScheme(t), Returns: returns})
		if got := saw(p, "counts-do-not-agree"); (got == "") != agrees {
			t.Errorf("%q: %s", text, got)
		}
	}
}
