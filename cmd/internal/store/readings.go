package store

import (
	"context"
	"database/sql"
	"time"

	"boardpack/ingest"
)

// Reading is what was read from one version of a return.
type Reading struct {
	Version int64  // the ID of the version
	Reader  string // what bears on a reading beside the bytes, as a hash: program, words, rules, folder
	Read    time.Time
	Period  ingest.Period // zero fields where it is not known
	Plan    string
	Usable  bool // it could be opened and its figures may be used
	Rows    int
	Body    string // what is kept of it in the form of the caller, so that it need not be read again; may be empty

	Findings []ingest.Finding
}

// KeepReading keeps a reading with its findings, in place of an earlier one of the same reader.
func (s *Store) KeepReading(ctx context.Context, r Reading) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return told(inTransaction(ctx, s.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM readings WHERE return_id = ? AND reader = ?", r.Version, r.Reader); err != nil {
			return err
		}
		var id int64
		err := tx.QueryRowContext(ctx, `INSERT INTO readings (return_id, reader, read, year, quarter, plan, usable, rows, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			r.Version, r.Reader, timeText(r.Read), r.Period.YearText(), r.Period.QuarterText(), r.Plan, r.Usable, r.Rows, []byte(r.Body)).Scan(&id)
		if err != nil {
			return err
		}
		return keepFindings(ctx, tx, id, r.Findings)
	}))
}

func keepFindings(ctx context.Context, tx *sql.Tx, reading int64, findings []ingest.Finding) error {
	insert, err := tx.PrepareContext(ctx, "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, f := range findings {
		if _, err := insert.ExecContext(ctx, reading, i+1, string(f.Severity), f.Check, f.Sheet, f.Cell, f.Saw, f.Advice, f.Explanation); err != nil {
			return err
		}
	}
	return nil
}

// Held is a version of a return of which a file stands in a folder, with what
// was last read from it.
type Held struct {
	Version
	Place   Place   // of the file, which may be a later version's: its path, name and key
	Reading Reading // without findings, plan and rows; its Reader is empty where it was never read
}

// HeldIn lists every version of the returns that stand in a folder, by path,
// the oldest version of each first.
func (r *Reader) HeldIn(ctx context.Context, folder, inbox string) ([]Held, error) {
	periods := map[[2]string]ingest.Period{}
	return rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (Held, error) { return scanHeld(row, inbox, periods) }, `SELECT r.id, r.version, r.name, r.key, r.sha256, c.size, r.modified, r.received, r.origin, c.removed IS NOT NULL,
		p.path, p.name, coalesce(g.reader, ''), coalesce(g.read, ''), coalesce(g.year, ''), coalesce(g.quarter, ''), coalesce(g.usable, 0), coalesce(g.body, '')
		FROM places p JOIN returns r ON r.inbox = ?2 AND r.key = p.key JOIN contents c ON c.sha256 = r.sha256
		LEFT JOIN readings g ON g.id = (SELECT max(id) FROM readings WHERE return_id = r.id)
		WHERE p.folder = ?1 ORDER BY p.path, r.version`, folder, inbox)
}

// scanHeld reads a row of an inbox; periods are those that were read before, by their words.
func scanHeld(row interface{ Scan(...any) error }, inbox string, periods map[[2]string]ingest.Period) (Held, error) {
	var h Held
	var modified, received, read string
	var words [2]string
	v, p, g := &h.Version, &h.Place, &h.Reading
	err := row.Scan(&v.ID, &v.Number, &v.Name, &v.Key, &v.SHA256, &v.Size, &modified, &received, &v.Origin, &v.Removed,
		&p.Path, &p.Name, &g.Reader, &read, &words[0], &words[1], &g.Usable, &g.Body)
	if err != nil {
		return h, err
	}
	v.Inbox, v.Modified, v.Received, p.Key = inbox, textTime(modified), textTime(received), v.Key
	g.Version, g.Read = v.ID, textTime(read)
	if words[0] != "" {
		if _, known := periods[words]; !known {
			periods[words] = ingest.PeriodIn(words[0] + " " + words[1]).Period
		}
		g.Period = periods[words]
	}
	return h, nil
}

// Run is one run of a job as it ended.
type Run struct {
	Job          string
	Began, Ended time.Time
	Error        string // empty where it did its work
}

// KeepRun keeps that a job ran. Of each job the last thousand runs are kept.
func (s *Store) KeepRun(ctx context.Context, r Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return told(inTransaction(ctx, s.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO runs (job, began, ended, error) VALUES (?, ?, ?, ?)", r.Job, timeText(r.Began), timeText(r.Ended), r.Error); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM runs WHERE job = ?1 AND id <= (SELECT id FROM runs WHERE job = ?1 ORDER BY id DESC LIMIT 1 OFFSET 1000)
			AND id <> (SELECT coalesce(max(id), 0) FROM runs WHERE job = ?1 AND error = '')`, r.Job)
		return err
	}))
}

