package main

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"

	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/transform"
)

// readReturn is a workbook with what was read from it.
type readReturn struct {
	foundFile
	bytes []byte
	ret   ingest.Return
	told  *toldReturn // in place of its rows; nil where they are kept, or not told
}

// readReturns reads workbooks side by side on all processors, and shows how far it is.
func (a *app) readReturns(ctx context.Context, w *workspace, files []foundFile) ([]readReturn, error) {
	read := make([]readReturn, len(files))
	progress := a.progress(len(files))
	err := sideBySide(len(files), func(i int) (err error) {
		if err := ctx.Err(); err != nil {
			return err
		}
		read[i], err = w.readFile(ctx, files[i])
		w.settle(&read[i])
		progress.step()
		return err
	})
	progress.end()
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	slices.SortStableFunc(read, func(a, b readReturn) int {
		return strings.Compare(a.name+"\x00"+a.ret.SHA256, b.name+"\x00"+b.ret.SHA256)
	})
	return sameOnce(read), nil
}

// settle applies the decisions to a return, and keeps of it what is needed.
func (w *workspace) settle(r *readReturn) {
	r.ret = transform.Settle([]ingest.Return{r.ret}, w.decisions)[0]
	if w.shorten != nil {
		w.shorten(r)
	}
}

// readFile reads one workbook. A file that cannot be opened is a finding like
// any other, so that it never costs the others.
func (w *workspace) readFile(ctx context.Context, f foundFile) (readReturn, error) {
	b, err := os.ReadFile(f.path)
	if err != nil {
		ret := ingest.Return{Name: f.name, Findings: []ingest.Finding{{Severity: ingest.Error, Check: "file-not-opened", Place: ingest.Place{Workbook: f.name},
			Saw: "the file cannot be opened: " + reason(err), Advice: "Close it if it is open, and see that it may be read."}}}
		return readReturn{foundFile: f, ret: ret}, nil
	}
	return w.readBytes(ctx, f, b), nil
}

// readBytes reads the bytes of a workbook. One that is too slow is stopped, and says so in its findings.
func (w *workspace) readBytes(ctx context.Context, f foundFile, b []byte) readReturn {
	ctx, cancel := context.WithTimeout(ctx, w.limits.Time)
	defer cancel()
	o := w.options(f.folder)
	o.Stop = func() bool { return ctx.Err() != nil }
	ret, _ := workbook.Read(f.name, b, o) // what is wrong stands in its findings
	tellOlder(&ret, f.stands)
	ret.Directorate = w.directorateOf(f.name)
	if ret.Personal || w.readOnly {
		b = nil // of personal data no copy may be kept
	}
	return readReturn{foundFile: f, bytes: b, ret: ret}
}

// reason is an operating system's error without the path, which differs between machines.
func reason(err error) string {
	s := err.Error()
	if i := strings.LastIndex(s, ": "); i >= 0 {
		return s[i+2:]
	}
	return s
}

// sameOnce uses of several copies of the same workbook only the first.
func sameOnce(read []readReturn) []readReturn {
	var seen copies
	for i := range read {
		r := &read[i]
		if first := seen.first(r.foundFile, r.ret.SHA256, r.ret.Period, r.ret.Rows().All()); first != "" {
			r.ret, r.told = copyOf(r.ret, first), nil
		}
	}
	return read
}

// copies are the workbooks that were seen, by their bytes, the quarter that they are taken for and the boards that they feed.
type copies map[string]string

// first is the name of the workbook that a further copy is of; empty for the first, and for one without rows.
func (c *copies) first(f foundFile, sum string, p ingest.Period, rows int) string {
	if *c == nil {
		*c = copies{}
	}
	key := strings.Join(append([]string{sum, p.String()}, f.boards...), "\x00")
	if name, ok := (*c)[key]; ok || rows == 0 {
		return name
	}
	(*c)[key] = f.name
	return ""
}

// copyOf is what is told of a further copy of a workbook.
func copyOf(r ingest.Return, first string) ingest.Return {
	return ingest.Return{Name: r.Name, SHA256: r.SHA256, Size: r.Size, Period: r.Period, Plan: r.Plan, Findings: []ingest.Finding{{
		Severity: ingest.Note, Check: "file-twice", Place: ingest.Place{Workbook: r.Name},
		Saw: "this is the same workbook as " + first + ", so it was used once", Advice: "Take one of the two away."}}}
}
