package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// laid is a report drawn but not written, for a look at its structure and places.
func laid(t *testing.T, r render.Report) *document {
	t.Helper()
	look, err := readPalette(r.Look)
	if err != nil {
		t.Fatal(err)
	}
	return draw(r, look)
}

func refuses(t *testing.T, what string, try func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s was not refused", what)
		}
	}()
	try()
}

func TestCanvasRefuses(t *testing.T) {
	fresh := func() *canvas { c := newCanvas(shipped()); c.addPage(false); return c }
	p := pen{shipped().regular(), 12, rgb{}}
	refuses(t, "text outside a mark", func() { fresh().text(10, 10, "word", p) })
	refuses(t, "shading outside an artifact", func() { fresh().fill(1, 1, 1, 1, rgb{}) })
	refuses(t, "shading inside a paragraph", func() {
		c := fresh()
		c.mark(c.tree.Add("P"), func() { c.fill(1, 1, 1, 1, rgb{}) })
	})
	refuses(t, "a mark inside a mark", func() {
		c := fresh()
		c.mark(c.tree.Add("P"), func() { c.mark(c.tree.Add("P"), func() {}) })
	})
	refuses(t, "a page inside an artifact", func() { c := fresh(); c.decorate(func() { c.addPage(false) }) })
}

// Each MCID of a page belongs to one element, and none is left out.
func TestStructureTreeIsWhole(t *testing.T) {
	d := laid(t, sample(30))
	seen := map[tagged.Part]bool{}
	d.canvas.tree.Walk(func(n *tagged.Element) {
		for _, p := range n.Parts {
			if seen[p] {
				t.Errorf("page %d MCID %d is in two elements", p.Page, p.MCID)
			}
			seen[p] = true
		}
	})
	total := 0
	for _, s := range d.canvas.pages {
		total += s.mcid
	}
	if len(seen) != total {
		t.Errorf("%d marks in the tree, %d on the pages", len(seen), total)
	}
}

func TestRoles(t *testing.T) {
	d := laid(t, sample(30))
	count := map[string]int{}
	d.canvas.tree.Walk(func(n *tagged.Element) {
		count[n.Role]++
		if n.Role == "Figure" && n.Alt == "" {
			t.Error("a figure has no words for those who do not see it")
		}
	})
	for _, role := range []string{"H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Caption", "Figure", "Link", "TOC", "TOCI"} {
		if count[role] == 0 {
			t.Errorf("no element of role %s", role)
		}
	}
	if count["H1"] != 1 {
		t.Errorf("%d elements of role H1", count["H1"])
	}
}

// A heading never ends a page, wherever on the page it comes to stand.
func TestHeadingStaysWithWhatFollows(t *testing.T) {
	for lines := range 50 {
		var blocks []render.Block
		for range lines {
			blocks = append(blocks, render.Paragraph{Text: "Line.", Style: render.Quiet})
		}
		blocks = append(blocks, render.Heading{Level: 2, Text: "Heading"},
			render.Heading{Level: 3, Text: "Part", ID: "part"}, lightTable())
		d := laid(t, bare(blocks...))
		heading, first := pageOf(d, "Heading"), pageOf(d, "Blue")
		if heading != first {
			t.Errorf("after %d lines the heading is on page %d, the first row on %d", lines, heading, first)
		}
	}
}

// Tables without a caption break pages at any place, too.
func TestTableWithoutCaption(t *testing.T) {
	tab := lightTable()
	tab.Caption = ""
	for lines := range 50 {
		var blocks []render.Block
		for range lines {
			blocks = append(blocks, render.Paragraph{Text: "Line.", Style: render.Quiet})
		}
		laid(t, bare(append(blocks, tab)...))
		laid(t, bare(append(blocks, render.Key{Head: []string{"Mark"}, Lights: []render.KeyLight{{Mark: red}}})...))
	}
}

// pageOf is where a text was first written.
func pageOf(d *document, text string) int {
	page := 0
	d.canvas.tree.Walk(func(n *tagged.Element) {
		if page == 0 && strings.TrimSpace(n.Text) == text && len(n.Parts) > 0 {
			page = n.Parts[0].Page
		}
	})
	return page
}

// piecePages is the page that each piece of a report is set on.
func piecePages(t *testing.T, r render.Report) []int {
	t.Helper()
	d := laid(t, r)
	d.canvas = newCanvas(shipped())
	b := newBuilder(d)
	b.blocks(r.Blocks)
	pages := make([]int, len(b.pieces))
	for i := range b.pieces {
		draw := b.pieces[i].draw
		b.pieces[i].draw = func(c *canvas, y float64) {
			pages[i] = c.page
			if draw != nil {
				draw(c, y)
			}
		}
	}
	f := flow{canvas: d.canvas, start: d.watermark}
	f.set(b.pieces)
	return pages
}

