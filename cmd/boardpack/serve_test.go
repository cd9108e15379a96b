package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"boardpack/cmd/internal/store"

	"github.com/xuri/excelize/v2"
)

// officers save, overwrite and take away workbooks in a folder until they are
// told to stop: some at once, some piece by piece.
func officers(t *testing.T, dir string, stop <-chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		case <-time.After(time.Duration(rand.IntN(60)) * time.Millisecond):
		}
		name := filepath.Join(dir, fmt.Sprintf("service %d.xlsx", rand.IntN(30)))
		if rand.IntN(12) == 0 {
			_ = os.Remove(name)
			continue
		}
		unsaved := filepath.Join(filepath.Dir(dir), "unsaved.xlsx")
		saveBook(t, unsaved, "== Return", fmt.Sprintf("Service %s Q2 2026/27", filepath.Base(name)), "Ref | Indicator | Unit | Good is | Target | Actual | Progress",
			fmt.Sprintf("SRV %d | Things done in time | Number | High | 25 | %d | Green", 100+i, 30+i))
		if err := arrive(unsaved, name, rand.IntN(3) == 0); err != nil {
			t.Error(err)
		}
	}
}

// saveBook makes a workbook of lines as mkbook reads them.
func saveBook(t *testing.T, name string, lines ...string) {
	m := bookMaker{file: excelize.NewFile()}
	for _, line := range lines {
		if err := m.line(line); err != nil {
			t.Error(err)
		}
	}
	if err := m.save(name); err != nil {
		t.Error(err)
	}
}

// arrive brings a file into its place, at once or slowly.
func arrive(from, name string, slowly bool) error {
	if !slowly {
		return os.Rename(from, name)
	}
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for len(b) > 0 {
		n := min(len(b), 1500)
		if _, err := f.Write(b[:n]); err != nil {
			return err
		}
		b = b[n:]
		time.Sleep(20 * time.Millisecond)
	}
	return nil
}

// lookAtPacks wants of every version of a pack that can be seen that it is whole.
func lookAtPacks(t *testing.T, out string, stop <-chan struct{}) (seen int) {
	whole := map[string]bool{}
	for {
		select {
		case <-stop:
			return len(whole)
		case <-time.After(20 * time.Millisecond):
		}
		dirs, _ := filepath.Glob(filepath.Join(out, "*", "*", "*", "v*"))
		for _, dir := range dirs {
			if whole[dir] {
				continue
			}
			whole[dir] = true
			m, err := readManifest(dir)
			if err != nil {
				t.Errorf("%s is there without its manifest: %v", dir, err)
			} else if diff := storedDifferences(dir, m); len(diff) > 0 {
				t.Errorf("%s is there by half: %q", dir, diff)
			}
		}
	}
}

// Officers go on working while the service is killed again and again. Left to
// finish, it has every return that stands in the folder with its true hash,
// and the packs that are due, whole, each made of the right bytes.
func TestServiceKilledAtAnyMoment(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 4
	}
	dir := t.TempDir()
	returns, out := filepath.Join(dir, "returns"), filepath.Join(dir, "packs")
	if err := os.Mkdir(returns, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(returns, configName), []byte("service:\n  quiet: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stop, stopLooking := make(chan struct{}), make(chan struct{})
	var working, looking sync.WaitGroup
	working.Go(func() { officers(t, returns, stop) })
	looking.Go(func() { lookAtPacks(t, out, stopLooking) })
	for range rounds {
		c := exec.Command("boardpack", "serve", returns, "--out", out, "--once")
		var said bytes.Buffer
		c.Stderr = &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(200+rand.IntN(3000))*time.Millisecond, func() { _ = c.Process.Kill() })
		_ = c.Wait() // it was killed, or had ended
		timer.Stop()
		if strings.Contains(said.String(), `"level":"ERROR"`) || strings.Contains(said.String(), "boardpack: ") {
			t.Errorf("it said %s", said.String())
		}
	}
	close(stop)
	working.Wait()
	for range 2 { // the second has nothing to do
		b, err := exec.Command("boardpack", "serve", returns, "--out", out, "--once").CombinedOutput()
		if err != nil {
			t.Fatalf("left to finish it failed: %v\n%s", err, b)
		}
	}
	close(stopLooking)
	looking.Wait()
	wantAllReceived(t, returns, out)
}

func wantAllReceived(t *testing.T, returns, out string) {
	r, err := store.OpenReader(t.Context(), filepath.Join(out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if v, err := r.Verify(t.Context()); err != nil || len(v.Faults) > 0 {
		t.Errorf("the store has the faults %q (%v)", v.Faults, err)
	}
	packs, err := r.Packs(t.Context())
	if err != nil || len(packs) == 0 {
		t.Fatalf("%d packs are in the ledger (%v)", len(packs), err)
	}
	m, err := readManifest(filepath.Join(out, filepath.FromSlash(packs[0].Folder)))
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]string{}
	for _, f := range m.Inputs {
		if f.Kind == "return" {
			used[f.Name] = f.SHA256
		}
	}
	there, _ := filepath.Glob(filepath.Join(returns, "*.xlsx"))
	if len(there) < 10 || len(used) != len(there) {
		t.Errorf("%d returns stand in the folder, and the newest pack is of %d", len(there), len(used))
	}
	for _, name := range there {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := input{Bytes: b}.sha256()
		if used[filepath.Base(name)] != sum {
			t.Errorf("%s is not in the newest pack as it stands there", filepath.Base(name))
		}
		if _, err := r.Get(sum); err != nil {
			t.Error(err)
		}
	}
	dirs, _ := filepath.Glob(filepath.Join(out, "*", "*", "*", "v*"))
	if len(dirs) != len(packs) || packs[0].Version != len(packs) {
		t.Errorf("%d packs are on disk, and the ledger has %d up to version %d", len(dirs), len(packs), packs[0].Version)
	}
	t.Logf("%d returns, %d versions of the pack", len(there), len(packs))
}
