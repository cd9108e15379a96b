package data

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"boardpack/transform"
)

// JSON writes the tables of an edition as one JSON object: a list of records
// for each table, a record a line, with the columns of its CSV in their order.
// Numbers are JSON numbers, written as in the CSV; "yes" and "no" are true and
// false; an absent value is null; texts are as they are, for no spreadsheet
// opens them. Lines after the first begin with indent.
func JSON(w io.Writer, p transform.Pack, working bool, indent string) error {
	if !working {
		p = public(p)
	}
	out := bufio.NewWriter(w)
	line := newJSONLine()
	out.WriteString("{")
	for i, t := range edition(working) {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n" + indent + "  \"" + t.name + "\": [")
		last := "]"
		for n, r := range t.records(p) {
			if n > 0 {
				out.WriteString(",")
			}
			out.WriteString("\n" + indent + "    ")
			if err := line.write(out, t, r); err != nil {
				return err
			}
			last = "\n" + indent + "  ]"
		}
		out.WriteString(last)
	}
	out.WriteString("\n" + indent + "}")
	return out.Flush() // tells what went wrong above, too
}

// jsonLine writes records, one after another, with one encoder.
type jsonLine struct {
	text    bytes.Buffer
	encoder *json.Encoder
}

func newJSONLine() *jsonLine {
	l := &jsonLine{}
	l.encoder = json.NewEncoder(&l.text)
	l.encoder.SetEscapeHTML(false)
	return l
}

func (l *jsonLine) write(out *bufio.Writer, t table, r record) error {
	for i, c := range t.columns {
		before := ", "
		if i == 0 {
			before = "{"
		}
		out.WriteString(before + "\"" + c.name + "\": ")
		v := c.plain(r)
		switch {
		case v == "" && !t.full:
			v = "null"
		case c.kind == yesNo && v == "yes":
			v = "true"
		case c.kind == yesNo:
			v = "false"
		case c.kind != number && c.kind != integer:
			l.text.Reset()
			if err := l.encoder.Encode(v); err != nil {
				return err
			}
			v = string(bytes.TrimSuffix(l.text.Bytes(), []byte("\n")))
		}
		out.WriteString(v)
	}
	_, err := out.WriteString("}")
	return err
}
