package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// archive is the zip archive of a workbook. Each part is inflated once: those
// that are read where they are needed, the others by readRest.
type archive struct {
	files  map[string]*zip.File // by partKey
	order  []*zip.File
	opened map[*zip.File]bool
	budget *budget
}

// openArchive indexes a workbook's parts, and refuses an archive whose own
// list of them says that they are too many or too large. A part that unpacks
// to more than the list says ends there, as damaged.
func openArchive(b []byte, left *budget) (*archive, error) {
	if n := bytes.Count(b, []byte("PK\x01\x02")); n > 2*left.Parts { // listing them would take the memory
		return nil, left.tooManyParts(n)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, damaged("the file is cut short or damaged: its list of parts is missing")
	}
	z.RegisterDecompressor(zip.Deflate, inflate)
	a := &archive{files: map[string]*zip.File{}, order: z.File, opened: map[*zip.File]bool{}, budget: left}
	for _, f := range z.File {
		key := partKey(f.Name)
		if a.files[key] != nil && !strings.HasSuffix(key, "/") {
			return nil, damaged(fmt.Sprintf("the workbook is damaged: it has two parts named %q", f.Name))
		}
		a.files[key] = f
	}
	if err := a.checkKind(); err != nil {
		return nil, err
	}
	return a, a.checkSizes()
}

func (l Limits) tooManyParts(n int) error {
	return tooMuch("parts", "the workbook has %d parts; at most %d are read", n, l.Parts)
}

// checkKind tells a workbook from other archives.
func (a *archive) checkKind() error {
	has := func(name string) bool { return a.files[name] != nil }
	switch {
	case has("mimetype") && has("content.xml"):
		return &Unreadable{"file-is-ods", "the file is an OpenDocument spreadsheet (.ods)", "Open it, choose Save As and the type Excel Workbook (.xlsx); put that file in the folder."}
	case has("xl/workbook.bin"):
		return &Unreadable{"file-is-xlsb", "the file is a binary workbook (.xlsb)", saveAsXLSX}
	case has("word/document.xml"):
		return &Unreadable{"file-not-a-workbook", "the file is a Word document", "Put the Excel workbook in the folder."}
	case has("ppt/presentation.xml"):
		return &Unreadable{"file-not-a-workbook", "the file is a PowerPoint presentation", "Put the Excel workbook in the folder."}
	case !has(partKey(contentTypesPart)):
		return &Unreadable{"file-not-a-workbook", "the file is an archive, but not a workbook", "Take the workbook out of the archive and put that in the folder."}
	}
	return nil
}

// checkSizes holds what the list of parts says of their sizes against the limits.
func (a *archive) checkSizes() error {
	if len(a.order) > a.budget.Parts {
		return a.budget.tooManyParts(len(a.order))
	}
	total := uint64(0)
	for _, f := range a.order {
		if f.UncompressedSize64 > uint64(a.budget.Part) {
			return a.budget.tooLargePart(f.Name)
		}
		if total += f.UncompressedSize64; total > uint64(a.budget.Unpacked) {
			return a.budget.tooUnpacked()
		}
	}
	return a.checkOverlap()
}

// checkOverlap refuses parts that share bytes of the file: no program writes
// them, and a small file can so hold the same large part a thousand times.
func (a *archive) checkOverlap() error {
	type stretch struct{ from, to int64 }
	var packed []stretch
	for _, f := range a.order {
		from, err := f.DataOffset()
		if err != nil {
			return partDamaged(f.Name)
		}
		packed = append(packed, stretch{from, from + int64(f.CompressedSize64)})
	}
	slices.SortFunc(packed, func(x, y stretch) int { return int(x.from - y.from) })
	for i := 1; i < len(packed); i++ {
		if packed[i].from < packed[i-1].to {
			return damaged("the workbook is damaged: parts of it lie in the same place")
		}
	}
	return nil
}

func partDamaged(name string) error {
	return damaged(fmt.Sprintf("the workbook is damaged or cut short: its part %q cannot be read to the end", name))
}

