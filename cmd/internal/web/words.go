package web

import (
	"fmt"
	"html/template"
	"path"
	"strings"
	"time"

	"boardpack/ingest"
	"boardpack/templates"

	"github.com/goccy/go-yaml"
)

// vocabulary is the words of the pages that are not in their templates, from templates/web/words.yaml.
type vocabulary struct {
	Failures map[int]failureWords `yaml:"failures"`
	Statuses map[string]string    `yaml:"statuses"` // of a pack
	Formats  map[string]string    `yaml:"formats"`  // of a file, by its extension
	Files    map[string]string    `yaml:"files"`    // what a file of a data folder holds, by its name
	States   map[string]string    `yaml:"states"`   // of a return
	Jobs     map[string]string    `yaml:"jobs"`
	Groups   map[string]string    `yaml:"groups"` // of changes
	Working  string               `yaml:"working"`
	Missing  missingWords         `yaml:"missing"`
	Gone     string               `yaml:"gone"`
	Damaged  string               `yaml:"damaged"`
	Answered string               `yaml:"answered"`
}

type failureWords struct {
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
}

// missingWords say what is not there.
type missingWords struct {
	Board   string `yaml:"board"`
	Quarter string `yaml:"quarter"`
	Final   string `yaml:"final"`
	Draft   string `yaml:"draft"`
	Version string `yaml:"version"`
	File    string `yaml:"file"`
	Return  string `yaml:"return"`
	Page    string `yaml:"page"`
	Copy    string `yaml:"copy"`
	Changes string `yaml:"changes"`
}

func readWords() (vocabulary, error) {
	var v vocabulary
	if err := yaml.UnmarshalWithOptions(templates.Must("web/words.yaml"), &v, yaml.Strict()); err != nil {
		return v, fmt.Errorf("read the words of the pages: %w", err)
	}
	return v, nil
}

// functions are what the templates call.
func (s *Site) functions() template.FuncMap {
	return template.FuncMap{
		"moment": s.moment,
		"iso":    func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"day":    func(d ingest.Date) string { return d.Words() },
		"size":   sizeWords,
		"count":  count,
		"names":  func(list []string) string { return strings.Join(list, ", ") },
		"status": func(id string) string { return s.words.word(s.words.Statuses, id) },
		"state":  func(id string) string { return s.words.word(s.words.States, id) },
		"group":  func(id string) string { return s.words.word(s.words.Groups, id) },
		"job":    func(id string) string { return s.words.word(s.words.Jobs, id) },
		"plain":  plainWords,
	}
}

// word is a word by its name; the name itself, in plain words, where there is none.
func (v vocabulary) word(list map[string]string, id string) string {
	if w, ok := list[id]; ok {
		return w
	}
	return plainWords(id)
}

// plainWords is the name of a check or a column without its hyphens.
func plainWords(id string) string { return strings.NewReplacer("-", " ", "_", " ").Replace(id) }

// format is what kind of file a name is, in words.
func (v vocabulary) format(name string) string {
	return v.word(v.Formats, strings.TrimPrefix(path.Ext(name), "."))
}

// moment is "22 November 2026, 14:05".
func (s *Site) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.Zone).Format("2 January 2006, 15:04")
}

// count says "1 file" or "3 files".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sizeWords is a number of bytes as people say it: "68 KB", "1.2 MB".
func sizeWords(n int64) string {
	const kilo, mega, giga = 1000, 1000 * 1000, 1000 * 1000 * 1000
	switch {
	case n < kilo:
		return count(int(n), "byte", "bytes")
	case n < mega-kilo/2:
		return fmt.Sprintf("%d KB", (n+kilo/2)/kilo)
	case n >= 100*mega && n < giga-mega/2:
		return fmt.Sprintf("%d MB", (n+mega/2)/mega)
	case n < giga:
		return fmt.Sprintf("%.1f MB", float64(n)/mega)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/giga)
}
