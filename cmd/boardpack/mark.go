package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"boardpack/cmd/internal/whole"
	"boardpack/ingest"
	"boardpack/ingest/workbook"
)

// markedCopy is what came of one return's marking.
type markedCopy struct {
	path string // of the copy; empty where none was written
	said string // what was done, or why nothing was, in words
	err  error
}

// markCopies writes the marked copy of every return that somebody should look
// at. A copy that cannot be written costs none of the others.
func (w *workspace) markCopies(dir string, args []string, read []readReturn) ([]markedCopy, error) {
	words, err := markWords()
	if err != nil {
		return nil, err
	}
	if err := mayMarkInto(dir, args, read); err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	var out []markedCopy
	for _, r := range read {
		out = append(out, w.markCopy(dir, r, words, taken))
	}
	return out, nil
}

// mayMarkInto refuses a folder in which copies would stand among the returns, or in their place.
func mayMarkInto(dir string, args []string, read []readReturn) error {
	for _, arg := range args {
		if info, err := os.Stat(arg); err == nil && info.IsDir() && isInside(arg, dir) {
			return usagef("the folder of --mark, %s, lies in %s, whose workbooks are returns; give a folder outside of it", dir, arg)
		}
	}
	for _, r := range read {
		if sameFile(markedPath(dir, r.name), r.path) {
			return usagef("the marked copy of %s would stand in its place; give --mark another folder", r.path)
		}
	}
	return nil
}

func isInside(root, dir string) bool {
	rel, err := filepath.Rel(realPath(root), realPath(dir))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// realPath is a path without links, as far as it is there already.
func realPath(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return p
	}
	for at, rest := abs, ""; ; at, rest = filepath.Dir(at), filepath.Join(filepath.Base(at), rest) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if at == filepath.Dir(at) {
			return abs
		}
	}
}

func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// markedPath is where a return's marked copy stands: under the return's own name.
func markedPath(dir, name string) string {
	return filepath.Join(dir, filepath.FromSlash(path.Clean("/"+name)))
}

// markCopy marks one return.
func (w *workspace) markCopy(dir string, r readReturn, words workbook.MarkWords, taken map[string]bool) markedCopy {
	switch {
	case r.ret.Personal:
		return markedCopy{said: "no copy is made of a workbook with personal records; its officer must be told which sheet"}
	case r.bytes == nil:
		return markedCopy{said: "it could not be opened, so no copy"}
	case !wantsMarks(r.ret):
		return markedCopy{said: "nothing to look at, so no copy" + earlierCopy(markedPath(dir, r.name))}
	}
	m, err := workbook.Mark(r.bytes, r.ret, words, w.limits)
	if err != nil {
		return markedCopy{err: fmt.Errorf("mark %s: %w", r.name, err)}
	}
	to := markedPath(dir, r.name)
	if m.Alone != "" {
		to = alonePath(to, taken)
	}
	taken[to] = true
	if err := replaceMarked(to, m.Bytes, w.limits); err != nil {
		return markedCopy{err: fmt.Errorf("write the marked copy of %s: %w", r.name, err)}
	}
	return markedCopy{path: filepath.ToSlash(to), said: describeMarked(m)}
}

// earlierCopy tells of a file that stands where a copy would, now that none is needed.
func earlierCopy(to string) string {
	if _, err := os.Stat(to); err != nil {
		return ""
	}
	return "; " + filepath.ToSlash(to) + " is an earlier one"
}

// wantsMarks reports whether an error or a query stands that nobody has settled.
func wantsMarks(r ingest.Return) bool {
	for _, f := range r.Findings {
		if f.Severity != ingest.Note && f.Explanation == "" {
			return true
		}
	}
	return false
}

// alonePath is where the findings stand in a workbook of their own; two
// workbooks that differ in their last letters only keep these.
func alonePath(to string, taken map[string]bool) string {
	name := strings.TrimSuffix(to, filepath.Ext(to)) + " findings.xlsx"
	if taken[name] {
		name = to + " findings.xlsx"
	}
	return name
}

// replaceMarked writes a copy, but never over a file of somebody else's, nor over explanations.
func replaceMarked(to string, b []byte, l workbook.Limits) error {
	old, err := os.ReadFile(to)
	if err == nil && string(old) == string(b) {
		return nil
	}
	if err == nil {
		switch ours, explained := workbook.IsMarked(old, l); {
		case !ours:
			return fmt.Errorf("%s is there already and is no marked copy; take it away or give --mark another folder", to)
		case explained:
			return fmt.Errorf("%s holds explanations; put it in the folder of returns, or take it away", to)
		}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return whole.WriteFile(to, b)
}

func describeMarked(m workbook.Marked) string {
	if m.Alone != "" {
		return "the findings alone, for the workbook cannot be marked: " + m.Alone
	}
	said := count(m.Cells, "cell") + " marked"
	if len(m.Untouched) > 0 {
		said += "; left as they are, for their controls or notes: " + strings.Join(m.Untouched, ", ")
	}
	return said
}

// printMarked tells what was written.
func (a *app) printMarked(read []readReturn, copies []markedCopy) {
	fmt.Fprintln(a.out, "Marked copies")
	for i, c := range copies {
		switch {
		case c.err != nil:
		case c.path == "":
			fmt.Fprintf(a.out, "  %s: %s\n", read[i].name, c.said)
		default:
			fmt.Fprintf(a.out, "  %s: %s\n", c.path, c.said)
		}
	}
}

// failedMarks tells the copies that could not be written, and fails where there are any.
func (a *app) failedMarks(copies []markedCopy) error {
	failed := false
	for _, c := range copies {
		if c.err != nil {
			failed = true
			fmt.Fprintf(a.err, "boardpack: %v\n", c.err)
		}
	}
	if failed {
		return exitStatus(exitFailed)
	}
	return nil
}
