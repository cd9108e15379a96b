package pdf

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"boardpack/render"
	"boardpack/render/chart"
)

// teller writes a report's words in the order in which they are to be read.
type teller struct {
	*builder
	words []string
}

func (l *teller) say(texts ...string) {
	for _, s := range texts {
		l.words = append(l.words, strings.Fields(l.clean.text(s))...)
	}
}

// told are the words of a report from its blocks, without those that stand
// inside charts, which have words of their own.
func told(d *document) []string {
	l := &teller{builder: newBuilder(d)}
	for _, block := range d.report.Blocks {
		l.tell(block)
	}
	return l.words
}

func (l *teller) tell(block render.Block) {
	switch v := block.(type) {
	case render.Heading:
		l.say(v.Text)
	case render.Paragraph:
		l.say(v.Text)
	case render.List:
		for i, item := range v.Items {
			l.say(l.label(v, i), item.Strong, item.Text)
		}
	case render.Facts:
		l.facts(v.Rows, "")
	case render.Table:
		l.table(l.prepare(v))
	case render.Bars:
		l.say(v.Title, v.Subtitle)
	case render.Key:
		l.key(v)
	case render.Exception:
		l.say(v.Mark.Word, v.Ref, v.Title, v.Since)
		l.facts(v.Figures, "")
		if _, words, ok := chart.Of(v); ok {
			l.say(words.Title, words.Subtitle)
		}
		l.facts(v.Texts, ":")
	case render.Contents:
		l.contents()
	}
}

func (l *teller) facts(rows []render.Fact, after string) {
	for _, f := range rows {
		if f.Label != "" {
			l.say(l.clean.line(f.Label) + after)
		}
		l.say(f.Value)
	}
}

func (l *teller) key(k render.Key) {
	l.say(k.Caption)
	l.say(k.Head[:min(3, len(k.Head))]...)
	for _, light := range k.Lights {
		l.say(light.Mark.Word, light.Action, light.Indicator)
	}
	for _, state := range k.States {
		l.say(state.Mark.Word, state.Text)
	}
}

func (l *teller) table(t *sheetTable) {
	l.say(t.Caption)
	if !t.hasRows() {
		l.say(t.Empty, t.Note)
		return
	}
	for _, col := range t.inGrid {
		l.say(t.Columns[col].Head)
	}
	for _, g := range t.Groups {
		l.say(g.Band)
		for _, r := range g.Rows {
			l.row(t, r)
		}
	}
	l.say(t.Note)
}

func (l *teller) row(t *sheetTable, r render.Row) {
	for _, col := range t.inGrid {
		if col < len(r.Cells) {
			l.say(r.Cells[col].Text)
		}
	}
	for _, col := range t.below {
		if col < len(r.Cells) && r.Cells[col].Text != "" {
			l.say(t.Columns[col].Head+":", r.Cells[col].Text)
		}
	}
}

func (l *teller) contents() {
	l.say(l.report.Words.Contents)
	for _, e := range l.listed() {
		l.say(e.text, fmt.Sprint(l.canvas.places[e.anchor].page))
	}
}

// structure is what poppler reads by the structure tree: the words in order,
// charts left out, and the roles of headings.
func structure(t *testing.T, r render.Report) (words, headings []string) {
	t.Helper()
	var text strings.Builder
	figure := -1
	for line := range strings.Lines(reader(t, r, "pdfinfo", "-struct-text")) {
		s := strings.TrimLeft(line, " ")
		indent := len(line) - len(s)
		s = strings.TrimSuffix(s, "\n")
		if figure >= 0 && indent > figure {
			continue
		}
		figure = -1
		switch {
		case strings.HasPrefix(s, `"`):
			text.WriteString(s[1 : len(s)-1])
		case strings.HasPrefix(s, "Figure"):
			figure = indent
		default:
			text.WriteByte(' ') // another element
		}
		if h := heading.FindString(s); h != "" {
			headings = append(headings, h)
		}
	}
	return strings.Fields(strings.ReplaceAll(text.String(), string(softHyphen), "")), headings
}

var heading = regexp.MustCompile(`^H[1-6]\b`)

// A second reader finds every word once and in its order: the words of an element
// follow each other whole, also where a line or a page ends within it.
func TestReadingOrder(t *testing.T) {
	reports := hard()
	reports["torture"] = torture(30, 5) // poppler takes minutes for the whole of it
	for name, r := range reports {
		if strings.HasPrefix(name, "heading at") {
			continue
		}
		d := laid(t, r)
		want := told(d)
		got, headings := structure(t, r)
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Errorf("%s: word %d reads %q, not %q", name, i, around(got, i), around(want, i))
				break
			}
		}
		if len(got) > len(want) {
			t.Errorf("%s: %d words too many, at the end %q", name, len(got)-len(want), around(got, len(got)))
		}
		nested(t, name, headings)
	}
}

func around(words []string, i int) []string {
	return words[min(len(words), max(0, i-4)):min(len(words), i+4)]
}

// nested wants headings that begin at the top and never leave a level out.
func nested(t *testing.T, name string, headings []string) {
	t.Helper()
	last := "H0"
	for _, h := range headings {
		if h[1] > last[1]+1 {
			t.Errorf("%s: %s comes after %s", name, h, last)
		}
		last = h
	}
}

// The test above sees when two elements change places.
func TestWrongOrderIsSeen(t *testing.T) {
	r := sample(6)
	got, _ := structure(t, r)
	slices.Reverse(r.Blocks[2:4])
	if slices.Equal(got, told(laid(t, r))) {
		t.Error("the words read the same in another order")
	}
}
