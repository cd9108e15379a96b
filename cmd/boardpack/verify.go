package main

import (
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
)

func (a *app) verifyCommand() *cobra.Command {
	var returns string
	c := &cobra.Command{
		Use:   "verify PACK",
		Short: "Make a pack again and say whether every byte is the same",
		Long: "verify makes a pack again from the returns that were archived with it, or from those of a folder,\n" +
			"and compares every file. It ends with 0 where all is the same, 1 where something differs, and 2\n" +
			"where inputs are missing. A pack of another program version is checked against its own hashes only.",
		Example: "  boardpack verify packs/2026-27/Q2/communities/v1\n  boardpack verify --returns samples packs/2026-27/Q2/communities/v1",
		Args:    exactly(1, "one pack"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.verify(args[0], returns) },
	}
	returnsFlag(c, &returns)
	return c
}

func (a *app) verify(dir, returns string) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	if m.Program != "boardpack "+version {
		fmt.Fprintf(a.out, "%s was made by %s and this is boardpack %s: only the stored hashes are checked\n", dir, m.Program, version)
		return a.tellDifferences(dir, storedDifferences(dir, m), "every file has the hash that its manifest says")
	}
	r, err := remake(dir, inputsOf(dir, returns), true)
	if err != nil {
		return err
	}
	if len(r.missing) > 0 {
		for _, f := range r.missing {
			fmt.Fprintf(a.out, "missing: %s\n", f)
		}
		return usagef("%s cannot be made again: %s missing", dir, count(len(r.missing), "input"))
	}
	for _, f := range r.changed {
		fmt.Fprintf(a.out, "changed since the pack was made: %s\n", f)
	}
	return a.tellDifferences(dir, differences(dir, r.files), fmt.Sprintf("made again from %s: every byte of %s is the same", count(len(m.Inputs), "input"), count(len(r.files), "file")))
}

func (a *app) tellDifferences(dir string, diff []string, same string) error {
	if len(diff) == 0 {
		fmt.Fprintf(a.out, "%s: %s\n", dir, same)
		return nil
	}
	for _, d := range diff {
		fmt.Fprintf(a.out, "%s\n", d)
	}
	fmt.Fprintf(a.err, "boardpack: %s is not the same: %s\n", dir, count(len(diff), "difference"))
	return exitStatus(exitFailed)
}

// walkFiles lists the files below a folder; what cannot be read is left out,
// for its absence is a difference of its own.
func walkFiles(root fs.FS) []string {
	var out []string
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}
