package workbook

import "bytes"

// What nearly all cells and texts are is taken in one step here, where it lies
// whole in the window. Whatever is written in another way goes the long way,
// tag by tag, and means the same.

// plainCell takes a cell that is a value with its place, style and type and no
// more: <c r="B2" s="1" t="s"><v>12</v></c>.
func (r *sheetReader) plainCell() bool {
	const head, open = `<c r="`, "><v>"
	rest := r.data[r.pos:]
	if r.inCell || len(rest) < len(head) || string(rest[:len(head)]) != head {
		return false
	}
	ref, i, ok := quotedValue(rest, len(head))
	row, col, isRef := parseCell(ref)
	if !ok || !isRef {
		return false
	}
	typ, style := typeNumber, 0
	for i+4 < len(rest) && rest[i] == ' ' && rest[i+2] == '=' && rest[i+3] == '"' {
		var value []byte
		name := rest[i+1]
		if value, i, ok = quotedValue(rest, i+4); !ok {
			return false
		}
		switch name {
		case 's':
			style = wholeNumber(value)
		case 't':
			typ = parseCellType(value)
		default:
			return false
		}
	}
	if typ == typeInline || len(rest) < i+len(open) || string(rest[i:i+len(open)]) != open {
		return false
	}
	value, end, ok := plainUntil(rest, i+len(open), "</v></c>")
	if !ok {
		return false
	}
	r.row, r.col, r.typ = row, col, typ
	r.cur = cellAt(row, col)
	r.cur.style = int32(max(style, 0))
	r.value = append(r.value[:0], value...)
	r.pos += end
	return true
}

// quotedValue gives what stands from a place up to the next quotation mark, and the place behind that.
func quotedValue(b []byte, from int) (value []byte, next int, ok bool) {
	for i := from; i < len(b); i++ {
		if b[i] == '"' {
			return b[from:i], i + 1, true
		}
	}
	return nil, 0, false
}

// plainUntil gives a text without escapes that an end follows, and the place behind that.
func plainUntil(b []byte, from int, end string) (value []byte, next int, ok bool) {
	for i := from; i < len(b); i++ {
		switch b[i] {
		case '&':
			return nil, 0, false
		case '<':
			if len(b) < i+len(end) || string(b[i:i+len(end)]) != end {
				return nil, 0, false
			}
			return b[from:i], i + len(end), true
		}
	}
	return nil, 0, false
}

// plainText takes a shared string that is one text and no more: <si><t>Ref</t></si>.
func (r *stringsReader) plainText() bool {
	const head, preserved = "<si><t", ` xml:space="preserve"`
	rest := r.data[r.pos:]
	if r.open || !r.text.isEmpty() || len(rest) < len(head) || string(rest[:len(head)]) != head {
		return false
	}
	i := len(head)
	if len(rest) > i+len(preserved) && string(rest[i:i+len(preserved)]) == preserved {
		i += len(preserved)
	}
	if len(rest) <= i || rest[i] != '>' {
		return false
	}
	text, end, ok := plainUntil(rest, i+1, "</t></si>")
	if !ok || len(text) > maxToken || bytes.Contains(text, []byte("_x")) {
		return false
	}
	r.keep(text, notStruck)
	r.pos += end
	return true
}
