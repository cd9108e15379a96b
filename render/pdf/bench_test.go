package pdf

import (
	"bytes"
	"testing"

	"boardpack/render"
)

// twelvePages is a usual report: of a hundred rows, with two charts and landscape pages.
func twelvePages() render.Report {
	blocks := append(opening(), summary()...)
	blocks = append(blocks, summary()[3])
	blocks = append(blocks, lists()...)
	blocks = append(blocks, exceptions()...)
	return bare(append(blocks, indicators(60, false), render.Heading{Level: 2, Text: "Actions"}, actions(20),
		render.Heading{Level: 2, Text: "In full"}, indicators(12, true))...)
}

// BenchmarkTwelvePages draws a usual report.
func BenchmarkTwelvePages(b *testing.B) { benchmark(b, twelvePages()) }

// BenchmarkThousandRows draws one long table, which few boards have.
func BenchmarkThousandRows(b *testing.B) { benchmark(b, bare(indicators(1000, false))) }

// BenchmarkTenThousandRows shows what grows with the rows.
func BenchmarkTenThousandRows(b *testing.B) { benchmark(b, bare(indicators(10_000, false))) }

// BenchmarkEmpty is what gofpdf's fonts cost in every document.
func BenchmarkEmpty(b *testing.B) { benchmark(b, bare()) }

func benchmark(b *testing.B, r render.Report) {
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		var out bytes.Buffer
		if err := Render(&out, r); err != nil {
			b.Fatal(err)
		}
		size = out.Len()
	}
	b.ReportMetric(float64(size), "bytes/report")
}
