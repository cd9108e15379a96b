package witness

import (
	"os"
	"strings"
	"testing"
)

// Dark is the flag that makes Browse prefer dark colours.
const Dark = "--blink-settings=preferredColorScheme=0"

// Axe asks axe-core for violations of a page in a window of the given width, once
// the script before it has run; "" is none.
func Axe(t testing.TB, page []byte, width int, before string, flags ...string) string {
	t.Helper()
	path := os.Getenv("BOARDPACK_AXE")
	if path == "" {
		Missing(t, "no axe-core here: set BOARDPACK_AXE to the path of axe.min.js from the npm package axe-core")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	script := strings.ReplaceAll(string(axe), "</script", `<\/script`) + "\n" + before + `
axe.run(document).then(r => done(r.passes.length + " passed. " + r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary).join(" ; ")).join(" | ")))
   .catch(e => done("failed: " + e));`
	got := Browse(t, page, width, script, flags...)
	if strings.HasSuffix(got, " passed. ") && !strings.HasPrefix(got, "0 ") {
		return ""
	}
	return got
}

// Sideways is how many pixels a window of the given width lacks for the page,
// once the script before it has run: "0" where nothing scrolls sideways.
func Sideways(t testing.TB, page []byte, width int, before string) string {
	t.Helper()
	return Browse(t, page, width, before+"let d = document.documentElement; done(d.scrollWidth - d.clientWidth)")
}
