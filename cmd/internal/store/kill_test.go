package store

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const childStore = "BOARDPACK_TEST_STORE"

// TestChild receives returns as fast as it can and tells each when it is kept,
// until it is killed. It is a process of its own, started by the test below.
func TestChild(t *testing.T) {
	dir := os.Getenv(childStore)
	if dir == "" {
		t.Skip("it is a part of TestKilledAtAnyMoment")
	}
	s := opened(t, dir)
	for i := 0; ; i++ {
		text := strings.Repeat(fmt.Sprintf("%d %d ", os.Getpid(), i), 1+rand.IntN(40_000))
		v := received(t, s, fmt.Sprintf("return %d.xlsx", i%40), text, time.Now())
		fmt.Printf("\nkept %s\n", v.SHA256)
		if i%7 == 6 {
			fmt.Printf("\npurging %s\n", v.SHA256)
			if err := s.Purge(t.Context(), v.SHA256, "A Clerk", "misfiled", time.Now()); err != nil {
				t.Fatal(err)
			}
			fmt.Printf("\npurged %s\n", v.SHA256)
		}
		if i%5 == 1 {
			nameless(t, s, fmt.Sprintf("jane doe %d-%d.xlsx", os.Getpid(), i))
		}
	}
}

// nameless receives a return whose name is personal, and takes both out.
func nameless(t *testing.T, s *Store, name string) {
	sum := received(t, s, name, name, time.Now()).SHA256
	if err := s.Purge(t.Context(), sum, "A Clerk", "misfiled", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := s.Redact(t.Context(), "", name, "A Clerk", "misfiled", time.Now()); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nredacted %s\n", sum)
}

// A process that receives returns is killed at random moments, while another
// looks on: no return that was told as kept is lost, none is there by half,
// and what was purged is gone.
func TestKilledAtAnyMoment(t *testing.T) {
	dir := t.TempDir()
	stop := make(chan struct{})
	var looking sync.WaitGroup
	looking.Go(func() { lookForHalves(t, filepath.Join(dir, "sha256"), stop) })
	told := map[string]string{} // hash → the last that was told of it
	for range 25 {
		killOne(t, dir, told)
	}
	close(stop)
	looking.Wait()
	s := opened(t, dir)
	verified(t, s.Reader)
	known := map[string]Version{}
	versions, err := s.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		known[v.SHA256] = v
	}
	counts := map[string]int{}
	for sum, what := range told {
		counts[what]++
		v, ok := known[sum]
		_, err := s.Get(sum)
		switch {
		case !ok:
			t.Errorf("%s was %s and is not in the ledger", sum, what)
		case what == "kept" && (err != nil || v.Removed):
			t.Errorf("%s was kept and is lost: %v", sum, err)
		case what == "purged" && (err == nil || !v.Removed):
			t.Errorf("%s was purged and is there", sum)
		case what == "redacted" && (err == nil || v.Name != RedactedName):
			t.Errorf("%s was taken out with its name, and is there as %s", sum, v.Name)
		}
	}
	if counts["kept"] < 25 || counts["purged"] == 0 || counts["redacted"] == 0 {
		t.Errorf("too little was done to prove anything: %v", counts)
	}
	wantRebuiltAlike(t, s, dir)
	left := 0
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, _ error) error {
		if strings.HasPrefix(d.Name(), ".new-") {
			left++
		}
		return nil
	})
	if left > 0 {
		t.Errorf("%d unfinished files are left", left)
	}
	t.Logf("told: %v; versions: %d", counts, len(versions))
}

// killOne starts a child, kills it after a while, and learns what it told.
func killOne(t *testing.T, dir string, told map[string]string) {
	c := exec.Command(os.Args[0], "-test.run=^TestChild$")
	c.Env = append(os.Environ(), childStore+"="+dir, "GOCOVERDIR="+t.TempDir())
	var errors bytes.Buffer
	c.Stderr = &errors
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Duration(20+rand.IntN(300))*time.Millisecond, func() { _ = c.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		what, sum, ok := strings.Cut(lines.Text(), " ")
		switch {
		case ok && (what == "kept" || what == "purging" || what == "purged" || what == "redacted"):
			told[sum] = what
		case strings.Contains(lines.Text(), "FAIL"), strings.Contains(lines.Text(), "_test.go"):
			t.Errorf("the child failed: %s", lines.Text())
		}
	}
	_ = c.Wait() // it was killed
	if errors.Len() > 0 {
		t.Errorf("the child said %s", errors.String())
	}
}

// lookForHalves hashes what stands in an archive again and again.
func lookForHalves(t *testing.T, root string, stop <-chan struct{}) {
	whole := map[string]bool{}
	for {
		select {
		case <-stop:
			return
		case <-time.After(2 * time.Millisecond):
		}
		_ = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isSum(d.Name()) || whole[p] {
				return nil
			}
			if sum, _, err := hashOf(p); err == nil && sum != d.Name() {
				t.Errorf("%s is there by half", d.Name())
			} else if err == nil {
				whole[p] = true
			}
			return nil
		})
	}
}
