package html

import (
	"bytes"
	"html"
	"html/template"
	"io"
	"slices"
	"strings"

	"boardpack/render"
	"boardpack/templates"
)

// Style gives the style sheet of every page of ours: the look's colours, light
// and dark, and the rules for text, tables and marks.
func Style(l render.Look) (template.CSS, error) {
	colours, err := colourStyle(l)
	return colours + template.CSS(templates.Must("html/style.css")), err
}

// top is what the frame says before the report.
type top struct {
	render.Report
	Keywords                           string
	Colours, Style                     template.CSS
	SkipLink, Foot                     string
	PageBefore, PageBetween, PageAfter string
}

func newTop(r render.Report, colours template.CSS) top {
	t := top{
		Report:   r,
		Keywords: strings.Join(r.Keywords, ", "),
		Colours:  colours,
		Style:    template.CSS(templates.Must("html/style.css")),
		SkipLink: r.Words.SkipLink,
		Foot:     foot(r),
	}
	t.PageBefore, t.PageBetween, t.PageAfter = pageWords(r.Words.Page)
	return t
}

// foot is the line that says whose report this is and of which day.
func foot(r render.Report) string {
	var said []string
	for _, s := range []string{r.Council, r.Short, r.Version, r.DataDate} {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " · ")
}

// pageWords cuts "Page %d of %d" at its numbers, which a style sheet counts itself.
func pageWords(words string) (before, between, after string) {
	before, rest, _ := strings.Cut(words, "%d")
	between, after, _ = strings.Cut(rest, "%d")
	return before, between, after
}

// bottom is what the frame says after the report.
type bottom struct{ Foot, Back string }

func (p *page) bottom(r render.Report) bottom {
	b := bottom{Foot: foot(r)}
	if p.taken["contents list"] {
		b.Back = r.Words.Back
	}
	return b
}

// fail keeps the first error.
func (p *page) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// raw writes markup as it is.
func (p *page) raw(parts ...string) {
	for _, s := range parts {
		if p.err == nil {
			_, p.err = p.w.WriteString(s)
		}
	}
}

// text writes words, escaped for text and for quoted attributes.
func (p *page) text(s string) { p.raw(escape(s)) }

// template writes one of the frame's parts.
func (p *page) template(name string, data any) {
	if p.err == nil {
		p.err = frame.ExecuteTemplate(p.w, name, data)
	}
}

// anchor writes an id attribute, once for each anchor in a page.
func (p *page) anchor(id string) {
	if id = p.take(id); id != "" {
		p.raw(` id="`, escape(id), `"`)
	}
}

// take claims an anchor; it answers nothing where the page has it already.
func (p *page) take(id string) string {
	id = anchor(id)
	if id == "" || p.taken[id] {
		return ""
	}
	p.taken[id] = true
	return id
}

// href answers the anchor that a link may point to, or nothing where the page lacks it.
func (p *page) href(id string) string {
	if id = anchor(id); p.targets[id] {
		return id
	}
	return ""
}

// escape makes officers' words safe in text and in quoted attributes.
func escape(s string) string { return html.EscapeString(strings.ToValidUTF8(s, "\uFFFD")) }

// clean drops the control characters that HTML cannot carry, wherever they come from.
type clean struct{ w io.Writer }

// Write implements io.Writer. It looks at bytes, because a letter may be cut in two here.
func (c clean) Write(b []byte) (int, error) {
	kept := b
	if slices.ContainsFunc(b, unwritable) {
		kept = slices.DeleteFunc(bytes.Clone(b), unwritable)
	}
	if _, err := c.w.Write(kept); err != nil {
		return 0, err
	}
	return len(b), nil
}

func unwritable(b byte) bool { return b < ' ' && b != '\n' && b != '\t' || b == 0x7f }
