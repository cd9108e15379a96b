package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"time"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
	"boardpack/ingest/workbook"
)

// The folders whose files the ledger remembers, before the name of the inbox.
const (
	returnsPlace = "returns"
	answersPlace = "answers"
)

// inboxAtWork is a shared folder while the service watches it.
type inboxAtWork struct {
	shared
	service *service
	folder  inbox.Folder
	watch   *inbox.Watch
	answers *answers
	last    inbox.State       // what the last look saw
	gone    bool              // returns may have been taken away that the ledger still has in their places
	told    map[string]string // what was wrong at the last look, and why
}

func (s *service) watchFolder(ctx context.Context, f shared, quiet time.Duration) (*inboxAtWork, error) {
	b := &inboxAtWork{shared: f, service: s, watch: inbox.NewWatch(quiet, patience), told: map[string]string{}}
	b.folder = inbox.Folder{Dir: f.dir, Skip: b.holdsNoReturns}
	b.answers = &answers{late: true, inbox: b, dir: f.answers, folder: inbox.Folder{Dir: f.answers}, watch: inbox.NewWatch(quiet, patience)}
	return b, errors.Join(s.remember(ctx, b.place(returnsPlace), b.watch), s.remember(ctx, b.place(answersPlace), b.answers.watch))
}

// place is what the ledger calls a folder of the inbox.
func (b *inboxAtWork) place(what string) string { return placeIn(what, b.name) }

func placeIn(what, inbox string) string {
	if inbox == "" {
		return what
	}
	return what + "/" + inbox
}

// holdsNoReturns knows folders of packs below the one that is watched.
func (b *inboxAtWork) holdsNoReturns(p string) bool {
	p = filepath.Join(b.dir, filepath.FromSlash(p))
	out, err := filepath.Abs(b.service.flags.run.out)
	return err == nil && p == out || isPacks(p) || isPack(p)
}

func (s *service) remember(ctx context.Context, folder string, w *inbox.Watch) error {
	places, err := s.store.Places(ctx, folder)
	if err != nil {
		return err
	}
	var live []inbox.Live
	for _, p := range places {
		live = append(live, inbox.Live{Entry: inbox.Entry{Path: p.Path, Name: inbox.Name(p.Path), Size: p.Size, Modified: p.Modified}, Key: p.Key, SHA256: p.SHA256})
	}
	w.Remember(live)
	return nil
}

// look takes what has settled in the folders of returns and among the answers.
func (s *service) look(ctx context.Context, now time.Time) error {
	if err := s.attend(ctx, now); err != nil {
		return err
	}
	w, err := s.open()
	if err == nil {
		err = w.standsAsBefore(s.flags.run)
	}
	if err != nil {
		return s.lookWithout(ctx, err, now)
	}
	w.cells, w.now = true, now // the page shows every cell
	s.seen = &w
	if w.rulesHash() != s.rules {
		if err := s.settleRules(ctx, ""); err != nil {
			return err
		}
	}
	for _, b := range s.inboxes {
		if err := b.look(ctx, &w, now); err != nil {
			return err
		}
	}
	if err := s.keepPublished(ctx, &w, now); err != nil {
		return err
	}
	return s.readAnew(ctx, &w, now)
}

// see looks at the folder, and notes where returns were taken away: it tells so once.
func (b *inboxAtWork) see(ctx context.Context, now time.Time) inbox.State {
	state := b.watch.Look(now, b.folder.List(ctx))
	b.gone = b.gone || len(state.Gone) > 0
	return state
}

func (b *inboxAtWork) look(ctx context.Context, w *workspace, now time.Time) error {
	b.last = b.see(ctx, now)
	if err := b.takeAll(ctx, w, b.last.Ready, now); err != nil {
		return err
	}
	b.last.Conflicts = b.watch.Conflicts() // with what has just been taken
	b.tell()
	if err := b.leave(ctx); err != nil {
		return err
	}
	if err := b.answerLate(ctx, w); err != nil {
		return err
	}
	return b.answers.look(ctx, w, now)
}

