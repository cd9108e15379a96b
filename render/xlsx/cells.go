package xlsx

import (
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// longestText is what a cell holds, in units of UTF-16.
const longestText = excelize.TotalCellChars

// dateFormat shows a day as 31 Mar 2008.
const dateFormat = "d mmm yyyy"

var (
	// firstDay is the first that every program counts alike: Excel has a 29 February 1900.
	firstDay = time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)
	dayZero  = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
)

// content is what a cell holds: a number, also a day's, or text; neither in a blank.
type content struct {
	number string
	text   string
}

// value gives a cell's content and how it looks: a number or a day where the
// report says that it is one, text in all other cases.
func (b *book) value(c *render.Cell, col *render.Column) (content, look) {
	l := look{wrap: true, align: alignment(col)}
	if c.Light != nil {
		l.light = lightName(c.Light)
	}
	if isDecimal(c.Number) {
		l.kind, l.wrap, l.align = numeric, false, "right"
		l.decimals, l.unit = decimalsOf(c), c.Format.Unit
		return content{number: c.Number}, l
	}
	if day, ok := isoDay(c.Date); ok {
		l.kind, l.wrap = dated, false
		return content{number: serial(day)}, l
	}
	text := b.clean(b.words.shown(c))
	if text != "" {
		l.quoted = strings.IndexByte("=+-@\t", text[0]) >= 0
	}
	return content{text: text}, l
}

func lightName(m *render.Mark) string {
	if m.Shape == "hollow" {
		return ""
	}
	return m.Light
}

func alignment(c *render.Column) string {
	switch c.Align {
	case render.Right:
		return "right"
	case render.Centre:
		return "center"
	}
	return "left"
}

// isDecimal tells "-27.4" from what other notations allow as well, such as "1e9" or "Inf".
func isDecimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	point := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && !point && i > 0 && i < len(s)-1:
			point = true
		default:
			return false
		}
	}
	return s != ""
}

func isoDay(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, s)
	return day, err == nil && !day.Before(firstDay)
}

// decimalsOf are the decimals that a number shows.
func decimalsOf(c *render.Cell) int {
	if c.Format.Decimals >= 0 {
		return c.Format.Decimals
	}
	_, fraction, _ := strings.Cut(c.Number, ".")
	return len(fraction)
}

// numberFormat shows a number with its decimals, commas, a true minus and its unit.
func numberFormat(decimals int, unit string) string {
	f := "#,##0"
	if decimals > 0 {
		f += "." + strings.Repeat("0", min(decimals, 20))
	}
	switch unit := strings.ReplaceAll(unit, `"`, ""); unit {
	case "":
	case "£", "€", "$":
		f = `"` + unit + `"` + f
	case "%":
		f += `"%"`
	default:
		f += `" ` + unit + `"`
	}
	return f + `;"−"` + f
}

// clean makes a text fit for a cell: line ends alike, no characters that XML
// cannot hold, and not longer than a cell holds; a cut says so.
func (b *book) clean(s string) string {
	if !isClean(s) {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
		s = strings.Map(func(r rune) rune {
			switch {
			case r < ' ' && r != '\n' && r != '\t', r == 0x7f:
				return -1
			case r == 0xfffe, r == 0xffff:
				return utf8.RuneError
			}
			return r
		}, s)
	}
	if len(s) > longestText && unitsOf(s) > longestText {
		s = shorten(s, longestText-unitsOf(b.words.Cut)) + b.words.Cut
	}
	return s
}

// isClean tells most texts, which need no work, from those that may.
func isClean(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f:
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && !strings.ContainsAny(s, "\ufffe\uffff")
}

func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
