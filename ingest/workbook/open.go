package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is an open workbook: excelize for its styles and date system, our own
// scanner for its sheets.
type book struct {
	file     *excelize.File
	sheets   []sheetPart
	shared   sharedTexts
	date1904 bool
	styles   map[int]style
}

// sheetPart is one worksheet of the workbook's list.
type sheetPart struct {
	name   string
	part   string // "xl/worksheets/sheet1.xml"
	hidden bool
}

// open reads the workbook's frame. The caller closes it.
func open(b []byte) (*book, error) {
	if err := sniff(b); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: maxPart,
	})
	if err != nil {
		return nil, openError(err)
	}
	bk := &book{file: f, styles: map[int]style{}}
	if err := bk.readFrame(); err != nil {
		f.Close()
		return nil, damaged(fmt.Sprintf("the workbook is damaged: %v", err))
	}
	return bk, nil
}

func openError(err error) error {
	if errors.Is(err, excelize.ErrWorkbookPassword) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
		return &Unreadable{"file-encrypted", "the workbook cannot be opened; it may be encrypted", "Take the password off and save it again as Excel Workbook (.xlsx)."}
	}
	return damaged(fmt.Sprintf("the workbook cannot be opened: %v", err))
}

func (b *book) close() { b.file.Close() }

// part gives the bytes of a part; names are compared without case, as
// spreadsheet programs do.
func (b *book) part(name string) []byte {
	if v, ok := b.file.Pkg.Load(name); ok {
		if data, ok := v.([]byte); ok {
			return data
		}
	}
	var found []byte
	b.file.Pkg.Range(func(k, v any) bool {
		if key, ok := k.(string); ok && strings.EqualFold(key, name) {
			found, _ = v.([]byte)
			return false
		}
		return true
	})
	return found
}

// readFrame reads the sheet list, the relations and the shared strings.
func (b *book) readFrame() error {
	main := b.mainPart()
	targets, strings, err := relations(b.part(relsOf(main)), path.Dir(main))
	if err != nil {
		return err
	}
	if err := b.readSheets(b.part(main), targets); err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return errors.New("it lists no sheet")
	}
	if strings == "" {
		strings = "xl/sharedStrings.xml"
	}
	if data := b.part(strings); data != nil {
		b.shared, err = scanStrings(data)
	}
	return err
}

func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// mainPart is the workbook part that the package names.
func (b *book) mainPart() string {
	x := xmlScanner{data: b.part("_rels/.rels")}
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		if x.name == "Relationship" && strings.HasSuffix(x.attr("Type"), "/officeDocument") {
			return strings.TrimPrefix(x.attr("Target"), "/")
		}
	}
	return "xl/workbook.xml"
}

// relations gives the parts behind the workbook's relation ids, and the part of the shared strings.
func relations(data []byte, dir string) (targets map[string]string, shared string, err error) {
	targets = map[string]string{}
	x := xmlScanner{data: data}
	for {
		more, err := x.next()
		if err != nil || !more {
			return targets, shared, err
		}
		if x.name != "Relationship" || x.closing {
			continue
		}
		target := x.attr("Target")
		if abs, ok := strings.CutPrefix(target, "/"); ok {
			target = abs
		} else {
			target = path.Join(dir, target)
		}
		kind := x.attr("Type")
		if strings.HasSuffix(kind, "/worksheet") {
			targets[x.attr("Id")] = target
		}
		if strings.HasSuffix(kind, "/sharedStrings") {
			shared = target
		}
	}
}

func (b *book) readSheets(data []byte, targets map[string]string) error {
	x := xmlScanner{data: data}
	for {
		more, err := x.next()
		if err != nil || !more {
			return err
		}
		switch {
		case x.closing:
		case x.name == "workbookPr":
			b.date1904 = isTrue(x.attr("date1904"))
		case x.name == "sheet":
			if part, ok := targets[x.attr("id")]; ok { // a chart sheet has no worksheet behind it
				b.sheets = append(b.sheets, sheetPart{x.attr("name"), part, x.attr("state") != "" && x.attr("state") != "visible"})
			}
		}
	}
}

// scan reads one sheet.
func (b *book) scan(p sheetPart) (*sheet, error) {
	data := b.part(p.part)
	if data == nil {
		return nil, fmt.Errorf("read sheet %q: its part is missing: %w", p.name, errDamaged)
	}
	s, err := scanSheet(p.name, data, b.shared, func(id int) bool { return b.style(id).hue != "" })
	if err != nil {
		return nil, err
	}
	s.hidden = p.hidden
	return s, nil
}
