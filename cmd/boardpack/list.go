package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"boardpack/ingest"
	"boardpack/render"
	"boardpack/render/data"
	"boardpack/render/xlsx"
	"boardpack/transform"

	"github.com/spf13/cobra"
)

// listFlags are what boardpack list is told.
type listFlags struct {
	kind, by, format, out, returns string
	lights                         []string
	is                             map[string]*string // dimension → value
	counts                         bool
}

func (a *app) listCommand() *cobra.Command {
	f := listFlags{is: map[string]*string{}}
	c := &cobra.Command{
		Use:   "list PACK",
		Short: "Print chosen rows of a pack and their counts",
		Long: "list prints the rows of a pack that are chosen, with their counts by light and what each percentage is of.\n" +
			"Each indicator stands once, on the row that is counted. It names officers as they are written: the list is\n" +
			"for officers and not for publication.",
		Example: "  boardpack list --kind indicator --by class packs/2026-27/Q2/communities/v1\n" +
			"  boardpack list --light red --officer \"Head of Housing\" packs/2026-27/Q2/communities/v1\n" +
			"  boardpack list --by directorate --format xlsx --out list.xlsx packs/2026-27/Q2/communities/v1",
		Args: exactly(1, "one pack"),
		RunE: func(c *cobra.Command, args []string) error { return a.list(f, args[0]) },
	}
	c.Flags().StringVar(&f.kind, "kind", "", "only actions or only indicators: action, indicator")
	c.Flags().StringSliceVar(&f.lights, "light", nil, "only rows of these lights or states, such as red or \"not returned\"")
	for _, by := range transform.Dimensions {
		f.is[by] = c.Flags().String(by, "", "only rows of this "+by)
	}
	c.Flags().StringVar(&f.by, "by", "", "group by one of "+strings.Join(transform.Dimensions, ", "))
	c.Flags().BoolVar(&f.counts, "counts", false, "only the counts")
	c.Flags().StringVar(&f.format, "format", "text", "text, csv or xlsx; csv holds the rows, or with --counts the counts")
	c.Flags().StringVar(&f.out, "out", "", "write to this file; xlsx needs it")
	returnsFlag(c, &f.returns)
	return c
}

func (a *app) list(f listFlags, dir string) error {
	if err := f.check(); err != nil {
		return err
	}
	r, err := remake(dir, inputsOf(dir, f.returns), false)
	if err != nil {
		return err
	}
	if len(r.missing) > 0 {
		return usagef("the rows of %s cannot be listed: %s", dir, strings.Join(r.missing, "; "))
	}
	s, words := f.selection()
	chosen, err := s.Of(r.pack)
	if err != nil {
		return usageError{err}
	}
	s.Lights = nil
	whole, err := s.Of(r.pack)
	if err != nil {
		return usageError{err}
	}
	report, err := render.Listing(chosen, whole, f.by, words, r.settings)
	if err != nil {
		return err
	}
	b, err := f.bytes(report, r.settings.Definition)
	if err != nil {
		return err
	}
	if f.out == "" {
		_, err = a.out.Write(b)
		return err
	}
	if err := os.WriteFile(f.out, b, 0o644); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	fmt.Fprintf(a.out, "written to %s\n", filepath.ToSlash(f.out))
	return nil
}

func (f listFlags) check() error {
	switch {
	case !slices.Contains([]string{"text", "csv", "xlsx"}, f.format):
		return usagef("--format is %q; use text, csv or xlsx", f.format)
	case f.format == "xlsx" && f.out == "":
		return usagef("a workbook is not printed; name the file to write with --out, for example --out list.xlsx")
	case f.by != "" && !slices.Contains(transform.Dimensions, f.by):
		return usagef("--by is %q; use one of %s", f.by, strings.Join(transform.Dimensions, ", "))
	}
	return nil
}

// selection is what the flags choose, and the same in words.
func (f listFlags) selection() (transform.Selection, string) {
	s := transform.Selection{Kind: f.kind, Is: map[string]string{}}
	var words []string
	for _, l := range f.lights {
		s.Lights = append(s.Lights, transform.Light(strings.ToLower(strings.TrimSpace(l))))
	}
	if len(f.lights) > 0 {
		words = append(words, strings.Join(f.lights, " or "))
	}
	if f.kind != "" {
		words = append(words, f.kind+"s")
	}
	for _, by := range transform.Dimensions {
		if v := *f.is[by]; v != "" {
			s.Is[by] = v
			words = append(words, by+" "+v)
		}
	}
	return s, strings.Join(words, ", ")
}

// bytes is the list in the form that was asked for.
func (f listFlags) bytes(r render.Report, d render.Definition) ([]byte, error) {
	var tables []render.Table
	for _, b := range r.Blocks {
		if t, ok := b.(render.Table); ok {
			tables = append(tables, t)
		}
	}
	counts, rows := tables[0], tables[1]
	var b bytes.Buffer
	switch {
	case f.format == "csv" && f.counts:
		return data.Table(counts, d.Band())
	case f.format == "csv":
		return data.Table(rows, d.Band())
	case f.format == "xlsx":
		if f.counts {
			r.Blocks = slices.DeleteFunc(r.Blocks, func(x render.Block) bool { t, ok := x.(render.Table); return ok && t.ID == rows.ID })
		}
		err := xlsx.Render(&b, r)
		return b.Bytes(), err
	}
	fmt.Fprintf(&b, "%s\n", r.Title)
	if err := printTable(&b, counts); err != nil || f.counts {
		return b.Bytes(), err
	}
	err := printTable(&b, rows)
	return b.Bytes(), err
}

// listWidth is how many characters of a cell a line of text shows.
const listWidth = 48

// printTable prints a table as aligned text, each band over its rows. Comments,
// which do not fit a line, are left to the other formats.
func printTable(w io.Writer, t render.Table) error {
	if len(t.Groups) == 0 {
		_, err := fmt.Fprintf(w, "\n%s\n", t.Empty)
		return err
	}
	heads := make([]string, len(t.Columns))
	for n, c := range t.Columns {
		heads[n] = strings.ToUpper(c.Head)
	}
	lines := [][]string{heads} // a band has one cell
	for _, g := range t.Groups {
		if g.Band != "" {
			lines = append(lines, []string{ingest.OneLine(g.Band)})
		}
		for _, r := range g.Rows {
			cells := make([]string, len(r.Cells))
			for n, c := range r.Cells {
				cells[n] = shortened(ingest.OneLine(c.Text))
			}
			lines = append(lines, cells)
		}
	}
	return printAligned(w, t.Columns, lines)
}

func printAligned(w io.Writer, columns []render.Column, lines [][]string) error {
	widths := make([]int, len(columns))
	for _, cells := range lines {
		for n, c := range cells {
			if len(cells) == len(columns) {
				widths[n] = max(widths[n], utf8.RuneCountInString(c))
			}
		}
	}
	var b strings.Builder
	for _, cells := range lines {
		b.WriteString("\n")
		if len(cells) < len(columns) {
			b.WriteString(cells[0])
			continue
		}
		line := ""
		for n, c := range cells {
			gap := strings.Repeat(" ", widths[n]-utf8.RuneCountInString(c))
			switch {
			case columns[n].Below:
			case columns[n].Align == render.Right:
				line += "  " + gap + c
			default:
				line += "  " + c + gap
			}
		}
		b.WriteString(strings.TrimRight(line, " "))
	}
	_, err := fmt.Fprintf(w, "%s\n", b.String())
	return err
}

func shortened(s string) string {
	if utf8.RuneCountInString(s) <= listWidth {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:listWidth-1])) + "…"
}
