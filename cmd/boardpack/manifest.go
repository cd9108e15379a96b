package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"boardpack/ingest"
	"boardpack/transform"
)

// manifest is manifest.json: the record of what a pack was made from and holds.
// It is not published.
type manifest struct {
	Program   string         `json:"program"` // "boardpack 0.5.0"
	Council   string         `json:"council,omitempty"`
	Board     string         `json:"board"`
	BoardName string         `json:"board_name"`
	Year      string         `json:"year"`
	Quarter   string         `json:"quarter"`
	Version   int            `json:"version"`
	Status    string         `json:"status"` // "draft" or "final"
	Editions  []string       `json:"editions"`
	Scheme    schemeRecord   `json:"scheme"`
	DataAsAt  string         `json:"data_as_at"`
	Settings  settingsRecord `json:"settings"`
	InputHash string         `json:"input_hash"` // a pack is due when this hash has no pack
	Inputs    []fileRecord   `json:"inputs"`
	Outputs   []fileRecord   `json:"outputs"`
	Counts    []countRecord  `json:"counts"`
	Stops     []stopRecord   `json:"stops"` // what is open and would stop a final version

	deciding []transform.Decision // of a manifest in the making: the decisions that bear on the pack
}

// stopRecord is a check that stops a final version.
type stopRecord struct {
	Check    string `json:"check"`
	Severity string `json:"severity"`
	Findings int    `json:"findings"` // cells that its open findings stand at
}

func stopRecords(stops []transform.Stop) []stopRecord {
	out := []stopRecord{}
	for _, s := range stops {
		out = append(out, stopRecord{s.Check, string(s.Severity), s.Cells()})
	}
	return out
}

type schemeRecord struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// settingsRecord is what the command line said that bears on a pack.
type settingsRecord struct {
	Year    string `json:"year,omitempty"`
	Quarter string `json:"quarter,omitempty"`
	AsAt    string `json:"as_at,omitempty"`
	Folder  string `json:"folder,omitempty"` // of the returns, where its name may say a period
}

// fileRecord is an input or an output by content.
type fileRecord struct {
	Kind   string `json:"kind,omitempty"` // of an input: "return", "configuration", …
	Name   string `json:"name"`
	Folder string `json:"folder,omitempty"` // of a return: the folder that was read, where its name may say the period
	Stands string `json:"stands,omitempty"` // of a return: why this version of it was used, where it is not the newest or not the only one
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`

	part string // of an input that bears on the pack in part, a hash of that part: see dueHash
}

// countRecord is a count that the report prints for the whole board.
type countRecord struct {
	Kind    string `json:"kind"`
	Light   string `json:"light"`
	Count   int    `json:"count"`
	Percent string `json:"percent"`
	Total   int    `json:"total"`
}

func record(kind, name string, b []byte) fileRecord {
	sum := sha256.Sum256(b)
	return fileRecord{Kind: kind, Name: name, Size: len(b), SHA256: hex.EncodeToString(sum[:])}
}

func (m manifest) period() ingest.Period {
	return ingest.PeriodIn(m.Year + " " + m.Quarter).Period
}

// bytes is the manifest as it is written.
func (m manifest) bytes() ([]byte, error) {
	var b bytes.Buffer
	err := printJSON(&b, m)
	return b.Bytes(), err
}

func readManifest(dir string) (manifest, error) {
	var m manifest
	_, err := m.read(dir)
	return m, err
}

// read fills the manifest from a pack's folder and gives its bytes.
func (m *manifest) read(dir string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return nil, usagef("%s is not a pack: its manifest.json cannot be read", dir)
	}
	return b, m.parse(dir, b)
}

func (m *manifest) parse(of string, b []byte) error {
	if err := json.Unmarshal(b, m); err != nil {
		return fmt.Errorf("read the manifest of %s: %w", of, err)
	}
	return nil
}

// dueHash is the hash that makes a pack due: program version, board, quarter,
// settings, the decisions that bear on its content, and every other input but
// the draft before. Of an input that bears on it in part, as another board's
// return does with its outline and the configuration without its service, it is
// that part which counts.
func (m manifest) dueHash() string {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode([]any{m.Program, m.Board, m.Year, m.Quarter, m.DataAsAt, m.Settings, m.deciding}); err != nil {
		panic(err) // plain strings and numbers always encode
	}
	var line []byte
	for _, f := range m.Inputs {
		switch {
		case f.Kind == "decisions":
			continue
		case f.part != "":
			f = fileRecord{Kind: "part of a " + f.Kind, Name: f.Name, SHA256: f.part}
		}
		line = line[:0]
		for _, s := range []string{f.Kind, f.Name, f.Folder, f.Stands, f.SHA256} {
			line = append(binary.AppendUvarint(line, uint64(len(s))), s...)
		}
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// madeFrom reports whether the pack that stands in a folder was made from
// inputs of a hash. It reads of the manifest what stands before the inputs.
func madeFrom(dir, hash string) bool {
	f, err := os.Open(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return false
	}
	defer f.Close()
	d := json.NewDecoder(f)
	if _, err := d.Token(); err != nil {
		return false
	}
	for d.More() {
		key, err := d.Token()
		var value any
		if err != nil || key == "inputs" || d.Decode(&value) != nil {
			return false
		}
		if key == "input_hash" {
			return value == hash
		}
	}
	return false
}

func countRecords(p transform.Pack) []countRecord {
	var out []countRecord
	for _, c := range p.Summary {
		if c.Plan == "" && c.Class == "" {
			out = append(out, countRecord{c.Kind, string(c.Light), c.Count, c.Percent.StringFixed(1), c.Total})
		}
	}
	return out
}
