package workbook

import (
	"errors"
	"strings"
	"testing"

	"boardpack/ingest"
)

// A panic while a workbook is read costs that workbook alone: it becomes its one finding.
func TestPanicIsAFinding(t *testing.T) {
	book := workbookOf(t, newGrid("S").put("A1", row{"Ref", "Indicator", "Target", "Actual"}, row{"NI 1", "Libraries", 1, 2}))
	ret, err := Read("Leisure Q2 2008-09.xlsx", book, Options{}) // no words: the reader cannot look any up
	var u *Unreadable
	if !errors.As(err, &u) || u.Check != "file-not-read" {
		t.Fatalf("the error is %v", err)
	}
	if len(ret.Findings) != 1 || ret.Findings[0].Severity != ingest.Error || ret.Findings[0].Check != "file-not-read" || !strings.Contains(ret.Findings[0].Advice, "save") {
		t.Errorf("findings %v", ret.Findings)
	}
	if !ret.Unusable || len(ret.Indicators) != 0 {
		t.Errorf("something of it is used: %v", ret.Indicators)
	}
}
