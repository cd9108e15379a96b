package inbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

const (
	quiet    = 10 * time.Second
	patience = 15 * time.Minute
)

// look is a listing of files by name; a text's length is its size, and each
// entry was modified when it was made.
func look(entries ...Entry) Listing { return Listing{Entries: entries} }

func entry(name string, size int64, modified time.Time) Entry {
	return Entry{Path: name, Name: Name(name), Size: size, Modified: modified}
}

// take takes all that is ready, each with its name and size for a hash.
func take(w *Watch, s State) (names []string) {
	for _, r := range s.Ready {
		w.Took(r, fmt.Sprintf("%s of %d", r.Name, r.Size))
		names = append(names, r.Name)
	}
	return names
}

func TestSettling(t *testing.T) {
	start := time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)
	w := NewWatch(quiet, patience)
	for i, c := range []struct {
		after   time.Duration
		size    int64
		touched time.Duration
		offline bool
		ready   string
		waits   string
	}{
		{0, 100, 0, false, "", "still being written"},
		{5 * time.Second, 100, 0, false, "", "still being written"},
		{8 * time.Second, 200, 8 * time.Second, false, "", "still being written"}, // it grew
		{17 * time.Second, 200, 8 * time.Second, false, "", "still being written"},
		{18 * time.Second, 200, 8 * time.Second, false, "a.xlsx", ""},
		{28 * time.Second, 200, 8 * time.Second, false, "", ""},                     // it is taken
		{38 * time.Second, 200, 38 * time.Second, false, "", "still being written"}, // saved again, as long as before
		{48 * time.Second, 200, 38 * time.Second, false, "a.xlsx", ""},
		{58 * time.Second, 0, 58 * time.Second, false, "", "it is empty"},
		{98 * time.Second, 0, 58 * time.Second, false, "", "it is empty"},
		{99 * time.Second, 300, 99 * time.Second, true, "", "its contents are elsewhere"},
		{130 * time.Second, 300, 99 * time.Second, true, "", "its contents are elsewhere"},
		{131 * time.Second, 300, 99 * time.Second, false, "", "still being written"},
		{141 * time.Second, 300, 99 * time.Second, false, "a.xlsx", ""},
		{142 * time.Second, 200, 38 * time.Second, false, "", "still being written"}, // an older one is put back
		{152 * time.Second, 200, 38 * time.Second, false, "a.xlsx", ""},
	} {
		e := entry("a.xlsx", c.size, start.Add(c.touched))
		e.Offline = c.offline
		s := w.Look(start.Add(c.after), look(e))
		waits := ""
		if len(s.Waiting) > 0 {
			waits = s.Waiting[0].Why
		}
		if got := strings.Join(take(w, s), ","); got != c.ready || !strings.Contains(waits, c.waits) || (waits == "") != (c.waits == "") {
			t.Errorf("step %d: ready %q, waiting %q; want %q and %q", i, got, waits, c.ready, c.waits)
		}
	}
}

// While a new version is being written, the one that was taken is still the live one.
func TestTheLastTakenStaysLive(t *testing.T) {
	start := time.Now()
	w := NewWatch(quiet, patience)
	w.Look(start, look(entry("a.xlsx", 100, start)))
	take(w, w.Look(start.Add(quiet), look(entry("a.xlsx", 100, start))))
	s := w.Look(start.Add(2*quiet), look(entry("a.xlsx", 150, start.Add(quiet))))
	if len(s.Live) != 1 || s.Live[0].SHA256 != "a.xlsx of 100" || s.Live[0].Size != 100 || len(s.Waiting) != 1 {
		t.Errorf("the state is %+v", s)
	}
	s = w.Look(start.Add(3*quiet), look(entry("a.xlsx", 100, start))) // it is again what it was
	if len(s.Ready)+len(s.Waiting) != 0 || len(s.Live) != 1 {
		t.Errorf("the state is %+v", s)
	}
}

