package main

import (
	"slices"
	"strings"

	"boardpack/ingest"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// textConfig is a text of the report: a paragraph, a list of them, or such by the quarter that they are for.
type textConfig struct {
	always    paragraphs
	byQuarter map[string]paragraphs
}

func (t *textConfig) UnmarshalYAML(node ast.Node) error {
	if _, ok := node.(ast.MapNode); ok {
		return yaml.NodeToValue(node, &t.byQuarter)
	}
	return yaml.NodeToValue(node, &t.always)
}

// paragraphs are one text, or a list of them; unlike a nameList's, an empty one stays to be told.
type paragraphs []string

func (o *paragraphs) UnmarshalYAML(node ast.Node) error {
	texts, _, err := textsIn(node)
	*o = texts
	return err
}

// of is the text for a quarter.
func (t textConfig) of(p ingest.Period) []string {
	for _, quarter := range sortedNames(t.byQuarter) {
		if ingest.PeriodIn(quarter).Period == p {
			return t.byQuarter[quarter]
		}
	}
	return t.always
}

// texts are a board's texts for a quarter, by the id of their section.
func (s settings) texts(board string, p ingest.Period) map[string][]string {
	out := map[string][]string{}
	for _, b := range s.Boards {
		if b.ID != board {
			continue
		}
		for id, t := range b.Texts {
			if text := t.of(p); len(text) > 0 {
				out[id] = text
			}
		}
	}
	return out
}

// texts checks the quarters that a board's texts are for, and that no text is empty.
func (k *checker) texts(at string, b boardConfig) {
	for _, id := range sortedNames(b.Texts) {
		t := b.Texts[id]
		all := slices.Clone(t.always)
		for _, quarter := range sortedNames(t.byQuarter) {
			if !ingest.PeriodIn(quarter).Period.Known() {
				k.wrong(at+".texts."+id, "the text %q is for the quarter %q; write it as 2026/27 Q2", id, quarter)
			}
			all = append(all, t.byQuarter[quarter]...)
		}
		if slices.ContainsFunc(all, func(text string) bool { return strings.TrimSpace(text) == "" }) {
			k.wrong(at+".texts."+id, "the text %q is empty; leave it out until somebody writes it, and write \"None identified\" where somebody has looked", id)
		}
	}
}
