package store

import (
	"os"
	"runtime"
	"testing"
)

// Who has a store is told without taking it, and a store that is not there is nobody's.
func TestHolder(t *testing.T) {
	dir := t.TempDir()
	if held, _, err := Holder(dir); held || err != nil {
		t.Errorf("a store that is not there is held: %v (%v)", held, err)
	}
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	held, process, err := Holder(dir)
	if !held || err != nil || runtime.GOOS == "linux" && process != os.Getpid() {
		t.Errorf("an open store is held: %v, by %d (%v)", held, process, err)
	}
	if at, known, err := s.Steps(t.Context()); at != known || known != len(migrations) || err != nil {
		t.Errorf("the ledger is at step %d of %d (%v)", at, known, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if held, _, err := Holder(dir); held || err != nil {
		t.Errorf("a closed store is held: %v (%v)", held, err)
	}
	if s, err = Open(t.Context(), dir); err != nil {
		t.Errorf("asked who holds it, the store cannot be opened: %v", err)
	} else if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// What an address was told is kept by what it was about, and forgotten alone.
func TestTold(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, states := range []map[string]string{{"a": "1", "b": "1"}, {"b": "2"}} {
		if err := s.KeepTold(t.Context(), "ann@parkside.example", states, day); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.KeepTold(t.Context(), "bob@parkside.example", map[string]string{"a": "3"}, day); err != nil {
		t.Fatal(err)
	}
	if err := s.ForgetTold(t.Context(), "ann@parkside.example", "a"); err != nil {
		t.Fatal(err)
	}
	got, err := s.Told(t.Context())
	if err != nil || len(got) != 2 || len(got["ann@parkside.example"]) != 1 || got["ann@parkside.example"]["b"] != "2" || got["bob@parkside.example"]["a"] != "3" {
		t.Errorf("told is %v (%v)", got, err)
	}
}
