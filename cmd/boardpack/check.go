package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"boardpack/ingest"
	"boardpack/templates"

	"github.com/spf13/cobra"
)

type checkFlags struct {
	config, year, quarter string
	mark                  string // the folder of the marked copies
	html                  string // the folder of the pages
	json, schema          bool
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check RETURN…",
		Short: "Say how workbooks are read and what is wrong, cell by cell",
		Long: "check reads workbooks and prints for each the tables that were found, what each column was taken\n" +
			"for, the rows, the period and the plan, and every finding with its cell, what was seen and what to do.\n" +
			"It writes nothing but what is asked for. --html DIR writes a page for each workbook that shows how it was\n" +
			"read. --mark DIR writes, for each workbook with something to look at, a copy with a border and a note at\n" +
			"each cell and a last sheet that lists the findings. The copy is a return itself: what its officer writes\n" +
			"there under Explanation settles a query while the cell stays the same.",
		Example: "  boardpack check \"Housing Q2 2026-27.xlsx\"\n  boardpack check --json samples\n  boardpack check --mark marked --html pages samples",
		RunE: func(c *cobra.Command, args []string) error {
			if f.schema {
				_, err := fmt.Fprintf(a.out, "%s", templates.Must("check.schema.json"))
				return err
			}
			if err := atLeastOne("a workbook or a folder")(c, args); err != nil {
				return err
			}
			return a.check(c, f, args)
		},
	}
	c.Flags().StringVar(&f.config, "config", "", "the configuration; without it, boardpack.yaml beside the workbook")
	c.Flags().StringVar(&f.year, "year", "", "the year of workbooks that do not say theirs (2007/08)")
	c.Flags().StringVar(&f.quarter, "quarter", "", "the quarter of workbooks that do not say theirs (Q4)")
	c.Flags().StringVar(&f.html, "html", "", "also write, into this folder, a page for each workbook that shows every cell and what it was taken for")
	c.Flags().StringVar(&f.mark, "mark", "", "write marked copies for officers into this folder")
	c.Flags().BoolVar(&f.json, "json", false, "print the reading as JSON")
	c.Flags().BoolVar(&f.schema, "schema", false, "print the JSON Schema of --json and end")
	return c
}

func (a *app) check(c *cobra.Command, f checkFlags, args []string) error {
	w, err := openWorkspace(f.config, args)
	if err != nil {
		return err
	}
	if err := w.hear(runFlags{year: f.year, quarter: f.quarter}); err != nil {
		return err
	}
	w.readFor(f)
	for _, dir := range []string{f.mark, f.html} {
		if dir != "" {
			removeLeftovers(dir, time.Now())
		}
	}
	files, err := findReturns(args, "packs")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usagef("no workbook was found in %s", strings.Join(args, ", "))
	}
	read, err := a.readReturns(c.Context(), &w, w.returnsOnly(files))
	if err != nil {
		return err
	}
	var copies []markedCopy
	if f.mark != "" {
		if copies, err = w.markCopies(f.mark, args, read); err != nil {
			return err
		}
	}
	if err := a.printCheck(f, read, copies); err != nil {
		return err
	}
	if err := a.writeReadings(&w, f, read); err != nil {
		return err
	}
	if err := a.failedMarks(copies); err != nil {
		return err
	}
	return statusOf(read, nil)
}

// readFor has readings keep what a check needs of them, and no more.
func (w *workspace) readFor(f checkFlags) {
	w.cells, w.readOnly = f.html != "", f.mark == ""
	switch {
	case w.cells || !w.readOnly:
	case f.json:
		w.shorten = rowsAsJSON
	default:
		w.shorten = rowsCounted
	}
}

// printCheck tells how the workbooks were read, and which copies were written.
func (a *app) printCheck(f checkFlags, read []readReturn, copies []markedCopy) error {
	if f.json {
		return a.printReadings(read, copies)
	}
	if err := tellReadings(a.out, read); err != nil {
		return err
	}
	if f.mark != "" {
		a.printMarked(read, copies)
	}
	return nil
}

// rowsCounted keeps of a return's rows how many they are.
func rowsCounted(r *readReturn) { r.ret = r.ret.Brief() }

