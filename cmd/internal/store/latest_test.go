package store

import (
	"testing"

	"boardpack/ingest"
)

// What is told of a version is what its last reading says, by whatever program it was read.
func TestLatestReadings(t *testing.T) {
	s := opened(t, t.TempDir())
	read := received(t, s, "Housing.xlsx", "one", day)
	unread := received(t, s, "Housing.xlsx", "two", day)
	quarter := ingest.Period{Year: 2026, Quarter: 2}
	for _, r := range []Reading{
		{Version: read.ID, Reader: "new", Plan: "old words", Body: "old body", Findings: []ingest.Finding{{Severity: ingest.Error, Check: "old"}, {Severity: ingest.Note, Check: "older"}}},
		{Version: read.ID, Reader: "a later program", Period: quarter, Plan: "Housing", Usable: true, Body: "body",
			Findings: []ingest.Finding{{Severity: ingest.Query, Check: "second", Place: ingest.Place{Sheet: "S", Cell: "B2"}}, {Severity: ingest.Note, Check: "first"}}},
	} {
		if err := s.KeepReading(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.LatestReadings(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%d versions (%v)", len(all), err)
	}
	if l := all[0]; l.ID != read.ID || !l.Known || l.Period != quarter || l.Plan != "Housing" || !l.Nil() || l.SHA256 != sum("one") || !l.Received.Equal(day) {
		t.Errorf("the version that was read is %+v", l)
	}
	if l := all[1]; l.ID != unread.ID || l.Known || l.Usable || l.Number != 2 || l.Period != (ingest.Period{}) {
		t.Errorf("the version that was not read is %+v", l)
	}
	findings, err := s.LatestFindings(t.Context(), read.ID, unread.ID)
	if got := findings[read.ID]; err != nil || len(findings) != 1 || len(got) != 2 || got[0].Check != "second" || got[0].Cell != "B2" || got[0].Workbook != "Housing.xlsx" || got[1].Check != "first" {
		t.Errorf("the findings are %+v (%v)", findings, err)
	}
	bodies, err := s.LatestBodies(t.Context(), unread.ID, read.ID)
	if err != nil || len(bodies) != 1 || bodies[read.ID] != "body" {
		t.Errorf("the bodies are %v (%v)", bodies, err)
	}
	if none, err := s.LatestFindings(t.Context()); err != nil || len(none) != 0 {
		t.Errorf("of no version there are %v (%v)", none, err)
	}
}
