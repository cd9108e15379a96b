package nightly

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// nights is the default schedule; it fails the test where that is refused.
func nights(t *testing.T) Schedule {
	t.Helper()
	s, err := Parse("", nil, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keepFor keeps jobs for a while and gives the runs that ended.
func keepFor(d time.Duration, jobs ...Job) []Run {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	var runs []Run
	Keep(ctx, jobs, func(r Run) { runs = append(runs, r) })
	return runs
}

func did(context.Context, time.Time) error { return nil }

// Ten days over each clock change of the year 2000, in which a bubble's time begins.
func TestTenNightsOverBothClockChanges(t *testing.T) {
	for _, from := range []string{"2000-03-21T12:00:00Z", "2000-10-24T12:00:00Z"} {
		synctest.Test(t, func(t *testing.T) {
			start := at(t, from)
			time.Sleep(time.Until(start))
			s := nights(t)
			runs := keepFor(10*24*time.Hour, Job{Name: "night", When: s, Last: start, Do: did})
			if len(runs) != 10 {
				t.Fatalf("%d runs in ten days from %s: %v", len(runs), from, runs)
			}
			for i, r := range runs {
				began := r.Began.In(s.Zone())
				want := start.In(s.Zone()).AddDate(0, 0, i+1)
				if began.Format("15:04:05") != "02:00:00" || began.YearDay() != want.YearDay() || r.Err != nil {
					t.Errorf("night %d ran at %s (%v)", i+1, began, r.Err)
				}
			}
		})
	}
}

// Nights that passed while the program was not running are made up once, at its start.
func TestMissedNightsAreMadeUpOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(at(t, "2000-02-01T09:00:00Z")))
		start := time.Now()
		runs := keepFor(26*time.Hour, Job{Name: "night", When: nights(t), Last: start.AddDate(0, 0, -5), Do: did})
		if len(runs) != 2 || !runs[0].Began.Equal(start) || runs[1].Began.Format("2 15:04") != "2 02:00" {
			t.Errorf("the runs are %v", runs)
		}
		if runs := keepFor(time.Hour, Job{Name: "night", When: nights(t), Last: time.Now(), Do: did}); len(runs) != 0 {
			t.Errorf("a night that was not missed ran: %v", runs)
		}
		if runs := keepFor(time.Hour, Job{Name: "night", When: nights(t), Do: did}); len(runs) != 1 {
			t.Errorf("a job that never ran ran %d times", len(runs))
		}
	})
}

// A run that takes longer than its interval never meets the next one, and jobs never meet each other.
func TestRunsDoNotOverlap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		running := 0
		slow := func(ctx context.Context, _ time.Time) error {
			if running++; running > 1 {
				t.Error("two runs at once")
			}
			time.Sleep(25 * time.Second)
			running--
			return nil
		}
		runs := keepFor(10*time.Minute, Job{Name: "look", When: Interval(10 * time.Second), Do: slow}, Job{Name: "other", When: Interval(time.Minute), Do: slow})
		if len(runs) < 20 {
			t.Errorf("only %d runs in ten minutes", len(runs))
		}
		time.Sleep(time.Minute) // the last run ends
	})
}

// Errors and panics are told, tried again with growing waits, and cost the other job nothing.
func TestFailuresAreTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var tries []time.Duration
		fails := func(context.Context, time.Time) error {
			tries = append(tries, time.Since(start).Round(time.Minute))
			switch len(tries) {
			case 1:
				panic("broken")
			case 6:
				return nil
			}
			return errors.New("the share is away")
		}
		runs := keepFor(2*time.Hour, Job{Name: "night", When: nights(t), Do: fails}, Job{Name: "look", When: Interval(time.Minute), Do: did})
		want := []time.Duration{0, time.Minute, 3 * time.Minute, 7 * time.Minute, 15 * time.Minute, 31 * time.Minute}
		if !slices.Equal(tries[:min(len(tries), 6)], want) {
			t.Errorf("tried after %v, want %v", tries, want)
		}
		if runs[0].Err == nil || !strings.Contains(runs[0].Err.Error(), "broken") {
			t.Errorf("the panic is told as %v", runs[0].Err)
		}
		looks := slices.DeleteFunc(runs, func(r Run) bool { return r.Job != "look" })
		if len(looks) < 119 {
			t.Errorf("the other job ran %d times in two hours", len(looks))
		}
	})
}

// A run that never ends is told as stuck, does not begin again, and leaves the others alone.
func TestAStuckRunStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		stuck := 0
		hang := func(context.Context, time.Time) error { // a read of a share that does not answer hears no context
			if stuck++; stuck == 1 {
				<-free
			}
			return nil
		}
		jobs := []Job{{Name: "look", When: Interval(20 * time.Second), Limit: time.Minute, Do: hang}, {Name: "pages", When: Interval(time.Minute), Do: did}}
		go func() { time.Sleep(30 * time.Minute); close(free) }()
		runs := keepFor(time.Hour, jobs...)
		var told, pages int
		for _, r := range runs {
			switch {
			case errors.Is(r.Err, ErrStuck):
				told++
			case r.Job == "pages":
				pages++
			}
		}
		if told != 1 || pages < 57 || stuck < 80 || stuck > 91 {
			t.Errorf("stuck is told %d times, the other ran %d times, and it began %d times", told, pages, stuck)
		}
	})
}

// A run that hears its context ends with it: when its time is over, and when the program stops.
func TestLimitsAndStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hears := func(ctx context.Context, _ time.Time) error { <-ctx.Done(); return context.Cause(ctx) }
		runs := keepFor(90*time.Second, Job{Name: "night", When: nights(t), Limit: time.Minute, Do: hears})
		if len(runs) != 1 || runs[0].End.Sub(runs[0].Began) != time.Minute || !strings.Contains(runs[0].Err.Error(), "longer than 1m0s") {
			t.Errorf("the runs are %v", runs)
		}
		began := time.Now()
		keepFor(10*time.Second, Job{Name: "night", When: nights(t), Do: hears})
		if took := time.Since(began); took > 11*time.Second {
			t.Errorf("it stopped after %s", took)
		}
	})
}

// A clock that is set back neither holds a job up nor makes it run again and again.
func TestClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(at(t, "2000-02-01T09:00:00Z")))
		runs := keepFor(48*time.Hour, Job{Name: "night", When: nights(t), Last: time.Now().AddDate(1, 0, 0), Do: did})
		if len(runs) != 2 {
			t.Errorf("%d runs in two days after the clock was set back", len(runs))
		}
	})
}
