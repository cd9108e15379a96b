package workbook

import (
	"fmt"
	"slices"
	"strings"
)

// cellLook is one of the formats of the sheet of findings.
type cellLook int

const (
	lookTitle cellLook = iota
	lookPlain
	lookHeader
	lookNumber
	lookText
	lookLink
	lookExplanation
	lookMark
	lookError
	lookQuery
	lookNote
	lookSettled
	looks // how many there are
)

// marking is what a style sheet holds for marks: the formats' numbers and that of the border.
type marking struct {
	looks [looks]int // number of the cell format of each look
	edges [edges]int // number of the differential format of each edge
}

// edge is a part of the border around a marked cell. A side is also drawn by
// the cell beyond it, whose own line would hide it.
type edge int

const (
	edgeAll    edge = iota // the cell's own four
	edgeLeft               // of the cell to the right
	edgeRight              // of the cell to the left
	edgeTop                // of the cell below
	edgeBottom             // of the cell above
	edges                  // how many there are
)

// styleList is a list of the style sheet that is only ever added to.
type styleList struct {
	name  string // "fonts"
	items []string
}

// styleLists are the style sheet's lists in the order that the file format asks for (ECMA-376, 18.8.39).
var styleLists = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}

// styleBases stand first in a list that is empty or not there: what every program takes for the number 0.
var styleBases = map[string][]string{
	"fonts":   {`<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>`},
	"fills":   {`<fill><patternFill patternType="none"/></fill>`, `<fill><patternFill patternType="gray125"/></fill>`},
	"borders": {`<border><left/><right/><top/><bottom/><diagonal/></border>`},
	"cellXfs": {`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`},
}

// emptyStyles is the style sheet of a workbook that has none.
const emptyStyles = xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>`

// maxFormats is how many cell formats a workbook may have, less what marks need.
const maxFormats = 64_000

// addStyles puts what marks need at the end of a style sheet's lists, or finds it there. No number changes.
func addStyles(data []byte, w MarkWords) ([]byte, marking, error) {
	var m marking
	data, fonts, err := appendStyles(data, styleList{"fonts", w.fonts()})
	if err != nil {
		return nil, m, err
	}
	data, fills, err := appendStyles(data, styleList{"fills", w.fills()})
	if err != nil {
		return nil, m, err
	}
	data, borders, err := appendStyles(data, styleList{"borders", []string{`<border><left/><right/><top/><bottom/><diagonal/></border>`, w.cellBorder("rule", sides...)}})
	if err != nil {
		return nil, m, err
	}
	data, formats, err := appendStyles(data, styleList{"cellXfs", cellFormats(fonts, fills, borders)})
	if err != nil {
		return nil, m, err
	}
	if formats[len(formats)-1] >= maxFormats {
		return nil, m, fmt.Errorf("the workbook has %d cell formats, and no room for more", formats[0])
	}
	var lines []string
	for _, of := range [edges][]string{edgeAll: sides, edgeLeft: {"left"}, edgeRight: {"right"}, edgeTop: {"top"}, edgeBottom: {"bottom"}} {
		lines = append(lines, "<dxf>"+w.cellBorder("border", of...)+"</dxf>")
	}
	data, marks, err := appendStyles(data, styleList{"dxfs", lines})
	copy(m.looks[:], formats)
	copy(m.edges[:], marks)
	return data, m, err
}

var sides = []string{"left", "right", "top", "bottom"}

func (w MarkWords) fonts() []string {
	font := func(size int, colour, marks string) string {
		return fmt.Sprintf(`<font>%s<sz val="%d"/><color rgb="%s"/><name val="Calibri"/><family val="2"/></font>`, marks, size, colour)
	}
	const ink, white = "FF1A1A1A", "FFFFFFFF"
	return []string{font(16, w.rgb("accent"), "<b/>"), font(11, ink, ""), font(11, ink, "<b/>"), font(11, white, "<b/>"),
		font(11, w.rgb("link"), "<u/>"), font(8, w.rgb("secondary"), "")}
}

func (w MarkWords) fills() []string {
	solid := func(colour string) string {
		return fmt.Sprintf(`<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/></patternFill></fill>`, w.rgb(colour))
	}
	return []string{`<fill><patternFill patternType="none"/></fill>`, solid("accent"), solid("error"), solid("query"), solid("settled")}
}

// cellBorder is a thin line on some sides, the only width that every program draws by a rule.
func (w MarkWords) cellBorder(colour string, on ...string) string {
	var b strings.Builder
	for _, side := range on {
		fmt.Fprintf(&b, `<%s style="thin"><color rgb="%s"/></%s>`, side, w.rgb(colour), side)
	}
	return "<border>" + b.String() + "</border>"
}

// cellFormats are the looks in their order. quotePrefix keeps a text that
// begins like a formula a text when its cell is edited; format 49 is text.
func cellFormats(fonts, fills, borders []int) []string {
	format := func(font, fill, border int, attrs, alignment string) string {
		return fmt.Sprintf(`<xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"%s><alignment vertical="top"%s/></xf>`,
			fonts[font], fills[fill], borders[border], attrs, alignment)
	}
	const wrap, quote = ` wrapText="1"`, ` quotePrefix="1"`
	explanation := strings.Replace(format(1, 0, 1, ` applyNumberFormat="1" applyProtection="1"`, wrap), `numFmtId="0"`, `numFmtId="49"`, 1)
	explanation = strings.Replace(explanation, "</xf>", `<protection locked="0"/></xf>`, 1)
	return []string{
		format(0, 0, 0, quote, ""), format(1, 0, 0, quote, ""), format(3, 1, 1, "", ` wrapText="1"`),
		format(1, 0, 1, "", ` horizontal="center"`), format(1, 0, 1, quote, wrap), format(4, 0, 1, quote, wrap), explanation,
		format(5, 0, 1, quote, wrap),
		format(2, 2, 1, "", wrap), format(2, 3, 1, "", wrap), format(1, 0, 1, "", wrap), format(1, 4, 1, "", wrap),
	}
}

