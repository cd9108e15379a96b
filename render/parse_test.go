package render

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func benchBytes(b *testing.B) []byte {
	b.Helper()
	text, err := os.ReadFile("../templates/reports/plain-report.yaml")
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// Each mistake is made in the definition that ships, and is told with the line that it stands at.
func TestDefinitionMistakes(t *testing.T) {
	for _, c := range []struct{ name, from, to, at, want string }{
		{"unknown key", "list_limit: 8", "list_limits: 8", "list_limits: 8", "list_limits"},
		{"unknown key below", "  zero: none", "  zeros: none", "zeros: none", "zeros"},
		{"missing key", "  draft: DRAFT\n", "", `  title: "{{if .Board}}`, "document.draft is missing"},
		{"empty wording", "  draft: DRAFT", `  draft: ""`, `  draft: ""`, "document.draft is empty"},
		{"missing table key", "    empty: There are no actions.\n", "", "    name: Actions{{if", "tables.actions.empty is missing"},
		{"unknown field", "none {{.Phrase}}", "none {{.Phrases}}", "  zero:", "Phrases"},
		{"unknown field in a branch", "{{.Rest}}{{end}}", "{{.Rests}}{{end}}", "  sentence: \"{{.Parts}}{{if", "Rests"},
		{"unknown function", "All {{number .N}} {{.Many}} {{.Phrase}}.", "All {{numbers .N}} {{.Many}}.", "  all: All {{numbers", "numbers"},
		{"broken wording", "{{.Earlier}}, {{.Parts}}.", "{{.Earlier}, {{.Parts}}.", "  sentence: Since", "cannot be filled in"},
		{"unknown section", "{show: key,", "{show: keys,", "{show: keys,", `there is no section "keys"`},
		{"unknown column", "{show: risk,", "{show: risky,", "{show: risky,", `there is no column "risky"`},
		{"too few months", ", December]", "]", "months:", "needs 12 entries and has 11"},
		{"no title", "  - {show: title}\n", "", "  - {show: cover}", `the section "title" stands once`},
		{"level", "{show: key, heading", "{show: key, level: 7, heading", "level: 7", "level is 2, 3 or 4"},
		{"wrong type", "list_limit: 8", "list_limit: many", "list_limit: many", "list_limit: many"},
		{"twice", "list_limit: 8", "list_limit: 8\nlist_limit: 9", "list_limit: 9", "list_limit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := string(definitionBytes(t))
			if !strings.Contains(text, c.from) {
				t.Fatalf("the definition does not hold %q", c.from)
			}
			text = strings.Replace(text, c.from, c.to, 1)
			_, err := ParseDefinition([]byte(text), nil)
			if err == nil {
				t.Fatal("no error")
			}
			line := 1 + strings.Count(text[:strings.Index(text, c.at)], "\n")
			at := strings.TrimPrefix(err.Error(), "read report definition: ")
			if !strings.HasPrefix(at, "["+strconv.Itoa(line)+":") || !strings.Contains(at, c.want) {
				t.Errorf("want line %d and %q, got %v", line, c.want, err)
			}
		})
	}
}

func TestEmptyDefinition(t *testing.T) {
	for _, text := range []string{"", "# only a comment\n", "[]", "x"} {
		if _, err := ParseDefinition([]byte(text), nil); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
	if _, err := Build(emptyPack(), Settings{}); err == nil {
		t.Error("a report without a definition")
	}
}
