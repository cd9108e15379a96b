package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// jsonList writes an object of one list, element by element, as printJSON
// would write it whole. A list of large elements so takes no more memory than
// the largest, and no time to be moved about.
type jsonList struct {
	w       io.Writer
	n       int // elements written
	compact bytes.Buffer
	encoder *json.Encoder
	text    []byte
}

func newJSONList(w io.Writer, name string) (*jsonList, error) {
	l := &jsonList{w: w}
	l.encoder = json.NewEncoder(&l.compact)
	l.encoder.SetEscapeHTML(false)
	_, err := fmt.Fprintf(w, "{\n  %q: [", name)
	return l, err
}

func (l *jsonList) add(v any) error {
	l.compact.Reset()
	if err := l.encoder.Encode(v); err != nil {
		return err
	}
	const depth = 2
	l.text = l.text[:0]
	if l.n++; l.n > 1 {
		l.text = append(l.text, ',')
	}
	l.text = appendIndented(appendLine(l.text, depth), l.compact.Bytes(), depth)
	_, err := l.w.Write(l.text)
	return err
}

func (l *jsonList) end() error {
	last := "]\n}\n"
	if l.n > 0 {
		last = "\n  " + last
	}
	_, err := io.WriteString(l.w, last)
	return err
}

// appendIndented adds JSON without a blank between its tokens, as json.Encoder
// writes it, with line breaks and two blanks for each depth, as json.Indent
// sets it, in a fifth of its time.
func appendIndented(out, compact []byte, depth int) []byte {
	for i := 0; i < len(compact); {
		switch c := compact[i]; c {
		case '{', '[':
			out = append(out, c)
			if i++; compact[i] != c+2 { // '}' and ']' are two further on
				depth++
				out = appendLine(out, depth)
				continue
			}
			out = append(out, compact[i])
		case '}', ']':
			depth--
			out = append(appendLine(out, depth), c)
		case ',':
			out = appendLine(append(out, c), depth)
		case ':':
			out = append(out, ": "...)
		case '\n': // the end
		case '"':
			end := stringEnd(compact, i)
			out = append(out, compact[i:end]...)
			i = end
			continue
		default:
			out = append(out, c)
		}
		i++
	}
	return out
}

// stringEnd is where a string ends that begins at a quotation mark.
func stringEnd(b []byte, from int) int {
	for at := from + 1; ; {
		at += bytes.IndexByte(b[at:], '"')
		slashes := 0
		for b[at-1-slashes] == '\\' {
			slashes++
		}
		if at++; slashes%2 == 0 {
			return at
		}
	}
}

// appendLine begins a line at a depth.
func appendLine(out []byte, depth int) []byte {
	const line = "\n                                "
	for out = append(out, line[:min(1+2*depth, len(line))]...); 1+2*depth > len(line); depth-- {
		out = append(out, "  "...)
	}
	return out
}
