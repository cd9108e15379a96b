package web

import (
	"net/http/httptest"
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
// nothing of what they need.
func TestPolicyInABrowser(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(busy(t))
	defer server.Close()
	for _, address := range []string{"/", "/returns/", q2 + "v1/"} {
		page, refused := witness.Visit(t, server.URL+address)
		if refused != "" || !strings.Contains(page, "Fernhill Borough Council") {
			t.Errorf("%s: the browser refuses %q of %s", address, refused, page)
		}
	}
}
