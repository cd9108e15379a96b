package pdf

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"boardpack/cmd/witness"
	"boardpack/render"
)

// reader runs one of poppler's programs on a report, an independent reader of
// what was written.
func reader(t *testing.T, r render.Report, program string, args ...string) string {
	t.Helper()
	path := witness.Program(t, program, "apt-get install poppler-utils")
	file := t.TempDir() + "/report.pdf"
	if err := os.WriteFile(file, rendered(t, r), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, file)
	if program == "pdftotext" {
		args = append(args, "-")
	}
	var out, complaints bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v %s", program, err, complaints.String())
	}
	return out.String()
}

func TestProperties(t *testing.T) {
	info := reader(t, sample(12), "pdfinfo", "-isodates")
	for _, want := range []string{"Places Board: Quarter 4, 2007/08", "Producer:        boardpack",
		"CreationDate:    2008-03-31T00:00:00", "(A4)"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo has no %q in\n%s", want, info)
		}
	}
}

func TestTextCanBeRead(t *testing.T) {
	text := reader(t, sample(30), "pdftotext", "-layout")
	for _, want := range []string{"10 of 19 actions are complete", "Page 1 of ", "Table 2: Indicators, year to 31 March 2008 (continued)",
		"board’s", "−£3.5", "Private homes brought back", "Draft version 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text has no %q", want)
		}
	}
}

// The contents name the page on which each heading is.
func TestContentsNameTheRightPage(t *testing.T) {
	pages := strings.Split(reader(t, sample(60), "pdftotext", "-layout"), "\f")
	for _, heading := range []string{"Exceptions", "Indicators in full", "Returns not used"} {
		m := regexp.MustCompile(`(?m)^\s*` + heading + `\s+(\d+)$`).FindStringSubmatch(pages[0])
		if m == nil {
			t.Errorf("%s is not in the contents", heading)
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if !regexp.MustCompile(`(?m)^\s*` + heading + `$`).MatchString(pages[n-1]) {
			t.Errorf("%s is not on page %d", heading, n)
		}
	}
}

// seen is what pdftotext -bbox writes.
type seen struct {
	Pages []struct {
		W     float64 `xml:"width,attr"`
		H     float64 `xml:"height,attr"`
		Words []word  `xml:"word"`
	} `xml:"body>doc>page"`
}

type word struct {
	X1   float64 `xml:"xMin,attr"`
	Y1   float64 `xml:"yMin,attr"`
	X2   float64 `xml:"xMax,attr"`
	Y2   float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// No word leaves the margins, and no two lie on each other.
func TestNothingOverflowsOrOverlaps(t *testing.T) {
	for name, r := range map[string]render.Report{"sample": sample(40), "crowded": crowded(), "odd": oddReport(), "torture": torture(500, 60)} {
		r.Draft = ""
		var s seen
		if err := xml.Unmarshal([]byte(reader(t, r, "pdftotext", "-bbox")), &s); err != nil {
			t.Fatal(err)
		}
		for i, p := range s.Pages {
			for j, w := range p.Words {
				if w.X1 < margin-1 || w.X2 > p.W-margin+1 || w.Y1 < 20 || w.Y2 > p.H-30 {
					t.Errorf("%s, page %d: %q leaves the margins", name, i+1, w.Text)
				}
				for _, v := range p.Words[j+1:] {
					if overlap(w, v) {
						t.Errorf("%s, page %d: %q lies on %q", name, i+1, w.Text, v.Text)
					}
				}
			}
		}
	}
}

// overlap allows for the boxes' being as tall as the face, not as its letters.
func overlap(a, b word) bool {
	return a.X1+0.5 < b.X2 && b.X1+0.5 < a.X2 && a.Y1+4.5 < b.Y2 && b.Y1+4.5 < a.Y2
}

// crowded has words too long for every place.
func crowded() render.Report {
	long := "REFERENCE-" + strings.Repeat("WIDE", 10)
	columns := []render.Column{{Head: "Ref", NoWrap: true, Width: 1}, {Head: long, Width: 2, Align: render.Right},
		{Head: "Incomprehensibilities", Width: 0.1}, {Head: "Centre", Width: 1, Align: render.Centre}, {Head: "Light", Width: 0.1},
		{Head: "Total", Width: 1, Align: render.Right}, {Head: "Comment", Width: 1, Below: true}}
	row := render.Row{Cells: []render.Cell{{Text: long}, {Text: "1,234,567,890.12"}, {Text: long}, {Text: long}, {Text: "Not due", Light: &notDue}, {Text: "12 of 19"},
		{Text: "https://example.org/" + strings.Repeat("path", 60)}}}
	tab := render.Table{Caption: long + " " + long + " " + long, Columns: columns, Groups: []render.Group{{Band: long + long + long, Rows: []render.Row{row, row}}}}
	wide := tab
	wide.Wide = true
	var cuts []int
	for range marks {
		cuts = append(cuts, 1)
	}
	r := bare(render.Heading{Level: 1, Text: long + long}, render.Heading{Level: 2, Text: long + long}, render.Contents{}, tab, wide,
		render.Facts{Rows: []render.Fact{{Label: long, Value: long + long + long}}},
		render.List{Items: []render.Item{{Light: &awaited, Strong: long, Text: long + long}}},
		render.Bars{Title: long + long, Key: marks, Rows: []render.Bar{{Label: long, Cuts: cuts}, {Label: "Many", Cuts: []int{400, 0, 1, 1, 1, 1}}}},
		render.Exception{Mark: red, Ref: long, Title: long, Figures: []render.Fact{{Label: long, Value: long}, {Label: "b", Value: long}, {Label: "c"}, {Label: "d"}, {Label: "e"}, {Label: "f", Value: "6"}}, Texts: []render.Fact{{Label: long, Value: long + long}}},
		render.Key{Head: []string{long, long, long}, Lights: []render.KeyLight{{Mark: red, Action: long, Indicator: long}}, States: []render.KeyState{{Mark: notDue, Text: long + long + long}}})
	r.Board, r.Short, r.Council, r.Version = long+long, long+long, long+long+long, long
	return r
}
