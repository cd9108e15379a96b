package tagged

import "fmt"

// line is a bookmark with its neighbours, as indexes into the outline; -1 is none.
type line struct {
	parent, prev, next, first, last, kids int
}

// writeOutline writes the bookmarks as a tree that stands open. A bookmark that
// leaves a depth out goes under the nearest one above it.
func (s *session) writeOutline() ref {
	root := s.file.reserve()
	refs := make([]ref, len(s.Outline))
	for i := range refs {
		refs[i] = s.file.reserve()
	}
	lines, top := nest(s.Outline)
	at := func(i int) ref {
		if i < 0 {
			return root
		}
		return refs[i]
	}
	for i, b := range s.Outline {
		l := lines[i]
		out := fmt.Appendf(nil, "<</Title %s /Parent %v /Dest %s", text(b.Text), at(l.parent), s.destination(b.At))
		if l.prev >= 0 {
			out = fmt.Appendf(out, " /Prev %v", refs[l.prev])
		}
		if l.next >= 0 {
			out = fmt.Appendf(out, " /Next %v", refs[l.next])
		}
		if l.first >= 0 {
			out = fmt.Appendf(out, " /First %v /Last %v /Count %d", refs[l.first], refs[l.last], l.kids)
		}
		s.file.set(refs[i], append(out, ">>"...))
	}
	s.file.set(root, fmt.Appendf(nil, "<</Type /Outlines /First %v /Last %v /Count %d>>", refs[top.first], refs[top.last], top.kids))
	return root
}

// nest finds each line's neighbours, and the outline's own first, last and
// number of lines. kids counts all lines below, since all stand open.
func nest(outline []Bookmark) ([]line, line) {
	top := line{parent: -1, prev: -1, next: -1, first: -1, last: -1}
	lines := make([]line, len(outline))
	var open []int // the line above at each depth
	for i, b := range outline {
		depth := min(max(b.Depth, 0), len(open))
		open = open[:depth]
		parent := &top
		lines[i] = line{parent: -1, prev: -1, next: -1, first: -1, last: -1}
		if depth > 0 {
			lines[i].parent, parent = open[depth-1], &lines[open[depth-1]]
		}
		if parent.last >= 0 {
			lines[i].prev, lines[parent.last].next = parent.last, i
		} else {
			parent.first = i
		}
		parent.last = i
		top.kids++
		for _, above := range open {
			lines[above].kids++
		}
		open = append(open, i)
	}
	return lines, top
}
