package ingest

// Phrase is a text made ready for reading, so that what is looked for in it
// one thing after another need not be made ready each time.
type Phrase struct {
	Line   string // as OneLine gives it
	Folded string // as Fold gives it
}

// PhraseOf makes a text ready.
func PhraseOf(text string) Phrase {
	if isPlain(text) {
		return Phrase{text, foldPlain(text)}
	}
	line := OneLine(text)
	return Phrase{line, foldLine(line)}
}
