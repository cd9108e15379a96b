package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/templates"

	"github.com/xuri/excelize/v2"
)

func markWords(t testing.TB) MarkWords {
	t.Helper()
	w, err := ParseMarkWords(templates.Must("marked.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// madeUp gives findings at several cells of every sheet: its first and last, one merged, and some that are empty.
func madeUp(original []byte) (ingest.Return, error) {
	ret := ingest.Return{Name: "folder/a <return> & more.xlsx"}
	b, err := openMarked(original, Limits{})
	if err != nil {
		return ret, err
	}
	for i, p := range b.sheets {
		if !p.cells {
			continue
		}
		s, err := b.scanned(i)
		if err != nil {
			return ret, err
		}
		names := []string{"B2", "C3", "AB70"}
		if n := len(s.cells); n > 0 {
			names = append(names, cellName(s.cells[0].row(), s.cells[0].col()), cellName(s.cells[n-1].row(), s.cells[n-1].col()), cellName(s.cells[n/2].row(), s.cells[n/2].col()))
		}
		if len(s.merges) > 0 {
			names = append(names, cellName(s.merges[0].top, s.merges[0].left))
		}
		for n, name := range names {
			ret.Findings = append(ret.Findings, ingest.Finding{Severity: []ingest.Severity{ingest.Error, ingest.Query, ingest.Note}[n%3], Check: "made-up",
				Place: ingest.Place{Workbook: ret.Name, Sheet: p.name, Cell: name}, Saw: fmt.Sprintf("=1+1 is what <%d> \"says\"\x01_x0041_ é", n%2), Advice: "Look & see."})
		}
	}
	ingest.SortFindings(ret.Findings)
	return ret, nil
}

// TestMarkingTheCorporaChangesNothingElse marks every workbook of the corpora
// and compares every part before and after.
func TestMarkingTheCorporaChangesNothingElse(t *testing.T) {
	words, vocab := markWords(t), vocabulary(t)
	alone := map[string]int{}
	copies, compared, changed, untouched, cells := 0, 0, 0, 0, 0
	for _, file := range append(corporaFiles(t, "real"), corporaFiles(t, "hostile")...) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ret, err := madeUp(b)
		m, markErr := Mark(b, ret, words, Limits{})
		if markErr != nil {
			t.Errorf("%s: %v", file, markErr)
			continue
		}
		if m.Alone != "" {
			var u *Unreadable
			reason := m.Alone
			if errors.As(err, &u) {
				reason = u.Check
			}
			alone[reason]++
			if err := openable(m.Bytes); err != nil {
				t.Errorf("%s: findings alone: %v", file, err)
			}
			continue
		}
		c := markComparison{before: b, after: m.Bytes}
		if err := c.run(); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		copies, compared, changed, untouched, cells = copies+1, compared+c.same, changed+c.changed, untouched+len(m.Untouched), cells+m.Cells
		if err := readsTheSame(b, m.Bytes, vocab); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if len(b) > 150_000 {
			continue
		}
		again, err := Mark(m.Bytes, ret, words, Limits{})
		if err != nil || !bytes.Equal(again.Bytes, m.Bytes) {
			t.Errorf("%s: marked again it is not the same: %v %s", file, err, again.Alone)
		}
		if err := sameForTheLibrary(b, m.Bytes); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	t.Logf("%d copies with %d cells marked: %d parts are the same, %d only have something added; %d sheets left as they are", copies, cells, compared, changed, untouched)
	for _, reason := range slices.Sorted(maps.Keys(alone)) {
		t.Logf("findings alone: %d × %s", alone[reason], reason)
	}
}

// markComparison holds a marked copy against its original, part by part.
type markComparison struct {
	before, after []byte
	same, changed int
}

func (c *markComparison) run() error {
	before, err := zip.NewReader(bytes.NewReader(c.before), int64(len(c.before)))
	if err != nil {
		return err
	}
	after, err := zip.NewReader(bytes.NewReader(c.after), int64(len(c.after)))
	if err != nil {
		return err
	}
	b, err := openMarked(c.before, Limits{})
	if err != nil {
		return err
	}
	may, err := b.mayChange()
	if err != nil {
		return err
	}
	have := map[string]*zip.File{}
	for _, f := range after.File {
		have[f.Name] = f
	}
	for _, f := range before.File {
		g := have[f.Name]
		if g == nil {
			return fmt.Errorf("part %s is gone", f.Name)
		}
		delete(have, f.Name)
		if err := c.part(f, g, may[partKey(f.Name)]); err != nil {
			return fmt.Errorf("part %s: %w", f.Name, err)
		}
	}
	for name, f := range have {
		if !newPart.MatchString(name) {
			return fmt.Errorf("part %s is new", name)
		}
		if err := wellFormed(f); err != nil {
			return fmt.Errorf("new part %s: %w", name, err)
		}
	}
	return c.unmarked()
}

// newPart are the parts that marking may add.
var newPart = regexp.MustCompile(`^xl/(worksheets/sheet\d+\.xml|comments\d+\.xml|drawings/vmlDrawing\d+\.vml|boardpackStyles\d+\.xml)$|^(.*/)?_rels/[^/]+\.rels$`)

// mayChange names the parts that marking may add something to.
func (b *markedBook) mayChange() (map[string]bool, error) {
	may := map[string]bool{partKey(contentTypesPart): true, partKey(b.main): true, partKey(relsOf(b.main)): true, partKey(b.styles): true}
	for _, s := range b.sheets {
		may[partKey(s.part)], may[partKey(relsOf(s.part))] = true, true
		rels, err := b.relations(s.part)
		if err != nil {
			return nil, err
		}
		for _, r := range rels {
			if r.is("comments") || r.is("vmlDrawing") {
				may[partKey(r.target)] = true
			}
		}
	}
	return may, nil
}

// part compares one part: raw bytes where it is the same, else nothing but additions.
func (c *markComparison) part(f, g *zip.File, may bool) error {
	if f.CRC32 == g.CRC32 && f.UncompressedSize64 == g.UncompressedSize64 {
		x, y := raw(f), raw(g)
		if !may && !bytes.Equal(x, y) {
			return errors.New("its compressed form differs")
		}
		c.same++
		return nil
	}
	if !may {
		return errors.New("it may not change")
	}
	c.changed++
	x, y := inflated(f), inflated(g)
	if err := wellFormed(g); err != nil && wellFormed(f) == nil {
		return err
	}
	if before, after := disorder(x), disorder(y); before == "" && after != "" {
		return fmt.Errorf("%s stands where it may not", after)
	}
	return onlyAdds(tokens(x), tokens(y))
}

// disorder gives the first element of a sheet that stands where the file format does not allow it.
func disorder(data []byte) string {
	list, err := outline(data, 3)
	if err != nil || list[0].name != "worksheet" {
		return ""
	}
	last := -1
	for _, e := range children(list, 0) {
		rank := e.rank(list, sheetOrder)
		if rank >= 0 && rank < last {
			return e.name
		}
		last = max(last, rank)
	}
	return ""
}

func raw(f *zip.File) []byte {
	r, err := f.OpenRaw()
	if err != nil {
		return []byte(err.Error())
	}
	b, _ := io.ReadAll(r) // a part that cannot be read is compared as far as it goes
	return b
}

func inflated(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return []byte(err.Error())
	}
	defer r.Close()
	b, _ := io.ReadAll(r) // as above
	return b
}

func wellFormed(f *zip.File) error {
	d := xml.NewDecoder(bytes.NewReader(inflated(f)))
	for {
		if _, err := d.RawToken(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

var (
	counted  = regexp.MustCompile(`(<\S+)(.*?) (?:count|activeTab|tabSelected)="[^"]*"`)
	unclosed = regexp.MustCompile(`(?s)^<([^\s/>]+)(.*?)\s*/>$`)
)

// tokens are a part's tags and texts, a single tag as two, without the
// attributes that tell how many there are and what is shown first.
func tokens(b []byte) []string {
	var out []string
	for s := string(b); s != ""; {
		end := strings.IndexByte(s, '<')
		if end == 0 {
			end = strings.IndexByte(s, '>') + 1
		}
		if end <= 0 {
			end = len(s)
		}
		out, s = append(out, tagTokens(s[:end])...), s[end:]
	}
	return out
}

func tagTokens(s string) []string {
	if s[0] != '<' {
		return []string{s}
	}
	s = strings.ReplaceAll(s, "'", `"`)
	if strings.Contains(s, "count=") || strings.Contains(s, "activeTab=") || strings.Contains(s, "tabSelected=") {
		for counted.MatchString(s) {
			s = counted.ReplaceAllString(s, "$1$2")
		}
	}
	if strings.HasSuffix(s, "/>") {
		m := unclosed.FindStringSubmatch(s)
		return []string{"<" + m[1] + m[2] + ">", "</" + m[1] + ">"}
	}
	return []string{strings.ReplaceAll(s, " >", ">")}
}

// onlyAdds reports the first token of the original that the copy lacks.
func onlyAdds(before, after []string) error {
	at := 0
	for i, s := range before {
		for at < len(after) && after[at] != s {
			at++
		}
		if at == len(after) {
			return fmt.Errorf("token %d of the original, %.80q, is not in the copy", i, s)
		}
		at++
	}
	return nil
}

// unmarked takes the marks out again: every sheet and every note of the original has its bytes back.
func (c *markComparison) unmarked() error {
	was, err := openMarked(c.before, Limits{})
	if err != nil {
		return err
	}
	is, err := openMarked(c.after, Limits{})
	if err != nil {
		return err
	}
	if is.ours != len(was.sheets) {
		return fmt.Errorf("the sheet of findings is number %d of %d", is.ours, len(is.sheets))
	}
	if err := is.unmark(); err != nil {
		return err
	}
	may, err := was.mayChange()
	if err != nil {
		return err
	}
	for name := range may {
		if name == partKey(contentTypesPart) || name == partKey(was.main) || name == partKey(relsOf(was.main)) || name == partKey(was.styles) || !was.has(name) {
			continue
		}
		x, err1 := was.read(name)
		y, err2 := is.read(name)
		if err2 != nil && !bytes.Contains(x, []byte("<Relationship ")) && strings.HasSuffix(name, ".rels") {
			continue // a list of no relations is gone
		}
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if !bytes.Equal(x, y) && !slices.Equal(tokens(x), tokens(y)) {
			return fmt.Errorf("part %s has not its bytes back", name)
		}
	}
	return nil
}

// readsTheSame reads original and copy as returns.
func readsTheSame(before, after []byte, words *Vocabulary) error {
	x, _ := Read("a.xlsx", before, Options{Words: words})
	y, _ := Read("a.xlsx", after, Options{Words: words})
	if len(y.Explanations) > 0 {
		return fmt.Errorf("explanations %v came from nowhere", y.Explanations)
	}
	y.SHA256, y.Size = x.SHA256, x.Size
	if !reflect.DeepEqual(x, y) {
		for i := range min(len(x.Findings), len(y.Findings)) {
			if !reflect.DeepEqual(x.Findings[i], y.Findings[i]) {
				return fmt.Errorf("the copy is read otherwise: %+v and %+v", x.Findings[i], y.Findings[i])
			}
		}
		return fmt.Errorf("the copy is read otherwise: %d findings and %d, %d rows and %d", len(x.Findings), len(y.Findings), len(everyRow(x)), len(everyRow(y)))
	}
	return nil
}

func openable(b []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.GetRows(f.GetSheetName(0))
	return err
}

// sameForTheLibrary compares what another reader sees: every cell's value as
// shown and every formula, with the style behind them.
func sameForTheLibrary(before, after []byte) (err error) {
	x, err := excelize.OpenReader(bytes.NewReader(before))
	if err != nil {
		return nil // what the library cannot open is compared by its bytes alone
	}
	defer x.Close()
	y, err := excelize.OpenReader(bytes.NewReader(after))
	if err != nil {
		return err
	}
	defer y.Close()
	defer func() {
		if p := recover(); p != nil {
			err = nil // a fault of the library on the original
		}
	}()
	if got, want := y.GetSheetList(), x.GetSheetList(); len(got) != len(want)+1 || !slices.Equal(got[:len(want)], want) {
		return fmt.Errorf("the library lists the sheets %q", got)
	}
	if y.GetActiveSheetIndex() != len(x.GetSheetList()) {
		return fmt.Errorf("the active sheet is number %d", y.GetActiveSheetIndex())
	}
	styles, _ := x.Pkg.Load("xl/styles.xml")
	b, _ := styles.([]byte)
	styled := bytes.Contains(b, []byte("cellXfs")) && !bytes.Contains(b, []byte("AlternateContent")) // which the library does not count
	for _, name := range x.GetSheetList() {
		if err := sameSheet(x, y, name, styled); err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	return nil
}

func sameSheet(x, y *excelize.File, name string, styled bool) error {
	rows, errX := x.GetRows(name)
	got, errY := y.GetRows(name)
	if fmt.Sprint(errX) != fmt.Sprint(errY) || !reflect.DeepEqual(rows, got) {
		return fmt.Errorf("the cells differ: %v, %v", errX, errY)
	}
	seen := map[int]bool{}
	for r := range rows {
		for c := range min(len(rows[r]), 60) {
			cell := cellName(r+1, c+1)
			f, _ := x.GetCellFormula(name, cell)
			g, _ := y.GetCellFormula(name, cell)
			s, _ := x.GetCellStyle(name, cell)
			u, _ := y.GetCellStyle(name, cell)
			if f != g || s != u {
				return fmt.Errorf("%s has formula %q and style %d, had %q and %d", cell, g, u, f, s)
			}
			if seen[s] || !styled {
				continue
			}
			seen[s] = true
			was, _ := x.GetStyle(s)
			is, _ := y.GetStyle(u)
			if !reflect.DeepEqual(was, is) {
				return fmt.Errorf("style %d of %s differs", s, cell)
			}
		}
	}
	return nil
}

// TestComparisonCanFail shows that what marking must not do is noticed.
func TestComparisonCanFail(t *testing.T) {
	const sheet = `<worksheet><sheetData><row r="1"><c r="A1" s="3"><v>1</v></c></row></sheetData></worksheet>`
	for _, c := range []struct {
		after string
		fails bool
	}{
		{sheet, false},
		{strings.Replace(sheet, "</sheetData>", "</sheetData><legacyDrawing/>", 1), false},
		{strings.Replace(sheet, `s="3"`, `s="4"`, 1), true},
		{strings.Replace(sheet, `<v>1</v>`, `<v>2</v>`, 1), true},
		{strings.Replace(sheet, `<c r="A1" s="3"><v>1</v></c>`, ``, 1), true},
	} {
		if err := onlyAdds(tokens([]byte(sheet)), tokens([]byte(c.after))); (err != nil) != c.fails {
			t.Errorf("%s: %v", c.after, err)
		}
	}
}
