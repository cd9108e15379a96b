package workbook

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errDamaged says that a part of the workbook is not whole.
var errDamaged = errors.New("the sheet's data is damaged or cut short")

// errLongToken says that a tag or a text is longer than any that a spreadsheet program writes.
var errLongToken = errors.New("the workbook holds a text of more than 1 MB in one piece, which no spreadsheet program writes")

const (
	windowSize = 64 << 10 // of the data that is held at a time; a longer tag or text makes it larger
	maxToken   = 1 << 20  // of one tag or text, in bytes: a cell holds at most 32,767 characters
)

// xmlScanner reads the tags and text of a workbook part. It knows what
// spreadsheets write and nothing of document types: an entity that XML does
// not define itself is an error, so that no expansion can be triggered.
//
// Its data is whole, or comes through a window that slides over what is read:
// then text and attrs hold until the next call.
type xmlScanner struct {
	data []byte
	pos  int // of what is scanned next
	keep int // where what must be kept begins: the text before the current tag

	from   io.Reader // what follows data; nil where data is whole
	err    error     // why there is no more
	passed int64     // bytes that have left the window
	depth  int       // elements that are open

	start   int    // where the current tag begins
	name    string // local name of the current tag, without prefix
	attrs   []byte // raw attributes of the current start tag
	closing bool   // </name>
	single  bool   // <name/>
	text    []byte // raw text before the current tag
	joined  []byte // text of several pieces, with a comment or a character data section among them
}

// scanFrom begins to scan what a reader gives, through a window of a size.
func scanFrom(from io.Reader, window int) xmlScanner {
	return xmlScanner{from: from, data: make([]byte, 0, window)}
}

// consumed is how much of the data lies behind the scanner, in bytes.
func (x *xmlScanner) consumed() int64 { return x.passed + int64(x.pos) }

// next goes to the next tag; false at the end of the data.
func (x *xmlScanner) next() (bool, error) {
	x.joined = x.joined[:0]
	for {
		x.keep = x.pos
		at := x.seek('<')
		if at < 0 {
			return false, x.broken()
		}
		x.pos = x.keep + at
		if c, ok := x.peek(1); ok && (c == '?' || c == '!') {
			if err := x.skipMarkup(); err != nil {
				return false, err
			}
			continue
		}
		return true, x.tag()
	}
}

// broken is the error that the data ended with; nil for its end.
func (x *xmlScanner) broken() error {
	if x.err == io.EOF {
		return nil
	}
	return x.err
}

// cut is the error of data that ends inside of something.
func (x *xmlScanner) cut() error {
	if err := x.broken(); err != nil {
		return err
	}
	return errDamaged
}

// seek finds a byte at or after the present place, as an index from keep; -1 where the data ends before.
func (x *xmlScanner) seek(c byte) int {
	for off := x.pos - x.keep; ; {
		if i := bytes.IndexByte(x.data[x.keep+off:], c); i >= 0 {
			return off + i
		}
		off = len(x.data) - x.keep
		if !x.fill() {
			return -1
		}
	}
}

// peek gives the byte that stands some bytes after the present place.
func (x *xmlScanner) peek(n int) (byte, bool) {
	for x.pos+n >= len(x.data) {
		if !x.fill() {
			return 0, false
		}
	}
	return x.data[x.pos+n], true
}

// fill reads on. What stands before keep leaves the window, and indices change
// by that; false where there is no more.
func (x *xmlScanner) fill() bool {
	if x.from == nil || x.err != nil {
		return false
	}
	n := copy(x.data, x.data[x.keep:])
	x.data = x.data[:n]
	x.passed += int64(x.keep)
	x.pos -= x.keep
	x.keep = 0
	if n == cap(x.data) {
		if n >= maxToken {
			x.err = errLongToken
			return false
		}
		x.data = append(make([]byte, 0, max(2*n, 64)), x.data...)
	}
	for range 100 { // a reader that gives nothing so often is broken
		got, err := x.from.Read(x.data[n:cap(x.data)])
		x.data = x.data[:n+got]
		if err != nil {
			x.err = err
		}
		if got > 0 || err != nil {
			return got > 0
		}
	}
	x.err = io.ErrNoProgress
	return false
}

