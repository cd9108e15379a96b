package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Kind is what is known of the disk under a folder.
type Kind struct {
	Name    string // as the system names it, such as "ext4", "cifs" or "fuse.sshfs"; empty where it is not known
	Network bool   // another machine's: locks on files do not hold there as a database needs them
	Memory  bool   // gone when the machine is switched off
}

// KindOf tells of the disk under a folder that is there.
func KindOf(dir string) (Kind, error) {
	k, err := kindOf(dir)
	if err != nil {
		return k, &os.PathError{Op: "see the kind of the disk of", Path: dir, Err: err}
	}
	return k, nil
}

// Nearest is a folder, or where it is not there yet the nearest above it that
// is: what is made there comes to its disk.
func Nearest(dir string) (string, error) {
	at, err := filepath.Abs(dir)
	for err == nil {
		if _, err = os.Stat(at); err == nil {
			return at, nil
		}
		if up := filepath.Dir(at); errors.Is(err, fs.ErrNotExist) && up != at {
			at, err = up, nil
		}
	}
	return "", err
}
