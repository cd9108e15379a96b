package pdf

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"boardpack/render/pdf/tagged"
)

var update = flag.Bool("update", false, "write the golden file anew")

// TestStructureOfSample shows the whole structure tree of a report: what a
// screen reader is told. The golden file is read by people.
func TestStructureOfSample(t *testing.T) {
	const golden = "testdata/structure.txt"
	var b strings.Builder
	tree, names := laid(t, sample(14)).canvas.tree, map[*tagged.Element]string{}
	tree.Walk(func(e *tagged.Element) {
		if e.Role == "TH" {
			names[e] = fmt.Sprint(len(names) + 1)
		}
	})
	write(&b, tree, 0, names)
	got := b.String()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the structure differs from %s; run the test with -update and look at the difference", golden)
	}
}

// write prints an element, what is said of it, and its words.
func write(b *strings.Builder, e *tagged.Element, depth int, names map[*tagged.Element]string) {
	fmt.Fprintf(b, "%s%s", strings.Repeat("  ", depth), e.Role)
	for _, said := range []struct{ name, value string }{
		{"number", names[e]}, {"scope", e.Scope}, {"summary", e.Summary}, {"numbering", e.Numbering}, {"alt", e.Alt}, {"to", e.Target},
	} {
		if said.value != "" {
			fmt.Fprintf(b, " [%s %s]", said.name, said.value)
		}
	}
	if e.Columns > 1 {
		fmt.Fprintf(b, " [columns %d]", e.Columns)
	}
	for _, h := range e.Heads {
		fmt.Fprintf(b, " [under %s]", names[h])
	}
	if e.Text != "" {
		fmt.Fprintf(b, ": %s", strings.TrimSpace(e.Text))
	}
	b.WriteByte('\n')
	for _, k := range e.Kids {
		write(b, k, depth+1, names)
	}
}
