package web

import (
	"context"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"boardpack/cmd/witness"
)

// seenPages are pages of every kind and state as a browser gets them.
func seenPages(t *testing.T) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{}
	w := busy(t)
	for _, address := range []string{"/", "/packs/communities/2026-27/Q1/", q2, q2 + "v1/", q2 + "v3/changes/", "/returns/", "/returns/3/", "/returns/8/", "/runs/", "/nothing"} {
		pages[address] = []byte(body(t, w.ask("GET", address)))
	}
	w.state.Inboxes[0].Away, w.state.Inboxes[0].Since = "the folder cannot be read: no such host", now.Add(-time.Hour)
	pages["a share that is away"] = []byte(body(t, w.ask("GET", "/returns/")))
	w = empty(t)
	for _, address := range []string{"/", "/returns/"} {
		pages["nothing yet: "+address] = []byte(body(t, w.ask("GET", address)))
	}
	return pages
}

// TestAxe asks axe-core for violations in a narrow window and in a wide one,
// light and dark, and wants that no page scrolls sideways on a narrow screen
// (nor, which is the same, with text four times as large on a wide one).
func TestAxe(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the browser takes long; run without -short")
	}
	for name, page := range seenPages(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := witness.Sideways(t, page, 320, ""); got != "0" {
				t.Errorf("a screen of 320 pixels lacks %s for the page", got)
			}
			for width, flags := range map[int][]string{320: nil, 1280: {witness.Dark}} {
				if got := witness.Axe(t, page, width, "", flags...); got != "" {
					t.Errorf("axe at %d pixels %v: %s", width, flags, got)
				}
			}
		})
	}
}

// TestPolicyInABrowser opens pages from a server: the browser must refuse
// nothing of what they need, and must take their style.
func TestPolicyInABrowser(t *testing.T) {
	t.Parallel()
	chromium := witness.Program(t, "chromium", "install the package chromium")
	w := busy(t)
	server := httptest.NewServer(w)
	defer server.Close()
	for _, address := range []string{"/", "/returns/", q2 + "v1/"} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		out, err := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--enable-logging=stderr", "--v=0", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=5000", "--dump-dom", server.URL+address).CombinedOutput()
		if err != nil {
			t.Fatalf("chromium: %v", err)
		}
		if said := string(out); strings.Contains(said, "Content Security Policy") || strings.Contains(said, "Refused to") || !strings.Contains(said, "Fernhill Borough Council") {
			t.Errorf("%s: the browser says %s", address, said)
		}
	}
}
