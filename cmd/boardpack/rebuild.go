package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"

	"github.com/spf13/cobra"
)

// rebuildFlags are what boardpack rebuild is told.
type rebuildFlags struct{ out, workspace string }

func (a *app) rebuildCommand() *cobra.Command {
	var f rebuildFlags
	c := &cobra.Command{
		Use:   "rebuild",
		Short: "Make the ledger again from archive, journal and packs",
		Long: "rebuild makes the ledger again where it is lost or damaged: the returns from the journal beside it, the\n" +
			"packs from their manifests. The old one is kept beside. Where the journal is lost or damaged too, the\n" +
			"manifests tell which returns there were, and the times they came are those of the packs. The service\n" +
			"must not run; at its next start it reads again what it needs, and makes nothing that is there.",
		Example: "  boardpack rebuild --out packs\n  boardpack rebuild --out packs --workspace returns",
		Args:    noArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return a.rebuild(c.Context(), f, time.Now()) },
	}
	outFlag(c, &f.out)
	c.Flags().StringVar(&f.workspace, "workspace", "", "the folder that serve was given; it is needed where there are several inboxes and the journal is lost")
	return c
}

func (a *app) rebuild(ctx context.Context, f rebuildFlags, now time.Time) error {
	if !isPacks(f.out) {
		return usagef("%s is no folder of packs: it has no %s; give --out", f.out, archiveFolder)
	}
	inboxes, err := f.inboxes()
	if err != nil {
		return err
	}
	known, err := packsOnDisk(f.out)
	if err != nil {
		return err
	}
	var packs []store.Pack
	for _, p := range known {
		packs = append(packs, p.storePack(p.folder, p.made))
	}
	s, done, err := store.Rebuild(ctx, filepath.Join(f.out, archiveFolder), packs, receiptsOf(known, inboxes), now)
	if err != nil {
		return err
	}
	return errors.Join(a.tellRebuilt(ctx, s, done, len(packs)), s.Close())
}

// inboxes are the names of the shared folders, where there are several.
func (f rebuildFlags) inboxes() ([]string, error) {
	if f.workspace == "" {
		return nil, nil
	}
	w, err := openWorkspace("", []string{f.workspace})
	var names []string
	for _, i := range w.Service.Inboxes {
		names = append(names, i.Name)
	}
	return names, err
}

// packOnDisk is a pack by its manifest.
type packOnDisk struct {
	manifest
	folder string    // with "/", below the folder of packs
	made   time.Time // as far as the disk knows
}

// packsOnDisk reads the manifests of all packs, the oldest first.
func packsOnDisk(out string) ([]packOnDisk, error) {
	dirs, err := packFolders(out)
	if err != nil {
		return nil, err
	}
	var packs []packOnDisk
	for _, dir := range dirs {
		m, err := readManifest(dir)
		if err != nil {
			return nil, fmt.Errorf("%w; put it back from a backup, or move the pack out of the way", err)
		}
		folder, err := filepath.Rel(out, dir)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(filepath.Join(dir, "manifest.json"))
		if err != nil {
			return nil, err
		}
		packs = append(packs, packOnDisk{m, filepath.ToSlash(folder), info.ModTime()})
	}
	slices.SortStableFunc(packs, func(a, b packOnDisk) int {
		return cmp.Or(a.made.Compare(b.made), cmp.Compare(a.Version, b.Version))
	})
	return packs, nil
}

// receiptsOf are the returns that packs name, the older versions of each before the newest.
func receiptsOf(packs []packOnDisk, inboxes []string) []store.Told {
	var out []store.Told
	for _, p := range packs {
		var returns []fileRecord
		for _, f := range p.Inputs {
			if f.Kind == "return" {
				returns = append(returns, f)
			}
		}
		slices.SortStableFunc(returns, func(a, b fileRecord) int { return cmp.Compare(stands(b), stands(a)) })
		for _, f := range returns {
			in, name := inboxOf(f.Name, inboxes)
			out = append(out, store.Told{Older: stands(f) > 0, Receipt: store.Receipt{Inbox: in, Name: name, Key: inbox.Key(name),
				SHA256: f.SHA256, Size: int64(f.Size), Modified: p.made, Received: p.made, Origin: "pack"}})
		}
	}
	return out
}

// stands is 1 for a version that was used though a newer one was there, else 0.
func stands(f fileRecord) int {
	if f.Stands == string(inbox.LastGood) || f.Stands == string(inbox.EarlierQuarter) {
		return 1
	}
	return 0
}

// inboxOf parts the name of a return from that of its inbox, where there are several.
func inboxOf(name string, inboxes []string) (in, rest string) {
	first, rest, more := strings.Cut(name, "/")
	if more && slices.Contains(inboxes, first) {
		return first, rest
	}
	return "", name
}

func (a *app) tellRebuilt(ctx context.Context, s *store.Store, done store.Rebuilt, packs int) error {
	versions, err := s.Versions(ctx)
	if err != nil {
		return err
	}
	returns := map[string]bool{}
	for _, v := range versions {
		returns[v.Inbox+"\x00"+v.Key] = true
	}
	fmt.Fprintf(a.out, "the ledger was made again: %s in %s, %s\n", count(len(returns), "return"), count(len(versions), "version"), count(packs, "pack"))
	for _, file := range done.Kept {
		fmt.Fprintf(a.out, "what stood there is kept as %s\n", filepath.ToSlash(file))
	}
	if done.LostLines > 0 {
		fmt.Fprintf(a.out, "%s of the journal cannot be read; if it told what was purged, that is no longer known\n", count(done.LostLines, "line"))
	}
	if done.Ledger > 0 {
		fmt.Fprintf(a.out, "%s of the journal came back from the earlier ledger\n", count(done.Ledger, "line"))
	}
	if done.Packs > 0 {
		fmt.Fprintf(a.out, "%s came back from the packs that were made with them; the times they came are those of the packs\n", count(done.Packs, "version"))
	}
	unnamed, err := unnamedFiles(ctx, s)
	if err == nil && unnamed > 0 {
		fmt.Fprintf(a.out, "%s of the archive: nothing that is left names them; they stay\n", count(unnamed, "file"))
	}
	return err
}

// unnamedFiles counts what the archive holds and the ledger does not know.
func unnamedFiles(ctx context.Context, s *store.Store) (n int, err error) {
	wanted, err := s.Named(ctx)
	if err != nil {
		return 0, err
	}
	err = s.Each(ctx, func(sum, _ string) error {
		if !wanted[sum] {
			n++
		}
		return nil
	})
	return n, err
}
