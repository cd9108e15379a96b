package render

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// Look is the family of colours that every edition uses, read from templates/look.yaml.
// Colours are "#rrggbb".
type Look struct {
	Ink       string               `yaml:"ink"`
	Secondary string               `yaml:"secondary"`
	Rule      string               `yaml:"rule"`
	Hairline  string               `yaml:"hairline"`
	Band      string               `yaml:"band"`
	Accent    string               `yaml:"accent"`
	Lights    map[string]LightLook `yaml:"lights"`
	State     string               `yaml:"state"`

	Fonts *Fonts `yaml:"-"` // a house style's own; nil for the shipped ones
}

// LightLook is how one colour of light looks.
type LightLook struct {
	Shape   string `yaml:"shape"`
	Fill    string `yaml:"fill"`
	Tint    string `yaml:"tint"`
	Word    string `yaml:"word"`
	Outline string `yaml:"outline"`
}

// ParseLook reads templates/look.yaml or a council's own; a mistake is told with line and column.
func ParseLook(b []byte) (Look, error) {
	var l Look
	if err := yaml.UnmarshalWithOptions(b, &l, yaml.Strict()); err != nil {
		return Look{}, fmt.Errorf("read look: %w", err)
	}
	return l, nil
}
