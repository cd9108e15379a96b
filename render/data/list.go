package data

import (
	"bytes"
	"encoding/csv"
	"strings"

	"boardpack/render"
)

// Table writes a table of a report as CSV: a header row, then its rows, with
// the band over them in a first column of its own where there are bands.
// Numbers and dates are plain, as in the data folder, and text is safe to open in a spreadsheet.
func Table(t render.Table, band string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	banded := false
	for _, g := range t.Groups {
		banded = banded || g.Band != ""
	}
	line := func(first string, cells []string) error {
		if banded {
			cells = append([]string{first}, cells...)
		}
		return w.Write(cells)
	}
	var heads []string
	for _, c := range t.Columns {
		heads = append(heads, guard(c.Head))
	}
	if err := line(band, heads); err != nil {
		return nil, err
	}
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, plain(c))
			}
			if err := line(guard(g.Band), cells); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// plain is a cell as a program wants it.
func plain(c render.Cell) string {
	switch {
	case c.Number != "":
		return c.Number
	case c.Date != "":
		return c.Date
	}
	return guard(strings.ToValidUTF8(c.Text, "\uFFFD"))
}
