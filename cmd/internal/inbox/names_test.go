package inbox

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestIsReturn(t *testing.T) {
	for name, want := range map[string]bool{
		"Housing.xlsx": true, "HOUSING.XLS": true, "a.xlsm": true, "a.ods": true, "a.xlsb": true, "a.xltx": true, "Copy of a.xlsx": true,
		"~$Housing.xlsx": false, ".~lock.Housing.xlsx#": false, ".Housing.xlsx": false, "._Housing.xlsx": false, ".Housing.xlsx.icloud": false,
		"Housing.tmp": false, "~WRL0001.tmp": false, "1A2B3C4D": false, "Thumbs.db": false, "desktop.ini": false, "Housing.xlsx.crdownload": false,
		"Housing.xlsx.part": false, "notes.docx": false, "Housing": false, "xlsx": false, "": false, "Housing.xlsx.tmp": false, "Housing.xlsx:Zone.Identifier": false,
	} {
		if got := IsReturn(name); got != want {
			t.Errorf("%q is a return: %v", name, got)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Housing.xlsx", "HOUSING.XLSX", true},
		{"Q2/Caf\u00e9.xlsx", "q2/Cafe\u0301.XLSX", true},
		{"Straße.xlsx", "STRASSE.xlsx", true},
		{"\u212bngström.xlsx", "\u00e5ngström.xlsx", true},
		{"Housing.xlsx", "Q2/Housing.xlsx", false},
		{"Housing.xlsx", "Housing.xls", false},
		{"Housing .xlsx", "Housing.xlsx", false},
		{"résumé.xlsx", "resume.xlsx", false},
	} {
		if got := Key(c.a) == Key(c.b); got != c.same {
			t.Errorf("%q and %q are one return: %v", c.a, c.b, got)
		}
	}
}

// The short way gives for each ASCII character what case folding gives it beside others.
func TestKeyOfASCII(t *testing.T) {
	for r := range rune(unicode.MaxASCII + 1) {
		name := "a" + string(r) + ".xlsx"
		if long := strings.TrimSuffix(Key(name+"é"), "é"); Key(name) != long {
			t.Errorf("%q has the key %q, and %q beside others", name, Key(name), long)
		}
	}
}

func TestWithoutConflict(t *testing.T) {
	for name, plain := range map[string]string{
		"Q2/Housing (Ann's conflicted copy 2026-10-02).xlsx":  "Q2/Housing.xlsx",
		"Housing (conflicted copy 2026-10-02 101112).xlsx":    "Housing.xlsx",
		"Housing (Case Conflict).xlsx":                        "Housing.xlsx",
		"Housing (Case Conflict 1).xlsx":                      "Housing.xlsx",
		"Housing.sync-conflict-20261002-101112-ABCDEFG.xlsx":  "Housing.xlsx",
		"Housing_conflict-20261002-101112.xlsx":               "Housing.xlsx",
		"Housing (Ann v1).xlsx":                               "Housing.xlsx",
		"Housing (Q2).xlsx":                                   "",
		"Housing (1).xlsx":                                    "", // may well be another return
		"Housing - Copy.xlsx":                                 "",
		"Conflict resolution service.xlsx":                    "",
		"(conflicted copy).xlsx":                              "",
		"Q2 (conflicted copy)/Housing.xlsx":                   "",
		"Children in conflict with the law (draft v2 b).xlsx": "",
	} {
		got, marked := withoutConflict(name)
		if marked != (plain != "") || marked && got != plain {
			t.Errorf("%q without its mark is %q (%v), want %q", name, got, marked, plain)
		}
	}
}

func TestShorten(t *testing.T) {
	long := strings.Repeat("Ü", 200) + ".xlsx"
	other := strings.Repeat("Ü", 200) + "2.xlsx"
	for _, name := range []string{"Housing.xlsx", long, other, strings.Repeat("a", 300), strings.Repeat("a ", 60) + "." + strings.Repeat("b", 300)} {
		got := Shorten(name, 100)
		if len(got) > 100 || !utf8.ValidString(got) || len(name) <= 100 && got != name {
			t.Errorf("%q is shortened to %q", name, got)
		}
	}
	if a, b := Shorten(long, 100), Shorten(other, 100); a == b || !strings.HasSuffix(a, ".xlsx") || a != Shorten(long, 100) {
		t.Errorf("two long names become %q and %q", a, b)
	}
}
