package html

import (
	"net/url"
	"strconv"
	"strings"

	"boardpack/render"
)

// outline is the report's contents list: sections with their parts.
type outline struct {
	Head     string
	Sections []section
	placed   bool // the report names its place
}

type section struct {
	ID, Text string
	Parts    []section
}

func newOutline(r render.Report) outline {
	o := outline{Head: r.Words.Contents}
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case render.Contents:
			o.placed = true
		case render.Heading:
			o.add(b)
		}
	}
	return o
}

func (o *outline) add(h render.Heading) {
	s := section{ID: anchor(h.ID), Text: h.Text}
	switch {
	case h.Level == 2:
		o.Sections = append(o.Sections, s)
	case h.Level == 3 && len(o.Sections) > 0:
		last := &o.Sections[len(o.Sections)-1]
		last.Parts = append(last.Parts, s)
	}
}

// withAnchors gives an anchor to each heading that comes without one.
func withAnchors(blocks []render.Block) []render.Block {
	out := make([]render.Block, len(blocks))
	copy(out, blocks)
	for i, b := range out {
		if h, ok := b.(render.Heading); ok && h.ID == "" && h.Level > 1 {
			h.ID = "section-" + strconv.Itoa(i)
			out[i] = h
		}
	}
	return out
}

// anchors collects what a link of the report may point to.
func anchors(blocks []render.Block) map[string]bool {
	ids := map[string]bool{}
	add := func(id string) {
		if id = anchor(id); id != "" {
			ids[id] = true
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case render.Heading:
			add(b.ID)
		case render.Exception:
			add(b.ID)
		case render.Bars:
			add(b.ID)
		case render.Table:
			add(b.ID)
			for _, g := range b.Groups {
				for _, r := range g.Rows {
					add(r.ID)
				}
			}
		}
	}
	return ids
}

// anchor is an ID without the spaces that an HTML id cannot have.
func anchor(id string) string { return strings.Join(strings.Fields(id), "-") }

// fragment is the link to an anchor.
func fragment(id string) string { return (&url.URL{Fragment: id}).String() }

func hasTitle(blocks []render.Block) bool {
	for _, b := range blocks {
		if h, ok := b.(render.Heading); ok && h.Level == 1 {
			return true
		}
	}
	return false
}
