package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// doctorFlags are what boardpack doctor is told.
type doctorFlags struct {
	serve    serveFlags
	sendTest string
	json     bool
}

func (a *app) doctorCommand() *cobra.Command {
	var f doctorFlags
	c := &cobra.Command{
		Use:   "doctor [FOLDER]",
		Short: "Say whether a set-up is right, and what to do about what is not",
		Long: "doctor looks at what boardpack serve needs, one line to a check: settings, folders, disks, ledger,\n" +
			"schedule, clock, mail. FOLDER is the one that serve is given, or a workspace that init made. Nothing\n" +
			"is changed. The exit status is 1 where something is wrong.",
		Example: "  boardpack doctor /srv/boardpack\n  boardpack doctor --config boardpack.yaml --send-test me@example.gov.uk returns",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			s, err := setUpOf(f.serve, folderArgument(args), c.Flags().Changed("out"))
			if err != nil {
				return err
			}
			return a.doctor(c.Context(), f, s, time.Now())
		},
	}
	asServeIsGiven(c, &f.serve)
	c.Flags().StringVar(&f.sendTest, "send-test", "", "send a message to this address, to try the mail")
	c.Flags().BoolVar(&f.json, "json", false, "print the result as JSON")
	return c
}

// The states of what was looked at.
const (
	stateOK    = "ok"
	stateLook  = "look"  // it works, and somebody should look
	stateWrong = "wrong" // it does not work, or will not for long
)

// checkup is what was looked at, how it is, and what to do.
type checkup struct {
	Check  string `json:"check"`
	State  string `json:"state"` // "ok", "look" or "wrong"
	Saw    string `json:"saw"`
	Advice string `json:"advice,omitempty"`
}

// examination gathers checkups of one set-up.
type examination struct {
	setUp
	now  time.Time
	list []checkup
}

func (e *examination) ok(check, format string, args ...any) {
	e.list = append(e.list, checkup{check, stateOK, oneLine(fmt.Sprintf(format, args...)), ""})
}

func (e *examination) look(check, advice, format string, args ...any) {
	e.list = append(e.list, checkup{check, stateLook, oneLine(fmt.Sprintf(format, args...)), advice})
}

func (e *examination) wrong(check, advice, format string, args ...any) {
	e.list = append(e.list, checkup{check, stateWrong, oneLine(fmt.Sprintf(format, args...)), advice})
}

// oneLine is the first line of an error; below it a configuration's shows the place.
func oneLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(first)
}

// doctor looks at everything that it can reach, and tells it.
func (a *app) doctor(ctx context.Context, f doctorFlags, s setUp, now time.Time) error {
	e := &examination{setUp: s, now: now}
	e.shipped()
	e.decisions()
	if w, ok := e.configuration(); ok {
		e.schedule(ctx, &w)
		e.folders(ctx, &w)
		e.clock(ctx)
		e.pages(&w)
		e.mail(ctx, &w, f.sendTest)
	}
	e.packsFolder()
	e.store(ctx)
	e.leftovers()
	if f.json {
		if err := printJSON(a.out, e.list); err != nil {
			return err
		}
	} else {
		e.print(a)
	}
	for _, c := range e.list {
		if c.State == stateWrong {
			return exitStatus(exitFailed)
		}
	}
	return nil
}

func (e *examination) print(a *app) {
	for _, c := range e.list {
		line := fmt.Sprintf("%-6s %s: %s", c.State, c.Check, c.Saw)
		if c.Advice != "" {
			line += "; " + c.Advice
		}
		fmt.Fprintln(a.out, line)
	}
}
