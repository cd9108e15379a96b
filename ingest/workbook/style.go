package workbook

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// style is what a cell's format tells: how its number is meant, and the light
// that its fill looks like.
type style struct {
	percent  bool
	date     bool
	day      bool // the date format shows a day
	decimals int  // shown decimals; -1 where the format does not say
	currency string
	hue      string // "green" "amber" "red" "blue" of a solid fill, or empty
	struck   bool
	bold     bool
	filled   bool // it has a background of some colour
	month    bool // the date format shows a month
}

// style gives a style by its number, worked out once.
func (b *book) style(id int32) style {
	if b.styles == nil {
		b.styles = make([]*style, b.formats())
	}
	if int(id) >= len(b.styles) {
		return style{decimals: -1} // the style sheet has none of that number, and numbers have no end
	}
	if b.styles[id] == nil {
		s := b.newStyle(id)
		b.styles[id] = &s
	}
	return *b.styles[id]
}

// formats is how many formats of cells there are.
func (b *book) formats() int {
	if b.plain {
		return len(b.look.cells)
	}
	if sheet := b.library().Styles; sheet != nil && sheet.CellXfs != nil {
		return len(sheet.CellXfs.Xf)
	}
	return 0
}

func (b *book) newStyle(id int32) style {
	if b.plain {
		return b.look.style(id)
	}
	return b.libraryStyle(id)
}

// libraryStyle gives a style as the library tells it.
func (b *book) libraryStyle(id int32) style {
	s := style{decimals: -1}
	if st, err := b.library().GetStyle(int(id)); err == nil && st != nil {
		s = styleOf(st)
		if rgb := b.solidFill(int(id)); rgb != "" {
			s.hue = hueOf(rgb)
		}
	}
	return s
}

// solidFill is a style's plain fill colour straight from the style sheet: the
// library gives none where a style does not say that its fill is meant, which
// every program paints.
func (b *book) solidFill(id int) string {
	sheet := b.library().Styles
	if sheet == nil || sheet.CellXfs == nil || sheet.Fills == nil || id < 0 || id >= len(sheet.CellXfs.Xf) {
		return ""
	}
	fill := sheet.CellXfs.Xf[id].FillID
	if fill == nil || *fill < 0 || *fill >= len(sheet.Fills.Fill) || sheet.Fills.Fill[*fill] == nil {
		return ""
	}
	p := sheet.Fills.Fill[*fill].PatternFill
	if p == nil || p.PatternType != "solid" || p.FgColor == nil || p.FgColor.Theme != nil {
		return ""
	}
	if p.FgColor.RGB == "" && !p.FgColor.Auto && p.FgColor.Tint == 0 {
		return b.library().GetBaseColor("", p.FgColor.Indexed, nil)
	}
	return p.FgColor.RGB
}

func styleOf(st *excelize.Style) style {
	s := style{decimals: -1}
	code := builtinFormats[st.NumFmt]
	if st.CustomNumFmt != nil {
		code = *st.CustomNumFmt
	}
	s.readFormat(code)
	if st.Fill.Type == "pattern" && st.Fill.Pattern == 1 && len(st.Fill.Color) > 0 {
		s.hue = hueOf(st.Fill.Color[0])
	}
	s.filled = len(st.Fill.Color) > 0 && isBackground(st.Fill.Color[0])
	s.struck = st.Font != nil && st.Font.Strike
	s.bold = st.Font != nil && st.Font.Bold
	return s
}

// isBackground knows a colour that a cell stands out by: any but white.
func isBackground(colour string) bool {
	return colour != "" && !strings.HasSuffix(strings.ToUpper(colour), "FFFFFF")
}

// builtinFormats are the number formats that a file names by number only
// (ECMA-376, 18.8.30), as far as they tell dates and percentages.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
	14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "dd/mm/yyyy hh:mm",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	27: "yyyy/m/d", 30: "m/d/yy", 36: "yyyy/m/d", 50: "yyyy/m/d", 57: "yyyy/m/d",
}

// readFormat reads a number format's first section.
func (s *style) readFormat(code string) {
	if code == "" || strings.EqualFold(code, "General") || code == "@" {
		return
	}
	section := formatSection(code)
	s.percent = strings.Contains(section, "%")
	letters := strings.ToLower(section)
	timed := strings.Contains(letters, ":") && strings.ContainsAny(letters, "hms")
	s.date = !s.percent && strings.ContainsAny(letters, "ymdhs") && (timed || !strings.ContainsAny(letters, "0#?"))
	s.day = s.date && strings.Contains(letters, "d")
	s.month = s.date && strings.Contains(letters, "m")
	for _, sign := range []string{"£", "$", "€"} {
		if strings.Contains(code, sign) && !s.date {
			s.currency = sign
		}
	}
	if !s.date && strings.ContainsAny(section, "0#") {
		_, after, _ := strings.Cut(section, ".")
		s.decimals = len(after) - len(strings.TrimLeft(after, "0#?"))
	}
}

// formatSection gives the first section of a number format without its
// quoted words, colours, fillers and escapes.
func formatSection(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return b.String()
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return b.String()
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return b.String()
			}
			i += end
		case '\\', '_', '*':
			i++
		default:
			b.WriteByte(code[i])
		}
	}
	return b.String()
}

// hueOf tells the light that a fill looks like by its hue, not by equality;
// greys, near-white and hues between two lights are none.
func hueOf(colour string) string {
	if len(colour) < 6 {
		return ""
	}
	rgb, err := strconv.ParseUint(colour[len(colour)-6:], 16, 32)
	if err != nil {
		return ""
	}
	h, sat, light := hsl(float64(rgb>>16&255)/255, float64(rgb>>8&255)/255, float64(rgb&255)/255)
	if sat < 0.35 || light < 0.12 || light > 0.96 {
		return ""
	}
	switch {
	case h < 16 || h >= 342:
		return "red"
	case h >= 24 && h <= 66:
		return "amber"
	case h >= 78 && h <= 172:
		return "green"
	case h >= 195 && h <= 250:
		return "blue"
	}
	return ""
}

// hsl gives hue in degrees, saturation and lightness from 0 to 1.
func hsl(r, g, b float64) (h, s, l float64) {
	hi, lo := max(r, g, b), min(r, g, b)
	l = (hi + lo) / 2
	if hi == lo {
		return 0, 0, l
	}
	d := hi - lo
	s = d / (1 - math.Abs(2*l-1))
	switch hi {
	case r:
		h = math.Mod((g-b)/d+6, 6)
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return h * 60, s, l
}
