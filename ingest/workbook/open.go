package workbook

import (
	"archive/zip"
	"errors"
	"fmt"
	"path"
	"strings"

	"boardpack/ingest"

	"github.com/xuri/excelize/v2"
)

// book is an open workbook: our own scanner for its sheets, and for its styles
// excelize where they are not plain. Nothing of it is written to a disk.
type book struct {
	archive  *archive
	budget   *budget
	sheets   []sheetPart
	shared   sharedTexts
	date1904 bool
	noted    map[string]map[string]string // sheet → cell → what its note says
	saved    ingest.Date                  // the day that the workbook says it was last saved

	look      styleSheet
	plain     bool           // look tells all that cells ask about
	styles    []*style       // by number, those that were looked up
	file      *excelize.File // nil until it is asked for
	stylePart []byte         // for file, until then
	theme     []byte
}

// sheetPart is one worksheet of the workbook's list.
type sheetPart struct {
	name   string
	part   string // "xl/worksheets/sheet1.xml"
	hidden bool
}

// open reads the workbook's frame, and checks every part that is not a sheet. The caller closes it.
func open(b []byte, left *budget) (*book, error) {
	if err := sniff(b, left.Limits); err != nil {
		return nil, err
	}
	a, err := openArchive(b, left)
	if err != nil {
		return nil, err
	}
	bk := &book{archive: a, budget: left}
	if err := bk.readFrame(); err != nil {
		var whole *Unreadable
		if errors.As(err, &whole) {
			return nil, whole
		}
		return nil, damaged(fmt.Sprintf("the workbook is damaged: %v", err))
	}
	sheets := map[*zip.File]bool{}
	for _, p := range bk.sheets {
		sheets[a.find(p.part)] = true
	}
	for _, read := range []func() error{bk.readNotes, bk.readSaved} {
		if err := read(); err != nil {
			bk.close()
			return nil, err
		}
	}
	if err := a.readRest(func(f *zip.File) bool { return sheets[f] }); err != nil {
		bk.close()
		return nil, err
	}
	return bk, nil
}

func (b *book) close() {
	if b.file != nil {
		b.file.Close()
	}
}

// targets are the parts that the workbook part names.
type targets struct {
	sheets                map[string]string // by relation id
	strings, styles, look string            // look is the theme
}

// readFrame reads the sheet list, the styles and the shared strings.
func (b *book) readFrame() error {
	main, err := b.mainPart()
	if err != nil {
		return err
	}
	rels, err := b.archive.frame(relsOf(main))
	if err != nil {
		return err
	}
	to, err := relations(rels, main)
	if err != nil {
		return err
	}
	list, err := b.archive.frame(main)
	if err != nil {
		return err
	}
	if err := b.readSheets(list, to.sheets); err != nil {
		return err
	}
	if err := b.readStrings(to.strings); err != nil {
		return err
	}
	return b.readLooks(to)
}

func (b *book) readStrings(part string) error {
	f := b.archive.find(part)
	if f == nil {
		return nil
	}
	return b.archive.scan(f, func(x xmlScanner) (err error) {
		b.shared, err = scanStrings(&x, b.budget)
		return err
	})
}

func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// mainPart is the workbook part that the package names.
func (b *book) mainPart() (string, error) {
	data, err := b.archive.frame("_rels/.rels")
	if err != nil {
		return "", err
	}
	x := xmlScanner{data: data}
	for more, err := x.next(); more && err == nil; more, err = x.next() {
		if x.name == "Relationship" && strings.HasSuffix(x.attr("Type"), "/officeDocument") {
			return strings.TrimPrefix(x.attr("Target"), "/"), nil
		}
	}
	return "", errors.New("it does not say where its list of sheets is")
}

// relations gives the parts that the workbook part's relations name; those of
// texts and looks stand at their usual places where no relation says another.
func relations(data []byte, part string) (targets, error) {
	to := targets{map[string]string{}, "xl/sharedStrings.xml", "xl/styles.xml", "xl/theme/theme1.xml"}
	x := xmlScanner{data: data}
	for {
		more, err := x.next()
		if err != nil || !more {
			return to, err
		}
		if x.name != "Relationship" || x.closing {
			continue
		}
		target := resolve(part, x.attr("Target"))
		switch kind := x.attr("Type"); kind[strings.LastIndexByte(kind, '/')+1:] {
		case "worksheet":
			to.sheets[x.attr("Id")] = target
		case "sharedStrings":
			to.strings = target
		case "styles":
			to.styles = target
		case "theme":
			to.look = target
		}
	}
}

// readSheets reads the workbook part.
func (b *book) readSheets(data []byte, parts map[string]string) error {
	x := xmlScanner{data: data}
	for {
		more, err := x.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		switch {
		case x.closing:
		case x.name == "workbookPr":
			b.date1904 = isTrue(x.attr("date1904"))
		case x.name == "sheet":
			if part, ok := parts[x.attr("id")]; ok { // a chart sheet has no worksheet behind it
				b.sheets = append(b.sheets, sheetPart{x.attr("name"), part, x.attr("state") != "" && x.attr("state") != "visible"})
			}
		}
		if len(b.sheets) > len(b.archive.order) {
			return errors.New("it lists more sheets than it has parts")
		}
	}
	if x.depth != 0 {
		return errors.New("its list of sheets is cut short")
	}
	if len(b.sheets) == 0 {
		return errors.New("it lists no sheet")
	}
	return nil
}

// scan reads one sheet. An *Unreadable among its errors is of the whole workbook.
func (b *book) scan(p sheetPart) (s *sheet, err error) {
	f := b.archive.find(p.part)
	if f == nil {
		return nil, fmt.Errorf("read sheet %q: its part is missing: %w", p.name, errDamaged)
	}
	from := sheetSource{shared: b.shared, tinted: b.tinted, budget: b.budget, size: int64(f.UncompressedSize64)}
	err = b.archive.scan(f, func(x xmlScanner) (err error) {
		s, err = scanSheet(p.name, x, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.hidden = p.hidden
	return s, nil
}

func (b *book) tinted(style int32) bool { return b.style(style).hue != "" }
