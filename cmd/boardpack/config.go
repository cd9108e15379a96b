package main

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/calendar"
	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/transform"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// config is boardpack.yaml. The README describes every key.
type config struct {
	Council       string              `yaml:"council"`
	FinancialYear string              `yaml:"financial_year"`
	DataAsAt      string              `yaml:"data_as_at"`
	Scheme        string              `yaml:"scheme"`
	Report        string              `yaml:"report"`
	Register      nameList            `yaml:"register"`
	Officers      string              `yaml:"officers"`
	Attach        bool                `yaml:"attach"`
	Posts         map[string]string   `yaml:"posts"`
	Directorates  map[string]string   `yaml:"directorates"`
	Folders       nameList            `yaml:"folders"` // what the folders below the one that is read stand for
	Boards        []boardConfig       `yaml:"boards"`
	Columns       map[string][]string `yaml:"columns"`
	Lights        map[string][]string `yaml:"lights"`
	Workbooks     []workbookConfig    `yaml:"workbooks"`
	Limits        limitsConfig        `yaml:"limits"`
	ReturnsDue    int                 `yaml:"returns_due"` // days after the quarter's end
	Quarters      quartersConfig      `yaml:"quarters"`
	Percentages   percentagesConfig   `yaml:"percentages"`
	Final         finalConfig         `yaml:"final"`
	Service       serviceConfig       `yaml:"service"`
}

// finalConfig says what stops a final version: severities and names of checks.
type finalConfig struct {
	StoppedBy []string `yaml:"stopped_by"`
}

// percentagesConfig says how shares are printed.
type percentagesConfig struct {
	Rounding    string `yaml:"rounding"` // "half-up" or "largest-remainder"
	LessThanOne bool   `yaml:"less_than_one"`
	AloneUnder  int    `yaml:"counts_alone_under"`
}

// nameList is a name, or a list of names.
type nameList []string

func (o *nameList) UnmarshalYAML(node ast.Node) error {
	names, single, err := textsIn(node)
	if *o = names; single && names[0] == "" {
		*o = nil
	}
	return err
}

// textsIn reads a text, or a list of them, and whether it was a single one.
func textsIn(node ast.Node) (texts []string, single bool, err error) {
	if list, ok := node.(*ast.SequenceNode); ok {
		err = yaml.NodeToValue(list, &texts)
		return texts, false, err
	}
	var text string
	err = yaml.NodeToValue(node, &text)
	return []string{text}, true, err
}

type boardConfig struct {
	ID              string      `yaml:"id"`
	Name            string      `yaml:"name"`
	Plans           []string    `yaml:"plans"`
	Cover           coverConfig `yaml:"cover"`
	Purpose         []string    `yaml:"purpose"`
	Recommendations []string    `yaml:"recommendations"`

	Texts map[string]textConfig `yaml:"texts"` // by the id of a section of the report
}

type coverConfig struct {
	ReportTo         string `yaml:"report_to"`
	Date             string `yaml:"date"`
	ReportingOfficer string `yaml:"reporting_officer"`
	Portfolio        string `yaml:"portfolio"`
	Subject          string `yaml:"subject"`
	Wards            string `yaml:"wards"`
}

type workbookConfig struct {
	Match   string        `yaml:"match"`
	Plan    string        `yaml:"plan"`
	Year    string        `yaml:"year"`
	Quarter string        `yaml:"quarter"`
	Tables  []tableConfig `yaml:"tables"`
}

// tableConfig pins a table of a workbook: its sheet, header row and columns.
type tableConfig struct {
	Sheet     string            `yaml:"sheet"`
	HeaderRow int               `yaml:"header_row"`
	Kind      string            `yaml:"kind"`
	Columns   map[string]string `yaml:"columns"`
}

// limitsConfig bounds what one workbook may take; sizes are in MB. What is left out stays as it is.
type limitsConfig struct {
	Size     *int `yaml:"size"`
	Unpacked *int `yaml:"unpacked"`
	Part     *int `yaml:"part"`
	Parts    *int `yaml:"parts"`
	Cells    *int `yaml:"cells"`
	Texts    *int `yaml:"texts"`
	Memory   *int `yaml:"memory"`
	Seconds  *int `yaml:"seconds"`
}

// settings are the configuration after its checks.
type settings struct {
	config
	year   int // of financial_year; 0 where it is not given
	asAt   ingest.Date
	boards []transform.Board
	rules  []workbook.Rule
	limits workbook.Limits

	calendar    calendar.Calendar
	percentages transform.Percentages
	gates       transform.Gates
}

