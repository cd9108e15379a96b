package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"boardpack/cmd/internal/calendar"
	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/post"
	"boardpack/ingest"
	"boardpack/transform"
)

// letter is what one address is to be told, and how what it tells stands, to be
// kept once it is told.
type letter struct {
	address string
	of      []string // whose address it is: a plan, or the clerks of a board
	digest  post.Digest
	states  map[string]string
}

// letters works out who is to be told something new.
func (s *service) letters(ctx context.Context, w *workspace, now time.Time) (map[string]*letter, error) {
	toldBefore, err := s.store.Told(ctx)
	if err != nil {
		return nil, err
	}
	returns, err := s.standing(ctx)
	if err != nil {
		return nil, err
	}
	received, err := receivedVersions(ctx, s.store.Reader, w)
	if err != nil {
		return nil, err
	}
	packs, err := s.store.Packs(ctx)
	if err != nil {
		return nil, err
	}
	refused, known := s.refused()
	t := teller{service: s, w: w, refused: refused, keep: !known, today: dayOf(now), received: received, told: toldBefore, letters: map[string]*letter{}, holds: map[string]map[string]bool{}, returns: returns}
	t.officers()
	t.clerks(packs)
	if err := t.forget(ctx); err != nil {
		return nil, err
	}
	maps.DeleteFunc(t.letters, func(_ string, l *letter) bool { return len(l.states) == 0 })
	return t.letters, nil
}

// teller gathers the letters of one night.
type teller struct {
	service  *service
	w        *workspace
	today    ingest.Date
	told     map[string]map[string]string // by address and what it is about
	letters  map[string]*letter
	holds    map[string]map[string]bool // what is so now, told or not, by address
	returns  []standing
	received []receivedVersion
	refused  []inbox.Refused
	keep     bool // a folder is away: what was refused there is not known
}

// to is the letter to an address, which is one of somebody.
func (t *teller) to(given, somebody string) *letter {
	address := mailAddress(given)
	l := t.letters[address]
	if l == nil {
		l = &letter{address: address, digest: post.Digest{To: given, Council: t.w.Council}, states: map[string]string{}}
		t.letters[address] = l
	}
	if !slices.Contains(l.of, somebody) {
		l.of = append(l.of, somebody)
	}
	return l
}

// distinct leaves of each address one.
func distinct(addresses []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(addresses), func(a string) bool {
		again := seen[mailAddress(a)]
		seen[mailAddress(a)] = true
		return again
	})
}

// isNew notes how something stands, and reports whether the address was not told so yet.
func (t *teller) isNew(l *letter, about, state string) bool {
	t.hold(l, about)
	if t.told[l.address][about] == state {
		return false
	}
	l.states[about] = state
	return true
}

// hold notes that something still is as it was told, or need not be told.
func (t *teller) hold(l *letter, about string) {
	if t.holds[l.address] == nil {
		t.holds[l.address] = map[string]bool{}
	}
	t.holds[l.address][about] = true
}

// notRead begins what a file that is not read is told as.
const notRead = "not read: "

// forget takes out of the ledger what no longer holds, so that it is told should it be so again.
func (t *teller) forget(ctx context.Context) error {
	for _, address := range sortedNames(t.told) {
		for _, about := range sortedNames(t.told[address]) {
			if t.holds[address][about] || t.keep && strings.HasPrefix(about, notRead) {
				continue
			}
			if err := t.service.store.ForgetTold(ctx, address, about); err != nil {
				return err
			}
		}
	}
	return nil
}

// officers gathers what those who answer for plans are told: errors in their
// returns, and returns that have not come.
func (t *teller) officers() {
	plansOf := map[string][]string{}
	given := map[string]string{}
	for _, plan := range sortedNames(t.w.Service.Mail.Officers) {
		for _, a := range distinct(t.w.Service.Mail.Officers[plan]) {
			key := mailAddress(a)
			given[key] = orDefault(given[key], a)
			plansOf[key] = append(plansOf[key], plan)
		}
	}
	for _, key := range sortedNames(plansOf) {
		for _, plan := range plansOf[key] {
			t.to(given[key], plan)
		}
		l := t.letters[key]
		l.digest.Returns = t.errorsIn(l, t.returnsOf(plansOf[key]))
		for _, plan := range plansOf[key] {
			l.digest.Wanted = append(l.digest.Wanted, t.wanted(l, plan)...)
		}
	}
}

