package render

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"boardpack/transform"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// ParseDefinition reads a report definition. One that builds on another gives only what differs: a key that
// it leaves out is the other's, a list that it gives stands instead of the other's. base gives the other by
// its name; it may be nil where none can be had. An unknown key, a missing one, a wording that cannot be
// filled in or a section or column that does not exist is told with line and column.
func ParseDefinition(b []byte, base func(name string) ([]byte, error)) (Definition, error) {
	var d Definition
	if err := d.layers(b, base, nil); err != nil {
		return Definition{}, fmt.Errorf("read report definition: %w", err)
	}
	return d, nil
}

// layers reads the definition that b builds on, and then b over it.
func (d *Definition) layers(b []byte, base func(string) ([]byte, error), above []string) error {
	name := BuildsOn(b)
	if name == "" {
		return d.layer(b, true)
	}
	if slices.Contains(above, name) || len(above) > 8 {
		return fmt.Errorf("it builds on itself: %s", strings.Join(append(above, name), ", then "))
	}
	if base == nil {
		return fmt.Errorf("it builds on %q, which cannot be had here", name)
	}
	under, err := base(name)
	if err != nil {
		return err
	}
	if err := d.layers(under, base, append(above, name)); err != nil {
		return fmt.Errorf("in %s, which it builds on: %w", name, err)
	}
	return d.layer(b, false)
}

var buildsOn = regexp.MustCompile(`(?m)^builds_on:[ \t]*["']?([^"'#\r\n]*)`)

// BuildsOn is the name of the definition that a definition builds on; empty for one that stands alone. It
// does not read the rest.
func BuildsOn(b []byte) string {
	if m := buildsOn.FindSubmatch(b); m != nil {
		return strings.TrimSpace(string(m[1]))
	}
	return ""
}

// layer reads one file over what is there already; the first has every key.
func (d *Definition) layer(b []byte, first bool) error {
	d.BuildsOn, d.ID, d.Version = "", "", ""
	file, err := parser.ParseBytes(b, 0)
	if err != nil {
		return err
	}
	body := transform.YAMLBody(file)
	if body == nil {
		return errors.New("[1:1] the file is empty")
	}
	if err := yaml.NodeToValue(body, d, yaml.Strict()); err != nil {
		return err
	}
	if got := BuildsOn(b); got != d.BuildsOn {
		return mistakeAt(file, "$.builds_on", "write builds_on at the beginning of a line of its own, with the name beside it")
	}
	if err := complete(reflect.ValueOf(d).Elem(), body, "", first); err != nil {
		return err
	}
	if d.ID == "" || d.Version == "" {
		return mistake(body, "id or version is missing: each definition has its own")
	}
	return d.check(file)
}

// complete walks the definition and its source together: it asks for each key that is needed, where all
// must be there, and compiles each Text.
func complete(v reflect.Value, n ast.Node, path string, all bool) error {
	if t, ok := v.Addr().Interface().(*Text); ok {
		return completeText(t, n, path)
	}
	switch v.Kind() {
	case reflect.Struct:
		return completeStruct(v, n, path, all)
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

func completeStruct(v reflect.Value, n ast.Node, path string, all bool) error {
	keys := keysOf(n)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name := field.Tag.Get("yaml")
		at := strings.TrimPrefix(path+"."+name, ".")
		value, given := keys[name]
		switch {
		case given && field.Type.Kind() == reflect.Bool:
		case given:
			if err := complete(v.Field(i), value, at, all); err != nil {
				return err
			}
		case all && field.Tag.Get("need") != "no":
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
		if err := complete(v.Index(i), item, fmt.Sprintf("%s[%d]", path, i), true); err != nil {
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
	if err := d.checkNames(file); err != nil {
		return err
	}
	return d.checkColumns(file)
}

func (d Definition) checkSections(file *ast.File) error {
	ids := map[string]bool{}
	for i, s := range d.Sections {
		wrong := func(key, message string) error {
			return mistakeAt(file, fmt.Sprintf("$.sections[%d].%s", i, key), message)
		}
		text := s.Show == "text"
		switch {
		case shows[s.Show].blocks == nil:
			return wrong("show", oneOf("section", s.Show, slices.Collect(maps.Keys(shows))))
		case s.Level != 0 && (s.Level < 2 || s.Level > 4):
			return wrong("level", "a heading's level is 2, 3 or 4")
		case s.Show == "changes" && len(d.Changes.Table.Columns) == 0:
			return wrong("show", `the section "changes" needs its wording under the key changes`)
		case s.Show == "part" && s.Heading.source == "":
			return wrong("show", "a part needs a heading")
		case text && !textID.MatchString(s.ID):
			return wrong("show", `a text needs an id of lower-case letters, digits and hyphens, for example "policy-implications"`)
		case text && s.Required && len(s.Text) > 0:
			return wrong("required", "somebody must write this text, so the definition cannot write it: leave out text or required")
		case text && ids[s.ID]:
			return wrong("id", fmt.Sprintf("two texts have the id %q", s.ID))
		case !text && (s.ID != "" || len(s.Text) > 0 || s.Required):
			return wrong("show", fmt.Sprintf("id, text and required belong to a section that shows text; this one shows %s", s.Show))
		}
		ids[s.ID] = ids[s.ID] || text
	}
	first := func(s Section) bool { return s.Show == "title" }
	if n := slices.IndexFunc(d.Sections, first); n != 0 || slices.ContainsFunc(d.Sections[1:], first) {
		return mistakeAt(file, "$.sections", `the section "title" stands once, and first`)
	}
	return nil
}

var fontFamily = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} -]*$`)

var textID = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// checkNames asks that the lines of the cover and the groups of the tables exist, and that colours can be read.
func (d Definition) checkNames(file *ast.File) error {
	for i, r := range d.Cover.Rows {
		if coverValues[r.Show] == nil {
			return mistakeAt(file, fmt.Sprintf("$.cover.rows[%d].show", i), oneOf("line of the cover", r.Show, slices.Collect(maps.Keys(coverValues))))
		}
	}
	if key, why := d.Look.wrongColour(); key != "" {
		return mistakeAt(file, "$.look."+key, why)
	}
	if l := d.Look.Logo; l != (Logo{}) && (l.File == "" || strings.TrimSpace(l.Alt) == "" || l.Height <= 0) {
		return mistakeAt(file, "$.look.logo", "a logo needs its file, what it shows in words (alt) and its height in millimetres")
	}
	if f := d.Look.Fonts; f != (FontFiles{}) && (f.Family == "" || f.Regular == "" || f.Semibold == "") {
		return mistakeAt(file, "$.look.fonts", "fonts need their family, and the files of the regular and the semibold face")
	}
	if f := d.Look.Fonts.Family; f != "" && !fontFamily.MatchString(f) {
		return mistakeAt(file, "$.look.fonts.family", "a font's name has letters, digits, spaces and hyphens")
	}
	by := append([]string{"none"}, transform.Dimensions...)
	for _, g := range []struct{ key, value string }{{"headings", d.Groups.Headings}, {"bands", d.Groups.Bands}} {
		if !slices.Contains(by, g.value) {
			return mistakeAt(file, "$.groups."+g.key, oneOf("group", g.value, by))
		}
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
		{"tables.forecast", d.Tables.Forecast.Columns, lines},
		{"tables.revisions", d.Tables.Revisions.Columns, slices.Collect(maps.Keys(revisionFields))},
		{"tables.returned", d.Tables.Returned.Columns, slices.Collect(maps.Keys(returnedFields))},
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
