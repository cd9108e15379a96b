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
	name, key  string
	sha256     string // of its newest version
	plan       string // the newest that is known
	period     ingest.Period
	returned   []ingest.Period // the quarters that some version of it is for
	findings   []ingest.Finding
	folder     string // the name of the folder of answers
	copy, page string // its answers in that folder; empty where there is none
}

// isOf reports whether it is a return of a plan.
func (r standing) isOf(plan string) bool {
	return transform.Board{Plans: []string{plan}}.Reads(r.plan)
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

// standing lists the returns that stand in the folder, by name.
func (s *service) standing(ctx context.Context, w *workspace) ([]standing, error) {
	places, err := s.store.Places(ctx, returnsPlace)
	if err != nil {
		return nil, err
	}
	var out []standing
	for _, p := range places {
		r := standing{name: p.Name, key: p.Key, folder: filepath.Base(s.answers.folder.Dir)}
		if err := s.history(ctx, w, &r); err != nil {
			return nil, err
		}
		answers, err := s.store.PlacesOf(ctx, answersPlace, p.Key)
		if err != nil {
			return nil, err
		}
		for _, a := range answers {
			if path.Ext(a.Path) == ".html" {
				r.page = inbox.Name(a.Path)
			} else {
				r.copy = inbox.Name(a.Path)
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// history tells of a return what its versions say: of the newest its findings,
// and of the newest that says them its plan and quarter.
func (s *service) history(ctx context.Context, w *workspace, r *standing) error {
	versions, err := s.store.VersionsOf(ctx, "", r.key)
	if err != nil {
		return err
	}
	for n, v := range slices.Backward(versions) {
		if v.Removed {
			continue
		}
		read, err := s.reading(ctx, w, v)
		if err != nil {
			return err
		}
		if n == len(versions)-1 {
			r.sha256, r.findings = v.SHA256, read.Findings
		}
		if r.plan == "" {
			r.plan = read.Plan
		}
		if !r.period.Known() {
			r.period = read.Period
		}
		r.returned = append(r.returned, read.Period)
	}
	return nil
}

// refused lists the files of the folder that are not read though somebody may
// think so, each with why: those of the last look, and those it has passed over since.
func (s *service) refused() []inbox.Refused {
	all := slices.Concat(s.last.Refused, s.watch.PassedOver())
	slices.SortStableFunc(all, func(a, b inbox.Refused) int { return strings.Compare(a.Name, b.Name) })
	all = slices.CompactFunc(all, func(a, b inbox.Refused) bool { return a.Name == b.Name })
	return slices.DeleteFunc(all, func(r inbox.Refused) bool { return r.Why == isRegister })
}
