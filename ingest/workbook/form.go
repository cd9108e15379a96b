package workbook

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// form is one indicator on a sheet: a grid of its quarters and of what is said
// of each, and the cells above and below that say its name, unit and officer.
type form struct {
	quarterGrid
	fields []formField
	lone   []cell // texts alone in their rows above the grid
	first  int    // row where it begins
	last   int    // row where it ends
}

// formField is a label and the cell that stands for it: "Officer" and a name.
type formField struct {
	heading
	value cell
	row   int    // of the label
	label string // its cell, where it has one of its own
}

// withForms adds the forms of a sheet, set up as one table, to its tables. It
// takes the place of tables whose rows do not say which indicator they are of.
func (r *reader) withForms(tables []*table) []*table {
	var grids []quarterGrid
	for _, g := range r.grids() {
		if !slices.ContainsFunc(tables, func(t *table) bool { return t.isData() && !t.nameless && overlaps(t, g.area) }) {
			grids = append(grids, g)
		}
	}
	if len(grids) == 0 {
		return tables
	}
	tables = slices.DeleteFunc(tables, func(t *table) bool {
		return slices.ContainsFunc(grids, func(g quarterGrid) bool { return overlaps(t, g.area) })
	})
	if t := r.formTable(r.forms(grids, tables)); t != nil {
		tables = append(tables, t)
	}
	return tables
}

func overlaps(t *table, a span) bool {
	return t.top <= a.bottom && a.top <= t.bodyEnd && t.left() <= a.right && a.left <= t.right()
}

// naming are the roles that name an indicator.
var naming = map[string]bool{"ref": true, "title": true}

// forms gives each grid the cells around it that belong to it.
func (r *reader) forms(grids []quarterGrid, tables []*table) []form {
	var out []form
	for n, g := range grids {
		around := span{top: 1, left: 1, bottom: g.area.top - 1, right: maxColumns}
		for i, o := range grids {
			switch {
			case i == n:
			case o.area.top <= g.area.bottom && g.area.top <= o.area.bottom && o.area.left > g.area.right:
				around.right = min(around.right, o.area.left-1)
			case o.area.top <= g.area.bottom && g.area.top <= o.area.bottom:
				around.left = max(around.left, o.area.right+1)
			case o.area.bottom < g.area.top:
				around.top = max(around.top, o.area.bottom+1)
			}
		}
		for _, t := range tables {
			if t.bodyEnd < g.area.top {
				around.top = max(around.top, t.bodyEnd+1)
			}
		}
		out = append(out, r.formAbove(g, around))
	}
	r.readBelow(out, tables)
	return out
}

// near is how many rows above a grid a text may stand that is its name.
const near = 3

// formAbove reads the labels above a grid. What stands above its name belongs
// to the form before it, but for the first.
func (r *reader) formAbove(g quarterGrid, around span) form {
	f := form{quarterGrid: g, first: g.area.top, last: g.area.bottom}
	f.fields, f.lone = r.fields(around)
	f.fields = slices.DeleteFunc(f.fields, func(x formField) bool {
		return g.area.contains(x.value.row(), x.value.col()) && x.value.row() > g.area.top
	})
	r.nameForm(&f)
	if around.top > 1 {
		f.fields = slices.DeleteFunc(f.fields, func(x formField) bool { return x.row < f.first })
	} else {
		for _, x := range f.fields {
			f.first = min(f.first, x.row)
		}
	}
	return f
}

// nameForm finds what a form is of: its labels, else the text right above the
// grid; the reference also in the sheet's name.
func (r *reader) nameForm(f *form) {
	if name := slices.IndexFunc(f.fields, func(x formField) bool { return x.fits(naming) }); name >= 0 {
		f.first = f.fields[name].row
	} else if name, ok := f.nearestName(); ok {
		f.fields = append(f.fields, r.named(name)...)
		f.first = name.row()
	}
	if ingest.LooksLikeRef(r.sheet.name) && !slices.ContainsFunc(f.fields, func(x formField) bool { return x.means("ref") }) {
		at := cellAt(f.area.top, f.area.left)
		at.kind, at.raw = text, r.sheet.name
		f.fields = append(f.fields, formField{r.headingOf("ref"), at, f.area.top, ""})
	}
}

// nearestName is the text right above the grid that names no period, else the one above that.
func (f *form) nearestName() (cell, bool) {
	for n := len(f.lone) - 1; n >= 0; n-- {
		said := ingest.PeriodIn(f.lone[n].raw)
		if said.Year == 0 && said.Quarter == 0 {
			return f.lone[n], f.area.top-f.lone[n].row() <= near
		}
	}
	return cell{}, false
}

