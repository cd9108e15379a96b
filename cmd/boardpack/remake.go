package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/render"
	"boardpack/transform"

	"github.com/spf13/cobra"
)

// remade is a pack made again from what its manifest names.
type remade struct {
	manifest manifest
	missing  []string // inputs that could not be had
	changed  []string // returns that are not the same as when the pack was made
	work     workspace
	order    packOrder
	gathered gathered
	pack     transform.Pack
	settings render.Settings
	files    []packFile // with manifest.json
}

// inputSource gives the bytes of an input of a pack.
type inputSource func(f fileRecord) ([]byte, error)

// returnsFlag lets a command take the returns from a folder.
func returnsFlag(c *cobra.Command, returns *string) {
	c.Flags().StringVar(returns, "returns", "", "take the returns from this folder and not from the archive")
}

// inputsOf reads the inputs of a pack: the returns from a folder where one is named, else all from the archive.
func inputsOf(packDir, returns string) inputSource {
	if returns != "" {
		return folderInputs(packDir, returns)
	}
	return archivedInputs(packDir)
}

// archivedInputs reads the archive that stands beside the pack.
func archivedInputs(packDir string) inputSource {
	abs, err := filepath.Abs(packDir)
	if err != nil {
		abs = packDir
	}
	a := archiveOf(filepath.Join(abs, "..", "..", "..", ".."))
	return func(f fileRecord) ([]byte, error) { return a.Get(f.SHA256) }
}

// folderInputs reads returns from a folder, and the rest from the archive.
func folderInputs(packDir, returns string) inputSource {
	archived := archivedInputs(packDir)
	paths := map[string]string{} // by name, for a name on disk may be written in another Unicode form
	if found, err := findReturns([]string{returns}, ""); err == nil {
		for _, f := range found {
			paths[f.name] = f.path
		}
	}
	return func(f fileRecord) ([]byte, error) {
		if f.Kind != "return" {
			return archived(f)
		}
		b, err := os.ReadFile(paths[f.Name])
		if err != nil {
			return nil, fmt.Errorf("%s is not in %s", f.Name, returns)
		}
		return b, nil
	}
}

// remake makes a pack again. Missing inputs are listed, and then nothing is made.
func remake(dir string, from inputSource, draw bool) (remade, error) {
	m, err := readManifest(dir)
	if err != nil {
		return remade{}, err
	}
	r := remade{manifest: m}
	inputs := r.collect(from, draw)
	if len(r.missing) > 0 {
		return r, nil
	}
	if r.work, err = m.workspace(inputs); err != nil {
		return r, err
	}
	w := &r.work
	if r.order, err = w.order(m); err != nil {
		return r, err
	}
	if r.order.before, err = earlierOf(inputs); err != nil {
		return r, err
	}
	if r.gathered, r.order.outlines, err = w.gatherAgain(inputs, m); err != nil {
		return r, err
	}
	r.order.bearing = r.gathered.bearingOn(r.order)
	returns, err := r.gathered.returnsFor(context.Background(), r.order)
	if err != nil {
		return r, err
	}
	if r.pack, err = w.transformPack(r.order, returns); err != nil {
		return r, err
	}
	if r.settings, err = w.settingsOf(r.order, r.pack, render.Working); err != nil || !draw {
		return r, err
	}
	return r, w.renderAgain(&r, r.order, r.gathered)
}

func (r *remade) collect(from inputSource, draw bool) []input {
	var inputs []input
	for _, f := range r.manifest.Inputs {
		if f.Kind == draftBefore && !draw {
			continue // only what is drawn says what changed since
		}
		b, err := from(f)
		if err != nil {
			r.missing = append(r.missing, fmt.Sprintf("%s %s: %v", f.Kind, f.Name, err))
			continue
		}
		i := input{f.Kind, f.Name, b}
		if i.sha256() != f.SHA256 {
			r.changed = append(r.changed, f.Name)
		}
		inputs = append(inputs, i)
	}
	return inputs
}

// workspace makes the workspace that a pack was made in.
func (m manifest) workspace(inputs []input) (workspace, error) {
	var given []input
	byName := map[string]input{}
	for _, i := range inputs {
		byName[i.Kind+"\x00"+i.Name] = i
		if i.Kind == "configuration" || i.Kind == "decisions" {
			given = append(given, i)
		}
	}
	w, err := buildWorkspace("", given, func(kind, _, name string) (input, error) {
		i, ok := byName[kind+"\x00"+filepath.ToSlash(name)]
		if !ok {
			return input{}, fmt.Errorf("the manifest names no %s %s", kind, name)
		}
		return i, nil
	})
	w.said = ingest.Period{Year: ingest.PeriodIn(m.Settings.Year).Year, Quarter: ingest.PeriodIn(m.Settings.Quarter).Quarter}
	return w, err
}

