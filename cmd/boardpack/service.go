package main

import (
	"time"

	"boardpack/cmd/internal/nightly"
)

// serviceConfig is how boardpack serve works; see the README.
type serviceConfig struct {
	Schedule nameList `yaml:"schedule"`  // cron expressions
	TimeZone string   `yaml:"time_zone"` // of the schedule
	Poll     *int     `yaml:"poll"`      // seconds from one look at the folder to the next
	Quiet    *int     `yaml:"quiet"`     // seconds that a file must stand still before it is read
	Answers  string   `yaml:"answers"`   // the folder of answers to officers
	Listen   *string  `yaml:"listen"`    // where the pages are served

	KeepVersions keepFor       `yaml:"keep_versions"` // how long versions that were replaced stay; empty for ever
	Inboxes      []inboxConfig `yaml:"inboxes"`       // where there are several shared folders
	Mail         mailConfig    `yaml:"mail"`          // who is told what by mail
}

const (
	defaultPoll  = 20
	defaultQuiet = 10
)

// scheduleCheckedFrom is the day from which a schedule is checked: whether it
// runs, and never at a clock change, is the same from any day, and what the
// configuration says must not depend on the day that it is read.
var scheduleCheckedFrom = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func (k *checker) service(c serviceConfig) {
	if c.TimeZone != "" || len(c.Schedule) > 0 { // the zone's data take longer than all else
		if _, err := c.parseSchedule(); err != nil {
			k.wrong("$.service", "service: %v", err)
		}
	}
	k.keepVersions(c.KeepVersions)
	k.pages(c)
	k.seconds("poll", c.Poll, defaultPoll)
	k.seconds("quiet", c.Quiet, defaultQuiet)
}

func (k *checker) seconds(name string, given *int, usual int) {
	if given != nil && (*given < 1 || *given > 3600) {
		k.wrong("$.service."+name, "service: %s is %d; give seconds, from 1 to 3600, for example %d", name, *given, usual)
	}
}

func (c serviceConfig) parseSchedule() (nightly.Schedule, error) {
	return nightly.Parse(c.TimeZone, c.Schedule, scheduleCheckedFrom)
}

// secondsOr is a number of seconds, or the usual one where none is given.
func secondsOr(given *int, usual int) time.Duration {
	if given != nil {
		usual = *given
	}
	return time.Duration(usual) * time.Second
}
