package render

import (
	"slices"

	"boardpack/transform"
)

// Tally says as data which rows a number counts: the rows of a table of Report.Tables for which every
// condition holds. An edition that is worked on can count them again.
type Tally struct {
	Of    string // Table.Of: "action" or "indicator"
	Where []Condition
	Share *Share // of a percentage: what the count is a share of
}

// Condition holds for a row whose cell in one column shows what one of these cells shows.
type Condition struct {
	Field string // Column.Field
	Is    []Cell
}

// Share says what a percentage is of, and how it is rounded: to one decimal, halves up, or so that the
// shares sum to 100.
type Share struct {
	Of               []Condition // the rows that make up the whole
	LessThanOne      bool        // "<1%" and ">99%" stand for what would read as nothing or as all
	LargestRemainder bool        // Among are rounded so that they sum to 100; ties go by their order
	Among            [][]Condition
}

// tally counts rows of one light: of the board where plan is empty, else of a plan; and of a class where
// there is one. An empty light is every light.
func (b *builder) tally(kind, plan, class string, l transform.Light) *Tally {
	t := &Tally{Of: kind, Where: b.whose(kind, plan, class)}
	if l != "" {
		t.Where = append(t.Where, Condition{"light", []Cell{b.lightCell(l)}})
	}
	return t
}

// whose are the conditions of the rows that counts of a board, a plan or a class are made over. An action
// always counts; an indicator on its lead for the board, and for each of its plans (summary.csv).
func (b *builder) whose(kind, plan, class string) []Condition {
	var where []Condition
	if plan != "" {
		where = append(where, Condition{"plan", []Cell{text(plan)}})
	}
	if class != "" {
		where = append(where, Condition{"class", []Cell{coded(class)}})
	}
	switch {
	case kind == "action":
	case plan != "":
		where = append(where, Condition{"counted in plan", []Cell{yes(true)}})
	default:
		where = append(where, Condition{"counted", []Cell{yes(true)}})
	}
	return where
}

// within are the conditions of the rows of the scheme's denominator.
func (b *builder) within(c transform.Count) []Condition {
	where := b.whose(c.Kind, c.Plan, c.Class)
	inside := Condition{Field: "light"}
	for _, l := range b.schemeOrder() {
		if c.Light = l; !b.isOutside(c) {
			inside.Is = append(inside.Is, b.lightCell(l))
		}
	}
	if len(inside.Is) < len(b.schemeOrder()) {
		where = append(where, inside)
	}
	return where
}

// counted is a count in a table, and what it counts.
func (b *builder) counted(c transform.Count) Cell {
	cell := countCell(c.Count)
	cell.Tally = b.tally(c.Kind, c.Plan, c.Class, c.Light)
	return cell
}

// total is what the shares of a count's table are of.
func (b *builder) total(c transform.Count) Cell {
	cell := countCell(c.Total)
	cell.Tally = &Tally{Of: c.Kind, Where: b.within(c)}
	return cell
}

// shared says of the cells of shares, as they are printed, what they are shares of.
func (b *builder) shared(cells []Cell, counts []transform.Count) []Cell {
	var among [][]Condition
	if b.settings.Percentages.LargestRemainder {
		for _, c := range counts {
			among = append(among, b.tally(c.Kind, c.Plan, c.Class, c.Light).Where)
		}
	}
	cells = slices.Clone(cells)
	for n, c := range counts {
		if cells[n].Text == "" {
			continue
		}
		cells[n].Tally = b.tally(c.Kind, c.Plan, c.Class, c.Light)
		cells[n].Tally.Share = &Share{
			Of: b.within(c), LessThanOne: b.settings.Percentages.LessThanOne, LargestRemainder: among != nil, Among: among,
		}
	}
	return cells
}

// moves counts the rows of a matrix: the light before and the light now.
func (b *builder) moves(kind string, was, now transform.Light, n int) Cell {
	cell := countCell(n)
	cell.Tally = b.tally(kind, "", "", now)
	cell.Tally.Where = append(cell.Tally.Where, Condition{"previous", []Cell{b.lightCell(was)}})
	return b.asMove(cell, n, was, now)
}

// coded is a cell whose text is a word of the data.
func coded(word string) Cell { return Cell{Text: word, Coded: word != ""} }

func yes(is bool) Cell {
	if is {
		return coded("yes")
	}
	return coded("no")
}
