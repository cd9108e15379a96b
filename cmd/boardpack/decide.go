package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"boardpack/transform"

	"github.com/spf13/cobra"
)

func (a *app) decideCommand() *cobra.Command {
	var d transform.Decision
	var workspaceDir, light string
	c := &cobra.Command{
		Use:   "decide KIND",
		Short: "Append what a person settled to decisions.jsonl",
		Long: "decide appends one line to decisions.jsonl in the workspace, the folder of boardpack.yaml. KIND is\n" +
			"  explanation  a query is settled while the cell stays the same (--workbook --sheet --cell --check --text)\n" +
			"  override     a light is set by the council (--ref --quarter --light --text)\n" +
			"  comment      a comment is edited (--ref --quarter --text)\n" +
			"  period       a workbook's quarter is settled (--workbook --quarter)\n" +
			"  redate       an action's new date is approved, from a quarter on (--ref --quarter --due --text)\n" +
			"The next run takes it into account. What publishes a pack is boardpack publish.",
		Example: "  boardpack decide override --workspace samples --who \"Head of Policy\" --ref \"HSG 02\" --quarter \"2026/27 Q2\" --light amber --text \"Figure under appeal\"\n" +
			"  boardpack decide explanation --who Clerk --workbook \"2026-27/Q2/Housing Q2 2026-27.xlsx\" --sheet PIs --cell G9 --check light-differs --text \"As agreed with audit\"",
		Args: exactly(1, "a kind"),
		RunE: func(_ *cobra.Command, args []string) error {
			d.Kind, d.Light = args[0], transform.Light(light)
			return a.decide(workspaceDir, d)
		},
	}
	c.Flags().StringVar(&workspaceDir, "workspace", ".", "the folder of boardpack.yaml and decisions.jsonl")
	c.Flags().StringVar(&d.Who, "who", "", "who settled it: a name or a post")
	c.Flags().StringVar(&d.Workbook, "workbook", "", "the workbook as findings name it")
	c.Flags().StringVar(&d.Sheet, "sheet", "", "the sheet of the finding")
	c.Flags().StringVar(&d.Cell, "cell", "", "the cell of the finding")
	c.Flags().StringVar(&d.Check, "check", "", "the check of the finding, such as light-differs")
	c.Flags().StringVar(&d.Saw, "saw", "", "what the finding saw; the explanation holds while it says the same")
	c.Flags().StringVar(&d.Ref, "ref", "", "the reference of the action or indicator")
	c.Flags().StringVar(&d.Plan, "plan", "", "of this plan only")
	c.Flags().StringVar(&d.Quarter, "quarter", "", "the quarter, as 2007/08 Q4")
	c.Flags().StringVar(&light, "light", "", "green, amber, red, blue, or a state such as \"not due\"")
	c.Flags().StringVar(&d.Due, "due", "", "the new date of an action, as 2009-03-31")
	c.Flags().StringVar(&d.Text, "text", "", "the explanation, the reason or the comment")
	return c
}

func (a *app) decide(dir string, d transform.Decision) error {
	if d.OfVersion() {
		return usagef("a %s is written by boardpack %s; see: boardpack %[2]s --help", d.Kind, map[string]string{transform.DecidePublication: "publish", transform.DecideSupersession: "supersede"}[d.Kind])
	}
	d.At = time.Now().UTC().Format(time.RFC3339)
	if err := appendDecisions(dir, d); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "written to %s; the next run takes it into account\n", filepath.ToSlash(filepath.Join(dir, decisionsName)))
	return nil
}

// appendDecisions adds lines to the log of a workspace, all in one write, and brings them to the disk.
func appendDecisions(dir string, decisions ...transform.Decision) error {
	var lines []byte
	for _, d := range decisions {
		if err := d.Validate(); err != nil {
			return usageError{err}
		}
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		lines = append(append(lines, line...), '\n')
	}
	name := filepath.Join(dir, decisionsName)
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("write decision: %w", err)
	}
	_, err = f.Write(onOwnLine(name, lines))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write decision: %w", err)
	}
	return nil
}

// onOwnLine is what to append: on a line of its own, though the file's last may lack its end.
func onOwnLine(name string, lines []byte) []byte {
	if b, err := os.ReadFile(name); err == nil && len(b) > 0 && b[len(b)-1] != '\n' {
		return append([]byte{'\n'}, lines...)
	}
	return lines
}
