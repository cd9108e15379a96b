package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"boardpack/cmd/internal/whole"
)

// Told is a return as the manifest of a pack tells it.
type Told struct {
	Receipt
	Older bool // a newer version of it was there when the pack was made
}

// Rebuilt says what a ledger was made again from.
type Rebuilt struct {
	Kept      []string // what stood there before, under its new name
	LostLines int      // of the journal, which could not be read
	Ledger    int      // entries that the earlier ledger alone knew
	Packs     int      // receipts that packs alone knew; when they came is not known
	Places    int      // files in folders that the earlier ledger knew
}

// Rebuild makes the ledger again from the journal, the archive and the packs
// given, and opens it. The old one is kept beside it under another name. Where
// the journal is lost or damaged, what the earlier ledger still tells and then
// what the packs tell takes its place, as far as the archive has the bytes; the
// journal is then written anew as a whole. What was read comes back when the
// returns are read again.
func Rebuild(ctx context.Context, dir string, packs []Pack, told []Told, now time.Time) (*Store, Rebuilt, error) {
	done, places, err := setAside(ctx, dir, told, now)
	if err != nil {
		return nil, done, fmt.Errorf("rebuild %s: %w", dir, err)
	}
	s, err := Open(ctx, dir)
	if err != nil {
		return nil, done, err
	}
	for _, p := range packs {
		if err := s.KeepPack(ctx, p); err != nil {
			return nil, done, errors.Join(err, s.Close())
		}
	}
	for folder, list := range places {
		for _, p := range list {
			if err := s.KeepPlace(ctx, folder, p); err != nil {
				return nil, done, errors.Join(err, s.Close())
			}
			done.Places++
		}
	}
	return s, done, nil
}

// setAside takes the old ledger out of the way and sees to the journal. A
// process that is killed in between leaves a journal that is whole, and is run again.
func setAside(ctx context.Context, dir string, told []Told, now time.Time) (done Rebuilt, places map[string][]Place, err error) {
	lock, err := takeLock(dir)
	if err != nil {
		return done, nil, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	old, err := earlierLedger(ctx, dir)
	if err != nil {
		return done, nil, err
	}
	lines, lost, err := readableLines(dir)
	if err != nil {
		return done, nil, err
	}
	if old.read && lost == 0 && len(lines) > 0 {
		told = nil // journal and ledger say all, and packs of boardpack run may be of other returns
	}
	done.LostLines = lost
	aside := ".before-" + now.UTC().Format("20060102T150405")
	if all := ArchiveIn(dir).merge(lines, old.entries, told, &done); done.LostLines+done.Ledger+done.Packs > 0 {
		if err := rewriteJournal(dir, aside, all, &done); err != nil {
			return done, nil, err
		}
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		file := filepath.Join(dir, ledgerName)
		switch err := os.Rename(file+end, file+aside+end); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return done, nil, err
		case end == "":
			done.Kept = append(done.Kept, file+aside)
		}
	}
	return done, old.places, nil
}

// earlier is what an earlier ledger still tells.
type earlier struct {
	read    bool // it could be read as a whole
	entries []entry
	places  map[string][]Place
}

// earlierLedger reads the ledger that stands there: all or, where it is lost or
// damaged, nothing. One of a later boardpack is an error, as it is not ours to replace.
func earlierLedger(ctx context.Context, dir string) (earlier, error) {
	r, err := OpenReader(ctx, dir)
	if errors.Is(err, errLater) {
		return earlier{}, err
	}
	if err != nil {
		return earlier{}, nil
	}
	defer r.Close()
	var v Verified
	if err := r.integrity(ctx, &v); err != nil || len(v.Faults) > 0 {
		return earlier{}, nil
	}
	return r.tells(ctx), nil
}

