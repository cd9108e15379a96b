package pdf

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"boardpack/cmd/witness"
	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                          "plain",
		"two\r\nlines\rand\u2028more":    "two\nlines\nand\nmore",
		"tab\there":                      "tab here",
		"bell\a and nul\x00":             "bell and nul",
		"e\u0301te\u0301":                "été",
		"Ll\u0177r \u0175 \u2212 \u2026": "Ll\u0177r \u0175 \u2212 \u2026",
		"broken \xff\xfe end":            "broken ? end",
		"emoji \U0001F600!":              "emoji ?!",
		"\u05e9\u05dc\u05d5\u05dd":       "????",
		"zero\u200bwidth\u202e turn":     "zerowidth turn",
		"soft\u00adhyphen":               "softhyphen",
		"heart \u2764\ufe0f":             "heart ?",
	} {
		k := &cleaner{shipped(), map[rune]int{}}
		got := k.text(in)
		if in[0] == 'h' && shipped().has('\u2764') {
			continue
		}
		if got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
}

const odd = "a\U0001F468\u200d\U0001F469\u200d\U0001F467 \u05e9\u05dc \u0627\u0644 e\u0301\u0323 \x00\x1b[31m \xc3\x28 \xed\xa0\x80 \u4e2d \uffff \U0010ffff \u202e\u2067 z\u0337 (\\) end"

// oddReport has characters of every kind everywhere.
func oddReport() render.Report {
	r := bare(render.Heading{Level: 1, Text: odd}, render.Heading{Level: 2, Text: odd}, render.Contents{},
		render.Paragraph{Text: odd}, render.List{Items: []render.Item{{Light: &render.Mark{Word: odd}, Strong: odd, Text: odd}}},
		render.Facts{Caption: odd, Rows: []render.Fact{{Label: odd, Value: odd}}},
		render.Table{Caption: odd, Note: odd, Columns: []render.Column{{Head: odd, Align: render.Right}},
			Groups: []render.Group{{Band: odd, Rows: []render.Row{{Cells: []render.Cell{{Text: odd}}}}}}},
		render.Bars{Title: odd, Subtitle: odd, Alt: odd, Key: []render.Mark{{Word: odd, Letter: odd}}, Rows: []render.Bar{{Label: odd, Cuts: []int{3}}}},
		render.Key{Caption: odd, Head: []string{odd}, Lights: []render.KeyLight{{Mark: render.Mark{Word: odd}, Action: odd}}},
		render.Exception{Ref: odd, Title: odd, Since: odd, Mark: render.Mark{Word: odd}, Figures: []render.Fact{{Label: odd, Value: odd}}, Texts: []render.Fact{{Label: odd, Value: odd}}})
	r.Title, r.Short, r.Board, r.Council, r.Draft, r.Edition, r.Version = odd, odd, odd, odd, odd, odd, odd
	r.Author, r.Subject, r.Keywords, r.Words = odd, odd, []string{odd}, render.Words{Contents: odd, Page: odd, Continued: odd}
	return r
}

// Whatever officers paste must not stop a report; what could not be drawn is told.
func TestOddCharactersEverywhere(t *testing.T) {
	rendered(t, oddReport())
	drawn, err := Draw(oddReport())
	if err != nil {
		t.Fatal(err)
	}
	lost := drawn.Undrawn()
	found := false
	for _, l := range lost {
		found = found || l.Rune == 0x4e2d && l.Count > 5
	}
	if !found {
		t.Errorf("replaced characters were not told: %v", lost)
	}
}

