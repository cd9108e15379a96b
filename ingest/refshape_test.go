package ingest

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// The expressions say what the scanners that every cell goes through must do.
var (
	refShape  = regexp.MustCompile(`^[A-Za-z]{1,8}(?: ?[A-Za-z]{1,4}){0,2} ?[-/._]? ?\d{1,5}(?: ?[-./] ?\d{1,4})*(?: ?\(?[a-z]{1,2}\)?)?$|^\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?$`)
	refTokens = regexp.MustCompile(`[A-Za-z]+|\d+(?:\.\d+)*|[-–—‐‑,;&/()\n]`)
)

func TestRefShape(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	parts := []string{"A", "b", "NI", "CSD", "abcd", "ABCDEFGH", "1", "23", "4567", "89012", " ", " ", "-", ".", "/", "_", "(", ")", "a", "é", "–"}
	found := 0
	for range 400_000 {
		s := ""
		for range 1 + r.IntN(8) {
			s += parts[r.IntN(len(parts))]
		}
		if want := refShape.MatchString(s); hasRefShape(s) != want {
			t.Fatalf("%q: %v, want %v", s, !want, want)
		} else if want {
			found++
		}
		checkTokens(t, s)
	}
	if found < 5_000 {
		t.Errorf("only %d of the texts have the shape", found)
	}
}

func checkTokens(t *testing.T, s string) {
	want := refTokens.FindAllString(s, -1)
	n := 0
	for tok, rest := refToken(s); tok != ""; tok, rest = refToken(rest) {
		if n == len(want) || tok != want[n] {
			t.Fatalf("%q: token %d is %q, want %q", s, n, tok, want)
		}
		n++
	}
	if n != len(want) {
		t.Fatalf("%q: %d tokens, want %q", s, n, want)
	}
}

func FuzzRefShape(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		if hasRefShape(s) != refShape.MatchString(s) {
			t.Errorf("%q: %v", s, hasRefShape(s))
		}
		checkTokens(t, s)
		if ListsRefs(s) != (len(ParseRefs(s, "")) > 0) {
			t.Errorf("%q: lists %v", s, ListsRefs(s))
		}
	})
}
