package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"boardpack/cmd/internal/inbox"
	"boardpack/ingest"
)

// foundFile is a workbook to be read.
type foundFile struct {
	path   string    // on disk
	name   string    // in NFC with "/", relative to the folder that was read, else the base name
	folder string    // the folder's own name, for a period that it may say
	typed  string    // the folder as the user named it, to keep equal names apart
	stands string    // of a return from the archive: how it stands to what came after it; see older.go
	boards boardList // that may read it
}

// findReturns lists the workbooks that the arguments name: of a folder its
// spreadsheet files, wherever below it; a file as it is. The folder of packs
// is never taken for returns.
func findReturns(args []string, packs string) ([]foundFile, error) {
	var out []foundFile
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err != nil:
			return nil, usagef("%s is not there; give a folder or a workbook", arg)
		case !info.IsDir():
			out = append(out, oneFile(arg))
		default:
			found, err := inFolder(arg, packs)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	out = uniqueNames(out)
	sort.SliceStable(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out, nil
}

func oneFile(arg string) foundFile {
	return foundFile{path: arg, name: slashName(filepath.Base(arg)), folder: folderName(filepath.Dir(arg)), typed: typedName(filepath.Dir(arg))}
}

// folderName is the folder's own name where it says a period, with the names of
// the folders above it as long as they do too ("2008-09/Q2"), however the user
// named it; else its own name.
func folderName(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	name := slashName(filepath.Base(abs))
	for up := filepath.Dir(abs); saysPeriod(name) && up != filepath.Dir(up); up = filepath.Dir(up) {
		above := slashName(filepath.Base(up))
		if !saysPeriod(above) {
			break
		}
		name = above + "/" + name
	}
	return name
}

// typedName is a folder as the user named it, without the steps upwards; of an absolute path the last name.
func typedName(dir string) string {
	if filepath.IsAbs(dir) {
		dir = filepath.Base(dir)
	}
	parts := slices.DeleteFunc(strings.Split(slashName(dir), "/"), func(p string) bool { return p == "." || p == ".." || p == "" })
	return strings.Join(parts, "/")
}

func saysPeriod(name string) bool {
	said := ingest.PeriodIn(path.Base(name))
	return said.Year != 0 || said.Quarter != 0
}

func slashName(p string) string { return inbox.Name(filepath.ToSlash(p)) }

func inFolder(root, packs string) ([]foundFile, error) {
	packsDir, _ := filepath.Abs(packs)
	var out []foundFile
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read folder %s: %w", p, err)
		}
		if d.IsDir() {
			abs, _ := filepath.Abs(p)
			if p != root && (strings.HasPrefix(d.Name(), ".") || abs == packsDir || isPacks(p)) || isPack(p) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || !inbox.IsReturn(d.Name()) {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		out = append(out, foundFile{path: p, name: slashName(rel), folder: folderName(root), typed: typedName(root)})
		return nil
	})
	return out, err
}

// isPack knows the folder of one version of a pack by its manifest.
func isPack(dir string) bool {
	return isFile(filepath.Join(dir, "manifest.json"))
}

// isPacks knows a folder of packs by the archive that every one has.
func isPacks(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, archiveFolder))
	return err == nil && info.IsDir()
}

// uniqueNames keeps names apart where several folders were given.
func uniqueNames(files []foundFile) []foundFile {
	count := map[string]int{}
	for _, f := range files {
		count[f.name]++
	}
	for i, f := range files {
		if count[f.name] > 1 && f.typed != "" {
			files[i].name = f.typed + "/" + f.name
		}
	}
	return files
}
