package workbook

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The benchmarks read the same workbooks beside the library's raw Rows(), which
// understands nothing of them: "rows" in each is that, "read" is ours. What
// counts is the ratio of the two in one run.

// BenchmarkSmallReturns reads 200 returns, each with a table of 100 indicators
// and one of 100 actions. Garbage is collected about as seldom as in the
// program, which lets a small heap grow by 32 MB, for both. With -cpu 1 the
// times are those of the processor.
func BenchmarkSmallReturns(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	var books [][]byte
	for n := range 200 {
		books = append(books, smallReturn(b, n))
	}
	words := vocabulary(b)
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			for _, book := range books {
				rawRows(b, book)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			for n, book := range books {
				ret, err := Read(fmt.Sprintf("Service %d Q2 2008-09.xlsx", n), book, Options{Words: words})
				if err != nil || len(ret.Indicators) != 100 || len(ret.Actions) != 100 {
					b.Fatalf("%d indicators, %d actions, %v", len(ret.Indicators), len(ret.Actions), err)
				}
			}
		}
	})
}

// BenchmarkLargeSheet reads the cells of one sheet of 200,000 rows and 14 columns.
func BenchmarkLargeSheet(b *testing.B) {
	book := largeSheet(b, 200_000)
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			rawRows(b, book)
		}
	})
	b.Run("scan", func(b *testing.B) {
		peak := watchHeap()
		defer func() { b.ReportMetric(peak(), "MiB-peak") }()
		for b.Loop() {
			bk, err := open(book, newBudget(Limits{}, nil))
			if err != nil {
				b.Fatal(err)
			}
			s, err := bk.scan(bk.sheets[0])
			if err != nil || len(s.cells) != 14*200_001 {
				b.Fatalf("%d cells, %v", len(s.cells), err)
			}
			b.ReportMetric(heapMiB(), "MiB-live")
			runtime.KeepAlive(s)
			bk.close()
		}
	})
}

// watchHeap looks at the heap every millisecond, garbage and all, until the
// function that it gives is called, which tells the most that it saw.
func watchHeap() func() float64 {
	runtime.GC()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		peak := uint64(0)
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() float64 {
		close(stop)
		return float64(<-most) / (1 << 20)
	}
}

func heapMiB() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// rawRows reads every cell's stored value with the library alone.
func rawRows(b *testing.B, book []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(book), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.Rows(name)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		rows.Close()
	}
}

func smallReturn(b *testing.B, n int) []byte {
	f := excelize.NewFile()
	defer f.Close()
	b.Helper()
	put := func(sheet string, row int, cells ...any) {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &cells); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.SetSheetName("Sheet1", "PIs"); err != nil {
		b.Fatal(err)
	}
	if _, err := f.NewSheet("Actions"); err != nil {
		b.Fatal(err)
	}
	put("PIs", 1, fmt.Sprintf("Service %d Quarter 2 2008/09", n))
	put("PIs", 3, "Ref", "Indicator", "Unit", "Good is", "Last year", "Target", "Actual", "RAG", "Officer", "Comments")
	put("Actions", 1, "Ref", "Action", "Due", "Officer", "Progress", "Comments")
	for i := range 100 {
		put("PIs", 4+i, fmt.Sprintf("SV%d P%03d", n, i+1), fmt.Sprintf("Number %d of things that the service has done for its residents", i), "%", "High", 40+i, 45+i, 44.5+float64(i%3), []string{"Green", "Amber", "Red"}[i%3], "Head of Service", "The figure is in line with the quarter before; two posts are vacant.")
		put("Actions", 2+i, fmt.Sprintf("SV%d A%03d", n, i+1), fmt.Sprintf("Complete piece of work %d as agreed in the service plan", i), "Mar 2009", "Head of Service", []string{"Green", "Amber"}[i%2], "Work has begun and goes on as planned.")
	}
	return bytesOf(b, f)
}

func largeSheet(b *testing.B, rows int) []byte {
	f := excelize.NewFile()
	defer f.Close()
	b.Helper()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := range rows + 1 {
		cells := make([]any, 14)
		for j := range cells {
			switch {
			case i == 0:
				cells[j] = fmt.Sprintf("Column %d", j+1)
			case j < 4:
				cells[j] = fmt.Sprintf("text %d", (i*7+j)%500)
			default:
				cells[j] = float64(i*14+j) / 8
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return bytesOf(b, f)
}

func bytesOf(b *testing.B, f *excelize.File) []byte {
	var out bytes.Buffer
	if err := f.Write(&out); err != nil && err != io.EOF {
		b.Fatal(err)
	}
	return out.Bytes()
}
