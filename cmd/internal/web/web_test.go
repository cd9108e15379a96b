package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

// pagesSeen are the addresses of a page of every kind.
var pagesSeen = []string{"/", "/packs/communities/", q2, "/packs/communities/2026-27/Q1/", "/packs/environment/2026-27/Q2/", q2 + "v1/", q2 + "final/", q2 + "v3/changes/",
	"/returns/", "/returns/2026-27/Q1/", "/returns/1/", "/returns/2/", "/returns/3/", "/returns/8/", "/runs/", "/nothing"}

func TestPacksPage(t *testing.T) {
	t.Parallel()
	w := busy(t)
	page := w.page(http.StatusOK, "/")
	wants(t, "the first page", page, "Quarter 2, 2026/27 (July to September 2026)", "Quarter 1, 2026/27 (April to June 2026)",
		`href="/packs/communities/2026-27/Q2/final/report.pdf"`, `href="/packs/communities/2026-27/Q2/draft/report.pdf"`, `href="/packs/communities/2026-27/Q1/v2/report.pdf"`,
		"The outturn of HSG 1 was corrected.", "Communities “and” Housing/Board", `<strong class="status final">Final</strong>`, "2 changes</a> since version 2", "30 September 2026", "not known")
	if strings.Index(page, "Quarter 2, 2026/27") > strings.Index(page, "Quarter 1, 2026/27") {
		t.Error("the newest quarter does not stand first")
	}
	if strings.Contains(page, "v1/report.pdf") {
		t.Error("a draft that was replaced stands on the first page")
	}
	wants(t, "the page of one board", w.page(http.StatusOK, "/packs/environment/"), "Packs of Environment Board")
	if page := w.page(http.StatusOK, "/packs/environment/"); strings.Contains(page, "/packs/communities/") {
		t.Error("the page of one board names another's packs")
	}
	wants(t, "a first page without packs", empty(t).page(http.StatusOK, "/"), "No pack was made yet")
	wants(t, "the log", w.log.String(), "the record of a pack cannot be read")
}

func TestPackPage(t *testing.T) {
	t.Parallel()
	w := busy(t)
	page := w.page(http.StatusOK, q2)
	final, draft := strings.Index(page, "The final pack"), strings.Index(page, "The latest draft")
	if final < 0 || draft < final || strings.Index(page, "Every version") < draft {
		t.Errorf("the final at %d and the draft at %d do not stand first", final, draft)
	}
	wants(t, "the page of a pack", page, "Version 1", "Version 2", "Version 3", "Version 4", q2+"v1/report.pdf", "Superseded")
	wants(t, "a pack whose final was superseded", w.page(http.StatusOK, "/packs/communities/2026-27/Q1/"), "The pack that was final", "Committee Clerk, ", "Version 3 is in its place")
	version := w.page(http.StatusOK, q2+"v1/")
	wants(t, "a version", version, "light differs", "4 findings", "data/actions.csv", "Not for publication", "A draft: ", q2+"v1/working/report.xlsx", "first version")
	for _, name := range packFiles {
		wants(t, "a version", version, `href="`+q2+"v1/"+name+`"`)
	}
	wants(t, "a final version", w.page(http.StatusOK, q2+"final/"), "All of it may be published.")
	wants(t, "a superseded version", w.page(http.StatusOK, q2+"v2/"), "It was published, and is superseded.")
	wants(t, "a list of changes", w.page(http.StatusOK, q2+"v3/changes/"), "2 changes since version 2", "Homes re-let in time", "red without comment", "&lt;script&gt;", "not for publication")
}

