package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"boardpack/cmd/internal/store"
	"boardpack/ingest"
)

// abouts keeps what manifests say, as they never change.
type abouts struct {
	mu sync.Mutex
	of map[int64]About
}

// about is what a pack's manifest says; an error where it cannot be read is
// told in the log, and the page says that it does not know.
func (s *Site) about(p store.Pack) (About, bool) {
	s.abouts.mu.Lock()
	defer s.abouts.mu.Unlock()
	if a, ok := s.abouts.of[p.ID]; ok {
		return a, true
	}
	a, err := s.About(p)
	if err != nil {
		s.Log.Warn("the record of a pack cannot be read", "pack", p.Folder, "error", err.Error())
		return About{Changes: -1}, false
	}
	if s.abouts.of == nil {
		s.abouts.of = map[int64]About{}
	}
	s.abouts.of[p.ID] = a
	return a, true
}

// packView is a version of a pack on a page.
type packView struct {
	Listed
	About
	Known    bool   // its manifest could be read
	Board    string // its name
	Period   ingest.Period
	Href     string // of the version, with "/" at its end
	Quarter  string // of all versions of the quarter
	Which    string // "final" or "draft" where it is the latest such; else empty
	Editions []edition
}

// All is how many findings stop a final version.
func (p packView) All() (n int) {
	for _, s := range p.Stops {
		n += s.Findings
	}
	return n
}

// Main are the reports of the public edition.
func (p packView) Main() []download {
	for _, e := range p.Editions {
		if !e.Working {
			return e.Reports
		}
	}
	return nil
}

// edition is the files of an edition.
type edition struct {
	Working       bool
	Reports, Data []download
}

// download is a file that a page links to.
type download struct {
	Href, Name string
	Word       string // what it is
	Size       int64
}

// view makes a pack fit for a page; its files are linked to under a version, "v3", "final" or "draft".
func (s *Site) view(ctx context.Context, l Listed, under string) (packView, error) {
	var err error
	if l.Outputs, err = s.Store.Outputs(ctx, l.ID); err != nil {
		return packView{}, err
	}
	v := packView{Listed: l, Period: ingest.PeriodIn(l.Year + " " + l.Quarter).Period, Quarter: quarterHref(l.Pack)}
	v.About, v.Known = s.about(l.Pack)
	v.Board = cmp.Or(v.BoardName, s.boardName(l.Board))
	v.Href = v.Quarter + versionName(l.Version) + "/"
	if under == finalPack || under == draftPack {
		v.Which = under
	}
	v.Editions = s.editions(l.Outputs, v.Quarter+under+"/")
	return v, nil
}

func versionName(n int) string { return "v" + strconv.Itoa(n) }

// quarterHref is the address of a quarter's packs: /packs/communities/2026-27/Q2/.
func quarterHref(p store.Pack) string {
	return fmt.Sprintf("/packs/%s/%s/%s/", url.PathEscape(p.Board), strings.ReplaceAll(p.Year, "/", "-"), url.PathEscape(p.Quarter))
}

func (s *Site) boardName(id string) string {
	for _, b := range s.State().Boards {
		if b.ID == id {
			return b.Name
		}
	}
	return id
}

const workingFolder = "working/"

func (s *Site) editions(files []store.File, under string) []edition {
	public, working := edition{}, edition{Working: true}
	for _, f := range files {
		e, name := &public, f.Name
		if below, is := strings.CutPrefix(name, workingFolder); is {
			e, name = &working, below
		}
		d := download{Href: under + escapePath(f.Name), Name: name, Word: s.words.format(name), Size: f.Size}
		if data, is := strings.CutPrefix(name, "data/"); is {
			d.Word = s.words.word(s.words.Files, data)
			e.Data = append(e.Data, d)
		} else {
			e.Reports = append(e.Reports, d)
		}
	}
	var out []edition
	for _, e := range []edition{public, working} {
		slices.SortStableFunc(e.Reports, func(a, b download) int { return cmp.Compare(reportRank(a.Name), reportRank(b.Name)) })
		if len(e.Reports)+len(e.Data) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// reportRank puts the report to print first.
func reportRank(name string) int {
	n := slices.Index([]string{".pdf", ".html", ".xlsx"}, path.Ext(name))
	if n < 0 {
		return 9
	}
	return n
}

func escapePath(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}
