package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"

	"boardpack/ingest"
	"boardpack/transform"
)

// progress shows how far long work is, on a terminal only.
type progress struct {
	mu          sync.Mutex
	to          io.Writer
	what        string // "reading workbook"
	done, total int
}

func (a *app) progress(total int) *progress { return a.progressOf("reading workbook", total) }

func (a *app) progressOf(what string, total int) *progress {
	p := &progress{what: what, total: total}
	if a.terminal {
		p.to = a.err
	}
	return p
}

func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.to != nil {
		fmt.Fprintf(p.to, "\r%s %d of %d", p.what, p.done, p.total)
	}
}

func (p *progress) end() {
	if p.to != nil && p.total > 0 {
		fmt.Fprint(p.to, "\r\033[K")
	}
}

// count says "1 return", "3 returns", "2 queries" or "4 notes of narrative".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	noun, rest := what, ""
	if at := strings.Index(what, " of "); at >= 0 {
		noun, rest = what[:at], what[at:]
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		noun = stem + "ie"
	}
	return fmt.Sprintf("%d %ss%s", n, noun, rest)
}

// printRun tells what was read and made.
func (a *app) printRun(f runFlags, read []readReturn, made []madePack) error {
	if f.json {
		return writeRun(a.out, read, made)
	}
	fmt.Fprintf(a.out, "Read %s\n", count(len(read), "workbook"))
	for _, r := range read {
		fmt.Fprintf(a.out, "  %s: %s\n", r.name, describeReturn(r.ret))
	}
	fmt.Fprintf(a.out, "\nMade %s\n", count(len(made), "pack"))
	for _, m := range made {
		a.printPack(m)
	}
	a.printFindings(read, made)
	return nil
}

func describeReturn(r ingest.Return) string {
	rows := r.Rows()
	if rows.All() == 0 {
		switch {
		case r.Nil:
			return fmt.Sprintf("%s, %s: nothing to report", r.Plan, r.Period)
		case len(r.Findings) > 0:
			return fmt.Sprintf("not used: %s", r.Findings[0].Saw)
		}
	}
	words := []string{}
	for _, c := range []struct {
		n    int
		what string
	}{{rows.Actions, "action"}, {rows.Indicators, "indicator"}, {rows.Risks, "risk"}, {rows.Narrative, "note of narrative"}} {
		if c.n > 0 {
			words = append(words, count(c.n, c.what))
		}
	}
	period := r.Period.String()
	if r.IsPlan() {
		period = strings.TrimSpace("plan " + r.Period.YearText())
	}
	return fmt.Sprintf("%s, %s: %s", r.Plan, period, strings.Join(words, ", "))
}

func (a *app) printPack(m madePack) {
	state := ""
	if m.Status != statusDraft {
		state = ", " + m.Status
	}
	if m.Unchanged {
		state += ", unchanged"
	}
	fmt.Fprintf(a.out, "  %s (%s, %s; %s%s)\n", filepath.ToSlash(m.Dir), m.Pack.Board.Name, m.Pack.Period, count(m.Files, "file"), state)
	for _, kind := range []string{"action", "indicator"} {
		if line := lightsLine(m.Pack, kind); line != "" {
			fmt.Fprintf(a.out, "    %s\n", line)
		}
	}
	if len(m.Stops) > 0 && m.Status == statusDraft {
		fmt.Fprintf(a.out, "    %s\n", stopsLine(m.Stops))
	}
	if m.Trouble != nil {
		fmt.Fprintf(a.out, "    it cannot say what changed since the version before: %v\n", m.Trouble)
	}
}

// stopsLine is "a final version is stopped by 3 findings: light-differs (1), red-without-comment (2)".
func stopsLine(stops []transform.Stop) string {
	n, parts := 0, []string{}
	for _, s := range stops {
		n += s.Cells()
		parts = append(parts, fmt.Sprintf("%s (%d)", s.Check, s.Cells()))
	}
	return fmt.Sprintf("a final version is stopped by %s: %s", count(n, "finding"), strings.Join(parts, ", "))
}

