package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Processes that make versions of one pack at the same time, and publish the
// same draft, each take a number of their own, and make one final.
func TestProcessesNeverTakeOneNumber(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := bookMaker{file: excelize.NewFile()}
	for _, line := range []string{"== Return", "Housing Q2 2026/27", "Ref | Indicator | Unit | Good is | Target | Actual | Progress",
		"HSG 1 | Homes let in time | Number | High | 25 | 30 | Green"} {
		if err := m.line(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "r"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := m.save(filepath.Join(dir, "r", "housing.xlsx")); err != nil {
		t.Fatal(err)
	}
	runAs(t, dir, nil, "run", "r")
	place := filepath.Join(dir, "packs", "2026-27", "Q2", "board")
	var all sync.WaitGroup
	for n := range 3 {
		all.Go(func() { runAs(t, dir, nil, "run", "--as-at", fmt.Sprintf("2026-10-%02d", 10+n), "r") })
		all.Go(func() {
			runAs(t, dir, nil, "publish", "--workspace", "r", "--who", "Clerk", filepath.Join("packs", "2026-27", "Q2", "board", "v1"))
		})
	}
	all.Wait()
	finals := 0
	for n := 1; n <= 5; n++ {
		e, err := earlierAt(place, n)
		if err != nil {
			t.Fatal(err)
		}
		if e.manifest.Status == statusFinal {
			finals++
		}
		if e.manifest.Version != n {
			t.Errorf("%s says that it is version %d", e.dir, e.manifest.Version)
		}
		runAs(t, dir, nil, "verify", e.dir)
	}
	if last, err := lastVersion(place); err != nil || last != 5 || finals != 1 {
		t.Errorf("there are %d versions and %d finals, want 5 and 1 (%v)", last, finals, err)
	}
	w, err := openWorkspace("", []string{filepath.Join(dir, "r")})
	if err != nil || len(w.decisions) != 1 {
		t.Errorf("the log has %+v, want one publication (%v)", w.decisions, err)
	}
}

// A version is made anew while its number is taken, and not for ever.
func TestUntilNumbered(t *testing.T) {
	for taken, want := range map[int]int{0: 1, 1: 2, 100: numberTries} {
		made, err := 0, error(nil)
		if _, err = untilNumbered(func() (int, error) {
			if made++; made > taken {
				return made, nil
			}
			return 0, fmt.Errorf("make it: %w", errNumberTaken)
		}); made != want || (err != nil) != (taken > numberTries) {
			t.Errorf("taken %d times, it was made %d times, want %d (%v)", taken, made, want, err)
		}
	}
	broken := errors.New("the disk is full")
	made := 0
	if _, err := untilNumbered(func() (int, error) { made++; return 0, broken }); made != 1 || !errors.Is(err, broken) {
		t.Errorf("it was made %d times: %v", made, err)
	}
}
