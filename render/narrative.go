package render

import (
	"slices"
	"strings"

	"boardpack/transform"
)

// narrative is what officers wrote, by plan and heading.
func (b *builder) narrative() []Block {
	if len(b.pack.Narrative) == 0 {
		return []Block{paragraph(Plain, b.word(b.def.Words.NoNarrative))}
	}
	plans := distinct(b.pack.Narrative, func(n transform.Narrative) string { return n.Plan })
	var blocks []Block
	for _, name := range plans {
		depth := 1
		if len(plans) > 1 {
			blocks = append(blocks, b.under(1, b.planTitle(name)))
			depth = 2
		}
		texts := keep(b.pack.Narrative, func(n transform.Narrative) bool { return n.Plan == name })
		blocks = append(blocks, b.narrativeOf(texts, depth)...)
	}
	return blocks
}

func (b *builder) narrativeOf(texts []transform.Narrative, depth int) []Block {
	var blocks []Block
	for _, heading := range distinct(texts, func(n transform.Narrative) string { return n.Heading }) {
		if heading != "" {
			blocks = append(blocks, b.under(depth, heading))
		}
		var list List
		for _, n := range keep(texts, func(n transform.Narrative) bool { return n.Heading == heading }) {
			list.Items = append(list.Items, narrativeItems(n)...)
		}
		blocks = append(blocks, list)
	}
	return blocks
}

// narrativeItems gives each paragraph of a text its own line; its theme stands before the first.
func narrativeItems(n transform.Narrative) []Item {
	var items []Item
	for part := range strings.SplitSeq(n.Text, "\n") {
		if part = strings.TrimSpace(part); part != "" {
			items = append(items, Item{Text: part})
		}
	}
	if len(items) == 0 {
		items = []Item{{}}
	}
	items[0].Strong = n.Theme
	return items
}

// planTitle is a plan's name, or the wording for rows that name none.
func (b *builder) planTitle(name string) string {
	if name == "" {
		return b.word(b.def.Words.NoPlan)
	}
	return name
}

// distinct gives the names in the order in which they first occur.
func distinct[T any](rows []T, name func(T) string) []string {
	var names []string
	for _, r := range rows {
		if n := name(r); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

func keep[T any](rows []T, want func(T) bool) []T {
	var kept []T
	for _, r := range rows {
		if want(r) {
			kept = append(kept, r)
		}
	}
	return kept
}
