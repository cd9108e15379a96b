package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"strings"
	"time"
)

// Entry is a file of a shared folder as one look saw it.
type Entry struct {
	Path     string // on disk, with "/", below the folder
	Name     string // the same in NFC
	Size     int64  // bytes
	Modified time.Time
	Offline  bool // its bytes are elsewhere, and only fetched when it is read
}

// same reports whether nothing says that the file was written to between two looks.
func (e Entry) same(o Entry) bool {
	return e.Size == o.Size && e.Modified.Equal(o.Modified) && e.Offline == o.Offline
}

// Refused is what stands in a shared folder and is never read.
type Refused struct {
	Name string
	Why  string
}

// Listing is what one look at a shared folder saw.
type Listing struct {
	Entries []Entry // by path
	Others  int     // files and folders that are no returns
	Refused []Refused
	Unread  []string // paths of folders below it that could not be read
	Err     error    // the folder itself could not be read
}

// Folder is a shared folder on disk. Skip names folders below it, by their
// path with "/", that hold no returns; nil where there are none.
type Folder struct {
	Dir  string
	Skip func(path string) bool
}

// List looks at the folder. Nothing is opened but folders, and nothing outside of it is seen.
func (f Folder) List(ctx context.Context) Listing {
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return Listing{Err: err}
	}
	defer root.Close()
	return list(ctx, root.FS(), f.Skip)
}

func list(ctx context.Context, fsys fs.FS, skip func(string) bool) Listing {
	var l Listing
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && p == ".":
			return err
		case err != nil:
			l.Unread = append(l.Unread, p)
			return nil
		case d.IsDir():
			return l.folder(p, d, skip)
		}
		return l.file(p, d)
	})
	if err != nil {
		return Listing{Err: err}
	}
	sort.Slice(l.Entries, func(i, j int) bool { return l.Entries[i].Path < l.Entries[j].Path })
	return l
}

func (l *Listing) folder(p string, d fs.DirEntry, skip func(string) bool) error {
	if p == "." {
		return nil
	}
	l.Others++
	if !isFolder(d.Name()) || skip != nil && skip(p) {
		return fs.SkipDir
	}
	return nil
}

func (l *Listing) file(p string, d fs.DirEntry) error {
	switch {
	case d.Type()&fs.ModeSymlink != 0:
		l.Others++
		l.Refused = append(l.Refused, Refused{Name(p), "it is a link; put the workbook itself here"})
		return nil
	case !IsReturn(d.Name()):
		l.Others++
		return nil
	case !d.Type().IsRegular():
		l.Others++
		l.Refused = append(l.Refused, Refused{Name(p), "it is no plain file"})
		return nil
	}
	info, err := d.Info()
	switch {
	case errors.Is(err, fs.ErrNotExist): // it went meanwhile
		return nil
	case err != nil:
		l.Unread = append(l.Unread, p)
		return nil
	}
	l.Entries = append(l.Entries, Entry{Path: p, Name: Name(p), Size: info.Size(), Modified: info.ModTime(), Offline: isOffline(info)})
	return nil
}

// ErrChanged says that a file was written to while it was copied, or is not the one that was seen.
var ErrChanged = errors.New("it changed while it was copied")

// ErrUnfinished says that a file's bytes are those of one that is not there whole.
var ErrUnfinished = errors.New("its contents are not there whole")

// Copy writes the bytes of a file that a look saw, and looks at it again: where
// it is not the same as it was, the error is ErrChanged. The file itself is
// only read.
func (f Folder) Copy(e Entry, w io.Writer) error {
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	seen, err := root.Lstat(e.Path)
	if err != nil || !sameAs(seen, e) {
		return errors.Join(ErrChanged, err)
	}
	file, err := root.Open(e.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !os.SameFile(info, seen) {
		return errors.Join(ErrChanged, err)
	}
	n, err := io.Copy(w, file)
	if err != nil {
		return fmt.Errorf("copy %s: %w", e.Name, err)
	}
	again, err := root.Lstat(e.Path)
	if err != nil || n != e.Size || !sameAs(again, e) || !os.SameFile(again, seen) {
		return errors.Join(ErrChanged, err)
	}
	return nil
}

func sameAs(info fs.FileInfo, e Entry) bool {
	return info.Mode().IsRegular() && info.Size() == e.Size && info.ModTime().Equal(e.Modified)
}

// CheckWhole looks for the signs of a file that some program has not finished
// writing although its size and time stand still: it begins with nothing but
// zeros, or is a zip archive, as most workbooks are, without its directory,
// which comes last.
func CheckWhole(b []byte) error {
	const zeros, comment = 4096, 1<<16 + 22
	switch {
	case len(bytes.Trim(b[:min(len(b), zeros)], "\x00")) == 0:
		return ErrUnfinished
	case bytes.HasPrefix(b, []byte("PK\x03\x04")) && !bytes.Contains(b[max(0, len(b)-comment):], []byte("PK\x05\x06")):
		return ErrUnfinished
	}
	return nil
}

// isBelow reports whether a path is a folder's, or below it.
func isBelow(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }
