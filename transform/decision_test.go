package transform_test

import (
	"encoding/json"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// A publication and a supersession are lines of the log like others, and lack nothing that a reader needs.
func TestDecisionsAboutVersions(t *testing.T) {
	publication := transform.Decision{At: "2008-11-03T09:00:00Z", Who: "Clerk", Kind: transform.DecidePublication, Board: "board", Quarter: "2008/09 Q2",
		Version: 4, Draft: 3, SHA256: strings.Repeat("a", 64)}
	supersession := transform.Decision{At: "2008-11-04T09:00:00Z", Who: "Clerk", Kind: transform.DecideSupersession, Board: "board", Quarter: "2008/09 Q2",
		Version: 4, By: 6, Text: "A figure was put right"}
	for _, d := range []transform.Decision{publication, supersession} {
		line, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := transform.ParseDecision(line); err != nil || got != d {
			t.Errorf("%s was read as %+v (%v)", line, got, err)
		}
		if !d.OfVersion() || d.Concerns(ingest.Period{Year: 2008, Quarter: 2}) {
			t.Errorf("the %s bears on a pack", d.Kind)
		}
	}
	for lacks, change := range map[string]func(*transform.Decision){
		"who": func(d *transform.Decision) { d.Who = "" }, "board": func(d *transform.Decision) { d.Board = " " }, "quarter": func(d *transform.Decision) { d.Quarter = "" },
		"version": func(d *transform.Decision) { d.Version = 0 },
	} {
		for _, d := range []transform.Decision{publication, supersession} {
			change(&d)
			if err := d.Validate(); err == nil || !strings.Contains(err.Error(), "needs "+lacks) {
				t.Errorf("a %s without %s: %v", d.Kind, lacks, err)
			}
		}
	}
	publication.Draft, supersession.Text = 0, ""
	for lacks, d := range map[string]transform.Decision{"draft": publication, "text": supersession} {
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), "needs "+lacks) {
			t.Errorf("a %s without %s: %v", d.Kind, lacks, err)
		}
	}
}

// What the report says of decisions counts those that bear on its content.
func TestDecisionsAboutVersionsAreNotCounted(t *testing.T) {
	r := returned(q4, "w.xlsx", indicator("NI 1", "high", "69", "62", "red", "x"))
	publication := transform.Decision{Who: "Clerk", Kind: transform.DecidePublication, Board: "board", Quarter: "2007/08 Q4", Version: 2, Draft: 1, SHA256: "a"}
	supersession := transform.Decision{Who: "Clerk", Kind: transform.DecideSupersession, Board: "board", Quarter: "2007/08 Q4", Version: 2, Text: "void"}
	without, with := build(t, q4, transform.Inputs{}, r), build(t, q4, transform.Inputs{Decisions: []transform.Decision{publication, supersession}}, r)
	if with.Decisions != 0 || len(with.Findings) != len(without.Findings) {
		t.Errorf("%d decisions are counted; %v beside %v", with.Decisions, with.Findings, without.Findings)
	}
}
