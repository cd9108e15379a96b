package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"boardpack/cmd/internal/store"

	"github.com/rogpeppe/go-internal/testscript"
)

func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack FILE FOLDER")
	}
	ts.Check(unzip(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}

// unzip unpacks as any program would.
func unzip(file, dir string) error {
	r, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer r.Close()
	return os.CopyFS(dir, r)
}

// keepText keeps a text as a return of a store.
func keepText(t *testing.T, s *store.Store, name, text string) string {
	t.Helper()
	staged, err := s.Stage(1<<30, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
	if err != nil {
		t.Fatal(err)
	}
	defer staged.Drop()
	v, _, err := s.Receive(context.Background(), staged, store.Receipt{Name: name, Key: name, Received: time.Now(), Origin: "shared folder"})
	if err != nil {
		t.Fatal(err)
	}
	return v.SHA256
}

// While returns come in and are taken out, each backup holds what its own ledger names.
func TestBackupWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "packs")
	s, err := store.Open(t.Context(), filepath.Join(out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range 200 {
		keepText(t, s, fmt.Sprintf("first %d.xlsx", i), strings.Repeat(fmt.Sprint(i, " "), 3000))
	}
	stop := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
			sum := keepText(t, s, fmt.Sprintf("return %d.xlsx", i%9), fmt.Sprint("text ", i))
			if i%40 == 39 {
				if err := s.Purge(context.Background(), sum, "A Clerk", "misfiled", time.Now()); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for n := range 6 {
		file := filepath.Join(dir, "backup.zip")
		b := &backup{out: out, now: time.Now()}
		if err := b.write(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if len(b.trouble) > 0 {
			t.Errorf("the backup says %q", b.trouble)
		}
		wantWholeBackup(t, file, filepath.Join(dir, fmt.Sprint("restored ", n)))
	}
	close(stop)
	work.Wait()
	if left, _ := filepath.Glob(filepath.Join(dir, ".new-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func wantWholeBackup(t *testing.T, file, to string) {
	t.Helper()
	if err := unzip(file, to); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), filepath.Join(to, backupPacks, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	v, err := again.Verify(t.Context())
	if err != nil || len(v.Faults) > 0 || v.Files < 200 {
		t.Errorf("unpacked it has %d files and the faults %q (%v)", v.Files, v.Faults, err)
	}
}

// A backup holds no more in memory of a large archive than of a small one.
func TestBackupStreams(t *testing.T) {
	dir := t.TempDir()
	out, text := filepath.Join(dir, "packs"), make([]byte, 48<<20)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(text)
	if err := archiveOf(out).Put(text); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := (&backup{out: out, now: time.Now()}).write(t.Context(), filepath.Join(dir, "b.zip")); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 8<<20 {
		t.Errorf("a backup of %d bytes took %d of memory", len(text), took)
	}
}

// A file that is no backup is never replaced, and a backup that fails leaves the one before.
func TestBackupReplacesBackupsAlone(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "packs")
	if err := archiveOf(out).Put([]byte("a return")); err != nil {
		t.Fatal(err)
	}
	letter, other, earlier := filepath.Join(dir, "letter.docx"), filepath.Join(dir, "other.zip"), filepath.Join(dir, "earlier.zip")
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{letter: []byte("a letter"), other: empty.Bytes()} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	for name, want := range map[string]int{letter: exitUsage, other: exitUsage, earlier: exitDone, filepath.Join(out, "b.zip"): exitUsage} {
		if got := a.execute(t.Context(), []string{"backup", name, "--out", out}); got != want {
			t.Errorf("a backup to %s ends with %d, want %d: %s", filepath.Base(name), got, want, a.err)
		}
	}
	was, _ := os.ReadFile(earlier)
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if got := a.execute(stopped, []string{"backup", earlier, "--out", out}); got != exitInterrupted {
		t.Errorf("a backup that was stopped ends with %d", got)
	}
	if is, _ := os.ReadFile(earlier); !bytes.Equal(is, was) {
		t.Error("a backup that was stopped is in the place of the one before")
	}
	if got := a.execute(t.Context(), []string{"backup", earlier, "--out", out}); got != exitDone {
		t.Errorf("a backup in the place of an earlier one ends with %d: %s", got, a.err)
	}
}

// A decision that is written while the backup is has it begin again, so that no
// pack stands in it without a decision that it was made with.
func TestBackupWhileSomebodyDecides(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "packs")
	if err := archiveOf(out).Put(make([]byte, 1<<16)); err != nil { // more than is written at once
		t.Fatal(err)
	}
	decisions := filepath.Join(dir, decisionsName)
	for _, isLast := range []bool{false, true} {
		if err := os.WriteFile(decisions, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		b := &backup{out: out, workspace: dir, kept: []string{decisionsName}, now: time.Now()}
		decide := writerFunc(func(p []byte) (int, error) { // while the first bytes are written
			return len(p), os.WriteFile(decisions, []byte("{}\n"), 0o644)
		})
		if err := b.writeTo(t.Context(), decide, isLast); (err == nil) != isLast || err != nil && err != errDecided {
			t.Errorf("the backup (the last attempt: %v) ends with %v", isLast, err)
		}
	}
}

type writerFunc func(b []byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// Where the ledger is lost, the backup has the whole journal, of which rebuild makes another.
func TestBackupWithoutALedger(t *testing.T) {
	dir := t.TempDir()
	out, file, to := filepath.Join(dir, "packs"), filepath.Join(dir, "b.zip"), filepath.Join(dir, "restored")
	s, err := store.Open(t.Context(), filepath.Join(out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	sum := keepText(t, s, "a.xlsx", "a return")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(out, archiveFolder, "ledger.db")); err != nil {
		t.Fatal(err)
	}
	if err := (&backup{out: out, now: time.Now()}).write(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if err := unzip(file, to); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), filepath.Join(to, backupPacks, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if versions, err := again.Versions(t.Context()); err != nil || len(versions) != 1 || versions[0].SHA256 != sum {
		t.Errorf("unpacked it knows %+v (%v)", versions, err)
	}
}
