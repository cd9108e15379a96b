package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"boardpack/transform"
	"boardpack/transform/changes"
)

// Edition says who a report is for.
type Edition int

const (
	Public  Edition = iota // all of it may be published
	Working                // for officers: also findings, overruled lights and cells
)

// Settings are what a report needs to know beside the pack.
type Settings struct {
	Edition    Edition
	Version    int // of the pack: 1, 2, …
	Draft      bool
	Look       Look
	Definition Definition
	Logo       []byte // the file that the definition names: PNG or JPEG

	Percentages transform.Percentages // how shares are printed
	Stops       []transform.Stop      // what stops a final version; the working edition says so
	Since       *changes.Since        // what changed since an earlier version; the working edition lists it; nil in the first
}

// Build tells a pack as blocks. The public edition never holds what only officers may see,
// whatever the definition asks for. The same pack and settings give the same report.
func Build(p transform.Pack, s Settings) (Report, error) {
	if len(s.Definition.Sections) == 0 {
		return Report{}, fmt.Errorf("build report: the report definition has no sections")
	}
	b := newBuilder(p, s)
	r := b.document()
	for _, section := range s.Definition.Sections {
		r.Blocks = append(r.Blocks, b.section(section)...)
	}
	r.Blocks = b.numberTables(r.Blocks)
	r.Tables = b.tables()
	if b.err != nil {
		return Report{}, fmt.Errorf("build report %q: %w", s.Definition.ID, b.err)
	}
	return r, nil
}

// builder holds what the sections share. A wording that fails is kept in err and told at the end.
type builder struct {
	pack     transform.Pack
	settings Settings
	def      Definition
	base     Values
	plans    []plan
	lines    []*line // every action and indicator, in the order of the full tables
	place    place
	taken    map[string]bool
	names    map[string]bool
	err      error
}

func newBuilder(p transform.Pack, s Settings) *builder {
	b := &builder{pack: p, settings: s, def: s.Definition, taken: map[string]bool{}, names: map[string]bool{}}
	b.plans = plansOf(p)
	for _, pl := range b.plans {
		b.lines = append(b.lines, slices.Concat(pl.actions, pl.indicators)...)
	}
	b.anchorLines()
	b.base = Values{
		Council:     p.Council,
		Board:       p.Board.Name,
		Plans:       b.join(b.planNames()),
		Period:      b.period(p.Period.Year, p.Period.Quarter, b.def.Calendar.Period),
		ShortPeriod: b.period(p.Period.Year, p.Period.Quarter, b.def.Calendar.ShortPeriod),
		Scheme:      p.Scheme.Title,
		Second:      p.Scheme.Second,
	}
	b.base.Date = b.date(p.AsAt.Time())
	b.base.Earlier = b.earlier()
	if last := p.Period.LastYear(); p.Scheme.Indicators.Direction == "last year" {
		b.base.Compared = b.period(last.Year, last.Quarter, b.def.Calendar.OtherYear)
	}
	b.base.Version = b.version(s.Version, s.Draft)
	if s.Since != nil {
		b.base.Since = b.before(s.Since.Version, s.Since.Draft)
	}
	return b
}

// say fills a wording with what a place knows and what the whole report knows.
func (b *builder) say(t Text, v Values) string {
	v.Council, v.Board, v.Plans = b.base.Council, b.base.Board, b.base.Plans
	v.Period, v.ShortPeriod, v.Earlier = b.base.Period, b.base.ShortPeriod, b.base.Earlier
	v.Scheme, v.Version, v.Second = b.base.Scheme, b.base.Version, b.base.Second
	v.Compared, v.Since = b.base.Compared, b.base.Since
	if v.Date == "" {
		v.Date = b.base.Date
	}
	s, err := t.fill(v)
	if err != nil && b.err == nil {
		b.err = err
	}
	return s
}

// word is a wording that needs nothing but what the whole report knows.
func (b *builder) word(t Text) string { return b.say(t, Values{}) }

// join lists parts as "a, b and c".
func (b *builder) join(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], b.def.Words.Comma) + b.def.Words.And + parts[last]
}

func (b *builder) period(year, quarter int, t Text) string {
	if quarter < 1 || quarter > 4 || len(b.def.Calendar.Quarters) != 4 {
		return ""
	}
	v := Values{Quarter: quarter, Year: yearText(year), Months: b.def.Calendar.Quarters[quarter-1], Ends: year}
	if quarter == 4 {
		v.Ends = year + 1
	}
	return b.say(t, v)
}

// earlier names the quarter that movement is measured against, with its year only where that differs.
func (b *builder) earlier() string {
	was := b.pack.Previous
	if !was.Known() {
		return ""
	}
	return b.period(was.Year, was.Quarter, b.quarterOf(was.Year))
}

// quarterOf names an earlier quarter, with its year only where that differs from the report's.
func (b *builder) quarterOf(year int) Text {
	if year == b.pack.Period.Year {
		return b.def.Calendar.Quarter
	}
	return b.def.Calendar.OtherYear
}

func yearText(year int) string { return fmt.Sprintf("%d/%02d", year, (year+1)%100) }

// date gives "31 March 2008" in the definition's words.
func (b *builder) date(t time.Time) string {
	if t.Year() < 1 || len(b.def.Calendar.Months) != 12 {
		return ""
	}
	return b.say(b.def.Calendar.Date, Values{Day: t.Day(), Month: b.def.Calendar.Months[t.Month()-1], Ends: t.Year()})
}

// before names a version that the pack's changes are against: "Draft version 1", "The final version 2".
func (b *builder) before(n int, draft bool) string {
	if name := b.say(b.def.Document.FinalBefore, Values{N: n}); !draft && name != "" {
		return name
	}
	return b.version(n, draft)
}

// version names a version of the pack: "Draft version 1".
func (b *builder) version(n int, draft bool) string {
	t := b.def.Document.FinalVersion
	if draft {
		t = b.def.Document.DraftVersion
	}
	return b.say(t, Values{N: n})
}

// working reports whether officers' own content may be shown.
func (b *builder) working() bool { return b.settings.Edition == Working }

func (b *builder) edition() string {
	if b.working() {
		return b.word(b.def.Document.Working)
	}
	return b.word(b.def.Document.Public)
}

// document is everything of the report that is not a block.
func (b *builder) document() Report {
	d := b.def.Document
	r := Report{
		Title: b.word(d.Title), Short: b.word(d.Short), Subject: b.word(d.Subject),
		Council: b.pack.Council, Board: b.pack.Board.Name, Author: b.pack.Council,
		Lang: b.def.Language, Version: b.base.Version, DataDate: b.word(d.DataDate),
		Date: b.pack.AsAt.String(), Edition: b.edition(), Look: b.def.Look.Over(b.settings.Look), Working: b.working(),
		Words: Words(b.def.Furniture),
	}
	for _, k := range d.Keywords {
		r.Keywords = append(r.Keywords, b.word(k))
	}
	if b.settings.Draft {
		r.Draft = b.word(d.Draft)
	}
	return r
}
