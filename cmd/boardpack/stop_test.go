package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// manyReturns writes returns, each of a plan of its own.
func manyReturns(t *testing.T, dir string, n, rows int) {
	t.Helper()
	for i := range n {
		lines := []string{"== Return", fmt.Sprintf("Service %d Q2 2026/27", i), "Ref | Indicator | Unit | Good is | Target | Actual | Progress"}
		for r := range rows {
			lines = append(lines, fmt.Sprintf("S%d %d | Things done in time | Number | High | 25 | %d | Green", i, r, 30+r))
		}
		saveBook(t, filepath.Join(dir, fmt.Sprintf("service %d.xlsx", i)), lines...)
	}
}

// received is how many returns the journal has.
func received(out string) int {
	b, _ := os.ReadFile(filepath.Join(out, archiveFolder, "received.jsonl"))
	return bytes.Count(b, []byte("\n"))
}

// begun reports whether an edition of a pack is being written.
func begun(out string) bool {
	found, _ := filepath.Glob(filepath.Join(out, "2026-27", "Q2", "*", ".new-*"))
	return len(found) > 0
}

// Told to stop in the middle of a large night, the service ends within ten
// seconds and well, leaves nothing half written where it can be seen, and goes
// on at its next start.
func TestServiceStopsWithinTenSeconds(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGTERM")
	}
	n, rows := 120, 40
	if testing.Short() {
		n, rows = 40, 10
	}
	dir := t.TempDir()
	returns, out := filepath.Join(dir, "returns"), filepath.Join(dir, "packs")
	c := chaos{dir: dir, returns: returns, out: out, names: n, packs: 1}
	if err := os.Mkdir(returns, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(returns, configName), []byte("service:\n  quiet: 1\n  poll: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	manyReturns(t, returns, n, rows)
	stopLooking := make(chan struct{})
	var looking sync.WaitGroup
	looking.Go(func() { c.look(t, stopLooking) })
	stopWhen(t, returns, filepath.Join(dir, "others"), "while it takes returns", func(out string) bool { return received(out) > n/4 })
	stopWhen(t, returns, out, "once it has taken them", func(out string) bool { return received(out) >= n })
	after := func(d time.Duration) func(string) bool {
		began := time.Now()
		return func(string) bool { return time.Since(began) > d }
	}
	stopWhen(t, returns, out, "while it works a pack out", after(300*time.Millisecond))
	stopWhen(t, returns, out, "while it works a pack out", after(1200*time.Millisecond))
	stopWhen(t, returns, out, "while it writes a pack", begun)
	if b, err := exec.Command("boardpack", "serve", returns, "--out", out, "--once").CombinedOutput(); err != nil {
		t.Fatalf("left to finish it failed: %v\n%s", err, b)
	}
	close(stopLooking)
	looking.Wait()
	c.wantAll(t, nil)
}

// stopWhen starts the service, tells it to stop at a moment, or after half a
// minute, and wants it to end in time.
func stopWhen(t *testing.T, returns, out, when string, is func(out string) bool) {
	t.Helper()
	c := exec.Command("boardpack", "serve", returns, "--out", out, "--listen", "off")
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(30 * time.Second); !is(out) && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	began := time.Now()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err := c.Wait()
	took := time.Since(began)
	if err != nil || took > 10*time.Second || !strings.Contains(said.String(), `"msg":"stopped"`) {
		t.Errorf("told to stop %s it took %s (%v), and said %s", when, took, err, said.String())
	}
	if strings.Contains(said.String(), `"level":"ERROR"`) {
		t.Errorf("told to stop %s it said %s", when, said.String())
	}
	packs, _ := filepath.Glob(filepath.Join(out, "2026-27", "Q2", "*", "v*"))
	t.Logf("%s it stopped in %s, with %d returns and %d packs", when, took.Round(time.Millisecond), received(out), len(packs))
}
