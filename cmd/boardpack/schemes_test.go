package main

import (
	"bytes"
	"html"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"boardpack/render"
	drawn "boardpack/render/html"
	"boardpack/templates"
	"boardpack/transform"
)

// The sample's report shows the key of each shipped scheme: every light with
// its word, its letter and what it means, under the scheme's title; and no row
// has a colour that the scheme does not define.
func TestSampleReportShowsTheKeyOfEachScheme(t *testing.T) {
	w, read := sampleReturns(t)
	names, err := fs.Glob(templates.FS, "schemes/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	definition, err := w.report()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			scheme, err := transform.ParseScheme(templates.Must(name))
			if err != nil {
				t.Fatal(err)
			}
			ran := w
			ran.scheme = scheme
			g := inHand(read)
			for _, o := range ran.due(g) {
				o.bearing = g.bearingOn(o)
				returns, err := g.returnsFor(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				p, err := ran.transformPack(o, returns)
				if err != nil {
					t.Fatal(err)
				}
				checkColours(t, p)
				for _, edition := range []render.Edition{render.Public, render.Working} {
					report, err := render.Build(p, render.Settings{Edition: edition, Version: 1, Draft: true, Look: w.look, Definition: definition})
					if err != nil {
						t.Fatal(err)
					}
					checkKey(t, scheme, report)
				}
			}
		})
	}
}

func checkColours(t *testing.T, p transform.Pack) {
	t.Helper()
	has := func(l transform.Light) bool {
		return !l.IsColour() || slices.ContainsFunc(p.Scheme.Lights, func(s transform.SchemeLight) bool { return s.Light == l })
	}
	see := func(r transform.Row) {
		if !has(r.Light) || !has(r.Computed) || !has(r.Declared) || !has(r.Previous) {
			t.Errorf("%s is %s (computed %s, officer's %s, before %s)", r.Ref, r.Light, r.Computed, r.Declared, r.Previous)
		}
		if r.Rule == "" || r.Reason == "" {
			t.Errorf("%s is %s by %q: %q", r.Ref, r.Light, r.Rule, r.Reason)
		}
	}
	for _, a := range p.Actions {
		see(a.Row)
	}
	for _, i := range p.Indicators {
		see(i.Row)
	}
}

func checkKey(t *testing.T, s transform.Scheme, report render.Report) {
	t.Helper()
	var page bytes.Buffer
	if err := drawn.Render(&page, report); err != nil {
		t.Fatal(err)
	}
	n := slices.IndexFunc(report.Blocks, func(b render.Block) bool { _, ok := b.(render.Key); return ok })
	if n < 0 {
		t.Fatal("the report has no key")
	}
	key := report.Blocks[n].(render.Key)
	if len(key.Lights) != len(s.Lights) || !strings.Contains(key.Caption, s.Title) {
		t.Errorf("the key %q has %d lights", key.Caption, len(key.Lights))
	}
	for i, l := range s.Lights {
		k := key.Lights[i]
		if k.Action != l.Action || k.Indicator != l.Indicator || k.Mark.Word != l.Word || k.Mark.Letter != l.Letter || k.Mark.Shape != l.Shape {
			t.Errorf("the key says %+v of %+v", k, l)
		}
		for _, meaning := range []string{l.Action, l.Indicator, l.Second} {
			if text := html.UnescapeString(page.String()); !strings.Contains(strings.ToLower(text), strings.ToLower(meaning)) {
				t.Errorf("the page does not say %q", meaning)
			}
		}
	}
	if !strings.Contains(html.UnescapeString(page.String()), strings.TrimSpace(s.Note)) {
		t.Errorf("the page does not print the note %q", s.Note)
	}
}
