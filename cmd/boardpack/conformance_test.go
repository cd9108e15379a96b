package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"boardpack/cmd/witness"
)

// TestPacksConform has veraPDF check every report of the samples, one of them
// also as final, and of the reference workbooks under PDF/UA-1 and PDF/A-3a.
func TestPacksConform(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the checker takes long; run without -short")
	}
	for name, returns := range map[string]func(*testing.T) string{
		"samples":          func(t *testing.T) string { return samplesAs(t, "plain-report") },
		"board-report":     func(t *testing.T) string { return samplesAs(t, "board-report") },
		"portfolio-report": func(t *testing.T) string { return samplesAs(t, "portfolio-report") },
		"shared":           sharedReturns,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, dir := returns(t), t.TempDir()
			runAs(t, dir, nil, "run", "--out", "packs", folder)
			if name == "samples" {
				runAs(t, dir, nil, "publish", "--workspace", folder, "--who", "Clerk", "packs/2026-27/Q1/communities/v1")
			}
			conforms(t, filepath.Join(dir, "packs"))
		})
	}
}

// samplesAs are the samples in another house style.
func samplesAs(t *testing.T, style string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../samples")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, configName)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(b), "report: plain-report ", "report: "+style+" ", 1)
	if changed == string(b) && style != "plain-report" {
		t.Fatal("the samples name no report")
	}
	if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func absolute(t *testing.T, name string) string {
	t.Helper()
	full, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return full
}

// conforms checks all PDF files of a folder in one start of veraPDF.
func conforms(t *testing.T, dir string) {
	t.Helper()
	tool := witness.Program(t, "verapdf", ".ci/run fetches org.verapdf.apps:greenfield-apps and puts a command of this name on the path")
	out, err := exec.Command(tool, "--format", "text", "--verbose", "--recurse", dir).Output()
	said := string(out)
	files := 0
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, "PASS ") {
			files++
		}
	}
	made, globErr := filepath.Glob(filepath.Join(dir, "*", "*", "*", "v*", "report.pdf"))
	if err != nil || globErr != nil || strings.Contains(said, "FAIL ") || len(made) == 0 || files != 2*len(made) {
		t.Errorf("verapdf passed %d of 2 profiles for %d reports (%v):\n%s", files, len(made), err, said)
	}
}
