package main

import (
	"slices"
	"testing"
)

// TestPageNames wants a page of its own for each return, inside the folder of pages and never the list of them.
func TestPageNames(t *testing.T) {
	var read []readReturn
	for _, name := range []string{"Q2/a.xlsx", "Q2/A.xlsx", "b.xlsx", "index", "../up.xlsx", "/root.xlsx", "b.xlsx"} {
		read = append(read, readReturn{foundFile: foundFile{name: name}})
	}
	want := []string{"Q2/a.xlsx.html", "Q2/A.xlsx (2).html", "b.xlsx.html", "index (2).html", "up.xlsx.html", "root.xlsx.html", "b.xlsx (2).html"}
	if got := pageNames(read); !slices.Equal(got, want) {
		t.Errorf("the pages are %q, want %q", got, want)
	}
}
