package main

import (
	"fmt"
	"strings"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/spf13/cobra"
)

func (a *app) traceCommand() *cobra.Command {
	var returns string
	c := &cobra.Command{
		Use:   "trace PACK REF",
		Short: "Say where a row's figures and light came from",
		Long: "trace prints for an indicator or an action every figure with its workbook, sheet and cell, the rule\n" +
			"that gave the light, and the arithmetic in words.",
		Example: "  boardpack trace packs/2026-27/Q2/communities/v1 \"HSG 02\"",
		Args:    exactly(2, "a pack and a reference"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.trace(args[0], args[1], returns) },
	}
	returnsFlag(c, &returns)
	return c
}

func (a *app) trace(dir, ref, returns string) error {
	r, err := remake(dir, inputsOf(dir, returns), false)
	if err != nil {
		return err
	}
	if len(r.missing) > 0 {
		return usagef("the figures of %s cannot be traced: %s", dir, strings.Join(r.missing, "; "))
	}
	found := 0
	want := ingest.NewRef(ref, "").Key
	for _, x := range r.pack.Actions {
		if matches(x.Row, want, ref) {
			found++
			a.traceRow("action", x.Row, [][2]string{{"due", x.DueText()}, {"status", x.Status}})
		}
	}
	for _, x := range r.pack.Indicators {
		if matches(x.Row, want, ref) {
			found++
			a.traceRow("indicator", x.Row, [][2]string{{"good is", x.Polarity}, {"unit", x.Unit}, {"qualifier", x.Qualifier}, {"direction", directionWords(x)}, {"counted", counted(x)}, {"earlier figures", seriesWords(x)}, {"by its limits", limitWords(x)}})
		}
	}
	if found == 0 {
		return fmt.Errorf("no action or indicator of %s has the reference %q; data/actions.csv and data/indicators.csv list them", dir, ref)
	}
	return nil
}

// matches compares by reference, for a two-part indicator also without its
// part, and for a row without a reference by its title.
func matches(r transform.Row, key, text string) bool {
	own := ingest.NewRef(r.Ref, "").Key
	if r.Ref == "" {
		return strings.EqualFold(r.Title, strings.TrimSpace(text))
	}
	return own == key || own == key+"A" || own == key+"B"
}

func directionWords(x transform.Indicator) string {
	if x.Direction == "" {
		return ""
	}
	return x.Direction + ", against " + x.ComparedWith
}

// seriesWords are the figures of all quarters held, this one's apart.
func seriesWords(x transform.Indicator) string {
	var words []string
	for _, p := range x.Series[:max(len(x.Series)-1, 0)] {
		words = append(words, fmt.Sprintf("%s: %s", p.Period, p.Number))
	}
	return strings.Join(words, "; ")
}

// limitWords is what the control limits say; empty where there are none.
func limitWords(x transform.Indicator) string {
	l := x.Limits
	if l == nil {
		return ""
	}
	rule := ""
	if l.Rule != "" {
		rule = " (" + l.Rule + ")"
	}
	return fmt.Sprintf("%s%s; mean %s, limits %s and %s", l.Variation, rule, l.Mean, l.Lower, l.Upper)
}

func counted(x transform.Indicator) string {
	if x.Counted {
		return "yes"
	}
	return "no, another plan's row is counted"
}

func (a *app) traceRow(kind string, r transform.Row, more [][2]string) {
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(a.out, "  %-16s %s\n", label, strings.ReplaceAll(value, "\n", "\n"+strings.Repeat(" ", 19)))
		}
	}
	fmt.Fprintf(a.out, "%s %s: %s\n", kind, r.Ref, r.Title)
	line("plan", r.Plan)
	line("light", string(r.Light))
	line("why", r.Reason)
	line("rule", r.Rule)
	line("worked out", string(r.Computed))
	line("officer's light", string(r.Declared))
	line("override", r.Override)
	line("movement", r.Movement)
	for _, m := range more {
		line(m[0], m[1])
	}
	fmt.Fprintln(a.out, "  from")
	for _, e := range r.Trace {
		said := ""
		if e.Said != "" {
			said = fmt.Sprintf(" (the cell says '%s')", e.Said)
		}
		fmt.Fprintf(a.out, "    %-16s %s%s\n    %-16s %s\n", e.Field, ingest.OneLine(e.Value), said, "", e.Source)
	}
	fmt.Fprintln(a.out)
}
