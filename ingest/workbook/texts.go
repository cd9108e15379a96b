package workbook

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"boardpack/ingest"
)

// strike says how much of a text is struck through.
type strike uint8

const (
	notStruck  strike = iota
	partStruck        // the struck part is left out of the text
	allStruck
)

// richText collects a text of several runs, each with its own look. A run that
// is struck through is left out where another is not.
type richText struct {
	all      []byte
	kept     []byte // all without what is struck through, once something is
	runs     bool   // some run is struck through
	struck   bool   // the present one is
	phonetic bool   // inside a reading aid, which is no part of the text
}

func (t *richText) reset() {
	*t = richText{all: t.all[:0], kept: t.kept[:0]}
}

// isEmpty reports whether nothing was taken yet.
func (t *richText) isEmpty() bool { return len(t.all) == 0 && !t.runs && !t.struck && !t.phonetic }

// take takes the present tag of a text's element.
func (t *richText) take(x *xmlScanner) error {
	switch x.name {
	case "t":
		return t.takeText(x)
	case "r":
		t.struck = false
	case "rPh":
		t.phonetic = !x.closing && !x.single
	case "strike":
		if off := x.attr("val"); !x.closing && off != "0" && off != "false" {
			t.strikeRun()
		}
	}
	return nil
}

func (t *richText) takeText(x *xmlScanner) (err error) {
	if !x.closing || t.phonetic {
		return nil
	}
	from := len(t.all)
	if from+len(x.text) > maxToken {
		return errLongToken
	}
	t.all, err = appendUnescaped(t.all, x.text)
	if err == nil && t.runs && !t.struck {
		t.kept = append(t.kept, t.all[from:]...)
	}
	return err
}

func (t *richText) strikeRun() {
	if !t.runs {
		t.runs = true
		t.kept = append(t.kept, t.all...)
	}
	t.struck = true
}

// end gives the text, and how much of it is struck through. The text holds until the next one.
func (t *richText) end() ([]byte, strike) {
	kept := bytes.TrimSpace(t.kept)
	switch {
	case !t.runs:
		return officeText(t.all), notStruck
	case len(kept) == 0:
		return officeText(t.all), allStruck
	}
	return officeText(kept), partStruck
}

func officeText(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	return []byte(unescapeOffice(string(b)))
}

// textStore keeps many short texts in few pieces of memory: a text of its own
// for each number of a large sheet costs more than reading it.
type textStore struct {
	piece  strings.Builder
	size   int // of the pieces
	budget *budget
	recent []string // by a number made of their bytes; nil until one is asked for
}

const (
	firstPiece = 4 << 10
	lastPiece  = 64 << 10
)

// addAgain keeps a text that may have been kept before: of those that come again
// and again in a sheet without shared strings, most are found among the recent ones.
func (s *textStore) addAgain(b []byte) string {
	const longest, room, each = 64, 1024, 16 // bytes; how many, and of how many bytes beside theirs
	if len(b) == 0 || len(b) > longest {
		return s.add(b)
	}
	if s.recent == nil {
		s.budget.hold(room * each)
		s.recent = make([]string, room)
	}
	hash := uint32(len(b))
	for _, c := range b {
		hash = hash*16777619 ^ uint32(c)
	}
	at := &s.recent[(hash^hash>>15)%room]
	if *at != string(b) {
		*at = s.add(b)
	}
	return *at
}

// add keeps a text.
func (s *textStore) add(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if left := s.piece.Cap() - s.piece.Len(); left < len(b) {
		if len(b) > lastPiece/8 {
			s.budget.hold(int64(len(b)))
			return string(b)
		}
		s.size = min(max(2*s.size, firstPiece, len(b)), lastPiece)
		s.budget.hold(int64(s.size))
		s.piece.Reset()
		s.piece.Grow(s.size)
	}
	from := s.piece.Len()
	s.piece.Write(b)
	return s.piece.String()[from:]
}

// sharedTexts are the workbook's shared strings.
type sharedTexts struct {
	texts  []string
	struck map[int]strike // of those that are struck through, in part or whole
}

// textCost is the memory of one shared string beside its bytes, with what its list has in reserve.
const textCost = 32

// scanStrings reads the shared strings part.
func scanStrings(x *xmlScanner, b *budget) (sharedTexts, error) {
	r := stringsReader{xmlScanner: x, store: textStore{budget: b}}
	r.out.struck = map[int]strike{}
	for {
		for r.plainText() && b.err == nil {
			b.work(1)
		}
		more, err := x.next()
		if err == nil && more {
			b.work(1)
			err = r.take()
		}
		if err = cmp.Or(b.err, err); err != nil {
			return r.out, fmt.Errorf("read shared strings: %w", err)
		}
		if !more {
			break
		}
	}
	if r.open || !r.ended || x.depth != 0 {
		return r.out, fmt.Errorf("read shared strings: %w", errDamaged)
	}
	return r.out, nil
}

type stringsReader struct {
	*xmlScanner
	out   sharedTexts
	store textStore
	text  richText
	open  bool // inside of a text
	ended bool // the list is
}

func (r *stringsReader) take() error {
	switch r.name {
	case "si":
		if r.open = !r.closing && !r.single; !r.open {
			r.endText()
		}
		return nil
	case "sst":
		r.ended = r.ended || r.closing || r.single
		return nil
	}
	return r.text.take(r.xmlScanner)
}

func (r *stringsReader) endText() {
	s, struck := r.text.end()
	r.keep(s, struck)
	r.text.reset()
}

func (r *stringsReader) keep(s []byte, struck strike) {
	if struck != notStruck {
		r.out.struck[len(r.out.texts)] = struck
		r.store.budget.hold(textCost)
	}
	r.store.budget.countText()
	r.store.budget.hold(textCost)
	r.out.texts = append(r.out.texts, r.store.add(s))
}

// isStruck reports whether all of a cell is struck through, by its own look or by its text's.
func (r *reader) isStruck(c cell) bool {
	return c.struck == allStruck || r.book.style(c.style).struck
}

// tellStruck names texts of a table that are struck through in part: what is
// left was read, which can change a figure.
func (r *reader) tellStruck(t *table) {
	if !r.sheet.strikes {
		return
	}
	for _, row := range t.dataRows {
		for _, c := range t.columns {
			at := r.cell(row, c.col)
			switch {
			case at.struck != partStruck || c.role == "":
			case decides(c.role):
				r.findStruck(ingest.Query, at)
			default:
				r.findStruck(ingest.Note, at)
			}
		}
	}
}

func (r *reader) findStruck(severity ingest.Severity, c cell) {
	r.find(severity, "text-struck-through", r.name(c.row(), c.col()), "", fmt.Sprintf("part of the cell is struck through and was left out; what was read is '%s'", ingest.OneLine(c.raw)), "Delete what is struck through.")
}