// parseConfig reads boardpack.yaml; each mistake is told with line, column and
// what was expected. An empty file is a configuration of one board that holds everything.
func parseConfig(name string, b []byte, words workbook.Words) (settings, error) {
	var c config
	if err := yaml.UnmarshalWithOptions(b, &c, yaml.Strict()); err != nil {
		return settings{}, usagef("%s: %s", name, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	k := checker{name: name, text: b, roles: words.Roles()}
	s := settings{config: c}
	k.period(&s)
	k.quarters(&s)
	k.names(&s)
	k.words("columns", s.Columns, words.Columns)
	k.words("lights", s.Lights, words.Lights)
	k.boards(&s)
	k.rules(&s)
	k.limits(&s)
	k.percentages(&s)
	k.gates(&s)
	k.service(s.Service)
	k.inboxes(&s)
	k.folders(s.Folders)
	k.mail(&s)
	return s, k.err
}

// checker checks values and tells where the first wrong one stands.
type checker struct {
	name  string
	text  []byte   // of the configuration
	roles []string // that a column can have
	err   error
}

// wrong keeps the first mistake with its place. The path is goccy's, such as $.boards[0].id.
func (k *checker) wrong(at, format string, args ...any) {
	if k.err != nil {
		return
	}
	place := ""
	if p, err := yaml.PathString(at); err == nil {
		if node, err := p.ReadNode(bytes.NewReader(k.text)); err == nil && node.GetToken() != nil {
			pos := node.GetToken().Position
			place = fmt.Sprintf("[%d:%d] ", pos.Line, pos.Column)
		}
	}
	k.err = usagef("%s: %s%s", k.name, place, fmt.Sprintf(format, args...))
}

func (k *checker) period(s *settings) {
	if s.FinancialYear != "" {
		if s.year = ingest.PeriodIn(s.FinancialYear).Year; s.year == 0 {
			k.wrong("$.financial_year", "financial_year is %q; write it as 2026/27", s.FinancialYear)
		}
	}
	if s.DataAsAt != "" {
		d, err := ingest.ParseDate(s.DataAsAt)
		if err != nil {
			k.wrong("$.data_as_at", "data_as_at: %v", err)
		}
		s.asAt = d
	}
	if s.ReturnsDue < 0 || s.ReturnsDue > 366 {
		k.wrong("$.returns_due", "returns_due is %d; give the days after a quarter's end by which returns are wanted, for example 21", s.ReturnsDue)
	}
}

func (k *checker) names(s *settings) {
	switch transform.OfficerStyle(s.Officers) {
	case "", transform.OfficerName, transform.OfficerPost, transform.OfficerNone:
	default:
		k.wrong("$.officers", "officers is %q; use name, post or none", s.Officers)
	}
}

// words checks a council's own words: each for a role or light that exists.
func (k *checker) words(key string, own, known map[string][]string) {
	for _, name := range sortedNames(own) {
		if _, ok := known[name]; !ok {
			k.wrong("$."+key+"."+name, "%q under %s is not known; use one of %s", name, key, strings.Join(sortedNames(known), ", "))
		}
	}
}

var boardID = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

func (k *checker) boards(s *settings) {
	officers := transform.OfficerStyle(s.Officers)
	if officers == "" {
		officers = transform.OfficerPost
	}
	if len(s.Boards) == 0 {
		s.boards = []transform.Board{{ID: "board", Name: boardName(s.Council), Officer: officers}}
		return
	}
	seen := map[string]bool{}
	for n, b := range s.Boards {
		at := fmt.Sprintf("$.boards[%d]", n)
		switch {
		case !boardID.MatchString(b.ID):
			k.wrong(at+".id", "the id of a board is %q; use lower-case letters, digits and hyphens, for example children", b.ID)
		case seen[b.ID]:
			k.wrong(at+".id", "two boards have the id %q; each needs its own", b.ID)
		case strings.TrimSpace(b.Name) == "":
			k.wrong(at, "the board %q has no name; give name: as the report should print it", b.ID)
		}
		seen[b.ID] = true
		k.texts(at, b)
		s.boards = append(s.boards, transform.Board{ID: b.ID, Name: b.Name, Plans: b.Plans, Officer: officers,
			Cover: transform.Cover{ReportTo: b.Cover.ReportTo, Date: b.Cover.Date, ReportingOfficer: b.Cover.ReportingOfficer,
				Portfolio: b.Cover.Portfolio, Subject: b.Cover.Subject, Wards: b.Cover.Wards,
				Purpose: b.Purpose, Recommendations: b.Recommendations}})
	}
}

func boardName(council string) string {
	if council == "" {
		return "Board"
	}
	return council
}

func (k *checker) rules(s *settings) {
	for n, w := range s.Workbooks {
		at := fmt.Sprintf("$.workbooks[%d]", n)
		r := workbook.Rule{Match: w.Match, Plan: w.Plan}
		if _, err := path.Match(w.Match, ""); w.Match == "" || err != nil {
			k.wrong(at, "match is %q; give a name pattern such as \"*housing*\"", w.Match)
		}
		if w.Year != "" {
			if r.Period.Year = ingest.PeriodIn(w.Year).Year; r.Period.Year == 0 {
				k.wrong(at+".year", "year is %q; write it as 2026/27", w.Year)
			}
		}
		if w.Quarter != "" {
			if r.Period.Quarter = quarterFlag(w.Quarter); r.Period.Quarter == 0 {
				k.wrong(at+".quarter", "quarter is %q; write it as Q2", w.Quarter)
			}
		}
		for i, p := range w.Tables {
			r.Pins = append(r.Pins, k.pin(fmt.Sprintf("%s.tables[%d]", at, i), p))
		}
		s.rules = append(s.rules, r)
	}
}

var columnLetters = regexp.MustCompile(`^[A-Za-z]{1,3}$`)

func (k *checker) pin(at string, p tableConfig) workbook.Pin {
	kinds := []string{"", string(ingest.KindAction), string(ingest.KindIndicator), string(ingest.KindRisk)}
	switch {
	case p.HeaderRow < 1:
		k.wrong(at+".header_row", "header_row is %d; give the row of the table's header, for example 4", p.HeaderRow)
	case !slices.Contains(kinds, p.Kind):
		k.wrong(at+".kind", "kind is %q; use action, indicator or risk", p.Kind)
	case len(p.Columns) == 0:
		k.wrong(at, "columns is empty; say what each column is, for example {A: ref, B: title, F: outturn}")
	}
	for _, letters := range sortedNames(p.Columns) {
		if role := p.Columns[letters]; !columnLetters.MatchString(letters) || !slices.Contains(k.roles, role) {
			k.wrong(at+".columns", "column %s is %q; give letters such as F, and one of %s", letters, role, strings.Join(k.roles, ", "))
		}
	}
	return workbook.Pin{Sheet: p.Sheet, HeaderRow: p.HeaderRow, Kind: ingest.Kind(p.Kind), Columns: p.Columns}
}

// limits takes the configured limits over the defaults.
func (k *checker) limits(s *settings) {
	s.limits = workbook.DefaultLimits()
	c, l := s.Limits, &s.limits
	megabytes := func(key string, given *int, to *int64) {
		if n, ok := k.limit(key, given, 16_384); ok {
			*to = int64(n) << 20
		}
	}
	number := func(key string, given *int, to *int) {
		if n, ok := k.limit(key, given, 1_000_000_000); ok {
			*to = n
		}
	}
	megabytes("size", c.Size, &l.Size)
	megabytes("unpacked", c.Unpacked, &l.Unpacked)
	megabytes("part", c.Part, &l.Part)
	megabytes("memory", c.Memory, &l.Memory)
	number("parts", c.Parts, &l.Parts)
	number("cells", c.Cells, &l.Cells)
	number("texts", c.Texts, &l.Texts)
	if n, ok := k.limit("seconds", c.Seconds, 86_400); ok {
		l.Time = time.Duration(n) * time.Second
	}
}

// limit checks one limit; false where it is not given or wrong.
func (k *checker) limit(key string, given *int, most int) (int, bool) {
	if given == nil {
		return 0, false
	}
	if *given < 1 || *given > most {
		k.wrong("$.limits."+key, "%s under limits is %d; use a whole number from 1 to %d", key, *given, most)
		return 0, false
	}
	return *given, true
}

func (k *checker) percentages(s *settings) {
	c := s.config.Percentages
	if !slices.Contains([]string{"", "half-up", "largest-remainder"}, c.Rounding) {
		k.wrong("$.percentages.rounding", "rounding is %q; use half-up or largest-remainder", c.Rounding)
	}
	if c.AloneUnder < 0 {
		k.wrong("$.percentages.counts_alone_under", "counts_alone_under is %d; give the total below which counts stand alone, for example 10", c.AloneUnder)
	}
	s.percentages = transform.Percentages{LargestRemainder: c.Rounding == "largest-remainder", LessThanOne: c.LessThanOne, AloneUnder: c.AloneUnder}
}

// gates takes the findings that stop a final version; a name that no check has would never stop one.
func (k *checker) gates(s *settings) {
	s.gates = transform.DefaultGates
	if s.Final.StoppedBy == nil {
		return
	}
	s.gates = s.Final.StoppedBy
	for n, name := range s.gates {
		if !slices.Contains([]string{"error", "query", "note"}, name) && !slices.Contains(checkNames(), name) {
			k.wrong(fmt.Sprintf("$.final.stopped_by[%d]", n), "no check is named %q; use error, query, note or the name of a check as findings give it%s", name, nearestCheck(name))
		}
	}
}

func sortedNames[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

// quarterFlag reads "Q4", "4" or "quarter 4"; 0 where it is none of them.
func quarterFlag(s string) int {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '4' {
		return int(s[0] - '0')
	}
	return ingest.PeriodIn(s).Quarter
}
