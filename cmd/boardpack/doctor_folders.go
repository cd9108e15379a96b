package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"boardpack/cmd/internal/disk"
	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
)

// folders looks at the shared folders and their answers.
func (e *examination) folders(ctx context.Context, w *workspace) {
	folders, err := w.sharedFolders(e.returns, e.setUp.answers)
	if err != nil {
		e.wrong("folders", "", "%v", err)
		return
	}
	for _, f := range folders {
		e.returnsIn(ctx, f)
		e.answersIn(f)
	}
}

func (f shared) called(what string) string {
	if f.name == "" {
		return what
	}
	return what + " of " + f.name
}

// returnsIn looks at a folder of returns: that it can be read, and that nothing of the program's own lies in it.
func (e *examination) returnsIn(ctx context.Context, f shared) {
	check := f.called("returns")
	list := inbox.Folder{Dir: f.dir}.List(ctx)
	switch {
	case list.Err != nil:
		e.wrong(check, "connect the share, or let the service's user read it; what was received stands meanwhile", "%s cannot be read: %s", slashed(f.dir), reason(list.Err))
		return
	case len(list.Unread) > 0:
		e.wrong(check, "let the service's user read them", "%s in %s cannot be read, such as %s", count(len(list.Unread), "folder or file"), slashed(f.dir), list.Unread[0])
	case isInside(f.dir, e.packs) && realPath(f.dir) == realPath(e.packs):
		e.wrong(check, "give --out another folder", "%s is the folder of packs too", slashed(f.dir))
	case isInside(e.packs, f.dir):
		e.wrong(check, "keep returns and packs apart", "%s lies in the folder of packs", slashed(f.dir))
	case isInside(f.dir, e.packs):
		e.look(check, "better keep packs where officers do not write", "the folder of packs lies in %s", slashed(f.dir))
	default:
		e.ok(check, "%s in %s", count(len(list.Entries), "workbook"), slashed(f.dir))
	}
	if own := whole.Leftovers(f.dir, e.now.Add(48*time.Hour), versionName.MatchString); len(own) > 0 {
		e.look(check, "find out which program was given this folder to write to", "%s was begun there by boardpack, which writes nothing among returns", slashed(own[0]))
	}
}

func (e *examination) answersIn(f shared) {
	check := f.called("answers")
	if realPath(f.answers) == realPath(e.packs) || isInside(e.packs, f.answers) {
		e.wrong(check, "give answers a folder of their own, which officers can reach", "%s lies in the folder of packs, which is not for officers", slashed(f.answers))
		return
	}
	e.writable(check, f.answers)
}

// writable tries whether a folder, or the one that it would be made in, can be written.
func (e *examination) writable(check, dir string) bool {
	at, err := disk.Nearest(dir)
	if err == nil {
		err = tryWriting(at)
	}
	switch {
	case err != nil:
		e.wrong(check, "let the service's user write there", "%s cannot be written: %s", slashed(dir), reason(err))
		return false
	case at != realPath(dir) && at != dir:
		e.ok(check, "%s is not there yet, and can be made", slashed(dir))
	default:
		e.ok(check, "%s can be written", slashed(dir))
	}
	return true
}

