package workbook

import (
	"regexp"
	"strings"
)

// unmark takes the borders and notes of an earlier marking out again. What
// the officer, or a spreadsheet program, did to the workbook since stays.
func (b *markedBook) unmark() error {
	if b.ours < 0 {
		return nil
	}
	for i, s := range b.sheets {
		if i == b.ours || !s.cells {
			continue
		}
		data, err := b.read(s.part)
		if err != nil {
			return err
		}
		out, err := takeBorders(data)
		if err != nil {
			return err
		}
		if out, err = b.takeNotes(s.part, out); err != nil {
			return err
		}
		if string(out) != string(data) {
			b.write(s.part, out)
		}
	}
	return nil
}

// takeBorders takes our rules out of a sheet, with a conditional format that holds nothing else.
func takeBorders(data []byte) ([]byte, error) {
	if !strings.Contains(string(data), "boardpack") {
		return data, nil
	}
	list, err := outline(data, 3)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for i, format := range list {
		if format.depth != 1 || format.name != "conditionalFormatting" {
			continue
		}
		var ours []edit
		rules := children(list, i)
		for _, rule := range rules {
			if isOurRule(data, list, rule) {
				ours = append(ours, edit{rule.start, rule.end, ""})
			}
		}
		if len(ours) == len(rules) && len(ours) > 0 {
			ours = []edit{{format.start, format.end, ""}}
		}
		edits = append(edits, ours...)
	}
	return applyEdits(data, edits), nil
}

func isOurRule(data []byte, list []element, rule element) bool {
	for _, e := range list {
		if e.name == "formula" && e.start > rule.start && e.end <= rule.close {
			s, err := unescape(data[e.open:e.close])
			return err == nil && strings.TrimSpace(s) == markFormula
		}
	}
	return false
}

// takeNotes takes our notes out of a sheet; parts that hold nothing else go with them.
func (p *parts) takeNotes(part string, data []byte) ([]byte, error) {
	have, err := p.partsOfNotes(part, data)
	if err != nil || have.comments == "" {
		return data, nil // notes that cannot be added to hold none of ours
	}
	cells, empty, err := p.takeComments(have.comments)
	if err != nil || len(cells) == 0 {
		return data, err
	}
	drawing, err := p.read(have.drawing)
	if err != nil {
		return nil, err
	}
	left := takeShapes(string(drawing), cells)
	p.write(have.drawing, []byte(left))
	if !empty || strings.Contains(left, "ClientData") {
		return data, nil
	}
	if err := p.discard(part, have.comments); err != nil {
		return nil, err
	}
	if err := p.discard(part, have.drawing); err != nil {
		return nil, err
	}
	list, err := outline(data, 1)
	if err != nil {
		return nil, err
	}
	if at := named(list, 1, "legacyDrawing"); at >= 0 {
		data = applyEdits(data, []edit{{list[at].start, list[at].end, ""}})
	}
	return data, nil
}

// takeComments takes the texts of our notes out and gives their cells; empty where no note of anybody's is left.
func (p *parts) takeComments(name string) (cells map[string]bool, empty bool, err error) {
	data, list, err := p.outlined(name, 2)
	if err != nil {
		return nil, false, err
	}
	authors := children(list, named(list, 1, "authors"))
	var edits []edit
	cells, left := map[string]bool{}, 0
	for _, e := range children(list, named(list, 1, "commentList")) {
		n := atoiOr0(e.attr(data, "authorId"))
		ours := n >= 0 && n < len(authors) && string(data[authors[n].open:authors[n].close]) == markAuthor
		if ours || strings.HasPrefix(firstText(data[e.start:e.end]), markPrefix) {
			cells[strings.ToUpper(e.attr(data, "ref"))] = true
			edits = append(edits, edit{e.start, e.end, ""})
		} else {
			left++
		}
	}
	if last := len(authors) - 1; last >= 0 && len(edits) > 0 && string(data[authors[last].open:authors[last].close]) == markAuthor {
		edits = append(edits, edit{authors[last].start, authors[last].end, ""})
	}
	if len(edits) > 0 {
		p.write(name, applyEdits(data, edits))
	}
	return cells, left == 0, nil
}

// firstText is the first piece of a note's text.
func firstText(comment []byte) string {
	x := xmlScanner{data: comment}
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		if x.name == "t" && x.closing {
			return string(x.text)
		}
	}
	return ""
}

var (
	anyShape    = regexp.MustCompile(`(?s)<v:shape\b.*?</v:shape>`)
	shapeRow    = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	shapeColumn = regexp.MustCompile(`<x:Column>\s*(\d+)\s*</x:Column>`)
)

// takeShapes takes the boxes of notes at some cells out of a drawing, and the shape that they alone have.
func takeShapes(s string, cells map[string]bool) string {
	s = anyShape.ReplaceAllStringFunc(s, func(shape string) string {
		row, col := shapeRow.FindStringSubmatch(shape), shapeColumn.FindStringSubmatch(shape)
		if row != nil && col != nil && cells[cellName(atoiOr0(row[1])+1, atoiOr0(col[1])+1)] {
			return ""
		}
		return shape
	})
	if !strings.Contains(s, "#_x0000_t202") {
		s = strings.Replace(s, noteShape, "", 1)
	}
	return s
}
