package transform

import (
	"fmt"
	"slices"

	"boardpack/ingest"

	"github.com/goccy/go-yaml"
)

// Register holds what is known of indicators for good, whatever a return says
// or leaves out.
type Register struct {
	Indicators []Registered `yaml:"indicators"`
}

// Registered is one indicator of the register; empty fields say nothing.
type Registered struct {
	Ref      string `yaml:"ref"`
	Alias    string `yaml:"alias"`
	Title    string `yaml:"title"`
	Unit     string `yaml:"unit"`
	Decimals *int   `yaml:"decimals"`
	Polarity string `yaml:"polarity"` // high, low, range or context
	Basis    string `yaml:"basis"`
	Due      []int  `yaml:"due"` // quarters in which it is reported; empty means every one
	Class    string `yaml:"class"`
	Priority string `yaml:"priority"`
	Lead     string `yaml:"lead"` // the plan on whose row it is counted
	Umbrella bool   `yaml:"umbrella"`
}

// ParseRegister reads a register; a mistake is told with line and column.
func ParseRegister(b []byte) (Register, error) {
	var r Register
	if err := yaml.UnmarshalWithOptions(b, &r, yaml.Strict()); err != nil {
		return Register{}, fmt.Errorf("read register: %w", err)
	}
	seen := map[string]bool{}
	for _, i := range r.Indicators {
		key := ingest.NewRef(i.Ref, "").Key
		switch {
		case key == "":
			return Register{}, fmt.Errorf("read register: an indicator has no ref; every entry needs one")
		case seen[key]:
			return Register{}, fmt.Errorf("read register: %s stands twice; keep one entry", i.Ref)
		case i.Polarity != "" && !slices.Contains([]string{"high", "low", "range", "context"}, i.Polarity):
			return Register{}, fmt.Errorf("read register: polarity of %s is %q; use high, low, range or context", i.Ref, i.Polarity)
		case i.Class != "" && i.Class != "population" && i.Class != "performance":
			return Register{}, fmt.Errorf("read register: class of %s is %q; use population or performance", i.Ref, i.Class)
		}
		for _, q := range i.Due {
			if q < 1 || q > 4 {
				return Register{}, fmt.Errorf("read register: %s is due in quarter %d; use 1 to 4", i.Ref, q)
			}
		}
		seen[key] = true
	}
	return r, nil
}

// byKey gives the register by reference key.
func (r Register) byKey() map[string]Registered {
	m := make(map[string]Registered, len(r.Indicators))
	for _, i := range r.Indicators {
		m[ingest.NewRef(i.Ref, "").Key] = i
	}
	return m
}
