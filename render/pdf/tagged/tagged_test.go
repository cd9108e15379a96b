package tagged

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

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

func TestRuns(t *testing.T) {
	var got []string
	for _, run := range runs([]rune{'a', 'b', 'c', 'e', 0xFE, 0xFF, 0x100, 0x101}, 2) {
		got = append(got, string(run))
	}
	if want := "ab|c|e|\u00fe\u00ff|\u0100\u0101"; strings.Join(got, "|") != want {
		t.Errorf("%q, not %q", got, want)
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
		tree := &Element{Role: "Document"}
		tree.Add("P").Parts = []Part{{1, 0}}
		var b bytes.Buffer
		err := Write(&b, drawn(t, "/P <</MCID 0>> BDC EMC"), Document{
			Title: title, Lang: "en-GB", Day: time.Date(2008, 3, 31, 0, 0, 0, 0, time.UTC), Pages: []Page{{595, 842}}, Tree: tree,
			Faces: []Face{{face, []rune("A")}}, Files: []File{{"b.csv", "text/csv", "B", "Data", []byte("1")}, {"a.csv", "text/csv", "A", "Data", nil}},
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
	if all := inflated(t, one); strings.Index(all, "(a.csv) ") > strings.Index(all, "(b.csv) ") || !strings.Contains(all, "/AFRelationship /Data") {
		t.Error("the files are not in the order of their names")
	}
}

func inflated(t *testing.T, file []byte) string {
	t.Helper()
	var all strings.Builder
	for rest := file; ; {
		_, after, found := bytes.Cut(rest, []byte("\nstream\n"))
		if !found {
			return all.String()
		}
		if r, err := zlib.NewReader(bytes.NewReader(after)); err == nil {
			if _, err := io.Copy(&all, r); err != nil {
				t.Fatal(err)
			}
		}
		rest = after
	}
}
