package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path"
	"runtime"
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
	board    transform.Board
	period   ingest.Period
	version  int
	draft    bool
	asAt     ingest.Date
	before   *earlierPack        // the version before; nil for the first
	bearing  []transform.Bearing // the returns that bear on it, among those that are known
	outlines fileRecord          // of the file of outlines, where some returns bear on it with these alone
}

// transformPack works out one pack from what feeds it.
func (w *workspace) transformPack(o packOrder, f feeding) (transform.Pack, error) {
	definition, err := w.report()
	if err != nil {
		return transform.Pack{}, err
	}
	board := o.board
	board.Cover.Texts = w.texts(board.ID, o.period)
	return transform.Build(transform.Inputs{
		Council: w.Council, Board: board, Texts: definition.Wanted(), Boards: w.boards, Period: o.period, AsAt: o.asAt, Scheme: w.scheme, Register: w.register,
		Directorates: w.Directorates, Posts: w.Posts, Returns: f.returns, Others: f.others, Decisions: w.decisions, ReturnsDue: w.calendar.Dates(o.period).Due,
	}), nil
}

// renderPack makes every file of a pack but its manifest. The working edition
// says which characters the public one's PDF could not show, so that is laid
// out before.
func (w *workspace) renderPack(o packOrder, p transform.Pack) ([]packFile, error) {
	public, err := w.layOut(o, p)
	if err != nil {
		return nil, err
	}
	editions := []func() ([]packFile, error){
		func() ([]packFile, error) { return w.publicEdition(p, public) },
		func() ([]packFile, error) { return w.workingEdition(o, p, public.pages.Undrawn()) },
	}
	parts := make([][]packFile, len(editions))
	err = sideBySide(len(editions), func(i int) (err error) {
		defer w.draws()()
		parts[i], err = editions[i]()
		return err
	})
	files := slices.Concat(parts...)
	slices.SortFunc(files, func(a, b packFile) int { return strings.Compare(a.Name, b.Name) })
	return files, err
}

// draws takes one of the places for editions that are drawn at once, until it is given back.
func (w *workspace) draws() (done func()) {
	w.drawing <- struct{}{}
	return func() { <-w.drawing }
}

// laidOut is the public edition, laid out on the pages of its PDF.
type laidOut struct {
	settings render.Settings
	report   render.Report
	pages    *pdf.Drawn
}

func (w *workspace) layOut(o packOrder, p transform.Pack) (l laidOut, err error) {
	defer w.draws()()
	if l.settings, err = w.settingsOf(o, p, render.Public); err != nil {
		return l, err
	}
	if l.report, err = render.Build(p, l.settings); err != nil {
		return l, err
	}
	l.pages, err = pdf.Draw(l.report)
	return l, err
}

func (w *workspace) publicEdition(p transform.Pack, l laidOut) ([]packFile, error) {
	files, err := editionFiles(l.report, p, l.settings)
	if err != nil {
		return nil, err
	}
	return w.withPDF(l, files)
}

func (w *workspace) workingEdition(o packOrder, p transform.Pack, undrawn []pdf.Replaced) ([]packFile, error) {
	settings, err := w.settingsOf(o, p, render.Working)
	if err != nil {
		return nil, err
	}
	report, err := render.Build(p, settings)
	if err != nil {
		return nil, err
	}
	report.Blocks = append(report.Blocks, tellUndrawn(report.Words, undrawn)...)
	return editionFiles(report, p, settings)
}

// editionFiles are an edition as page, as workbook and as data, in its folder of the pack.
func editionFiles(report render.Report, p transform.Pack, s render.Settings) ([]packFile, error) {
	folder, working := "", s.Edition == render.Working
	if working {
		folder = workingFolder
	}
	var files []packFile
	for _, d := range []struct {
		name string
		to   func(io.Writer, render.Report) error
	}{{"report.html", html.Render}, {"report.xlsx", xlsx.Render}} {
		var b bytes.Buffer
		if err := d.to(&b, report); err != nil {
			return nil, fmt.Errorf("write %s%s: %w", folder, d.name, err)
		}
		files = append(files, packFile{folder + d.name, b.Bytes()})
	}
	tables, err := dataFiles(report, p, s)
	if err != nil {
		return nil, fmt.Errorf("write %sdata: %w", folder, err)
	}
	for _, t := range tables {
		files = append(files, packFile{dataFolder(working) + t.Name, t.Bytes})
	}
	return files, nil
}

// dataFiles are the data of an edition, with the page that says what they mean.
func dataFiles(report render.Report, p transform.Pack, s render.Settings) ([]data.File, error) {
	working := s.Edition == render.Working
	tables, err := data.Files(p, working, s.Since)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := html.Render(&page, data.Page(report, p, working, s.Since)); err != nil {
		return nil, err
	}
	return append(tables, data.File{Name: data.PageName, Bytes: page.Bytes()}), nil
}

// withPDF adds the report as PDF, which carries the other files where the
// configuration says so.
func (w *workspace) withPDF(l laidOut, files []packFile) ([]packFile, error) {
	var attached []pdf.Attachment
	if w.Attach {
		attached = attachments(files, l.report.Words)
	}
	var b bytes.Buffer
	if err := l.pages.Write(&b, attached...); err != nil {
		return nil, fmt.Errorf("write report.pdf: %w", err)
	}
	return append(files, packFile{"report.pdf", b.Bytes()}), nil
}

// attachments are the workbook and the data of an edition, each with its
// relation to the report (ISO 19005-3, annex E).
func attachments(files []packFile, words render.Words) []pdf.Attachment {
	var attached []pdf.Attachment
	for _, f := range files {
		a := pdf.Attachment{Name: path.Base(f.Name), Bytes: f.Bytes, Relation: "Data", Description: words.AttachedData}
		switch path.Ext(f.Name) {
		case ".xlsx":
			a.Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			a.Relation, a.Description = "Alternative", words.AttachedWorkbook
		case ".csv":
			a.Type = "text/csv"
		case ".json":
			a.Type, a.Description = "application/json", words.AttachedMeaning
		default:
			continue
		}
		attached = append(attached, a)
	}
	return attached
}

// tellUndrawn says which characters the public edition's PDF cannot show, so
// that officers can write others.
func tellUndrawn(words render.Words, undrawn []pdf.Replaced) []render.Block {
	if len(undrawn) == 0 {
		return nil
	}
	var told []string
	for _, u := range undrawn {
		told = append(told, fmt.Sprintf("%U (%d)", u.Rune, u.Count))
	}
	text := strings.Replace(words.Undrawn, "%s", strings.Join(told, ", "), 1)
	return []render.Block{render.Paragraph{Style: render.Warn, Text: text}}
}

// sideBySide runs n pieces of work, as many at once as there are processors,
// and gives the first error by their order.
func sideBySide(n int, do func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	return cmp.Or(errs...)
}

// settingsOf is what an edition's report needs to know beside the pack.
func (w *workspace) settingsOf(o packOrder, p transform.Pack, e render.Edition) (render.Settings, error) {
	definition, err := w.report()
	look := w.look
	look.Fonts = w.fonts
	s := render.Settings{Edition: e, Version: o.version, Draft: o.draft, Look: look, Definition: definition, Logo: w.logo,
		Percentages: w.percentages, Stops: w.gates.Stops(p)}
	if e == render.Working {
		s.Since = o.before.since(p)
	}
	return s, err
}