// lightsLine is "19 actions: 0 red, 9 amber, 10 green".
func lightsLine(p transform.Pack, kind string) string {
	total, parts := 0, []string{}
	for _, c := range p.Summary {
		if c.Kind != kind || c.Plan != "" || c.Class != "" {
			continue
		}
		total += c.Count
		if c.Count > 0 || c.Light.IsColour() {
			parts = append(parts, fmt.Sprintf("%d %s", c.Count, c.Light))
		}
	}
	if total == 0 {
		return ""
	}
	return fmt.Sprintf("%s: %s", count(total, kind), strings.Join(parts, ", "))
}

// printFindings counts findings, and lists the errors in full.
func (a *app) printFindings(read []readReturn, made []madePack) {
	all := findingsOf(read, made)
	n := map[ingest.Severity]int{}
	settled := 0
	for _, f := range all {
		if f.Explanation != "" {
			settled++
			continue
		}
		n[f.Severity]++
	}
	fmt.Fprintf(a.out, "\nFindings: %s, %s, %s", count(n[ingest.Error], "error"), count(n[ingest.Query], "query"), count(n[ingest.Note], "note"))
	if settled > 0 {
		fmt.Fprintf(a.out, "; %d settled by decisions", settled)
	}
	fmt.Fprintln(a.out)
	for _, f := range all {
		if f.Severity == ingest.Error && f.Explanation == "" {
			fmt.Fprintf(a.out, "  not used: %s: %s. %s\n", f.Place, f.Saw, f.Advice)
		}
	}
	if n[ingest.Query]+n[ingest.Note] > 0 {
		fmt.Fprintln(a.out, "  Queries and notes stand in working/report.html of each pack, and in: boardpack check")
	}
}

// findingsOf joins the findings of returns and packs, each once.
func findingsOf(read []readReturn, made []madePack) []ingest.Finding {
	var out []ingest.Finding
	seen := map[string]bool{}
	add := func(list []ingest.Finding) {
		for _, f := range list {
			key := strings.Join([]string{f.Check, f.Workbook, f.Sheet, f.Cell, f.Ref, f.Saw}, "\x00")
			if !seen[key] {
				seen[key] = true
				out = append(out, f)
			}
		}
	}
	for _, m := range made {
		add(m.Pack.Findings)
	}
	for _, r := range read {
		if len(made) == 0 || !fed(r.ret, made) {
			add(ingest.GroupFindings(r.ret.Findings))
		}
	}
	ingest.SortFindings(out)
	return out
}

// fed reports whether some pack already tells a return's findings.
func fed(r ingest.Return, made []madePack) bool {
	for _, m := range made {
		for _, x := range m.Pack.Returns {
			if x.Name == r.Name && x.SHA256 == r.SHA256 {
				return true
			}
		}
	}
	return false
}

// statusOf is exit status 3 where an error stands that nobody has settled.
func statusOf(read []readReturn, made []madePack) error {
	for _, f := range findingsOf(read, made) {
		if f.Severity == ingest.Error && f.Explanation == "" {
			return exitStatus(exitFindings)
		}
	}
	return nil
}

// worthGoingOn ends a run that has nothing to read, and one whose only
// trouble is a period that the flags can give.
func worthGoingOn(args []string, read []readReturn) error {
	if len(read) == 0 {
		return usagef("no workbook was found in %s; give a folder that holds returns (.xlsx)", strings.Join(args, ", "))
	}
	for _, r := range read {
		for _, f := range r.ret.Findings {
			if f.Check != "period-missing" && f.Severity == ingest.Error {
				return nil
			}
		}
		if !r.ret.Unusable {
			return nil
		}
	}
	f := read[0].ret.Findings[0]
	return usagef("%s: %s. %s", f.Workbook, f.Saw, f.Advice)
}

// quarterWanted ends a run of plans alone, which make a pack only for a quarter that the flags name.
func (w *workspace) quarterWanted(g gathered) error {
	if w.said.Known() || len(w.due(g)) > 0 {
		return nil
	}
	for _, r := range g.known {
		if !r.outline.Planning {
			return nil
		}
	}
	return usagef("%s is a plan and holds no quarter's figures; give --year and --quarter to make a pack of it, for example --year %s --quarter Q1",
		g.known[0].name, orDefault(g.known[0].outline.Period.YearText(), "2007/08"))
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