func TestReturnsPages(t *testing.T) {
	t.Parallel()
	w := busy(t)
	page := w.page(http.StatusOK, "/returns/")
	wants(t, "the page of returns", page, "Quarter 2, 2026/27", "Returns are due by 21 October 2026.", "That day has passed; returns still count.", "Housing &lt;b&gt;.xlsx", "it is empty; perhaps it is still being written",
		"it is a link; put the workbook itself here", "Parks.xlsx is used", "No access to: private", "used in place of a newer version that cannot be read", "version 1 of 2",
		"nothing to report", "late", "no longer in the folder", "not read yet", "Housing, Parks", "Communities Board, Environment Board", `data-label="Boards"><div>none<`, `data-label="Boards"><div>not known<`, "overdue", "not returned yet", "Libraries")
	for want, rows := range map[string]int{`<strong>late</strong>`: 2, `<strong>nothing to report</strong>`: 1, `<strong>cannot be used</strong>`: 1, ">How we read it<": 2, ">Marked copy<": 1} {
		if got := strings.Count(page, want); got != rows {
			t.Errorf("%q stands %d times, want %d", want, got, rows)
		}
	}
	row := page[strings.Index(page, "Housing &lt;b&gt;.xlsx</a>"):]
	wants(t, "the row of a return", row[:strings.Index(row, "</tr>")], `data-label="Not used"><div>1</div>`, `data-label="Please look"><div>1</div>`, "Communities Board", "5 October 2026, 10:00</time>, version 1<")

	history := w.page(http.StatusOK, "/returns/3/")
	wants(t, "the history of a return", history, "Version 1", "Version 2", "<strong>used</strong>", "<strong>cannot be used</strong>", "the outturn is &#39;about 70&#39;", sum("parks 2"))
	wants(t, "a return that was taken out", w.page(http.StatusOK, "/returns/8/"), "Ann Ode: It was another council’s.", "its bytes were taken out")
	wants(t, "returns of nobody", empty(t).page(http.StatusOK, "/returns/"), "No return for this quarter was received yet.", "Quarter 2, 2026/27", "overdue", `href="/returns/2026-27/Q3/"`)

	w.state.Inboxes[0].Away, w.state.Inboxes[0].Since = "the folder cannot be read", now.Add(-time.Hour)
	wants(t, "a share that is away", w.page(http.StatusOK, "/returns/"), "is unreachable since", "What was received stands.")
}

func TestAnswersAreSent(t *testing.T) {
	t.Parallel()
	w := busy(t)
	for address, text := range map[string]string{"/returns/1/page": "answer 2026-27/Q2/Housing <b>.xlsx.html", "/returns/1/copy": "answer 2026-27/Q2/Housing <b>.xlsx"} {
		res := w.ask("GET", address)
		if got := body(t, res); res.StatusCode != http.StatusOK || got != text || res.Header.Get("ETag") != `"`+sum(text)+`"` || res.Header.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s is answered with %d %q %v", address, res.StatusCode, got, res.Header)
		}
	}
	if d := w.ask("GET", "/returns/1/copy").Header.Get("Content-Disposition"); d != `attachment; filename="Housing -b-.xlsx"` {
		t.Errorf("the marked copy is saved as %s", d)
	}
	wants(t, "a return without marks", w.page(http.StatusNotFound, "/returns/2/copy"), "There is no marked copy")
	wants(t, "a version that was replaced", w.page(http.StatusNotFound, "/returns/2/page"), "It is there for the newest version")
	w.write(w.answers+"/2026-27/Q2/Housing <b>.xlsx", "SECRET of its officer")
	if page := w.page(http.StatusGone, "/returns/1/copy"); strings.Contains(page, "SECRET") {
		t.Error("what its officer wrote is sent as our copy")
	}
}

func TestRunsPage(t *testing.T) {
	t.Parallel()
	page := busy(t).page(http.StatusOK, "/runs/")
	wants(t, "the page of runs", page, "boardpack 1.2.3", "write report.pdf: the disk is full", "is tried again", "23 November 2026, 02:00", "60 seconds", "3 seconds", "Europe/London")
	if strings.Contains(page, "goroutine") {
		t.Error("the page shows what is for who mends the program")
	}
	if strings.Contains(page, "Mail") {
		t.Error("the page shows runs of a job that has nothing to do")
	}
}

var styleElement = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// Every page says which style alone may be used, has no script, and sets nothing in the browser.
func TestHeaders(t *testing.T) {
	t.Parallel()
	w := busy(t)
	for _, address := range pagesSeen {
		res := w.ask("GET", address)
		page := body(t, res)
		found := styleElement.FindStringSubmatch(page)
		if found == nil || strings.Contains(page, "<script") || strings.Contains(page, ` style="`) {
			t.Errorf("%s has no style, or a script, or styles of elements", address)
			continue
		}
		hash := sha256.Sum256([]byte(found[1]))
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Set-Cookie": "", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s has %s %q, want %q", address, name, got, want)
			}
		}
		head := w.ask("HEAD", address)
		if got := head.Header.Get("Content-Length"); head.StatusCode != res.StatusCode || got != res.Header.Get("Content-Length") {
			t.Errorf("HEAD of %s is answered with %d and a length of %s", address, head.StatusCode, got)
		}
	}
	if got := w.ask("GET", q2+"v1/report.html").Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || strings.Contains(got, "script-src") {
		t.Errorf("a report may do %q", got)
	}
}

