package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The monitoring return of 2008/09 has the 88 indicators of a board, of which 51 are of the population and 37 of performance.
func TestListOfTheBoardsIndicators(t *testing.T) {
	t.Parallel()
	returns, dir := sharedReturns(t), t.TempDir()
	b, err := os.ReadFile(filepath.Join(returns, "Q2 2008-09 service plan monitoring.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "Q2 2008-09 monitoring.xlsx"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	runAs(t, dir, nil, "run", ".")
	said := runAs(t, dir, nil, "list", "--kind", "indicator", "--by", "class", "packs/2008-09/Q2/board/v1")
	for _, want := range []string{"all 37 indicators", "all 51 indicators"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	if rows := strings.Count(said, "\n  NI ") + strings.Count(said, "\n  CSD "); rows != 88 {
		t.Errorf("%d rows are listed, want 88", rows)
	}
}

// Thirty teams' workbooks hold 451 actions: 334 green, 81 amber, 36 red.
func TestThirtyTeamWorkbooksAreCounted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lights := strings.Repeat("G", 334) + strings.Repeat("A", 81) + strings.Repeat("R", 36)
	for team := range 30 {
		f := excelize.NewFile()
		set := func(row int, cells ...any) {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &cells); err != nil {
				t.Fatal(err)
			}
		}
		set(1, fmt.Sprintf("Team %02d operational plan, Quarter 4 2007/08", team+1))
		set(2, "Ref", "Action", "Due", "Progress", "Comment")
		for n, row := team, 3; n < len(lights); n, row = n+30, row+1 {
			set(row, fmt.Sprintf("TM%c%c A%02d", 'A'+team/26, 'A'+team%26, row-2), fmt.Sprintf("Promise %d of the team", row-2), "June 2008", lights[n:n+1], "As planned")
		}
		if err := f.SaveAs(filepath.Join(dir, fmt.Sprintf("Team %02d Q4 2007-08.xlsx", team+1))); err != nil {
			t.Fatal(err)
		}
	}
	said := runAs(t, dir, nil, "run", ".")
	if !strings.Contains(said, "451 actions: 36 red, 81 amber, 334 green") {
		t.Error(said)
	}
	counted := map[string]string{}
	for _, row := range dataRows(t, filepath.Join(dir, "packs/2007-08/Q4/board/v1/data/summary.csv")) {
		if row["kind"] == "action" && row["plan"] == "" {
			counted[row["light"]] = row["count"] + " " + row["percent"] + " " + row["total"]
		}
	}
	for light, want := range map[string]string{"green": "334 74.1 451", "amber": "81 18.0 451", "red": "36 8.0 451"} {
		if counted[light] != want {
			t.Errorf("%s: %s, want %s", light, counted[light], want)
		}
	}
}
