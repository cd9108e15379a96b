// Package store turns returns as they come, what was read from them and the
// packs made of them into a record that survives a crash: an archive of bytes
// by content hash, a journal of what came and went, and a ledger in SQLite that
// is an index over both and can be made again.
//
// A return is kept in three steps: its bytes in the archive, its receipt in
// the journal, its row in the ledger. Each is on the disk before the next
// begins, and the next Open finishes what a killed process began.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"boardpack/cmd/internal/whole"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	ledgerName = "ledger.db"
	lockName   = "lock"
)

// Reader reads a store, beside the one process that writes it.
type Reader struct {
	Archive
	dir string
	db  *sql.DB
}

// Store is a store that this process alone writes.
type Store struct {
	*Reader
	mu      sync.Mutex // one writer at a time: the journal and the ledger keep the same order
	journal *journal
	lock    *flock.Flock
}

// ErrInUse says that another process has the store.
var ErrInUse = errors.New("another boardpack is at work on it; stop that one first")

// Open opens a store for its one writer, makes it where there is none, brings
// an older one forward, and finishes what a killed process began. The folder
// must not lie on a network share: SQLite's locks do not hold there.
func Open(ctx context.Context, dir string) (*Store, error) {
	s, err := open(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("open the store %s: %w", dir, err)
	}
	return s, nil
}

func open(ctx context.Context, dir string) (s *Store, err error) {
	if err := whole.MakeFolder(dir); err != nil {
		return nil, err
	}
	s = &Store{Reader: &Reader{Archive: ArchiveIn(dir), dir: dir}}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	if s.lock, err = takeLock(dir); err != nil {
		return s, err
	}
	whole.RemoveLeftovers(dir, time.Now(), func(string) bool { return false })
	if s.journal, err = openJournal(dir); err != nil {
		return s, err
	}
	if s.db, err = openLedger(dir, "rwc"); err != nil {
		return s, err
	}
	if err := migrate(ctx, s.db, len(migrations)); err != nil {
		return s, told(err)
	}
	if err := s.catchUp(ctx); err != nil {
		return s, told(err)
	}
	return s, s.emptyLog(ctx) // what was caught up may have been a purge
}

// OpenReader opens a store to read it. It takes no lock.
func OpenReader(ctx context.Context, dir string) (*Reader, error) {
	if _, err := os.Stat(filepath.Join(dir, ledgerName)); err != nil {
		return nil, fmt.Errorf("open the store %s: it has no ledger: %w", dir, err)
	}
	db, err := openLedger(dir, "ro")
	if err == nil {
		_, err = migrated(ctx, db)
	}
	if err != nil {
		return nil, fmt.Errorf("open the store %s: %w", dir, told(err))
	}
	return &Reader{Archive: ArchiveIn(dir), dir: dir, db: db}, nil
}

func takeLock(dir string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, lockName))
	got, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("lock it: %w", err)
	case !got:
		return nil, ErrInUse
	}
	return lock, nil
}

// openLedger opens the database: each commit is on the disk when it returns,
// readers and the writer do not wait for each other, and what is deleted is
// overwritten, as it may be what should never have come.
func openLedger(dir, mode string) (*sql.DB, error) {
	abs, err := filepath.Abs(filepath.Join(dir, ledgerName))
	if err != nil {
		return nil, err
	}
	path := filepath.ToSlash(abs)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	set := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "foreign_keys(1)", "synchronous(FULL)", "secure_delete(1)"}}
	if mode != "ro" {
		set.Add("_pragma", "journal_mode(WAL)")
	}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: set.Encode()}).String())
}

// told adds what to do to an error of SQLite's.
func told(err error) error {
	switch s := fmt.Sprint(err); {
	case err == nil:
	case strings.Contains(s, "malformed"), strings.Contains(s, "not a database"):
		return fmt.Errorf("the ledger is damaged; make it again with boardpack rebuild: %w", err)
	case strings.Contains(s, "SQLITE_BUSY"), strings.Contains(s, "locked"):
		return fmt.Errorf("the ledger is locked by another program; try again when that has ended: %w", err)
	case strings.Contains(s, "readonly"), strings.Contains(s, "unable to open database file"):
		return fmt.Errorf("the ledger cannot be written; give this user the right to write its folder again: %w", err)
	case strings.Contains(s, "SQLITE_FULL"), strings.Contains(s, "disk is full"):
		return fmt.Errorf("the disk is full: %w", err)
	}
	return err
}

// Close ends the reading.
func (r *Reader) Close() error {
	if r.db == nil {
		return nil
	}
	return r.db.Close()
}

// Close ends the writing and gives the lock back.
func (s *Store) Close() error {
	err := s.Reader.Close()
	if s.journal != nil {
		err = errors.Join(err, s.journal.close())
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Unlock())
	}
	return err
}

// catchUp brings into the ledger what the journal has and it has not.
func (s *Store) catchUp(ctx context.Context) error {
	var applied int64
	if err := s.db.QueryRowContext(ctx, "SELECT applied FROM journal").Scan(&applied); err != nil {
		return err
	}
	if applied > s.journal.size {
		return fmt.Errorf("the ledger knows %d bytes of %s, which has %d; put back the file, or make the ledger again with boardpack rebuild", applied, journalName, s.journal.size)
	}
	if applied == s.journal.size {
		return nil
	}
	if err := s.removeOld(applied); err != nil {
		return err
	}
	return inTransaction(ctx, s.db, func(tx *sql.Tx) error {
		return s.journal.from(applied, func(e entry, end int64) error { return s.apply(ctx, tx, e, end) })
	})
}

// removeOld takes bytes out of the archive before the ledger says that they
// are gone, but for those that came again later.
func (s *Store) removeOld(applied int64) error {
	gone := map[string]bool{}
	err := s.journal.from(applied, func(e entry, _ int64) error {
		switch {
		case e.Removal != nil:
			gone[e.Removal.SHA256] = true
		case e.Receipt != nil:
			delete(gone, e.Receipt.SHA256)
		}
		return nil
	})
	for _, sum := range slices.Sorted(maps.Keys(gone)) {
		err = errors.Join(err, s.Archive.remove(sum))
	}
	return err
}

const timeForm = "2006-01-02T15:04:05.000000Z"

func timeText(t time.Time) string { return t.UTC().Format(timeForm) }

func textTime(s string) time.Time {
	t, err := time.Parse(timeForm, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
