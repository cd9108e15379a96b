package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"boardpack/render/data"
)

// writeRun writes the JSON of run --json: returns, packs and findings, and with
// each pack under "data" the records of its public edition's data folder. It
// is written pack by pack and row by row, never held as a whole.
func writeRun(w io.Writer, read []readReturn, made []madePack) error {
	out := bufio.NewWriter(w)
	if err := writeKey(out, "{\n", "returns", returnsJSON(read)); err != nil {
		return err
	}
	out.WriteString(",\n  \"packs\": [")
	for i, m := range made {
		if i > 0 {
			out.WriteString(",")
		}
		if err := m.writeJSON(out); err != nil {
			return err
		}
	}
	if len(made) > 0 {
		out.WriteString("\n  ")
	}
	if err := writeKey(out, "],\n", "findings", findingsJSON(findingsOf(read, made))); err != nil {
		return err
	}
	out.WriteString("\n}\n")
	return out.Flush()
}

// writeJSON writes a pack with its data as the last of its keys.
func (m madePack) writeJSON(out *bufio.Writer) error {
	b, err := indented(m.json(), "    ")
	if err != nil {
		return err
	}
	out.WriteString("\n    ")
	out.Write(bytes.TrimSuffix(b, []byte("\n    }")))
	out.WriteString(",\n      \"data\": ")
	if err := data.JSON(out, m.Pack, false, "      "); err != nil {
		return err
	}
	_, err = out.WriteString("\n    }")
	return err
}

func writeKey(out *bufio.Writer, before, key string, v any) error {
	b, err := indented(v, "  ")
	if err != nil {
		return err
	}
	out.WriteString(before + "  \"" + key + "\": ")
	_, err = out.Write(b)
	return err
}

// indented is a value as printJSON writes it, its lines after the first after a prefix.
func indented(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
