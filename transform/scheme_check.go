package transform

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// Statuses are the words of an action's status, and those that a scheme may
// also give a light: done after its date, done before it, or without an end.
var (
	Statuses    = []string{"done", "on course", "slipping", "overdue", "not started", "paused", "cancelled"}
	moreForMaps = []string{"done late", "done early"}
)

// check tells the first mistake of a scheme with its place.
func (s Scheme) check(f yamlFile) error {
	for _, check := range []func(yamlFile) error{s.checkNames, s.checkLights, s.checkStates, s.checkActions, s.checkRules} {
		if err := check(f); err != nil {
			return err
		}
	}
	return nil
}

func (s Scheme) checkNames(f yamlFile) error {
	if s.ID == "" || s.Version == "" {
		return f.wrong("$", "id and version must be given")
	}
	if s.EffectiveFrom != "" {
		if _, err := ingest.ParseDate(s.EffectiveFrom); err != nil {
			return f.wrong("$.effective_from", "effective_from: %v", err)
		}
	}
	i := s.Indicators
	for _, c := range []struct {
		at, value string
		known     []string
	}{
		{"denominator", s.Denominator, []string{"all", "rated", "due"}},
		{"overdue", s.Overdue, []string{"query", "red"}},
		{"ongoing", s.Ongoing, []string{"judgement", "context"}},
		{"redating", s.Redating, []string{"free", "approval"}},
		{"indicators.compare", i.Compare, []string{"as published", "as written"}},
		{"indicators.prints", i.Prints, []string{"computed", "officer"}},
		{"indicators.early", i.Early, []string{"judgement", "figures", "figures only"}},
		{"indicators.without_target", i.WithoutTarget, []string{"no light", "benchmark"}},
		{"indicators.direction", i.Direction, []string{"last quarter", "last year", "both"}},
	} {
		if !slices.Contains(c.known, c.value) {
			return f.wrong("$."+c.at, "%s is %q; use %s", c.at[strings.LastIndex(c.at, ".")+1:], c.value, orList(c.known))
		}
	}
	return nil
}

func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

func (s Scheme) checkLights(f yamlFile) error {
	if len(s.Lights) == 0 {
		return f.wrong("$.lights", "no lights are defined")
	}
	seen := map[Light]bool{}
	for n, l := range s.Lights {
		at := fmt.Sprintf("$.lights[%d]", n)
		switch {
		case !l.Light.IsColour():
			return f.wrong(at+".light", "%q is not a light; use green, amber, red or blue", l.Light)
		case seen[l.Light]:
			return f.wrong(at+".light", "%s stands twice; keep one entry", l.Light)
		case l.Word == "" || l.Letter == "":
			return f.wrong(at, "%s needs a word and a letter: colour alone says nothing in black and white", l.Light)
		case !slices.Contains([]string{"circle", "triangle", "square", "diamond"}, l.Shape):
			return f.wrong(at+".shape", "shape of %s is %q; use circle, triangle, square or diamond", l.Light, l.Shape)
		case l.Status != "" && !slices.Contains(Statuses, l.Status):
			return f.wrong(at+".status", "status of %s is %q; use %s", l.Light, l.Status, orList(Statuses))
		}
		seen[l.Light] = true
	}
	return nil
}

func (s Scheme) checkStates(f yamlFile) error {
	seen := map[Light]bool{}
	for n, st := range s.States {
		at := fmt.Sprintf("$.states[%d].state", n)
		switch {
		case !slices.Contains(States, st.State):
			return f.wrong(at, "%q is not a state; use one of %v", st.State, States)
		case seen[st.State]:
			return f.wrong(at, "%s stands twice; keep one entry", st.State)
		}
		seen[st.State] = true
	}
	return nil
}

// known tells a light that the scheme does not define.
func (s Scheme) known(f yamlFile, at string, l Light) error {
	if !s.has(l) {
		return f.wrong(at, "%q is not among the lights of this scheme", l)
	}
	return nil
}

func (s Scheme) checkActions(f yamlFile) error {
	if s.Done != "" {
		if err := s.known(f, "$.done", s.Done); err != nil {
			return err
		}
	}
	statuses := slices.Concat(Statuses, moreForMaps)
	for _, status := range sortedKeys(s.StatusLights) {
		l, at := s.StatusLights[status], "$.status_lights"
		if !slices.Contains(statuses, status) {
			return f.wrong(at, "%q under status_lights is not a status; use %s", status, orList(statuses))
		}
		if !slices.Contains(States, l) {
			if err := s.known(f, at+"."+quoted(status), l); err != nil {
				return err
			}
		}
	}
	if s.Overdue == "red" {
		return s.known(f, "$.overdue", Red)
	}
	return nil
}

// quoted is a key of a path that may hold a space.
func quoted(key string) string {
	if strings.Contains(key, " ") {
		return "'" + key + "'"
	}
	return key
}

func (s Scheme) checkRules(f yamlFile) error {
	rules := s.Indicators.Rules
	for n, r := range rules {
		at := fmt.Sprintf("$.indicators.rules[%d]", n)
		if err := s.known(f, at+".light", r.Light); err != nil {
			return err
		}
		switch last := n == len(rules)-1; {
		case r.When != WhenAny && !slices.Contains(Conditions, r.When):
			return f.wrong(at+".when", "when is %q; use one of %s", r.When, quotedList(Conditions))
		case last && r.When != WhenAny:
			return f.wrong(at, "the last rule has a condition; end with one that has none, for what no other rule takes")
		case !last && r.When == WhenAny:
			return f.wrong(at, "this rule has no condition, so those below it never apply; put it last")
		}
	}
	for n, near := range s.Indicators.Near {
		if !slices.Contains([]string{NearAmber, NearFloor, NearTolerance}, near) {
			return f.wrong(fmt.Sprintf("$.indicators.near[%d]", n), "near is %q; use %s, %s or %s", near, NearAmber, NearFloor, NearTolerance)
		}
	}
	if m := s.Indicators.Allowance.mistake(); m != "" {
		return f.wrong("$.indicators.allowance", "%s", m)
	}
	return nil
}

func quotedList(list []When) string {
	var out []string
	for _, w := range list {
		out = append(out, fmt.Sprintf("%q", string(w)))
	}
	return strings.Join(out, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
