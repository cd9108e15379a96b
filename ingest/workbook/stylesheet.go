package workbook

import (
	"bytes"
	"cmp"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// styleSheet is a style sheet as far as cells ask about it.
type styleSheet struct {
	formats map[int32]string // number formats that the workbook defines itself
	fonts   []fontLook
	fills   []fillLook
	palette []string // the workbook's own colours, by their numbers
	cells   []cellFormat
}

// fillLook is a fill: the colour of its pattern, and that behind it.
type fillLook struct {
	solid         bool
	front, behind fillColour
}

// fillColour is a colour as the file writes it, or one of the palette.
type fillColour struct {
	given   bool
	rgb     string
	indexed int // its number in the palette; where it has no rgb
}

type fontLook struct{ bold, struck bool }

// cellFormat is one format of cells. An index below zero is none.
type cellFormat struct {
	format, font, fill int32
	unfilled           bool // it says that its fill is not meant
}

// scanStyleSheet reads a style sheet whose fills have their colours in plain; false
// where one comes from the theme, and on any doubt. The library is asked then
// alone: to open it for a style sheet costs as much as to read a small sheet.
func scanStyleSheet(part []byte) (styleSheet, bool) {
	if !utf8.Valid(part) || !saysUTF8(part) {
		return styleSheet{}, false
	}
	r := styleSheetReader{xmlScanner: xmlScanner{data: part}}
	for {
		more, err := r.next()
		if err != nil {
			return styleSheet{}, false
		}
		if !more {
			return r.out, len(r.open) == 0 && (r.begun || len(part) == 0)
		}
		if r.take(); r.doubt {
			return styleSheet{}, false
		}
	}
}

// saysUTF8 reports whether a part names no other encoding.
func saysUTF8(part []byte) bool {
	head, _, _ := bytes.Cut(part[:min(len(part), 200)], []byte("?>"))
	head = bytes.ToLower(head)
	return !bytes.Contains(head, []byte("encoding")) || bytes.Contains(head, []byte("utf-8"))
}

// lookPart is what an element of a style sheet is, by its name and what it stands in.
type lookPart uint8

const (
	noLook lookPart = iota
	lookSheet
	lookFormats
	lookFormat
	lookFonts
	lookFont
	lookBold
	lookStruck
	lookFills
	lookFill
	lookPattern
	lookColour
	lookBehind
	lookColours
	lookPalette
	lookPaletteColour
	lookCells
	lookCell
)

var lookParts = map[lookPart]map[string]lookPart{
	lookSheet:   {"numFmts": lookFormats, "fonts": lookFonts, "fills": lookFills, "cellXfs": lookCells, "colors": lookColours},
	lookFormats: {"numFmt": lookFormat},
	lookFonts:   {"font": lookFont},
	lookFont:    {"b": lookBold, "strike": lookStruck},
	lookFills:   {"fill": lookFill},
	lookFill:    {"patternFill": lookPattern},
	lookPattern: {"fgColor": lookColour, "bgColor": lookBehind},
	lookColours: {"indexedColors": lookPalette},
	lookPalette: {"rgbColor": lookPaletteColour},
	lookCells:   {"xf": lookCell},
}

type styleSheetReader struct {
	xmlScanner
	out   styleSheet
	open  []openLook
	begun bool // the style sheet has
	doubt bool // what it says is in doubt

	font fontLook // the present one
	fill fillLook
}

// openLook is an element whose end is still to come.
type openLook struct {
	name string
	part lookPart
}

// take takes the present tag.
func (r *styleSheetReader) take() {
	if r.closing {
		last := len(r.open) - 1
		if last < 0 || r.open[last].name != r.name {
			r.doubt = true
			return
		}
		r.end(r.open[last].part)
		r.open = r.open[:last]
		return
	}
	part := lookSheet
	if n := len(r.open); n > 0 {
		part = lookParts[r.open[n-1].part][r.name]
	} else {
		r.doubt = r.begun || r.name != "styleSheet" || r.attr("xmlns") != mainName
		r.begun = true
	}
	r.start(part)
	if r.single {
		r.end(part)
	} else {
		r.open = append(r.open, openLook{r.name, part})
	}
}

func (r *styleSheetReader) start(part lookPart) {
	if (r.name == "fgColor" || r.name == "bgColor") && r.attr("theme") != "" || r.name == "gradientFill" {
		r.doubt = true
	}
	switch part {
	case lookFormat:
		r.startFormat()
	case lookFont:
		r.font = fontLook{}
	case lookBold:
		r.font.bold = r.flag()
	case lookStruck:
		r.font.struck = r.flag()
	case lookFill:
		r.fill = fillLook{}
	case lookPattern:
		r.fill.solid = r.attr("patternType") == "solid"
	case lookColour:
		r.fill.front = r.colour()
	case lookBehind:
		r.fill.behind = r.colour()
	case lookPaletteColour:
		r.out.palette = append(r.out.palette, r.attr("rgb"))
	case lookCell:
		r.startCell()
	}
}

func (r *styleSheetReader) end(part lookPart) {
	switch {
	case part == lookFont:
		r.out.fonts = append(r.out.fonts, r.font)
	case part == lookFill:
		r.out.fills = append(r.out.fills, r.fill)
	}
}

// colour reads the present tag's colour. One that is made lighter or darker is left to the library.
func (r *styleSheetReader) colour() fillColour {
	if tint := r.attr("tint"); tint != "" && tint != "0" {
		r.doubt = true
	}
	c := fillColour{given: !isTrue(r.attr("auto")), rgb: r.attr("rgb")}
	if n := r.attr("indexed"); n != "" {
		c.indexed = int(r.index([]byte(n)))
	}
	return c
}

func (r *styleSheetReader) startFormat() {
	id, code := int32(0), ""
	for a, rest, ok := cutAttribute(r.attrs); ok; a, rest, ok = cutAttribute(rest) {
		switch string(a.name) {
		case "numFmtId":
			id = r.index(a.value)
		case "formatCode":
			var err error
			code, err = unescape(a.value)
			r.doubt = r.doubt || err != nil
		}
	}
	if r.out.formats == nil {
		r.out.formats = map[int32]string{}
	}
	r.out.formats[id] = code
}

func (r *styleSheetReader) startCell() {
	c, ownFont := cellFormat{format: -1, font: -1, fill: -1}, true
	for a, rest, ok := cutAttribute(r.attrs); ok; a, rest, ok = cutAttribute(rest) {
		switch string(a.name) {
		case "numFmtId":
			c.format = r.index(a.value)
		case "fontId":
			c.font = r.index(a.value)
		case "fillId":
			c.fill = r.index(a.value)
		case "applyFont":
			ownFont = r.truth(string(a.value))
		case "applyFill":
			c.unfilled = !r.truth(string(a.value))
		}
	}
	if !ownFont {
		c.font = -1
	}
	r.out.cells = append(r.out.cells, c)
}

func (r *styleSheetReader) index(b []byte) int32 {
	n := wholeNumber(b)
	r.doubt = r.doubt || n < 0
	return int32(n)
}

// flag is the value of an element that stands for yes unless it says no.
func (r *styleSheetReader) flag() bool {
	for a, rest, ok := cutAttribute(r.attrs); ok; a, rest, ok = cutAttribute(rest) {
		if string(a.name) == "val" {
			return r.truth(string(a.value))
		}
	}
	return true
}

func (r *styleSheetReader) truth(s string) bool {
	r.doubt = r.doubt || !isTrue(s) && s != "0" && s != "false"
	return isTrue(s)
}

// style gives a format of cells by its number, which must be there.
func (l *styleSheet) style(id int32) style {
	c := l.cells[id]
	s := style{decimals: -1}
	s.readFormat(l.formatCode(c.format))
	if c.fill >= 0 && int(c.fill) < len(l.fills) {
		fill := l.fills[c.fill]
		if fill.solid {
			s.hue = hueOf(l.colour(fill.front))
		}
		s.filled = !c.unfilled && isBackground(l.colour(cmp.Or(fill.front, fill.behind)))
	}
	if c.font >= 0 && int(c.font) < len(l.fonts) {
		s.bold, s.struck = l.fonts[c.font].bold, l.fonts[c.font].struck
	}
	return s
}

// colour gives a colour's digits; empty for none.
func (l *styleSheet) colour(c fillColour) string {
	switch {
	case !c.given:
		return ""
	case len(c.rgb) == 6 || len(c.rgb) == 8:
		return c.rgb
	case c.indexed < len(l.palette):
		return l.palette[c.indexed]
	case c.indexed < len(excelize.IndexedColorMapping):
		return excelize.IndexedColorMapping[c.indexed]
	}
	return ""
}

// formatCode gives a number format; empty for that of a number nobody has defined.
func (l *styleSheet) formatCode(id int32) string {
	switch {
	case id < 0:
		return ""
	case isBuiltin(id):
		return builtinFormats[int(id)]
	}
	return l.formats[id]
}

// isBuiltin knows the numbers of formats that a workbook cannot define anew
// (ECMA-376, 18.8.30).
func isBuiltin(id int32) bool {
	between := func(from, to int32) bool { return from <= id && id <= to }
	return between(0, 4) || between(9, 22) || between(27, 62) || between(67, 81)
}
