package main

import (
	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/transform"
)

// The statuses of a version of a pack. Its files say draft or final, and never
// change; that a final was superseded stands in the log of decisions alone.
const (
	statusDraft      = "draft"
	statusFinal      = "final"
	statusSuperseded = "superseded"
)

// versionStatus is what a version of a pack is, and by whose decision.
type versionStatus struct {
	Status     string
	Published  *transform.Decision // of a final; nil where the log does not have it yet
	Superseded *transform.Decision // of one that was superseded: by whom, why, and by which
}

// statusesOf gives the status of each pack of the ledger by what the log of decisions says.
func statusesOf(packs []store.Pack, decisions []transform.Decision) []versionStatus {
	out := make([]versionStatus, len(packs))
	for i, p := range packs {
		out[i] = statusIn(decisions, p.Board, ingest.PeriodIn(p.Year+" "+p.Quarter).Period, p.Version, p.Status == statusDraft)
	}
	return out
}

// statusBy is the status of a version that stands on disk.
func (m manifest) statusBy(decisions []transform.Decision) versionStatus {
	return statusIn(decisions, m.Board, m.period(), m.Version, m.Status == statusDraft)
}

func statusIn(decisions []transform.Decision, board string, p ingest.Period, version int, draft bool) versionStatus {
	if draft {
		return versionStatus{Status: statusDraft}
	}
	s := versionStatus{Status: statusFinal}
	for _, d := range decisions {
		switch {
		case d.Board != board || d.Version != version || d.Period() != p:
		case d.Kind == transform.DecidePublication:
			s.Published = &d
		case d.Kind == transform.DecideSupersession:
			s.Status, s.Superseded = statusSuperseded, &d
		}
	}
	return s
}

// lastNamed is the highest version of a pack that the log names; 0 for none.
func lastNamed(decisions []transform.Decision, board string, p ingest.Period) int {
	last := 0
	for _, d := range decisions {
		if d.OfVersion() && d.Board == board && d.Period() == p {
			last = max(last, d.Version, d.Draft, d.By)
		}
	}
	return last
}
