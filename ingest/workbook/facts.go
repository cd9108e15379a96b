package workbook

import "boardpack/ingest"

// textFacts is what is known of one text of a workbook. It is worked out once,
// whatever cells the text stands in and whatever asks for it.
type textFacts struct {
	ingest.Phrase
	isRef bool // it has the shape of a reference

	known   knowledge // of what follows
	words   string    // the text's words alone
	isMonth bool      // it is a month and nothing else
	due     ingest.Due
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
)

// lacks reports whether something is not known yet, which from now on it is.
func (f *textFacts) lacks(k knowledge) bool {
	lacks := f.known&k == 0
	f.known |= k
	return lacks
}

// What is kept of a workbook's texts: no more than this many, none longer.
const (
	longestKept = 400
	mostKept    = 50_000
	factsAtOnce = 64
)

// facts gives what is known of a text.
func (r *reader) facts(text string) *textFacts {
	if f := r.texts[text]; f != nil {
		return f
	}
	if len(r.blankFacts) == 0 {
		r.blankFacts = make([]textFacts, factsAtOnce)
	}
	f := &r.blankFacts[0]
	r.blankFacts = r.blankFacts[1:]
	f.Phrase = ingest.PhraseOf(text)
	f.isRef = f.LooksLikeRef()
	if len(text) <= longestKept && len(r.texts) < mostKept {
		r.texts[text] = f
	}
	return f
}

// wordsIn gives a text's words alone.
func (r *reader) wordsIn(text string) string {
	f := r.facts(text)
	if f.lacks(knowsWords) {
		f.words = wordsOf(f.Folded)
	}
	return f.words
}

// headingOf reads a text as a header.
func (r *reader) headingOf(text string) heading { return r.asHeader(text).heading }

// asHeader gives what is known of a text, with its heading.
func (r *reader) asHeader(text string) *textFacts {
	f := r.facts(text)
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
