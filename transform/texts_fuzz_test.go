package transform

import (
	"testing"

	"boardpack/ingest"
)

// Whatever officers write, the checks of comments and texts end, and say the same of it each time.
func FuzzTextsThatAreChecked(f *testing.F) {
	for _, s := range []string{"", "The opening is delayed until May.", "64 of 114 (55%)", "Of 5 actions 3 are green, 2 amber and 1 red", "Seven more performance indicators are now green", "The outturn was £1,204.5; target of 9%", "1 of 0 (0%)", "0 of 0 (0%)", "99999999999999999999 of 3 (1%)", "CS1: Homes"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		told := func() int {
			b := &builder{loud: true, planKeys: map[string]string{}}
			i := &judgedIndicator{Indicator: Indicator{Unit: "%", Outturn: &Figure{Number: dec("42.5")}}}
			i.Comment, i.Light = s, Green
			b.askLate(&i.Row)
			b.askNumbers(i)
			said := sharesWrong(ingest.Fold(s)) + partsWrong(ingest.Fold(s)) + quarter{}.countWrong(Scheme{Done: Green}, "Plan", ingest.Fold(s)) + objectiveKey(s)
			otherDefinition(s, "Rent collected")
			return len(b.findings) + len(said)
		}
		if x, y := told(), told(); x != y {
			t.Errorf("%q: %d, then %d", s, x, y)
		}
	})
}