// returnsOf are the returns of some plans.
func (t *teller) returnsOf(plans []string) []standing {
	return slices.DeleteFunc(slices.Clone(t.returns), func(r standing) bool { return !slices.ContainsFunc(plans, r.isOf) })
}

// toTell are the findings of a return that its officers are told of.
func (t *teller) toTell(r standing) []ingest.Finding {
	if t.w.Service.Mail.Tell == string(ingest.Query) {
		return r.open(ingest.Error, ingest.Query)
	}
	return r.open(ingest.Error)
}

// errorsIn tells of all returns, those with errors first, where one of them has errors that are new.
func (t *teller) errorsIn(l *letter, returns []standing) []post.Return {
	anew := false
	for _, r := range returns {
		if findings := t.toTell(r); len(findings) > 0 && t.isNew(l, "errors in "+r.key, stateOf(r.sha256, findings)) {
			anew = true
		}
	}
	if !anew {
		return nil
	}
	slices.SortStableFunc(returns, func(a, b standing) int {
		return cmp.Or(cmp.Compare(len(b.open(ingest.Error)), len(a.open(ingest.Error))), cmp.Compare(len(b.open(ingest.Query)), len(a.open(ingest.Query))))
	})
	var out []post.Return
	for _, r := range returns {
		out = append(out, t.toldReturn(r))
	}
	return out
}

// stateOf is a hash of a return's newest bytes and of findings in them: either may change without the other.
func stateOf(sum string, findings []ingest.Finding) string {
	h := sha256.New()
	for _, f := range findings {
		_ = json.NewEncoder(h).Encode([]string{sum, f.Check, f.Sheet, f.Cell}) // plain strings always encode
	}
	return hex.EncodeToString(h.Sum(nil))
}

// mostFindings is how many findings of a return a message lists.
const mostFindings = 10

func (t *teller) toldReturn(r standing) post.Return {
	out := post.Return{Name: r.name, Folder: r.folder, Copy: r.copy, Page: r.page, Errors: len(r.open(ingest.Error)), Queries: len(r.open(ingest.Query))}
	about := slices.DeleteFunc([]string{r.newest.Plan, r.newest.Period.String()}, func(s string) bool { return s == "" })
	out.About = strings.Join(about, ", ")
	if base := t.w.Service.Mail.Pages; base != "" && r.newest.Period.Known() {
		out.Link = fmt.Sprintf("%s/returns/%s/", strings.TrimRight(base, "/"), r.newest.Period.Folder())
	}
	findings := t.toTell(r)
	for _, f := range findings[:min(len(findings), mostFindings)] {
		out.Findings = append(out.Findings, post.Finding{Place: strings.TrimSpace(f.Sheet + " " + f.Cell), Saw: f.Saw, Advice: f.Advice})
	}
	out.More = len(findings) - len(out.Findings)
	return out
}

// wanted tells of the quarters whose due date is near and for which nothing of a plan has come.
func (t *teller) wanted(l *letter, plan string) []post.Wanted {
	var out []post.Wanted
	for p, n := ingest.PeriodOf(t.today), 0; n < 4; p, n = p.Before(), n+1 {
		dates := t.w.calendar.Dates(p)
		days, set := dates.DaysLeft(t.today)
		stage, near := stageOf(t.w.Service.Mail.Remind, days)
		if !set || !near || !t.awaits(plan, p) {
			continue
		}
		if t.isNew(l, "wanted of "+plan+" for "+p.String(), strconv.Itoa(stage)) {
			out = append(out, post.Wanted{Plan: plan, Quarter: p.String(), Due: dates.Due.Words(), Days: days})
		}
	}
	return out
}

// awaits reports whether some board that reads a plan has nothing of it for a quarter.
func (t *teller) awaits(plan string, p ingest.Period) bool {
	return slices.ContainsFunc(t.w.boards, func(b transform.Board) bool {
		got, _ := receivedOf(b, t.received, plan, p)
		return b.Reads(plan) && t.w.calendar.Dates(p).Of(got, t.today).State == calendar.NotReturned
	})
}

// stageOf is the reminder that is due so many days before a date: the last of
// them that has been reached. After the date there is none.
func stageOf(remind []int, days int) (int, bool) {
	reached := slices.DeleteFunc(slices.Clone(remind), func(r int) bool { return r < days })
	if days < 0 || len(reached) == 0 {
		return 0, false
	}
	return slices.Min(reached), true
}