// unsettled reports whether another look may do more: something had changed, a
// folder was away, or an answer could not be written.
func (b *inboxAtWork) unsettled() bool {
	restless := func(s inbox.State) bool { return s.Away != "" || len(s.Waiting)+len(s.Ready) > 0 }
	return restless(b.last) || restless(b.answers.last) || b.answers.late
}

// tell logs what is wrong with the folder and its files, each once while it is so.
func (b *inboxAtWork) tell() {
	now := map[string]string{}
	if b.last.Away != "" {
		now["the shared folder is unreachable; what was received stands"] = b.last.Away
	}
	for _, r := range b.last.Refused {
		now["not read: "+b.returnName(r.Name)] = r.Why
	}
	for _, d := range b.last.Unread {
		now["cannot be read: "+b.returnName(d)] = "it or its folder gives no access; what stands there is as it was"
	}
	for _, c := range b.last.Conflicts {
		now["two different workbooks are one return: "+b.returnName(c.Names[0])] = fmt.Sprintf("%q", c.Names)
	}
	for what, why := range now {
		if b.told[what] != why {
			b.service.log.Warn(what, "folder", b.dir, "why", why)
		}
	}
	for what := range b.told {
		if _, still := now[what]; !still {
			b.service.log.Info("no longer so: "+what, "folder", b.dir)
		}
	}
	b.told = now
}

// taken is a file while it is taken: its private copy, what was read of it, and
// the answer to its officer.
type taken struct {
	inbox.Ready
	staged *store.Staged // nil where the file is not to be kept
	read   readReturn
	answer []packFile
	pass   string // why it is passed over
	again  string // why it cannot be taken now
	err    error  // of the store
}

// takeAll takes files that have settled: some are read side by side, and then
// kept one after the other. A file that cannot be taken costs no other.
func (b *inboxAtWork) takeAll(ctx context.Context, w *workspace, ready []inbox.Ready, now time.Time) error {
	atOnce := 2 * runtime.GOMAXPROCS(0)
	for len(ready) > 0 && ctx.Err() == nil {
		some := ready[:min(atOnce, len(ready))]
		ready = ready[len(some):]
		prepared := make([]taken, len(some))
		_ = sideBySide(len(some), func(i int) error { prepared[i] = b.prepare(ctx, w, some[i]); return nil })
		for n := range prepared {
			err := b.take(ctx, w, &prepared[n], now)
			prepared[n].drop()
			if err != nil {
				for k := range prepared {
					prepared[k].drop()
				}
				return fmt.Errorf("take %s: %w", prepared[n].Name, err)
			}
		}
	}
	return ctx.Err()
}

func (t *taken) drop() {
	if t.staged != nil {
		t.staged.Drop()
	}
}

// prepare copies and reads a file and makes the answer to its officer; nothing is kept yet.
func (b *inboxAtWork) prepare(ctx context.Context, w *workspace, r inbox.Ready) (t taken) {
	t.Ready = r
	if len(w.returnsOnly([]foundFile{{path: filepath.Join(b.dir, filepath.FromSlash(r.Path))}})) == 0 {
		t.pass = isRegister
		return t
	}
	staged, bytes, err := b.stage(b.folder, r, w.limits.Size)
	switch {
	case errors.Is(err, store.ErrTooLarge):
		t.pass = fmt.Sprintf("it is larger than %d MB", w.limits.Size>>20)
		return t
	case errors.Is(err, store.ErrNotStaged):
		t.err = err
		return t
	case err != nil:
		t.again = reason(err)
		return t
	}
	t.staged = staged
	if t.read, t.err = w.readSettled(ctx, b.found(r.Name, ""), bytes); t.err == nil {
		t.answer, t.err = b.answers.make(w, r.Name, t.read)
	}
	return t
}

