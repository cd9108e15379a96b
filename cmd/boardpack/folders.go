package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// folderLevels are what the folders of a path may stand for. A year and a
// quarter are found in the names of folders wherever they stand; the list says
// at which level the directorate does.
var folderLevels = []string{"year", "quarter", "directorate", "any"}

func (k *checker) folders(levels nameList) {
	for n, level := range levels {
		if !slices.Contains(folderLevels, level) {
			k.wrong(fmt.Sprintf("$.folders[%d]", n), "a folder stands for %q; use %s", level, strings.Join(folderLevels, ", "))
		}
	}
}

// directorateOf is the directorate that the folders of a return stand for;
// empty where it does not lie as deep.
func (w *workspace) directorateOf(name string) string {
	folders := strings.Split(path.Dir(name), "/")
	if len(folders) > 1 && slices.ContainsFunc(w.Service.Inboxes, func(in inboxConfig) bool { return in.Name == folders[0] }) {
		folders = folders[1:]
	}
	n := slices.Index(w.Folders, "directorate")
	if n < 0 || n >= len(folders) || folders[n] == "." {
		return ""
	}
	return folders[n]
}
