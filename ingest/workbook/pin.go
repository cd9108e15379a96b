package workbook

import (
	"path"
	"slices"
	"strings"

	"boardpack/ingest"
)

// Pin settles one table of a workbook: where its header stands and what its
// columns are. It takes the place of everything that would be found on that sheet.
type Pin struct {
	Sheet     string // pattern of path.Match on the sheet's lower-case name; empty means every sheet
	HeaderRow int    // 1-based
	Kind      ingest.Kind
	Columns   map[string]string // column letter → role
}

// pins gives the pins of the sheet being read.
func (r *reader) pins() []Pin {
	rule, ok := r.rule()
	if !ok || r.sheet.arranged != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(rule.Pins), func(p Pin) bool {
		match, err := path.Match(strings.ToLower(p.Sheet), strings.ToLower(r.sheet.name))
		return p.Sheet != "" && (!match || err != nil)
	})
}

// pinned makes the table that a pin describes.
func (r *reader) pinned(p Pin, f *finder) *table {
	t := &table{pinned: true, headed: headed{top: p.HeaderRow, bottom: p.HeaderRow}, sections: map[int]string{}, under: map[int]cell{}, runOn: map[[2]int]bool{}, told: map[int]bool{}, bodyEnd: r.sheet.lastRow}
	roles := map[int]string{}
	for letters, role := range p.Columns {
		if _, col, ok := parseCell(letters + "1"); ok {
			roles[col] = role
		}
	}
	for _, col := range sortedInts(roles) {
		t.cols = append(t.cols, headCol{col, f.headingOf(r.sheet.at(p.HeaderRow, col).raw)})
	}
	if len(t.cols) == 0 {
		return nil
	}
	for _, c := range t.cols {
		t.columns = append(t.columns, column{headCol: c, role: roles[c.col]})
	}
	r.sortRows(t)
	for i := range t.columns {
		t.columns[i].stats = r.columnStats(t, t.columns[i].col)
	}
	if t.kind = p.Kind; t.kind == "" {
		t.kind = t.kindOf()
	}
	return t
}

// byPins gives the tables that pins describe; nil where the sheet has none.
func (r *reader) byPins(f *finder) []*table {
	var out []*table
	for _, p := range r.pins() {
		if t := r.pinned(p, f); t != nil {
			out = append(out, t)
		}
	}
	return out
}
