package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"boardpack/cmd/internal/post"
	"boardpack/cmd/internal/store"
	"boardpack/transform/changes"
)

// clerks gathers what clerks are told: new drafts and finals of their boards;
// and those of all boards, what nobody else is told.
func (t *teller) clerks(packs []store.Pack) {
	c := t.w.Service.Mail.Clerks
	for _, board := range t.w.boards {
		for _, a := range distinct(slices.Concat(c[everyBoard], c[board.ID])) {
			l := t.to(a, "clerks of "+board.ID)
			l.digest.Packs = append(l.digest.Packs, t.newPacks(l, board.ID, board.Name, packs)...)
		}
	}
	strays := slices.DeleteFunc(slices.Clone(t.returns), func(r standing) bool {
		return len(t.toTell(r)) == 0 || slices.ContainsFunc(sortedNames(t.w.Service.Mail.Officers), r.isOf)
	})
	for _, a := range distinct(c[everyBoard]) {
		l := t.to(a, "clerks")
		l.digest.Others = t.errorsIn(l, strays)
		for _, r := range t.refused {
			if t.isNew(l, notRead+r.Name, r.Why) {
				l.digest.Refused = append(l.digest.Refused, post.Refused{Name: r.Name, Why: r.Why})
			}
		}
	}
}

// newPacks tells of a board's newest final and, where it is newer, its newest
// draft of each quarter. The packs come newest version first.
func (t *teller) newPacks(l *letter, board, name string, packs []store.Pack) []post.Pack {
	var out []post.Pack
	seen := map[string]bool{}
	for _, p := range packs {
		draft, final := packAbout("draft", p), packAbout("final", p)
		about := packAbout(p.Status, p)
		if p.Board != board || about != draft && about != final || seen[about] {
			continue
		}
		seen[about] = true
		if about == draft && seen[final] { // an older one, of which it was told or need not be
			t.hold(l, about)
			continue
		}
		before := max(versionTold(t.told[l.address][draft]), versionTold(t.told[l.address][final]))
		if t.isNew(l, about, strconv.Itoa(p.Version)) {
			out = append(out, t.toldPack(p, name, before, packs))
		}
	}
	return out
}

// packAbout is what a pack's versions of a status are told as.
func packAbout(status string, p store.Pack) string {
	return status + " of " + p.Board + " for " + p.Year + " " + p.Quarter
}

// versionTold is the version that was told; 0 where none was.
func versionTold(state string) int {
	n, err := strconv.Atoi(state)
	if err != nil {
		return 0
	}
	return n
}

func (t *teller) toldPack(p store.Pack, name string, before int, packs []store.Pack) post.Pack {
	out := post.Pack{Board: name, Quarter: p.Year + " " + p.Quarter, Status: p.Status, Version: p.Version, At: t.addressOf(p)}
	m, err := readManifest(t.service.packDir(p))
	if err != nil {
		out.Unread = true
		return out
	}
	for _, s := range m.Stops {
		out.Stops = append(out.Stops, post.Stop{Check: s.Check, Count: s.Findings})
	}
	n := slices.IndexFunc(packs, func(o store.Pack) bool {
		return o.Board == p.Board && o.Year == p.Year && o.Quarter == p.Quarter && o.Version == before
	})
	if n < 0 || p.Status != "draft" {
		return out
	}
	out.Before = packs[n].Version
	list, err := t.service.changesBetween(packs[n], p, m)
	out.Unread = err != nil
	for _, g := range changes.Groups {
		if g == changes.Counts { // they follow from the others
			continue
		}
		if c := len(slices.DeleteFunc(slices.Clone(list), func(c changes.Change) bool { return c.Group != g })); c > 0 {
			out.Changes = append(out.Changes, post.Changed{Group: string(g), Count: c})
		}
	}
	return out
}

func (s *service) packDir(p store.Pack) string {
	return filepath.Join(s.flags.run.out, filepath.FromSlash(p.Folder))
}

func (s *service) changesBetween(was, now store.Pack, m manifest) ([]changes.Change, error) {
	dirs := [2]string{s.packDir(was), s.packDir(now)}
	before, err := readManifest(dirs[0])
	if err != nil {
		return nil, err
	}
	tables, err := comparableData(dirs, [2]manifest{before, m})
	if err != nil {
		return nil, err
	}
	return changes.Between(tables[0], tables[1]), nil
}

// addressOf is where somebody finds a pack: on the pages, else in the folder of packs.
func (t *teller) addressOf(p store.Pack) string {
	if base := t.w.Service.Mail.Pages; base != "" {
		return fmt.Sprintf("%s/packs/%s/%s/%s/", strings.TrimRight(base, "/"), p.Board, strings.ReplaceAll(p.Year, "/", "-"), p.Quarter)
	}
	dir := t.service.packDir(p)
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return filepath.ToSlash(dir)
}
