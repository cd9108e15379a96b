package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// Names and references as officers write them, and what their programs add.
var (
	longRef = "CSD/HOUSING-STRATEGY/2026-27/PI-000000042" + "/A"
	names   = []string{
		"Llŷr ap Gwynedd, Ŵyr a Ŷd", "Łucja Żółć-Dąbrowska, Świętokrzyskie", "Siân Ó Súilleabháin",
		"Visits \U0001F4DA\U0001F468\u200d\U0001F469\u200d\U0001F467", "\u05e9\u05dc\u05d5\u05dd \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
		"cafe\u0301 Z\u0337a\u0300\u0323", "bell\a nul\x00 escape\x1b[31m", "x\u2212y \u2264 5 \u2030 \u00bd\u00b2",
	}
)

// torture is a report that no board should have to read: hundreds of rows, a row
// taller than a page, dozens of plans, tables without rows, and text of every kind.
func torture(rows, plans int) render.Report {
	blocks := append(opening(), summary()...)
	blocks = append(blocks, render.Heading{Level: 2, Text: "Everything at once", ID: "everything"}, torn(rows))
	blocks = append(blocks, render.Heading{Level: 4, Text: "A part without its section"}, tall(), tallAndBroad())
	for i := range plans {
		blocks = append(blocks, render.Heading{Level: 2, Text: fmt.Sprintf("Plan %d: %s", i+1, names[i%len(names)]), ID: fmt.Sprint("plan", i)},
			render.Paragraph{Text: strings.Repeat(comment+" ", i%4)}, render.Heading{Level: 3, Text: "Actions"}, planTable(i))
	}
	r := bare(append(append(blocks, exceptions()...), hardExceptions()...)...)
	r.Subject, r.Keywords = strings.Join(names, ", "), names
	return r
}

// torn is a table of so many rows in which every name, reference and light comes up.
func torn(rows int) render.Table {
	t := indicators(rows, false)
	t.Columns = append(t.Columns, render.Column{Head: "Officer", Width: 2}, render.Column{Head: "Comment", Width: 4, Below: true})
	n := 0
	for _, g := range t.Groups {
		for i := range g.Rows {
			cells := g.Rows[i].Cells
			if n%50 == 0 {
				cells[0].Text = longRef
			}
			if n%7 == 0 {
				cells[1].Text = ""
			}
			g.Rows[i].Cells = append(cells, render.Cell{Text: names[n%len(names)]}, render.Cell{Text: strings.Repeat(comment+"\n", n%3)})
			n++
		}
	}
	return t
}

// tall is a table with a row taller than a page.
func tall() render.Table {
	return render.Table{Caption: "A row taller than a page", Columns: []render.Column{{Head: "Ref", Width: 1, NoWrap: true}, {Head: "Title", Width: 3, RowHead: true}, {Head: "Comment", Width: 4, Below: true}},
		Groups: []render.Group{{Band: "A band", Rows: []render.Row{{ID: "tall", Cells: []render.Cell{{Text: longRef}, {Text: strings.Repeat("title ", 40)}, {Text: strings.Repeat(comment+"\n\n", 40)}}}}}}}
}

// tallAndBroad is landscape, and of its rows one is taller than a page.
func tallAndBroad() render.Table {
	t := broad(20)
	for i := range 7 {
		t.Groups[0].Rows[3].Cells[i] = render.Cell{Text: strings.Repeat(names[i]+"\n", 60)}
	}
	return t
}

// The torture report is what it says.
func TestTortureIsTorture(t *testing.T) {
	d := laid(t, torture(500, 60))
	landscape, tall, rows, long := 0, map[string]bool{}, 0, 0
	for _, s := range d.canvas.pages {
		if s.w > s.h {
			landscape++
		}
	}
	var said strings.Builder
	d.canvas.tree.Walk(func(n *tagged.Element) {
		said.WriteString(n.Text + "\n")
		if n.Role == "TR" {
			rows++
		}
		if n.Role == "TD" && len(n.Parts) > 1 && n.Parts[0].Page != n.Parts[len(n.Parts)-1].Page {
			tall[fmt.Sprint(d.canvas.pages[n.Parts[0].Page-1].w > longSide-1)] = true
		}
		if strings.Contains(n.Text, longRef) {
			long++
		}
	})
	if landscape < 3 || len(tall) != 2 || rows < 500 || long < 10 || len(longRef) < 40 {
		t.Errorf("%d landscape pages, tall rows %v, %d rows, %d long references of %d", landscape, tall, rows, long, len(longRef))
	}
	for _, want := range []string{"Plan 60: ", "Ŵyr a Ŷd", "Żółć-Dąbrowska", "No action is planned.", "café", "bell nul escape[31m", "x−y ≤ 5", "Visits ??"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("there is no %q", want)
		}
	}
}

// planTable has no rows for each third plan.
func planTable(plan int) render.Table {
	t := render.Table{Caption: fmt.Sprintf("Plan %d: actions", plan+1), Empty: "No action is planned.", Columns: []render.Column{{Head: "Ref", NoWrap: true, Width: 1}, {Head: "Action", Width: 4, RowHead: true}, {Head: "Light", Width: 1}}}
	for i := range plan % 3 {
		m := &marks[(plan+i)%len(marks)]
		t.Groups = append(t.Groups, render.Group{Rows: []render.Row{{Cells: []render.Cell{{Text: fmt.Sprintf("P%d.%d", plan+1, i+1)}, {Text: names[(plan+i)%len(names)]}, {Light: m}}}}})
	}
	return t
}

// hard are the reports that everything must hold for.
func hard() map[string]render.Report {
	all := map[string]render.Report{
		"sample": sample(60), "crowded": crowded(), "torture": torture(500, 60), "odd": oddReport(),
		"nothing": {Date: "2008-03-31", Look: testLook()}, "bare": bare(), "final": sample(12),
	}
	all["logo"] = withLogo(sample(12))
	final := all["final"]
	final.Draft, final.Edition = "", "Public edition"
	all["final"] = final
	for i, blocks := range emptyAndOdd() {
		all[fmt.Sprint("odd", i)] = bare(blocks...)
	}
	for lines := range 12 {
		var blocks []render.Block
		for range 45 + lines {
			blocks = append(blocks, render.Paragraph{Text: "Line.", Style: render.Quiet})
		}
		all[fmt.Sprintf("heading at the end %d", lines)] = bare(append(blocks, render.Heading{Level: 2, Text: "Heading"}, lightTable())...)
	}
	return all
}

// withLogo puts a picture with a clear ground over the title.
func withLogo(r render.Report) render.Report {
	mark := image.NewNRGBA(image.Rect(0, 0, 300, 100))
	for x := range 300 {
		for y := range 100 {
			mark.SetNRGBA(x, y, color.NRGBA{R: uint8(x), G: 0x3a, B: uint8(y), A: uint8(2 * y)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, mark); err != nil {
		panic(err)
	}
	r.Blocks = append([]render.Block{render.Picture{Bytes: b.Bytes(), Alt: "Lake Council: three waves", Height: 18}}, r.Blocks...)
	return r
}
