package workbook

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// markAuthor is the author of our notes, and begins each of them, for some
// programs forget who wrote a note. By either they are known when the workbook comes back.
const markAuthor = "boardpack"

// markPrefix begins our notes and the title of our sheet.
const markPrefix = markAuthor + ": "

// note is a note at a cell: a bold first line, and what follows it.
type note struct {
	row, col   int
	head, body string
}

// errDisturbs says that a sheet holds what notes could disturb.
var errDisturbs = errors.New("the sheet holds controls, or notes in a form that cannot be added to")

// noteParts are the parts behind a sheet's notes; empty names for none.
type noteParts struct{ comments, drawing string }

// partsOfNotes finds the parts behind a sheet's notes. It is errDisturbs
// where the sheet has controls, or notes that are not of the plain kind.
func (p *parts) partsOfNotes(part string, data []byte) (noteParts, error) {
	var n noteParts
	rels, err := p.relations(part)
	if err != nil {
		return n, err
	}
	drawing := legacyDrawing(data)
	for _, r := range rels {
		switch {
		case r.is("control") || r.is("ctrlProp") || r.is("threadedComment"):
			return n, errDisturbs
		case r.is("comments"):
			n.comments = r.target
		case r.is("vmlDrawing") && r.id == drawing:
			n.drawing = r.target
		}
	}
	if (n.drawing == "") != (drawing == "") || n.comments != "" && n.drawing == "" {
		return n, errDisturbs
	}
	return n, p.appendable(n)
}

// appendable refuses notes that cannot be added to.
func (p *parts) appendable(n noteParts) error {
	if n.comments != "" {
		data, err := p.read(n.comments)
		if err != nil || !isUTF8(data) {
			return errDisturbs
		}
		list, err := outline(data, 2)
		if err != nil || named(list, 1, "authors") < 0 || named(list, 1, "commentList") < 0 {
			return errDisturbs
		}
	}
	if n.drawing == "" {
		return nil
	}
	data, err := p.read(n.drawing)
	if err != nil || !isPlainDrawing(string(data)) {
		return errDisturbs
	}
	return nil
}

var objectType = regexp.MustCompile(`ObjectType=["'](\w+)["']`)

// isPlainDrawing reports whether a drawing holds notes alone, in the form that every program writes.
func isPlainDrawing(s string) bool {
	for _, space := range []string{"v=\"urn:schemas-microsoft-com:vml", "o=\"urn:schemas-microsoft-com:office:office", "x=\"urn:schemas-microsoft-com:office:excel"} {
		if !strings.Contains(strings.ReplaceAll(s, "'", `"`), "xmlns:"+space) {
			return false
		}
	}
	for _, m := range objectType.FindAllStringSubmatch(s, -1) {
		if m[1] != "Note" {
			return false
		}
	}
	return strings.HasSuffix(strings.TrimSpace(s), "</xml>") && isUTF8([]byte(s))
}

// legacyDrawing is the relation id of a sheet's drawing of notes.
func legacyDrawing(data []byte) string {
	x := xmlScanner{data: data}
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		if x.name == "legacyDrawing" && !x.closing {
			return x.attr("id")
		}
	}
	return ""
}

// putNotes adds notes to a sheet, except where a cell has one already. It gives the sheet's bytes.
func (p *parts) putNotes(m sheetMarks, data []byte) ([]byte, error) {
	have, err := p.partsOfNotes(m.part, data)
	if err != nil || len(m.notes) == 0 {
		return data, err
	}
	notes, err := p.withoutNote(have.comments, m.notes)
	if err != nil || len(notes) == 0 {
		return data, err
	}
	if have.comments == "" {
		if have.comments, err = p.newComments(m.part); err != nil {
			return data, err
		}
	}
	if have.drawing == "" {
		if have.drawing, data, err = p.newDrawing(m.part, data); err != nil {
			return data, err
		}
	}
	if err := p.appendComments(have.comments, notes); err != nil {
		return data, err
	}
	return data, p.appendShapes(have.drawing, notes, readGrid(data))
}

