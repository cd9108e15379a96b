package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"boardpack/ingest"
)

// The two addresses of a quarter's packs that move from version to version.
const (
	finalPack = "final" // the latest final that was not superseded
	draftPack = "draft" // the latest draft
)

// The statuses of a pack, as the ledger has them.
const (
	statusDraft      = "draft"
	statusFinal      = "final"
	statusSuperseded = "superseded"
)

// packsPage lists the packs of all boards, or of one.
type packsPage struct {
	Board    string // its name; empty for all
	Quarters []quarterPacks
}

// quarterPacks are the packs of one quarter, board by board.
type quarterPacks struct {
	ID    string
	Title string
	Packs []packView
}

func (s *Site) showPacks(w http.ResponseWriter, r *http.Request) error {
	listed, err := s.Listed(r.Context())
	if err != nil {
		return err
	}
	p := packsPage{}
	title := "Quarter packs"
	if board := r.PathValue("board"); board != "" {
		listed = slices.DeleteFunc(listed, func(l Listed) bool { return l.Board != board })
		p.Board = s.boardName(board)
		if len(listed) == 0 && p.Board == board {
			return missing("%s", s.words.Missing.Board)
		}
		title = "Packs of " + p.Board
	}
	if p.Quarters, err = s.byQuarter(r.Context(), listed); err != nil {
		return err
	}
	return s.draw(w, http.StatusOK, "packs", "packs", title, p)
}

// byQuarter gives of each board and quarter the versions that count, the newest quarter first.
func (s *Site) byQuarter(ctx context.Context, listed []Listed) ([]quarterPacks, error) {
	groups := map[string][]Listed{}
	var order []Listed // one of each group
	for _, l := range listed {
		key := quarterHref(l.Pack)
		if groups[key] == nil {
			order = append(order, l)
		}
		groups[key] = append(groups[key], l)
	}
	rank := map[string]int{}
	for i, b := range s.State().Boards {
		rank[b.ID] = i - len(s.State().Boards) // those of the configuration come first
	}
	slices.SortStableFunc(order, func(a, b Listed) int {
		return cmp.Or(strings.Compare(b.Year+b.Quarter, a.Year+a.Quarter), cmp.Compare(rank[a.Board], rank[b.Board]), strings.Compare(a.Board, b.Board))
	})
	var out []quarterPacks
	for _, l := range order {
		if n := len(out); n == 0 || out[n-1].ID != quarterID(l) {
			p := ingest.PeriodIn(l.Year + " " + l.Quarter).Period
			out = append(out, quarterPacks{ID: quarterID(l), Title: periodTitle(p)})
		}
		views, err := s.counting(ctx, groups[quarterHref(l.Pack)])
		if err != nil {
			return nil, err
		}
		out[len(out)-1].Packs = append(out[len(out)-1].Packs, views...)
	}
	return out, nil
}

func quarterID(l Listed) string {
	return strings.ToLower("quarter-" + strings.ReplaceAll(l.Year, "/", "-") + "-" + l.Quarter)
}

func periodTitle(p ingest.Period) string {
	if p.Known() {
		return p.Title()
	}
	return p.String()
}

// counting gives of a quarter's versions those that count: the latest final,
// and what came after it, or a superseded one that nothing took the place of.
func (s *Site) counting(ctx context.Context, versions []Listed) ([]packView, error) {
	final, draft := latest(versions, statusFinal), latest(versions, statusDraft)
	var out []packView
	add := func(l *Listed, under string) error {
		v, err := s.view(ctx, *l, under)
		out = append(out, v)
		return err
	}
	var err error
	if final != nil {
		err = add(final, finalPack)
	} else if last := latest(versions, statusSuperseded); last != nil && (draft == nil || draft.Version < last.Version) {
		err = add(last, versionName(last.Version))
	}
	if err == nil && draft != nil && (final == nil || draft.Version > final.Version) {
		err = add(draft, draftPack)
	}
	return out, err
}

// latest is the newest version of a status; nil where there is none.
func latest(versions []Listed, status string) *Listed {
	var last *Listed
	for i, l := range versions {
		if l.Status == status && (last == nil || l.Version > last.Version) {
			last = &versions[i]
		}
	}
	return last
}