func TestWhoMayAskAndHow(t *testing.T) {
	t.Parallel()
	w := busy(t)
	for _, c := range []struct {
		method, host, address, site string
		status                      int
	}{
		{"GET", "127.0.0.1:8321", "/", "", 200}, {"GET", "localhost:8321", "/", "", 200}, {"GET", "[::1]:8321", "/", "", 200}, {"GET", "LOCALHOST", "/", "", 200}, {"GET", "127.8.9.1", "/healthz", "", 200},
		{"GET", "evil.example", "/", "", 421}, {"GET", "192.168.1.7:8321", "/", "", 421}, {"GET", "localhost.evil.example:8321", "/metrics", "", 421}, {"GET", "", "/", "", 421},
		{"POST", "localhost", "/", "", 405}, {"PUT", "localhost", "/runs/", "", 405}, {"DELETE", "localhost", q2 + "v1/report.pdf", "", 405}, {"OPTIONS", "localhost", "/", "", 405},
		{"POST", "localhost", "/", "cross-site", 403}, {"POST", "localhost", "/nothing", "", 404}, {"GET", "localhost", "/", "cross-site", 200},
		{"GET", "localhost", "/returns", "", 307}, {"GET", "localhost", strings.TrimSuffix(q2, "/"), "", 307}, {"GET", "localhost", "/packs/", "", 301}, {"GET", "localhost", "/runs", "", 307},
	} {
		r := httptest.NewRequest(c.method, c.address, nil)
		r.Host = c.host
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, r)
		if rec.Code != c.status {
			t.Errorf("%s %s%s is answered with %d, want %d", c.method, c.host, c.address, rec.Code, c.status)
		}
		if c.status == 405 && rec.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s may be asked with %q", c.method, c.address, rec.Header().Get("Allow"))
		}
		if c.status >= 400 {
			wants(t, c.host, rec.Body.String(), "<h1>", "</html>")
		}
	}
}

func TestCheckListen(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{"127.0.0.1:8321": true, "localhost:80": true, "[::1]:8321": true, "127.0.0.1:0": true,
		"": false, ":8321": false, "0.0.0.0:8321": false, "192.168.1.7:8321": false, "[::]:8321": false, "packs.example:8321": false, "127.0.0.1": false, "127.0.0.1:x": false, "127.0.0.1:99999": false} {
		if err := CheckListen(address); (err == nil) != ok {
			t.Errorf("%q gives %v", address, err)
		}
	}
}

// A page that fails is told in the log, and the reader is told no more than that.
func TestFailuresAreTold(t *testing.T) {
	t.Parallel()
	w := busy(t)
	o := w.options()
	o.Listed = func(context.Context) ([]Listed, error) { return nil, errors.New("the ledger SECRET is locked") }
	o.Awaited = nil // a fault of the program
	var err error
	if w.Site, err = New(o); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/", "/returns/"} {
		if page := w.page(http.StatusInternalServerError, address); strings.Contains(page, "SECRET") || !strings.Contains(page, "This cannot be shown") {
			t.Errorf("%s says %s", address, page)
		}
	}
	wants(t, "the log", w.log.String(), "the ledger SECRET is locked", "a page failed")
}

// It answers until it is told to stop, and ends what it has begun.
func TestServe(t *testing.T) {
	t.Parallel()
	w := empty(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- w.Serve(ctx, "127.0.0.1:0") }()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	for end := time.Now().Add(10 * time.Second); address.FindString(w.log.String()) == ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not say where it answers")
		}
	}
	at := address.FindString(w.log.String())
	res, err := http.Get(at + "healthz")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if string(b) != "ok: boardpack 1.2.3\n" {
		t.Errorf("it says %q", b)
	}
	slow, err := net.Dial("tcp", strings.Trim(strings.TrimPrefix(at, "http:"), "/")) // a reader who says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(stopping + 3*time.Second):
		t.Error("it does not stop")
	}
	if _, err := http.Get(at); err == nil {
		t.Error("it answers after its end")
	}
}

