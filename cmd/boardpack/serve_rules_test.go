package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"boardpack/cmd/internal/store"
)

// officeAtWork is a service in this process, which looks when it is told to.
type officeAtWork struct {
	t            *testing.T
	returns, out string
	now          time.Time
	*service
}

func newOfficeAtWork(t *testing.T) *officeAtWork {
	dir := t.TempDir()
	o := &officeAtWork{t: t, returns: filepath.Join(dir, "returns"), out: filepath.Join(dir, "packs"), now: time.Now().Round(0)}
	writeReturn(t, filepath.Join(o.returns, "housing.xlsx"), "Housing", 31)
	writeReturn(t, filepath.Join(o.returns, "parks.xlsx"), "Parks", 12)
	o.configure("")
	o.start()
	t.Cleanup(func() { _ = o.store.Close() })
	return o
}

func (o *officeAtWork) configure(more string) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.returns, configName), []byte("council: Fernhill\n"+more), 0o644); err != nil {
		o.t.Fatal(err)
	}
}

func (o *officeAtWork) start() {
	o.t.Helper()
	f := serveFlags{run: runFlags{out: o.out}}
	w, err := openWorkspace("", []string{o.returns})
	if err != nil {
		o.t.Fatal(err)
	}
	if o.service, err = (&app{out: io.Discard, err: io.Discard}).newService(o.t.Context(), &w, f, o.returns); err != nil {
		o.t.Fatal(err)
	}
}

// restart is a program that was killed and starts again.
func (o *officeAtWork) restart() {
	o.t.Helper()
	if err := o.store.Close(); err != nil {
		o.t.Fatal(err)
	}
	o.start()
}

// looks looks twice, so that what stands there has settled.
func (o *officeAtWork) looks() {
	o.t.Helper()
	for range 2 {
		o.now = o.now.Add(time.Minute)
		if err := o.look(o.t.Context(), o.now); err != nil {
			o.t.Fatal(err)
		}
	}
}

// read is when each return was read, by its name.
func (o *officeAtWork) read() map[string]time.Time {
	o.t.Helper()
	held, err := o.store.HeldIn(o.t.Context(), returnsPlace, "")
	if err != nil || len(held) != 2 {
		o.t.Fatalf("the ledger holds %d returns (%v)", len(held), err)
	}
	at := map[string]time.Time{}
	for _, h := range held {
		at[h.Name] = h.Reading.Read
	}
	return at
}

func (o *officeAtWork) wantRead(which string, before map[string]time.Time, anew ...string) {
	o.t.Helper()
	for name, at := range o.read() {
		if got := at.After(before[name]); got != slices.Contains(anew, name) {
			o.t.Errorf("%s: %s is read anew: %v", which, name, got)
		}
	}
}

// A program that starts reads again only what other rules bear on than those
// that the ledger says all readings are of; also where it was killed while it
// read by new rules, and these were then taken back.
func TestReadAnewWhereRulesChanged(t *testing.T) {
	o := newOfficeAtWork(t)
	o.looks()
	first := o.read()

	o.restart()
	o.looks()
	o.wantRead("nothing changed", first)

	o.restart()
	o.configure("service: {poll: 60}\n")
	o.looks()
	o.wantRead("how often it looks changed", first)

	o.configure("lights:\n  green: [fine]\n")
	o.restart()
	o.looks()
	o.wantRead("words changed", first, "housing.xlsx", "parks.xlsx")
	second := o.read()

	o.configure("lights:\n  green: [grand]\n")
	w, err := o.open()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.settleRules(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	held, err := o.store.HeldIn(t.Context(), returnsPlace, "")
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Minute)
	if err := o.inboxes[0].readStale(t.Context(), &w, held[:1], o.now, func(store.Held, readReturn) error { return nil }); err != nil {
		t.Fatal(err)
	}
	o.configure("lights:\n  green: [fine]\n")
	o.restart()
	o.looks()
	third := o.read()
	o.wantRead("words were taken back", second, "housing.xlsx")
	for _, h := range held {
		if h.Name == "parks.xlsx" && !third[h.Name].Equal(second[h.Name]) {
			t.Errorf("%s was read for nothing", h.Name)
		}
	}
	if got := o.readBy("housing.xlsx"); got != held[0].Reading.Reader {
		t.Errorf("housing.xlsx stands as read by rules that were taken back")
	}
}

