package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	nightRows   = 20
	fullNights  = 3
	shortNights = 5 // after each full one
)

// BenchmarkNight measures whole processes of boardpack serve --once over 1,000
// returns of 20 boards, a year of 250 services: the first, which receives,
// reads and answers each and makes every pack; ones after a single return of the
// last quarter has changed; and ones after nothing has. It reports the median
// CPU of each in milliseconds.
func BenchmarkNight(b *testing.B) {
	benchmarkNight(b, manyServices{services: 250, boards: 20, quarters: 4})
}

// BenchmarkNightOfOneQuarter is the same over 1,000 services and one quarter.
func BenchmarkNightOfOneQuarter(b *testing.B) {
	benchmarkNight(b, manyServices{services: 1000, boards: 20, quarters: 1})
}

func benchmarkNight(b *testing.B, m manyServices) {
	returns := filepath.Join(b.TempDir(), "returns")
	m.make(b, returns)
	for b.Loop() {
		var fulls, changes, others []time.Duration
		for range fullNights {
			out := b.TempDir()
			fulls = append(fulls, cpu(night(b, returns, out)))
			for n := range shortNights {
				makeService(b, returns, 7, m.quarters, 99+n)
				changes = append(changes, cpu(night(b, returns, out)))
				others = append(others, cpu(night(b, returns, out)))
			}
			makeService(b, returns, 7, m.quarters, 30)
		}
		full, changed := median(fulls), median(changes)
		b.ReportMetric(float64(full.Milliseconds()), "full-cpu-ms")
		b.ReportMetric(float64(changed.Milliseconds()), "changed-cpu-ms")
		b.ReportMetric(float64(median(others).Milliseconds()), "unchanged-cpu-ms")
		b.ReportMetric(float64(full)/float64(changed), "full/changed")
	}
}

func median(of []time.Duration) time.Duration {
	slices.Sort(of)
	return of[len(of)/2]
}

// BenchmarkFirstNight receives, reads and answers 10,000 returns, a year of
// 2,500 services, and makes the packs of 200 boards; a tenth of that, to see how
// its memory grows with the returns; and the same returns for 20 boards, to see
// how it grows with the packs.
func BenchmarkFirstNight(b *testing.B) {
	for _, m := range []manyServices{{250, 20, 4}, {2500, 200, 4}, {2500, 20, 4}} {
		all := m.services * m.quarters
		b.Run(fmt.Sprintf("returns=%d/boards=%d", all, m.boards), func(b *testing.B) {
			returns := filepath.Join(b.TempDir(), "returns")
			m.make(b, returns)
			for b.Loop() {
				began := time.Now()
				p := night(b, returns, b.TempDir())
				b.ReportMetric(float64(all)/time.Since(began).Seconds(), "returns/s")
				b.ReportMetric(cpu(p).Seconds(), "cpu-s")
				b.ReportMetric(peakMB(p), "peak-MB")
			}
		})
	}
}

// night runs the service once, as a process of its own.
func night(b *testing.B, returns, out string) *os.ProcessState {
	b.Helper()
	c := exec.Command("boardpack", "serve", returns, "--out", out, "--answers", filepath.Join(out, "answers"), "--once")
	if said, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, said[max(0, len(said)-2000):])
	}
	return c.ProcessState
}

func cpu(p *os.ProcessState) time.Duration { return p.UserTime() + p.SystemTime() }

// manyServices are services that each return a workbook for the first quarters
// of a year, and the boards that read them in turn.
type manyServices struct{ services, boards, quarters int }

// make makes a shared folder with their returns.
func (m manyServices) make(b testing.TB, returns string) {
	b.Helper()
	if err := os.MkdirAll(returns, 0o755); err != nil {
		b.Fatal(err)
	}
	var config strings.Builder
	config.WriteString("service: {quiet: 1}\nboards:\n")
	for n := range m.boards {
		fmt.Fprintf(&config, "  - id: board-%d\n    name: Board %d\n    plans:\n", n, n)
		for s := n; s < m.services; s += m.boards {
			fmt.Fprintf(&config, "      - Team %d\n", s)
		}
	}
	if err := os.WriteFile(filepath.Join(returns, configName), []byte(config.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	for s := range m.services {
		for q := range m.quarters {
			makeService(b, returns, s, q+1, 30)
		}
	}
}

// makeService makes the return of one service for a quarter, with figures from one on.
func makeService(b testing.TB, returns string, service, quarter, figure int) {
	b.Helper()
	m := bookMaker{file: excelize.NewFile()}
	lines := []string{"== Return", fmt.Sprintf("Team %d Q%d 2026/27", service, quarter), "Ref | Indicator | Unit | Good is | Target | Actual | Progress | Comment"}
	for row := range nightRows {
		lines = append(lines, fmt.Sprintf("T%d P%03d | Requests of kind %d answered in time | Number | High | 25 | %d | Green | As planned by the team, with %d of them by telephone", service, row+1, row+1, figure+row+quarter, row))
	}
	for _, line := range lines {
		if err := m.line(line); err != nil {
			b.Fatal(err)
		}
	}
	if err := m.save(filepath.Join(returns, fmt.Sprintf("Team %d Q%d 2026-27.xlsx", service, quarter))); err != nil {
		b.Fatal(err)
	}
}
