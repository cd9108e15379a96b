// Package inbox turns looks at a shared folder, again and again, into the
// returns that may be read: those that stand still, once each. It never writes
// there, and asks no system for events, which a network share does not send.
package inbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Watch is what is known of a shared folder from one look to the next.
type Watch struct {
	quiet    time.Duration // a file that stood still for so long has settled
	patience time.Duration // a file that seems unfinished is taken after so long
	files    map[string]*file
	away     string
	since    time.Time // that it is away
}

// file is what is known of one path.
type file struct {
	own   string // what its name has in common with others of one return
	plain string // the same without the mark of a conflicted copy
	seen  Entry
	since time.Time // that size and time stand still, as the looks saw it
	taken Entry     // as it was when its bytes were taken
	sum   string    // of these bytes; empty where none were taken
	key   string    // under which they were taken
	why   string    // it was passed over or could not be taken, in words
	done  bool      // it was taken or passed over as it is now
	again time.Time // when it may be tried again
}

// NewWatch watches a folder of which nothing is known. A file has settled
// when it stood still for quiet; one whose contents seem unfinished though it
// stands still is taken as it is after patience.
func NewWatch(quiet, patience time.Duration) *Watch {
	return &Watch{quiet: quiet, patience: patience, files: map[string]*file{}}
}

// Live is a return that stands in the folder, with the bytes last taken of it.
type Live struct {
	Entry  // as it was when they were taken
	Key    string
	SHA256 string
}

// Ready is a file that has settled and waits to be copied.
type Ready struct {
	Entry
	Key  string // under which its versions are kept
	AsIs bool   // it has seemed unfinished for so long that it is taken as it is
}

// Waiting is a file that is not read yet.
type Waiting struct {
	Entry
	Why   string
	Since time.Time // that it stands there as it is
}

// Conflict is two or more files that are one return, and whose bytes differ:
// their names differ only in case or Unicode form, or in the mark of a
// conflicted copy.
type Conflict struct {
	Plain string   // the name without such a mark, where there is one and no other is written alike
	Names []string // all, in order
}

// State is what the looks so far say of a folder.
type State struct {
	Away      string    // why nothing can be said of it now, in words; then all else is as it was
	Since     time.Time // that it is away
	Ready     []Ready
	Waiting   []Waiting
	Live      []Live
	Gone      []string // names of returns that were taken away since the last look
	Conflicts []Conflict
	Refused   []Refused
	Unread    []string // folders below it that cannot be read; what stands there is as it was
}

// Remember gives a new watch what an earlier one knew, so that files that did
// not change meanwhile are not read again.
func (w *Watch) Remember(live []Live) {
	for _, l := range live {
		f := newFile(l.Name)
		f.seen, f.taken, f.sum, f.key, f.done = l.Entry, l.Entry, l.SHA256, l.Key, true
		w.files[l.Path] = f
	}
}

func newFile(name string) *file {
	f := &file{own: Key(name)}
	f.plain = f.own
	if plain, marked := withoutConflict(name); marked {
		f.plain = Key(plain)
	}
	return f
}

// Look takes in one look at the folder.
func (w *Watch) Look(now time.Time, l Listing) State {
	if why := w.unreliable(l); why != "" {
		if w.away == "" {
			w.since = now
		}
		w.away = why
		return w.state(now, nil, l)
	}
	w.away = ""
	gone := w.forget(l)
	for _, e := range l.Entries {
		w.see(now, e)
	}
	w.rejoin()
	return w.state(now, gone, l)
}

// unreliable tells a folder that is away from one that holds nothing. A mount
// point without its share is an empty folder: one that held returns and has
// nothing at all any more is taken for that.
func (w *Watch) unreliable(l Listing) string {
	if l.Err != nil {
		return fmt.Sprintf("the folder cannot be read: %v", l.Err)
	}
	held := 0
	for _, f := range w.files {
		if f.sum != "" {
			held++
		}
	}
	if held > 0 && len(l.Entries)+l.Others+len(l.Unread) == 0 {
		return fmt.Sprintf("the folder is empty, and held returns (%d): the share seems not to be connected; if it was emptied on purpose, put any file there", held)
	}
	return ""
}

// forget drops what is no longer there, and gives the names of returns among it.
func (w *Watch) forget(l Listing) []string {
	there := make(map[string]bool, len(l.Entries))
	for _, e := range l.Entries {
		there[e.Path] = true
	}
	var gone []string
	for p, f := range w.files {
		unread := slices.ContainsFunc(l.Unread, func(dir string) bool { return isBelow(p, dir) })
		if there[p] || unread {
			continue
		}
		if f.sum != "" {
			gone = append(gone, f.taken.Name)
		}
		delete(w.files, p)
	}
	slices.Sort(gone)
	return gone
}

func (w *Watch) see(now time.Time, e Entry) {
	f := w.files[e.Path]
	if f == nil {
		f = newFile(e.Name)
		w.files[e.Path] = f
	}
	if !f.seen.same(e) || f.seen.Path == "" {
		f.since, f.again, f.why, f.done = now, time.Time{}, "", false
	}
	f.seen = e
	if f.sum != "" && f.taken.same(e) { // it is again what it was
		f.done = true
	}
	if f.since.After(now) { // the clock was set back
		f.since, f.again = now, time.Time{}
	}
}

