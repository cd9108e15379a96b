package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"boardpack/cmd/internal/whole"
)

// What a killed run left goes at the next start, from among packs and from the archive.
func TestLeftoversOfAKilledRunGoAtTheNextStart(t *testing.T) {
	out := filepath.Join(t.TempDir(), "packs")
	board := filepath.Join(out, "2026-27", "Q2", "communities")
	var left []string
	for _, dir := range []string{board, filepath.Join(out, archiveFolder, "sha256", "ab")} {
		if err := whole.MakeFolder(dir); err != nil {
			t.Fatal(err)
		}
		f, err := whole.CreateTemp(dir) // in the name of this process, which has written nothing yet
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		left = append(left, f.Name())
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
	if _, err := os.Stat(filepath.Join(board, "v1", "report.pdf")); err != nil {
		t.Error(err)
	}
}
