package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Version is one version of a return: the bytes that stood under its name.
type Version struct {
	ID     int64
	Number int // 1 is the first under its key
	Receipt
	Removed bool // its bytes were taken out of the archive
}

// ErrPurged says that somebody had these bytes taken out of the archive for good.
var ErrPurged = errors.New("it was taken out of the archive and is not taken again")

// Receive keeps a staged return. When it returns without an error, bytes and
// receipt are on the disk. Where the newest version of the return has the same
// bytes, that is given, and isNew is false.
func (s *Store) Receive(ctx context.Context, staged *Staged, r Receipt) (v Version, isNew bool, err error) {
	r.SHA256, r.Size = staged.SHA256, staged.Size
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.catchUp(ctx); err != nil { // what an earlier try brought into the journal alone
		return v, false, told(err)
	}
	if gone, ok, err := s.Removal(ctx, r.SHA256); err != nil {
		return v, false, err
	} else if ok && gone.Purged {
		return v, false, fmt.Errorf("receive %s: %w", r.Name, ErrPurged)
	}
	last, known, err := s.newest(ctx, r.Inbox, r.Key)
	if err != nil {
		return v, false, err
	}
	same := known && last.SHA256 == r.SHA256 && !last.Removed
	if same && s.Holds(r.SHA256, r.Size) {
		return last, false, nil
	}
	if err := staged.keep(); err != nil {
		return v, false, fmt.Errorf("archive %s: %w", r.Name, err)
	}
	if same { // the archive had lost the bytes
		return last, false, nil
	}
	if err := s.write(ctx, entry{Receipt: &r}); err != nil {
		return v, false, fmt.Errorf("receive %s: %w", r.Name, err)
	}
	v, _, err = s.newest(ctx, r.Inbox, r.Key)
	return v, true, err
}

// write puts an entry into the journal, and then into the ledger.
func (s *Store) write(ctx context.Context, e entry) error {
	ctx = context.WithoutCancel(ctx) // what is in the journal must come into the ledger
	if err := s.journal.append(e); err != nil {
		return err
	}
	return told(s.catchUp(ctx))
}

// apply brings one entry of the journal into the ledger.
func (s *Store) apply(ctx context.Context, tx *sql.Tx, e entry, end int64) error {
	var err error
	switch {
	case e.Receipt != nil:
		err = applyReceipt(ctx, tx, *e.Receipt)
	case e.Removal != nil:
		err = applyRemoval(ctx, tx, *e.Removal)
	default:
		err = s.applyRedaction(ctx, tx, *e.Redaction)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE journal SET applied = ?", end)
	return err
}

func applyReceipt(ctx context.Context, tx *sql.Tx, r Receipt) error {
	if r.Name == "" {
		r.Name = RedactedName
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO contents (sha256, size) VALUES (?, ?)
		ON CONFLICT (sha256) DO UPDATE SET removed = NULL, who = NULL, why = NULL, purged = 0`, r.SHA256, r.Size)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO returns (inbox, key, version, name, sha256, modified, received, origin)
		VALUES (?1, ?2, 1 + (SELECT coalesce(max(version), 0) FROM returns WHERE inbox = ?1 AND key = ?2), ?3, ?4, ?5, ?6, ?7)`,
		r.Inbox, r.Key, r.Name, r.SHA256, timeText(r.Modified), timeText(r.Received), r.Origin)
	return err
}

// applyRemoval leaves a tombstone, and nothing of what was read from the bytes.
func applyRemoval(ctx context.Context, tx *sql.Tx, r Removal) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO contents (sha256, size, removed, who, why, purged) VALUES (?1, 0, ?2, ?3, ?4, ?5)
		ON CONFLICT (sha256) DO UPDATE SET removed = ?2, who = ?3, why = ?4, purged = ?5`, r.SHA256, timeText(r.Removed), r.Who, r.Why, r.Purged)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM readings WHERE return_id IN (SELECT id FROM returns WHERE sha256 = ?)", r.SHA256)
	return err
}

const versionColumns = `SELECT r.id, r.version, r.inbox, r.name, r.key, r.sha256, c.size, r.modified, r.received, r.origin, c.removed IS NOT NULL
	FROM returns r JOIN contents c USING (sha256) `

func scanVersion(row interface{ Scan(...any) error }) (Version, error) {
	var v Version
	var modified, received string
	err := row.Scan(&v.ID, &v.Number, &v.Inbox, &v.Name, &v.Key, &v.SHA256, &v.Size, &modified, &received, &v.Origin, &v.Removed)
	v.Modified, v.Received = textTime(modified), textTime(received)
	return v, err
}

func (r *Reader) newest(ctx context.Context, inbox, key string) (Version, bool, error) {
	v, err := scanVersion(r.db.QueryRowContext(ctx, versionColumns+"WHERE inbox = ? AND key = ? ORDER BY version DESC LIMIT 1", inbox, key))
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	return v, err == nil, told(err)
}

// Versions lists every version of every return, by inbox and key, the oldest of each first.
func (r *Reader) Versions(ctx context.Context) ([]Version, error) {
	return rowsOf(ctx, r.db, scanVersion, versionColumns+"ORDER BY inbox, key, version")
}

// VersionsOf lists the versions of one return, the oldest first.
func (r *Reader) VersionsOf(ctx context.Context, inbox, key string) ([]Version, error) {
	return rowsOf(ctx, r.db, scanVersion, versionColumns+"WHERE inbox = ? AND key = ? ORDER BY version", inbox, key)
}

// Removal gives the tombstone of bytes that were taken out, if they were.
func (r *Reader) Removal(ctx context.Context, sum string) (Removal, bool, error) {
	got, err := r.removals(ctx, "AND sha256 = ?", sum)
	if err != nil || len(got) == 0 {
		return Removal{}, false, err
	}
	return got[0], true, nil
}

func (r *Reader) removals(ctx context.Context, where string, args ...any) ([]Removal, error) {
	return rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (Removal, error) {
		var m Removal
		var at string
		err := row.Scan(&m.SHA256, &at, &m.Who, &m.Why, &m.Purged)
		m.Removed = textTime(at)
		return m, err
	}, "SELECT sha256, removed, who, why, purged FROM contents WHERE removed IS NOT NULL "+where+" ORDER BY removed, sha256", args...)
}

// setOf reads all rows of a query for one text.
func setOf(ctx context.Context, db *sql.DB, query string, args ...any) (map[string]bool, error) {
	rows, err := rowsOf(ctx, db, func(row interface{ Scan(...any) error }) (s string, err error) {
		err = row.Scan(&s)
		return s, err
	}, query, args...)
	set := make(map[string]bool, len(rows))
	for _, s := range rows {
		set[s] = true
	}
	return set, err
}

// rowsOf reads all rows of a query.
func rowsOf[T any](ctx context.Context, db *sql.DB, scan func(interface{ Scan(...any) error }) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, told(rows.Err())
}
