package transform_test

import (
	"io/fs"
	"testing"

	"boardpack/templates"
	"boardpack/transform"
)

// shipped gives a scheme of templates/schemes.
func shipped(t *testing.T, name string) transform.Scheme {
	t.Helper()
	s, err := transform.ParseScheme(templates.Must("schemes/" + name + ".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestShippedSchemesSayWhatTheirLightsMean(t *testing.T) {
	names, err := fs.Glob(templates.FS, "schemes/*.yaml")
	if err != nil || len(names) < 9 {
		t.Fatalf("%d schemes: %v", len(names), err)
	}
	for _, name := range names {
		s := shipped(t, name[len("schemes/"):len(name)-len(".yaml")])
		if "schemes/"+s.ID+".yaml" != name || s.Title == "" || s.Note == "" || s.EffectiveFrom == "" {
			t.Errorf("%s: id %q, title %q, note %q, from %q", name, s.ID, s.Title, s.Note, s.EffectiveFrom)
		}
		if len(s.States) != len(transform.States) {
			t.Errorf("%s: %d states", name, len(s.States))
		}
		for _, l := range s.Lights {
			if l.Action == "" || l.Indicator == "" || s.Second != "" && l.Second == "" {
				t.Errorf("%s: %s has no meaning", name, l.Light)
			}
		}
		for _, st := range s.States {
			if st.Text == "" {
				t.Errorf("%s: %s has no meaning", name, st.State)
			}
		}
	}
}
