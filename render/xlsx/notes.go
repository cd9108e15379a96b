package xlsx

import (
	"fmt"

	"boardpack/render"
)

// notes are what the workbook says of single figures, numbered in the order in
// which they first come.
type notes struct {
	words  *wording
	order  []string
	number map[string]int
}

func newNotes(w *wording) *notes { return &notes{words: w, number: map[string]int{}} }

// markers name the notes of a row: "[note 1] [note 3]".
func (n *notes) markers(heads []string, cells []render.Cell) string {
	all := ""
	for i, c := range cells {
		for _, remark := range c.Remarks {
			all = joined(" ", all, n.words.marker(n.of(fmt.Sprintf(n.words.NoteText, heads[i], remark))))
		}
	}
	return all
}

// of is the number of a note.
func (n *notes) of(text string) int {
	if _, known := n.number[text]; !known {
		n.order = append(n.order, text)
		n.number[text] = len(n.order)
	}
	return n.number[text]
}

// sheet tells how the workbook is to be read, then lists the notes.
func (n *notes) sheet(r render.Report) *sheet {
	w := n.words
	about := w.About
	if len(r.Tables) > 0 {
		about = append(about[:len(about):len(about)], w.AboutLive...)
	}
	s := &sheet{name: w.Sheets.Notes, title: w.NotesTitle}
	if len(n.order) > 0 {
		t := render.Table{Caption: w.NotesTitle, Note: w.NotesLead, Columns: []render.Column{{Head: w.Heads.Note, NoWrap: true, RowHead: true}, {Head: w.Heads.NoteText}}}
		group := render.Group{}
		for i, text := range n.order {
			group.Rows = append(group.Rows, render.Row{Cells: []render.Cell{{Text: w.marker(i + 1)}, {Text: text}}})
		}
		t.Groups = []render.Group{group}
		s = tableSheet(w.Sheets.Notes, t, r, n)
	}
	var lines []line
	for _, text := range about {
		lines = append(lines, line{text: text})
	}
	s.lines = append(lines, s.lines...)
	return s
}
