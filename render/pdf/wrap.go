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
	return wrapNarrow("", size, limit, spans...)
}

// wrapNarrow hyphenates a word that is too wide, by the rules of a language.
func wrapNarrow(lang string, size, limit float64, spans ...span) []line {
	b := breaker{size: size, limit: max(limit, size), lang: lang}
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
	lines       []line
	cur         line
}

func (b *breaker) span(s span) {
	p := pen{s.face, b.size, s.color}
	for i, text := range strings.Split(strings.TrimRight(s.text, "\n "), "\n") {
		if i > 0 {
			b.turn()
		}
		if w := width(text, s.face, b.size); len(b.cur.runs) == 0 && w <= b.limit && !spaced(text) {
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
	case follows && b.cur.w+w > b.limit:
		b.flush()
	case !follows && b.cur.w+gap+w > b.limit:
		b.turn()
	}
	for w > b.limit {
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
		fits := fitting(s, p, b.limit-width(hyphen, p.face, p.size))
		if n := hyphenated(s, fits, b.lang); n > 0 {
			return s[:n] + hyphen
		}
	}
	return s[:breakable(s, p, b.limit)]
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

func (b *breaker) flush() {
	b.lines = append(b.lines, b.cur)
	b.cur = line{}
}

// trimmed has no empty lines at either end and never two together.
func (b *breaker) trimmed() []line {
	out := b.lines[:0]
	for i, l := range b.lines {
		blank := len(l.runs) == 0
		if blank && (len(out) == 0 || i == len(b.lines)-1 || len(out[len(out)-1].runs) == 0) {
			continue
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return []line{{}}
	}
	return out
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
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '\n' }) {
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
