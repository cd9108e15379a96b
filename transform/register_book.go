package transform

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"
)

// RegisterWords are the words of a register that is a workbook, read from templates/register.yaml.
type RegisterWords struct {
	Headings map[string][]string `yaml:"headings"` // of each property
	Ignored  []string            `yaml:"ignored"`  // of columns that say nothing of lights
	Yes      []string            `yaml:"yes"`      // what stands for yes
}

// RegisterKey is the heading that a register's list must have; RegisterIgnored is the key of columns that are passed over.
const (
	RegisterKey     = "ref"
	RegisterIgnored = "ignored"
)

// ParseRegisterWords reads them; a mistake is told with line and column.
func ParseRegisterWords(b []byte) (RegisterWords, error) {
	var w RegisterWords
	_, err := readYAML("words of registers", b, &w)
	return w, err
}

// All are the headings with those that are passed over.
func (w RegisterWords) All() map[string][]string {
	all := map[string][]string{RegisterIgnored: w.Ignored}
	for key, words := range w.Headings {
		all[key] = words
	}
	return all
}

// RegisterOf makes a register of a workbook's rows; a mistake is told with its
// cell. Rows of one reference are one indicator with several targets.
func RegisterOf(rows []ingest.ListRow, w RegisterWords) (Register, error) {
	l := listed{words: w, at: map[string]int{}, cells: map[string]string{}}
	for _, row := range rows {
		l.row(row)
	}
	if l.err != nil {
		return Register{}, fmt.Errorf("read register: %w", l.err)
	}
	return l.register, l.register.check(func(n int, field, format string, args ...any) error {
		return fmt.Errorf("read register: %s: %s", l.cellOf(n, field), fmt.Sprintf(format, args...))
	})
}

// listed is a register while it is made of rows. The first mistake stays.
type listed struct {
	words    RegisterWords
	register Register
	at       map[string]int    // reference key → indicator
	cells    map[string]string // "3.polarity" → Sheet!C5
	err      error
}

// cellOf is the cell of a field such as ".targets[0].value", else of its row.
func (l *listed) cellOf(n int, field string) string {
	for field != "" {
		if c := l.cells[fmt.Sprint(n, field)]; c != "" {
			return c
		}
		field = field[:strings.LastIndexAny(field, ".[")]
	}
	return l.cells[fmt.Sprint(n)]
}

// row takes one row: properties of its indicator, and its targets.
func (l *listed) row(row ingest.ListRow) {
	read := listRow{listed: l, row: row}
	n := read.indicator()
	if l.err != nil || n < 0 {
		return
	}
	i := &l.register.Indicators[n]
	read.n, read.i = n, i
	read.properties()
	read.counts()
	read.parts()
	read.replaces()
	read.targets()
}

// listRow is one row while it is read.
type listRow struct {
	*listed
	row ingest.ListRow
	n   int
	i   *Registered
}

func (r listRow) place(c ingest.ListCell) string { return r.row.Sheet + "!" + c.Cell }

// first is the cell under a heading without a period.
func (r listRow) first(key string) ingest.ListCell {
	for _, c := range r.row.Cells {
		if c.Key == key && c.Period == (ingest.Period{}) {
			return c
		}
	}
	return ingest.ListCell{}
}

func (r listRow) wrong(c ingest.ListCell, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s", r.place(c), fmt.Sprintf(format, args...))
	}
}

// indicator finds or begins the row's indicator; -1 for a row without a reference.
func (r listRow) indicator() int {
	c := r.first(RegisterKey)
	ref := ingest.NewRef(c.Value, c.Cell)
	if ref.IsZero() {
		if c.Cell == "" {
			c.Cell = r.row.Cell
		}
		r.wrong(c, "the row has no reference; every row of a register needs one")
		return -1
	}
	if n, ok := r.at[ref.Key]; ok {
		return n
	}
	n := len(r.register.Indicators)
	r.at[ref.Key], r.cells[fmt.Sprint(n)] = n, r.place(c)
	r.register.Indicators = append(r.register.Indicators, Registered{Ref: ref.Written, source: r.source(c)})
	return n
}

func (r listRow) source(c ingest.ListCell) Source {
	return Source{Workbook: r.row.Workbook, Sheet: r.row.Sheet, Cell: c.Cell}
}

// text sets a property; a later row that says otherwise is a mistake.
func (r listRow) text(to *string, key string) {
	c := r.first(key)
	if key == "polarity" || key == "basis" || key == "class" {
		c.Value = ingest.Fold(c.Value)
	}
	switch {
	case c.Value == "":
	case *to != "" && *to != c.Value:
		r.wrong(c, "%s of %s is '%s' here and '%s' above; keep one", strings.ReplaceAll(key, "_", " "), r.i.Ref, c.Value, *to)
	default:
		*to = c.Value
		r.cells[fmt.Sprint(r.n, "."+key)] = r.place(c)
	}
}

func (r listRow) properties() {
	i := r.i
	for _, p := range []struct {
		key string
		to  *string
	}{{"alias", &i.Alias}, {"title", &i.Title}, {"unit", &i.Unit}, {"polarity", &i.Polarity}, {"basis", &i.Basis}, {"class", &i.Class},
		{"priority", &i.Priority}, {"lead", &i.Lead}, {"note", &i.Note}, {"check", &i.Check}, {"numerator", &i.Numerator}, {"denominator", &i.Denominator}} {
		r.text(p.to, p.key)
	}
	i.Umbrella = i.Umbrella || r.yes("umbrella")
	if c := r.first("due"); c.Value != "" && len(i.Due) == 0 {
		i.Due = r.quarters(c)
		r.cells[fmt.Sprint(r.n, ".due")] = r.place(c)
	}
}

