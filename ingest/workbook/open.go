package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"boardpack/ingest"

	"github.com/xuri/excelize/v2"
)

// book is an open workbook: excelize for its styles, our own scanner for its
// sheets. Nothing of it is written to a disk.
type book struct {
	archive  *archive
	budget   *budget
	file     *excelize.File
	sheets   []sheetPart
	shared   sharedTexts
	date1904 bool
	styles   map[int32]style
	noted    map[string]map[string]string // sheet → cell → what its note says
	saved    ingest.Date                  // the day that the workbook says it was last saved
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
	bk := &book{archive: a, budget: left, styles: map[int32]style{}}
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

func (b *book) close() { b.file.Close() }

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
	return b.openLibrary(list, to)
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

// openLibrary gives excelize the few parts that it is asked about, in an
// archive of their own: sheets, texts and pictures would cost it much more
// than all that we do with them, and its temporary files a disk.
func (b *book) openLibrary(list []byte, to targets) error {
	var reduced bytes.Buffer
	z := zip.NewWriter(&reduced)
	add := func(name string, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	err := errors.Join(add("_rels/.rels", []byte(reducedRelations)), add("xl/workbook.xml", list))
	styles, missing := b.archive.frame(to.styles)
	if missing != nil {
		return missing
	}
	if styles != nil {
		err = errors.Join(err, add("xl/styles.xml", styles))
	}
	if usesTheme(styles) {
		look, missing := b.archive.frame(to.look)
		if missing != nil {
			return missing
		}
		if look != nil {
			err = errors.Join(err, add("xl/theme/theme1.xml", look))
		}
	}
	if err = errors.Join(err, z.Close()); err != nil {
		return err
	}
	b.file, err = excelize.OpenReader(&reduced, excelize.Options{RawCellValue: true, UnzipSizeLimit: 8 * maxFrame, UnzipXMLSizeLimit: 8 * maxFrame})
	if err != nil {
		return openError(err)
	}
	return nil
}

// usesTheme reports whether a style sheet takes a fill's colour from the theme.
// Few do, and to decode a theme costs as much as to read a small sheet.
func usesTheme(styles []byte) bool {
	x := xmlScanner{data: styles}
	for {
		more, err := x.next()
		if err != nil || !more {
			return err != nil
		}
		if (x.name == "fgColor" || x.name == "bgColor") && x.attr("theme") != "" {
			return true
		}
	}
}

// reducedRelations name the workbook part of what excelize is given.
const reducedRelations = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationsOfOffice + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`

func openError(err error) error {
	if errors.Is(err, excelize.ErrWorkbookPassword) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
		return &Unreadable{"file-encrypted", "the workbook cannot be opened; it may be encrypted", "Take the password off and save it again as Excel Workbook (.xlsx)."}
	}
	return damaged(fmt.Sprintf("the workbook cannot be opened: %v", err))
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
