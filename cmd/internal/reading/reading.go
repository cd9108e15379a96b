// Package reading turns a Return into the page that shows how it was read:
// what was understood, every finding, and each sheet as a grid in which every
// cell says what it was taken for.
package reading

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"strings"
	"unicode"

	"boardpack/ingest"
	"boardpack/render"
	"boardpack/render/html"
	"boardpack/templates"
)

// Maker makes pages of one look. It is safe for use by several goroutines.
type Maker struct {
	style    template.CSS
	words    vocabulary
	template *template.Template
}

// NewMaker prepares pages in the colours of a look.
func NewMaker(look render.Look) (*Maker, error) {
	base, err := html.Style(look)
	if err != nil {
		return nil, fmt.Errorf("style the reading page: %w", err)
	}
	words, err := readWords()
	if err != nil {
		return nil, err
	}
	t, err := template.New("reading").Funcs(template.FuncMap{"count": count, "number": grouped}).Parse(string(templates.Must("reading/page.html")))
	if err != nil {
		return nil, fmt.Errorf("read the reading page's template: %w", err)
	}
	return &Maker{base + template.CSS(templates.Must("reading/style.css")), words, t}, nil
}

// Page gives the page of one return as self-contained HTML. The same return
// gives the same bytes. Home is the address of the page of all returns, or empty.
func (m *Maker) Page(r ingest.Return, home string) ([]byte, error) {
	p := m.page(r)
	p.Home = home
	return m.draw("reading", p)
}

func (m *Maker) draw(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := m.template.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("draw the reading page: %w", err)
	}
	return b.Bytes(), nil
}

// page is what the template draws.
type page struct {
	Style     template.CSS
	Workbook  string // with its folders
	Name      string
	Home      string
	Period    string
	PeriodBy  string
	Plan      string
	Rows      []string // "12 actions", …; empty where there are none
	Verdict   string   // "personal", "unread", "unused", "nil", "plan" or empty: what the first sentence says
	RowCount  int
	Counts    severities
	Findings  []finding
	More      int // findings that are not listed
	Sheets    []grid
	Left      []leftSheet
	Families  []Family
	SHA256    string
	Shortened bool // some sheet has rows or columns that are not shown
}

// severities counts findings that nobody has settled.
type severities struct{ Error, Query, Note, Settled int }

// All is how many findings there are.
func (s severities) All() int { return s.Error + s.Query + s.Note + s.Settled }

// leftSheet is a sheet of which nothing was read.
type leftSheet struct{ ID, Name, Why string }

func (m *Maker) page(r ingest.Return) page {
	p := page{Style: m.style, Workbook: visible(r.Name), Name: visible(path.Base(r.Name)), Period: periodWords(r), PeriodBy: visible(r.PeriodBy), Plan: visible(r.Plan),
		Rows: m.words.rowWords(r), RowCount: r.Rows().All(), Verdict: verdict(r), Families: m.words.Families, SHA256: r.SHA256}
	list, more := m.findings(r)
	p.Findings, p.More, p.Counts = list, more, countFindings(r)
	space := pageSpace
	for n, s := range r.Sheets {
		id := fmt.Sprintf("sheet-%d", n+1)
		if s.Left != "" {
			p.Left = append(p.Left, leftSheet{id, visible(s.Name), sentence(s.Left)})
			continue
		}
		g := m.grid(id, r, s, list, &space)
		p.Shortened = p.Shortened || g.Shortened
		p.Sheets = append(p.Sheets, g)
	}
	p.link()
	return p
}

func periodWords(r ingest.Return) string {
	switch {
	case r.Period.Known():
		return r.Period.Title()
	case r.Period == ingest.Period{}:
		return ""
	}
	return r.Period.String()
}

// rowWords counts the rows of a return, kind by kind: "12 actions".
func (v vocabulary) rowWords(r ingest.Return) []string {
	var out []string
	rows := r.Rows()
	for _, c := range []struct {
		n    int
		kind string
	}{{rows.Actions, "action"}, {rows.Indicators, "indicator"}, {rows.Risks, "risk"}, {rows.Narrative, "narrative"}} {
		if c.n > 0 {
			out = append(out, count(c.n, v.Kinds[c.kind].One, v.Kinds[c.kind].Many))
		}
	}
	return out
}

// verdict names what the page has to say first.
func verdict(r ingest.Return) string {
	rows := r.Rows().All()
	switch {
	case r.Personal:
		return "personal"
	case rows == 0 && r.Nil:
		return "nil"
	case rows == 0:
		return "unread"
	case r.Unusable:
		return "unused"
	case r.IsPlan():
		return "plan"
	}
	return ""
}

// count says "1 row" or "1,200 rows".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped writes a number with commas at its thousands.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// sentence begins with a capital and ends in a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(visible(s))
	if s == "" {
		return ""
	}
	r := []rune(s)
	if !strings.ContainsRune(".?!", r[len(r)-1]) {
		r = append(r, '.')
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// visible makes an officer's text fit for a page: control characters and marks
// that turn the direction of writing are taken out, bytes that are no text are shown as such.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u2028', r == '\u2029':
			return -1
		case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
