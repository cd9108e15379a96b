package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"boardpack/cmd/internal/store"
)

// provenAll is what verifying everything came to.
type provenAll struct {
	Packs   []verdict     `json:"packs"`
	Archive provenArchive `json:"archive"`
}

type provenArchive struct {
	Files  int         `json:"files"`
	Bytes  int64       `json:"bytes"`
	Faults []string    `json:"faults"`
	Gone   []tombstone `json:"taken_out"`
}

// tombstone is what stands for bytes that were taken out of the archive.
type tombstone struct {
	SHA256 string   `json:"sha256"`
	Names  []string `json:"names"` // that the bytes came under
	When   string   `json:"when"`
	Who    string   `json:"who"`
	Why    string   `json:"why"`
	Purged bool     `json:"purged"` // by somebody's wish; else by retention
}

func (t tombstone) String() string {
	return fmt.Sprintf("taken out on %s by %s: %s", t.When, t.Who, t.Why)
}

// verifyAll proves every pack and every archived byte.
func (a *app) verifyAll(ctx context.Context, f verifyFlags) error {
	if !isPacks(f.out) {
		return usagef("%s is no folder of packs: it has no %s; give --out", f.out, archiveFolder)
	}
	all, err := a.proveAll(ctx, f.out)
	if err != nil {
		return err
	}
	if f.json {
		err = printJSON(a.out, all)
	} else {
		a.tellAll(all)
	}
	return errors.Join(err, all.status())
}

func (a *app) proveAll(ctx context.Context, out string) (provenAll, error) {
	archive, known, err := verifyArchive(ctx, out)
	if err != nil {
		return provenAll{}, err
	}
	packs, err := packFolders(out)
	if err != nil {
		return provenAll{}, err
	}
	for _, p := range known {
		dir := filepath.Join(out, filepath.FromSlash(p.Folder))
		if !isPack(dir) {
			archive.Faults = append(archive.Faults, fmt.Sprintf("the pack %s is in the ledger and no longer in its place", filepath.ToSlash(dir)))
		}
	}
	all := provenAll{Packs: make([]verdict, len(packs)), Archive: archive}
	progress := a.progressOf("verifying pack", len(packs))
	err = sideBySide(len(packs), func(i int) error {
		defer progress.step()
		all.Packs[i] = provePack(ctx, packs[i], archive.Gone)
		return ctx.Err()
	})
	progress.end()
	return all, err
}

// provePack verifies a pack and says of missing inputs why they were taken
// out. One that cannot be verified is a difference, and costs no other.
func provePack(ctx context.Context, dir string, gone []tombstone) verdict {
	archived := archivedInputs(dir)
	v, err := verifyPack(ctx, dir, func(f fileRecord) ([]byte, error) {
		b, err := archived(f)
		if n := slices.IndexFunc(gone, func(t tombstone) bool { return t.SHA256 == f.SHA256 }); err != nil && n >= 0 {
			return nil, errors.New(gone[n].String())
		}
		return b, err
	})
	if v.Pack = filepath.ToSlash(dir); err != nil {
		v.Differences = append(v.Differences, err.Error())
	}
	return v
}

// verifyArchive verifies the archive beside packs, and its ledger where it has one.
func verifyArchive(ctx context.Context, out string) (provenArchive, []store.Pack, error) {
	dir := filepath.Join(out, archiveFolder)
	r, err := store.OpenReader(ctx, dir)
	if errors.Is(err, fs.ErrNotExist) {
		v, err := archiveOf(out).VerifyBytes(ctx)
		p := provenArchive{v.Files, v.Bytes, append([]string{}, v.Faults...), []tombstone{}}
		if _, lost := os.Stat(store.JournalPath(dir)); lost == nil {
			p.Faults = append(p.Faults, "the ledger is missing; make it again with boardpack rebuild")
		}
		return p, nil, err
	}
	if err != nil {
		return provenArchive{}, nil, err
	}
	defer r.Close()
	v, err := r.Verify(ctx)
	if err != nil {
		return provenArchive{}, nil, err
	}
	p := provenArchive{v.Files, v.Bytes, append([]string{}, v.Faults...), nil}
	if p.Gone, err = tombstones(ctx, r, v.Removed); err != nil {
		return p, nil, err
	}
	packs, err := r.Packs(ctx)
	return p, packs, err
}

// tombstones gives removals with the names that their bytes came under.
func tombstones(ctx context.Context, r *store.Reader, removed []store.Removal) ([]tombstone, error) {
	versions, err := r.Versions(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for _, v := range versions {
		if v.Removed && !slices.Contains(names[v.SHA256], v.Name) {
			names[v.SHA256] = append(names[v.SHA256], v.Name)
		}
	}
	out := []tombstone{}
	for _, m := range removed {
		out = append(out, tombstone{m.SHA256, names[m.SHA256], m.Removed.Format("2006-01-02"), m.Who, m.Why, m.Purged})
	}
	return out, nil
}

func (a *app) tellAll(all provenAll) {
	same, unproven := 0, 0
	for _, v := range all.Packs {
		a.tellVerdict(v)
		switch {
		case len(v.Differences) > 0:
		case len(v.Missing) > 0:
			unproven++
		default:
			same++
		}
	}
	for _, t := range all.Archive.Gone {
		fmt.Fprintf(a.out, "%s %q: %s\n", t.SHA256, t.Names, t)
	}
	for _, f := range all.Archive.Faults {
		fmt.Fprintf(a.out, "%s\n", f)
	}
	fmt.Fprintf(a.out, "%s: %d the same, %d that cannot be made again, %d different\n", count(len(all.Packs), "pack"), same, unproven, len(all.Packs)-same-unproven)
	fmt.Fprintf(a.out, "%s in the archive, %d bytes, %s taken out: %s\n", count(all.Archive.Files, "file"), all.Archive.Bytes, count(len(all.Archive.Gone), "file"), count(len(all.Archive.Faults), "fault"))
}

// status is the exit status of what was found, as an error.
func (all provenAll) status() error {
	if len(all.Archive.Faults) > 0 {
		return exitStatus(exitFailed)
	}
	var worst error
	for _, v := range all.Packs {
		if len(v.Differences) > 0 {
			return v.status()
		}
		if worst == nil {
			worst = v.status()
		}
	}
	return worst
}

// The names of the folders of packs, from the outermost.
var packLevels = []*regexp.Regexp{regexp.MustCompile(`^\d{4}-\d{2}$`), regexp.MustCompile(`^Q[1-4]$`), regexp.MustCompile(`^[^.]`), versionName}

// packFolders lists the versions of packs below a folder, in their order.
func packFolders(out string) ([]string, error) {
	dirs, err := versionFolders(out)
	return slices.DeleteFunc(dirs, func(dir string) bool { return !isPack(dir) }), err
}

// versionFolders lists the folders below one that stand where versions of packs do, in their order.
func versionFolders(out string) ([]string, error) {
	dirs := []string{out}
	for _, level := range packLevels {
		above := dirs
		dirs = nil
		for _, dir := range above {
			entries, err := os.ReadDir(dir)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			for _, e := range entries {
				if e.IsDir() && level.MatchString(e.Name()) {
					dirs = append(dirs, filepath.Join(dir, e.Name()))
				}
			}
		}
	}
	slices.SortFunc(dirs, func(a, b string) int {
		return cmp.Or(strings.Compare(filepath.Dir(a), filepath.Dir(b)), folderVersion(filepath.Base(a))-folderVersion(filepath.Base(b)))
	})
	return dirs, nil
}
