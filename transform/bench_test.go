package transform_test

import (
	"fmt"
	"runtime"
	"testing"

	"boardpack/ingest"
	"boardpack/transform"
)

// manyReturns are the returns of some quarters: a workbook for each hundred
// rows, half of them indicators and half actions, as officers fill them in.
func manyReturns(rows, quarters int) []ingest.Return {
	const each = 100
	var out []ingest.Return
	first := ingest.Period{Year: 2005, Quarter: 1}
	for n := range quarters {
		p := ingest.Period{Year: first.Year + n/4, Quarter: n%4 + 1}
		for book := range rows / each {
			var all []any
			for row := range each / 2 {
				i := indicator(fmt.Sprintf("T%d P%03d", book, row), []string{"high", "low"}[row%2], "80", fmt.Sprintf("%d.%d", 60+(row+n)%40, n%10), []string{"", "amber"}[row%2], "As planned")
				i.Plan = fmt.Sprintf("Team %d", book)
				a := action(fmt.Sprintf("T%d A%03d", book, row), fmt.Sprintf("Mar %d", p.Year+1+row%2), []string{"green", "amber", "red"}[(row+n)%3], "", "As planned")
				a.Plan = i.Plan
				all = append(all, i, a)
			}
			out = append(out, returned(p, fmt.Sprintf("%s/team %d.xlsx", p.Folder(), book), all...))
		}
	}
	return out
}

// BenchmarkRate rates 10,000 rows of the last of twelve quarters, with
// everything that it is compared with. It must take less than a second.
func BenchmarkRate(b *testing.B) {
	for _, scheme := range []string{"completed-expected", "within-tolerance"} {
		b.Run(scheme, func(b *testing.B) {
			in := transform.Inputs{Period: ingest.Period{Year: 2007, Quarter: 4}, Scheme: shipped(b, scheme), Returns: manyReturns(10_000, 12)}
			b.ReportAllocs()
			for b.Loop() {
				if p := transform.Build(in); len(p.Actions)+len(p.Indicators) != 10_000 {
					b.Fatalf("%d rows", len(p.Actions)+len(p.Indicators))
				}
			}
		})
	}
}

// What a pack takes of memory grows with rows and with quarters, no faster.
func TestMemoryGrowsWithRowsAndQuarters(t *testing.T) {
	if testing.Short() {
		t.Skip("measures memory")
	}
	s := shipped(t, "within-tolerance")
	taken := func(rows, quarters int) float64 {
		in := transform.Inputs{Scheme: s, Returns: manyReturns(rows, quarters)}
		in.Period = in.Returns[len(in.Returns)-1].Period
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		transform.Build(in)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc-before.TotalAlloc) / 1e6
	}
	small, rows, quarters := taken(500, 6), taken(2000, 6), taken(500, 24)
	t.Logf("500 rows of 6 quarters take %.0f MB, 2000 rows %.0f MB, 24 quarters %.0f MB", small, rows, quarters)
	if rows > 5*small || quarters > 5*small {
		t.Errorf("four times the rows take %.1f times the memory, four times the quarters %.1f times", rows/small, quarters/small)
	}
}