func (r listRow) yes(key string) bool {
	return slices.Contains(r.words.Yes, ingest.Fold(r.first(key).Value))
}

var quarterDigits = regexp.MustCompile(`[0-9]+`)

// quarters reads "Q2, Q4", "2 and 4", "annually" and "quarterly".
func (r listRow) quarters(c ingest.ListCell) []int {
	folded := ingest.Fold(c.Value)
	switch {
	case ingest.SaysAnnualIn(folded):
		return []int{4}
	case slices.Contains([]string{"quarterly", "every quarter", "all", "each quarter", "monthly"}, folded):
		return nil
	}
	var out []int
	for _, d := range quarterDigits.FindAllString(folded, -1) {
		n, _ := strconv.Atoi(d)
		out = append(out, n)
	}
	if len(out) == 0 {
		r.wrong(c, "'%s' names no quarters; write 2, 4, or quarterly, or annually", c.Value)
	}
	return out
}

// number reads a cell as a number in the indicator's unit; nil for an empty one.
func (r listRow) number(c ingest.ListCell) *Number {
	if c.Value == "" {
		return nil
	}
	f := ingest.TextFigure(c.Value, c.Cell)
	if f.Number == nil {
		r.wrong(c, "'%s' is not one number", c.Value)
		return nil
	}
	return &Number{*f.Number}
}

func (r listRow) counts() {
	i := r.i
	if n := r.number(r.first("decimals")); n != nil {
		d := int(n.IntPart())
		i.Decimals = &d
		r.cells[fmt.Sprint(r.n, ".decimals")] = r.place(r.first("decimals"))
	}
	i.SmallestDenominator = cmp.Or(i.SmallestDenominator, r.number(r.first("smallest_denominator")))
	i.Low, i.High = cmp.Or(i.Low, r.number(r.first("low"))), cmp.Or(i.High, r.number(r.first("high")))
	r.cells[fmt.Sprint(r.n, ".low")] = r.place(r.first("low"))
}

// parts adds the part that a row is of.
func (r listRow) parts() {
	letter := ingest.Fold(r.first("part").Value)
	if letter == "" || slices.ContainsFunc(r.i.Parts, func(p Part) bool { return p.Part == letter }) {
		return
	}
	r.i.Parts = append(r.i.Parts, Part{Part: letter, Name: r.first("part_name").Value})
}

func (r listRow) replaces() {
	if ref := r.first("replaces").Value; ref != "" && r.i.Replaces == nil {
		r.i.Replaces = &Replaced{Ref: ref, Comparable: r.yes("comparable"), From: r.first("replaced_from").Value, Why: r.first("replaced_why").Value}
		r.cells[fmt.Sprint(r.n, ".replaces")] = r.place(r.first("replaces"))
	}
}

// targets adds the row's targets: the one of its year and quarter, those whose
// headings name a period, and the long-term one.
func (r listRow) targets() {
	own := Target{Year: r.first("year").Value, Part: ingest.Fold(r.first("part").Value), Value: r.number(r.first("target")),
		Low: r.number(r.first("target_low")), High: r.number(r.first("target_high")), Amber: r.number(r.first("amber_value")), Floor: r.number(r.first("floor")),
		Tolerance: r.tolerance(), Status: ingest.Fold(r.first("status").Value), ApprovedBy: r.first("approved_by").Value}
	own.Quarter = ingest.PeriodIn(r.first("quarter").Value).Quarter
	if n := r.number(r.first("quarter")); own.Quarter == 0 && n != nil && r.err == nil {
		own.Quarter = int(n.IntPart())
	}
	if own.Value != nil || own.Low != nil {
		r.add(own, r.first(cmp.Or(r.keyOf(own), "target")))
	}
	for _, c := range r.row.Cells {
		if c.Key == "target" && c.Period != (ingest.Period{}) {
			t := own
			t.Low, t.High, t.Value, t.Quarter = nil, nil, r.number(c), c.Period.Quarter
			if c.Period.Year != 0 {
				t.Year = c.Period.YearText()
			}
			r.add(t, c)
		}
	}
	if c := r.first("long_term"); c.Value != "" {
		r.add(Target{Year: r.first("long_term_year").Value, Part: own.Part, Value: r.number(c), LongTerm: true}, c)
	}
}

func (r listRow) keyOf(t Target) string {
	if t.Value == nil {
		return "target_low"
	}
	return ""
}

func (r listRow) tolerance() *Allowance {
	a := Allowance{Relative: r.number(r.first("tolerance_relative")), Points: r.number(r.first("tolerance_points")), Absolute: r.number(r.first("tolerance_absolute"))}
	if a == (Allowance{}) {
		return nil
	}
	return &a
}

func (r listRow) add(t Target, c ingest.ListCell) {
	t.source = r.source(c)
	r.cells[fmt.Sprint(r.n, fmt.Sprintf(".targets[%d]", len(r.i.Targets)))] = r.place(c)
	r.i.Targets = append(r.i.Targets, t)
}
