package workbook

import (
	"fmt"

	"boardpack/ingest"
)

func (r *reader) lightOf(t *table, row int, role string) ingest.Light {
	if c := r.columnOf(t, role); c != nil && c.period.Quarter == 0 {
		return r.lightIn(t, row, c.col)
	}
	return ingest.Light{}
}

// lightIn reads a light of a table, unless its colour is only decoration: the
// whole row's, or the whole column's.
func (r *reader) lightIn(t *table, row, col int) ingest.Light {
	l := r.light(row, col)
	if t.kind == ingest.KindIndicator && l.Colour == "" && r.words.statuses[ingest.Fold(l.Text)] != "" {
		r.unknownLight(l) // the state of an action
	}
	if l.By != "cell colour" {
		return l
	}
	if t.house || r.rowColour(t, row, col) {
		if !t.house {
			r.find(ingest.Query, "colour-of-the-row", l.Cell, "", fmt.Sprintf("the cell is %s like the rest of its row, so the colour was not taken for a light", l.Colour), "Write R, A or G into the cell.")
		}
		return ingest.Light{}
	}
	return l
}

// rowColour reports whether a cell's colour is that of its row: the cells of
// the reference and the title have it too.
func (r *reader) rowColour(t *table, row, col int) bool {
	hue := r.book.style(r.sheet.at(row, col).style).hue
	for _, role := range []string{"ref", "title", "officer"} {
		if c := t.has(role); c != nil && r.book.style(r.sheet.at(row, c.col).style).hue == hue {
			return true
		}
	}
	return false
}

// houseColour reports whether a column of lights says nothing and is all of
// one colour that its header has too, or that is blue: a sheet's decoration.
func (r *reader) houseColour(t *table) bool {
	light := t.has("light")
	if light == nil || light.stats.filled > 0 || light.stats.tinted < 2 {
		return false
	}
	hue := ""
	for _, row := range t.dataRows {
		h := r.book.style(r.sheet.at(row, light.col).style).hue
		if hue == "" {
			hue = h
		}
		if h != hue {
			return false
		}
	}
	header := r.book.style(r.sheet.at(t.bottom, light.col).style).hue
	if hue != "blue" && hue != header {
		return false
	}
	for _, row := range t.dataRows {
		r.find(ingest.Query, "colour-means-nothing", r.name(row, light.col), "", fmt.Sprintf("every cell of the column '%s' is %s and empty, so the colour was not taken for a light", light.text, hue), "Write R, A or G into the cells.")
	}
	return true
}

// light reads a cell of a light column: its word, letter or symbol, else its own colour.
func (r *reader) light(row, col int) ingest.Light {
	cl := r.cell(row, col)
	hue := r.book.style(cl.style).hue
	l := ingest.Light{Cell: r.name(row, col)}
	if cl.kind == text {
		l.Text = ingest.OneLine(cl.raw)
	} else if cl.kind == number {
		l.Text = r.numberText(cl)
	}
	colour, known := r.words.light(r.facts(l.Text).Folded)
	if !known && r.keyed[l.Text] != "" {
		colour, known = r.keyed[l.Text], true
	}
	if rule := r.ruleHue(cl); !known && rule != "" {
		l.Colour, l.By = rule, "rule of the sheet"
		return l
	}
	switch {
	case l.Text == "" && hue == "":
		return ingest.Light{}
	case l.Text == "":
		l.Colour, l.By = hue, "cell colour"
	case known:
		l.Colour, l.By = colour, lightBy(l.Text)
		r.compareHue(l, hue)
	case r.saysNoLight(l.Text) && hue == "":
	case r.saysNoLight(l.Text):
		l.Colour, l.By = hue, "cell colour"
	case hue != "":
		l.Colour, l.By = hue, "cell colour"
	default:
		r.unknownLight(l)
	}
	return l
}

func lightBy(txt string) string {
	switch {
	case len([]rune(txt)) > 1 && txt[0] < 0x80:
		return "word"
	case txt[0] < 0x80 && txt != "?":
		return "letter"
	}
	return "symbol"
}

func (r *reader) saysNoLight(txt string) bool {
	f := ingest.TextFigure(txt, "")
	return f.Says != ingest.SaysText && f.Says != ingest.SaysNumber || r.words.statuses[ingest.Fold(txt)] != ""
}

func (r *reader) unknownLight(l ingest.Light) {
	r.find(ingest.Query, "light-not-known", l.Cell, "", fmt.Sprintf("'%s' stands where a traffic light is wanted", l.Text),
		"Write Red, Amber or Green (or R, A, G), or leave the cell empty.")
}

func (r *reader) compareHue(l ingest.Light, hue string) {
	if hue != "" && hue != l.Colour {
		r.find(ingest.Query, "light-and-colour-differ", l.Cell, "", fmt.Sprintf("the cell says %s and is coloured %s; the word was used", l.Colour, hue),
			"Make the word and the colour the same.")
	}
}