// readBy is what a return was read by.
func (o *officeAtWork) readBy(name string) string {
	o.t.Helper()
	held, err := o.store.HeldIn(o.t.Context(), returnsPlace, "")
	if err != nil {
		o.t.Fatal(err)
	}
	for _, h := range held {
		if h.Name == name {
			return h.Reading.Reader
		}
	}
	return ""
}

// A workspace is read again where one of its files changed, came or went, and
// is the one of before otherwise.
func TestReopenWhereAFileChanged(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(configName, "council: Fernhill\nreport: ours.yaml\n")
	write("ours.yaml", "id: ours\nversion: 1\nbuilds_on: plain-report\n")
	before, err := openWorkspace("", []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		which  string
		change func()
		same   bool
	}{
		{"nothing", func() {}, true},
		{"another file", func() { write("notes.txt", "x") }, true},
		{"the configuration", func() { write(configName, "council: Fernhill Borough\nreport: ours.yaml\n") }, false},
		{"what it names", func() { write("ours.yaml", "id: ours\nversion: 1\nbuilds_on: plain-report\n# ours\n") }, false},
		{"decisions that came", func() { write(decisionsName, "\n") }, false},
		{"decisions that went", func() { _ = os.Remove(filepath.Join(dir, decisionsName)) }, false},
		{"a file in place of a shipped one", func() { write("completed-expected", "id: ours\n") }, false},
	} {
		c.change()
		after, err := before.reopen("", []string{dir})
		if c.which == "a file in place of a shipped one" {
			if err == nil {
				t.Errorf("%s was not seen", c.which)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", c.which, err)
		}
		if same := after.words == before.words; same != c.same {
			t.Errorf("%s changed, and the workspace is the one of before: %v", c.which, same)
		}
		before = after
	}
}

// One look and a night are enough where nothing is new; what has not settled is waited for.
func TestOnceWaitsOnlyForWhatIsNew(t *testing.T) {
	o := newOfficeAtWork(t)
	o.looks()
	o.restart()
	once := func(patience time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		return o.once(ctx, time.Hour)
	}
	if err := once(time.Minute); err != nil {
		t.Errorf("with nothing new: %v", err)
	}
	writeReturn(t, filepath.Join(o.returns, "housing.xlsx"), "Housing", 40)
	if err := once(time.Second); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with a return that has just changed: %v", err)
	}
}

// An answer that cannot be written at the first look is waited for too.
func TestOnceWaitsForAnswers(t *testing.T) {
	o := newOfficeAtWork(t)
	o.looks()
	o.configure("lights:\n  green: [fine]\n")
	o.restart()
	page := filepath.Join(o.inboxes[0].answers.dir, "housing.xlsx.html")
	if err := errors.Join(os.Remove(page), os.Mkdir(page, 0o755)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := o.once(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with a page that could not be written: %v", err)
	}
}

// A return that was taken away while a look could not go on is known to be gone by the next.
func TestGoneWhileLookFails(t *testing.T) {
	o := newOfficeAtWork(t)
	o.looks()
	if err := o.night(t.Context(), o.now); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(filepath.Join(o.returns, "parks.xlsx")), os.Remove(filepath.Join(o.returns, configName))); err != nil {
		t.Fatal(err)
	}
	o.restart()
	if err := o.look(t.Context(), o.now.Add(time.Minute)); !errors.Is(err, errUnconfigured) {
		t.Fatalf("without its configuration: %v", err)
	}
	o.configure("")
	o.looks()
	if places, err := o.store.Places(t.Context(), returnsPlace); err != nil || len(places) != 1 || places[0].Name != "housing.xlsx" {
		t.Errorf("the returns that stand there are %v (%v)", places, err)
	}
}

// A pack that cannot be read costs no other its place in the ledger.
func TestUnreadablePack(t *testing.T) {
	o := newOfficeAtWork(t)
	broken := filepath.Join(o.out, "2025-26", "Q2", "board", "v1")
	if err := errors.Join(os.MkdirAll(broken, 0o755), os.WriteFile(filepath.Join(broken, "manifest.json"), []byte("{"), 0o644)); err != nil {
		t.Fatal(err)
	}
	o.looks()
	if err := o.night(t.Context(), o.now); err != nil {
		t.Fatal(err)
	}
	if packs, err := o.store.Packs(t.Context()); err != nil || len(packs) != 1 {
		t.Errorf("the ledger holds the packs %v (%v)", packs, err)
	}
}
