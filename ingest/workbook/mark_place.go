package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const sheetContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

// placeFindings makes room for the sheet of findings: the one of an earlier
// marking where it stands, else a new one after all others, which moves nobody's place.
func (b *markedBook) placeFindings(w MarkWords) error {
	if b.ours >= 0 {
		b.remove(relsOf(b.sheets[b.ours].part))
		return b.show(b.ours)
	}
	s := bookSheet{name: b.freeName(w), part: b.free("xl/worksheets/sheet%d.xml", b.main), cells: true}
	b.write(s.part, []byte(xmlHead))
	id, err := b.relate(b.main, "worksheet", s.part)
	if err != nil {
		return err
	}
	if err := b.declare(s.part, sheetContent); err != nil {
		return err
	}
	if err := b.list(s.name, id); err != nil {
		return err
	}
	b.sheets = append(b.sheets, s)
	b.ours = len(b.sheets) - 1
	return b.show(b.ours)
}

// freeName is a name for the sheet of findings that no sheet has.
func (b *markedBook) freeName(w MarkWords) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(b.sheets, func(s bookSheet) bool { return strings.EqualFold(s.name, name) })
	}
	name := w.Sheet
	for n := 1; taken(name); n++ {
		name = w.SheetTaken
		if n > 1 {
			end := " " + strconv.Itoa(n)
			name = strings.TrimSpace(name[:min(len(name), maxSheetName-len(end))]) + end
		}
	}
	return name
}

// list adds a sheet to the workbook's list.
func (b *markedBook) list(name, relation string) error {
	data, list, err := b.outlined(b.main, 2)
	if err != nil {
		return err
	}
	at, last := named(list, 1, "sheets"), 0
	for _, e := range children(list, at) {
		last = max(last, atoiOr0(e.attr(data, "sheetId")))
	}
	text := fmt.Sprintf(`<%ssheet name="%s" sheetId="%d"%s/>`, list[0].prefix, xmlText(name), last+1, relationAttr(data, list[0], relation))
	b.write(b.main, applyEdits(data, []edit{insertInto(data, list[at], text)}))
	return nil
}

// show makes a sheet the one that the workbook opens with, and visible.
func (b *markedBook) show(index int) error {
	data, list, err := b.outlined(b.main, 2)
	if err != nil {
		return err
	}
	tab := strconv.Itoa(index)
	var edits []edit
	sheets := named(list, 1, "sheets")
	if views := named(list, 1, "bookViews"); views >= 0 {
		for _, e := range children(list, views) {
			edits = append(edits, setAttr(data, e, "activeTab", tab))
		}
	} else {
		at := list[sheets].start
		edits = append(edits, edit{at, at, prefixed([]string{`<bookViews><workbookView activeTab="` + tab + `"/></bookViews>`}, list[0].prefix)[0]})
	}
	own := children(list, sheets)[index]
	if _, _, ok := attrSpan(data, own, "state"); ok {
		edits = append(edits, setAttr(data, own, "state", "visible"))
	}
	b.write(b.main, applyEdits(data, edits))
	return b.deselectOthers(index)
}

func (b *markedBook) deselectOthers(index int) error {
	for i, s := range b.sheets {
		if i == index {
			continue
		}
		data, err := b.read(s.part)
		if err != nil {
			return err
		}
		if out, err := deselect(data); err != nil {
			return err
		} else if len(out) != len(data) || string(out) != string(data) {
			b.write(s.part, out)
		}
	}
	return nil
}
