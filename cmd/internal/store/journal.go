package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"boardpack/cmd/internal/whole"
)

// journalName is the file beside the archive that says what its bytes are:
// one line of JSON for each return that came, each that was taken out and each
// name that was, oldest first. The ledger of returns is made from it, and can
// be made again.
const journalName = "received.jsonl"

// JournalPath is where the journal of a store's folder stands.
func JournalPath(dir string) string { return filepath.Join(dir, journalName) }

// Receipt is a return as it came.
type Receipt struct {
	Inbox    string    `json:"inbox,omitempty"` // the name of the shared folder; empty where there is one
	Name     string    `json:"name"`            // path in NFC with "/", below the inbox
	Key      string    `json:"key"`             // what the versions of one return have in common
	SHA256   string    `json:"sha256"`
	Size     int64     `json:"size"`     // bytes
	Modified time.Time `json:"modified"` // as the share said
	Received time.Time `json:"received"`
	Origin   string    `json:"origin"` // how it came: "shared folder", "marked copy"
}

// Removal is the tombstone of bytes that were taken out of the archive.
type Removal struct {
	SHA256  string    `json:"sha256"`
	Removed time.Time `json:"removed"`
	Who     string    `json:"who"`
	Why     string    `json:"why"`
	Purged  bool      `json:"purged"` // by somebody's wish: the same bytes are not taken again
}

// Redaction says that the name of a return was taken out of the journal.
type Redaction struct {
	As       string    `json:"as"` // the key that stands in place of its own
	Redacted time.Time `json:"redacted"`
	Who      string    `json:"who"`
	Why      string    `json:"why"`
}

// entry is a line of the journal: one of the three.
type entry struct {
	Receipt   *Receipt   `json:"return,omitempty"`
	Removal   *Removal   `json:"removal,omitempty"`
	Redaction *Redaction `json:"redaction,omitempty"`
}

// journal is the open file; size is what of it is whole.
type journal struct {
	file *os.File
	size int64
}

// openJournal opens the journal for one writer, and takes away a last line that a killed one left half written.
func openJournal(dir string) (*journal, error) {
	f, err := os.OpenFile(JournalPath(dir), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	j := &journal{file: f}
	if j.size, err = wholeLines(f); err == nil {
		err = j.shorten()
	}
	if err == nil {
		err = whole.SyncFolder(dir)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("open %s: %w", f.Name(), err)
	}
	return j, nil
}

// wholeLines is the length of a file up to its last line end.
func wholeLines(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	const step = 4096
	b := make([]byte, step)
	for end := info.Size(); end > 0; end -= step {
		from := max(end-step, 0)
		n, err := f.ReadAt(b[:end-from], from)
		if err != nil {
			return 0, err
		}
		if i := bytes.LastIndexByte(b[:n], '\n'); i >= 0 {
			return from + int64(i) + 1, nil
		}
	}
	return 0, nil
}

func (j *journal) shorten() error {
	info, err := j.file.Stat()
	if err != nil || info.Size() == j.size {
		return err
	}
	return errors.Join(j.file.Truncate(j.size), j.file.Sync())
}

// line is an entry as it is written.
func (e entry) line() ([]byte, error) {
	b, err := json.Marshal(e)
	return append(b, '\n'), err
}

// append adds an entry; when it returns without an error the entry is on the disk.
func (j *journal) append(e entry) error {
	b, err := e.line()
	if err != nil {
		return err
	}
	_, err = j.file.WriteAt(b, j.size)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", j.file.Name(), err), j.shorten())
	}
	j.size += int64(len(b))
	return nil
}

// from gives the entries after a place, each with the place where it ends.
func (j *journal) from(at int64, each func(e entry, end int64) error) error {
	return j.lines(at, func(line []byte, end int64) error {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil || e == (entry{}) {
			return fmt.Errorf("%s is damaged in the line that ends at byte %d; put back the file of a backup, or make the ledger again with boardpack rebuild: %v", j.file.Name(), end, err)
		}
		return each(e, end)
	})
}

// lines gives the lines after a place, each with the place where it ends.
func (j *journal) lines(at int64, each func(line []byte, end int64) error) error {
	r := bufio.NewReader(io.NewSectionReader(j.file, at, j.size-at))
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		at += int64(len(line))
		if err := each(line, at); err != nil {
			return err
		}
	}
}

func (j *journal) close() error { return j.file.Close() }
