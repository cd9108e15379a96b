package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

// One at a time gives numbers, also while the store is open; who is told to stop waits no longer.
func TestNumbersAreGivenByOneAtATime(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	release, err := LockNumbers(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	waited, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := LockNumbers(waited, dir); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a second had the lock too: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again, err := LockNumbers(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
}
