package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"boardpack/cmd/internal/whole"
	"boardpack/transform"
)

// madePack is a pack that was made, or found to be there already.
type madePack struct {
	Dir       string
	Pack      transform.Pack   // of one that is there already only where it is told
	Stops     []transform.Stop // what would stop a final version
	Files     int
	Unchanged bool
	Trouble   error // why its working edition cannot say what changed since the version before
}

// makePack makes one pack, unless the version that stands there was made from the same.
func (w *workspace) makePack(ctx context.Context, out string, o packOrder, g gathered) (madePack, error) {
	o.bearing = o.bearingOn(g.known)
	m := w.manifest(o, g.known)
	place := filepath.Join(out, filepath.FromSlash(o.period.Folder()), o.board.ID)
	before, err := earlierIn(place)
	if err != nil {
		return madePack{}, err
	}
	unchanged := before != nil && before.manifest.InputHash == m.InputHash
	if unchanged && !g.told {
		return madePack{Dir: before.dir, Unchanged: true}, nil
	}
	returns, err := g.returnsFor(ctx, o)
	if err != nil {
		return madePack{}, err
	}
	pack, err := w.transformPack(o, returns)
	if err != nil {
		return madePack{}, err
	}
	if unchanged {
		return madePack{Dir: before.dir, Pack: pack, Stops: w.gates.Stops(pack), Files: len(before.manifest.Outputs) + 1, Unchanged: true}, nil
	}
	o.follow(before)
	made := madePack{Dir: filepath.Join(place, versionFolder(o.version)), Pack: pack, Stops: w.gates.Stops(pack), Trouble: before.unread()}
	files, err := w.renderPack(o, pack)
	if err != nil {
		return made, err
	}
	m.complete(o, pack, made.Stops, files)
	if err := w.keep(ctx, archiveOf(out), o, g); err != nil {
		return made, err
	}
	made.Files = len(files) + 1
	return made, writePack(made.Dir, m, files)
}

func writePack(dir string, m manifest, files []packFile) error {
	b, err := m.bytes()
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir); err == nil { // a leftover without a manifest
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return whole.WriteFolder(dir, func(yield func(string, []byte) bool) {
		for _, f := range append(files, packFile{"manifest.json", b}) {
			if !yield(f.Name, f.Bytes) {
				return
			}
		}
	})
}

// complete records what the pack holds.
func (m *manifest) complete(o packOrder, p transform.Pack, stops []transform.Stop, files []packFile) {
	m.Version = o.version
	for _, f := range files {
		m.Outputs = append(m.Outputs, record("", f.Name, f.Bytes))
	}
	m.Counts = countRecords(p)
	m.Stops = stopRecords(stops)
	if o.before != nil {
		for _, i := range o.before.inputs {
			m.Inputs = append(m.Inputs, record(i.Kind, i.Name, i.Bytes))
		}
	}
}

func versionFolder(n int) string { return "v" + strconv.Itoa(n) }

// folderVersion is the version that a folder's name says; 0 for none.
func folderVersion(name string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(name, "v"))
	if err != nil || !strings.HasPrefix(name, "v") {
		return 0
	}
	return n
}

// lastVersion finds the newest version of a pack; 0 where there is none.
func lastVersion(place string) (int, error) {
	entries, err := os.ReadDir(place)
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	last := 0
	for _, e := range entries {
		if e.IsDir() {
			last = max(last, folderVersion(e.Name()))
		}
	}
	return last, nil
}
