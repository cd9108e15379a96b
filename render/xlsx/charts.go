package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// chart is a chart of rows of a worksheet's table: a bar for each row, cut by light.
type chart struct {
	bars  render.Bars
	first int // the first of its rows, counted from 0
	cols  []int
	look  []render.Mark
}

// chartsSheet is the worksheet of the charts: all their numbers are one table, and they stand beside it.
func chartsSheet(all []render.Bars, r render.Report, n *notes) *sheet {
	w := n.words
	t := render.Table{Caption: w.Sheets.Charts, Note: w.ChartsBeside,
		Columns: []render.Column{{Head: w.Heads.Chart}, {Head: w.Heads.Bar, RowHead: true}}}
	var key []render.Mark
	for _, b := range all {
		for _, m := range b.Key {
			if !slices.Contains(key, m) {
				key = append(key, m)
				t.Columns = append(t.Columns, render.Column{Head: m.Word, Align: render.Right})
			}
		}
	}
	group := render.Group{}
	var charts []chart
	for _, b := range all {
		c := chart{bars: b, first: len(group.Rows), look: b.Key}
		for _, m := range b.Key {
			c.cols = append(c.cols, 2+slices.Index(key, m))
		}
		charts = append(charts, c)
		for _, bar := range b.Rows {
			group.Rows = append(group.Rows, render.Row{Cells: barCells(b, bar, c.cols, len(t.Columns))})
		}
	}
	t.Groups = []render.Group{group}
	s := tableSheet(w.Sheets.Charts, t, r, n)
	s.charts = charts
	return s
}

// barCells are the numbers of a bar in the columns of their lights.
func barCells(b render.Bars, bar render.Bar, cols []int, columns int) []render.Cell {
	cells := make([]render.Cell, columns)
	cells[0], cells[1] = render.Cell{Text: b.Title}, render.Cell{Text: bar.Label}
	for i, n := range bar.Cuts {
		number := fmt.Sprint(n)
		cells[cols[i]] = render.Cell{Text: number, Number: number}
		if i < len(bar.Tallies) {
			cells[cols[i]].Tally = bar.Tallies[i]
		}
	}
	return cells
}

const (
	chartWidth   = 760 // pixels
	chartHead    = 150 // title, axis and legend
	chartBar     = 44
	chartFont    = 11 // points
	pointsAPixel = 0.75
	rowPoints    = 15.0 // of a row that is not drawn
)

// charts draws the worksheet's charts to the right of its table, each below the other.
func (p *page) charts() error {
	if len(p.sheet.charts) == 0 {
		return nil
	}
	if err := p.geometry(); err != nil {
		return err
	}
	row := p.sheet.headRow()
	for i, c := range p.sheet.charts {
		height := chartHead + chartBar*len(c.bars.Rows)
		at, err := excelize.CoordinatesToCellName(len(p.widths)+2, row)
		if err != nil {
			return err
		}
		if err := p.file.AddChart(p.sheet.name, at, p.chart(c, height)); err != nil {
			return err
		}
		p.edits[fmt.Sprintf("xl/charts/chart%d.xml", i+1)] = p.inOurLanguage
		row = p.below(row, float64(height)*pointsAPixel) + 1
	}
	return nil
}

// inOurLanguage puts the report's language for the one that excelize writes into charts.
func (b *book) inOurLanguage(w io.Writer, made []byte) error {
	for _, as := range []string{`<lang val="%s"`, ` lang="%s"`, ` altLang="%s"`} {
		made = bytes.ReplaceAll(made, fmt.Appendf(nil, as, "en-US"), fmt.Appendf(nil, as, b.report.Lang))
	}
	_, err := w.Write(made)
	return err
}

// geometry tells excelize the sizes of columns and rows, which the places of charts rest on.
func (p *page) geometry() error {
	for i, w := range p.widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := p.file.SetColWidth(p.sheet.name, name, name, w); err != nil {
			return err
		}
	}
	for i := range p.sheet.table.rows {
		if err := p.file.SetRowHeight(p.sheet.name, p.sheet.headRow()+1+i, p.heightOf(i)); err != nil {
			return err
		}
	}
	return p.file.SetRowHeight(p.sheet.name, p.sheet.headRow(), p.headHeight())
}

// below is the first row that begins below so many points under the top of a row.
func (p *page) below(row int, points float64) int {
	for ; points > 0; row++ {
		switch at := row - p.sheet.headRow() - 1; {
		case at < 0:
			points -= p.headHeight()
		case at < len(p.sheet.table.rows):
			points -= p.heightOf(at)
		default:
			points -= rowPoints
		}
	}
	return row
}

func (p *page) chart(c chart, height int) *excelize.Chart {
	gap, overlap := uint(45), 100
	ink := font(chartFont, p.report.Look.Ink)
	title := font(13, p.report.Look.Ink)
	title.Bold = true
	out := &excelize.Chart{
		Type:      excelize.BarStacked,
		Format:    excelize.GraphicOptions{AltText: joined(". ", c.bars.Title, c.bars.Subtitle) + ". " + c.bars.Alt, Name: cmp.Or(c.bars.ID, c.bars.Title), Positioning: "oneCell"},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(height)},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{
			{Text: c.bars.Title, Font: title},
			{Text: c.bars.Subtitle, Font: font(chartFont, p.report.Look.Secondary)}}},
		Legend:   excelize.ChartLegend{Position: "bottom", Font: ink},
		XAxis:    excelize.ChartAxis{ReverseOrder: true, Font: *ink},
		YAxis:    excelize.ChartAxis{None: true, Font: *ink},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0;;;"}},
		GapWidth: &gap, Overlap: &overlap,
	}
	for i := range c.cols {
		out.Series = append(out.Series, p.series(c, i))
	}
	return out
}

// series is one light of a chart's bars.
func (p *page) series(c chart, i int) excelize.ChartSeries {
	first := p.sheet.headRow() + 1 + c.first
	last := first + len(c.bars.Rows) - 1
	letter, _ := excelize.ColumnNumberToName(c.cols[i] + 1)
	cells := func(letter string, first, last int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quotedSheet(p.sheet.name), letter, first, letter, last)
	}
	colour, ink := p.colours(c.look, i)
	label := font(chartFont, ink)
	label.Bold = true
	return excelize.ChartSeries{
		Name:       fmt.Sprintf("%s!$%s$%d", quotedSheet(p.sheet.name), letter, p.sheet.headRow()),
		Categories: cells("B", first, last), Values: cells(letter, first, last),
		Fill:              fill(colour),
		DataLabel:         excelize.ChartDataLabel{Font: *label},
		DataLabelPosition: excelize.ChartDataLabelsPositionCenter,
	}
}

// colours are the fill of a light's cuts and the ink of their numbers; states take greys in turn.
func (p *page) colours(key []render.Mark, i int) (fill, ink string) {
	look := p.report.Look
	if light, ok := look.Lights[lightName(&key[i])]; ok {
		return light.Fill, cmp.Or(light.Outline, paperWhite)
	}
	states := 0
	for _, m := range key[:i] {
		if lightName(&m) == "" {
			states++
		}
	}
	greys := []string{look.State, look.Hairline, look.Secondary, look.Rule}
	return greys[states%4], []string{paperWhite, look.Ink, paperWhite, look.Ink}[states%4]
}

const paperWhite = "#ffffff"
