// Command boardpack turns the workbooks that council officers fill in each
// quarter into the report that a board reads.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"
)

// version is the program's version; it stands in every manifest and bears on every pack.
const version = "0.5.2"

// The exit statuses, as the README lists them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitFindings    = 3
	exitInterrupted = 130
)

// usageError is a wrong flag, argument or configuration.
type usageError struct{ err error }

func (u usageError) Error() string { return u.err.Error() }
func (u usageError) Unwrap() error { return u.err }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitStatus ends the program with a status and no further words.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// app is where the program's words go.
type app struct {
	out      io.Writer // results
	err      io.Writer // progress and errors
	terminal bool      // err is a terminal: progress is shown
}

func main() {
	collectSeldom()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	a := &app{out: os.Stdout, err: os.Stderr, terminal: isTerminal(os.Stderr)}
	status := a.execute(ctx, os.Args[1:])
	stop()
	os.Exit(status)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// execute runs one command and gives its exit status.
func (a *app) execute(ctx context.Context, args []string) int {
	cmd := a.command()
	cmd.SetArgs(args)
	cmd.SetOut(a.out)
	cmd.SetErr(a.err)
	err := cmd.ExecuteContext(ctx)
	var status exitStatus
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &status):
		return int(status)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.err, "boardpack: interrupted; the packs that stood before are as they were")
		return exitInterrupted
	}
	fmt.Fprintf(a.err, "boardpack: %v\n", err)
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "boardpack",
		Short:         "Officers' workbooks in, the board's quarter report out",
		Long:          "boardpack reads the Excel workbooks that council officers fill in each quarter, works out\nthe traffic lights, and writes a quarter pack for each board as PDF, HTML and XLSX with its data.",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%v; see: %s --help", err, c.CommandPath())
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(a.runCommand(), a.checkCommand(), a.traceCommand(), a.listCommand(), a.diffCommand(), a.verifyCommand(), a.decideCommand(),
		a.publishCommand(), a.supersedeCommand(), a.serveCommand(), a.backupCommand(), a.purgeCommand(), a.retainCommand(), a.rebuildCommand(),
		a.initCommand(), a.doctorCommand(), a.manageCommand())
	return root
}

func noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	return usagef("there is no command %q; use one of %s", args[0], strings.Join(names, ", "))
}

// exactly asks for a number of arguments, in words.
func exactly(n int, want string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return wrongArgs(c, want)
	}
}

// noArguments wants flags alone.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usagef("%s wants nothing but flags; see: %s --help", c.CommandPath(), c.CommandPath())
}

func atLeastOne(want string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return wrongArgs(c, want)
	}
}

func wrongArgs(c *cobra.Command, want string) error {
	example, _, _ := strings.Cut(c.Example, "\n")
	return usagef("%s wants %s; for example: %s", c.CommandPath(), want, strings.TrimSpace(example))
}
