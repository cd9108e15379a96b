package workbook

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"boardpack/ingest"
)

var shuffles = flag.Int("shuffles", 0, "how many shuffled layouts of the reference workbooks to read; 0 is 100, or 1000 where CI asks for everything")

func howMany() int {
	switch {
	case *shuffles > 0:
		return *shuffles
	case os.Getenv("BOARDPACK_REQUIRE_TOOLS") == "1":
		return 1000
	}
	return 100
}

// original is a reference workbook with where its tables stand.
type original struct {
	name   string
	keep   bool // its sheets' names are its services
	tables []tableAt
}

// tableAt is a table of a grid: its header's first row, the header's height,
// its columns, and those that stay side by side.
type tableAt struct {
	sheet          string
	top, headRows  int
	left, width    int
	blocks         [][]int // columns that move together, 0-based; nil where each moves alone
	kind           ingest.Kind
	startsSections bool // section rows stand right above the header
}

func originals() []original {
	two := []tableAt{{sheet: "Actions", top: 4, headRows: 1, left: 1, width: 6, kind: ingest.KindAction}, {sheet: "PIs", top: 3, headRows: 1, left: 1, width: 8, kind: ingest.KindIndicator}}
	pairs := [][]int{{0}, {1}, {2}, {3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}}
	service := original{name: "Q2 2008-09 service plan monitoring", keep: true}
	for _, s := range []string{"Universal & Learning", "Preventative", "Specialist", "Business Support"} {
		service.tables = append(service.tables, tableAt{sheet: s, top: 10, headRows: 1, left: 1, width: 8, kind: ingest.KindIndicator})
	}
	return []original{
		{name: "CSD Q3 2007-08 return", tables: two},
		{name: "CSD Q4 2007-08 return", tables: two},
		{name: "PSI Q2 2008-09 return", tables: []tableAt{{sheet: "Actions", top: 3, headRows: 1, left: 1, width: 7, kind: ingest.KindAction}, {sheet: "PIs", top: 3, headRows: 2, left: 1, width: 12, blocks: pairs, kind: ingest.KindIndicator}}},
		service,
		{name: "CSD Departmental Plan 2008-09", tables: []tableAt{{sheet: "Action Plan", top: 7, headRows: 1, left: 1, width: 5, kind: ingest.KindAction, startsSections: true},
			{sheet: "Performance Indicators", top: 3, headRows: 1, left: 1, width: 5, kind: ingest.KindIndicator}, {sheet: "Risks", top: 3, headRows: 1, left: 1, width: 8, kind: ingest.KindRisk}}},
	}
}

// tally counts cells of shuffled workbooks.
type tally struct{ right, reported, silent int }

func (t *tally) add(o tally) {
	t.right, t.reported, t.silent = t.right+o.right, t.reported+o.reported, t.silent+o.silent
}

// TestShuffledLayoutsAreReadAlike shuffles the layout of the reference
// workbooks in many ways. Every cell must be read as in the original, or a
// finding must say that it was not.
func TestShuffledLayoutsAreReadAlike(t *testing.T) {
	var all tally
	list := originals()
	for _, o := range list {
		t.Run(o.name, func(t *testing.T) {
			b := sharedFile(t, "returns/"+o.name+".xlsx")
			want, err := Read(o.name+".xlsx", b, Options{Words: vocabulary(t)})
			if err != nil {
				t.Fatal(err)
			}
			s := shuffler{t: t, original: o, grids: gridsOf(t, b), want: factsOf(want), period: want.Period, words: vocabulary(t), seen: map[string]int{}, told: map[string]string{}}
			sum := s.run(howMany() / len(list))
			all.add(sum)
			t.Logf("%s: %d cells right, %d reported, %d wrong in silence", o.name, sum.right, sum.reported, sum.silent)
		})
	}
	t.Logf("all workbooks: %d cells right, %d reported, %d wrong in silence", all.right, all.reported, all.silent)
}

type shuffler struct {
	t        *testing.T
	original original
	grids    []*grid
	want     []rowFacts
	period   ingest.Period
	words    *Vocabulary
	seen     map[string]int    // what went wrong → how often
	told     map[string]string // what a finding reported → the first of them
}

