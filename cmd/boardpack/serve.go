package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"boardpack/cmd/internal/nightly"
	"boardpack/cmd/internal/store"

	"github.com/spf13/cobra"
)

// serveFlags are what boardpack serve is told.
type serveFlags struct {
	run          runFlags
	answers      string
	listen       string // where the pages are served; empty for the configuration's
	once, dryRun bool
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve [FOLDER]",
		Short: "Watch the shared folder and make packs on a schedule",
		Long: "serve watches a folder of returns. What has settled is archived and read, and its officer\n" +
			"answered in a folder beside it: a marked copy where there is something to look at, and a page\n" +
			"that shows how the workbook was read. Packs are made on the schedule of boardpack.yaml, each\n" +
			"night at 02:00 London time where it gives none; a night that was missed is made up at the start.\n" +
			"It serves pages on this machine, with packs, returns and runs, at http://" + defaultListen + "/.\n" +
			"It never writes into the folder of returns.",
		Example: "  boardpack serve returns --out packs\n  boardpack serve returns --dry-run",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), syscall.SIGTERM)
			defer stop()
			return a.underManager(ctx, func(ctx context.Context, a *app) error { return a.serve(ctx, f, folderArgument(args)) })
		},
	}
	c.Flags().StringVar(&f.run.config, "config", "", "the configuration; without it, boardpack.yaml in the folder that is watched")
	c.Flags().StringVar(&f.run.out, "out", "packs", "the folder that packs, archive and ledger are written to; never on a network share")
	c.Flags().StringVar(&f.answers, "answers", "", "the folder of answers to officers; without it, beside the folder that is watched, with \" answers\" after its name")
	c.Flags().StringVar(&f.listen, "listen", "", "where the pages are served, an address of this machine such as "+defaultListen+", or off")
	c.Flags().BoolVar(&f.once, "once", false, "take what has settled, make what is due, and end")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "print the next ten runs and what the first would make, and write nothing")
	return c
}

// service is boardpack serve while it runs.
type service struct {
	app     *app
	flags   serveFlags
	dir     string // of the workspace
	log     *slog.Logger
	store   *store.Store
	inboxes []*inboxAtWork
	keeping sync.Mutex // one reading is kept and answered at a time
	rules   string     // a hash of what bears on every reading, as it was at the last look
	settled string     // what the log of decisions says of versions, as far as the ledger has it
	pages   *pages     // nil where none are served
	seen    *workspace // as it was at the last look that could read it

	opening sync.Mutex
	opened  *workspace // as it was opened last
}

// The jobs, as the ledger names them.
const (
	nightJob = "packs"
	lookJob  = "look"
)

// nightLimit ends a night that takes longer than any should.
const nightLimit = 6 * time.Hour

// patience is after how long a file that seems unfinished is taken as it is.
const patience = 15 * time.Minute

func (a *app) serve(ctx context.Context, f serveFlags, dir string) error {
	w, err := openWorkspace(f.run.config, []string{dir})
	if err != nil {
		return err
	}
	schedule, err := w.Service.parseSchedule()
	if err != nil {
		return usageError{err}
	}
	if f.dryRun {
		return a.printSchedule(ctx, f, dir, schedule, time.Now())
	}
	s, err := a.newService(ctx, &w, f, dir)
	if err != nil {
		return err
	}
	defer s.store.Close()
	if f.once {
		return s.once(ctx, secondsOr(w.Service.Quiet, defaultQuiet))
	}
	stop, err := s.servePages(ctx, &w, schedule)
	if err != nil {
		return err
	}
	defer stop()
	defer toldManager(ctx, s.log)()
	return s.keep(ctx, schedule, secondsOr(w.Service.Poll, defaultPoll))
}

func (a *app) newService(ctx context.Context, w *workspace, f serveFlags, dir string) (*service, error) {
	folders, err := w.sharedFolders(dir, f.answers)
	if err != nil {
		return nil, err
	}
	if err := refuseShare(f.run.out); err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, filepath.Join(f.run.out, archiveFolder))
	if err != nil {
		return nil, err
	}
	if f.run.configured, err = w.wasConfigured(ctx, st); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	s := &service{app: a, flags: f, dir: dir, log: a.logger(), store: st, opened: w}
	if s.rules, err = st.Rules(ctx); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	for _, folder := range folders {
		b, err := s.watchFolder(ctx, folder, secondsOr(w.Service.Quiet, defaultQuiet))
		if err != nil {
			return nil, errors.Join(err, st.Close())
		}
		s.inboxes = append(s.inboxes, b)
	}
	return s, nil
}

