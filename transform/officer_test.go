package transform

import (
	"testing"

	"boardpack/ingest"
)

// What an officer wrote in the workbook settles a query, and no error; the log has the last word.
func TestOfficersExplanations(t *testing.T) {
	at := ingest.Place{Workbook: "a.xlsx", Sheet: "PIs", Cell: "F3"}
	ret := ingest.Return{Name: "a.xlsx", Explanations: []ingest.Explanation{{Check: "scale", Place: at, Saw: "It is odd.", Text: "correct as given"}},
		Indicators: []ingest.Indicator{{Row: ingest.Row{Place: at}, Outturn: ingest.Figure{Cell: "F3", Doubt: "it is odd"}}}}
	log := Decision{Who: "Clerk", Kind: DecideExplanation, Workbook: "a.xlsx", Sheet: "PIs", Cell: "F3", Check: "scale", Text: "seen"}
	for _, c := range []struct {
		severity    ingest.Severity
		log         []Decision
		explanation string
		doubt       string
	}{
		{ingest.Query, nil, "officer's workbook: correct as given", ""},
		{ingest.Query, []Decision{log}, "Clerk: seen", ""},
		{ingest.Error, nil, "", "it is odd"},
		{ingest.Note, nil, "", "it is odd"},
	} {
		ret.Findings = []ingest.Finding{{Severity: c.severity, Check: "scale", Place: at, Saw: "it is odd"}}
		got := Settle([]ingest.Return{ret}, c.log)[0]
		if e, d := got.Findings[0].Explanation, got.Indicators[0].Outturn.Doubt; e != c.explanation || d != c.doubt {
			t.Errorf("%s: explanation %q and doubt %q, want %q and %q", c.severity, e, d, c.explanation, c.doubt)
		}
	}
}

// A decision clears the doubt of a quarter's figure in what Settle gives, and never in what it was given.
func TestSettleLeavesReturnsAsTheyAre(t *testing.T) {
	at := ingest.Place{Workbook: "a.xlsx", Sheet: "PIs", Cell: "F3"}
	row := ingest.Indicator{Row: ingest.Row{Place: at}}
	row.Quarters.At(2).Outturn = ingest.Figure{Cell: "F3", Doubt: "it is odd"}
	ret := ingest.Return{Name: "a.xlsx", Indicators: []ingest.Indicator{row}, Findings: []ingest.Finding{{Severity: ingest.Query, Check: "scale", Place: at, Saw: "it is odd"}}}
	log := Decision{Who: "Clerk", Kind: DecideExplanation, Workbook: "a.xlsx", Sheet: "PIs", Cell: "F3", Check: "scale", Text: "seen"}
	got := Settle([]ingest.Return{ret}, []Decision{log})[0]
	if d := got.Indicators[0].Quarters.Of(2).Outturn.Doubt; d != "" {
		t.Errorf("the doubt %q stays", d)
	}
	if d := ret.Indicators[0].Quarters.Of(2).Outturn.Doubt; d == "" || ret.Findings[0].Explanation != "" {
		t.Error("the return that was given has changed")
	}
}
