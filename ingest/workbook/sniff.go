package workbook

import (
	"bytes"
)

// Unreadable says why a file is not a workbook that can be read, and what to
// do. It becomes the one finding of that file.
type Unreadable struct {
	Check  string // stable kebab-case name
	Saw    string
	Advice string
}

func (u *Unreadable) Error() string { return u.Saw }

const saveAsXLSX = "Open it in Excel, choose File, Save As, and the type Excel Workbook (.xlsx); put that file in the folder."

// sniff looks at a file's first bytes: its content decides, never its name. It
// lets archives pass.
func sniff(b []byte, l Limits) error {
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) && int64(len(b)) <= l.Size {
		return nil
	}
	head := b[:min(len(b), 4096)]
	lower := bytes.ToLower(bytes.TrimLeft(head, " \t\r\n\ufeff\xef\xbb\xbf"))
	switch {
	case len(b) == 0:
		return &Unreadable{"file-empty", "the file is empty (0 bytes)", "Save the workbook again and put it back in the folder."}
	case int64(len(b)) > l.Size:
		u := tooMuch("size", "the file has %d MB; at most %d MB are read", len(b)>>20, l.Size>>20)
		u.Advice = "Take out pictures that are not needed. " + u.Advice
		return u
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

func damaged(saw string) *Unreadable {
	return &Unreadable{"file-damaged", saw, "Open the workbook in Excel, let it repair what it can, check the figures and save it again."}
}
