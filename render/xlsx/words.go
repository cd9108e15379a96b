package xlsx

import (
	"fmt"

	"boardpack/templates"

	"github.com/goccy/go-yaml"
)

// wording is what only the workbook says, from templates/xlsx/words.yaml.
type wording struct {
	Sheets struct {
		Cover      string `yaml:"cover"`
		Contents   string `yaml:"contents"`
		Notes      string `yaml:"notes"`
		Summary    string `yaml:"summary"`
		Exceptions string `yaml:"exceptions"`
	} `yaml:"sheets"`
	OneTable     string `yaml:"one_table"`
	Blanks       string `yaml:"blanks"`
	ContentsLead string `yaml:"contents_lead"`
	NotesTitle   string `yaml:"notes_title"`
	SeeSheet     string `yaml:"see_sheet"`
	GoTo         string `yaml:"go_to"`
	Cut          string `yaml:"cut"`
	Heads        struct {
		Worksheet  string `yaml:"worksheet"`
		Holds      string `yaml:"holds"`
		Band       string `yaml:"band"`
		Mark       string `yaml:"mark"`
		Actions    string `yaml:"actions"`
		Indicators string `yaml:"indicators"`
		Light      string `yaml:"light"`
		Reference  string `yaml:"reference"`
		Title      string `yaml:"title"`
		Since      string `yaml:"since"`
		Column     string `yaml:"column"`
	} `yaml:"heads"`
}

func readWords() (wording, error) {
	var w wording
	if err := yaml.UnmarshalWithOptions(templates.Must("xlsx/words.yaml"), &w, yaml.Strict()); err != nil {
		return w, fmt.Errorf("read words of the workbook: %w", err)
	}
	return w, nil
}
