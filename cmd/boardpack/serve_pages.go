package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"boardpack/cmd/internal/disk"
	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/nightly"
	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/web"
	"boardpack/ingest"
	"boardpack/render/data"
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
	boards  []transform.Board
	dueDays int
}

func (n *pagesState) take(w *workspace) {
	n.boards, n.dueDays, n.Boards = w.boards, w.ReturnsDue, nil
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
		Expected: p.expected, Reach: p.reach, Due: p.due, Next: schedule.NextTimes, Disk: func() (uint64, error) { return disk.Left(s.flags.run.out) }})
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
	readers := readersOf(p.shown.Load().boards)
	for _, l := range of {
		o, err := transform.ParseOutline(bodies[l.ID])
		from := p.service.inboxNamed(l.Inbox)
		if err != nil || from == nil {
			continue // nothing of it was read
		}
		var r web.Reach
		for _, b := range readers {
			if !from.found("", l.Name, "").mayFeed(b.ID) || !b.concerned(o) {
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
	if err := p.service.keepPacks(ctx, r.End); err != nil && ctx.Err() == nil { // what was published meanwhile is shown too
		p.service.log.Error("packs that were made are not in the ledger", "error", err)
	}
	now := *p.shown.Load()
	now.Inboxes = p.inboxes(ctx, r, now.Inboxes)
	if !slices.ContainsFunc(now.Inboxes, func(i web.Inbox) bool { return i.Away != "" }) { // the configuration may be away too
		if w, err := openWorkspace(p.service.flags.run.config, []string{p.service.dir}); err == nil { // else the look has told it
			now.take(&w)
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

// listed gives every version of every pack with how it stands today.
func (p *pages) listed(ctx context.Context) ([]web.Listed, error) {
	packs, err := p.service.store.Packs(ctx)
	if err != nil {
		return nil, err
	}
	var out []web.Listed
	for _, k := range packs {
		out = append(out, web.Listed{Pack: k})
	}
	return out, nil
}

// about is what the manifest of a pack says beside the ledger.
func (p *pages) about(k store.Pack) (web.About, error) {
	m, err := p.manifest(k)
	if err != nil {
		return web.About{}, err
	}
	a := web.About{BoardName: m.BoardName}
	if a.DataAsAt, err = ingest.ParseDate(m.DataAsAt); err != nil {
		return a, fmt.Errorf("read the date of the data: %w", err)
	}
	for _, s := range m.Stops {
		a.Stops = append(a.Stops, web.Stop{Check: s.Check, Findings: s.Findings})
	}
	for _, f := range m.Inputs {
		if folder, is := strings.CutSuffix(f.Name, "/manifest.json"); is && f.Kind == draftBefore {
			a.Before = folderVersion(folder)
		}
	}
	if a.Before == 0 {
		return a, nil
	}
	list, err := p.changes(k)
	if a.Changes = len(list); err != nil {
		a.Changes = -1 // the version before could not be read when the pack was made
	}
	return a, nil
}

// manifest reads the record of a pack; the pack must be the one of the ledger.
func (p *pages) manifest(k store.Pack) (manifest, error) {
	m, err := readManifest(filepath.Join(p.service.flags.run.out, filepath.FromSlash(k.Folder)))
	if err == nil && m.InputHash != k.InputHash {
		err = fmt.Errorf("%s holds another pack than the ledger says", k.Folder)
	}
	return m, err
}

// changes lists what changed in a pack since the version before.
func (p *pages) changes(k store.Pack) ([]web.Change, error) {
	m, err := p.manifest(k)
	if err != nil {
		return nil, err
	}
	b, err := m.output(filepath.Join(p.service.flags.run.out, filepath.FromSlash(k.Folder)), workingData+data.ChangesName)
	if err != nil {
		return nil, err
	}
	list, err := data.ReadChanges(b)
	var out []web.Change
	for _, c := range list {
		out = append(out, web.Change{Group: string(c.Group), What: string(c.What), Ref: c.Ref, Title: c.Title, Plan: c.Plan, Column: c.Column, Was: c.Was, Now: c.Now})
	}
	return out, err
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

// due is the day by which a quarter's returns are wanted; zero where nothing is said.
func (p *pages) due(of ingest.Period) ingest.Date {
	if n := p.shown.Load().dueDays; n > 0 {
		return of.LastDay().Plus(n)
	}
	return ingest.Date{}
}

// expected lists the plans whose return for a quarter has not come.
func (p *pages) expected(context.Context, ingest.Period) ([]web.Expected, error) { return nil, nil }