// tryWriting makes a file and takes it away again.
func tryWriting(dir string) error {
	f, err := whole.CreateTemp(dir)
	if err != nil {
		return err
	}
	_, err = f.Write([]byte("boardpack doctor\n"))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// Room on the disk of packs: below the first nights will soon fail, below the second somebody should look.
const (
	tooLittleRoom = 200 << 20
	littleRoom    = 2 << 30
)

// packsFolder looks at the folder of packs and the disk under it.
func (e *examination) packsFolder() {
	if !e.writable("packs", e.packs) {
		return
	}
	at, err := disk.Nearest(e.packs)
	if err != nil {
		return
	}
	switch kind, err := disk.KindOf(at); {
	case err != nil:
		e.look("disk", "see by hand that it is a local one", "%v", err)
	case kind.Network:
		e.wrong("disk", "move packs to a local disk and give --out: the ledger's locks do not hold on a share", "%s lies on a network share (%s)", slashed(e.packs), kind.Name)
	case kind.Memory:
		e.wrong("disk", "move packs to a disk that stays", "%s lies in memory (%s) and is lost when the machine is switched off", slashed(e.packs), kind.Name)
	default:
		e.room(at, kind)
	}
}

func (e *examination) room(at string, kind disk.Kind) {
	name := kind.Name
	if name == "" {
		name = "of a kind that is not known"
	}
	left, err := disk.Left(at)
	switch {
	case err != nil:
		e.look("disk", "see by hand what room it has", "%v", err)
	case left < tooLittleRoom:
		e.wrong("disk", "make room", "%s is left on the disk of packs", megabytes(left))
	case left < littleRoom:
		e.look("disk", "make room before long", "%s is left on the disk of packs", megabytes(left))
	default:
		e.ok("disk", "a local one (%s) with %s left", name, megabytes(left))
	}
}

func megabytes(n uint64) string {
	if n < 10<<30 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d GB", n>>30)
}

// store looks at the lock and the ledger.
func (e *examination) store(ctx context.Context) {
	dir := filepath.Join(e.packs, archiveFolder)
	switch held, process, err := store.Holder(dir); {
	case err != nil:
		e.look("lock", "ask again as the service's user", "whether a service is at work cannot be told: %s", reason(err))
	case held && process > 0:
		e.ok("lock", "a boardpack is at work on it, process %d", process)
	case held:
		e.ok("lock", "a boardpack is at work on it")
	default:
		e.ok("lock", "free: no service is at work")
	}
	r, err := store.OpenReader(ctx, dir)
	if errors.Is(err, fs.ErrNotExist) {
		e.ok("ledger", "there is none yet: the service makes it at its first start")
		return
	}
	if err != nil {
		e.wrong("ledger", "let the service's user read it; where it is damaged, boardpack rebuild makes it again", "%v", err)
		return
	}
	defer r.Close()
	at, known, err := r.Steps(ctx)
	switch {
	case err != nil:
		e.wrong("ledger", "where it is damaged, boardpack rebuild makes it again", "%v", err)
	case at < known:
		e.ok("ledger", "it is of an earlier boardpack, step %d of %d; the service brings it forward at its start", at, known)
	default:
		e.ok("ledger", "it can be read, step %d of %d", at, known)
	}
}

// earliest is before this program was written: a clock that shows less was never set.
var earliest = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// clock looks at whether the time can be right, and never goes back.
func (e *examination) clock(ctx context.Context) {
	if e.now.Before(earliest) {
		e.wrong("clock", "set it, and have it kept by NTP", "it shows %s", e.now.Format("2 January 2006"))
		return
	}
	if r, err := store.OpenReader(ctx, filepath.Join(e.packs, archiveFolder)); err == nil {
		defer r.Close()
		if runs, err := r.Runs(ctx, 1); err == nil && len(runs) > 0 && runs[0].Ended.After(e.now.Add(5*time.Minute)) {
			e.wrong("clock", "set it, and have it kept by NTP", "it shows %s, and the last run ended at %s", e.now.Format(time.DateTime), runs[0].Ended.In(e.now.Location()).Format(time.DateTime))
			return
		}
	}
	e.ok("clock", "it shows %s", e.now.Format("2 January 2006 15:04 MST"))
}

// leftovers looks for what killed runs left unfinished.
func (e *examination) leftovers() {
	left := whole.Leftovers(e.packs, e.now, versionName.MatchString)
	old, _ := filepath.Glob(filepath.Join(globEscape(filepath.Join(e.packs, archiveFolder)), "ledger.db.before-*"))
	if len(left) > 0 {
		e.look("leftovers", "the next run takes them away", "%s of runs that were killed, such as %s", count(len(left), "unfinished file"), slashed(left[0]))
	}
	if len(old) > 0 {
		e.look("leftovers", "take them away once the new ledger has proved right", "%s of before a rebuild, such as %s", count(len(old), "ledger"), slashed(old[0]))
	}
	if len(left)+len(old) == 0 {
		e.ok("leftovers", "none")
	}
}
