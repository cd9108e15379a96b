// Package whole turns bytes into files and folders that are there whole or not
// at all: each is written under another name, brought to the disk, and renamed
// into place. What a killed process leaves unfinished can be told from what
// another is writing, and is removed.
package whole

import (
	"errors"
	"io"
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
	return Write(name, func(w io.Writer) error { _, err := w.Write(b); return err })
}

// Write is WriteFile of what a function writes.
func Write(name string, write func(io.Writer) error) error {
	tmp, err := CreateTemp(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := write(tmp); err != nil {
		return errors.Join(err, tmp.Close())
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
	tmp, err := StageFolder(filepath.Dir(dir), 0o644, files)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	return PlaceFolder(tmp, dir)
}

// StageFolder writes the files of a folder that is to stand in another one,
// each with the same permissions, under a name of unfinished work, and brings
// them to the disk. PlaceFolder or os.RemoveAll ends it.
func StageFolder(parent string, perm fs.FileMode, files iter.Seq2[string, []byte]) (tmp string, err error) {
	if err := MakeFolder(parent); err != nil {
		return "", err
	}
	if tmp, err = MakeTempFolder(parent); err != nil {
		return "", err
	}
	if err := fill(tmp, perm, files); err != nil {
		return "", errors.Join(err, os.RemoveAll(tmp))
	}
	return tmp, nil
}

func fill(dir string, perm fs.FileMode, files iter.Seq2[string, []byte]) error {
	for name, b := range files {
		if err := writeBelow(dir, name, b, perm); err != nil {
			return err
		}
	}
	return errors.Join(os.Chmod(dir, 0o755), syncBelow(dir))
}

// PlaceFolder gives a folder that StageFolder wrote its name. What stands under
// that name stays, and is an error.
func PlaceFolder(tmp, dir string) error {
	if _, err := os.Lstat(dir); err == nil {
		return &fs.PathError{Op: "place", Path: dir, Err: fs.ErrExist}
	}
	if err := os.Rename(tmp, dir); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(dir))
}

func writeBelow(dir, name string, b []byte, perm fs.FileMode) error {
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
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
