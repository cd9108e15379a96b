package pdf

import "strings"

// span is a stretch of cleaned text in one face and colour.
type span struct {
	text  string
	face  face
	color rgb
}

// run is what one call writes: words of one line in one pen, x from the line's start.
type run struct {
	x    float64
	text string
	pen  pen
}

// line is one line of wrapped text.
type line struct {
	runs   []run
	w      float64
	goesOn bool // a space follows: the next line begins a word
}

// wrap breaks spans into lines no wider than limit. It keeps the writer's own
// line breaks, and breaks inside a word only when the word alone is too wide.
// A space stands between two spans. There is always at least one line.
func wrap(size, limit float64, spans ...span) []line {
	return newBreaker("", size, limit).wrap(spans)
}

// wrapNarrow hyphenates a word that is too wide, by the rules of a language.
func wrapNarrow(lang string, size, limit float64, spans ...span) []line {
	return newBreaker(lang, size, limit).wrap(spans)
}

// wrapBeside is wrap where the first lines, as many as stand beside something,
// are narrower than the others.
func wrapBeside(size, limit, narrow float64, beside int, spans ...span) []line {
	b := newBreaker("", size, limit)
	b.narrow, b.beside = max(narrow, size), beside
	return b.wrap(spans)
}

func newBreaker(lang string, size, limit float64) *breaker {
	return &breaker{size: size, limit: max(limit, size), lang: lang}
}

func (b *breaker) wrap(spans []span) []line {
	for _, s := range spans {
		b.span(s)
	}
	b.flush()
	return b.trimmed()
}

// breaker fills lines, one word after the other.
type breaker struct {
	size, limit float64
	lang        string
	narrow      float64 // limit of the first lines
	beside      int     // how many they are
	lines       []line
	cur         line
}

// room is the width of the line that is being filled.
func (b *breaker) room() float64 {
	if len(b.lines) < b.beside {
		return b.narrow
	}
	return b.limit
}

func (b *breaker) span(s span) {
	p := pen{s.face, b.size, s.color}
	for i, text := range strings.Split(strings.TrimRight(s.text, "\n "), "\n") {
		if i > 0 {
			b.turn()
		}
		if w := width(text, s.face, b.size); len(b.cur.runs) == 0 && w <= b.room() && !spaced(text) {
			b.add(text, w, p, false)
			continue
		}
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
			for i, part := range wordParts(word) {
				b.word(part, p, i > 0)
			}
		}
	}
}

// spaced reports spaces that would not survive word by word.
func spaced(s string) bool {
	return s == "" || s[0] == ' ' || s[len(s)-1] == ' ' || strings.Contains(s, "  ")
}

// word adds a word, or a part of one that follows the part before without a space.
func (b *breaker) word(s string, p pen, follows bool) {
	w := width(s, p.face, p.size)
	switch gap := b.gap(); {
	case len(b.cur.runs) == 0:
	case follows && b.cur.w+w > b.room():
		b.flush()
	case !follows && b.cur.w+gap+w > b.room():
		b.turn()
	}
	for w > b.room() {
		head := b.head(s, p)
		b.add(head, width(head, p.face, p.size), p, false)
		b.flush()
		s = s[len(strings.TrimSuffix(head, string(softHyphen))):]
		w = width(s, p.face, p.size)
	}
	if s != "" {
		b.add(s, w, p, follows && len(b.cur.runs) > 0)
	}
}

// head is as much of a word that is wider than a line as fits on one.
func (b *breaker) head(s string, p pen) string {
	hyphen := string(softHyphen)
	if has(softHyphen) {
		fits := fitting(s, p, b.room()-width(hyphen, p.face, p.size))
		if n := hyphenated(s, fits, b.lang); n > 0 {
			return s[:n] + hyphen
		}
	}
	return s[:breakable(s, p, b.room())]
}

// gap is the space before the next word.
func (b *breaker) gap() float64 {
	if len(b.cur.runs) == 0 {
		return 0
	}
	return width(" ", b.cur.runs[len(b.cur.runs)-1].pen.face, b.size)
}

func (b *breaker) add(s string, w float64, p pen, follows bool) {
	gap := b.gap()
	if follows { // its first part, in the same pen
		b.cur.runs[len(b.cur.runs)-1].text += s
		b.cur.w += w
		return
	}
	if n := len(b.cur.runs); n > 0 && b.cur.runs[n-1].pen == p {
		b.cur.runs[n-1].text += " " + s
	} else {
		if n > 0 {
			b.cur.runs[n-1].text += " "
		}
		b.cur.runs = append(b.cur.runs, run{b.cur.w + gap, s, p})
	}
	b.cur.w += gap + w
}

// turn ends a line between two words.
func (b *breaker) turn() {
	b.cur.goesOn = true
	b.flush()
}

// flush ends a line. An empty one does not begin a text, nor follow another.
func (b *breaker) flush() {
	n := len(b.lines)
	if len(b.cur.runs) > 0 || n > 0 && len(b.lines[n-1].runs) > 0 {
		b.lines = append(b.lines, b.cur)
	}
	b.cur = line{}
}

// trimmed does not end with an empty line, and always has one line.
func (b *breaker) trimmed() []line {
	if n := len(b.lines); n > 0 && len(b.lines[n-1].runs) == 0 {
		b.lines = b.lines[:n-1]
	}
	if len(b.lines) == 0 {
		return []line{{}}
	}
	return b.lines
}

// breakable is how many bytes of a word fit, at least one character. It likes
// to stop after punctuation, as in an address of a web page.
func breakable(s string, p pen, limit float64) int {
	fits, nice, w := 0, 0, 0.0
	for i, r := range s {
		size := len(string(r))
		w += width(s[i:i+size], p.face, p.size)
		if w > limit && i > 0 {
			break
		}
		fits = i + size
		if strings.ContainsRune("/-_.?&=", r) {
			nice = fits
		}
	}
	if nice > fits/2 {
		return nice
	}
	return fits
}

// fitting is how many bytes of a word fit.
func fitting(s string, p pen, limit float64) int {
	w := 0.0
	for i, r := range s {
		if w += width(string(r), p.face, p.size); w > limit {
			return i
		}
	}
	return len(s)
}

// longestWord is the width below which a text would have to break inside a word.
func longestWord(s string, f face, size float64) float64 {
	longest := 0.0
	for word := range strings.FieldsSeq(s) {
		for _, part := range wordParts(word) {
			longest = max(longest, width(part, f, size))
		}
	}
	return longest
}

// shorten cuts a line of furniture that is too long.
func shorten(s string, p pen, limit float64) string {
	if width(s, p.face, p.size) <= limit {
		return s
	}
	for s != "" && width(s+"…", p.face, p.size) > limit {
		r := []rune(s)
		s = strings.TrimRight(string(r[:len(r)-1]), " ")
	}
	return s + "…"
}
