package main

import (
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
	"boardpack/cmd/internal/reading"
	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
	"boardpack/ingest/workbook"
	"boardpack/templates"
)

// answers is the folder beside the one of returns in which officers find, for
// each return, a page that shows how it was read, and a marked copy where
// there is something to look at. A marked copy that its officer writes into is
// an answer: it is received as the next version of the return.
type answers struct {
	service *service
	folder  inbox.Folder
	watch   *inbox.Watch
}

// longestName leaves room in a file name of 255 bytes for what is added to it.
const longestName = 200

// pathOf is where the answer to a return stands, below the folder, with "/".
func (n *answers) pathOf(name string) string {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	return path.Join(path.Dir(name), inbox.Shorten(path.Base(name), longestName))
}

// write writes page and marked copy of a return, in place of earlier ones, and
// removes a copy that is no longer needed. A folder that cannot be written is
// told, and stops nothing.
func (n *answers) write(ctx context.Context, w *workspace, key string, r readReturn) error {
	files, err := n.make(w, r)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := n.put(ctx, r.name, key, f); err != nil {
			return err
		}
	}
	return n.removeOthers(ctx, key, files)
}

// make gives the files of the answer to a return, each below the folder.
func (n *answers) make(w *workspace, r readReturn) ([]packFile, error) {
	maker, err := reading.NewMaker(w.look)
	if err != nil {
		return nil, err
	}
	page, err := maker.Page(r.ret, "")
	if err != nil {
		return nil, err
	}
	files := []packFile{{n.pathOf(r.name) + ".html", page}}
	if r.bytes == nil || r.ret.Personal || !wantsMarks(r.ret) {
		return files, nil
	}
	words, err := workbook.ParseMarkWords(templates.Must("marked.yaml"))
	if err != nil {
		return nil, err
	}
	m, err := workbook.Mark(r.bytes, r.ret, words, w.limits)
	if err != nil {
		n.service.log.Error("no marked copy can be made", "name", r.name, "error", err.Error())
		return files, nil
	}
	name := n.pathOf(r.name)
	if m.Alone != "" {
		name = filepath.ToSlash(alonePath(filepath.FromSlash(name), map[string]bool{}))
	}
	return append(files, packFile{name, m.Bytes}), nil
}

// put writes one file of an answer. What stands there is replaced only where
// it is known: written here, or received as an answer.
func (n *answers) put(ctx context.Context, name, key string, f packFile) error {
	to := filepath.Join(n.folder.Dir, filepath.FromSlash(f.Name))
	if b, err := os.ReadFile(to); err == nil {
		known, err := n.knows(ctx, key, f.Name, b)
		if err != nil {
			return err
		}
		if !known {
			n.service.log.Warn("the answer is not written, for another file stands in its place", "file", to)
			return nil
		}
	}
	err := whole.MakeFolder(filepath.Dir(to))
	if err == nil {
		err = whole.WriteFile(to, f.Bytes)
	}
	if err != nil {
		n.service.log.Error("the folder of answers cannot be written", "file", to, "error", reason(err))
		return nil
	}
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	e := inbox.Entry{Path: f.Name, Name: name, Size: info.Size(), Modified: info.ModTime()}
	sum := input{Bytes: f.Bytes}.sha256()
	n.watch.Remember([]inbox.Live{{Entry: inbox.Entry{Path: f.Name, Name: inbox.Name(f.Name), Size: e.Size, Modified: e.Modified}, Key: key, SHA256: sum}})
	return n.service.store.KeepPlace(ctx, answersPlace, placeOf(e, name, key, sum))
}

// knows reports whether a file of the folder is one that was written here and
// not changed since, or whose changes are in the archive.
func (n *answers) knows(ctx context.Context, key, p string, b []byte) (bool, error) {
	sum := input{Bytes: b}.sha256()
	places, err := n.service.store.PlacesOf(ctx, answersPlace, key)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(places, func(k store.Place) bool { return k.Path == p && k.SHA256 == sum }) {
		return true, nil
	}
	if path.Ext(p) == ".html" && slices.ContainsFunc(places, func(k store.Place) bool { return k.Path == p }) {
		return true, nil // nobody answers in a page
	}
	versions, err := n.service.store.VersionsOf(ctx, "", key)
	return slices.ContainsFunc(versions, func(v store.Version) bool { return v.SHA256 == sum && !v.Removed }), err
}

// removeOthers removes the files of an answer that the return no longer has.
func (n *answers) removeOthers(ctx context.Context, key string, keep []packFile) error {
	places, err := n.service.store.PlacesOf(ctx, answersPlace, key)
	if err != nil {
		return err
	}
	for _, p := range places {
		if slices.ContainsFunc(keep, func(f packFile) bool { return f.Name == p.Path }) {
			continue
		}
		file := filepath.Join(n.folder.Dir, filepath.FromSlash(p.Path))
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
				n.service.log.Error("an answer that is no longer needed cannot be removed", "file", file, "error", reason(err))
				continue
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := n.service.store.DropPlace(ctx, answersPlace, p.Path); err != nil {
			return err
		}
	}
	return nil
}

// remove removes the answer to a return that was taken away.
func (n *answers) remove(ctx context.Context, key string) error { return n.removeOthers(ctx, key, nil) }

// look receives marked copies that their officers wrote into.
func (n *answers) look(ctx context.Context, w *workspace, now time.Time) error {
	if _, err := os.Stat(n.folder.Dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	state := n.watch.Look(now, n.folder.List(ctx))
	for _, r := range state.Ready {
		if err := n.take(ctx, w, r, now); err != nil {
			return err
		}
	}
	return nil
}

func (n *answers) take(ctx context.Context, w *workspace, r inbox.Ready, now time.Time) error {
	places, err := n.service.store.Places(ctx, answersPlace)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(places, func(p store.Place) bool { return p.Path == r.Path })
	if i < 0 {
		n.watch.Pass(r, "it is no answer to a return that is known")
		return nil
	}
	staged, b, err := n.service.stage(n.folder, r, w.limits.Size)
	if err != nil {
		n.watch.Again(now, r, reason(err))
		return nil
	}
	defer staged.Drop()
	ours, _ := workbook.IsMarked(b, w.limits)
	if staged.SHA256 == places[i].SHA256 || !ours {
		n.watch.Took(r, staged.SHA256)
		return nil
	}
	return n.receive(ctx, w, staged, b, r, places[i], now)
}

// receive keeps an answered copy as the next version of its return; then a new copy takes its place.
func (n *answers) receive(ctx context.Context, w *workspace, staged *store.Staged, b []byte, r inbox.Ready, p store.Place, now time.Time) error {
	read, err := w.readSettled(ctx, foundFile{path: staged.Path(), name: p.Name, folder: folderName(n.service.inbox.Dir)})
	if err != nil {
		return err
	}
	n.watch.Took(r, staged.SHA256)
	if read.ret.Personal {
		return nil
	}
	read.bytes = b
	return n.service.receive(ctx, w, staged, read, inbox.Ready{Entry: r.Entry, Key: p.Key}, "marked copy", now)
}
