package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// Register holds what is known of indicators for good, whatever a return says
// or leaves out.
type Register struct {
	Indicators []Registered `yaml:"indicators"`
}

// Registered is one indicator of the register; empty fields say nothing, and
// what officers write fills them.
type Registered struct {
	Ref      string `yaml:"ref"`
	Alias    string `yaml:"alias"` // another reference under which returns may give it
	Title    string `yaml:"title"`
	Unit     string `yaml:"unit"`
	Decimals *int   `yaml:"decimals"` // decimals that are published
	Polarity string `yaml:"polarity"` // high, low, range or context
	Basis    string `yaml:"basis"`    // one of Bases
	Due      []int  `yaml:"due"`      // quarters in which it is reported; empty means every one
	Class    string `yaml:"class"`    // population or performance
	Priority string `yaml:"priority"`
	Lead     string `yaml:"lead"`     // the plan on whose row it is counted
	Umbrella bool   `yaml:"umbrella"` // a row over its indicators: not counted
	Note     string `yaml:"note"`     // what whoever reads the register should know
	Check    string `yaml:"check"`    // why an entry is uncertain and must be checked before it is relied on; empty where it is not

	Numerator           string    `yaml:"numerator"`            // what is counted, in words
	Denominator         string    `yaml:"denominator"`          // out of what, in words
	SmallestDenominator *Number   `yaml:"smallest_denominator"` // below it a figure has small numbers and no direction
	Low                 *Number   `yaml:"low"`                  // the range that is good, or expected of a context measure
	High                *Number   `yaml:"high"`
	Parts               []Part    `yaml:"parts"`    // of an indicator with several figures: NI 52 a and b
	Replaces            *Replaced `yaml:"replaces"` // the indicator that this one stands for since
	Targets             []Target  `yaml:"targets"`

	source Source // the register's own place of the entry
}

// Part is one figure of an indicator that has several; empty fields are as the indicator's.
type Part struct {
	Part     string `yaml:"part"` // a, b, …
	Name     string `yaml:"name"`
	Unit     string `yaml:"unit"`
	Decimals *int   `yaml:"decimals"`
	Polarity string `yaml:"polarity"`
}

// Replaced is an indicator that another one replaces.
type Replaced struct {
	Ref        string `yaml:"ref"`
	Comparable bool   `yaml:"comparable"` // the definition is the same, so that its past figures may be compared
	From       string `yaml:"from"`       // the year or quarter since which: 2008/09
	Why        string `yaml:"why"`
}

// Target is what an indicator is to reach in a year, or in one quarter of it.
type Target struct {
	Year       string     `yaml:"year"`    // 2008/09
	Quarter    int        `yaml:"quarter"` // of a profiled target; 0 is the year's
	Part       string     `yaml:"part"`    // of an indicator with parts
	Value      *Number    `yaml:"value"`
	Low        *Number    `yaml:"low"` // both of a range
	High       *Number    `yaml:"high"`
	Amber      *Number    `yaml:"amber_value"` // the worst outturn that is amber
	Floor      *Number    `yaml:"floor"`       // the floor standard
	Tolerance  *Allowance `yaml:"tolerance"`
	LongTerm   bool       `yaml:"long_term"` // the second, long-term target: shown, never judged against
	Status     string     `yaml:"status"`    // draft or agreed; empty is agreed
	ApprovedBy string     `yaml:"approved_by"`

	source Source
}

// Bases say what period an outturn is of and how it came about.
var Bases = []string{"snapshot", "in quarter", "cumulative", "rolling year", "mean of months", "academic", "calendar", "lagged"}

// period is the target's year, with its quarter where it has one.
func (t Target) period() ingest.Period {
	return ingest.Period{Year: ingest.PeriodIn(t.Year).Year, Quarter: t.Quarter}
}

// agreed reports whether a light may be given against the target.
func (t Target) agreed() bool { return t.Status != "draft" }

// isRange reports whether it is a range and not a value.
func (t Target) isRange() bool { return t.Low != nil && t.High != nil }

