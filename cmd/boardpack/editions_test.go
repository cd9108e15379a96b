package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"boardpack/render/data"
	"boardpack/transform/changes"
)

// TestEditions makes the packs of the samples, of a second version with
// decisions, of a final, and of the reference workbooks, and holds what their files say
// against each other and against the reference implementation of data packages.
func TestEditions(t *testing.T) {
	t.Parallel()
	t.Run("samples", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		copySamples(t, dir, func([]string) {})
		runAs(t, dir, nil, "run", "samples")
		for _, d := range [][]string{
			{"override", "--ref", "ENV 5", "--light", "amber", "--text", "One inspection was void"},
			{"comment", "--ref", "HSG 02", "--text", "-5 is too few"},
		} {
			runAs(t, dir, nil, append([]string{"decide", d[0], "--workspace", "samples", "--who", "=Head", "--quarter", "2026/27 Q2"}, d[1:]...)...)
		}
		runAs(t, dir, nil, "publish", "--workspace", "samples", "--who", "Clerk", "packs/2026-27/Q1/communities/v1")
		checkEditions(t, dir, 7, runAs(t, dir, nil, "run", "--json", "samples"))
	})
	for _, style := range []string{"board-report", "portfolio-report"} {
		t.Run(style, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			checkEditions(t, dir, 2, runAs(t, dir, nil, "run", "--json", "--quarter", "Q2", samplesAs(t, style)))
		})
	}
	t.Run("reference workbooks", func(t *testing.T) {
		t.Parallel()
		returns := sharedReturns(t)
		dir := t.TempDir()
		checkEditions(t, dir, 3, runAs(t, dir, nil, "run", "--json", returns))
	})
}

// checkEditions checks each pack below dir; said is what run --json printed.
func checkEditions(t *testing.T, dir string, want int, said string) {
	t.Helper()
	packs, err := filepath.Glob(filepath.Join(dir, "packs/*/*/*/v*"))
	if err != nil || len(packs) != want {
		t.Fatalf("%d packs, %v", len(packs), err)
	}
	checkRunJSON(t, dir, said)
	var folders []string
	for _, pack := range packs {
		folders = append(folders, filepath.Join(pack, publicData), filepath.Join(pack, workingData))
		name, err := filepath.Rel(filepath.Join(dir, "packs"), pack)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			for _, working := range []bool{false, true} {
				sameInAllFormats(t, pack, working, !slices.Contains(packs, strings.TrimSuffix(pack, "v1")+"v2"))
			}
		})
	}
	validPackages(t, folders)
}

// dataOf reads the data of an edition as programs do.
func dataOf(t *testing.T, pack string, working bool) []changes.Table {
	t.Helper()
	tables, err := data.Read(working, func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(pack, dataFolder(working), name))
	})
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// checkRunJSON holds the records of run --json against the files of data/.
func checkRunJSON(t *testing.T, dir, said string) {
	t.Helper()
	var run struct {
		Packs []struct {
			Folder string                      `json:"folder"`
			Data   map[string][]map[string]any `json:"data"`
		} `json:"packs"`
	}
	d := json.NewDecoder(bytes.NewReader([]byte(said)))
	d.UseNumber()
	if err := d.Decode(&run); err != nil {
		t.Fatal(err)
	}
	if len(run.Packs) < 2 {
		t.Errorf("%d packs are printed", len(run.Packs))
	}
	for _, p := range run.Packs {
		for _, table := range dataOf(t, filepath.Join(dir, p.Folder), false) {
			if len(p.Data[table.Name]) != len(table.Rows) {
				t.Errorf("%s: %d %s are printed, and %d are in the file", p.Folder, len(p.Data[table.Name]), table.Name, len(table.Rows))
				continue
			}
			for i, row := range table.Rows {
				for j, column := range table.Columns {
					if got := fromJSON(p.Data[table.Name][i][column]); got != row[j] {
						t.Errorf("%s: %s, record %d, %s is %q, and %q in the file", p.Folder, table.Name, i, column, got, row[j])
					}
				}
			}
		}
	}
}

// fromJSON is a JSON value as a file of the data says it.
func fromJSON(v any) string {
	switch v {
	case nil:
		return ""
	case true:
		return "yes"
	case false:
		return "no"
	}
	return fmt.Sprint(v)
}

// validate is a program for the reference implementation of data packages that
// looks at many folders at once, as its command takes longer to start than to look.
const validate = `
import os, sys
from frictionless import validate
for folder in sys.argv[1:]:
    os.chdir(folder)
    report = validate("datapackage.json")
    if not report.valid or len(report.tasks) < 6:
        print(folder, report.flatten(["name", "type", "message"]))
`

// validPackages wants that the reference implementation takes each data folder for valid.
func validPackages(t *testing.T, folders []string) {
	t.Helper()
	program, err := exec.LookPath("frictionless")
	if err != nil {
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1" {
			t.Fatal("frictionless is not installed: pip install frictionless")
		}
		t.Log("the data packages are not validated, for frictionless is not installed: pip install frictionless")
		return
	}
	script, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(script), "\n")
	if python, is := strings.CutPrefix(strings.TrimSpace(first), "#!"); is && strings.Contains(filepath.Base(python), "python") {
		if out, err := exec.Command(python, append([]string{"-c", validate}, folders...)...).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("frictionless: %v\n%s", err, out)
		}
		return
	}
	for _, folder := range folders {
		c := exec.Command(program, "validate", "datapackage.json")
		c.Dir = folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("frictionless validate %s: %v\n%s", folder, err, out)
		}
	}
}
