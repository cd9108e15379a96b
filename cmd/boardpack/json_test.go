package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// TestJSONList writes lists as printJSON writes them whole.
func TestJSONList(t *testing.T) {
	type list struct {
		Returns []any `json:"returns"`
	}
	deep := any("end")
	for range 40 {
		deep = map[string]any{"a": []any{deep}}
	}
	for _, elements := range [][]any{
		{},
		{nil},
		{1, -2.5e30, true, "", "a \"b\" \\", `\`, `\\"`, "<&>\u2028\n{[,:]}"},
		{[]int{}, map[string]int{}, []any{[]int{}, map[string]any{}}, map[string]any{"x": []int{1, 2}, "y,:": "z"}},
		{deep},
		{readingJSON{}, readingJSON{Workbook: "ä.xlsx", Tables: []tableJSON{{}, {Columns: []columnJSON{{}}}}}},
	} {
		var whole, parts bytes.Buffer
		if err := printJSON(&whole, list{elements}); err != nil {
			t.Fatal(err)
		}
		l, err := newJSONList(&parts, "returns")
		for _, e := range elements {
			if err == nil {
				err = l.add(e)
			}
		}
		if err == nil {
			err = l.end()
		}
		if err != nil || parts.String() != whole.String() {
			t.Errorf("%v\n%s\nnot\n%s", err, parts.String(), whole.String())
		}
	}
}

// FuzzIndented sets JSON as json.Indent does.
func FuzzIndented(f *testing.F) {
	for _, s := range []string{`{}`, `[1,{"a":[]},"\\\""]`, `"x"`, `{"a":{"b":null},"c":-1.5e3}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var compact, want bytes.Buffer
		if json.Compact(&compact, []byte(s)) != nil {
			return
		}
		if err := json.Indent(&want, compact.Bytes(), strings.Repeat("  ", 3), "  "); err != nil {
			t.Fatal(err)
		}
		if got := appendIndented(nil, compact.Bytes(), 3); string(got) != want.String() {
			t.Errorf("%s\nnot\n%s", got, want.String())
		}
	})
}