func (s *shuffler) run(n int) tally {
	var sum tally
	for seed := range n {
		steps := s.chosen(uint64(seed))
		got, wrong := s.try(uint64(seed), steps)
		sum.add(got)
		if len(wrong) > 0 {
			s.complain(uint64(seed), steps)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(s.seen)) {
		s.t.Logf("%d times: %s", s.seen[what], what)
	}
	for _, what := range slices.Sorted(maps.Keys(s.told)) {
		s.t.Logf("reported: %s, such as %s", what, s.told[what])
	}
	return sum
}

// complain finds the fewest steps that still go wrong and says so once for each kind.
func (s *shuffler) complain(seed uint64, steps []step) {
	if len(s.seen) >= 25 {
		s.t.Errorf("seed %d: wrong in silence", seed)
		return
	}
	for i := 0; i < len(steps); {
		fewer := slices.Delete(slices.Clone(steps), i, i+1)
		if _, wrong := s.try(seed, fewer); len(wrong) > 0 {
			steps = fewer
		} else {
			i++
		}
	}
	_, wrong := s.try(seed, steps)
	reading, _ := Read(s.original.name+".xlsx", workbookOf(s.t, s.variant(seed, steps).grids...), Options{Words: s.words})
	var tables []string
	for _, tb := range reading.Tables {
		line := fmt.Sprintf("%s!%s %s %d rows:", tb.Sheet, tb.Range, tb.Kind, tb.Rows)
		for _, c := range tb.Columns {
			line += fmt.Sprintf(" %s'%s'=%s", c.Letter, c.Header, c.Role)
		}
		tables = append(tables, line)
	}
	names := make([]string, 0, len(steps))
	for _, st := range steps {
		names = append(names, st.name)
	}
	slices.Sort(names)
	key := strings.Join(names, " + ") + ": " + kindOfFault(wrong[0])
	s.seen[key]++
	if s.seen[key] == 1 {
		s.t.Errorf("WRONG IN SILENCE, seed %d, %s: %d cells, such as\n\t%s", seed, strings.Join(names, " + "), len(wrong), strings.Join(wrong[:min(4, len(wrong))], "\n\t")+"\n\t"+strings.Join(tables, "\n\t"))
	}
}

func kindOfFault(s string) string {
	_, rest, _ := strings.Cut(s, "| ")
	kind, _, _ := strings.Cut(rest, " is ")
	return kind
}

func (s *shuffler) variant(seed uint64, steps []step) *variant {
	v := newVariant(s.original, s.grids)
	for _, st := range steps {
		v.rng = rngOf(seed, st.name)
		st.do(v)
	}
	return v
}

// try makes one variant and compares its reading with the original's.
func (s *shuffler) try(seed uint64, steps []step) (tally, []string) {
	v := s.variant(seed, steps)
	ret, err := Read(s.original.name+".xlsx", workbookOf(s.t, v.grids...), Options{Words: s.words})
	if err != nil {
		s.t.Fatalf("seed %d: %v", seed, err)
	}
	c := comparison{ret: ret, moved: v.moved(), keepObjective: !v.split, told: s.told}
	if ret.Period != s.period {
		c.miss("", "", fmt.Sprintf("| period is %v, want %v", ret.Period, s.period))
	}
	c.compare(s.want, factsOf(ret))
	return c.tally, c.wrong
}

// rowFacts is one row of a reading: its fields with the cells they come from.
type rowFacts struct {
	key    string
	sheet  string
	cell   string
	fields map[string]field
}

type field struct{ value, cell string }

func factsOf(ret ingest.Return) []rowFacts {
	var out []rowFacts
	times := map[string]int{}
	for _, r := range everyRow(ret) {
		f := rowFacts{sheet: r.row.Sheet, cell: r.row.Cell, fields: map[string]field{}}
		f.text("title", r.row.Title)
		f.text("officer", r.row.Officer)
		f.text("comment", r.row.Comment)
		f.text("objective", r.row.Objective)
		f.text("priority", r.row.Priority)
		kind := "risk"
		if r.action != nil {
			kind = "action"
			f.action(r.action)
		}
		if r.indicator != nil {
			kind = "indicator" + r.indicator.Part
			f.indicator(r.indicator)
		}
		if r.risk != nil {
			f.text("controls", r.risk.Controls)
			f.set("refers", keysOf(r.risk.RefersTo), "")
			f.set("last review", r.risk.LastReview.Date.String(), r.risk.LastReview.Cell)
		}
		name := r.row.Ref.Key
		if name == "" {
			name = ingest.OneLine(r.row.Title.Value)
		}
		key := kind + " " + name
		times[key]++
		f.key = fmt.Sprintf("%s %d", key, times[key])
		out = append(out, f)
	}
	for _, n := range ret.Narrative {
		key := "narrative " + n.Plan + "/" + n.Text
		times[key]++
		f := rowFacts{key: fmt.Sprintf("%s %d", key, times[key]), sheet: n.Sheet, cell: n.Cell, fields: map[string]field{}}
		f.set("heading", n.Heading+"/"+n.Theme, n.Cell)
		out = append(out, f)
	}
	return out
}

func (f rowFacts) set(name, value, cell string) {
	if value != "" {
		f.fields[name] = field{value, cell}
	}
}

func (f rowFacts) text(name string, x ingest.Text) { f.set(name, ingest.OneLine(x.Value), x.Cell) }

func (f rowFacts) action(a *ingest.Action) {
	f.set("due", a.Due.Date.String(), a.Due.Cell)
	f.set("light", a.Light.Colour, a.Light.Cell)
	f.set("indicators", keysOf(a.Indicators), "")
	f.set("risks", keysOf(a.Risks), "")
}

func (f rowFacts) indicator(i *ingest.Indicator) {
	f.set("class", i.Class, "")
	f.set("polarity", i.PolarityOf, i.Polarity.Cell)
	f.set("light", i.Light.Colour, i.Light.Cell)
	if i.Annual.Value != "" {
		f.set("annual", "annual", i.Annual.Cell)
	}
	figures := map[string]ingest.Figure{"target": i.Target, "outturn": i.Outturn, "last year": i.LastYear, "year to date": i.YearToDate, "benchmark": i.Benchmark, "long target": i.LongTarget}
	for q, quarter := range i.Quarters {
		figures[fmt.Sprintf("Q%d target", q+1)], figures[fmt.Sprintf("Q%d outturn", q+1)] = quarter.Target, quarter.Outturn
		f.set(fmt.Sprintf("Q%d light", q+1), quarter.Light.Colour, quarter.Light.Cell)
	}
	for name, fig := range figures {
		if fig.Number != nil {
			f.set(name, fig.Number.String()+" "+fig.Qualifier, fig.Cell)
		} else if fig.Text != "" {
			f.set(name, string(fig.Says), fig.Cell)
		}
	}
}

func keysOf(refs []ingest.Ref) string {
	var keys []string
	for _, r := range refs {
		keys = append(keys, r.Key)
	}
	return strings.Join(keys, " ")
}

// comparison compares two readings cell by cell.
type comparison struct {
	tally
	ret           ingest.Return
	moved         map[string][2]string // "Sheet!A5" of the original → sheet and cell now
	keepObjective bool
	wrong         []string
	told          map[string]string
}

// compare goes over the rows of the original, then over those that it has not.
func (c *comparison) compare(want, got []rowFacts) {
	have := map[string]rowFacts{}
	for _, g := range got {
		have[g.key] = g
	}
	for _, w := range want {
		g, ok := have[w.key]
		delete(have, w.key)
		if !ok {
			at := c.moved[w.sheet+"!"+w.cell]
			c.miss(at[0], at[1], fmt.Sprintf("%s at %s!%s | row is lost", w.key, at[0], at[1]))
			continue
		}
		c.compareFields(w, g)
	}
	for _, key := range slices.Sorted(maps.Keys(have)) {
		g := have[key]
		c.miss(g.sheet, g.cell, fmt.Sprintf("%s at %s!%s | extra row is there %v", key, g.sheet, g.cell, g.fields["title"]))
	}
}

func (c *comparison) compareFields(w, g rowFacts) {
	names := maps.Clone(w.fields)
	maps.Copy(names, g.fields)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if name == "objective" && !c.keepObjective {
			continue
		}
		if w.fields[name].value == g.fields[name].value {
			c.right++
			continue
		}
		at := c.moved[w.sheet+"!"+w.fields[name].cell]
		if at[1] == "" {
			at = [2]string{g.sheet, g.fields[name].cell}
		}
		c.miss(at[0], at[1], fmt.Sprintf("%s at %s!%s | %s is %q, want %q", w.key, at[0], at[1], name, g.fields[name].value, w.fields[name].value))
	}
}

