package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"boardpack/templates"
)

// schema is the part of JSON Schema that check.schema.json uses. Decoding
// refuses every other word, so that none is ignored below.
type schema struct {
	Schema      string             `json:"$schema"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Ref         string             `json:"$ref"`
	Defs        map[string]*schema `json:"$defs"`
	Type        oneOrMore          `json:"type"`
	Additional  *bool              `json:"additionalProperties"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Items       *schema            `json:"items"`
	Enum        []string           `json:"enum"`
	Pattern     string             `json:"pattern"`
	Minimum     *float64           `json:"minimum"`
}

// oneOrMore is a type, or a list of types.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, (*[]string)(o))
	}
	*o = []string{""}
	return json.Unmarshal(b, &(*o)[0])
}

func checkSchema(t *testing.T) *schema {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(templates.Must("check.schema.json")))
	d.DisallowUnknownFields()
	var s schema
	if err := d.Decode(&s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// validation holds JSON against a schema.
type validation struct {
	root     *schema
	mistakes []string
	seen     map[*schema]bool // schemas that some value was held against
}

func (v *validation) wrong(at, format string, args ...any) {
	v.mistakes = append(v.mistakes, at+": "+fmt.Sprintf(format, args...))
}

func (v *validation) follow(s *schema) *schema {
	if s.Ref != "" {
		return v.root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
	}
	return s
}

func (v *validation) value(at string, x any, s *schema) {
	if s = v.follow(s); s == nil {
		v.wrong(at, "its schema refers to nothing")
		return
	}
	v.seen[s] = true
	if !slices.Contains(s.Type, typeOf(x)) {
		v.wrong(at, "is %v, wants %s", x, strings.Join(s.Type, " or "))
		return
	}
	switch x := x.(type) {
	case map[string]any:
		v.object(at, x, s)
	case []any:
		for n, item := range x {
			v.value(fmt.Sprintf("%s[%d]", at, n), item, s.Items)
		}
	case string:
		if len(s.Enum) > 0 && !slices.Contains(s.Enum, x) {
			v.wrong(at, "is %q, wants one of %q", x, s.Enum)
		}
		if s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(x) {
			v.wrong(at, "is %q, wants %s", x, s.Pattern)
		}
	case float64:
		if s.Minimum != nil && x < *s.Minimum {
			v.wrong(at, "is %v, wants at least %v", x, *s.Minimum)
		}
	}
}

func (v *validation) object(at string, x map[string]any, s *schema) {
	for key, value := range x {
		if p, ok := s.Properties[key]; ok {
			v.value(at+"."+key, value, p)
		} else {
			v.wrong(at, "%q is not described", key)
		}
	}
	for _, key := range s.Required {
		if _, ok := x[key]; !ok {
			v.wrong(at, "%q is missing", key)
		}
	}
}

func typeOf(x any) string {
	switch x := x.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case float64:
		if x == float64(int64(x)) {
			return "integer"
		}
	}
	return "number"
}

// hold gives the mistakes of a JSON text.
func hold(t *testing.T, root *schema, text []byte) *validation {
	t.Helper()
	var x any
	if err := json.Unmarshal(text, &x); err != nil {
		t.Fatal(err)
	}
	v := &validation{root: root, seen: map[*schema]bool{}}
	v.value("$", x, root)
	return v
}

// ran runs the program inside the test and gives its standard output.
func ran(t testing.TB, want int, args ...string) []byte {
	t.Helper()
	var out, complaints bytes.Buffer
	a := &app{out: &out, err: &complaints}
	if got := a.execute(t.Context(), args); got != want {
		t.Fatalf("boardpack %q ends with %d, want %d: %s", args, got, want, complaints.String())
	}
	return out.Bytes()
}

// samplesAndWorse is a folder with the samples and what no reader can read.
func samplesAndWorse(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../samples")); err != nil {
		t.Fatal(err)
	}
	q1, err := os.ReadFile(filepath.Join(dir, "2026-27", "Q1", "Housing Q1 2026-27.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"empty.xlsx": nil, "text.xlsx": []byte("Ref,Title\n"), "Housing Q3 2025-26.xlsx": append(q1, 0)} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestCheckSchema holds what check --json really prints against its schema.
func TestCheckSchema(t *testing.T) {
	root := checkSchema(t)
	v := hold(t, root, ran(t, exitFindings, "check", "--json", samplesAndWorse(t)))
	for _, m := range v.mistakes {
		t.Error(m)
	}
	for name, s := range root.Defs {
		if !v.seen[s] {
			t.Errorf("nothing in the samples is a %s, so it was not tried", name)
		}
	}
}

// TestCheckSchemaDescribesAll wants a description for every property, every
// property required, and no others allowed.
func TestCheckSchemaDescribesAll(t *testing.T) {
	root := checkSchema(t)
	all := map[string]*schema{"the whole": root}
	for name, s := range root.Defs {
		all[name] = s
	}
	for name, s := range all {
		if s.Description == "" || s.Additional == nil || *s.Additional {
			t.Errorf("%s needs a description and \"additionalProperties\": false", name)
		}
		for key, p := range s.Properties {
			if p.Description == "" {
				t.Errorf("%s.%s has no description", name, key)
			}
			if !slices.Contains(s.Required, key) {
				t.Errorf("%s.%s is always there and should be required", name, key)
			}
		}
	}
}

// TestCheckSchemaPrinted wants the schema from the program, as it is in the source.
func TestCheckSchemaPrinted(t *testing.T) {
	if got := ran(t, exitDone, "check", "--schema"); !bytes.Equal(got, templates.Must("check.schema.json")) {
		t.Error("check --schema prints something else than templates/check.schema.json")
	}
}

// TestSchemaCanFail shows that each rule of the schema is held.
func TestSchemaCanFail(t *testing.T) {
	root := checkSchema(t)
	good := ran(t, exitDone, "check", "--json", "../../samples/2026-27/Q1/Housing Q1 2026-27.xlsx")
	if v := hold(t, root, good); len(v.mistakes) > 0 {
		t.Fatal(v.mistakes)
	}
	for name, change := range map[string][2]string{
		"a property too many":  {`"nil": false`, `"nil": false, "more": 1`},
		"a property too few":   {`"nil": false,`, ``},
		"another type":         {`"nil": false`, `"nil": "no"`},
		"a word of no list":    {`"polarity": "high"`, `"polarity": "up"`},
		"another pattern":      {`"year": "2026/27"`, `"year": "2026"`},
		"a number too small":   {`"rows": 8`, `"rows": -8`},
		"a number not a whole": {`"rows": 8`, `"rows": 8.5`},
		"null where not wanted": {
			`"plan": "Housing"`, `"plan": null`},
	} {
		bad := bytes.Replace(good, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(bad, good) {
			t.Errorf("%s: %s is not in the output", name, change[0])
		} else if v := hold(t, root, bad); len(v.mistakes) == 0 {
			t.Errorf("%s is not noticed", name)
		}
	}
}
