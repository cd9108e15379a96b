package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Holder tells who has the store in a folder open to write: whether somebody
// has, and the number of the process where the system tells it, else 0.
func Holder(dir string) (held bool, process int, err error) {
	name := filepath.Join(dir, lockName)
	lock := flock.New(name, flock.SetFlag(os.O_RDONLY))
	got, err := lock.TryRLock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, 0, nil
	case err != nil:
		return false, 0, err
	case !got:
		return true, lockHolder(name), nil
	}
	return false, 0, lock.Unlock()
}

// Steps is how many of the steps that this program knows the ledger has been
// brought forward by, and how many there are.
func (r *Reader) Steps(ctx context.Context) (at, known int, err error) {
	at, err = migrated(ctx, r.db)
	return at, len(migrations), err
}
