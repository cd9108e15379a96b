package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/templates"
	"boardpack/transform"
	"boardpack/transform/changes"

	"github.com/shopspring/decimal"
)

// sameInAllFormats reads an edition back in all its formats and wants that none
// says what another does not: every row's light, figures and dates and every
// count are those of the data, tables of one caption are the same in each
// format, and so are the sentences. To read the structure of a PDF file takes
// its program seconds, so that it is done only where pdf is true.
func sameInAllFormats(t *testing.T, pack string, working, pdf bool) {
	t.Helper()
	folder := pack
	if working {
		folder = filepath.Join(pack, "working")
	}
	formats := []seen{readHTML(t, filepath.Join(folder, "report.html")), readXLSX(t, filepath.Join(folder, "report.xlsx"))}
	if !working && pdf && !testing.Short() {
		formats = append(formats, readPDF(t, filepath.Join(folder, "report.pdf"))...)
	}
	c := newComparison(t, pack, working)
	for _, s := range formats {
		c.format = s.format
		c.rowsAgree(s)
		c.countsAgree(s)
		c.matricesAgree(s)
	}
	for _, s := range formats[1:] {
		c.format = s.format
		c.tablesAgree(formats[0], s)
		c.textsAgree(formats[0], s)
	}
	if c.checked["row"] == 0 || c.checked["count"] == 0 || c.checked["table"] == 0 {
		t.Errorf("%s: nothing was compared: %v", folder, c.checked)
	}
}

// comparison holds what the data of an edition say, to be found in its formats.
type comparison struct {
	t       *testing.T
	name    string
	format  string
	rows    []dataRow
	summary []map[string]string
	words   map[string]string // word of the scheme, lower case, → light
	checked map[string]int
}

// dataRow is an action or an indicator of the data.
type dataRow struct {
	kind  string
	v     map[string]string
	key   string // of its reference
	title string
}

