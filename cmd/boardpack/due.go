package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"boardpack/cmd/internal/store"
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

// madePack is a pack that was made, or found to be there already.
type madePack struct {
	Dir       string
	Status    string // of the version: draft, final or superseded
	Pack      transform.Pack
	Stops     []transform.Stop // what would stop a final version
	Files     int
	Unchanged bool
	Trouble   error // why its working edition cannot say what changed since the version before
}

// readReturns reads workbooks side by side on all processors, and shows how far it is.
func (a *app) readReturns(ctx context.Context, w *workspace, files []foundFile) ([]readReturn, error) {
	read := make([]readReturn, len(files))
	errs := make([]error, len(files))
	var done sync.WaitGroup
	next := make(chan int)
	progress := a.progress(len(files))
	for range max(runtime.GOMAXPROCS(0), 1) {
		done.Go(func() {
			for i := range next {
				read[i], errs[i] = w.readFile(ctx, files[i])
				w.settle(&read[i])
				progress.step()
			}
		})
	}
	for i := range files {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	done.Wait()
	progress.end()
	for _, err := range append(errs, ctx.Err()) {
		if err != nil {
			return nil, err
		}
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
	ctx, cancel := context.WithTimeout(ctx, w.limits.Time)
	defer cancel()
	o := w.options(f.folder)
	o.Stop = func() bool { return ctx.Err() != nil }
	ret, _ := workbook.Read(f.name, b, o) // what is wrong stands in its findings
	tellOlder(&ret, f.stands)
	if ret.Personal || w.readOnly {
		b = nil // of personal data no copy may be kept
	}
	return readReturn{foundFile: f, bytes: b, ret: ret}, nil
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
	first := map[string]string{}
	for i := range read {
		r := &read[i].ret
		if r.Rows().All() == 0 {
			continue
		}
		key := r.SHA256 + r.Period.String()
		if name, ok := first[key]; ok {
			*r = ingest.Return{Name: r.Name, SHA256: r.SHA256, Size: r.Size, Period: r.Period, Plan: r.Plan, Findings: []ingest.Finding{{
				Severity: ingest.Note, Check: "file-twice", Place: ingest.Place{Workbook: r.Name},
				Saw: "this is the same workbook as " + name + ", so it was used once", Advice: "Take one of the two away."}}}
			read[i].told = nil
			continue
		}
		first[key] = r.Name
	}
	return read
}

// due lists the packs that the returns call for: one for each board and each
// quarter that has returns, or those that the flags choose. A plan alone
// makes one where the flags name its quarter.
func (w *workspace) due(read []readReturn) []packOrder {
	var periods []ingest.Period
	add := func(p ingest.Period) {
		if p.Known() && !slices.Contains(periods, p) && w.chosen(p) {
			periods = append(periods, p)
		}
	}
	for _, r := range w.settled(read) {
		if !r.Unusable && (r.Rows().All() > 0 || r.Nil) {
			add(r.Period)
		}
	}
	for _, r := range read {
		if len(periods) == 0 && w.said.Known() && r.ret.IsPlan() && r.ret.Period.Year == w.said.Year {
			add(w.said)
		}
	}
	slices.SortFunc(periods, ingest.Period.Compare)
	var out []packOrder
	for _, p := range periods {
		for _, b := range w.boards {
			if w.asAt.IsZero() {
				out = append(out, packOrder{board: b, period: p, draft: true, asAt: p.LastDay()})
			} else {
				out = append(out, packOrder{board: b, period: p, draft: true, asAt: w.asAt})
			}
		}
	}
	return w.withContent(out, read)
}

// settled gives the returns with the periods that decisions settle.
func (w *workspace) settled(read []readReturn) []ingest.Return {
	returns := make([]ingest.Return, len(read))
	for i, r := range read {
		returns[i] = r.ret
	}
	return transform.Settle(returns, w.decisions)
}

func (w *workspace) chosen(p ingest.Period) bool {
	return (w.said.Year == 0 || p.Year == w.said.Year) && (w.said.Quarter == 0 || p.Quarter == w.said.Quarter)
}

// withContent leaves out a board's pack for a quarter in which none of its plans returned anything.
func (w *workspace) withContent(orders []packOrder, read []readReturn) []packOrder {
	return slices.DeleteFunc(orders, func(o packOrder) bool {
		return len(o.board.Plans) > 0 && !slices.ContainsFunc(w.settled(read), func(r ingest.Return) bool {
			return (r.Period == o.period || r.IsPlan() && r.Period.Year == o.period.Year) && transform.Concerns(r, o.board)
		})
	})
}

// valid leaves out the packs of quarters that ended before the scheme was
// valid, and tells each; where none is left, that is a mistake of the configuration.
func (a *app) valid(w *workspace, orders []packOrder) ([]packOrder, error) {
	var kept []packOrder
	var early []ingest.Period
	for _, o := range orders {
		switch {
		case w.scheme.ValidIn(o.period):
			kept = append(kept, o)
		case !slices.Contains(early, o.period):
			early = append(early, o.period)
		}
	}
	for _, p := range early {
		told := fmt.Sprintf("the scheme %s is valid from %s, and %s ended before it: no pack was made; name the scheme of that time in %s", w.scheme.ID, w.scheme.EffectiveFrom, p, configName)
		if len(kept) == 0 {
			return nil, usagef("%s", told)
		}
		fmt.Fprintln(a.err, "boardpack: "+told)
	}
	return kept, nil
}

// bears reports whether a return can change a pack: one of its quarter or an
// earlier one (for movement, and for dates that moved), a plan up to its year,
// or one whose period is not settled.
func bears(o packOrder, r ingest.Return) bool {
	switch {
	case r.Unusable, !r.Period.Known() && !r.IsPlan():
		return true
	case r.IsPlan():
		return r.Period.Year <= o.period.Year
	}
	return r.Period.Compare(o.period) <= 0
}

// fedBy gives the returns that a pack is made from: those whose bytes are
// archived, so that it can be made again.
func fedBy(o packOrder, read []readReturn) []ingest.Return {
	var out []ingest.Return
	for _, r := range read {
		if bears(o, r.ret) && r.bytes != nil {
			out = append(out, r.ret)
		}
	}
	return out
}

// manifest begins the record of a pack: what it is made from.
func (w *workspace) manifest(o packOrder, read []readReturn) manifest {
	m := manifest{Program: "boardpack " + version, Council: w.Council, Board: o.board.ID, BoardName: o.board.Name,
		Year: o.period.YearText(), Quarter: o.period.QuarterText(), Status: o.status(), Editions: []string{"public", "working"},
		Scheme: schemeRecord{w.scheme.ID, w.scheme.Version}, DataAsAt: o.asAt.String(),
		Settings: w.settingsUsed(o, read)}
	for _, i := range w.inputs {
		m.Inputs = append(m.Inputs, record(i.Kind, i.Name, i.Bytes))
	}
	for _, r := range read {
		if bears(o, r.ret) && r.bytes != nil {
			f := record("return", r.name, r.bytes)
			f.Folder, f.Stands = r.periodFolder(), r.stands
			m.Inputs = append(m.Inputs, f)
		}
	}
	slices.SortFunc(m.Inputs, func(a, b fileRecord) int {
		return strings.Compare(a.Kind+"\x00"+a.Name+"\x00"+a.SHA256, b.Kind+"\x00"+b.Name+"\x00"+b.SHA256)
	})
	m.InputHash = m.dueHash(w.bearing(o, read))
	return m
}

// settingsUsed records the flags of year and quarter where some return's
// period was taken from them; a flag that only chooses a pack bears on nothing.
func (w *workspace) settingsUsed(o packOrder, read []readReturn) settingsRecord {
	for _, r := range read {
		if bears(o, r.ret) && strings.Contains(r.ret.PeriodBy, workbook.FromFlags) {
			return settingsRecord{Year: w.said.YearText(), Quarter: w.said.QuarterText()}
		}
	}
	return settingsRecord{}
}

// bearing lists the decisions that bear on a pack: those about rows of its
// quarter and the one before, and those about workbooks that it is made from.
func (w *workspace) bearing(o packOrder, read []readReturn) []transform.Decision {
	var out []transform.Decision
	for _, d := range w.decisions {
		ofWorkbook := slices.ContainsFunc(read, func(r readReturn) bool { return r.name == d.Workbook && bears(o, r.ret) })
		if d.Workbook != "" && ofWorkbook || d.Concerns(o.period) {
			out = append(out, d)
		}
	}
	return out
}

// periodFolder is the name of the folder that was read, where it may have said the period.
func (r readReturn) periodFolder() string {
	if said := ingest.PeriodIn(r.folder); said.Year == 0 && said.Quarter == 0 {
		return ""
	}
	return r.folder
}

// complete records what the pack holds.
func (m *manifest) complete(o packOrder, p transform.Pack, stops []transform.Stop, files []packFile) {
	m.Version = o.version
	for _, f := range files {
		m.Outputs = append(m.Outputs, record("", f.Name, f.Bytes))
	}
	m.Counts = countRecords(p)
	m.Stops = stopRecords(stops)
	if o.before != nil {
		for _, i := range o.before.inputs {
			m.Inputs = append(m.Inputs, record(i.Kind, i.Name, i.Bytes))
		}
	}
}

// keep archives everything that a pack is made from.
func (w *workspace) keep(a store.Archive, o packOrder, read []readReturn) error {
	inputs := w.inputs
	if o.before != nil {
		inputs = slices.Concat(inputs, o.before.inputs)
	}
	for _, i := range inputs {
		if err := a.Put(i.Bytes); err != nil {
			return err
		}
	}
	for _, r := range read {
		if bears(o, r.ret) && r.bytes != nil {
			if err := a.Put(r.bytes); err != nil {
				return err
			}
		}
	}
	return nil
}

func versionFolder(n int) string { return "v" + strconv.Itoa(n) }

// folderVersion is the version that a folder's name says; 0 for none.
func folderVersion(name string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(name, "v"))
	if err != nil || !strings.HasPrefix(name, "v") {
		return 0
	}
	return n
}

// lastVersion finds the newest version of a pack; 0 where there is none.
func lastVersion(place string) (int, error) {
	entries, err := os.ReadDir(place)
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	last := 0
	for _, e := range entries {
		if e.IsDir() {
			last = max(last, folderVersion(e.Name()))
		}
	}
	return last, nil
}