// A slow copy, with pauses, is never read early: only when nothing has come for as long as quiet.
func TestASlowCopyIsNeverReadEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := fstest.MapFS{"a.xlsx": {Data: []byte("P"), ModTime: time.Now()}}
		w := NewWatch(quiet, patience)
		var folder sync.Mutex // a file system has its own
		written := make(chan time.Time, 1)
		go func() { // 40 pieces, each some seconds after the other
			for i := range 40 {
				time.Sleep(time.Duration(1+i%9) * time.Second)
				folder.Lock()
				files["a.xlsx"] = &fstest.MapFile{Data: make([]byte, 2+i), ModTime: time.Now()}
				folder.Unlock()
			}
			written <- time.Now()
		}()
		var ended time.Time
		for range 100 {
			time.Sleep(3*time.Second + 500*time.Millisecond)
			synctest.Wait()
			select {
			case ended = <-written:
			default:
			}
			folder.Lock()
			seen := list(t.Context(), files, nil)
			folder.Unlock()
			if s := w.Look(time.Now(), seen); len(s.Ready) > 0 {
				if ended.IsZero() || s.Ready[0].Size != 41 || time.Since(ended) < quiet {
					t.Errorf("it is read %s after its end, with %d of 41 bytes", time.Since(ended), s.Ready[0].Size)
				}
				return
			}
		}
		t.Error("it is never read")
	})
}

// Whatever happens to files, nothing is ready that was seen to differ within
// quiet, nothing is taken twice as it is, and the live ones are those taken.
func TestSettlingHoldsForAnyHistory(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 8))
		now := time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)
		w := NewWatch(quiet, patience)
		now0 := map[string]Entry{} // what stands there
		changed := map[string]time.Time{}
		took := map[string]Entry{}
		for range 200 {
			now = now.Add(time.Duration(r.IntN(8)) * time.Second)
			name := string(rune('a'+r.IntN(4))) + ".xlsx"
			switch r.IntN(12) {
			case 0, 1:
				now0[name], changed[name] = entry(name, int64(r.IntN(3)), now), now
			case 2:
				delete(now0, name)
				delete(took, name)
			}
			var l Listing
			l.Others = 1
			for _, e := range now0 {
				l.Entries = append(l.Entries, e)
			}
			if r.IntN(10) == 0 {
				l = Listing{Err: errors.New("away")}
			}
			s := w.Look(now, l)
			if l.Err != nil {
				if len(s.Ready) > 0 || s.Away == "" {
					t.Fatalf("seed %d: ready while away", seed)
				}
				continue
			}
			for _, e := range s.Ready {
				if now.Sub(changed[e.Name]) < quiet || e.Size == 0 || e.Entry != now0[e.Name] || took[e.Name] == e.Entry {
					t.Fatalf("seed %d: %+v is ready", seed, e)
				}
				took[e.Name] = e.Entry
			}
			take(w, s)
			for _, v := range s.Live {
				if now0[v.Name].Path == "" {
					t.Fatalf("seed %d: %s is live and gone", seed, v.Name)
				}
			}
		}
	}
}

// A share that is away, by an error or as an empty mount point, takes nothing away.
func TestAwayIsNotEmpty(t *testing.T) {
	start := time.Now()
	w := NewWatch(quiet, patience)
	a, b := entry("a.xlsx", 1, start), entry("Q2/b.xlsx", 1, start)
	if s := w.Look(start, look()); s.Away != "" {
		t.Errorf("a folder that is empty from the start is away: %s", s.Away)
	}
	w.Look(start, look(a, b))
	take(w, w.Look(start.Add(quiet), look(a, b)))
	for i, away := range []Listing{{Err: errors.New("no route to host")}, {}} {
		at := start.Add(time.Duration(i+2) * time.Hour)
		for range 3 {
			s := w.Look(at, away)
			if s.Away == "" || len(s.Live) != 2 || len(s.Gone) != 0 || !s.Since.Equal(start.Add(2*time.Hour)) {
				t.Errorf("away, the state is %+v", s)
			}
		}
	}
	s := w.Look(start.Add(4*time.Hour), Listing{Others: 1}) // a file that is no return shows that it is the folder
	if s.Away != "" || !reflect.DeepEqual(s.Gone, []string{"Q2/b.xlsx", "a.xlsx"}) || len(s.Live) != 0 {
		t.Errorf("emptied, the state is %+v", s)
	}
	if s := w.Look(start.Add(5*time.Hour), Listing{}); s.Away != "" || len(s.Gone) != 0 {
		t.Errorf("empty again, the state is %+v", s)
	}
}

