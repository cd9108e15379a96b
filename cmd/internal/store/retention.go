package store

import (
	"context"
	"fmt"
	"time"
)

// Expired lists the versions whose bytes need not be kept: of each the same
// bytes were last received before the time given, are the newest version of no
// return, and are in no pack. It is the dry run of Expire.
func (r *Reader) Expired(ctx context.Context, before time.Time) ([]Version, error) {
	return rowsOf(ctx, r.db, scanVersion, versionColumns+`WHERE c.removed IS NULL
		AND NOT EXISTS (SELECT 1 FROM returns o WHERE o.sha256 = r.sha256
			AND (o.received >= ? OR o.version = (SELECT max(version) FROM returns n WHERE n.inbox = o.inbox AND n.key = o.key)))
		AND NOT EXISTS (SELECT 1 FROM pack_files f WHERE f.sha256 = r.sha256)
		ORDER BY inbox, key, version`, timeText(before))
}

// Expiry says why versions that were received before a time are taken out.
func Expiry(before time.Time) string {
	return fmt.Sprintf("received before %s, replaced since, and in no pack", before.Format("2 January 2006 15:04"))
}

// Expire takes out what Expired lists and gives it, each with a tombstone.
// Should the same bytes come again they are received again.
func (s *Store) Expire(ctx context.Context, before, now time.Time) ([]Version, error) {
	expired, err := s.Expired(ctx, before)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for i, v := range expired {
		if done[v.SHA256] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return expired[:i], err
		}
		if err := s.takeOut(ctx, Removal{SHA256: v.SHA256, Removed: now, Who: "boardpack", Why: Expiry(before)}); err != nil {
			return expired[:i], err
		}
		done[v.SHA256] = true
	}
	return expired, nil
}
