package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"boardpack/transform"
)

// madePack is a pack that was made, or found to be there already.
type madePack struct {
	Dir       string
	Status    string           // of the version: draft, final or superseded; of one that is there already only where it is told
	Pack      transform.Pack   // as its status
	Stops     []transform.Stop // what would stop a final version
	Files     int
	Unchanged bool
	Trouble   error // why its working edition cannot say what changed since the version before
}

// makePack makes one pack, unless the version that stands there was made from the same.
func (w *workspace) makePack(ctx context.Context, out string, o packOrder, g gathered) (madePack, error) {
	o.bearing = g.bearingOn(o)
	m := w.manifest(o, g)
	place := o.place(out)
	if last, err := lastVersion(place); err == nil && !g.told {
		if dir := filepath.Join(place, versionFolder(last)); madeFrom(dir, m.InputHash) {
			return madePack{Dir: dir, Unchanged: true}, nil
		}
	}
	stands, newest, err := w.standing(place, m)
	if err != nil {
		return madePack{}, err
	}
	if stands != nil && !g.told {
		return madePack{Dir: stands.dir, Unchanged: true}, nil
	}
	returns, err := g.returnsFor(ctx, o)
	if err != nil {
		return madePack{}, err
	}
	pack, err := w.transformPack(o, returns)
	if err != nil {
		return madePack{}, err
	}
	if stands != nil {
		return madePack{Dir: stands.dir, Status: stands.manifest.statusBy(w.decisions).Status, Pack: pack, Stops: w.gates.Stops(pack), Files: len(stands.manifest.Outputs) + 1, Unchanged: true}, nil
	}
	o.follow(newest, w.decisions)
	if len(returns.others) > 0 {
		if o.outlines, err = g.keepOutlines(archiveOf(out), o); err != nil {
			return madePack{}, err
		}
		m = w.manifest(o, g)
	}
	return w.makeVersion(ctx, out, o, m, pack, g)
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
