// Package nightly turns cron expressions and a time zone into the moments at
// which a service works, and runs its jobs then: no job twice at once, none
// left out because the machine was off, and none that can stop the others. It
// knows when a run happens, never what a run is.
package nightly

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
	_ "time/tzdata" // a machine without a zone database keeps the schedule too

	"github.com/robfig/cron/v3"
)

// What a schedule is where nothing else is said: each night, after the hour
// that the clock change of the United Kingdom skips or repeats.
const (
	DefaultZone       = "Europe/London"
	DefaultExpression = "0 2 * * *"
)

// Schedule is one or more cron expressions in one time zone.
type Schedule struct {
	zone        *time.Location
	expressions []*cron.SpecSchedule
}

// Parse reads cron expressions of five fields (minute, hour, day of month,
// month, day of week), each in the wall clock of the zone, an IANA name such
// as Europe/London; without any they are the defaults. It refuses, with the
// reason, an expression that does not run within five years of from, and one
// that runs at a time of day that a clock change skips or repeats.
func Parse(zone string, expressions []string, from time.Time) (Schedule, error) {
	if zone == "" {
		zone = DefaultZone
	}
	if len(expressions) == 0 {
		expressions = []string{DefaultExpression}
	}
	place, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" { // a machine's own setting is no zone: it differs from the next machine's
		return Schedule{}, fmt.Errorf("the time zone %q is not known; write one such as %s", zone, DefaultZone)
	}
	s := Schedule{zone: place}
	for _, e := range expressions {
		spec, err := parseExpression(e)
		if err != nil {
			return Schedule{}, fmt.Errorf("the schedule %q: %w", e, err)
		}
		spec.Location = place
		if spec.Next(from.In(place)).IsZero() {
			return Schedule{}, fmt.Errorf("the schedule %q never runs: no such day comes within five years", e)
		}
		if err := refuseClockChange(spec, from); err != nil {
			return Schedule{}, fmt.Errorf("the schedule %q %w", e, err)
		}
		s.expressions = append(s.expressions, spec)
	}
	return s, nil
}

// parseExpression reads one expression. The parser takes a zone within the
// expression too, and panics where nothing follows it.
func parseExpression(e string) (*cron.SpecSchedule, error) {
	e = strings.TrimSpace(e)
	switch {
	case strings.HasPrefix(e, "TZ="), strings.HasPrefix(e, "CRON_TZ="):
		return nil, errors.New("the time zone has a key of its own; leave it out here")
	case strings.HasPrefix(e, "@"):
		return nil, fmt.Errorf("names such as @daily are not used; write five fields, such as %q", DefaultExpression)
	case len(strings.Fields(e)) != 5:
		return nil, fmt.Errorf("it has %d fields; write five: minute, hour, day of month, month, day of week, such as %q", len(strings.Fields(e)), DefaultExpression)
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(e)
	if err != nil {
		return nil, err
	}
	return parsed.(*cron.SpecSchedule), nil
}

// yearsLooked is how far ahead clock changes are looked for: after 28 years
// dates fall on the same days of the week again.
const yearsLooked = 28

// everyHour are the bits of an expression that runs in each hour of the day.
// It may fall into a clock change: it runs an hour before and after it too.
const everyHour = 1<<24 - 1

func refuseClockChange(spec *cron.SpecSchedule, from time.Time) error {
	if spec.Hour&everyHour == everyHour {
		return nil
	}
	for _, c := range clockChanges(spec.Location, from) {
		if at := wallClock(spec).Next(c.first.Add(-time.Second)); !at.IsZero() && at.Before(c.end) {
			return fmt.Errorf("runs at %s, which the clock change %s in %s on %s; choose a time outside %s to %s",
				at.Format("15:04"), c.deed(), spec.Location, at.Format("2 January 2006"), c.first.Format("15:04"), c.end.Format("15:04"))
		}
	}
	return nil
}

// wallClock is the expression on a clock that is never changed.
func wallClock(spec *cron.SpecSchedule) *cron.SpecSchedule {
	c := *spec
	c.Location = time.UTC
	return &c
}

// clockChange is a stretch of wall clock, as if in UTC, that a zone's clock
// skips or shows twice.
type clockChange struct {
	first, end time.Time
	skipped    bool
}

func (c clockChange) deed() string {
	if c.skipped {
		return "skips"
	}
	return "repeats"
}

// clockChanges looks at each day: time.Time.ZoneBounds gives an end that is no
// later than its time for some times of years to come.
func clockChanges(zone *time.Location, from time.Time) []clockChange {
	var out []clockChange
	const day = 24 * 60 * 60
	last := from.AddDate(yearsLooked, 0, 0).Unix()
	for at := from.Unix(); at < last; at += day {
		before, after := eastOf(zone, at), eastOf(zone, at+day)
		if before == after {
			continue
		}
		change := at + int64(sort.Search(day, func(s int) bool { return eastOf(zone, at+int64(s)) != before }))
		old, changed := wall(change, before), wall(change, after)
		if changed.After(old) {
			out = append(out, clockChange{old, changed, true})
		} else {
			out = append(out, clockChange{changed, old, false})
		}
	}
	return out
}

// eastOf is a zone's seconds east of UTC at an instant.
func eastOf(zone *time.Location, unix int64) int {
	_, east := time.Unix(unix, 0).In(zone).Zone()
	return east
}

// wall is what a clock shows at an instant, seconds east of UTC, as if in UTC.
func wall(unix int64, east int) time.Time { return time.Unix(unix+int64(east), 0).UTC() }

// Next is the first time after another; zero where none comes within five years.
func (s Schedule) Next(after time.Time) time.Time {
	var next time.Time
	for _, e := range s.expressions {
		if at := e.Next(after.In(s.zone)); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// NextTimes lists the n times that follow another, in the schedule's zone.
func (s Schedule) NextTimes(after time.Time, n int) []time.Time {
	var out []time.Time
	for at := s.Next(after); len(out) < n && !at.IsZero(); at = s.Next(at) {
		out = append(out, at)
	}
	return out
}

// Zone is the time zone that the schedule is kept in.
func (s Schedule) Zone() *time.Location { return s.zone }
