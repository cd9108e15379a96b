package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

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
// be there, or have a tombstone.
func (r *Reader) Verify(ctx context.Context) (Verified, error) {
	var v Verified
	var err error
	if v.Removed, err = r.removals(ctx, ""); err != nil {
		return v, err
	}
	wanted, err := r.wanted(ctx)
	if err != nil {
		return v, err
	}
	held, err := r.hashAll(ctx, &v)
	if err != nil {
		return v, err
	}
	for _, m := range v.Removed {
		if held[m.SHA256] {
			v.Faults = append(v.Faults, fmt.Sprintf("%s was taken out by %s, and is there again", m.SHA256, m.Who))
		}
	}
	for _, sum := range wanted {
		if !held[sum] {
			v.Faults = append(v.Faults, sum+" is missing in the archive")
		}
	}
	return v, r.integrity(ctx, &v)
}

// wanted are the hashes that the archive must hold.
func (r *Reader) wanted(ctx context.Context) ([]string, error) {
	return rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (string, error) {
		var sum string
		err := row.Scan(&sum)
		return sum, err
	}, `SELECT sha256 FROM contents WHERE removed IS NULL
		UNION SELECT sha256 FROM pack_files WHERE made = 0 AND kind <> 'draft before' AND sha256 NOT IN (SELECT sha256 FROM contents WHERE removed IS NOT NULL)
		ORDER BY 1`)
}

// hashAll reads every file of the archive and gives the hashes that it holds.
func (r *Reader) hashAll(ctx context.Context, v *Verified) (map[string]bool, error) {
	held := map[string]bool{}
	err := filepath.WalkDir(r.root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // an archive that holds nothing yet, or a file that was taken out meanwhile
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || whole.IsUnfinished(d.Name()):
			return nil
		case !isSum(d.Name()) || p != r.Path(d.Name()) || !d.Type().IsRegular():
			v.Faults = append(v.Faults, filepath.ToSlash(p)+" does not belong to the archive")
			return nil
		}
		sum, n, err := hashOf(p)
		if err != nil {
			v.Faults = append(v.Faults, fmt.Sprintf("%s cannot be read: %v", d.Name(), err))
			return nil
		}
		v.Files, v.Bytes, held[d.Name()] = v.Files+1, v.Bytes+n, true
		if sum != d.Name() {
			v.Faults = append(v.Faults, d.Name()+" is damaged in the archive")
		}
		return nil
	})
	return held, err
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

// Backup writes the ledger as it is at this moment to a file, while others
// write; it replaces an earlier backup and no other file. The archive needs no
// such help: its files never change, and its journal only grows.
func (r *Reader) Backup(ctx context.Context, file string) error {
	if err := mayReplace(file); err != nil {
		return fmt.Errorf("back up to %s: %w", file, err)
	}
	tmp, err := whole.CreateTemp(filepath.Dir(file))
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer os.Remove(tmp.Name())
	if _, err := r.db.ExecContext(ctx, "VACUUM INTO ?", tmp.Name()); err != nil { // an empty file may be written
		tmp.Close()
		return fmt.Errorf("back up to %s: %w", file, told(err))
	}
	return whole.Place(tmp, file)
}

const sqliteHeader = "SQLite format 3\x00"

func mayReplace(file string) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	b := make([]byte, len(sqliteHeader))
	if _, err := io.ReadFull(f, b); err != nil || string(b) != sqliteHeader {
		return errors.New("a file is there that is no backup; give another name")
	}
	return nil
}
