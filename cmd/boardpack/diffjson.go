package main

import (
	"path/filepath"

	"boardpack/transform/changes"
)

// diffJSON is what diff --json prints.
type diffJSON struct {
	Before  sideJSON     `json:"before"`
	After   sideJSON     `json:"after"`
	Changes []changeJSON `json:"changes"`
}

type sideJSON struct {
	Folder  string `json:"folder"`
	Board   string `json:"board"`
	Year    string `json:"year"`
	Quarter string `json:"quarter"`
	Version int    `json:"version"`
	Status  string `json:"status"`
}

type changeJSON struct {
	Group  string     `json:"group"`
	Table  string     `json:"table"`
	What   string     `json:"what"` // "changed", "new" or "gone"
	Ref    string     `json:"ref"`
	Title  string     `json:"title"`
	Plan   string     `json:"plan"`
	Column string     `json:"column"`
	Was    *string    `json:"was"` // null where there was none
	Now    *string    `json:"now"`
	WasAt  *placeJSON `json:"was_at"` // null where the data do not say it
	NowAt  *placeJSON `json:"now_at"`
}

type placeJSON struct {
	Workbook string `json:"workbook"`
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	SHA256   string `json:"sha256"`
}

func diffResult(dirs [2]string, m [2]manifest, list []changes.Change) diffJSON {
	side := func(i int) sideJSON {
		return sideJSON{filepath.ToSlash(dirs[i]), m[i].Board, m[i].Year, m[i].Quarter, m[i].Version, m[i].Status}
	}
	out := diffJSON{Before: side(0), After: side(1), Changes: []changeJSON{}}
	for _, c := range list {
		out.Changes = append(out.Changes, changeJSON{string(c.Group), c.Table, string(c.What), c.Ref, c.Title, c.Plan, c.Column,
			orNull(c.Was), orNull(c.Now), placeOrNull(c.WasAt), placeOrNull(c.NowAt)})
	}
	return out
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func placeOrNull(p changes.Place) *placeJSON {
	if p == (changes.Place{}) {
		return nil
	}
	at := placeJSON(p)
	return &at
}
