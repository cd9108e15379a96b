package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// migrations bring a ledger forward, one after another, never back. One that
// has been in a release is never changed; a change is a further one.
var migrations = []struct{ name, sql string }{
	{"returns", `
CREATE TABLE journal (applied INTEGER NOT NULL) STRICT; -- bytes of received.jsonl that are in this ledger
INSERT INTO journal VALUES (0);
CREATE TABLE contents (
	sha256  TEXT PRIMARY KEY,
	size    INTEGER NOT NULL,
	removed TEXT, -- when the bytes were taken out of the archive
	who     TEXT,
	why     TEXT,
	purged  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE returns (
	id       INTEGER PRIMARY KEY,
	inbox    TEXT NOT NULL,
	key      TEXT NOT NULL,
	version  INTEGER NOT NULL,
	name     TEXT NOT NULL,
	sha256   TEXT NOT NULL REFERENCES contents,
	modified TEXT NOT NULL,
	received TEXT NOT NULL,
	origin   TEXT NOT NULL,
	UNIQUE (inbox, key, version)
) STRICT;
CREATE INDEX returns_sha256 ON returns (sha256);`},
	{"readings", `
CREATE TABLE readings (
	id        INTEGER PRIMARY KEY,
	return_id INTEGER NOT NULL REFERENCES returns ON DELETE CASCADE,
	reader    TEXT NOT NULL, -- what bears on a reading beside the bytes: program, words, rules, folder
	read      TEXT NOT NULL,
	year      TEXT NOT NULL,
	quarter   TEXT NOT NULL,
	plan      TEXT NOT NULL,
	usable    INTEGER NOT NULL,
	rows      INTEGER NOT NULL,
	body      BLOB, -- what was read, so that it need not be read again
	UNIQUE (return_id, reader)
) STRICT;
CREATE TABLE findings (
	reading_id  INTEGER NOT NULL REFERENCES readings ON DELETE CASCADE,
	number      INTEGER NOT NULL,
	severity    TEXT NOT NULL,
	check_name  TEXT NOT NULL,
	sheet       TEXT NOT NULL,
	cell        TEXT NOT NULL,
	saw         TEXT NOT NULL,
	advice      TEXT NOT NULL,
	explanation TEXT NOT NULL,
	PRIMARY KEY (reading_id, number)
) STRICT, WITHOUT ROWID;`},
	{"packs", `
CREATE TABLE packs (
	id         INTEGER PRIMARY KEY,
	board      TEXT NOT NULL,
	year       TEXT NOT NULL,
	quarter    TEXT NOT NULL,
	version    INTEGER NOT NULL,
	status     TEXT NOT NULL,
	input_hash TEXT NOT NULL,
	program    TEXT NOT NULL,
	folder     TEXT NOT NULL,
	made       TEXT NOT NULL,
	UNIQUE (board, year, quarter, version)
) STRICT;
CREATE INDEX packs_input_hash ON packs (input_hash);
CREATE TABLE pack_files (
	pack_id INTEGER NOT NULL REFERENCES packs ON DELETE CASCADE,
	made    INTEGER NOT NULL, -- 0 an input, 1 an output
	number  INTEGER NOT NULL,
	kind    TEXT NOT NULL,
	name    TEXT NOT NULL,
	size    INTEGER NOT NULL,
	sha256  TEXT NOT NULL,
	PRIMARY KEY (pack_id, made, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX pack_files_sha256 ON pack_files (sha256);`},
	{"runs", `
CREATE TABLE runs (
	id    INTEGER PRIMARY KEY,
	job   TEXT NOT NULL,
	began TEXT NOT NULL,
	ended TEXT NOT NULL,
	error TEXT NOT NULL
) STRICT;
CREATE INDEX runs_job ON runs (job, began);`},
	{"places", `
CREATE TABLE places (
	folder   TEXT NOT NULL, -- what folder it is, to the program
	path     TEXT NOT NULL,
	name     TEXT NOT NULL,
	key      TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	size     INTEGER NOT NULL,
	modified TEXT NOT NULL, -- to the nanosecond
	PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX places_key ON places (folder, key);`},
	{"told", `
CREATE TABLE told (
	address TEXT NOT NULL,
	about   TEXT NOT NULL,
	state   TEXT NOT NULL, -- how it stood when it was told
	at      TEXT NOT NULL,
	PRIMARY KEY (address, about)
) STRICT, WITHOUT ROWID;`},
	{"rules", `
CREATE TABLE rules (hash TEXT NOT NULL) STRICT;
INSERT INTO rules VALUES ('');`},
}

// errLater says that a ledger is not one for this program.
var errLater = errors.New("the ledger is of a later boardpack")

// migrate brings a ledger to the newest of the migrations it is given.
func migrate(ctx context.Context, db *sql.DB, to int) error {
	if _, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"); err != nil {
		return err
	}
	at, err := migrated(ctx, db)
	if err != nil {
		return err
	}
	for n := at + 1; n <= to; n++ {
		if err := step(ctx, db, n); err != nil {
			return fmt.Errorf("bring the ledger forward to %q: %w", migrations[n-1].name, err)
		}
	}
	return nil
}

// migrated is the number of the last migration of a ledger.
func migrated(ctx context.Context, db *sql.DB) (int, error) {
	var at int
	if err := db.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM migrations").Scan(&at); err != nil {
		return 0, err
	}
	if at > len(migrations) {
		return at, fmt.Errorf("%w, at step %d where this one knows %d; use that one", errLater, at, len(migrations))
	}
	return at, nil
}

// step is one migration in one transaction with its own number.
func step(ctx context.Context, db *sql.DB, n int) error {
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, migrations[n-1].sql); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO migrations VALUES (?, ?)", n, migrations[n-1].name)
		return err
	})
}

func inTransaction(ctx context.Context, db *sql.DB, do func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}
