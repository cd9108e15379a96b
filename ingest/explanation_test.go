package ingest

import "testing"

func TestExplanationIsOfOneFinding(t *testing.T) {
	at := Place{"a.xlsx", "PIs", "F3"}
	e := Explanation{Check: "over-100", Place: at, Saw: "Outturn is 805%.", Text: "as given"}
	for _, c := range []struct {
		f    Finding
		want bool
	}{
		{Finding{Check: "over-100", Place: at, Saw: "outturn is 805%"}, true},
		{Finding{Check: "scale", Place: at, Saw: "outturn is 805%"}, false},
		{Finding{Check: "over-100", Place: Place{"a.xlsx", "PIs", "F4"}, Saw: "outturn is 805%"}, false},
		{Finding{Check: "over-100", Place: Place{"b.xlsx", "PIs", "F3"}, Saw: "outturn is 805%"}, false},
		{Finding{Check: "over-100", Place: at, Saw: "outturn is 806%"}, false},
	} {
		if got := e.Of(c.f); got != c.want {
			t.Errorf("the explanation is of %+v: %v, want %v", c.f, got, c.want)
		}
	}
}

func TestSentence(t *testing.T) {
	for _, c := range [][2]string{{"", ""}, {"the row is empty", "The row is empty."}, {"is it 5?", "Is it 5?"}, {"écrit\nà  la main.", "Écrit à la main."}, {"'x' stands", "'x' stands."}} {
		if got := Sentence(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}
