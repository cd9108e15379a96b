package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
	"boardpack/ingest/workbook"
)

// answers is the folder beside the one of returns in which officers find, for
// each return, a page that shows how it was read, and a marked copy where
// there is something to look at. A marked copy that its officer writes into is
// an answer: it is received as the next version of the return.
type answers struct {
	inbox  *inboxAtWork
	dir    string
	folder inbox.Folder
	watch  *inbox.Watch
	last   inbox.State // what the last look saw

	late      bool            // some answers may be missing; see serve_late.go
	unwritten map[string]bool // by key, where one could not be written
	unremoved map[string]bool // by key, where one could not be removed
	trouble   string          // why the folder cannot be written, as it was last told
}

// longestName leaves room in a file name of 255 bytes for what is added to it.
const longestName = 200

// pathOf is where the answer to a return stands, below the folder, with "/".
func (n *answers) pathOf(name string) string {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	return path.Join(path.Dir(name), inbox.Shorten(path.Base(name), longestName))
}

// write writes the answer to a return in place of an earlier one, and removes
// files that are no longer needed. A folder that cannot be written is told, and
// stops nothing.
func (n *answers) write(ctx context.Context, key, name string, files []packFile) error {
	for _, f := range files {
		if err := n.put(ctx, name, key, f); err != nil {
			return err
		}
	}
	return n.removeOthers(ctx, key, files)
}

// answer makes and writes the answer to a return.
func (n *answers) answer(ctx context.Context, w *workspace, key, name string, r readReturn) error {
	files, err := n.make(w, name, r)
	if err != nil {
		return err
	}
	return n.write(ctx, key, name, files)
}

// make gives the files of the answer to a return: the page, and a marked copy
// where there is something to look at. Each is named below the folder.
func (n *answers) make(w *workspace, name string, r readReturn) ([]packFile, error) {
	maker, err := w.pages()
	if err != nil {
		return nil, err
	}
	page, err := maker.Page(r.ret, "")
	if err != nil {
		return nil, err
	}
	files := []packFile{{n.pathOf(name) + ".html", page}}
	if r.bytes == nil || r.ret.Personal || !wantsMarks(r.ret) {
		return files, nil
	}
	words, err := markWords()
	if err != nil {
		return nil, err
	}
	m, err := workbook.Mark(r.bytes, r.ret, words, w.limits)
	if err != nil {
		n.inbox.service.log.Error("no marked copy can be made", "name", r.name, "error", err.Error())
		return files, nil
	}
	copyName := n.pathOf(name)
	if m.Alone != "" {
		copyName = filepath.ToSlash(alonePath(filepath.FromSlash(copyName), map[string]bool{}))
	}
	return append(files, packFile{copyName, m.Bytes}), nil
}

// put writes one file of an answer. What stands there is replaced only where
// it is known: written here, or received as an answer. What a lost ledger no
// longer knows, and is the same, is taken for ours.
func (n *answers) put(ctx context.Context, name, key string, f packFile) error {
	to := filepath.Join(n.dir, filepath.FromSlash(f.Name))
	if b, err := os.ReadFile(to); err == nil && !bytes.Equal(b, f.Bytes) {
		known, err := n.knows(ctx, key, f.Name, b)
		if err != nil {
			return err
		}
		if !known {
			n.inbox.service.log.Warn("the answer is not written, for another file stands in its place", "file", to)
			return nil
		}
	}
	err := whole.MakeFolder(filepath.Dir(to))
	if err == nil {
		err = whole.WriteFile(to, f.Bytes)
	}
	if err != nil {
		n.failed(&n.unwritten, key, to, err)
		return nil
	}
	n.works()
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	e := inbox.Entry{Path: f.Name, Name: name, Size: info.Size(), Modified: info.ModTime()}
	sum := input{Bytes: f.Bytes}.sha256()
	n.watch.Remember([]inbox.Live{{Entry: inbox.Entry{Path: f.Name, Name: inbox.Name(f.Name), Size: e.Size, Modified: e.Modified}, Key: key, SHA256: sum}})
	return n.inbox.service.store.KeepPlace(ctx, n.inbox.place(answersPlace), placeOf(e, name, key, sum))
}

