package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/transform"
)

// usable reports whether a return can stand for its quarter.
func usable(r readReturn) bool {
	return !r.ret.Unusable && (r.ret.Rows().All() > 0 || r.ret.Nil)
}

// keepReading keeps what was read of a version: its findings, and its outline,
// by which a night knows without reading it again which packs it feeds.
func (s *service) keepReading(ctx context.Context, w *workspace, v store.Version, r readReturn, now time.Time) error {
	outline, err := transform.OutlineOf(r.ret).Text()
	if err != nil {
		return err
	}
	return s.store.KeepReading(ctx, store.Reading{Version: v.ID, Reader: w.reader(r.foundFile), Read: now, Period: r.ret.Period, Plan: r.ret.Plan,
		Usable: usable(r), Rows: r.ret.Rows().All(), Body: outline, Findings: r.ret.Findings})
}

// reader is a hash of all that bears on a reading beside the bytes: program,
// configuration, name and folder, and the decisions about the workbook.
func (w *workspace) reader(f foundFile) string {
	var own []transform.Decision
	for _, d := range w.decisions {
		if d.Workbook == f.name {
			own = append(own, d)
		}
	}
	said := fmt.Appendf(nil, "%s %q %q ", w.ownHash, f.name, f.folder)
	if len(own) > 0 {
		b, _ := json.Marshal(own) // plain strings always encode
		said = append(said, b...)
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:])
}

// readAnew reads again the returns on which other rules or decisions bear by
// now than when they were read, and answers their officers anew.
func (s *service) readAnew(ctx context.Context, w *workspace, now time.Time) error {
	if w.rulesHash() == s.rules {
		return nil
	}
	for _, b := range s.inboxes {
		held, err := b.held(ctx)
		if err != nil {
			return err
		}
		err = b.readStale(ctx, w, newestOf(held), now, func(h store.Held, r readReturn) error {
			return b.answers.answer(ctx, w, h.Key, h.Name, r)
		})
		if err != nil {
			return err
		}
	}
	return s.settleRules(ctx, w.rulesHash())
}

// settleRules keeps the hash of the rules that every reading is of; empty while
// some may be of others, from before the first is read by new ones.
func (s *service) settleRules(ctx context.Context, hash string) error {
	if hash == s.rules {
		return nil
	}
	err := s.store.KeepRules(ctx, hash)
	if err == nil {
		s.rules = hash
	}
	return err
}

// newestOf leaves of each return the newest version, of versions by path and number.
func newestOf(held []store.Held) []store.Held {
	var out []store.Held
	for n, h := range held {
		if n+1 == len(held) || held[n+1].Place.Path != h.Place.Path {
			out = append(out, h)
		}
	}
	return out
}

// rulesHash is a hash of what bears on any reading beside the workbooks themselves.
func (w *workspace) rulesHash() string {
	hash := w.ownHash
	for _, i := range w.given {
		if i.Kind == "decisions" {
			hash += " " + i.sha256()
		}
	}
	return hash
}

// held lists every version of the returns that stand in the folder and whose
// bytes are there, and newest ones that were purged: like one that cannot be
// read, such a version leaves an older one in use, and that is told.
func (b *inboxAtWork) held(ctx context.Context) ([]store.Held, error) {
	all, err := b.service.store.HeldIn(ctx, b.place(returnsPlace), b.name)
	held := all[:0]
	for n, h := range all {
		if isNewest := n+1 == len(all) || all[n+1].Place.Path != h.Place.Path; isNewest || !h.Removed {
			held = append(held, h)
		}
	}
	return held, err
}

// readStale reads those versions again whose reading is of other rules, and
// hands each to done before it is kept.
func (b *inboxAtWork) readStale(ctx context.Context, w *workspace, held []store.Held, now time.Time, done func(store.Held, readReturn) error) error {
	var stale []store.Held
	for _, h := range held {
		if !h.Removed && h.Reading.Reader != w.reader(b.found(h.Name, "")) {
			stale = append(stale, h)
		}
	}
	return sideBySide(len(stale), func(i int) error {
		read, err := b.readArchived(ctx, w, stale[i].Version, "")
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil: // what was read of it before stands; a pack that it feeds is not made
			b.service.log.Error("a return cannot be read again", "error", err.Error())
			return nil
		}
		b.service.keeping.Lock()
		defer b.service.keeping.Unlock()
		if err := done(stale[i], read); err != nil {
			return err
		}
		return b.service.keepReading(ctx, w, stale[i].Version, read, now)
	})
}

// readArchived reads a version from the archive. One that the archive has lost
// or holds damaged is taken once more from the shared folder, where it stands
// there as it was received.
func (b *inboxAtWork) readArchived(ctx context.Context, w *workspace, v store.Version, stands string) (readReturn, error) {
	bytes, err := b.service.store.Get(v.SHA256)
	if err != nil {
		if bytes = b.standsAs(ctx, v); bytes == nil {
			return readReturn{}, fmt.Errorf("read %s, version %d: %w; put its file back from a backup, or have the return saved again", b.returnName(v.Name), v.Number, err)
		}
		b.service.log.Warn("the archive is mended from the shared folder", "name", b.returnName(v.Name), "version", v.Number, "why", err.Error())
		if err := b.service.store.Mend(bytes); err != nil {
			return readReturn{}, err
		}
	}
	return w.readSettled(ctx, b.found(v.Name, stands), bytes)
}