// find gives a part by its name, as spreadsheet programs do without regard to case; nil where there is none.
func (a *archive) find(name string) *zip.File { return a.files[partKey(name)] }

// partReader reads a part. Its error is one of the workbook as a whole: what
// the archive lost, no other part can tell.
type partReader struct {
	io.ReadCloser
	name   string
	budget *budget
}

func (r partReader) Read(b []byte) (int, error) {
	if r.budget.askTime(); r.budget.err != nil {
		return 0, r.budget.err
	}
	n, err := r.ReadCloser.Read(b)
	if err != nil && err != io.EOF {
		err = partDamaged(r.name)
	}
	return n, err
}

// open begins to read a part, which can be done once.
func (a *archive) open(f *zip.File) (partReader, error) {
	if a.opened[f] {
		return partReader{}, fmt.Errorf("part %q is used twice: %w", f.Name, errDamaged)
	}
	a.opened[f] = true
	r, err := f.Open()
	if err != nil {
		return partReader{}, partDamaged(f.Name)
	}
	return partReader{r, f.Name, a.budget}, nil
}

// frame gives a small part whole, for the library; nil where there is none.
func (a *archive) frame(name string) ([]byte, error) {
	f := a.find(name)
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > maxFrame {
		return nil, tooLargeFrame(f.Name)
	}
	b, err := a.whole(f)
	if err != nil {
		return nil, err
	}
	return b, a.checkFrame(f.Name, b)
}

// whole gives a part's bytes, read to its end.
func (a *archive) whole(f *zip.File) ([]byte, error) {
	r, err := a.open(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b := make([]byte, f.UncompressedSize64)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, err
	}
	return b, drain(r)
}

// aside gives a small part that reading can do without; nil where there is
// none, where it is large, or where another asked for it.
func (a *archive) aside(name string) ([]byte, error) {
	f := a.find(name)
	if f == nil || f.UncompressedSize64 > maxFrame || a.opened[f] {
		return nil, nil
	}
	return a.whole(f)
}

func tooLargeFrame(name string) error {
	return &Unreadable{"file-too-large", fmt.Sprintf("the workbook's part %q is too large", name), adviceSmaller}
}

// checkFrame counts the tags of a part that the library will decode, as each takes it time and memory.
func (a *archive) checkFrame(name string, b []byte) error {
	if bytes.Count(b, []byte("<")) > maxFrameTags {
		return tooLargeFrame(name)
	}
	if bytes.Contains(b, []byte("<!DOCTYPE")) || bytes.Contains(b, []byte("<!ENTITY")) {
		return damaged(fmt.Sprintf("the workbook is damaged: its part %q holds a document type definition, which no spreadsheet program writes", name))
	}
	a.budget.hold(int64(len(b)))
	return a.budget.err
}

// drain reads to the end, where the check sum is.
func drain(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

// readRest reads every part that nothing has read to its end, except those
// that are still to be read: a library that meets a damaged part may give
// some of its rows without an error.
func (a *archive) readRest(except func(*zip.File) bool) error {
	for _, f := range a.order {
		if a.opened[f] || except(f) {
			continue
		}
		r, err := a.open(f)
		if err != nil {
			return err
		}
		err = drain(r)
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// checkArchive reads every part of a workbook to its end.
func checkArchive(b []byte, left *budget) error {
	if err := sniff(b, left.Limits); err != nil {
		return err
	}
	a, err := openArchive(b, left)
	if err != nil {
		return err
	}
	return a.readRest(func(*zip.File) bool { return false })
}

// windows are for scanning one part after another.
var windows = sync.Pool{New: func() any { return new([windowSize]byte) }}

// scan goes through a part with a scanner, and then to its end for its check sum.
func (a *archive) scan(f *zip.File, with func(x xmlScanner) error) error {
	r, err := a.open(f)
	if err != nil {
		return err
	}
	defer r.Close()
	window := windows.Get().(*[windowSize]byte)
	defer windows.Put(window)
	err = with(xmlScanner{from: r, data: window[:0]})
	var whole *Unreadable
	if errors.As(err, &whole) {
		return err
	}
	if lost := drain(r); lost != nil {
		return lost
	}
	return err
}
