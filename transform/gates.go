package transform

import (
	"cmp"
	"slices"

	"boardpack/ingest"
)

// Gates name the findings that stop a final pack: severities ("error", "query",
// "note") and names of checks. A draft is always made.
type Gates []string

// DefaultGates stop a final for every error and every query that nobody has settled.
var DefaultGates = Gates{string(ingest.Error), string(ingest.Query)}

// Stop is one check that stops a final, with the findings that are open.
type Stop struct {
	Check    string
	Severity ingest.Severity // the worst of its findings
	Findings []ingest.Finding
}

// Cells counts the cells that the findings stand at.
func (s Stop) Cells() int {
	n := 0
	for _, f := range s.Findings {
		n += 1 + len(f.Cells)
	}
	return n
}

// Stops lists what stops a pack from being made final: the findings that the
// gates name and no decision explains, by check, the worst first. It is empty
// where the pack may be made final.
func (g Gates) Stops(p Pack) []Stop {
	var out []Stop
	for _, f := range p.Findings { // sorted: the worst first
		if f.Explanation != "" || !slices.Contains(g, string(f.Severity)) && !slices.Contains(g, f.Check) {
			continue
		}
		n := slices.IndexFunc(out, func(s Stop) bool { return s.Check == f.Check })
		if n < 0 {
			n = len(out)
			out = append(out, Stop{Check: f.Check, Severity: f.Severity})
		}
		out[n].Findings = append(out[n].Findings, f)
	}
	slices.SortStableFunc(out, func(x, y Stop) int {
		return cmp.Or(cmp.Compare(x.Severity.Rank(), y.Severity.Rank()), cmp.Compare(x.Check, y.Check))
	})
	return out
}