// miss counts a difference as reported where a finding covers its cell.
func (c *comparison) miss(sheet, cell, what string) {
	if by := c.covered(sheet, cell); by != "" {
		c.reported++
		if kind := kindOfFault(what) + " by " + by; c.told[kind] == "" {
			c.told[kind] = what
		}
		return
	}
	c.silent++
	c.wrong = append(c.wrong, what)
}

// inOther reports whether a cell stands in a table that was left out.
func (c *comparison) inOther(sheet string, row int, cell string) bool {
	_, col, _ := parseCell(cell)
	for _, t := range c.ret.Tables {
		if m, ok := parseSpan(t.Range); ok && t.Sheet == sheet && t.Kind == ingest.KindOther && m.contains(row, col) {
			return true
		}
	}
	return false
}

// covered gives the check of a finding that speaks of a cell, "" where there is none.
func (c *comparison) covered(sheet, cell string) string {
	row, col := rowColumn(cell)
	for _, f := range c.ret.Findings {
		if f.Severity == ingest.Error && f.Sheet == "" {
			return f.Check
		}
		if f.Sheet != sheet {
			continue
		}
		if f.Cell == "" && f.Severity != ingest.Note || f.Check == "table-not-used" && c.inOther(sheet, row, cell) || f.Check == "period-contradicts" {
			return f.Check
		}
		for _, at := range append([]string{f.Cell}, f.Cells...) {
			r, k := rowColumn(at)
			switch {
			case at == cell:
				return f.Check
			case strings.HasPrefix(f.Check, "column-") && (k == col || mentionsColumn(f, cell)):
				return f.Check
			case strings.HasPrefix(f.Check, "row-") && r == row:
				return f.Check
			}
		}
	}
	return ""
}
