package main

import (
	"regexp"
	"strings"
	"testing"

	"boardpack/ingest/workbook"
	"boardpack/templates"
)

var exampleLine = regexp.MustCompile(`^( *)#([^ #].*| +[^ #].*)$`)

// uncommented gives a configuration with the examples of some lines taken in,
// and how many there are. A line "#key: value" is an example, and so are lines
// "#  key" below it; "# words" explain.
func uncommented(lines []string, take func(n int) bool) string {
	var out []string
	for n, l := range lines {
		if m := exampleLine.FindStringSubmatch(l); m != nil && take(n) {
			l = m[1] + m[2]
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

// examples are the stretches of lines that belong together: a key, and what is indented below it.
func examples(lines []string) [][2]int {
	var out [][2]int
	for n, l := range lines {
		m := exampleLine.FindStringSubmatch(l)
		switch {
		case m != nil && strings.HasPrefix(m[2], " ") && len(out) > 0 && out[len(out)-1][1] == n:
			out[len(out)-1][1] = n + 1
		case m == nil || strings.HasPrefix(m[2], " "): // words
		default:
			out = append(out, [2]int{n, n + 1})
		}
	}
	return out
}

// What init writes is right as it stands, with any example taken in, and with all of them.
func TestInitialConfiguration(t *testing.T) {
	words, err := workbook.ParseWords(templates.Must("words.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(templates.Must("init/boardpack.yaml")), "\n")
	parse := func(what string, take func(int) bool) settings {
		text := uncommented(lines, take)
		s, err := parseConfig(configName, []byte(text), words)
		if err != nil {
			t.Errorf("%s: %v\n%s", what, err, text)
		}
		return s
	}
	parse("as it is", func(int) bool { return false })
	all := examples(lines)
	isExample := func(n int) bool {
		for _, e := range all {
			if n >= e[0] && n < e[1] {
				return true
			}
		}
		return false
	}
	for _, e := range all {
		parse(lines[e[0]], func(n int) bool { return n >= e[0] && n < e[1] })
	}
	s := parse("all", isExample)
	if len(all) < 20 {
		t.Errorf("%d examples are found", len(all))
	}
	m := s.Service.Mail
	if len(s.Boards) != 2 || s.Limits.Seconds == nil || m.Host == "" || len(m.Officers["Environment"]) != 2 || len(m.Clerks[everyBoard]) != 1 || len(m.Remind) != 2 {
		t.Errorf("with all examples the configuration is %+v", s.config)
	}
}
