package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"boardpack/render/data"
	"boardpack/transform"
	"boardpack/transform/changes"
)

// draftBefore is the kind of an input that is the version before of the same
// pack: its manifest and, where they are as it says, its data.
const draftBefore = "draft before"

// earlierPack is the version before of a pack that is to be made.
type earlierPack struct {
	dir      string // where it stands; empty for one among the inputs of a pack
	version  int    // by the name of its folder
	manifest manifest
	inputs   []input // its manifest first, then the files of its working data; the manifest alone where they cannot be had
	trouble  error   // why they cannot be had
}

// earlierIn reads the newest version at a pack's place; nil where there is none.
func earlierIn(place string) (*earlierPack, error) {
	last, err := lastVersion(place)
	if err != nil || last == 0 {
		return nil, err
	}
	return earlierAt(place, last)
}

func earlierAt(place string, version int) (*earlierPack, error) {
	dir := filepath.Join(place, versionFolder(version))
	e := &earlierPack{dir: dir, version: version}
	b, err := e.manifest.read(dir)
	if err != nil {
		return nil, fmt.Errorf("the pack %s is not whole; take it away and run again: %w", dir, err)
	}
	e.inputs = []input{{draftBefore, versionFolder(version) + "/manifest.json", b}}
	return e, nil
}

// load reads its data, all of them or none.
func (e *earlierPack) load() {
	var files []input
	for _, name := range data.FileNames(true) {
		b, err := e.manifest.output(e.dir, workingData+name)
		if err != nil {
			e.trouble = err
			return
		}
		files = append(files, input{draftBefore, versionFolder(e.version) + "/" + workingData + name, b})
	}
	e.inputs = append(e.inputs, files...)
}

// before is the number of the version before, as a manifest names it: of a
// final that of the draft that it was made of; 0 where there was none.
func (m manifest) before() int {
	for _, f := range m.Inputs {
		if folder, is := strings.CutSuffix(f.Name, "/manifest.json"); is && f.Kind == draftBefore {
			return folderVersion(folder)
		}
	}
	return 0
}

// earlierOf finds the version before among the inputs of a pack that is made
// again; nil where it had none.
func earlierOf(inputs []input) (*earlierPack, error) {
	e := &earlierPack{}
	for _, i := range inputs {
		if i.Kind == draftBefore {
			e.inputs = append(e.inputs, i)
		}
	}
	for _, i := range e.inputs {
		if folder, is := strings.CutSuffix(i.Name, "/manifest.json"); is {
			e.version = folderVersion(folder)
			return e, e.manifest.parse(i.Name, i.Bytes)
		}
	}
	return nil, nil
}

// follow makes the order one for the version after the newest, or for the first.
func (o *packOrder) follow(newest *earlierPack, decisions []transform.Decision) {
	o.number(newest, decisions)
	if o.before = newest; newest != nil {
		newest.load()
	}
}

// number gives the order the number after the newest version's. One that the
// log of decisions names is never given again, though its folder was taken away.
func (o *packOrder) number(newest *earlierPack, decisions []transform.Decision) {
	last := lastNamed(decisions, o.board.ID, o.period)
	if newest != nil {
		last = max(last, newest.version)
	}
	o.version = last + 1
}

// unread says why nothing can be compared with the version before.
func (e *earlierPack) unread() error {
	if e == nil {
		return nil
	}
	return e.trouble
}

// since compares a pack with the version before.
func (e *earlierPack) since(p transform.Pack) *changes.Since {
	if e == nil {
		return nil
	}
	s := &changes.Since{Version: e.version, Draft: e.manifest.Status == statusDraft, Unread: true}
	was, err := data.Read(true, e.file)
	if err != nil {
		return s // its columns are another version's, or it could not be read as it was made
	}
	s.Unread, s.Changes = false, changes.Between(was, data.Tables(p, true))
	return s
}

func (e *earlierPack) file(name string) ([]byte, error) {
	for _, i := range e.inputs {
		if strings.HasSuffix(i.Name, "/"+workingData+name) {
			return i.Bytes, nil
		}
	}
	return nil, fmt.Errorf("%s is not among what was kept of the version before", name)
}
