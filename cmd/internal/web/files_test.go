package web

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const q2 = "/packs/communities/2026-27/Q2/"

func TestFileAddresses(t *testing.T) {
	t.Parallel()
	w := busy(t)
	for _, c := range []struct{ address, of, kind, disposition string }{
		{q2 + "final/report.pdf", "v3 report.pdf", "application/pdf",
			`inline; filename="Communities _and_ Housing-Board 2026-27 Q2 final v3.pdf"; filename*=UTF-8''Communities%20%E2%80%9Cand%E2%80%9D%20Housing-Board%202026-27%20Q2%20final%20v3.pdf`},
		{q2 + "draft/report.pdf", "v4 report.pdf", "application/pdf", "Q2 draft v4.pdf"},
		{q2 + "v1/report.html", "v1 report.html", "text/html; charset=utf-8", "inline; "},
		{q2 + "v2/report.xlsx", "v2 report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Q2 superseded v2.xlsx"},
		{q2 + "v3/data/actions.csv", "v3 data/actions.csv", "text/csv; charset=utf-8; header=present", "Q2 final v3 actions.csv"},
		{q2 + "v3/data/datapackage.json", "v3 data/datapackage.json", "application/json", "attachment; "},
		{q2 + "v3/working/report.xlsx", "v3 working/report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "v3 working edition, not for publication.xlsx"},
		{q2 + "draft/working/data/findings.csv", "v4 working/data/findings.csv", "text/csv; charset=utf-8; header=present", "v4 working edition, not for publication findings.csv"},
		{"/packs/environment/2026-27/Q2/draft/report.pdf", "v1 report.pdf", "application/pdf", `inline; filename="Environment Board 2026-27 Q2 draft v1.pdf"`},
	} {
		res := w.ask("GET", c.address)
		got := body(t, res)
		folder := strings.TrimPrefix(c.address, "/packs/")
		board := folder[:strings.Index(folder, "/")]
		text := "2026-27/Q2/" + board + "/" + c.of
		if res.StatusCode != http.StatusOK || got != text {
			t.Errorf("%s is answered with %d and %q, want %q", c.address, res.StatusCode, got, text)
		}
		cache := "private, max-age=31536000, immutable"
		if strings.Contains(c.address, "/final/") || strings.Contains(c.address, "/draft/") {
			cache = "private, no-cache"
		}
		for name, want := range map[string]string{"Content-Type": c.kind, "ETag": `"` + sum(text) + `"`, "Cache-Control": cache, "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff"} {
			if h := res.Header.Get(name); h != want {
				t.Errorf("%s has %s %q, want %q", c.address, name, h, want)
			}
		}
		if d := res.Header.Get("Content-Disposition"); !strings.Contains(d, c.disposition) {
			t.Errorf("%s is saved as %q, want %q", c.address, d, c.disposition)
		}
		if res.Header.Get("Last-Modified") == "" {
			t.Errorf("%s does not say when it was made", c.address)
		}
	}
}

func TestPartsAndStillTheSame(t *testing.T) {
	t.Parallel()
	w := busy(t)
	address, text := q2+"v3/report.pdf", "2026-27/Q2/communities/v3 report.pdf"
	tag := `"` + sum(text) + `"`
	for _, c := range []struct {
		method  string
		headers []string
		status  int
		body    string
	}{
		{"HEAD", nil, 200, ""},
		{"GET", []string{"If-None-Match", tag}, 304, ""},
		{"GET", []string{"If-None-Match", `"other"`}, 200, text},
		{"GET", []string{"Range", "bytes=0-6"}, 206, "2026-27"},
		{"GET", []string{"Range", "bytes=-3"}, 206, "pdf"},
		{"GET", []string{"Range", "bytes=0-6", "If-Range", tag}, 206, "2026-27"},
		{"GET", []string{"Range", "bytes=0-6", "If-Range", `"other"`}, 200, text},
		{"GET", []string{"Range", "bytes=900-"}, 416, ""},
		{"GET", []string{"If-Modified-Since", "Sun, 22 Nov 2026 20:00:00 GMT"}, 304, ""},
		{"GET", []string{"If-Modified-Since", "Sun, 22 Nov 2020 20:00:00 GMT"}, 200, text},
	} {
		res := w.ask(c.method, address, c.headers...)
		if got := body(t, res); res.StatusCode != c.status || c.status != 416 && got != c.body {
			t.Errorf("%s %q is answered with %d and %q, want %d and %q", c.method, c.headers, res.StatusCode, got, c.status, c.body)
		}
	}
	// An address that moves: what a browser kept of the version before is no longer the same.
	if res := w.ask("GET", q2+"draft/report.pdf", "If-None-Match", `"`+sum("2026-27/Q2/communities/v1 report.pdf")+`"`); res.StatusCode != 200 {
		t.Errorf("the draft of before is still taken for the latest: %d", res.StatusCode)
	}
}

// A file that is gone or is no longer what it was is told, and never sent.
func TestNeverOtherBytes(t *testing.T) {
	t.Parallel()
	w := busy(t)
	dir := filepath.Join(w.packs, "2026-27", "Q2", "communities")
	secret := filepath.Join(filepath.Dir(w.packs), "secret.txt")
	for _, c := range []struct {
		file   string
		break_ func(path string) error
		status int
		says   string
	}{
		{"v1/report.pdf", os.Remove, 410, "no longer on the disk"},
		{"v1/report.xlsx", func(p string) error { return os.WriteFile(p, []byte("2026-27/Q2/communities/v1 SECRET.xlsx"), 0o644) }, 500, "not the one that was written"},
		{"v1/data/actions.csv", func(p string) error { return os.WriteFile(p, nil, 0o644) }, 500, "not the one that was written"},
		{"v1/report.html", func(p string) error {
			return os.WriteFile(p, []byte("2026-27/Q2/communities/v1 report.html SECRET"), 0o644)
		}, 500, "not the one that was written"},
		{"v2/report.pdf", func(p string) error { _ = os.Remove(p); return os.Symlink(secret, p) }, 500, "not the one that was written"},
		{"v2/report.xlsx", func(p string) error { _ = os.Remove(p); return os.Mkdir(p, 0o755) }, 500, "not the one that was written"},
	} {
		if err := c.break_(filepath.Join(dir, filepath.FromSlash(c.file))); err != nil {
			t.Fatal(err)
		}
		res := w.ask("GET", q2+c.file)
		page := body(t, res)
		if res.StatusCode != c.status || strings.Contains(page, "SECRET") || res.Header.Get("ETag") != "" || res.Header.Get("Content-Disposition") != "" || !strings.Contains(res.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s is answered with %d %v and %q", c.file, res.StatusCode, res.Header, page)
		}
		wants(t, c.file, page, c.says)
		if file := c.file[strings.Index(c.file, "/")+1:]; !strings.Contains(w.log.String(), "file="+file) {
			t.Errorf("the log does not name %s:\n%s", c.file, w.log.String())
		}
	}
}

// No address becomes a path: what no list of outputs names is not there.
func TestOddAddresses(t *testing.T) {
	t.Parallel()
	w := busy(t)
	w.write(filepath.Join(w.packs, "2026-27", "Q2", "communities", "v1", "notes.txt"), "SECRET")
	w.write(filepath.Join(w.packs, "2026-27", "Q2", "communities", "v1", "manifest.json"), "SECRET")
	for _, address := range []string{
		q2 + "v1/notes.txt", q2 + "v1/manifest.json", q2 + "v1/", q2 + "v1", q2 + "v01/report.pdf", q2 + "V1/report.pdf", q2 + "v99/report.pdf", q2 + "v-1/report.pdf",
		q2 + "v1/REPORT.PDF", q2 + "v1/report.pdf/", q2 + "v1/./report.pdf", q2 + "v1//report.pdf", q2 + "v1/data", q2 + "v1/data/", q2 + "latest/report.pdf",
		q2 + "v1/../../../../../secret.txt", q2 + "v1/..%2f..%2f..%2f..%2f..%2fsecret.txt", q2 + "v1/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.txt", q2 + "v1/..%5c..%5csecret.txt",
		q2 + "v1/report.pdf%00", q2 + "v1/%00", q2 + "v1/c:%5csecret.txt", q2 + "%2e%2e/Q1/v1/report.pdf", q2 + "v1/data%2factions.csv",
		"/packs/../secret.txt", "/packs/%2e%2e/secret.txt/x/v1/report.pdf", "/packs/communities%2f2026-27/Q2/v1/report.pdf", "/packs/communities/2026%2f27/Q2/v1/report.pdf",
		"/packs/communities/2026-27/q2/", "/packs/communities/2026/Q2/", "/packs/communities/2026-27/Q5/", "/packs/COMMUNITIES/", "/packs/nobody/2026-27/Q2/v1/report.pdf", "/packs/*/", "/packs/%C3%BC%FF/",
		"/packs/communities/2026-27/", "/packs/communities/2026-27/Q3/final/report.pdf", "/returns/0/", "/returns/-1/page", "/returns/1%20OR%201=1/", "/returns/999/copy", "/returns/1/x",
		"/returns/2026-27/Q9/", "/returns/../secret.txt", "//secret.txt", "/" + strings.Repeat("a", 5000), "/favicon.ico", "/.archive/", "/packs/.archive/",
	} {
		res := w.ask("GET", address)
		page := body(t, res)
		if strings.Contains(page, "SECRET") {
			t.Errorf("%s gives away what it must not", address)
		}
		switch address {
		case q2 + "v1/", q2 + "v1/data%2factions.csv": // a page; and a name of the list, however it is written
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s is answered with %d", address, res.StatusCode)
			}
			continue
		}
		if res.StatusCode == http.StatusOK {
			t.Errorf("%s is answered with %q", address, page)
		}
		if res.StatusCode == http.StatusNotFound {
			wants(t, address, page, "<h1>Nothing here</h1>", `href="/"`)
		}
	}
}

func TestMissingSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := busy(t)
	for address, says := range map[string]string{
		"/packs/communities/2026-27/Q1/final/report.pdf": "No version of this pack is final, or the one that was has been superseded.",
		"/packs/communities/2026-27/Q1/v7/report.pdf":    "This pack has no such version.",
		"/packs/communities/2026-27/Q1/v1/report.doc":    "no such file",
		"/packs/communities/2026-27/Q4/":                 "No pack of this board was made for such a quarter.",
		"/packs/nobody/":                                 "No pack of such a board was made.",
		"/packs/communities/2026-27/Q2/v1/changes/":      "It is not known what changed",
		"/returns/99/": "No return stands under this address.",
	} {
		wants(t, address, w.page(http.StatusNotFound, address), says)
	}
}

func TestDisposition(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"plain.pdf":      `attachment; filename=plain.pdf`,
		"a b.pdf":        `attachment; filename="a b.pdf"`,
		"Bwrdd Tŷ 50%.x": `attachment; filename="Bwrdd T_ 50_.x"; filename*=UTF-8''Bwrdd%20T%C5%B7%2050%25.x`,
		`a";b=c.pdf`:     `attachment; filename="a_;b=c.pdf"; filename*=UTF-8''a%22%3Bb%3Dc.pdf`,
	} {
		if got := disposition("attachment", name); got != want {
			t.Errorf("%q gives %s, want %s", name, got, want)
		}
	}
	if got := savable(" a/b\\c:\"d\"\r\n e\xff. "); got != "a-b-c--d- e" {
		t.Errorf("a name is made %q", got)
	}
}
