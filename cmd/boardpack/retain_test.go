package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"boardpack/cmd/internal/store"
)

// keepOld keeps a text as a return that was received at a time.
func keepOld(t *testing.T, s *store.Store, text string, at time.Time) {
	t.Helper()
	staged, err := s.Stage(1<<20, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
	if err != nil {
		t.Fatal(err)
	}
	defer staged.Drop()
	if _, _, err := s.Receive(context.Background(), staged, store.Receipt{Name: "Housing.xlsx", Key: "housing.xlsx", Received: at, Origin: "shared folder"}); err != nil {
		t.Fatal(err)
	}
}

// retain lists what would go and why, takes it out, and says nothing twice.
func TestRetain(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "packs")
	s, err := store.Open(t.Context(), filepath.Join(out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	keepOld(t, s, "nine years old", now.AddDate(-9, 0, 0))
	keepOld(t, s, "five years old", now.AddDate(-5, 0, 0))
	keepOld(t, s, "the newest, and old", now.AddDate(-4, 0, 0))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	configure := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, configName), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		config, args string
		status       int
		says         string
	}{
		{"", "", exitUsage, "give --before, or say in boardpack.yaml how long versions are kept"},
		{"service:\n  keep_versions: 7 yeers\n", "", exitUsage, `boardpack.yaml: [2:18] service: keep_versions: "7 yeers" is no time to keep something for; write it as 7 years`},
		{"service:\n  keep_versions: 7 years\n", "--dry-run", exitDone, "would be taken out: Housing.xlsx version 1, received"},
		{"", "--before 2100-01-01", exitUsage, "still to come"},
		{"", "--before soon", exitUsage, "--before"},
		{"service:\n  keep_versions: 7 years\n", "", exitDone, "1 version: received before"},
		{"service:\n  keep_versions: 7 years\n", "", exitDone, "nothing was received before"},
		{"service:\n  keep_versions: 13 months\n", "", exitDone, "taken out: Housing.xlsx version 2"},
		{"service:\n  keep_versions: 3 days\n", "", exitDone, "nothing was received before"},
	} {
		configure(c.config)
		var said bytes.Buffer
		a := &app{out: &said, err: &said}
		if status := a.execute(t.Context(), append([]string{"retain", "--out", out, "--workspace", dir}, strings.Fields(c.args)...)); status != c.status || !strings.Contains(said.String(), c.says) {
			t.Errorf("retain %s under %q ends with %d and says %q, want %d and %q", c.args, c.config, status, &said, c.status, c.says)
		}
	}
	var said bytes.Buffer
	a := &app{out: &said, err: &said}
	if status := a.execute(t.Context(), []string{"verify", "--all", "--out", out}); status != exitDone || !strings.Contains(said.String(), "2 files taken out: 0 faults") {
		t.Errorf("verify ends with %d and says %s", status, &said)
	}
}

// After a night the service takes out what need not be kept.
func TestServiceRetainsAfterANight(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, returns := filepath.Join(dir, "packs"), filepath.Join(dir, "returns")
	s, err := store.Open(t.Context(), filepath.Join(out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	keepOld(t, s, "nine years old", time.Now().AddDate(-9, 0, 0))
	keepOld(t, s, "newer", time.Now().AddDate(-1, 0, 0))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(returns, 0o755); err != nil {
		t.Fatal(err)
	}
	saveBook(t, filepath.Join(returns, "parks.xlsx"), "== Return", "Parks Q2 2026/27", "Ref | Indicator | Unit | Good is | Target | Actual | Progress", "PRK 1 | Parks | Number | High | 3 | 4 | Green")
	for _, keep := range []string{"", "  keep_versions: 7 years\n"} {
		if err := os.WriteFile(filepath.Join(returns, configName), []byte("service:\n  quiet: 1\n"+keep), 0o644); err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		a := &app{out: &said, err: &said}
		if status := a.execute(t.Context(), []string{"serve", returns, "--out", out, "--once"}); status != exitDone {
			t.Fatalf("it ends with %d and says %s", status, &said)
		}
		if took := strings.Contains(said.String(), `"a version was taken out","name":"Housing.xlsx","version":1`); took != (keep != "") {
			t.Errorf("with %q it says %s", keep, &said)
		}
	}
}
