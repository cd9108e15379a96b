package web

import (
	"cmp"
	"context"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
	"boardpack/ingest"
)

// received is a return with all its versions, the oldest first.
type received struct {
	versions []store.Latest
	standing bool // it stands in its folder
}

func (v received) newest() store.Latest { return v.versions[len(v.versions)-1] }

// uses gives the versions that packs are made of: of each quarter the last
// that can be read.
func (v received) uses() []inbox.Use {
	var held []inbox.Held
	for _, l := range v.versions {
		if !l.Removed {
			held = append(held, inbox.Held{Number: l.Number, Readable: l.Usable, Period: l.Period})
		}
	}
	return inbox.Choose(held)
}

// of gives a version by its number.
func (v received) of(number int) store.Latest {
	i := slices.IndexFunc(v.versions, func(l store.Latest) bool { return l.Number == number })
	return v.versions[i]
}

// received lists the returns of the ledger, by inbox and key.
func (s *Site) received(ctx context.Context) ([]received, error) {
	all, err := s.Store.LatestReadings(ctx)
	if err != nil {
		return nil, err
	}
	standing := map[string]map[string]bool{}
	for _, i := range s.State().Inboxes {
		standing[i.Name] = i.Standing
	}
	var out []received
	for _, l := range all {
		n := len(out)
		if n == 0 || out[n-1].newest().Inbox != l.Inbox || out[n-1].newest().Key != l.Key {
			out = append(out, received{standing: standing[l.Inbox][l.Key]})
			n++
		}
		out[n-1].versions = append(out[n-1].versions, l)
	}
	return out, nil
}

// returnView is a return on a page, as it stands for one quarter.
type returnView struct {
	store.Latest        // the version that is told: the one that is used, else the newest
	Newest       int    // the number of the newest version
	Base         string // its name without folders
	Folder       string // the folders, with "/" at their end
	Reach
	States     []string // by their names in templates/web/words.yaml
	Findings   []ingest.Finding
	Counts     severities
	Page, Copy *Answer
}

// Href is the page of the return.
func (v returnView) Href() string { return returnHref(v.ID) }

func returnHref(id int64) string { return "/returns/" + strconv.FormatInt(id, 10) + "/" }

// severities counts findings that nobody has settled.
type severities struct{ Error, Query int }

func countFindings(list []ingest.Finding) severities {
	var c severities
	for _, f := range ingest.GroupFindings(list) {
		switch {
		case f.Explanation != "":
		case f.Severity == ingest.Error:
			c.Error++
		case f.Severity == ingest.Query:
			c.Query++
		}
	}
	return c
}

// returnsPage lists the returns of a quarter, and what the folders hold besides.
type returnsPage struct {
	Quarters []quarterLink
	Title    string
	Set      Quarter
	Awaited  []Awaited
	Returns  []returnView
	Other    []returnView // whose quarter is not known, and plans
	Inboxes  []Inbox
}

// quarterLink leads to the returns of a quarter.
type quarterLink struct {
	Href, Word string
	Here       bool
}

func (s *Site) showReturns(w http.ResponseWriter, r *http.Request) error {
	all, err := s.received(r.Context())
	if err != nil {
		return err
	}
	p, err := s.quarterAsked(r, all)
	if err != nil {
		return err
	}
	page := returnsPage{Inboxes: s.State().Inboxes, Quarters: s.quarterLinks(all, p)}
	if p.Known() {
		page.Title, page.Set = p.Title(), s.Quarter(p)
		if page.Awaited, err = s.Awaited(r.Context(), p); err != nil {
			return err
		}
	}
	for _, v := range all {
		for _, t := range s.told(v) {
			switch {
			case t.Period == p && p.Known():
				if isLate(page.Awaited, t) {
					t.States = append(t.States, "late")
				}
				page.Returns = append(page.Returns, t)
			case !t.Period.Known() && v.standing:
				page.Other = append(page.Other, t)
			}
		}
	}
	for _, list := range [][]returnView{page.Returns, page.Other} {
		if err := s.complete(r.Context(), list); err != nil {
			return err
		}
	}
	slices.SortStableFunc(page.Returns, func(a, b returnView) int {
		return cmp.Or(strings.Compare(a.Plan, b.Plan), strings.Compare(a.Name, b.Name))
	})
	return s.draw(w, http.StatusOK, "returns", "returns", "Returns", page)
}

