package html

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"boardpack/render"

	xhtml "golang.org/x/net/html"
)

func draw(t testing.TB, r render.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	first := draw(t, sample(t))
	runtime.GOMAXPROCS(2)
	if !bytes.Equal(first, draw(t, sample(t))) {
		t.Error("the same report gave other bytes")
	}
}

// element is one element of a page, in reading order.
type element struct {
	*xhtml.Node
	attr map[string]string
}

func elements(t testing.TB, page []byte) []element {
	t.Helper()
	root, err := xhtml.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []element
	for n := range root.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		e := element{n, map[string]string{}}
		for _, a := range n.Attr {
			e.attr[a.Key] = a.Val
		}
		out = append(out, e)
	}
	return out
}

func words(n *xhtml.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == xhtml.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func TestAnchorsAndLinks(t *testing.T) {
	all := elements(t, draw(t, sample(t)))
	ids := map[string]bool{}
	for _, e := range all {
		if id, ok := e.attr["id"]; ok {
			if ids[id] || id == "" || strings.ContainsAny(id, " \t\n") {
				t.Errorf("id %q stands twice or cannot be an id", id)
			}
			ids[id] = true
		}
	}
	for _, want := range []string{"NI-117", "CS-3.2", "exception-NI-117", "indicators", "contents", "by-light"} {
		if !ids[want] {
			t.Errorf("no element has the id %q", want)
		}
	}
	for _, e := range all {
		checkReferences(t, e, ids)
	}
}

func checkReferences(t *testing.T, e element, ids map[string]bool) {
	t.Helper()
	if href, ok := e.attr["href"]; ok {
		target, err := url.PathUnescape(strings.TrimPrefix(href, "#"))
		if err != nil || !strings.HasPrefix(href, "#") || !ids[target] {
			t.Errorf("link %q (%s) has no target in the page", href, words(e.Node))
		}
	}
	for _, id := range strings.Fields(e.attr["aria-labelledby"]) {
		if !ids[id] {
			t.Errorf("<%s> is labelled by %q, which the page lacks", e.Data, id)
		}
	}
}

func TestHeadingOrder(t *testing.T) {
	last, titles := 0, 0
	for _, e := range elements(t, draw(t, sample(t))) {
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
			continue
		}
		level := int(e.Data[1] - '0')
		if level == 1 {
			titles++
		}
		if level > last+1 {
			t.Errorf("heading %q is of level %d after level %d", words(e.Node), level, last)
		}
		last = level
	}
	if titles != 1 {
		t.Errorf("%d headings of level 1, want 1", titles)
	}
}

func TestHeadingLevelsAreMended(t *testing.T) {
	r := sample(t)
	r.Blocks = []render.Block{render.Heading{Level: 1, Text: "a"}, render.Heading{Level: 3, Text: "b"}, render.Heading{Level: 1, Text: "c"}, render.Heading{Level: 6, Text: "d"}}
	page := string(draw(t, r))
	for _, want := range []string{"<h1>a</h1>", ">b</h2>", ">c</h2>", ">d</h3>"} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %s", want)
		}
	}
}

func TestTables(t *testing.T) {
	tables := 0
	for _, e := range elements(t, draw(t, sample(t))) {
		switch e.Data {
		case "table":
			tables++
			if c := e.FirstChild.NextSibling; c == nil || c.Data != "caption" || words(c) == "" {
				t.Errorf("a table has no caption: %.80s", words(e.Node))
			}
		case "th":
			if e.attr["scope"] == "" {
				t.Errorf("head cell %q has no scope", words(e.Node))
			}
		case "img", "script", "link", "iframe":
			t.Errorf("the page holds <%s>", e.Data)
		}
	}
	if tables != 6 {
		t.Errorf("%d tables, want facts, counts, movement, key, indicators and actions", tables)
	}
}

func TestLandmarksAndLanguage(t *testing.T) {
	count := map[string]int{}
	for _, e := range elements(t, draw(t, sample(t))) {
		if e.Namespace == "" {
			count[e.Data]++
		}
		if e.Data == "html" && e.attr["lang"] != "en-GB" {
			t.Error("the page does not say its language")
		}
	}
	for _, one := range []string{"header", "nav", "main", "footer", "title", "style"} {
		if count[one] != 1 {
			t.Errorf("%d of <%s>, want 1", count[one], one)
		}
	}
}

