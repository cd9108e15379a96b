package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"boardpack/transform"

	"github.com/spf13/cobra"
)

func (a *app) supersedeCommand() *cobra.Command {
	var workspaceDir, who, reason string
	c := &cobra.Command{
		Use:   "supersede PACK",
		Short: "Withdraw a final without another in its place",
		Long: "supersede says of a final that it is withdrawn, by whom and why, as a line of decisions.jsonl. The final\n" +
			"stays with its bytes. To put another one in its place, use boardpack publish --supersede.",
		Example: "  boardpack supersede --workspace samples --who \"Committee Clerk\" --reason \"Published before the meeting\" packs/2026-27/Q2/communities/v2",
		Args:    exactly(1, "one pack"),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.supersede(workspaceDir, transform.Decision{Kind: transform.DecideSupersession, Who: who, Text: reason}, args[0], time.Now())
		},
	}
	workspaceFlag(c, &workspaceDir)
	c.Flags().StringVar(&who, "who", "", "who withdraws it: a name or a post")
	c.Flags().StringVar(&reason, "reason", "", "why")
	return c
}

func (a *app) supersede(workspaceDir string, d transform.Decision, dir string, now time.Time) error {
	if strings.TrimSpace(d.Who) == "" || strings.TrimSpace(d.Text) == "" {
		return usagef("say with --who who withdraws it, and with --reason why")
	}
	pack, err := packAt(dir)
	if err != nil {
		return err
	}
	w, err := workspaceOf(workspaceDir, pack.manifest)
	if err != nil {
		return err
	}
	m := pack.manifest
	switch s := m.statusBy(w.decisions); {
	case s.Status == statusDraft:
		return usagef("%s is a draft; only a final is superseded", slashed(dir))
	case s.Superseded != nil:
		fmt.Fprintf(a.out, "%s is superseded already: %s, %s\n", slashed(dir), s.Superseded.Who, s.Superseded.Text)
		return nil
	}
	d.At, d.Board, d.Quarter, d.Version, d.SHA256 = now.UTC().Format(time.RFC3339), m.Board, m.Year+" "+m.Quarter, pack.version, pack.inputs[0].sha256()
	if err := appendDecisions(w.dir, d); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s is superseded, and stays as it is; written to %s\n", slashed(dir), slashed(filepath.Join(w.dir, decisionsName)))
	return nil
}
