package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/calendar"
	"boardpack/cmd/internal/nightly"
	"boardpack/ingest"
)

// quartersConfig says when quarters open and close, in days from a quarter's
// last day, and the dates of single quarters, which go before.
type quartersConfig struct {
	Opens  *int                    `yaml:"opens"`
	Closes *int                    `yaml:"closes"`
	Dates  map[string]quarterDates `yaml:"dates"` // by quarter, as 2026/27 Q2
}

// quarterDates are ISO dates; what is left out is as for every quarter.
type quarterDates struct {
	Opens  string `yaml:"opens"`
	Due    string `yaml:"due"`
	Closes string `yaml:"closes"`
}

// areSet reports whether a council keeps a calendar. Without one the clock
// bears on no pack: what is returned is made, whenever it is read.
func (c quartersConfig) areSet() bool { return c.Opens != nil || c.Closes != nil || len(c.Dates) > 0 }

// shortestQuarter has 90 days, of which there are none fewer: dates in days that are in order there are so in each.
var shortestQuarter = ingest.Period{Year: 2026, Quarter: 4}

// quarters checks the dates of quarters, and that each opens before its returns are due, and closes last.
func (k *checker) quarters(s *settings) {
	c := s.Quarters
	s.calendar = calendar.Calendar{Opens: k.days("opens", c.Opens, -91), Closes: k.days("closes", c.Closes, 60), Single: map[ingest.Period]calendar.Dates{}}
	if s.ReturnsDue > 0 {
		s.calendar.Due = &s.ReturnsDue
	}
	if k.err != nil {
		return
	}
	if err := s.calendar.Dates(shortestQuarter).Check(); err != nil && c.areSet() {
		k.wrong("$.quarters", "quarters: in %s %v", shortestQuarter, err)
	}
	for _, name := range sortedNames(c.Dates) {
		k.quarter(s, name, c.Dates[name])
	}
}

func (k *checker) days(name string, given *int, example int) *int {
	if given != nil && (*given < -730 || *given > 3660) {
		k.wrong("$.quarters."+name, "quarters: %s is %d; give days from a quarter's last day, below 0 before it, for example %d", name, *given, example)
	}
	return given
}

// quarter checks the dates of a single quarter, which count together with those of every quarter.
func (k *checker) quarter(s *settings, name string, c quarterDates) {
	at := "$.quarters.dates.'" + strings.ReplaceAll(name, "'", "") + "'"
	p := ingest.PeriodIn(name).Period
	if !p.Known() {
		k.wrong(at, "quarters: dates are given for %q; write the quarter as 2026/27 Q2", name)
		return
	}
	if _, twice := s.calendar.Single[p]; twice {
		k.wrong(at, "quarters: %s has dates twice; give them once", p)
		return
	}
	var d calendar.Dates
	for _, g := range []struct {
		key, given string
		to         *ingest.Date
	}{{"opens", c.Opens, &d.Opens}, {"due", c.Due, &d.Due}, {"closes", c.Closes, &d.Closes}} {
		if g.given == "" {
			continue
		}
		var err error
		if *g.to, err = ingest.ParseDate(g.given); err != nil {
			k.wrong(at+"."+g.key, "quarters: %s of %s: %v", g.key, p, err)
		}
	}
	s.calendar.Single[p] = d
	if err := s.calendar.Dates(p).Check(); err != nil && k.err == nil {
		k.wrong(at, "quarters: in %s %v", p, err)
	}
}

// dayOf is the calendar day of a moment where councils are.
func dayOf(now time.Time) ingest.Date {
	if zone, err := time.LoadLocation(nightly.DefaultZone); err == nil {
		now = now.In(zone)
	}
	return ingest.Date{Year: now.Year(), Month: now.Month(), Day: now.Day()}
}

// isNamed reports whether year and quarter on the command line name a quarter:
// then its pack is made, whatever the calendar says.
func (w *workspace) isNamed(p ingest.Period) bool { return w.said == p }

// isOpen reports whether a quarter is open on the day of the run, or need not be.
func (w *workspace) isOpen(p ingest.Period) bool {
	return !w.Quarters.areSet() || w.isNamed(p) || w.calendar.Dates(p).On(dayOf(w.now)).IsOpen()
}

// inTime leaves out the packs of quarters that are not open, and tells that in one line.
func (a *app) inTime(w *workspace, orders []packOrder) []packOrder {
	var kept []packOrder
	var told []string
	for _, o := range orders {
		if w.isOpen(o.period) {
			kept = append(kept, o)
			continue
		}
		if words := w.shut(o.period); !slices.Contains(told, words) {
			told = append(told, words)
		}
	}
	if len(told) > 0 {
		fmt.Fprintf(a.err, "boardpack: no packs are made of quarters that are not open: %s; what stands stays as it is; to make one anyway: boardpack run with --year and --quarter\n", strings.Join(told, ", "))
	}
	return kept
}

// shut says of a quarter that is not open when it opens, or that it closed.
func (w *workspace) shut(p ingest.Period) string {
	d := w.calendar.Dates(p)
	if d.On(dayOf(w.now)) == calendar.NotOpen {
		return fmt.Sprintf("%s (opens on %s)", p, d.Opens.Words())
	}
	return fmt.Sprintf("%s (closed on %s)", p, d.Closes.Words())
}
