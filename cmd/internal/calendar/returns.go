package calendar

import "boardpack/ingest"

// Received is what was received of one plan for one quarter: the return that
// stands for it, if one does.
type Received struct {
	First    ingest.Date // the day on which the first version that can be used was received; zero where none was
	Nil      bool        // it says that there is nothing to report
	LastGood bool        // its newest version cannot be read, and an earlier one is used
	Unusable bool        // something was received, and no version of it can be used
}

// ReturnState is what the return of a plan for a quarter is on a day.
type ReturnState string

// The states of a return.
const (
	OnTime       ReturnState = "on time"
	ReceivedLate ReturnState = "late"
	NilReturn    ReturnState = "nil return"
	LastGood     ReturnState = "last good used"
	NotUsable    ReturnState = "cannot be used"    // received, before the day that it is due
	NotReturned  ReturnState = "not returned yet"  // before the day that it is due, or where no day is set
	Overdue      ReturnState = "overdue"           // due, and nothing was received that can be used
	NotAsked     ReturnState = "not asked for yet" // its quarter is not open
)

// Return is the state of a plan's return, and what else is so of it: a nil
// return and one whose last good version is used may be late too.
type Return struct {
	State ReturnState
	Late  bool // it was received after the day that it was due
}

// Of is the state of the return of a plan on a day, by the dates of its quarter.
func (d Dates) Of(r Received, day ingest.Date) Return {
	if r.First.IsZero() {
		return Return{State: d.missing(r, day)}
	}
	out := Return{State: OnTime, Late: !d.Due.IsZero() && r.First.After(d.Due)}
	switch {
	case r.LastGood:
		out.State = LastGood
	case r.Nil:
		out.State = NilReturn
	case out.Late:
		out.State = ReceivedLate
	}
	return out
}

func (d Dates) missing(r Received, day ingest.Date) ReturnState {
	switch {
	case !d.Due.IsZero() && day.After(d.Due):
		return Overdue
	case r.Unusable:
		return NotUsable
	case d.On(day) == NotOpen:
		return NotAsked
	}
	return NotReturned
}

// DaysLeft is how many days from a day the return is due: 0 on the day itself,
// below 0 after it; false where no day is set.
func (d Dates) DaysLeft(day ingest.Date) (int, bool) {
	if d.Due.IsZero() {
		return 0, false
	}
	return int(d.Due.Time().Sub(day.Time()).Hours() / 24), true
}
