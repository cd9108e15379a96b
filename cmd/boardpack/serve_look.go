package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
)

// The folders whose files the ledger remembers.
const (
	returnsPlace = "returns"
	answersPlace = "answers"
)

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

// look takes what has settled in the folder of returns and among the answers.
func (s *service) look(ctx context.Context, now time.Time) error {
	w, err := openWorkspace(s.flags.run.config, []string{s.dir})
	if err != nil {
		return err
	}
	w.cells = true // the page shows every cell
	s.last = s.watch.Look(now, s.inbox.List(ctx))
	for _, r := range s.last.Ready {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := s.take(ctx, &w, r, now); err != nil {
			return fmt.Errorf("take %s: %w", r.Name, err)
		}
	}
	s.last.Conflicts = s.watch.Conflicts() // with what has just been taken
	s.tell()
	if err := s.leave(ctx); err != nil {
		return err
	}
	return s.answers.look(ctx, &w, now)
}

// tell logs what is wrong with the folder and its files, each once while it is so.
func (s *service) tell() {
	now := map[string]string{}
	if s.last.Away != "" {
		now["the shared folder is unreachable; what was received stands"] = s.last.Away
	}
	for _, r := range s.last.Refused {
		now["not read: "+r.Name] = r.Why
	}
	for _, d := range s.last.Unread {
		now["cannot be read: "+d] = "it or its folder gives no access; what stands there is as it was"
	}
	for _, c := range s.last.Conflicts {
		now["two different workbooks are one return: "+c.Names[0]] = fmt.Sprintf("%q", c.Names)
	}
	for what, why := range now {
		if s.told[what] != why {
			s.log.Warn(what, "why", why)
		}
	}
	for what := range s.told {
		if _, still := now[what]; !still {
			s.log.Info("no longer so: " + what)
		}
	}
	s.told = now
}

// take copies a file that has settled, reads it, keeps it and answers its
// officer. A file that cannot be taken costs no other; an error is of the store.
func (s *service) take(ctx context.Context, w *workspace, r inbox.Ready, now time.Time) error {
	if len(w.returnsOnly([]foundFile{{path: filepath.Join(s.inbox.Dir, filepath.FromSlash(r.Path))}})) == 0 {
		s.watch.Pass(r, isRegister)
		return nil
	}
	staged, b, err := s.stage(s.inbox, r, w.limits.Size)
	switch {
	case errors.Is(err, store.ErrTooLarge):
		s.watch.Pass(r, fmt.Sprintf("it is larger than %d MB", w.limits.Size>>20))
		return nil
	case err != nil:
		s.watch.Again(now, r, reason(err))
		return nil
	}
	defer staged.Drop()
	read, err := w.readSettled(ctx, foundFile{path: staged.Path(), name: r.Name, folder: folderName(s.inbox.Dir)})
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // what has been read is kept and answered, also by a service that is told to stop
	read.bytes = b
	if read.ret.Personal {
		s.watch.Pass(r, "it holds people's records, so no copy is kept; see its page among the answers")
		read.bytes = nil
		return s.answers.write(ctx, w, r.Key, read)
	}
	if err := s.receive(ctx, w, staged, read, r, "shared folder", now); err != nil || s.watch.Passed(r) {
		return err
	}
	s.watch.Took(r, staged.SHA256)
	return s.store.KeepPlace(ctx, returnsPlace, placeOf(r.Entry, r.Name, r.Key, staged.SHA256))
}

// readSettled reads one workbook, with what decisions and its officer settled.
func (w *workspace) readSettled(ctx context.Context, f foundFile) (readReturn, error) {
	read, err := w.readFile(ctx, f)
	if err == nil {
		read.ret = w.settled([]readReturn{read})[0]
		err = ctx.Err() // a reading that was stopped is none
	}
	return read, err
}

// stage makes a private copy of a file, and gives its bytes.
func (s *service) stage(from inbox.Folder, r inbox.Ready, limit int64) (*store.Staged, []byte, error) {
	staged, err := s.store.Stage(limit, func(w io.Writer) error { return from.Copy(r.Entry, w) })
	if err != nil {
		return nil, nil, err
	}
	b, err := staged.Bytes()
	if err == nil && !r.AsIs {
		err = inbox.CheckWhole(b)
	}
	if err != nil {
		staged.Drop()
		return nil, nil, err
	}
	return staged, b, nil
}