// appendStyles adds items at the end of a list of the style sheet and gives
// the number of each; an item that stands there already is not added again.
func appendStyles(data []byte, add styleList) ([]byte, []int, error) {
	list, err := outline(data, 2)
	if err != nil {
		return nil, nil, err
	}
	if list[0].single {
		return appendStyles(applyEdits(data, []edit{insertInto(data, list[0], "")}), add)
	}
	prefix, at := list[0].prefix, named(list, 1, add.name)
	var have []string
	if at >= 0 {
		for _, e := range children(list, at) {
			have = append(have, string(data[e.start:e.end]))
		}
	}
	var fresh []string
	if len(have) == 0 {
		fresh = prefixed(styleBases[add.name], prefix)
	}
	numbers := make([]int, 0, len(add.items))
	for _, item := range prefixed(add.items, prefix) {
		all := append(slices.Clip(have), fresh...)
		n := slices.Index(all, item)
		if n < 0 {
			n, fresh = len(all), append(fresh, item)
		}
		numbers = append(numbers, n)
	}
	if at < 0 {
		text := fmt.Sprintf(`<%s%s count="%d">%s</%s%s>`, prefix, add.name, len(fresh), strings.Join(fresh, ""), prefix, add.name)
		where := insertOrdered(list, add.name, styleLists)
		return applyEdits(data, []edit{{where, where, text}}), numbers, nil
	}
	if len(fresh) == 0 {
		return data, numbers, nil
	}
	edits := []edit{insertInto(data, list[at], strings.Join(fresh, ""))}
	if _, _, ok := attrSpan(data, list[at], "count"); ok {
		edits = append(edits, setAttr(data, list[at], "count", fmt.Sprint(len(have)+len(fresh))))
	}
	return applyEdits(data, edits), numbers, nil
}

// prefixed writes elements with the prefix that a part's own have.
func prefixed(items []string, prefix string) []string {
	out := slices.Clone(items)
	if prefix == "" {
		return out
	}
	for i := range out {
		out[i] = strings.ReplaceAll(strings.ReplaceAll(out[i], "<", "<"+prefix), "<"+prefix+"/", "</"+prefix)
	}
	return out
}

// insertOrdered is where an element belongs among the root's children, whose
// order the file format fixes: before the first that comes after it.
func insertOrdered(list []element, name string, order []string) int {
	rank := slices.Index(order, name)
	for _, e := range children(list, 0) {
		if e.rank(list, order) > rank {
			return e.start
		}
	}
	return list[0].close
}

// rank is an element's place in an order. What stands for another element, as
// AlternateContent does, has the place of the first that it holds; one that is not known has none.
func (e element) rank(list []element, order []string) int {
	if n := slices.Index(order, e.name); n >= 0 || e.name != "AlternateContent" {
		return n
	}
	for _, x := range list {
		if n := slices.Index(order, x.name); n >= 0 && x.start > e.start && x.end <= e.close {
			return n
		}
	}
	return -1
}
