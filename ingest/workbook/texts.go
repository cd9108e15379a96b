package workbook

import (
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
	all      strings.Builder
	kept     strings.Builder // all without what is struck through, once something is
	runs     bool            // some run is struck through
	struck   bool            // the present one is
	phonetic bool            // inside a reading aid, which is no part of the text
}

func (t *richText) reset() {
	t.all.Reset()
	t.kept.Reset()
	t.runs, t.struck, t.phonetic = false, false, false
}

// take takes the present tag of a text's element.
func (t *richText) take(x *xmlScanner) error {
	switch x.name {
	case "r":
		t.struck = false
	case "rPh":
		t.phonetic = !x.closing && !x.single
	case "strike":
		if off := x.attr("val"); !x.closing && off != "0" && off != "false" {
			t.strikeRun()
		}
	case "t":
		if !x.closing || t.phonetic {
			return nil
		}
		s, err := unescape(x.text)
		if err != nil {
			return err
		}
		t.all.WriteString(s)
		if t.runs && !t.struck {
			t.kept.WriteString(s)
		}
	}
	return nil
}

func (t *richText) strikeRun() {
	if !t.runs {
		t.runs = true
		t.kept.WriteString(t.all.String())
	}
	t.struck = true
}

// end gives the text, and how much of it is struck through.
func (t *richText) end() (string, strike) {
	kept := strings.TrimSpace(t.kept.String())
	switch {
	case !t.runs:
		return unescapeOffice(t.all.String()), notStruck
	case kept == "":
		return unescapeOffice(t.all.String()), allStruck
	}
	return unescapeOffice(kept), partStruck
}

// sharedTexts are the workbook's shared strings.
type sharedTexts struct {
	texts  []string
	struck map[int]strike // of those that are struck through, in part or whole
}

// scanStrings reads the shared strings part.
func scanStrings(data []byte) (sharedTexts, error) {
	x := xmlScanner{data: data}
	out := sharedTexts{struck: map[int]strike{}}
	var t richText
	open := false
	for {
		more, err := x.next()
		if err != nil {
			return out, fmt.Errorf("read shared strings: %w", err)
		}
		if !more {
			break
		}
		if x.name != "si" {
			if err := t.take(&x); err != nil {
				return out, fmt.Errorf("read shared strings: %w", err)
			}
			continue
		}
		if open = !x.closing && !x.single; open {
			continue
		}
		s, struck := t.end()
		if struck != notStruck {
			out.struck[len(out.texts)] = struck
		}
		out.texts = append(out.texts, s)
		t.reset()
	}
	if open {
		return out, fmt.Errorf("read shared strings: %w", errDamaged)
	}
	return out, nil
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
	r.find(severity, "text-struck-through", r.name(c.row, c.col), "", fmt.Sprintf("part of the cell is struck through and was left out; what was read is '%s'", ingest.OneLine(c.raw)), "Delete what is struck through.")
}