func TestNoSingleLinesOfParagraphs(t *testing.T) {
	for lines := range 60 {
		var blocks []render.Block
		for range lines {
			blocks = append(blocks, render.Paragraph{Text: "Line.", Style: render.Quiet})
		}
		pages := piecePages(t, bare(append(blocks, render.Paragraph{Text: comment + " " + comment})...))
		on := map[int]int{}
		for _, page := range pages[lines:] {
			on[page]++
		}
		for page, n := range on {
			if n < 2 {
				t.Errorf("after %d lines, page %d has %d line of the paragraph", lines, page, n)
			}
		}
	}
}

func TestExceptionStaysTogether(t *testing.T) {
	d := laid(t, sample(60))
	d.canvas.tree.Walk(func(n *tagged.Element) {
		if n.Role != "Sect" {
			return
		}
		pages := map[int]bool{}
		n.Walk(func(k *tagged.Element) {
			for _, p := range k.Parts {
				pages[p.Page] = true
			}
		})
		if len(pages) != 1 {
			t.Errorf("the exception %q is on %d pages", n.Kids[0].Text, len(pages))
		}
	})
}

// A row taller than a page is broken between its lines and loses none.
func TestRowTallerThanPage(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 6000))
	for _, wide := range []bool{false, true} {
		tab := render.Table{Caption: "Tall", Columns: []render.Column{{Head: "Ref", Width: 1}, {Head: "Text", Width: 4, Below: true}},
			Groups: []render.Group{{Band: "Band", Rows: []render.Row{{Cells: []render.Cell{{Text: "A1"}, {Text: long}}}}}}}
		if wide {
			tab = broad(2)
			tab.Groups[0].Rows[0].Cells[6].Text = long
		}
		d := laid(t, bare(tab))
		if p := d.canvas.pages[0]; p.w > p.h != wide {
			t.Fatalf("landscape %v", !wide)
		}
		words := 0
		d.canvas.tree.Walk(func(n *tagged.Element) { words += strings.Count(n.Text, "word") })
		if words != 6000 {
			t.Errorf("wide %v: %d words of 6000", wide, words)
		}
		if len(d.canvas.pages) < 3 {
			t.Errorf("wide %v: only %d pages", wide, len(d.canvas.pages))
		}
	}
}

func TestWideTableHasItsOwnPages(t *testing.T) {
	long := render.Paragraph{Text: strings.Repeat(comment+" ", 5)}
	d := laid(t, bare(render.Paragraph{Text: "Before."}, render.PageBreak{}, long,
		render.Heading{Level: 2, Text: "Wide"}, render.Paragraph{Text: "Leads in."}, broad(3), long))
	turned(t, d, false, false, true, false)
	if pageOf(d, "Wide") != 3 || pageOf(d, "Leads in.") != 3 {
		t.Error("the heading did not go with its table")
	}
}

// broad is a table that cannot be read upright, though nobody says that it is to be turned.
func broad(rows int) render.Table {
	t := render.Table{Caption: "Broad", Groups: make([]render.Group, 1)}
	for i := range 7 {
		t.Columns = append(t.Columns, render.Column{Head: fmt.Sprint("Column ", i+1), Width: 1})
	}
	for range rows {
		t.Groups[0].Rows = append(t.Groups[0].Rows, render.Row{Cells: slices.Repeat([]render.Cell{{Text: comment[:70]}}, 7)})
	}
	return t
}

// A table is turned where it cannot be read upright, and only there: of those
// that may be, only one that fills half a page.
func TestTablesAreTurnedByNeed(t *testing.T) {
	narrow, many := broad(3), indicators(40, true)
	narrow.Columns = narrow.Columns[:4]
	for i := range narrow.Groups[0].Rows {
		narrow.Groups[0].Rows[i].Cells = narrow.Groups[0].Rows[i].Cells[:4]
	}
	asked := indicators(5, true)
	asked.Turned = true
	for name, c := range map[string]struct {
		table render.Table
		want  bool
	}{"asked for": {asked, true}, "broad": {broad(3), true}, "narrow": {narrow, false}, "many rows": {many, true}, "few rows": {indicators(5, true), false}, "upright": {indicators(40, false), false}} {
		if p := laid(t, bare(c.table)).canvas.pages[0]; p.w > p.h != c.want {
			t.Errorf("%s: landscape %v", name, p.w > p.h)
		}
	}
}