// knows reports whether a file of the folder is one that was written here and
// not changed since, or whose changes are in the archive.
func (n *answers) knows(ctx context.Context, key, p string, b []byte) (bool, error) {
	sum := input{Bytes: b}.sha256()
	places, err := n.inbox.service.store.PlacesOf(ctx, n.inbox.place(answersPlace), key)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(places, func(k store.Place) bool { return k.Path == p && k.SHA256 == sum }) {
		return true, nil
	}
	if path.Ext(p) == ".html" && slices.ContainsFunc(places, func(k store.Place) bool { return k.Path == p }) {
		return true, nil // nobody answers in a page
	}
	versions, err := n.inbox.service.store.VersionsOf(ctx, n.inbox.name, key)
	return slices.ContainsFunc(versions, func(v store.Version) bool { return v.SHA256 == sum && !v.Removed }), err
}

// removeOthers removes the files of an answer that the return no longer has.
func (n *answers) removeOthers(ctx context.Context, key string, keep []packFile) error {
	places, err := n.inbox.service.store.PlacesOf(ctx, n.inbox.place(answersPlace), key)
	if err != nil {
		return err
	}
	for _, p := range places {
		if slices.ContainsFunc(keep, func(f packFile) bool { return f.Name == p.Path }) {
			continue
		}
		file := filepath.Join(n.dir, filepath.FromSlash(p.Path))
		b, err := os.ReadFile(file)
		if err == nil {
			known, err := n.knows(ctx, key, p.Path, b)
			if err != nil {
				return err
			}
			if !known {
				continue // its officer is writing in it
			}
			if err := os.Remove(file); err != nil {
				n.failed(&n.unremoved, key, file, err)
				continue
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := n.inbox.service.store.DropPlace(ctx, n.inbox.place(answersPlace), p.Path); err != nil {
			return err
		}
	}
	return nil
}

// remove removes the answer to a return that was taken away.
func (n *answers) remove(ctx context.Context, key string) error { return n.removeOthers(ctx, key, nil) }

// look receives marked copies that their officers wrote into.
func (n *answers) look(ctx context.Context, w *workspace, now time.Time) error {
	if _, err := os.Stat(n.dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	n.last = n.watch.Look(now, n.folder.List(ctx))
	for _, r := range n.last.Ready {
		if err := n.take(ctx, w, r, now); err != nil {
			return err
		}
	}
	return nil
}

func (n *answers) take(ctx context.Context, w *workspace, r inbox.Ready, now time.Time) error {
	places, err := n.inbox.service.store.Places(ctx, n.inbox.place(answersPlace))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(places, func(p store.Place) bool { return p.Path == r.Path })
	if i < 0 {
		n.watch.Pass(r, "it is no answer to a return that is known")
		return nil
	}
	staged, b, err := n.inbox.stage(n.folder, r, w.limits.Size)
	if errors.Is(err, store.ErrNotStaged) {
		return err
	}
	if err != nil {
		n.watch.Again(now, r, reason(err))
		return nil
	}
	defer staged.Drop()
	if staged.SHA256 == places[i].SHA256 || !isOurs(b, w) {
		n.watch.Took(r, staged.SHA256)
		return nil
	}
	return n.receive(ctx, w, staged, b, r, places[i], now)
}

// receive keeps an answered copy as the next version of its return; then a new copy takes its place.
func (n *answers) receive(ctx context.Context, w *workspace, staged *store.Staged, b []byte, r inbox.Ready, p store.Place, now time.Time) error {
	t := taken{Ready: inbox.Ready{Entry: r.Entry, Key: p.Key}, staged: staged}
	t.Name = p.Name
	var err error
	if t.read, err = w.readSettled(ctx, n.inbox.found(p.Name, ""), b); err != nil {
		return err
	}
	n.watch.Took(r, staged.SHA256)
	if t.read.ret.Personal {
		return nil
	}
	if t.answer, err = n.make(w, p.Name, t.read); err != nil {
		return err
	}
	return n.inbox.receive(context.WithoutCancel(ctx), w, &t, "marked copy", now)
}
