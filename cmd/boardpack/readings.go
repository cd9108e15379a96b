package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"boardpack/cmd/internal/reading"
	"boardpack/cmd/internal/whole"
)

// indexName is the page that links to those of several returns.
const indexName = "index.html"

// readingPage is one page of check --html while it is made.
type readingPage struct {
	name  string // below the folder of pages, with "/"
	bytes []byte
}

// writeReadings writes a page for each return that shows how it was read, and
// one that links to them where there are several.
func (a *app) writeReadings(w *workspace, f checkFlags, read []readReturn) error {
	if f.html == "" {
		return nil
	}
	pages, err := readingPages(w, read)
	if err != nil {
		return err
	}
	if err := refuseInputs(f.html, pages, read); err != nil {
		return err
	}
	for _, p := range pages {
		to := filepath.Join(f.html, filepath.FromSlash(p.name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return fmt.Errorf("write %s: %w", to, err)
		}
		if err := whole.WriteFile(to, p.bytes); err != nil {
			return fmt.Errorf("write %s: %w", to, err)
		}
		if !f.json {
			fmt.Fprintf(a.out, "wrote %s\n", filepath.ToSlash(to))
		}
	}
	return nil
}

// readingPages makes the pages side by side, the one that links to them last.
func readingPages(w *workspace, read []readReturn) ([]readingPage, error) {
	maker, err := w.pages()
	if err != nil {
		return nil, err
	}
	names := pageNames(read)
	pages := make([]readingPage, len(read))
	err = sideBySide(len(read), func(i int) (err error) {
		home := ""
		if len(read) > 1 {
			home = strings.Repeat("../", strings.Count(names[i], "/")) + indexName
		}
		pages[i].name = names[i]
		pages[i].bytes, err = maker.Page(read[i].ret, home)
		return err
	})
	if err != nil || len(read) < 2 {
		return pages, err
	}
	var entries []reading.Entry
	for i, r := range read {
		entries = append(entries, reading.Entry{Return: r.ret, Href: (&url.URL{Path: "./" + names[i]}).String()})
	}
	b, err := maker.Index(entries)
	return append(pages, readingPage{indexName, b}), err
}

// pageNames gives each return a page of its own, as its path and ".html"; of
// names that a file system may take for the same, the later ones are numbered.
func pageNames(read []readReturn) []string {
	taken := map[string]bool{indexName: true}
	var names []string
	for _, r := range read {
		stem := r.name
		if !filepath.IsLocal(filepath.FromSlash(stem)) {
			stem = path.Base(stem)
		}
		name := stem + ".html"
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s (%d).html", stem, n)
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}

// refuseInputs ends a check whose pages would take the place of a file that was read.
func refuseInputs(dir string, pages []readingPage, read []readReturn) error {
	for _, p := range pages {
		to := filepath.Join(dir, filepath.FromSlash(p.name))
		there, err := os.Stat(to)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return usagef("%s cannot be written: %v", to, err)
		}
		for _, r := range read {
			if given, err := os.Stat(r.path); err == nil && os.SameFile(there, given) {
				return usagef("--html %s would overwrite %s, which was read; give another folder", dir, r.path)
			}
		}
	}
	return nil
}