// readBelow gives each form the labels between its grid and the next form: a comment, an officer.
func (r *reader) readBelow(forms []form, tables []*table) {
	const deep = 15
	for n := range forms {
		f := &forms[n]
		below := span{top: f.area.bottom + 1, left: 1, bottom: f.area.bottom + deep, right: maxColumns}
		for i, o := range forms {
			switch {
			case o.first > f.area.bottom:
				below.bottom = min(below.bottom, o.first-1)
			case i != n && o.area.left > f.area.right:
				below.right = min(below.right, o.area.left-1)
			case i != n && o.area.right < f.area.left:
				below.left = max(below.left, o.area.right+1)
			}
		}
		for _, t := range tables {
			if t.top > f.area.bottom {
				below.bottom = min(below.bottom, t.top-2)
			}
		}
		more, _ := r.fields(below)
		for _, x := range more {
			if !slices.ContainsFunc(f.fields, func(y formField) bool { return y.text == x.text }) {
				f.fields = append(f.fields, x)
				f.last = max(f.last, x.row, x.value.row())
			}
		}
	}
}

// ofForms are the roles that a label of a form can have.
var ofForms = map[string]bool{"ref": true, "title": true, "alias": true, "officer": true, "unit": true, "polarity": true, "class": true, "objective": true, "frequency": true,
	"comment": true, "target": true, "baseline": true, "last_year": true, "benchmark": true, "priority": true, "forecast": true, "travel": true, "light": true, "status": true}

// fields reads the labels of a range with what stands for them, and the texts that stand alone in their rows.
func (r *reader) fields(in span) (out []formField, lone []cell) {
	for _, row := range r.sheet.rowNumbers() {
		if row < in.top || row > in.bottom || r.sheet.hiddenRows[row] {
			continue
		}
		cells := only(textRow(r.sheet, row), func(c *cell) bool { return c.col() >= in.left && c.col() <= in.right && !r.sheet.hiddenCols[c.col()] })
		found := r.rowFields(cells, row < in.bottom)
		if r.isNamed(cells) {
			found = []formField{{r.headingOf("ref"), cells[0], row, ""}, {r.headingOf("title"), cells[1], row, ""}}
		}
		out = append(out, found...)
		if len(cells) == 1 && len(found) == 0 && r.namesSomething(cells[0]) {
			lone = append(lone, cells[0])
		}
	}
	return out, lone
}

// rowFields reads a row's labels: "Ref | NI 117 | Officer | …", or "Ref: NI 117"
// in one cell. A label alone in its row stands for the text below it.
func (r *reader) rowFields(cells []cell, below bool) []formField {
	var out []formField
	for i := 0; i < len(cells); i++ {
		c := cells[i]
		label, rest, within := strings.Cut(c.raw, ":")
		h, ok := r.label(label)
		switch {
		case c.kind != text || !ok:
		case within && strings.TrimSpace(rest) != "":
			c.raw = strings.TrimSpace(rest)
			out = append(out, formField{h, c, c.row(), ""})
		case i+1 < len(cells) && !r.isLabel(cells[i+1]):
			out = append(out, formField{h, cells[i+1], c.row(), r.name(c.row(), c.col())})
			i++
		case len(cells) == 1 && below:
			if under := textRow(r.sheet, c.row()+1); len(under) == 1 && under[0].col() == c.col() && !r.isLabel(under[0]) {
				out = append(out, formField{h, under[0], c.row(), r.name(c.row(), c.col())})
			}
		}
	}
	return out
}

// isNamed knows a row of a reference and a title: "NI 117 | Not in education".
func (r *reader) isNamed(cells []cell) bool {
	return len(cells) == 2 && cells[0].kind == text && cells[1].kind == text && !r.isLabel(cells[0]) &&
		ingest.LooksLikeRef(cells[0].raw) && !ingest.LooksLikeRef(cells[1].raw) && r.headingOf(cells[0].raw).period == (ingest.Period{})
}

func (r *reader) label(s string) (heading, bool) {
	const sureOf = 0.9
	h := r.headingOf(strings.TrimSpace(s))
	role, score := h.best()
	return h, len(s) <= 60 && score >= sureOf && ofForms[role]
}

func (r *reader) isLabel(c cell) bool {
	label, _, _ := strings.Cut(c.raw, ":")
	_, ok := r.label(label)
	return c.kind == text && ok && (strings.Contains(c.raw, ":") || !ingest.LooksLikeRef(c.raw))
}

