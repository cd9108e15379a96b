package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
	"boardpack/templates"
	"boardpack/transform"
)

// place is the folder of all versions of the pack, folder that of this one.
func (o packOrder) place(out string) string {
	return filepath.Join(out, filepath.FromSlash(o.period.Folder()), o.board.ID)
}

func (o packOrder) folder(out string) string {
	return filepath.Join(o.place(out), versionFolder(o.version))
}

func (o packOrder) status() string {
	if o.draft {
		return statusDraft
	}
	return statusFinal
}

// errNumberTaken says that another process made a version of the pack meanwhile.
var errNumberTaken = errors.New("another boardpack is making versions of the same pack; try again when it has ended")

// numberTries is how often a version is made anew because its number was taken.
const numberTries = 10

// untilNumbered makes a version again, with what stands by then, while its number is taken meanwhile.
func untilNumbered[T any](make func() (T, error)) (made T, err error) {
	for range numberTries {
		if made, err = make(); !errors.Is(err, errNumberTaken) {
			break
		}
	}
	return made, err
}

// standing gives the version after which a pack need not be made, nil where it
// is due, and the newest version, nil where there is none. Beside a final, the
// newest draft may be what stands: a final can be made of an older one.
func (w *workspace) standing(place string, m manifest) (stands, newest *earlierPack, err error) {
	if newest, err = earlierIn(place); newest == nil || err != nil {
		return nil, newest, err
	}
	// A new program makes drafts anew, and leaves what was published as it is.
	published := newest.manifest.statusBy(w.decisions).Status == statusFinal
	isSame := func(e *earlierPack) bool {
		return m.InputHash == e.manifest.InputHash || published && m.asMadeBy(e.manifest).dueHash() == e.manifest.InputHash
	}
	if isSame(newest) {
		return newest, newest, nil
	}
	if draft := newestDraft(place, newest); draft != nil && draft != newest && isSame(draft) {
		return draft, newest, nil
	}
	return nil, newest, nil
}

// newestDraft finds the newest draft from a version downwards; nil where there is none.
func newestDraft(place string, from *earlierPack) *earlierPack {
	if from.manifest.Status == statusDraft {
		return from
	}
	for n := from.version - 1; n > 0; n-- {
		if e, err := earlierAt(place, n); err == nil && e.manifest.Status == statusDraft {
			return e
		}
	}
	return nil
}

// asMadeBy is the manifest as it were if the program, with the schemes, report
// definitions and registers that it ships, were the one that made another.
func (m manifest) asMadeBy(other manifest) manifest {
	m.Program, m.Inputs = other.Program, slices.Clone(m.Inputs)
	for n, i := range m.Inputs {
		was := slices.IndexFunc(other.Inputs, func(o fileRecord) bool { return o.Kind == i.Kind && o.Name == i.Name })
		if was >= 0 && isShipped(i) {
			m.Inputs[n] = other.Inputs[was]
		}
	}
	return m
}

// shippedIn are the folders of what the program ships, by the kind of input.
var shippedIn = map[string]string{"scheme": "schemes", "report definition": "reports", "register": "registers"}

func isShipped(f fileRecord) bool {
	b, err := templates.FS.ReadFile(shippedIn[f.Kind] + "/" + f.Name + ".yaml")
	return err == nil && record("", f.Name, b).SHA256 == f.SHA256
}

// makeVersion draws a version, archives what it is made from, and puts it in its place.
func (w *workspace) makeVersion(ctx context.Context, out string, o packOrder, m manifest, pack transform.Pack, g gathered) (madePack, error) {
	made := madePack{Dir: o.folder(out), Status: o.status(), Pack: pack, Stops: w.gates.Stops(pack), Trouble: o.before.unread()}
	files, err := w.renderPack(o, pack)
	if err != nil {
		return made, err
	}
	m.complete(o, pack, made.Stops, files)
	if err := w.keep(ctx, archiveOf(out), o, g); err != nil {
		return made, err
	}
	made.Files = len(files) + 1
	return made, writeVersion(out, o, m, files)
}

// The permissions of the files of a version: nobody writes into a final again.
const (
	draftPermissions = 0o644
	finalPermissions = 0o444
)

// writeVersion writes a version whole and gives it its number, unless that is taken.
func writeVersion(out string, o packOrder, m manifest, files []packFile) error {
	b, err := m.bytes()
	if err != nil {
		return err
	}
	var perm fs.FileMode = draftPermissions
	if !o.draft {
		perm = finalPermissions
	}
	tmp, err := whole.StageFolder(o.place(out), perm, func(yield func(string, []byte) bool) {
		for _, f := range append(files, packFile{"manifest.json", b}) {
			if !yield(f.Name, f.Bytes) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	release, err := lockNumbers(out)
	if err != nil {
		return err
	}
	defer func() { _ = release() }()
	if last, err := lastVersion(o.place(out)); err != nil || last >= o.version {
		return errors.Join(err, fmt.Errorf("make %s: %w", filepath.ToSlash(o.folder(out)), errNumberTaken))
	}
	return whole.PlaceFolder(tmp, o.folder(out))
}

// lockNumbers keeps other processes from giving numbers to versions, for a moment.
func lockNumbers(out string) (release func() error, err error) {
	return store.LockNumbers(context.Background(), filepath.Join(out, archiveFolder))
}
