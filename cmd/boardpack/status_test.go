package main

import (
	"testing"

	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/transform"
)

// A status follows the log: of board, quarter and version, and of no other.
func TestStatusOfVersions(t *testing.T) {
	line := func(kind, quarter string, version, by int) transform.Decision {
		return transform.Decision{Kind: kind, Who: "Clerk", Board: "housing", Quarter: quarter, Version: version, Draft: 1, By: by, Text: "put right", SHA256: "a"}
	}
	decisions := []transform.Decision{
		line(transform.DecidePublication, "2026/27 Q2", 2, 0),
		line(transform.DecidePublication, "2026/27 Q2", 4, 0),
		line(transform.DecideSupersession, "2026/27 Q2", 2, 4),
		{Kind: transform.DecideOverride, Who: "Clerk", Ref: "HSG 2", Quarter: "2026/27 Q2", Light: "amber", Text: "x"},
	}
	pack := func(board, year, quarter string, version int, status string) store.Pack {
		return store.Pack{Board: board, Year: year, Quarter: quarter, Version: version, Status: status}
	}
	packs := []store.Pack{
		pack("housing", "2026/27", "Q2", 1, "draft"), pack("housing", "2026/27", "Q2", 2, "final"), pack("housing", "2026/27", "Q2", 4, "final"),
		pack("housing", "2026/27", "Q1", 2, "final"), pack("parks", "2026/27", "Q2", 2, "final"), pack("housing", "2025/26", "Q2", 4, "superseded"),
		pack("housing", "2026/27", "Q2", 4, "draft"),
	}
	for i, got := range statusesOf(packs, decisions) {
		want := []string{"draft", "superseded", "final", "final", "final", "final", "draft"}[i]
		published := []bool{false, true, true, false, false, false, false}[i]
		if got.Status != want || (got.Published != nil) != published || (got.Superseded != nil) != (want == "superseded") {
			t.Errorf("%+v is %+v, want %s", packs[i], got, want)
		}
	}
	if s := statusesOf(packs, decisions)[1]; s.Superseded.By != 4 || s.Superseded.Text != "put right" || s.Published.Version != 2 {
		t.Errorf("it was superseded by %+v", s.Superseded)
	}
	for p, want := range map[ingest.Period]int{{Year: 2026, Quarter: 2}: 4, {Year: 2026, Quarter: 1}: 0} {
		if got := lastNamed(decisions, "housing", p); got != want {
			t.Errorf("the log names version %d of %s at most, want %d", got, p, want)
		}
	}
}
