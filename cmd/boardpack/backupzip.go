package main

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
)

// backup is a backup while it is written.
type backup struct {
	out       string   // the folder of packs
	workspace string   // empty where there is none
	kept      []string // files of the workspace, where they are there
	now       time.Time

	zip           *zip.Writer
	journal       int64           // bytes of the journal that are in the ledger's copy
	held          map[string]bool // hashes of the archive that are in it
	bytes         int64           // of the archive
	packs, others int
	trouble       []string // what it holds damaged, or lacks
}

// errTakenOut says that bytes were taken out of the archive after the ledger was copied.
var errTakenOut = errors.New("returns are being taken out of the archive meanwhile; try again when that has ended")

// The folders of a backup.
const (
	backupPacks     = "packs"
	backupWorkspace = "workspace"
)

const howToRestore = `This is a backup of boardpack. To restore it, unpack it on a local disk:
packs/ is the folder of packs, archive and ledger (--out), and workspace/ holds
boardpack.yaml, what that names, and decisions.jsonl. Then

  boardpack verify --all --out packs

proves every pack and every archived byte, and

  boardpack serve RETURNS --out packs --config workspace/boardpack.yaml

goes on.
`

// errDecided says that somebody decided something while the backup was written.
var errDecided = errors.New("decisions are being written meanwhile")

// writeTo writes the whole ZIP file. What comes in while it is written must
// never be half in it, so it is taken against the order in which it is made:
// the service archives bytes, then writes the journal, then the ledger; and
// archives what a pack is made from, then puts the pack in its place, then into
// the ledger, or where it was published into the log of decisions. That log and
// the ledger come first, so all that they name is in the journal and among the
// packs by then, and of the journal no more is taken than that; the archive
// comes after these, so all that they name is in it. Only two things go the
// other way, and each has the whole begin again: what is taken out, so the
// archive is held against the ledger's copy at the end; and a decision, as a
// pack that was made with it would be in the backup without it. That of a last
// attempt is in the next backup.
func (b *backup) writeTo(ctx context.Context, to io.Writer, isLast bool) error {
	b.zip, b.held, b.bytes, b.packs, b.others, b.trouble = zip.NewWriter(to), map[string]bool{}, 0, 0, 0, nil
	if err := b.zip.SetComment(backupMark + " 1"); err != nil {
		return err
	}
	if _, err := b.add("README.txt", strings.NewReader(howToRestore), b.now); err != nil {
		return err
	}
	decisions := filepath.Join(b.workspace, decisionsName)
	decided, _ := os.Stat(decisions)
	if err := b.addWorkspace(ctx); err != nil {
		return err
	}
	wanted, err := b.addLedger(ctx)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{b.addJournal, b.addPacks, b.addArchive} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := b.lacks(ctx, wanted); err != nil {
		return err
	}
	if now, _ := os.Stat(decisions); b.workspace != "" && !isLast && sizeOf(now) != sizeOf(decided) {
		return errDecided
	}
	return b.zip.Close()
}

// sizeOf is the size of a file that only grows, as it was seen; of one that is not there 0.
func sizeOf(info fs.FileInfo) int64 {
	if info == nil {
		return 0
	}
	return info.Size()
}

// addLedger adds the ledger as it is at this moment, and gives what it wants of the archive.
func (b *backup) addLedger(ctx context.Context) (map[string]string, error) {
	dir := filepath.Join(b.out, archiveFolder)
	r, err := store.OpenReader(ctx, dir)
	if errors.Is(err, fs.ErrNotExist) { // packs of boardpack run alone have none; of one that is lost the journal tells all
		b.journal = math.MaxInt64
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer r.Close()
	tmp, err := whole.MakeTempFolder(dir) // on the same local disk, as it is as large as the ledger
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	file, err := r.Snapshot(ctx, tmp)
	if err != nil {
		return nil, err
	}
	copied, err := store.OpenReader(ctx, tmp)
	if err != nil {
		return nil, err
	}
	defer copied.Close()
	wanted, err := copied.Wanted(ctx)
	if err == nil {
		b.journal, err = copied.JournalRead(ctx)
	}
	if err != nil {
		return nil, err
	}
	return wanted, b.addFile(path.Join(backupPacks, archiveFolder, filepath.Base(file)), file)
}

// addJournal adds of the journal what the ledger's copy has of it: of a return
// that came later and was taken out at once the archive has nothing.
func (b *backup) addJournal(context.Context) error {
	file := store.JournalPath(filepath.Join(b.out, archiveFolder))
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = b.add(path.Join(backupPacks, archiveFolder, filepath.Base(file)), io.LimitReader(f, b.journal), b.now)
	return err
}

// addPacks adds every version of a pack; each is whole, as it was renamed into its place.
func (b *backup) addPacks(ctx context.Context) error {
	dirs, err := packFolders(b.out)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		rel, err := filepath.Rel(b.out, dir)
		if err != nil {
			return err
		}
		for _, name := range walkFiles(os.DirFS(dir)) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := b.addFile(path.Join(backupPacks, filepath.ToSlash(rel), name), filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				return err
			}
		}
		b.packs++
	}
	return nil
}

