package xlsx

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// longestText is what a cell holds, in units of UTF-16.
const longestText = excelize.TotalCellChars

// dateFormat shows a day as 31 Mar 2008.
const dateFormat = "d mmm yyyy"

// firstDay is the first that every program counts alike: Excel has a 29 February 1900.
var firstDay = time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)

// shown is a cell's text, about as it shows.
func shown(c render.Cell) string {
	if c.Text == "" && c.Light != nil {
		return c.Light.Word
	}
	return c.Text
}

// value gives a cell's content and how it looks: a number or a day where the
// report says that it is one, text in all other cases, never a formula.
func (b *book) value(c render.Cell, col render.Column) (any, look) {
	l := look{wrap: true, align: alignment(col)}
	if c.Light != nil {
		l.light = lightName(*c.Light)
	}
	if n, err := strconv.ParseFloat(c.Number, 64); err == nil && plainDecimal(c.Number) {
		l.format, l.wrap, l.align = numberFormat(c, col), false, "right"
		return n, l
	}
	if day, ok := isoDay(c.Date); ok {
		l.format, l.wrap = dateFormat, false
		return day, l
	}
	text := b.clean(shown(c))
	if text == "" {
		return "", l
	}
	l.quoted = strings.ContainsRune("=+-@\t", rune(text[0]))
	return text, l
}

func lightName(m render.Mark) string {
	if m.Shape == "hollow" {
		return ""
	}
	return m.Light
}

func alignment(c render.Column) string {
	switch c.Align {
	case render.Right:
		return "right"
	case render.Centre:
		return "center"
	}
	return "left"
}

// plainDecimal tells "27.4" from what ParseFloat would take as well, such as "1e9" or "Inf".
func plainDecimal(s string) bool { return strings.Trim(s, "-.0123456789") == "" }

func isoDay(s string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, s)
	return day, err == nil && !day.Before(firstDay)
}

// numberFormat shows a number with its decimals, commas, a true minus and its
// unit, which is not said again where the column's head says it.
func numberFormat(c render.Cell, col render.Column) string {
	decimals := c.Format.Decimals
	if _, fraction, _ := strings.Cut(c.Number, "."); decimals < 0 {
		decimals = len(fraction)
	}
	f := "#,##0"
	if decimals > 0 {
		f += "." + strings.Repeat("0", min(decimals, 20))
	}
	switch unit := strings.ReplaceAll(c.Format.Unit, `"`, ""); {
	case unit == "" || unit == col.Unit:
	case unit == "£" || unit == "€" || unit == "$":
		f = `"` + unit + `"` + f
	case unit == "%":
		f += `"%"`
	default:
		f += `" ` + unit + `"`
	}
	return f + `;"−"` + f
}

// clean makes a text fit for a cell: line ends alike, no control characters, and
// not longer than a cell holds; a cut says so.
func (b *book) clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	if len(s) > longestText && unitsOf(s) > longestText {
		s = shorten(s, longestText-unitsOf(b.words.Cut)) + b.words.Cut
	}
	return s
}

func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