// skipMarkup passes over a comment, an instruction or a character data
// section, and keeps the text before it.
func (x *xmlScanner) skipMarkup() error {
	if err := x.join(x.data[x.keep:x.pos]); err != nil {
		return err
	}
	x.keep = x.pos
	switch {
	case x.begins("<?"):
		return x.skipTo("?>")
	case x.begins("<!--"):
		x.pos += len("<!--")
		return x.skipTo("-->")
	case x.begins("<![CDATA["):
		return x.characterData()
	}
	return errors.New("the workbook holds a document type definition, which no spreadsheet program writes")
}

// begins reports whether something stands at the present place.
func (x *xmlScanner) begins(s string) bool {
	if _, ok := x.peek(len(s) - 1); !ok {
		return false
	}
	return string(x.data[x.pos:x.pos+len(s)]) == s
}

func (x *xmlScanner) join(text []byte) error {
	if len(x.joined)+len(text) > maxToken {
		return errLongToken
	}
	x.joined = append(x.joined, text...)
	return nil
}

// skipTo goes behind an end mark. What is skipped leaves the window.
func (x *xmlScanner) skipTo(end string) error {
	for {
		if at := bytes.Index(x.data[x.pos:], []byte(end)); at >= 0 {
			x.pos += at + len(end)
			return nil
		}
		x.pos = max(x.pos, len(x.data)-len(end)+1)
		x.keep = x.pos
		if !x.fill() {
			return x.cut()
		}
	}
}

// characterData takes a section whose text is written without escapes.
func (x *xmlScanner) characterData() error {
	x.pos += len("<![CDATA[")
	x.keep = x.pos
	for from := x.pos; ; {
		if at := bytes.Index(x.data[from:], []byte("]]>")); at >= 0 {
			x.pos = from + at
			err := x.join(escapeText(x.data[x.keep:x.pos]))
			x.pos += len("]]>")
			return err
		}
		off := max(0, len(x.data)-x.keep-2)
		if !x.fill() {
			return x.cut()
		}
		from = x.keep + off
	}
}

func escapeText(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("&"), []byte("&amp;")), []byte("<"), []byte("&lt;"))
}

// tag reads the tag that starts at the current position.
func (x *xmlScanner) tag() error {
	end := x.tagEnd()
	if end < 0 {
		return x.cut()
	}
	x.text = x.data[x.keep:x.pos]
	if len(x.joined) > 0 {
		if err := x.join(x.text); err != nil {
			return err
		}
		x.text = x.joined
	}
	x.start = x.pos
	body := x.data[x.pos+1 : x.pos+end]
	x.pos += end + 1
	x.closing = len(body) > 0 && body[0] == '/'
	if x.closing {
		body = body[1:]
	}
	x.single = len(body) > 0 && body[len(body)-1] == '/'
	if x.single {
		body = body[:len(body)-1]
	}
	switch {
	case x.closing:
		x.depth--
	case !x.single:
		x.depth++
	}
	x.split(body)
	return nil
}

// split tells a tag's name from its attributes.
func (x *xmlScanner) split(body []byte) {
	name := body
	x.attrs = nil
	from := 0
	for i, c := range body {
		if c == ':' && from == 0 {
			from = i + 1
		}
		if isSpace(c) {
			name, x.attrs = body[:i], body[i:]
			break
		}
	}
	x.name = intern(name[from:])
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// tagEnd finds the '>' that closes the tag at the present place, outside of
// quotation marks, as an index from there; -1 where there is none.
func (x *xmlScanner) tagEnd() int {
	var quote byte
	for i := 1; ; i++ {
		if x.pos+i >= len(x.data) {
			if _, ok := x.peek(i); !ok {
				return -1
			}
		}
		for _, c := range x.data[x.pos+i:] {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return i
			}
			i++
		}
		i--
	}
}

