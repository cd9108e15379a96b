package pdf

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"boardpack/render"
)

// inked is a text, or a light's shape, and where its ink can be on the page; up from its foot.
type inked struct {
	text           string
	x1, y1, x2, y2 float64
}

// boxReader reads page streams as they were drawn, which needs no other program.
type boxReader struct {
	streams []string
	chars   [2]map[string]rune // by code
	pages   int
}

func newBoxReader(t *testing.T, d *document) *boxReader {
	t.Helper()
	b := &boxReader{pages: len(d.canvas.pages)}
	d.canvas.drawStamps()
	var drawn bytes.Buffer
	if err := d.canvas.pdf.Output(&drawn); err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(drawn.String(), "\nendstream")[:len(d.canvas.pages)] {
		_, stream, _ := strings.Cut(part, ">>\nstream\n")
		b.streams = append(b.streams, stream)
	}
	for f := range b.chars {
		b.chars[f] = map[string]rune{}
		for r := rune(' '); r <= 0xFFFF; r++ {
			if faces()[f].Has(r) {
				b.chars[f][string(d.canvas.letters[f].Append(nil, r))] = r
			}
		}
	}
	return b
}

var (
	pens   = regexp.MustCompile(`/F(\d) ([0-9.]+) Tf`)
	texts  = regexp.MustCompile(`(?s)(-?[0-9.]+) (-?[0-9.]+) Td\((.*)\)Tj$`)
	shapes = regexp.MustCompile(`^q ([0-9.]+) 0 0 [0-9.]+ (-?[0-9.]+) (-?[0-9.]+) cm/X\d+ Do Q$`)
	stamps = regexp.MustCompile(`^/X(\d+) Do$`)
)

// boxes are what a stream writes, and what it lays of stamps.
func (b *boxReader) boxes(t *testing.T, stream string) (all []inked) {
	t.Helper()
	if strings.Contains(stream, " cm\nBT\n") {
		return nil // the draft mark, turned, which lies under all else
	}
	f, size, x, y := 0, 0.0, 0.0, 0.0
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(stream, ")Tj\n", ")Tj\x00"), "\x00") {
		for part := range strings.SplitSeq(line, "\n") {
			if part == "BT" {
				x, y = 0, 0
			}
			if m := shapes.FindStringSubmatch(part); m != nil {
				half := number(m[1]) * shapeSize / 2
				at, up := number(m[2])+number(m[1])*shapeSquare/2, number(m[3])+number(m[1])*(longSide-shapeSquare/2)
				all = append(all, inked{"a shape", at - half, up - half, at + half, up + half})
			}
			if m := stamps.FindStringSubmatch(part); m != nil {
				n, _ := strconv.Atoi(m[1])
				all = append(all, b.boxes(t, b.streams[b.pages+n])...)
			}
		}
		if m := pens.FindStringSubmatch(line); m != nil {
			f, size = int(m[1][0]-'0'), number(m[2])
		}
		m := texts.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		x, y = x+number(m[1]), y+number(m[2])
		text := b.decoded(f, m[3])
		all = append(all, inked{text, x, y - 0.2*size, x + width(strings.TrimRight(text, " "), face(f), size), y + 0.66*size})
	}
	return all
}

// decoded is a string of codes as text; a bracket has a stroke before it.
func (b *boxReader) decoded(f int, codes string) string {
	var text strings.Builder
	for len(codes) > 0 {
		for n := 1; ; n++ {
			if n > len(codes) {
				return text.String() + codes
			}
			if r, ok := b.chars[f][codes[:n]]; ok {
				text.WriteRune(r)
				codes = codes[n:]
				break
			}
		}
	}
	return text.String()
}

func (i inked) centre() [2]int {
	return [2]int{int(math.Round(5 * (i.x1 + i.x2))), int(math.Round(5 * (i.y1 + i.y2)))}
}

// Nothing leaves the margins and nothing lies on anything else: texts, the shapes
// of lights, and what is repeated on each page.
func TestNoInkOnInk(t *testing.T) {
	for name, r := range map[string]render.Report{"sample": sample(60), "crowded": crowded(), "odd": oddReport(), "torture": torture(500, 60)} {
		d := laid(t, r)
		b := newBoxReader(t, d)
		for page, s := range d.canvas.pages[:b.pages] {
			all := b.boxes(t, b.streams[page])
			if len(all) == 0 {
				t.Errorf("%s, page %d has nothing", name, page+1)
			}
			for i, a := range all {
				if a.x1 < margin-bandPad || a.x2 > s.w-margin+bandPad || a.y1 < 30 || a.y2 > s.h-20 {
					t.Errorf("%s, page %d: %q leaves the margins: %.0f to %.0f, %.0f to %.0f", name, page+1, a.text, a.x1, a.x2, a.y1, a.y2)
				}
				for _, o := range all[i+1:] {
					if a.centre() == o.centre() && a.text == "a shape" && o.text == "a shape" {
						continue // a ring around a point of a chart
					}
					if a.x1+0.3 < o.x2 && o.x1+0.3 < a.x2 && a.y1+0.3 < o.y2 && o.y1+0.3 < a.y2 {
						t.Errorf("%s, page %d: %v lies on %v", name, page+1, a, o)
					}
				}
			}
		}
	}
}
