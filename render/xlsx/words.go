package xlsx

import (
	"cmp"
	"fmt"
	"sync"

	"boardpack/render"
	"boardpack/templates"

	"github.com/goccy/go-yaml"
)

// wording is what only the workbook says, from templates/xlsx/words.yaml.
type wording struct {
	Sheets struct {
		Cover      string `yaml:"cover"`
		Contents   string `yaml:"contents"`
		Notes      string `yaml:"notes"`
		Key        string `yaml:"key"`
		Summary    string `yaml:"summary"`
		Exceptions string `yaml:"exceptions"`
		Charts     string `yaml:"charts"`
	} `yaml:"sheets"`
	Whole        map[string]wholeWords `yaml:"whole"` // by Table.Of
	OneTable     string                `yaml:"one_table"`
	ChartsBeside string                `yaml:"charts_beside"`
	Blanks       string                `yaml:"blanks"`
	BlankFigures string                `yaml:"blank_figures"`
	Live         string                `yaml:"live"`
	ContentsLead string                `yaml:"contents_lead"`
	NotesTitle   string                `yaml:"notes_title"`
	NotesLead    string                `yaml:"notes_lead"`
	About        []string              `yaml:"about"`
	AboutLive    []string              `yaml:"about_live"`
	ChooseTitle  string                `yaml:"choose_title"`
	Choose       string                `yaml:"choose"`
	SeeSheet     string                `yaml:"see_sheet"`
	See          string                `yaml:"see"`
	GoTo         string                `yaml:"go_to"`
	Cut          string                `yaml:"cut"`
	Note         string                `yaml:"note"`
	NoteText     string                `yaml:"note_text"`
	Codes        map[string]string     `yaml:"codes"`
	Bands        map[string]string     `yaml:"bands"`
	Fields       map[string]string     `yaml:"fields"`
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
		Notes      string `yaml:"notes"`
		Note       string `yaml:"note"`
		NoteText   string `yaml:"note_text"`
		Chart      string `yaml:"chart"`
		Bar        string `yaml:"bar"`
		Column     string `yaml:"column"`
	} `yaml:"heads"`
}

// wholeWords are the words of a table of all rows.
type wholeWords struct {
	Name  string `yaml:"name"`
	Title string `yaml:"title"`
	Note  string `yaml:"note"`
}

var readWords = sync.OnceValues(func() (wording, error) {
	var w wording
	if err := yaml.UnmarshalWithOptions(templates.Must("xlsx/words.yaml"), &w, yaml.Strict()); err != nil {
		return w, fmt.Errorf("read words of the workbook: %w", err)
	}
	return w, nil
})

// shown is a cell's text, about as it shows.
func (w *wording) shown(c *render.Cell) string {
	switch {
	case c.Coded:
		return cmp.Or(w.Codes[c.Text], c.Text)
	case c.Text == "" && c.Light != nil:
		return c.Light.Word
	}
	return c.Text
}

// head is a column's head, before it is made unlike the others.
func (w *wording) head(c render.Column) string { return cmp.Or(c.Head, w.Fields[c.Field]) }

// marker is how a note is named beside what it is about: "[note 1]".
func (w *wording) marker(n int) string { return "[" + fmt.Sprintf(w.Note, n) + "]" }