// open gives the workspace as it stands.
func (s *service) open() (workspace, error) {
	s.opening.Lock()
	defer s.opening.Unlock()
	w, err := s.opened.reopen(s.flags.run.config, []string{s.dir})
	if err == nil {
		opened := w
		s.opened = &opened
	}
	return w, err
}

// logger writes lines for people on a terminal, and JSON elsewhere.
func (a *app) logger() *slog.Logger {
	if a.terminal {
		return slog.New(slog.NewTextHandler(a.err, nil))
	}
	return slog.New(slog.NewJSONHandler(a.err, nil))
}

// keep looks and makes packs at their times, until the context ends.
func (s *service) keep(ctx context.Context, schedule nightly.Schedule, poll time.Duration) error {
	last, err := s.store.LastRun(ctx, nightJob)
	if err != nil {
		return err
	}
	s.tellClock(last, time.Now())
	for _, b := range s.inboxes {
		s.log.Info("watching", "folder", b.dir, "answers", b.answers.dir)
	}
	s.log.Info("started", "next", schedule.Next(time.Now()))
	jobs := []nightly.Job{
		{Name: lookJob, When: nightly.Interval(poll), Limit: nightLimit, Do: s.look},
		{Name: nightJob, When: schedule, Last: last.Began, Limit: nightLimit, Do: s.night},
	}
	mail, err := s.mailJobs(ctx, schedule)
	if err != nil {
		return err
	}
	nightly.Keep(ctx, append(jobs, mail...), func(r nightly.Run) { s.ended(ctx, r) })
	s.log.Info("stopped")
	return nil
}

// ended tells and keeps the end of a run; a look that did not fail is neither told
// nor kept, and mail where none is configured not told.
func (s *service) ended(ctx context.Context, r nightly.Run) {
	s.pages.ran(context.WithoutCancel(ctx), r)
	run := store.Run{Job: r.Job, Began: r.Began, Ended: r.End}
	switch {
	case r.Err == nil && r.Job == lookJob:
		return
	case r.Err != nil && ctx.Err() != nil:
		return // it was stopped, and is made up at the next start
	case errors.Is(r.Err, errNothingReceived):
		s.log.Info("no packs are made", "why", r.Err.Error())
		return
	case r.Err != nil:
		run.Error = r.Err.Error()
		s.log.Error("the run failed and is tried again", "job", r.Job, "error", run.Error)
	case r.Job != mailJob || s.hasMail():
		s.log.Info("the run ended", "job", r.Job, "took", r.End.Sub(r.Began).Round(time.Millisecond).String())
	}
	if err := s.store.KeepRun(context.WithoutCancel(ctx), run); err != nil {
		s.log.Error("the run is not in the ledger", "error", err)
	}
}

// once is one look, another after a while where something had not settled, and one night.
func (s *service) once(ctx context.Context, quiet time.Duration) error {
	if err := s.look(ctx, time.Now().Round(0)); err != nil {
		return err
	}
	if slices.ContainsFunc(s.inboxes, (*inboxAtWork).unsettled) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(quiet + 100*time.Millisecond):
		}
		if err := s.look(ctx, time.Now().Round(0)); err != nil {
			return err
		}
	}
	began := time.Now().Round(0)
	err := s.night(ctx, began)
	s.ended(ctx, nightly.Run{Job: nightJob, Began: began, End: time.Now().Round(0), Err: err})
	s.mailOnce(ctx)
	if errors.Is(err, errNothingReceived) {
		return nil
	}
	return err
}

// night makes the packs that are due of what was received.
func (s *service) night(ctx context.Context, now time.Time) error {
	w, err := s.open()
	if err != nil {
		return err
	}
	removeLeftovers(s.flags.run.out, now, archiveFolder) // the store saw to its own when it was opened
	made, err := s.logging().reconcile(ctx, &w, s.flags.run, now, func() (gathered, error) { return s.received(ctx, &w, now) })
	for _, p := range made {
		if p.Trouble != nil {
			s.log.Warn("a pack cannot say what changed since the version before", "pack", filepath.ToSlash(p.Dir), "why", p.Trouble.Error())
		}
	}
	if kept := s.keepPacks(ctx, now); err == nil { // also of a night that could not make every pack
		err = kept
	}
	if err != nil {
		return err
	}
	return s.retain(ctx, w.Service.KeepVersions, now)
}

