package tagged

import (
	"slices"

	"boardpack/render/pdf/font"
)

// The codes of characters in page streams: printable ASCII is itself, the first
// sixty others have a byte each, and all further ones two. There are more codes
// than characters that a Font knows.
const (
	firstOwn = 0x80
	firstTwo = 0xBC // first byte of the codes with two
)

// Alphabet gives the characters that are written in one face their codes, in
// the order of their first use.
type Alphabet struct {
	ascii [0x7F]bool
	codes map[rune]uint16
	next  uint16
}

// Append writes a character's code within a string of a page stream.
func (a *Alphabet) Append(b []byte, r rune) []byte {
	code := uint16(r)
	if r >= ' ' && r <= '~' {
		a.ascii[r] = true
	} else {
		code = a.own(r)
	}
	if code > 0xFF {
		b = appendByte(b, byte(code>>8))
	}
	return appendByte(b, byte(code))
}

func (a *Alphabet) own(r rune) uint16 {
	if code, ok := a.codes[r]; ok {
		return code
	}
	switch {
	case a.codes == nil:
		a.codes, a.next = map[rune]uint16{}, firstOwn
	case a.next == firstTwo:
		a.next <<= 8
	}
	a.codes[r] = a.next
	a.next++
	return a.codes[r]
}

func appendByte(b []byte, v byte) []byte {
	switch v {
	case '(', ')', '\\':
		return append(b, '\\', v)
	case '\r':
		return append(b, '\\', 'r') // or a reader takes it for the end of a line
	}
	return append(b, v)
}

// letter is a character with its code.
type letter struct {
	code uint16
	char rune
}

// letters are in the order of their codes.
func (a *Alphabet) letters() []letter {
	var all []letter
	for r, used := range a.ascii {
		if used {
			all = append(all, letter{uint16(r), rune(r)})
		}
	}
	for r, code := range a.codes {
		all = append(all, letter{code, r})
	}
	slices.SortFunc(all, func(a, b letter) int { return int(a.code) - int(b.code) })
	return all
}

// Face is a font with what was written in it.
type Face struct {
	Font     *font.Font
	Alphabet *Alphabet
}
