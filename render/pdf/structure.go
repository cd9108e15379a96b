package pdf

// node is one element of the structure tree (PDF 1.7, 14.7): what a passage is,
// and where on the pages its content was drawn. gofpdf writes no tree; it is
// recorded here so that a finishing pass can.
type node struct {
	role   string // standard structure type: P, H1, TD, …
	kids   []*node
	parts  []part
	text   string // what was written in it, for tests and for ActualText
	alt    string // words for a Figure
	scope  string // "Column" or "Row" of a TH
	span   int    // columns that a TH or TD covers, where more than one
	target string // ID that a Link leads to
}

// part is one marked-content sequence: the page, counted from 1, and its MCID there.
type part struct{ page, mcid int }

// add makes a new last child.
func (n *node) add(role string) *node {
	kid := &node{role: role}
	n.kids = append(n.kids, kid)
	return kid
}

// write keeps what was drawn, lines joined by a space.
func (n *node) write(s string) {
	if n.text != "" {
		n.text += " "
	}
	n.text += s
}
