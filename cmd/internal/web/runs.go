package web

import (
	"net/http"
	"runtime"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/store"
)

// runsPage is what the service did and will do.
type runsPage struct {
	Program, System string
	Began           time.Time
	Zone            string
	Runs            []runView
	Next            []time.Time
}

// runView is a run as it ended.
type runView struct {
	store.Run
	Why string // it failed, in one line
}

// Took is how long the run was, in words.
func (r runView) Took() string {
	switch d := r.Ended.Sub(r.Began); {
	case d < time.Second:
		return "less than a second"
	case d < 2*time.Minute:
		return count(int(d.Round(time.Second).Seconds()), "second", "seconds")
	default:
		return count(int(d.Round(time.Minute).Minutes()), "minute", "minutes")
	}
}

// mostRuns are listed; the ledger keeps more.
const mostRuns = 100

func (s *Site) showRuns(w http.ResponseWriter, r *http.Request) error {
	runs, err := s.Store.Runs(r.Context(), mostRuns)
	if err != nil {
		return err
	}
	state := s.State()
	p := runsPage{Program: s.Program, System: runtime.GOOS + "/" + runtime.GOARCH, Began: state.Began, Zone: s.Zone.String(), Next: s.Next(s.Now(), 5)}
	for _, run := range runs {
		if run.Error == "" && slices.Contains(state.Idle, run.Job) {
			continue
		}
		why, _, _ := strings.Cut(run.Error, "\n") // what follows is for who mends the program
		p.Runs = append(p.Runs, runView{run, why})
	}
	return s.draw(w, http.StatusOK, "runs", "runs", "Runs", p)
}
