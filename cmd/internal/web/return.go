package web

import (
	"net/http"
	"slices"
	"strconv"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"
	"boardpack/ingest"
)

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
