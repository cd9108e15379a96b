package ingest

import "testing"

// A row of a workbook without columns for quarters says nothing of any; what is said of one leaves the others empty.
func TestByQuarter(t *testing.T) {
	var q ByQuarter[string]
	for quarter := range 5 {
		if said := q.Of(quarter); said != "" {
			t.Errorf("nothing is said, and quarter %d says %q", quarter, said)
		}
	}
	*q.At(4), *q.At(1) = "fourth", "first"
	for quarter, want := range []string{"", "first", "", "", "fourth"} {
		if said := q.Of(quarter); said != want {
			t.Errorf("quarter %d says %q, want %q", quarter, said, want)
		}
	}
}
