package inbox

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// What a real folder gives, and what it does not.
func TestList(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for _, name := range []string{"b.xlsx", "2026-27/Q2/Communities/Cafe\u0301.xlsx", "~$b.xlsx", ".hidden/c.xlsx", "$RECYCLE.BIN/d.xlsx", "packs/e.xlsx", "notes.txt"} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), name)
	}
	write(t, filepath.Join(outside, "secret.xlsx"), "secret")
	links := 0
	for from, to := range map[string]string{"link.xlsx": filepath.Join(outside, "secret.xlsx"), "inner.xlsx": "b.xlsx", "folder": outside} {
		if os.Symlink(to, filepath.Join(dir, from)) == nil {
			links++
		}
	}
	f := Folder{Dir: dir, Skip: func(p string) bool { return p == "packs" }}
	l := f.List(t.Context())
	var names []string
	for _, e := range l.Entries {
		names = append(names, e.Name)
	}
	if want := []string{"2026-27/Q2/Communities/Caf\u00e9.xlsx", "b.xlsx"}; !reflect.DeepEqual(names, want) || l.Err != nil {
		t.Errorf("the returns are %q, want %q (%v)", names, want, l.Err)
	}
	if len(l.Refused) != links {
		t.Errorf("of %d links %v are refused", links, l.Refused)
	}
	for _, e := range l.Entries {
		var b bytes.Buffer
		if err := f.Copy(e, &b); err != nil || int64(b.Len()) != e.Size {
			t.Errorf("%s is copied as %q (%v)", e.Name, b.String(), err)
		}
	}
	if l := (Folder{Dir: filepath.Join(dir, "away")}).List(t.Context()); l.Err == nil {
		t.Error("a folder that is not there is listed")
	}
	if l := (Folder{Dir: t.TempDir()}).List(t.Context()); l.Err != nil || len(l.Entries)+l.Others != 0 {
		t.Errorf("an empty folder gives %+v", l)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if l := f.List(ctx); !errors.Is(l.Err, context.Canceled) || len(l.Entries) > 0 {
		t.Errorf("a look that was stopped gives %+v", l)
	}
}

// failing is a file system in which some folders cannot be read.
type failing struct {
	fs.FS
	folder string
}

func (f failing) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == f.folder {
		return nil, fs.ErrPermission
	}
	return fs.ReadDir(f.FS, name)
}

func TestListTellsWhatItCannotRead(t *testing.T) {
	files := fstest.MapFS{"a.xlsx": {Data: []byte("a")}, "closed/b.xlsx": {Data: []byte("b")}, "pipe.xlsx": {Mode: fs.ModeNamedPipe}, "link.xlsx": {Mode: fs.ModeSymlink, Data: []byte("a.xlsx")}}
	l := list(t.Context(), failing{files, "closed"}, nil)
	if l.Err != nil || len(l.Entries) != 1 || !reflect.DeepEqual(l.Unread, []string{"closed"}) || len(l.Refused) != 2 {
		t.Errorf("the listing is %+v", l)
	}
	if l := list(t.Context(), failing{files, "."}, nil); !errors.Is(l.Err, fs.ErrPermission) {
		t.Errorf("a folder that cannot be read gives %+v", l)
	}
}

// meddler does something after the first bytes were copied.
type meddler struct {
	io.Writer
	do func()
}

func (m *meddler) Write(b []byte) (int, error) {
	if m.do != nil {
		m.do()
		m.do = nil
	}
	return m.Writer.Write(b)
}

func TestCopyNoticesEveryChange(t *testing.T) {
	for name, do := range map[string]func(file string) error{
		"longer": func(file string) error { return os.WriteFile(file, []byte(strings.Repeat("b", 200_000)), 0o644) },
		"same size": func(file string) error {
			return errors.Join(os.WriteFile(file, []byte(strings.Repeat("b", 100_000)), 0o644), os.Chtimes(file, time.Time{}, time.Now().Add(time.Second)))
		},
		"shorter": func(file string) error { return os.Truncate(file, 10) },
		"gone":    os.Remove,
		"another": func(file string) error {
			info, err := os.Stat(file)
			err = errors.Join(err, os.Remove(file), os.WriteFile(file, []byte(strings.Repeat("c", 100_000)), 0o644))
			return errors.Join(err, os.Chtimes(file, time.Time{}, info.ModTime()))
		},
		"link": func(file string) error {
			return errors.Join(os.Rename(file, file+".old"), os.Symlink(file+".old", file))
		},
	} {
		for _, when := range []string{"before", "while"} {
			if runtime.GOOS == "windows" && when == "while" {
				continue // there an open file keeps others from most of this
			}
			dir := t.TempDir()
			file := filepath.Join(dir, "a.xlsx")
			write(t, file, strings.Repeat("a", 100_000))
			f := Folder{Dir: dir}
			e := f.List(t.Context()).Entries[0]
			meddle := func() {
				if err := do(file); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			w := &meddler{io.Discard, meddle}
			if when == "before" {
				if name == "another" { // as long and of the same time: nothing tells it from what was seen
					continue
				}
				meddle()
				w.do = nil
			}
			if err := f.Copy(e, w); !errors.Is(err, ErrChanged) {
				t.Errorf("%s %s it is copied: %v", name, when, err)
			}
		}
	}
}

func TestCheckWhole(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create("xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = part.Write(bytes.Repeat([]byte("<row/>"), 50_000))
	if err := errors.Join(err, z.SetComment("a comment"), z.Close()); err != nil {
		t.Fatal(err)
	}
	book := b.Bytes()
	half := append(bytes.Clone(book[:len(book)/2]), make([]byte, len(book)-len(book)/2)...) // its length is set before its bytes come
	for name, c := range map[string]struct {
		b     []byte
		whole bool
	}{
		"whole": {book, true}, "half": {book[:len(book)/2], false}, "half and zeros": {half, false}, "zeros": {make([]byte, 10_000), false},
		"an old workbook": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), true}, "a text": {[]byte("ref,title\n"), true},
	} {
		if err := CheckWhole(c.b); (err == nil) != c.whole {
			t.Errorf("%s: %v", name, err)
		}
	}
}
