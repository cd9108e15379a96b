package html

import (
	"strings"
	"testing"
)

// Each chart is a picture with a title and a description that holds all its
// words, drawn without a colour of its own.
func TestChartsSayWhatTheyShow(t *testing.T) {
	page := draw(t, sample(t))
	charts, named := 0, map[string]string{}
	for _, e := range elements(t, page) {
		if id := e.attr["id"]; id != "" {
			named[id] = words(e.Node)
		}
	}
	for _, e := range elements(t, page) {
		if e.Data != "svg" || e.Parent.Data != "figure" {
			continue
		}
		charts++
		said := ""
		for id := range strings.FieldsSeq(e.attr["aria-labelledby"]) {
			said += named[id] + " "
		}
		if e.attr["role"] != "img" || !strings.Contains(said, "target") && !strings.Contains(said, "Wanted") {
			t.Errorf("a chart of role %q says %q", e.attr["role"], said)
		}
		for d := range e.Descendants() {
			for _, a := range d.Attr {
				if a.Key == "fill" || a.Key == "stroke" || a.Key == "style" {
					t.Errorf("a chart's %s has the %s %q", d.Data, a.Key, a.Val)
				}
			}
		}
	}
	if charts != 2 {
		t.Errorf("%d charts, want 2", charts)
	}
	for _, want := range []string{"target 7.0% &amp; more", `<path class="signal"`, `<path class="goal"`, `<text class="figure"`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
