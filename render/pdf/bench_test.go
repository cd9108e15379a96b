package pdf

import (
	"io"
	"testing"

	"boardpack/render"
)

// BenchmarkReport draws a report of 60 rows with two charts.
func BenchmarkReport(b *testing.B) {
	blocks := append(opening(), summary()...)
	blocks = append(blocks, summary()[3])
	blocks = append(blocks, lists()...)
	blocks = append(blocks, exceptions()...)
	benchmark(b, bare(append(blocks, indicators(60, false))...))
}

// BenchmarkThousandRows draws one long table, which few boards have.
func BenchmarkThousandRows(b *testing.B) { benchmark(b, bare(indicators(1000, false))) }

// BenchmarkEmpty is what gofpdf's fonts cost in every document.
func BenchmarkEmpty(b *testing.B) { benchmark(b, bare()) }

func benchmark(b *testing.B, r render.Report) {
	b.ReportAllocs()
	for b.Loop() {
		if err := Render(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
