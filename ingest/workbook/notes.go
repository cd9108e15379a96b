package workbook

import (
	"fmt"
	"regexp"
	"strings"

	"boardpack/ingest"
)

// readNotes reads what officers' notes say at the cells of each sheet. What
// cannot be understood of them is passed over, for they are never data.
func (b *book) readNotes() error {
	b.noted = map[string]map[string]string{}
	for _, p := range b.sheets {
		rels, err := b.archive.aside(relsOf(p.part))
		if err != nil {
			return err
		}
		part := notesPart(rels, p.part)
		if part == "" {
			continue
		}
		data, err := b.archive.aside(part)
		if err != nil {
			return err
		}
		b.noted[p.name] = notesIn(data)
	}
	return nil
}

// notesPart is the part of notes that the relations of a sheet's part name; "" for none.
func notesPart(rels []byte, part string) string {
	x := xmlScanner{data: rels}
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		if x.name != "Relationship" || !strings.HasSuffix(x.attr("Type"), "/comments") {
			continue
		}
		return resolve(part, x.attr("Target"))
	}
	return ""
}

// notesIn reads a part of notes; ours are left out.
func notesIn(data []byte) map[string]string {
	out := map[string]string{}
	x := xmlScanner{data: data}
	at, said := "", ""
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		switch {
		case x.name == "comment" && !x.closing:
			at, said = x.attr("ref"), ""
		case x.name == "t" && x.closing:
			if s, err := unescape(x.text); err == nil {
				said += s
			}
		case x.name == "comment":
			if said = noteText(said); said != "" && !strings.HasPrefix(said, markPrefix) {
				out[at] = said
			}
		}
	}
	return out
}

// noteText is a note on one line; of a threaded one without the program's words before it.
func noteText(s string) string {
	if strings.HasPrefix(s, "[Threaded comment]") {
		if _, after, ok := strings.Cut(s, "Comment:"); ok {
			s = after
		}
	}
	return ingest.OneLine(s)
}

// warns knows a note that asks not to rely on its cell.
var warns = regexp.MustCompile(`\b(?:do not use|don't use|not to be used|wrong|incorrect|error|not final|unverified|not verified|to be (?:confirmed|verified|checked)|needs? checking|query|tbc)\b`)

// tellNotes names the notes at a table's figures, lights and dates: what they
// say is never read, and one that warns takes the figure's light away.
func (r *reader) tellNotes(t *table) {
	notes := r.book.noted[r.sheet.name]
	if len(notes) == 0 {
		return
	}
	var plain []string // cells
	for _, row := range t.dataRows {
		for _, c := range t.columns {
			if c.role == "" || !decides(c.role) && !ofRows[c.role] {
				continue
			}
			cell := r.name(row, c.col)
			switch note, ok := notes[cell]; {
			case !ok:
			case warns.MatchString(ingest.Fold(note)):
				r.find(ingest.Query, "cell-note-warns", cell, "", fmt.Sprintf("the cell's note says '%s'", shortened(note)), "Put the right figure into the cell, or take the note away.")
			default:
				plain = append(plain, cell)
			}
		}
	}
	r.tellPlainNotes(notes, plain)
}

// tellPlainNotes names a few notes each, and many together.
func (r *reader) tellPlainNotes(notes map[string]string, cells []string) {
	const few, advice = 3, "If members should know it, write it into the comment."
	if len(cells) > few {
		r.find(ingest.Note, "cell-has-note", cells[0], "", fmt.Sprintf("%d cells of the table have notes, which were not read; the first says '%s'", len(cells), shortened(notes[cells[0]])), advice)
		return
	}
	for _, cell := range cells {
		r.find(ingest.Note, "cell-has-note", cell, "", fmt.Sprintf("the cell's note was not read: '%s'", shortened(notes[cell])), advice)
	}
}

// warned is the doubt that a cell's note throws on its figure; "" for none.
func (r *reader) warned(cell string) string {
	if note := r.book.noted[r.sheet.name][cell]; note != "" && warns.MatchString(ingest.Fold(note)) {
		return fmt.Sprintf("the note at its cell says '%s'", shortened(note))
	}
	return ""
}

func shortened(s string) string {
	const most = 120
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
