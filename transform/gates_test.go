package transform_test

import (
	"fmt"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

func TestGates(t *testing.T) {
	p := transform.Pack{Findings: []ingest.Finding{
		{Severity: ingest.Error, Check: "file-damaged"},
		{Severity: ingest.Error, Check: "file-empty", Explanation: "Clerk: nothing was due"},
		{Severity: ingest.Query, Check: "red-without-comment", Cells: []string{"A5", "A6"}},
		{Severity: ingest.Query, Check: "light-differs"},
		{Severity: ingest.Query, Check: "red-without-comment"},
		{Severity: ingest.Query, Check: "light-differs", Explanation: "Clerk: as agreed"},
		{Severity: ingest.Note, Check: "numbers-missing"},
	}}
	for _, c := range []struct {
		gates transform.Gates
		want  string
	}{
		{nil, ""},
		{transform.DefaultGates, "file-damaged 1; light-differs 1; red-without-comment 4; "},
		{transform.Gates{"error"}, "file-damaged 1; "},
		{transform.Gates{"red-without-comment"}, "red-without-comment 4; "},
		{transform.Gates{"file-empty", "over-100"}, ""},
		{transform.Gates{"numbers-missing", "light-differs"}, "light-differs 1; numbers-missing 1; "},
	} {
		got := ""
		for _, s := range c.gates.Stops(p) {
			got += fmt.Sprintf("%s %d; ", s.Check, s.Cells())
		}
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.gates, got, c.want)
		}
	}
}