// Over is a register with what a later one says: field by field, and targets
// by year, quarter and part. Indicators keep the order in which they come first.
func (r Register) Over(later Register) Register {
	out := Register{Indicators: slices.Clone(r.Indicators)}
	for _, i := range later.Indicators {
		key := ingest.NewRef(i.Ref, "").Key
		n := slices.IndexFunc(out.Indicators, func(x Registered) bool { return ingest.NewRef(x.Ref, "").Key == key })
		if n < 0 {
			out.Indicators = append(out.Indicators, i)
			continue
		}
		out.Indicators[n] = out.Indicators[n].over(i)
	}
	return out
}

func (r Registered) over(later Registered) Registered {
	out := later
	out.Alias, out.Title, out.Unit = cmp.Or(later.Alias, r.Alias), cmp.Or(later.Title, r.Title), cmp.Or(later.Unit, r.Unit)
	out.Polarity, out.Basis, out.Class = cmp.Or(later.Polarity, r.Polarity), cmp.Or(later.Basis, r.Basis), cmp.Or(later.Class, r.Class)
	out.Priority, out.Lead, out.Note = cmp.Or(later.Priority, r.Priority), cmp.Or(later.Lead, r.Lead), cmp.Or(later.Note, r.Note)
	out.Numerator, out.Denominator = cmp.Or(later.Numerator, r.Numerator), cmp.Or(later.Denominator, r.Denominator)
	out.Decimals, out.Umbrella = cmp.Or(later.Decimals, r.Decimals), later.Umbrella || r.Umbrella
	out.SmallestDenominator, out.Replaces = cmp.Or(later.SmallestDenominator, r.SmallestDenominator), cmp.Or(later.Replaces, r.Replaces)
	out.Low, out.High = cmp.Or(later.Low, r.Low), cmp.Or(later.High, r.High)
	if len(later.Due) == 0 {
		out.Due = r.Due
	}
	if len(later.Parts) == 0 {
		out.Parts = r.Parts
	}
	if later.Polarity != "" { // the later register settles what the earlier one left uncertain
		out.Check = later.Check
	} else {
		out.Check = cmp.Or(later.Check, r.Check)
	}
	for _, t := range r.Targets {
		if !slices.ContainsFunc(later.Targets, t.sameAs) {
			out.Targets = append(out.Targets, t)
		}
	}
	return out
}

// sameAs reports whether two targets are of the same period and part.
func (t Target) sameAs(o Target) bool {
	return t.period() == o.period() && strings.EqualFold(t.Part, o.Part) && t.LongTerm == o.LongTerm
}

// byKey gives the register by reference key; an alias stands for its
// indicator where no entry has that reference itself.
func (r Register) byKey() map[string]*Registered {
	m := make(map[string]*Registered, len(r.Indicators))
	for n := range r.Indicators {
		m[ingest.NewRef(r.Indicators[n].Ref, "").Key] = &r.Indicators[n]
	}
	for n := range r.Indicators {
		if key := ingest.NewRef(r.Indicators[n].Alias, "").Key; key != "" && m[key] == nil {
			m[key] = &r.Indicators[n]
		}
	}
	return m
}

// as gives what the register knows of one part of an indicator; of the whole where part is empty.
func (r Registered) as(part string) Registered {
	for _, p := range r.Parts {
		if strings.EqualFold(p.Part, part) {
			r.Unit, r.Polarity, r.Decimals = cmp.Or(p.Unit, r.Unit), cmp.Or(p.Polarity, r.Polarity), cmp.Or(p.Decimals, r.Decimals)
		}
	}
	return r
}

// target is what was set for a part in a quarter, or in a year where p has no quarter.
func (r Registered) target(p ingest.Period, part string) *Target {
	for n := range r.Targets {
		if t := &r.Targets[n]; !t.LongTerm && t.period() == p && (t.Part == "" || strings.EqualFold(t.Part, part)) {
			return t
		}
	}
	return nil
}

// inWords is a target as a report says it: "7.3%", "10% to 15%".
func (t Target) inWords(unit string) string {
	if t.isRange() {
		return fmt.Sprintf("%s to %s", withUnit(t.Low.Decimal, unit), withUnit(t.High.Decimal, unit))
	}
	return withUnit(t.Value.Decimal, unit)
}