// receive keeps a return and what was read from it, and answers its officer.
func (s *service) receive(ctx context.Context, w *workspace, staged *store.Staged, read readReturn, r inbox.Ready, origin string, now time.Time) error {
	v, isNew, err := s.store.Receive(ctx, staged, store.Receipt{Name: read.name, Key: r.Key, Modified: r.Modified, Received: now, Origin: origin})
	if errors.Is(err, store.ErrPurged) {
		s.watch.Pass(r, "somebody had it taken out of the archive, so it is not taken again")
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.store.KeepReading(ctx, s.readingOf(w, v, read, now)); err != nil {
		return err
	}
	if isNew {
		s.log.Info("a return was received", "name", v.Name, "version", v.Number, "from", origin, "period", read.ret.Period.String(), "usable", usable(read))
	}
	return s.answers.write(ctx, w, r.Key, read)
}

func placeOf(e inbox.Entry, name, key, sum string) store.Place {
	return store.Place{Path: e.Path, Name: name, Key: key, SHA256: sum, Size: e.Size, Modified: e.Modified}
}

// usable reports whether a return can stand for its quarter.
func usable(r readReturn) bool {
	return !r.ret.Unusable && (len(r.ret.Actions)+len(r.ret.Indicators)+len(r.ret.Risks)+len(r.ret.Narrative) > 0 || r.ret.Nil)
}

func (s *service) readingOf(w *workspace, v store.Version, r readReturn, now time.Time) store.Reading {
	return store.Reading{Version: v.ID, Reader: w.reader(), Read: now, Period: r.ret.Period, Plan: r.ret.Plan, Usable: usable(r),
		Rows: len(r.ret.Actions) + len(r.ret.Indicators) + len(r.ret.Risks) + len(r.ret.Narrative), Findings: r.ret.Findings}
}

// reader is a hash of all that bears on a reading beside the bytes and their name.
func (w *workspace) reader() string {
	h := sha256.New()
	_ = json.NewEncoder(h).Encode([]any{version, w.dir})
	for _, i := range w.inputs {
		if i.Kind == "configuration" {
			h.Write(i.Bytes)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// leave forgets the files that were taken away, with their answers.
func (s *service) leave(ctx context.Context) error {
	if s.last.Away != "" {
		return nil
	}
	places, err := s.store.Places(ctx, returnsPlace)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, l := range s.last.Live {
		there[l.Path] = true
	}
	for _, r := range s.last.Ready {
		there[r.Path] = true
	}
	for _, p := range places {
		if there[p.Path] {
			continue
		}
		s.log.Info("a return was taken away", "name", p.Name)
		if err := s.store.DropPlace(ctx, returnsPlace, p.Path); err != nil {
			return err
		}
		if err := s.answers.remove(ctx, p.Key); err != nil {
			return err
		}
	}
	return nil
}

// received lists the returns that packs are made of: of each that stands in
// the folder the versions that are used, from the archive.
func (s *service) received(ctx context.Context, w *workspace) ([]foundFile, error) {
	places, err := s.store.Places(ctx, returnsPlace)
	if err != nil {
		return nil, err
	}
	var out []foundFile
	for _, p := range places {
		versions, err := s.store.VersionsOf(ctx, "", p.Key)
		if err != nil {
			return nil, err
		}
		used, err := s.used(ctx, w, versions)
		if err != nil {
			return nil, err
		}
		out = append(out, s.settleConflict(p, used)...)
	}
	if len(out) == 0 {
		return nil, errNothingReceived
	}
	return out, nil
}

// used gives the versions of one return that are used. Where none can be read
// it is the newest, so that what is wrong with it is told.
func (s *service) used(ctx context.Context, w *workspace, versions []store.Version) ([]foundFile, error) {
	versions = slices.DeleteFunc(versions, func(v store.Version) bool { return v.Removed })
	byNumber := map[int]store.Version{}
	var held []inbox.Held
	for _, v := range versions {
		reading, err := s.reading(ctx, w, v)
		if err != nil {
			return nil, err
		}
		byNumber[v.Number] = v
		held = append(held, inbox.Held{Number: v.Number, Readable: reading.Usable, Period: reading.Period})
	}
	var out []foundFile
	for _, u := range inbox.Choose(held) {
		stands := string(u.Because)
		if u.Because == inbox.Newest {
			stands = ""
		}
		out = append(out, s.archived(byNumber[u.Number], stands))
	}
	if n := len(versions); n > 0 && (len(held) == 0 || !held[n-1].Readable) {
		out = append(out, s.archived(versions[n-1], ""))
	}
	return out, nil
}

func (s *service) archived(v store.Version, stands string) foundFile {
	return foundFile{path: s.store.Path(v.SHA256), name: v.Name, folder: folderName(s.inbox.Dir), stands: stands}
}

// reading gives what the ledger knows of a version, read again where that is of another program or configuration.
func (s *service) reading(ctx context.Context, w *workspace, v store.Version) (store.Reading, error) {
	known, ok, err := s.store.ReadingOf(ctx, v.ID, w.reader())
	if ok || err != nil {
		return known, err
	}
	read, err := w.readSettled(ctx, s.archived(v, ""))
	if err != nil {
		return known, err
	}
	known = s.readingOf(w, v, read, time.Now())
	return known, s.store.KeepReading(ctx, known)
}

// settleConflict marks the one of several files that is used, and leaves out the others.
func (s *service) settleConflict(p store.Place, used []foundFile) []foundFile {
	for _, c := range s.last.Conflicts {
		if !slices.Contains(c.Names, p.Name) {
			continue
		}
		if p.Name != c.Plain && p.Key != inbox.Key(p.Name) {
			return nil
		}
		if c.Plain != "" && p.Name != c.Plain {
			return nil
		}
		for i := range used {
			if used[i].stands == "" {
				used[i].stands = standsInConflict
			}
		}
	}
	return used
}
