package tagged

// Element is one element of the structure tree (PDF 1.7, 14.7): what a passage
// is, and where on the pages its content was drawn.
type Element struct {
	Role  string // standard structure type: P, H1, TD, …
	Kids  []*Element
	Parts []Part
	Text  string // what was written in it, lines as they follow each other

	Alt       string     // words for a Figure
	Box       Box        // where a Figure stands on the page of its first part
	Summary   string     // what a Table is about
	Numbering string     // of an L: Decimal, Disc or None
	Scope     string     // of a TH: Column or Row
	Columns   int        // that a TH or TD covers, where more than one
	Heads     []*Element // the TH that a cell stands under, where their scope does not say it

	Target string // place that a Link leads to
	Areas  []Area // where on the pages a Link can be followed
}

// Part is one marked-content sequence: the page, counted from 1, and its MCID there.
type Part struct{ Page, MCID int }

// Box is a rectangle in points from the foot of its page.
type Box struct{ Left, Bottom, Right, Top float64 }

// Area is a rectangle on a page, counted from 1.
type Area struct {
	Page int
	Box  Box
}

// Add makes a new last child.
func (e *Element) Add(role string) *Element {
	kid := &Element{Role: role}
	e.Kids = append(e.Kids, kid)
	return kid
}

// Walk visits an element and all below it, in reading order.
func (e *Element) Walk(visit func(*Element)) {
	visit(e)
	for _, k := range e.Kids {
		k.Walk(visit)
	}
}

// Cover widens a box to hold another; the zero Box holds nothing.
func (b *Box) Cover(o Box) {
	if *b == (Box{}) {
		*b = o
		return
	}
	b.Left, b.Bottom = min(b.Left, o.Left), min(b.Bottom, o.Bottom)
	b.Right, b.Top = max(b.Right, o.Right), max(b.Top, o.Top)
}
