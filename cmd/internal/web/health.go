package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	nightJob = "packs" // the job whose success readiness is about

	// grace is how long after its time a night may take to end.
	grace = 2 * time.Hour
	// unseen is after how long without a look at a folder something is wrong.
	unseen = time.Hour
	// leastDisk is what must be left for packs and archive.
	leastDisk = 500_000_000
)

// sayAlive answers that the program answers.
func (s *Site) sayAlive(w http.ResponseWriter, r *http.Request) error {
	sayLines(w, http.StatusOK, "ok: boardpack "+s.Program)
	return nil
}

func sayLines(w http.ResponseWriter, status int, lines ...string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, strings.Join(lines, "\n"))
}

// condition is one thing that must hold for the service to be ready.
type condition struct {
	name string
	says string
	ok   bool
}

// sayReady answers 200 where all that nightly work needs is there, else 503;
// each line says what was looked at and how it is.
func (s *Site) sayReady(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	status, lines := http.StatusOK, []string{}
	for _, c := range s.conditions(ctx) {
		word := "ok"
		if !c.ok {
			word, status = "not ok", http.StatusServiceUnavailable
		}
		lines = append(lines, fmt.Sprintf("%s: %s: %s", word, c.name, oneLine(c.says)))
	}
	sayLines(w, status, lines...)
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (s *Site) conditions(ctx context.Context) []condition {
	var out []condition
	for _, i := range s.State().Inboxes {
		out = append(out, s.isReachable(i))
	}
	return append(out, s.nightIsDone(ctx), s.hasRoom())
}

func (s *Site) isReachable(i Inbox) condition {
	c := condition{name: "shared folder"}
	if i.Name != "" {
		c.name += " " + i.Name
	}
	switch {
	case i.Away != "":
		c.says = fmt.Sprintf("unreachable since %s: %s", s.moment(i.Since), i.Away)
	case i.Looked.IsZero() && s.Now().Sub(s.State().Began) <= unseen:
		c.says, c.ok = "the first look has not ended yet", true
	case i.Looked.IsZero():
		c.says = "no look has ended since " + s.moment(s.State().Began)
	case s.Now().Sub(i.Looked) > unseen:
		c.says = "last looked at " + s.moment(i.Looked)
	default:
		c.says, c.ok = "reachable, last looked at "+s.moment(i.Looked), true
	}
	return c
}

// nightIsDone looks whether the last night that the schedule called for ended
// well. The ledger is asked for it, and must answer.
func (s *Site) nightIsDone(ctx context.Context) condition {
	c := condition{name: "ledger and schedule"}
	last, err := s.Store.LastRun(ctx, nightJob)
	if err != nil {
		c.says = "the ledger cannot be read: " + err.Error()
		return c
	}
	from := last.Began
	if at := s.metrics.lastGood(nightJob); at.After(from) { // one that had nothing to do is not in the ledger
		from = at
	}
	said := "the last night that ended well began " + s.moment(from)
	if from.IsZero() {
		from, said = s.State().Began, "no night has ended well yet"
	}
	next := s.Next(from, 1)
	switch c.says = said; {
	case len(next) == 0:
		c.ok = true
	case s.Now().After(next[0].Add(grace)):
		c.says += fmt.Sprintf("; one was due %s", s.moment(next[0]))
	default:
		c.says += fmt.Sprintf("; the next is due %s", s.moment(next[0]))
		c.ok = true
	}
	return c
}

func (s *Site) hasRoom() condition {
	left, err := s.Disk()
	if err != nil {
		return condition{name: "disk", says: "what is left cannot be told: " + err.Error()}
	}
	said := sizeWords(int64(min(left, 1<<62))) + " left for packs and archive"
	if left < leastDisk {
		return condition{name: "disk", says: fmt.Sprintf("%s, less than %s", said, sizeWords(leastDisk))}
	}
	return condition{name: "disk", says: said, ok: true}
}
