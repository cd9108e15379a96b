package pdf

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"testing"

	"boardpack/render"
)

func rendered(t testing.TB, r render.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWriteSample writes the sample for people to look at, where a folder is named.
func TestWriteSample(t *testing.T) {
	dir := os.Getenv("BOARDPACK_SHOW")
	if dir == "" {
		t.Skip("set BOARDPACK_SHOW to a folder to look at the sample")
	}
	if err := os.WriteFile(filepath.Join(dir, "sample.pdf"), rendered(t, sample(60)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSameReportSameBytes(t *testing.T) {
	r := sample(30)
	want := sha256.Sum256(rendered(t, r))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(n)
		if sha256.Sum256(rendered(t, r)) != want {
			t.Errorf("bytes differ with GOMAXPROCS %d", n)
		}
	}
}

var destination = regexp.MustCompile(`/Dest \[(\d+) 0 R /XYZ 0 (-?[0-9.]+) null\]`)

// Links and bookmarks lead to where their targets stand, on pages of both
// orientations: gofpdf reckons some heights from the last page's size.
func TestLinksLeadToTheirTargets(t *testing.T) {
	r := sample(40)
	d := laid(t, r)
	allowed := map[string]bool{}
	for _, at := range d.canvas.places {
		up := d.canvas.pages[at.page-1].h - max(0, at.y-8)
		allowed[strconv.Itoa(1+2*at.page)+" "+strconv.FormatFloat(up, 'f', 2, 64)] = true
	}
	found := destination.FindAllSubmatch(rendered(t, r), -1)
	if len(found) < 60 {
		t.Fatalf("only %d destinations", len(found))
	}
	for _, m := range found {
		if !allowed[string(m[1])+" "+string(m[2])] {
			t.Errorf("%s leads to nothing", m[0])
		}
	}
}

// The outline has no circles, also where a level is skipped or comes first.
func TestOutline(t *testing.T) {
	r := bare(render.Heading{Level: 3, Text: "Part before any section"}, render.Heading{Level: 2, Text: "Section"},
		render.Heading{Level: 4, Text: "Not in the outline"}, render.Heading{Level: 3, Text: "Part"}, render.Heading{Level: 2, Text: "Last"})
	b := rendered(t, r)
	if n := bytes.Count(b, []byte("/Count 0>>")); n != 4 {
		t.Errorf("%d lines in the outline, not 4", n)
	}
	self := regexp.MustCompile(`(?s)\n(\d+) 0 obj\n<</Title.*?endobj`)
	for _, m := range self.FindAllSubmatch(b, -1) {
		if regexp.MustCompile(`/(Parent|Next|Prev|First) ` + string(m[1]) + ` 0 R`).Match(m[0]) {
			t.Errorf("line %s of the outline points to itself", m[1])
		}
	}
}

func TestLinkWithoutTargetIsWords(t *testing.T) {
	d := laid(t, bare(render.List{Items: []render.Item{{Strong: "X1", Text: "gone", Link: "nowhere"}}}))
	walk(d.canvas.tree, func(n *node) {
		if n.role == "Link" {
			t.Error("a link leads nowhere")
		}
	})
}

func TestShowCrowded(t *testing.T) {
	if dir := os.Getenv("BOARDPACK_SHOW"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "crowded.pdf"), rendered(t, crowded()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
