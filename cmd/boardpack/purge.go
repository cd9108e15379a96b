package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"

	"github.com/spf13/cobra"
)

// purgeFlags are what boardpack purge is told.
type purgeFlags struct {
	out, workspace, answers, who, why string
	version                           int
	all, redact, dryRun               bool
}

func (a *app) purgeCommand() *cobra.Command {
	var f purgeFlags
	c := &cobra.Command{
		Use:   "purge RETURN",
		Short: "Take a return that should never have come out of the archive for good",
		Long: "purge takes the bytes of a return out of the archive, what was read of it out of the ledger, and its\n" +
			"answers away, and leaves a tombstone that verify reports. RETURN is its name or the SHA-256 of its\n" +
			"bytes. The same bytes are never taken again, though the file stands in the shared folder. The name\n" +
			"stays on record; with --redact-name it goes too. Packs that were made with it stay as they are:\n" +
			"purge lists them. Where the service runs, it does the work at its next look.",
		Example: "  boardpack purge \"Housing Q2.xlsx\" --who \"J. Smith, IT\" --why \"misfiled: names of tenants\" --all\n" +
			"  boardpack purge 2c26b46b68ff --who \"J. Smith, IT\" --why misfiled --redact-name --dry-run",
		Args: exactly(1, "one return, by its name or hash"),
		RunE: func(c *cobra.Command, args []string) error { return a.purge(c.Context(), f, args[0]) },
	}
	outFlag(c, &f.out)
	c.Flags().StringVar(&f.workspace, "workspace", "", "the folder that serve was given; answers stand as its boardpack.yaml says, else beside it")
	c.Flags().StringVar(&f.answers, "answers", "", "the folder of answers to officers, where the service does not run")
	c.Flags().StringVar(&f.who, "who", "", "who has it taken out: a name or a post")
	c.Flags().StringVar(&f.why, "why", "", "why, without saying what nobody should know: it stays on record")
	c.Flags().IntVar(&f.version, "version", 0, "this version of it alone")
	c.Flags().BoolVar(&f.all, "all", false, "every version of it")
	c.Flags().BoolVar(&f.redact, "redact-name", false, "take its name out of journal and ledger too; every version of it must go")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	return c
}

