package render

import (
	"slices"
	"strings"

	"boardpack/transform"
)

// open says what stops a final version, for officers; nothing in a final.
func (b *builder) open() []Block {
	if !b.settings.Draft {
		return nil
	}
	stops := b.settings.Stops
	n := 0
	for _, s := range stops {
		n += s.Cells()
	}
	if n == 0 {
		return []Block{paragraph(Plain, b.word(b.def.Open.None))}
	}
	return []Block{paragraph(Warn, b.say(b.def.Open.Some, Values{N: n})), tableOf(b, b.def.Tables.Open, Values{}, stopFields, plain(stops), noID)}
}

var stopFields = map[string]field[transform.Stop]{
	"check": {working: true, rowHead: true, cell: func(_ *builder, s transform.Stop) Cell { return text(s.Check) }},
	"severity": {working: true, cell: func(b *builder, s transform.Stop) Cell {
		return text(wordOr(b.def.Words.Severities, string(s.Severity)))
	}},
	"number": {working: true, align: Right, cell: func(_ *builder, s transform.Stop) Cell { return countCell(s.Cells()) }},
	"rows":   {working: true, cell: stopRowsCell},
	"saw":    {working: true, cell: func(_ *builder, s transform.Stop) Cell { return text(s.Findings[0].Saw) }},
}

// stopRowsCell names the rows, or the workbooks where findings are of no row.
func stopRowsCell(b *builder, s transform.Stop) Cell {
	var names []string
	for _, f := range s.Findings {
		name := f.Ref
		if name == "" {
			name = f.Place.String()
		}
		for _, one := range strings.Split(name, "; ") {
			if !slices.Contains(names, one) {
				names = append(names, one)
			}
		}
	}
	return text(b.join(names))
}

// Open is the wording about what stops a final version.
type Open struct {
	None Text `yaml:"none"`
	Some Text `yaml:"some"` // .N cells
}
