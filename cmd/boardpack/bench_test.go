package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// benchmarkRun does the whole job again and again, each time into a new folder:
// workbooks are read, packs worked out, drawn in every format and written.
func benchmarkRun(b *testing.B, folder string) {
	size := int64(0)
	err := filepath.Walk(folder, func(_ string, info os.FileInfo, err error) error {
		if err == nil && filepath.Ext(info.Name()) == ".xlsx" {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		a := &app{out: io.Discard, err: io.Discard}
		if got := a.execute(b.Context(), []string{"run", "--out", b.TempDir(), folder}); got != exitDone {
			b.Fatalf("run ends with %d", got)
		}
	}
}

// BenchmarkRunSamples makes the four packs of the samples from nine workbooks.
func BenchmarkRunSamples(b *testing.B) { benchmarkRun(b, "../../samples") }

// BenchmarkRunShared does the same with the reference workbooks, where they are.
func BenchmarkRunShared(b *testing.B) {
	root := os.Getenv("BOARDPACK_SHARED")
	if root == "" {
		root = "../shared"
	}
	if !filepath.IsAbs(root) {
		root = filepath.Join("../..", root)
	}
	folder := filepath.Join(root, "returns")
	if _, err := os.Stat(folder); err != nil {
		b.Skipf("reference workbooks are not here: %v", err)
	}
	benchmarkRun(b, folder)
}
