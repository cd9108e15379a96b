package store

import (
	"context"
	"database/sql"
	"time"
)

// Told gives what people were told and still holds: by address and by what it
// was about, how that stood when it was told. Both are the caller's words.
func (r *Reader) Told(ctx context.Context) (map[string]map[string]string, error) {
	rows, err := rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) ([3]string, error) {
		var t [3]string
		err := row.Scan(&t[0], &t[1], &t[2])
		return t, err
	}, "SELECT address, about, state FROM told ORDER BY address, about")
	out := map[string]map[string]string{}
	for _, t := range rows {
		if out[t[0]] == nil {
			out[t[0]] = map[string]string{}
		}
		out[t[0]][t[1]] = t[2]
	}
	return out, err
}

// KeepTold keeps that an address was told how things stand, all of it or nothing.
func (s *Store) KeepTold(ctx context.Context, address string, states map[string]string, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return told(inTransaction(ctx, s.db, func(tx *sql.Tx) error {
		for about, state := range states {
			if _, err := tx.ExecContext(ctx, `INSERT INTO told (address, about, state, at) VALUES (?, ?, ?, ?)
				ON CONFLICT (address, about) DO UPDATE SET state = excluded.state, at = excluded.at`, address, about, state, timeText(at)); err != nil {
				return err
			}
		}
		return nil
	}))
}

// ForgetTold forgets what no longer holds, so that it is told should it come again.
func (s *Store) ForgetTold(ctx context.Context, address, about string) error {
	return s.exec(ctx, "DELETE FROM told WHERE address = ? AND about = ?", address, about)
}
