package reading

import (
	"fmt"
	"strings"

	"boardpack/ingest"
	"boardpack/templates"

	"github.com/goccy/go-yaml"
)

// vocabulary is the page's words, from templates/reading/words.yaml.
type vocabulary struct {
	Roles         map[string]roleWord `yaml:"roles"`
	Said          map[string]string   `yaml:"said"`
	Understood    map[string]string   `yaml:"understood"`
	Header        string              `yaml:"header"`
	HeaderNotUsed string              `yaml:"header_not_used"`
	HeaderGroup   string              `yaml:"header_group"`
	Section       string              `yaml:"section"`
	RunsOn        string              `yaml:"runs_on"`
	Merged        string              `yaml:"merged"`
	Comment       string              `yaml:"comment"`
	LeftOut       string              `yaml:"left_out"`
	LeftOutToo    string              `yaml:"left_out_too"`
	LoneSection   string              `yaml:"lone_section"`
	Hidden        string              `yaml:"hidden"`
	NotUsed       string              `yaml:"not_used"`
	NotUsedRole   string              `yaml:"not_used_role"`
	NotUsedTable  string              `yaml:"not_used_table"`
	Families      []Family            `yaml:"families"`
	Severities    map[string]string   `yaml:"severities"`
	Kinds         map[string]kindWord `yaml:"kinds"`
}

// kindWord is the word for one row of a kind and for many.
type kindWord struct {
	One  string `yaml:"one"`
	Many string `yaml:"many"`
}

type roleWord struct {
	Word   string `yaml:"word"`
	Family string `yaml:"family"`
}

// Family is a tint of the page with what it stands for.
type Family struct {
	Name  string `yaml:"name"`
	Word  string `yaml:"word"`
	Means string `yaml:"means"`
}

func readWords() (vocabulary, error) {
	var v vocabulary
	if err := yaml.UnmarshalWithOptions(templates.Must("reading/words.yaml"), &v, yaml.Strict()); err != nil {
		return v, fmt.Errorf("read the words of the reading page: %w", err)
	}
	return v, nil
}

// label is what a cell was taken for, in words.
func (v vocabulary) label(t ingest.Taken) string {
	switch t.For {
	case ingest.TakenValue:
		return v.valueLabel(t)
	case ingest.TakenHeader:
		return v.headerLabel(t)
	case ingest.TakenSection:
		return fmt.Sprintf(v.Section, v.role(t.Role))
	case ingest.TakenSaid:
		return v.Said[t.Role]
	case ingest.TakenPart:
		return v.partLabel(t)
	case ingest.TakenOut:
		if t.Why == "section" {
			return v.LoneSection
		}
		return fmt.Sprintf(v.LeftOut, t.Why)
	case ingest.TakenHidden:
		return v.Hidden
	}
	return v.notLabel(t)
}

// valueLabel is "outturn Q2: awaited": the role, its period, and what the value was understood as.
func (v vocabulary) valueLabel(t ingest.Taken) string {
	label := v.role(t.Role)
	if p := t.Period.String(); p != "" {
		label += " " + p
	}
	if t.As == "" {
		return label
	}
	parts := strings.Split(t.As, "; ")
	for i, p := range parts {
		if word, ok := v.Understood[p]; ok {
			parts[i] = word
		}
	}
	return label + ": " + strings.Join(parts, "; ")
}

func (v vocabulary) headerLabel(t ingest.Taken) string {
	switch t.Role {
	case "":
		return v.HeaderNotUsed
	case "group":
		return v.HeaderGroup
	}
	return fmt.Sprintf(v.Header, v.valueLabel(t))
}

func (v vocabulary) partLabel(t ingest.Taken) string {
	switch t.Why {
	case "comment":
		return v.Comment
	case "merged":
		return fmt.Sprintf(v.Merged, t.As)
	}
	return fmt.Sprintf(v.RunsOn, t.As)
}

func (v vocabulary) notLabel(t ingest.Taken) string {
	switch {
	case t.Why != "":
		return v.NotUsedTable
	case t.Role != "":
		return fmt.Sprintf(v.NotUsedRole, v.valueLabel(t))
	}
	return v.NotUsed
}

func (v vocabulary) role(role string) string {
	if w, ok := v.Roles[role]; ok {
		return w.Word
	}
	return strings.ReplaceAll(role, "_", " ")
}

// family is the tint of what a cell was taken for; empty for none.
func (v vocabulary) family(t ingest.Taken) string {
	switch t.For {
	case ingest.TakenValue:
		if w, ok := v.Roles[t.Role]; ok {
			return w.Family
		}
		return "texts"
	case ingest.TakenHeader:
		if t.Role == "" {
			return "out"
		}
		return "heads"
	case ingest.TakenSection, ingest.TakenSaid:
		return "heads"
	case ingest.TakenPart:
		if t.Why == "merged" {
			return ""
		}
		return "texts"
	}
	return "out"
}
