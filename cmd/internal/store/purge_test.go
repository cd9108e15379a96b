package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const personal = "Jane Doe DOB 1.1.2010.xlsx"

// misfiled is a store in which two versions of a return with a personal name
// stand between others, and were purged.
func misfiled(t *testing.T, dir string) *Store {
	t.Helper()
	s := opened(t, dir)
	received(t, s, "Housing.xlsx", "housing", day)
	v := received(t, s, personal, "first", day)
	received(t, s, "Copy.xlsx", "first", day) // the same bytes at the same time
	received(t, s, strings.ToUpper(personal), "second", day.Add(time.Hour))
	received(t, s, "Housing.xlsx", "housing again", day.Add(time.Hour))
	for folder, key := range map[string]string{"returns": v.Key, "answers": v.Key, "returns/children": v.Key} {
		if err := s.KeepPlace(t.Context(), folder, Place{Path: personal, Name: personal, Key: key, SHA256: v.SHA256, Modified: day}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.KeepRun(t.Context(), Run{Job: "look", Began: day, Ended: day, Error: "take " + personal + ": no room"}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"first", "second"} {
		if err := s.Purge(t.Context(), sum(text), "A Clerk", "misfiled", day); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// heldIn are the files of a store that hold a text, whatever its case.
func heldIn(t *testing.T, dir, text string) []string {
	t.Helper()
	var out []string
	for _, name := range []string{journalName, ledgerName, ledgerName + "-wal"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if strings.Contains(strings.ToLower(string(b)), strings.ToLower(text)) {
			out = append(out, name)
		}
	}
	return out
}

// wantGone wants the name nowhere but where another inbox has it.
func wantGone(t *testing.T, s *Store, dir string) {
	t.Helper()
	if places, err := s.Places(t.Context(), "returns/children"); err != nil || len(places) != 1 {
		t.Errorf("another inbox lost its place (%v)", err)
	}
	if err := s.DropPlace(t.Context(), "returns/children", personal); err != nil {
		t.Fatal(err)
	}
	if err := s.emptyLog(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := heldIn(t, dir, "jane doe"); len(got) > 0 {
		t.Errorf("%q still hold the name", got)
	}
}

func wantRebuiltAlike(t *testing.T, s *Store, dir string) {
	t.Helper()
	want := contentOf(t, s.Reader)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, _, err := Rebuild(t.Context(), dir, nil, nil, day)
	if err != nil {
		t.Fatal(err)
	}
	if got := contentOf(t, again.Reader); got != want {
		t.Errorf("made again the ledger says\n%s\nwant\n%s", got, want)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// A name that is itself personal goes from journal and ledger; all else stays as it was.
func TestRedact(t *testing.T) {
	dir := t.TempDir()
	s := misfiled(t, dir)
	key := strings.ToLower(personal)
	if err := s.Redact(t.Context(), "", "housing.xlsx", "A Clerk", "misfiled", day); err == nil || !strings.Contains(err.Error(), "purge all its versions first") {
		t.Errorf("a name whose versions are there goes with %v", err)
	}
	if err := s.Redact(t.Context(), "", "never seen.xlsx", "A Clerk", "misfiled", day); err == nil {
		t.Error("a name that never came is taken out")
	}
	if err := s.Redact(t.Context(), "", key, "", "", day); err == nil {
		t.Error("a name is taken out by nobody for nothing")
	}
	if got := heldIn(t, dir, "jane doe"); len(got) == 0 {
		t.Fatal("the name stands nowhere, so that this proves nothing")
	}
	if err := s.Redact(t.Context(), "", key, "A Clerk", "misfiled", day); err != nil {
		t.Fatal(err)
	}
	wantGone(t, s, dir)
	verified(t, s.Reader)
	if v := received(t, s, personal, "third", day); v.Number != 1 {
		t.Errorf("what comes under that name later is version %d of it", v.Number)
	}
	if _, _, err := receive(s, "x.xlsx", "first", day); !errors.Is(err, ErrPurged) {
		t.Errorf("what was purged comes again: %v", err)
	}
	versions, err := s.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, v := range versions {
		names = append(names, fmt.Sprintf("%s %d %v", v.Name, v.Number, v.Removed))
	}
	if got, want := strings.Join(names, "; "), "Copy.xlsx 1 true; Housing.xlsx 1 false; Housing.xlsx 2 false; "+personal+" 1 false; "+RedactedName+" 1 true; "+RedactedName+" 2 true"; got != want {
		t.Errorf("the versions are %s, want %s", got, want)
	}
	wantRebuiltAlike(t, s, dir)
}

// A process that is killed between journal and ledger leaves the rest to the next start.
func TestRedactKilledInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	s := misfiled(t, dir)
	size := s.journal.size
	if err := s.journal.redact("", strings.ToLower(personal), Redaction{Redacted: day, Who: "A Clerk", Why: "misfiled"}); err != nil {
		t.Fatal(err)
	}
	last, err := entry{Redaction: &Redaction{As: "~8x", Redacted: day, Who: "A Clerk", Why: "misfiled"}}.line()
	if err != nil || s.journal.size-size > int64(len(last))+2 {
		t.Errorf("the journal grew by %d bytes, and its last line has about %d", s.journal.size-size, len(last))
	}
	if got := heldIn(t, dir, "jane doe"); len(got) == 0 || got[0] == journalName {
		t.Fatalf("between the two the name stands in %q", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := opened(t, dir)
	wantGone(t, again, dir)
	verified(t, again.Reader)
	wantRebuiltAlike(t, again, dir)
}

// Another program holds the ledger: that is told, and what came meanwhile is there once.
func TestLedgerLockedByAnotherProgram(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	received(t, s, "a.xlsx", "a", day)
	s.db.SetMaxOpenConns(1)
	if _, err := s.db.Exec("PRAGMA busy_timeout = 100"); err != nil {
		t.Fatal(err)
	}
	other, err := openLedger(dir, "rw")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	held, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := receive(s, "b.xlsx", "b", day); err == nil || !strings.Contains(err.Error(), "the ledger is locked by another program; try again when that has ended") {
		t.Errorf("it is received with %v", err)
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if v, _, err := receive(s, "b.xlsx", "b", day); err != nil || v.Number != 1 {
			t.Errorf("it is version %d (%v)", v.Number, err)
		}
	}
	verified(t, s.Reader)
	wantRebuiltAlike(t, s, dir)
}
