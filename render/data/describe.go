package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"boardpack/transform"
	"boardpack/transform/changes"
)

// dataPackage is a Frictionless data package (specs.frictionlessdata.io,
// version 1, which its reference implementation and older readers accept).
// Structs and not maps, so that keys keep their order.
type dataPackage struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Profile     string  `json:"profile"`
	Name        string  `json:"name"`
	Path        string  `json:"path"`
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Format      string  `json:"format"`
	Mediatype   string  `json:"mediatype"`
	Encoding    string  `json:"encoding"`
	Bytes       int     `json:"bytes"`
	Hash        string  `json:"hash"`
	Dialect     dialect `json:"dialect"`
	Schema      schema  `json:"schema"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

// schema names keys only where they hold: officers leave references out and
// give one twice, and plans are sometimes not named.
type schema struct {
	Fields        []field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey,omitempty"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
}

// foreignKey says that the values of fields, where there are any, stand in another table.
type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

type field struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Format      string       `json:"format,omitempty"`
	Description string       `json:"description"`
	Unit        string       `json:"unit,omitempty"`
	TrueValues  []string     `json:"trueValues,omitempty"`
	FalseValues []string     `json:"falseValues,omitempty"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
}

const guarded = " Text that begins with =, +, -, @, a tab or a line break, also after apostrophes, has one more apostrophe before it, so that no spreadsheet runs it as a formula; without that one apostrophe it is the text."

// newPackage describes the tables of an edition, without the sizes and hashes of their files.
func newPackage(p transform.Pack, working bool, since *changes.Since) dataPackage {
	d := dataPackage{
		Profile:     "tabular-data-package",
		Name:        packageName(p, working),
		Title:       fmt.Sprintf("%s: %s, %s", p.Council, p.Board.Name, periodTitle(p)),
		Description: about(p, working),
	}
	for _, t := range written(working, since) {
		d.Resources = append(d.Resources, t.resource(p))
	}
	return d
}

// bytes is datapackage.json.
func (d dataPackage) bytes() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(d)
	return b.Bytes(), err
}

// about says in words what the folder holds and how to read it.
func about(p transform.Pack, working bool) string {
	s := "The data behind the board's report. Public edition."
	if working {
		s = "The data behind the board's report. Working edition, for officers: not for publication."
	}
	if !p.AsAt.IsZero() {
		s += " Data as at " + p.AsAt.Words() + "."
	}
	if p.Scheme.Title != "" {
		s += fmt.Sprintf(" Lights follow the scheme %q (%s, version %s).", p.Scheme.Title, p.Scheme.ID, p.Scheme.Version)
	}
	return s + " Files are UTF-8 text, comma separated, with one header row. An empty field is a value that is absent, never 0; lists are joined by \"; \". " +
		PageName + " says to people what each column means."
}

func periodTitle(p transform.Pack) string {
	if p.Period.Known() {
		return p.Period.Title()
	}
	return p.Period.String()
}

// packageName keeps to the characters that a package's name may have.
func packageName(p transform.Pack, working bool) string {
	parts := []string{p.Period.YearText(), p.Period.QuarterText(), p.Board.ID}
	if working {
		parts = append(parts, "working")
	}
	name := "boardpack"
	for _, part := range parts {
		if part != "" {
			name += "-" + strings.Map(nameRune, strings.ToLower(part))
		}
	}
	return name
}

func nameRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '_' {
		return r
	}
	return '-'
}

// of adds the size and the hash of the file.
func (r resource) of(b []byte) resource {
	sum := sha256.Sum256(b)
	r.Bytes, r.Hash = len(b), "sha256:"+hex.EncodeToString(sum[:])
	return r
}

// resource describes the table as it stands in a pack.
func (t table) resource(p transform.Pack) resource {
	return resource{
		Profile:     "tabular-data-resource",
		Name:        t.name,
		Path:        t.file(),
		Title:       t.title,
		Description: t.about,
		Format:      "csv",
		Mediatype:   "text/csv",
		Encoding:    "utf-8",
		Dialect:     dialect{",", "\r\n", `"`, true, true},
		Schema:      t.schema(p),
	}
}

func (t table) schema(p transform.Pack) schema {
	s := schema{MissingValues: []string{""}}
	if t.full || t.keyHolds(p) {
		s.PrimaryKey = t.key
	}
	if t.inSummary {
		s.ForeignKeys = []foreignKey{{[]string{"plan"}, reference{"summary", []string{"plan"}}}}
	}
	if t.full {
		s.MissingValues = []string{}
	}
	for _, c := range t.columns {
		s.Fields = append(s.Fields, c.field())
	}
	return s
}

// keyHolds reports whether the table's key is one in this pack: no two rows
// have the same, and no part of it is absent.
func (t table) keyHolds(p transform.Pack) bool {
	seen := map[string]bool{}
	for _, r := range t.records(p) {
		key := ""
		for _, c := range t.columns {
			if !slices.Contains(t.key, c.name) {
				continue
			}
			v := c.plain(r)
			if v == "" && !t.full {
				return false
			}
			key += v + "\x00"
		}
		if seen[key] {
			return false
		}
		seen[key] = true
	}
	return t.key != nil
}

// field describes one column.
func (c column) field() field {
	f := field{Name: c.name, Description: c.about, Unit: c.unit, Constraints: c.constraints()}
	switch c.kind {
	case text:
		f.Type = "string"
		f.Description += guarded
	case word:
		f.Type = "string"
	case number:
		f.Type = "number"
	case integer:
		f.Type = "integer"
	case date:
		f.Type, f.Format = "date", "%Y-%m-%d"
	case yesNo:
		f.Type, f.TrueValues, f.FalseValues = "boolean", []string{"yes"}, []string{"no"}
	}
	return f
}

func (c column) constraints() *constraints {
	if !c.required && c.enum == nil && c.pattern == "" {
		return nil
	}
	return &constraints{c.required, c.enum, c.pattern}
}
