package calendar

import (
	"strings"
	"testing"

	"boardpack/ingest"
)

func day(t *testing.T, s string) ingest.Date {
	t.Helper()
	d, err := ingest.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func days(n int) *int { return &n }

var q2 = ingest.Period{Year: 2026, Quarter: 2}

func TestStateOfAQuarter(t *testing.T) {
	set := Calendar{Opens: days(-30), Due: days(21), Closes: days(60)}
	own := Calendar{Due: days(21), Single: map[ingest.Period]Dates{q2: {Due: day(t, "2026-11-02"), Closes: day(t, "2026-12-31")}}}
	for _, c := range []struct {
		name     string
		calendar Calendar
		period   ingest.Period
		day      string
		want     State
	}{
		{"nothing set, the day before its first", Calendar{}, q2, "2026-06-30", NotOpen},
		{"nothing set, its first day", Calendar{}, q2, "2026-07-01", Open},
		{"nothing set, years later", Calendar{}, q2, "2036-07-01", Open},
		{"a year's last quarter", Calendar{}, ingest.Period{Year: 2026, Quarter: 4}, "2026-12-31", NotOpen},
		{"a year's last quarter opens in January", Calendar{}, ingest.Period{Year: 2026, Quarter: 4}, "2027-01-01", Open},
		{"a year's first quarter", Calendar{}, ingest.Period{Year: 2026, Quarter: 1}, "2026-04-01", Open},
		{"the day before it opens", set, q2, "2026-08-30", NotOpen},
		{"the day that it opens", set, q2, "2026-08-31", Open},
		{"the day that returns are due", set, q2, "2026-10-21", Open},
		{"the day after", set, q2, "2026-10-22", Late},
		{"the last day", set, q2, "2026-11-29", Late},
		{"the day after the last", set, q2, "2026-11-30", Closed},
		{"a single quarter's own due day", own, q2, "2026-11-02", Open},
		{"the day after that", own, q2, "2026-11-03", Late},
		{"its own last day", own, q2, "2026-12-31", Late},
		{"closed", own, q2, "2027-01-01", Closed},
		{"another quarter keeps what all have", own, q2.Before(), "2026-07-22", Late},
		{"and is never closed", own, q2.Before(), "2027-07-22", Late},
		{"closed goes before late", Calendar{Due: days(60), Closes: days(21)}, q2, "2027-01-01", Closed},
	} {
		if got := c.calendar.Dates(c.period).On(day(t, c.day)); got != c.want {
			t.Errorf("%s: it is %q, want %q", c.name, got, c.want)
		}
	}
	for _, s := range []State{NotOpen, Open, Late, Closed} {
		if s.IsOpen() != (s == Open || s == Late) {
			t.Errorf("%q is taken for open: %v", s, s.IsOpen())
		}
	}
}

func TestOrderOfDates(t *testing.T) {
	for _, c := range []struct{ opens, due, closes, wrong string }{
		{"2026-07-01", "2026-10-21", "2026-12-31", ""},
		{"2026-07-01", "", "", ""},
		{"2026-07-01", "", "2026-12-31", ""},
		{"2026-07-01", "2026-07-01", "", "opens is 2026-07-01 and due is 2026-07-01"},
		{"2026-07-01", "2026-10-21", "2026-10-21", "due is 2026-10-21 and closes is 2026-10-21"},
		{"2026-07-01", "", "2026-06-30", "opens is 2026-07-01 and closes is 2026-06-30"},
	} {
		var d Dates
		for to, s := range map[*ingest.Date]string{&d.Opens: c.opens, &d.Due: c.due, &d.Closes: c.closes} {
			if s != "" {
				*to = day(t, s)
			}
		}
		err := d.Check()
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestStateOfAReturn(t *testing.T) {
	due := Calendar{Due: days(21)}.Dates(q2) // 21 October 2026
	none := Calendar{}.Dates(q2)
	in, after := day(t, "2026-10-21"), day(t, "2026-10-22")
	for _, c := range []struct {
		name  string
		dates Dates
		got   Received
		day   ingest.Date
		want  Return
	}{
		{"on the last day", due, Received{First: in}, after, Return{OnTime, false}},
		{"the day after", due, Received{First: after}, after, Return{ReceivedLate, true}},
		{"late is late where a day is set alone", none, Received{First: after}, after, Return{OnTime, false}},
		{"nil", due, Received{First: in, Nil: true}, in, Return{NilReturn, false}},
		{"nil and late", due, Received{First: after, Nil: true}, after, Return{NilReturn, true}},
		{"last good", due, Received{First: in, LastGood: true}, after, Return{LastGood, false}},
		{"last good goes before nil", due, Received{First: after, LastGood: true, Nil: true}, after, Return{LastGood, true}},
		{"nothing, on the day", due, Received{}, in, Return{NotReturned, false}},
		{"nothing, the day after", due, Received{}, after, Return{Overdue, false}},
		{"nothing, and no day is set", none, Received{}, after, Return{NotReturned, false}},
		{"nothing, before the quarter", due, Received{}, day(t, "2026-06-30"), Return{NotAsked, false}},
		{"unusable, on the day", due, Received{Unusable: true}, in, Return{NotUsable, false}},
		{"unusable, the day after", due, Received{Unusable: true}, after, Return{Overdue, false}},
		{"unusable, and no day is set", none, Received{Unusable: true}, after, Return{NotUsable, false}},
	} {
		if got := c.dates.Of(c.got, c.day); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestDaysLeft(t *testing.T) {
	due := Dates{Due: day(t, "2026-10-31")}
	for on, want := range map[string]int{"2026-10-24": 7, "2026-10-31": 0, "2026-11-01": -1, "2026-10-25": 6} {
		if got, set := due.DaysLeft(day(t, on)); !set || got != want {
			t.Errorf("on %s %d days are left, want %d", on, got, want)
		}
	}
	if _, set := (Dates{}).DaysLeft(day(t, "2026-10-31")); set {
		t.Error("days are left to a day that is not set")
	}
}
