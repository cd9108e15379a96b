package main

import "time"

// service is one plan of the council: what it promised for 2026/27, and what
// it says of that in Quarter 1 and Quarter 2. Layouts spell the same content
// in four ways.
type service struct {
	name   string
	groups []group
}

// group is an objective with the work and the measures under it.
type group struct {
	objective  string
	actions    []action
	indicators []indicator
}

// action is one piece of work promised.
type action struct {
	ref, title string
	due        any // a time.Time, a month, or words
	officer    string
	serves     string // references of indicators, as the plan writes them
	said       [2]progress
}

// progress is what a return says of an action in one quarter.
type progress struct {
	light   light
	comment string
}

// light is what the officer means; each layout has its own spelling.
type light int

const (
	none    light = iota // the row is there, its light is not
	green                // completed, or met
	amber                // expected by its date
	red                  // not expected by its date
	leftOut              // the return has no such row
)

// indicator is one thing measured. Figures are numbers, percent, or the words
// that officers write in place of one.
type indicator struct {
	ref, title, officer string
	good, unit, class   string
	last, target        any // last year's outturn and the year's target
	said                [2]outturn
}

// outturn is what a return says of an indicator in one quarter.
type outturn struct {
	target  any // the quarter's own; nil where only the year has one
	actual  any
	toDate  any // year to date; libraries only
	light   light
	comment string
}

func (s service) actions() []action {
	var all []action
	for _, g := range s.groups {
		all = append(all, g.actions...)
	}
	return all
}

func (s service) indicators() []indicator {
	var all []indicator
	for _, g := range s.groups {
		all = append(all, g.indicators...)
	}
	return all
}

func day(d int, m time.Month, year int) time.Time {
	return time.Date(year, m, d, 0, 0, 0, 0, time.UTC)
}

func inMonth(m time.Month, year int) month { return month(day(1, m, year)) }

func pct(v float64) percent { return percent{v, "0.0%"} }

func wholePct(v float64) percent { return percent{v, "0%"} }

// quarter names what titles say of a quarter.
var quarters = [2]struct{ name, months, end string }{
	{"Quarter 1", "April to June 2026", "30th June 2026"},
	{"Quarter 2", "July to September 2026", "30th September 2026"},
}
