package inbox

import (
	"fmt"
	"strings"
	"testing"

	"boardpack/ingest"
)

// Versions are written as their quarters, "?" where it is not known, with "-"
// where they cannot be read.
func TestChoose(t *testing.T) {
	for given, want := range map[string]string{
		"":              "",
		"Q1":            "1 newest",
		"Q1 Q1":         "2 newest",
		"Q1 -Q1":        "1 last good",
		"Q1 -?":         "1 last good",
		"Q1 -? -?":      "1 last good",
		"Q1 -Q2":        "1 earlier quarter", // never last good for Q2
		"Q1 Q2":         "1 earlier quarter, 2 newest",
		"Q1 Q2 -?":      "1 earlier quarter, 2 last good",
		"Q1 Q2 -Q2":     "1 earlier quarter, 2 last good",
		"Q1 Q1 Q2 Q2":   "2 earlier quarter, 4 newest",
		"Q1 Q2 Q1":      "2 earlier quarter, 3 newest",
		"-Q1":           "",
		"-Q1 Q1":        "2 newest",
		"?":             "1 newest",
		"? -?":          "1 last good",
		"? Q1":          "2 newest",
		"? Q1 -?":       "2 last good",
		"Q1 ?":          "1 earlier quarter, 2 newest",
		"Y Q1":          "1 earlier quarter, 2 newest", // a plan for the year
		"Y Y":           "2 newest",
		"Q1 -Q1 Q1 -Q1": "3 last good",
	} {
		var versions []Held
		for i, word := range strings.Fields(given) {
			v := Held{Number: i + 1, Readable: word[0] != '-'}
			switch word = strings.TrimPrefix(word, "-"); word {
			case "?":
			case "Y":
				v.Period = ingest.Period{Year: 2026}
			default:
				v.Period = ingest.Period{Year: 2026, Quarter: int(word[1] - '0')}
			}
			versions = append(versions, v)
		}
		var got []string
		for _, u := range Choose(versions) {
			got = append(got, fmt.Sprintf("%d %s", u.Number, u.Because))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("of %q are used: %q, want %q", given, strings.Join(got, ", "), want)
		}
	}
}