// take keeps what was prepared, and answers the officer.
func (b *inboxAtWork) take(ctx context.Context, w *workspace, t *taken, now time.Time) error {
	switch {
	case t.err != nil:
		return t.err
	case t.again != "":
		b.watch.Again(now, t.Ready, t.again)
		return nil
	case t.pass != "":
		b.watch.Pass(t.Ready, t.pass)
		return nil
	}
	ctx = context.WithoutCancel(ctx) // what has been read is kept and answered, also by a service that is told to stop
	if t.read.ret.Personal {
		b.watch.Pass(t.Ready, "it holds people's records, so no copy is kept; see its page among the answers")
		return b.answers.write(ctx, t.Key, t.Name, t.answer)
	}
	if err := b.receive(ctx, w, t, "shared folder", now); err != nil || b.watch.Passed(t.Ready) {
		return err
	}
	b.watch.Took(t.Ready, t.staged.SHA256)
	return b.service.store.KeepPlace(ctx, b.place(returnsPlace), placeOf(t.Entry, t.Name, t.Key, t.staged.SHA256))
}

// readSettled reads the bytes of one workbook, with what decisions and its officer settled.
func (w *workspace) readSettled(ctx context.Context, f foundFile, b []byte) (readReturn, error) {
	read := w.readBytes(ctx, f, b)
	w.settle(&read)
	return read, ctx.Err() // a reading that was stopped is none
}

// stage makes a private copy of a file, and gives its bytes.
func (b *inboxAtWork) stage(from inbox.Folder, r inbox.Ready, limit int64) (*store.Staged, []byte, error) {
	staged, err := b.service.store.Stage(limit, func(w io.Writer) error { return from.Copy(r.Entry, w) })
	if err != nil {
		return nil, nil, err
	}
	bytes, err := staged.Bytes()
	if err == nil && !r.AsIs {
		err = inbox.CheckWhole(bytes)
	}
	if err != nil {
		staged.Drop()
		return nil, nil, err
	}
	return staged, bytes, nil
}

// receive keeps a return and what was read from it, and answers its officer.
func (b *inboxAtWork) receive(ctx context.Context, w *workspace, t *taken, origin string, now time.Time) error {
	s := b.service
	v, isNew, err := s.store.Receive(ctx, t.staged, store.Receipt{Inbox: b.name, Name: t.Name, Key: t.Key, Modified: t.Modified, Received: now, Origin: origin})
	if errors.Is(err, store.ErrPurged) {
		b.watch.Pass(t.Ready, "somebody had it taken out of the archive, so it is not taken again")
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.keepReading(ctx, w, v, t.read, now); err != nil {
		return err
	}
	if isNew {
		s.log.Info("a return was received", "name", b.returnName(v.Name), "version", v.Number, "from", origin, "period", t.read.ret.Period.String(), "usable", usable(t.read))
		s.tellShut(w, t.read)
	}
	return b.answers.write(ctx, t.Key, t.Name, t.answer)
}

func placeOf(e inbox.Entry, name, key, sum string) store.Place {
	return store.Place{Path: e.Path, Name: name, Key: key, SHA256: sum, Size: e.Size, Modified: e.Modified}
}

// leave forgets the files that were taken away, with their answers.
func (b *inboxAtWork) leave(ctx context.Context) error {
	if b.last.Away != "" {
		return nil
	}
	if !b.gone {
		return nil
	}
	places, err := b.service.store.Places(ctx, b.place(returnsPlace))
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, l := range b.last.Live {
		there[l.Path] = true
	}
	for _, r := range b.last.Ready {
		there[r.Path] = true
	}
	for _, p := range places {
		if there[p.Path] {
			continue
		}
		b.service.log.Info("a return was taken away", "name", b.returnName(p.Name))
		if err := b.service.store.DropPlace(ctx, b.place(returnsPlace), p.Path); err != nil {
			return err
		}
		if err := b.answers.remove(ctx, p.Key); err != nil {
			return err
		}
	}
	b.gone = false
	return nil
}

// isOurs reports whether a workbook is a marked copy.
func isOurs(b []byte, w *workspace) bool {
	ours, _ := workbook.IsMarked(b, w.limits)
	return ours
}
