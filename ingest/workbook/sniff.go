package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Unreadable says why a file is not a workbook that can be read, and what to
// do. It becomes the one finding of that file.
type Unreadable struct {
	Check  string // stable kebab-case name
	Saw    string
	Advice string
}

func (u *Unreadable) Error() string { return u.Saw }

// The bounds of one workbook.
const (
	maxBytes    = 64 << 20  // of the file
	maxInflated = 512 << 20 // of all parts together
	maxPart     = 256 << 20 // of one part
	maxParts    = 10_000
)

const saveAsXLSX = "Open it in Excel, choose File, Save As, and the type Excel Workbook (.xlsx); put that file in the folder."

// sniff looks at a file's first bytes: its content decides, never its name.
func sniff(b []byte) error {
	head := b[:min(len(b), 4096)]
	lower := bytes.ToLower(bytes.TrimLeft(head, " \t\r\n\ufeff\xef\xbb\xbf"))
	switch {
	case len(b) == 0:
		return &Unreadable{"file-empty", "the file is empty (0 bytes)", "Save the workbook again and put it back in the folder."}
	case len(b) > maxBytes:
		return &Unreadable{"file-too-large", fmt.Sprintf("the file has %d MB; at most %d MB are read", len(b)>>20, maxBytes>>20), "Take pictures and sheets that are not needed out of the workbook and save it again."}
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return sniffZip(b)
	case bytes.HasPrefix(b, []byte("PK\x05\x06")):
		return &Unreadable{"file-empty", "the file is an empty archive without any sheet", "Save the workbook again and put it back in the folder."}
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(b)
	case bytes.HasPrefix(lower, []byte("%pdf")):
		return &Unreadable{"file-not-a-workbook", "the file is a PDF", "Put the Excel workbook that it was printed from in the folder."}
	case bytes.HasPrefix(lower, []byte("<")) && (bytes.Contains(lower, []byte("excel.sheet")) || bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet"))):
		return &Unreadable{"file-is-xml-spreadsheet", "the file is an XML Spreadsheet of 2003", saveAsXLSX}
	case bytes.HasPrefix(lower, []byte("<html")), bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.Contains(lower, []byte("<table")):
		return &Unreadable{"file-is-html", "the file is a web page that was saved under a workbook's name", saveAsXLSX}
	case bytes.HasPrefix(b, []byte("\x09\x08")), bytes.HasPrefix(b, []byte("\x09\x04")), bytes.HasPrefix(b, []byte("\x09\x02")), bytes.HasPrefix(b, []byte("\x09\x00")):
		return &Unreadable{"file-is-xls", "the file is in the format of Excel 5 or before", saveAsXLSX}
	case isText(head):
		return &Unreadable{"file-is-text", "the file is plain text (such as CSV), not a workbook", "Open it in Excel and save it as Excel Workbook (.xlsx)."}
	}
	return &Unreadable{"file-not-a-workbook", "the file is not an Excel workbook", "Check that the right file was saved, and save it from Excel as Excel Workbook (.xlsx)."}
}

func isText(b []byte) bool {
	for _, c := range b {
		if c < 9 || c > 13 && c < 32 {
			return false
		}
	}
	return true
}

// sniffOLE tells what stands in a file of the older container: an .xls
// workbook, or an .xlsx that is encrypted. Stream names are UTF-16.
func sniffOLE(b []byte) error {
	has := func(name string) bool {
		wide := make([]byte, 0, 2*len(name))
		for i := 0; i < len(name); i++ {
			wide = append(wide, name[i], 0)
		}
		return bytes.Contains(b, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return &Unreadable{"file-encrypted", "the workbook is encrypted with a password", "Open it, choose File, Info, Protect Workbook, Encrypt with Password, empty the password, and save it again."}
	case has("Workbook"), has("Book"):
		return &Unreadable{"file-is-xls", "the file is in the older .xls format", saveAsXLSX}
	case has("WordDocument"):
		return &Unreadable{"file-not-a-workbook", "the file is a Word document", "Put the Excel workbook in the folder."}
	}
	return &Unreadable{"file-not-a-workbook", "the file is an Office file, but not a workbook", "Put the Excel workbook in the folder."}
}

// sniffZip checks an archive's parts: every one must inflate to its end, with
// the right check sum, within the bounds.
func sniffZip(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return damaged("the file is cut short or damaged: its list of parts is missing")
	}
	names := map[string]bool{}
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "/")
		if names[name] && !strings.HasSuffix(name, "/") {
			return damaged(fmt.Sprintf("the workbook is damaged: it has two parts named %q", name))
		}
		names[name] = true
	}
	if err := contentKind(z, names); err != nil {
		return err
	}
	if len(z.File) > maxParts {
		return &Unreadable{"file-too-large", fmt.Sprintf("the workbook has %d parts; at most %d are read", len(z.File), maxParts), "Copy the sheets that are needed into a new workbook and save that."}
	}
	return inflateAll(z)
}

func damaged(saw string) error {
	return &Unreadable{"file-damaged", saw, "Open the workbook in Excel, let it repair what it can, check the figures and save it again."}
}

func contentKind(z *zip.Reader, names map[string]bool) error {
	switch {
	case names["mimetype"] && names["content.xml"]:
		return &Unreadable{"file-is-ods", "the file is an OpenDocument spreadsheet (.ods)", "Open it, choose Save As and the type Excel Workbook (.xlsx); put that file in the folder."}
	case names["xl/workbook.bin"]:
		return &Unreadable{"file-is-xlsb", "the file is a binary workbook (.xlsb)", saveAsXLSX}
	case names["word/document.xml"]:
		return &Unreadable{"file-not-a-workbook", "the file is a Word document", "Put the Excel workbook in the folder."}
	case names["ppt/presentation.xml"]:
		return &Unreadable{"file-not-a-workbook", "the file is a PowerPoint presentation", "Put the Excel workbook in the folder."}
	case !names["[Content_Types].xml"]:
		return &Unreadable{"file-not-a-workbook", "the file is an archive, but not a workbook", "Take the workbook out of the archive and put that in the folder."}
	}
	return nil
}

// inflateAll reads every part to its end, because a library that meets a
// damaged part may give some of its rows without an error.
func inflateAll(z *zip.Reader) error {
	var total int64
	for _, f := range z.File {
		n, err := inflate(f, maxPart)
		total += n
		if total > maxInflated {
			return tooLarge(maxInflated)
		}
		var big *Unreadable
		if errors.As(err, &big) {
			return err
		}
		if err != nil {
			return damaged(fmt.Sprintf("the workbook is damaged or cut short: its part %q cannot be read to the end", f.Name))
		}
	}
	return nil
}

func inflate(f *zip.File, limit int64) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(r, limit+1))
	if n > limit {
		return n, tooLarge(limit)
	}
	return n, err
}

func tooLarge(limit int64) error {
	return &Unreadable{"file-too-large", fmt.Sprintf("the workbook unpacks to more than %d MB", limit>>20), "Copy the sheets that are needed into a new workbook and save that."}
}
