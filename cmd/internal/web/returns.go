package web

import (
	"cmp"
	"context"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

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
	Due      ingest.Date
	Returns  []returnView
	Expected []Expected
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
		page.Title, page.Due = p.Title(), s.Due(p)
		if page.Expected, err = s.Expected(r.Context(), p); err != nil {
			return err
		}
	}
	for _, v := range all {
		for _, t := range s.told(v) {
			switch {
			case t.Period == p && p.Known():
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

// quarterAsked is the quarter of an address; without one the newest that has returns.
func (s *Site) quarterAsked(r *http.Request, all []received) (ingest.Period, error) {
	year, quarter := r.PathValue("year"), r.PathValue("quarter")
	quarters := quartersOf(all)
	if year == "" {
		if len(quarters) == 0 {
			return ingest.Period{}, nil
		}
		return quarters[0], nil
	}
	for _, p := range quarters {
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
	slices.SortFunc(out, func(a, b ingest.Period) int { return b.Compare(a) })
	return out
}

func (s *Site) quarterLinks(all []received, here ingest.Period) []quarterLink {
	var out []quarterLink
	for _, p := range quartersOf(all) {
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
	add(s.isLate(v, l.Period), "late")
	return t
}

// isLate reports whether nothing usable of a quarter had come by its day.
func (s *Site) isLate(v received, p ingest.Period) bool {
	if !p.Known() || s.Due(p).IsZero() {
		return false
	}
	for _, l := range v.versions {
		if l.Usable && l.Period == p {
			return dayOf(l.Received, s.Zone).After(s.Due(p))
		}
	}
	return false
}

func dayOf(t time.Time, zone *time.Location) ingest.Date {
	y, m, d := t.In(zone).Date()
	return ingest.Date{Year: y, Month: m, Day: d}
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

// returnPage is the history of one return.
type returnPage struct {
	returnView
	Versions []versionView // the newest first
	Open     []ingest.Finding
	More     int // open findings that are not listed
}

// versionView is a version of a return in its history.
type versionView struct {
	store.Latest
	Used    bool
	Removal *store.Removal // who took its bytes out of the archive, and why
}

// mostFindings are listed on the page of a return; the page that shows how it was read has more.
const mostFindings = 50

func (s *Site) showReturn(w http.ResponseWriter, r *http.Request) error {
	v, asked, err := s.returnAsked(r)
	if err != nil {
		return err
	}
	view := []returnView{s.viewOf(v, asked)}
	if err := s.complete(r.Context(), view); err != nil {
		return err
	}
	p := returnPage{returnView: view[0]}
	p.Open = slices.DeleteFunc(ingest.GroupFindings(p.Findings), func(f ingest.Finding) bool { return f.Explanation != "" || f.Severity == ingest.Note })
	p.More = max(0, len(p.Open)-mostFindings)
	p.Open = p.Open[:len(p.Open)-p.More]
	uses := v.uses()
	for _, l := range slices.Backward(v.versions) {
		view := versionView{Latest: l, Used: v.standing && slices.ContainsFunc(uses, func(u inbox.Use) bool { return u.Number == l.Number })}
		if gone, ok, err := s.Store.Removal(r.Context(), l.SHA256); err != nil {
			return err
		} else if ok {
			view.Removal = &gone
		}
		p.Versions = append(p.Versions, view)
	}
	return s.draw(w, http.StatusOK, "return", "returns", p.Base, p)
}

// returnAsked is the return that an address names by the ID of a version, and that version.
func (s *Site) returnAsked(r *http.Request) (received, store.Latest, error) {
	all, err := s.received(r.Context())
	if err != nil {
		return received{}, store.Latest{}, err
	}
	for _, v := range all {
		for _, l := range v.versions {
			if strconv.FormatInt(l.ID, 10) == r.PathValue("id") {
				return v, l, nil
			}
		}
	}
	return received{}, store.Latest{}, missing("%s", s.words.Missing.Return)
}

func (s *Site) sendPage(w http.ResponseWriter, r *http.Request) error {
	return s.sendAnswer(w, r, false)
}
func (s *Site) sendCopy(w http.ResponseWriter, r *http.Request) error {
	return s.sendAnswer(w, r, true)
}

// sendAnswer sends a file of the answer to a return as it was written. Where
// its officer has changed it since, that is said: it is an answer that is still to be received.
func (s *Site) sendAnswer(w http.ResponseWriter, r *http.Request, marked bool) error {
	v, l, err := s.returnAsked(r)
	if err != nil {
		return err
	}
	found, err := s.answersTo(r.Context(), []returnView{s.viewOf(v, l)})
	if err != nil {
		return err
	}
	answers := found[l.ID]
	i := slices.IndexFunc(answers, func(a Answer) bool { return a.Copy == marked })
	if i < 0 && marked {
		return missing("%s", s.words.Missing.Copy)
	}
	if i < 0 {
		return missing("%s", s.words.Missing.Page)
	}
	b, err := answers[i].read()
	if err != nil {
		s.Log.Warn("an answer is not there as it was written", "name", l.Name, "file", answers[i].Name, "error", err.Error())
		return failure{http.StatusGone, s.words.Answered}
	}
	send(w, r, sent{name: savable(answers[i].Name), sha256: answers[i].SHA256, made: answers[i].Written, bytes: b})
	return nil
}

func (a Answer) read() ([]byte, error) {
	f, err := a.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return checked(f, a.SHA256, a.Size)
}
