package html

import (
	"html/template"
	"strconv"

	"boardpack/render"
)

// sectionHeading writes a heading of the report; from the second section on, a
// way back to the contents stands before it.
func (p *page) sectionHeading(h render.Heading) {
	if h.Level == 2 {
		if p.section++; p.section > 1 && p.taken["contents list"] && p.report.Words.Back != "" {
			p.raw(`<p class="back"><a href="#contents">`)
			p.text(p.report.Words.Back)
			p.raw("</a></p>\n")
		}
	}
	p.heading(h)
}

// heading writes a heading of a level that follows the one before: the title
// once, and no level left out on the way down.
func (p *page) heading(h render.Heading) {
	level := min(max(h.Level, 1), p.level+1, 6)
	if p.level > 0 {
		level = max(level, 2)
	}
	p.level = level
	n := strconv.Itoa(level)
	p.raw("<h", n)
	p.anchor(h.ID)
	p.raw(">")
	p.text(h.Text)
	p.raw("</h", n, ">\n")
}

func (p *page) paragraph(b render.Paragraph) {
	switch b.Style {
	case render.Lead:
		p.raw(`<p class="lead">`)
	case render.Quiet:
		p.raw(`<p class="quiet">`)
	case render.Warn:
		p.raw(`<p class="warn">`)
	default:
		p.raw(`<p>`)
	}
	p.text(b.Text)
	p.raw("</p>\n")
}

// listView is a list as the template draws it.
type listView struct {
	Numbered, Lit bool
	Items         []itemView
}

type itemView struct {
	Mark               template.HTML
	Strong, Text, Href string
}

func (p *page) list(l render.List) {
	v := listView{Numbered: l.Numbered}
	for _, it := range l.Items {
		item := itemView{Strong: it.Strong, Text: it.Text, Href: p.href(it.Link)}
		if it.Light != nil {
			item.Mark, v.Lit = p.mark(*it.Light), true
		}
		v.Items = append(v.Items, item)
	}
	p.template("list", v)
}

// keyView is the key with its marks drawn.
type keyView struct {
	Caption       string
	Head          []string
	Second, Third string
	Lights        []keyLight
	States        []keyState
}

type keyLight struct {
	Mark              template.HTML
	Action, Indicator string
}

type keyState struct {
	Mark template.HTML
	Text string
}

func (p *page) key(k render.Key) {
	v := keyView{Caption: k.Caption, Head: make([]string, 3)}
	copy(v.Head, k.Head)
	v.Second, v.Third = v.Head[1], v.Head[2]
	for _, l := range k.Lights {
		v.Lights = append(v.Lights, keyLight{p.mark(l.Mark), l.Action, l.Indicator})
	}
	for _, s := range k.States {
		v.States = append(v.States, keyState{p.mark(s.Mark), s.Text})
	}
	p.template("key", v)
}

// exceptionView is an exception with its first line drawn.
type exceptionView struct {
	ID, Class      string
	Head           template.HTML
	Since          string
	Figures, Texts []render.Fact
	Chart          *chartView
}

// exception writes a block about one row; its heading stands a level below the
// section's, and all exceptions of a section on the same level.
func (p *page) exception(e render.Exception) {
	n := strconv.Itoa(min(p.level+1, 6))
	head := "<h" + n + ">" + string(p.mark(e.Mark)) + escape(e.Ref) + " " + escape(e.Title) + "</h" + n + ">"
	p.template("exception", exceptionView{
		ID:      p.take(e.ID),
		Class:   p.class(e.Mark),
		Head:    template.HTML(head),
		Since:   e.Since,
		Figures: e.Figures,
		Texts:   e.Texts,
		Chart:   p.chartOf(e),
	})
}