func TestInjection(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'</style>` + "\x00\x0b"
	e := evil
	m := render.Mark{Light: evil, Shape: evil, Word: evil}
	r := sample(t)
	r.Title, r.Council, r.Draft, r.Short, r.Version, r.Date, r.Lang = e, e, e, e, e, e, e
	r.Words = render.Words{Contents: e, Page: e + "%d" + e + "%d", SkipLink: e, Back: e}
	cell := render.Cell{Text: e, Date: e, Link: e}
	r.Blocks = []render.Block{
		render.Heading{Level: 1, Text: e, ID: e}, render.Heading{Level: 2, Text: e, ID: e + "2"}, render.Paragraph{Text: e},
		render.List{Items: []render.Item{{Light: &m, Strong: e, Text: e, Link: e}}}, render.Facts{Caption: e, Rows: []render.Fact{{Label: e, Value: e}}},
		render.Table{ID: e + "t", Caption: e, Note: e, Columns: []render.Column{{Head: e}, {Head: e, RowHead: true}, {}, {}, {}},
			Groups: []render.Group{{Band: e, Rows: []render.Row{{ID: e + "r", Cells: []render.Cell{cell, {Light: &m}}}}}}},
		render.Table{Caption: e, Empty: e}, render.Bars{ID: e + "b", Title: e, Subtitle: e, Alt: e, Key: []render.Mark{m}, Rows: []render.Bar{{Label: e, Cuts: []int{1}}}},
		render.Key{Caption: e, Head: []string{e, e, e}, Lights: []render.KeyLight{{Mark: m, Action: e, Indicator: e}}, States: []render.KeyState{{Mark: m, Text: e}}},
		render.Exception{ID: e + "x", Mark: m, Ref: e, Title: e, Since: e, Figures: []render.Fact{{Label: e, Value: e}}, Texts: []render.Fact{{Label: e, Value: e}}},
	}
	page := draw(t, r)
	for _, el := range elements(t, page) {
		if el.Data == "script" || el.Data == "img" || el.attr["onerror"] != "" {
			t.Fatalf("words of the report became <%s>", el.Data)
		}
	}
	if bytes.ContainsAny(page, "\x00\x0b") {
		t.Error("a control character reached the page")
	}
}

func TestLookIsChecked(t *testing.T) {
	r := sample(t)
	r.Look.Accent = "red;}</style>"
	if err := Render(io.Discard, r); err == nil || !strings.Contains(err.Error(), "accent") {
		t.Errorf("a look that is no colour gave %v", err)
	}
}

func TestUnknownLinkIsText(t *testing.T) {
	r := sample(t)
	r.Blocks = []render.Block{render.List{Items: []render.Item{{Strong: "NI 1", Text: "x", Link: "nowhere"}}}}
	if strings.Contains(string(draw(t, r)), "nowhere") {
		t.Error("a link without a target was drawn")
	}
}

// Words and shapes keep the contrast of WCAG 2.2 AA on their grounds, in light and in dark.
func TestContrast(t *testing.T) {
	light := sample(t).Look
	dark := darken(light)
	for _, f := range []struct {
		render.Look
		ground string
	}{{light, lightGround}, {dark, darkGround}} {
		least := func(what, a, b string, want float64) {
			if c := render.Contrast(a, b); c < want {
				t.Errorf("%s on %s: %s on %s is %.2f, want %.1f", what, f.ground, a, b, c, want)
			}
		}
		for _, g := range []string{f.ground, f.Band} {
			least("ink", f.Ink, g, 4.5)
			least("secondary", f.Secondary, g, 4.5)
			least("accent", f.Accent, g, 4.5)
			least("state", f.State, g, 3)
		}
		for name, l := range f.Lights {
			least(name+" word", l.Word, l.Tint, 4.5)
			least(name+" word on the page", l.Word, f.ground, 4.5)
			least(name+" count", clearest(l.Fill), l.Fill, 4.5)
			if edge := max(render.Contrast(l.Fill, l.Tint), render.Contrast(orFill(l), l.Tint)); edge < 3 {
				t.Errorf("%s shape has %.2f on its tint", name, edge)
			}
		}
	}
}

func orFill(l render.LightLook) string {
	if l.Outline != "" {
		return l.Outline
	}
	return l.Fill
}

// big is a report with one table of many rows.
func big(t testing.TB, rows int) render.Report {
	r := sample(t)
	tab := sampleIndicators()
	model := tab.Groups[1].Rows[0]
	tab.Groups = nil
	for i := range rows {
		if i%50 == 0 {
			tab.Groups = append(tab.Groups, render.Group{Band: fmt.Sprintf("Objective %d", i/50)})
		}
		row := render.Row{ID: fmt.Sprintf("X-%d", i), Cells: append([]render.Cell(nil), model.Cells...)}
		row.Cells[0].Text = fmt.Sprintf("X %d", i)
		g := &tab.Groups[len(tab.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
	r.Blocks = []render.Block{tab}
	return r
}

func BenchmarkRender10000Rows(b *testing.B) {
	r := big(b, 10000)
	b.ReportAllocs()
	for b.Loop() {
		if err := Render(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
