package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"boardpack/cmd/internal/whole"

	"github.com/spf13/cobra"
)

// backupFlags are what boardpack backup is told.
type backupFlags struct{ out, workspace string }

func (a *app) backupCommand() *cobra.Command {
	var f backupFlags
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write packs, archive, ledger and workspace to one file, while the service runs",
		Long: "backup writes one ZIP file that holds all that is needed to go on elsewhere: every pack, every\n" +
			"archived byte, the journal, the ledger as it is at one moment, and of the workspace boardpack.yaml,\n" +
			"what that names, and decisions.jsonl. The service may go on meanwhile. An earlier backup of that\n" +
			"name is replaced when the new one is whole. To restore, unpack it; boardpack verify --all proves it.",
		Example: "  boardpack backup /mnt/backup/boardpack.zip --out packs --workspace returns",
		Args:    exactly(1, "the file to write"),
		RunE:    func(c *cobra.Command, args []string) error { return a.backup(c.Context(), f, args[0]) },
	}
	outFlag(c, &f.out)
	workspaceFlag(c, &f.workspace)
	return c
}

func (a *app) backup(ctx context.Context, f backupFlags, file string) error {
	if !isPacks(f.out) {
		return usagef("%s is no folder of packs: it has no %s; give --out", f.out, archiveFolder)
	}
	if isInside(f.out, file) {
		return usagef("%s lies in %s, and would be lost with it; give a file elsewhere, best on another disk", file, f.out)
	}
	if err := isBackupOrNothing(file); err != nil {
		return usagef("write the backup %s: %v", file, err)
	}
	w, kept, err := f.keptOfWorkspace()
	if err != nil {
		return err
	}
	b := &backup{out: f.out, workspace: w, kept: kept, now: time.Now()}
	if err := b.write(ctx, file); err != nil {
		return fmt.Errorf("write the backup %s: %w", file, err)
	}
	fmt.Fprintf(a.out, "%s: %s, %d bytes of %s in the archive, %s of the workspace\n", filepath.ToSlash(file), count(b.packs, "pack"), b.bytes, count(len(b.held), "file"), count(b.others, "file"))
	if w == "" {
		fmt.Fprintln(a.err, "boardpack: the backup has no boardpack.yaml and no decisions.jsonl; give --workspace, the folder that they stand in")
	}
	for _, told := range b.trouble {
		fmt.Fprintf(a.err, "boardpack: %s\n", told)
	}
	if len(b.trouble) > 0 {
		return exitStatus(exitFailed)
	}
	return nil
}

// keptOfWorkspace gives the workspace's folder and the names of its files that are backed up.
func (f backupFlags) keptOfWorkspace() (dir string, names []string, err error) {
	dir, names = f.workspace, []string{configName, decisionsName}
	if dir == "" {
		for _, name := range names {
			if isThere(name) {
				dir = "."
			}
		}
	}
	if dir == "" {
		return "", nil, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", nil, usagef("the workspace %s is no folder", dir)
	}
	w, err := openWorkspace("", []string{dir})
	if err != nil {
		return "", nil, fmt.Errorf("the workspace cannot be read as a whole: %w", err)
	}
	for _, i := range w.inputs {
		if i.Kind != "configuration" && i.Kind != "decisions" {
			names = append(names, i.Name)
		}
	}
	return dir, names, nil
}

// backupMark begins the comment of every ZIP file that backup writes, and tells it from others.
const backupMark = "boardpack backup"

// isBackupOrNothing refuses a file that is there and is no earlier backup.
func isBackupOrNothing(file string) error {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	r, err := zip.OpenReader(file)
	if err != nil {
		return errors.New("a file is there that is no backup; give another name")
	}
	defer r.Close()
	if !strings.HasPrefix(r.Comment, backupMark) {
		return errors.New("a ZIP file is there that is no backup; give another name")
	}
	return nil
}

// write writes the backup beside its place and renames it.
func (b *backup) write(ctx context.Context, file string) error {
	dir := filepath.Dir(file)
	whole.RemoveLeftovers(dir, b.now, func(name string) bool { return name != filepath.Base(dir) }) // of this folder alone
	tmp, err := whole.CreateTemp(dir)
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	const attempts = 3
	for n := 1; ; n++ {
		err = b.writeTo(ctx, tmp, n == attempts)
		if !errors.Is(err, errTakenOut) && !errors.Is(err, errDecided) || n == attempts {
			break
		}
		if _, err = tmp.Seek(0, 0); err == nil {
			err = tmp.Truncate(0)
		}
		if err != nil {
			break
		}
	}
	if err != nil {
		tmp.Close()
		return err
	}
	return whole.Place(tmp, file)
}