func (w *workspace) order(m manifest) (packOrder, error) {
	n := slices.IndexFunc(w.boards, func(b transform.Board) bool { return b.ID == m.Board })
	if n < 0 {
		return packOrder{}, fmt.Errorf("the configuration has no board %q", m.Board)
	}
	asAt, err := ingest.ParseDate(m.DataAsAt)
	return packOrder{board: w.boards[n], period: m.period(), version: m.Version, draft: m.Status == statusDraft, asAt: asAt}, err
}

// gatherAgain gives the returns that a pack was made of, those of which it kept
// the outline alone with nothing else, and the file of outlines that it kept.
func (w *workspace) gatherAgain(inputs []input, m manifest) (g gathered, outlines fileRecord, err error) {
	read := w.readAgain(inputs, m)
	known, whole := knownOf(read), map[string]bool{}
	for _, r := range known {
		whole[r.name+r.sha256] = true
	}
	var others []transform.Other
	for _, i := range inputs {
		if i.Kind == outlinesKind {
			outlines = record(i.Kind, i.Name, i.Bytes)
			others, err = transform.ParseOthers(i.Bytes)
		}
	}
	for _, x := range others {
		if !whole[x.Name+x.SHA256] {
			known = append(known, knownReturn{foundFile: foundFile{name: x.Name}, sha256: x.SHA256, kept: true, outline: x.Outline})
		}
	}
	rows := func(_ context.Context, n int) (readReturn, error) {
		if n >= len(read) {
			return readReturn{}, fmt.Errorf("the pack kept the outline of %s alone, and is made of all that it says", known[n].name)
		}
		return read[n], nil
	}
	return gatheredOf(known, rows), outlines, err
}

func (w *workspace) readAgain(inputs []input, m manifest) []readReturn {
	records := map[string]fileRecord{}
	for _, f := range m.Inputs {
		records[f.Name+f.SHA256] = f
	}
	var read []readReturn
	for _, i := range inputs {
		if i.Kind == "return" {
			f := records[i.Name+i.sha256()]
			ret, _ := workbook.Read(i.Name, i.Bytes, w.options(f.Folder)) // what is wrong stands in its findings
			tellOlder(&ret, f.Stands)
			ret.Directorate = w.directorateOf(f.Name)
			one := readReturn{foundFile: foundFile{name: i.Name, folder: f.Folder, stands: f.Stands}, bytes: i.Bytes, ret: ret}
			w.settle(&one)
			read = append(read, one)
		}
	}
	return sameOnce(read)
}

func (w *workspace) renderAgain(r *remade, o packOrder, g gathered) error {
	files, err := w.renderPack(o, r.pack)
	if err != nil {
		return err
	}
	m := w.manifest(o, g)
	m.complete(o, r.pack, w.gates.Stops(r.pack), files)
	b, err := m.bytes()
	r.files = append(files, packFile{"manifest.json", b})
	return err
}

// differences compares files with those of a pack's folder.
func differences(dir string, files []packFile) []string {
	var out []string
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name] = true
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Name)))
		switch {
		case err != nil:
			out = append(out, f.Name+" is missing")
		case string(b) != string(f.Bytes):
			out = append(out, f.Name+" differs")
		}
	}
	return append(out, strangers(dir, names)...)
}

// strangers lists files of a folder that do not belong to the pack.
func strangers(dir string, names map[string]bool) []string {
	var out []string
	root := os.DirFS(dir)
	for _, name := range walkFiles(root) {
		if !names[name] && !strings.HasPrefix(name, ".") {
			out = append(out, name+" does not belong to the pack")
		}
	}
	return out
}

// storedDifferences compares the files of a pack with the hashes of its own manifest.
func storedDifferences(dir string, m manifest) []string {
	var out []string
	names := map[string]bool{"manifest.json": true}
	for _, f := range m.Outputs {
		names[f.Name] = true
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Name)))
		switch {
		case err != nil:
			out = append(out, f.Name+" is missing")
		case record("", f.Name, b).SHA256 != f.SHA256:
			out = append(out, f.Name+" differs")
		}
	}
	return append(out, strangers(dir, names)...)
}