// state tells how things are, by path.
func (w *Watch) state(now time.Time, gone []string, l Listing) State {
	s := State{Away: w.away, Gone: gone, Refused: l.Refused, Unread: l.Unread}
	if w.away != "" {
		s.Since = w.since
	}
	alike := w.alike((*file).ownName)
	s.Live = make([]Live, 0, len(w.files))
	for _, p := range slices.Sorted(maps.Keys(w.files)) {
		f := w.files[p]
		if f.sum != "" {
			s.Live = append(s.Live, Live{f.taken, f.key, f.sum})
		}
		switch why := f.waits(now, w.quiet); {
		case f.done && f.why != "":
			s.Refused = append(s.Refused, Refused{f.seen.Name, f.why})
		case f.done, w.away != "":
		case why != "":
			s.Waiting = append(s.Waiting, Waiting{f.seen, why, f.since})
		default:
			s.Ready = append(s.Ready, Ready{f.seen, f.keyAmong(alike), now.Sub(f.since) >= w.patience})
		}
	}
	s.Conflicts = w.Conflicts()
	return s
}

// waits says why a file is not taken yet; empty where it may be.
func (f *file) waits(now time.Time, quiet time.Duration) string {
	switch {
	case f.seen.Size == 0:
		return "it is empty; perhaps it is still being written"
	case f.seen.Offline:
		return "its contents are elsewhere; open it once, or set it to be kept on this device"
	case now.Sub(f.since) < quiet:
		return "it is still being written"
	case now.Before(f.again):
		return f.why
	}
	return ""
}

func (f *file) ownName() string   { return f.own }
func (f *file) plainName() string { return f.plain }

// alike groups the paths of files by their names, where several have one.
func (w *Watch) alike(by func(*file) string) map[string][]string {
	named := make(map[string]int, len(w.files))
	for _, f := range w.files {
		if f.seen.Size > 0 {
			named[by(f)]++
		}
	}
	groups := map[string][]string{}
	if len(named) == len(w.files) {
		return groups
	}
	for p, f := range w.files {
		if key := by(f); f.seen.Size > 0 && named[key] > 1 {
			groups[key] = append(groups[key], p)
		}
	}
	return groups
}

// keyAmong is the key that a file's versions are kept under. Files whose names
// differ only in case or Unicode form are never versions of each other while
// they stand there together.
func (f *file) keyAmong(alike map[string][]string) string {
	if alike[f.own] != nil {
		return f.own + "\x00" + f.seen.Path
	}
	return f.own
}

// rejoin has a file taken once more that stood beside another of its name and
// now stands alone, so that it is a version of its return.
func (w *Watch) rejoin() {
	var apart []*file
	for _, f := range w.files {
		if f.sum != "" && f.done && strings.Contains(f.key, "\x00") {
			apart = append(apart, f)
		}
	}
	if apart == nil {
		return
	}
	alike := w.alike((*file).ownName)
	for _, f := range apart {
		f.done = f.keyAmong(alike) == f.key
	}
}

// Conflicts are the files among those taken that are one return and differ.
func (w *Watch) Conflicts() []Conflict {
	groups := w.alike((*file).plainName)
	if len(groups) == 0 {
		return nil
	}
	alike := w.alike((*file).ownName)
	var out []Conflict
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		paths := slices.DeleteFunc(groups[key], func(p string) bool { return w.files[p].sum == "" })
		if len(paths) < 2 || w.haveSameBytes(paths) {
			continue
		}
		slices.Sort(paths)
		c := Conflict{}
		for _, p := range paths {
			c.Names = append(c.Names, w.files[p].seen.Name)
			if f := w.files[p]; f.own == key && alike[key] == nil {
				c.Plain = f.seen.Name
			}
		}
		out = append(out, c)
	}
	return out
}

func (w *Watch) haveSameBytes(paths []string) bool {
	return !slices.ContainsFunc(paths, func(p string) bool { return w.files[p].sum != w.files[paths[0]].sum })
}

// Took says that the bytes of a file, as it was seen, are kept.
func (w *Watch) Took(r Ready, sum string) {
	if f := w.files[r.Path]; f != nil {
		f.taken, f.sum, f.key, f.why = r.Entry, sum, r.Key, ""
		f.done = f.seen.same(r.Entry)
	}
}

// Pass says that a file, as it was seen, is not to be taken, and why. It is
// looked at again when it changes.
func (w *Watch) Pass(r Ready, why string) {
	if f := w.files[r.Path]; f != nil && f.seen.same(r.Entry) {
		f.done, f.why = true, why
	}
}

// Again says that a file could not be taken now, and why. It is tried again
// soon, the longer it stands there as it is the less often.
func (w *Watch) Again(now time.Time, r Ready, why string) {
	f := w.files[r.Path]
	if f == nil || !f.seen.same(r.Entry) {
		return
	}
	f.why = strings.TrimSpace(why)
	f.again = now.Add(min(max(now.Sub(f.since)/4, w.quiet), 10*time.Minute))
}

// Passed reports whether a file, as it was seen, is passed over.
func (w *Watch) Passed(r Ready) bool {
	f := w.files[r.Path]
	return f != nil && f.done && f.why != "" && f.seen.same(r.Entry)
}