func (a *app) purge(ctx context.Context, f purgeFlags, arg string) error {
	if f.who == "" || f.why == "" {
		return usagef("give --who and --why: who has it taken out, and why, which stays on record")
	}
	r, err := store.OpenReader(ctx, filepath.Join(f.out, archiveFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("%s has no ledger; give --out, or make one of the packs with boardpack rebuild --out %s", f.out, f.out)
	}
	if err != nil {
		return err
	}
	p, err := f.plan(ctx, r, arg)
	if err = errors.Join(err, r.Close()); err != nil {
		return err
	}
	if f.dryRun {
		fmt.Fprintln(a.out, "This would be done:")
	}
	for _, v := range p.goes {
		fmt.Fprintf(a.out, "take out %s\n", describeVersion(v))
	}
	if !f.dryRun {
		if err := a.order(ctx, f.out, request{Purge: &p.order}, p.answers); err != nil {
			return err
		}
	}
	return a.tellWhatFollows(f, p)
}

// purgePlan is a purge as the command has settled it.
type purgePlan struct {
	order   purgeOrder
	goes    []store.Version // that are still in the archive
	answers answersOf
	stands  []string // files of it in shared folders, as the last look saw them
}

// plan settles what goes.
func (f purgeFlags) plan(ctx context.Context, r *store.Reader, arg string) (purgePlan, error) {
	versions, err := r.Versions(ctx)
	if err != nil {
		return purgePlan{}, err
	}
	meant, err := f.choose(versions, arg)
	if err != nil {
		return purgePlan{}, err
	}
	p := purgePlan{order: purgeOrder{Who: f.who, Why: f.why}}
	for _, v := range meant {
		if !v.Removed {
			p.goes = append(p.goes, v)
		}
		if !slices.Contains(p.order.SHA256, v.SHA256) {
			p.order.SHA256 = append(p.order.SHA256, v.SHA256)
		}
	}
	if p.order.Returns, err = f.affected(versions, p.order.SHA256); err != nil {
		return p, err
	}
	if p.answers, err = f.answersFolders(); err != nil {
		return p, err
	}
	for _, o := range p.order.Returns {
		there, err := r.PlacesOf(ctx, placeIn(returnsPlace, o.Inbox), o.Key)
		if err != nil {
			return p, err
		}
		for _, at := range there {
			p.stands = append(p.stands, path.Join(o.Inbox, at.Path))
		}
		answered, err := r.PlacesOf(ctx, placeIn(answersPlace, o.Inbox), o.Key)
		if err != nil {
			return p, err
		}
		if o.Answers && len(answered) > 0 && p.answers(o.Inbox) == "" {
			return p, usagef("it has answers (%s); give --answers, the folder that they stand in, or --workspace, the folder that serve was given", answered[0].Path)
		}
	}
	return p, nil
}

// choose finds the versions that are meant: those of a hash, or of one name.
func (f purgeFlags) choose(versions []store.Version, arg string) ([]store.Version, error) {
	if byHash := slices.DeleteFunc(slices.Clone(versions), func(v store.Version) bool { return len(arg) < 8 || !strings.HasPrefix(v.SHA256, strings.ToLower(arg)) }); len(byHash) > 0 {
		if slices.ContainsFunc(byHash, func(v store.Version) bool { return v.SHA256 != byHash[0].SHA256 }) {
			return nil, usagef("several returns have a hash that begins with %s; give more of it", arg)
		}
		return byHash, nil
	}
	found, err := named(versions, arg)
	if err != nil {
		return nil, err
	}
	if f.version > 0 {
		found = slices.DeleteFunc(found, func(v store.Version) bool { return v.Number != f.version })
		if len(found) == 0 {
			return nil, usagef("%s has no version %d", arg, f.version)
		}
		return found, nil
	}
	if len(found) > 1 && !f.all {
		return nil, usagef("%s has %s; give --version N, or --all:\n%s", arg, count(len(found), "version"), listVersions(found))
	}
	return found, nil
}

// named finds the versions of the one return of a name; a base name will do where only one has it.
func named(versions []store.Version, arg string) ([]store.Version, error) {
	key := inbox.Key(filepath.ToSlash(arg))
	like := func(same func(name string) bool) []store.Version {
		return slices.DeleteFunc(slices.Clone(versions), func(v store.Version) bool { return !same(inbox.Key(path.Join(v.Inbox, v.Name))) })
	}
	found := like(func(name string) bool { return name == key })
	if len(found) == 0 {
		found = like(func(name string) bool { return path.Base(name) == key })
	}
	if len(found) == 0 {
		return nil, usagef("no return %q was received; give its name as verify and the log tell it, or the SHA-256 of its bytes", arg)
	}
	if slices.ContainsFunc(found, func(v store.Version) bool { return v.Inbox != found[0].Inbox || v.Key != found[0].Key }) {
		return nil, usagef("several returns have the name %s; give one with its folders, or its hash:\n%s", arg, listVersions(found))
	}
	return found, nil
}

func listVersions(versions []store.Version) string {
	var lines []string
	for _, v := range versions {
		lines = append(lines, "  "+describeVersion(v))
	}
	return strings.Join(lines, "\n")
}

func describeVersion(v store.Version) string {
	gone := ""
	if v.Removed {
		gone = ", taken out already"
	}
	return fmt.Sprintf("%s version %d, received %s, %d bytes, %s%s", path.Join(v.Inbox, v.Name), v.Number, v.Received.Format("2006-01-02 15:04 MST"), v.Size, v.SHA256[:12], gone)
}

// affected lists the returns that the bytes came under, and what of each goes
// beside them: its answers where its newest version goes, and its name.
func (f purgeFlags) affected(versions []store.Version, sums []string) ([]purgedReturn, error) {
	var out []purgedReturn
	whole := func(a, b store.Version) bool { return a.Inbox == b.Inbox && a.Key == b.Key }
	for _, v := range versions {
		if !slices.Contains(sums, v.SHA256) || slices.ContainsFunc(out, func(o purgedReturn) bool { return o.Inbox == v.Inbox && o.Key == v.Key }) {
			continue
		}
		of := slices.DeleteFunc(slices.Clone(versions), func(o store.Version) bool { return !whole(o, v) })
		newest := slices.MaxFunc(of, func(a, b store.Version) int { return cmp.Compare(a.Number, b.Number) })
		stays := slices.IndexFunc(of, func(o store.Version) bool { return !o.Removed && !slices.Contains(sums, o.SHA256) })
		if f.redact && stays >= 0 {
			return nil, usagef("the name of %s stays while a version of it does; give --all as well:\n%s", v.Name, listVersions(of))
		}
		out = append(out, purgedReturn{v.Inbox, v.Key, slices.Contains(sums, newest.SHA256), f.redact})
	}
	return out, nil
}

// answersFolders are where answers stand, as far as the flags say it.
func (f purgeFlags) answersFolders() (answersOf, error) {
	if f.workspace == "" {
		return func(string) string { return f.answers }, nil
	}
	w, err := openWorkspace("", []string{f.workspace})
	if err != nil {
		return nil, err
	}
	folders, err := w.sharedFolders(f.workspace, f.answers)
	return func(inbox string) string {
		for _, s := range folders {
			if s.name == inbox {
				return s.answers
			}
		}
		return ""
	}, err
}
