package whole

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a killed process left goes; what another is writing stays, and so does what is whole.
func TestRemoveLeftovers(t *testing.T) {
	root := t.TempDir()
	ended := unfinished + machine() + "-" + strconv.Itoa(endedProcess(t)) + "-1"
	running := unfinished + machine() + "-" + strconv.Itoa(os.Getppid()) + "-1"
	left := []string{
		filepath.Join(root, "communities", ended, "report.pdf"),
		filepath.Join(root, "sha256", "ab", ended),
		filepath.Join(root, "communities", unfinished+machine()+"-"+strconv.Itoa(os.Getpid())+"-1", "report.pdf"),
		filepath.Join(root, "communities", unfinished+"12345678-1-1", "report.pdf"), // another machine's, of the day before
	}
	stays := []string{
		filepath.Join(root, "communities", running, "report.pdf"),
		filepath.Join(root, "communities", unfinished+"12345678-1-2", "report.pdf"),
		filepath.Join(root, "communities", "v1", ended, "report.pdf"),
	}
	for _, name := range append(left, stays...) {
		if err := MakeFolder(filepath.Dir(name)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-2 * abandonedAfter)
	if err := os.Chtimes(filepath.Dir(left[3]), before, before); err != nil {
		t.Fatal(err)
	}
	RemoveLeftovers(root, time.Now(), func(name string) bool { return name == "v1" })
	for _, name := range left {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	for _, name := range stays {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("%s is gone", name)
		}
	}
}

// endedProcess is the number of a process that is no more.
func endedProcess(t *testing.T) int {
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), "GOCOVERDIR="+t.TempDir())
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return c.Process.Pid
}

// A file and a folder come whole, in place of what may be replaced; a failure leaves nothing behind.
func TestWriteWhole(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "report.html")
	for _, text := range []string{"first", "second"} {
		if err := WriteFile(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(name); err != nil || string(b) != text {
			t.Errorf("%s holds %q (%v)", name, b, err)
		}
	}
	dir := filepath.Join(root, "2026-27", "Q2", "v1")
	files := func(yield func(string, []byte) bool) {
		_ = yield("report.pdf", []byte("pdf")) && yield("working/data/actions.csv", []byte("ref"))
	}
	if err := WriteFolder(dir, files); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "working", "data", "actions.csv")); err != nil || string(b) != "ref" {
		t.Errorf("the folder's file holds %q (%v)", b, err)
	}
	if err := WriteFolder(dir, files); err == nil {
		t.Error("a folder that is there was written again")
	}
	twice := func(yield func(string, []byte) bool) {
		for range 2 {
			if !yield("a", nil) {
				return
			}
		}
	}
	if err := WriteFolder(filepath.Join(root, "twice"), twice); err == nil {
		t.Error("one name was written twice")
	}
	if err := WriteFile(dir, []byte("a file in place of a folder")); err == nil {
		t.Error("a file took the place of a folder")
	}
	for _, d := range []string{root, filepath.Dir(dir)} {
		entries, err := os.ReadDir(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), unfinished) {
				t.Errorf("%s was left behind", e.Name())
			}
		}
	}
}
