// Package whole turns bytes into files and folders that are there whole or not
// at all: each is written under another name, brought to the disk, and renamed
// into place. What a killed process leaves unfinished can be told from what
// another is writing, and is removed.
package whole

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// WriteFile writes a file that all may read, in place of one that is there.
// When it returns without an error, the file is on the disk, name and all.
func WriteFile(name string, b []byte) error {
	tmp, err := CreateTemp(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(b); err != nil {
		tmp.Close()
		return err
	}
	return Place(tmp, name)
}

// CreateTemp makes a file in a folder under a name of unfinished work.
func CreateTemp(dir string) (*os.File, error) { return os.CreateTemp(dir, pattern()) }

// MakeTempFolder makes a folder in another under a name of unfinished work.
func MakeTempFolder(dir string) (string, error) { return os.MkdirTemp(dir, pattern()) }

// Place closes a file that CreateTemp made in the same folder or file system,
// and gives it its name.
func Place(tmp *os.File, name string) error {
	if err := errors.Join(tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(name))
}

// WriteFolder writes the files of a folder, each by its name with "/" below it,
// beside its place and renames the whole; a failure leaves what stood there
// before as it was.
func WriteFolder(dir string, files iter.Seq2[string, []byte]) error {
	parent := filepath.Dir(dir)
	if err := MakeFolder(parent); err != nil {
		return err
	}
	tmp, err := MakeTempFolder(parent)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for name, b := range files {
		if err := writeBelow(tmp, name, b); err != nil {
			return err
		}
	}
	if err := errors.Join(os.Chmod(tmp, 0o755), syncBelow(tmp)); err != nil {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return err
	}
	return SyncFolder(parent)
}

func writeBelow(dir, name string, b []byte) error {
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncBelow brings the names in every folder to the disk.
func syncBelow(root string) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return SyncFolder(p)
	})
}

// MakeFolder makes a folder and those above it, and brings the new names to the disk.
func MakeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if up := filepath.Dir(dir); up != dir {
		if err := MakeFolder(up); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncFolder(filepath.Dir(dir))
}

// SyncFolder brings the names in a folder to the disk, where its file system
// can: network shares do that by themselves, and Windows keeps renames in the
// file system's own journal.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