// withoutNote leaves out the cells that have a note of the officer's.
func (p *parts) withoutNote(comments string, notes []note) ([]note, error) {
	if comments == "" {
		return notes, nil
	}
	data, list, err := p.outlined(comments, 2)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, e := range list {
		if e.name == "comment" {
			taken[strings.ToUpper(e.attr(data, "ref"))] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(notes), func(n note) bool { return taken[cellName(n.row, n.col)] }), nil
}

func (p *parts) newComments(sheet string) (string, error) {
	name := p.free("xl/comments%d.xml", sheet)
	p.write(name, []byte(xmlHead+`<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>`))
	if _, err := p.relate(sheet, "comments", name); err != nil {
		return "", err
	}
	return name, p.declare(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
}

func (p *parts) newDrawing(sheet string, data []byte) (string, []byte, error) {
	name := p.free("xl/drawings/vmlDrawing%d.vml", sheet)
	p.write(name, []byte(emptyDrawing))
	id, err := p.relate(sheet, "vmlDrawing", name)
	if err != nil {
		return "", data, err
	}
	if err := p.declareVML(name); err != nil {
		return "", data, err
	}
	list, err := outline(data, 3)
	if err != nil {
		return "", data, err
	}
	at := insertOrdered(list, "legacyDrawing", sheetOrder)
	text := "<" + list[0].prefix + "legacyDrawing" + relationAttr(data, list[0], id) + "/>"
	return name, applyEdits(data, []edit{{at, at, text}}), nil
}

// appendComments adds the texts of notes.
func (p *parts) appendComments(name string, notes []note) error {
	data, list, err := p.outlined(name, 2)
	if err != nil {
		return err
	}
	authors, author := named(list, 1, "authors"), -1
	names := children(list, authors)
	for i, e := range names {
		if s, err := unescape(data[e.open:e.close]); err == nil && s == markAuthor {
			author = i
		}
	}
	var edits []edit
	prefix := list[0].prefix
	if author < 0 {
		author = len(names)
		edits = append(edits, insertInto(data, list[authors], prefixed([]string{"<author>" + markAuthor + "</author>"}, prefix)[0]))
	}
	var text strings.Builder
	for _, n := range notes {
		text.WriteString(prefixed([]string{n.comment(author)}, prefix)[0])
	}
	edits = append(edits, insertInto(data, list[named(list, 1, "commentList")], text.String()))
	p.write(name, applyEdits(data, edits))
	return nil
}

func (n note) comment(author int) string {
	run := func(marks, text string) string {
		return `<r><rPr>` + marks + `<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr><t xml:space="preserve">` + xmlText(text) + `</t></r>`
	}
	return fmt.Sprintf(`<comment ref="%s" authorId="%d"><text>%s%s</text></comment>`, cellName(n.row, n.col), author, run("<b/>", markPrefix+n.head+"\n"), run("", n.body))
}

const emptyDrawing = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
	`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>` + noteShape + `</xml>`

const noteShape = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

var shapeID = regexp.MustCompile(`_x0000_s(\d{1,9})["']`)

// appendShapes adds the boxes of notes.
func (p *parts) appendShapes(name string, notes []note, g sheetGrid) error {
	data, err := p.read(name)
	if err != nil {
		return err
	}
	s := string(data)
	last := 1024
	for _, m := range shapeID.FindAllStringSubmatch(s, -1) {
		n, _ := strconv.Atoi(m[1])
		last = max(last, n)
	}
	var text strings.Builder
	if !strings.Contains(s, `id="_x0000_t202"`) {
		text.WriteString(noteShape)
	}
	for i, n := range notes {
		text.WriteString(n.shape(last+1+i, g))
	}
	at := strings.LastIndex(s, "</xml>")
	p.write(name, applyEdits(data, []edit{{at, at, text.String()}}))
	return nil
}

// shape is the box of a note, beside its cell and as high as its text asks for.
func (n note) shape(id int, g sheetGrid) string {
	const wide, line = 300, 15
	high := line * (2 + wrappedLines(n.body, 46) + wrappedLines(n.head, 30))
	left, top := n.col, max(n.row-2, 0) // counted from 0: the column after the cell, the row above it
	right, dx := reach(left+1, wide+15, maxColumns, g.column)
	bottom, dy := reach(top+1, high+10, maxRows, g.row)
	return fmt.Sprintf(`<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;width:%dpt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 10, %d, %d, %d, %d</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
		id, wide*3/4, high*3/4, id-1024, left, top, right-1, dx, bottom-1, dy, n.row-1, n.col-1)
}

// wrappedLines is how many lines a text takes at a width in characters.
func wrappedLines(text string, width int) int {
	lines := 0
	for _, part := range strings.Split(text, "\n") {
		at := 0
		lines++
		for _, word := range strings.Fields(part) {
			n := len([]rune(word))
			if at > 0 && at+1+n > width {
				lines++
				at = 0
			} else if at > 0 {
				at++
			}
			at += n
			lines += (at - 1) / width
			at = (at-1)%width + 1
		}
	}
	return lines
}
