package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestCommittedWorkbooks makes every workbook again and compares bytes.
func TestCommittedWorkbooks(t *testing.T) {
	for _, w := range workbooks() {
		want, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(w.path)))
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := w.bytes()
		if err != nil {
			t.Errorf("make %s: %v", w.path, err)
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from what the program writes: run go run ./samples/make", w.path)
		}
	}
}

// TestNothingElse finds workbooks that no longer come from this program.
func TestNothingElse(t *testing.T) {
	made := map[string]bool{}
	for _, w := range workbooks() {
		made[w.path] = true
	}
	folder := filepath.Join("..", "2026-27")
	for _, pattern := range []string{"*.xlsx", "*/*.xlsx"} {
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			name, err := filepath.Rel("..", path)
			if err != nil {
				t.Fatal(err)
			}
			if !made[filepath.ToSlash(name)] {
				t.Errorf("%s is not one of the workbooks that this program makes", name)
			}
		}
	}
}

// TestOneRowEach finds a reference given twice in one service by mistake.
func TestOneRowEach(t *testing.T) {
	for _, s := range []service{housing, safety, environment, libraries} {
		seen := map[string]bool{}
		for _, a := range s.actions() {
			if seen[a.ref] {
				t.Errorf("%s: %s stands twice", s.name, a.ref)
			}
			seen[a.ref] = true
		}
		for _, p := range s.indicators() {
			if seen[p.ref] {
				t.Errorf("%s: %s stands twice", s.name, p.ref)
			}
			seen[p.ref] = true
		}
	}
}
