package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/transform"
)

// knownReturn is what is known of a return without its rows: enough to tell
// which packs it feeds.
type knownReturn struct {
	foundFile
	sha256  string
	size    int64
	kept    bool // its bytes may be kept, so that a pack can be made of it again
	outline transform.Outline
	said    []byte // what its outline says, as a line that goes into hashes
}

// gathered are the returns that packs are made of.
type gathered struct {
	known     []knownReturn
	catalogue transform.Catalogue // of known
	files     *outlineFiles
	told      bool                                                 // packs that are there already are worked out too, to be told
	rows      func(ctx context.Context, n int) (readReturn, error) // the return of known[n], with its rows
}

// known is what is known of a return that was read.
func (r readReturn) known() knownReturn {
	return knownReturn{foundFile: r.foundFile, sha256: r.ret.SHA256, size: r.ret.Size, kept: r.bytes != nil, outline: transform.OutlineOf(r.ret)}
}

func knownOf(read []readReturn) []knownReturn {
	var out []knownReturn
	for _, r := range read {
		out = append(out, r.known())
	}
	return out
}

// inHand are returns that were all read.
func inHand(read []readReturn) gathered {
	g := gatheredOf(knownOf(read), func(_ context.Context, n int) (readReturn, error) { return read[n], nil })
	g.told = true
	return g
}

func gatheredOf(known []knownReturn, rows func(context.Context, int) (readReturn, error)) gathered {
	outlines := make([]transform.Outline, len(known))
	for n := range known {
		r := &known[n]
		outlines[n] = r.outline
		r.said = append(strconv.AppendQuote(nil, r.name), " "+r.outline.Hash+"\n"...)
	}
	return gathered{known: known, catalogue: transform.NewCatalogue(outlines), files: &outlineFiles{}, rows: rows}
}

// feeding is what a pack is made of: whole returns, and outlines of others.
type feeding struct {
	returns []ingest.Return
	others  []transform.Other
}

// bearingOn lists the returns that bear on a pack: those whose bytes are kept,
// so that it can be made again.
func (g gathered) bearingOn(o packOrder) []transform.Bearing {
	return g.catalogue.Bearing(o.board, o.period, func(n int) bool { return g.known[n].kept && g.known[n].boards.include(o.board.ID) })
}

// returnsFor gives the returns that a pack is made of, each as it bears on it.
func (g gathered) returnsFor(ctx context.Context, o packOrder) (feeding, error) {
	var f feeding
	for _, b := range o.bearing {
		if !b.Whole {
			f.others = append(f.others, g.known[b.Of].other())
			continue
		}
		read, err := g.rows(ctx, b.Of)
		if err != nil {
			return f, err
		}
		f.returns = append(f.returns, read.ret)
	}
	return f, nil
}

func (r knownReturn) other() transform.Other {
	return transform.Other{Name: r.name, SHA256: r.sha256, Outline: r.outline}
}

// outlinesKind is the kind of the input that holds the outlines of returns: one
// file for all boards, which a pack keeps in place of returns of other boards.
const outlinesKind, outlinesName = "outlines", "outlines.jsonl"

// keepOutlines archives that file for a pack: of every return that bears on it.
func (g gathered) keepOutlines(a store.Archive, o packOrder) (fileRecord, error) {
	said := sha256.New()
	for _, b := range o.bearing {
		said.Write(g.known[b.Of].said)
	}
	return g.files.keep(a, hex.EncodeToString(said.Sum(nil)), func(yield func(transform.Other) bool) {
		for _, b := range o.bearing {
			if !yield(g.known[b.Of].other()) {
				return
			}
		}
	})
}

// outlineFiles are the files of outlines that were archived, as many packs have the same.
type outlineFiles struct {
	mu     sync.Mutex
	byHash map[string]fileRecord
}

