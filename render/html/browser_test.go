package html

import (
	"testing"

	"boardpack/cmd/witness"
)

func TestNoSidewaysScrolling(t *testing.T) {
	for name, r := range hard(t) {
		for _, width := range []int{320, 740, 1280} {
			if got := witness.Sideways(t, draw(t, r), width, ""); got != "0" {
				t.Errorf("%s: a screen of %d pixels lacks %s for the page", name, width, got)
			}
		}
	}
}

// TestAxe asks axe-core for violations, in a wide and in a narrow window, light and dark.
func TestAxe(t *testing.T) {
	for name, r := range hard(t) {
		for _, width := range []int{320, 1280} {
			for _, flags := range [][]string{nil, {witness.Dark}} {
				if got := witness.Axe(t, draw(t, r), width, "", flags...); got != "" {
					t.Errorf("%s: axe at %d pixels %v: %s", name, width, flags, got)
				}
			}
		}
	}
}