// What gofpdf is given is always valid, drawable and within its line.
func FuzzText(f *testing.F) {
	f.Add(odd, 60.0)
	f.Fuzz(func(t *testing.T, s string, limit float64) {
		k := &cleaner{shipped(), map[rune]int{}}
		clean := k.text(s)
		for _, r := range clean {
			if r != '\n' && !shipped().has(r) {
				t.Fatalf("%q keeps %q", s, r)
			}
		}
		for _, l := range wrap(10, limit, span{clean, shipped().regular(), rgb{}}) {
			if l.w > max(limit, 10)+0.01 && len(l.runs) > 0 && utf8.RuneCountInString(l.runs[0].text) > 1 {
				t.Fatalf("a line of %.1f in %.1f: %q", l.w, limit, l.runs[0].text)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	join := func(lines []line) string {
		var all []string
		for _, l := range lines {
			words := ""
			for _, r := range l.runs {
				words += r.text
			}
			all = append(all, words)
		}
		return strings.Join(all, "|")
	}
	for _, c := range []struct {
		in    string
		limit float64
		want  string
	}{
		{"", 100, ""},
		{"one two", 100, "one two"},
		{"one two", 25, "one|two"},
		{"one\ntwo", 100, "one|two"},
		{"\n\none\n\n\ntwo\n\n", 100, "one||two"},
		{"  many   spaces ", 100, "many spaces"},
		{"abcdefghijklmnop", 40, "abcdefgh|ijklmnop"},
		{"https://example.org/a/long/path", 90, "https://example.org/|a/long/path"},
		{"no\u00a0break here", 50, "no\u00a0break|here"},
	} {
		if got := join(wrap(10, c.limit, span{c.in, shipped().regular(), rgb{}})); got != c.want {
			t.Errorf("%q in %v: %q, not %q", c.in, c.limit, got, c.want)
		}
	}
}

// A line may end at a word's own hyphens and slashes, but in no reference, figure,
// address or acronym.
func TestWordParts(t *testing.T) {
	for in, want := range map[string]string{
		"Co-ordinator": "Co-|ordinator", "and/or": "and/|or", "(long-term)": "(long-|term)", "mother-in-law,": "mother-|in-|law,", "Llan-fair": "Llan-|fair",
		"CSD-P003": "", "HSG-A": "", "10-15": "", "2007/08": "", "2008-03-31": "", "e-mail": "", "N/A": "", "CPA/APA": "", "-minus": "-|minus", "end-": "end-",
		"https://example.org/a-b": "", "a@b-c.org": "", "SW1A-2AA": "", "plain": "",
	} {
		if want == "" {
			want = in
		}
		if got := strings.Join(wordParts(in), "|"); got != want {
			t.Errorf("%q is cut into %q, not %q", in, got, want)
		}
	}
}

func TestReferencesStayTogether(t *testing.T) {
	for in, want := range map[string]string{
		"NI 117 and CSD P003": "NI_117 and CSD_P003", "FIN 6-1.8": "FIN_6-1.8", "Quarter 1": "Quarter_1", "In Quarter 4, 2007/08": "In Quarter_4, 2007/08",
		"of 12 rows": "of 12 rows", "plain words": "plain words", "31 March 2008": "31 March 2008", "CSD P031 a": "CSD_P031 a", "A 1": "A 1",
	} {
		if got := strings.ReplaceAll(together(in), "\u00a0", "_"); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
}

func TestHyphenated(t *testing.T) {
	for _, c := range []struct{ word, lang, want string }{
		{"Administration", "en-GB", "Admi-nis-tra-tion"}, {"Neighbourhood", "en-GB", "Neigh-bour-hood"}, {"tracking", "en", "tracking"},
		{"responsibilities", "en", "res-pon-si-bi-li-ties"}, {"Achievement", "en", "Achie-ve-ment"}, {"council’s", "en", "coun-cil’s"},
		{"gwasanaethau", "cy", "gwa-sa-nae-thau"}, {"cymdeithas", "cy", "cym-dei-thas"},
		{"Administration", "de", "Administration"}, {"ADMINISTRATION", "en", "ADMINISTRATION"}, {"PI42administration", "en", "PI42administration"}, {"cats", "en", "cats"},
	} {
		got, from := "", 0
		for n := 1; n < len(c.word); n++ {
			if k := hyphenated(c.word, n, c.lang); k > from {
				got, from = got+c.word[from:k]+"-", k
			}
		}
		if got += c.word[from:]; got != c.want {
			t.Errorf("%s in %s: %s, not %s", c.word, c.lang, got, c.want)
		}
	}
}

// A hyphenated word is drawn with hyphens, and is whole for whoever reads the structure.
func TestHyphensAreOfTheLineAlone(t *testing.T) {
	col := render.Table{Columns: slices.Repeat([]render.Column{{Head: "Responsibilities", Width: 1}}, 14), Wide: true,
		Groups: []render.Group{{Rows: []render.Row{{Cells: slices.Repeat([]render.Cell{{Text: "Responsibilities CSD/HOUSING/2026-27/PI-42"}}, 14)}}}}}
	d := laid(t, bare(col))
	whole := 0
	d.canvas.tree.Walk(func(n *tagged.Element) {
		if n.Role == "TD" && n.Text == "Responsibilities CSD/HOUSING/2026-27/PI-42" || n.Role == "TH" && n.Text == "Responsibilities" {
			whole++
		}
	})
	if file := witness.Unpacked(rendered(t, bare(col))); whole != 28 || !strings.Contains(file, "<80><80><00AD>") {
		t.Errorf("%d texts of 28 are whole", whole)
	}
	for _, l := range wrapNarrow("en-GB", 10, 45, span{"CSD/HOUSING/2026-27/PI-42 2007/08-1234567890123", shipped().regular(), rgb{}}) {
		for _, r := range l.runs {
			if strings.ContainsRune(r.text, softHyphen) {
				t.Errorf("a reference is hyphenated: %q", r.text)
			}
		}
	}
}

// No line is wider than it may be, whatever the text.
func TestWrapKeepsWithin(t *testing.T) {
	for _, text := range []string{comment, strings.Repeat("x", 300), "REF-" + strings.Repeat("W", 40), odd} {
		k := &cleaner{shipped(), map[rune]int{}}
		for limit := 15.0; limit < 200; limit += 7 {
			for _, l := range wrap(10, limit, span{"Label:", shipped().semibold(), rgb{}}, span{k.text(text), shipped().regular(), rgb{}}) {
				if l.w > limit+0.01 {
					t.Fatalf("a line of %.1f in %.1f: %v", l.w, limit, l.runs)
				}
			}
		}
	}
}

func TestWholePart(t *testing.T) {
	for in, want := range map[string]int{
		"27.4": 2, "27": 2, "1,234.5%": 5, "£1,250.50": len("£1,250"), "−3.5": len("−3"), "−£3.5": len("−£3"), "27%": 2,
		"+1.0": 2, "27.4 kg": 2, "12 days": 2,
		"": 0, "–": 0, "Awaited": 0, "10 of 19": 0, "2007/08": 0, "12.5 to 13": 0, "£": 0,
	} {
		if got := wholePart(in); got != want {
			t.Errorf("%q: %d, not %d", in, got, want)
		}
	}
}

// A remark on a figure stands below it, and the figure on its point.
func TestRemarksStandBelowFigures(t *testing.T) {
	for in, want := range map[string]string{"91.2% (provisional)": "91.2%\n(provisional)", "£3.31": "£3.31", "about (so)": "about (so)", "": ""} {
		if got := remarkBelow(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
	rows := []render.Row{{Cells: []render.Cell{{Text: "1.25"}}}, {Cells: []render.Cell{{Text: "1.5 (revised)"}}}}
	d := laid(t, bare(render.Table{Columns: []render.Column{{Head: "Outturn", Align: render.Right}}, Groups: []render.Group{{Rows: rows}}}))
	b := newBoxReader(t, d)
	left := map[string]float64{}
	for _, i := range b.boxes(t, b.streams[0]) {
		left[i.text] = i.x1
	}
	if diff := left["1.25"] - left["1.5 "]; diff > 0.02 || diff < -0.02 || left["(revised)"] == 0 {
		t.Errorf("the figures begin at %v", left)
	}
}

func TestColumnsFillTheWidth(t *testing.T) {
	for _, demands := range [][]demand{
		{{share: 1}, {share: 3}},
		{{share: 0.01, least: 60}, {share: 5}, {}},
		{{least: 400}, {least: 400}},
		{{least: 30}, {least: 900}, {least: 40}},
		{{share: 1, least: 100}, {share: 1, least: 200}, {share: 1, least: 50}},
	} {
		cols := columnsOf(demands, 50, 480, nil)
		last := cols[len(cols)-1]
		if end := last.x + last.w; end < 529.99 || end > 530.01 {
			t.Errorf("%v end at %.2f", demands, end)
		}
		for i, c := range cols {
			if least := demands[i].least; least < 250 && c.w < least-0.01 {
				t.Errorf("column %d of %v has %.1f", i, demands, c.w)
			}
		}
	}
}

func TestDigitsAreTabular(t *testing.T) {
	for _, f := range []face{shipped().regular(), shipped().semibold()} {
		for _, d := range "123456789" {
			if width(string(d), f, 10) != width("0", f, 10) {
				t.Errorf("digit %c has a width of its own", d)
			}
		}
	}
}

// Columns take width from each other as long as that saves lines, and none gets
// less than its words need.
func TestFit(t *testing.T) {
	demands := []demand{{least: 30, legible: 30}, {least: 50, legible: 88}, {least: 57.97, legible: 57.97}}
	widths := []float64{120, 120, 57.97}
	fit(widths, demands, [][]float64{{20, 400, 55}, {20, 380, 57.97}, {25, 420, 40}})
	if widths[0] < 30 || widths[1] < 180 || widths[2] < 57.97 {
		t.Errorf("the widths are %v", widths)
	}
	if sum := widths[0] + widths[1] + widths[2]; sum < 297.9 || sum > 298 {
		t.Errorf("the widths are %v, in all %.2f", widths, sum)
	}
	fit(nil, nil, nil)
}
