package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
)

// archiveFolder stands beside the packs and holds every file that one was
// made from, by its content, so that each can be made again.
const archiveFolder = ".archive"

func archiveOf(packs string) store.Archive {
	return store.ArchiveIn(filepath.Join(packs, archiveFolder))
}

var versionName = regexp.MustCompile(`^v[0-9]+$`)

// removeLeftovers takes away what killed runs left unfinished among packs or
// copies, but for folders that are seen to elsewhere; a version of a pack is whole.
func removeLeftovers(root string, now time.Time, elsewhere ...string) {
	whole.RemoveLeftovers(root, now, func(name string) bool { return versionName.MatchString(name) || slices.Contains(elsewhere, name) })
}
