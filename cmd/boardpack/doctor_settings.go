package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/post"
	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/web"
	"boardpack/render"
	"boardpack/render/pdf"
	"boardpack/templates"
	"boardpack/transform"
)

// shipped looks at what is compiled in: schemes, report definitions and fonts.
func (e *examination) shipped() {
	read := func(folder string, parse func([]byte) error) (n int, err error) {
		entries, err := templates.FS.ReadDir(folder)
		for _, f := range entries {
			if failed := parse(templates.Must(folder + "/" + f.Name())); failed != nil {
				err = errors.Join(err, fmt.Errorf("%s: %w", f.Name(), failed))
			}
		}
		return len(entries), err
	}
	schemes, err := read("schemes", func(b []byte) error { _, err := transform.ParseScheme(b); return err })
	reports, failed := read("reports", func(b []byte) error {
		_, err := render.ParseDefinition(b, func(name string) ([]byte, error) { return templates.FS.ReadFile("reports/" + name + ".yaml") })
		return err
	})
	if err = errors.Join(err, failed, pdf.CheckShipped()); err != nil {
		e.wrong("program", "get the program anew", "what it ships is damaged: %v", err)
		return
	}
	e.ok("program", "boardpack %s, with %d schemes, %d report definitions and its fonts", version, schemes, reports)
}

// decisions looks at decisions.jsonl, of which nothing may be lost.
func (e *examination) decisions() {
	name := filepath.Join(filepath.Dir(e.config), decisionsName)
	b, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.ok("decisions", "none yet: %s comes with the first", slashed(name))
		return
	case err != nil:
		e.wrong("decisions", "let the service's user read it", "%s cannot be read: %s", slashed(name), reason(err))
		return
	}
	list, err := transform.ParseDecisions(b)
	if err != nil {
		e.wrong("decisions", "put that line right, or put back the file of a backup; no pack is made until then", "%s: %v", slashed(name), err)
		return
	}
	e.ok("decisions", "%s in %s", count(len(list), "decision"), slashed(name))
}

// configuration looks at boardpack.yaml and what it names; false where it is wrong.
func (e *examination) configuration() (workspace, bool) {
	dir := filepath.Dir(e.config)
	var inputs []input
	b, err := os.ReadFile(e.config)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.look("settings", "boardpack init writes one to begin with", "there is no %s, so one board holds everything", slashed(e.config))
	case err != nil:
		e.wrong("settings", "let the service's user read it", "%s cannot be read: %s", slashed(e.config), reason(err))
		return workspace{}, false
	default:
		inputs = append(inputs, input{"configuration", filepath.Base(e.config), b})
	}
	w, err := buildWorkspace(dir, inputs, reader{dir: dir}.read)
	if err != nil {
		e.wrong("settings", "put it right", "%v", err)
		return w, false
	}
	if len(inputs) > 0 {
		e.ok("settings", "%s is right: %s, scheme %s", slashed(e.config), count(len(w.boards), "board"), w.scheme.ID)
	}
	return w, true
}

func (e *examination) schedule(ctx context.Context, w *workspace) {
	s, err := w.Service.parseSchedule()
	if err != nil {
		e.wrong("schedule", "put it right under service", "%v", err)
		return
	}
	e.ok("schedule", "the next run is on %s", s.Next(e.now).Format("Monday 2 January 2006 at 15:04 MST"))
	e.lastRun(ctx, s.NextTimes)
}

// lastRun looks at whether nights do their work.
func (e *examination) lastRun(ctx context.Context, next func(time.Time, int) []time.Time) {
	r, err := store.OpenReader(ctx, filepath.Join(e.packs, archiveFolder))
	if err != nil {
		return // what is wrong with the ledger has its own line
	}
	defer r.Close()
	last, err := r.LastRun(ctx, nightJob)
	if err != nil {
		return
	}
	runs, _ := r.Runs(ctx, 50)
	n := slices.IndexFunc(runs, func(r store.Run) bool { return r.Job == nightJob })
	failing := n >= 0 && runs[n].Error != ""
	ago := func() string {
		return strings.TrimSuffix(max(e.now.Sub(last.Ended).Round(time.Minute), time.Minute).String(), "0s")
	}
	const advice = "see whether the service runs (boardpack service status), and what its log says"
	switch {
	case failing && last.Began.IsZero():
		e.wrong("last run", advice, "none has done its work yet; the last one ended with: %s", runs[n].Error)
	case failing:
		e.wrong("last run", advice, "none has done its work for %s; the last one ended with: %s", ago(), runs[n].Error)
	case last.Began.IsZero():
		e.ok("last run", "there was none yet")
	default:
		if missed := next(last.Began, 1); len(missed) > 0 && missed[0].Add(nightLimit).Before(e.now) {
			e.wrong("last run", advice, "none has done its work for %s", ago())
			return
		}
		e.ok("last run", "it did its work %s ago", ago())
	}
}

// pages looks at the address of the pages, while no service has it.
func (e *examination) pages(w *workspace) {
	at := w.Service.listenAt(e.listen)
	if at == "" {
		e.ok("pages", "none are served")
		return
	}
	if err := web.CheckListen(at); err != nil {
		e.wrong("pages", "", "%v", err)
		return
	}
	if held, _, _ := store.Holder(filepath.Join(e.packs, archiveFolder)); held {
		e.ok("pages", "http://%s/, by the service that is at work", at)
		return
	}
	l, err := net.Listen("tcp", at)
	if err != nil {
		e.look("pages", "end the other program, or give listen another port; packs are made all the same", "%s cannot be had: %s", at, reason(err))
		return
	}
	_ = l.Close()
	e.ok("pages", "http://%s/ is free", at)
}

// mail looks at the mail server, and sends a message where it is asked for one.
func (e *examination) mail(ctx context.Context, w *workspace, to string) {
	if !w.hasMail() {
		if to != "" {
			e.wrong("mail", "give host and from under service: mail", "no mail is set up, so none was sent to %s", to)
			return
		}
		e.ok("mail", "none is set up, so nobody is told by mail")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	server, err := w.mailServer()
	if err == nil && to == "" {
		err = server.Try(ctx)
	} else if err == nil {
		err = sendTest(ctx, server, w.Council, to, e.now)
	}
	switch {
	case err != nil:
		e.wrong("mail", "see host, port, tls, user and password_file under service: mail", "%v", err)
	case to != "":
		e.ok("mail", "a message was handed to %s for %s; see whether it arrives", w.Service.Mail.Host, to)
	default:
		e.ok("mail", "%s takes mail from us; --send-test ADDRESS sends a message", w.Service.Mail.Host)
	}
}

func sendTest(ctx context.Context, server post.Server, council, to string, now time.Time) error {
	if _, err := netmail.ParseAddress(to); err != nil {
		return fmt.Errorf("--send-test is %q, which is no mail address", to)
	}
	maker, err := post.NewMaker()
	if err != nil {
		return err
	}
	m, err := maker.Test(to, council, server.Domain(), now)
	if err != nil {
		return err
	}
	var failed error
	err = server.Send(ctx, []post.Message{m}, func(_ post.Message, err error) { failed = err })
	var answer post.Failure
	if errors.As(failed, &answer) {
		failed = fmt.Errorf("%w: %s", failed, answer.Words)
	}
	return errors.Join(err, failed)
}
