package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/store"
)

// purgeOrder is a purge in all its parts.
type purgeOrder struct {
	Who     string         `json:"who"`
	Why     string         `json:"why"`
	SHA256  []string       `json:"sha256"`
	Returns []purgedReturn `json:"returns"` // that the bytes came under
}

// purgedReturn is what goes of a return beside its bytes.
type purgedReturn struct {
	Inbox   string `json:"inbox,omitempty"`
	Key     string `json:"key"`
	Answers bool   `json:"answers"`
	Name    bool   `json:"name"`
}

// carryOut purges, and tells what went. What cannot be removed of the answers
// is told after all else is done.
func (o purgeOrder) carryOut(ctx context.Context, st *store.Store, answers answersOf, now time.Time) (told []string, err error) {
	for _, sum := range o.SHA256 {
		if err := st.Purge(ctx, sum, o.Who, o.Why, now); err != nil {
			return told, err
		}
		told = append(told, "taken out: "+sum)
	}
	var failed error
	for _, r := range o.Returns {
		if r.Answers {
			gone, err := removeAnswers(ctx, st, r, answers(r.Inbox))
			told, failed = append(told, gone...), errors.Join(failed, err)
		}
		versions, err := st.VersionsOf(ctx, r.Inbox, r.Key)
		if err != nil {
			return told, err
		}
		if !r.Name || len(versions) == 0 { // a purge that is done again has taken the name
			continue
		}
		if err := st.Redact(ctx, r.Inbox, r.Key, o.Who, o.Why, now); err != nil {
			return told, err
		}
		told = append(told, "its name was taken out of journal and ledger")
	}
	return told, failed
}

// removeAnswers removes page and marked copy of a return, also where an officer
// has written in it: it is a copy of what must go.
func removeAnswers(ctx context.Context, st *store.Store, r purgedReturn, dir string) (told []string, failed error) {
	folder := placeIn(answersPlace, r.Inbox)
	places, err := st.PlacesOf(ctx, folder, r.Key)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		file := filepath.Join(dir, filepath.FromSlash(p.Path))
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, fmt.Errorf("the bytes are out, and its answer %s could not be removed (%s); take it away by hand", file, reason(err)))
			continue
		}
		if err := st.DropPlace(ctx, folder, p.Path); err != nil {
			return told, errors.Join(failed, err)
		}
		told = append(told, "removed: "+file)
	}
	return told, failed
}

// tellWhatFollows tells where else figures and name of a purged return stand, and what to do about each.
func (a *app) tellWhatFollows(f purgeFlags, p purgePlan) error {
	carry, err := carriers(f.out, p.order.SHA256)
	if err != nil {
		return err
	}
	if len(p.stands) > 0 {
		fmt.Fprintf(a.out, "At the last look it stood in the shared folder as %q. Take it away there: the same bytes are never taken again, and boardpack removes nothing there.\n", p.stands)
	}
	if len(carry) > 0 {
		fmt.Fprintln(a.out, "These packs carry figures or names of it. They stay, with what the archive keeps of them to list changes, and can no longer be made again:")
		for _, c := range carry {
			fmt.Fprintf(a.out, "  %s\n", c)
		}
		if slices.ContainsFunc(carry, func(c string) bool { return strings.Contains(c, "("+statusFinal) }) {
			fmt.Fprintln(a.out, "Of a final among them, publish a version without it in its place: boardpack publish --supersede WHY PACK.")
		}
		fmt.Fprintln(a.out, "The next night makes the next version of each current one without it; boardpack serve FOLDER --once does so at once, where no service runs.")
	}
	old, err := filepath.Glob(filepath.Join(globEscape(f.out), archiveFolder, "*.before-*"))
	if err != nil {
		return err
	}
	for _, file := range old {
		fmt.Fprintf(a.out, "%s, kept by boardpack rebuild, may hold it: remove it\n", filepath.ToSlash(file))
	}
	fmt.Fprintln(a.out, "Backups made before now hold it; make a new one with boardpack backup, and remove the old ones.")
	return nil
}

// carriers lists the packs that were made with returns of these hashes, and
// those whose list of changes is against such a pack.
func carriers(out string, sums []string) ([]string, error) {
	dirs, err := packFolders(out)
	if err != nil {
		return nil, err
	}
	var told []string
	carry := map[string]bool{}
	for _, dir := range dirs {
		m, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		for _, in := range m.Inputs {
			before := filepath.Join(filepath.Dir(dir), path.Dir(in.Name))
			switch {
			case in.Kind == "return" && slices.Contains(sums, in.SHA256):
				carry[dir] = true
			case in.Kind == draftBefore && strings.HasSuffix(in.Name, "/manifest.json") && carry[before] && !carry[dir]:
				told = append(told, fmt.Sprintf("%s (%s, in what changed since %s)", filepath.ToSlash(dir), m.Status, filepath.Base(before)))
			}
		}
		if carry[dir] {
			told = append(told, fmt.Sprintf("%s (%s)", filepath.ToSlash(dir), m.Status))
		}
	}
	return told, nil
}
