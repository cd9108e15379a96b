package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// archiveFolder stands beside the packs and holds every file that one was
// made from, by its content, so that each can be made again.
const archiveFolder = ".archive"

// archive is a store of bytes by their SHA-256.
type archive struct{ root string }

func archiveOf(packs string) archive { return archive{filepath.Join(packs, archiveFolder, "sha256")} }

func (a archive) path(sum string) string { return filepath.Join(a.root, sum[:2], sum) }

// put keeps bytes, if it does not hold them already.
func (a archive) put(b []byte) error {
	sum := sha256.Sum256(b)
	name := hex.EncodeToString(sum[:])
	p := a.path(name)
	if _, err := os.Stat(p); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return writeWhole(p, b)
}

// get gives bytes back; the error says where they are missing or no longer the same.
func (a archive) get(sum string) ([]byte, error) {
	if len(sum) != 2*sha256.Size {
		return nil, fmt.Errorf("%q is not a content hash", sum)
	}
	b, err := os.ReadFile(a.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the archive does not hold %s", sum)
	}
	if err != nil {
		return nil, err
	}
	if got := sha256.Sum256(b); hex.EncodeToString(got[:]) != sum {
		return nil, fmt.Errorf("the archive's copy of %s is damaged", sum)
	}
	return b, nil
}

// writeWhole writes a file under another name and renames it into place, so
// that nobody ever sees half of it.
func writeWhole(name string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), unfinishedPattern())
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(b); err != nil {
		tmp.Close()
		return err
	}
	if err := errors.Join(tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// writeFolder writes the files of a folder beside its place and renames the
// whole; a failure leaves what stood there before as it was.
func writeFolder(dir string, files []packFile) error {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(parent, unfinishedPattern())
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for _, f := range files {
		p := filepath.Join(tmp, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(p, f.Bytes, 0o644); err != nil {
			return err
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}
