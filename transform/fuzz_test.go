package transform_test

import (
	"io/fs"
	"strings"
	"testing"

	"boardpack/ingest"
	"boardpack/templates"
	"boardpack/transform"
)

// Whatever a scheme's file holds, it is a scheme or a mistake with its place,
// and what is a scheme rates.
func FuzzParseScheme(f *testing.F) {
	names, _ := fs.Glob(templates.FS, "schemes/*.yaml")
	for _, name := range names {
		f.Add(string(templates.Must(name)))
	}
	f.Add("id: x\nlights: {}\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := transform.ParseScheme([]byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read scheme: ") {
				t.Errorf("%v", err)
			}
			return
		}
		transform.Build(transform.Inputs{Period: q4, Scheme: s, Returns: []ingest.Return{returned(q4, "w.xlsx", indicator("NI 1", "high", "80", "75", "amber", ""), action("A 1", "Mar 2008", "green", "done", ""))}})
	})
}

// The same of registers.
func FuzzParseRegister(f *testing.F) {
	f.Add(string(templates.Must("registers/national-indicators.yaml"))[:2000])
	f.Add("indicators:\n  - {ref: NI 1, polarity: range, targets: [{year: 2007/08, low: 1, high: 2, tolerance: {points: 1}}]}")
	f.Add("indicators: [{ref: NI 1, polarity: high, decimals: 3, targets: [{year: 2007/08, value: 1e9, floor: -2}], replaces: {ref: x, from: 2007/08}}]")
	s := shipped(f, "within-tolerance")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := transform.ParseRegister("r.yaml", []byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read register: ") {
				t.Errorf("%v", err)
			}
			return
		}
		transform.Build(transform.Inputs{Period: q4, Scheme: s, Register: r.Over(r), Returns: []ingest.Return{returned(q4, "w.xlsx", indicator("NI 1", "", "80", "75", "", ""))}})
	})
}
