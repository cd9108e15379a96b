package render

// House is what a definition changes of the look: its own colours, marks and fonts.
type House struct {
	Ink       string               `yaml:"ink" need:"no"`
	Secondary string               `yaml:"secondary" need:"no"`
	Rule      string               `yaml:"rule" need:"no"`
	Hairline  string               `yaml:"hairline" need:"no"`
	Band      string               `yaml:"band" need:"no"`
	Accent    string               `yaml:"accent" need:"no"`
	State     string               `yaml:"state" need:"no"`
	Lights    map[string]LightLook `yaml:"lights" need:"no"`
}
