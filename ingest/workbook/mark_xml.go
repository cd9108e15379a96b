package workbook

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// element is one element of a part with where it stands in the part's bytes,
// so that a part can be changed in one place and stay as it is elsewhere.
type element struct {
	name   string // local
	prefix string // with its colon; empty for none
	depth  int    // 0 for the root
	parent int    // index in the outline; -1 for the root
	single bool   // <name/>

	start, open int // of the start tag: its '<', and what follows its '>'
	close, end  int // of the end tag: its '<', and what follows its '>'; both are open of a single tag
}

// outline lists the elements of a part down to a depth, in the part's order.
// What stands inside sheetData is passed over. The part must be well formed.
func outline(data []byte, depth int) ([]element, error) {
	o := outliner{xmlScanner: xmlScanner{data: data}, depth: depth, inData: -1}
	for {
		more, err := o.next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		if o.closing {
			err = o.closeElement()
		} else {
			err = o.openElement()
		}
		if err != nil {
			return nil, err
		}
	}
	if len(o.names) > 0 || len(o.list) == 0 {
		return nil, errDamaged
	}
	return o.list, nil
}

type outliner struct {
	xmlScanner
	depth  int
	list   []element
	path   []int    // indices of the open elements that are listed
	names  []string // of all open elements
	inData int      // how deep the sheetData stands that is open; -1 for none
}

func (o *outliner) openElement() error {
	deep := len(o.names)
	if deep == 0 && len(o.list) > 0 {
		return errDamaged // a second root
	}
	listed := deep <= o.depth && o.inData < 0
	if listed {
		o.list = append(o.list, o.element(deep, o.path))
	}
	if o.single {
		return nil
	}
	if listed {
		o.path = append(o.path, len(o.list)-1)
	}
	if o.name == "sheetData" && o.inData < 0 {
		o.inData = deep
	}
	o.names = append(o.names, o.name)
	return nil
}

func (o *outliner) closeElement() error {
	deep := len(o.names) - 1
	if deep < 0 || o.names[deep] != o.name {
		return errDamaged
	}
	o.names = o.names[:deep]
	if o.inData == deep {
		o.inData = -1
	}
	if deep <= o.depth && o.inData < 0 {
		e := &o.list[o.path[len(o.path)-1]]
		e.close, e.end = o.start, o.pos
		o.path = o.path[:len(o.path)-1]
	}
	return nil
}

// element describes the start tag that the scanner stands behind.
func (x *xmlScanner) element(depth int, path []int) element {
	e := element{name: x.name, depth: depth, parent: -1, single: x.single, start: x.start, open: x.pos, close: x.pos, end: x.pos}
	if len(path) > 0 {
		e.parent = path[len(path)-1]
	}
	tag := x.data[x.start+1 : x.pos]
	if i := bytes.IndexAny(tag, ": \t\r\n/>"); i >= 0 && tag[i] == ':' {
		e.prefix = string(tag[:i+1])
	}
	return e
}

// attr gives the value of an attribute by its local name.
func (e element) attr(data []byte, name string) string {
	x := xmlScanner{data: data, pos: e.start}
	if err := x.tag(); err != nil {
		return ""
	}
	return x.attr(name)
}

// children gives the elements right below one of the outline.
func children(list []element, parent int) []element {
	var out []element
	for _, e := range list {
		if e.parent == parent {
			out = append(out, e)
		}
	}
	return out
}

// named gives the index of the first element of a name at a depth; -1 where there is none.
func named(list []element, depth int, name string) int {
	return slices.IndexFunc(list, func(e element) bool { return e.depth == depth && e.name == name })
}

// edit is one change of a part: its bytes from..to become text.
type edit struct {
	from, to int
	text     string
}

// applyEdits makes the changes; those at one place come in the order given.
func applyEdits(data []byte, edits []edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(data[at:max(at, e.from)])
		out.WriteString(e.text)
		at = max(at, e.to)
	}
	out.Write(data[at:])
	return out.Bytes()
}

// insertInto puts text at the end of an element, which a single tag is opened for.
func insertInto(data []byte, e element, text string) edit {
	if !e.single {
		return edit{e.close, e.close, text}
	}
	slash := e.start + bytes.LastIndexByte(data[e.start:e.open], '/')
	name := string(data[e.start+1 : e.start+1+len(e.prefix)+len(e.name)])
	return edit{slash, e.open, ">" + text + "</" + name + ">"}
}

// setAttr gives an attribute without prefix a value.
func setAttr(data []byte, e element, name, value string) edit {
	if from, to, ok := attrSpan(data, e, name); ok {
		return edit{from, to, value}
	}
	at := e.start + 1 + len(e.prefix) + len(e.name)
	return edit{at, at, " " + name + `="` + value + `"`}
}

// attrSpan is where the value of an attribute without prefix stands, between its quotation marks.
func attrSpan(data []byte, e element, name string) (from, to int, ok bool) {
	tag := data[e.start:e.open]
	for i := 1; i < len(tag); i++ {
		if tag[i] == '"' || tag[i] == '\'' {
			end := bytes.IndexByte(tag[i+1:], tag[i])
			if end < 0 {
				return 0, 0, false
			}
			key := bytes.TrimSpace(bytes.TrimRight(tag[:i], " \t\r\n="))
			if k := bytes.LastIndexAny(key, " \t\r\n"); k >= 0 && string(key[k+1:]) == name {
				return e.start + i + 1, e.start + i + 1 + end, true
			}
			i += end + 1
		}
	}
	return 0, 0, false
}

// relationPrefix is the prefix, with its colon, that the root binds to relation ids; empty where it binds none.
func relationPrefix(data []byte, root element) string {
	tag := string(data[root.start:root.open])
	for _, quote := range []string{`"`, `'`} {
		at := strings.Index(tag, "="+quote+relationsOfOffice+quote)
		if at < 0 {
			continue
		}
		key := tag[strings.LastIndexAny(tag[:at], " \t\r\n")+1 : at]
		if prefix, ok := strings.CutPrefix(key, "xmlns:"); ok {
			return prefix + ":"
		}
	}
	return ""
}

// relationAttr writes a relation's id as an attribute that is bound on the spot where the root binds no prefix.
func relationAttr(data []byte, root element, id string) string {
	if prefix := relationPrefix(data, root); prefix != "" {
		return fmt.Sprintf(` %sid="%s"`, prefix, id)
	}
	return fmt.Sprintf(` xmlns:r="%s" r:id="%s"`, relationsOfOffice, id)
}

// isUTF8 reports whether a part is written in UTF-8, as nearly all are; text can be put into no other.
func isUTF8(data []byte) bool {
	head, _, _ := bytes.Cut(data[:min(len(data), 200)], []byte("?>"))
	head = bytes.ToLower(head)
	at := bytes.Index(head, []byte("encoding"))
	declared := at < 0 || bytes.Contains(head[at:], []byte("utf-8")) || bytes.Contains(head[at:], []byte("ascii"))
	return declared && utf8.Valid(data[:min(len(data), 4)])
}

// xmlText writes a text for a part. What XML cannot hold, and what a
// spreadsheet would take for its own escape, is written as that escape.
func xmlText(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '_' && looksEscaped(s[i:]):
			b.WriteString("_x005F_")
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			fmt.Fprintf(&b, "_x%04X_", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// looksEscaped reports whether a text begins like _x000D_.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	return strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}
