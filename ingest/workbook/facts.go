package workbook

import (
	"strings"

	"boardpack/ingest"
)

// textFacts is what is known of one text by itself and the vocabulary. It is
// worked out once, whatever cells the text stands in and whatever asks for it.
type textFacts struct {
	ingest.Phrase
	isRef bool // it has the shape of a reference

	known   knowledge // of what follows
	words   string    // the text's words alone
	isMonth bool      // it is a month and nothing else
	due     ingest.Due
	number  bool        // read as a figure it is a number
	instead ingest.Says // what it says in place of one
	rowKey  *rowKey     // as the name of a row; nil where it says nothing of one
	heading heading
	hits    bool // its heading's words fit a role well, or are a period
	names   bool // they fit one that names rows

	asked, answered traits // which of its traits are known, and which it has
}

type knowledge uint8

const (
	knowsWords knowledge = 1 << iota
	knowsHeading
	knowsMonth
	knowsDue
	knowsRowKey
	knowsFigure
)

// lacks reports whether something is not known yet, which from now on it is.
func (f *textFacts) lacks(k knowledge) bool {
	lacks := f.known&k == 0
	f.known |= k
	return lacks
}

// memory is what is known of texts, for one reading at a time. It goes from a
// workbook to the next, for most of what officers write comes again: the same
// words in other services' returns, the same titles in the next quarter's.
type memory struct {
	texts map[string]*textFacts
	blank []textFacts // for texts to come
}

// What is kept of texts: none longer; no more than mostKept in one reading, and
// no more than mostPassedOn go to the next.
const (
	longestKept  = 400
	mostKept     = 50_000
	mostPassedOn = 4_000
	factsAtOnce  = 64
)

// borrowMemory gives a memory that no other reading has.
func (v *Vocabulary) borrowMemory() *memory {
	if m, ok := v.memories.Get().(*memory); ok {
		return m
	}
	return &memory{texts: map[string]*textFacts{}}
}

// returnMemory passes a memory on: empty where it has grown, and not at all
// where it has grown large.
func (v *Vocabulary) returnMemory(m *memory) {
	switch {
	case len(m.texts) > 4*mostPassedOn:
		return
	case len(m.texts) > mostPassedOn:
		clear(m.texts)
	}
	v.memories.Put(m)
}

// of gives what is known of a text.
func (m *memory) of(text string) *textFacts {
	if f := m.texts[text]; f != nil {
		return f
	}
	if len(m.blank) == 0 {
		m.blank = make([]textFacts, factsAtOnce)
	}
	f := &m.blank[0]
	m.blank = m.blank[1:]
	kept := len(text) <= longestKept && len(m.texts) < mostKept
	if kept {
		text = strings.Clone(text) // it must not hold the workbook's memory
		m.texts[text] = f
	}
	f.Phrase = ingest.PhraseOf(text)
	f.isRef = f.LooksLikeRef()
	return f
}

// facts gives what is known of a text.
func (r *reader) facts(text string) *textFacts { return r.memory.of(text) }

// mostSaid is how many cells a sheet may have to keep what is known of each one's text.
const mostSaid = 100_000

// factsOf gives what is known of the text of a sheet's cell.
func (r *reader) factsOf(s *sheet, c cell) *textFacts {
	if len(s.cells) > mostSaid {
		return r.facts(c.raw)
	}
	n := s.index(c.row(), c.col())
	if n < 0 || s.cells[n].raw != c.raw {
		return r.facts(c.raw)
	}
	if s.said == nil {
		s.said = make([]*textFacts, len(s.cells))
	}
	if s.said[n] == nil {
		s.said[n] = r.facts(c.raw)
	}
	return s.said[n]
}

// wordsIn gives a text's words alone.
func (f *textFacts) wordsIn() string {
	if f.lacks(knowsWords) {
		f.words = wordsOf(f.Folded)
	}
	return f.words
}

// headingOf reads a text as a header.
func (r *reader) headingOf(text string) heading { return r.asHeader(r.facts(text)).heading }

// asHeader reads a text as a header, and gives what is known of it.
func (r *reader) asHeader(f *textFacts) *textFacts {
	if f.lacks(knowsHeading) {
		f.heading = r.words.readHeading(f.Phrase)
		_, score := f.heading.best()
		f.hits = score >= strong || f.heading.bare
		f.names = identifies([]headCol{{heading: f.heading}})
	}
	return f
}

// isMonth knows a header that is a month and nothing else.
func (r *reader) isMonth(text string) bool {
	f := r.facts(text)
	if f.lacks(knowsMonth) {
		f.isMonth = isMonth(text)
	}
	return f.isMonth
}

// dueIn reads a text as the day by which something is to be done, in a cell.
func (r *reader) dueIn(text, cell string) ingest.Due {
	f := r.facts(text)
	if f.lacks(knowsDue) {
		f.due = f.Due("")
	}
	due := f.due
	due.Cell = cell
	return due
}
