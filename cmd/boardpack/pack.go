package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"boardpack/ingest"
	"boardpack/render"
	"boardpack/render/data"
	"boardpack/render/html"
	"boardpack/render/pdf"
	"boardpack/render/xlsx"
	"boardpack/transform"
)

// packFile is one file of a pack; its name has "/" below the pack's folder.
type packFile struct {
	Name  string
	Bytes []byte
}

// packOrder is what one pack is to be made of.
type packOrder struct {
	board   transform.Board
	period  ingest.Period
	version int
	draft   bool
	asAt    ingest.Date
}

// transformPack works out one pack from the returns that were read.
func (w *workspace) transformPack(o packOrder, returns []ingest.Return) transform.Pack {
	return transform.Build(transform.Inputs{
		Council: w.Council, Board: o.board, Boards: w.boards, Period: o.period, AsAt: o.asAt, Scheme: w.scheme, Register: w.register,
		Directorates: w.Directorates, Posts: w.Posts, Returns: returns, Decisions: w.decisions, ReturnsDue: w.ReturnsDue,
	})
}

// renderPack makes every file of a pack but its manifest.
func (w *workspace) renderPack(o packOrder, p transform.Pack) ([]packFile, error) {
	jobs := []func() ([]packFile, error){
		func() ([]packFile, error) { return w.edition(o, p, render.Public, "") },
		func() ([]packFile, error) { return w.edition(o, p, render.Working, "working/") },
	}
	parts := make([][]packFile, len(jobs))
	err := sideBySide(len(jobs), func(i int) (err error) {
		parts[i], err = jobs[i]()
		return err
	})
	files := slices.Concat(parts...)
	slices.SortFunc(files, func(a, b packFile) int { return strings.Compare(a.Name, b.Name) })
	return files, err
}

// edition draws one edition: the public one also as PDF.
func (w *workspace) edition(o packOrder, p transform.Pack, e render.Edition, prefix string) ([]packFile, error) {
	w.drawing <- struct{}{}
	defer func() { <-w.drawing }()
	settings, err := w.settingsOf(o, p, e)
	if err != nil {
		return nil, err
	}
	report, err := render.Build(p, settings)
	if err != nil {
		return nil, err
	}
	draw := []struct {
		name string
		to   func(io.Writer, render.Report) error
	}{{"report.html", html.Render}, {"report.xlsx", xlsx.Render}}
	if e == render.Public {
		draw = append(draw, struct {
			name string
			to   func(io.Writer, render.Report) error
		}{"report.pdf", pdf.Render})
	}
	var files []packFile
	for _, d := range draw {
		var b bytes.Buffer
		if err := d.to(&b, report); err != nil {
			return nil, fmt.Errorf("write %s%s: %w", prefix, d.name, err)
		}
		files = append(files, packFile{prefix + d.name, b.Bytes()})
	}
	tables, err := data.Files(p, e == render.Working)
	if err != nil {
		return nil, fmt.Errorf("write %sdata: %w", prefix, err)
	}
	for _, t := range tables {
		files = append(files, packFile{prefix + "data/" + t.Name, t.Bytes})
	}
	return files, nil
}

// sideBySide runs n pieces of work at once and gives the first error by their order.
func sideBySide(n int, do func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = do(i) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// settingsOf is what an edition's report needs to know beside the pack.
func (w *workspace) settingsOf(o packOrder, p transform.Pack, e render.Edition) (render.Settings, error) {
	definition, err := w.report()
	return render.Settings{Edition: e, Version: o.version, Draft: o.draft, Look: w.look, Definition: definition, Percentages: w.percentages, Stops: w.gates.Stops(p)}, err
}
