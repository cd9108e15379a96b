package render

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/transform"
)

// line is an action or an indicator with its anchor in the report.
type line struct {
	transform.Row
	id        string
	action    *transform.Action
	indicator *transform.Indicator
}

// kind is the word of the data for what the row is.
func (l *line) kind() string {
	if l.action != nil {
		return "action"
	}
	return "indicator"
}

// counted reports whether the row stands for itself in counts, lists and exceptions.
func (l *line) counted() bool { return l.indicator == nil || l.indicator.Counted }

// plan is one plan with its rows in the pack's order.
type plan struct {
	name                string
	actions, indicators []*line
}

// plansOf groups the pack's rows by plan, plans by name.
func plansOf(p transform.Pack) []plan {
	var plans []plan
	find := func(name string) *plan {
		i := slices.IndexFunc(plans, func(pl plan) bool { return pl.name == name })
		if i < 0 {
			plans = append(plans, plan{name: name})
			i = len(plans) - 1
		}
		return &plans[i]
	}
	for i := range p.Actions {
		l := &line{Row: p.Actions[i].Row, action: &p.Actions[i], id: fmt.Sprintf("action-%d", i+1)}
		pl := find(l.Plan)
		pl.actions = append(pl.actions, l)
	}
	for i := range p.Indicators {
		l := &line{Row: p.Indicators[i].Row, indicator: &p.Indicators[i], id: fmt.Sprintf("indicator-%d", i+1)}
		pl := find(l.Plan)
		pl.indicators = append(pl.indicators, l)
	}
	slices.SortStableFunc(plans, func(a, b plan) int { return strings.Compare(a.name, b.name) })
	return plans
}

func (b *builder) planNames() []string {
	var names []string
	for _, pl := range b.plans {
		if pl.name != "" {
			names = append(names, pl.name)
		}
	}
	return names
}

// anchorLines gives each row its anchor: its reference where it has one, so that "NI 117" is #NI-117.
func (b *builder) anchorLines() {
	for _, l := range b.lines {
		if l.Ref != "" {
			l.id = l.Ref
		}
		l.id = b.anchor(l.id)
	}
}

// anchor makes an ID of ASCII letters, digits, dots and hyphens that starts with a letter and stands once in the report.
func (b *builder) anchor(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return !isIDRune(r) })
	base := strings.Trim(strings.Join(words, "-"), "-.")
	if base == "" || base[0] <= '9' {
		base = strings.TrimSuffix("row-"+base, "-")
	}
	id := base
	for n := 2; b.taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	b.taken[id] = true
	return id
}

func isIDRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.'
}

// link is the anchor of a row where the report holds the full tables, else "".
func (b *builder) link(l *line) string {
	if !b.hasSection("plans") {
		return ""
	}
	return l.id
}

// countedLines are the rows of one kind that are counted; an empty kind is both.
func (b *builder) countedLines(kind string) []*line {
	var lines []*line
	for _, k := range kinds {
		for _, l := range b.lines {
			if l.counted() && l.kind() == k && (kind == "" || kind == k) {
				lines = append(lines, l)
			}
		}
	}
	return lines
}

// kinds is the order in which a report speaks of its rows.
var kinds = []string{"action", "indicator"}

func (b *builder) noun(kind string) Noun {
	if kind == "action" {
		return b.def.Nouns.Action
	}
	return b.def.Nouns.Indicator
}

// about starts Values for rows of one kind.
func (b *builder) about(kind string) Values {
	n := b.noun(kind)
	return Values{One: n.One, Many: n.Many, Kind: n.Label}
}
