package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// What a killed run left goes at the next start; what another run is writing stays.
func TestLeftoversOfAKilledRunGoAtTheNextStart(t *testing.T) {
	out := filepath.Join(t.TempDir(), "packs")
	board := filepath.Join(out, "2026-27", "Q2", "communities")
	ended := unfinished + machine() + "-" + strconv.Itoa(endedProcess(t)) + "-1"
	running := unfinished + machine() + "-" + strconv.Itoa(os.Getppid()) + "-1"
	left := []string{
		filepath.Join(board, ended, "report.pdf"),
		filepath.Join(out, archiveFolder, "sha256", "ab", ended),
		filepath.Join(board, unfinished+machine()+"-"+strconv.Itoa(os.Getpid())+"-1", "report.pdf"),
		filepath.Join(board, unfinished+"12345678-1-1", "report.pdf"), // another machine's, of the day before
	}
	stays := []string{
		filepath.Join(board, running, "report.pdf"),
		filepath.Join(board, unfinished+"12345678-1-2", "report.pdf"),
	}
	for _, name := range append(left, stays...) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-2 * abandonedAfter)
	if err := os.Chtimes(filepath.Dir(left[3]), before, before); err != nil {
		t.Fatal(err)
	}
	a := &app{out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	if status := a.execute(context.Background(), []string{"run", "--out", out, "../../samples"}); status != exitDone && status != exitFindings {
		t.Fatalf("the run ended with %d: %s", status, a.err)
	}
	for _, name := range left {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	for _, name := range stays {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("%s of another run is gone", name)
		}
	}
	if _, err := os.Stat(filepath.Join(board, "v1", "report.pdf")); err != nil {
		t.Error(err)
	}
}

// endedProcess is the number of a process that is no more.
func endedProcess(t *testing.T) int {
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), "GOCOVERDIR="+t.TempDir())
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return c.Process.Pid
}
