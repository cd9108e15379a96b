package tagged

import (
	"fmt"
	"strconv"
	"strings"
)

// tree is the structure tree on its way to objects.
type tree struct {
	*session
	root        ref
	refs        map[*Element]ref
	owners      [][]ref // by page and MCID: the element that the mark belongs to
	annotations [][]ref // by page
	links       []ref   // the element of each annotation, in the order of their keys
	headed      map[*Element]bool
	names       map[*Element]string // of the heads that cells refer to
	ordered     []*Element          // the same heads, in reading order
}

func (s *session) writeTree() *tree {
	t := &tree{
		session: s, root: s.file.reserve(), refs: map[*Element]ref{}, headed: map[*Element]bool{}, names: map[*Element]string{},
		owners: make([][]ref, len(s.Pages)), annotations: make([][]ref, len(s.Pages)),
	}
	t.number()
	t.element(s.Tree, t.root)
	b := fmt.Appendf(nil, "<</Type /StructTreeRoot /K %v /ParentTree %v /ParentTreeNextKey %d", t.refs[s.Tree], t.parents(), len(s.Pages)+len(t.links))
	if len(t.ordered) > 0 {
		b = fmt.Appendf(b, " /IDTree %v", t.ids())
	}
	s.file.set(t.root, append(b, ">>"...))
	return t
}

// number gives every element an object, each mark its element, and the heads
// that cells refer to their names.
func (t *tree) number() {
	t.Tree.Walk(func(e *Element) {
		for _, h := range e.Heads {
			t.headed[h] = true
		}
	})
	// Cells come last, so that the numbers of a table's cells follow each other.
	for _, cells := range []bool{false, true} {
		t.Tree.Walk(func(e *Element) {
			if (e.Role == "TD" || e.Role == "TH") == cells {
				t.numberOne(e)
			}
		})
	}
}

func (t *tree) numberOne(e *Element) {
	r := t.file.reserve()
	t.refs[e] = r
	if t.headed[e] {
		// Of one length, so that the order of the names is that of the tree.
		t.names[e] = fmt.Sprintf("%0*d", len(strconv.Itoa(len(t.headed))), len(t.ordered))
		t.ordered = append(t.ordered, e)
	}
	for _, p := range e.Parts {
		t.own(p, r)
	}
}

func (t *tree) own(p Part, by ref) {
	marks := &t.owners[p.Page-1]
	for len(*marks) <= p.MCID {
		*marks = append(*marks, 0)
	}
	(*marks)[p.MCID] = by
}

// element writes an element and all below it.
func (t *tree) element(e *Element, parent ref) {
	switch e.Role {
	case "TR":
		t.file.setAs(rows, t.refs[e], t.whole(e, parent))
	case "TH", "TD":
		t.file.setAs(cells, t.refs[e], t.whole(e, parent))
	case "TBody":
		t.file.setAs(lists, t.refs[e], t.whole(e, parent))
	default:
		t.file.set(t.refs[e], t.whole(e, parent))
	}
	for _, k := range e.Kids {
		t.element(k, t.refs[e])
	}
}

// whole is an element's dictionary, first what is equally long in all that have one role.
func (t *tree) whole(e *Element, parent ref) []byte {
	b := append(append(make([]byte, 0, 96), "<</S/"...), e.Role...)
	b = append(append(b, "/P"...), parent.aligned()...)
	if len(e.Parts) > 0 {
		b = append(append(b, "/Pg"...), t.pages[e.Parts[0].Page-1].aligned()...)
	}
	b = t.appendAttributes(t.appendKids(b, e), e)
	if name, ok := t.names[e]; ok {
		b = append(append(append(b, "/ID("...), name...), ')')
	}
	if e.Alt != "" {
		b = append(append(b, "/Alt"...), text(e.Alt)...)
	}
	return append(b, ">>"...)
}

