package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"boardpack/cmd/witness"

	"github.com/xuri/excelize/v2"
)

// saying keeps what a process says while it runs.
type saying struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *saying) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *saying) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// writeReturn writes a return of one indicator.
func writeReturn(t *testing.T, name, service string, outturn int) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	m := bookMaker{file: excelize.NewFile()}
	for _, line := range []string{"== Return", service + " Q2 2026/27", "Ref | Indicator | Unit | Good is | Target | Actual | Progress",
		fmt.Sprintf("%s 1 | Things done in time | %% | High | 25 | %d | Green", strings.ToUpper(service[:3]), outturn)} {
		if err := m.line(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.save(name); err != nil {
		t.Fatal(err)
	}
}

// asked is a service whose pages are asked.
type asked struct {
	t    *testing.T
	at   string // the address of its pages
	said *saying
	cmd  *exec.Cmd
}

var servedAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serving starts a service and waits until its pages are there.
func serving(t *testing.T, args ...string) *asked {
	t.Helper()
	a := &asked{t: t, said: &saying{}, cmd: exec.Command("boardpack", append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)}
	a.cmd.Stderr = a.said
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.cmd.Process.Kill(); _ = a.cmd.Wait() })
	a.until("it says where its pages are", func() bool { a.at = servedAt.FindString(a.said.String()); return a.at != "" })
	return a
}

// until waits for half a minute until something is so.
func (a *asked) until(what string, is func() bool) {
	a.t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			a.t.Fatalf("it does not come that %s; it said:\n%s", what, a.said)
		}
	}
}

func (a *asked) get(address string) (status int, page string) {
	a.t.Helper()
	res, err := http.Get(a.at + address)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// shows wants a page to say each of the texts, soon.
func (a *asked) shows(address string, texts ...string) {
	a.t.Helper()
	for _, text := range texts {
		a.until(address+" shows "+text, func() bool { _, page := a.get(address); return strings.Contains(page, text) })
	}
}

// The pages of a service that is at work say what it knows, and their files
// are those on the disk. It stops soon though somebody holds a connection.
func TestPagesOfAService(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	returns, out := filepath.Join(dir, "returns"), filepath.Join(dir, "packs")
	writeReturn(t, filepath.Join(returns, "Q2", "housing.xlsx"), "Housing", 31)
	config := "council: Fernhill\nboards:\n  - {id: homes, name: Homes Board, plans: [Housing, Parks]}\nfinal:\n  stopped_by: [file-not-opened]\nservice:\n  quiet: 1\n  poll: 1\n"
	if err := os.WriteFile(filepath.Join(returns, configName), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	runAs(t, dir, nil, "serve", returns, "--out", out, "--once")
	writeReturn(t, filepath.Join(returns, "Q2", "housing.xlsx"), "Housing", 12)
	runAs(t, dir, nil, "serve", returns, "--out", out, "--once")

	a := serving(t, returns, "--out", out)
	a.shows("/", "Fernhill", "Homes Board", "/packs/homes/2026-27/Q2/draft/report.pdf", "since version 1")
	pack := "/packs/homes/2026-27/Q2/"
	for _, name := range []string{"report.pdf", "report.html", "working/report.xlsx", "data/indicators.csv"} {
		want, err := os.ReadFile(filepath.Join(out, "2026-27", "Q2", "homes", "v2", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, version := range []string{"v2", "draft"} {
			if status, got := a.get(pack + version + "/" + name); status != http.StatusOK || got != string(want) {
				t.Errorf("%s of %s is answered with %d and %d bytes", name, version, status, len(got))
			}
		}
	}
	a.shows(pack+"v2/changes/", "HOU 1", "outturn", "31", "12")
	if status, page := a.get(pack + "final/report.pdf"); status != http.StatusNotFound || !strings.Contains(page, "No version of this pack is final") {
		t.Errorf("a final that is not there is answered with %d", status)
	}

	a.shows("/returns/", "Q2/", "housing.xlsx", "Homes Board", "version 2", "is reachable")
	if err := os.WriteFile(filepath.Join(returns, "parks.xlsx"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	a.shows("/returns/", "parks.xlsx", "perhaps it is still being written")
	writeReturn(t, filepath.Join(returns, "parks.xlsx"), "Parks", 0)
	a.shows("/returns/", "parks.xlsx</a>")
	id := regexp.MustCompile(`/returns/\d+/page`)
	_, page := a.get("/returns/")
	for _, address := range id.FindAllString(page, -1) {
		a.shows(address, "How we read your workbook")
	}
	if n := len(id.FindAllString(page, -1)); n != 2 {
		t.Errorf("%d returns have their page", n)
	}

	t.Run("browser", func(t *testing.T) {
		for _, address := range []string{pack + "v2/report.html", pack + "draft/working/report.html", pack + "v2/data/columns.html", id.FindString(page)} {
			if seen, refused := witness.Visit(t, a.at+address); refused != "" || !strings.Contains(seen, "</main>") {
				t.Errorf("%s: the browser refuses %q", address, refused)
			}
		}
	})
	runAs(t, dir, nil, "publish", "--workspace", returns, "--who", "Committee Clerk", filepath.Join(out, "2026-27", "Q2", "homes", "v2"))
	a.until("the final is there", func() bool { status, _ := a.get(pack + "final/report.pdf"); return status == http.StatusOK })
	a.shows("/", "Final")
	a.shows(pack, "The final pack", "Committee Clerk")
	runAs(t, dir, nil, "supersede", "--workspace", returns, "--who", "Committee Clerk", "--reason", "Published too soon.", filepath.Join(out, "2026-27", "Q2", "homes", "v3"))
	a.until("the final is superseded", func() bool { status, _ := a.get(pack + "final/report.pdf"); return status == http.StatusNotFound })
	a.shows(pack, "Superseded", "Published too soon.")

	a.shows("/readyz", "ok: shared folder")
	a.shows("/metrics", `boardpack_share_reachable{inbox=""} 1`, `boardpack_packs_made_total{board="homes"} 3`, `boardpack_returns{state="used"} 2`)
	if err := os.Rename(returns, returns+" away"); err != nil {
		t.Fatal(err)
	}
	a.until("the share is away", func() bool { status, _ := a.get("/readyz"); return status == http.StatusServiceUnavailable })
	a.shows("/returns/", "is unreachable since")
	a.shows("/", "Homes Board")
	if err := os.Rename(returns+" away", returns); err != nil {
		t.Fatal(err)
	}
	a.until("the share is back", func() bool { status, _ := a.get("/readyz"); return status == http.StatusOK })
	a.stop()
}

// stop tells the service to stop, which it does within ten seconds.
func (a *asked) stop() {
	a.t.Helper()
	if runtime.GOOS == "windows" {
		return // a process there takes no such signal
	}
	began := time.Now()
	if err := a.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		a.t.Fatal(err)
	}
	if err := a.cmd.Wait(); err != nil || time.Since(began) > 10*time.Second {
		a.t.Errorf("it stopped after %s with %v:\n%s", time.Since(began), err, a.said)
	}
}
