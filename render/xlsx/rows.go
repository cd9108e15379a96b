package xlsx

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// rowWriter writes a worksheet's rows as XML (ECMA-376 part 1, 18.3.1.73). What
// it writes goes on at once, so that a table of any length needs the same room.
type rowWriter struct {
	w       io.Writer
	b       []byte
	letters []string // of columns, counted from 0
	row     int
	err     error
}

const rowsAtOnce = 1 << 15 // bytes

func newRowWriter(w io.Writer, columns int) (*rowWriter, error) {
	r := &rowWriter{w: w, b: make([]byte, 0, rowsAtOnce+rowsAtOnce/4)}
	for i := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		r.letters = append(r.letters, name)
	}
	return r, nil
}

// start opens a row of a height in points.
func (r *rowWriter) start(row int, height float64) {
	r.row = row
	r.b = append(r.b, `<row r="`...)
	r.b = strconv.AppendInt(r.b, int64(row), 10)
	r.b = append(r.b, `" ht="`...)
	r.b = strconv.AppendFloat(r.b, height, 'f', -1, 64)
	r.b = append(r.b, `" customHeight="1">`...)
}

func (r *rowWriter) end() {
	r.b = append(r.b, "</row>"...)
	if len(r.b) >= rowsAtOnce {
		r.flush()
	}
}

func (r *rowWriter) flush() {
	if r.err == nil {
		_, r.err = r.w.Write(r.b)
	}
	r.b = r.b[:0]
}

// cell writes a cell: a formula with what it gives, a number, a text, or a blank.
func (r *rowWriter) cell(col, style int, v content, formula string) {
	r.b = append(append(r.b, `<c r="`...), r.letters[col]...)
	r.b = strconv.AppendInt(r.b, int64(r.row), 10)
	r.b = append(r.b, `" s="`...)
	r.b = strconv.AppendInt(r.b, int64(style), 10)
	switch {
	case formula != "" && v.number == "":
		r.b = append(r.b, `" t="str"><f>`...)
	case formula != "":
		r.b = append(r.b, `"><f>`...)
	case v.number != "":
		r.b = append(r.b, `"><v>`...)
	case v.text != "":
		r.inline(v.text)
		return
	default:
		r.b = append(r.b, `"/>`...)
		return
	}
	if formula != "" {
		r.escape(formula)
		r.b = append(r.b, `</f><v>`...)
	}
	r.b = append(r.b, v.number...)
	if v.number == "" {
		r.escape(v.text)
	}
	r.b = append(r.b, `</v></c>`...)
}

// inline writes a text in its cell: a list of texts apart would have to be held until the end.
func (r *rowWriter) inline(text string) {
	r.b = append(r.b, `" t="inlineStr"><is><t`...)
	if first, last := text[0], text[len(text)-1]; first <= ' ' || last <= ' ' {
		r.b = append(r.b, ` xml:space="preserve"`...)
	}
	r.b = append(r.b, '>')
	r.escape(text)
	r.b = append(r.b, `</t></is></c>`...)
}

// escape writes a text so that it comes back as it is: "_x0041_" would be read as "A".
func (r *rowWriter) escape(s string) {
	from := 0
	for i := range len(s) {
		var as string
		switch s[i] {
		case '&':
			as = "&amp;"
		case '<':
			as = "&lt;"
		case '>':
			as = "&gt;"
		case '"':
			as = "&quot;"
		case '_':
			if !isEscape(s[i:]) {
				continue
			}
			as = "_x005F_"
		default:
			continue
		}
		r.b = append(append(r.b, s[from:i]...), as...)
		from = i + 1
	}
	r.b = append(r.b, s[from:]...)
}

// isEscape tells whether a text begins as a character written by its number (ECMA-376 part 1, 22.9.2.19).
func isEscape(s string) bool {
	return len(s) >= 7 && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// serial is a day as workbooks count days.
func serial(day time.Time) string {
	return strconv.Itoa(int(day.Sub(dayZero) / (24 * time.Hour)))
}
