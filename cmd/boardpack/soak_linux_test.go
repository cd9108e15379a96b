package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// measured is what a process takes at one moment.
type measured struct{ memory, descriptors, threads, goroutines int } // memory in kB

var (
	statusForm    = regexp.MustCompile(`(?m)^(RssAnon|Threads):\s+(\d+)`)
	goroutineForm = regexp.MustCompile(`(?m)^go_goroutines (\d+)`)
)

func measure(t *testing.T, pid int, pages string) (m measured) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range statusForm.FindAllStringSubmatch(string(status), -1) {
		n, _ := strconv.Atoi(f[2])
		if f[1] == "Threads" {
			m.threads = n
		} else {
			m.memory = n
		}
	}
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		t.Fatal(err)
	}
	m.descriptors = len(open)
	r, err := http.Get(pages + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if f := goroutineForm.FindSubmatch(b); err == nil && f != nil {
		m.goroutines, err = strconv.Atoi(string(f[1]))
	}
	if err != nil || m.goroutines == 0 {
		t.Fatalf("the metrics tell no goroutines (%v): %s", err, b)
	}
	return m
}

// The service runs for as long as BOARDPACK_SOAK says, while returns change and
// packs are made each minute, and takes no more at the end than at the start.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("BOARDPACK_SOAK"))
	if err != nil {
		t.Skip("it takes ten minutes; .ci/soak runs it")
	}
	o := newOffice(t)
	if err := os.WriteFile(filepath.Join(o.returns, configName), []byte("service:\n  quiet: 1\n  poll: 1\n  schedule: '* * * * *'\n  time_zone: UTC\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const returns = 60
	for n := range returns {
		o.save(t, fmt.Sprint("service ", n), n)
	}
	p := startService(t, o.returns, "--out", o.out)
	p.await(t, 1, "the pages are served")
	pages := servedAt.FindString(p.said())
	p.await(t, returns, `"a return was received"`)
	var all []measured
	began := time.Now()
	for i := 0; time.Since(began) < length; i++ {
		time.Sleep(time.Second)
		o.save(t, fmt.Sprint("service ", i%returns), 100+i)
		if i%10 == 9 {
			m := measure(t, p.cmd.Process.Pid, pages)
			all = append(all, m)
			t.Logf("%4.0f s: %6d kB, %d descriptors, %d threads, %d goroutines", time.Since(began).Seconds(), m.memory, m.descriptors, m.threads, m.goroutines)
		}
	}
	p.stop(t)
	if strings.Contains(p.said(), `"ERROR"`) {
		t.Errorf("it says %s", p.said())
	}
	t.Logf("%d returns received, %d packs made", strings.Count(p.said(), "a return was received"), strings.Count(p.said(), "a pack was made"))
	wantNoGrowth(t, all)
}

// wantNoGrowth compares the middle values of the second and the last quarter; the first warms up.
func wantNoGrowth(t *testing.T, all []measured) {
	quarter := len(all) / 4
	if quarter < 3 {
		t.Fatalf("%d measurements are too few", len(all))
	}
	for _, c := range []struct {
		what string
		of   func(measured) int
		more int // that it may be
	}{
		{"kB of memory", func(m measured) int { return m.memory }, 24 << 10},
		{"descriptors", func(m measured) int { return m.descriptors }, 4},
		{"threads", func(m measured) int { return m.threads }, 4},
		{"goroutines", func(m measured) int { return m.goroutines }, 10},
	} {
		middle := func(some []measured) int {
			var values []int
			for _, m := range some {
				values = append(values, c.of(m))
			}
			slices.Sort(values)
			return values[len(values)/2]
		}
		first, last := middle(all[quarter:2*quarter]), middle(all[len(all)-quarter:])
		t.Logf("%s: %d, then %d", c.what, first, last)
		if last > first+c.more {
			t.Errorf("%s grow from %d to %d", c.what, first, last)
		}
	}
}
