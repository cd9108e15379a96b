package render

import (
	"reflect"
	"strconv"
	"strings"
	"text/template"
)

// Text is a piece of wording with places to fill in: "{{number .N}} of {{number .Total}} {{.Many}}".
// Every Text may use the fields of Values and the functions plural, number and lower.
type Text struct {
	source string
	tmpl   *template.Template // nil where nothing is to be filled in
}

// Values are what a Text may fill in. A place of the report fills those that it knows; the others are empty.
type Values struct {
	Council, Board, Plan string
	Plans                string // the plans of the report, listed
	Period               string // "Quarter 4, 2007/08 (January to March 2008)"
	ShortPeriod          string // "Quarter 4, 2007/08"
	Earlier              string // the quarter that movement is measured against: "Quarter 3"
	Compared             string // the quarter that directions are measured against, where it is last year's
	Date                 string // "31 March 2008": by default the day that the data stand at
	Months, Month, Year  string
	Day, Quarter, Ends   int // Ends is the calendar year in which a quarter ends
	N, Total             int
	Section              int    // the number of a section
	One, Many, Kind      string // "action", "actions", "Actions"
	Light, Was, Now      string // words of lights
	Second               string // the name of an action's second light; empty where the scheme has none
	Done                 string // the word of the light that says done; empty where the scheme has none
	Phrase               string // how a light reads in a sentence: "are completed"
	Denominator          string // "all 19 actions"
	Parts, Rest          string // parts of a sentence, joined
	Ref, Title, Text     string
	Target, Outturn, Due string
	Unit, Said, Source   string
	Scheme, Version      string
	Since                string // the version that changes are against: "Draft version 1"; empty in the first
}

// UnmarshalYAML keeps the source; ParseDefinition compiles it where it knows the line.
func (t *Text) UnmarshalYAML(unmarshal func(any) error) error {
	t.tmpl = nil // of the definition that this one builds on
	return unmarshal(&t.source)
}

// compile reads the template and tries it with empty and with full values, so that a wrong field is told at once.
func (t *Text) compile() error {
	if !strings.Contains(t.source, "{{") {
		return nil
	}
	tmpl, err := template.New("text").Funcs(functions()).Parse(t.source)
	if err != nil {
		return err
	}
	t.tmpl = tmpl
	for _, v := range []Values{{}, fullValues()} {
		if _, err := t.fill(v); err != nil {
			return err
		}
	}
	return nil
}

func (t Text) fill(v Values) (string, error) {
	if t.tmpl == nil {
		return t.source, nil
	}
	var s strings.Builder
	err := t.tmpl.Execute(&s, v)
	return s.String(), err
}

func functions() template.FuncMap {
	return template.FuncMap{
		"plural": func(n int, one, many string) string {
			if n == 1 {
				return one
			}
			return many
		},
		"number": func(n int) string { return shown(strconv.Itoa(n)) },
		"lower":  lowerFirst,
	}
}

// lowerFirst puts a word such as "Green" inside a sentence.
func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

func fullValues() Values {
	var v Values
	r := reflect.ValueOf(&v).Elem()
	for i := range r.NumField() {
		if r.Field(i).Kind() == reflect.Int {
			r.Field(i).SetInt(2)
		} else {
			r.Field(i).SetString("x")
		}
	}
	return v
}