// tells gives all that a journal would say, and the places.
func (r *Reader) tells(ctx context.Context) earlier {
	text := func(row interface{ Scan(...any) error }) (s string, err error) { return s, row.Scan(&s) }
	folders, errFolders := rowsOf(ctx, r.db, text, "SELECT DISTINCT folder FROM places")
	versions, errVersions := rowsOf(ctx, r.db, scanVersion, versionColumns+"ORDER BY id")
	removed, errRemoved := r.removals(ctx, "")
	if errors.Join(errFolders, errVersions, errRemoved) != nil {
		return earlier{}
	}
	e := earlier{read: true, places: map[string][]Place{}}
	for _, v := range versions {
		if v.Name == RedactedName {
			v.Name = ""
		}
		e.entries = append(e.entries, entry{Receipt: &v.Receipt})
	}
	for _, m := range removed {
		e.entries = append(e.entries, entry{Removal: &m})
	}
	for _, folder := range folders {
		list, err := r.Places(ctx, folder)
		if err != nil {
			return earlier{}
		}
		e.places[folder] = list
	}
	return e
}

// readableLines gives the entries of the journal, and how many lines are none.
func readableLines(dir string) (entries []entry, lost int, err error) {
	f, err := os.Open(JournalPath(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	j := &journal{file: f}
	if j.size, err = wholeLines(f); err != nil {
		return nil, 0, err
	}
	err = j.lines(0, func(line []byte, _ int64) error {
		var e entry
		if json.Unmarshal(line, &e) != nil || e == (entry{}) {
			lost++
			return nil
		}
		entries = append(entries, e)
		return nil
	})
	return entries, lost, err
}

// when is the time of an entry.
func (e entry) when() time.Time {
	switch {
	case e.Receipt != nil:
		return e.Receipt.Received
	case e.Removal != nil:
		return e.Removal.Removed
	}
	return e.Redaction.Redacted
}

// merge puts together what journal, earlier ledger and packs know, by time.
// Of the packs a receipt counts where no other tells of it, and the archive has
// its bytes: a pack that was made again from an older version brings nothing new.
func (a Archive) merge(lines, old []entry, told []Told, done *Rebuilt) []entry {
	seen := map[string]bool{} // by what an entry says
	all := slices.Clone(lines)
	for _, e := range lines {
		seen[e.says()] = true
	}
	for _, e := range old {
		if !seen[e.says()] {
			all = append(all, e)
			done.Ledger++
		}
	}
	older := map[*Receipt]bool{}
	ofPacks := map[*Receipt]bool{}
	for _, t := range told {
		if a.Holds(t.SHA256, t.Size) {
			r := t.Receipt
			ofPacks[&r], older[&r] = true, t.Older
			all = append(all, entry{Receipt: &r})
		}
	}
	slices.SortStableFunc(all, func(x, y entry) int { return x.when().Compare(y.when()) })
	newest, known := map[string]string{}, map[string]bool{}
	return slices.DeleteFunc(all, func(e entry) bool {
		if e.Receipt == nil {
			return false
		}
		key := e.Receipt.Inbox + "\x00" + e.Receipt.Key
		if ofPacks[e.Receipt] {
			if newest[key] == e.Receipt.SHA256 || older[e.Receipt] && known[key+e.Receipt.SHA256] {
				return true
			}
			done.Packs++
		}
		newest[key], known[key+e.Receipt.SHA256] = e.Receipt.SHA256, true
		return false
	})
}

// says is what two entries have in common that are the same, from wherever they come.
func (e entry) says() string {
	switch {
	case e.Receipt != nil:
		return fmt.Sprintf("came %q %q %s %s", e.Receipt.Inbox, e.Receipt.Key, e.Receipt.SHA256, timeText(e.Receipt.Received))
	case e.Removal != nil:
		return fmt.Sprintf("went %s %s", e.Removal.SHA256, timeText(e.Removal.Removed))
	}
	return fmt.Sprintf("name %s %s", e.Redaction.As, timeText(e.Redaction.Redacted))
}

// rewriteJournal writes a journal of these entries, and keeps a copy of the one that stood there.
func rewriteJournal(dir, aside string, entries []entry, done *Rebuilt) error {
	file := JournalPath(dir)
	old, err := os.Open(file)
	if err == nil {
		defer old.Close()
		err = whole.Write(file+aside, func(w io.Writer) error { _, err := io.Copy(w, old); return err })
		done.Kept = append(done.Kept, file+aside)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return err
	}
	return whole.Write(file, func(w io.Writer) error {
		for _, e := range entries {
			line, err := e.line()
			if err == nil {
				_, err = w.Write(line)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
