package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// age makes a version of a pack one that an earlier program made, which shipped another report definition.
func age(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: age PACK")
	}
	dir := ts.MkAbs(args[0])
	m, err := readManifest(dir)
	ts.Check(err)
	m.Program = "boardpack 0.0.1"
	for i := range m.Inputs {
		if m.Inputs[i].Kind == "report definition" {
			m.Inputs[i].SHA256 = strings.Repeat("0", 64)
		}
		if f := &m.Inputs[i]; f.Kind == "configuration" {
			b, err := archiveOf(packsOf(dir)).Get(f.SHA256)
			ts.Check(err)
			f.part = input{Bytes: withoutService(b)}.sha256()
		}
	}
	made := m
	made.Inputs = slices.DeleteFunc(slices.Clone(m.Inputs), func(f fileRecord) bool { return f.Kind == draftBefore })
	m.InputHash = made.dueHash()
	b, err := m.bytes()
	ts.Check(err)
	name := filepath.Join(dir, "manifest.json")
	ts.Check(os.Chmod(name, 0o644))
	ts.Check(os.WriteFile(name, b, 0o644))
}
