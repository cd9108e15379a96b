package main

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
)

// inboxConfig is one of several shared folders; see the README.
type inboxConfig struct {
	Name    string   `yaml:"name"`    // before the names of its returns
	Folder  string   `yaml:"folder"`  // beside the configuration, or anywhere
	Answers string   `yaml:"answers"` // beside the configuration, or anywhere; by default beside the folder
	Boards  nameList `yaml:"boards"`  // that read its returns; without them, all
}

// inboxes checks the shared folders: each has a name, and they lie apart.
func (k *checker) inboxes(s *settings) {
	ids := map[string]bool{}
	for _, b := range s.boards {
		ids[b.ID] = true
	}
	seen := map[string]bool{}
	for n, in := range s.Service.Inboxes {
		at := fmt.Sprintf("$.service.inboxes[%d]", n)
		switch {
		case !boardID.MatchString(in.Name):
			k.wrong(at+".name", "the name of an inbox is %q; use lower-case letters, digits and hyphens, for example children", in.Name)
		case seen[in.Name]:
			k.wrong(at+".name", "two inboxes have the name %q; each needs its own", in.Name)
		case in.Folder == "":
			k.wrong(at, "the inbox %q has no folder; name the shared folder that its officers save to", in.Name)
		}
		seen[in.Name] = true
		for i, b := range in.Boards {
			if !ids[b] {
				k.wrong(fmt.Sprintf("%s.boards[%d]", at, i), "the inbox %q feeds the board %q, and no board has that id", in.Name, b)
			}
		}
		for _, other := range s.Service.Inboxes[:n] {
			if liesIn(in.Folder, other.Folder) || liesIn(other.Folder, in.Folder) {
				k.wrong(at+".folder", "the inbox %q lies in the folder of %q, or the other way round; keep them apart, so that each return has one", in.Name, other.Name)
			}
		}
	}
}

// liesIn reports whether a path lies in another, or is it, by their names.
func liesIn(p, dir string) bool {
	p, dir = path.Clean(filepath.ToSlash(p)), path.Clean(filepath.ToSlash(dir))
	return p == dir || dir == "." || len(p) > len(dir) && p[:len(dir)] == dir && p[len(dir)] == '/'
}

// shared is a shared folder that returns come to.
type shared struct {
	name    string // empty where there is only one
	dir     string // absolute
	answers string // absolute
	boards  boardList
	folder  string // its name, for a period that it may say
}

// boardList are the ids of boards; without any, all are meant.
type boardList []string

func (l boardList) include(board string) bool { return len(l) == 0 || slices.Contains(l, board) }

// sharedFolders are the inboxes of the configuration; without any, the folder
// given is the only one. The folder of answers that is given counts for it alone.
func (w *workspace) sharedFolders(dir, answers string) ([]shared, error) {
	one := inboxConfig{Folder: dir, Answers: orDefault(answers, w.Service.Answers)}
	all, base := []inboxConfig{one}, ""
	if len(w.Service.Inboxes) > 0 {
		if answers != "" || w.Service.Answers != "" {
			return nil, usagef("answers are given for one folder, and %s has inboxes; say under each where its answers go", configName)
		}
		all, base = w.Service.Inboxes, w.dir
	}
	var out []shared
	for _, in := range all {
		s, err := in.shared(base)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func (c inboxConfig) shared(base string) (shared, error) {
	place := func(p string) (string, error) {
		if p != "" && base != "" && !filepath.IsAbs(p) {
			p = filepath.Join(base, filepath.FromSlash(p))
		}
		return filepath.Abs(p)
	}
	dir, err := place(c.Folder)
	answers := dir + " answers"
	if c.Answers != "" && err == nil {
		answers, err = place(c.Answers)
	}
	if err == nil && isInside(dir, answers) {
		err = usagef("the folder of answers, %s, lies in %s, whose workbooks are returns; give --answers a folder outside of it, or name one in %s", answers, dir, configName)
	}
	return shared{name: c.Name, dir: dir, answers: answers, boards: boardList(c.Boards), folder: folderName(dir)}, err
}

// returnName is how a return of the folder is named everywhere but in the folder itself.
func (s shared) returnName(name string) string { return path.Join(s.name, name) }

// found is what is to be read as a return of the folder: a file of it, or bytes of the archive.
func (s shared) found(name, stands string) foundFile {
	return foundFile{name: s.returnName(name), folder: s.folder, stands: stands, boards: s.boards}
}

// findReturns lists the workbooks to be read: of a workspace with inboxes
// those that stand in them, else those that the arguments name.
func (w *workspace) findReturns(args []string, packs string) ([]foundFile, error) {
	if len(w.Service.Inboxes) == 0 || len(args) != 1 || !sameFolder(args[0], w.dir) {
		return findReturns(args, packs)
	}
	folders, err := w.sharedFolders("", "")
	if err != nil {
		return nil, err
	}
	var out []foundFile
	for _, s := range folders {
		files, err := findReturns([]string{s.dir}, packs)
		if err != nil {
			return nil, fmt.Errorf("the inbox %s: %w", s.name, err)
		}
		for _, f := range files {
			one := s.found(f.name, "")
			one.path = f.path
			out = append(out, one)
		}
	}
	return out, nil
}

func sameFolder(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}
