package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"boardpack/ingest"
)

var day = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

// opened opens a store and closes it when the test ends.
func opened(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// receive keeps a text as a return.
func receive(s *Store, name, text string, at time.Time) (Version, bool, error) {
	staged, err := s.Stage(1<<20, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
	if err != nil {
		return Version{}, false, err
	}
	defer staged.Drop()
	return s.Receive(context.Background(), staged, Receipt{Name: name, Key: strings.ToLower(name), Modified: at.Add(-time.Hour), Received: at, Origin: "shared folder"})
}

func received(t *testing.T, s *Store, name, text string, at time.Time) Version {
	t.Helper()
	v, _, err := receive(s, name, text, at)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// verified verifies a store and wants exactly these faults, each by a part of its words.
func verified(t *testing.T, r *Reader, faults ...string) Verified {
	t.Helper()
	v, err := r.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Faults) != len(faults) {
		t.Errorf("the faults are %q, want %q", v.Faults, faults)
	}
	for i := range min(len(faults), len(v.Faults)) {
		if !strings.Contains(v.Faults[i], faults[i]) {
			t.Errorf("fault %d is %q, want one with %q", i, v.Faults[i], faults[i])
		}
	}
	return v
}

func TestReceive(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a store? 100% #1")
	s := opened(t, dir)
	for _, c := range []struct {
		name, text string
		number     int
		isNew      bool
	}{
		{"Housing.xlsx", "one", 1, true},
		{"Housing.xlsx", "one", 1, false},
		{"housing.XLSX", "two", 2, true},
		{"Housing.xlsx", "one", 3, true}, // what stood there before is a version again
		{"Copy of Housing.xlsx", "one", 1, true},
		{"Empty.xlsx", "", 1, true},
	} {
		v, isNew, err := receive(s, c.name, c.text, day)
		if err != nil || v.Number != c.number || isNew != c.isNew || v.SHA256 != sum(c.text) {
			t.Errorf("%s with %q is version %d (new: %v, error %v)", c.name, c.text, v.Number, isNew, err)
		}
		if b, err := s.Get(v.SHA256); err != nil || string(b) != c.text {
			t.Errorf("the archive holds %q (%v), want %q", b, err, c.text)
		}
	}
	versions, err := s.VersionsOf(t.Context(), "", "housing.xlsx")
	if err != nil || len(versions) != 3 || versions[1].Name != "housing.XLSX" || !versions[0].Received.Equal(day) || versions[0].Size != 3 ||
		!versions[0].Modified.Equal(day.Add(-time.Hour)) || versions[0].Origin != "shared folder" {
		t.Errorf("the versions are %+v (%v)", versions, err)
	}
	if got := verified(t, s.Reader); got.Files != 3 || got.Bytes != 6 {
		t.Errorf("%d files of %d bytes", got.Files, got.Bytes)
	}
}

func TestStageRefusesWhatIsTooLarge(t *testing.T) {
	s := opened(t, t.TempDir())
	_, err := s.Stage(3, func(w io.Writer) error { _, err := io.Copy(w, strings.NewReader("four")); return err })
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("the error is %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.root, "*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestOneInstance(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	if _, err := Open(t.Context(), dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a second one opens with %v", err)
	}
	if _, _, err := Rebuild(t.Context(), dir, nil, nil, day); !errors.Is(err, ErrInUse) {
		t.Errorf("it is rebuilt under another's hands: %v", err)
	}
	r, err := OpenReader(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	received(t, s, "a.xlsx", "a", day)
	if versions, err := r.Versions(t.Context()); err != nil || len(versions) != 1 {
		t.Errorf("a reader beside it sees %d versions (%v)", len(versions), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := opened(t, dir)
	if v, isNew, err := receive(again, "a.xlsx", "a", day); isNew || v.Number != 1 || err != nil {
		t.Errorf("after a restart it is version %d, new: %v (%v)", v.Number, isNew, err)
	}
}

// A reader opens what nobody has open, and says so where there is nothing.
func TestReaderAlone(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenReader(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "has no ledger") {
		t.Errorf("an empty folder opens with %v", err)
	}
	s := opened(t, dir)
	received(t, s, "a.xlsx", "a", day)
	_ = s.Close()
	r, err := OpenReader(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if versions, err := r.Versions(t.Context()); err != nil || len(versions) != 1 {
		t.Errorf("it sees %d versions (%v)", len(versions), err)
	}
}

func aReading(v Version) Reading {
	return Reading{Version: v.ID, Reader: "r1", Read: day, Period: ingest.Period{Year: 2026, Quarter: 2}, Plan: "Housing", Usable: true, Rows: 12, Body: "body",
		Findings: []ingest.Finding{
			{Severity: ingest.Error, Check: "figure-not-read", Place: ingest.Place{Workbook: v.Name, Sheet: "Return", Cell: "B4"}, Saw: "secret words", Advice: "write a number"},
			{Severity: ingest.Note, Check: "second", Place: ingest.Place{Workbook: v.Name}, Saw: "x", Advice: "y", Explanation: "settled"}}}
}

func TestReadings(t *testing.T) {
	s := opened(t, t.TempDir())
	v := received(t, s, "a.xlsx", "a", day)
	want := aReading(v)
	if err := s.KeepPlace(t.Context(), "returns", Place{Path: "a.xlsx", Name: "a.xlsx", Key: v.Key, SHA256: v.SHA256, Modified: day}); err != nil {
		t.Fatal(err)
	}
	if h := heldOne(t, s); h.Reading.Reader != "" || h.ID != v.ID {
		t.Errorf("before it is read it is held as %+v", h)
	}
	want.Reader = "an earlier reader"
	for _, reader := range []string{"r1", "r1"} { // the last takes the place of its own
		if err := s.KeepReading(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		want.Reader = reader
	}
	if err := s.KeepReading(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	h := heldOne(t, s)
	head := want
	head.Plan, head.Rows, head.Findings = "", 0, nil
	if !reflect.DeepEqual(h.Reading, head) {
		t.Errorf("the reading is %+v, want %+v", h.Reading, head)
	}
	all, err := s.LatestFindings(t.Context(), v.ID)
	findings := all[v.ID]
	if err != nil || !reflect.DeepEqual(findings, want.Findings) {
		t.Errorf("the findings are %+v, want %+v (%v)", findings, want.Findings, err)
	}
	if none, err := s.HeldIn(t.Context(), "returns", "another inbox"); len(none) != 0 || err != nil {
		t.Errorf("another inbox holds %+v (%v)", none, err)
	}
}

// heldOne is the one version that stands in the folder of returns.
func heldOne(t *testing.T, s *Store) Held {
	t.Helper()
	held, err := s.HeldIn(t.Context(), "returns", "")
	if err != nil || len(held) != 1 {
		t.Fatalf("%d versions stand in the folder (%v)", len(held), err)
	}
	return held[0]
}

func TestRuns(t *testing.T) {
	s := opened(t, t.TempDir())
	if run, err := s.LastRun(t.Context(), "night"); err != nil || !run.Began.IsZero() {
		t.Errorf("before the first run: %+v (%v)", run, err)
	}
	for i := range 1010 {
		r := Run{Job: "night", Began: day.AddDate(0, 0, i), Ended: day.AddDate(0, 0, i).Add(time.Minute)}
		if i > 2 {
			r.Error = "the share is away"
		}
		if err := s.KeepRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if run, err := s.LastRun(t.Context(), "night"); err != nil || !run.Began.Equal(day.AddDate(0, 0, 2)) {
		t.Errorf("the last run that did its work is %+v (%v)", run, err)
	}
	runs, err := s.Runs(t.Context(), 5000)
	if err != nil || len(runs) != 1001 || !runs[0].Began.Equal(day.AddDate(0, 0, 1009)) {
		t.Errorf("%d runs are kept (%v)", len(runs), err)
	}
}

func TestRules(t *testing.T) {
	s := opened(t, t.TempDir())
	for _, hash := range []string{"", "a", "b"} {
		if err := s.KeepRules(t.Context(), hash); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Rules(t.Context()); err != nil || got != hash {
			t.Errorf("the rules are %q (%v), want %q", got, err, hash)
		}
	}
}

func TestPlaces(t *testing.T) {
	s := opened(t, t.TempDir())
	a := Place{Path: "Q2/a.xlsx", Name: "Q2/a.xlsx", Key: "q2/a.xlsx", SHA256: sum("a"), Size: 1, Modified: day.Add(123456789)}
	b := a
	b.SHA256 = sum("b")
	for _, p := range []Place{a, b} {
		if err := s.KeepPlace(t.Context(), "returns", p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.KeepPlace(t.Context(), "answers", a); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Places(t.Context(), "returns"); err != nil || !reflect.DeepEqual(got, []Place{b}) {
		t.Errorf("the places are %+v (%v)", got, err)
	}
	for key, want := range map[string]int{a.Key: 1, "else": 0} {
		if got, err := s.PlacesOf(t.Context(), "returns", key); err != nil || len(got) != want {
			t.Errorf("%s has the places %+v (%v)", key, got, err)
		}
	}
	c := Place{Path: "c.xlsx", Name: "c.xlsx", Key: "c.xlsx", SHA256: sum("c"), Size: 1, Modified: day}
	if err := s.KeepPlace(t.Context(), "returns", c); err != nil {
		t.Fatal(err)
	}
	if got, err := s.KeysOnlyIn(t.Context(), "returns", "answers"); err != nil || !reflect.DeepEqual(got, map[string]bool{c.Key: true}) {
		t.Errorf("only among the returns there are %v (%v)", got, err)
	}
	for _, path := range []string{a.Path, c.Path} {
		if err := s.DropPlace(t.Context(), "returns", path); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Places(t.Context(), "returns")
	if other, _ := s.Places(t.Context(), "answers"); err != nil || len(got) != 0 || len(other) != 1 {
		t.Errorf("the places are %+v and %+v (%v)", got, other, err)
	}
}

func aPack(version int, inputs ...string) Pack {
	p := Pack{Board: "communities", Year: "2026/27", Quarter: "Q2", Version: version, Status: "draft", InputHash: fmt.Sprint("hash", version), Program: "boardpack 0.3.0",
		Folder: fmt.Sprint("2026-27/Q2/communities/v", version), Made: day, Outputs: []File{{Name: "report.pdf", Size: 3, SHA256: sum("pdf")}}}
	for _, text := range inputs {
		p.Inputs = append(p.Inputs, File{Kind: "return", Name: text + ".xlsx", Size: int64(len(text)), SHA256: sum(text)})
	}
	return p
}

func TestPacks(t *testing.T) {
	s := opened(t, t.TempDir())
	received(t, s, "a.xlsx", "a", day)
	for _, p := range []Pack{aPack(1, "a"), aPack(2, "a"), aPack(2, "a")} {
		if err := s.KeepPack(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	other := aPack(2, "a")
	other.InputHash = "else"
	if err := s.KeepPack(t.Context(), other); err == nil || !strings.Contains(err.Error(), "made from other inputs") {
		t.Errorf("a version is replaced: %v", err)
	}
	packs, err := s.Packs(t.Context())
	if err != nil || len(packs) != 2 || packs[0].Version != 2 {
		t.Fatalf("the packs are %+v (%v)", packs, err)
	}
	got, err := s.PackByID(t.Context(), packs[1].ID)
	want := aPack(1, "a")
	want.ID = packs[1].ID
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the pack is %+v, want %+v (%v)", got, want, err)
	}
	for hash, want := range map[string]bool{"hash1": true, "else": false} {
		if has, err := s.HasPack(t.Context(), hash); has != want || err != nil {
			t.Errorf("%s has a pack: %v (%v)", hash, has, err)
		}
	}
	if _, err := s.PackByID(t.Context(), 99); err == nil {
		t.Error("a pack that is not there is found")
	}
}

func TestVerifyFindsEveryDamage(t *testing.T) {
	s := opened(t, t.TempDir())
	for _, text := range []string{"kept", "changed", "lost", "shortened"} {
		received(t, s, text+".xlsx", text, day)
	}
	if err := s.KeepPack(t.Context(), aPack(1, "never received")); err != nil {
		t.Fatal(err)
	}
	verified(t, s.Reader, sum("never received")+" is missing")
	for _, err := range []error{
		s.Put([]byte("never received")),
		os.WriteFile(s.Path(sum("changed")), []byte("chamged"), 0o644),
		os.WriteFile(s.Path(sum("shortened")), []byte("short"), 0o644),
		os.Remove(s.Path(sum("lost"))),
		os.WriteFile(filepath.Join(s.root, "stranger"), nil, 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	v, err := s.Verify(t.Context())
	if err != nil || len(v.Faults) != 4 {
		t.Errorf("the faults are %q (%v)", v.Faults, err)
	}
	all := strings.Join(v.Faults, "\n")
	for _, want := range []string{sum("changed") + " is damaged", sum("shortened") + " is damaged", sum("lost") + " is missing", "stranger does not belong"} {
		if !strings.Contains(all, want) {
			t.Errorf("no fault says %q: %q", want, v.Faults)
		}
	}
	for _, text := range []string{"lost", "shortened"} { // comes again, and heals
		if v, isNew, err := receive(s, text+".xlsx", text, day); err != nil || isNew || v.Number != 1 {
			t.Errorf("%s is version %d, new: %v (%v)", text, v.Number, isNew, err)
		}
		if _, err := s.Get(sum(text)); err != nil {
			t.Error(err)
		}
	}
}

func TestPurge(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	v := received(t, s, "Misfiled.xlsx", "names of children", day)
	received(t, s, "Housing.xlsx", "housing", day)
	if err := s.KeepReading(t.Context(), aReading(v)); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepPack(t.Context(), aPack(1, "names of children", "housing")); err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context(), v.SHA256, "", "", day); err == nil {
		t.Error("it is purged by nobody for nothing")
	}
	if err := s.Purge(t.Context(), sum("never seen"), "A Clerk", "misfiled", day); err == nil {
		t.Error("what is not there is purged")
	}
	if err := s.Purge(t.Context(), v.SHA256, "A Clerk", "misfiled", day); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(v.SHA256); err == nil {
		t.Error("its bytes are still there")
	}
	got := verified(t, s.Reader)
	if len(got.Removed) != 1 || got.Removed[0] != (Removal{v.SHA256, day, "A Clerk", "misfiled", true}) {
		t.Errorf("the tombstones are %+v", got.Removed)
	}
	if left, err := s.LatestFindings(t.Context(), v.ID); len(left) != 0 || err != nil {
		t.Errorf("what was read from it is still there: %+v (%v)", left, err)
	}
	for _, name := range []string{ledgerName, ledgerName + "-wal"} {
		if b, _ := os.ReadFile(filepath.Join(dir, name)); strings.Contains(string(b), "secret words") {
			t.Errorf("%s still holds what was read from it", name)
		}
	}
	if _, _, err := receive(s, "Again.xlsx", "names of children", day); !errors.Is(err, ErrPurged) {
		t.Errorf("it is received again: %v", err)
	}
	versions, err := s.VersionsOf(t.Context(), "", "misfiled.xlsx")
	if err != nil || len(versions) != 1 || !versions[0].Removed {
		t.Errorf("the versions are %+v (%v)", versions, err)
	}
}

func TestRetention(t *testing.T) {
	s := opened(t, t.TempDir())
	old, late := day.AddDate(-3, 0, 0), day.AddDate(0, -1, 0)
	received(t, s, "a.xlsx", "old and replaced", old)
	received(t, s, "a.xlsx", "old and in a pack", old)
	received(t, s, "a.xlsx", "late and replaced", late)
	received(t, s, "a.xlsx", "newest", late)
	received(t, s, "b.xlsx", "old and newest", old)
	received(t, s, "c.xlsx", "old and came again", old)
	received(t, s, "c.xlsx", "between", late)
	received(t, s, "c.xlsx", "old and came again", late)
	if err := s.KeepPack(t.Context(), aPack(1, "old and in a pack")); err != nil {
		t.Fatal(err)
	}
	before := day.AddDate(-1, 0, 0)
	dry, err := s.Expired(t.Context(), before)
	if err != nil || len(dry) != 1 || dry[0].SHA256 != sum("old and replaced") {
		t.Fatalf("the dry run lists %+v (%v)", dry, err)
	}
	verified(t, s.Reader)
	done, err := s.Expire(t.Context(), before, day)
	if err != nil || !reflect.DeepEqual(done, dry) {
		t.Errorf("taken out: %+v (%v)", done, err)
	}
	if got := verified(t, s.Reader); len(got.Removed) != 1 || got.Removed[0].Purged {
		t.Errorf("the tombstones are %+v", got.Removed)
	}
	if again, err := s.Expire(t.Context(), before, day); err != nil || len(again) != 0 {
		t.Errorf("taken out again: %+v (%v)", again, err)
	}
	if v, isNew, err := receive(s, "a.xlsx", "old and replaced", day); err != nil || !isNew || v.Number != 5 {
		t.Errorf("what comes again is version %d, new: %v (%v)", v.Number, isNew, err)
	}
	verified(t, s.Reader)
}

// contentOf is all that a ledger says, but the readings.
func contentOf(t *testing.T, r *Reader) string {
	t.Helper()
	versions, err := r.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	packs, err := r.Packs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	removed, err := r.removals(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%+v\n%+v\n%+v", versions, packs, removed)
}

// A store with versions, a purge, an expiry and what came again after it.
func full(t *testing.T, dir string) *Store {
	s := opened(t, dir)
	for i := range 5 {
		received(t, s, "a.xlsx", fmt.Sprint("a", i), day.AddDate(0, 0, i))
	}
	received(t, s, "b.xlsx", "b", day)
	if err := s.Purge(t.Context(), sum("a1"), "A Clerk", "misfiled", day); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Expire(t.Context(), day.AddDate(1, 0, 0), day); err != nil {
		t.Fatal(err)
	}
	received(t, s, "a.xlsx", "a3", day.AddDate(0, 1, 0))
	if err := s.KeepPack(t.Context(), aPack(1, "b")); err != nil {
		t.Fatal(err)
	}
	return s
}

// The ledger is lost or damaged: it is made again and says the same.
func TestRebuild(t *testing.T) {
	dir := t.TempDir()
	s := full(t, dir)
	want := contentOf(t, s.Reader)
	_ = s.Close()
	if err := os.WriteFile(filepath.Join(dir, ledgerName), []byte("no database, by far"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "boardpack rebuild") {
		t.Errorf("a damaged ledger opens with %v", err)
	}
	again, _, err := Rebuild(t.Context(), dir, []Pack{aPack(1, "b")}, nil, day)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := contentOf(t, again.Reader); got != want {
		t.Errorf("rebuilt it says\n%s\nwant\n%s", got, want)
	}
	verified(t, again.Reader)
	if kept, _ := filepath.Glob(filepath.Join(dir, ledgerName+".before-*")); len(kept) != 1 {
		t.Errorf("the damaged one is kept as %q", kept)
	}
}

// An earlier ledger is put back from a backup: it learns what came since.
func TestSnapshot(t *testing.T) {
	dir, file := t.TempDir(), ""
	s := opened(t, dir)
	var work sync.WaitGroup
	stop := make(chan struct{})
	work.Go(func() { // somebody writes all the while
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				if _, _, err := receive(s, "w.xlsx", fmt.Sprint("w", i), day); err != nil {
					t.Error(err)
				}
			}
		}
	})
	r, err := OpenReader(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for range 3 {
		if file, err = r.Snapshot(t.Context(), t.TempDir()); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	work.Wait()
	received(t, s, "late.xlsx", "late", day)
	want := contentOf(t, s.Reader)
	_ = s.Close()
	_ = r.Close()
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(filepath.Join(dir, ledgerName+end))
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ledgerName), b, 0o644); err != nil {
		t.Fatal(err)
	}
	again := opened(t, dir)
	if got := contentOf(t, again.Reader); got != want {
		t.Errorf("put back it says\n%s\nwant\n%s", got, want)
	}
	verified(t, again.Reader)
}

// A ledger of each earlier step comes forward with what it holds.
func TestMigrations(t *testing.T) {
	for from := 0; from <= len(migrations); from++ {
		t.Run(fmt.Sprint(from), func(t *testing.T) {
			dir := t.TempDir()
			db, err := openLedger(dir, "rwc")
			if err != nil {
				t.Fatal(err)
			}
			if err := migrate(t.Context(), db, from); err != nil {
				t.Fatal(err)
			}
			if from > 0 {
				fill(t, db)
			}
			_ = db.Close()
			s := opened(t, dir)
			if at, err := migrated(t.Context(), s.db); err != nil || at != len(migrations) {
				t.Errorf("it came to step %d (%v)", at, err)
			}
			versions, err := s.Versions(t.Context())
			if err != nil || len(versions) != min(from, 1) {
				t.Errorf("it holds %d versions (%v)", len(versions), err)
			}
			v := received(t, s, "old.xlsx", "new", day)
			if v.Number != min(from, 1)+1 {
				t.Errorf("the next version is %d", v.Number)
			}
			if err := errors.Join(s.KeepReading(t.Context(), aReading(v)), s.KeepPack(t.Context(), aPack(1, "new")), s.KeepRun(t.Context(), Run{Job: "night"})); err != nil {
				t.Error(err)
			}
		})
	}
}

// fill writes what a ledger of the first step held.
func fill(t *testing.T, db *sql.DB) {
	t.Helper()
	_, err := db.Exec(`INSERT INTO contents (sha256, size) VALUES ('aa', 1);
		INSERT INTO returns (inbox, key, version, name, sha256, modified, received, origin) VALUES ('', 'old.xlsx', 1, 'Old.xlsx', 'aa', '', '', '')`)
	if err != nil {
		t.Fatal(err)
	}
}

func TestALaterLedgerIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	if _, err := s.db.Exec("INSERT INTO migrations VALUES (999, 'of tomorrow')"); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if _, err := Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "of a later boardpack") {
		t.Errorf("it opens with %v", err)
	}
	if _, err := OpenReader(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "of a later boardpack") {
		t.Errorf("it is read with %v", err)
	}
}

// The journal's last line may be half written, and nothing else of it.
func TestJournalEnds(t *testing.T) {
	long := strings.Repeat("x", 9000)
	for _, end := range []string{"", `{"return":{"name":"half`, long} {
		dir := t.TempDir()
		s := opened(t, dir)
		received(t, s, "a.xlsx", "a", day)
		_ = s.Close()
		f, err := os.OpenFile(filepath.Join(dir, journalName), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(end); err != nil {
			t.Fatal(err)
		}
		f.Close()
		s = opened(t, dir)
		received(t, s, "b.xlsx", "b", day)
		_ = s.Close()
		again, _, err := Rebuild(t.Context(), dir, nil, nil, day)
		if err != nil {
			t.Fatal(err)
		}
		if versions, err := again.Versions(t.Context()); err != nil || len(versions) != 2 {
			t.Errorf("after %q it holds %d versions (%v)", end[:min(len(end), 20)], len(versions), err)
		}
		_ = again.Close()
	}
}

func TestADamagedJournalIsTold(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	received(t, s, "a.xlsx", "a", day)
	_ = s.Close()
	name := filepath.Join(dir, journalName)
	if err := os.WriteFile(name, []byte("rubbish\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "put back the file") {
		t.Errorf("a journal that is too short opens with %v", err)
	}
}