// packPage is one board's packs of one quarter.
type packPage struct {
	Board, BoardHref string
	Period           string
	Counting         []packView
	Versions         []packView // all, the newest first
}

func (s *Site) showPack(w http.ResponseWriter, r *http.Request) error {
	versions, err := s.versions(r)
	if err != nil {
		return err
	}
	p := packPage{BoardHref: "/packs/" + url.PathEscape(versions[0].Board) + "/"}
	if p.Counting, err = s.counting(r.Context(), versions); err != nil {
		return err
	}
	for _, l := range versions {
		v, err := s.view(r.Context(), l, versionName(l.Version))
		if err != nil {
			return err
		}
		p.Versions = append(p.Versions, v)
	}
	p.Board, p.Period = p.Versions[0].Board, periodTitle(p.Versions[0].Period)
	return s.draw(w, http.StatusOK, "pack", "packs", p.Board+", "+p.Versions[0].Period.String(), p)
}

// viewAsked is the version that an address names.
func (s *Site) viewAsked(r *http.Request) (packView, error) {
	l, err := s.chosen(r)
	if err != nil {
		return packView{}, err
	}
	return s.view(r.Context(), l, r.PathValue("version"))
}

func (s *Site) showVersion(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewAsked(r)
	if err != nil {
		return err
	}
	return s.draw(w, http.StatusOK, "version", "packs", v.title(), v)
}

func (p packView) title() string {
	return fmt.Sprintf("%s, %s, version %d", p.Board, p.Period, p.Version)
}

// changesPage lists what changed since the version before.
type changesPage struct {
	packView
	Groups []changeGroup
	Left   int // changes that are not listed
}

type changeGroup struct {
	Group string
	List  []Change
}

// mostChanges are listed on a page; the data have all.
const mostChanges = 1000

func (s *Site) showChanges(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewAsked(r)
	if err != nil {
		return err
	}
	if v.Before == 0 || v.Changes < 0 {
		return missing("%s", s.words.Missing.Changes)
	}
	list, err := s.Options.Changes(v.Pack)
	if err != nil {
		return fmt.Errorf("read what changed in %s: %w", v.Folder, err)
	}
	p := changesPage{packView: v, Left: max(0, len(list)-mostChanges)}
	for _, c := range list[:len(list)-p.Left] {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Group != c.Group {
			p.Groups = append(p.Groups, changeGroup{Group: c.Group})
		}
		p.Groups[len(p.Groups)-1].List = append(p.Groups[len(p.Groups)-1].List, c)
	}
	return s.draw(w, http.StatusOK, "changes", "packs", "What changed: "+v.title(), p)
}

// versions gives the versions of the quarter that an address names, the newest first.
func (s *Site) versions(r *http.Request) ([]Listed, error) {
	listed, err := s.Listed(r.Context())
	if err != nil {
		return nil, err
	}
	board, year, quarter := r.PathValue("board"), r.PathValue("year"), r.PathValue("quarter")
	known := false
	var out []Listed
	for _, l := range listed {
		known = known || l.Board == board
		if l.Board == board && strings.ReplaceAll(l.Year, "/", "-") == year && l.Quarter == quarter {
			out = append(out, l)
		}
	}
	switch {
	case !known:
		return nil, missing("%s", s.words.Missing.Board)
	case len(out) == 0:
		return nil, missing("%s", s.words.Missing.Quarter)
	}
	slices.SortFunc(out, func(a, b Listed) int { return cmp.Compare(b.Version, a.Version) })
	return out, nil
}

// chosen is the version that an address names: v3, final or draft.
func (s *Site) chosen(r *http.Request) (Listed, error) {
	versions, err := s.versions(r)
	if err != nil {
		return Listed{}, err
	}
	name := r.PathValue("version")
	switch name {
	case finalPack:
		if l := latest(versions, statusFinal); l != nil {
			return *l, nil
		}
		return Listed{}, missing("%s", s.words.Missing.Final)
	case draftPack:
		if l := latest(versions, statusDraft); l != nil {
			return *l, nil
		}
		return Listed{}, missing("%s", s.words.Missing.Draft)
	}
	for _, l := range versions {
		if versionName(l.Version) == name {
			return l, nil
		}
	}
	return Listed{}, missing("%s", s.words.Missing.Version)
}