// namesSomething reports whether a text alone in its row can be an indicator's
// name: not a period, guidance or the kind of sheet it is on.
func (r *reader) namesSomething(c cell) bool {
	return c.kind == text && len(c.raw) <= 200 && !strings.HasSuffix(strings.TrimSpace(c.raw), ".") && r.planWords(c.raw) != "" && !r.words.narrative[wordsOnly(c.raw)] && !isCouncil(c.raw)
}

// named reads an indicator's name: "NI 117 – not in education", with a reference or without.
func (r *reader) named(c cell) []formField {
	ref, title := splitName(ingest.OneLine(c.raw))
	var out []formField
	if ref == "" && !ingest.LooksLikeRef(r.sheet.name) {
		r.find(ingest.Query, "name-in-doubt", r.name(c.row(), c.col()), "", fmt.Sprintf("'%s' stands above figures by quarter and was taken for the name of their indicator", title), "Write the indicator's reference and title there, for example Ref: NI 117.")
	}
	if ref != "" {
		at := c
		at.raw = ref
		out = append(out, formField{r.headingOf("ref"), at, c.row(), ""})
	}
	if title != "" {
		c.raw = title
		out = append(out, formField{r.headingOf("title"), c, c.row(), ""})
	}
	return out
}

// splitName takes the reference at the start of a name apart from its title:
// before a dash or colon, else a word with a number ("PI12"), or letters and a number ("NI 117").
func splitName(name string) (ref, title string) {
	for _, mark := range []string{" - ", " – ", " — ", ": "} {
		if before, after, ok := strings.Cut(name, mark); ok && ingest.LooksLikeRef(before) {
			return strings.TrimSpace(before), strings.TrimSpace(after)
		}
	}
	words := strings.Fields(name)
	for n := 1; n <= min(2, len(words)); n++ {
		if head := strings.Join(words[:n], " "); ingest.LooksLikeRef(head) && strings.ContainsAny(head, "0123456789") {
			return strings.TrimRight(head, ":.-"), strings.Join(words[n:], " ")
		}
	}
	return "", name
}

// formTable sets the forms up as a table of one row each; nil where none has a name.
func (r *reader) formTable(forms []form) *table {
	left, top, bottom, begins := maxColumns, maxRows, 0, maxRows
	for _, f := range forms {
		left, top, bottom, begins = min(left, f.area.left), min(top, f.area.top), max(bottom, f.last), min(begins, f.first)
	}
	a := rearrange(r.sheet, left)
	for _, f := range forms {
		if !slices.ContainsFunc(f.fields, func(x formField) bool { return x.fits(naming) }) {
			r.find(ingest.Error, "form-without-name", r.name(f.area.top, f.area.left), "", "these figures by quarter have no name: nothing above them says which indicator they are of, so they were not read",
				"Write the indicator's reference and title above them, for example Ref: NI 117.")
			continue
		}
		r.putForm(a, f, a.rowAt(f.area.top))
	}
	if len(a.rows) == 0 {
		return nil
	}
	t := r.arrangedTable(a, top, bottom)
	t.begins, t.heads = begins, map[string]ingest.Taken{}
	for _, f := range forms {
		r.nameHeads(t, f)
	}
	return t
}

// nameHeads notes the cells of a form that name others.
func (r *reader) nameHeads(t *table, f form) {
	head := func(name string, h heading) {
		role, _ := h.best()
		if h.bare {
			role = "group"
		}
		t.heads[name] = ingest.Taken{For: ingest.TakenHeader, Role: role, Period: h.period}
	}
	for _, x := range f.fields {
		if x.label != "" {
			head(x.label, x.heading)
		}
	}
	across, down := f.quarters, f.says
	if f.down {
		across, down = down, across
	}
	for _, l := range across {
		head(r.name(f.area.top, l.at), l.heading)
	}
	for _, l := range down {
		head(r.name(l.at, f.area.left), l.heading)
	}
}

func (r *reader) putForm(a *rearranged, f form, row int) {
	for _, x := range f.fields {
		a.put(x.words+x.period.String(), row, x.heading, x.value)
	}
	for _, q := range f.quarters {
		for _, s := range f.says {
			role := ""
			if s.fits(ofRows) {
				role, _ = s.best()
			}
			key := rowKey{role: role, period: s.period}
			a.put(fmt.Sprint(q.words, q.period, " of ", role, key.period, s.words), row, headingOfRow(q.heading, key, true, s.text), f.cellOf(r.sheet, q, s))
		}
	}
}
