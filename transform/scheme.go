package transform

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
)

// Scheme is the named, versioned set of rules that gives a light its meaning.
// It is read from a file of templates/schemes or of the council's own.
type Scheme struct {
	ID            string           `yaml:"id"`
	Version       string           `yaml:"version"`
	EffectiveFrom string           `yaml:"effective_from"` // ISO day from which it may be used
	Title         string           `yaml:"title"`
	Note          string           `yaml:"note"` // printed under the key
	Lights        []SchemeLight    `yaml:"lights"`
	States        []SchemeState    `yaml:"states"`
	Denominator   string           `yaml:"denominator"`   // "all", "rated" or "due"
	Overdue       string           `yaml:"overdue"`       // "query" keeps the officer's light, "red" prints red
	Done          Light            `yaml:"done"`          // the colour that says that an action is completed
	StatusLights  map[string]Light `yaml:"status_lights"` // an action's status in words → its light, where the officer gives no colour
}

// SchemeLight is one colour of a scheme: its mark and what it means.
type SchemeLight struct {
	Light     Light  `yaml:"light"`
	Word      string `yaml:"word"`
	Letter    string `yaml:"letter"`
	Shape     string `yaml:"shape"`     // "circle" "triangle" "square" "diamond"
	Action    string `yaml:"action"`    // what it means for an action, a phrase for the key
	Indicator string `yaml:"indicator"` // what it means for an indicator
}

// SchemeState is one counted state without a light.
type SchemeState struct {
	State Light  `yaml:"state"`
	Word  string `yaml:"word"`
	Text  string `yaml:"text"` // what it means, for the key
}

// ParseScheme reads a scheme; a mistake is told with line and column.
func ParseScheme(b []byte) (Scheme, error) {
	var s Scheme
	if err := yaml.UnmarshalWithOptions(b, &s, yaml.Strict()); err != nil {
		return Scheme{}, fmt.Errorf("read scheme: %w", err)
	}
	for _, st := range States { // every row is counted, also in a state that the file leaves out
		if !slices.ContainsFunc(s.States, func(x SchemeState) bool { return x.State == st }) {
			s.States = append(s.States, SchemeState{State: st, Word: string(st)})
		}
	}
	return s, s.check()
}

func (s Scheme) check() error {
	switch {
	case s.ID == "" || s.Version == "":
		return fmt.Errorf("read scheme: id and version must be given")
	case len(s.Lights) == 0:
		return fmt.Errorf("read scheme %s: no lights are defined", s.ID)
	case !slices.Contains([]string{"all", "rated", "due"}, s.Denominator):
		return fmt.Errorf("read scheme %s: denominator is %q; use all, rated or due", s.ID, s.Denominator)
	case !slices.Contains([]string{"query", "red"}, s.Overdue):
		return fmt.Errorf("read scheme %s: overdue is %q; use query or red", s.ID, s.Overdue)
	}
	for _, l := range s.Lights {
		if !l.Light.IsColour() {
			return fmt.Errorf("read scheme %s: %q is not a light; use green, amber, red or blue", s.ID, l.Light)
		}
	}
	for _, st := range s.States {
		if !slices.Contains(States, st.State) {
			return fmt.Errorf("read scheme %s: %q is not a state; use one of %v", s.ID, st.State, States)
		}
	}
	return nil
}

// order lists every light and state of the scheme, in the order of reports.
func (s Scheme) order() []Light {
	var all []Light
	for _, l := range s.Lights {
		all = append(all, l.Light)
	}
	for _, st := range s.States {
		all = append(all, st.State)
	}
	return all
}

// has reports whether a colour belongs to the scheme.
func (s Scheme) has(l Light) bool {
	return slices.ContainsFunc(s.Lights, func(x SchemeLight) bool { return x.Light == l })
}

// counts reports whether a light is part of the scheme's denominator.
func (s Scheme) counts(l Light) bool {
	switch s.Denominator {
	case "rated":
		return l.IsColour()
	case "due":
		return l != NotDue && l != Withdrawn && l != Context
	}
	return true
}
