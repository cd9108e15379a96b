package transform

import (
	"strings"

	"github.com/shopspring/decimal"
)

// words tell the arithmetic of a trial: "76% is below 80% and within 10% of it
// (72% or above); high is good".
func (t *trial) words() string {
	m := t.m
	s := m.told() + m.whose + " is " + m.place(t.strict)
	for _, more := range []string{t.beyond, t.near} {
		if more != "" {
			s += " and " + more
		}
	}
	for _, more := range []string{t.last, t.expect} {
		if more != "" {
			s += "; it is " + more
		}
	}
	s = strings.ReplaceAll(s, "; it is its officer", "; its officer")
	return s + "; " + goodIs(m.polarity)
}

func goodIs(polarity string) string {
	if polarity == "range" {
		return "in range is good"
	}
	return polarity + " is good"
}

// told is the outturn with its unit, and what is published of it where that differs.
func (m measure) told() string {
	if f := m.figure(); !f.Equal(m.actual) {
		return withUnit(m.actual, m.unit) + " (published as " + m.say(f) + ")"
	}
	return m.say(m.actual)
}

// say is a figure with its unit, at the decimals that are published.
func (m measure) say(d decimal.Decimal) string { return withUnit(d, m.unit) }

// place is where the outturn lies against its target: "at or above 80%".
func (m measure) place(strict bool) string {
	short := m.short().Sign()
	if m.aim.isRange() {
		ends := m.against + m.say(*m.aim.low) + " to " + m.say(*m.aim.high)
		if short > 0 {
			return "outside " + ends
		}
		return "inside " + ends
	}
	at := m.against + m.say(*m.aim.value)
	switch {
	case strict && short == 0:
		return "at " + at
	case strict && short < 0 && m.polarity == "high":
		return "above " + at
	case strict && short < 0:
		return "below " + at
	}
	return m.relation(short <= 0) + " " + at
}

// relation says on which side of a figure the outturn lies, met or not.
func (m measure) relation(met bool) string {
	switch {
	case met && m.polarity == "low":
		return "at or below"
	case met:
		return "at or above"
	case m.polarity == "low":
		return "above"
	}
	return "below"
}

// edge is the worst figure that an allowance takes: "72% or above".
func (m measure) edge(allow decimal.Decimal) string {
	below := m.polarity == "high"
	end := m.aim.value
	if m.aim.isRange() {
		below, end = m.figure().LessThan(*m.aim.low), m.aim.high
		if below {
			end = m.aim.low
		}
	}
	if below {
		return m.say(end.Sub(allow)) + " or above"
	}
	return m.say(end.Add(allow)) + " or below"
}
