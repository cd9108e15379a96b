package reading

import (
	"path/filepath"
	"strings"
	"testing"

	"boardpack/cmd/witness"
)

// seenPages are the pages that a browser looks at: invented and sample ones,
// and those of two reference workbooks where they are.
func seenPages(t *testing.T) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{"invented": draw(t, invented())}
	files := []string{samples + "Env monitoring 2026-27.xlsx", samples + "Housing Q2 2026-27.xlsx"}
	for _, file := range sharedFiles(t, "returns") {
		if name := filepath.Base(file); strings.HasPrefix(name, "PSI") || strings.HasPrefix(name, "CSD Dep") {
			files = append(files, file)
		}
	}
	for _, file := range files {
		pages[filepath.Base(file)] = draw(t, read(t, file))
	}
	index, err := maker(t).Index([]Entry{{Return: invented(), Href: "./a.html"}, {Return: read(t, files[1]), Href: "./b.html"}})
	if err != nil {
		t.Fatal(err)
	}
	pages["index"] = index
	return pages
}

// openAll opens every finding of a page, so that its text is looked at too.
const openAll = "document.querySelectorAll('details').forEach(d => d.open = true);\n"

// TestNoSidewaysScrolling wants that only the grids scroll sideways, never the page.
func TestNoSidewaysScrolling(t *testing.T) {
	for name, page := range seenPages(t) {
		if got := witness.Sideways(t, page, 320, openAll); got != "0" {
			t.Errorf("%s: a screen of 320 pixels lacks %s for the page", name, got)
		}
	}
}

// TestAxe asks axe-core for violations, in a narrow window and in a wide and dark one, with findings open.
func TestAxe(t *testing.T) {
	for name, page := range seenPages(t) {
		for width, flags := range map[int][]string{320: nil, 1280: {witness.Dark}} {
			if got := witness.Axe(t, page, width, openAll, flags...); got != "" {
				t.Errorf("%s: axe at %d pixels %v: %s", name, width, flags, got)
			}
		}
	}
}