// What stands below a folder that cannot be read is as it was.
func TestUnreadFoldersKeepTheirReturns(t *testing.T) {
	start := time.Now()
	w := NewWatch(quiet, patience)
	a, b, c := entry("a.xlsx", 1, start), entry("Q2/b.xlsx", 1, start), entry("Q2b/c.xlsx", 1, start)
	w.Look(start, look(a, b, c))
	take(w, w.Look(start.Add(quiet), look(a, b, c)))
	s := w.Look(start.Add(2*quiet), Listing{Entries: []Entry{a}, Unread: []string{"Q2"}})
	if len(s.Live) != 2 || !reflect.DeepEqual(s.Gone, []string{"Q2b/c.xlsx"}) {
		t.Errorf("the state is %+v", s)
	}
}

func TestConflicts(t *testing.T) {
	start := time.Now()
	for _, c := range []struct {
		names     []string
		sizes     []int64 // stand for the bytes too
		conflicts []Conflict
	}{
		{[]string{"Housing.xlsx", "Leisure.xlsx", "Q1/Housing.xlsx"}, []int64{1, 2, 3}, nil},
		{[]string{"Housing.xlsx", "housing.XLSX"}, []int64{1, 2}, []Conflict{{"", []string{"Housing.xlsx", "housing.XLSX"}}}},
		{[]string{"Cafe\u0301.xlsx", "Caf\u00e9.xlsx"}, []int64{1, 2}, []Conflict{{"", []string{"Caf\u00e9.xlsx", "Caf\u00e9.xlsx"}}}},
		{[]string{"Housing (Ann's conflicted copy 2026-10-02).xlsx", "Housing.xlsx"}, []int64{1, 2},
			[]Conflict{{"Housing.xlsx", []string{"Housing (Ann's conflicted copy 2026-10-02).xlsx", "Housing.xlsx"}}}},
		{[]string{"Housing (Ann's conflicted copy 2026-10-02).xlsx"}, []int64{1}, nil},
		{[]string{"Housing (1).xlsx", "Housing.xlsx"}, []int64{1, 2}, nil},
	} {
		var entries []Entry
		for i, name := range c.names {
			entries = append(entries, entry(name, c.sizes[i], start))
		}
		w := NewWatch(quiet, patience)
		w.Look(start, look(entries...))
		keys := map[string]bool{}
		for _, r := range w.Look(start.Add(quiet), look(entries...)).Ready {
			keys[r.Key] = true
			w.Took(r, fmt.Sprint(r.Size))
		}
		if len(keys) != len(c.names) {
			t.Errorf("%q are kept under %d keys", c.names, len(keys))
		}
		if got := w.Look(start.Add(2*quiet), look(entries...)).Conflicts; !reflect.DeepEqual(got, c.conflicts) {
			t.Errorf("%q conflict as %q, want %q", c.names, got, c.conflicts)
		}
	}
}

// The same bytes under two names are no conflict; and of two the one that stays is a version of the return.
func TestConflictsEnd(t *testing.T) {
	start := time.Now()
	w := NewWatch(quiet, patience)
	a, b := entry("a.xlsx", 1, start), entry("A.xlsx", 1, start)
	w.Look(start, look(a))
	first := w.Look(start.Add(quiet), look(a)).Ready[0]
	w.Took(first, "same")
	w.Look(start.Add(2*quiet), look(b, a))
	second := w.Look(start.Add(3*quiet), look(b, a)).Ready[0]
	if first.Key != Key("a.xlsx") || second.Key == first.Key {
		t.Errorf("the keys are %q and %q", first.Key, second.Key)
	}
	w.Took(second, "same")
	if s := w.Look(start.Add(4*quiet), look(b, a)); len(s.Conflicts) != 0 {
		t.Errorf("the same bytes conflict: %+v", s.Conflicts)
	}
	s := w.Look(start.Add(5*quiet), look(b))
	if len(s.Ready) != 1 || s.Ready[0].Key != first.Key {
		t.Errorf("alone, it is ready as %+v", s.Ready)
	}
	w.Took(s.Ready[0], "same")
	if s := w.Look(start.Add(6*quiet), look(b)); len(s.Ready) != 0 || len(s.Live) != 1 || s.Live[0].Key != first.Key {
		t.Errorf("the state is %+v", s)
	}
}

