package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"time"

	"boardpack/cmd/internal/whole"

	"github.com/gofrs/flock"
)

const (
	numbersName = "numbers.lock"
	// numbersWait is how long to wait for another process that gives a version
	// its number, which takes it a moment.
	numbersWait  = 30 * time.Second
	numbersRetry = 20 * time.Millisecond
)

// LockNumbers lets one process at a time give numbers to versions of packs,
// also beside the one that has the store open. The lock is held for as long
// as a rename takes, and ends with its process.
func LockNumbers(ctx context.Context, dir string) (release func() error, err error) {
	if err := whole.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("lock the numbers of versions: %w", err)
	}
	lock := flock.New(filepath.Join(dir, numbersName), flock.SetPermissions(0o644)) // whoever may write packs may lock
	waited, cancel := context.WithTimeout(ctx, numbersWait)
	defer cancel()
	_, err = lock.TryLockContext(waited, numbersRetry)
	switch {
	case err == nil:
		return lock.Unlock, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("another boardpack has been giving a version its number for %s; end that one (it holds %s), and try again", numbersWait, lock.Path())
	case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
		return func() error { return nil }, nil // a file system without locks; a rename never takes the place of a version
	}
	return nil, fmt.Errorf("lock the numbers of versions: %w", err)
}
