package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"boardpack/render/data"
	"boardpack/transform/changes"
)

// Where a pack keeps the working edition, and where the editions keep their data.
const (
	workingFolder = "working/"
	publicData    = "data/"
	workingData   = workingFolder + publicData
)

// output reads a file of a pack, which must still be what the manifest says.
func (m manifest) output(dir, name string) ([]byte, error) {
	n := slices.IndexFunc(m.Outputs, func(f fileRecord) bool { return f.Name == name })
	if n < 0 {
		return nil, fmt.Errorf("%s: its manifest names no %s", filepath.ToSlash(dir), name)
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return nil, fmt.Errorf("%s: %s cannot be read: %s", filepath.ToSlash(dir), name, reason(err))
	}
	if record("", name, b).SHA256 != m.Outputs[n].SHA256 {
		return nil, fmt.Errorf("%s: %s is not what its manifest says: it was changed after the pack was made; see: boardpack verify", filepath.ToSlash(dir), name)
	}
	return b, nil
}

// readData reads the data of one edition of a pack.
func readData(dir string, m manifest, working bool) ([]changes.Table, error) {
	tables, err := data.Read(working, func(name string) ([]byte, error) { return m.output(dir, dataFolder(working)+name) })
	if err != nil {
		return nil, fmt.Errorf("compare %s, made by %s: %w", filepath.ToSlash(dir), m.Program, err)
	}
	return tables, nil
}

func dataFolder(working bool) string {
	if working {
		return workingData
	}
	return publicData
}

// hasWorking reports whether the folder still holds the working edition's
// data: a pack that was handed on may hold the public edition alone.
func hasWorking(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(workingData)))
	return err == nil && info.IsDir()
}

// comparableData reads the data of two packs: of the working editions where both
// have one, else of the public ones, with the cells of a working edition that is there.
func comparableData(dirs [2]string, manifests [2]manifest) (tables [2][]changes.Table, err error) {
	both := hasWorking(dirs[0]) && hasWorking(dirs[1])
	for i, dir := range dirs {
		if tables[i], err = readData(dir, manifests[i], both); err != nil {
			return tables, err
		}
		if !both && hasWorking(dir) {
			working, err := readData(dir, manifests[i], true)
			if err != nil {
				return tables, err
			}
			addPlaces(tables[i], working)
		}
	}
	return tables, nil
}

// addPlaces gives the rows of a public edition the cells of its working edition,
// which has the same rows in the same order.
func addPlaces(public, working []changes.Table) {
	for i := range public {
		t := &public[i]
		n := slices.IndexFunc(working, func(w changes.Table) bool { return w.Name == t.Name && len(w.Rows) == len(t.Rows) })
		if n < 0 {
			continue
		}
		for j, column := range working[n].Columns {
			if !slices.Contains([]string{"workbook", "sheet", "cell", "sha256"}, column) {
				continue
			}
			t.Columns = append(t.Columns, column)
			for k := range t.Rows {
				t.Rows[k] = append(t.Rows[k], working[n].Rows[k][j])
			}
		}
	}
}
