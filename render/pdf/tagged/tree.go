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
	t.Tree.Walk(func(e *Element) {
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
	})
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
	b := fmt.Appendf(make([]byte, 0, 96), "<</S /%s /P %v", e.Role, parent)
	if len(e.Parts) > 0 {
		b = fmt.Appendf(b, " /Pg %v", t.pages[e.Parts[0].Page-1])
	}
	if name, ok := t.names[e]; ok {
		b = fmt.Appendf(b, " /ID (%s)", name)
	}
	if e.Alt != "" {
		b = fmt.Appendf(b, " /Alt %s", text(e.Alt))
	}
	b = t.appendAttributes(b, e)
	b = t.appendKids(b, e)
	t.file.set(t.refs[e], append(b, ">>"...))
	for _, k := range e.Kids {
		t.element(k, t.refs[e])
	}
}

// appendKids writes what an element holds: its marks, its annotations, its children.
func (t *tree) appendKids(b []byte, e *Element) []byte {
	if len(e.Parts)+len(e.Areas)+len(e.Kids) == 0 {
		return b
	}
	b = append(b, " /K ["...)
	for _, p := range e.Parts {
		if p.Page == e.Parts[0].Page {
			b = append(strconv.AppendInt(b, int64(p.MCID), 10), ' ')
		} else {
			b = fmt.Appendf(b, "<</Type /MCR /Pg %v /MCID %d>> ", t.pages[p.Page-1], p.MCID)
		}
	}
	for _, a := range e.Areas {
		b = fmt.Appendf(b, "<</Type /OBJR /Pg %v /Obj %v>> ", t.pages[a.Page-1], t.annotation(e, a))
	}
	for _, k := range e.Kids {
		b = append(strconv.AppendInt(b, int64(t.refs[k]), 10), " 0 R "...)
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
		sets = append(sets, "<</O /Layout /Placement /Block /BBox "+e.Box.String()+">>")
	}
	if e.Numbering != "" {
		sets = append(sets, "<</O /List /ListNumbering /"+e.Numbering+">>")
	}
	if cell := t.cellAttributes(e); cell != "" {
		sets = append(sets, "<</O /Table"+cell+">>")
	}
	switch len(sets) {
	case 0:
		return b
	case 1:
		return fmt.Appendf(b, " /A %s", sets[0])
	}
	return fmt.Appendf(b, " /A %s", sets)
}

func (t *tree) cellAttributes(e *Element) string {
	cell := ""
	if e.Summary != "" {
		cell += " /Summary " + text(e.Summary)
	}
	if e.Scope != "" {
		cell += " /Scope /" + e.Scope
	}
	if e.Columns > 1 {
		cell += " /ColSpan " + strconv.Itoa(e.Columns)
	}
	if len(e.Heads) > 0 {
		cell += " /Headers ["
		for _, h := range e.Heads {
			cell += "(" + t.names[h] + ")"
		}
		cell += "]"
	}
	return cell
}

// parents is the number tree from marks and annotations back to elements: page
// n has the key n from 0, annotations have the keys after the last page's.
func (t *tree) parents() ref {
	b := []byte("<</Nums [")
	for i, marks := range t.owners {
		b = fmt.Appendf(b, "%d %v ", i, t.file.add(array(marks)))
	}
	for i, r := range t.links {
		b = fmt.Appendf(b, "%d %v ", len(t.Pages)+i, r)
	}
	return t.file.add(append(b, "]>>"...))
}

func (t *tree) ids() ref {
	b := []byte("<</Names [")
	for _, e := range t.ordered {
		b = fmt.Appendf(b, "(%s) %v ", t.names[e], t.refs[e])
	}
	return t.file.add(append(b, "]>>"...))
}