// addArchive adds every archived file, and notes those that are not what they were.
func (b *backup) addArchive(ctx context.Context) error {
	return archiveOf(b.out).Each(ctx, func(sum, file string) error {
		if sum == "" {
			return nil // it does not belong to the archive; verify tells it
		}
		got := sha256.New()
		n, err := b.addCopy(path.Join(backupPacks, archiveFolder, "sha256", sum[:2], sum), file, got)
		switch {
		case errors.Is(err, fs.ErrNotExist): // it was taken out meanwhile
			return nil
		case err != nil:
			return err
		case hex.EncodeToString(got.Sum(nil)) != sum:
			b.trouble = append(b.trouble, sum+" is damaged in the archive, and so in the backup; see boardpack verify --all")
		}
		b.held[sum] = true
		b.bytes += n
		return nil
	})
}

func (b *backup) addWorkspace(context.Context) error {
	for i, name := range b.kept {
		if slices.Contains(b.kept[:i], name) {
			continue
		}
		file := filepath.Join(b.workspace, filepath.FromSlash(name))
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() {
			continue // it is shipped with the program
		}
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			b.trouble = append(b.trouble, fmt.Sprintf("%s lies outside of the workspace and is not in the backup; put it beside %s", file, configName))
			continue
		}
		if err := b.addFile(path.Join(backupWorkspace, name), file); err != nil {
			return err
		}
		b.others++
	}
	return nil
}

// lacks holds what is in the backup against what its ledger wants. What is
// missing in the archive itself is told; what was taken out meanwhile has the
// whole begin again.
func (b *backup) lacks(ctx context.Context, wanted map[string]string) error {
	var still map[string]string
	for _, sum := range sortedNames(wanted) {
		if b.held[sum] {
			continue
		}
		if still == nil {
			r, err := store.OpenReader(ctx, filepath.Join(b.out, archiveFolder))
			if err != nil {
				return err
			}
			defer r.Close()
			if still, err = r.Wanted(ctx); err != nil {
				return err
			}
		}
		if _, ok := still[sum]; !ok {
			return errTakenOut
		}
		b.trouble = append(b.trouble, fmt.Sprintf("%s (%s) is missing in the archive, and so in the backup; see boardpack verify --all", sum, wanted[sum]))
	}
	return nil
}

func (b *backup) addFile(name, file string) error {
	_, err := b.addCopy(name, file, io.Discard)
	return err
}

// addCopy adds a file, and writes what it holds to a second place.
func (b *backup) addCopy(name, file string, second io.Writer) (int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return b.add(name, io.TeeReader(f, second), info.ModTime())
}

// add adds an entry. What is packed already, as workbooks and PDF files are, is stored as it is.
func (b *backup) add(name string, from io.Reader, modified time.Time) (int64, error) {
	h := &zip.FileHeader{Name: name, Modified: modified.UTC().Truncate(time.Second)}
	h.SetMode(0o644)
	if slices.Contains([]string{".db", ".jsonl", ".json", ".csv", ".html", ".yaml", ".txt"}, path.Ext(name)) {
		h.Method = zip.Deflate
	}
	to, err := b.zip.CreateHeader(h)
	if err != nil {
		return 0, err
	}
	return io.Copy(to, from)
}
