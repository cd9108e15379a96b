package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"

	"boardpack/cmd/internal/whole"
)

// Archive holds bytes by their SHA-256, each in a file of its own that is
// written once and never changed.
type Archive struct{ root string }

// ArchiveIn is the archive of a store's folder.
func ArchiveIn(dir string) Archive { return Archive{filepath.Join(dir, "sha256")} }

// Path is where the bytes of a hash, in lower-case hexadecimal, stand.
func (a Archive) Path(sum string) string { return filepath.Join(a.root, sum[:2], sum) }

// Put keeps bytes, if it does not hold them already.
func (a Archive) Put(b []byte) error {
	if a.Holds(sumOf(b), int64(len(b))) {
		return nil
	}
	return a.Mend(b)
}

// Mend writes bytes in place of what it holds of them, which may be damaged.
func (a Archive) Mend(b []byte) error {
	p := a.Path(sumOf(b))
	if err := whole.MakeFolder(filepath.Dir(p)); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return whole.WriteFile(p, b)
}

// PutWritten keeps what write writes, without holding it in memory, and gives
// its hash and its length in bytes.
func (a Archive) PutWritten(write func(io.Writer) error) (sum string, size int64, err error) {
	s, err := a.Stage(math.MaxInt64, write)
	if err != nil {
		return "", 0, err
	}
	defer s.Drop()
	return s.SHA256, s.Size, s.keep()
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Holds reports whether the bytes are there in their length. A shorter file is
// one that the disk has lost a part of, and may be written again.
func (a Archive) Holds(sum string, size int64) bool {
	info, err := os.Lstat(a.Path(sum))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// Get gives bytes back; the error says where they are missing or no longer the same.
func (a Archive) Get(sum string) ([]byte, error) {
	if !isSum(sum) {
		return nil, fmt.Errorf("%q is not a content hash", sum)
	}
	b, err := os.ReadFile(a.Path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the archive does not hold %s", sum)
	}
	if err != nil {
		return nil, err
	}
	if sumOf(b) != sum {
		return nil, fmt.Errorf("the archive's copy of %s is damaged", sum)
	}
	return b, nil
}

var sumForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func isSum(s string) bool { return sumForm.MatchString(s) }

// ErrTooLarge says that a file is longer than the limit that Stage was given.
var ErrTooLarge = errors.New("the file is larger than the limit")

// ErrNotStaged says that a private copy could not be written: the disk is full,
// or the folder of the store may not be written. The file itself may be well.
var ErrNotStaged = errors.New("no private copy can be written")

// Staged is a private copy of a file that is not in the archive yet: it is read
// first, as not every workbook may be kept. Drop ends it, kept or not.
type Staged struct {
	SHA256 string
	Size   int64

	archive Archive
	file    *os.File
	closed  bool
}

// Stage makes a private copy of at most limit bytes, which copy writes.
func (a Archive) Stage(limit int64, copy func(w io.Writer) error) (*Staged, error) {
	if err := whole.MakeFolder(a.root); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotStaged, err)
	}
	tmp, err := whole.CreateTemp(a.root)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotStaged, err)
	}
	s := &Staged{archive: a, file: tmp}
	w := &hashing{to: tmp, sum: sha256.New(), limit: limit}
	if err := copy(w); err != nil {
		s.Drop()
		return nil, err
	}
	s.SHA256, s.Size = hex.EncodeToString(w.sum.Sum(nil)), w.size
	return s, nil
}

// hashing writes on, and counts and hashes what it wrote.
type hashing struct {
	to          io.Writer
	sum         hash.Hash
	size, limit int64
}

func (h *hashing) Write(b []byte) (int, error) {
	if h.size+int64(len(b)) > h.limit {
		return 0, ErrTooLarge
	}
	n, err := h.to.Write(b)
	h.sum.Write(b[:n])
	h.size += int64(n)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrNotStaged, err)
	}
	return n, err
}

// Bytes are what was copied.
func (s *Staged) Bytes() ([]byte, error) {
	b := make([]byte, s.Size)
	_, err := s.file.ReadAt(b, 0)
	return b, err
}

// Path is where the copy stands until it is kept or dropped.
func (s *Staged) Path() string { return s.file.Name() }

// keep gives the copy its place in the archive.
func (s *Staged) keep() error {
	if s.archive.Holds(s.SHA256, s.Size) {
		return nil
	}
	p := s.archive.Path(s.SHA256)
	if err := whole.MakeFolder(filepath.Dir(p)); err != nil {
		return err
	}
	s.closed = true
	return whole.Place(s.file, p)
}

// Drop removes the copy, where it was not kept.
func (s *Staged) Drop() {
	if !s.closed {
		s.file.Close()
		s.closed = true
	}
	_ = os.Remove(s.file.Name()) // after keep it has another name
}

// remove takes bytes away for good.
func (a Archive) remove(sum string) error {
	p := a.Path(sum)
	if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(filepath.Dir(p)); err != nil {
		return nil
	}
	return whole.SyncFolder(filepath.Dir(p))
}

// hashOf is the SHA-256 of a file's bytes, and how many they are.
func hashOf(path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n, err
}
