package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"boardpack/ingest"
	"boardpack/transform"
	"boardpack/transform/changes"

	"github.com/spf13/cobra"
)

func (a *app) diffCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "diff PACK PACK",
		Short: "List what changed between two packs",
		Long: "diff lists every light, figure, count, date and text that differs between two packs, with both values and\n" +
			"the cells of their rows, the rows that came and went, and the findings. The packs may be two versions of\n" +
			"one, or of two quarters or boards. It ends with 0 whether something differs or not, 1 where a pack's data\n" +
			"cannot be compared or were changed, and 2 where a folder is no pack. The list is for officers and not for publication.",
		Example: "  boardpack diff packs/2026-27/Q2/communities/v1 packs/2026-27/Q2/communities/v2",
		Args:    exactly(2, "two packs"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.diff([2]string(args), asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return c
}

func (a *app) diff(dirs [2]string, asJSON bool) error {
	var manifests [2]manifest
	for i, dir := range dirs {
		var err error
		if manifests[i], err = readManifest(dir); err != nil {
			return err
		}
	}
	tables, err := comparableData(dirs, manifests)
	if err != nil {
		return err
	}
	list := changes.Between(tables[0], tables[1])
	if asJSON {
		return printJSON(a.out, diffResult(dirs, manifests, list))
	}
	for i, dir := range dirs {
		fmt.Fprintf(a.out, "%s: %s, %s\n", filepath.ToSlash(dir), packName(manifests[i]), versionWords(manifests[i]))
	}
	if other := otherwise(manifests); other != "" {
		fmt.Fprintln(a.out, other)
	}
	if !hasWorking(dirs[0]) || !hasWorking(dirs[1]) {
		fmt.Fprintln(a.out, "Not both have a working edition: what the public data hold is compared.")
	}
	printChanges(a.out, list)
	return nil
}

func packName(m manifest) string {
	return strings.TrimPrefix(fmt.Sprintf("%s, %s %s", m.BoardName, m.Year, m.Quarter), ", ")
}

func versionWords(m manifest) string { return fmt.Sprintf("%s version %d", m.Status, m.Version) }

// otherwise says in what two packs differ that are not versions of one.
func otherwise(m [2]manifest) string {
	var parts []string
	if m[0].Board != m[1].Board {
		parts = append(parts, "two boards")
	}
	if m[0].Year != m[1].Year || m[0].Quarter != m[1].Quarter {
		parts = append(parts, "two quarters")
	}
	if parts == nil {
		return ""
	}
	return "These are packs of " + strings.Join(parts, " and ") + ", not versions of one."
}

// printChanges prints the list by group, and in it by row.
func printChanges(w io.Writer, list []changes.Change) {
	if len(list) == 0 {
		fmt.Fprintln(w, "\nNothing differs: every light, figure, count, date, text, row and finding is the same.")
		return
	}
	fmt.Fprintf(w, "\n%s\n", count(len(list), "difference"))
	var last changes.Change
	for i, c := range list {
		if i == 0 || c.Group != last.Group {
			fmt.Fprintf(w, "\n%s\n", strings.ToUpper(string(c.Group)))
		}
		if i == 0 || c.Group != last.Group || !sameRow(c, last) {
			fmt.Fprintf(w, "  %s\n%s", rowWords(c), placeLines(c))
		}
		fmt.Fprint(w, valueLines(c))
		last = c
	}
}

func sameRow(a, b changes.Change) bool {
	return a.What == changes.Changed && b.What == a.What && a.Table == b.Table && a.Ref == b.Ref && a.Title == b.Title && a.Plan == b.Plan &&
		a.WasAt == b.WasAt && a.NowAt == b.NowAt
}

// rowWords is "indicator HSG 02: Rent collected (Housing)".
func rowWords(c changes.Change) string {
	words := strings.TrimSpace(singular(c.Table) + " " + c.Ref)
	if c.Title != "" {
		words += ": " + c.Title
	}
	if c.Plan != "" {
		words += " (" + c.Plan + ")"
	}
	return ingest.OneLine(words)
}

func singular(table string) string { return strings.TrimSuffix(table, "s") }

// placeLines name the cells of both values, once where they are the same.
func placeLines(c changes.Change) string {
	was, now := placeWords(c.WasAt), placeWords(c.NowAt)
	switch {
	case was == now && was == "":
		return ""
	case was == now:
		return fmt.Sprintf("    in %s\n", now)
	}
	lines := ""
	if was != "" {
		lines += fmt.Sprintf("    was in %s\n", was)
	}
	if now != "" {
		lines += fmt.Sprintf("    is in %s\n", now)
	}
	return lines
}

func placeWords(p changes.Place) string {
	if p.Workbook == "" {
		return ""
	}
	return transform.Source(p).String()
}

// valueLines are both values, side by side where they are short.
func valueLines(c changes.Change) string {
	column := strings.ReplaceAll(c.Column, "_", " ")
	switch {
	case c.What == changes.New:
		return fmt.Sprintf("    new, %s: %s\n", column, valueWords(c.Now))
	case c.What == changes.Gone:
		return fmt.Sprintf("    gone, %s: %s\n", column, valueWords(c.Was))
	case isShort(c.Was) && isShort(c.Now):
		return fmt.Sprintf("    %s: %s → %s\n", column, valueWords(c.Was), valueWords(c.Now))
	}
	return fmt.Sprintf("    %s\n      was: %s\n      is:  %s\n", column, valueWords(c.Was), valueWords(c.Now))
}

func isShort(s string) bool {
	return utf8.RuneCountInString(s) <= listWidth && !strings.Contains(s, "\n") && !strings.Contains(s, "→")
}

func valueWords(s string) string {
	if s == "" {
		return "(none)"
	}
	return strings.ReplaceAll(s, "\n", "\n"+strings.Repeat(" ", 11))
}
