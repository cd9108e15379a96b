package nightly

import (
	"strings"
	"testing"
	"time"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// What is refused is refused with the reason.
func TestParse(t *testing.T) {
	for _, c := range []struct{ zone, expression, refused string }{
		{"", "", ""},
		{"Europe/London", "0 2 * * *", ""},
		{"Europe/London", "59 0 * * *", ""},
		{"Europe/London", " 30 18 * * 1-5 ", ""},
		{"Europe/London", "*/30 * * * *", ""},  // each hour, so also beside the change
		{"Europe/London", "30 1 1 4 *", ""},    // never the day of a change
		{"Europe/London", "30 1 * 6-9 *", ""},  // no change in summer
		{"Europe/London", "0 1 * * 1-6", ""},   // the clock changes on Sundays
		{"Europe/London", "0 2 29 2 *", ""},    // a leap year comes
		{"Europe/London", "0 2 */2 1,7 *", ""}, // steps and lists
		{"Asia/Kolkata", "0 1 * * *", ""},      // no clock change
		{"Europe/London", "0 1 * * *", "01:00, which the clock change skips in Europe/London on 28 March 2027; choose a time outside 01:00 to 02:00"},
		{"Europe/London", "59 1 * * 0", "01:59, which the clock change skips"},
		{"Europe/London", "*/15 0-2 * * *", "which the clock change skips"},
		{"Europe/London", "0 1 31 10 *", "repeats in Europe/London on 31 October 2027"},
		{"Europe/Paris", "0 2 * * *", "02:00, which the clock change skips in Europe/Paris"},
		{"Europe/Paris", "0 1 * * *", ""},
		{"Europe/London", "0 2 30 2 *", "never runs"},
		{"Europe/London", "0 2 31 4,6,9,11 *", "never runs"},
		{"Europe/London", "CRON_TZ=", "a key of its own"},
		{"Europe/London", "TZ=Europe/Paris 0 2 * * *", "a key of its own"},
		{"Europe/London", "@daily", "write five fields"},
		{"Europe/London", "@every 1h", "write five fields"},
		{"Europe/London", "0 2 * *", "it has 4 fields"},
		{"Europe/London", "0 0 2 * * *", "it has 6 fields"},
		{"Europe/London", "0 24 * * *", "24"},
		{"Europe/London", "0 2 * * mond", "mond"},
		{"Europe/London", "0 2-1 * * *", "2"},
		{"Europe/Londn", "0 2 * * *", `the time zone "Europe/Londn" is not known`},
		{"Local", "0 2 * * *", "is not known"},
	} {
		var expressions []string
		if c.expression != "" {
			expressions = []string{c.expression}
		}
		_, err := Parse(c.zone, expressions, at(t, "2026-11-22T12:00:00Z"))
		switch {
		case c.refused == "" && err != nil:
			t.Errorf("%q in %q is refused: %v", c.expression, c.zone, err)
		case c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)):
			t.Errorf("%q in %q gives the error %v, want one with %q", c.expression, c.zone, err, c.refused)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("Europe/London", "0 2 * * *")
	f.Add("Europe/London", "CRON_TZ=")
	f.Add("UTC", "*/7 1-5/2 * jan-mar sun")
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, zone, expression string) {
		s, err := Parse(zone, []string{expression}, now)
		if err == nil && s.Next(now).IsZero() {
			t.Errorf("%q in %q was taken and never runs", expression, zone)
		}
	})
}

func TestNextTimes(t *testing.T) {
	s, err := Parse("Europe/London", []string{"0 2 * * *", "30 12 * * 1"}, at(t, "2026-03-27T12:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, next := range s.NextTimes(at(t, "2026-03-27T12:00:00Z"), 5) {
		got = append(got, next.Format("Mon 2 15:04 MST"))
	}
	want := "Sat 28 02:00 GMT, Sun 29 02:00 BST, Mon 30 02:00 BST, Mon 30 12:30 BST, Tue 31 02:00 BST"
	if strings.Join(got, ", ") != want {
		t.Errorf("the next times are %s, want %s", strings.Join(got, ", "), want)
	}
}
