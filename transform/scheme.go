package transform

import (
	"slices"

	"boardpack/ingest"
)

// Scheme is the named, versioned set of rules that gives a light its meaning.
// It is read from a file of templates/schemes or of the council's own.
type Scheme struct {
	ID            string         `yaml:"id"`
	Version       string         `yaml:"version"`
	EffectiveFrom string         `yaml:"effective_from"` // ISO day from which it is valid
	Title         string         `yaml:"title"`
	Note          string         `yaml:"note"` // printed under the key
	Lights        []SchemeLight  `yaml:"lights"`
	States        []SchemeState  `yaml:"states"`
	Denominator   string         `yaml:"denominator"` // "all", "rated" or "due"
	Indicators    IndicatorRules `yaml:"indicators"`

	Done         Light            `yaml:"done"`          // the colour that says that an action is completed
	StatusLights map[string]Light `yaml:"status_lights"` // an action's status → its light, where the officer gives no colour
	Overdue      string           `yaml:"overdue"`       // "query" keeps the officer's light, "red" prints red
	Ongoing      string           `yaml:"ongoing"`       // an action without an end: "judgement" (its officer's light) or "context" (no light)
	Redating     string           `yaml:"redating"`      // a date that was moved: "free", or "approval" asks who approved it
	Second       string           `yaml:"second"`        // the name of the light beside an action's own, such as "Confidence"; empty: the year-end forecast
}

// SchemeLight is one colour of a scheme: its mark and what it means.
type SchemeLight struct {
	Light     Light  `yaml:"light"`
	Word      string `yaml:"word"`
	Letter    string `yaml:"letter"`
	Shape     string `yaml:"shape"`     // "circle" "triangle" "square" "diamond"
	Action    string `yaml:"action"`    // what it means for an action, a phrase for the key
	Indicator string `yaml:"indicator"` // what it means for an indicator
	Second    string `yaml:"second"`    // what it means as the second light of an action
	Status    string `yaml:"status"`    // the status of an action of this light whose officer gives none
}

// SchemeState is one counted state without a light.
type SchemeState struct {
	State Light  `yaml:"state"`
	Word  string `yaml:"word"`
	Text  string `yaml:"text"` // what it means, for the key
}

// IndicatorRules say how an indicator's outturn gives its light.
type IndicatorRules struct {
	Rules         []Rule     `yaml:"rules"`          // the first that applies gives the light; the last has no condition
	Near          []string   `yaml:"near"`           // which of a target's own thresholds "near" heeds, the first that is set
	Allowance     *Allowance `yaml:"allowance"`      // what "near" takes where the target sets no threshold
	Compare       string     `yaml:"compare"`        // "as published" (at the register's decimals) or "as written"
	Prints        string     `yaml:"prints"`         // "computed" or "officer": which of two lights that differ is printed
	Early         string     `yaml:"early"`          // before the target's date: "judgement" of the officer, "figures" (without one, as they stand) or "figures only"
	WithoutTarget string     `yaml:"without_target"` // "no light", or "benchmark": against the benchmark where no target is agreed
	Direction     string     `yaml:"direction"`      // direction of travel against "last quarter", "last year" or "both"
}

// Rule is one line of a scheme's rules.
type Rule struct {
	Light Light `yaml:"light"`
	When  When  `yaml:"when"` // empty: always
}

// When is the condition of a rule.
type When string

// The conditions. Each holds for every outturn that is better than one for
// which it holds, so a better outturn never gets a worse light.
const (
	WhenMet         When = "met"                              // at the target or better
	WhenBetter      When = "better than target"               // better than the target
	WhenWellBetter  When = "better by more than allowed"      // better than the target by more than its allowance
	WhenNear        When = "near"                             // at the target's amber value or floor, or within its allowance, or better
	WhenImproved    When = "better than last year"            // better than in the same quarter last year
	WhenNotWorse    When = "not worse than last year"         // better than in the same quarter last year, or the same
	WhenForecastMet When = "officer expects it by year's end" // the officer's forecast is the light of "met"
	WhenAny         When = ""
)

// Conditions are all conditions of rules.
var Conditions = []When{WhenMet, WhenBetter, WhenWellBetter, WhenNear, WhenImproved, WhenNotWorse, WhenForecastMet}

// The thresholds of a target that "near" may heed.
const (
	NearAmber     = "amber value"
	NearFloor     = "floor"
	NearTolerance = "tolerance"
)

// ParseScheme reads a scheme; a mistake is told with line and column. What the
// file leaves out is as in the scheme completed-expected: met is green, not
// met is red, and before a target's date the officer judges.
func ParseScheme(b []byte) (Scheme, error) {
	var s Scheme
	f, err := readYAML("scheme", b, &s)
	if err != nil {
		return Scheme{}, err
	}
	s.fill()
	return s, s.check(f)
}

// fill sets what a file leaves out.
func (s *Scheme) fill() {
	for _, st := range States { // every row is counted, also in a state that the file leaves out
		if !slices.ContainsFunc(s.States, func(x SchemeState) bool { return x.State == st }) {
			s.States = append(s.States, SchemeState{State: st, Word: string(st)})
		}
	}
	set := func(to *string, def string) {
		if *to == "" {
			*to = def
		}
	}
	set(&s.Overdue, "query")
	set(&s.Ongoing, "judgement")
	set(&s.Redating, "free")
	i := &s.Indicators
	set(&i.Compare, "as published")
	set(&i.Prints, "computed")
	set(&i.Early, "judgement")
	set(&i.WithoutTarget, "no light")
	set(&i.Direction, "last quarter")
	if len(i.Rules) == 0 {
		i.Rules = []Rule{{Green, WhenMet}, {Red, WhenAny}}
	}
	if len(i.Near) == 0 {
		i.Near = []string{NearAmber, NearFloor, NearTolerance}
	}
	s.fillStatuses()
}

// fillStatuses lets the lights say an action's status as in completed-expected,
// where no light of the file says any.
func (s *Scheme) fillStatuses() {
	if slices.ContainsFunc(s.Lights, func(l SchemeLight) bool { return l.Status != "" }) {
		return
	}
	for n := range s.Lights {
		switch l := &s.Lights[n]; {
		case l.Light == s.Done:
			l.Status = "done"
		case l.Light == Amber || l.Light == Green:
			l.Status = "on course"
		case l.Light == Red:
			l.Status = "slipping"
		}
	}
}

// ValidIn reports whether the scheme is valid on a quarter's last day.
func (s Scheme) ValidIn(p ingest.Period) bool {
	from, err := ingest.ParseDate(s.EffectiveFrom)
	return err != nil || !from.After(p.LastDay())
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

// statusOf is the status of an action of a light whose officer gives none.
func (s Scheme) statusOf(l Light) string {
	for _, x := range s.Lights {
		if x.Light == l {
			return x.Status
		}
	}
	return ""
}

// metLight is the colour of an outturn that is at its target.
func (s Scheme) metLight() Light {
	for _, r := range s.Indicators.Rules {
		if r.When == WhenMet {
			return r.Light
		}
	}
	return Green
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
