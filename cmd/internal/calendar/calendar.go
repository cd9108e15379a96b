// Package calendar turns the dates that a council sets for its quarters into
// their state on a day, and into the state of the returns that it waits for.
// It knows no clock: the day is given.
package calendar

import (
	"fmt"

	"boardpack/ingest"
)

// Dates are the days that are set for one quarter. Each is the last or first
// day itself: a quarter is open from Opens on, a return is on time on Due, and
// the quarter is still open on Closes. A zero date is not set.
type Dates struct {
	Opens, Due, Closes ingest.Date
}

// State is what a quarter is on a day.
type State string

// The states of a quarter, in their order.
const (
	NotOpen State = "not open yet"
	Open    State = "open"
	Late    State = "due passed"
	Closed  State = "closed"
)

// IsOpen reports whether returns are still awaited, in time or late.
func (s State) IsOpen() bool { return s == Open || s == Late }

// On is the state on a day. What is not set does not come: without Closes a
// quarter is never closed.
func (d Dates) On(day ingest.Date) State {
	switch {
	case d.Opens.After(day):
		return NotOpen
	case !d.Closes.IsZero() && day.After(d.Closes):
		return Closed
	case !d.Due.IsZero() && day.After(d.Due):
		return Late
	}
	return Open
}

// Check says what is wrong with the order of the dates that are set.
func (d Dates) Check() error {
	set := []struct {
		name string
		day  ingest.Date
	}{{"opens", d.Opens}, {"due", d.Due}, {"closes", d.Closes}}
	last := set[0]
	for _, s := range set[1:] {
		if s.day.IsZero() {
			continue
		}
		if !s.day.After(last.day) {
			return fmt.Errorf("%s is %s and %s is %s; a quarter opens first, then its returns are due, and then it closes", last.name, last.day, s.name, s.day)
		}
		last = s
	}
	return nil
}

// Calendar is what a council sets for all its quarters, in days from a
// quarter's last day, and for single ones by dates, which go before.
type Calendar struct {
	Opens, Due, Closes *int // nil where it is not set; then a quarter opens with its first day
	Single             map[ingest.Period]Dates
}

// Dates are the dates of a quarter: its own, else those of every quarter.
func (c Calendar) Dates(p ingest.Period) Dates {
	own := c.Single[p]
	first := p.Before().LastDay().Plus(1)
	return Dates{Opens: pick(own.Opens, p, c.Opens, first), Due: pick(own.Due, p, c.Due, ingest.Date{}), Closes: pick(own.Closes, p, c.Closes, ingest.Date{})}
}

func pick(own ingest.Date, p ingest.Period, days *int, usual ingest.Date) ingest.Date {
	switch {
	case !own.IsZero():
		return own
	case days != nil:
		return p.LastDay().Plus(*days)
	}
	return usual
}