func newComparison(t *testing.T, pack string, working bool) *comparison {
	t.Helper()
	m, err := readManifest(pack)
	if err != nil {
		t.Fatal(err)
	}
	scheme, err := transform.ParseScheme(templates.Must("schemes/" + m.Scheme.ID + ".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{t: t, name: fmt.Sprintf("%s %s v%d, working %v", m.Board, m.Quarter, m.Version, working), words: map[string]string{}, checked: map[string]int{}}
	for _, l := range scheme.Lights {
		c.words[strings.ToLower(l.Word)] = string(l.Light)
	}
	for _, s := range scheme.States {
		c.words[strings.ToLower(s.Word)] = string(s.State)
	}
	for _, table := range dataOf(t, pack, working) {
		for _, row := range byName(table) {
			switch table.Name {
			case "actions", "indicators":
				c.rows = append(c.rows, dataRow{strings.TrimSuffix(table.Name, "s"), row, refKey(row["ref"]), squeeze(row["title"])})
			case "summary":
				c.summary = append(c.summary, row)
			}
		}
	}
	return c
}

func byName(t changes.Table) []map[string]string {
	var out []map[string]string
	for _, cells := range t.Rows {
		row := map[string]string{}
		for i, column := range t.Columns {
			row[column] = cells[i]
		}
		out = append(out, row)
	}
	return out
}

func (c *comparison) wrong(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("%s, %s: %s", c.name, c.format, fmt.Sprintf(format, args...))
}

// Heads under which a table says what a row is, in the words of the board's report.
var titleHeads = []string{"Action", "Measure", "Indicator", "Action or indicator", "Title"}

// rowsAgree holds each row of each table that shows lights of rows against the
// data, and wants each row of the data in tables that show its figures or date.
func (c *comparison) rowsAgree(s seen) {
	found := make([]int, len(c.rows))
	for _, t := range s.tables {
		title := slices.IndexFunc(t.heads, func(h string) bool { return slices.Contains(titleHeads, h) })
		if title < 0 || !slices.Contains(t.heads, "Light") {
			continue
		}
		for _, row := range t.rows {
			c.checked["row"]++
			fits := c.fitting(row["Reference"], row[t.heads[title]])
			if len(fits) == 0 {
				c.wrong("%q: no row of the data is %q %q", t.caption, row["Reference"], row[t.heads[title]])
				continue
			}
			var differ []string
			agreeing := slices.DeleteFunc(slices.Clone(fits), func(i int) bool {
				d := c.differences(c.rows[i], row)
				differ = append(differ, d...)
				return d != nil
			})
			if len(agreeing) == 0 {
				c.wrong("%q: %q %q: %s", t.caption, row["Reference"], row[t.heads[title]], strings.Join(differ, "; "))
				continue
			}
			if !slices.Contains(t.heads, "Outturn") && !slices.Contains(t.heads, "Due") {
				continue
			}
			least := slices.MinFunc(agreeing, func(a, b int) int { return found[a] - found[b] })
			found[least]++
		}
	}
	for i, n := range found {
		r := c.rows[i]
		if n == 0 && !(r.kind == "action" && r.v["due"] == "") {
			c.wrong("the %s %q %q of the data stands in no table with its figures or date", r.kind, r.v["ref"], r.v["title"])
		}
	}
}

// fitting are the rows of the data that have a reference and a title as shown,
// the title perhaps with its unit.
func (c *comparison) fitting(ref, title string) []int {
	key := refKey(ref)
	var out []int
	for i, r := range c.rows {
		if (ref == "" || key == r.key) && strings.HasPrefix(title, r.title) {
			out = append(out, i)
		}
	}
	return out
}

// refKey is a reference whatever its blanks and capitals.
func refKey(ref string) string { return strings.ToUpper(strings.ReplaceAll(ref, " ", "")) }

// differences says in what a row as shown is not the row of the data.
func (c *comparison) differences(r dataRow, row map[string]string) []string {
	var out []string
	want := func(head, column string, same func(shown, said string) bool) {
		if shown, is := row[head]; is && !same(shown, r.v[column]) {
			out = append(out, fmt.Sprintf("%s is %q, and %q in the data", head, shown, r.v[column]))
		}
	}
	want("Light", "light", c.sameLight)
	want("Computed", "computed", c.sameLight)
	want("Officer's own", "declared", c.sameLight)
	want("Due", "due", sameDate)
	want("Target", "target", sameFigure)
	want("Outturn", "outturn", sameFigure)
	want("Last year", "last_year", sameFigure)
	want("Comment", "comment", func(shown, said string) bool { return shown == squeeze(said) })
	return out
}

func (c *comparison) sameLight(shown, said string) bool {
	return c.words[strings.ToLower(shown)] == said
}

func sameDate(shown, said string) bool {
	if d, err := ingest.ParseDate(said); err == nil && !d.IsZero() {
		return shown == d.Words()
	}
	return shown == said
}

var figure = regexp.MustCompile(`^(−?)£?([0-9,]+(?:\.([0-9]+))?)`)

// sameFigure compares a number as it is shown, at the decimals shown.
func sameFigure(shown, said string) bool {
	m := figure.FindStringSubmatch(shown)
	if m == nil || said == "" {
		return shown == said
	}
	d, err := decimal.NewFromString(said)
	if err != nil {
		return false
	}
	return strings.Replace(m[1], "−", "-", 1)+strings.ReplaceAll(m[2], ",", "") == d.StringFixed(int32(len(m[3])))
}

var numbered = regexp.MustCompile(`^Table [0-9]+: `)

// kindOf is what a table of counts counts, by its caption.
func kindOf(caption string) string {
	caption = numbered.ReplaceAllString(caption, "")
	for _, kind := range []string{"action", "indicator"} {
		if strings.HasPrefix(strings.ToLower(caption), kind+"s") {
			return kind
		}
	}
	return ""
}

// count finds a row of the summary.
func (c *comparison) count(kind, plan, light string) map[string]string {
	for _, row := range c.summary {
		if row["kind"] == kind && row["plan"] == plan && row["class"] == "" && row["light"] == light {
			return row
		}
	}
	return nil
}

// countsAgree holds the tables of counts, by light and by plan, against the summary.
func (c *comparison) countsAgree(s seen) {
	seenOf := map[string]bool{}
	for _, t := range s.tables {
		kind := kindOf(t.caption)
		switch {
		case kind == "":
		case len(t.heads) == 3 && t.heads[0] == "Light" && t.heads[1] == "Number":
			for _, row := range t.rows {
				seenOf[kind+c.words[strings.ToLower(row["Light"])]] = true
				c.lightCount(t, kind, row)
			}
		case t.heads[0] == "Plan" && slices.Contains(t.heads, "Total"):
			for _, row := range t.rows {
				c.planCounts(t, kind, row)
			}
		}
	}
	for _, row := range c.summary {
		if row["plan"] == "" && row["class"] == "" && row["count"] != "0" && row["percent"] != "0.0" && !seenOf[row["kind"]+row["light"]] {
			c.wrong("no table counts the %ss that are %s", row["kind"], row["light"])
		}
	}
}

func (c *comparison) lightCount(t seenTable, kind string, row map[string]string) {
	c.checked["count"]++
	want := c.count(kind, "", c.words[strings.ToLower(row["Light"])])
	if row["Light"] == "Total" {
		total := c.count(kind, "", "red")["total"]
		want = map[string]string{"count": total, "percent": "100.0"}
	}
	if row["Number"] != want["count"] || row[t.heads[2]] != want["percent"]+"%" {
		c.wrong("%q, %s: %s and %s, and in the data %s and %s%%", t.caption, row["Light"], row["Number"], row[t.heads[2]], want["count"], want["percent"])
	}
}

func (c *comparison) planCounts(t seenTable, kind string, row map[string]string) {
	total := 0
	for _, r := range c.summary {
		if r["kind"] == kind && r["plan"] == row["Plan"] && r["class"] == "" {
			n := 0
			fmt.Sscan(r["count"], &n)
			total += n
		}
	}
	for _, head := range t.heads[1:] {
		c.checked["count"]++
		want := fmt.Sprint(total)
		if light, is := c.words[strings.ToLower(head)]; is {
			want = c.count(kind, row["Plan"], light)["count"]
		} else if head != "Total" {
			c.wrong("%q has a column %q", t.caption, head)
		}
		if row[head] != want {
			c.wrong("%q, %s, %s: %s, and %s in the data", t.caption, row["Plan"], head, row[head], want)
		}
	}
}

// matricesAgree counts the rows of the data anew by their light then and now.
func (c *comparison) matricesAgree(s seen) {
	for _, t := range s.tables {
		kind := kindOf(t.caption)
		if kind == "" || len(t.heads) < 2 || !strings.HasPrefix(t.heads[1], "Now ") {
			continue
		}
		for _, row := range t.rows {
			for _, head := range t.heads[1:] {
				c.checked["count"]++
				want := c.moves(kind, c.words[strings.ToLower(row[t.heads[0]])], c.words[strings.TrimPrefix(head, "Now ")])
				if row[head] != fmt.Sprint(want) {
					c.wrong("%q, %s, %s: %s, and %d in the data", t.caption, row[t.heads[0]], head, row[head], want)
				}
			}
		}
	}
}

func (c *comparison) moves(kind, was, now string) int {
	n := 0
	for _, r := range c.rows {
		if r.kind == kind && r.v["counted"] != "no" && r.v["previous"] == was && r.v["light"] == now {
			n++
		}
	}
	return n
}