// isLate reports whether a return was received after its day.
func isLate(awaited []Awaited, t returnView) bool {
	return slices.ContainsFunc(awaited, func(a Awaited) bool { return a.Late && a.Name == path.Join(t.Inbox, t.Name) })
}

// quarterAsked is the quarter of an address; without one the newest that has
// returns, else the one that has ended last.
func (s *Site) quarterAsked(r *http.Request, all []received) (ingest.Period, error) {
	year, quarter := r.PathValue("year"), r.PathValue("quarter")
	if year == "" {
		returned := quartersOf(all)
		return append(returned, s.thisQuarter().Before())[0], nil
	}
	for _, p := range s.quarters(all) {
		if p.Folder() == year+"/"+quarter {
			return p, nil
		}
	}
	return ingest.Period{}, missing("%s", s.words.Missing.Return)
}

// quartersOf lists the quarters that returns are of, the newest first.
func quartersOf(all []received) []ingest.Period {
	var out []ingest.Period
	for _, v := range all {
		for _, l := range v.versions {
			if l.Period.Known() && !slices.Contains(out, l.Period) {
				out = append(out, l.Period)
			}
		}
	}
	return newestFirst(out)
}

func newestFirst(list []ingest.Period) []ingest.Period {
	slices.SortFunc(list, func(a, b ingest.Period) int { return b.Compare(a) })
	return slices.Compact(list)
}

// quarters are those that returns are of, with the running one and the one before it.
func (s *Site) quarters(all []received) []ingest.Period {
	now := s.thisQuarter()
	return newestFirst(append(quartersOf(all), now, now.Before()))
}

func (s *Site) thisQuarter() ingest.Period {
	y, m, d := s.Now().In(s.Zone).Date()
	return ingest.PeriodOf(ingest.Date{Year: y, Month: m, Day: d})
}

func (s *Site) quarterLinks(all []received, here ingest.Period) []quarterLink {
	var out []quarterLink
	for _, p := range s.quarters(all) {
		out = append(out, quarterLink{"/returns/" + p.Folder() + "/", p.String(), p == here})
	}
	return out
}

// told gives a return once for each quarter that it stands for, and once more
// where its newest version stands for none.
func (s *Site) told(v received) []returnView {
	var out []returnView
	newest := v.newest()
	uses := v.uses()
	for _, u := range uses {
		t := s.viewOf(v, v.of(u.Number))
		if u.Because == inbox.LastGood {
			t.States = append(t.States, "last good")
		}
		out = append(out, t)
	}
	if !slices.ContainsFunc(uses, func(u inbox.Use) bool { return u.Number == newest.Number }) {
		out = append(out, s.viewOf(v, newest))
	}
	return out
}

func (s *Site) viewOf(v received, l store.Latest) returnView {
	dir, base := path.Split(l.Name)
	t := returnView{Latest: l, Newest: v.newest().Number, Base: base, Folder: dir}
	add := func(is bool, state string) {
		if is {
			t.States = append(t.States, state)
		}
	}
	add(!v.standing, "gone")
	add(l.Removed, "removed")
	add(!l.Removed && !l.Known, "unread")
	add(!l.Removed && l.Known && !l.Usable, "not usable")
	add(l.Nil(), "nil")
	return t
}

// complete adds to returns their findings, whose they are, and their answers.
func (s *Site) complete(ctx context.Context, list []returnView) error {
	var ids []int64
	var versions []store.Latest
	for _, t := range list {
		ids, versions = append(ids, t.ID), append(versions, t.Latest)
	}
	findings, err := s.Store.LatestFindings(ctx, ids...)
	if err != nil {
		return err
	}
	reach, err := s.Options.Reach(ctx, versions)
	if err != nil {
		return err
	}
	answers, err := s.answersTo(ctx, list)
	if err != nil {
		return err
	}
	for i := range list {
		t := &list[i]
		t.Findings, t.Counts, t.Reach = findings[t.ID], countFindings(findings[t.ID]), reach[t.ID]
		for _, a := range answers[t.ID] {
			if a.Copy {
				t.Copy = &a
			} else {
				t.Page = &a
			}
		}
	}
	return nil
}

// answersTo finds the answers to returns. They are to the newest version of each.
func (s *Site) answersTo(ctx context.Context, list []returnView) (map[int64][]Answer, error) {
	var newest []store.Latest
	for _, t := range list {
		if t.Number == t.Newest {
			newest = append(newest, t.Latest)
		}
	}
	return s.Answers(ctx, newest)
}
