package html

import (
	"os"
	"strings"
	"testing"

	"boardpack/cmd/witness"
)

func TestNoSidewaysScrolling(t *testing.T) {
	for name, r := range hard(t) {
		for _, width := range []int{320, 740, 1280} {
			got := witness.Browse(t, draw(t, r), width, "let d = document.documentElement; done(d.scrollWidth - d.clientWidth)")
			if got != "0" {
				t.Errorf("%s: a screen of %d pixels lacks %s for the page", name, width, got)
			}
		}
	}
}

// TestAxe asks axe-core for violations, in a wide and in a narrow window, light and dark.
func TestAxe(t *testing.T) {
	path := os.Getenv("BOARDPACK_AXE")
	if path == "" {
		witness.Missing(t, "no axe-core here: set BOARDPACK_AXE to the path of axe.min.js from the npm package axe-core")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	script := strings.ReplaceAll(string(axe), "</script", `<\/script`) + `
axe.run(document).then(r => done(r.passes.length + " passed. " + r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" ; ")).join(" | ")))
   .catch(e => done("failed: " + e));`
	const dark = "--blink-settings=preferredColorScheme=0"
	for name, r := range hard(t) {
		for _, width := range []int{320, 1280} {
			for _, flags := range [][]string{nil, {dark}} {
				got := witness.Browse(t, draw(t, r), width, script, flags...)
				if !strings.HasSuffix(got, " passed. ") || strings.HasPrefix(got, "0 ") {
					t.Errorf("%s: axe at %d pixels %v: %s", name, width, flags, got)
				}
			}
		}
	}
}
