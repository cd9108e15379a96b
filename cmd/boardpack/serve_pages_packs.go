package main

import (
	"context"
	"fmt"
	"time"

	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/web"
	"boardpack/ingest"
	"boardpack/render/data"
)

// listed gives every version of every pack with how it stands today.
func (p *pages) listed(ctx context.Context) ([]web.Listed, error) {
	packs, err := p.service.store.Packs(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]web.Listed, len(packs))
	for i, is := range statusesOf(packs, p.shown.Load().w.decisions) {
		l := web.Listed{Pack: packs[i]}
		l.Status = is.Status
		by := is.Published
		if is.Superseded != nil {
			by, l.Reason, l.Successor = is.Superseded, is.Superseded.Text, is.Superseded.By
		}
		if by != nil {
			l.Who = by.Who
			l.Settled, _ = time.Parse(time.RFC3339, by.At) // the log was read: each line has its time
		}
		out[i] = l
	}
	return out, nil
}

// about is what the manifest of a pack says beside the ledger.
func (p *pages) about(k store.Pack) (web.About, error) {
	m, err := p.manifest(k)
	if err != nil {
		return web.About{}, err
	}
	a := web.About{BoardName: m.BoardName, Before: m.before()}
	if a.DataAsAt, err = ingest.ParseDate(m.DataAsAt); err != nil {
		return a, fmt.Errorf("read the date of the data: %w", err)
	}
	for _, s := range m.Stops {
		a.Stops = append(a.Stops, web.Stop{Check: s.Check, Findings: s.Findings})
	}
	if a.Before == 0 {
		return a, nil
	}
	list, err := p.changes(k)
	if a.Changes = len(list); err != nil {
		a.Changes = -1 // the version before could not be read when the pack was made
	}
	return a, nil
}

// manifest reads the record of a pack; the pack must be the one of the ledger.
func (p *pages) manifest(k store.Pack) (manifest, error) {
	m, err := readManifest(p.service.packDir(k))
	if err == nil && m.InputHash != k.InputHash {
		err = fmt.Errorf("%s holds another pack than the ledger says", k.Folder)
	}
	return m, err
}

// changes lists what changed in a pack since the version before.
func (p *pages) changes(k store.Pack) ([]web.Change, error) {
	m, err := p.manifest(k)
	if err != nil {
		return nil, err
	}
	b, err := m.output(p.service.packDir(k), workingData+data.ChangesName)
	if err != nil {
		return nil, err
	}
	list, err := data.ReadChanges(b)
	var out []web.Change
	for _, c := range list {
		out = append(out, web.Change{Group: string(c.Group), What: string(c.What), Ref: c.Ref, Title: c.Title, Plan: c.Plan, Column: c.Column, Was: c.Was, Now: c.Now})
	}
	return out, err
}
