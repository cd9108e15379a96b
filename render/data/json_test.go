package data

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
)

// The JSON holds what the CSV files hold: each record's columns in their order, and the same values.
func TestJSONSaysWhatTheFilesSay(t *testing.T) {
	for _, working := range []bool{false, true} {
		var b bytes.Buffer
		if err := JSON(&b, invented(), working, ""); err != nil {
			t.Fatal(err)
		}
		var got map[string][]map[string]any
		d := json.NewDecoder(bytes.NewReader(b.Bytes()))
		d.UseNumber()
		if err := d.Decode(&got); err != nil {
			t.Fatalf("%v in\n%s", err, b.String())
		}
		tables := Tables(invented(), working)
		if len(got) != len(tables) {
			t.Errorf("%d tables", len(got))
		}
		for _, want := range tables {
			if len(got[want.Name]) != len(want.Rows) {
				t.Fatalf("%s has %d records, want %d", want.Name, len(got[want.Name]), len(want.Rows))
			}
			for i, row := range want.Rows {
				for j, column := range want.Columns {
					v, there := got[want.Name][i][column]
					if !there || said(v, want.Name == "summary") != row[j] {
						t.Errorf("%s, record %d, %s: %v, want %q", want.Name, i, column, v, row[j])
					}
				}
			}
		}
	}
}

// said is a JSON value as a CSV file says it.
func said(v any, full bool) string {
	switch v := v.(type) {
	case nil:
		if full {
			return "null in a table in which nothing is absent"
		}
		return ""
	case bool:
		return affirm(v)
	}
	return fmt.Sprint(v)
}

func TestJSONKinds(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, invented(), false, "    "); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"{\n      \"actions\": [\n        {\"year\": \"2026/27\", \"quarter\": \"Q2\", \"ref\": \"HSG A1\", ",
		"\"ref\": null, \"title\": \"=HYPERLINK(\\\"http://example.org\\\",\\\"press\\\")\", ",
		"\"counted\": true, ", "\"outturn\": -8.5, ", "\"redated\": 1, ", "\"plan\": \"\", \"class\": \"\", ", "\n    }",
	} {
		if !bytes.Contains(b.Bytes(), []byte(want)) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}
