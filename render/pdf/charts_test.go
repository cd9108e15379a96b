package pdf

import (
	"fmt"
	"strings"
	"testing"

	"boardpack/render"
	"boardpack/render/pdf/tagged"

	"github.com/shopspring/decimal"
)

// runChart is an invented indicator's chart of so many quarters, one of them a gap.
func runChart(quarters int, limits bool) *render.RunChart {
	c := &render.RunChart{Caption: render.Caption{Title: fmt.Sprintf("Missed the target in 6 of %d quarters", quarters),
		Subtitle: "Outturn by quarter; high is good.", Alt: "Quarter 1: 31, target 48; Quarter 2: no figure."}}
	target := decimal.NewFromInt(48)
	for q := range quarters {
		p := render.ChartPoint{Quarter: fmt.Sprintf("Q%d", q%4+1), Year: fmt.Sprintf("%d/%02d", 2004+q/4, 5+q/4)}
		if v := decimal.NewFromInt(int64(30 + 7*q%23)); q != 3 {
			p.Value, p.Text, p.Low, p.High, p.Signal = &v, v.String(), &target, &target, q == 5
		}
		c.Points = append(c.Points, p)
	}
	level := func(n int64, name string) render.Level {
		return render.Level{Value: decimal.NewFromInt(n), Name: name, Text: fmt.Sprint(n)}
	}
	t := level(48, "Target")
	c.Target = &t
	if limits {
		c.Limits = &render.ChartLimits{Upper: level(55, "Upper limit"), Mean: level(40, "Mean"), Lower: level(25, "Lower limit")}
	}
	for n := int64(0); n <= 60; n += 20 {
		c.Axis.Ticks = append(c.Axis.Ticks, render.Tick{Value: decimal.NewFromInt(n), Text: fmt.Sprint(n)})
	}
	return c
}

func bulletBar() *render.BulletBar {
	level := func(n int64, name string) render.Level {
		return render.Level{Value: decimal.NewFromInt(n), Name: name, Text: fmt.Sprint(n)}
	}
	now, year := level(240, "Wanted by now"), level(480, "Year’s target")
	return &render.BulletBar{Caption: render.Caption{Title: "212 so far, against 240 wanted by now", Subtitle: "Outturn of the year so far.", Alt: "So far: 212; Wanted by now: 240."},
		SoFar: level(212, "So far"), ByNow: &now, ByYear: &year,
		Axis: render.Axis{Ticks: []render.Tick{{Value: decimal.Zero, Text: "0"}, {Value: decimal.NewFromInt(480), Text: "480"}}}}
}

// hardExceptions are exceptions with charts whose words are long, odd or none.
func hardExceptions() []render.Block {
	odds := runChart(8, true)
	odds.Title, odds.Subtitle, odds.Alt = names[3], strings.Join(names, " "), names[4]
	odds.Target.Name, odds.Target.Text = names[0]+names[1], "£1,234,567,890,123"
	for i := range odds.Points {
		odds.Points[i].Quarter, odds.Points[i].Text = names[i%len(names)], "−£1,234,567,890.50"
	}
	var blocks []render.Block
	for n, texts := range [][]render.Fact{nil, {{Label: "Why", Value: "Short."}}, {{Label: "Why", Value: strings.Repeat(comment+"\n\n\n", 3)}, {Label: "Who", Value: names[0]}},
		{{Label: "Why", Value: strings.Repeat(comment+"\n", 40)}}} {
		for m, run := range []*render.RunChart{odds, runChart(3, false), {}} {
			e := render.Exception{ID: fmt.Sprint("hard", n, m), Mark: red, Ref: longRef, Title: strings.Repeat(names[n]+" ", 4), Texts: texts, Run: run}
			if m > 0 {
				e.Figures = []render.Fact{{Label: "Target", Value: "48"}, {Label: strings.Repeat("label ", 9), Value: strings.Repeat("9", 30)}, {Label: "Last", Value: "2"}}
			}
			blocks = append(blocks, e)
		}
	}
	blocks = append(blocks, matrix())
	return append(blocks, render.Exception{Mark: amber, Bullet: &render.BulletBar{}})
}

// matrix is a table of movement.
func matrix() render.Table {
	t := render.Table{Caption: "Light last quarter (down) and now (across)", Columns: []render.Column{{Head: "Last quarter", Width: 6, RowHead: true}}}
	ways := []render.Way{render.Better, render.Same, render.Worse, render.NoneDid, ""}
	for i := range marks {
		t.Columns = append(t.Columns, render.Column{Head: "Now " + marks[i].Word, Width: 2, Align: render.Right})
		row := render.Row{Cells: []render.Cell{{Text: marks[i].Word, Light: &marks[i]}}}
		for j := range marks {
			way := ways[(i+j)%len(ways)]
			row.Cells = append(row.Cells, render.Cell{Text: fmt.Sprintf("%d %s", 1+11*i*j, way), Number: "1", Way: way})
		}
		t.Groups = append(t.Groups, render.Group{Rows: []render.Row{row}})
	}
	return t
}

// A chart is whole on its page, wherever its exception begins and however long it is.
func TestChartsStayOnThePage(t *testing.T) {
	for lines := range 40 {
		var blocks []render.Block
		for range lines {
			blocks = append(blocks, render.Paragraph{Text: "Line.", Style: render.Quiet})
		}
		d := laid(t, bare(append(append(blocks, exceptions()...), hardExceptions()...)...))
		d.canvas.tree.Walk(func(n *tagged.Element) {
			if n.Role == "Figure" && (n.Box.Bottom < footMargin-0.01 || n.Box.Top > longSide-margin+0.01 || n.Box.Right > shortSide-margin+0.01) {
				t.Errorf("after %d lines a chart has the box %v", lines, n.Box)
			}
		})
	}
}
