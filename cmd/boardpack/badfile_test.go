package main

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// badfile makes a file that cannot be read as a workbook, or not wholly:
//
//	badfile empty NAME       no bytes at all
//	badfile xls NAME         the older container with a workbook in it
//	badfile encrypted NAME   the older container with an encrypted package in it
//	badfile ods NAME         an OpenDocument spreadsheet
//	badfile xlsb NAME        a binary workbook
//	badfile doc NAME         the older container with a Word document in it
//	badfile docx NAME        a Word document
//	badfile ppt NAME         the older container with a presentation in it
//	badfile pptx NAME        a PowerPoint presentation
//	badfile zip NAME         an archive of something else
//	badfile noise NAME       bytes of no known kind
//	badfile cut NAME         the first half of the workbook that stands there
//	badfile damaged NAME     that workbook with a byte of a sheet's data changed
//	badfile halfsheet NAME   that workbook, a whole archive, with half of its last sheet's data
//	badfile nosheet NAME     that workbook without its last sheet's data
//	badfile swollen NAME N   that workbook with one more part of N MB
//	badfile parts NAME N     that workbook with N more parts
//	badfile long NAME N      that workbook with zeros after it, N MB long
func badfile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: badfile KIND NAME [N]")
	}
	n := 0
	if len(args) > 2 {
		var err error
		n, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	path := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	var b []byte
	switch args[0] {
	case "empty":
	case "xls":
		b = olderContainer("Workbook")
	case "encrypted":
		b = olderContainer("EncryptionInfo EncryptedPackage")
	case "ods":
		b = archiveWith(ts, "mimetype", "content.xml", "META-INF/manifest.xml")
	case "xlsb":
		b = archiveWith(ts, "[Content_Types].xml", "_rels/.rels", "xl/workbook.bin")
	case "doc":
		b = olderContainer("WordDocument")
	case "docx":
		b = archiveWith(ts, "[Content_Types].xml", "_rels/.rels", "word/document.xml")
	case "zip":
		b = archiveWith(ts, "readme.txt")
	case "ppt":
		b = olderContainer("PowerPoint Document")
	case "pptx":
		b = archiveWith(ts, "[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
	case "noise":
		b = []byte("\x00\x01\x02\x03 no workbook")
	case "halfsheet", "nosheet":
		b = spoiltSheet(ts, ts.ReadFile(args[1]), args[0] == "halfsheet")
	case "swollen":
		b = swollen(ts, ts.ReadFile(args[1]), n)
	case "parts":
		b = withParts(ts, ts.ReadFile(args[1]), n)
	case "long":
		b = append([]byte(ts.ReadFile(args[1])), make([]byte, n<<20)...)[:n<<20]
	case "cut":
		b = []byte(ts.ReadFile(args[1]))
		b = b[:len(b)/2]
	case "damaged":
		b = []byte(ts.ReadFile(args[1]))
		b[bytes.Index(b, []byte("xl/worksheets/sheet1.xml"))+60] ^= 0xff
	default:
		ts.Fatalf("there is no bad file %q", args[0])
	}
	ts.Check(os.WriteFile(path, b, 0o644))
}

// olderContainer is an OLE file's signature with stream names in UTF-16.
func olderContainer(streams string) []byte {
	b := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 1016)...)
	for _, c := range []byte(streams) {
		b = append(b, c, 0)
	}
	return append(b, make([]byte, 512)...)
}

func archiveWith(ts *testscript.TestScript, names ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte(strings.Repeat("<x/>", 10)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	return b.Bytes()
}

// alter changes one byte in the middle of a file.
func alter(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: alter FILE")
	}
	b := []byte(ts.ReadFile(args[0]))
	b[len(b)/2] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// replace puts a text in place of another that stands once in a file.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	s := ts.ReadFile(args[0])
	if n := strings.Count(s, args[1]); n != 1 {
		ts.Fatalf("%q stands %d times in %s", args[1], n, args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(s, args[1], args[2], 1)), 0o644))
}

// mklogo makes a small picture with a clear ground: a council's mark.
func mklogo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mklogo NAME.png")
	}
	mark := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	for x := range 20 {
		for y := range 20 {
			mark.SetNRGBA(x, y, color.NRGBA{R: 0x1f, G: uint8(10 * x), B: 0x5f, A: uint8(12 * y)})
		}
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, mark))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// mkfonts writes two fonts that are not the shipped ones.
func mkfonts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mkfonts REGULAR SEMIBOLD")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), goregular.TTF, 0o644))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), gobold.TTF, 0o644))
}
