package workbook

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errDamaged says that a part of the workbook is not whole.
var errDamaged = errors.New("the sheet's data is damaged or cut short")

// xmlScanner reads the tags and text of a workbook part. It knows what
// spreadsheets write and nothing of document types: an entity that XML does
// not define itself is an error, so that no expansion can be triggered.
type xmlScanner struct {
	data  []byte
	pos   int
	start int // where the current tag begins

	name    string // local name of the current tag, without prefix
	attrs   []byte // raw attributes of the current start tag
	closing bool   // </name>
	single  bool   // <name/>
	text    []byte // raw text before the current tag
}

// next goes to the next tag; false at the end of the data.
func (x *xmlScanner) next() (bool, error) {
	x.text = nil
	for {
		at := bytes.IndexByte(x.data[x.pos:], '<')
		if at < 0 {
			return false, nil
		}
		if x.text == nil {
			x.text = x.data[x.pos : x.pos+at]
		}
		x.pos += at
		skipped, err := x.skipMarkup()
		if err != nil {
			return false, err
		}
		if !skipped {
			return true, x.tag()
		}
	}
}

// skipMarkup passes over comments, instructions and character data sections.
func (x *xmlScanner) skipMarkup() (bool, error) {
	rest := x.data[x.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("<?")):
		return true, x.skipTo("?>")
	case bytes.HasPrefix(rest, []byte("<!--")):
		return true, x.skipTo("-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		end := bytes.Index(rest, []byte("]]>"))
		if end < 0 {
			return false, errDamaged
		}
		x.text = append(append([]byte{}, x.text...), escapeText(rest[9:end])...)
		x.pos += end + 3
		return true, nil
	case bytes.HasPrefix(rest, []byte("<!")):
		return false, errors.New("the workbook holds a document type definition, which no spreadsheet program writes")
	}
	return false, nil
}

func escapeText(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("&"), []byte("&amp;")), []byte("<"), []byte("&lt;"))
}

func (x *xmlScanner) skipTo(end string) error {
	at := bytes.Index(x.data[x.pos:], []byte(end))
	if at < 0 {
		return errDamaged
	}
	x.pos += at + len(end)
	return nil
}

// tag reads the tag that starts at the current position.
func (x *xmlScanner) tag() error {
	end := tagEnd(x.data[x.pos:])
	if end < 0 {
		return errDamaged
	}
	body := x.data[x.pos+1 : x.pos+end]
	x.start = x.pos
	x.pos += end + 1
	x.closing = len(body) > 0 && body[0] == '/'
	if x.closing {
		body = body[1:]
	}
	x.single = len(body) > 0 && body[len(body)-1] == '/'
	if x.single {
		body = body[:len(body)-1]
	}
	name := body
	if i := bytes.IndexAny(body, " \t\r\n"); i >= 0 {
		name, x.attrs = body[:i], body[i:]
	} else {
		x.attrs = nil
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	x.name = intern(name)
	return nil
}

// tagEnd finds the '>' that closes a tag, outside of quotation marks.
func tagEnd(b []byte) int {
	var quote byte
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

// intern gives the names that occur in every cell without an allocation.
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
	}
	return string(b)
}

// attr gives the value of an attribute by its local name.
func (x *xmlScanner) attr(name string) string {
	b := x.attrs
	for len(b) > 0 {
		eq := bytes.IndexByte(b, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(b[:eq])
		if i := bytes.IndexByte(key, ':'); i >= 0 {
			key = key[i+1:]
		}
		rest := bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			s, err := unescape(rest[1 : 1+end])
			if err != nil {
				return ""
			}
			return s
		}
		b = rest[end+2:]
	}
	return ""
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// unescape resolves XML's five entities and character numbers.
func unescape(b []byte) (string, error) {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b), nil
	}
	var out strings.Builder
	for len(b) > 0 {
		amp := bytes.IndexByte(b, '&')
		if amp < 0 {
			out.Write(b)
			break
		}
		out.Write(b[:amp])
		semi := bytes.IndexByte(b[amp:], ';')
		if semi < 0 {
			return "", errDamaged
		}
		s, err := entity(string(b[amp+1 : amp+semi]))
		if err != nil {
			return "", err
		}
		out.WriteString(s)
		b = b[amp+semi+1:]
	}
	return out.String(), nil
}

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
	at := strings.Index(s, "_x")
	if at < 0 {
		return s
	}
	var out strings.Builder
	for at >= 0 && len(s) >= at+7 {
		n, err := strconv.ParseUint(s[at+2:at+6], 16, 16)
		if err != nil || s[at+6] != '_' {
			out.WriteString(s[:at+2])
			s = s[at+2:]
		} else {
			out.WriteString(s[:at])
			if n != 0 && utf8.ValidRune(rune(n)) {
				out.WriteRune(rune(n))
			}
			s = s[at+7:]
		}
		at = strings.Index(s, "_x")
	}
	out.WriteString(s)
	return out.String()
}
