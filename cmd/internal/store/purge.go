package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"time"

	"boardpack/cmd/internal/whole"
)

// Purge takes the bytes of a return out of the archive for good and leaves a
// tombstone; nothing of what was read from them stays in the ledger. The name
// stays in journal and ledger, unless Redact takes it out too. Packs that were
// made from them stay, and verify says why they cannot be made again. What is
// purged already stays so.
func (s *Store) Purge(ctx context.Context, sum, who, why string, now time.Time) error {
	if who == "" || why == "" {
		return errors.New("say who takes it out, and why")
	}
	if gone, ok, err := s.Removal(ctx, sum); err != nil || ok && gone.Purged {
		return err
	}
	return s.takeOut(ctx, Removal{SHA256: sum, Removed: now, Who: who, Why: why, Purged: true})
}

func (s *Store) takeOut(ctx context.Context, r Removal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var known int
	if err := s.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM contents WHERE sha256 = ?1) + (SELECT count(*) FROM pack_files WHERE sha256 = ?1 AND kind = 'return')", r.SHA256).Scan(&known); err != nil {
		return told(err)
	}
	if known == 0 {
		return fmt.Errorf("no return that was received or is in a pack has the hash %s", r.SHA256)
	}
	if err := s.write(ctx, entry{Removal: &r}); err != nil {
		return fmt.Errorf("take out %s: %w", r.SHA256, err)
	}
	return s.emptyLog(ctx)
}

// emptyLog has what the log of the database still holds of deleted rows go too.
func (s *Store) emptyLog(ctx context.Context) error {
	_, err := s.db.ExecContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)")
	return told(err)
}

// RedactedName stands in the ledger where a name was taken out.
const RedactedName = "(a name that was removed)"

// Redact takes the name of a return, which may itself say what nobody should
// know, out of journal and ledger. All its versions must have been taken out.
// What comes under that name later is another return.
//
// The journal is written anew as a whole, with the entry that has the ledger
// follow as its last line, and renamed into place: a process that is killed
// before has done nothing, and after one that is killed later the next Open
// brings the ledger forward as from any other entry. Each line keeps its
// length, filled up with blanks, so that every place in the journal that a
// ledger or a backup knows stays what it was.
func (s *Store) Redact(ctx context.Context, inbox, key, who, why string, now time.Time) error {
	if who == "" || why == "" {
		return errors.New("say who takes the name out, and why")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	versions, err := s.VersionsOf(ctx, inbox, key)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if !v.Removed {
			return fmt.Errorf("the name of %s stays, as its version %d is in the archive; purge all its versions first", v.Name, v.Number)
		}
	}
	ctx = context.WithoutCancel(ctx)
	if err := s.journal.redact(inbox, key, Redaction{Redacted: now, Who: who, Why: why}); err != nil {
		return fmt.Errorf("take out a name: %w", err)
	}
	if err := told(s.catchUp(ctx)); err != nil {
		return err
	}
	return s.emptyLog(ctx)
}

// redact writes the journal anew without the name of a return.
func (j *journal) redact(inbox, key string, last Redaction) error {
	as, err := j.placeOf(inbox, key)
	if err != nil {
		return err
	}
	if as == "" {
		return errors.New("no return of that name was received")
	}
	last.As = as
	file := j.file.Name()
	tmp, err := whole.CreateTemp(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := j.writeWithout(tmp, inbox, key, last); err != nil {
		return errors.Join(err, tmp.Close())
	}
	if err := j.file.Close(); err != nil { // Windows renames nothing over an open file
		return errors.Join(err, tmp.Close())
	}
	placed := whole.Place(tmp, file)
	again, err := os.OpenFile(file, os.O_RDWR, 0o644)
	if err != nil {
		return errors.Join(placed, err)
	}
	j.file = again
	j.size, err = wholeLines(again)
	return errors.Join(placed, err)
}

// placeOf is a key for a return whose own is to go: the place of its first line,
// or the next number that no other has. It is never longer than name and key
// together.
func (j *journal) placeOf(inbox, key string) (as string, err error) {
	at, first, taken := int64(0), int64(-1), map[string]bool{}
	err = j.from(0, func(e entry, end int64) error {
		if e.Receipt != nil {
			taken[e.Receipt.Key] = true
			if first < 0 && e.Receipt.Inbox == inbox && e.Receipt.Key == key {
				first = at
			}
		}
		at = end
		return nil
	})
	if err != nil || first < 0 {
		return "", err
	}
	for as = placeKey(first); taken[as]; as = placeKey(first) { // in a journal that was put together anew
		first++
	}
	return as, nil
}

func placeKey(n int64) string { return "~" + strconv.FormatInt(n, 36) }

func (j *journal) writeWithout(to *os.File, inbox, key string, last Redaction) error {
	write := func(line []byte) error { _, err := to.Write(line); return err }
	err := j.lines(0, func(line []byte, end int64) error {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		if e.Receipt == nil || e.Receipt.Inbox != inbox || e.Receipt.Key != key {
			return write(line)
		}
		e.Receipt.Name, e.Receipt.Key = "", last.As
		short, err := e.line()
		blanks := len(line) - len(short)
		if err != nil || blanks < 0 {
			return errors.Join(fmt.Errorf("the line that ends at byte %d has no room", end), err)
		}
		return write(append(append(short[:len(short)-1], bytes.Repeat([]byte(" "), blanks)...), '\n'))
	})
	if err != nil {
		return err
	}
	line, err := entry{Redaction: &last}.line()
	if err != nil {
		return err
	}
	return write(line)
}

// applyRedaction takes a name out of the ledger. The rows are found by their
// number, as each line of the journal that is a receipt is one row, in order.
func (s *Store) applyRedaction(ctx context.Context, tx *sql.Tx, r Redaction) error {
	n := int64(0)
	return s.journal.from(0, func(e entry, _ int64) error {
		if e.Receipt == nil {
			return nil
		}
		n++
		if e.Receipt.Key != r.As {
			return nil
		}
		return redactRow(ctx, tx, n, *e.Receipt)
	})
}

func redactRow(ctx context.Context, tx *sql.Tx, id int64, r Receipt) error {
	var name, key string
	err := tx.QueryRowContext(ctx, "SELECT name, key FROM returns WHERE id = ? AND sha256 = ? AND inbox = ?", id, r.SHA256, r.Inbox).Scan(&name, &key)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("the ledger is not that of %s; make it again with boardpack rebuild", journalName)
	}
	if err != nil || key == r.Key {
		return err
	}
	for _, change := range []struct {
		query string
		args  []any
	}{
		{"UPDATE returns SET name = ?, key = ? WHERE id = ?", []any{RedactedName, r.Key, id}},
		{"DELETE FROM places WHERE key = ?1 AND CASE ?2 WHEN '' THEN instr(folder, '/') = 0 ELSE folder LIKE '%/' || ?2 END", []any{key, r.Inbox}},
		{"UPDATE pack_files SET name = ?1 WHERE sha256 = ?2 AND made = 0 AND kind = 'return' AND name IN (?3, ?4)", []any{RedactedName, r.SHA256, name, path.Join(r.Inbox, name)}},
		{"UPDATE runs SET error = 'an error with ' || ?2 WHERE instr(error, ?1) > 0", []any{name, RedactedName}},
	} {
		if _, err := tx.ExecContext(ctx, change.query, change.args...); err != nil {
			return err
		}
	}
	return nil
}
