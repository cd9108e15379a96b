package ingest

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// namedPart says what cutPart must do, which each text of a workbook goes through.
var namedPart = regexp.MustCompile(`([A-Z][A-Za-z]*(?:[ &][A-Za-z]+){0,2})\s*[:=-]?\s*([-−]?\d+(?:\.\d+)?\s?%?)`)

func partsByPattern(text string) [][]string {
	t := OneLine(text)
	found := namedPart.FindAllStringSubmatch(t, -1)
	if len(found) != 2 || strings.Trim(namedPart.ReplaceAllString(t, ""), " ,;/&") != "" {
		return nil
	}
	for _, m := range found {
		if f := TextFigure(m[2], ""); f.Number == nil || slices.Contains(monthNames, strings.ToLower(m[1])) {
			return nil
		}
	}
	return found
}

func checkParts(t *testing.T, s string) int {
	got, want := PartsOf(s, ""), partsByPattern(s)
	if len(got) != len(want) {
		t.Fatalf("%q: %d parts, want %q", s, len(got), want)
	}
	for n, p := range got {
		if p.Name != want[n][1] || p.Text != OneLine(want[n][2]) {
			t.Fatalf("%q: part %d is %q %q, want %q", s, n, p.Name, p.Text, want[n])
		}
	}
	return len(got)
}

func TestPartsOfByPattern(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	parts := []string{"English", "Maths", "a", "Bc", "May", "5", "12", ".", "%", " ", " ", "&", ":", "=", "-", "−", ",", ";", "/", "é", "3.4%", " 6"}
	found := 0
	for range 400_000 {
		s := "E"
		for range 2 + r.IntN(8) {
			s += parts[r.IntN(len(parts))]
		}
		found += checkParts(t, s)
	}
	if found < 2_000 {
		t.Errorf("only %d parts", found)
	}
}

func FuzzParts(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) { checkParts(t, s) })
}

// TestPlainNumber holds the quick reading of a cell's number beside the library's.
func TestPlainNumber(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	parts := []string{"0", "1", "9", "00", "123", "45678", ".", "-", "e", " ", "+"}
	found := 0
	for range 300_000 {
		s := ""
		for range 1 + r.IntN(6) {
			s += parts[r.IntN(len(parts))]
		}
		got, ok := plainNumber(s)
		if !ok {
			continue
		}
		found++
		want, err := slowNumber(s)
		if numberText(got) != got.String() {
			t.Fatalf("%q is told as %q", got, numberText(got))
		}
		if err != nil || !want.Equal(got) || want.Exponent() != got.Exponent() || want.String() != got.String() {
			t.Fatalf("%q is %s, want %s, %v", s, got, want, err)
		}
	}
	if found < 50_000 {
		t.Errorf("only %d numbers", found)
	}
}
