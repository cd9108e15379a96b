package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Pack is a version of a pack with what it was made from and what it holds,
// as its manifest says.
type Pack struct {
	ID              int64
	Board           string
	Year, Quarter   string // "2026/27", "Q2"
	Version         int
	Status          string // "draft", "final" or "superseded"
	InputHash       string // a pack is due when this hash has no pack
	Program         string
	Folder          string // with "/", below the folder of packs
	Made            time.Time
	Inputs, Outputs []File
}

// File is an input or an output of a pack.
type File struct {
	Kind   string // of an input: "return", "configuration", …
	Name   string
	Size   int64
	SHA256 string
}

// KeepPack keeps a pack. The same pack again changes its status at most; a
// version that holds other bytes than the one of that number is refused.
func (s *Store) KeepPack(ctx context.Context, p Pack) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return told(inTransaction(ctx, s.db, func(tx *sql.Tx) error {
		var id int64
		err := tx.QueryRowContext(ctx, `INSERT INTO packs (board, year, quarter, version, status, input_hash, program, folder, made)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (board, year, quarter, version) DO UPDATE SET status = excluded.status WHERE input_hash = excluded.input_hash RETURNING id`,
			p.Board, p.Year, p.Quarter, p.Version, p.Status, p.InputHash, p.Program, p.Folder, timeText(p.Made)).Scan(&id)
		if err == sql.ErrNoRows {
			return fmt.Errorf("version %d of the pack of %s for %s %s is known, and was made from other inputs", p.Version, p.Board, p.Year, p.Quarter)
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM pack_files WHERE pack_id = ?", id); err != nil {
			return err
		}
		if err := keepFiles(ctx, tx, id, false, p.Inputs); err != nil {
			return err
		}
		return keepFiles(ctx, tx, id, true, p.Outputs)
	}))
}

func keepFiles(ctx context.Context, tx *sql.Tx, pack int64, made bool, files []File) error {
	insert, err := tx.PrepareContext(ctx, "INSERT INTO pack_files VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, f := range files {
		if _, err := insert.ExecContext(ctx, pack, made, i+1, f.Kind, f.Name, f.Size, f.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// Packs lists the packs without their files, by board and period, the newest version first.
func (r *Reader) Packs(ctx context.Context) ([]Pack, error) {
	return rowsOf(ctx, r.db, scanPack, packColumns+"ORDER BY board, year, quarter, version DESC")
}

// PackFolders gives the folders of the packs.
func (r *Reader) PackFolders(ctx context.Context) (map[string]bool, error) {
	return setOf(ctx, r.db, "SELECT folder FROM packs")
}

// PackByID gives a pack with its files; the error says where there is none.
func (r *Reader) PackByID(ctx context.Context, id int64) (Pack, error) {
	packs, err := rowsOf(ctx, r.db, scanPack, packColumns+"WHERE id = ?", id)
	if err != nil {
		return Pack{}, err
	}
	if len(packs) == 0 {
		return Pack{}, fmt.Errorf("there is no pack %d", id)
	}
	p := packs[0]
	if p.Inputs, err = r.files(ctx, id, false); err != nil {
		return p, err
	}
	p.Outputs, err = r.files(ctx, id, true)
	return p, err
}

// Outputs lists the files that a pack holds.
func (r *Reader) Outputs(ctx context.Context, id int64) ([]File, error) {
	return r.files(ctx, id, true)
}

// HasPack reports whether a pack was made from inputs of this hash.
func (r *Reader) HasPack(ctx context.Context, inputHash string) (bool, error) {
	var n int
	err := r.db.QueryRowContext(ctx, "SELECT count(*) FROM packs WHERE input_hash = ?", inputHash).Scan(&n)
	return n > 0, told(err)
}

// HasInput reports whether some pack was made from an input of this kind.
func (r *Reader) HasInput(ctx context.Context, kind string) (bool, error) {
	var n int
	err := r.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pack_files WHERE made = 0 AND kind = ?)", kind).Scan(&n)
	return n > 0, told(err)
}

const packColumns = "SELECT id, board, year, quarter, version, status, input_hash, program, folder, made FROM packs "

func scanPack(row interface{ Scan(...any) error }) (Pack, error) {
	var p Pack
	var made string
	err := row.Scan(&p.ID, &p.Board, &p.Year, &p.Quarter, &p.Version, &p.Status, &p.InputHash, &p.Program, &p.Folder, &made)
	p.Made = textTime(made)
	return p, err
}

func (r *Reader) files(ctx context.Context, pack int64, made bool) ([]File, error) {
	return rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (File, error) {
		var f File
		err := row.Scan(&f.Kind, &f.Name, &f.Size, &f.SHA256)
		return f, err
	}, "SELECT kind, name, size, sha256 FROM pack_files WHERE pack_id = ? AND made = ? ORDER BY number", pack, made)
}
