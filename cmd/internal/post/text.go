package post

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a text on one line: what breaks lines, moves the cursor or turns
// the direction of writing is a space, and no byte is invalid. A name of a
// file can hold any of it.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// clean makes every text of the digest a plain one, in copies of its own.
func (d *Digest) clean() {
	d.Council = plain(d.Council)
	d.Returns, d.Others = cleaned(d.Returns, (*Return).clean), cleaned(d.Others, (*Return).clean)
	d.Wanted = cleaned(d.Wanted, func(w *Wanted) { plainAll(&w.Plan, &w.Quarter, &w.Due) })
	d.Refused = cleaned(d.Refused, func(f *Refused) { plainAll(&f.Name, &f.Why) })
	d.Packs = cleaned(d.Packs, func(p *Pack) {
		plainAll(&p.Board, &p.Quarter, &p.Status, &p.At)
		p.Changes = cleaned(p.Changes, func(c *Changed) { plainAll(&c.Group) })
		p.Stops = cleaned(p.Stops, func(s *Stop) { plainAll(&s.Check) })
	})
}

func (r *Return) clean() {
	plainAll(&r.Name, &r.About, &r.Folder, &r.Copy, &r.Page, &r.Link)
	r.Findings = cleaned(r.Findings, func(f *Finding) {
		plainAll(&f.Place, &f.Saw, &f.Advice)
		f.Saw = strings.TrimRight(f.Saw, ".")
	})
}

func plainAll(texts ...*string) {
	for _, t := range texts {
		*t = plain(*t)
	}
}

func cleaned[T any](list []T, clean func(*T)) []T {
	out := append([]T(nil), list...)
	for i := range out {
		clean(&out[i])
	}
	return out
}

// width is where lines end, in characters (RFC 5322 asks for 78 at most).
const width = 76

// wrap breaks long lines between words. A line keeps its indent, and what
// goes on below "- " stands under its first word. A word that is longer than a
// line, such as an address, stays whole.
func wrap(text string) string {
	var out strings.Builder
	blank := 0
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			blank++
			continue
		}
		if blank > 0 && out.Len() > 0 {
			out.WriteString("\n")
		}
		blank = 0
		wrapLine(&out, line)
	}
	return out.String()
}

func wrapLine(out *strings.Builder, line string) {
	if line == "-- " { // what follows is no part of the message, to mail programs
		out.WriteString("-- \n")
		return
	}
	rest := strings.TrimLeft(line, " ")
	indent := strings.Repeat(" ", len(line)-len(rest))
	hanging := indent
	if strings.HasPrefix(rest, "- ") {
		hanging += "  "
	}
	at := 0
	for i, word := range strings.Fields(rest) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			out.WriteString(indent + word)
			at = len(indent) + n
		case at+1+n > width && at > len(hanging):
			out.WriteString("\n" + hanging + word)
			at = len(hanging) + n
		default:
			out.WriteString(" " + word)
			at += 1 + n
		}
	}
	out.WriteString("\n")
}
