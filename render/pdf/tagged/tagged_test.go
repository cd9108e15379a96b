package tagged

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"boardpack/cmd/witness"
	"boardpack/render/pdf/font"
	"boardpack/templates"
)

// drawn is what gofpdf writes for pages with one line of page stream each.
func drawn(t *testing.T, lines ...string) []byte {
	t.Helper()
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.SetCompression(false)
	for _, l := range lines {
		pdf.AddPage()
		pdf.RawWriteStr(l)
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPageStreams(t *testing.T) {
	streams, err := pageStreams(drawn(t, "% one", "% two stream\nendstream", "% three"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"% one", "% two stream\nendstream", "% three"} {
		if !strings.Contains(string(streams[i]), want) {
			t.Errorf("page %d has %q", i+1, streams[i])
		}
	}
}

// Bytes that gofpdf did not write, or not whole, are refused.
func TestOtherFormsAreRefused(t *testing.T) {
	whole := drawn(t, "% page")
	for name, b := range map[string][]byte{
		"nothing":      nil,
		"half":         whole[:len(whole)/2],
		"no number":    bytes.Replace(whole, []byte("\nstartxref\n"), []byte("\nstartxref\nx"), 1),
		"far away":     bytes.Replace(whole, []byte("\nstartxref\n"), []byte("\nstartxref\n9"), 1),
		"no kids":      bytes.Replace(whole, []byte("/Kids ["), []byte("/Kidz ["), 1),
		"other page":   bytes.Replace(whole, []byte("/Kids [3 "), []byte("/Kids [9 "), 1),
		"no contents":  bytes.Replace(whole, []byte("/Contents "), []byte("/Contentz "), 1),
		"other length": bytes.Replace(whole, []byte("<</Length "), []byte("<</Length 9"), 1),
		"no table":     bytes.Replace(whole, []byte("\nxref\n"), []byte("\nxrex\n"), 1),
	} {
		if _, err := pageStreams(b); err == nil {
			t.Errorf("%s: the bytes were taken", name)
		}
	}
	if err := Write(io.Discard, whole, Document{Pages: make([]Page, 2)}); err == nil {
		t.Error("a page too few was taken")
	}
	lost := &Element{Role: "Link", Target: "nowhere", Areas: []Area{{Page: 1}}}
	if err := Write(io.Discard, whole, Document{Pages: make([]Page, 1), Tree: lost}); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a link that leads nowhere: %v", err)
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":           "()",
		"plain":      "(plain)",
		"(a)":        "<FEFF002800610029>",
		"\\":         "<FEFF005C>",
		"ŵ":          "<FEFF0175>",
		"\U0001F600": "<FEFFD83DDE00>",
	} {
		if got := text(in); got != want {
			t.Errorf("%q became %s, not %s", in, got, want)
		}
	}
}

// Characters have one code each, no code is another's first byte, and letters are
// in the order of their codes. After sixty that are not ASCII, codes have two bytes.
func TestAlphabet(t *testing.T) {
	var a Alphabet
	text := "b(a)"
	for r := rune(0x100); r < 0x100+400; r++ {
		text += string(r)
	}
	var codes []byte
	for range 2 {
		codes = codes[:0]
		for _, r := range text {
			codes = a.Append(codes, r)
		}
	}
	if !bytes.HasPrefix(codes, []byte("b\\(a\\)\x80\x81")) {
		t.Errorf("the codes begin with %x", codes[:8])
	}
	letters := a.letters()
	if len(letters) != 404 || letters[0] != (letter{'(', '('}) || letters[4] != (letter{0x80, 0x100}) || letters[63] != (letter{0xBB, 0x13B}) || letters[64] != (letter{0xBC00, 0x13C}) {
		t.Errorf("%d letters: %v", len(letters), letters)
	}
	if want := "5 begincidrange\n<28><29>1\n<61><62>3\n<80><BB>5\n"; !strings.HasPrefix(string(codeRanges(letters)), want) {
		t.Errorf("the codes lead to %s", codeRanges(letters))
	}
	if want := "6 beginbfrange\n<28><29><0028>\n<61><62><0061>\n<80><BB><0100>\n<BC00><BCC3><013C>\n"; !strings.HasPrefix(string(unicodeRanges(letters)), want) {
		t.Errorf("the codes mean %s", unicodeRanges(letters))
	}
}

// A depth that is left out, or too great at the start, leads to no circle.
func TestNest(t *testing.T) {
	lines, top := nest([]Bookmark{{Depth: 1}, {Depth: 0}, {Depth: 2}, {Depth: 2}, {Depth: 1}, {Depth: -1}})
	want := []line{
		{-1, -1, 1, -1, -1, 0},
		{-1, 0, 5, 2, 4, 3},
		{1, -1, 4, 3, 3, 1},
		{2, -1, -1, -1, -1, 0},
		{1, 2, -1, -1, -1, 0},
		{-1, 1, -1, -1, -1, 0},
	}
	for i := range want {
		if lines[i] != want[i] {
			t.Errorf("line %d is %v, not %v", i, lines[i], want[i])
		}
	}
	if top.first != 0 || top.last != 5 || top.kids != 6 {
		t.Errorf("the outline is %v", top)
	}
}

func TestProfile(t *testing.T) {
	p := srgb()
	if size := int(p[2])<<8 | int(p[3]); size != len(p) || len(p)%4 != 0 || string(p[36:40]) != "acsp" {
		t.Errorf("a profile of %d bytes says %d", len(p), size)
	}
}

// The same document has the same bytes; another has another ID.
func TestIDIsOfTheContent(t *testing.T) {
	face, err := font.Parse(templates.Must("fonts/SourceSans3_400Regular.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(title string) []byte {
		var letters Alphabet
		letters.Append(nil, 'A')
		tree := &Element{Role: "Document"}
		tree.Add("P").Parts = []Part{{1, 0}}
		var b bytes.Buffer
		err := Write(&b, drawn(t, "/P <</MCID 0>> BDC EMC"), Document{
			Title: title, Lang: "en-GB", Day: time.Date(2008, 3, 31, 0, 0, 0, 0, time.UTC), Pages: []Page{{595, 842}}, Tree: tree,
			Faces: []Face{{face, &letters}}, Files: []File{{"b.csv", "text/csv", "B", "Data", []byte("1")}, {"a.csv", "text/csv", "A", "Data", nil}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	id := func(b []byte) string {
		_, rest, _ := bytes.Cut(b, []byte("/ID [<"))
		return string(rest[:32])
	}
	one, again, other := write("One"), write("One"), write("Other")
	if !bytes.Equal(one, again) {
		t.Error("the same document has other bytes")
	}
	if id(one) == id(other) || id(one) != id(again) {
		t.Errorf("IDs %s %s %s", id(one), id(again), id(other))
	}
	if all := witness.Unpacked(one); strings.Index(all, "(a.csv) ") > strings.Index(all, "(b.csv) ") || !strings.Contains(all, "/AFRelationship /Data") {
		t.Error("the files are not in the order of their names")
	}
}

// Every object can be found again, whatever their number and kinds; none is longer than its line says.
func TestPacks(t *testing.T) {
	f := newFile()
	f.lines[names] = 14
	want := map[int]string{}
	for i := range 30_000 {
		body := fmt.Sprintf("<</N %d%s>>", i, strings.Repeat(" x", i%90))
		r := f.reserve()
		f.setAs(kind(i%int(kinds)), r, []byte(body))
		want[int(r)] = body
	}
	spots := make([]spot, len(f.objects))
	f.pack(spots)
	got := map[spot]string{}
	for i, o := range f.objects[len(spots):] {
		unpack(t, o, len(spots)+i+1, got)
	}
	for r, body := range want {
		if where := got[spots[r-1]]; where != fmt.Sprintf("%d %s", r, body) {
			t.Fatalf("object %d %s is %q", r, body, where)
		}
	}
}

// unpack reads the objects of an object stream with their numbers.
func unpack(t *testing.T, o object, number int, into map[spot]string) {
	t.Helper()
	var n, first, width int
	if _, err := fmt.Sscanf(string(o.body), "/Type/ObjStm/N %d/First %d", &n, &first); err != nil {
		t.Fatal(err)
	}
	r, err := zlib.NewReader(bytes.NewReader(o.stream))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, rest, ok := strings.Cut(string(o.body), "/Columns "); ok {
		if _, err := fmt.Sscanf(rest, "%d", &width); err != nil {
			t.Fatal(err)
		}
		all = summed(all, width)
	}
	pairs := strings.Fields(string(all[:first]))
	for i := range n {
		from, _ := strconv.Atoi(pairs[2*i+1])
		to := len(all) - first
		if i+1 < n {
			to, _ = strconv.Atoi(pairs[2*i+3])
		}
		into[spot{number, i}] = pairs[2*i] + " " + strings.TrimRight(string(all[first+from:first+to]), " ")
	}
}

// summed undoes differences.
func summed(all []byte, width int) []byte {
	out := make([]byte, 0, len(all))
	for from := 0; from < len(all); from += width + 1 {
		for _, v := range all[from+1 : from+1+width] {
			if len(out) >= width {
				v += out[len(out)-width]
			}
			out = append(out, v)
		}
	}
	return out
}
