package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"sync/atomic"
	"time"

	"boardpack/cmd/internal/disk"
	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/nightly"
	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/web"
	"boardpack/ingest"
	"boardpack/render/html"
	"boardpack/transform"
)

// defaultListen is where the pages are served: on this machine only.
const defaultListen = "127.0.0.1:8321"

// listenAt is the address of the pages; empty where none are served.
func (c serviceConfig) listenAt(flag string) string {
	at := defaultListen
	if c.Listen != nil {
		at = *c.Listen
	}
	if flag != "" {
		at = flag
	}
	if at == "off" {
		return ""
	}
	return at
}

// pages checks the address that the pages are served at.
func (k *checker) pages(c serviceConfig) {
	at := c.listenAt("")
	if at == "" {
		return
	}
	if err := web.CheckListen(at); err != nil {
		k.wrong("$.service.listen", "service: listen: %v; or off", err)
	}
}

// pages are the pages of a service while it runs; nil where none are served.
type pages struct {
	service *service
	site    *web.Site
	shown   atomic.Pointer[pagesState]
	ended   chan struct{}
}

// pagesState is what the pages know beside the ledger: the workspace and the
// folders as they were at the last look.
type pagesState struct {
	web.State
	w *workspace
}

func (n *pagesState) take(w *workspace) {
	n.w, n.Boards, n.Idle = w, nil, nil
	if !w.hasMail() {
		n.Idle = []string{mailJob}
	}
	for _, b := range w.boards {
		n.Boards = append(n.Boards, web.Board{ID: b.ID, Name: b.Name})
	}
}

// servePages serves the pages until the context ends; the function that it
// gives waits until the last answer is out.
func (s *service) servePages(ctx context.Context, w *workspace, schedule nightly.Schedule) (stop func(), err error) {
	at := w.Service.listenAt(s.flags.listen)
	if at == "" {
		return func() {}, nil
	}
	if err := web.CheckListen(at); err != nil {
		return nil, usagef("--listen: %v; or off", err)
	}
	style, err := html.Style(w.look)
	if err != nil {
		return nil, err
	}
	p := &pages{service: s, ended: make(chan struct{})}
	now := &pagesState{State: web.State{Began: time.Now().Round(0), Inboxes: p.inboxesAtStart(ctx)}}
	now.take(w)
	p.shown.Store(now)
	p.site, err = web.New(web.Options{Store: s.store.Reader, Packs: s.flags.run.out, Council: w.Council, Program: version, Style: style, Zone: schedule.Zone(),
		Now: time.Now, Log: s.log, State: func() web.State { return p.shown.Load().State }, Listed: p.listed, About: p.about, Changes: p.changes, Answers: p.answers,
		Awaited: p.awaited, Reach: p.reach, Quarter: p.quarter, Next: schedule.NextTimes, Disk: func() (uint64, error) { return disk.Left(s.flags.run.out) }})
	if err != nil {
		return nil, err
	}
	s.pages = p
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer close(p.ended)
		_ = p.site.Serve(ctx, at) // the address was checked
	}()
	return func() { cancel(); <-p.ended }, nil
}

