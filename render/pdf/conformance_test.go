package pdf

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"boardpack/cmd/witness"
	"boardpack/render/pdf/tagged"
)

// checked runs veraPDF on every file of a folder, under each profile that a
// file says it keeps, and gives what it says by the file's name.
func checked(t *testing.T, dir string) map[string]string {
	t.Helper()
	path := witness.Program(t, "verapdf", ".ci/run fetches org.verapdf.apps:greenfield-apps and puts a command of this name on the path")
	out, err := exec.Command(path, "--format", "text", "--verbose", dir).Output()
	var status *exec.ExitError
	if err != nil && !(errors.As(err, &status) && status.ExitCode() == 1) { // 1: a file does not conform
		t.Fatalf("verapdf: %v", err)
	}
	said, name := map[string]string{}, ""
	for line := range strings.Lines(string(out)) {
		if file, _, found := strings.Cut(line, ".pdf "); found {
			name = filepath.Base(file)
		}
		said[name] += line
	}
	return said
}

// fault is what the drawing layer makes impossible, put in behind its back, with
// the rule of veraPDF that catches it.
type fault struct {
	rule string
	make func(*document)
}

func faults() map[string]fault {
	return map[string]fault{
		"untagged text": {"7.1-3", func(d *document) {
			d.canvas.turnTo(1)
			d.canvas.letters[0].Append(nil, 'x')
			d.canvas.pdf.RawWriteStr("BT /F0 12 Tf 100 100 Td (x) Tj ET")
		}},
		"no header scope": {"7.5-1", func(d *document) {
			d.canvas.tree.Walk(func(e *tagged.Element) { e.Scope, e.Heads = "", nil })
		}},
		"no alternative text": {"7.3-1", func(d *document) {
			d.canvas.tree.Walk(func(e *tagged.Element) { e.Alt = "" })
		}},
		"headings out of order": {"7.4.2-1", func(d *document) { d.canvas.tree.Kids[0].Role = "H3" }},
		"link that says nothing": {"7.18.5-2", func(d *document) {
			d.canvas.tree.Walk(func(e *tagged.Element) { e.Text = "" })
		}},
	}
}

func faulty(t *testing.T, f fault) []byte {
	t.Helper()
	d := laid(t, sample(12))
	f.make(d)
	var b bytes.Buffer
	if err := d.canvas.output(&b, d.properties(time.Date(2008, 3, 31, 0, 0, 0, 0, time.UTC))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every report may be published (PDF/UA-1) and kept (PDF/A-3a), and the checker
// would tell if not. All files go through it at once: it takes seconds to start.
func TestConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("the checker takes long; run without -short")
	}
	dir := t.TempDir()
	for name, r := range hard() {
		keep(t, dir, name, rendered(t, r))
	}
	for name, f := range faults() {
		keep(t, dir, name, faulty(t, f))
	}
	keep(t, dir, "attached", attached(t))
	said := checked(t, dir)
	for _, name := range append(slices.Collect(maps.Keys(hard())), "attached") {
		answer := said[underscored(name)]
		if strings.Contains(answer, "FAIL") || !strings.Contains(answer, ".pdf ua1") || !strings.Contains(answer, ".pdf 3a") {
			t.Errorf("%s: verapdf says %q", name, answer)
		}
	}
	for name, f := range faults() {
		if answer := said[underscored(name)]; !strings.Contains(answer, "FAIL "+f.rule) {
			t.Errorf("%s is not caught: verapdf says %q", name, answer)
		}
	}
}

// attached is a report that carries files.
func attached(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	err := Render(&b, sample(12),
		Attachment{Name: "report.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Description: "Workbook", Relation: "Alternative", Bytes: []byte("PK")},
		Attachment{Name: "Łódź (1).csv", Type: "text/csv", Description: "Wŷr", Relation: "Data", Bytes: []byte("ref\r\n")})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func underscored(name string) string { return strings.ReplaceAll(name, " ", "_") }

func keep(t *testing.T, dir, name string, file []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, underscored(name)+".pdf"), file, 0o600); err != nil {
		t.Fatal(err)
	}
}
