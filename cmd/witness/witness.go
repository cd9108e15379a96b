// Package witness asks others about what was made, for tests: whether a program
// is here, what a browser sees of a page, what the streams of a PDF hold.
package witness

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

// Missing skips a test that needs what is not here, or fails it where all
// programs are required (BOARDPACK_REQUIRE_TOOLS=1). how says what it is and how to install it.
func Missing(t testing.TB, how string) {
	t.Helper()
	if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
		t.Fatal(how)
	}
	t.Skip(how)
}

// Program is the path of a program; without it, the test ends as with Missing.
func Program(t testing.TB, name, how string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, fmt.Sprintf("%s is not installed: %s", name, how))
	}
	return path
}

// Browse opens a page in a headless browser, inside a frame of the given width in
// pixels, runs the script in it and answers what the script gives to the function done.
func Browse(t testing.TB, page []byte, width int, script string, flags ...string) string {
	t.Helper()
	inner := string(page) + "<script>function done(s){parent.document.getElementById('answer').textContent='['+s+']'}\n" + script + "</script>"
	outer := fmt.Sprintf(`<!DOCTYPE html><pre id="answer"></pre><iframe width="%d" height="900" style="border:0" srcdoc="%s"></iframe>`, width, html.EscapeString(inner))
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(outer), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := open(t, "file://"+file, flags...)
	_, rest, _ := strings.Cut(out, `<pre id="answer">[`)
	answer, _, found := strings.Cut(rest, "]</pre>")
	if !found {
		t.Fatal("the page's script gave no answer")
	}
	return html.UnescapeString(answer)
}

// Visit opens an address in a headless browser and gives the page as it stands
// there, and what of it the browser refused by the page's own policy; "" is nothing.
func Visit(t testing.TB, address string) (page, refused string) {
	t.Helper()
	page, said := open(t, address, "--enable-logging=stderr")
	for line := range strings.Lines(said) {
		if strings.Contains(line, "Content Security Policy") || strings.Contains(line, "Refused to") {
			refused += line
		}
	}
	return page, refused
}

// open opens an address in a headless browser and gives the page as it stands
// once its scripts have run, and what the browser says.
func open(t testing.TB, address string, flags ...string) (page, said string) {
	t.Helper()
	chromium := Program(t, "chromium", "install the package chromium")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, chromium, append(flags, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1400,1000",
		"--user-data-dir="+filepath.Join(t.TempDir(), "profile"), "--virtual-time-budget=20000", "--dump-dom", address)...)
	var out, err strings.Builder
	c.Stdout, c.Stderr = &out, &err
	if err := c.Run(); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	return out.String(), err.String()
}
