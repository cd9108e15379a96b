package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"boardpack/cmd/internal/whole"
)

// Verified is what verifying a store found.
type Verified struct {
	Files   int   // of the archive, each read and hashed
	Bytes   int64 // of these files
	Faults  []string
	Removed []Removal // tombstones, the oldest first
}

// Verify reads every byte of the archive and holds it against its hash, and
// holds the ledger against the archive: what was received or is in a pack must
// be there, or have a tombstone. What comes or goes while it reads is no fault.
func (r *Reader) Verify(ctx context.Context) (Verified, error) {
	before, err := r.claims(ctx)
	if err != nil {
		return Verified{}, err
	}
	v, held, err := r.Archive.hashAll(ctx)
	if err != nil {
		return v, err
	}
	after, err := r.claims(ctx)
	if err != nil {
		return v, err
	}
	v.hold(before, after, held)
	return v, r.integrity(ctx, &v)
}

// VerifyBytes reads every byte of an archive that has no ledger.
func (a Archive) VerifyBytes(ctx context.Context) (Verified, error) {
	v, _, err := a.hashAll(ctx)
	return v, err
}

// claims is what a ledger says of an archive at one moment.
type claims struct {
	wanted  map[string]string // the hashes that it must hold, each with a name
	removed []Removal
}

func (r *Reader) claims(ctx context.Context) (claims, error) {
	removed, err := r.removals(ctx, "")
	if err != nil {
		return claims{}, err
	}
	wanted, err := r.Wanted(ctx)
	return claims{wanted, removed}, err
}

// hold compares what the archive held with what the ledger said before and after it was read.
func (v *Verified) hold(before, after claims, held map[string]bool) {
	v.Removed = after.removed
	for _, m := range before.removed {
		if held[m.SHA256] && slices.Contains(after.removed, m) {
			v.Faults = append(v.Faults, fmt.Sprintf("%s was taken out by %s, and is there again", m.SHA256, m.Who))
		}
	}
	for _, sum := range slices.Sorted(maps.Keys(before.wanted)) {
		if name, still := after.wanted[sum]; still && !held[sum] {
			v.Faults = append(v.Faults, fmt.Sprintf("%s is missing in the archive (%s)", sum, name))
		}
	}
}

// Wanted gives the hashes that the archive must hold, each with a name that it came under.
func (r *Reader) Wanted(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	_, err := rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (struct{}, error) {
		var sum, name string
		err := row.Scan(&sum, &name)
		out[sum] = name
		return struct{}{}, err
	}, `SELECT sha256, name FROM returns JOIN contents USING (sha256) WHERE removed IS NULL
		UNION ALL SELECT sha256, name FROM pack_files WHERE made = 0 AND kind <> 'draft before' AND sha256 NOT IN (SELECT sha256 FROM contents WHERE removed IS NOT NULL)`)
	return out, err
}

// Named gives every hash that the ledger knows, whatever for.
func (r *Reader) Named(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	_, err := rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (struct{}, error) {
		var sum string
		err := row.Scan(&sum)
		out[sum] = true
		return struct{}{}, err
	}, "SELECT sha256 FROM contents UNION SELECT sha256 FROM pack_files")
	return out, err
}

// hashAll reads every file of the archive and gives the hashes that it holds.
func (a Archive) hashAll(ctx context.Context) (Verified, map[string]bool, error) {
	v, held := Verified{}, map[string]bool{}
	err := a.Each(ctx, func(name, path string) error {
		if name == "" {
			v.Faults = append(v.Faults, filepath.ToSlash(path)+" does not belong to the archive")
			return nil
		}
		sum, n, err := hashOf(path)
		switch {
		case errors.Is(err, fs.ErrNotExist): // it was taken out meanwhile
			return nil
		case err != nil:
			v.Faults = append(v.Faults, fmt.Sprintf("%s cannot be read: %v", name, err))
			return nil
		case sum != name:
			v.Faults = append(v.Faults, name+" is damaged in the archive")
		}
		v.Files, v.Bytes, held[name] = v.Files+1, v.Bytes+n, true
		return nil
	})
	return v, held, err
}

// Each walks the files of the archive, in the order of their hashes, but for
// those still being written. What does not belong to it has no hash.
func (a Archive) Each(ctx context.Context, each func(sum, path string) error) error {
	return filepath.WalkDir(a.root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // an archive that holds nothing yet, or a file that was taken out meanwhile
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || whole.IsUnfinished(d.Name()):
			return nil
		case !isSum(d.Name()) || p != a.Path(d.Name()) || !d.Type().IsRegular():
			return each("", p)
		}
		return each(d.Name(), p)
	})
}

func (r *Reader) integrity(ctx context.Context, v *Verified) error {
	said, err := rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (string, error) {
		var s string
		err := row.Scan(&s)
		return s, err
	}, "PRAGMA integrity_check(20)")
	for _, s := range said {
		if s != "ok" {
			v.Faults = append(v.Faults, "the ledger is damaged: "+s)
		}
	}
	return err
}

// Snapshot writes the ledger as it is at this moment into an empty folder of a
// local disk, while others write; OpenReader opens that folder as a store.
func (r *Reader) Snapshot(ctx context.Context, dir string) (file string, err error) {
	file = filepath.Join(dir, ledgerName)
	if _, err := r.db.ExecContext(ctx, "VACUUM INTO ?", file); err != nil {
		return "", fmt.Errorf("copy the ledger: %w", told(err))
	}
	return file, nil
}

// JournalRead is how many bytes of the journal are in the ledger. What stands
// in it after these was written later.
func (r *Reader) JournalRead(ctx context.Context) (int64, error) {
	var applied int64
	err := r.db.QueryRowContext(ctx, "SELECT applied FROM journal").Scan(&applied)
	return applied, told(err)
}
