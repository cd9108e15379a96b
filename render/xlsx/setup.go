package xlsx

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

const (
	textSheetWidth = 74  // the one column of a worksheet of text: an upright page
	uprightWidth   = 90  // a wider table wants landscape paper
	largeWidth     = 210 // and a still wider one larger paper
	paperA4        = 9
	paperA3        = 8
	sideMarginInch = 0.6
	footMarginInch = 0.8
)

// setUp sets the used range and how the sheet prints: fitted to the width of the
// paper, the table's heads again on each page, no header or footer.
func (p *page) setUp() error {
	f, s := p.file, p.sheet
	used, err := excelize.CoordinatesToCellName(len(p.widths), p.lastRow())
	if err != nil {
		return err
	}
	if err := f.SetSheetDimension(s.name, "A1:"+used); err != nil {
		return err
	}
	yes, one, many, side, foot := true, 1, 0, sideMarginInch, footMarginInch
	paper, orientation := p.paper()
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	if err := f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &foot}); err != nil {
		return err
	}
	if s.table == nil {
		return nil
	}
	if err := p.lightFills(); err != nil {
		return err
	}
	if err := p.charts(); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quotedSheet(s.name), s.headRow(), s.headRow())})
}

func (p *page) lastRow() int {
	if p.sheet.table == nil {
		return len(p.sheet.lines) + 1
	}
	return p.sheet.headRow() + len(p.sheet.table.rows)
}

// tableRange is the table with its heads: "A7:H40".
func (p *page) tableRange() string {
	corner, _ := excelize.CoordinatesToCellName(len(p.sheet.table.columns), p.lastRow())
	return fmt.Sprintf("A%d:%s", p.sheet.headRow(), corner)
}

func (p *page) paper() (size int, orientation string) {
	width := 0.0
	for _, w := range p.widths {
		width += w
	}
	switch {
	case p.sheet.table == nil || !p.sheet.table.wide && width <= uprightWidth && len(p.sheet.charts) == 0:
		return paperA4, "portrait"
	case width > largeWidth:
		return paperA3, "landscape"
	}
	return paperA4, "landscape"
}

// lightFills gives the lights of a table that is worked in a fill that follows
// the word, so that a light that somebody changes does not keep its old colour.
func (p *page) lightFills() error {
	g := p.sheet.table
	if g.of == "" || len(g.rows) == 0 {
		return nil
	}
	for i := range g.columns {
		if !hasLights(g, i) {
			continue
		}
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		cells := fmt.Sprintf("%s%d:%s%d", letter, p.sheet.headRow()+1, letter, p.lastRow())
		if err := p.file.SetConditionalFormat(p.sheet.name, cells, p.fills); err != nil {
			return err
		}
		if g.columns[i].Field == "light" && g.of != "count" {
			if err := p.chooseLight(cells); err != nil {
				return err
			}
		}
	}
	return nil
}

// chooseLight offers the scheme's lights in the cells of a light.
func (p *page) chooseLight(cells string) error {
	var words []string
	for _, m := range p.lights {
		if strings.Contains(m.Word, ",") {
			return nil // a list cannot hold it
		}
		words = append(words, m.Word)
	}
	if len(words) == 0 || unitsOf(strings.Join(words, ",")) > longestCriterion {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	if err := v.SetDropList(words); err != nil {
		return err
	}
	v.SetError(excelize.DataValidationErrorStyleWarning, p.words.ChooseTitle, p.words.Choose)
	return p.file.AddDataValidation(p.sheet.name, v)
}

func hasLights(g *grid, col int) bool {
	for _, r := range g.rows {
		if col < len(r.Cells) && r.Cells[col].Light != nil {
			return true
		}
	}
	return false
}

// lightsOf are the lights and states that stand in the tables of all rows, in the
// order of the counts: the scheme's.
func lightsOf(tables []render.Table) []render.Mark {
	var lights []render.Mark
	seen := map[string]bool{}
	for _, t := range slices.Backward(tables) {
		for _, g := range t.Groups {
			for _, r := range g.Rows {
				for i := range r.Cells {
					if m := r.Cells[i].Light; m != nil && !seen[m.Word] {
						seen[m.Word] = true
						lights = append(lights, *m)
					}
				}
			}
		}
	}
	return lights
}

// colourFills are a rule for each colour among the lights.
func (b *book) colourFills() ([]excelize.ConditionalFormatOptions, error) {
	var rules []excelize.ConditionalFormatOptions
	for _, m := range b.lights {
		if lightName(&m) == "" {
			continue
		}
		rule, err := b.colourFill(&m)
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

func (b *book) colourFill(m *render.Mark) (excelize.ConditionalFormatOptions, error) {
	light := b.report.Look.Lights[m.Light]
	id, err := b.file.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: light.Word},
		Fill: fill(light.Tint)})
	return excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: quotedText(m.Word), Format: &id}, err
}

// withoutButtons takes the filter buttons off a table's heads.
func withoutButtons(w io.Writer, made []byte) error {
	_, err := w.Write(filterButtons.ReplaceAll(made, nil))
	return err
}

var filterButtons = regexp.MustCompile(`<autoFilter[^>]*(/>|></autoFilter>)`)
