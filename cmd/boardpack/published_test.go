package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedReturns is the folder of the reference workbooks: below
// BOARDPACK_SHARED, which is relative to the top of the repository, else
// beside it. Without the variable the test is skipped where they are not there.
func sharedReturns(t *testing.T) string {
	t.Helper()
	root, required := os.LookupEnv("BOARDPACK_SHARED")
	if !required || root == "" {
		root, required = "../shared", false
	}
	if !filepath.IsAbs(root) {
		root = filepath.Join("..", "..", root)
	}
	dir, err := filepath.Abs(filepath.Join(root, "returns"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		if required {
			t.Fatalf("the reference workbooks are not there: %v", err)
		}
		t.Skipf("the reference workbooks are not here; set BOARDPACK_SHARED to read them: %v", err)
	}
	return dir
}

// dataRows reads a CSV file of a pack: each row by column.
func dataRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return byColumn(lines)
}

// The reports of 2007/08 were published; a pack made from the same returns prints their tables.
func TestPublishedReportOfQuarter4(t *testing.T) {
	t.Parallel()
	returns := sharedReturns(t)
	dir := t.TempDir()
	said := runAs(t, dir, nil, "run", returns)
	for _, pack := range []string{"2007-08/Q3", "2007-08/Q4", "2008-09/Q2"} {
		for _, file := range []string{"report.pdf", "report.html", "report.xlsx", "working/report.html", "working/data/findings.csv", "manifest.json"} {
			if info, err := os.Stat(filepath.Join(dir, "packs", pack, "board/v1", file)); err != nil || info.Size() == 0 {
				t.Errorf("%s of %s was not made: %v", file, pack, err)
			}
		}
		if !strings.Contains(said, "packs/"+pack+"/board/v1 ") {
			t.Errorf("the pack of %s is not among what was said:\n%s", pack, said)
		}
	}
	data := filepath.Join(dir, "packs/2007-08/Q4/board/v1/data")
	counts := map[string]string{}
	for _, row := range dataRows(t, filepath.Join(data, "summary.csv")) {
		if row["plan"] == "" && row["class"] == "" {
			counts[row["kind"]+" "+row["light"]] = strings.Join([]string{row["count"], row["percent"], row["total"]}, " ")
		}
	}
	for what, want := range map[string]string{
		"action red": "0 0.0 19", "action amber": "9 47.4 19", "action green": "10 52.6 19", "action awaited": "0 0.0 19", "action not returned": "0 0.0 19",
		"indicator red": "16 50.0 32", "indicator amber": "0 0.0 32", "indicator green": "11 34.4 32", "indicator awaited": "5 15.6 32",
		"indicator not due": "0 0.0 32", "indicator not returned": "0 0.0 32", "indicator query": "0 0.0 32", "indicator no target": "0 0.0 32",
	} {
		if counts[what] != want {
			t.Errorf("%s: %q, want %q", what, counts[what], want)
		}
	}
	publishedMovement(t, filepath.Join(data, "movement.csv"))
	runAs(t, dir, nil, "verify", "packs/2007-08/Q4/board/v1")
}

func publishedMovement(t *testing.T, name string) {
	t.Helper()
	moves := map[string]int{}
	for _, row := range dataRows(t, name) {
		moves[row["kind"]+" newly "+row["now"]]++
		moves[row["kind"]+" "+row["was"]+" to "+row["now"]]++
	}
	for what, want := range map[string]int{
		"action newly green": 8, "action newly red": 0, "action red to amber": 1, "action newly amber": 1,
		"indicator newly red": 1, "indicator newly green": 7, "indicator newly amber": 0,
	} {
		if moves[what] != want {
			t.Errorf("%s: %d, want %d", what, moves[what], want)
		}
	}
}