// rowsAsJSON keeps of a return's rows what is printed of them.
func rowsAsJSON(r *readReturn) {
	r.told = &toldReturn{readingOf(&r.ret), ingest.Spelling{}}
	r.ret.EachRef(r.told.forms.Learn)
	r.ret = r.ret.Brief()
}

// toldReturn is what check --json tells of a return, which is a third of it.
type toldReturn struct {
	reading *readingJSON
	forms   ingest.Spelling // of its references
}

// reading is the JSON of a return, not spelled yet.
func (r *readReturn) reading() *readingJSON {
	if r.told != nil {
		return r.told.reading
	}
	return readingOf(&r.ret)
}

// printReadings writes the JSON of check.
func (a *app) printReadings(read []readReturn, copies []markedCopy) error {
	spelling := ingest.Spelling{}
	for _, r := range read {
		if r.told != nil {
			spelling.Add(r.told.forms)
		} else {
			r.ret.EachRef(spelling.Learn)
		}
	}
	list, err := newJSONList(a.out, "returns")
	if err != nil {
		return err
	}
	for i := range read {
		reading := read[i].reading()
		reading.spell(spelling)
		if len(copies) > 0 {
			reading.Marked = copies[i].path
		}
		if err := list.add(reading); err != nil {
			return err
		}
	}
	return list.end()
}

// tellReadings tells how the workbooks were read, in few writes: they are many lines.
func tellReadings(to io.Writer, read []readReturn) error {
	out := bufio.NewWriter(to)
	for _, r := range read {
		tellReading(out, r.ret)
	}
	return out.Flush()
}

// tellReading tells how one workbook was read.
func tellReading(out io.Writer, r ingest.Return) {
	rows := r.Rows()
	fmt.Fprintf(out, "%s\n", r.Name)
	fmt.Fprintf(out, "  period: %s\n", withOrigin(r))
	fmt.Fprintf(out, "  plan:   %s\n", orDefault(r.Plan, "not known"))
	fmt.Fprintf(out, "  rows:   %s, %s, %s, %s\n", count(rows.Actions, "action"), count(rows.Indicators, "indicator"), count(rows.Risks, "risk"),
		count(rows.Narrative, "note of narrative"))
	for _, t := range r.Tables {
		tellTable(out, t)
	}
	if len(r.Findings) == 0 {
		fmt.Fprintln(out, "  no findings")
	}
	for _, f := range ingest.GroupFindings(r.Findings) {
		if f.Explanation != "" {
			fmt.Fprintf(out, "  settled %s: %s. %s [%s]\n", where(f), f.Saw, f.Explanation, f.Check)
			continue
		}
		fmt.Fprintf(out, "  %s %s: %s. %s [%s]\n", officerWord(f.Severity), where(f), f.Saw, f.Advice, f.Check)
	}
	fmt.Fprintln(out)
}

func withOrigin(r ingest.Return) string {
	switch {
	case r.Period == (ingest.Period{}):
		return "not known"
	case r.PeriodBy == "":
		return r.Period.String()
	}
	return fmt.Sprintf("%s, from %s", r.Period, r.PeriodBy)
}

func tellTable(out io.Writer, t ingest.Table) {
	fmt.Fprintf(out, "  table %s!%s: %s, %s\n", t.Sheet, t.Range, kindWord(t.Kind), count(t.Rows, "row"))
	for _, c := range t.Columns {
		role := strings.ReplaceAll(orDefault(c.Role, "not used"), "_", " ")
		if p := c.Period.String(); p != "" && c.Role != "" {
			role += " of " + p
		}
		fmt.Fprintf(out, "    %-2s %q: %s\n", c.Letter, c.Header, role)
	}
	for _, s := range t.Skipped {
		fmt.Fprintf(out, "    row %d left out: %s\n", s.Row, s.Why)
	}
}

func kindWord(k ingest.Kind) string {
	switch k {
	case ingest.KindKey:
		return "a key, no data"
	case ingest.KindOther:
		return "not used"
	}
	return string(k) + "s"
}

// officerWord is a severity as officers read it.
func officerWord(s ingest.Severity) string {
	switch s {
	case ingest.Error:
		return "NOT USED"
	case ingest.Query:
		return "PLEASE LOOK"
	}
	return "note"
}

func where(f ingest.Finding) string {
	switch {
	case f.Cell != "":
		return f.Sheet + "!" + f.Cell
	case f.Sheet != "":
		return f.Sheet
	}
	return "workbook"
}