// reach tells whose returns are, by their outlines.
func (p *pages) reach(ctx context.Context, of []store.Latest) (map[int64]web.Reach, error) {
	var ids []int64
	for _, l := range of {
		ids = append(ids, l.ID)
	}
	bodies, err := p.service.store.LatestBodies(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := map[int64]web.Reach{}
	readers := readersOf(p.shown.Load().w.boards)
	for _, l := range of {
		o, err := transform.ParseOutline(bodies[l.ID])
		from := p.service.inboxNamed(l.Inbox)
		if err != nil || from == nil {
			continue // nothing of it was read
		}
		r := web.Reach{Told: true}
		for _, b := range readers {
			if !from.boards.include(b.ID) || !b.concerned(o) {
				continue
			}
			r.Boards = append(r.Boards, b.Name)
			for plan, holds := range b.plans {
				if holds(o) && !slices.Contains(r.Plans, plan) {
					r.Plans = append(r.Plans, plan)
				}
			}
		}
		slices.Sort(r.Plans)
		out[l.ID] = r
	}
	return out, nil
}

// boardReader is a board with what tells whether a return holds anything for
// it, and for each plan of its configuration.
type boardReader struct {
	transform.Board
	concerned func(transform.Outline) bool
	plans     map[string]func(transform.Outline) bool
}

func readersOf(boards []transform.Board) []boardReader {
	var out []boardReader
	for _, b := range boards {
		r := boardReader{Board: b, concerned: b.Concern(), plans: map[string]func(transform.Outline) bool{}}
		for _, plan := range b.Plans {
			r.plans[plan] = transform.Board{Plans: []string{plan}}.Concern()
		}
		out = append(out, r)
	}
	return out
}

// inboxNamed is the inbox of a name; nil for one that the configuration no longer has.
func (s *service) inboxNamed(name string) *inboxAtWork {
	for _, b := range s.inboxes {
		if b.name == name {
			return b
		}
	}
	return nil
}

// ran tells the pages that a run has ended: it is counted, and what a look saw
// is shown from now on.
func (p *pages) ran(ctx context.Context, r nightly.Run) {
	if p == nil {
		return
	}
	err := r.Err
	if errors.Is(err, errNothingReceived) {
		err = nil // there was nothing to do
	}
	p.site.Ran(r.Job, r.Began, r.End, err)
	if r.Job != lookJob || errors.Is(r.Err, nightly.ErrStuck) { // that one may still be at it
		return
	}
	now := *p.shown.Load()
	now.Inboxes = p.inboxes(ctx, r, now.Inboxes)
	if !slices.ContainsFunc(now.Inboxes, func(i web.Inbox) bool { return i.Away != "" }) { // the configuration may be away too
		if p.service.seen != nil { // else the look has told why it could not be read
			now.take(p.service.seen)
		}
	}
	p.shown.Store(&now)
}

// inboxes is what the last look saw of each shared folder, where it came to its end.
func (p *pages) inboxes(ctx context.Context, r nightly.Run, before []web.Inbox) []web.Inbox {
	out := make([]web.Inbox, len(p.service.inboxes))
	for n, b := range p.service.inboxes {
		out[n] = inboxShown(b.last)
		out[n].Name, out[n].Folder, out[n].Standing = b.name, b.dir, p.standing(ctx, b)
		if out[n].Looked = r.End; r.Err != nil {
			out[n].Looked = before[n].Looked
		}
	}
	return out
}

// inboxesAtStart is what is known before the first look has ended.
func (p *pages) inboxesAtStart(ctx context.Context) []web.Inbox {
	var out []web.Inbox
	for _, b := range p.service.inboxes {
		out = append(out, web.Inbox{Name: b.name, Folder: b.dir, Standing: p.standing(ctx, b)})
	}
	return out
}

// inboxShown is a look as the pages tell it.
func inboxShown(last inbox.State) web.Inbox {
	i := web.Inbox{Away: last.Away, Since: last.Since, Unread: last.Unread}
	for _, f := range last.Waiting {
		i.Waiting = append(i.Waiting, web.Waiting{Name: f.Name, Why: f.Why, Since: f.Since})
	}
	for _, f := range last.Refused {
		i.Refused = append(i.Refused, web.Refused{Name: f.Name, Why: f.Why})
	}
	for _, c := range last.Conflicts {
		i.Conflicts = append(i.Conflicts, web.Conflict{Used: c.Plain, Names: c.Names})
	}
	return i
}

// standing are the keys of the returns that stand in a folder.
func (p *pages) standing(ctx context.Context, b *inboxAtWork) map[string]bool {
	out := map[string]bool{}
	places, err := p.service.store.Places(ctx, b.place(returnsPlace))
	if err != nil {
		p.service.log.Error("the pages do not know which returns stand in the folder", "error", err)
	}
	for _, f := range places {
		out[f.Key] = true
	}
	return out
}

// answers finds what was written for the officers of returns.
func (p *pages) answers(ctx context.Context, of []store.Latest) (map[int64][]web.Answer, error) {
	out := map[int64][]web.Answer{}
	for _, b := range p.service.inboxes {
		places, err := p.service.store.Places(ctx, b.place(answersPlace))
		if err != nil {
			return nil, err
		}
		byKey := map[string][]web.Answer{}
		for _, f := range places {
			byKey[f.Key] = append(byKey[f.Key], web.Answer{Copy: path.Ext(f.Path) != ".html", Name: path.Base(f.Path), SHA256: f.SHA256, Size: f.Size, Written: f.Modified,
				Open: func() (io.ReadCloser, error) { return openBelow(b.answers.dir, f.Path) }})
		}
		for _, l := range of {
			if l.Inbox == b.name {
				out[l.ID] = byKey[l.Key]
			}
		}
	}
	return out, nil
}

// openBelow opens a file of a folder, and nothing outside of it.
func openBelow(dir, name string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(filepath.FromSlash(name))
}

// quarter tells what is set for a quarter, and what that makes of it today.
func (p *pages) quarter(of ingest.Period) web.Quarter {
	dates := p.shown.Load().w.calendar.Dates(of)
	return web.Quarter{Due: dates.Due, Closes: dates.Closes, State: string(dates.On(dayOf(time.Now())))}
}

// awaited tells how the return of each plan stands that a board has or awaits
// for a quarter; of a plan that stands alike for several boards once.
func (p *pages) awaited(ctx context.Context, of ingest.Period) ([]web.Awaited, error) {
	w := p.shown.Load().w
	received, err := receivedVersions(ctx, p.service.store.Reader, w)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, b := range w.boards {
		names[b.ID] = b.Name
	}
	var out []web.Awaited
	for _, r := range w.returnStates(received, of, dayOf(time.Now())) {
		a := web.Awaited{Plan: r.Plan, State: string(r.State), Late: r.Late, Received: r.Received, Name: r.Name}
		n := slices.IndexFunc(out, func(o web.Awaited) bool { o.Boards = nil; return reflect.DeepEqual(o, a) })
		if n < 0 {
			n, out = len(out), append(out, a)
		}
		out[n].Boards = append(out[n].Boards, names[r.Board])
	}
	return out, nil
}
