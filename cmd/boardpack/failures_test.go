package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"boardpack/ingest"
)

// A file that goes between listing and reading is a finding, and the others are read.
func TestFileThatCannotBeOpenedCostsNoOther(t *testing.T) {
	w, err := openWorkspace("", []string{"../../samples"})
	if err != nil {
		t.Fatal(err)
	}
	files, err := findReturns([]string{"../../samples"}, "packs")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, foundFile{path: filepath.Join(t.TempDir(), "gone.xlsx"), name: "gone.xlsx"})
	a := &app{out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	read, err := a.readReturns(context.Background(), &w, files)
	if err != nil {
		t.Fatal(err)
	}
	if len(read) != len(files) {
		t.Fatalf("%d of %d files are accounted for", len(read), len(files))
	}
	for _, r := range read {
		opened := !(len(r.ret.Findings) == 1 && r.ret.Findings[0].Check == "file-not-opened" && r.ret.Findings[0].Severity == ingest.Error)
		if opened == (r.name == "gone.xlsx") {
			t.Errorf("%s: findings %v", r.name, r.ret.Findings)
		}
	}
}

// An interrupted run ends with its own status and leaves the packs that stood before.
func TestInterruptedRunLeavesThePacks(t *testing.T) {
	out := filepath.Join(t.TempDir(), "packs")
	var said bytes.Buffer
	a := &app{out: &bytes.Buffer{}, err: &said}
	args := []string{"run", "--out", out, "../../samples"}
	if status := a.execute(context.Background(), args); status != exitFindings && status != exitDone {
		t.Fatalf("the first run ended with %d: %s", status, said.String())
	}
	before := treeOf(t, out)
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if status := a.execute(stopped, append(args, "--year", "2026/27", "--quarter", "Q1")); status != exitInterrupted {
		t.Errorf("an interrupted run ends with %d, want %d", status, exitInterrupted)
	}
	if !bytes.Contains(said.Bytes(), []byte("interrupted")) {
		t.Errorf("it says %q", said.String())
	}
	if after := treeOf(t, out); len(after) != len(before) {
		t.Errorf("%d files before, %d after", len(before), len(after))
	}
}

func treeOf(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