func TestAgainAndPass(t *testing.T) {
	start := time.Now()
	w := NewWatch(quiet, patience)
	a := entry("a.xlsx", 1, start)
	w.Look(start, look(a))
	tries, asIs := 0, 0
	for at := start; at.Before(start.Add(time.Hour)); at = at.Add(quiet) {
		for _, r := range w.Look(at, look(a)).Ready {
			if tries++; r.AsIs {
				asIs++
			}
			w.Again(at, r, "it is open in another program")
		}
	}
	if tries < 8 || tries > 30 || asIs < 3 {
		t.Errorf("tried %d times in an hour, %d of them with patience at its end", tries, asIs)
	}
	at := start.Add(2 * time.Hour)
	w.Pass(w.Look(at, look(a)).Ready[0], "it is larger than 50 MB")
	s := w.Look(at.Add(time.Hour), look(a))
	if len(s.Ready)+len(s.Waiting)+len(s.Live) != 0 || len(s.Refused) != 1 || s.Refused[0].Why != "it is larger than 50 MB" {
		t.Errorf("passed over, the state is %+v", s)
	}
	a.Size = 2
	w.Look(at.Add(2*time.Hour), look(a))
	s = w.Look(at.Add(3*time.Hour), look(a))
	if len(s.Ready) != 1 || len(s.Refused) != 0 {
		t.Errorf("changed, the state is %+v", s)
	}
	a.Size = 3 // it changes while it is copied: what was copied is kept, and the new one read later
	w.Look(at.Add(4*time.Hour), look(a))
	w.Took(s.Ready[0], "two")
	s = w.Look(at.Add(5*time.Hour), look(a))
	if len(s.Ready) != 1 || s.Ready[0].Size != 3 || s.Live[0].SHA256 != "two" {
		t.Errorf("changed under its copy, the state is %+v", s)
	}
}

// A watch that remembers reads nothing again that did not change, and knows an empty share for what it is.
func TestRemember(t *testing.T) {
	start := time.Now()
	a, b := entry("a.xlsx", 1, start), entry("b.xlsx", 1, start)
	w := NewWatch(quiet, patience)
	w.Remember([]Live{{a, "a.xlsx", "one"}, {b, "b.xlsx", "two"}})
	if s := w.Look(start.Add(time.Hour), look()); s.Away == "" || len(s.Live) != 2 {
		t.Errorf("an empty folder gives %+v", s)
	}
	b.Modified = start.Add(time.Minute)
	w.Look(start.Add(time.Hour), look(a, b))
	s := w.Look(start.Add(2*time.Hour), look(a, b))
	if len(s.Ready) != 1 || s.Ready[0].Name != "b.xlsx" || len(s.Live) != 2 {
		t.Errorf("the state is %+v", s)
	}
}

// A clock that is set back makes a file wait for quiet again and no longer.
func TestClockSetBack(t *testing.T) {
	start := time.Now()
	w := NewWatch(quiet, patience)
	a := entry("a.xlsx", 1, start)
	w.Look(start, look(a))
	back := start.Add(-24 * time.Hour)
	if s := w.Look(back, look(a)); len(s.Ready) != 0 {
		t.Errorf("the state is %+v", s)
	}
	if s := w.Look(back.Add(quiet), look(a)); len(s.Ready) != 1 {
		t.Errorf("the state is %+v", s)
	}
}
