package main

import (
	"io/fs"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// readOnly wants a folder whose files nobody may write into.
func readOnly(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: readonly FOLDER")
	}
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && (info.Mode().Perm()&0o222 == 0) == neg {
			ts.Fatalf("%s has the permissions %s", p, info.Mode())
		}
		files++
		return err
	}))
	if files == 0 {
		ts.Fatalf("%s holds no file", args[0])
	}
}
