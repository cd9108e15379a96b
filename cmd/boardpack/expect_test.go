package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"boardpack/cmd/witness"
)

// wanted is one "column=value", or "column~pattern" for a regular expression.
type wanted struct {
	column, value string
	pattern       *regexp.Regexp
}

func wants(ts *testscript.TestScript, args []string) []wanted {
	var out []wanted
	for _, a := range args {
		at := strings.IndexAny(a, "=~")
		if at < 1 {
			ts.Fatalf("%q is neither COLUMN=VALUE nor COLUMN~PATTERN", a)
		}
		w := wanted{column: a[:at], value: a[at+1:]}
		if a[at] == '~' {
			p, err := regexp.Compile(w.value)
			ts.Check(err)
			w.pattern = p
		}
		out = append(out, w)
	}
	return out
}

func (w wanted) holds(value string) bool {
	if w.pattern != nil {
		return w.pattern.MatchString(value)
	}
	return value == w.value
}

// readTable reads a CSV file: its columns, and its rows by column.
func readTable(ts *testscript.TestScript, name string) ([]string, []map[string]string) {
	lines, err := csv.NewReader(strings.NewReader(ts.ReadFile(name))).ReadAll()
	ts.Check(err)
	if len(lines) == 0 {
		ts.Fatalf("%s has no header row", name)
	}
	return lines[0], byColumn(lines)
}

// byColumn gives the rows below a header row by the names of its columns.
func byColumn(lines [][]string) []map[string]string {
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, v := range line {
			row[lines[0][i]] = v
		}
		rows = append(rows, row)
	}
	return rows
}

func rowsWith(ts *testscript.TestScript, name string, want []wanted) []map[string]string {
	columns, rows := readTable(ts, name)
	for _, w := range want {
		if !slices.Contains(columns, w.column) {
			ts.Fatalf("%s has no column %q", name, w.column)
		}
	}
	return slices.DeleteFunc(rows, func(row map[string]string) bool {
		return slices.ContainsFunc(want, func(w wanted) bool { return !w.holds(row[w.column]) })
	})
}

func csvRow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: csv FILE COL=VALUE… [-> COL=VALUE…]")
	}
	left, right := args[1:], []string(nil)
	if at := slices.Index(left, "->"); at >= 0 {
		left, right = left[:at], left[at+1:]
	}
	rows := rowsWith(ts, args[0], wants(ts, left))
	if len(rows) != 1 {
		ts.Fatalf("%s: %d rows have %q, want one", args[0], len(rows), left)
	}
	columns, _ := readTable(ts, args[0])
	for _, w := range wants(ts, right) {
		if !slices.Contains(columns, w.column) {
			ts.Fatalf("%s has no column %q", args[0], w.column)
		}
		if !w.holds(rows[0][w.column]) {
			ts.Fatalf("%s: row %q has %s %q, want %q", args[0], left, w.column, rows[0][w.column], w.value)
		}
	}
}

func csvCount(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: csvcount FILE N [COL=VALUE…]")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	if got := len(rowsWith(ts, args[0], wants(ts, args[2:]))); got != want {
		ts.Fatalf("%s: %d rows have %q, want %d", args[0], got, args[2:], want)
	}
}

func csvHeader(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: header FILE COL…")
	}
	columns, _ := readTable(ts, args[0])
	if got, want := strings.Join(columns, " "), strings.Join(args[1:], " "); got != want {
		ts.Fatalf("%s has the columns\n%s\nwant\n%s", args[0], got, want)
	}
}

// listing is every file of a folder with the hash of its bytes, one a line.
func listing(dir string) (string, error) {
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		bytes, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		fmt.Fprintf(&b, "%s %x\n", filepath.ToSlash(rel), sha256.Sum256(bytes))
		return err
	})
	return b.String(), err
}

