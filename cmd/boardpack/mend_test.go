package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What the archive holds damaged is mended from the shared folder; where that
// has other bytes by now the packs of other boards are made all the same.
func TestDamagedArchive(t *testing.T) {
	dir := t.TempDir()
	returns, out := filepath.Join(dir, "returns"), filepath.Join(dir, "packs")
	manyServices{services: 2, boards: 20, quarters: 1}.make(t, returns) // each of a board of its own
	config := filepath.Join(returns, configName)
	night := func(want int) string {
		t.Helper()
		var said bytes.Buffer
		a := &app{out: io.Discard, err: &said}
		if got := a.execute(t.Context(), []string{"serve", returns, "--out", out, "--once"}); got != want {
			t.Fatalf("it ends with %d, want %d: %s", got, want, said.String())
		}
		return said.String()
	}
	name := filepath.Join(returns, "Team 0 Q1 2026-27.xlsx")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	kept := archiveOf(out).Path(input{Bytes: b}.sha256())
	council := func(text string) {
		if err := replaceIn(config, "boards:", text+"boards:"); err != nil {
			t.Fatal(err)
		}
	}
	night(exitDone)
	council("council: Fernhill\n") // everything is read again
	damaged := append(bytes.Clone(b[:len(b)-1]), b[len(b)-1]+1)
	if err := os.WriteFile(kept, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	if said := night(exitDone); !strings.Contains(said, "mended from the shared folder") {
		t.Errorf("it says %s", said)
	}
	if again, err := os.ReadFile(kept); err != nil || !bytes.Equal(again, b) {
		t.Errorf("the archive holds other bytes (%v)", err)
	}

	if err := os.WriteFile(kept, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, damaged, 0o644); err != nil { // nor can it be read any more
		t.Fatal(err)
	}
	council("officers: none\n")
	if said := night(exitFailed); !strings.Contains(said, "put its file back from a backup") {
		t.Errorf("it says %s", said)
	}
	for board, version := range map[string]string{"board-0": "v2", "board-1": "v3"} {
		newest, err := lastVersion(filepath.Join(out, "2026-27", "Q1", board))
		if err != nil || versionFolder(newest) != version {
			t.Errorf("the newest version of %s is %d, want %s (%v)", board, newest, version, err)
		}
	}
}

func replaceIn(file, old, new string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(strings.Replace(string(b), old, new, 1)), 0o644)
}
