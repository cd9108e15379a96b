package workbook

import (
	"regexp"

	"boardpack/ingest"
)

var keyLine = regexp.MustCompile(`^([0-9])\s*[-=:–]\s*([A-Za-z]+)`)

// readKeys finds what numbers stand for as lights: "1 = Green" in one cell, or
// a number and a colour's name side by side. A number that is given two
// colours has none.
func (r *reader) readKeys(sheets []*sheet) map[string]string {
	keys := map[string]string{}
	learn := func(num, word, sheet string, cells ...string) {
		colour, ok := r.words.Light(word)
		if !ok || len(word) < 3 {
			return
		}
		for _, c := range cells {
			r.mark(sheet, c, "key")
		}
		if old := keys[num]; old != "" && old != colour {
			colour = ""
		}
		keys[num] = colour
	}
	for _, s := range sheets {
		for n, c := range s.cells {
			if c.raw == "" || isLetter(c.raw[0]) {
				continue // most cells
			}
			txt := ingest.OneLine(c.raw)
			if txt == "" || txt[0] < '0' || txt[0] > '9' {
				continue
			}
			if c.kind == text {
				if m := keyLine.FindStringSubmatch(txt); m != nil {
					learn(m[1], m[2], s.name, s.cellAt(c.row(), c.col()))
				}
			}
			if n+1 < len(s.cells) && len(txt) == 1 {
				if next := s.cells[n+1]; next.row() == c.row() && next.col() == c.col()+1 && next.kind == text {
					learn(txt, ingest.OneLine(next.raw), s.name, s.cellAt(c.row(), c.col()), s.cellAt(next.row(), next.col()))
				}
			}
		}
	}
	return keys
}