// intern gives the names that occur in every cell or text without an allocation.
func intern(b []byte) string {
	switch string(b) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "f":
		return "f"
	case "t":
		return "t"
	case "r":
		return "r"
	case "is":
		return "is"
	case "si":
		return "si"
	case "row":
		return "row"
	case "rPr":
		return "rPr"
	case "sz":
		return "sz"
	case "color":
		return "color"
	case "rFont":
		return "rFont"
	case "family":
		return "family"
	case "scheme":
		return "scheme"
	case "mergeCell":
		return "mergeCell"
	}
	return string(b)
}

// attribute is one attribute of a tag, its value raw.
type attribute struct{ name, value []byte }

// cutAttribute takes the first attribute off a tag's raw attributes; false
// where there is none, or where they are not well formed.
func cutAttribute(b []byte) (a attribute, rest []byte, ok bool) {
	i := 0
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	from := i
	for i < len(b) && b[i] != '=' {
		if b[i] == ':' {
			from = i + 1
		}
		i++
	}
	if i == len(b) {
		return a, nil, false
	}
	a.name = b[from:i]
	for len(a.name) > 0 && isSpace(a.name[len(a.name)-1]) {
		a.name = a.name[:len(a.name)-1]
	}
	i++
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i == len(b) || b[i] != '"' && b[i] != '\'' {
		return a, nil, false
	}
	quote := b[i]
	i++
	for from = i; i < len(b) && b[i] != quote; i++ {
	}
	if i == len(b) {
		return a, nil, false
	}
	a.value = b[from:i]
	return a, b[i+1:], true
}

// attr gives the value of an attribute by its local name; empty where there is none.
func (x *xmlScanner) attr(name string) string {
	for a, rest, ok := cutAttribute(x.attrs); ok; a, rest, ok = cutAttribute(rest) {
		if string(a.name) == name {
			s, err := unescape(a.value)
			if err != nil {
				return ""
			}
			return s
		}
	}
	return ""
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// unescape resolves XML's five entities and character numbers.
func unescape(b []byte) (string, error) {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b), nil
	}
	out, err := appendUnescaped(nil, b)
	return string(out), err
}

// appendUnescaped adds a text to others, with XML's five entities and character numbers resolved.
func appendUnescaped(out, b []byte) ([]byte, error) {
	for {
		amp := bytes.IndexByte(b, '&')
		if amp < 0 {
			return append(out, b...), nil
		}
		out = append(out, b[:amp]...)
		semi := bytes.IndexByte(b[amp:min(len(b), amp+maxEntity)], ';')
		if semi < 0 {
			return nil, errDamaged
		}
		s, err := entity(string(b[amp+1 : amp+semi]))
		if err != nil {
			return nil, err
		}
		out = append(out, s...)
		b = b[amp+semi+1:]
	}
}

// maxEntity is how long an entity may be: a character number with zeros before it.
const maxEntity = 64

func entity(name string) (string, error) {
	if s, ok := entities[name]; ok {
		return s, nil
	}
	num, ok := strings.CutPrefix(name, "#")
	if !ok {
		return "", errDamaged
	}
	base := 10
	if hex, ok := strings.CutPrefix(num, "x"); ok {
		num, base = hex, 16
	}
	n, err := strconv.ParseInt(num, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return "", errDamaged
	}
	return string(rune(n)), nil
}

// unescapeOffice resolves _x000D_, the spreadsheet's own escape for
// characters that XML cannot hold.
func unescapeOffice(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for at := strings.Index(s, "_x"); at >= 0 && len(s) >= at+7; at = strings.Index(s, "_x") {
		n, err := strconv.ParseUint(s[at+2:at+6], 16, 16)
		if err != nil || s[at+6] != '_' {
			out.WriteString(s[:at+2])
			s = s[at+2:]
			continue
		}
		out.WriteString(s[:at])
		if n != 0 && utf8.ValidRune(rune(n)) {
			out.WriteRune(rune(n))
		}
		s = s[at+7:]
	}
	out.WriteString(s)
	return out.String()
}
