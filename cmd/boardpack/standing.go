package main

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"boardpack/cmd/internal/inbox"
	"boardpack/ingest"
	"boardpack/transform"
)

// standing is a return that stands in a shared folder, as the ledger knows it.
type standing struct {
	name, key  string // with the inbox's name before them
	version    int64  // the newest, as the ledger numbers it
	sha256     string // of that
	newest     transform.Outline
	earlier    []transform.Outline
	findings   []ingest.Finding // of the newest
	folder     string           // the name of the folder of answers
	copy, page string           // its answers in that folder; empty where there is none
}

// isOf reports whether it is a return of a plan. One whose newest version
// cannot be used is its earlier versions' plan's.
func (r standing) isOf(plan string) bool {
	holds := transform.Board{Plans: []string{plan}}.Concern()
	return holds(r.newest) || r.newest.Unusable && slices.ContainsFunc(r.earlier, holds)
}

// open are the findings of some severities that nobody has explained, in the order of the severities.
func (r standing) open(severities ...ingest.Severity) []ingest.Finding {
	var out []ingest.Finding
	for _, s := range severities {
		for _, f := range r.findings {
			if f.Severity == s && f.Explanation == "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// standing lists the returns that stand in the shared folders.
func (s *service) standing(ctx context.Context) ([]standing, error) {
	var out []standing
	for _, b := range s.inboxes {
		some, err := b.standing(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// standing lists the returns that stand in one folder, of what was read of each version.
func (b *inboxAtWork) standing(ctx context.Context) ([]standing, error) {
	held, err := b.held(ctx)
	if err != nil {
		return nil, err
	}
	var out []standing
	at := "" // where the last of them stands
	for _, h := range held {
		o, err := transform.ParseOutline(h.Reading.Body)
		if err != nil {
			continue // it was not read yet
		}
		if h.Place.Path != at {
			out = append(out, standing{folder: filepath.Base(b.answers.dir)})
		} else {
			last := &out[len(out)-1]
			last.earlier = append(last.earlier, last.newest)
		}
		r := &out[len(out)-1]
		at, r.name, r.key, r.version, r.sha256, r.newest = h.Place.Path, b.returnName(h.Place.Name), b.returnName(h.Key), h.ID, h.SHA256, o
	}
	return out, b.tellStanding(ctx, out)
}

// tellStanding tells what is wrong with returns, and where their answers are.
func (b *inboxAtWork) tellStanding(ctx context.Context, returns []standing) error {
	var versions []int64
	at := map[string]*standing{}
	for n := range returns {
		versions = append(versions, returns[n].version)
		at[returns[n].key] = &returns[n]
	}
	findings, err := b.service.store.LatestFindings(ctx, versions...)
	if err != nil {
		return err
	}
	for n := range returns {
		returns[n].findings = findings[returns[n].version]
	}
	answers, err := b.service.store.Places(ctx, b.place(answersPlace))
	for _, a := range answers {
		r := at[b.returnName(a.Key)]
		switch {
		case r == nil: // of a file that was not taken
		case path.Ext(a.Path) == ".html":
			r.page = inbox.Name(a.Path)
		default:
			r.copy = inbox.Name(a.Path)
		}
	}
	return err
}

// refused lists the files of the shared folders that are not read though
// somebody may think so, each with why: those of the last look, and those it
// has passed over since. known is false where a folder is away.
func (s *service) refused() (list []inbox.Refused, known bool) {
	known = true
	for _, b := range s.inboxes {
		known = known && b.last.Away == ""
		for _, r := range slices.Concat(b.last.Refused, b.watch.PassedOver()) {
			if r.Why != isRegister {
				list = append(list, inbox.Refused{Name: b.returnName(r.Name), Why: r.Why})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b inbox.Refused) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(list, func(a, b inbox.Refused) bool { return a.Name == b.Name }), known
}