// appendKids writes what an element holds: its marks, its annotations, its children.
func (t *tree) appendKids(b []byte, e *Element) []byte {
	if len(e.Parts) == 1 && len(e.Areas)+len(e.Kids) == 0 {
		return fmt.Appendf(b, "/K%4d", e.Parts[0].MCID)
	}
	if len(e.Parts)+len(e.Areas)+len(e.Kids) == 0 {
		return b
	}
	b = append(b, "/K["...)
	if e.Role == "TBody" {
		b = filled(b, t.file.lines[lists])
	}
	for _, p := range e.Parts {
		if p.Page == e.Parts[0].Page {
			b = append(strconv.AppendInt(b, int64(p.MCID), 10), ' ')
		} else {
			b = fmt.Appendf(b, "<</Type/MCR/Pg %v/MCID %d>> ", t.pages[p.Page-1], p.MCID)
		}
	}
	for _, a := range e.Areas {
		b = fmt.Appendf(b, "<</Type/OBJR/Pg %v/Obj %v>> ", t.pages[a.Page-1], t.annotation(e, a))
	}
	for _, k := range e.Kids {
		b = append(append(b, t.refs[k].aligned()...), ' ')
	}
	b[len(b)-1] = ']'
	return b
}

// annotation makes an area of a page lead to the link's target, and says in
// words what the link says.
func (t *tree) annotation(e *Element, a Area) ref {
	key := len(t.Pages) + len(t.links)
	r := t.file.add(fmt.Appendf(nil, "<</Type /Annot /Subtype /Link /Rect %s /Border [0 0 0] /F 4 /StructParent %d /Contents %s /Dest %s>>",
		a.Box, key, text(strings.TrimSpace(e.Text)), t.destination(t.Places[e.Target])))
	t.links = append(t.links, t.refs[e])
	t.annotations[a.Page-1] = append(t.annotations[a.Page-1], r)
	return r
}

// String is the rectangle as PDF writes it.
func (b Box) String() string {
	return "[" + number(b.Left) + " " + number(b.Bottom) + " " + number(b.Right) + " " + number(b.Top) + "]"
}

func (t *tree) appendAttributes(b []byte, e *Element) []byte {
	var sets []string
	if e.Box != (Box{}) {
		sets = append(sets, "<</O/Layout/Placement/Block/BBox"+e.Box.String()+">>")
	}
	if e.Numbering != "" {
		sets = append(sets, "<</O/List/ListNumbering/"+e.Numbering+">>")
	}
	if cell := t.cellAttributes(e); cell != "" {
		sets = append(sets, "<</O/Table"+cell+">>")
	}
	switch len(sets) {
	case 0:
		return b
	case 1:
		return fmt.Appendf(b, "/A%s", sets[0])
	}
	return fmt.Appendf(b, "/A%s", sets)
}

func (t *tree) cellAttributes(e *Element) string {
	cell := ""
	if e.Summary != "" {
		cell += "/Summary" + text(e.Summary)
	}
	if len(e.Heads) > 0 {
		cell += "/Headers["
		for _, h := range e.Heads {
			cell += "(" + t.names[h] + ")"
		}
		cell += "]"
	}
	if e.Scope != "" {
		cell += "/Scope/" + e.Scope
	}
	if e.Columns > 1 {
		cell += "/ColSpan " + strconv.Itoa(e.Columns)
	}
	return cell
}

// parents is the number tree from marks and annotations back to elements: page
// n has the key n from 0, annotations have the keys after the last page's.
func (t *tree) parents() ref {
	b := []byte("<</Nums [")
	for i, marks := range t.owners {
		list := t.file.reserve()
		t.file.setAs(lists, list, t.file.list(marks))
		b = fmt.Appendf(b, "%d %v ", i, list)
	}
	for i, r := range t.links {
		b = fmt.Appendf(b, "%d %v ", len(t.Pages)+i, r)
	}
	return t.file.add(append(b, "]>>"...))
}

func (t *tree) ids() ref {
	width := refWidth + len(strconv.Itoa(len(t.ordered))) + 2
	b := filled([]byte("<</Names["), width)
	for _, e := range t.ordered {
		b = fmt.Appendf(b, "(%s)%s", t.names[e], t.refs[e].aligned())
	}
	r := t.file.reserve()
	t.file.lines[names] = width
	t.file.setAs(names, r, append(b, "]>>"...))
	return r
}
