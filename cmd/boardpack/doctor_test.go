package main

import (
	"path/filepath"
	"testing"
	"time"

	"boardpack/cmd/internal/store"
)

// A night that failed, and nights that did not come, are told as long as they are the last.
func TestDoctorLooksAtTheLastRun(t *testing.T) {
	packs := t.TempDir()
	s, err := store.Open(t.Context(), filepath.Join(packs, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)
	daily := func(after time.Time, _ int) []time.Time { return []time.Time{after.Add(24 * time.Hour)} }
	for _, c := range []struct {
		name      string
		run       store.Run
		now       time.Time
		state     string
		saw       string
		clockLate bool
	}{
		{"none", store.Run{Job: lookJob, Error: "share"}, now, stateOK, "there was none yet", false},
		{"the first failed", store.Run{Job: nightJob, Error: "disk full"}, now, stateWrong, "none has done its work yet; the last one ended with: disk full", false},
		{"one did its work", store.Run{Job: nightJob}, now, stateOK, "it did its work 6h59m ago", false},
		{"one failed since", store.Run{Job: nightJob, Error: "disk full"}, now, stateWrong, "none has done its work for 6h59m; the last one ended with: disk full", false},
		{"one did its work again", store.Run{Job: nightJob}, now, stateOK, "it did its work 6h59m ago", false},
		{"and none came for two days", store.Run{Job: lookJob}, now.Add(48 * time.Hour), stateWrong, "none has done its work for 54h59m", false},
		{"the clock was set back", store.Run{Job: lookJob}, now.Add(-24 * time.Hour), stateOK, "", true},
	} {
		c.run.Began, c.run.Ended = now.Add(-7*time.Hour), now.Add(-7*time.Hour+time.Minute)
		if err := s.KeepRun(t.Context(), c.run); err != nil {
			t.Fatal(err)
		}
		e := &examination{setUp: setUp{packs: packs}, now: c.now}
		e.lastRun(t.Context(), daily)
		if got := e.list[0]; c.saw != "" && (got.State != c.state || got.Saw != c.saw) {
			t.Errorf("%s: %+v", c.name, got)
		}
		e.list = nil
		if e.clock(t.Context()); (e.list[0].State == stateWrong) != c.clockLate {
			t.Errorf("%s: %+v", c.name, e.list[0])
		}
	}
	never := &examination{setUp: setUp{packs: packs}, now: time.Unix(0, 0)}
	if never.clock(t.Context()); never.list[0].State != stateWrong {
		t.Errorf("a clock that was never set: %+v", never.list[0])
	}
}
