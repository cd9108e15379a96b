package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// markedBook is a workbook's archive with what marking needs to know of it.
type markedBook struct {
	*parts
	main   string // the workbook part
	styles string // the style sheet; empty where there is none
	shared sharedTexts
	sheets []bookSheet // in the workbook's order, of every kind
	ours   int         // index of the sheet of findings in sheets
	style  marking
	budget *budget
}

// bookSheet is one sheet of the workbook's list.
type bookSheet struct {
	name, part string
	cells      bool // a worksheet; a chart has none
}

// Why a workbook is left alone, as check tells it.
var (
	errSigned   = errors.New("it carries a digital signature, which any change would break")
	errShared   = errors.New("it is a shared workbook with a record of changes")
	errStrict   = errors.New("it is saved as Strict Open XML, which has no notes")
	errNoFrame  = errors.New("its list of sheets cannot be read")
	errEncoding = errors.New("it is written in an encoding that cannot be added to")
)

const mainName = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// openMarked opens a workbook for marking; the error says why it is left alone.
func openMarked(original []byte, l Limits) (*markedBook, error) {
	left := newBudget(l, nil)
	if err := checkArchive(original, left); err != nil {
		return nil, err
	}
	p, err := newParts(original)
	if err != nil {
		return nil, err
	}
	b := &markedBook{parts: p, ours: -1, budget: left}
	if err := b.findMain(); err != nil {
		return nil, err
	}
	return b, b.readFrame()
}

// findMain finds the workbook part, and refuses a signed workbook.
func (b *markedBook) findMain() error {
	rels, err := b.relations("")
	if err != nil {
		return errNoFrame
	}
	for _, r := range rels {
		switch {
		case strings.Contains(r.kind, "/digital-signature/"):
			return errSigned
		case r.is("officeDocument"):
			b.main = r.target
		}
	}
	if b.main == "" || !b.has(b.main) {
		return errNoFrame
	}
	return nil
}

// readFrame reads the list of sheets and what stands beside it.
func (b *markedBook) readFrame() error {
	rels, err := b.relations(b.main)
	if err != nil {
		return errNoFrame
	}
	targets := map[string]relation{}
	for _, r := range rels {
		targets[r.id] = r
		switch {
		case r.is("styles"):
			b.styles = r.target
		case r.is("revisionHeaders"):
			return errShared
		case r.is("sharedStrings"):
			data, err := b.read(r.target)
			if err != nil {
				continue // a workbook may name shared strings that it does not have
			}
			if b.shared, err = scanStrings(&xmlScanner{data: data}, b.budget); err != nil {
				return err
			}
		}
	}
	return b.readList(targets)
}

func (b *markedBook) readList(targets map[string]relation) error {
	data, list, err := b.outlined(b.main, 2)
	if err != nil {
		return errNoFrame
	}
	switch root := string(data[list[0].start:list[0].open]); {
	case strings.Contains(root, "purl.oclc.org"):
		return errStrict
	case !strings.Contains(root, mainName):
		return errNoFrame
	case !isUTF8(data):
		return errEncoding
	}
	at := named(list, 1, "sheets")
	if at < 0 {
		return errNoFrame
	}
	for _, e := range children(list, at) {
		r, ok := targets[e.attr(data, "id")]
		if !ok || !b.has(r.target) {
			return fmt.Errorf("the sheet %q has no part", e.attr(data, "name"))
		}
		b.sheets = append(b.sheets, bookSheet{e.attr(data, "name"), r.target, r.is("worksheet")})
	}
	if len(b.sheets) == 0 {
		return errNoFrame
	}
	return b.checkSheets()
}

// checkSheets finds an earlier sheet of findings. A sheet that cannot be read through stops the marking.
func (b *markedBook) checkSheets() error {
	seen := map[string]bool{}
	for i, s := range b.sheets {
		data, err := b.read(s.part)
		if err != nil {
			return err
		}
		if _, err := outline(data, 0); err != nil || seen[partKey(s.part)] {
			return fmt.Errorf("the sheet %q is damaged", s.name)
		}
		seen[partKey(s.part)] = true
		if !isUTF8(data) {
			return errEncoding
		}
		if s.cells && b.ours < 0 && b.mayBeFindings(data) {
			if scanned, err := b.scanned(i); err == nil && isFindings(scanned) {
				b.ours = i
			}
		}
	}
	return nil
}

// mayBeFindings spares the scan of a sheet that cannot hold the mark of ours.
func (b *markedBook) mayBeFindings(data []byte) bool {
	for _, mark := range []string{markHeader, aloneHeader, markPrefix} {
		if bytes.Contains(data, []byte(mark)) || slices.ContainsFunc(b.shared.texts, func(s string) bool { return strings.HasPrefix(s, mark) }) {
			return true
		}
	}
	return false
}

// scanned gives the cells of a sheet.
func (b *markedBook) scanned(i int) (*sheet, error) {
	data, err := b.read(b.sheets[i].part)
	if err != nil {
		return nil, err
	}
	from := sheetSource{shared: b.shared, tinted: func(int32) bool { return false }, budget: b.budget, size: int64(len(data))}
	return scanSheet(b.sheets[i].name, xmlScanner{data: data}, from)
}

// prepareStyles adds what marks need to the style sheet.
func (b *markedBook) prepareStyles(w MarkWords) error {
	data := []byte(emptyStyles)
	if b.styles != "" {
		var err error
		if data, err = b.read(b.styles); err != nil {
			return err
		}
	}
	data, m, err := addStyles(data, w)
	if err != nil {
		return err
	}
	b.style = m
	if b.styles != "" {
		b.write(b.styles, data)
		return nil
	}
	b.styles = b.free("xl/boardpackStyles%d.xml", b.main)
	b.write(b.styles, data)
	if _, err := b.relate(b.main, "styles", b.styles); err != nil {
		return err
	}
	return b.declare(b.styles, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
}
