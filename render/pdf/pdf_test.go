package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"boardpack/cmd/witness"
	"boardpack/render"
	"boardpack/render/pdf/tagged"
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

var destination = regexp.MustCompile(`/Dest (\[\d+ 0 R /XYZ 0 -?[0-9.]+ null\])`)

// Links and bookmarks lead to where their targets stand, on pages of both orientations.
func TestLinksLeadToTheirTargets(t *testing.T) {
	r := sample(40)
	d := laid(t, r)
	file := witness.Unpacked(rendered(t, r))
	var pages []string
	for _, kid := range regexp.MustCompile(`/Type /Pages /Count \d+ /Kids \[(.*?)\]`).FindAllStringSubmatch(file, 1) {
		pages = regexp.MustCompile(`\d+ 0 R`).FindAllString(kid[1], -1)
	}
	if len(pages) != len(d.canvas.pages) {
		t.Fatalf("%d pages in the file, not %d", len(pages), len(d.canvas.pages))
	}
	allowed := map[string]bool{}
	for _, at := range d.canvas.places {
		up := d.canvas.pages[at.page-1].h - max(0, at.y-8)
		allowed[fmt.Sprintf("[%s /XYZ 0 %.2f null]", pages[at.page-1], up)] = true
	}
	found := destination.FindAllStringSubmatch(file, -1)
	if len(found) < 60 {
		t.Fatalf("only %d destinations", len(found))
	}
	for _, m := range found {
		if !allowed[m[1]] {
			t.Errorf("%s leads to nothing", m[0])
		}
	}
}

// The outline has no circles, also where a level is skipped or comes first.
func TestOutline(t *testing.T) {
	d := laid(t, bare(render.Heading{Level: 3, Text: "Part before any section"}, render.Heading{Level: 2, Text: "Section"},
		render.Heading{Level: 4, Text: "Not in the outline"}, render.Heading{Level: 3, Text: "Part"}, render.Heading{Level: 2, Text: "Last"}))
	var got []string
	for _, b := range d.canvas.bookmarks {
		got = append(got, fmt.Sprintf("%d %s", b.Depth, b.Text))
	}
	if want := "0 Part before any section|0 Section|1 Part|0 Last"; strings.Join(got, "|") != want {
		t.Errorf("the outline is %q", got)
	}
}

func TestLinkWithoutTargetIsWords(t *testing.T) {
	d := laid(t, bare(render.List{Items: []render.Item{{Strong: "X1", Text: "gone", Link: "nowhere"}}}))
	d.canvas.tree.Walk(func(n *tagged.Element) {
		if n.Role == "Link" {
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

// Reports made side by side share the faces and nothing else.
func TestSideBySide(t *testing.T) {
	r := sample(6)
	want := sha256.Sum256(rendered(t, r))
	each := 50
	if testing.Short() {
		each = 5
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range each {
				var b bytes.Buffer
				if err := Render(&b, r); err != nil || sha256.Sum256(b.Bytes()) != want {
					t.Errorf("a report made beside others differs: %v", err)
				}
			}
		})
	}
	all.Wait()
}
