package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// runAs runs the command in a folder and with its own environment, as a
// process of its own, and wants exit status 0.
func runAs(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	program, err := exec.LookPath("boardpack") // TestMain puts it on the path
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("boardpack %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// copySamples copies the samples into a folder of the same name below dir, and
// creates the files in the given order.
func copySamples(t *testing.T, dir string, inOrder func([]string)) {
	t.Helper()
	const from = "../../samples"
	var names []string
	err := filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) == ".go" {
			return err
		}
		rel, err := filepath.Rel(from, p)
		names = append(names, rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	inOrder(names)
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, "samples", name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	oneEnvironment     = []string{"TZ=UTC", "GOMAXPROCS=1", "LANG=C", "LC_ALL=C", "HOSTNAME=one", "USER=one"}
	anotherEnvironment = []string{"TZ=Asia/Tokyo", "GOMAXPROCS=4", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "HOSTNAME=another", "USER=another"}
)

// sameListing compares two folders, file by file.
func sameListing(t *testing.T, a, b string) {
	t.Helper()
	one, err := listing(a)
	if err != nil {
		t.Fatal(err)
	}
	two, err := listing(b)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(one, "\n") < 60 {
		t.Fatalf("only these files were made:\n%s", one)
	}
	first, second := strings.Split(one, "\n"), strings.Split(two, "\n")
	for _, line := range first {
		if !slices.Contains(second, line) {
			t.Errorf("not the same: %s", line)
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d files and %d", len(first), len(second))
	}
}

// The same returns give the same bytes in every file: in another process, time
// zone, locale and place, with another number of processors, and created in another order.
func TestSameReturnsSameBytes(t *testing.T) {
	t.Parallel()
	one, two := t.TempDir(), t.TempDir()
	copySamples(t, one, func([]string) {})
	copySamples(t, two, slices.Reverse[[]string])
	said := runAs(t, one, oneEnvironment, "run", "samples")
	if again := runAs(t, two, anotherEnvironment, "run", "samples"); again != said {
		t.Errorf("the first run says\n%s\nand the second\n%s", said, again)
	}
	sameListing(t, filepath.Join(one, "packs"), filepath.Join(two, "packs"))

	// A pack made in one place is made again from the folder of the other.
	runAs(t, two, anotherEnvironment, "verify", "--returns", "samples", filepath.Join(one, "packs/2026-27/Q2/communities/v1"))
}

// Returns that are named one by one give the same bytes in any order.
func TestOrderOfReturnsDoesNotMatter(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	copySamples(t, dir, func([]string) {})
	twice, err := os.ReadFile(filepath.Join(dir, "samples/2026-27/Q2/Housing Q2 2026-27.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "samples/2026-27/Q2/A copy of Housing Q2 2026-27.xlsx"), twice, 0o644); err != nil {
		t.Fatal(err)
	}
	var names []string
	err = filepath.WalkDir(filepath.Join(dir, "samples"), func(p string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(p) == ".xlsx" {
			rel, _ := filepath.Rel(dir, p)
			names = append(names, rel)
		}
		return err
	})
	if err != nil || len(names) < 10 {
		t.Fatalf("samples: %q, %v", names, err)
	}
	run := func(out string, env []string) string {
		said := runAs(t, dir, env, append([]string{"run", "--config", "samples/boardpack.yaml", "--out", out}, names...)...)
		return strings.ReplaceAll(said, out+"/", "packs/")
	}
	said := run("one", oneEnvironment)
	slices.Reverse(names)
	if again := run("two", anotherEnvironment); again != said {
		t.Errorf("the first run says\n%s\nand the second\n%s", said, again)
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
	run("three", anotherEnvironment)
	sameListing(t, filepath.Join(dir, "one"), filepath.Join(dir, "two"))
	sameListing(t, filepath.Join(dir, "one"), filepath.Join(dir, "three"))
}
