package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func remove(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

// rebuilt makes a ledger again and wants the returns that it then knows.
func rebuilt(t *testing.T, dir string, told []Told, want ...string) Rebuilt {
	t.Helper()
	s, done, err := Rebuild(t.Context(), dir, nil, told, day.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	versions, err := s.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range versions {
		got = append(got, strings.Join([]string{v.Name, v.SHA256[:4], v.Received.Format("2006-01-02"), v.Origin}, " "))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("made again it knows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	verified(t, s.Reader)
	return done
}

func asTold(name, text string, at time.Time, older bool) Told {
	return Told{Receipt{Name: name, Key: strings.ToLower(name), SHA256: sum(text), Size: int64(len(text)), Received: at, Origin: "pack"}, older}
}

// However much of journal and ledger is lost, what is left comes together by time.
func TestRebuildOfWhatIsLeft(t *testing.T) {
	later := day.AddDate(0, 1, 0)
	told := []Told{
		asTold("a.xlsx", "a1", day.Add(time.Hour), false),
		asTold("a.xlsx", "a1", later, true), // it stands for its own quarter, beside the newer one
		asTold("a.xlsx", "a2", later, false),
		asTold("b.xlsx", "b", later, false),
		asTold("lost.xlsx", "its bytes are gone", later, false),
	}
	a1, a2, b := "a.xlsx "+sum("a1")[:4], "a.xlsx "+sum("a2")[:4], "b.xlsx "+sum("b")[:4]
	came := []string{a1 + " 2026-11-22 shared folder", a2 + " 2026-12-22 shared folder", b + " 2026-12-22 shared folder"}
	ledger := []string{ledgerName, ledgerName + "-wal", ledgerName + "-shm"}
	for _, c := range []struct {
		name   string
		lose   func(dir string)
		want   []string
		done   Rebuilt
		beside int // files kept beside
	}{
		{"nothing", func(string) {}, came, Rebuilt{Places: 1}, 1},
		{"the ledger", func(dir string) { remove(t, dir, ledger...) }, came, Rebuilt{}, 0},
		{"the journal", func(dir string) { remove(t, dir, journalName) }, came, Rebuilt{Ledger: 3, Places: 1}, 1},
		{"a line of the journal", func(dir string) { spoil(t, dir) }, came, Rebuilt{LostLines: 1, Ledger: 1, Places: 1}, 2},
		{"the end of the journal", func(dir string) { shortenJournal(t, dir) }, came, Rebuilt{Ledger: 1, Places: 1}, 2},
		{"the ledger and a line", func(dir string) { spoil(t, dir); remove(t, dir, ledger...) },
			[]string{came[0], a2 + " 2026-12-22 pack", came[2]}, Rebuilt{LostLines: 1, Packs: 1}, 1},
		{"both", func(dir string) { remove(t, dir, append(ledger, journalName)...) },
			[]string{a1 + " 2026-11-22 pack", a2 + " 2026-12-22 pack", b + " 2026-12-22 pack"}, Rebuilt{Packs: 3}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			s := opened(t, dir)
			received(t, s, "a.xlsx", "a1", day)
			v := received(t, s, "a.xlsx", "a2", later)
			received(t, s, "b.xlsx", "b", later)
			if err := s.KeepPlace(t.Context(), "answers", Place{Path: "a.xlsx.html", Name: "a.xlsx", Key: v.Key, Modified: day}); err != nil {
				t.Fatal(err)
			}
			_ = s.Close()
			c.lose(dir)
			done := rebuilt(t, dir, told, c.want...)
			if len(done.Kept) != c.beside {
				t.Errorf("kept beside are %q", done.Kept)
			}
			if done.Kept = nil; done.LostLines != c.done.LostLines || done.Ledger != c.done.Ledger || done.Packs != c.done.Packs || done.Places != c.done.Places {
				t.Errorf("it says %+v, want %+v", done, c.done)
			}
			rebuilt(t, dir, told, c.want...) // and again
		})
	}
}

// spoil damages the journal's second line.
func spoil(t *testing.T, dir string) {
	b, err := os.ReadFile(JournalPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(b, []byte("\n"))
	lines[1][0] = '?'
	if err := os.WriteFile(JournalPath(dir), bytes.Join(lines, nil), 0o644); err != nil {
		t.Fatal(err)
	}
}

func shortenJournal(t *testing.T, dir string) {
	b, err := os.ReadFile(JournalPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(b, []byte("\n"))
	if err := os.WriteFile(JournalPath(dir), bytes.Join(lines[:2], nil), 0o644); err != nil {
		t.Fatal(err)
	}
}