// noteOf is where a folder's listing is kept, out of sight of boardpack.
func noteOf(ts *testscript.TestScript, dir string) string {
	return filepath.Join(ts.Getenv("TMPDIR"), strings.NewReplacer("/", "_", ":", "_", `\`, "_").Replace(dir)+".listing")
}

func remember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: remember FOLDER")
	}
	l, err := listing(ts.MkAbs(args[0]))
	ts.Check(err)
	if l == "" {
		ts.Fatalf("%s holds no file", args[0])
	}
	ts.Check(os.WriteFile(noteOf(ts, args[0]), []byte(l), 0o644))
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: same FOLDER")
	}
	before, err := os.ReadFile(noteOf(ts, args[0]))
	ts.Check(err)
	now, err := listing(ts.MkAbs(args[0]))
	ts.Check(err)
	if now != string(before) {
		ts.Fatalf("%s has changed; it was\n%sand is\n%s", args[0], before, now)
	}
}

// publicText is everything that can be read in a pack's public edition, by
// file: its bytes, a workbook's parts, a PDF's pages, and file names.
func publicText(ts *testscript.TestScript, pack string) map[string]string {
	dir := ts.MkAbs(pack)
	texts := map[string]string{}
	ts.Check(filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		if rel == "working" {
			return filepath.SkipDir
		}
		if d.IsDir() || rel == "manifest.json" {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		texts[rel] = rel + "\n" + string(b)
		switch filepath.Ext(p) {
		case ".xlsx":
			return partTexts(texts, rel, b)
		case ".pdf":
			objectTexts(texts, rel, b)
			return pageTexts(ts, texts, rel, p)
		}
		return nil
	}))
	return texts
}

func partTexts(texts map[string]string, name string, b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return err
		}
		texts[name+"!"+part.Name] = part.Name + "\n" + string(text)
	}
	return nil
}

// objectTexts unpacks a PDF's objects and attachments: titles, alternative
// texts, metadata. A text that is not plain ASCII stands there in UTF-16.
func objectTexts(texts map[string]string, name string, b []byte) {
	texts[name+"!objects"] = wideText.ReplaceAllStringFunc(witness.Unpacked(b), func(s string) string {
		wide, _ := hex.DecodeString(s[5 : len(s)-1])
		var units []uint16
		for i := 0; i+1 < len(wide); i += 2 {
			units = append(units, binary.BigEndian.Uint16(wide[i:]))
		}
		return string(utf16.Decode(units))
	})
}

var wideText = regexp.MustCompile(`<FEFF[0-9A-F]*>`)

// pageTexts reads a PDF's pages with poppler, where it is installed.
func pageTexts(ts *testscript.TestScript, texts map[string]string, name, path string) error {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("BOARDPACK_REQUIRE_TOOLS") != "" {
			return fmt.Errorf("pdftotext is not installed: %w", err)
		}
		ts.Logf("the pages of %s were not read: pdftotext is not installed (apt-get install poppler-utils)", name)
		return nil
	}
	out, err := exec.Command(tool, "-raw", path, "-").Output()
	texts[name+"!pages"] = string(out)
	return err
}

// spaces makes words comparable that a page or a cell breaks over lines.
func spaces(s string) string { return strings.Join(strings.Fields(s), " ") }

func foundIn(texts map[string]string, want string) []string {
	var in []string
	for name, text := range texts {
		if strings.Contains(text, want) || strings.Contains(spaces(text), spaces(want)) {
			in = append(in, name)
		}
	}
	slices.Sort(in)
	return in
}

func hidden(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: hidden PACK TEXT…")
	}
	texts := publicText(ts, args[0])
	for _, want := range args[1:] {
		if in := foundIn(texts, want); len(in) > 0 {
			ts.Fatalf("the public edition of %s holds %q in %s", args[0], want, strings.Join(in, ", "))
		}
	}
}

func shown(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: shown PACK TEXT…")
	}
	texts := publicText(ts, args[0])
	for _, want := range args[1:] {
		if len(foundIn(texts, want)) == 0 {
			ts.Fatalf("the public edition of %s does not hold %q", args[0], want)
		}
	}
}

func hash(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hash VARIABLE FILE")
	}
	ts.Setenv(args[0], fmt.Sprintf("%x", sha256.Sum256([]byte(ts.ReadFile(args[1])))))
}

// holds looks for texts in the bytes and names of a folder's files, of the
// archive too, and in the parts of workbooks; "! holds" wants none of them.
func holds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: holds FOLDER TEXT…")
	}
	texts := map[string]string{}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		texts[p] = p + "\n" + string(b)
		if err == nil && bytes.HasPrefix(b, []byte("PK")) {
			return partTexts(texts, p, b)
		}
		return err
	}))
	for _, want := range args[1:] {
		if in := foundIn(texts, want); (len(in) > 0) == neg {
			ts.Fatalf("%q stands in %d files of %s: %s", want, len(in), args[0], strings.Join(in, ", "))
		}
	}
}

// stored looks for a content hash in the archive beside packs.
func stored(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: stored PACKS SHA256")
	}
	_, err := os.Stat(archiveOf(ts.MkAbs(args[0])).Path(args[1]))
	if (err == nil) == neg {
		ts.Fatalf("the archive of %s: %s: %v", args[0], args[1], err)
	}
}

func storedAs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: storedas VARIABLE PACKS SHA256")
	}
	stored(ts, false, args[1:])
	ts.Setenv(args[0], archiveOf(ts.MkAbs(args[1])).Path(args[2]))
}

func xlsxCell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: xlsxcell FILE SHEET TEXT")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	found := false
	rows, err := f.GetRows(args[1], excelize.Options{RawCellValue: true})
	ts.Check(err)
	for r, row := range rows {
		for c, value := range row {
			if value != args[2] {
				continue
			}
			found = true
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			ts.Check(err)
			kind, err := f.GetCellType(args[1], name)
			ts.Check(err)
			formula, err := f.GetCellFormula(args[1], name)
			ts.Check(err)
			if formula != "" || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
				ts.Fatalf("%s %s!%s is no text (type %d, formula %q)", args[0], args[1], name, kind, formula)
			}
		}
	}
	if !found {
		ts.Fatalf("no cell of %s %s holds %q; it has %s", args[0], args[1], args[2], strings.Join(f.GetSheetList(), ", "))
	}
}