// turned wants pages that are landscape or not.
func turned(t *testing.T, d *document, want ...bool) {
	t.Helper()
	var got []bool
	for _, s := range d.canvas.pages {
		got = append(got, s.w > s.h)
	}
	if !slices.Equal(got, want) {
		t.Errorf("landscape pages: %v, not %v", got, want)
	}
}

// What is too short for a page of its own goes onto the landscape page beside it;
// the report's first page stays upright.
func TestNoNearlyEmptyPagesBesideLandscape(t *testing.T) {
	short, wide := render.List{Items: []render.Item{{Text: "Short."}}}, broad(3)
	turned(t, laid(t, bare(short, wide, short)), false, true)
	turned(t, laid(t, bare(short, wide, short, wide)), false, true)
	turned(t, laid(t, bare(short, render.PageBreak{}, short, wide)), false, true)
	turned(t, laid(t, bare(short, wide, render.PageBreak{}, short)), false, true, false)
}

// A short table is whole where that leaves little of a page empty, and broken elsewhere.
func TestShortTableIsWholeNearTheFoot(t *testing.T) {
	for lines := range 55 {
		var blocks []render.Block
		for range lines {
			blocks = append(blocks, render.Paragraph{Text: "Line.", Style: render.Quiet})
		}
		r := bare(append(blocks, lightTable())...)
		pages := piecePages(t, r)
		left := depth(false) - float64(lines)*(small.lead+5)
		if whole := pages[lines] == pages[len(pages)-1]; left < 0.3*depth(false) && left > 0 && !whole {
			t.Errorf("after %d lines the table is broken", lines)
		}
		if left > 0.35*depth(false) && pages[lines] != 1 {
			t.Errorf("after %d lines the table leaves %.0f points empty", lines, left)
		}
	}
}

// emptyAndOdd are reports that say little.
func emptyAndOdd() [][]render.Block {
	return [][]render.Block{
		{}, {render.PageBreak{}}, {render.Contents{}}, {render.Table{}},
		{render.Table{Columns: []render.Column{{}}, Groups: []render.Group{{Band: "b"}}}},
		{render.Table{Columns: []render.Column{{}, {}}, Groups: []render.Group{{Rows: []render.Row{{}}}}}},
		{render.Table{Wide: true, Note: "n", Empty: "None."}},
		{render.Bars{}}, {render.Bars{Rows: []render.Bar{{Label: "none", Cuts: []int{0, -3, 4}}}, Key: marks[:1]}},
		{render.Key{}}, {render.Facts{}}, {render.List{}}, {render.List{Items: []render.Item{{}}}},
		{render.Exception{}}, {render.Paragraph{}}, {render.Heading{}}, {render.Heading{Level: 3, Text: "First"}, render.Heading{Level: 9}},
		{render.List{Items: []render.Item{{Strong: "X1", Link: "gone"}}}, render.Table{Groups: []render.Group{{Rows: []render.Row{{ID: "gone"}}}}}},
		{render.PageBreak{}, render.PageBreak{}, render.Heading{Level: 3}, indicators(2, true), render.PageBreak{}},
	}
}

func TestEmptyAndOdd(t *testing.T) {
	for i, blocks := range emptyAndOdd() {
		if len(rendered(t, bare(blocks...))) == 0 {
			t.Errorf("case %d gave nothing", i)
		}
	}
	if len(rendered(t, render.Report{Date: "2008-03-31", Look: testLook()})) == 0 {
		t.Error("an empty report gave nothing")
	}
}

func TestManyHeadings(t *testing.T) {
	blocks := []render.Block{render.Heading{Level: 1, Text: "Plans"}, render.Contents{}}
	for i := range 60 {
		blocks = append(blocks, render.Heading{Level: 2, Text: fmt.Sprintf("Plan %d", i)},
			render.Paragraph{Text: comment}, render.Heading{Level: 3, Text: fmt.Sprintf("Part %d", i)}, render.Paragraph{Text: comment})
	}
	d := laid(t, bare(blocks...))
	if len(d.entries) != 120 {
		t.Fatalf("%d headings in the contents", len(d.entries))
	}
	last := 0
	for _, e := range d.entries {
		at := d.canvas.places[e.anchor]
		if at.page < last {
			t.Errorf("%s is on page %d, after %d", e.text, at.page, last)
		}
		last = at.page
	}
}

func TestMistakesAreTold(t *testing.T) {
	r := bare()
	r.Date = "31 March 2008"
	if err := Render(&strings.Builder{}, r); err == nil || !strings.Contains(err.Error(), "31 March 2008") {
		t.Errorf("date: %v", err)
	}
	r = bare()
	r.Look.Accent = "navy"
	if err := Render(&strings.Builder{}, r); err == nil || !strings.Contains(err.Error(), "accent") {
		t.Errorf("colour: %v", err)
	}
}
