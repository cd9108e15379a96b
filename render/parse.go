package render

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// ParseDefinition reads a report definition. An unknown key, a missing one, a wording that cannot be
// filled in or a section or column that does not exist is told with line and column.
func ParseDefinition(b []byte) (Definition, error) {
	d, err := parseDefinition(b)
	if err != nil {
		return Definition{}, fmt.Errorf("read report definition: %w", err)
	}
	return d, nil
}

func parseDefinition(b []byte) (Definition, error) {
	var d Definition
	if err := yaml.UnmarshalWithOptions(b, &d, yaml.Strict()); err != nil {
		return d, err
	}
	file, err := parser.ParseBytes(b, 0)
	if err != nil {
		return d, err
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return d, errors.New("[1:1] the file is empty")
	}
	if err := complete(reflect.ValueOf(&d).Elem(), file.Docs[0].Body, ""); err != nil {
		return d, err
	}
	return d, d.check(file)
}

// complete walks the definition and its source together: it asks for each key that is needed and
// compiles each Text.
func complete(v reflect.Value, n ast.Node, path string) error {
	if t, ok := v.Addr().Interface().(*Text); ok {
		return completeText(t, n, path)
	}
	switch v.Kind() {
	case reflect.Struct:
		return completeStruct(v, n, path)
	case reflect.Slice:
		return completeList(v, n, path)
	}
	if v.IsZero() {
		return mistake(n, "%s is empty", path)
	}
	return nil
}

func completeText(t *Text, n ast.Node, path string) error {
	if strings.TrimSpace(t.source) == "" {
		return mistake(n, "%s is empty", path)
	}
	if err := t.compile(); err != nil {
		return mistake(n, "%s cannot be filled in: %v", path, err)
	}
	return nil
}

func completeStruct(v reflect.Value, n ast.Node, path string) error {
	keys := keysOf(n)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name := field.Tag.Get("yaml")
		at := strings.TrimPrefix(path+"."+name, ".")
		value, given := keys[name]
		switch {
		case given && field.Type.Kind() == reflect.Bool:
		case given:
			if err := complete(v.Field(i), value, at); err != nil {
				return err
			}
		case field.Tag.Get("need") != "no":
			return mistake(n, "%s is missing", at)
		}
	}
	return nil
}

func completeList(v reflect.Value, n ast.Node, path string) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok || len(list.Values) == 0 || len(list.Values) != v.Len() {
		return mistake(n, "%s is empty", path)
	}
	for i, item := range list.Values {
		if err := complete(v.Index(i), item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}

func keysOf(n ast.Node) map[string]ast.Node {
	keys := map[string]ast.Node{}
	if m, ok := n.(ast.MapNode); ok {
		for r := m.MapRange(); r.Next(); {
			keys[r.Key().GetToken().Value] = r.Value()
		}
	}
	return keys
}

// mistake is an error with the line, the column and the source around a node.
func mistake(n ast.Node, format string, args ...any) error {
	token := n.GetToken()
	if m, ok := n.(ast.MapNode); ok {
		if r := m.MapRange(); r.Next() {
			token = r.Key().GetToken()
		}
	}
	return &yaml.SyntaxError{Message: fmt.Sprintf(format, args...), Token: token}
}

// check asks that every name in the definition means something.
func (d Definition) check(file *ast.File) error {
	for _, list := range []struct {
		path      string
		got, want int
	}{
		{"$.calendar.months", len(d.Calendar.Months), 12},
		{"$.calendar.quarters", len(d.Calendar.Quarters), 4},
		{"$.lights.key_head", len(d.Lights.KeyHead), 3},
	} {
		if list.got != list.want {
			return mistakeAt(file, list.path, fmt.Sprintf("this list needs %d entries and has %d", list.want, list.got))
		}
	}
	if err := d.checkSections(file); err != nil {
		return err
	}
	return d.checkColumns(file)
}

func (d Definition) checkSections(file *ast.File) error {
	titles := 0
	for i, s := range d.Sections {
		if _, ok := shows[s.Show]; !ok {
			return mistakeAt(file, fmt.Sprintf("$.sections[%d].show", i), oneOf("section", s.Show, slices.Collect(maps.Keys(shows))))
		}
		if s.Level != 0 && (s.Level < 2 || s.Level > 4) {
			return mistakeAt(file, fmt.Sprintf("$.sections[%d].level", i), "a heading's level is 2, 3 or 4")
		}
		if s.Show == "changes" && len(d.Changes.Table.Columns) == 0 {
			return mistakeAt(file, fmt.Sprintf("$.sections[%d].show", i), `the section "changes" needs its wording under the key changes`)
		}
		if s.Show == "title" {
			titles++
		}
	}
	if titles != 1 || d.Sections[0].Show != "title" {
		return mistakeAt(file, "$.sections", `the section "title" stands once, and first`)
	}
	return nil
}

func (d Definition) checkColumns(file *ast.File) error {
	lines := slices.Collect(maps.Keys(lineFields))
	for _, t := range []struct {
		path    string
		columns []ColumnText
		known   []string
	}{
		{"tables.actions", d.Tables.Actions.Columns, lines},
		{"tables.indicators", d.Tables.Indicators.Columns, lines},
		{"tables.list", d.Tables.List.Columns, lines},
		{"tables.disagreements", d.Tables.Disagreements.Columns, lines},
		{"tables.limits", d.Tables.Limits.Columns, lines},
		{"tables.open", d.Tables.Open.Columns, slices.Collect(maps.Keys(stopFields))},
		{"tables.reasons", d.Tables.Reasons.Columns, lines},
		{"tables.forward", d.Tables.Forward.Columns, lines},
		{"tables.movement", d.Tables.Movement.Columns, slices.Collect(maps.Keys(moveFields))},
		{"tables.risks", d.Tables.Risks.Columns, slices.Collect(maps.Keys(riskFields))},
		{"tables.returns", d.Tables.Returns.Columns, slices.Collect(maps.Keys(returnFields))},
		{"tables.findings", d.Tables.Findings.Columns, slices.Collect(maps.Keys(findingFields))},
		{"changes.table", d.Changes.Table.Columns, slices.Collect(maps.Keys(changeFields))},
	} {
		for i, c := range t.columns {
			if !slices.Contains(t.known, c.Show) {
				return mistakeAt(file, fmt.Sprintf("$.%s.columns[%d].show", t.path, i), oneOf("column", c.Show, t.known))
			}
		}
	}
	return nil
}

func oneOf(what, got string, known []string) string {
	slices.Sort(known)
	return fmt.Sprintf("there is no %s %q; give one of %s", what, got, strings.Join(known, ", "))
}

func mistakeAt(file *ast.File, path, message string) error {
	p, err := yaml.PathString(path)
	if err != nil {
		return err
	}
	n, err := p.FilterFile(file)
	if err != nil {
		return err
	}
	return mistake(n, "%s", message)
}
