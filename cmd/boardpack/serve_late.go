package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"boardpack/cmd/internal/store"
)

// failed notes that an answer could not be written or removed. It is told once
// while it is so, and tried again at each look.
func (n *answers) failed(which *map[string]bool, key, file string, err error) {
	if *which == nil {
		*which = map[string]bool{}
	}
	(*which)[key], n.late = true, true
	if why := reason(err); n.trouble != why {
		n.trouble = why
		n.inbox.service.log.Error("the folder of answers cannot be written; it is tried again at each look", "file", file, "error", why)
	}
}

func (n *answers) works() {
	if n.trouble != "" {
		n.inbox.service.log.Info("the folder of answers can be written again")
		n.trouble = ""
	}
}

// answerLate writes and removes the answers that could not be when their
// returns came or went: the folder was full, read-only or away, or a program
// had the file open. The first that still cannot be ends it until the next look.
func (b *inboxAtWork) answerLate(ctx context.Context, w *workspace) error {
	n := b.answers
	if !n.late || b.last.Away != "" { // answers may stand on the same share
		return nil
	}
	n.late = false
	if err := b.answerMissing(ctx, w); err != nil || n.late {
		n.late = true
		return err
	}
	n.unwritten = nil
	gone := sortedNames(n.unremoved)
	n.unremoved = nil
	for _, key := range gone {
		if err := n.remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// answerMissing writes the answers to returns that have none, or whose last
// one could not be written, until one cannot be.
func (b *inboxAtWork) answerMissing(ctx context.Context, w *workspace) error {
	n := b.answers
	missing, err := b.service.store.KeysOnlyIn(ctx, b.place(returnsPlace), b.place(answersPlace))
	if err != nil || len(missing)+len(n.unwritten)+len(n.unremoved) == 0 {
		return err
	}
	held, err := b.held(ctx)
	if err != nil {
		return err
	}
	for _, h := range newestOf(held) {
		delete(n.unremoved, h.Key) // it is there again
		if h.Removed || !missing[h.Key] && !n.unwritten[h.Key] {
			continue
		}
		if err := b.answerAgain(ctx, w, h); err != nil || n.late {
			return err
		}
	}
	return nil
}

// answerAgain answers a return from the archive. One that the archive has lost costs no other.
func (b *inboxAtWork) answerAgain(ctx context.Context, w *workspace, h store.Held) error {
	read, err := b.readArchived(ctx, w, h.Version, "")
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		b.service.log.Error("a return cannot be answered", "name", b.returnName(h.Name), "error", err.Error())
		return nil
	}
	return b.answers.answer(ctx, w, h.Key, h.Name, read)
}

// errUnconfigured says that the configuration is no longer there. Without this
// check a share that is away, and with it boardpack.yaml, would have packs made
// as if there had never been one.
var errUnconfigured = errors.New(configName + " is not there, and packs were made with one; the packs stand as they are until it is there again. If it was taken away on purpose, put an empty one in its place")

// standsAsBefore ends what would go on without the configuration that there was.
func (w *workspace) standsAsBefore(f runFlags) error {
	if f.configured && !w.hasConfiguration() {
		return fmt.Errorf("%s: %w", w.dir, errUnconfigured)
	}
	return nil
}

func (w *workspace) hasConfiguration() bool {
	for _, i := range w.inputs {
		if i.Kind == "configuration" {
			return true
		}
	}
	return false
}

// wasConfigured reports whether there is a configuration, or some pack was made with one.
func (w *workspace) wasConfigured(ctx context.Context, st *store.Store) (bool, error) {
	if w.hasConfiguration() {
		return true, nil
	}
	return st.HasInput(ctx, "configuration")
}

// lookWithout is a look that cannot go on, as the workspace cannot be read.
// Where that is so because the shared folder is away, it says that, and looks
// again at its time.
func (s *service) lookWithout(ctx context.Context, why error, now time.Time) error {
	away := false
	for _, b := range s.inboxes {
		if state := b.see(ctx, now); state.Away != "" {
			b.last, away = state, true
			b.tell()
		}
	}
	if away && (errors.Is(why, errUnconfigured) || errors.Is(why, fs.ErrPermission)) {
		return nil
	}
	return why
}

// tellClock tells of a clock that was set back: times that lie ahead count as now.
func (s *service) tellClock(last store.Run, now time.Time) {
	if last.Began.After(now) {
		s.log.Warn("the clock was set back, as the last night lies ahead; the schedule counts from now", "last_night", last.Began, "now", now)
	}
}