// LastRun gives the last run of a job that did its work; zero where none did.
func (r *Reader) LastRun(ctx context.Context, job string) (Run, error) {
	runs, err := rowsOf(ctx, r.db, scanRun, "SELECT job, began, ended, error FROM runs WHERE job = ? AND error = '' ORDER BY id DESC LIMIT 1", job)
	if err != nil || len(runs) == 0 {
		return Run{}, err
	}
	return runs[0], nil
}

// Runs lists the last n runs of all jobs, the newest first.
func (r *Reader) Runs(ctx context.Context, n int) ([]Run, error) {
	return rowsOf(ctx, r.db, scanRun, "SELECT job, began, ended, error FROM runs ORDER BY id DESC LIMIT ?", n)
}

func scanRun(row interface{ Scan(...any) error }) (Run, error) {
	var run Run
	var began, ended string
	err := row.Scan(&run.Job, &began, &ended, &run.Error)
	run.Began, run.Ended = textTime(began), textTime(ended)
	return run, err
}

// Place is a file of a folder as it was when its bytes were taken, or when it
// was written.
type Place struct {
	Path     string // on disk, with "/", below the folder
	Name     string // of the return that it is of
	Key      string // of the return that it is of
	SHA256   string
	Size     int64
	Modified time.Time
}

// KeepPlace keeps what stands at a path of a folder, in place of what stood there.
func (s *Store) KeepPlace(ctx context.Context, folder string, p Place) error {
	return s.exec(ctx, `INSERT INTO places (folder, path, name, key, sha256, size, modified) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (folder, path) DO UPDATE SET name = excluded.name, key = excluded.key, sha256 = excluded.sha256, size = excluded.size, modified = excluded.modified`,
		folder, p.Path, p.Name, p.Key, p.SHA256, p.Size, p.Modified.UTC().Format(time.RFC3339Nano))
}

// DropPlace forgets a path of a folder.
func (s *Store) DropPlace(ctx context.Context, folder, path string) error {
	return s.exec(ctx, "DELETE FROM places WHERE folder = ? AND path = ?", folder, path)
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.db.ExecContext(ctx, query, args...)
	return told(err)
}

// Rules gives what KeepRules kept; empty at first.
func (r *Reader) Rules(ctx context.Context) (hash string, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT hash FROM rules").Scan(&hash)
	return hash, told(err)
}

// KeepRules keeps by which rules all readings are, in the caller's words.
func (s *Store) KeepRules(ctx context.Context, hash string) error {
	return s.exec(ctx, "UPDATE rules SET hash = ?", hash)
}

// Places lists what is known of a folder, by path.
func (r *Reader) Places(ctx context.Context, folder string) ([]Place, error) {
	return r.places(ctx, "folder = ?", folder)
}

// PlacesOf lists what is known in a folder of one return, by path.
func (r *Reader) PlacesOf(ctx context.Context, folder, key string) ([]Place, error) {
	return r.places(ctx, "folder = ? AND key = ?", folder, key)
}

// KeysOnlyIn gives the keys of the returns of a folder of which another has no file.
func (r *Reader) KeysOnlyIn(ctx context.Context, folder, other string) (map[string]bool, error) {
	return setOf(ctx, r.db, "SELECT key FROM places p WHERE folder = ? AND NOT EXISTS (SELECT 1 FROM places WHERE folder = ? AND key = p.key)", folder, other)
}

func (r *Reader) places(ctx context.Context, where string, args ...any) ([]Place, error) {
	return rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (Place, error) {
		var p Place
		var modified string
		err := row.Scan(&p.Path, &p.Name, &p.Key, &p.SHA256, &p.Size, &modified)
		if err == nil {
			p.Modified, err = time.Parse(time.RFC3339Nano, modified)
		}
		return p, err
	}, "SELECT path, name, key, sha256, size, modified FROM places WHERE "+where+" ORDER BY path", args...)
}
