package transform

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// Selection chooses rows of a pack. An empty field chooses every row.
type Selection struct {
	Kind   string            // "action" or "indicator"
	Lights []Light           // any of these
	Is     map[string]string // dimension → value, such as "officer" → "Head of Housing"; see Dimensions
}

// Dimensions are what rows can be chosen and counted by.
var Dimensions = []string{"plan", "objective", "directorate", "priority", "class", "officer"}

// dimension is the value of a row for one of Dimensions.
func dimension(r Row, class, by string) string {
	switch by {
	case "plan":
		return r.Plan
	case "objective":
		return r.Objective
	case "directorate":
		return r.Directorate
	case "priority":
		return r.Priority
	case "class":
		return class
	case "officer":
		return ingest.OneLine(r.Officer)
	}
	return ""
}

// Of gives a pack with the chosen rows alone, in their order; its other contents stay. An
// error says that no row has a value that was asked for, and which there are.
func (s Selection) Of(p Pack) (Pack, error) {
	if err := s.check(p); err != nil {
		return Pack{}, err
	}
	p.Actions = slices.DeleteFunc(slices.Clone(p.Actions), func(a Action) bool { return !s.chooses("action", a.Row, "") })
	p.Indicators = slices.DeleteFunc(slices.Clone(p.Indicators), func(i Indicator) bool { return !s.chooses("indicator", i.Row, i.Class) })
	return p, nil
}

func (s Selection) chooses(kind string, r Row, class string) bool {
	if s.Kind != "" && s.Kind != kind || len(s.Lights) > 0 && !slices.Contains(s.Lights, r.Light) {
		return false
	}
	for by, want := range s.Is {
		if !sameValue(by, dimension(r, class, by), want) {
			return false
		}
	}
	return true
}

// sameValue compares without case; plans as plans are matched, and officers also
// by one of several ("Head of Housing/Clerk").
func sameValue(by, value, want string) bool {
	switch by {
	case "plan":
		return planKey(value) == planKey(want)
	case "officer":
		for _, one := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("/;,&", r) }) {
			if ingest.Fold(one) == ingest.Fold(want) {
				return true
			}
		}
	}
	return ingest.Fold(value) == ingest.Fold(want)
}

func (s Selection) check(p Pack) error {
	if s.Kind != "" && s.Kind != "action" && s.Kind != "indicator" {
		return fmt.Errorf("kind is %q; use action or indicator", s.Kind)
	}
	for _, l := range s.Lights {
		if !slices.Contains(p.Scheme.order(), l) {
			return fmt.Errorf("light is %q; use one of %s", l, joined(p.Scheme.order()))
		}
	}
	for _, by := range sortedKeys(s.Is) {
		if !slices.Contains(Dimensions, by) {
			return fmt.Errorf("rows have no %q; use one of %s", by, strings.Join(Dimensions, ", "))
		}
		groups := valuesOf(p, by)
		if !slices.ContainsFunc(groups, func(v string) bool { return sameValue(by, v, s.Is[by]) }) {
			return fmt.Errorf("no row has the %s %q; there are: %s", by, s.Is[by], strings.Join(groups, "; "))
		}
	}
	return nil
}

func joined(lights []Light) string {
	var words []string
	for _, l := range lights {
		words = append(words, string(l))
	}
	return strings.Join(words, ", ")
}

// valuesOf lists the different values of a dimension, sorted; an empty one last.
func valuesOf(p Pack, by string) []string {
	seen := map[string]bool{}
	for _, a := range p.Actions {
		seen[dimension(a.Row, "", by)] = true
	}
	for _, i := range p.Indicators {
		seen[dimension(i.Row, i.Class, by)] = true
	}
	out := sortedKeys(seen)
	if seen[""] {
		out = append(out[1:], "")
	}
	return out
}

// ofIndicator are the dimensions that are the indicator's and not its row's:
// only the row that is counted speaks, so that their groups add up to the board.
var ofIndicator = map[string]bool{"class": true, "priority": true}

// Group is the rows of a pack that share one value of a dimension.
type Group struct {
	Value      string // "" for rows without one
	Actions    []Action
	Indicators []Indicator
	Counts     []Count // by kind, then in the scheme's order; kinds without a row are left out
}

// GroupBy parts a pack's rows by a dimension and counts each group's lights by
// the scheme's denominator; an empty dimension is one group, the whole board.
// A group counts each indicator once, on the row that is counted for the board
// where that is among its rows, and no umbrella. Lights are never averaged.
func (p Pack) GroupBy(by string) []Group {
	var out []Group
	for _, value := range valuesOf(p, by) {
		g := Group{Value: value}
		for _, a := range p.Actions {
			if dimension(a.Row, "", by) == value {
				g.Actions = append(g.Actions, a)
			}
		}
		for _, i := range p.Indicators {
			if dimension(i.Row, i.Class, by) == value && (i.Counted || !ofIndicator[by]) {
				g.Indicators = append(g.Indicators, i)
			}
		}
		g.Counts = countRows(p.Scheme, g.Actions, g.Indicators)
		out = append(out, g)
	}
	return out
}

// countRows counts actions, and each indicator once.
func countRows(s Scheme, actions []Action, indicators []Indicator) []Count {
	var a, i []tallied
	for _, x := range actions {
		a = append(a, tallied{light: x.Light})
	}
	for _, x := range once(indicators) {
		i = append(i, tallied{light: x.Light})
	}
	var out []Count
	if len(a) > 0 {
		out = append(out, counts(s, "action", "", "", a)...)
	}
	if len(i) > 0 {
		out = append(out, counts(s, "indicator", "", "", i)...)
	}
	return out
}

// once gives each indicator on one row: the one that is counted for the board,
// else the first. The same reference twice in one plan is two rows, both counted.
func once(rows []Indicator) []Indicator {
	counted := map[string]bool{}
	for _, i := range rows {
		counted[i.Ref] = counted[i.Ref] || i.Counted && i.Ref != ""
	}
	var out []Indicator
	for _, i := range rows {
		switch {
		case i.Umbrella:
		case i.Counted, i.Ref == "":
			out = append(out, i)
		case !counted[i.Ref]:
			counted[i.Ref] = true
			out = append(out, i)
		}
	}
	return out
}

// Once gives the group's indicators as they are counted: each on one row, and no umbrella.
func (g Group) Once() []Indicator { return once(g.Indicators) }