// An address that another program has is told once, and costs no more than the pages.
func TestServeWhereAnotherDoes(t *testing.T) {
	t.Parallel()
	w := empty(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	ended := make(chan struct{})
	go func() { defer close(ended); w.serveAgain(ctx, l.Addr().String(), time.Millisecond) }()
	time.Sleep(100 * time.Millisecond)
	if got := strings.Count(w.log.String(), "the pages cannot be served; it is tried again"); got != 1 {
		t.Errorf("it is told %d times:\n%s", got, w.log.String())
	}
	l.Close()
	for !strings.Contains(w.log.String(), "the pages are served") && ctx.Err() == nil {
		time.Sleep(5 * time.Millisecond)
	}
	if ctx.Err() != nil {
		t.Error("it does not take the address when that is free")
	}
	stop()
	<-ended
	if err := w.Serve(t.Context(), "0.0.0.0:0"); err == nil {
		t.Error("it serves other machines")
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	w := busy(t)
	if got := w.page(http.StatusOK, "/healthz"); got != "ok: boardpack 1.2.3\n" {
		t.Errorf("it says %q", got)
	}
	for name, c := range map[string]struct {
		change func()
		status int
		says   string
	}{
		"all is well":                 {func() {}, 200, "ok: shared folder: reachable"},
		"the share is away":           {func() { w.state.Inboxes[0].Away = "the folder\ncannot be read" }, 503, "not ok: shared folder: unreachable since"},
		"nobody looks any more":       {func() { w.state.Inboxes[0].Looked = now.Add(-2 * time.Hour) }, 503, "not ok: shared folder: last looked at"},
		"the first look goes on":      {func() { w.state.Inboxes[0].Looked = time.Time{}; w.state.Began = now }, 200, "the first look has not ended yet"},
		"the first look does not end": {func() { w.state.Inboxes[0].Looked = time.Time{}; w.state.Began = now.Add(-2 * time.Hour) }, 503, "no look has ended"},
		"a night was left out":        {func() { w.clock = now.Add(12 * time.Hour); w.state.Inboxes[0].Looked = w.clock }, 503, "not ok: ledger and schedule: the last night that ended well began 22 November 2026, 02:00; one was due 23 November 2026, 02:00"},
		"a night is under way":        {func() { w.clock = now.Add(7 * time.Hour); w.state.Inboxes[0].Looked = w.clock }, 200, "the next is due 23 November 2026, 02:00"},
		"a night that had nothing to do": {func() {
			w.clock = now.Add(12 * time.Hour)
			w.state.Inboxes[0].Looked = w.clock
			w.Ran("packs", now.Add(6*time.Hour), now.Add(6*time.Hour), nil)
		}, 200, "23 November 2026, 02:00; the next is due 24"},
		"the disk is full":   {func() { w.left = 499_000_000 }, 503, "not ok: disk: 499 MB left for packs and archive, less than 500 MB"},
		"the ledger is away": {func() { _ = w.store.Close() }, 503, "not ok: ledger and schedule: the ledger cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			w = busy(t)
			c.change()
			res := w.ask("GET", "/readyz")
			page := body(t, res)
			if res.StatusCode != c.status || !strings.Contains(page, c.says) || strings.Count(page, "\n") != 3 {
				t.Errorf("it is answered with %d and %q", res.StatusCode, page)
			}
		})
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	w := busy(t)
	w.Ran("look", now, now.Add(30*time.Millisecond), nil)
	w.Ran("look", now, now.Add(30*time.Millisecond), errors.New("it failed"))
	page := w.page(http.StatusOK, "/metrics")
	for _, line := range []string{
		`boardpack_last_success_timestamp_seconds{job="packs"} 1.79531286e+09`, `boardpack_runs_total{job="look"} 2`, `boardpack_run_failures_total{job="look"} 1`,
		`boardpack_run_duration_seconds_count{job="look"} 2`, `boardpack_returns{state="used"} 2`, `boardpack_returns{state="nil"} 1`, `boardpack_returns{state="not usable"} 1`,
		`boardpack_returns{state="gone"} 1`, `boardpack_returns{state="removed"} 1`, `boardpack_returns{state="unread"} 1`, `boardpack_oldest_unread_return_seconds 90`,
		`boardpack_packs_made_total{board="communities"} 6`, `boardpack_disk_left_bytes 5.54e+10`, `boardpack_share_reachable{inbox=""} 1`, `boardpack_build_info{go="`, `boardpack_ledger_readable 1`,
		"go_goroutines ", "process_open_fds ", "process_resident_memory_bytes ",
	} {
		if !strings.Contains(page, "\n"+line) {
			t.Errorf("the metrics lack %s", line)
		}
	}
	_ = w.store.Close()
	wants(t, "metrics without a ledger", w.page(http.StatusOK, "/metrics"), "boardpack_ledger_readable 0", "boardpack_share_reachable")
}

func TestSizeWords(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 KB", 69_754: "70 KB", 999_499: "999 KB", 999_500: "1.0 MB", 1_249_999: "1.2 MB", 55_400_000_000: "55.4 GB"} {
		if got := sizeWords(n); got != want {
			t.Errorf("%d bytes are %q, want %q", n, got, want)
		}
	}
}
