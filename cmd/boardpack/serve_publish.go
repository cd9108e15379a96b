package main

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"boardpack/transform"
)

// keepPublished brings into the ledger what was made, published or superseded
// without the service before it began, and what was published or superseded
// since, so that the pages show it before the next night.
func (s *service) keepPublished(ctx context.Context, w *workspace, now time.Time) error {
	lines, err := json.Marshal(slices.DeleteFunc(slices.Clone(w.decisions), func(d transform.Decision) bool { return !d.OfVersion() }))
	if err != nil || string(lines) == s.settled {
		return err
	}
	if err := s.keepPacks(ctx, now); err != nil {
		return err
	}
	packs, err := s.store.Packs(ctx)
	if err != nil {
		return err
	}
	for i, is := range statusesOf(packs, w.decisions) {
		if is.Status == packs[i].Status {
			continue
		}
		p, err := s.store.PackByID(ctx, packs[i].ID)
		if err != nil {
			return err
		}
		p.Status = is.Status
		if err := s.store.KeepPack(ctx, p); err != nil {
			return err
		}
		s.log.Info("a pack has another status", "board", p.Board, "year", p.Year, "quarter", p.Quarter, "version", p.Version, "status", p.Status)
	}
	s.settled = string(lines)
	return nil
}
