package workbook

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// MarkWords are the words, widths and colours of the marked copy, read from templates/marked.yaml.
type MarkWords struct {
	Sheet       string            `yaml:"sheet"`       // the name of the sheet of findings
	SheetTaken  string            `yaml:"sheet_taken"` // its name where the workbook has a sheet of the first
	Title       string            `yaml:"title"`
	How         []string          `yaml:"how"`
	HowAlone    []string          `yaml:"how_alone"` // where the findings stand in a workbook of their own
	Untouched   string            `yaml:"untouched"`
	TooMany     string            `yaml:"too_many"`
	LeftOut     string            `yaml:"left_out"`
	Columns     map[string]string `yaml:"columns"`
	Severities  map[string]string `yaml:"severities"` // of ingest's severities, and "settled"
	Settled     string            `yaml:"settled"`
	Explained   string            `yaml:"explained"`
	Choice      string            `yaml:"choice"`
	PromptTitle string            `yaml:"prompt_title"`
	Prompt      string            `yaml:"prompt"`
	Link        string            `yaml:"link"`
	Widths      map[string]int    `yaml:"widths"`  // of columns, in characters
	Colours     map[string]string `yaml:"colours"` // "#rrggbb"
}

// ParseMarkWords reads templates/marked.yaml; a mistake is told with line and column.
func ParseMarkWords(b []byte) (MarkWords, error) {
	var w MarkWords
	if err := yaml.UnmarshalWithOptions(b, &w, yaml.Strict()); err != nil {
		return MarkWords{}, fmt.Errorf("read words of the marked copy: %w", err)
	}
	for _, name := range []string{w.Sheet, w.SheetTaken} {
		if name == "" || len(name) > maxSheetName || strings.ContainsAny(name, `[]:*?/\'`) {
			return MarkWords{}, fmt.Errorf("read words of the marked copy: %q is no name for a sheet", name)
		}
	}
	return w, w.complete()
}

// complete tells what is missing, so that no column of a translation stays without its header.
func (w MarkWords) complete() error {
	for _, c := range []string{"number", "severity", "sheet", "cell", "saw", "advice", "explanation"} {
		if w.Columns[c] == "" || w.Widths[c] < 4 {
			return fmt.Errorf("read words of the marked copy: the column %q has no header or no width", c)
		}
	}
	for _, s := range []string{"error", "query", "note", settled} {
		if w.Severities[s] == "" {
			return fmt.Errorf("read words of the marked copy: the severity %q has no word", s)
		}
	}
	return nil
}

// maxSheetName is how long a sheet's name may be, fixed by the file format.
const maxSheetName = 31

// rgb is a colour as a style sheet writes it.
func (w MarkWords) rgb(name string) string {
	return "FF" + strings.ToUpper(strings.TrimPrefix(w.Colours[name], "#"))
}

// filled puts a value in the place of {name}.
func filled(text, name, value string) string { return strings.ReplaceAll(text, "{"+name+"}", value) }