// quietly is the app without progress, which has no place between lines of a log.
func (a *app) quietly() *app { return &app{out: io.Discard, err: a.err} }

// keepPacks brings into the ledger every pack on disk that it does not have:
// those just made, and those of a night that was killed before it could.
func (s *service) keepPacks(ctx context.Context, now time.Time) error {
	known, err := s.store.PackFolders(ctx)
	if err != nil {
		return err
	}
	dirs, err := versionFolders(s.flags.run.out)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		folder, err := filepath.Rel(s.flags.run.out, dir)
		if err != nil {
			return err
		}
		if folder = filepath.ToSlash(folder); known[folder] || !isPack(dir) {
			continue
		}
		m, err := readManifest(dir)
		if err != nil {
			s.log.Error("a pack is not in the ledger, for it cannot be read; boardpack verify --all tells what is wrong with it", "pack", folder, "error", err.Error())
			continue
		}
		if err := s.store.KeepPack(ctx, m.storePack(folder, now)); err != nil {
			return err
		}
		s.log.Info("a pack was made", "board", m.Board, "year", m.Year, "quarter", m.Quarter, "version", m.Version, "status", m.Status)
	}
	return nil
}

// globEscape is a path as a pattern that matches it alone.
func globEscape(p string) string {
	if filepath.Separator == '\\' {
		return strings.ReplaceAll(p, "[", "[[]") // there a backslash escapes nothing
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(p)
}

// storePack is a pack as the ledger keeps it.
func (m manifest) storePack(folder string, made time.Time) store.Pack {
	return store.Pack{Board: m.Board, Year: m.Year, Quarter: m.Quarter, Version: m.Version, Status: m.Status, InputHash: m.InputHash,
		Program: m.Program, Folder: folder, Made: made, Inputs: storeFiles(m.Inputs), Outputs: storeFiles(m.Outputs)}
}

func storeFiles(records []fileRecord) []store.File {
	var out []store.File
	for _, f := range records {
		out = append(out, store.File{Kind: f.Kind, Name: f.Name, Size: int64(f.Size), SHA256: f.SHA256})
	}
	return out
}

// printSchedule prints the next runs, and what the first would make of the
// returns as they stand in the folder.
func (a *app) printSchedule(ctx context.Context, f serveFlags, dir string, schedule nightly.Schedule, now time.Time) error {
	due, err := a.wouldMake(ctx, f.run, dir, now)
	if err != nil {
		return err
	}
	for i, at := range schedule.NextTimes(now, 10) {
		fmt.Fprintf(a.out, "%s\n", at.Format("Mon 2 January 2006 15:04 MST"))
		if i > 0 {
			continue
		}
		for _, name := range due {
			fmt.Fprintf(a.out, "  would make %s\n", name)
		}
		if len(due) == 0 {
			fmt.Fprintln(a.out, "  would make nothing: every pack is there")
		}
	}
	fmt.Fprintln(a.out, "Each later run makes what has changed by then.")
	return nil
}

// wouldMake lists the folders of the packs that are due.
func (a *app) wouldMake(ctx context.Context, f runFlags, dir string, now time.Time) ([]string, error) {
	w, err := openWorkspace(f.config, []string{dir})
	if err != nil {
		return nil, err
	}
	files, err := w.findReturns([]string{dir}, f.out)
	if err != nil {
		return nil, err
	}
	read, err := a.readReturns(ctx, &w, w.returnsOnly(files))
	if err != nil {
		return nil, err
	}
	g := inHand(read)
	w.now = now
	orders, err := a.valid(&w, a.inTime(&w, w.due(g)))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, o := range orders {
		o.bearing = g.bearingOn(o)
		stands, newest, err := w.standing(o.place(f.out), w.manifest(o, g))
		if err != nil {
			return nil, err
		}
		if stands == nil {
			o.follow(newest, w.decisions)
			out = append(out, filepath.ToSlash(o.folder(f.out)))
		}
	}
	return out, nil
}