// keep archives a file of outlines; hash is of what they say.
func (f *outlineFiles) keep(a store.Archive, hash string, outlines iter.Seq[transform.Other]) (fileRecord, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if kept, known := f.byHash[hash]; known {
		return kept, nil
	}
	sum, size, err := a.PutWritten(func(w io.Writer) error { return transform.WriteOthers(w, outlines) })
	if err != nil {
		return fileRecord{}, err
	}
	if f.byHash == nil {
		f.byHash = map[string]fileRecord{}
	}
	f.byHash[hash] = fileRecord{Kind: outlinesKind, Name: outlinesName, Size: int(size), SHA256: sum}
	return f.byHash[hash], nil
}

// manifest begins the record of a pack: what it is made from.
func (w *workspace) manifest(o packOrder, g gathered) manifest {
	m := manifest{Program: "boardpack " + version, Council: w.Council, Board: o.board.ID, BoardName: o.board.Name,
		Year: o.period.YearText(), Quarter: o.period.QuarterText(), Status: o.status(), Editions: []string{"public", "working"},
		Scheme: schemeRecord{w.scheme.ID, w.scheme.Version}, DataAsAt: o.asAt.String()}
	m.Inputs = append(m.Inputs, w.records()...)
	workbooks := map[string]bool{}
	others := sha256.New()
	for _, b := range o.bearing {
		r := &g.known[b.Of]
		if !b.Whole {
			others.Write(r.said)
			continue
		}
		workbooks[r.name] = true
		m.Inputs = append(m.Inputs, fileRecord{Kind: "return", Name: r.name, Size: int(r.size), SHA256: r.sha256, Folder: periodFolder(r.folder), Stands: r.stands})
		if strings.Contains(r.outline.PeriodBy, workbook.FromFlags) {
			m.Settings = settingsRecord{Year: w.said.YearText(), Quarter: w.said.QuarterText()}
		}
	}
	if slices.ContainsFunc(o.bearing, func(b transform.Bearing) bool { return !b.Whole }) {
		f := o.outlines
		f.Kind, f.Name = outlinesKind, outlinesName // also before the file is kept
		f.part = hex.EncodeToString(others.Sum(nil))
		m.Inputs = append(m.Inputs, f)
	}
	slices.SortFunc(m.Inputs, func(a, b fileRecord) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name), strings.Compare(a.SHA256, b.SHA256))
	})
	m.deciding = w.deciding(o, workbooks)
	m.InputHash = m.dueHash()
	return m
}

// deciding lists the decisions that bear on a pack: those about rows of its
// quarter and the one before, and those about workbooks that feed it.
func (w *workspace) deciding(o packOrder, workbooks map[string]bool) []transform.Decision {
	var out []transform.Decision
	for _, d := range w.decisions {
		if d.Workbook != "" && workbooks[d.Workbook] || d.Concerns(o.period) {
			out = append(out, d)
		}
	}
	return out
}

// periodFolder is the name of a folder that was read, where it may have said the period.
func periodFolder(name string) string {
	if said := ingest.PeriodIn(name); said.Year == 0 && said.Quarter == 0 {
		return ""
	}
	return name
}

// keep archives everything that a pack is made from; what has been received is
// there already, and so are outlines.
func (w *workspace) keep(ctx context.Context, a store.Archive, o packOrder, g gathered) error {
	inputs := w.inputs
	if o.before != nil {
		inputs = slices.Concat(inputs, o.before.inputs)
	}
	for _, i := range inputs {
		if err := a.Put(i.Bytes); err != nil {
			return err
		}
	}
	for _, b := range o.bearing {
		if r := g.known[b.Of]; !b.Whole || a.Holds(r.sha256, r.size) {
			continue
		}
		read, err := g.rows(ctx, b.Of)
		if err != nil {
			return err
		}
		if err := a.Put(read.bytes); err != nil {
			return err
		}
	}
	return nil
}

// withoutService is a configuration without the part that says how the service
// works: when it looks and whom it tells bears on no pack.
func withoutService(config []byte) []byte {
	var out []byte
	service := false
	for line := range bytes.Lines(config) {
		if !bytes.ContainsAny(line[:1], " \t#\r\n-") { // a key of the top level
			service = bytes.HasPrefix(line, []byte("service:"))
		}
		if !service {
			out = append(out, line...)
		}
	}
	return out
}
