package html

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// missing skips a test whose program is not here, or fails it where all programs are required.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// browse opens a page in a headless browser, inside a frame of the given width,
// runs the script in it and answers what the script gives to the function done.
func browse(t *testing.T, page []byte, width int, script string, flags ...string) string {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "no chromium here: install the package chromium")
	}
	dir := t.TempDir()
	inner := string(page) + "<script>function done(s){parent.document.getElementById('answer').textContent='['+s+']'}\n" + script + "</script>"
	outer := fmt.Sprintf(`<!DOCTYPE html><pre id="answer"></pre><iframe width="%d" height="900" style="border:0" srcdoc="%s"></iframe>`, width, html.EscapeString(inner))
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(outer), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	args := append(flags, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1400,1000",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--virtual-time-budget=20000", "--dump-dom", "file://"+file)
	out, err := exec.CommandContext(ctx, chromium, args...).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	_, rest, _ := strings.Cut(string(out), `<pre id="answer">[`)
	answer, _, found := strings.Cut(rest, "]</pre>")
	if !found {
		t.Fatal("the page's script gave no answer")
	}
	return html.UnescapeString(answer)
}

func TestNoSidewaysScrolling(t *testing.T) {
	for name, r := range hard(t) {
		for _, width := range []int{320, 740, 1280} {
			got := browse(t, draw(t, r), width, "let d = document.documentElement; done(d.scrollWidth - d.clientWidth)")
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
		missing(t, "no axe-core here: set BOARDPACK_AXE to the path of axe.min.js from the npm package axe-core")
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
				got := browse(t, draw(t, r), width, script, flags...)
				if !strings.HasSuffix(got, " passed. ") || strings.HasPrefix(got, "0 ") {
					t.Errorf("%s: axe at %d pixels %v: %s", name, width, flags, got)
				}
			}
		}
	}
}
