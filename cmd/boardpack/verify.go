package main

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
)

// verifyFlags are what boardpack verify is told.
type verifyFlags struct {
	returns, out string
	all, json    bool
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use:   "verify PACK",
		Short: "Make a pack again and say whether every byte is the same",
		Long: "verify makes a pack again from the returns that were archived with it, or from those of a folder,\n" +
			"and compares every file. It ends with 0 where all is the same, 1 where something differs, and 2\n" +
			"where inputs are missing. A pack of another program version is checked against its own hashes only.\n" +
			"With --all it does so with every pack of --out, reads every archived byte, and lists what was taken\n" +
			"out of the archive; the service may go on meanwhile.",
		Example: "  boardpack verify packs/2026-27/Q2/communities/v1\n  boardpack verify --returns samples packs/2026-27/Q2/communities/v1\n  boardpack verify --all --out packs",
		Args: func(c *cobra.Command, args []string) error {
			if f.all {
				return noArguments(c, args)
			}
			return exactly(1, "one pack")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case f.all && f.returns != "":
				return usagef("--returns goes with one pack; leave it out with --all")
			case f.all:
				return a.verifyAll(c.Context(), f)
			}
			return a.verify(c.Context(), f, args[0])
		},
	}
	returnsFlag(c, &f.returns)
	c.Flags().BoolVar(&f.all, "all", false, "verify every pack, and every byte of the archive")
	c.Flags().BoolVar(&f.json, "json", false, "print the result as JSON")
	outFlag(c, &f.out)
	return c
}

// outFlag names the folder of packs, archive and ledger.
func outFlag(c *cobra.Command, out *string) {
	c.Flags().StringVar(out, "out", "packs", "the folder of packs, archive and ledger")
}

// The proofs that a pack can have.
const (
	madeAgain    = "made again"
	storedHashes = "stored hashes"
)

// verdict is what verifying one pack came to.
type verdict struct {
	Pack        string   `json:"pack"`
	Program     string   `json:"program"`
	Proof       string   `json:"proof"` // "made again", or "stored hashes" where that cannot be
	Inputs      int      `json:"inputs"`
	Files       int      `json:"files"`
	Missing     []string `json:"missing"`     // inputs that could not be had
	Changed     []string `json:"changed"`     // returns that are not the same as when it was made
	Differences []string `json:"differences"` // files that are not what they should be
}

// verifyPack makes a pack again, or checks its own hashes where it is another
// program's, or its inputs are missing.
func verifyPack(ctx context.Context, dir string, from inputSource) (verdict, error) {
	m, err := readManifest(dir)
	if err != nil {
		return verdict{}, err
	}
	v := verdict{Pack: dir, Program: m.Program, Proof: storedHashes, Inputs: len(m.Inputs), Files: len(m.Outputs) + 1,
		Missing: []string{}, Changed: []string{}, Differences: []string{}} // in JSON each is a list, though it may hold nothing
	if m.Program == "boardpack "+version && ctx.Err() == nil {
		r, err := remake(dir, from, true)
		if err != nil {
			return v, err
		}
		v.Missing, v.Changed = append(v.Missing, r.missing...), append(v.Changed, r.changed...)
		if len(r.missing) == 0 {
			v.Proof, v.Files, v.Differences = madeAgain, len(r.files), append(v.Differences, differences(dir, r.files)...)
			return v, nil
		}
	}
	v.Differences = append(v.Differences, storedDifferences(dir, m)...)
	return v, ctx.Err()
}

func (a *app) verify(ctx context.Context, f verifyFlags, dir string) error {
	v, err := verifyPack(ctx, dir, inputsOf(dir, f.returns))
	if err != nil {
		return err
	}
	if f.json {
		if err := printJSON(a.out, v); err != nil {
			return err
		}
		return v.status()
	}
	a.tellVerdict(v)
	switch {
	case len(v.Differences) > 0:
		fmt.Fprintf(a.err, "boardpack: %s is not the same: %s\n", dir, count(len(v.Differences), "difference"))
	case len(v.Missing) > 0:
		return usagef("%s cannot be made again: %s missing", dir, count(len(v.Missing), "input"))
	}
	return v.status()
}

// status is the exit status of what was found, as an error.
func (v verdict) status() error {
	switch {
	case len(v.Differences) > 0:
		return exitStatus(exitFailed)
	case len(v.Missing) > 0:
		return exitStatus(exitUsage)
	}
	return nil
}

// tellVerdict tells what was found of a pack.
func (a *app) tellVerdict(v verdict) {
	for _, f := range v.Missing {
		fmt.Fprintf(a.out, "missing: %s\n", f)
	}
	for _, f := range v.Changed {
		fmt.Fprintf(a.out, "changed since the pack was made: %s\n", f)
	}
	if v.Program != "boardpack "+version {
		fmt.Fprintf(a.out, "%s was made by %s and this is boardpack %s: only the stored hashes are checked\n", v.Pack, v.Program, version)
	}
	for _, d := range v.Differences {
		fmt.Fprintf(a.out, "%s\n", d)
	}
	switch {
	case len(v.Differences) > 0:
	case v.Proof == madeAgain:
		fmt.Fprintf(a.out, "%s: made again from %s: every byte of %s is the same\n", v.Pack, count(v.Inputs, "input"), count(v.Files, "file"))
	default:
		fmt.Fprintf(a.out, "%s: every file has the hash that its manifest says\n", v.Pack)
	}
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
