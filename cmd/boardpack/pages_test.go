package main

import (
	"os"
	"path/filepath"
	"testing"

	"boardpack/cmd/witness"
)

// TestPagesOfPacks asks axe-core about the pages of packs as they are made, in
// each house style, and wants that none scrolls sideways on a narrow screen.
func TestPagesOfPacks(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the browser takes long; run without -short")
	}
	pages := map[string][]string{
		"plain-report":     {"report.html", "working/report.html", "data/columns.html"},
		"board-report":     {"report.html"},
		"portfolio-report": {"report.html"},
	}
	for style, names := range pages {
		t.Run(style, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			runAs(t, dir, nil, "run", "--quarter", "Q2", "--out", "packs", samplesAs(t, style))
			for _, name := range names {
				page, err := os.ReadFile(filepath.Join(dir, "packs/2026-27/Q2/environment-culture/v1", name))
				if err != nil {
					t.Fatal(err)
				}
				if got := witness.Sideways(t, page, 320, ""); got != "0" {
					t.Errorf("%s: a screen of 320 pixels lacks %s for the page", name, got)
				}
				for width, flags := range map[int][]string{320: nil, 1280: {witness.Dark}} {
					if got := witness.Axe(t, page, width, "", flags...); got != "" {
						t.Errorf("%s: axe at %d pixels %v: %s", name, width, flags, got)
					}
				}
			}
		})
	}
}