// standsAs gives the bytes of a version from the shared folder; nil where they do not stand there.
func (b *inboxAtWork) standsAs(ctx context.Context, v store.Version) []byte {
	places, err := b.service.store.PlacesOf(ctx, b.place(returnsPlace), v.Key)
	if err != nil {
		return nil
	}
	for _, p := range places {
		bytes, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(p.Path)))
		if err == nil && (input{Bytes: bytes}).sha256() == v.SHA256 {
			return bytes
		}
	}
	return nil
}

// errNothingReceived says that there is nothing yet to make packs of.
var errNothingReceived = errors.New("no return has been received yet")

// used is a version of a return that packs are made of.
type used struct {
	store.Held
	inbox *inboxAtWork
	file  foundFile
}

// received gathers the returns that packs are made of: of each that stands in a
// folder the versions that are used, from the archive.
func (s *service) received(ctx context.Context, w *workspace, now time.Time) (gathered, error) {
	var all []used
	for _, b := range s.inboxes {
		some, err := b.received(ctx, w, now)
		if err != nil {
			return gathered{}, err
		}
		all = append(all, some...)
	}
	if len(all) == 0 {
		return gathered{}, errNothingReceived
	}
	slices.SortFunc(all, func(x, y used) int {
		return cmp.Or(strings.Compare(x.file.name, y.file.name), strings.Compare(x.SHA256, y.SHA256))
	})
	return s.gatherUsed(w, all)
}

// received lists the versions that are used of the returns of one folder.
func (b *inboxAtWork) received(ctx context.Context, w *workspace, now time.Time) ([]used, error) {
	held, err := b.held(ctx)
	if err != nil {
		return nil, err
	}
	fresh := true
	err = b.readStale(ctx, w, held, now, func(store.Held, readReturn) error { fresh = false; return nil })
	if err == nil && !fresh {
		held, err = b.held(ctx)
	}
	if err != nil {
		return nil, err
	}
	out := make([]used, 0, len(held))
	for len(held) > 0 {
		n := 1
		for n < len(held) && held[n].Place.Path == held[0].Place.Path {
			n++
		}
		out = append(out, b.settleConflict(held[0].Place, b.choose(held[:n]))...)
		held = held[n:]
	}
	return out, nil
}

// choose gives the versions of one return that are used. Where none can be read
// it is the newest, so that what is wrong with it is told.
func (b *inboxAtWork) choose(versions []store.Held) []used {
	byNumber := map[int]*store.Held{}
	var held []inbox.Held
	for n := range versions {
		v := &versions[n]
		byNumber[v.Number] = v
		held = append(held, inbox.Held{Number: v.Number, Readable: v.Reading.Usable, Period: v.Reading.Period})
	}
	var out []used
	use := func(v *store.Held, stands string) { out = append(out, used{*v, b, b.found(v.Name, stands)}) }
	for _, u := range inbox.Choose(held) {
		if u.Because == inbox.Newest {
			use(byNumber[u.Number], "")
		} else {
			use(byNumber[u.Number], string(u.Because))
		}
	}
	if n := len(versions); n > 0 && !held[n-1].Readable && !versions[n-1].Removed {
		use(&versions[n-1], "")
	}
	return out
}

// settleConflict marks the one of several files that is used, and leaves out the others.
func (b *inboxAtWork) settleConflict(p store.Place, chosen []used) []used {
	for _, c := range b.last.Conflicts {
		if !slices.Contains(c.Names, p.Name) {
			continue
		}
		if p.Name != c.Plain && p.Key != inbox.Key(p.Name) {
			return nil
		}
		if c.Plain != "" && p.Name != c.Plain {
			return nil
		}
		for i := range chosen {
			if chosen[i].file.stands == "" {
				chosen[i].file.stands = standsInConflict
			}
		}
	}
	return chosen
}

// gatherUsed tells of each version what its outline says, and reads it when its rows are wanted.
func (s *service) gatherUsed(w *workspace, all []used) (gathered, error) {
	var seen copies
	first := make([]string, len(all)) // of a copy, the name of the workbook that it is a copy of
	known := make([]knownReturn, len(all))
	for n, u := range all {
		k := knownReturn{foundFile: u.file, sha256: u.SHA256, size: u.Size, kept: true}
		var err error
		if k.outline, err = transform.ParseOutline(u.Reading.Body); err != nil {
			return gathered{}, err
		}
		if first[n] = seen.first(k.foundFile, k.sha256, k.outline.Period, k.outline.Rows); first[n] != "" {
			k.outline = transform.OutlineOf(copyOf(ingest.Return{Name: k.name, SHA256: k.sha256, Size: k.size, Period: k.outline.Period, Plan: k.outline.Plan}, first[n]))
		}
		known[n] = k
	}
	rows := func(ctx context.Context, n int) (readReturn, error) {
		read, err := all[n].inbox.readArchived(ctx, w, all[n].Version, all[n].file.stands)
		if err == nil && first[n] != "" {
			read.ret = copyOf(read.ret, first[n])
		}
		return read, err
	}
	return gatheredOf(known, rows), nil
}
