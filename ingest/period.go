package ingest

import (
	"cmp"
	"fmt"
	"time"
)

// Period is a quarter of a UK local-government financial year (April to March).
type Period struct {
	Year    int // first calendar year: 2007 means 2007/08; 0 where unknown
	Quarter int // 1 is April to June; 0 where unknown
}

// Known reports whether both the year and the quarter are known.
func (p Period) Known() bool { return p.Year != 0 && p.Quarter != 0 }

// YearText gives "2007/08", or "" where the year is unknown.
func (p Period) YearText() string {
	if p.Year == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%02d", p.Year, (p.Year+1)%100)
}

// QuarterText gives "Q4", or "" where the quarter is unknown.
func (p Period) QuarterText() string {
	if p.Quarter == 0 {
		return ""
	}
	return fmt.Sprintf("Q%d", p.Quarter)
}

// String gives "2007/08 Q4", or the part that is known.
func (p Period) String() string {
	switch {
	case p.Year == 0:
		return p.QuarterText()
	case p.Quarter == 0:
		return p.YearText()
	}
	return p.YearText() + " " + p.QuarterText()
}

// Title gives "Quarter 4, 2007/08 (January to March 2008)" for a known period.
func (p Period) Title() string {
	months := [...]string{"April to June", "July to September", "October to December", "January to March"}
	return fmt.Sprintf("Quarter %d, %s (%s %d)", p.Quarter, p.YearText(), months[p.Quarter-1], p.LastDay().Year)
}

// Folder gives "2007-08/Q4", the pack's place on disk.
func (p Period) Folder() string {
	return fmt.Sprintf("%d-%02d/Q%d", p.Year, (p.Year+1)%100, p.Quarter)
}

// Before is the quarter before.
func (p Period) Before() Period {
	if p.Quarter == 1 {
		return Period{p.Year - 1, 4}
	}
	return Period{p.Year, p.Quarter - 1}
}

// LastYear is the same quarter of the year before.
func (p Period) LastYear() Period { return Period{p.Year - 1, p.Quarter} }

// LastDay is the last day of a known quarter.
func (p Period) LastDay() Date {
	switch p.Quarter {
	case 1:
		return Date{p.Year, time.June, 30}
	case 2:
		return Date{p.Year, time.September, 30}
	case 3:
		return Date{p.Year, time.December, 31}
	}
	return Date{p.Year + 1, time.March, 31}
}

// YearEnd is 31 March of the period's year.
func (p Period) YearEnd() Date { return Date{p.Year + 1, time.March, 31} }

// PeriodOf is the quarter that a day falls in.
func PeriodOf(d Date) Period {
	switch {
	case d.Month <= time.March:
		return Period{d.Year - 1, 4}
	case d.Month <= time.June:
		return Period{d.Year, 1}
	case d.Month <= time.September:
		return Period{d.Year, 2}
	}
	return Period{d.Year, 3}
}

// Compare orders periods by time; an unknown quarter comes before Quarter 1.
func (p Period) Compare(o Period) int {
	if p.Year != o.Year {
		return p.Year - o.Year
	}
	return p.Quarter - o.Quarter
}

// Date is a calendar day without a time zone; the zero Date is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String gives the ISO form 2008-03-31, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Words gives "31 March 2008".
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
}

// After reports whether d is later than o.
func (d Date) After(o Date) bool {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day)) > 0
}

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// MonthEnd is the last day of a month.
func MonthEnd(year int, month time.Month) Date {
	t := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return Date{t.Year(), t.Month(), t.Day()}
}

// ParseDate reads the ISO form 2008-03-31.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("read date %q: give year, month and day, for example 2008-03-31", s)
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// Plus is the day so many days later.
func (d Date) Plus(days int) Date {
	t := d.Time().AddDate(0, 0, days)
	return Date{t.Year(), t.Month(), t.Day()}
}
